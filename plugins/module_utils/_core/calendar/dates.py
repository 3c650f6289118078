# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Days of the Jalali calendar, as vendors send them and people write them, to ISO 8601. Pure functions.

Jalali and Gregorian years are told apart by their size (before 1700: Jalali). Jalali days need the Python library
jdatetime. Without it the ISO form of what a vendor sent is None, and whoever shows such dates warns once (:func:`warn_if_lacking`);
a Jalali day that a user gives is refused with a UsageError that names the library.
"""

from __future__ import annotations

import calendar as _calendar
import datetime
import re
import zoneinfo
from typing import Any

from ..errors import UsageError
from ..text.letters import digits, kind_of

# Without the library the file can still be read; see above for what then happens.
jdatetime: Any = None
try:
    import jdatetime as _library
    jdatetime = _library
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
        written = _WHEN.fullmatch(_text(value))
        reason = impossible(*(int(part) for part in written.groups()[:3])) if written else None
        raise UsageError("%s must be a day such as 2025-10-04 or 1404/7/12, not %r%s" % (option, value, ": %s" % reason if reason else ""), vendor=vendor,
                         operation="options")
    return found[0].isoformat()


def impossible(year, month, number):
    """Return why there is no such day, Gregorian or Jalali by the size of its year, or None. Without the library the last day of a Jalali year passes."""
    text = "%04d%s%02d%s%02d" % (year, *(("/", month, "/") if is_jalali(year) else ("-", month, "-")), number)
    if not 1 <= month <= 12:
        return "there is no day %s: a year has 12 months" % text
    if not is_jalali(year):
        most = _calendar.monthrange(year, month)[1]
    else:
        most = 31 if month < 7 else 30
        if month == 12 and number == 30 and jdatetime is not None and year > 0 and not jdatetime.date(year, 1, 1).isleap():
            return "there is no day %s: %d is no leap year, its last month has 29 days" % (text, year)
    return None if 1 <= number <= most else "there is no day %s: that month has %d days" % (text, most)


def is_jalali(year):
    """Return whether a year is one of the Jalali calendar."""
    return year < _GREGORIAN_FROM


def date_of(year, month, number):
    """Return a day, Gregorian or Jalali by the size of its year, as a Gregorian date.

    :raises ValueError: it cannot be; the text says why.
    """
    if is_jalali(year):
        return gregorian(year, month, number)
    reason = impossible(year, month, number)
    if reason:
        raise ValueError(reason)
    return datetime.date(year, month, number)


def gregorian(year, month, number):
    """Return a Jalali day as a Gregorian date.

    :raises ValueError: it cannot be; the text says why.
    """
    reason = impossible(year, month, number) if year >= 1000 else "%04d is no year of this time" % year
    if reason:
        raise ValueError(reason)
    if jdatetime is None:
        raise ValueError("a Jalali date needs the Python library jdatetime where the task runs; give the Gregorian one")
    return jdatetime.date(year, month, number).togregorian()


def warn_if_lacking(host):
    """Say once for a task that Jalali dates cannot be converted."""
    if jdatetime is None:
        host.warn("dates are returned as the vendor sends them only: the Python library jdatetime is not there to convert them")


def _text(value):
    return "" if value is None else digits(value).strip()


def _is_jalali(value):
    found = _WHEN.fullmatch(_text(value))
    return found is not None and is_jalali(int(found.group(1)))


def _parsed(value):
    """Return ``(date, time or None, zone)``, or None."""
    found = _WHEN.fullmatch(_text(value))
    if found is None:
        return None
    year, month, number = (int(part) for part in found.groups()[:3])
    try:
        if not is_jalali(year):
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
        hour, minute, second = (int(found.group(place) or 0) for place in range(first, first + 3))
        return datetime.time(hour, minute, second)
    except ValueError:
        return None


# -- for people ------------------------------------------------------------------------------------------------------------

_PERSIAN_DIGITS = str.maketrans("0123456789", "\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9")
_STANDARD_TIME = datetime.timezone(datetime.timedelta(hours=3, minutes=30))
# The last day on which Iran turned its clocks; from then on no zone database is needed, and an old one would be wrong.
_NO_SUMMER_TIME_FROM = datetime.datetime(2022, 9, 22, tzinfo=_STANDARD_TIME)


def persian(text):
    """Return the text with Persian digits."""
    return str(text).translate(_PERSIAN_DIGITS)


def tehran(moment):
    """Return a datetime in Tehran's zone; one without a zone is taken to be Tehran's already."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=_STANDARD_TIME)
        return moment if moment >= _NO_SUMMER_TIME_FROM else moment.replace(tzinfo=_historic())
    return moment.astimezone(_STANDARD_TIME if moment >= _NO_SUMMER_TIME_FROM else _historic())


