# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run locks over both engines: one run at a time, also when it spans several processes; and what tables of an earlier version become."""

from __future__ import annotations

import contextlib
import pathlib
import re
import sqlite3
import subprocess
import threading
import time

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._business import apart, desired
from ansible_collections.kariz.panels.plugins.module_utils._core.errors import PanelError, TransportError
from ansible_collections.kariz.panels.plugins.module_utils._core.http.retries import Deadline
from ansible_collections.kariz.panels.plugins.module_utils._core.journal import DONE, Journal, engine
from ansible_collections.kariz.panels.plugins.module_utils._core.journal.history import History

LEASE = 0.4


def run(where, **more):
    return Journal(where, "lock", **dict({"lease": LEASE, "deadline": 10}, **more))


def free(where, name="account"):
    with run(where) as other:
        try:
            other.lock(name, Deadline(0))
        except TransportError as error:
            assert error.code == "locked"
            return False
    return True


def test_one_of_many_takes_it(where):
    """Also where all of them come at the same moment, to a lock that nobody ever had and to one of a dead run."""
    for number in range(6):
        if number % 2:
            dead = run(where, lease=0.01)
            dead.lock("account", Deadline(0))
            dead._ended.set()
            dead.leave()
            time.sleep(0.05)
        start = threading.Barrier(8)
        runs = [run(where, lease=20) for _number in range(8)]
        holders = []

        def take(one, start=start, holders=holders):  # pylint: disable=dangerous-default-value
            start.wait()
            with contextlib.suppress(TransportError):
                one.lock("account", Deadline(0))
                holders.append(one)
        threads = [threading.Thread(target=take, args=(one,)) for one in runs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(holders) == 1
        for one in runs:
            one.close()


def test_who_holds_it_since_when_and_what_it_is(where):
    with run(where, lease=20) as first, run(where) as second:
        first.lock("account", Deadline(0), "provision")
        wanted = r"^account is locked by a run on %s since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \(provision\)$"
        with pytest.raises(TransportError, match=wanted % first.node) as told:
            second.lock("account", Deadline(0))
        assert told.value.code == "locked" and "lock_wait" in told.value.hint
        second.lock("another account", Deadline(0))
        with pytest.raises(TransportError, match="no note"):
            first.lock("another account", Deadline(0))


def test_the_second_waits(where):
    """It waits for the first one's end, whatever time the task's other statements have."""
    with run(where) as first, run(where, deadline=0.01) as second:
        first.lock("account", Deadline(0))
        began = time.monotonic()
        timer = threading.Timer(3 * LEASE, first.close)
        timer.start()
        second.lock("account", Deadline(20))
        assert time.monotonic() - began >= 3 * LEASE - 0.05
        timer.join()
        assert not free(where)
    assert free(where)


def test_a_run_of_several_processes(where):
    """One takes it and leaves; it stays taken while another works, and between them, until the run is released."""
    first = run(where, lease=1)
    first.lock("account", Deadline(0))
    first.leave()
    assert not free(where)
    with run(where, lease=0.3, run=first.run).kept("account"):
        time.sleep(0.6)
        assert not free(where)
    # Not heard of for long, but nobody else came: it goes on.
    time.sleep(0.4)
    with run(where, lease=20, run=first.run).kept("account"):
        pass
    assert not free(where)
    run(where, run=first.run).release()
    assert free(where)


def test_a_run_that_was_taken_for_dead_stops(where):
    late = run(where, lease=0.05)
    late.lock("account", Deadline(0))
    late.leave()
    time.sleep(0.1)
    with run(where, lease=20) as other:
        other.lock("account", Deadline(0), "apply")
        with pytest.raises(TransportError, match=r"was lost.*not been heard of for 7 seconds.*run on .* has held it since .*\(apply\)") as told, \
                run(where, lease=7, run=late.run).kept("account"):
            raise AssertionError
        assert told.value.code == "lock_lost"
    with pytest.raises(TransportError, match="another run took it and has ended"), run(where, run=late.run).kept("account"):
        raise AssertionError
    # Its end takes nothing from others.
    with run(where, lease=20) as other:
        other.lock("account", Deadline(0))
        run(where, run=late.run).release()
        assert not free(where)


def test_a_lock_ends_with_its_block(where):
    with run(where) as first:
        with first.locked("account"):
            assert not free(where)
        assert free(where)
        with pytest.raises(ValueError, match="x"), first.locked("account"):
            raise ValueError("x")
        assert free(where)


def account(**connection):
    made = desired.Account("alocom", "school", "f", ())
    made.connection = connection
    return made


def test_what_an_account_is_known_as():
    user = apart.lock_name(account(api_username="sara", api_password="canary", api_url="https://Panel.ir/api/"), {})
    assert user == "alocom sara at panel.ir:443/api"
    assert apart.lock_name(account(api_username="sara", api_url="https://panel.ir:443/api"), {"ALOCOM_API_PASSWORD": "x"}) == user
    token = apart.lock_name(account(api_token="canary-token", api_url="https://panel.ir/api"), {})
    assert token.startswith("alocom token ") and "canary" not in token and token != user
    assert apart.lock_name(account(), {}) == "alocom school"


# -- history -----------------------------------------------------------------------------------------------------------


def figure(day, left, account="a", key="balance"):
    return {"at": "2026-11-%02dT08:00:00+00:00" % day, "vendor": "v", "account": account, "key": key, "left": left}


def told(rows):
    return [(row["at"][:13], row["account"], row["key"], row["left"]) for row in rows]


def test_figures_over_time(where):
    with run(where) as journal:
        history = History(journal)
        assert history.read([("v", "a")]) == [] and journal.engine.exists(lambda: 5) is False
        history.add([figure(2, 10 ** 12), figure(1, 0.5), figure(1, 3, key="hours"), figure(3, 7, account="b")], [("v", "a")], 10 ** 5)
        # What is there already stays.
        history.add([figure(2, 5), figure(3, 4.25)], [("v", "a"), ("v", "a")], 10 ** 5)
        assert sorted(told(history.read([("v", "a")]))) == [("2026-11-01T08", "a", "balance", 0.5), ("2026-11-01T08", "a", "hours", 3),
                                                            ("2026-11-02T08", "a", "balance", 10 ** 12), ("2026-11-03T08", "a", "balance", 4.25)]
        assert isinstance(history.read([("v", "a")])[-2]["left"], int)
        assert [row["at"] for row in history.read([("v", "a")])] == sorted(row["at"] for row in history.read([("v", "a")]))
        assert told(history.read([("v", "b"), ("v", "c")])) == [("2026-11-03T08", "b", "balance", 7)]
        now = {"at": "2099-01-01T00:00:00Z", "vendor": "v", "account": "a", "key": "balance", "left": 1}
        history.add([now], [("v", "a")], 1 - 10 ** 4)
        assert told(history.read([("v", "a"), ("v", "b")])) == [("2099-01-01T00", "a", "balance", 1), ("2026-11-03T08", "b", "balance", 7)]
        history.add([], [], 1)
        assert journal.look(["k"]) == {}


# -- tables of an earlier version --------------------------------------------------------------------------------------


@pytest.fixture
def earlier(where):
    """A journal with one entry, as the first version made it."""
    with run(where) as mine:
        mine.reserve({"k": ({}, "s")})
        mine.settle({"k": (DONE, {"id": 1})})
        with mine.engine.transaction(lambda: 5) as execute:
            execute("DROP TABLE kariz_history")
            execute("DROP TABLE kariz_cursors")
            execute("UPDATE kariz_meta SET value = '1' WHERE name = 'version'")
    return where


def version(where):
    with run(where) as mine:
        mine.engine.exists(lambda: 5)
        return mine.engine.version(lambda: 5)


def test_earlier_tables_are_brought_up_to_date_by_the_first_who_writes(earlier):
    with run(earlier) as mine:
        assert mine.look(["k"])["k"].state == DONE and History(mine).read([("v", "a")]) == [] and version(earlier) == 1
        # The same run, which has only looked until now.
        mine.reserve({"k2": ({}, "s")})
        assert version(earlier) == engine.VERSION == 3
        History(mine).add([figure(1, 1)], [], 1)
        assert len(History(mine).read([("v", "a")])) == 1 and mine.look(["k"])["k"].outcome == {"id": 1}


def test_earlier_tables_are_brought_up_to_date_by_many_at_once(earlier):
    errors = []
    start = threading.Barrier(6)

    def add(number):
        start.wait()
        try:
            with run(earlier) as mine:
                History(mine).add([figure(number + 1, 1)], [], 1)
        except PanelError as error:
            errors.append(error)
    threads = [threading.Thread(target=add, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with run(earlier) as mine:
        assert errors == [] and len(History(mine).read([("v", "a")])) == 6


def test_the_documented_statements_work(server, where):
    """The columns of the guide are those of the tables, and its statement finds what nobody knows."""
    guide = (pathlib.Path(__file__).resolve().parents[2] / "docs/journal.md").read_text(encoding="utf-8")
    with run(where) as mine:
        mine.reserve({"lost": ({}, "to 0912***4567")})
    with run(where, lease=20) as mine:
        mine.reserve({"living": ({}, "s"), "sent": ({}, "s")})
        mine.settle({"sent": (DONE, {"id": 1})})
        part = guide.split("## The tables")[1]
        named = {"kariz_journal": set(re.findall(r"`(\w+)`", " ".join(line.split("|")[1] for line in part.splitlines() if line.startswith("| `"))))}
        named.update({table: set(re.findall(r"`(\w+)`", columns)) for table, columns in re.findall(r"`(kariz_\w+)` \(([^)]*)\)", part)})
        statement = re.search(r"```sql\n(.*?)```", part, re.DOTALL).group(1)
        if where.startswith("postgresql"):
            def ask(text):
                return subprocess.run([str(server.bin / "psql"), "-At", where, "-c", text], capture_output=True, text=True, check=True).stdout.split("\n")[:-1]
            real = {table: set(ask("SELECT column_name FROM information_schema.columns WHERE table_name = '%s'" % table)) for table in named}
            found = [row.split("|")[0] for row in ask(statement)]
        else:
            with contextlib.closing(sqlite3.connect(where)) as other:
                real = {table: {row[1] for row in other.execute("PRAGMA table_info(%s)" % table)} for table in named}
                found = [row[0] for row in other.execute(statement)]
    assert found == ["lost"] and set(named) == {"kariz_journal", "kariz_runs", "kariz_locks", "kariz_history", "kariz_cursors", "kariz_meta"}
    assert named == real
