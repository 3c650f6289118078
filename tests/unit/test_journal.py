# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal of what may happen only once: both engines alike, crashes at every step, parallel runs, files and databases that cannot be used."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import resource
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
import time

import private_postgres
import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import ApiError, DeadlineError, PanelError, TransportError, UnknownOutcome, UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.journal import (
    DONE,
    REFUSED,
    RESERVED,
    UNKNOWN,
    Journal,
    digest,
    done,
    journal,
    lines,
    masked,
    opened,
    sqlite,
)
from ansible_collections.kariz.panels.plugins.module_utils._core.options import journal_place as place
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.declared import hidden
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.invocation import invocation
from ansible_collections.kariz.panels.plugins.module_utils._core.task.host import Host

LEASE = 0.4


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "sent.db")


def use(where, deadline=10, lease=LEASE, provider="vendor", **more):
    return Journal(where, "message", provider, deadline=deadline, lease=lease, **more)


def rows(*keys):
    return {key: ({"text": "سلام"}, "to %s" % masked("09121234567")) for key in keys}


def send(where, key="k", sent=None, error=None, **more):
    def really():
        if sent is not None:
            sent.append(key)
        if error is not None:
            raise error
        return {"id": 7}
    with use(where) as mine:
        return mine.once(key, {"text": "سلام"}, "to %s" % masked("09121234567"), really, **more)


def killed(where, *keys):
    """Leave keys as a run does that is killed after it has reserved them."""
    with use(where) as mine:
        mine.reserve(rows(*keys))


def look(where, *keys):
    with use(where) as mine:
        return {key: entry.state for key, entry in mine.look(keys).items()}


def test_done_once_then_never_again(where):
    sent = []
    assert send(where, sent=sent) == ({"id": 7}, None)
    outcome, entry = send(where, sent=sent)
    assert (outcome, entry.state, entry.provider, entry.summary, sent) == ({"id": 7}, DONE, "vendor", "to 0912***4567", ["k"])
    assert entry.digest == digest({"text": "سلام"}) and entry.node == socket.gethostname() and entry.reserved_at <= entry.settled_at
    assert set(done(where, ["k", "other"])) == {"k"} and set(done(where, ["k"], operation="invoice")) == set()


def test_refused_leaves_the_key_free(where):
    with pytest.raises(ApiError):
        send(where, error=ApiError("no credit", code=22))
    with use(where) as mine:
        assert [(entry.state, entry.code) for entry in mine.look(["k"]).values()] == [(REFUSED, "22")]
    assert send(where)[1] is None and look(where, "k") == {"k": DONE}


def test_an_unknown_outcome_is_kept_asked_about_and_told(where):
    sent = []
    with pytest.raises(UnknownOutcome) as first:
        send(where, sent=sent, error=UnknownOutcome("lost"))
    assert "journal_entry" in first.value.hint and private_postgres.PASSWORD not in first.value.hint
    with pytest.raises(UnknownOutcome) as second:
        send(where, sent=sent, ask=lambda: None)
    assert sent == ["k"] and second.value.code == "outcome_unknown" and "0912***4567" in second.value.message
    assert look(where, "k") == {"k": UNKNOWN}
    outcome, entry = send(where, sent=sent, ask=lambda: {"id": 99})
    assert (outcome, entry.state, sent) == ({"id": 99}, DONE, ["k"]) and look(where, "k") == {"k": DONE}


def test_whoever_waited_for_a_run_that_was_refused_does_it(where):
    with use(where) as other:
        other.reserve(rows("k"))
        timer = threading.Timer(0.2, lambda: other.settle({"k": (REFUSED, {"code": 1})}))
        timer.start()
        assert send(where) == ({"id": 7}, None)
        timer.join()
    assert look(where, "k") == {"k": DONE}


def test_looking_makes_nothing(where, tmp_path):
    assert look(where, "k") == {} and done(where, ["k"]) == {} and os.listdir(tmp_path) == []
    with use(where) as mine:
        assert mine.entries() == []
        assert mine.engine.exists(mine.deadline.left) is False


