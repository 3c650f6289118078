# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times as vendors in Iran write them, ``2026-03-01 10:00:00`` in Tehran, from any ISO 8601 time. Pure functions.

Tehran has been at +03:30 all year since the autumn of 2022. The offset is fixed here: a time zone database older than that would put every
summer's message an hour off.
"""

from __future__ import annotations

import datetime
import re

from ..text.letters import digits
from . import dates

TEHRAN = datetime.timezone(datetime.timedelta(hours=3, minutes=30), "Asia/Tehran")
STAMP = "%Y-%m-%d %H:%M:%S"
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?", re.IGNORECASE | re.ASCII)


def moment(value):
    """Return an aware datetime for an ISO 8601 time, its day Gregorian or Jalali; one without an offset is a time in Tehran.

    :raises ValueError: it is none.
    """
    found = _ISO.fullmatch(digits(value).strip())
    if found is None:
        raise ValueError("%r is not a time such as 2026-03-01 10:00:00 (in Tehran) or 2026-03-01T06:30:00Z" % (value,))
    numbers = [int(part or 0) for part in found.groups()[:6]]
    try:
        day = dates.date_of(*numbers[:3])
    except ValueError as error:
        raise ValueError("%r is not a time: %s" % (value, error)) from None
    zone = TEHRAN
    if found.group(7):
        text = found.group(7).upper().replace(":", "")
        minutes = 0 if text == "Z" else int(text[1:3]) * 60 + int(text[3:5] or 0)
        zone = datetime.timezone(datetime.timedelta(minutes=-minutes if text[0] == "-" else minutes))
    try:
        hour, minute, second = numbers[3:]
        return datetime.datetime.combine(day, datetime.time(hour, minute, second, tzinfo=zone)).astimezone(TEHRAN)
    except (ValueError, OverflowError) as error:
        raise ValueError("%r is not a time: %s" % (value, error)) from None


def stamp(value):
    """Return an ISO 8601 time as ``YYYY-MM-DD HH:MM:SS`` in Tehran."""
    return moment(value).strftime(STAMP)


def iso(value):
    """Return a vendor's Tehran time in ISO 8601 with its offset, or None for what is no time."""
    try:
        return moment(value).isoformat()
    except ValueError:
        return None


def now():
    return datetime.datetime.now(TEHRAN)
