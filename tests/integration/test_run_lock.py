# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs of the whole business under the lock of an account, over both engines: one at a time, a dead one's lock taken over."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from playing import play, playbook

from ansible_collections.kariz.panels.plugins.module_utils._business import apart, desired
from ansible_collections.kariz.panels.plugins.module_utils._core.http.retries import Deadline
from ansible_collections.kariz.panels.plugins.module_utils._core.journal import Journal

STATE = {"labels": [{"title": "پایه دهم"}, {"title": "دبیران"}],
         "users": [{"username": "sara", "name": "سارا", "surname": "احمدی", "labels": ["دبیران"], "password": "sara-chose-it"}]}
STEP = {"vendor": "alocom", "account": "school", "kind": "labels"}


@pytest.fixture
def business(tmp_path, alocom):
    path = tmp_path / "business.yml"
    path.write_text(json.dumps({"panels": {"alocom": dict(STATE, account="school", connection=alocom.connection)}}, ensure_ascii=False), encoding="utf-8")
    return str(path)


@pytest.fixture
def lock(alocom):
    """The name of the account's lock."""
    account = desired.Account("alocom", "whatever a file says", "", ())
    account.connection = alocom.connection
    return apart.lock_name(account, {})


def held_by(where, lock, lease):
    other = Journal(where, "lock", lease=lease)
    other.lock(lock, Deadline(0), "somebody's apply")
    return other


def is_free(where, lock):
    with Journal(where, "lock") as other:
        other.lock(lock, Deadline(0))
    return True


def test_one_run_at_a_time(tmp_path, alocom, business, where, lock):
    other = held_by(where, lock, 20)
    environment = {"KARIZ_JOURNAL": where}
    with other:
        refused = playbook("provision", tmp_path, {"desired_state": business}, environment=environment).failed()
        result = refused["Keep other runs off these accounts"]
        assert result["error"]["code"] == "locked" and "%s is locked by a run on %s since 20" % (lock, other.node) in result["msg"]
        assert "somebody's apply" in result["msg"] and alocom.journal() == []
        refused = playbook("deprovision", tmp_path, {"desired_state": business, "journal": where}).failed()
        assert refused["Keep other runs off these accounts"]["error"]["code"] == "locked" and alocom.journal() == []
        # What writes nothing waits for nobody.
        playbook("provision", tmp_path, {"desired_state": business}, check=True, environment=environment).ok()

    # Two at the same moment: the second waits, and finds everything done.
    alocom.clear_journal()
    alocom.fault("latency", path="/", seconds=0.1, times=0)
    wanted = {"desired_state": business, "lock_wait": 120}
    with ThreadPoolExecutor(2) as pool:
        runs = [run.result().ok() for run in [pool.submit(playbook, "provision", tmp_path, wanted, environment=environment) for _number in range(2)]]
    assert sorted("changed=0" in run.output for run in runs) == [False, True]
    assert alocom.titles() == ["پایه دهم", "دبیران"] and set(alocom.users()) == {"sara"}
    assert alocom.writes() == ["labels.create", "labels.create", "users.create", "users.password"] and is_free(where, lock)
    # The database's password is in no output.
    assert not any("canary" in run.output for run in runs)


def test_a_dead_run_and_one_that_was_taken_for_dead(tmp_path, alocom, business, where, lock):
    dead = held_by(where, lock, 3)
    dead.leave()
    environment = {"KARIZ_JOURNAL": where}
    playbook("provision", tmp_path, {"desired_state": business, "lock_wait": 60}, environment=environment).ok()
    assert alocom.titles() == ["پایه دهم", "دبیران"] and is_free(where, lock)

    # The run that was slow comes back and finds its lock with somebody else: its next step asks the vendor nothing.
    alocom.clear_journal()
    with held_by(where, lock, 20):
        step = {"kariz.panels.desired_state": {"path": business, "step": STEP, "run": dead.run, "journal": where}}
        result = play([dict(step, name="Step")], tmp_path).failed()["Step"]
        assert result["error"]["code"] == "lock_lost" and result["outcome"] == "failed" and alocom.journal() == []
        assert result["told"].startswith("alocom/school: labels: failed: ")


def test_without_a_journal(tmp_path, alocom, business):
    refused = playbook("provision", tmp_path, {"desired_state": business, "lock_wait": 5}).failed()
    assert "KARIZ_JOURNAL" in refused["Keep other runs off these accounts"]["msg"] and alocom.journal() == []
    broken = playbook("provision", tmp_path, {"desired_state": business, "journal": str(tmp_path / "nowhere/x.db")}).failed()
    assert "nowhere does not exist" in broken["Keep other runs off these accounts"]["msg"] and alocom.journal() == []
