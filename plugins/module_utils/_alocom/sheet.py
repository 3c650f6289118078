# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading the rows of a spreadsheet (xlsx, xls, csv) as text, with the standard library as far as it goes.

A file comes from anywhere: sizes are limited before anything is unpacked, and XML with a document type is refused.
"""

from __future__ import annotations

import csv
import io
import math
import re
import zipfile
from xml.etree import ElementTree

try:
    import xlrd
except ImportError:
    xlrd = None

KINDS = ("xlsx", "xls", "csv")
#: Bytes of the file, and of each of its parts after unpacking: more than 50,000 people need.
MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 32 * 1024 * 1024
_MOST_COLUMNS = 200
_CELL = re.compile(r"([A-Z]{1,3})[0-9]+")


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


def kind_of(name):
    """Return the kind of a file by its name.

    :raises SheetError: it is none that the vendor takes.
    """
    kind = name.rpartition(".")[2].lower() if "." in name else ""
    if kind not in KINDS:
        raise SheetError("the file must be one of %s, by its name; not %s" % (", ".join(KINDS), "." + kind if kind else "without an ending"))
    return kind


def read(kind, content):
    """Return ``[(number, [Cell, ...])]``: the rows of the first sheet with their numbers, empty ones left out.

    :raises SheetError: the content is not what the kind says, or too much.
    """
    if len(content) > MOST_BYTES:
        raise SheetError("the file has more than %d MB" % (MOST_BYTES // 2 ** 20))
    if not content:
        raise SheetError("the file is empty")
    rows = {"xlsx": _xlsx, "xls": _xls, "csv": _csv}[kind](content)
    return [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]


# -- csv -------------------------------------------------------------------------------------------------------------------


def _csv(content):
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise SheetError("the file is a spreadsheet with the ending of another kind (.csv)")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SheetError("the file is not text in UTF-8; save it as CSV UTF-8") from None
    if "\0" in text:
        raise SheetError("the file is not text in UTF-8; save it as CSV UTF-8")
    head = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list = []
    try:
        for cells in reader:
            # With a cell of several lines the reader's own count runs ahead of the rows; people see rows.
            rows.append((len(rows) + 1, [Cell(cell) for cell in cells]))
    except csv.Error as error:
        raise SheetError("line %d cannot be read: %s" % (reader.line_num, error)) from None
    return rows


# -- xls -------------------------------------------------------------------------------------------------------------------


def _xls(content):
    if xlrd is None:
        raise SheetError("an xls file can only be checked with the Python library xlrd where the task runs; install it, or save the file as xlsx")
    if not content.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetError("the file is not an xls file, whatever its name says")
    try:
        # What xlrd notes about a damaged file belongs into no output.
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
        sheet = book.sheet_by_index(0)
        return [(number + 1, [_xls_cell(cell) for cell in sheet.row(number)[:_MOST_COLUMNS]]) for number in range(sheet.nrows)]
    except Exception as error:  # pylint: disable=broad-except
        # On a damaged file the library raises whatever its parser stumbles over.
        raise SheetError("the xls file cannot be read: %s" % error) from None


def _xls_cell(cell):
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return Cell.of_number(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell(int(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Cell(xlrd.error_text_from_code.get(cell.value, "#ERROR!"))
    return Cell(cell.value)


# -- xlsx ------------------------------------------------------------------------------------------------------------------


class _Builder(ElementTree.TreeBuilder):
    """Refuses document types: through them a small file can hold entities that grow without bounds or read other files."""

    def doctype(self, name, pubid, system):
        raise SheetError("the xlsx file holds XML with a document type, which no spreadsheet program writes")


def _local(tag):
    return tag.rpartition("}")[2]


def _children(element, name):
    return [child for child in element if _local(child.tag) == name]


class _Book:
    """The parts of an xlsx file."""

    def __init__(self, content):
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(content))
            self.names = {info.filename.lstrip("/").lower(): info for info in self.archive.infolist()}
        except (zipfile.BadZipFile, ValueError, OSError):
            raise SheetError("the file is not an xlsx file, whatever its name says") from None
        self.left = MOST_UNPACKED

    def part(self, name):
        """Return the root element of a part, or None when there is no such part."""
        info = self.names.get(name.lstrip("/").lower())
        if info is None:
            return None
        try:
            with self.archive.open(info) as handle:
                # Not what the archive says of its size: what comes out.
                raw = handle.read(self.left + 1)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
            raise SheetError("the xlsx file cannot be unpacked: %s" % error) from None
        except Exception as error:  # pylint: disable=broad-except
            # The decompressors raise errors of their own on damaged data.
            raise SheetError("the xlsx file cannot be unpacked: %s" % error) from None
        self.left -= len(raw)
        if self.left < 0:
            raise SheetError("the xlsx file unpacks to more than %d MB" % (MOST_UNPACKED // 2 ** 20))
        try:
            return ElementTree.fromstring(raw, ElementTree.XMLParser(target=_Builder()))
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise SheetError("the xlsx file holds damaged XML: %s" % error) from None

    def first_sheet(self):
        """Return the root of the sheet that stands first in the workbook."""
        book = self.part("xl/workbook.xml")
        links = self.part("xl/_rels/workbook.xml.rels")
        path = None
        if book is not None and links is not None:
            targets = {link.get("Id"): link.get("Target") or "" for link in links}
            sheets = [sheet for sheets in _children(book, "sheets") for sheet in sheets]
            wanted = next((value for sheet in sheets[:1] for name, value in sheet.attrib.items() if _local(name) == "id" and value in targets), None)
            path = targets.get(wanted)
        if path:
            path = path[1:] if path.startswith("/") else "xl/" + path
        root = self.part(path or "xl/worksheets/sheet1.xml")
        if root is None:
            raise SheetError("the xlsx file holds no sheet")
        return root

    def shared(self):
        """Return the texts that cells name by their number."""
        root = self.part("xl/sharedStrings.xml")
        return [] if root is None else [_text(entry) for entry in _children(root, "si")]


def _text(entry):
    """Return the text of a string with its differently formatted runs; readings (rPh) beside it are no part of it."""
    parts = []
    for child in entry:
        if _local(child.tag) == "t":
            parts.append(child.text or "")
        elif _local(child.tag) == "r":
            parts.extend(text.text or "" for text in _children(child, "t"))
    return "".join(parts)


def _xlsx(content):
    if not content.startswith(b"PK"):
        raise SheetError("the file is not an xlsx file, whatever its name says")
    book = _Book(content)
    sheet = book.first_sheet()
    shared = book.shared()
    rows = []
    number = 0
    for data in _children(sheet, "sheetData"):
        for row in _children(data, "row"):
            number = _place(row.get("r"), number)
            rows.append((number, _cells(row, shared)))
    return rows


def _place(given, last):
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 9 else last + 1


def _cells(row, shared):
    found = {}
    column = -1
    for cell in _children(row, "c"):
        named = _CELL.fullmatch(cell.get("r") or "")
        column = _column(named.group(1)) if named else column + 1
        if column < _MOST_COLUMNS:
            found[column] = _cell(cell, shared)
    return [found.get(place, Cell("")) for place in range(max(found) + 1)] if found else []


def _column(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _cell(cell, shared):
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return Cell("".join(_text(entry) for entry in _children(cell, "is")))
    value = "".join(entry.text or "" for entry in _children(cell, "v"))
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
