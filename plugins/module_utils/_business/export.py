# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the objects of an account to the text of a desired-state file: secrets as named placeholders, nothing taken for a template."""

from __future__ import annotations

import hashlib
import re

from .._core.text.yaml_data import safe
from . import kinds


def comment(text):
    """Return a text on one line, for a comment that nothing in it can end."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


class Names:
    """Names of the variables that stand for secrets: such as the platform takes (ASCII), the same in every run, each used once."""

    def __init__(self):
        self.given: dict = {}

    def make(self, *parts):
        name = "_".join(map(ascii_word, parts))
        number, base = 1, name
        while name in self.given:
            number += 1
            name = "%s_%d" % (base, number)
        self.given[name] = parts
        return name


def _digest(text):
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def ascii_word(text):
    """Return small ASCII letters, digits and underscores that stand for a text: itself where it is such, otherwise with a digest, so that two texts
    do not become one."""
    text = str(text)
    made = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    return made if made == text else "_".join(filter(None, (made, _digest(text))))


def file_name(vendor, account):
    """Return the name of an account's file; two accounts never share one."""
    made = re.sub(r"[^\w.-]+", "_", account)[:60]
    return "%s-%s.yml" % (vendor, made if made == account else "%s-%s" % (made, _digest(account)))


def document(vendor, account, connection, objects, withheld, names=None):
    """Return ``(document, names of the variables to fill in)`` for one account. ``names``: those of the accounts before it."""
    names = names or Names()
    before = len(names.given)
    prefix = (vendor,) if account == vendor else (vendor, account)
    entry: dict = {"account": safe(account)}
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
    of_vendor = kinds.of(vendor)
    # What is there is all there shall be: without this, somebody who is added later would be no difference.
    modes = {kind: {field.mode: "replace" for field in of_vendor[kind].resource.fields if field.mode} for kind, items in objects.items() if items}
    if any(modes.values()):
        entry["options"] = {kind: mode for kind, mode in modes.items() if mode}
    for kind, items in objects.items():
        if items:
            entry[kind] = [safe(item) for item in items]
    for secret in withheld:
        item = entry[secret["kind"]][secret["place"]]
        label = of_vendor[secret["kind"]].resource.label_of(item)
        # Without a value the option is left alone, so an unfilled placeholder changes nothing.
        item[secret["option"]] = "{{ %s | default(omit) }}" % names.make(*prefix + (secret["kind"], label, secret["option"]))
    return {"panels": {vendor: [entry]}}, list(names.given)[before:]
