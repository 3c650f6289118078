# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal of earlier versions, one JSON object a line: read once and taken over, so that nothing of it is forgotten.

::

    {"time": "2026-03-01T08:30:00Z", "event": "intent", "key": "welcome-17", "operation": "send", "digest": "sha256:...", "summary": "to 0912***4567"}
    {"time": "2026-03-01T08:30:01Z", "event": "done", "key": "welcome-17", "outcome": {"id": 81}}

An intent without an outcome means that nobody knows; ``resolved`` was written by a person.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time

from ..errors import DeadlineError, UsageError
from .entry import DONE, NOT_SENT, REFUSED, RESERVED, Entry

_EVENTS = {"intent": RESERVED, "done": DONE, "refused": REFUSED}
_RESOLUTIONS = {"done": DONE, "not_sent": REFUSED}
_TORN = "torn"
#: Who wrote an entry, by what earlier versions called the operation: ``x_message`` was sent by x.
_MESSAGE = "_message"
_POLL = 0.05


class OldFormat(Exception):
    """A journal is a file of JSON lines."""


def is_old(path):
    """Return whether a file that is no database begins as a journal of JSON lines does."""
    with open(path, "rb") as file:
        return file.read(1) in (b"{", b"\n")


@contextlib.contextmanager
def held(path, left):
    """Hold the lock under which earlier versions wrote, and give ``(entries, text)``; ``(None, b"")`` when the file has been replaced in the meantime."""
    with open(os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if left() <= 0:
                    raise DeadlineError("journal %s: another run has kept it busy" % path, code="journal_busy", hint="Nothing was sent. Run again when it has "
                                        "ended") from None
            time.sleep(_POLL)
        here, there = os.fstat(file.fileno()), os.lstat(path)
        if (here.st_dev, here.st_ino) != (there.st_dev, there.st_ino):
            yield None, b""
            return
        text = file.read()
        yield parsed(path, text), text


def entries(path, left):
    """Return the entries of the file, writing nothing."""
    with held(path, left) as (found, _text):
        return found or []


def moved(path, left, adopt, check=False):
    """Hand the entries of a file to ``adopt``, put the file aside, and return ``(how many, where it is kept)``; None when there is no file (any more).

    Killed in between, the same again does no harm: what is there already stays as it is. ``check`` only reads.
    """
    if not os.path.lexists(path):
        return None
    try:
        if not is_old(path):
            raise UsageError("%s: is no journal of an earlier version (JSON lines), so nothing was taken over from it" % path, code="journal")
        with held(path, left) as (found, text):
            if found is None:
                return None  # Another run has done it in the meantime.
            if check:
                return len(found), path
            adopt(found)
            kept = keep(path, text)
            os.unlink(path)
    except OSError as error:
        raise UsageError("%s: cannot be taken over: %s" % (path, error.strerror), code="journal") from None
    return len(found), kept


def keep(path, text):
    """Write the old text beside the journal, whole and durably, and return the path."""
    place = path + ".old"
    number = 1
    while True:
        try:
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            break
        except FileExistsError:
            number += 1
            place = "%s.old%d" % (path, number)
    try:
        with open(descriptor, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        os.unlink(place)
        raise UsageError("journal %s: its earlier form cannot be kept as %s: %s" % (path, place, error.strerror), code="journal") from None
    return place


def parsed(path, text):
    """Return the entries of a whole file.

    A last line that a crash cut short counts as not written: its request had not left, or its intent stands above it. Any other line that cannot be
    read means that somebody changed the file, and then nothing in it can be trusted.
    """
    found: dict = {}
    rows = text.split(b"\n")
    unreadable = None
    for number, raw in enumerate(rows, 1):
        if not raw.strip():
            continue
        line = _line(raw)
        if line is None:
            if unreadable:
                raise _damaged(path, unreadable)
            unreadable = number
            continue
        if unreadable and line["event"] != _TORN:
            raise _damaged(path, unreadable)
        unreadable = None
        _apply(found, line)
    if unreadable and unreadable != len(rows):
        raise _damaged(path, unreadable)
    return list(found.values())


def _damaged(path, number):
    return UsageError("journal %s: it is in the form of an earlier version, and line %d is not an entry; put it right or take it out by hand, and its entries "
                      "will be taken over" % (path, number), code="journal_damaged")


def _line(raw):
    try:
        line = json.loads(raw.decode("utf-8"))
    except ValueError:
        return None
    if not isinstance(line, dict):
        return None
    if line.get("event") == _TORN:
        return line
    known = line.get("event") in _EVENTS or (line.get("event") == "resolved" and line.get("as") in _RESOLUTIONS)
    return line if known and isinstance(line.get("key"), str) else None


def _apply(found, line):
    if line["event"] == _TORN:
        return
    key = line["key"]
    before = found.get(key)
    by_hand = line["event"] == "resolved"
    state = _RESOLUTIONS[line["as"]] if by_hand else _EVENTS[line["event"]]
    if before is not None and before.state == DONE and state == RESERVED:
        return
    told = line.get("outcome") if isinstance(line.get("outcome"), dict) else {}
    was = line.get("operation") or ""
    operation, provider = ("message", was[:-len(_MESSAGE)]) if was.endswith(_MESSAGE) else (was or None, None)
    operation = operation or (before.operation if before else "message")
    found[key] = Entry(
        key, state, operation=operation, provider=provider or (before.provider if before else None),
        # Each provider made another digest of a message; compared with today's, every key would seem to have another text.
        digest=None if operation == "message" else line.get("digest") or (before.digest if before else None),
        summary=line.get("summary") or (before.summary if before else None),
        reserved_at=line.get("time") if state == RESERVED or before is None else before.reserved_at,
        settled_at=None if state == RESERVED else line.get("time"), outcome=told,
        code=NOT_SENT if by_hand and state == REFUSED else None if told.get("code") is None else str(told["code"]))
