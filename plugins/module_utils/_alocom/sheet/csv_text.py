# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading csv in the encodings in which Persian text is saved, with commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
import unicodedata

from .cells import Cell, SheetError

ENCODINGS = ("auto", "utf-8", "utf-16", "windows-1256")
#: Windows-1256 has no Persian yeh, so programs write the Arabic one; kaf is written as either.
_PERSIAN = str.maketrans({"\u064a": "\u06cc", "\u0649": "\u06cc", "\u0643": "\u06a9"})


def read(content, encoding="auto"):
    """Return ``[(number, [Cell, ...])]``."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise SheetError("the file is a spreadsheet with the ending of another kind (.csv)")
    text = _decoded(content, encoding)
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


def _decoded(content, encoding):
    if encoding == "auto":
        encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            encoding = encoding if encoding == "utf-16" else "windows-1256"
            if encoding == "windows-1256" and not _is_persian(content.decode(encoding, "replace")):
                raise SheetError("the file is text neither in UTF-8 nor in Windows-1256; save it as CSV UTF-8") from None
    try:
        text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError:
        raise SheetError("the file is not text in %s; save it as CSV UTF-8" % encoding.upper()) from None
    if "\0" in text:
        raise SheetError("the file is not text in %s; save it as CSV UTF-8" % encoding.upper())
    return text.translate(_PERSIAN) if encoding == "windows-1256" else text


def _is_persian(text):
    """Return whether a text makes sense: every byte is a character in Windows-1256, so only its letters tell."""
    return all(sign.isascii() or unicodedata.category(sign) not in ("Lu", "Ll", "So", "Sc", "Cc", "Cn") for sign in text)
