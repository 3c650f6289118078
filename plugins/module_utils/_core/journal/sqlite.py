# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A journal in one SQLite file, shared by all processes of a machine (standard library; https://www.sqlite.org/lang.html).

A commit is on disk when it returns (write-ahead log, ``synchronous=FULL``). On a network file system, where processes of different machines cannot
share the memory of such a log, the rollback journal is used, with a warning.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import stat
import threading
import time
from typing import Any

try:
    import sqlite3
except ImportError:  # a Python built without it
    sqlite3 = None  # type: ignore[assignment]

from ..errors import DeadlineError, UsageError
from . import lines
from .engine import TABLES, VERSION, Engine, version_row

#: Read whole and checked on every opening; of a larger file what a glance can tell.
_CHECKED_WHOLE = 2 * 1024 * 1024
#: Seconds until a file is asked again that nobody can be waited for.
_AGAIN = 0.01
_COMPANIONS = ("", "-wal", "-shm", "-journal")
_NETWORK = ("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "9p", "ceph", "glusterfs", "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "lustre", "gpfs", "afs",
            "ncpfs", "beegfs", "orangefs", "davfs", "fuse.davfs", "fuse.rclone")


class SqliteEngine(Engine):
    def __init__(self, path, warn=None):
        self.path = path
        if sqlite3 is None:
            raise self.trouble("this Python was built without sqlite3", "missing_library", "Use another Python, or postgresql://")
        self.warn = warn or (lambda text: None)
        self._connection: Any = None
        self._version = 0
        self._lock = threading.RLock()
        self._old: Any = None

    # -- opening -----------------------------------------------------------------------------------------------------

    def exists(self, left):
        """An earlier version's journal is there too: it is read as it is while nothing may be written."""
        if self._connection is not None or self._old is not None:
            return True
        if not self._inspect():
            return False
        try:
            self._connect(left, create=False)
        except lines.OldFormat:
            self._old = lines.entries(self.path, left)
        return self._connection is not None or self._old is not None

    def version(self, left):
        return self._version

    def read(self, operation, keys, left):
        if self._old is not None:
            wanted = set(keys)
            return {entry.key: entry for entry in self._old if entry.operation == operation and entry.key in wanted}
        return super().read(operation, keys, left)

    def select(self, left, operation=None, keys=None, state=None, since=None):
        if self._old is not None:
            with self._lock:
                self._take_over(left)
                self._connect(left, create=True)
        return super().select(left, operation, keys, state, since)

    def _open(self, left):
        """Connect for writing: make the file when it is not there, bring its tables up to date, take over an earlier version's."""
        if self._connection is not None and self._version == VERSION:
            return
        self.close()
        self._old = None
        if not self._inspect():
            self._make()
        try:
            self._connect(left, create=True)
        except lines.OldFormat:
            self._take_over(left)
            self._connect(left, create=True)

    def _inspect(self):
        """Return whether there is a file; refuse what somebody else may have put there. Looks at names only.

        Nothing here opens the file: closing it again would give up the locks of another connection of this process.
        """
        folder = os.path.dirname(self.path)
        if not os.path.isdir(folder):
            raise self.trouble("the folder %s does not exist" % folder)
        for more in _COMPANIONS:
            try:
                facts = os.lstat(self.path + more)
            except FileNotFoundError:
                if not more:
                    return False
                continue
            except OSError as error:
                raise self.trouble(error.strerror) from None
            name = "" if not more else "%s beside it " % os.path.basename(self.path + more)
            if stat.S_ISLNK(facts.st_mode):
                raise self.trouble("%sis a symbolic link, which is not followed" % name)
            if not stat.S_ISREG(facts.st_mode):
                raise self.trouble("%sis not a regular file" % name)
            if facts.st_uid != os.geteuid():
                raise self.trouble("%sbelongs to another user" % name)
            if facts.st_mode & 0o077:
                raise self.trouble("%smay be read or written by others (mode %04o); it must have mode 0600" % (name, stat.S_IMODE(facts.st_mode)))
            if facts.st_nlink > 1:
                raise self.trouble("%shas another name (a hard link), so somebody else may write it" % name)
        return True

    def _make(self):
        try:
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
            sync_folder(self.path)
        except FileExistsError:
            self._inspect()
        except OSError as error:
            raise self.trouble("cannot be made: %s" % error.strerror) from None

    def _connect(self, left, create):
        try:
            connection = sqlite3.connect(self.path, timeout=max(0.05, left()), isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            raise self.translated(error) from None
        try:
            self._prepare(connection, left, create)
        except sqlite3.Error as error:
            connection.close()
            if "file is not a database" in str(error) and lines.is_old(self.path):
                raise lines.OldFormat() from None
            raise self.translated(error) from None
        except BaseException:
            connection.close()
            raise

    def _prepare(self, connection, left, create):
        def ask(statement):
            return connection.execute(statement).fetchone()

        ask("PRAGMA busy_timeout = %d" % max(50, left() * 1000))
        ask("PRAGMA synchronous = FULL")
        ask("PRAGMA cell_size_check = ON")
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if tables and "kariz_meta" not in tables:
            raise self.trouble("is a database of something else")
        if tables:
            self._check(connection)
            found = ask("SELECT value FROM kariz_meta WHERE name = 'version'")
            version = self.version_of(found[0], self.path) if found else 0
        elif not create:
            # Made by a run that was killed before its first entry.
            connection.close()
            return
        else:
            version = 0
        network = network_filesystem(self.path)
        if network:
            self.warn("journal %s lies on a network file system (%s), whose locks cannot be relied on: use a local disk, or postgresql:// for many machines" % (
                self.path, network))
        if create:
            self._set_mode(ask, "TRUNCATE" if network else "WAL", left)
        if version < VERSION and create:
            connection.execute("BEGIN IMMEDIATE")
            for statement in TABLES:
                connection.execute(statement.replace("TIME", "TEXT"))
            connection.execute(*version_row())
            connection.execute("COMMIT")
            version = VERSION
        self._version = version
        self._connection = connection

    @staticmethod
    def _set_mode(ask, mode, left):
        """Say how the file is written. SQLite does not wait for somebody who is about to write in another mode: it fears that he waits as well."""
        while True:
            try:
                return ask("PRAGMA journal_mode = %s" % mode)
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or left() <= _AGAIN:
                    raise
            time.sleep(_AGAIN)

    def _check(self, connection):
        """Refuse a damaged file. A small one is read whole; a large one would take seconds a task, so only its small
        tables are looked at; that it is shorter than it says, SQLite itself sees.
        """
        size = os.path.getsize(self.path)
        statements = ["PRAGMA quick_check(1)"] if size <= _CHECKED_WHOLE else ["PRAGMA quick_check('kariz_meta')", "PRAGMA quick_check('kariz_runs')"]
        for statement in statements:
            found = connection.execute(statement).fetchone()
            if found and found[0] != "ok":
                raise self.damaged(found[0])

    def _take_over(self, left):
        """Put what an earlier version's file holds into a new file in its place; the old one is kept beside it."""
        with lines.held(self.path, left) as (entries, text):
            if entries is None:
                return  # Another run has done it in the meantime.
            kept = lines.keep(self.path, text)
            made = "%s.new-%d" % (self.path, os.getpid())
            with contextlib.suppress(FileNotFoundError):
                os.unlink(made)
            fresh = SqliteEngine(made)
            try:
                fresh.adopt(entries, left)
                fresh._connection.execute("PRAGMA journal_mode = DELETE")
                fresh.close()
                os.replace(made, self.path)
                sync_folder(self.path)
            finally:
                fresh.close()
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(made)
        self.warn("journal %s was kept in the form of an earlier version; its %d entries were taken over into a SQLite file of the same name, and the old file "
                  "is kept as %s" % (self.path, len(entries), kept))

    def close(self):
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    # -- transactions ------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def transaction(self, left, write=True):
        with self._lock:
            if write:
                self._open(left)
            connection = self._connection
            if connection is None:
                # Looked at and not there: nothing is made.
                yield lambda *_statement, **_more: []
                return

            def execute(statement, values=(), many=False):
                cursor = connection.executemany(statement, values) if many else connection.execute(statement, values)
                return [] if many else cursor.fetchall()

            try:
                connection.execute("PRAGMA busy_timeout = %d" % max(50, left() * 1000)).fetchone()
                connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
                yield execute
                connection.execute("COMMIT")
            except sqlite3.Error as error:
                self._roll_back(connection)
                raise self.translated(error) from None
            except BaseException:
                self._roll_back(connection)
                raise

    @staticmethod
    def _roll_back(connection):
        with contextlib.suppress(sqlite3.Error):
            if connection.in_transaction:
                connection.execute("ROLLBACK")

    def now(self, execute):
        return text_of(datetime.datetime.fromtimestamp(time.time(), datetime.timezone.utc))

    def later(self, moment, seconds):
        try:
            return text_of(datetime.datetime.strptime(moment, _FORMAT).replace(tzinfo=datetime.timezone.utc) + datetime.timedelta(seconds=seconds))
        except OverflowError:
            return ""

    def told(self, moment):
        return moment

    def moment(self, text):
        return text_of(text)

    # -- errors ------------------------------------------------------------------------------------------------------

    def trouble(self, why, code="journal", hint=None):
        return UsageError("journal %s: %s" % (self.path, why), code=code, hint=hint)

    def damaged(self, why):
        return self.trouble("the file is damaged (%s); nothing was changed in it" % why, "journal_damaged",
                            "Keep a copy, then recover it: sqlite3 %s .recover | sqlite3 recovered.db" % self.path)

    def translated(self, error):
        """Return what an error of SQLite means to users."""
        text = str(error)
        if "locked" in text or "busy" in text:
            return DeadlineError("journal %s: other runs have kept it busy" % self.path, code="journal_busy", hint="Run again when they have ended")
        if "malformed" in text or "not a database" in text or "corrupt" in text:
            return self.damaged(text)
        if "full" in text:
            return self.trouble("cannot be written: the disk is full", "journal_full")
        if "readonly" in text or "unable to open" in text:
            return self.trouble("cannot be opened for writing (%s): look at the permissions of the file and of its folder" % text, "journal_not_writable")
        return self.trouble("cannot be used: %s" % text)


_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


def text_of(moment):
    return moment.astimezone(datetime.timezone.utc).strftime(_FORMAT)


def sync_folder(path):
    """A new name is on disk only when its folder is."""
    folder = os.open(os.path.dirname(path), os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def network_filesystem(path, mounts="/proc/self/mounts"):
    """Return the kind of network file system on which a path lies, or None; None as well where the system does not say."""
    try:
        with open(mounts, encoding="utf-8", errors="replace") as file:
            rows = [line.split() for line in file]
    except OSError:
        return None
    real = os.path.realpath(os.path.dirname(path))
    best = max((row for row in rows if len(row) > 2 and (real + "/").startswith(_unescaped(row[1]).rstrip("/") + "/")),
               key=lambda row: len(_unescaped(row[1])), default=None)
    return best[2] if best and best[2] in _NETWORK else None


def _unescaped(place):
    return place.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")
