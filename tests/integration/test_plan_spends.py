# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs that spend: noted in the journal that the play names, stopped twice and gone on with, and never twice, over both engines."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

from jobs import carry_out
from playing import playbook, run_command

TEXTS = [{"customer_id": "spend-%d" % number, "recipient": "0912555011%d" % number, "body": "سلام %d" % number} for number in range(4)]
BUYERS = ("narges.yazdani", "02188001234", "ali.mohammadi", "maryam.hosseini")


def panels(alocom, deltasib, payamsms):
    """Return what costs money or reaches a person at three vendors; requests go one after another, so that a kill comes between two of them."""
    slow = {"api_concurrency": 1}
    return {
        "alocom": {"connection": dict(alocom.connection, **slow), "users": [
            {"username": "pupil-%d" % number, "name": "ن", "surname": "ن", "password": "pass-%d-word" % number} for number in range(3)]},
        "deltasib": {"connection": dict(deltasib.connection, **slow),
                     "payments": [{"username": name, "voucher_no": "9%d" % number, "amount": 5000, "currency_id": 1} for number, name in enumerate(BUYERS)],
                     "services": [{"username": name, "service": "11", "pay_plan": "postpaid"} for name in BUYERS]},
        "payamsms": {"connection": dict(payamsms.connection, **slow), "messages": TEXTS,
                     "options": {"messages": {"sender": "982000123", "part_price": 1000}}},
    }


def written(folder, document):
    (folder / "business.yml").write_text(json.dumps({"panels": document}, ensure_ascii=False), encoding="utf-8")


def noted(where):
    return {(entry["operation"], entry["state"]) for entry in carry_out("journal_info", {"journal": where})["entries"]}


def test_a_plan_stopped_twice_over_a_journal(tmp_path, sim, alocom, deltasib, payamsms, where):
    """Killed while it buys, killed while it sends, then carried on by two at once: everything is there once, and the journal says so."""
    deltasib.reset("default", today="2025-10-05")
    had = {name: len(deltasib.bought(name)) for name in BUYERS}
    written(tmp_path, panels(alocom, deltasib, payamsms))
    playbook("plan", tmp_path, {"desired_state": "business.yml", "plan_path": "plan.json", "journal": where}).ok()
    assert not any(entry["write"] for entry in sim.journal())
    variables = {"plan_path": "plan.json", "journal": where, "lock_wait": 120, "secrets_path": "secrets.yml"}

    def apply(until=None):
        return run_command(["kariz.panels.apply"], tmp_path, variables=variables, until=until)

    for vendor in (deltasib, payamsms):
        vendor.fault("latency", path="/", seconds=0.3, times=0)
    assert apply(lambda: deltasib.writes().count("user.service.base.add") >= 2).rc != 0
    assert deltasib.writes().count("user.service.base.add") < len(BUYERS) and payamsms.sent() == []
    assert apply(payamsms.sent).rc != 0
    sim.clear_faults()
    with ThreadPoolExecutor(2) as pool:
        runs = [run.result() for run in [pool.submit(apply) for _number in range(2)]]
    for run in runs:
        assert run.rc == 0 or "nobody knows" in run.output.lower() or "unknown" in run.output, run.output
    finished = apply().ok()["What came of it"]["msg"]
    assert finished[0].endswith(": 15 already"), finished
    assert deltasib.writes().count("user.service.base.add") == deltasib.writes().count("user.payment.add") == len(BUYERS)
    assert all(len(deltasib.bought(name)) == had[name] + 1 for name in BUYERS) and alocom.writes().count("users.create") == 3
    assert sorted(payamsms.sent()) == [item["customer_id"] for item in TEXTS]
    states = noted(where)
    assert {operation for operation, _state in states} >= {"apply", "service", "payment", "message"} and {state for _operation, state in states} == {"done"}
    assert not any("canary" in run.output for run in runs)
    assert playbook("drift", tmp_path, {"desired_state": "business.yml", "drift_fail": True}).ok()


def test_a_run_without_a_plan_notes_in_the_same_journal(tmp_path, sim, alocom, deltasib, payamsms):
    """``-e journal=`` reaches the modules of provision: what they bought and sent stands in it, with nothing in the environment."""
    deltasib.reset("default", today="2025-10-05")
    written(tmp_path, panels(alocom, deltasib, payamsms))
    playbook("provision", tmp_path, {"desired_state": "business.yml", "journal": "spent.db", "secrets_path": "s.yml"}).ok()
    states = noted(str(tmp_path / "spent.db"))
    assert {("service", "done"), ("payment", "done"), ("message", "done")} <= states, states
    # A text that the vendor forgot is known to have been sent.
    sim.clear_journal()
    again = playbook("provision", tmp_path, {"desired_state": "business.yml", "journal": "spent.db"}).ok()
    assert "changed=0" in again.output and deltasib.writes() == [] and len(payamsms.sent()) == len(TEXTS)


def test_a_plan_of_spaces_says_that_no_plan_is_bought(tmp_path, podspace):
    """No kind of a file buys a plan of POD Space: none is priced, none is bought, and a plan that makes spaces says so in both languages."""
    (tmp_path / "business.yml").write_text(json.dumps({"panels": {"podspace": {
        "connection": podspace.connection, "organizations": [{"name": "تازه"}],
        "members": [{"organization": "تازه", "person": "z.karimi"}]}}}), encoding="utf-8")
    lines = playbook("plan", tmp_path, {"desired_state": "business.yml", "plan_report": "reports"}).ok()["The plan"]["plan.lines"]
    note = "note: podspace/podspace: new spaces share the room of the plan that the account has; a plan is never bought by this"
    assert note in lines and not any(line.startswith(("costs", "cannot")) for line in lines)
    assert "هیچ طرحی خریده نمی‌شود" in (tmp_path / "reports" / "plan.fa.html").read_text(encoding="utf-8")
    playbook("apply", tmp_path, {"plan_path": "plan.json"}).ok()
    assert "تازه" in podspace.spaces() and "buy_plan_with_gateway" not in podspace.operations()
    (tmp_path / "business.yml").write_text(json.dumps({"panels": {"podspace": {
        "connection": podspace.connection, "organizations": [{"name": "تازه", "description": "د"}]}}}), encoding="utf-8")
    assert note not in playbook("plan", tmp_path, {"desired_state": "business.yml"}).ok()["The plan"]["plan.lines"]
