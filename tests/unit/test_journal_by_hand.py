# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people read of a journal and settle in it, over both engines, and how the journal of earlier versions comes into either."""

from __future__ import annotations

import datetime
import json
import os
import stat

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.journal import DONE, REFUSED, RESERVED, UNKNOWN, Journal, by_hand, lines
from ansible_collections.kariz.panels.plugins.module_utils._core.journal.by_hand import JOURNAL_ENTRY, JOURNAL_INFO, moment
from ansible_collections.kariz.panels.plugins.module_utils._core.options.check import options_of
from ansible_collections.kariz.panels.plugins.module_utils._core.state.results import Failed
from ansible_collections.kariz.panels.plugins.module_utils._core.task.host import Host


def carry_out(job, params, check=False, environ=None):
    checked = options_of(job, params)
    assert not checked.problems, [problem.sentence() for problem in checked.problems]
    warnings: list = []
    host = Host(checked.values, check_mode=check, warn=warnings.append, environ=environ or {})
    try:
        return dict(job.run(host), warnings=warnings)
    except Failed as failed:
        assert failed.result["changed"] is False
        return failed.result


@pytest.fixture
def info(where):
    return lambda **params: carry_out(JOURNAL_INFO, {"journal": where, **params})["entries"]


@pytest.fixture
def entry(where):
    return lambda check=False, **params: carry_out(JOURNAL_ENTRY, {"journal": where, **params}, check=check)


@pytest.fixture
def filled(where):
    """Entries of two operations: done, refused, unknown, and one that a living run has reserved."""
    with Journal(where, "message", "sms", lease=30) as living, Journal(where, "message", "sms") as mine, Journal(where, "invoice", "pod") as other:
        living.reserve({"living": ({}, "to 1")})
        mine.reserve({"lost": ({}, "to 2"), "sent": ({}, "to 3"), "no": ({}, "to 4")})
        mine.settle({"sent": (DONE, {"id": 8}), "no": (REFUSED, {"code": 22})})
        other.reserve({"lost": ({}, "100 rial")})
        for ended in (mine, other):
            ended.close()
        yield where


def test_journal_info(filled, info):
    assert (JOURNAL_INFO.module_name(), JOURNAL_ENTRY.module_name()) == ("journal_info", "journal_entry")
    found = info()
    assert [(one["operation"], one["key"], one["state"]) for one in found] == [
        ("message", "living", RESERVED), ("message", "lost", UNKNOWN), ("message", "no", REFUSED), ("message", "sent", DONE), ("invoice", "lost", UNKNOWN)]
    sent = found[3]
    assert (sent["provider"], sent["id"], sent["outcome"], sent["code"], sent["summary"], sent["settled_by"]) == ("sms", 8, {"id": 8}, None, "to 3", None)
    assert found[2]["code"] == "22" and found[1]["settled_at"] is None and sent["reserved_at"] <= sent["settled_at"] and sent["run"] and sent["node"]
    for state, keys in ((UNKNOWN, ["lost", "lost"]), (DONE, ["sent"]), (REFUSED, ["no"]), (RESERVED, ["living"])):
        assert [one["key"] for one in info(state=state)] == keys
    assert [one["operation"] for one in info(keys=["lost"])] == ["message", "invoice"] and info(keys=[]) == []
    assert [one["summary"] for one in info(keys=["lost", "sent"], operation="invoice")] == ["100 rial"]
    assert len(info(since="2026-01-01")) == 5 and info(since="2199-01-01T00:00:00+03:30") == []
    assert info(query="[?state=='unknown'].summary") == ["to 2", "100 rial"]


def test_where_there_is_no_journal(where, tmp_path):
    assert carry_out(JOURNAL_INFO, {"journal": where})["entries"] == [] and os.listdir(tmp_path) == []
    told = carry_out(JOURNAL_INFO, {})
    assert "journal is required (or KARIZ_JOURNAL in the environment)" in told["msg"]
    assert carry_out(JOURNAL_INFO, {}, environ={"KARIZ_JOURNAL": where})["entries"] == []
    nothing = carry_out(JOURNAL_ENTRY, {"journal": where, "state": "forgotten", "older_than": 0})
    assert (nothing["changed"], nothing["forgotten"], nothing["diff"]["before"], nothing["diff"]["after"]) == (False, 0, {}, {})
    assert carry_out(JOURNAL_INFO, {"journal": str(tmp_path / "nowhere/x.db")})["error"]["code"] == "journal"


