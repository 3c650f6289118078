# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CSV that a spreadsheet opens without taking a name for a formula."""

from __future__ import annotations

import csv
import io
import re

#: The begin of a formula, in its usual and its wide form, whatever invisible stands before it: in a cell, and after a sign at which some
#: spreadsheets split a line.
_FORMULA = re.compile(r"(^|[;\t\r\n])(?=[\s\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*[=+@\uff1d\uff0b\uff0d\uff20-])")


def cell(value):
    """Return a text so that no spreadsheet carries it out: an apostrophe stands before what begins like a formula."""
    return _FORMULA.sub(r"\1'", value) if isinstance(value, str) else value


def to_csv(columns, rows):
    """Return rows under a line of column names, texts quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(columns)
    writer.writerows([["" if value is None else cell(value) for value in row] for row in rows])
    return out.getvalue()