def _historic():
    try:
        return zoneinfo.ZoneInfo("Asia/Tehran")
    except zoneinfo.ZoneInfoNotFoundError:
        return _STANDARD_TIME


def to_jalali(value, form=None, in_persian=False):
    """Return a Gregorian day or moment as people in Iran write it: ``1404/07/12``, with a time ``1404/07/12 13:45:00`` in Tehran.

    :arg value: a date or datetime, or ISO 8601 text; without a zone it is a time in Tehran.
    :arg form: a format of ``strftime``.
    :arg in_persian: Persian digits and names of months and days.
    :raises ValueError: it is no Gregorian day or moment.
    """
    _need_library()
    if isinstance(value, datetime.datetime):
        moment, timed = value, True
    elif isinstance(value, datetime.date):
        moment, timed = datetime.datetime.combine(value, datetime.time()), False
    else:
        found = None if isinstance(value, bool) or _is_jalali(value) else _parsed(value)
        if found is None:
            raise ValueError("%s is no Gregorian date such as 2025-10-04 or 2025-10-04T10:15:00Z" % _told(value))
        date, time, zone = found
        timed = time is not None
        moment = datetime.datetime.combine(date, time or datetime.time(), _zone(zone))
    if timed:
        moment = tehran(moment)
    try:
        made = jdatetime.datetime.fromgregorian(datetime=moment.replace(tzinfo=None), locale="fa_IR" if in_persian else "en_US")
    except (ValueError, OverflowError) as error:
        raise ValueError("%r has no Jalali date: %s" % (value, error)) from None
    if timed:
        made = made.replace(tzinfo=moment.tzinfo)
    text = made.strftime(form or ("%Y/%m/%d %H:%M:%S" if timed else "%Y/%m/%d"))
    return persian(text) if in_persian else text


def from_jalali(value, form=None):
    """Return a Jalali day (``1404/7/12``, in any digits) as ``2025-10-04``, one with a time in ISO 8601 with Tehran's offset.

    :arg form: a format of ``strptime``, for other spellings.
    :raises ValueError: it is no Jalali day.
    """
    _need_library()
    if form:
        try:
            read = jdatetime.datetime.strptime(_text(value), form)
            moment = read.togregorian()
        except (ValueError, OverflowError, AttributeError, KeyError) as error:
            raise ValueError("%r is no Jalali date in the form %s: %s" % (value, form, error)) from None
        if not any("%" + sign in form for sign in "HIMSfpcXT"):
            return moment.date().isoformat()
        return tehran(moment).isoformat()
    found = _parsed(value) if _is_jalali(value) else None
    if found is None:
        raise ValueError("%s is no Jalali date such as 1404/7/12 or 1404-07-12 13:45" % _told(value))
    date, time, zone = found
    return date.isoformat() if time is None else tehran(datetime.datetime.combine(date, time, _zone(zone))).isoformat()


def _told(value):
    return repr(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else kind_of(value)


def _zone(text):
    if not text:
        return None
    if text in ("Z", "z"):
        return datetime.timezone.utc
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return datetime.timezone(datetime.timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _need_library():
    if jdatetime is None:
        raise ValueError("Jalali dates need the Python library jdatetime on the machine where the filter runs")
