# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading the rows of a spreadsheet of any kind (xlsx, xls, ods, csv) as text."""

from __future__ import annotations

from . import cells, csv_text, ods, xls, xlsx
from .cells import SheetError

KINDS = ("xlsx", "xls", "ods", "csv")


def kind_of(name):
    """Return the kind of a file by its name.

    :raises SheetError: it is none that can be read.
    """
    kind = name.rpartition(".")[2].lower() if "." in name else ""
    if kind not in KINDS:
        raise SheetError("the file must be one of %s, by its name; not %s" % (", ".join(KINDS), "." + kind if kind else "without an ending"))
    return kind


def read(kind, content, sheet=None, encoding="auto"):
    """Return ``[(number, [Cell, ...])]``: the rows of a sheet with their numbers, empty ones left out.

    :arg sheet: its name or its number from 1 on; the first by default.
    :arg encoding: one of :data:`.csv_text.ENCODINGS`, for csv.
    :raises SheetError: the content is not what the kind says, or too much, or there is no such sheet.
    """
    if len(content) > cells.MOST_BYTES:
        raise SheetError("the file has more than %d MB" % (cells.MOST_BYTES // 2 ** 20))
    if not content:
        raise SheetError("the file is empty")
    if kind == "csv":
        if sheet is not None:
            raise SheetError("a csv file has no sheets; leave sheet out")
        rows = csv_text.read(content, encoding)
    else:
        rows = {"xlsx": xlsx, "xls": xls, "ods": ods}[kind].read(content, sheet)
    return [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