def test_settled_by_hand(filled, info, entry):
    foretold = entry(check=True, key="lost", operation="message", state="done", comment="seen")
    assert foretold["changed"] and foretold["entry"]["state"] == DONE and foretold["entry"]["comment"] == "seen" and foretold["entry"]["code"] is None
    assert [one["state"] for one in info(keys=["lost"])] == [UNKNOWN, UNKNOWN]
    told = entry(key="lost", operation="message", state="done", comment="seen")
    assert told["changed"] and told["entry"]["settled_by"] is not None and told["entry"]["settled_by"] == foretold["entry"]["settled_by"]
    assert (told["entry"]["state"], told["entry"]["comment"]) == (DONE, "seen")
    assert told["diff"]["before"] == {"key": "lost", "operation": "message", "state": UNKNOWN, "comment": None} and told["diff"]["after"]["state"] == DONE
    again = entry(key="lost", operation="message", state="done", comment="something else")
    assert not again["changed"] and again["diff"]["before"] == again["diff"]["after"] and again["entry"]["comment"] == "seen"
    # Now the other one, whose operation need not be named any more once the first is gone; what did not happen may be tried again.
    assert entry(key="lost", state="not_sent")["error"]["code"] == "ambiguous"
    told = entry(key="lost", operation="invoice", state="not_sent")
    assert (told["entry"]["state"], told["entry"]["code"]) == (REFUSED, "not_sent")
    assert not entry(key="no", state="not_sent")["changed"]
    # A refusal of which somebody knows better.
    assert entry(key="no", state="done")["entry"]["state"] == DONE


def test_what_is_not_settled_by_hand(filled, entry):
    for params, code, words in (({"key": "living", "state": "done"}, "journal_running", "is at it now"),
                                ({"key": "nobody", "state": "done"}, "not_found", "nobody"),
                                ({"key": "sent", "state": "not_sent"}, "journal_settled", "id 8"),
                                ({"key": "nobody", "operation": "invoice", "state": "done"}, "not_found", "nobody of invoice")):
        told = entry(**params)
        assert told["error"]["code"] == code and words in told["msg"], told
    assert "forgotten" in entry(older_than=3, state="done")["msg"] and "0 or more" in entry(older_than=-1, state="forgotten")["msg"]
    assert "go together" in entry(key="x", state="taken_over")["msg"] and "go together" in entry(old_path="/x", state="done")["msg"]


def test_a_person_without_a_name(filled, entry, monkeypatch):
    """As in a container whose user nobody entered."""
    monkeypatch.setattr(by_hand.getpass, "getuser", lambda: (none for none in ()).throw(KeyError("uid not found")))
    assert entry(key="no", state="done")["entry"]["settled_by"] == "unknown user"


def test_options_that_are_missing():
    def told(job, **params):
        return " ".join(problem.sentence() for problem in options_of(job, params).problems)
    assert "state" in told(JOURNAL_ENTRY, key="k") and "older_than" in told(JOURNAL_ENTRY, state="done")
    assert "mutually exclusive" in told(JOURNAL_ENTRY, state="forgotten", key="k", old_path="x") and told(JOURNAL_INFO) == ""


def test_somebody_else_was_faster(filled, entry, monkeypatch):
    monkeypatch.setattr(Journal, "settle_by_hand", lambda *_more: False)
    assert entry(key="lost", operation="message", state="done")["error"]["code"] == "journal_settled"


def test_forgotten(filled, info, entry):
    """By key or by age; never what nobody knows, nor what a run is at."""
    for key in ("lost", "living"):
        assert entry(key=key, state="forgotten")["error"]["code"] == "journal_unknown"
    assert entry(key="nobody", state="forgotten")["changed"] is False
    assert entry(older_than=1, state="forgotten")["forgotten"] == 0
    foretold = entry(check=True, older_than=0, state="forgotten")
    assert (foretold["changed"], foretold["forgotten"], foretold["diff"]["before"]) == (True, 2, {"forgotten": 2}) and len(info()) == 5
    assert entry(older_than=0, operation="invoice", state="forgotten")["forgotten"] == 0
    told = entry(key="sent", state="forgotten")
    assert (told["changed"], told["forgotten"]) == (True, 1) and info(keys=["sent"]) == []
    assert entry(older_than=0, state="forgotten")["forgotten"] == 1
    assert sorted(one["state"] for one in info()) == [RESERVED, UNKNOWN, UNKNOWN]


