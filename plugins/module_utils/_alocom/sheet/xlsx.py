# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading and writing xlsx (ECMA-376) with the standard library."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

from .archive import Archive, attribute, children, local
from .cells import MOST_COLUMNS, Cell, SheetError, choose

_CELL = re.compile(r"([A-Z]{1,3})[0-9]+")


def read(content, sheet=None):
    """Return ``[(number, [Cell, ...])]`` of a sheet."""
    archive = Archive("xlsx", content)
    data = _sheet(archive, sheet)
    shared = _shared(archive)
    rows = []
    number = 0
    for part in children(data, "sheetData"):
        for row in children(part, "row"):
            number = _place(row.get("r"), number)
            rows.append((number, _cells(row, shared)))
    return rows


def _sheet(archive, wanted):
    """Return the root of a sheet; they are counted as they stand in the workbook."""
    book = archive.part("xl/workbook.xml")
    links = archive.part("xl/_rels/workbook.xml.rels")
    path = None
    if book is not None and links is not None:
        targets = {link.get("Id"): link.get("Target") or "" for link in links}
        sheets = [sheet for listed in children(book, "sheets") for sheet in listed]
        if sheets or wanted is not None:
            path = targets.get(attribute(sheets[choose([sheet.get("name") for sheet in sheets], wanted)], "id"))
    elif wanted is not None:
        choose(["sheet1"], wanted)
    if path:
        path = path[1:] if path.startswith("/") else "xl/" + path
    root = archive.part(path or "xl/worksheets/sheet1.xml")
    if root is None:
        raise SheetError("the xlsx file holds no sheet")
    return root


def _shared(archive):
    """Return the texts that cells name by their number."""
    root = archive.part("xl/sharedStrings.xml")
    return [] if root is None else [_text(entry) for entry in children(root, "si")]


def _text(entry):
    """Return the text of a string with its differently formatted runs; readings (rPh) beside it are no part of it."""
    parts = []
    for child in entry:
        if local(child.tag) == "t":
            parts.append(child.text or "")
        elif local(child.tag) == "r":
            parts.extend(text.text or "" for text in children(child, "t"))
    return "".join(parts)


def _place(given, last):
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 9 else last + 1


def _cells(row, shared):
    found = {}
    column = -1
    for cell in children(row, "c"):
        named = _CELL.fullmatch(cell.get("r") or "")
        column = column_number(named.group(1)) if named else column + 1
        if column < MOST_COLUMNS:
            found[column] = _cell(cell, shared)
    return [found.get(place, Cell("")) for place in range(max(found) + 1)] if found else []


def column_number(letters):
    """Return the place, from 0, of a column named by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _cell(cell, shared):
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return Cell("".join(_text(entry) for entry in children(cell, "is")))
    value = "".join(entry.text or "" for entry in children(cell, "v"))
    if kind == "s":
        if not (value.isascii() and value.isdigit() and len(value) < 9 and int(value) < len(shared)):
            raise SheetError("the xlsx file is damaged: cell %s names a text that is not there" % cell.get("r"))
        return Cell(shared[int(value)])
    if kind == "n" and value:
        try:
            return Cell.of_number(float(value))
        except (ValueError, OverflowError):
            raise SheetError("the xlsx file is damaged: cell %s is %r" % (cell.get("r"), value)) from None
    return Cell(value)


# -- writing ---------------------------------------------------------------------------------------------------------------

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.%s+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIXED = {
    "[Content_Types].xml": '<Types xmlns="%scontent-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                           '<Default Extension="xml" ContentType="application/xml"/>%s</Types>' % (_PACKAGE, "".join(
                               '<Override PartName="/xl/%s.xml" ContentType="%s"/>' % (part, _KIND % kind) for part, kind in (
                                   ("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("styles", "styles"), ("sharedStrings", "sharedStrings")))),
    "_rels/.rels": '<Relationships xmlns="%srelationships"><Relationship Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % (
        _PACKAGE, _DOCUMENT),
    "xl/workbook.xml": '<workbook %s xmlns:r="%s"><sheets><sheet name="users" sheetId="1" r:id="rId1"/></sheets></workbook>' % (_MAIN, _DOCUMENT),
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="%srelationships">%s</Relationships>' % (_PACKAGE, "".join(
        '<Relationship Id="rId%d" Type="%s/%s" Target="%s.xml"/>' % (number, _DOCUMENT, kind, part) for number, kind, part in (
            (1, "worksheet", "worksheets/sheet1"), (2, "styles", "styles"), (3, "sharedStrings", "sharedStrings")))),
    # The second format of cells, the one used, is number format 49: text.
    "xl/styles.xml": '<styleSheet %s><fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
                     '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
                     '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs>'
                     '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>' % _MAIN,
}


def write(rows):
    """Return an xlsx file of one sheet. Every cell is a text, formatted as text: no program makes a number of it.

    :arg rows: lists of texts; an empty text is a cell that is not there.
    """
    places: dict = {}
    lines = []
    for number, row in enumerate(rows, 1):
        made = ['<c r="%s%d" s="1" t="s"><v>%d</v></c>' % (_letters(column), number, places.setdefault(text, len(places)))
                for column, text in enumerate(row) if text]
        lines.append('<row r="%d">%s</row>' % (number, "".join(made)))
    parts = dict(_FIXED)
    parts["xl/worksheets/sheet1.xml"] = "<worksheet %s><sheetData>%s</sheetData></worksheet>" % (_MAIN, "".join(lines))
    parts["xl/sharedStrings.xml"] = '<sst %s uniqueCount="%d">%s</sst>' % (
        _MAIN, len(places), "".join('<si><t xml:space="preserve">%s</t></si>' % escape(text) for text in places))
    made_file = io.BytesIO()
    with zipfile.ZipFile(made_file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            # Without the time of writing: the same people are the same bytes.
            archive.writestr(zipfile.ZipInfo(name), _HEAD + text, zipfile.ZIP_DEFLATED)
    return made_file.getvalue()


def _letters(column):
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
