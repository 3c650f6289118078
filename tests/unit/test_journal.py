# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal of things that may happen only once: files, crashes at every step, parallel runs."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import ApiError, DeadlineError, UnknownOutcome, UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.journal import DONE, REFUSED, Journal, digest, masked


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "sent.jsonl")


def send(path, key="k", outcome=None, sent=None, error=None):
    def really():
        if sent is not None:
            sent.append(key)
        if error is not None:
            raise error
        return outcome or {"id": 7}
    return Journal(path, "send", "vendor").once(key, {"text": "سلام"}, "to %s" % masked("09121234567"), really)


def events(path):
    return [json.loads(line)["event"] for line in open(path, encoding="utf-8")]


def test_done_once_then_never_again(path):
    sent = []
    assert send(path, sent=sent) == ({"id": 7}, None)
    outcome, entry = send(path, sent=sent)
    assert (outcome, entry.event, sent) == ({"id": 7}, DONE, ["k"])
    assert events(path) == ["intent", "done"]
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    text = open(path, encoding="utf-8").read()
    assert "سلام" not in text and "09121234567" not in text and "0912***4567" in text and digest({"text": "سلام"}) in text


def test_refused_leaves_the_key_free(path):
    with pytest.raises(ApiError):
        send(path, error=ApiError("no credit", code=22))
    assert send(path)[1] is None
    assert events(path) == ["intent", "refused", "intent", "done"]


def test_unknown_outcome_is_kept_and_told(path):
    sent = []
    with pytest.raises(UnknownOutcome) as first:
        send(path, sent=sent, error=UnknownOutcome("lost"))
    assert "resolved" in first.value.hint
    with pytest.raises(UnknownOutcome) as second:
        send(path, sent=sent)
    assert sent == ["k"] and second.value.code == "outcome_unknown" and path in second.value.hint and "0912***4567" in second.value.message
    with pytest.raises(UnknownOutcome):
        Journal(path, "send").look(["k"])


@pytest.mark.parametrize(("word", "again"), [("done", False), ("not_sent", True)])
def test_a_person_resolves(path, word, again):
    with pytest.raises(UnknownOutcome):
        send(path, error=UnknownOutcome("lost"))
    with open(path, "a", encoding="utf-8") as handle:
        handle.write('{"event": "resolved", "key": "k", "as": "%s"}\n' % word)
    sent = []
    send(path, sent=sent)
    assert bool(sent) is again


def test_batch(path):
    journal = Journal(path, "send")
    send(path, "b")
    with journal.hold() as page:
        free = [key for key in "abc" if page.earlier(key) is None]
        assert free == ["a", "c"]
        page.intend({key: ({}, "one of many") for key in free})
        page.settle({"a": (DONE, {"id": 1}), "c": (REFUSED, {"code": 23})})
    found = journal.look(["a", "b", "c", "d"])
    assert {key: entry.event for key, entry in found.items()} == {"a": DONE, "b": DONE, "c": REFUSED}
    with journal.hold() as page, pytest.raises(UsageError):
        page.intend({"a": ({}, "again")})


def test_looking_makes_nothing(path):
    assert Journal(path, "send").look(["k"]) == {}
    assert not os.path.exists(path)


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
    with pytest.raises(UsageError, match="No such file"):
        send(str(tmp_path / "nowhere" / "sent.jsonl"))


def test_damaged_is_refused_but_torn_is_understood(path):
    send(path, "a")
    with open(path, "ab") as handle:
        handle.write(b'{"event": "int')
    assert send(path, "b")[1] is None
    assert events_of(path) == ["intent", "done", None, "torn", "intent", "done"]
    assert send(path, "a")[1].event == DONE
    lines = open(path, "rb").read().split(b"\n")
    lines[0] = b"scribble"
    with open(path, "wb") as handle:
        handle.write(b"\n".join(lines))
    with pytest.raises(UsageError, match="line 1") as error:
        send(path, "c")
    assert error.value.code == "journal_damaged"


def events_of(path):
    found = []
    for raw in open(path, "rb").read().splitlines():
        try:
            found.append(json.loads(raw)["event"])
        except ValueError:
            found.append(None)
    return found


