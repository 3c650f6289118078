# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CSV that a spreadsheet opens as UTF-8, without taking a name for a formula, and with times that people in Iran read."""

from __future__ import annotations

import csv
import datetime
import io
import re

from .._core.calendar import dates

#: The begin of a formula, in its usual and its wide form, whatever invisible stands before it: in a cell, and after a sign at which some
#: spreadsheets split a line.
_FORMULA = re.compile(r"(^|[;\t\r\n])(?=[\s\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*[=+@\uff1d\uff0b\uff0d\uff20-])")


def cell(value):
    """Return a text so that no spreadsheet carries it out: an apostrophe stands before what begins like a formula."""
    return _FORMULA.sub(r"\1'", value) if isinstance(value, str) else value


def times(name):
    """Return the names of the three columns of :func:`when`."""
    return (name, name + "_tehran", name + "_jalali")


def when(value):
    """Return a moment as ISO 8601 (or what a vendor gave), as Tehran's clock shows it, and as a Jalali day; None where there is none."""
    found = dates.iso(value)
    if found is None:
        return value, None, None
    moment = dates.tehran(datetime.datetime.fromisoformat(found.replace("Z", "+00:00")))
    try:
        jalali = dates.to_jalali(moment.date())
    except ValueError:
        # Without the library for it, or a year that the calendar has not.
        jalali = None
    return value, moment.strftime("%Y-%m-%d %H:%M"), jalali


def to_csv(columns, rows):
    """Return rows under a line of column names, texts quoted, begun with the mark (BOM) by which a spreadsheet knows UTF-8."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(columns)
    writer.writerows([["" if value is None else cell(value) for value in row] for row in rows])
    return out.getvalue()
