# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of a journal and every statement on them, the same for both engines.

``kariz_journal``: one row an operation and key. ``kariz_runs``: runs that are at something, each with the time until which it says to be
alive. ``kariz_locks``: run locks. ``kariz_history``: figures of accounts over time. ``kariz_cursors``: what event sources remember.
``kariz_meta``: the version of the tables. Documented for readers in docs/journal.md.
"""

from __future__ import annotations

import json

from ..errors import UsageError
from .entry import DONE, NOT_SENT, REFUSED, RESERVED, UNKNOWN, Entry, storable, stored

#: 2: kariz_history. 3: kariz_cursors. Whoever writes brings older tables up to it.
VERSION = 3
COLUMNS = ("operation", "key", "state", "provider", "digest", "summary", "run", "node", "reservation", "reserved_at", "settled_at", "code", "outcome",
           "settled_by", "comment")
#: ``TIME`` stands for the engine's type of a moment.
TABLES = (
    "CREATE TABLE IF NOT EXISTS kariz_journal (operation TEXT NOT NULL, key TEXT NOT NULL, "
    "state TEXT NOT NULL CHECK (state IN ('reserved', 'done', 'refused')), provider TEXT, digest TEXT, summary TEXT, run TEXT, node TEXT, reservation TEXT, "
    "reserved_at TIME NOT NULL, settled_at TIME, code TEXT, outcome TEXT, settled_by TEXT, comment TEXT, PRIMARY KEY (operation, key))",
    "CREATE INDEX IF NOT EXISTS kariz_journal_open ON kariz_journal (operation, key) WHERE state = 'reserved'",
    "CREATE INDEX IF NOT EXISTS kariz_journal_reserved_at ON kariz_journal (reserved_at)",
    "CREATE TABLE IF NOT EXISTS kariz_runs (run TEXT PRIMARY KEY, node TEXT, started_at TIME NOT NULL, alive_until TIME NOT NULL)",
    "CREATE TABLE IF NOT EXISTS kariz_locks (name TEXT PRIMARY KEY, run TEXT NOT NULL, node TEXT, since TIME NOT NULL, about TEXT)",
    "CREATE TABLE IF NOT EXISTS kariz_history (vendor TEXT NOT NULL, account TEXT NOT NULL, gauge TEXT NOT NULL, at TIME NOT NULL, "
    "amount DOUBLE PRECISION NOT NULL, PRIMARY KEY (vendor, account, gauge, at))",
    "CREATE TABLE IF NOT EXISTS kariz_cursors (name TEXT PRIMARY KEY, holder TEXT NOT NULL, at TIME NOT NULL, value TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS kariz_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
)
_VERSION_ROW = "INSERT INTO kariz_meta (name, value) VALUES ('version', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
_READ = ("SELECT j.%s, r.alive_until FROM kariz_journal j LEFT JOIN kariz_runs r ON r.run = j.run" % ", j.".join(COLUMNS))
_ALIVE = "EXISTS (SELECT 1 FROM kariz_runs r WHERE r.run = j.run AND r.alive_until > ?)"
_RESERVE = (
    "INSERT INTO kariz_journal (operation, key, state, provider, digest, summary, run, node, reservation, reserved_at, outcome) "
    "VALUES (?, ?, 'reserved', ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (operation, key) DO UPDATE SET state = 'reserved', provider = excluded.provider, "
    "digest = excluded.digest, summary = excluded.summary, run = excluded.run, node = excluded.node, reservation = excluded.reservation, "
    "reserved_at = excluded.reserved_at, settled_at = NULL, code = NULL, outcome = excluded.outcome, settled_by = NULL, comment = NULL "
    "WHERE kariz_journal.state = 'refused' OR (kariz_journal.state = 'done' AND kariz_journal.settled_at < ?)")
#: What happened is written down whoever says so. A row that a failover lost is made again.
_SETTLE_DONE = (
    "INSERT INTO kariz_journal (operation, key, state, provider, digest, summary, run, node, reserved_at, settled_at, outcome, settled_by, comment) "
    "VALUES (?, ?, 'done', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (operation, key) DO UPDATE SET state = 'done', provider = excluded.provider, "
    "settled_at = excluded.settled_at, code = NULL, outcome = excluded.outcome, settled_by = excluded.settled_by, comment = excluded.comment "
    "WHERE kariz_journal.state <> 'done'")
#: That nothing happened is only the reserving run's to say; somebody else may have reserved the key since.
_SETTLE_REFUSED = (
    "UPDATE kariz_journal SET state = 'refused', settled_at = ?, code = ?, outcome = ?, settled_by = ?, comment = ? "
    "WHERE operation = ? AND key = ? AND state = 'reserved' AND run = ?")
_ALIVE_RUN = ("INSERT INTO kariz_runs (run, node, started_at, alive_until) VALUES (?, ?, ?, ?) "
              "ON CONFLICT (run) DO UPDATE SET alive_until = excluded.alive_until")
_CHUNK = 400


class Row:
    """What is to be reserved: ``key`` as its caller knows it, content as a digest, a summary without number and text."""

    def __init__(self, key, digest, summary, provider, outcome=None):
        self.key = key
        self.digest = digest
        self.summary = storable(summary)
        self.provider = provider
        self.outcome = outcome


class Engine:
    """Base of the engines. A subclass connects, begins and ends transactions, and knows its own time and errors.

    Every method takes ``left``, a function that tells the seconds left; an engine waits no longer than that for others.
    """

    def transaction(self, left, write=True):
        """Return a context manager that gives a function ``execute(statement, values, many=False)`` returning rows."""
        raise NotImplementedError

    def now(self, execute):
        """Return the time by the clock that all runs share, as the engine keeps it."""
        raise NotImplementedError

    def later(self, moment, seconds):
        raise NotImplementedError

    def told(self, moment):
        """Return a moment as text in ISO 8601, or None."""
        raise NotImplementedError

    def moment(self, text):
        """Return a moment given as an aware datetime as the engine keeps it."""
        raise NotImplementedError

    def exists(self, left):
        """Return whether there is a journal; nothing is made."""
        raise NotImplementedError

    def version(self, left):
        """Return the version of the tables that :meth:`exists` found."""
        raise NotImplementedError

    def close(self):
        raise NotImplementedError

    # -- reading -----------------------------------------------------------------------------------------------------

    def read(self, operation, keys, left):
        """Return ``{key: Entry}`` of those keys that are there."""
        names = {stored(key): key for key in keys}
        found = {}
        with self.transaction(left, write=False) as execute:
            now = self.now(execute)
            for some in _chunks(sorted(names)):
                for row in execute("%s WHERE j.operation = ? AND j.key IN (%s)" % (_READ, _marks(some)), [operation] + some):
                    entry = self._entry(row, now)
                    entry.key = names[row[1]]
                    found[entry.key] = entry
        return found

    def select(self, left, operation=None, keys=None, state=None, since=None):
        """Return entries in the order of their reservation. A moment for ``since`` is an aware datetime."""
        wheres, values = [], []
        names = {stored(key): key for key in keys or ()}
        found = []
        with self.transaction(left, write=False) as execute:
            now = self.now(execute)
            if operation:
                wheres.append("j.operation = ?")
                values.append(operation)
            if state in (DONE, REFUSED):
                wheres.append("j.state = '%s'" % state)
            elif state in (RESERVED, UNKNOWN):
                wheres.append("j.state = 'reserved' AND %s%s" % ("" if state == RESERVED else "NOT ", _ALIVE))
                values.append(now)
            if since is not None:
                wheres.append("j.reserved_at >= ?")
                values.append(self.moment(since))
            for some in _chunks(sorted(names)) if keys is not None else [None]:
                here = wheres + (["j.key IN (%s)" % _marks(some)] if some is not None else [])
                rows = execute(_READ + (" WHERE " + " AND ".join(here) if here else "") + " ORDER BY j.reserved_at, j.operation, j.key", values + (some or []))
                found += [self._entry(row, now) for row in rows]
        for entry in found:
            entry.key = names.get(entry.key, entry.key)
        return found

    def _entry(self, row, now):
        told = dict(zip(COLUMNS, row))
        alive = row[-1] is not None and row[-1] > now
        told.pop("reservation")
        try:
            told["outcome"] = json.loads(told["outcome"] or "{}")
        except ValueError:
            told["outcome"] = {}
        told.update(reserved_at=self.told(told["reserved_at"]), settled_at=self.told(told["settled_at"]))
        return Entry(told.pop("key"), told.pop("state"), alive=alive, **told)

    # -- writing -----------------------------------------------------------------------------------------------------

    def reserve(self, operation, rows, run, node, reservation, lease, left, renew=None):
        """Reserve what is free, all of it in one transaction; return ``(won keys, {key: Entry of the others})``.

        :arg reservation: names this call, so that doing it again after a lost connection wins what it has won already.
        :arg renew: a ``done`` entry older than so many seconds is free again.
        """
        names = {stored(row.key): row for row in rows}
        won, others = set(), {}
        with self.transaction(left) as execute:
            now = self.now(execute)
            old = self.later(now, -renew) if renew is not None else self.later(now, -10 ** 10)
            execute(_ALIVE_RUN, [run, node, now, self.later(now, lease)])
            # Sorted, so that two runs with the same keys never wait for each other crosswise.
            execute(_RESERVE, [[operation, name, row.provider, row.digest, row.summary, run, node, reservation, now,
                                json.dumps(row.outcome) if row.outcome else None, old] for name, row in sorted(names.items())], many=True)
            for some in _chunks(sorted(names)):
                for row in execute("%s WHERE j.operation = ? AND j.key IN (%s)" % (_READ, _marks(some)), [operation] + some):
                    entry = self._entry(row, now)
                    entry.key = names[row[1]].key
                    if row[COLUMNS.index("reservation")] == reservation and row[COLUMNS.index("run")] == run:
                        won.add(entry.key)
                    else:
                        others[entry.key] = entry
        return won, others

    def settle(self, operation, outcomes, rows, run, node, left, by=None, comment=None):
        """Write down what became of keys: ``{key: (DONE or REFUSED, outcome, run that reserved it or None)}``.

        :arg rows: ``{key: Row}`` of what this run reserved.
        """
        with self.transaction(left) as execute:
            now = self.now(execute)
            done, refused = [], []
            for key, (state, told, owner) in sorted(outcomes.items(), key=lambda pair: stored(pair[0])):
                row = rows.get(key) or Row(key, None, None, None)
                told = dict(told)
                if state == DONE:
                    done.append([operation, stored(key), told.pop("provider", None) or row.provider, row.digest, row.summary, owner or run, node, now, now,
                                 json.dumps(told), by, storable(comment)])
                else:
                    code = told.get("code")
                    refused.append([now, None if code is None else str(code), json.dumps(told), by, storable(comment), operation, stored(key), owner or run])
            for statement, values in ((_SETTLE_DONE, done), (_SETTLE_REFUSED, refused)):
                if values:
                    execute(statement, values, many=True)

    def adopt(self, entries, left):
        """Put entries of an earlier journal into this one; those that are there already stay."""
        with self.transaction(left) as execute:
            now = self.now(execute)
            execute("INSERT INTO kariz_journal (%s) VALUES (%s) ON CONFLICT (operation, key) DO NOTHING" % (", ".join(COLUMNS), _marks(COLUMNS)), [
                [entry.operation, stored(entry.key), RESERVED if entry.open else entry.state, entry.provider, entry.digest, storable(entry.summary), entry.run,
                 entry.node, None, entry.reserved_at or now, None if entry.open else entry.settled_at or now, entry.code, json.dumps(entry.outcome), None, None]
                for entry in entries], many=True)

    def settle_by_hand(self, operation, key, state, by, comment, left):
        """Settle an unknown entry; False when it is no longer unknown."""
        with self.transaction(left) as execute:
            now = self.now(execute)
            there = execute("SELECT j.outcome FROM kariz_journal j WHERE j.operation = ? AND j.key = ? AND (j.state = 'refused' OR "
                            "(j.state = 'reserved' AND NOT %s))" % _ALIVE, [operation, stored(key), now])
            if not there:
                return False
            execute("UPDATE kariz_journal SET state = ?, settled_at = ?, code = ?, settled_by = ?, comment = ? WHERE operation = ? AND key = ? "
                    "AND state <> 'done'", [DONE if state == DONE else REFUSED, now, None if state == DONE else NOT_SENT, by, storable(comment), operation,
                                            stored(key)])
            return True

    def forget(self, left, operation=None, key=None, before=None, check=False):
        """Delete settled entries and return how many; never one that is reserved or unknown. ``check`` only counts."""
        wheres, values = ["state IN ('done', 'refused')"], []
        for name, value in (("operation", operation), ("key", None if key is None else stored(key))):
            if value is not None:
                wheres.append("%s = ?" % name)
                values.append(value)
        if before is not None:
            wheres.append("settled_at < ?")
            values.append(self.moment(before))
        where = " WHERE " + " AND ".join(wheres)
        with self.transaction(left, write=not check) as execute:
            count = execute("SELECT count(*) FROM kariz_journal" + where, values)[0][0]
            if count and not check:
                execute("DELETE FROM kariz_journal" + where, values)
        return count

    # -- runs and their locks ----------------------------------------------------------------------------------------

    def beat(self, run, node, lease, left):
        """Say that a run is alive for so many seconds more."""
        with self.transaction(left) as execute:
            now = self.now(execute)
            execute(_ALIVE_RUN, [run, node, now, self.later(now, lease)])

    def end(self, run, left):
        """The run has ended; whoever waits for one of its keys waits no longer."""
        with self.transaction(left) as execute:
            now = self.now(execute)
            execute("DELETE FROM kariz_locks WHERE run = ?", [run])
            execute("DELETE FROM kariz_runs WHERE run = ? OR alive_until < ?", [run, self.later(now, -86400)])

    def lock(self, name, run, node, about, lease, left):
        """Take a run lock; return None, or ``(node, since, about)`` of the living run that holds it.

        Each statement of a transaction sees what others have committed before it, not before its wait for a row: so the row is made and held first,
        and only then is it asked who lives.
        """
        with self.transaction(left) as execute:
            now = self.now(execute)
            mine = [run, node, now, storable(about)]
            execute(_ALIVE_RUN, [run, node, now, self.later(now, lease)])
            execute("INSERT INTO kariz_locks (name, run, node, since, about) VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING", [name] + mine)
            execute("UPDATE kariz_locks SET name = name WHERE name = ?", [name])
            execute("UPDATE kariz_locks SET run = ?, node = ?, since = ?, about = ? WHERE name = ? AND NOT EXISTS "
                    "(SELECT 1 FROM kariz_runs r WHERE r.run = kariz_locks.run AND r.alive_until > ?)", mine + [name, now])
            return self._holder(execute, name, run)

    def renew(self, name, run, node, lease, left):
        """Say that a run is alive; return None when it still holds a lock, else ``(node, since, about)`` of who took it over.

        Three times None stands for somebody who took it over and has ended.
        """
        with self.transaction(left) as execute:
            now = self.now(execute)
            execute("UPDATE kariz_locks SET name = name WHERE name = ?", [name])
            execute(_ALIVE_RUN, [run, node, now, self.later(now, lease)])
            return self._holder(execute, name, run)

    def _holder(self, execute, name, run):
        row = (execute("SELECT run, node, since, about FROM kariz_locks WHERE name = ?", [name]) or [(None, None, None, None)])[0]
        return None if row[0] == run else (row[1], self.told(row[2]), row[3])

    def unlock(self, name, run, left):
        with self.transaction(left) as execute:
            execute("DELETE FROM kariz_locks WHERE name = ? AND run = ?", [name, run])

    # -- the tables --------------------------------------------------------------------------------------------------

    def version_of(self, value, place):
        """Return the version of the tables; refuse one that only a later collection knows."""
        number = int(value)
        if number > VERSION:
            raise UsageError("journal %s: its tables have version %d and this collection knows up to %d; it needs a newer collection" % (
                place, number, VERSION), code="journal_version")
        return number


def _marks(values):
    return ", ".join("?" for _value in values)


def _chunks(values):
    return [values[start:start + _CHUNK] for start in range(0, len(values), _CHUNK)]


def version_row():
    """Return the statement and values that note the version of the tables."""
    return _VERSION_ROW, [str(VERSION)]
