# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs killed at every step of a send, and many runs at once, over both engines: nobody gets a text twice.

The jobs run in forks of this process: a play a kill would take minutes.
"""

from __future__ import annotations

import collections
import os
import random
import signal
import time

import pytest
from jobs import carry_out

from ansible_collections.kariz.panels.plugins.module_utils._core.http.transport import Effect, Transport
from ansible_collections.kariz.panels.plugins.module_utils._core.journal import engine, journal

#: For each engine.
POINTS = 100
STEPS = ("before reserve", "after reserve", "before request", "after request", "before settle", "after settle", "some time")


@pytest.fixture(autouse=True)
def short_lease(monkeypatch):
    monkeypatch.setattr(journal, "LEASE", 0.5)


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(step, owner, name, only=lambda *_more: True):
    """Let this process die before or after a function is called."""
    real = getattr(owner, name)

    def call(*positional, **named):
        if step.startswith("before") and only(*positional):
            die()
        told = real(*positional, **named)
        if step.startswith("after") and only(*positional):
            die()
        return told
    setattr(owner, name, call)


def forked(work, step=None, seconds=None):
    """Run a job in a fork which dies at a step, or after so many seconds; return its process id."""
    child = os.fork()
    if child:
        return child
    try:
        if step == "some time":
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.signal(signal.SIGALRM, lambda *_more: die())
            signal.setitimer(signal.ITIMER_REAL, seconds)
        elif step is not None:
            word = step.split()[1]
            if word == "request":
                deadly(step, Transport, "send", lambda *more: more[4] == Effect.CHARGE)
            else:
                deadly(step, engine.Engine, word)
        work()
    finally:
        os._exit(0)


def ended(child):
    return os.waitpid(child, 0)[1]


def arranged(vendor, payamsms, smspanel, where, point):
    """Return ``(run, keys, sent)``: a job with three messages, their keys, and the keys that the vendor has taken."""
    keys = ["%s-%d-%d" % (vendor, point, number) for number in range(3)]
    limits = {"api_timeout": 5, "api_deadline": 20, "api_retries": 1, "journal": where}
    if vendor == "payamsms":
        items = [{"customer_id": key, "recipient": "0912000000%d" % number, "body": key} for number, key in enumerate(keys)]
        return (lambda: carry_out("payamsms_message", dict(payamsms.connection, sender="982000123", messages=items, **limits))), keys, payamsms.sent
    items = [{"message_id": key, "recipients": ["0912000000%d" % number], "text": key} for number, key in enumerate(keys)]
    return (lambda: carry_out("smspanel_message", dict(smspanel.connection, kind="multiple", sender="30001234", batch_size=2, messages=items, **limits)),
            keys, smspanel.sent)


def test_killed_at_every_step(payamsms, smspanel, where):
    """After any crash the next run sends what was not sent, and of what may have been it asks the vendor or says that nobody knows."""
    chance = random.Random(POINTS)
    deaths, unknown = collections.Counter(), 0
    for point in range(POINTS):
        step = STEPS[point % len(STEPS)]
        run, keys, sent = arranged("payamsms" if point // len(STEPS) % 2 else "smspanel", payamsms, smspanel, where, point)
        first = forked(run, step, chance.uniform(0.005, 0.12))
        # Now and then another run is on its way at the same moment.
        second = forked(run) if point % 3 == 0 else None
        if os.WIFSIGNALED(ended(first)):
            deaths[step] += 1
        if second is not None:
            ended(second)
        told = run()
        counts = collections.Counter(sent())
        assert all(counts[key] <= 1 for key in keys), (step, counts)
        for row in told["messages"]:
            key = row.get("customer_id") or row["message_id"]
            if row["action"] == "failed":
                assert row["error"]["code"] == "outcome_unknown", row
                unknown += 1
            else:
                assert counts[key] == 1, (step, row)
        if step in ("before reserve",):
            assert all(row["action"] != "failed" for row in told["messages"])
    assert all(deaths[step] for step in STEPS) and unknown


def test_eight_runs_with_the_same_texts(payamsms, smspanel, where):
    """Eight runs at once: each text goes out once, and every run ends well, knowing that all are sent."""
    payamsms.fault("latency", path="/webservice/send", seconds=0.05, times=0)
    items = [{"customer_id": "k%d" % number, "recipient": "0912%07d" % number, "body": "متن"} for number in range(1000)]
    options = dict(payamsms.connection, sender="982000123", messages=items, journal=where, api_deadline=120)

    def work():
        told = carry_out("payamsms_message", options)
        if told["failed"] or told["summary"]["created"] + told["summary"]["unchanged"] != 1000:
            os._exit(3)
    children = [forked(lambda: signal.alarm(200) or work()) for _number in range(8)]
    assert [os.waitstatus_to_exitcode(ended(child)) for child in children] == [0] * 8
    assert sorted(payamsms.sent()) == sorted(item["customer_id"] for item in items)


def test_other_keys_are_not_waited_for(payamsms, where):
    payamsms.fault("latency", path="/webservice/send", seconds=3, times=1)
    one, other = ({"customer_id": key, "sender": "982000123", "recipient": "09121234567", "body": key} for key in ("slow", "quick"))
    child = forked(lambda: carry_out("payamsms_message", dict(payamsms.connection, journal=where, **one)))
    while not any("/send" in entry["path"] for entry in payamsms.journal()):
        time.sleep(0.02)
    assert carry_out("payamsms_message", dict(payamsms.connection, journal=where, **other))["changed"] is True
    # The other run is still at it: only now does it hear its answer.
    assert os.waitpid(child, os.WNOHANG) == (0, 0)
    assert carry_out("payamsms_message", dict(payamsms.connection, journal=where, **one))["changed"] is False
    ended(child)
    assert sorted(payamsms.sent()) == ["quick", "slow"]
