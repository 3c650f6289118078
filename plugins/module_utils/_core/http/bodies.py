# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of an answer, read and unpacked to its end, unless that would be more than any vendor has to say.

Whoever answers may be a stranger, broken or hostile: an answer without end, or a small one that unpacks to a huge one, must not fill the memory.
"""

from __future__ import annotations

import zlib

MIB = 1024 ** 2
#: Bytes of one answer, unpacked: some 100,000 objects of a list that comes in one piece.
LARGEST_ANSWER = 128 * MIB
#: Bytes of all answers to one task (or one item of a loop): the pages of a list of a million short rows.
LARGEST_TASK = 512 * MIB
#: Rows of one list. Short rows need many times their bytes in memory.
LARGEST_LIST = 1000000

#: What a request says that it takes, and nothing else is unpacked.
ACCEPTED = "gzip, deflate"
#: Bytes that are read or unpacked at a time; none unpacks to more than a thousand times as many.
PIECE = 64 * 1024
_PACKED_PIECE = 4 * 1024
#: Packed in packed: nobody needs more than one.
_LAYERS = 3
_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


class TooLong(Exception):
    """The body has more bytes than there is room for, which is its argument."""


class Unreadable(Exception):
    """What was packed cannot be unpacked."""


def gathered(pieces, room):
    """Return what comes in pieces as one.

    :raises TooLong: it is more than ``room`` bytes; no more of it is read.
    """
    found, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > room:
            raise TooLong(room)
        found.append(piece)
    return b"".join(found)


def unpacked(content, codings, room):
    """Return the content of an answer, with what ``Content-Encoding`` says undone.

    A coding that was not asked for stays as it is: nobody can read it, and whoever looks for JSON says so.

    :raises TooLong: it unpacks to more than ``room`` bytes; :raises Unreadable: it is not packed as it says.
    """
    names = [name.strip().lower() for name in (codings or "").split(",")]
    if len(names) > _LAYERS:
        raise Unreadable("it is packed %d times" % len(names))
    for name in reversed(names):
        if name in ("gzip", "x-gzip"):
            content = _inflated(content, _GZIP, room)
        elif name == "deflate":
            try:
                content = _inflated(content, _ZLIB, room)
            except Unreadable:
                # Some servers leave out what belongs around it.
                content = _inflated(content, _RAW, room)
    return content


def _inflated(content, bits, room):
    found, size = [], 0
    engine = zlib.decompressobj(bits)
    further = False
    for start in range(0, len(content), _PACKED_PIECE):
        rest = content[start:start + _PACKED_PIECE]
        while rest:
            if engine.eof:
                if bits != _GZIP:
                    return b"".join(found)
                # A file of gzip may have several members.
                engine, further = zlib.decompressobj(bits), True
            try:
                part = engine.decompress(rest, room - size + 1)
            except zlib.error as error:
                if further:
                    # Something that follows the last member.
                    return b"".join(found)
                raise Unreadable(str(error)) from error
            size += len(part)
            if size > room:
                raise TooLong(room)
            found.append(part)
            rest = engine.unused_data if engine.eof else b""
    return b"".join(found)
