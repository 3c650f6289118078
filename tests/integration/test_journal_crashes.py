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

#: For each engine: each step at both vendors, with and without another run beside it, three times over; so many are looked after together.
POINTS, BATCH = 84, 28
LEASE = 0.5
STEPS = ("before reserve", "after reserve", "before request", "after request", "before settle", "after settle", "some time")


@pytest.fixture(autouse=True)
def short_lease(monkeypatch):
    monkeypatch.setattr(journal, "LEASE", LEASE)


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
    """Return ``(run, keys)``: a job with three messages, and their keys."""
    keys = ["%s-%d-%d" % (vendor, point, number) for number in range(3)]
    limits = {"api_timeout": 5, "api_deadline": 20, "api_retries": 1, "journal": where}
    if vendor == "payamsms":
        items = [{"customer_id": key, "recipient": "0912000001%d" % number, "body": key} for number, key in enumerate(keys)]
        return (lambda: carry_out("payamsms_message", dict(payamsms.connection, sender="982000123", messages=items, **limits))), keys
    items = [{"message_id": key, "recipients": ["0912000001%d" % number], "text": key} for number, key in enumerate(keys)]
    return (lambda: carry_out("smspanel_message", dict(smspanel.connection, kind="multiple", sender="30001234", batch_size=2, messages=items, **limits)),
            keys)


def test_killed_at_every_step(payamsms, smspanel, where):
    """After any crash the next run sends what was not sent, and of what may have been it asks the vendor or says that nobody knows."""
    chance = random.Random(POINTS)
    deaths, unknown, sent = collections.Counter(), 0, {"payamsms": payamsms.sent, "smspanel": smspanel.sent}
    for start in range(0, POINTS, BATCH):
        # The dead of a batch are given time together to be taken for dead.
        batch = []
        for point in range(start, min(start + BATCH, POINTS)):
            step = STEPS[point % len(STEPS)]
            vendor = "payamsms" if point // len(STEPS) % 2 else "smspanel"
            run, keys = arranged(vendor, payamsms, smspanel, where, point)
            first = forked(run, step, chance.uniform(0.005, 0.12))
            # In one round of three another run is on its way at the same moment: beside each step, at both vendors.
            second = forked(run) if point // (2 * len(STEPS)) % 3 == 0 else None
            batch.append((step, vendor, run, keys, first, second))
            deaths[step] += os.WIFSIGNALED(ended(first))
        for _step, _vendor, _run, _keys, _first, second in batch:
            if second is not None:
                ended(second)
        time.sleep(LEASE)
        told = [run() for _step, _vendor, run, _keys, _first, _second in batch]
        counts = {vendor: collections.Counter(read()) for vendor, read in sent.items()}
        for (step, vendor, _run, keys, _first, _second), result in zip(batch, told, strict=True):
            assert all(counts[vendor][key] <= 1 for key in keys), (step, counts)
            assert len(result["messages"]) == len(keys)
            for row in result["messages"]:
                key = row.get("customer_id") or row["message_id"]
                if row["action"] == "failed":
                    assert row["error"]["code"] == "outcome_unknown", row
                    assert step not in ("before reserve", "after settle"), row
                    unknown += 1
                else:
                    # Nobody is lost: what a run calls sent was sent.
                    assert counts[vendor][key] == 1, (step, row)
    assert all(deaths[step] for step in STEPS) and sum(deaths.values()) > POINTS * 0.8 and unknown
    # Each of those entries waits for a person, and no others do.
    assert len(carry_out("journal_info", {"journal": where, "state": "unknown"})["entries"]) == unknown


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
