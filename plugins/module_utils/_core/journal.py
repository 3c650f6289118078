# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file that remembers what may happen only once: an intent is on disk before the request leaves, its outcome after the answer.

One JSON object a line, only ever appended::

    {"time": "2026-03-01T08:30:00Z", "event": "intent", "key": "welcome-17", "operation": "send", "digest": "sha256:...", "summary": "to 0912***4567"}
    {"time": "2026-03-01T08:30:01Z", "event": "done", "key": "welcome-17", "outcome": {"id": 81}}

``done``: never again. ``refused``: the vendor did not accept it, so it may be tried again. An intent without either means that nobody knows; a
person looks it up at the vendor and appends a line of their own, ``{"event": "resolved", "key": "welcome-17", "as": "done"}`` (or ``"as": "not_sent"``).

The lock on the file is held from the look to the outcome, so parallel runs wait for each other and never both find a key free.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import stat
import threading
import time

from .errors import DeadlineError, PanelError, UnknownOutcome, UsageError

INTENT, DONE, REFUSED, RESOLVED, TORN = "intent", "done", "refused", "resolved", "torn"
_EVENTS = (INTENT, DONE, REFUSED, RESOLVED, TORN)
_RESOLUTIONS = {"done": DONE, "not_sent": REFUSED}
_POLL = 0.05


