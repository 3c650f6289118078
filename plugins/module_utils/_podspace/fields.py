# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kinds of fields that only this vendor needs: a day in all its spellings, and facts that an answer may leave out."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from .._core.calendar import dates
from .._core.errors import UsageError
from .._core.state.resource import Field
from .._core.text.letters import digits

#: A day of the vendor is a day in Tehran.
TEHRAN = timezone(timedelta(hours=3, minutes=30))
_DAY = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$")


def today():
    return datetime.now(TEHRAN).date()


def given(value):
    """Return the day that a user wrote, as YYYY-MM-DD; an empty text stays one.

    :raises UsageError: it is no day.
    """
    text = digits(value).strip()
    if not text:
        return ""
    found = _DAY.match(text)
    if not found:
        raise _wrong("expiration must be a day such as 2026-12-31, not %r" % value)
    year, month, day = map(int, found.groups())
    try:
        return dates.date_of(year, month, day).isoformat()
    except ValueError as error:
        raise _wrong("expiration: %s" % error) from None


def _wrong(message, hint=None):
    return UsageError(message, vendor="podspace", operation="options", hint=hint)


def told(value):
    """Return the day that an answer tells, as YYYY-MM-DD, or None: with dashes or slashes, with a time, or as milliseconds since 1970."""
    if value in (None, "", 0):
        return None
    if isinstance(value, (int, float)) or (str(value).isdigit() and len(str(value)) > 8):
        try:
            seconds = float(value)
            return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, TEHRAN).date().isoformat()
        except (ValueError, OverflowError, OSError):
            return str(value)
    text = digits(value).strip()
    if "T" in text and re.search(r"(Z|[+-]\d\d:?\d\d)$", text):
        try:
            return datetime.strptime(re.sub(r"\.\d+", "", text).replace("Z", "+0000"), "%Y-%m-%dT%H:%M:%S%z").astimezone(TEHRAN).date().isoformat()
        except ValueError:
            pass
    found = _DAY.match(text)
    return "%04d-%02d-%02d" % tuple(map(int, found.groups())) if found else text


class DayField(Field):
    """A day; empty means that there is none."""

    def clean(self, value):
        return given(value)

    def normal(self, value):
        return told(value)


class ToldField(Field):
    """A choice that the vendor may not tell; then it cannot be compared, and no difference is made up."""

    def same(self, one, other):
        return one is None or super().same(one, other)


class KeyField(Field):
    """A part of the key: the object was found by it, so it is never a change."""

    def same(self, one, other):
        return True
