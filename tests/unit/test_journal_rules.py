# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The smaller rules of a journal: how long and how often is waited, what errors of either engine mean, what is written down beside the outcome."""

from __future__ import annotations

import fcntl
import os
import time
from types import SimpleNamespace

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import DeadlineError, PanelError, TransportError, UnknownOutcome, UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.http.retries import Deadline
from ansible_collections.kariz.panels.plugins.module_utils._core.journal import (
    DONE,
    REFUSED,
    RESERVED,
    UNKNOWN,
    Entry,
    Journal,
    engine,
    entry,
    journal,
    lines,
    opened,
    postgres,
    run_lock,
    sqlite,
)
from ansible_collections.kariz.panels.plugins.module_utils._core.journal.by_hand import JOURNAL_ENTRY, JOURNAL_INFO
from ansible_collections.kariz.panels.plugins.module_utils._core.task.host import Host


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "sent.db")


@pytest.fixture
def mine(path):
    with Journal(path, "message", "vendor", deadline=10, lease=20) as made:
        yield made


@pytest.fixture
def waits(monkeypatch):
    """The pauses that are made, none of which takes time."""
    made: list = []
    monkeypatch.setattr(time, "sleep", made.append)
    return made


# -- entries -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "shown"), [("09121234567", "0912***4567"), (9121234567, "912***4567"), ("123456789", "***"), ("", "***"),
                                               ("+989121234567", "+98912***4567")])
def test_a_number_as_only_its_owner_knows_it(number, shown):
    assert entry.masked(number) == shown


def test_keys_and_texts_as_tables_hold_them():
    assert entry.stored("k" * 1000) == "k" * 1000 and entry.stored(5) == "5" and entry.stored("a\0b") == "a\\x00b" and entry.stored("\ud800") == "\\ud800"
    long = entry.stored("k" * 1001)
    assert long == "%s... %s" % ("k" * 100, entry.digest("k" * 1001)) and entry.stored("k" * 1002) != long
    assert entry.stored("\u06a9" * 501) != "\u06a9" * 501 and entry.stored("\u06a9" * 500) == "\u06a9" * 500
    assert entry.storable(None) is None and entry.storable("a\0b\ud800") == "a b?" and entry.storable(5) == "5"
    assert entry.moment(None) is None and entry.moment("2026-03-01T08:30:00.123456Z") == "2026-03-01T08:30:00Z"


def test_what_an_entry_knows():
    made = Entry("k", RESERVED, alive=True)
    assert made.state == RESERVED and made.open is True and made.outcome == {} and Entry("k", RESERVED).state == UNKNOWN and Entry("k", UNKNOWN).open is True
    assert Entry("k", DONE, outcome=["x"]).outcome == {} and Entry("k", DONE, alive=True).open is False
    assert Entry("k", DONE, operation="o", outcome={"id": 3, "x": 1}, code="c").shown() == {
        "key": "k", "operation": "o", "state": DONE, "provider": None, "id": 3, "outcome": {"id": 3, "x": 1}, "code": "c", "summary": None, "reserved_at": None,
        "settled_at": None, "run": None, "node": None, "settled_by": None, "comment": None}


def test_what_is_written_down_beside_the_outcome(where):
    with Journal(where, "message", "vendor", lease=20) as one:
        assert one.reserve({}) == (set(), {}) and one.settle({}) is None
        one.reserve({"k": ("content", "s\0ummary", {"parts": 2}), "r": ("content", None)})
        found = one.look(["k", "r"])
        assert (found["k"].summary, found["k"].outcome, found["r"].outcome, found["r"].summary) == ("s ummary", {"parts": 2}, {}, None)
        one.settle({"k": (DONE, {"id": 1, "provider": "other"}), "r": (REFUSED, {"code": 0})}, by="sara", comment="se\0en")
        found = one.look(["k", "r"])
        assert (found["k"].provider, found["k"].outcome, found["k"].settled_by, found["k"].comment) == ("other", {"id": 1}, "sara", "se en")
        assert (found["r"].provider, found["r"].code, found["r"].settled_by, found["r"].digest) == ("vendor", "0", "sara", entry.digest("content"))
        # Refused, so it is free; what was refused before is forgotten.
        assert one.reserve({"r": ("other", "s")})[0] == {"r"}
        again = one.look(["r"])["r"]
        assert (again.state, again.code, again.settled_by, again.comment, again.settled_at, again.digest) == (
            RESERVED, None, None, None, None, entry.digest("other"))
        one.settle({"new": (DONE, {"id": 9})})
        assert one.look(["new"])["new"].outcome == {"id": 9} and set(one.done(["k", "r", "new"])) == {"k", "new"}
        # Longer ago than any clock tells.
        assert one.reserve({"k": ("content", "s")}, renew=10 ** 10)[0] == set()