@pytest.mark.parametrize(("text", "wanted"), [
    ("2026-03-01", "2026-03-01T00:00:00+00:00"), ("2026-03-01T08:30", "2026-03-01T08:30:00+00:00"), (" 2026-03-01 08:30:15.25Z ", "2026-03-01T08:30:15+00:00"),
    ("1404/12/10", "2026-03-01T00:00:00+00:00"), ("۱۴۰۴/۱۲/۱۰", "2026-03-01T00:00:00+00:00"), ("1404-12-10T08:30Z", "2026-03-01T08:30:00+00:00"),
    ("2026-03-01T08:30:00+0330", "2026-03-01T08:30:00+03:30"), ("2026-03-01T08:30:00-03:30", "2026-03-01T08:30:00-03:30")])
def test_moments(text, wanted):
    assert moment(text) == datetime.datetime.fromisoformat(wanted) and moment(text).tzinfo is not None


@pytest.mark.parametrize("text", ["", "1404/13/1", "1404/12/30", "2026-02-29", "2026-13-01", "yesterday", "2026-03-01T99:00"])
def test_no_moments(text):
    with pytest.raises(UsageError, match="since must be a day"):
        moment(text)


# -- the journal of earlier versions -----------------------------------------------------------------------------------

OLD = [
    {"time": "2026-03-01T08:30:00Z", "event": "intent", "key": "sent", "operation": "smspanel_message", "digest": "sha256:1", "summary": "to 0912***4567"},
    {"time": "2026-03-01T08:30:01Z", "event": "done", "key": "sent", "outcome": {"id": 81}},
    {"time": "2026-03-01T08:31:00Z", "event": "intent", "key": "lost", "operation": "payamsms_message"},
    {"time": "2026-03-01T08:34:00Z", "event": "intent", "key": "bought", "operation": "invoice", "digest": "sha256:2"},
]


def old(path, rows=OLD):  # pylint: disable=dangerous-default-value
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), encoding="utf-8")
    path.chmod(0o600)
    return str(path)


def test_the_old_form_comes_into_either_engine_once(where, info, entry, tmp_path):
    path = old(tmp_path / "sent.jsonl")
    with Journal(where, "message", "sms") as mine:
        mine.reserve({"lost": ({}, "known better here")})
        mine.settle({"lost": (DONE, {"id": 5})})
    foretold = entry(check=True, state="taken_over", old_path=path)
    assert (foretold["changed"], foretold["taken_over"], foretold["warnings"]) == (True, 3, []) and len(info()) == 1 and os.path.exists(path)
    told = entry(state="taken_over", old_path=path)
    assert (told["changed"], told["taken_over"]) == (True, 3) and told["diff"]["after"] == {"taken_over": 3} and path + ".old" in told["warnings"][0]
    found = {(one["operation"], one["key"]): one for one in info()}
    assert {place: one["state"] for place, one in found.items()} == {("message", "sent"): DONE, ("message", "lost"): DONE, ("invoice", "bought"): UNKNOWN}
    sent = found["message", "sent"]
    assert (sent["provider"], sent["id"], sent["summary"]) == ("smspanel", 81, "to 0912***4567")
    assert (sent["reserved_at"][:19], sent["settled_at"][:19]) == ("2026-03-01T08:30:00", "2026-03-01T08:30:01")
    assert found["message", "lost"]["id"] == 5 and found["invoice", "bought"]["reserved_at"][:16] == "2026-03-01T08:34"
    # What was sent stays sent, and the file is read once.
    with Journal(where, "message") as mine:
        assert mine.reserve({"sent": ({}, "s")})[0] == set()
    assert not os.path.exists(path) and stat.S_IMODE(os.stat(path + ".old").st_mode) == 0o600
    assert open(path + ".old", encoding="utf-8").read().splitlines() == [json.dumps(row) for row in OLD]
    again = entry(state="taken_over", old_path=path)
    assert (again["changed"], again["taken_over"], again["warnings"], again["diff"]["after"]) == (False, 0, [], {})


