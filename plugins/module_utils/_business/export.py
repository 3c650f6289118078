# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the objects of an account to the text of a desired-state file: secrets as named placeholders, nothing taken for a template."""

from __future__ import annotations

import re

from . import kinds

_TEMPLATE = re.compile(r"\{[{%#]")


class Unsafe(str):
    """A text that must not be taken for a template when the file is read."""


def safe(value):
    """Return the same data with texts that look like templates marked."""
    if isinstance(value, dict):
        return {name: safe(part) for name, part in value.items()}
    if isinstance(value, list):
        return [safe(part) for part in value]
    return Unsafe(value) if isinstance(value, str) and _TEMPLATE.search(value) else value


class Names:
    """Names of the variables that stand for secrets; each is used once."""

    def __init__(self):
        self.given = []

    def make(self, *parts):
        name = re.sub(r"\W+", "_", "_".join(str(part) for part in parts)).strip("_").lower()
        number, base = 1, name
        while name in self.given:
            number += 1
            name = "%s_%d" % (base, number)
        self.given.append(name)
        return name


def document(vendor, account, connection, objects, withheld):
    """Return ``(document, names of the variables to fill in)`` for one account."""
    names = Names()
    prefix = (vendor,) if account == vendor else (vendor, account)
    entry: dict = {"account": account}
    secrets = kinds.client_of(vendor).secret_options
    shown = {}
    for name, value in connection.items():
        if name in secrets:
            # Not given: the vendor's environment variables count, as everywhere.
            shown[name] = "{{ %s | default('') }}" % names.make(*prefix + (name,))
        elif isinstance(value, (dict, list)):
            shown[name] = "{{ %s | default(omit) }}" % names.make(*prefix + (name,))
        else:
            shown[name] = safe(value)
    if shown:
        entry["connection"] = shown
    for kind, items in objects.items():
        if items:
            entry[kind] = [safe(item) for item in items]
    of_vendor = kinds.of(vendor)
    for secret in withheld:
        item = entry[secret["kind"]][secret["place"]]
        label = of_vendor[secret["kind"]].resource.label_of(item)
        # Without a value the option is left alone, so an unfilled placeholder changes nothing.
        item[secret["option"]] = "{{ %s | default(omit) }}" % names.make(*prefix + (secret["kind"], label, secret["option"]))
    return {"panels": {vendor: [entry]}}, names.given
