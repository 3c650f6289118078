# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading ods (OpenDocument 1.2 and later, as LibreOffice writes it) with the standard library."""

from __future__ import annotations

from .archive import Archive, attribute, children, local
from .cells import MOST_COLUMNS, MOST_ROWS, Cell, SheetError, choose

_NUMBERS = ("float", "percentage", "currency")
#: Groups of rows, which may stand around them.
_GROUPS = ("table-row-group", "table-header-rows", "table-rows")


def read(content, sheet=None):
    """Return ``[(number, [Cell, ...])]`` of a table; empty rows are left out, however often they are repeated."""
    root = Archive("ods", content).part("content.xml")
    tables = [] if root is None else [table for body in children(root, "body") for book in children(body, "spreadsheet") for table in children(book, "table")]
    table = tables[choose([attribute(one, "name", "") for one in tables], sheet)]
    rows = []
    number = 0
    for row in _rows(table):
        times = _times(row, "number-rows-repeated")
        cells = _cells(row)
        if any(cell.strip() for cell in cells):
            if len(rows) + times > MOST_ROWS:
                raise SheetError("the ods file has more than %d rows" % MOST_ROWS)
            rows += [(number + count, cells) for count in range(1, times + 1)]
        number += times
    return rows


def _rows(element):
    for child in element:
        name = local(child.tag)
        if name == "table-row":
            yield child
        elif name in _GROUPS:
            yield from _rows(child)


def _times(element, name):
    given = attribute(element, name, "1")
    return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 9 else 1


def _cells(row):
    found: list = []
    for cell in row:
        if local(cell.tag) in ("table-cell", "covered-table-cell"):
            made = _cell(cell)
            found += [made] * min(_times(cell, "number-columns-repeated"), MOST_COLUMNS - len(found))
    while found and not found[-1]:
        found.pop()
    return found


def _cell(cell):
    kind = attribute(cell, "value-type")
    value = attribute(cell, "value")
    if kind in _NUMBERS and value is not None:
        try:
            return Cell.of_number(float(value))
        except (ValueError, OverflowError):
            raise SheetError("the ods file is damaged: a cell is %r" % value) from None
    if kind == "boolean":
        return Cell("1" if attribute(cell, "boolean-value") == "true" else "0")
    return Cell("\n".join(_text(paragraph) for paragraph in children(cell, "p")))


def _text(element):
    """Return the text of a paragraph; spaces after the first are elements of their own. Comments stand beside paragraphs and are no part of them."""
    parts = [element.text or ""]
    for child in element:
        name = local(child.tag)
        if name == "s":
            parts.append(" " * min(_times(child, "c"), 1000))
        elif name == "tab":
            parts.append("\t")
        elif name == "line-break":
            parts.append("\n")
        elif name in ("span", "a"):
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