def test_a_call_is_one_transaction(where):
    # The heartbeat, which is none of it, does not come within the test.
    with use(where, lease=60) as mine:
        begun = []
        real = mine.engine.transaction
        mine.engine.transaction = lambda *more, **named: begun.append(1) or real(*more, **named)
        assert len(mine.reserve(rows(*["k%d" % number for number in range(250)]))[0]) == 250
        assert len(begun) == 1
        mine.settle({"k%d" % number: (DONE, {"id": number}) for number in range(250)})
        assert len(begun) == 2
        assert mine.reserve(rows("k7", "new"))[0] == {"new"}


def test_one_wins_and_the_other_learns(where):
    with use(where) as first, use(where, provider="other") as second:
        assert first.reserve(rows("a", "b")) == ({"a", "b"}, {})
        won, others = second.reserve(rows("a", "b", "c"))
        # Another key is not waited for, and the state of the others is known at once.
        assert won == {"c"} and {key: entry.state for key, entry in others.items()} == {"a": RESERVED, "b": RESERVED}
        assert second.outcomes(["a"], left=lambda: 0)["a"].state == RESERVED
        timer = threading.Timer(0.3, lambda: first.settle({"a": (DONE, {"id": 1}), "b": (REFUSED, {"code": 3})}))
        timer.start()
        told = second.outcomes(["a", "b"])
        timer.join()
        assert {key: (entry.state, entry.outcome.get("id")) for key, entry in told.items()} == {"a": (DONE, 1), "b": (REFUSED, None)}
        assert second.reserve(rows("b"))[0] == {"b"} and first.reserve(rows("b"))[0] == set()
        # What comes late changes nothing of what is another run's, but what did happen is never lost.
        first.settle({"b": (REFUSED, {})})
        assert look(where, "b") == {"b": RESERVED}
        first.settle({"b": (DONE, {"id": 5})})
        second.settle({"b": (REFUSED, {})})
        assert look(where, "b") == {"b": DONE}


def test_a_living_run_is_known_by_its_heartbeat(where):
    with use(where) as slow, use(where) as other:
        slow.reserve(rows("k"))
        time.sleep(3 * LEASE)
        assert other.look(["k"])["k"].state == RESERVED
        slow._ended.set()
        assert other.outcomes(["k"])["k"].state == UNKNOWN
        # It was only slow: its answer counts.
        slow.settle({"k": (DONE, {"id": 1})})
        assert other.look(["k"])["k"].state == DONE


def test_renewed_after_a_time(where):
    send(where, "alert")
    with use(where) as mine:
        assert mine.reserve(rows("alert"), renew=3600)[0] == set()
        time.sleep(0.05)
        assert mine.reserve(rows("alert"), renew=0.01)[0] == {"alert"}


@pytest.mark.parametrize("key", ["k\ud800", "nul\0", "ک" * 3000, "", "quote'\"%s?", "k" * 1000, "k" * 1001])
def test_awkward_keys(where, key):
    send(where, key)
    assert send(where, key)[1].state == DONE and look(where, key) == {key: DONE}


def test_settled_by_hand_and_forgotten(where):
    killed(where, "a", "b")
    send(where, "c")
    with use(where) as mine:
        left = mine.deadline.left
        mine.reserve(rows("living"))
        with use(where) as person:
            engine = person.engine
            person.look([])
            assert engine.settle_by_hand("message", "a", DONE, "sara", "seen in the panel", left) is True
            assert engine.settle_by_hand("message", "b", REFUSED, "sara", None, left) is True
            assert [engine.settle_by_hand("message", key, DONE, "sara", None, left) for key in ("c", "living", "none")] == [False] * 3
            entry = person.look(["a"])["a"]
            assert (entry.state, entry.settled_by, entry.comment) == (DONE, "sara", "seen in the panel")
            assert {entry.key for entry in person.entries(state=RESERVED)} == {"living"} and person.entries(state=UNKNOWN) == []
            assert [entry.key for entry in person.entries("message", keys=["c", "b"], state=DONE)] == ["c"]
            assert engine.forget(left, "message", check=True) == 3 and engine.forget(left, "message") == 3
    assert look(where, "a", "b", "c", "living") == {"living": UNKNOWN}
    with use(where) as person:
        person.look([])
        assert person.engine.forget(person.deadline.left) == 0