def test_a_file_keeps_times_that_no_calendar_has(mine):
    mine.reserve({"k": ("content", "s")})
    mine.settle({"k": (DONE, {})})
    assert mine.reserve({"k": ("content", "s")}, renew=10 ** 15)[0] == set()


def test_runs_that_ended_long_ago_are_forgotten(where):
    with Journal(where, "message", lease=20) as one:
        one.reserve({"k": ("content", "s")})
        with one.engine.transaction(lambda: 5) as execute:
            now = one.engine.now(execute)
            for name, ago in (("old", 90000), ("late", 80000)):
                execute("INSERT INTO kariz_runs (run, node, started_at, alive_until) VALUES (?, ?, ?, ?)", [name, "n", now, one.engine.later(now, -ago)])
        run = one.run
    with Journal(where, "message") as other:
        other.look(["k"])
        with other.engine.transaction(lambda: 5) as execute:
            assert [row[0] for row in execute("SELECT run FROM kariz_runs")] == ["late"] and run != other.run


def test_what_an_engine_must_have():
    base = engine.Engine()
    for call in (lambda: base.transaction(None), lambda: base.now(None), lambda: base.later(None, 1), lambda: base.told(None), lambda: base.moment(None),
                 lambda: base.exists(None), lambda: base.version(None), base.close):
        with pytest.raises(NotImplementedError):
            call()


# -- a journal's own rules -----------------------------------------------------------------------------------------------


def test_a_journal_that_was_told_nothing(path):
    made = Journal(path, "message")
    assert made.deadline.seconds == 300 and made.lease == 15.0 and made.provider is None and made.run.startswith("%s-%d-" % (made.node, os.getpid()))
    assert Journal(path, "message").run != made.run and Journal(path, "message", run="r").run == "r"
    given = Deadline(5)
    assert Journal(path, "message", deadline=given).deadline is given and Journal(path, "message", deadline=7).deadline.seconds == 7
    assert Journal(path, "message", deadline=0).deadline.seconds == 0


def test_the_deadline_of_a_task_is_that_of_its_journal(path):
    host = Host({"journal": path, "api_deadline": 42}, environ={})
    assert opened(host, "message", "v").deadline.seconds == 42 and opened(host, "message", deadline=3).deadline.seconds == 3
    assert opened(host, "message", "v").provider == "v"


def test_a_database_password_is_a_secret_of_the_task():
    host = Host({"journal": "postgresql://u:canary@h/db"}, environ={})
    assert opened(host, "message").shown == "postgresql://h/db" and host.redactor.text("canary") == "********"


def test_jobs_on_a_journal_may_be_checked():
    for job in (JOURNAL_INFO, JOURNAL_ENTRY):
        assert job.arguments()["supports_check_mode"] is True and job.arguments()["argument_spec"]["api_deadline"]["default"] == 30.0
    assert JOURNAL_ENTRY.arguments()["required_one_of"] == [("key", "older_than", "old_path")] and "required_one_of" not in JOURNAL_INFO.arguments()


def test_whoever_waits_looks_less_and_less_often(mine, waits, monkeypatch):
    alive = Entry("k", RESERVED, run="another", alive=True)
    answers = [{"k": alive}] * 6 + [{"k": Entry("k", DONE)}]
    monkeypatch.setattr(mine, "look", lambda keys: answers.pop(0))
    assert mine.outcomes(["k"], left=lambda: 9)["k"].state == DONE and waits == [0.05, 0.1, 0.2, 0.4, 0.4, 0.4]
    # No longer than there is time, and not at all for what is its own.
    waits.clear()
    answers[:] = [{"k": alive}] * 2
    left = [0.03, 0.03, 0]
    assert mine.outcomes(["k"], left=lambda: left.pop(0))["k"].state == RESERVED and waits == [0.03]
    answers[:] = [{"k": Entry("k", RESERVED, run=mine.run, alive=True)}]
    assert mine.outcomes(["k"], left=lambda: 9)["k"].state == RESERVED and waits == [0.03]