def test_an_old_form_that_is_refused(where, info, entry, tmp_path):
    path = old(tmp_path / "sent.jsonl", [OLD[0], "scribble", OLD[1]])
    told = entry(state="taken_over", old_path=path)
    assert told["error"]["code"] == "journal_damaged" and "line 2 is not an entry" in told["msg"] and "\n" not in told["msg"]
    other = tmp_path / "notes"
    other.write_text("no journal")
    told = entry(state="taken_over", old_path=str(other))
    assert "is no journal of an earlier version" in told["msg"] and other.read_text() == "no journal"
    told = entry(state="taken_over", old_path=str(tmp_path))
    assert "cannot be taken over: Is a directory" in told["msg"]
    assert info() == [] and os.path.exists(path) and not os.path.exists(path + ".old")


def test_another_run_took_it_over_in_the_meantime(tmp_path, monkeypatch):
    path = old(tmp_path / "sent.jsonl")
    # Under this name there is another file by now.
    monkeypatch.setattr(lines.os, "lstat", lambda name: os.stat(tmp_path))
    assert lines.moved(path, lambda: 5, lambda entries: pytest.fail("taken over twice")) is None and os.path.exists(path)


def parsed(*rows):
    text = b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows)
    return {entry.key: entry for entry in lines.parsed("p", text)}


def test_lines_of_the_old_form():
    intent = {"time": "1", "event": "intent", "key": "k", "operation": "x_message", "summary": "s", "digest": "d"}
    entry = parsed(intent, {"time": "2", "event": "refused", "key": "k", "outcome": {"code": 22}})["k"]
    assert (entry.state, entry.operation, entry.provider, entry.code, entry.reserved_at, entry.settled_at, entry.summary) == (
        REFUSED, "message", "x", "22", "1", "2", "s")
    entry = parsed(intent, {"event": "resolved", "key": "k", "as": "not_sent"})["k"]
    assert (entry.state, entry.code, entry.reserved_at) == (REFUSED, "not_sent", "1")
    entry = parsed(intent, {"event": "resolved", "key": "k", "as": "done"}, dict(intent, time="9"))["k"]
    assert (entry.state, entry.code, entry.settled_at) == (DONE, None, None)
    entry = parsed(intent, {"event": "refused", "key": "k"}, dict(intent, time="9", operation="y_message"))["k"]
    assert (entry.state, entry.provider, entry.reserved_at, entry.settled_at, entry.outcome) == (UNKNOWN, "y", "9", None, {})
    entry = parsed({"event": "intent", "key": "i", "operation": "invoice", "digest": "d"}, {"event": "done", "key": "i", "outcome": "none"})["i"]
    assert (entry.operation, entry.provider, entry.digest, entry.outcome, entry.state) == ("invoice", None, "d", {}, DONE)
    assert parsed({"event": "done", "key": "n"})["n"].operation == "message" and parsed() == {} and parsed(b"", b"  ") == {}


@pytest.mark.parametrize("row", [b"[]", b"1", b'{"event": "other", "key": "k"}', b'{"event": "done"}', b'{"event": "done", "key": 3}', b"\xff",
                                 b'{"event": "resolved", "key": "k", "as": "lost"}'])
def test_what_is_no_line_of_the_old_form(row):
    good = json.dumps(OLD[0]).encode()
    with pytest.raises(UsageError, match="line 2 is not an entry") as error:
        lines.parsed("p", good + b"\n" + row + b"\n" + good + b"\n")
    assert error.value.code == "journal_damaged"
    with pytest.raises(UsageError, match="line 1"):
        lines.parsed("p", row + b"\n" + row)
    with pytest.raises(UsageError, match="line 2"):
        lines.parsed("p", good + b"\n" + row + b"\n")
    # Cut short by a crash: nothing was sent yet, or the intent stands above it. A later version of that time noted so.
    assert len(lines.parsed("p", good + b"\n" + row)) == 1
    assert len(lines.parsed("p", row + b'\n{"event": "torn"}\n' + good)) == 1
