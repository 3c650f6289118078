# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A journal in a PostgreSQL database, shared by any number of machines (psycopg 3; https://www.psycopg.org/psycopg3/docs/).

The address is libpq's own, so everything that libpq reads counts: ``sslmode`` and ``sslrootcert``, ``PGPASSWORD``, a password file, a service file.
"""

from __future__ import annotations

import contextlib
import datetime
import threading
import time
from typing import Any

from ..errors import DeadlineError, TransportError, UsageError
from ..options import journal_place as place
from ..secrets.redact import Redactor
from ..text.letters import excerpt
from .engine import TABLES, VERSION, Engine, version_row

#: Two runs that make or change the tables at the same time wait for each other under this number.
_TABLES_LOCK = 5021970001
_PAUSE = (0.1, 0.2, 0.5, 1.0)
#: What a server says that will pass: it starts or ends, has no room, or chose this transaction as the victim of a deadlock.
_PASSING = ("57P01", "57P02", "57P03", "53300", "40001", "40P01", "25006")
_SETTINGS = ("SELECT clock_timestamp(), set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' "
             "ELSE current_setting('synchronous_commit') END, true), set_config('statement_timeout', ?, true), set_config('lock_timeout', ?, true)")
#: A connection that nobody answers on is given up in time, unless the address says otherwise.
_PATIENCE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 20000, "application_name": "kariz.panels"}


def library():
    """Return psycopg.

    :raises UsageError: it is not there.
    """
    try:
        import psycopg  # pylint: disable=import-outside-toplevel
    except ImportError as error:
        raise UsageError("journal: postgresql:// needs the Python library psycopg (version 3) where the task runs: %s" % excerpt(error), code="missing_library",
                         hint="Install it there: pip install 'psycopg[binary]'") from None
    return psycopg


class Lost(Exception):
    """The connection broke or the server cannot serve now; doing the same again may help."""


class PostgresEngine(Engine):
    def __init__(self, address, warn=None):
        self.address = address
        self.shown = place.shown(address)
        self.psycopg = library()
        self._redactor = Redactor()
        self._redactor.add(*place.secrets(address))
        self._connection: Any = None
        self._lock = threading.RLock()
        self._has_tables = False

    # -- connecting --------------------------------------------------------------------------------------------------

    def exists(self, left):
        with self._lock:
            self._connect(left)
            return self.version(left) is not None

    def _connect(self, left):
        if self._connection is not None and not self._connection.closed and not self._connection.broken:
            return
        self.close()
        if left() <= 0:
            raise self._late()
        try:
            given = self.psycopg.conninfo.conninfo_to_dict(self.address)
        except self.psycopg.Error as error:
            raise self.trouble("the address cannot be read: %s" % self._tell(error), "journal_address") from None
        more = {name: value for name, value in _PATIENCE.items() if name not in given}
        more.setdefault("connect_timeout", given.get("connect_timeout") or max(2, min(30, int(left()) + 1)))
        try:
            self._connection = self.psycopg.connect(self.address, autocommit=True, prepare_threshold=None, **more)
        except self.psycopg.Error as error:
            raise self._translated(error, connecting=True) from None
        except (UnicodeError, ValueError) as error:
            raise self.trouble("the address cannot be used: %s" % self._tell(error), "journal_address") from None

    def close(self):
        with self._lock:
            if self._connection is not None:
                with contextlib.suppress(Exception):
                    self._connection.close()
                self._connection = None

    def version(self, left):
        """None when there are no tables."""
        if self._has_tables:
            return VERSION
        with self._raw(left) as execute:
            if execute("SELECT to_regclass('kariz_meta')")[0][0] is None:
                return None
            found = execute("SELECT value FROM kariz_meta WHERE name = 'version'")
        if not found:
            return None
        number = self.version_of(found[0][0], self.shown)
        self._has_tables = number == VERSION
        return number

    def _make_tables(self, left):
        with self._raw(left) as execute:
            execute("SELECT pg_advisory_xact_lock(%d)" % _TABLES_LOCK)
            for statement in TABLES:
                execute(statement.replace("TIME", "timestamptz"))
            execute(*version_row())
        self._has_tables = True

    # -- transactions ------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def transaction(self, left, write=True):
        with self._lock:
            self._connect(left)
            version = self.version(left)
            if version is None and not write:
                yield lambda *_statement, **_more: []
                return
            if version != VERSION and write:
                self._make_tables(left)
            with self._raw(left) as execute:
                yield execute

    @contextlib.contextmanager
    def _raw(self, left):
        if left() <= 0:
            raise self._late()
        connection = self._connection
        try:
            with connection.transaction(), connection.cursor() as cursor:
                def execute(statement, values=(), many=False):
                    text = statement.replace("?", "%s")
                    if many:
                        cursor.executemany(text, values)
                        return []
                    cursor.execute(text, values or None)
                    return cursor.fetchall() if cursor.description else []

                patience = str(int(max(50, min(left(), 10 ** 5) * 1000)))
                self._now = execute(_SETTINGS, [patience, patience])[0][0]
                yield execute
        except self.psycopg.Error as error:
            raise self._translated(error) from None

    def now(self, execute):
        return self._now

    def later(self, moment, seconds):
        return moment + datetime.timedelta(seconds=seconds)

    def told(self, moment):
        return moment if moment is None else moment.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def moment(self, text):
        return text

    # -- errors ------------------------------------------------------------------------------------------------------

    def trouble(self, why, code="journal", hint=None):
        return UsageError("journal %s: %s" % (self.shown, why), code=code, hint=hint)

    def _late(self):
        return DeadlineError("journal %s: no answer within the time that was left" % self.shown, code="journal_busy")

    def _tell(self, error):
        return excerpt(self._redactor.text(str(error)))

    def _translated(self, error, connecting=False):
        """Return what an error of the database means to users; :class:`Lost` when the same may be tried again."""
        code = error.sqlstate or ""
        gone = self._connection is None or self._connection.closed or self._connection.broken
        text = self._tell(error)
        if code in _PASSING or (not connecting and gone):
            return Lost(text)
        if code in ("57014", "55P03"):
            return DeadlineError("journal %s: other runs have kept it busy (%s)" % (self.shown, text), code="journal_busy",
                                 hint="Run again when they have ended")
        if connecting:
            if code[:2] == "28" or "authentication failed" in text or "no password supplied" in text:
                return self.trouble("the database does not accept the user or the password: %s" % text, "journal_login",
                                    "Give the right password in the address, in PGPASSWORD, or in a password file")
            if code[:2] == "3D" or "does not exist" in text:
                return self.trouble(text, "journal_address")
            return TransportError("journal %s: no connection: %s" % (self.shown, text), code="journal_connection")
        if code[:2] == "42":
            return self.trouble("the user may not use or make the tables: %s" % text, "journal_not_writable",
                                "Give the user rights on the tables, or let it make them: GRANT CREATE ON SCHEMA public TO ...")
        if code[:2] in ("53", "58"):
            return self.trouble("cannot be written: %s" % text, "journal_full")
        if code[:2] == "XX":
            return self.trouble("the database reports damage: %s" % text, "journal_damaged")
        return self.trouble("cannot be used: %s" % text)

    def again(self, left, number):
        """Wait before the same is tried again; raise when no time is left for that."""
        pause = _PAUSE[min(number, len(_PAUSE) - 1)]
        if left() <= pause:
            raise TransportError("journal %s: the connection to the database was lost and did not come back in time" % self.shown, code="journal_connection")
        time.sleep(pause)
