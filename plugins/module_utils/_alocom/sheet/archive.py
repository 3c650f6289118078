# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Spreadsheets that are archives of XML (xlsx, ods): unpacked within limits; XML with a document type is refused."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

from . import cells
from .cells import SheetError


class _Builder(ElementTree.TreeBuilder):
    """Refuses document types: through them a small file can hold entities that grow without bounds or read other files."""

    def doctype(self, name, pubid, system):
        raise SheetError("the file holds XML with a document type, which no spreadsheet program writes")


class Archive:
    """The parts of such a file.

    :arg kind: what it must be, for messages.
    :raises SheetError: it is no archive.
    """

    def __init__(self, kind, content):
        self.kind = kind
        try:
            if not content.startswith(b"PK"):
                raise ValueError(content[:2])
            self.archive = zipfile.ZipFile(io.BytesIO(content))
            self.names = {info.filename.lstrip("/").lower(): info for info in self.archive.infolist()}
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
            raise SheetError("the file is not an %s file, whatever its name says" % kind) from None
        self.left = cells.MOST_UNPACKED

    def part(self, name):
        """Return the root element of a part, or None when there is no such part."""
        info = self.names.get(name.lstrip("/").lower())
        if info is None:
            return None
        try:
            with self.archive.open(info) as handle:
                # Not what the archive says of its size: what comes out.
                raw = handle.read(self.left + 1)
        except Exception as error:  # pylint: disable=broad-except
            # Besides the archive's own errors the decompressors raise theirs on damaged data.
            raise SheetError("the %s file cannot be unpacked: %s" % (self.kind, error)) from None
        self.left -= len(raw)
        if self.left < 0:
            raise SheetError("the %s file unpacks to more than %d MB" % (self.kind, cells.MOST_UNPACKED // 2 ** 20))
        try:
            return ElementTree.fromstring(raw, ElementTree.XMLParser(target=_Builder()))
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise SheetError("the %s file holds damaged XML: %s" % (self.kind, error)) from None


def local(tag):
    """Return a tag or the name of an attribute without its namespace, which differs between editions of the formats."""
    return tag.rpartition("}")[2]


def children(element, name):
    """Return the children of this local name."""
    return [child for child in element if local(child.tag) == name]


def attribute(element, name, default=None):
    """Return the attribute of this local name."""
    return next((value for key, value in element.attrib.items() if local(key) == name), default)
