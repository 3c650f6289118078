# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every kind of spreadsheet is read into, and how much of it at most.

A file comes from anywhere: sizes are limited before anything is unpacked.
"""

from __future__ import annotations

import math

#: Bytes of the file, and of all its parts after unpacking: more than 50,000 people need.
MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 32 * 1024 * 1024
MOST_COLUMNS = 200
MOST_ROWS = 100000


class SheetError(Exception):
    """The file cannot be read; the text is for the user."""


class Cell(str):
    """The text of a cell; ``number`` is true where the file keeps a number, which has no leading zeros."""

    number = False

    @classmethod
    def of_number(cls, value):
        """Return the number as a person would write it: spreadsheets keep all of them as floating point. ValueError for none of these."""
        if not math.isfinite(value):
            raise ValueError(value)
        text = str(int(value)) if float(value).is_integer() and abs(value) < 1e16 else str(value)
        made = cls(text)
        made.number = True
        return made


def choose(names, wanted):
    """Return the place of the sheet that is wanted among these: None is the first; a name, or a number from 1 on.

    :raises SheetError: there is none.
    """
    if wanted is None:
        if not names:
            raise SheetError("the file holds no sheet")
        return 0
    text = str(wanted).strip()
    for place, name in enumerate(names):
        if str(name).strip() == text:
            return place
    if text.isascii() and text.isdigit() and 0 < int(text) <= len(names):
        return int(text) - 1
    raise SheetError("there is no sheet %s; the file holds: %s" % (text, ", ".join(map(str, names)) or "none"))
