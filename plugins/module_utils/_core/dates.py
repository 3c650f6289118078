# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Days of the Jalali calendar, as vendors send them and people write them, to ISO 8601. Pure functions.

Jalali and Gregorian years are told apart by their size (before 1700: Jalali). Jalali days need the Python library
jdatetime. Without it the ISO form of what a vendor sent is None, and whoever shows such dates warns once (:func:`warn_if_lacking`);
a Jalali day that a user gives is refused with a UsageError that names the library.
"""

from __future__ import annotations

import datetime
import re
from typing import Any

from .errors import UsageError
from .text import digits

# Without the library the file can still be read; see above for what then happens.
jdatetime: Any = None
try:
    import jdatetime
except ImportError:
    pass

_GREGORIAN_FROM = 1700
_CLOCK = r"([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2})(?:\.[0-9]+)?)?"
_WHEN = re.compile(r"([0-9]{4})\s*[-/.]\s*([0-9]{1,2})\s*[-/.]\s*([0-9]{1,2})(?:[T\s]\s*%s\s*(Z|[+-][0-9]{2}:?[0-9]{2})?)?" % _CLOCK)
_TIME = re.compile(_CLOCK)


def iso(value, clock=None):
    """Return a day of a vendor (``1400/5/9``, with or without a time of day) in ISO 8601; None for what is no date.

    :arg clock: a time of day that the vendor sends beside the day (``18:45``); what is no time is passed over.

    Digits may be Persian or Arabic. A Gregorian date comes back in ISO 8601 as well. The time stays in the zone the vendor means.
    """
    found = _parsed(value)
    if found is None:
        return None
    day, time, zone = found
    if time is None:
        time = _time(_TIME.fullmatch(_text(clock)))
    return day.isoformat() if time is None else datetime.datetime.combine(day, time).isoformat() + zone


def day(value, option, vendor=None):
    """Return a day that a user gave, Gregorian or Jalali (``2025-10-04``, ``1404/7/12``), as ``2025-10-04``.

    :raises UsageError: it is no day, or it is a Jalali one and the library is missing; the message names the option.
    """
    if jdatetime is None and _is_jalali(value):
        raise UsageError("%s: a Jalali date needs the Python library jdatetime where the task runs" % option, vendor=vendor, operation="options",
                         code="missing_library", hint="Give the Gregorian date, such as 2025-10-04")
    found = _parsed(value)
    if found is None or found[1] is not None:
        raise UsageError("%s must be a day such as 2025-10-04 or 1404/7/12, not %r" % (option, value), vendor=vendor, operation="options")
    return found[0].isoformat()


def warn_if_lacking(host):
    """Say once for a task that Jalali dates cannot be converted."""
    if jdatetime is None:
        host.warn("dates are returned as the vendor sends them only: the Python library jdatetime is not there to convert them")


def _text(value):
    return "" if value is None else digits(value).strip()


def _is_jalali(value):
    found = _WHEN.fullmatch(_text(value))
    return found is not None and int(found.group(1)) < _GREGORIAN_FROM


def _parsed(value):
    """Return ``(date, time or None, zone)``, or None."""
    found = _WHEN.fullmatch(_text(value))
    if found is None:
        return None
    year, month, number = (int(part) for part in found.groups()[:3])
    try:
        if year >= _GREGORIAN_FROM:
            date = datetime.date(year, month, number)
        elif jdatetime is None:
            return None
        else:
            date = jdatetime.date(year, month, number).togregorian()
    except (ValueError, OverflowError):
        return None
    if found.group(4) is None:
        return date, None, ""
    time = _time(found, 4)
    return None if time is None else (date, time, found.group(7) or "")


def _time(found, first=1):
    if found is None:
        return None
    try:
        return datetime.time(*(int(found.group(place) or 0) for place in range(first, first + 3)))
    except ValueError:
        return None
