# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the vendor tells one person from another: by username, mobile number or e-mail, in any case and any digits."""

from __future__ import annotations

import re

from .._core.http.answers import strange
from .._core.text.letters import digits, normal
from . import names
from .fields import KeyField
from .names import pick

_MOBILE = re.compile(r"^(?:\+98|0098|98|0)?(9\d{9})$")


def identity(text):
    """Return what two spellings of one person have in common."""
    plain = digits(normal(text)).casefold()
    found = _MOBILE.match(re.sub(r"[\s().-]", "", plain))
    return "mobile:%s" % found.group(1) if found else plain


def sent(text):
    """Return a person as it is sent: Latin digits, a mobile number as 09..."""
    found = identity(text)
    return "0" + found[7:] if found.startswith("mobile:") else digits(normal(text))


def kind(text):
    """Return ``mobile``, ``email`` or ``username``."""
    found = identity(text)
    return "mobile" if found.startswith("mobile:") else "email" if "@" in found else "username"


def of_row(row, operation):
    """Return the person of a row in the user's words: ``username``, ``name``, ``mobile``, ``email``, those that are told.

    :raises BadAnswerError: it names nobody.
    """
    told = next((row[name] for name in names.PERSON if row.get(name) is not None), row)
    if not isinstance(told, dict):
        told = {"username": told}
    found = {"username": pick(told, names.USERNAME), "mobile": pick(told, names.MOBILE), "email": pick(told, names.EMAIL)}
    if told is not row:
        found["full_name"] = told.get("name")
    wrong = [value for value in found.values() if isinstance(value, (dict, list, bool))]
    if wrong or all(found[name] in (None, "") for name in ("username", "mobile", "email")):
        raise strange(operation, "podspace", "a person", wrong[0] if wrong else told)
    return {name: str(value) for name, value in found.items() if value not in (None, "")}


def identities(person):
    """Return every form under which a user may name this person."""
    return list(dict.fromkeys(identity(person[name]) for name in ("username", "mobile", "email") if person.get(name)))


def hidden_from(text, people):
    """Return whether a mobile number or e-mail may belong to one of these people although none shows it: some do not tell theirs."""
    wanted = kind(text)
    return wanted != "username" and any(wanted not in person and kind(person.get("username", "")) != wanted for person in people)


class PersonField(KeyField):
    """A person, in any spelling."""

    def clean(self, value):
        return str(value).strip()

    def normal(self, value):
        return identity(value) if value not in (None, "") else None
