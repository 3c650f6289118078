# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading xls (Excel 97 to 2003), with the Python library xlrd."""

from __future__ import annotations

import io

from .cells import MOST_COLUMNS, Cell, SheetError, choose

try:
    import xlrd
except ImportError:
    xlrd = None


def read(content, sheet=None):
    """Return ``[(number, [Cell, ...])]`` of a sheet."""
    if xlrd is None:
        raise SheetError("an xls file can only be read with the Python library xlrd where the task runs; install it, or save the file as xlsx")
    if not content.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetError("the file is not an xls file, whatever its name says")
    try:
        # What xlrd notes about a damaged file belongs into no output.
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
        found = book.sheet_by_index(choose(book.sheet_names(), sheet))
        return [(number + 1, [_cell(cell) for cell in found.row(number)[:MOST_COLUMNS]]) for number in range(found.nrows)]
    except SheetError:
        raise
    except Exception as error:  # pylint: disable=broad-except
        # On a damaged file the library raises whatever its parser stumbles over.
        raise SheetError("the xls file cannot be read: %s" % error) from None


def _cell(cell):
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return Cell.of_number(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell(int(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Cell(xlrd.error_text_from_code.get(cell.value, "#ERROR!"))
    return Cell(cell.value)