def test_replaced_while_waiting(path):
    """A lock on a file that is no longer there guards nothing."""
    journal = Journal(path, "send")
    sent = []
    with journal.hold() as page:
        page.intend({"k": ({}, "")})
        page.settle({"k": (DONE, {"id": 1})})
        waiting = threading.Thread(target=lambda: sent.append(send(path)[1]))
        waiting.start()
        time.sleep(0.2)
        text = open(path, encoding="utf-8").read()
        with open(os.open(path + ".new", os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as handle:
            handle.write(text)
        os.replace(path + ".new", path)
    waiting.join(10)
    assert sent[0].event == DONE


def test_busy(path):
    with Journal(path, "send").hold(), pytest.raises(DeadlineError, match="Nothing was sent|another run"), Journal(path, "send").hold(wait=0.1):
        pass


def test_half_characters_in_a_key(path):
    send(path, "k\ud800")
    assert send(path, "k\ud800")[1].event == DONE


_CHILD = """
import sys, os, signal
from ansible_collections.kariz.panels.plugins.module_utils._core import journal as module
path, log, step, key = sys.argv[1:]
def die(*ignored):
    os.kill(os.getpid(), signal.SIGKILL)
def send():
    if step == "before send": die()
    with open(log, "a") as handle: handle.write(key + "\\n")
    if step == "after send": die()
    return {"id": 1}
if step == "before intent":
    module.Page.intend = die
if step == "intent not flushed":
    real = os.write
    def write(descriptor, data):
        real(descriptor, data[:len(data) // 2]); die()
    module.os.write = write
if step == "outcome torn":
    real = os.write
    def write(descriptor, data):
        real(descriptor, data[:20] if b"done" in data else data)
        if b"done" in data: die()
        return len(data)
    module.os.write = write
module.Journal(path, "send").once(key, {}, "x", send)
if step == "after outcome": die()
"""
_STEPS = {"before intent": "free", "intent not flushed": "free", "before send": "unknown", "after send": "unknown", "outcome torn": "unknown",
          "after outcome": "done"}


def crash(path, log, step, key):
    done = subprocess.run([sys.executable, "-c", _CHILD, path, log, step, key], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.mark.parametrize("step", list(_STEPS))
def test_killed_at_each_step(path, tmp_path, step):
    log = str(tmp_path / "log")
    crash(path, log, step, "k")
    sent = []
    before = open(log).read().count("k") if os.path.exists(log) else 0
    try:
        _outcome, entry = send(path, sent=sent)
        state = "free" if entry is None else "done"
    except UnknownOutcome:
        state = "unknown"
    assert state == _STEPS[step]
    assert before + len(sent) <= 1


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(_STEPS)), st.sampled_from("ab")), min_size=2, max_size=4))
def test_no_sequence_of_crashes_sends_twice(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("crashes")
    path, log = str(folder / "sent.jsonl"), str(folder / "log")
    for step, key in steps:
        subprocess.run([sys.executable, "-c", _CHILD, path, log, step, key], capture_output=True, text=True, check=False)
    sent = open(log).read().split() if os.path.exists(log) else []
    assert len(sent) == len(set(sent))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_file_cut_anywhere_never_sends_twice(tmp_path_factory, data):
    """Whatever part of the file survives a crash while its last line is written, a sent key is never free."""
    folder = tmp_path_factory.mktemp("cut")
    path = str(folder / "sent.jsonl")
    for key in "ab":
        send(path, key)
    whole = open(path, "rb").read()
    ends = [place for place, byte in enumerate(whole) if byte == 10]
    cut = data.draw(st.integers(ends[0] + 1, len(whole)))
    os.truncate(path, cut)
    for key, intent, outcome in (("a", ends[0], ends[1]), ("b", ends[2], ends[3])):
        try:
            entry = send(path, key)[1]
            state = "free" if entry is None else "done"
        except UnknownOutcome:
            state = "unknown"
        if cut >= outcome:
            assert state == "done"
        elif cut >= intent:
            assert state == "unknown"


def test_parallel_runs(path, tmp_path):
    log = str(tmp_path / "log")
    runs = [subprocess.Popen([sys.executable, "-c", _CHILD, path, log, "", "k%d" % (number % 3)]) for number in range(12)]
    assert [run.wait(30) for run in runs] == [0] * 12
    assert sorted(open(log).read().split()) == ["k0", "k1", "k2"]