def test_run_lock(where):
    with use(where) as first, use(where) as second:
        with first.locked("account", about="provision"):
            with pytest.raises(PanelError, match="locked by a run on .* since .*provision"), second.locked("account", wait=0.1):
                pass
            with second.locked("another account"):
                pass
        with second.locked("account"):
            pass
        with first.locked("account"):
            first._ended.set()
            time.sleep(2 * LEASE)
            with second.locked("account", about="a dead run's lock"):
                pass


# -- several processes -------------------------------------------------------------------------------------------------

_CHILD = """
import os, signal, sys
from ansible_collections.kariz.panels.plugins.module_utils._core.journal import DONE, Journal
where, log, count, size = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
with Journal(where, "message", deadline=120) as journal:
    print("ready", flush=True)
    sys.stdin.readline()
    sent = 0
    for start in range(0, count, size):
        won, others = journal.reserve({"k%d" % number: ({}, "x") for number in range(start, min(count, start + size))})
        with open(log, "a") as handle:
            handle.write("".join("%s\\n" % key for key in sorted(won)))
        journal.settle({key: (DONE, {"id": 1}) for key in won})
        told = journal.outcomes(others)
        assert all(entry.state == DONE for entry in told.values()), told
        sent += len(won)
"""


def test_eight_processes_with_the_same_keys(where, tmp_path):
    """Each key is sent once, and whoever did not win learns that it is done."""
    log = str(tmp_path / "log")
    processes = [subprocess.Popen([sys.executable, "-c", _CHILD, where, log, "300", "25"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
                 for _number in range(8)]
    for process in processes:
        process.stdout.readline()
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    assert [process.wait(120) for process in processes] == [0] * 8
    sent = open(log).read().split()
    assert sorted(sent) == sorted("k%d" % number for number in range(300))
    with use(where) as mine:
        assert len(mine.done("k%d" % number for number in range(300))) == 300


def test_tables_are_made_by_many_at_once(where):
    errors = []

    def first():
        try:
            send(where, threading.current_thread().name)
        except Exception as error:  # pylint: disable=broad-except
            errors.append(error)
    threads = [threading.Thread(target=first) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with use(where) as mine:
        assert len(mine.entries(state=DONE)) == 6


def test_tables_of_a_later_version_are_refused(where):
    send(where)
    with use(where) as mine:
        mine.look(["k"])
        with mine.engine.transaction(mine.deadline.left) as execute:
            execute("UPDATE kariz_meta SET value = '99' WHERE name = 'version'")
    with pytest.raises(UsageError, match="version 99"):
        send(where)


# -- the file ----------------------------------------------------------------------------------------------------------


def test_what_the_file_is_and_holds(path):
    send(path)
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600 and os.listdir(os.path.dirname(path)) == ["sent.db"]
    raw = open(path, "rb").read()
    assert "سلام".encode() not in raw and b"09121234567" not in raw and b"0912***4567" in raw
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT operation, key, state, provider FROM kariz_journal").fetchall() == [("message", "k", "done", "vendor")]
    with use(path) as mine:
        mine.reserve(rows("open"))
        assert mine.engine._connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert {stat.S_IMODE(os.stat(os.path.join(os.path.dirname(path), name)).st_mode) for name in os.listdir(os.path.dirname(path))} == {0o600}


def test_files_that_are_refused(path, tmp_path):
    (tmp_path / "real").write_text("")
    os.chmod(tmp_path / "real", 0o600)
    os.symlink(tmp_path / "real", path)
    with pytest.raises(UsageError, match="symbolic link"):
        send(path)
    os.unlink(path)
    os.mkfifo(path, 0o600)
    with pytest.raises(UsageError, match="regular file"):
        send(path)
    os.unlink(path)
    os.link(tmp_path / "real", path)
    with pytest.raises(UsageError, match="hard link"):
        send(path)
    os.unlink(path)
    open(path, "w", encoding="utf-8").close()
    os.chmod(path, 0o644)
    with pytest.raises(UsageError, match="0600"):
        send(path)
    os.chmod(path, 0o600)
    os.symlink(tmp_path / "real", path + "-wal")
    with pytest.raises(UsageError, match="sent.db-wal.*symbolic link"):
        send(path)
    with pytest.raises(UsageError, match="nowhere does not exist"):
        send(str(tmp_path / "nowhere" / "sent.db"))
    with contextlib.closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE people (name)")
    os.chmod(tmp_path / "other.db", 0o600)
    with pytest.raises(UsageError, match="database of something else"):
        send(str(tmp_path / "other.db"))
    with pytest.raises(UsageError, match="path or postgresql"):
        Journal("mysql://root:secret@host/x", "message")


def test_a_link_that_appears_at_the_last_moment(path, tmp_path, monkeypatch):
    """Between the look and the making of the file somebody puts a link there: it is not followed."""
    (tmp_path / "real").write_text("")
    os.chmod(tmp_path / "real", 0o600)
    real = os.open

    def late(name, *more, **named):
        if name == path and not os.path.lexists(path):
            os.symlink(tmp_path / "real", path)
        return real(name, *more, **named)
    monkeypatch.setattr(sqlite.os, "open", late)
    with pytest.raises(UsageError, match="symbolic link"):
        send(path)
    assert (tmp_path / "real").read_bytes() == b""


@pytest.mark.parametrize(("text", "kind", "code"), [
    ("database is locked", DeadlineError, "journal_busy"), ("database table is busy", DeadlineError, "journal_busy"),
    ("database disk image is malformed", UsageError, "journal_damaged"), ("file is not a database", UsageError, "journal_damaged"),
    ("corrupt", UsageError, "journal_damaged"), ("database or disk is full", UsageError, "journal_full"),
    ("attempt to write a readonly database", UsageError, "journal_not_writable"), ("unable to open database file", UsageError, "journal_not_writable"),
    ("something new", UsageError, "journal")])
def test_what_an_error_of_the_file_means(path, text, kind, code):
    error = sqlite.SqliteEngine(path).translated(sqlite3.OperationalError(text))
    assert isinstance(error, kind) and error.code == code and path in error.message


def test_a_file_that_is_refused_is_let_go(path):
    """Whoever goes on after it, such as a loop over many, does not run out of files."""
    with open(path, "wb") as handle:
        handle.write(b"something else altogether, and long enough to be anything at all" * 20)
    os.chmod(path, 0o600)
    before = os.listdir("/proc/self/fd")
    with pytest.raises(UsageError, match="damaged"), use(path) as mine:
        mine.look(["k"])
    with pytest.raises(UsageError, match="damaged") as error:
        mine.reserve(rows("k"))
    assert len(os.listdir("/proc/self/fd")) == len(before) and error.value.code == "journal_damaged"


@pytest.mark.parametrize("damage", ["scribble", "cut", "page", "no database"])
def test_a_damaged_file_is_told_and_left_as_it_is(path, damage):
    with use(path) as mine:
        keys = ["key-%d" % number for number in range(2000)]
        mine.reserve(rows(*keys))
        mine.settle({key: (DONE, {"id": 1}) for key in keys})
    raw = bytearray(open(path, "rb").read())
    if damage == "scribble":
        raw[0:16] = b"scribble" * 2
    elif damage == "cut":
        raw = raw[:len(raw) // 2]
    elif damage == "page":
        raw[4096 * 20:4096 * 21] = os.urandom(4096)
    else:
        raw = b"something else altogether, and long enough to be anything at all" * 20
    with open(path, "wb") as handle:
        handle.write(raw)
    sent = []
    with pytest.raises(UsageError) as error:
        send(path, "new", sent=sent)
    assert error.value.code == "journal_damaged" and sent == [] and open(path, "rb").read() == bytes(raw)


def test_a_large_file_is_not_read_whole_on_opening(path, monkeypatch):
    monkeypatch.setattr(sqlite, "_CHECKED_WHOLE", 1000)
    with use(path) as mine:
        mine.reserve(rows(*["key-%d" % number for number in range(2000)]))
    raw = open(path, "rb").read()
    assert send(path)[1] is None
    with open(path, "wb") as handle:
        handle.write(raw[:len(raw) // 2])
    with pytest.raises(UsageError, match="damaged"):
        send(path)


def test_a_large_file_that_lacks_its_end(path, monkeypatch):
    """What is there can be read, so only its length tells."""
    monkeypatch.setattr(sqlite, "_CHECKED_WHOLE", 1000)
    with use(path) as mine:
        mine.reserve(rows(*["key-%d" % number for number in range(2000)]))
    with open(path, "r+b") as handle:
        handle.truncate(os.path.getsize(path) - 4096)
    with pytest.raises(UsageError, match="damaged") as error:
        send(path)
    assert error.value.code == "journal_damaged"


def test_a_digest_is_the_same_in_every_version():
    """The tables hold it for years: another one for the same text would look like another text."""
    assert digest({"text": "سلام", "n": 1}) == "sha256:" + hashlib.sha256('{"n": 1, "text": "سلام"}'.encode()).hexdigest() == digest({"n": 1, "text": "سلام"})


@pytest.mark.skipif(os.geteuid() != 0, reason="the test changes its user")
def test_a_folder_that_may_not_be_written(tmp_path):
    """Before any request: nothing can be made there, or the file cannot be written."""
    folder = tmp_path / "kept"
    folder.mkdir(mode=0o555)
    for part in (tmp_path, *[part for part in tmp_path.parents if "pytest" in str(part)]):
        os.chmod(part, 0o755)
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setuid(65534)
            send(str(folder / "sent.db"))
        except Exception as error:  # pylint: disable=broad-except
            os.write(into, ("%s %s" % (type(error).__name__, error)).encode())
        finally:
            os._exit(0)
    os.close(into)
    os.waitpid(child, 0)
    with open(out, encoding="utf-8") as told:
        assert "cannot be made: Permission denied" in told.read()


def test_a_file_that_cannot_be_opened(path, monkeypatch):
    """As where the process has no more files to open, or the platform says no."""
    send(path)

    def refused(*_more, **_named):
        raise sqlite3.OperationalError("unable to open database file")
    monkeypatch.setattr(sqlite.sqlite3, "connect", refused)
    with pytest.raises(UsageError, match="cannot be opened for writing") as error:
        send(path)
    assert error.value.code == "journal_not_writable"


def test_a_full_disk(path):
    """A limit of the file's size stands for the disk: reserving fails before anything is sent, and what was there stays."""
    send(path, "early")
    size = os.path.getsize(path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, before[1]))
    sent = []
    try:
        with pytest.raises(UsageError, match="full|disk|cannot be") as error:
            send(path, "late", sent=sent)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert sent == [] and "sent.db" in error.value.message
    assert send(path, "early", sent=sent)[1].state == DONE and send(path, "late", sent=sent)[1] is None and sent == ["late"]


def test_a_network_file_system_is_warned_of(path, tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda / ext4 rw 0 0\nserver:/home %s nfs4 rw 0 0\n" % str(tmp_path).replace(" ", "\\040"))
    assert sqlite.network_filesystem(path, str(mounts)) == "nfs4" and sqlite.network_filesystem("/etc/x", str(mounts)) is None
    real = sqlite.network_filesystem
    monkeypatch.setattr(sqlite, "network_filesystem", lambda where: real(where, str(mounts)))
    warnings = []
    with Journal(path, "message", warn=warnings.append) as mine:
        mine.reserve(rows("k"))
        mine.settle({"k": (DONE, {})})
    assert "nfs4" in warnings[0] and "postgresql://" in warnings[0]
    assert look(path, "k") == {"k": DONE}


def test_a_new_file_that_somebody_is_about_to_write(path):
    """In the mode in which every file begins, SQLite refuses a change of the mode at once instead of waiting."""
    with open(path, "w", opener=lambda name, flags: os.open(name, flags, 0o600)), contextlib.closing(
            sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        ends = threading.Timer(0.2, other.execute, ("COMMIT",))
        ends.start()
        with use(path) as mine:
            assert mine.reserve(rows("k"))[0]
        ends.join()


def test_a_busy_file(path):
    send(path)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DeadlineError) as error, use(path, deadline=0.2) as mine:
            mine.reserve(rows("k2"))
        assert error.value.code == "journal_busy"
        # Reading waits for nobody.
        assert look(path, "k") == {"k": DONE}
        with use(path, deadline=0.2) as mine:
            assert [entry.key for entry in mine.entries()] == ["k"] and mine.forget("invoice", check=True) == 0


# -- the journal of earlier versions -----------------------------------------------------------------------------------

_OLD = [
    {"time": "2026-03-01T08:30:00Z", "event": "intent", "key": "sent", "operation": "smspanel_message", "digest": "sha256:1", "summary": "to 0912***4567"},
    {"time": "2026-03-01T08:30:01Z", "event": "done", "key": "sent", "outcome": {"id": 81}},
    {"time": "2026-03-01T08:31:00Z", "event": "intent", "key": "lost", "operation": "payamsms_message"},
    {"time": "2026-03-01T08:32:00Z", "event": "intent", "key": "no", "operation": "smspanel_message"},
    {"time": "2026-03-01T08:32:01Z", "event": "refused", "key": "no", "outcome": {"code": 22}},
    {"time": "2026-03-01T08:33:00Z", "event": "intent", "key": "asked", "operation": "smspanel_message"},
    {"event": "resolved", "key": "asked", "as": "done"},
    {"event": "torn", "note": "..."},
    {"time": "2026-03-01T08:34:00Z", "event": "intent", "key": "bought", "operation": "invoice"},
]


def old(path, more=""):
    with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as handle:
        handle.write("".join(json.dumps(line) + "\n" for line in _OLD) + more)
    return open(path, "rb").read()


def test_the_old_form_is_taken_over_once(path):
    text = old(path, '{"event": "int')
    # Only looked at, it stays as it is.
    assert look(path, "sent", "lost", "no", "asked", "bought") == {"sent": DONE, "lost": UNKNOWN, "no": REFUSED, "asked": DONE}
    assert open(path, "rb").read() == text
    warnings = []
    sent = []
    with Journal(path, "message", warn=warnings.append) as mine:
        assert mine.once("sent", {}, "", lambda: sent.append(1))[0] == {"id": 81}
        with pytest.raises(UnknownOutcome):
            mine.once("lost", {}, "", lambda: sent.append(2))
        assert mine.once("no", {}, "", lambda: {"id": 2})[1] is None
        entry = mine.look(["sent"])["sent"]
        assert (entry.provider, entry.summary, entry.digest, entry.reserved_at[:19]) == ("smspanel", "to 0912***4567", None, "2026-03-01T08:30:00")
        assert [entry.key for entry in mine.entries("invoice")] == ["bought"]
    assert sent == [] and len(warnings) == 1 and "5 entries" in warnings[0] and path + ".old" in warnings[0]
    assert open(path + ".old", "rb").read() == text and stat.S_IMODE(os.stat(path + ".old").st_mode) == stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert send(path, "sent")[1].state == DONE


def test_what_could_not_be_taken_over_leaves_nothing_behind(path, monkeypatch):
    text = old(path)

    def full(*_names):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(sqlite.os, "replace", full)
    with pytest.raises((OSError, PanelError)):
        send(path, "k")
    monkeypatch.undo()
    assert open(path, "rb").read() == text and not [name for name in os.listdir(os.path.dirname(path)) if ".new-" in name]
    assert send(path, "sent")[1].state == DONE


def test_a_journal_in_a_container_that_goes_with_the_job(path, monkeypatch):
    warnings = []
    monkeypatch.setattr(journal.lasting, "lost_with_job", lambda *_more: True)
    with Journal(path, "message", warn=warnings.append):
        pass
    with Journal(path, "message"):
        pass
    assert len(warnings) == 1 and warnings[0].startswith("journal %s is lost when this job ends" % path)


def test_what_is_forgotten_is_gone(path):
    send(path, "k")
    with use(path) as mine:
        assert mine.forget("message", "k", check=True) == 1 and mine.look(["k"])["k"].state == DONE
        assert mine.forget("message", "k") == 1 and mine.look(["k"]) == {} and mine.forget("message", "k") == 0


def test_an_old_form_that_somebody_damaged(path):
    text = old(path).replace(b'"event": "done", "key": "sent"', b"scribble")
    with open(path, "wb") as handle:
        handle.write(text)
    with pytest.raises(UsageError, match="line 2") as error:
        send(path)
    assert error.value.code == "journal_damaged" and open(path, "rb").read() == text


def test_the_old_form_is_taken_over_by_one_of_many(path):
    old(path)
    threads = [threading.Thread(target=send, args=(path, "k%d" % number)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(look(path, "sent", *["k%d" % number for number in range(5)]).values()) == {DONE}
    assert sorted(name for name in os.listdir(os.path.dirname(path)) if "old" in name) == ["sent.db.old"]


def test_a_key_that_was_done_stays_done():
    assert [entry.state for entry in lines.parsed("p", b'{"event":"done","key":"a"}\n{"event":"intent","key":"a"}\n')] == [DONE]


# -- the database ------------------------------------------------------------------------------------------------------


def test_the_connection_is_lost_between_request_and_settling(server):
    """The server goes and comes back: the outcome is written down all the same."""
    where = server.fresh()

    def lose():
        server.stop()
        threading.Timer(0.7, server.start).start()
        return {"id": 3}
    with use(where, deadline=30, lease=20) as mine:
        assert mine.once("k", {}, "s", lose) == ({"id": 3}, None)
    assert look(where, "k") == {"k": DONE}


def test_the_database_stays_away(server, monkeypatch):
    """What was accepted and cannot be written down is told as unknown; before a request, it is a plain failure."""
    where = server.fresh()
    monkeypatch.setattr(journal, "_LAST_WORD", 0.3)
    with pytest.raises(UnknownOutcome) as error, use(where, deadline=0.8) as mine:
        mine.once("k", {}, "s", lambda: server.stop() or {"id": 3})
    try:
        assert "accepted (id 3)" in error.value.message and private_postgres.PASSWORD not in error.value.sentence()
        sent = []
        with pytest.raises(PanelError) as before:
            send(where, "other", sent=sent)
        assert sent == [] and before.value.code == "journal_connection"
    finally:
        server.start()
    assert look(where, "k") == {"k": UNKNOWN}


def test_the_end_of_a_run_is_the_end_of_its_connection(server):
    import psycopg
    where = server.fresh()
    with use(where) as mine:
        mine.reserve(rows("k"))
    assert mine.engine is not None
    with psycopg.connect(server.url(), autocommit=True) as other:
        for _try in range(100):
            count = other.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [where.rpartition("/")[2]]).fetchone()[0]
            if not count:
                break
            time.sleep(0.02)
    assert count == 0


def test_the_first_connection_is_tried_once(server, monkeypatch):
    """Nothing has been begun, so whoever cannot connect fails at once; the time of the task is not waited away."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        where = "postgresql://u:p@127.0.0.1:%d/x" % free.getsockname()[1]
    with pytest.raises(TransportError, match="no connection") as error, use(where, deadline=30) as mine:
        monkeypatch.setattr(mine.engine, "again", lambda *_more: pytest.fail("tried again"))
        mine.look(["k"])
    assert error.value.code == "journal_connection"


@pytest.mark.parametrize(("more", "code"), [({"password": "wrong-secret"}, "journal_login"), ({"password": None}, "journal_login"),
                                            ({"database": "nowhere"}, "journal_address"), ({"more": "?nonsense=1"}, "journal_address"),
                                            ({"more": "?sslmode=verify-full&sslrootcert=/nowhere"}, "journal_connection")])
def test_a_database_that_does_not_let_in(server, more, code, monkeypatch):
    monkeypatch.delenv("PGPASSWORD", raising=False)
    sent = []
    with pytest.raises(PanelError) as error:
        send(server.url(**more), sent=sent)
    told = error.value.sentence()
    assert error.value.code == code and sent == [] and "wrong-secret" not in told and private_postgres.PASSWORD not in told and "@" not in told


def test_the_password_from_elsewhere(server, monkeypatch, tmp_path):
    where = server.fresh()
    name = where.rpartition("/")[2]
    plain = server.url(name, password=None)
    monkeypatch.setenv("PGPASSWORD", private_postgres.PASSWORD)
    assert send(plain)[1] is None
    monkeypatch.delenv("PGPASSWORD")
    kept = tmp_path / "pgpass"
    kept.write_text("*:*:*:*:%s\n" % private_postgres.PASSWORD.replace("\\", "\\\\").replace(":", "\\:"))
    kept.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(kept))
    assert send(plain)[1].state == DONE
    (tmp_path / "services").write_text("[school]\nhost=127.0.0.1\nport=%d\nuser=kariz\ndbname=%s\n" % (server.port, name))
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    assert send("postgresql://?service=school")[1].state == DONE


def test_a_user_who_may_not_make_tables(server):
    import psycopg
    where = server.fresh()
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS guest")
        connection.execute("CREATE ROLE guest LOGIN PASSWORD 'g'")
    with pytest.raises(UsageError) as error:
        send(where.replace("kariz:", "guest:").replace(where.split("kariz:")[1].split("@")[0], "g"))
    assert error.value.code == "journal_not_writable"


def test_the_library_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UsageError, match="psycopg") as error:
        Journal("postgresql://u:secret@host/db", "message")
    assert error.value.code == "missing_library" and "secret" not in error.value.sentence()


def test_psql_reads_it(server):
    where = server.fresh()
    send(where)
    told = subprocess.run([str(server.bin / "psql"), "-At", where, "-c", "SELECT operation, key, state, settled_at IS NOT NULL FROM kariz_journal"],
                          capture_output=True, text=True, check=True).stdout
    assert told == "message|k|done|t\n"


def test_a_commit_is_on_disk_also_where_the_server_is_lax(server):
    where = server.fresh()
    with use(where + "?options=-csynchronous_commit%3Doff") as mine:
        mine.look(["k"])
        with mine.engine.transaction(mine.deadline.left) as execute:
            assert execute("SHOW synchronous_commit") == [("on",)]


# -- where it is, and what of that is secret ---------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "seen", "hidden_part"), [
    ("postgresql://u:p%40ss@h:5432/db", "postgresql://h:5432/db", "p%40ss"),
    ("postgres://u:p@ss/w?rd@h/db?sslmode=require", "postgres://h/db?sslmode=require", "p@ss/w?rd"),
    ("postgresql://h/db?user=u&password=p%40ss&sslmode=require", "postgresql://h/db?user=u&password=********&sslmode=require", "p%40ss"),
    ("postgresql://u@h/db", "postgresql://h/db", "u@"),
    ("~/sent@school.db", "~/sent@school.db", "\0"),
])
def test_a_place_as_people_see_it(given, seen, hidden_part):
    assert place.shown(given) == seen and hidden_part not in place.shown(given)
    if "p%40ss" in given:
        assert {"p%40ss", "p@ss"} <= set(place.secrets(given))


@pytest.mark.parametrize("given", [None, "", 5, "/var/lib/sent@school.db", "postgresql://h/db", "postgresql://u@h/db"])
def test_a_place_without_secrets(given):
    assert place.secrets(given) == []


class Job:
    """As much of a job as masking asks for."""

    reveals = ()

    class client:
        @staticmethod
        def secrets(params):
            return []


def test_options_are_shown_without_the_password():
    params = {"journal": "postgresql://u:p%40ss@h/db"}
    secrets = hidden(Job, params)
    assert {"p%40ss", "p@ss"} <= set(secrets) and invocation({"journal": place.OPTION}, params, secrets) == {"journal": "postgresql://h/db"}


def test_the_environment_stands_behind_the_option():
    environ = {"KARIZ_JOURNAL": " /var/lib/k.db "}
    assert opened(Host({}, environ={}), "message") is None and opened(Host({"journal": ""}, environ={"KARIZ_JOURNAL": ""}), "message") is None
    assert opened(Host({}, environ=environ), "message").where == "/var/lib/k.db"
    assert opened(Host({"journal": "/x"}, environ=environ), "message").where == "/x"
    assert place.path_of("~/x") == os.path.expanduser("~/x")
