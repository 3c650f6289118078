# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever is lost on the way, nobody gets a text twice: random faults at every request, runs killed between sending and writing it down.

The runner is driven in this process, against the simulator over the network, because hundreds of plays would take an hour; a sample of real plays
is at the end.
"""

from __future__ import annotations

import collections
import os
import random
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import playing
import prepared
import pytest
from jobs import carry_out as job

from ansible_collections.kariz.panels.plugins.module_utils._core.http import transport
from ansible_collections.kariz.panels.plugins.module_utils._core.options import check
from ansible_collections.kariz.panels.plugins.module_utils._core.state import lost as looking
from ansible_collections.kariz.panels.plugins.module_utils._core.state.results import Failed
from ansible_collections.kariz.panels.plugins.module_utils._core.task.host import Host
from ansible_collections.kariz.panels.plugins.module_utils._payamsms import message as payamsms_message
from ansible_collections.kariz.panels.plugins.module_utils._smspanel import message as smspanel_message

PLANS = 120
OWN = "982000123"
LINE = "30001234"
#: Before the work: nothing happened. After it: it happened and the answer is lost, cut, or nonsense.
BEFORE = [{"kind": "reset_before"}, {"kind": "status", "status": 503}, {"kind": "status", "status": 429}, {"kind": "html"}, {"kind": "empty"}]
AFTER = [{"kind": "reset_after"}, {"kind": "status_after", "status": 500}, {"kind": "status_after", "status": 502}, {"kind": "truncate"},
         {"kind": "truncate_json"}, {"kind": "html", "commit": True}, {"kind": "empty", "commit": True}, {"kind": "wrong_type", "commit": True},
         {"kind": "black_hole_after"}]


def carry_out(job, **params):
    """Run a job as a task would and return ``(result, failed)``."""
    checked = check.options_of(job, dict({"api_timeout": 0.25, "api_deadline": 5, "api_retries": 2}, **params))
    assert not checked.problems
    try:
        return job.run(Host(checked.values, environ={})), False
    except Failed as failure:
        return failure.result, True


def faults(chance, vendor, paths):
    """Return a handful of faults, each at a random request to a random path; at least one send loses its answer after the work was done."""
    send = paths[0]
    made = [dict(chance.choice(AFTER), path=send, times=1, skip=chance.randrange(3))]
    for _number in range(chance.randrange(1, 5)):
        made.append(dict(chance.choice(BEFORE + AFTER), path=chance.choice(paths), times=1, skip=chance.randrange(4)))
    return [dict(fault, vendor=vendor) for fault in made]


@pytest.fixture
def hurried(monkeypatch):
    """The waits between looks and repeats are for a vendor's sake, not for the simulator's."""
    monkeypatch.setattr(looking, "_FINISHED", (0, 0.01))
    monkeypatch.setattr(looking, "_AT_WORK", (0, 0.01))
    monkeypatch.setattr(transport, "backoff", lambda attempt: 0.005)
    monkeypatch.setattr(payamsms_message, "MOST", 3)


def test_random_faults_payamsms(payamsms, hurried, tmp_path):
    """Four messages in two calls and one that is scheduled; the first two runs meet faults, the third none. With and without a journal."""
    lost = collections.Counter()
    for plan in range(PLANS):
        chance = random.Random(plan)
        payamsms.reset(scheduled_in_status=bool(plan % 2), answer_order=chance.choice(["kept", "reversed"]))
        items = [{"customer_id": "p%d-%d" % (plan, number), "recipient": "0912000000%d" % number, "body": "متن %d" % number} for number in range(4)]
        items.append({"customer_id": "p%d-later" % plan, "recipient": "09120000009", "body": "بعد", "send_date": "2199-01-01 10:00"})
        more = {"journal": str(tmp_path / ("%d.jsonl" % plan))} if plan % 3 == 0 else {}
        for run in range(3):
            payamsms.sim.clear_faults()
            if run == 2 and more:
                # With a journal nothing that may have been accepted is repeated by itself: a person says what did not arrive.
                for entry in job("journal_info", dict(more, state="unknown"))["entries"]:
                    if entry["key"] not in payamsms.sent():
                        job("journal_entry", dict(more, key=entry["key"], state="not_sent"))
            if run < 2:
                payamsms.sim.faults(faults(chance, "payamsms", ["/panel/webservice/send", "/report/webservice/status", "scheduledList", "/auth/oauth/token"]))
            result, failed = carry_out(payamsms_message.MESSAGE, **payamsms.connection, sender=OWN, messages=items, **more)
            lost[run, failed] += 1
            counts = collections.Counter(payamsms.sent())
            assert all(count == 1 for count in counts.values()), (plan, run, counts)
        assert not failed and len(counts) == 5, (plan, result)
    assert lost[0, True] and lost[0, False] and lost[2, False] == PLANS


def test_random_faults_smspanel(smspanel, hurried, tmp_path):
    """With a journal: at most once, and what nobody knows is told in every later run until a person has spoken."""
    unknown = 0
    for plan in range(PLANS):
        chance = random.Random(plan)
        smspanel.reset()
        path = str(tmp_path / ("%d.jsonl" % plan))
        sending = dict(smspanel.connection, kind="multiple", sender=LINE, batch_size=2, journal=path)
        messages = [{"message_id": "m%d" % number, "recipients": ["0912000000%d" % number], "text": "متن %d" % number} for number in range(4)]
        for run in range(3):
            smspanel.sim.clear_faults()
            if run < 2:
                smspanel.sim.faults(faults(chance, "smspanel", ["/sms/multiple-send"]))
            result, failed = carry_out(smspanel_message.MESSAGE, messages=messages, **sending)
            counts = collections.Counter(smspanel.sent())
            assert all(count == 1 for count in counts.values()), (plan, run, counts)
        left = {row["message_id"] for row in result["messages"] if row["action"] == "failed"}
        assert all(row["error"]["code"] == "outcome_unknown" for row in result["messages"] if row["action"] == "failed")
        assert {"متن %s" % row["message_id"][1:] for row in result["messages"] if row["action"] != "failed"} <= set(counts)
        assert failed is bool(left)
        unknown += len(left)
        for number in left:
            settled = job("journal_entry", {"journal": path, "key": number, "state": "done" if "متن %s" % number[1:] in counts else "not_sent"})
            assert settled["changed"], settled
        result, failed = carry_out(smspanel_message.MESSAGE, messages=messages, **sending)
        assert not failed and collections.Counter(smspanel.sent()) == {message["text"]: 1 for message in messages}
    assert unknown


def test_parallel_runs_with_one_journal(payamsms, tmp_path):
    """Two runs at the same moment: the lock makes one wait until the other has written down what it sent."""
    payamsms.fault("latency", path="/report/webservice/status", seconds=0.2, times=0)
    items = [{"customer_id": "p%d" % number, "recipient": "09120000001", "body": "متن"} for number in range(3)]
    with ThreadPoolExecutor(4) as pool:
        runs = [pool.submit(carry_out, payamsms_message.MESSAGE, **payamsms.connection, sender=OWN, messages=items, journal=str(tmp_path / "j"), api_timeout=9,
                            api_deadline=30) for _number in range(4)]
    assert sorted(run.result()[0]["changed"] for run in runs) == [False, False, False, True]
    assert sorted(payamsms.sent()) == ["p0", "p1", "p2"]


@pytest.fixture
def killed(monkeypatch, sim):
    """Let the next play be killed, with all its processes, as soon as the vendor has taken a request to this path."""

    def arrange(vendor, path):
        monkeypatch.setattr(prepared, "FRESH", True)  # a process of its own, to be killed with all that it started

        def run(command, env, cwd, **_more):
            process = subprocess.Popen(command, env=env, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
            end = time.monotonic() + 60
            while not any(entry["path"].endswith(path) for entry in sim.journal(vendor)):
                assert time.monotonic() < end and process.poll() is None
                time.sleep(0.05)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            monkeypatch.undo()
            return subprocess.CompletedProcess(command, -9, "", "")
        monkeypatch.setattr(playing.subprocess, "run", run)
    return arrange


def test_killed_between_send_and_journal(smspanel, texts, door, killed, tmp_path):
    task = {"name": "send", "kariz.panels.smspanel_message": {
        "sender": LINE, "recipients": ["09121234567"], "text": "یک بار", "journal": str(tmp_path / "sent.jsonl"), "message_id": "once"}, "ignore_errors": True}
    smspanel.fault("black_hole_after", path="/sms/send")
    killed("smspanel", "/sms/send")
    texts([task], door)
    assert smspanel.sent() == ["یک بار"]
    smspanel.sim.clear_faults()
    for _time in range(2):
        again = texts([task], door).ok()["send"]
        assert again["error"]["code"] == "outcome_unknown" and "journal_entry" in again["msg"] and "sent.jsonl" in again["msg"]
    assert smspanel.sent() == ["یک بار"]
    settle = {"name": "settle", "kariz.panels.journal_entry": {"journal": str(tmp_path / "sent.jsonl"), "key": "once", "state": "done"}}
    settled = texts([settle, task], door).ok()
    assert settled["settle"]["changed"] and settled["send"]["changed"] is False and smspanel.sent() == ["یک بار"]


def test_killed_while_payamsms_sends(payamsms, texts, door, killed):
    task = {"name": "send", "kariz.panels.payamsms_message": {"customer_id": "once", "sender": OWN, "recipient": "09121234567", "body": "یک بار"}}
    payamsms.fault("black_hole_after", path="/sendMultipleWithSrcBody")
    killed("payamsms", "/sendMultipleWithSrcBody")
    texts([task], door)
    payamsms.sim.clear_faults()
    assert texts([task], door).ok()["send"]["changed"] is False and payamsms.sent() == ["once"]


@pytest.mark.parametrize("fault", [AFTER[0], AFTER[1], AFTER[5]], ids=lambda fault: fault["kind"])
def test_a_lost_answer_in_a_real_play(payamsms, smspanel, texts, door, fault, tmp_path):
    tasks = [
        {"name": "payamsms", "kariz.panels.payamsms_message": {"customer_id": "a", "sender": OWN, "recipient": "09121234567", "body": "متن"}},
        {"name": "smspanel", "ignore_errors": True, "kariz.panels.smspanel_message": {
            "sender": LINE, "recipients": ["09121234567"], "text": "متن", "journal": str(tmp_path / "j"), "message_id": "a"}},
    ]
    payamsms.fault(path="webservice/send", **fault)
    smspanel.fault(path="/sms/send", **fault)
    first = texts(tasks, door).ok()
    assert first["payamsms"]["changed"] is True and first["payamsms"]["message"]["id"]
    assert first["smspanel"]["error"]["code"] == "outcome_unknown"
    second = texts(tasks, door).ok()
    assert second["payamsms"]["changed"] is False and second["smspanel"]["error"]["code"] == "outcome_unknown"
    assert payamsms.sent() == ["a"] and smspanel.sent() == ["متن"]
