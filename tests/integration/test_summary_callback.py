# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The callback summary, in a real run over several hosts, with a loop, a failure that is ignored, and a task that is none of ours."""

from __future__ import annotations

import json


def test_what_a_run_did(alocom, run, tmp_path):
    (old,) = alocom.seed("users")
    tasks = [
        {"name": "Labels", "kariz.panels.alocom_label": {"labels": [{"title": "a"}, {"title": "b"}]}},
        {"name": "Again", "kariz.panels.alocom_label": {"title": "{{ item }}"}, "loop": ["a", "b", "c"]},
        {"name": "Who goes", "kariz.panels.alocom_user": {"username": old, "state": "absent"}},
        {"name": "Refused", "kariz.panels.alocom_user": {"users": [{"username": "x", "name": "x", "surname": "x", "labels": ["no"]}]}, "ignore_errors": True},
        {"name": "Read", "kariz.panels.alocom_label_info": {}},
        {"name": "Not ours", "ansible.builtin.debug": {"msg": "kariz"}},
        {"name": "Left out", "kariz.panels.alocom_label": {"title": "z"}, "when": False},
    ]
    environment = {"ANSIBLE_CALLBACKS_ENABLED": "results,kariz.panels.summary", "KARIZ_SUMMARY_PATH": str(tmp_path / "summary.json")}
    predicted = run(tasks[:1], check=True, environment=environment).ok()
    assert "SUMMARY (CHECK MODE: predicted)" in predicted.output and alocom.writes() == []
    played = run(tasks, environment=environment).ok()
    said = played.output.partition("SUMMARY")[2].splitlines()
    rows = {line.split()[0]: line.split() for line in said if line.strip()}
    assert rows["Labels"][1:6] == ["2", "-", "-", "-", "-"] and rows["Again"][1:6] == ["1", "-", "-", "2", "-"]
    assert [line.split()[2:7] for line in said if line.startswith("Who goes")] == [["-", "-", "1", "-", "-"]]
    assert rows["Refused"][1:6] == ["-", "-", "-", "-", "1"] and rows["total"][1:6] == ["3", "-", "1", "2", "1"]
    assert not {"Not", "Left"} & set(rows)
    data = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    assert [task["task"] for task in data["tasks"]] == ["Labels", "Again", "Who goes", "Refused", "Read"]
    assert data["total"]["requests"] == sum(task["requests"] for task in data["tasks"]) == played["Labels"]["api"]["requests"] + sum(
        result["api"]["requests"] for name in ("Who goes", "Refused", "Read") for result in [played[name]]) + sum(
        item["api"]["requests"] for item in played["Again"]["results"])
    # What fails before any object is there, one after the other and through both doors; and tasks without a name keep what tells them apart.
    wrong = {"kariz.panels.alocom_label": {"tilte": "{{ item }}"}, "loop": ["a", "b"]}
    nowhere = {"kariz.panels.desired_state": {"path": "nowhere.yml"}}
    lost = {"kariz.panels.alocom_user": {"username": "{{ there_is_none }}"}, "failed_when": False}
    refused = run([dict(task, ignore_errors=True) for task in (wrong, nowhere, lost)], environment=environment).ok().output.partition("SUMMARY")[2]
    told = {line.split()[0].lstrip("."): line.split()[1:6] for line in refused.splitlines() if line.strip()}
    assert [row for name, row in told.items() if name.endswith(("label", "state", "user"))] == [["-"] * 4 + [count] for count in "211"]
    assert told["total"] == ["-", "-", "-", "-", "4"]
    module = run([dict(wrong, loop=["a"], ignore_errors=True)], "module", environment=environment).ok().output.partition("SUMMARY")[2]
    assert [line.split()[1:6] for line in module.splitlines() if line.startswith("total")] == [["-", "-", "-", "-", "1"]]
    # Only the sum, and a path that cannot be written: the run itself is not touched by it.
    short = run(tasks[:2], environment=dict(environment, KARIZ_SUMMARY_TASKS="0", KARIZ_SUMMARY_PATH=str(tmp_path / "none/summary.json"))).ok()
    told = short.output.partition("SUMMARY")[2]
    assert "total" in told and "Labels" not in told and "could not be written" in short.output