def test_whoever_waits_for_a_lock_looks_less_and_less_often(mine, waits, monkeypatch):
    holder = ("node", "2026-03-01T08:30:00.000000Z", None)
    answers: list = [holder] * 5 + [None]
    monkeypatch.setattr(mine.engine, "lock", lambda *_more: answers.pop(0))
    mine.lock("account", Deadline(100))
    assert waits == [0.05, 0.1, 0.2, 0.4, 0.4] and answers == []
    waits.clear()
    answers[:] = [holder, holder]
    left = [0.001, 0.001, 0]
    with pytest.raises(TransportError, match="locked by a run on node since 2026-03-01T08:30:00Z .no note."):
        mine.lock("account", SimpleNamespace(left=lambda: left.pop(0)))
    assert waits == [0.01] and run_lock.LOCK_LEASE == 30.0


def test_a_lost_connection_is_tried_again_with_growing_pauses(mine, monkeypatch):
    tried: list = []
    monkeypatch.setattr(mine.engine, "again", lambda left, number: tried.append(number), raising=False)
    outcomes = [postgres.Lost(), postgres.Lost(), TransportError("gone", code="journal_connection"), "done"]

    def work(left):
        told = outcomes.pop(0)
        if isinstance(told, Exception):
            raise told
        return told
    mine.reserved = {"k": 1}
    assert mine.carry_out(work) == "done" and tried == [0, 1, 2]
    for error, reserved in ((TransportError("gone", code="journal_connection"), {}), (TransportError("locked", code="locked"), {"k": 1})):
        mine.reserved = reserved
        outcomes[:] = [error, "done"]
        with pytest.raises(TransportError):
            mine.carry_out(work)
    assert tried == [0, 1, 2]
    mine.reserved = {}


def test_the_last_word_has_an_end(path, monkeypatch):
    monkeypatch.setattr(journal, "_LAST_WORD", 0.2)
    made = Journal(path, "message", deadline=0)
    tried: list = []

    def again(left, number):
        tried.append(number)
        if left() <= 0:
            raise TransportError("it stays away", code="journal_connection")
        time.sleep(0.05)

    def lost(left):
        assert len(tried) < 50
        raise postgres.Lost()
    made.engine.again = again
    with pytest.raises(TransportError, match="stays away"):
        made.carry_out(lost, made._last)
    assert len(tried) > 1
    # Anything else has the time that it was given.
    seen: list = []
    made.carry_out(lambda left: seen.append(left()), lambda: 77)
    made.carry_out(lambda left: seen.append(left()))
    assert seen[0] == 77 and seen[1] <= 0


def test_what_nobody_knows_is_told_with_its_place(mine):
    told = mine.unknown("k", Entry("k", RESERVED, run="another", alive=True, node="n", reserved_at="2026-03-01T08:30:00.5Z", summary="to 1"))
    assert told.message == ("message k was begun at 2026-03-01T08:30:00Z by n (to 1), and another run is still at it and did not end in time, "
                            "so it is not repeated")
    told = mine.unknown("k", Entry("k", RESERVED, run=mine.run, alive=True))
    assert "at an unknown time by an earlier run (no summary)" in told.message
    assert "the journal has no outcome: nobody knows whether it happened" in told.message
    assert "the journal has no outcome" in mine.unknown("k", Entry("k", UNKNOWN, run="another")).message
    assert "{journal: %s, operation: message, key: k, state: done}" % mine.where in told.hint and told.operation == "message"


def test_what_was_accepted_and_could_not_be_written_down(mine, monkeypatch):
    def full(*_more, **_named):
        raise UsageError("the disk is full", code="journal_full")
    monkeypatch.setattr(mine.engine, "settle", full)
    with pytest.raises(UnknownOutcome, match="message k was accepted .id 7., but the journal could not be told: the disk is full") as told:
        mine.once("k", "content", "s", lambda: {"id": 7})
    assert "journal_entry" in told.value.hint and told.value.operation == "message"


