# SPDX-License-Identifier: GPL-3.0-or-later
"""What the journal costs: 1,000 keys reserved and settled in calls of 250, in an empty journal and beside a million entries, on both engines.

Said as ratios within one run: to a bare INSERT and UPDATE of the same rows by the engine's own library, and to the file of JSON lines of
earlier versions, which read itself whole each time. Part of `make bench`; alone: python tests/benchmarks/journal.py [entries].
"""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import sqlite3
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / ".venv" / "collections"), str(ROOT / "tests")]

import private_postgres  # noqa: E402

from ansible_collections.kariz.panels.plugins.module_utils._core.journal import DONE, Journal  # noqa: E402

ENTRIES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
KEYS, CALL = 1000, 250
ROUNDS = 5


def ours(where, name):
    """Reserve and settle the keys as a task of 1,000 texts does; return the seconds, opening and closing included."""
    started = time.perf_counter()
    with Journal(where, "message", "bench", deadline=600) as journal:
        for start in range(0, KEYS, CALL):
            keys = ["%s-%d" % (name, number) for number in range(start, start + CALL)]
            won, _others = journal.reserve({key: ({"text": key}, "to 0912***4567, 1 parts") for key in keys})
            assert len(won) == CALL
            journal.settle({key: (DONE, {"id": 1}) for key in keys})
    return time.perf_counter() - started


def bare(connect, mark, name):
    """The same rows with nothing around them: one INSERT and one UPDATE a row, four transactions each."""
    started = time.perf_counter()
    with contextlib.closing(connect()) as connection:
        cursor = connection.cursor()
        for start in range(0, KEYS, CALL):
            keys = ["%s-%d" % (name, number) for number in range(start, start + CALL)]
            cursor.executemany("INSERT INTO bare (key, state, digest, summary) VALUES (%s, 'reserved', 'x', 'y')" % mark, [(key,) for key in keys])
            connection.commit()
            cursor.executemany("UPDATE bare SET state = 'done' WHERE key = %s" % mark, [(key,) for key in keys])
            connection.commit()
    return time.perf_counter() - started


def best(function, *arguments):
    return min(function(*arguments, "round-%d-%d" % (number, time.monotonic_ns())) for number in range(ROUNDS))


def lines(path, entries):
    """What the earlier file cost before its first text: reading itself whole."""
    with open(path, "w", encoding="utf-8") as file:
        for number in range(entries):
            for event in ("intent", "done"):
                file.write(json.dumps({"time": "2026-03-01T08:30:00Z", "event": event, "key": "old-%d" % number, "operation": "message", "digest": "sha256:" +
                                       "0" * 64, "summary": "to 0912***4567, 1 parts"}) + "\n")
    started = time.perf_counter()
    with open(path, "rb") as file:
        found = {}
        for line in file.read().split(b"\n"):
            if line:
                told = json.loads(line)
                found[told["key"]] = told
    return time.perf_counter() - started


_FILL = ("INSERT INTO kariz_journal (operation, key, state, provider, digest, summary, run, node, reserved_at, settled_at, outcome) "
         "SELECT 'message', 'old-' || %s, 'done', 'bench', 'sha256:' || %s, 'to 0912***4567, 1 parts', 'run', 'node', %s, %s, '{\"id\": 1}' FROM %s")


def report(engine, empty, full, raw):
    print("%-11s 1,000 keys: %6.3f s empty, %6.3f s beside %s entries (%.2f times), %.1f times a bare INSERT and UPDATE" % (
        engine, empty, full, format(ENTRIES, ","), full / empty, full / raw))


def main():
    with tempfile.TemporaryDirectory(prefix="kariz-bench-") as folder:
        path = os.path.join(folder, "journal.db")
        empty = best(ours, path)
        with contextlib.closing(sqlite3.connect(path)) as connection:
            numbers = "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT i FROM n)" % ENTRIES
            stamp = "'2026-03-01T08:30:00.000000Z'"
            connection.execute(_FILL % ("i", "hex(randomblob(32))", stamp, stamp, numbers))
            connection.execute("CREATE TABLE bare (key TEXT PRIMARY KEY, state TEXT, digest TEXT, summary TEXT)")
            connection.execute("INSERT INTO bare SELECT 'old-' || i, 'done', 'x', 'y' FROM %s" % numbers)
            connection.commit()

        def connect():
            made = sqlite3.connect(path)
            made.execute("PRAGMA synchronous = FULL")
            return made
        report("sqlite", empty, best(ours, path), best(lambda name: bare(connect, "?", name)))
        old = lines(os.path.join(folder, "old.jsonl"), ENTRIES)
        print("JSON lines  %6.3f s to read %s entries before the first text" % (old, format(ENTRIES, ",")))

        try:
            server = private_postgres.Server(private_postgres.binaries())
        except private_postgres.Missing as missing:
            print("postgresql  %s" % missing)
            return
        try:
            import psycopg  # pylint: disable=import-outside-toplevel
            where = server.fresh()
            empty = best(ours, where)
            with psycopg.connect(where) as connection:
                numbers = "generate_series(1, %d) AS i" % ENTRIES
                connection.execute(_FILL % ("i", "md5(i::text) || md5(i::text)", "now()", "now()", numbers))
                connection.execute("CREATE TABLE bare (key TEXT PRIMARY KEY, state TEXT, digest TEXT, summary TEXT)")
                connection.execute("INSERT INTO bare SELECT 'old-' || i, 'done', 'x', 'y' FROM " + numbers)
            with psycopg.connect(where, autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")
            report("postgresql", empty, best(ours, where), best(lambda name: bare(lambda: psycopg.connect(where), "%s", name)))
        finally:
            server.close()


if __name__ == "__main__":
    main()