def digest(content):
    """Return a digest of what is sent: tells two texts apart without keeping either."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return "sha256:%s" % hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def masked(number):
    """Return a number of a person so that its owner knows it and nobody else: 0912***4567."""
    text = str(number)
    return "%s***%s" % (text[:-7], text[-4:]) if len(text) >= 10 else "***"


class Entry:
    """What the journal knows of a key: ``event`` (intent, done, refused), ``operation``, ``outcome``, ``digest``, ``summary``, ``time``."""

    def __init__(self, event, line, before=None):
        self.event = event
        self.time = line.get("time")
        self.operation = line.get("operation") or (before.operation if before else None)
        self.digest = line.get("digest") or (before.digest if before else None)
        self.summary = line.get("summary") or (before.summary if before else None)
        self.outcome = line.get("outcome") if isinstance(line.get("outcome"), dict) else {}


class Journal:
    """One journal file.

    :arg path: made with mode 0600 when it is not there; never followed when it is a symbolic link.
    :arg operation: what the keys stand for, shown in the file and in messages.
    """

    def __init__(self, path, operation, vendor=None):
        self.path = path
        self.operation = operation
        self.vendor = vendor

    # -- use ---------------------------------------------------------------------------------------------------------

    def entries(self, wait=30):
        """Return ``{key: Entry}`` of the whole file, writing nothing: for check mode."""
        descriptor = self._open(create=False)
        if descriptor is None:
            return {}
        try:
            self._lock(descriptor, fcntl.LOCK_SH, wait)
            return self._read(descriptor)[0]
        finally:
            os.close(descriptor)

    def look(self, keys, wait=30):
        """Return the entries of these keys, writing nothing.

        :raises UnknownOutcome: an intent of one of the keys has no outcome.
        """
        entries = self.entries(wait)
        found = {key: entries[key] for key in keys if key in entries}
        for key, entry in found.items():
            self.refuse_unknown(key, entry)
        return found

    @contextlib.contextmanager
    def hold(self, wait=30):
        """Lock the file and give a :class:`Page` on which to look, intend and record.

        :arg wait: seconds to wait for another run that holds the journal.
        """
        descriptor = self._open_locked(wait)
        try:
            entries, torn = self._read(descriptor)
            page = Page(self, descriptor, entries)
            if torn:
                page.end_line(cut=torn == "cut")
            yield page
        finally:
            os.close(descriptor)

    def once(self, key, content, summary, send, wait=30):
        """Do something at most once ever: return ``(outcome, entry)``, ``entry`` being that of an earlier time or None.

        :arg send: sends and returns the outcome (a mapping without secrets). A :class:`.UnknownOutcome` leaves the intent as it is; any other
            :class:`.PanelError` means that nothing was accepted, so the key stays free.
        """
        with self.hold(wait) as page:
            earlier = page.earlier(key)
            if earlier is not None:
                return earlier.outcome, earlier
            page.intend({key: (content, summary)})
            try:
                outcome = send()
            except UnknownOutcome as error:
                error.hint = self.advice(key)
                raise
            except PanelError as error:
                page.settle({key: (REFUSED, {"code": error.code, "name": error.name})})
                raise
            page.settle({key: (DONE, outcome)})
            return outcome, None

    def advice(self, key):
        """Return how a person settles an intent without an outcome."""
        line = json.dumps({"event": RESOLVED, "key": key, "as": "done"}, ensure_ascii=False)
        return ("Look in the vendor's panel whether it happened, then append one line to %s: %s (or \"as\": \"not_sent\" to let it be tried again)"
                % (self.path, line))

    def refuse_unknown(self, key, entry):
        """Raise UnknownOutcome for an intent without an outcome."""
        if entry.event == INTENT:
            raise UnknownOutcome(
                "%s %s was begun at %s (%s) and the journal has no outcome: nobody knows whether it happened, so it is not repeated" % (
                    entry.operation or self.operation, key, entry.time or "an unknown time", entry.summary or "no summary"),
                vendor=self.vendor, operation=self.operation, hint=self.advice(key))

    # -- the file ----------------------------------------------------------------------------------------------------

    def _usage(self, why, code="journal"):
        return UsageError("journal %s: %s" % (self.path, why), vendor=self.vendor, operation=self.operation, code=code)

    def _open(self, create):
        flags = os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        made = False
        try:
            try:
                descriptor = os.open(self.path, flags)
            except FileNotFoundError:
                if not create:
                    return None
                try:
                    descriptor = os.open(self.path, flags | os.O_CREAT | os.O_EXCL, 0o600)
                    made = True
                except FileExistsError:
                    descriptor = os.open(self.path, flags)
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise self._usage("is a symbolic link, which is not followed") from None
            raise self._usage(error.strerror) from None
        try:
            self._inspect(descriptor)
            if made:
                self._sync_folder()
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def _inspect(self, descriptor):
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise self._usage("is not a regular file")
        if facts.st_uid != os.geteuid():
            raise self._usage("belongs to another user")
        if facts.st_mode & 0o077:
            raise self._usage("may be read or written by others (mode %04o); it must have mode 0600" % stat.S_IMODE(facts.st_mode))
        if facts.st_nlink > 1:
            raise self._usage("has another name (a hard link), so somebody else may write it")

    def _sync_folder(self):
        # The name of a new file is on disk only when its folder is.
        folder = os.open(os.path.dirname(os.path.abspath(self.path)), os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _lock(self, descriptor, kind, wait):
        end = time.monotonic() + max(0, wait)
        while True:
            try:
                fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
                return
            except OSError as error:
                if error.errno not in (errno.EAGAIN, errno.EACCES, errno.EINTR):
                    raise self._usage("cannot be locked: %s" % error.strerror) from None
            if time.monotonic() >= end:
                raise DeadlineError("journal %s: another run has held it for %d s" % (self.path, wait), vendor=self.vendor, operation=self.operation,
                                    code="journal_busy", hint="Nothing was sent. Run again when the other run has ended")
            time.sleep(_POLL)

    def _open_locked(self, wait):
        while True:
            descriptor = self._open(create=True)
            try:
                self._lock(descriptor, fcntl.LOCK_EX, wait)
                # An editor may have put another file in its place while this run waited: the lock would then guard nothing.
                here = os.fstat(descriptor)
                try:
                    there = os.stat(self.path, follow_symlinks=False)
                except FileNotFoundError:
                    there = None
            except BaseException:
                os.close(descriptor)
                raise
            if there is not None and (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino):
                return descriptor
            os.close(descriptor)

    def _read(self, descriptor):
        """Return ``({key: Entry}, torn)``; ``torn`` is ``cut`` or ``open`` when the last line has no end, being readable in the second case.

        A line cut short is one whose request had not left (an intent) or whose intent stands above it (an outcome), so it can be passed over.
        A line that cannot be read anywhere else means that somebody changed the file: then nothing in it can be trusted.
        """
        with os.fdopen(os.dup(descriptor), "rb") as handle:
            handle.seek(0)
            text = handle.read()
        lines = text.split(b"\n")
        tail = lines.pop()
        entries: dict = {}
        unreadable = None
        for number, raw in enumerate(lines, 1):
            if not raw.strip():
                continue
            line = _parsed(raw)
            if line is None:
                unreadable = unreadable or number
                continue
            if unreadable and line["event"] != TORN:
                raise self._damaged(unreadable)
            unreadable = None
            _apply(entries, line)
        last = _parsed(tail) if tail.strip() else None
        if last is not None:
            if unreadable and last["event"] != TORN:
                raise self._damaged(unreadable)
            unreadable = None
            _apply(entries, last)
        if unreadable and not tail.strip():
            raise self._damaged(unreadable)
        if not tail:
            return entries, None
        return entries, "open" if last is not None or not tail.strip() else "cut"

    def _damaged(self, number):
        return self._usage("line %d is not an entry of a journal; put it right or take it out by hand" % number, code="journal_damaged")


def _parsed(raw):
    try:
        line = json.loads(raw.decode("utf-8"))
    except ValueError:
        return None
    if not isinstance(line, dict) or line.get("event") not in _EVENTS:
        return None
    if line["event"] == TORN:
        return line
    if not isinstance(line.get("key"), str) or (line["event"] == RESOLVED and line.get("as") not in _RESOLUTIONS):
        return None
    return line


def _encoded(line):
    try:
        return json.dumps(line, ensure_ascii=False).encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        # Half a character (a lone surrogate) can be kept only as an escape.
        return json.dumps(line).encode("ascii") + b"\n"


def _apply(entries, line):
    if line["event"] == TORN:
        return
    key = line["key"]
    before = entries.get(key)
    event = _RESOLUTIONS[line["as"]] if line["event"] == RESOLVED else line["event"]
    if before is not None and before.event == DONE and event == INTENT:
        # Cannot come from this code; whatever wrote it, the key has happened once.
        return
    entries[key] = Entry(event, line, before)


class Page:
    """The journal while its lock is held."""

    def __init__(self, journal, descriptor, entries):
        self.journal = journal
        self.entries = entries
        self._descriptor = descriptor
        self._lock = threading.Lock()

    def earlier(self, key):
        """Return the :class:`Entry` of a key that is done, or None when it may be sent.

        :raises UnknownOutcome: it was begun and nobody knows how it ended.
        """
        entry = self.entries.get(key)
        if entry is None or entry.event == REFUSED:
            return None
        self.journal.refuse_unknown(key, entry)
        return entry

    def intend(self, wanted):
        """Put intents on disk: ``{key: (content, summary)}``. Nothing may be sent before this returns."""
        lines = []
        for key, (content, summary) in wanted.items():
            entry = self.entries.get(key)
            if entry is not None and entry.event != REFUSED:
                raise self.journal._usage("%s is not free" % key)
            lines.append({"event": INTENT, "key": key, "operation": self.journal.operation, "digest": digest(content), "summary": summary})
        self._append(lines)

    def settle(self, outcomes):
        """Record outcomes: ``{key: (DONE or REFUSED, mapping)}``; the mapping holds no secret and no text of a message."""
        self._append([{"event": event, "key": key, "outcome": told} for key, (event, told) in outcomes.items()])

    def end_line(self, cut):
        """End a last line without an end; one that a crash cut short is named, to tell it from a file that somebody damaged."""
        note = {"event": TORN, "note": "the line above was cut short by a crash and counts as not written"}
        self._append([note] if cut else [], before=b"\n")

    def _append(self, lines, before=b""):
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        data = before + b"".join(_encoded(dict({"time": now}, **line)) for line in lines)
        with self._lock:
            try:
                while data:
                    data = data[os.write(self._descriptor, data):]
                os.fsync(self._descriptor)
            except OSError as error:
                raise self.journal._usage("cannot be written: %s" % error.strerror) from None
            for line in lines:
                _apply(self.entries, dict(line, time=now))