def test_what_became_of_others(where):
    """Those of living runs are waited for, those of dead ones are asked about, and what the vendor tells is written down."""
    with Journal(where, "message", "dead", lease=20) as dead:
        dead.reserve({"lost": ("c", "s"), "gone": ("c", "s")})
        run = dead.run
    with Journal(where, "message", "living", lease=20) as living, Journal(where, "message", "mine", deadline=10, lease=20) as one:
        living.reserve({"sent": ("c", "s"), "no": ("c", "s")})
        won, others = one.reserve({key: ("c", "s") for key in ("lost", "gone", "sent", "no", "free")})
        assert won == {"free"}
        living.settle({"sent": (DONE, {"id": 1}), "no": (REFUSED, {"code": 4})})
        asked: list = []

        def ask(keys):
            asked.append(sorted(keys))
            return {"lost": {"id": 2}}
        told = one.learn(others, ask)
        assert {key: (found.state, found.outcome.get("id")) for key, found in told.items()} == {
            "lost": (DONE, 2), "gone": (UNKNOWN, None), "sent": (DONE, 1), "no": (REFUSED, None)}
        assert asked == [["gone", "lost"]]
        kept = one.look(["lost"])["lost"]
        assert (kept.state, kept.outcome, kept.run) == (DONE, {"id": 2}, run)
        # Where nothing is lost, nobody is asked.
        assert one.learn({key: told[key] for key in ("sent", "no")}, lambda keys: pytest.fail("asked"))["sent"].state == DONE


def test_a_key_that_is_free_again_counts_as_refused(mine, monkeypatch):
    monkeypatch.setattr(mine, "outcomes", lambda keys: {})
    told = mine.learn({"k": Entry("k", RESERVED, alive=True)}, lambda keys: pytest.fail("asked"))
    assert (told["k"].state, told["k"].operation) == (REFUSED, "message")


# -- the file ------------------------------------------------------------------------------------------------------------


def test_a_file_of_another_user_and_one_that_cannot_be_looked_at(path, tmp_path, monkeypatch):
    with pytest.raises(UsageError, match="File name too long"):
        Journal(str(tmp_path / ("x" * 300)), "message").look(["k"])
    open(path, "w", encoding="utf-8").close()
    os.chmod(path, 0o600)
    monkeypatch.setattr(sqlite.os, "geteuid", lambda: 77)
    with pytest.raises(UsageError, match="belongs to another user"):
        Journal(path, "message").look(["k"])


def test_a_file_that_a_killed_run_left_empty(path):
    open(path, "w", encoding="utf-8").close()
    os.chmod(path, 0o600)
    before = len(os.listdir("/proc/self/fd"))
    with Journal(path, "message") as one:
        assert one.look(["k"]) == {} and one.entries() == [] and one.forget() == 0 and len(os.listdir("/proc/self/fd")) == before
        assert os.path.getsize(path) == 0
        assert one.reserve({"k": ("c", "s")})[0] == {"k"}


def test_mounts_that_are_cut_short(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text("\nsource %s\nserver:/home / nfs rw 0 0\n" % tmp_path)
    assert sqlite.network_filesystem(str(tmp_path / "x"), str(mounts)) == "nfs"
    assert sqlite.network_filesystem("/etc/x", str(tmp_path / "nowhere")) is None
    mounts.write_text("d / ext4 rw 0 0\ns /a\\040b nfs4 rw 0 0\ns /a cifs rw\n")
    assert sqlite.network_filesystem("/a b/x", str(mounts)) == "nfs4" and sqlite.network_filesystem("/a/x", str(mounts)) == "cifs"
    assert sqlite.network_filesystem("/abc/x", str(mounts)) is None


def test_without_the_library(path, monkeypatch):
    monkeypatch.setattr(sqlite, "sqlite3", None)
    with pytest.raises(UsageError, match="without sqlite3") as error:
        Journal(path, "message")
    assert error.value.code == "missing_library"


def test_an_earlier_journal_that_another_run_holds(tmp_path, waits):
    path = tmp_path / "sent.jsonl"
    path.write_text('{"event": "intent", "key": "k"}\n')
    with open(path, "rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        left = [1, 1, 0]
        with pytest.raises(DeadlineError, match="kept it busy") as error:
            lines.entries(str(path), lambda: left.pop(0))
    assert error.value.code == "journal_busy" and len(waits) == 2 and waits[0] > 0
    assert [found.key for found in lines.entries(str(path), lambda: 0)] == ["k"]


def test_the_earlier_form_is_kept_beside_others_of_its_kind(tmp_path):
    path = str(tmp_path / "sent.db")
    assert [lines.keep(path, text) for text in (b"1", b"2", b"3")] == [path + ".old", path + ".old2", path + ".old3"]
    assert open(path + ".old3", "rb").read() == b"3" and os.stat(path + ".old").st_mode & 0o777 == 0o600


# -- the database --------------------------------------------------------------------------------------------------------


@pytest.fixture
def database():
    made = postgres.PostgresEngine("postgresql://u:canary@h/db")
    made._connection = SimpleNamespace(closed=False, broken=False, close=lambda: None)
    return made


def refusal(code, text="the canary sings"):
    return type("Refusal", (Exception,), {"sqlstate": code})(text)


@pytest.mark.parametrize(("code", "text", "kind", "wanted"), [
    ("57014", "x", DeadlineError, "journal_busy"), ("55P03", "x", DeadlineError, "journal_busy"), ("42501", "x", UsageError, "journal_not_writable"),
    ("42P01", "x", UsageError, "journal_not_writable"), ("53100", "x", UsageError, "journal_full"), ("58030", "x", UsageError, "journal_full"),
    ("XX001", "x", UsageError, "journal_damaged"), ("22000", "x", UsageError, "journal"), (None, "x", UsageError, "journal"),
    ("28P01", "x", UsageError, "journal"), ("3D000", "x", UsageError, "journal")])
def test_what_an_error_of_the_database_means(database, code, text, kind, wanted):
    error = database._translated(refusal(code, text + " canary"))
    assert isinstance(error, kind) and error.code == wanted and "canary" not in error.sentence() and "postgresql://h/db" in error.message


@pytest.mark.parametrize(("code", "text", "kind", "wanted"), [
    ("28P01", "x", UsageError, "journal_login"), ("28000", "x", UsageError, "journal_login"),
    (None, "password authentication failed", UsageError, "journal_login"), (None, "no password supplied", UsageError, "journal_login"),
    ("3D000", "x", UsageError, "journal_address"),
    (None, 'database "x" does not exist', UsageError, "journal_address"), (None, "refused", TransportError, "journal_connection"),
    ("08006", "x", TransportError, "journal_connection"), ("57014", "x", DeadlineError, "journal_busy")])
def test_what_an_error_of_connecting_means(database, code, text, kind, wanted):
    database._connection = None
    error = database._translated(refusal(code, text + " canary"), connecting=True)
    assert isinstance(error, kind) and error.code == wanted and "canary" not in error.sentence()


@pytest.mark.parametrize("code", ["57P01", "57P02", "57P03", "53300", "40001", "40P01", "25006"])
def test_what_passes_is_tried_again(database, code):
    assert isinstance(database._translated(refusal(code)), postgres.Lost) and isinstance(database._translated(refusal(code), connecting=True), postgres.Lost)


@pytest.mark.parametrize("gone", [None, SimpleNamespace(closed=True, broken=False), SimpleNamespace(closed=False, broken=True)])
def test_a_connection_that_broke_is_made_anew(database, gone):
    database._connection = gone
    assert isinstance(database._translated(refusal("42501")), postgres.Lost)


def test_pauses_before_the_database_is_tried_again(database, waits):
    for number in range(6):
        database.again(lambda: 5, number)
    assert waits == [0.1, 0.2, 0.5, 1.0, 1.0, 1.0]
    for number, left in ((0, 0.1), (3, 1.0)):
        with pytest.raises(TransportError, match="did not come back in time") as error:
            database.again(lambda left=left: left, number)
        assert error.value.code == "journal_connection"
    database.again(lambda: 1.01, 3)
    assert len(waits) == 7


def test_no_time_no_connection():
    with pytest.raises(DeadlineError, match="no answer within the time") as error:
        postgres.PostgresEngine("postgresql://u:canary@h/db").exists(lambda: 0)
    assert error.value.code == "journal_busy" and "canary" not in error.value.sentence()


def test_one_connection_for_a_run(server):
    where = server.fresh()
    with Journal(where, "message", lease=20) as one:
        one.reserve({"k": ("c", "s")})
        seen = []
        for _time in range(2):
            with one.engine.transaction(lambda: 5) as execute:
                seen.append(execute("SELECT pg_backend_pid()"))
        assert seen[0] == seen[1]
        with pytest.raises(PanelError), one.engine.transaction(lambda: 0):
            raise AssertionError
