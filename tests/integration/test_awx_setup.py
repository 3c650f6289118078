# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The panels in an automation controller: everything is made by awx.awx, a second run changes nothing, a change is brought about, and all of it is removed."""

from __future__ import annotations

import importlib.util
import json
import os

import pytest
from controller_api import TOKEN, Controller, Server
from playing import COLLECTIONS, ROOT, play, playbook
from warm_modules import interpreter

pytestmark = pytest.mark.platform

_spec = importlib.util.spec_from_file_location("kariz_awx_collection", ROOT / "tests/tools/awx_collection.py")
awx_collection = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(awx_collection)

PROJECT = ROOT / "extensions/awx/project"
SECRET = "reseller-canary-1"
VARIABLES = {
    "panels_awx_scm_url": "https://git.example.com/panels.git", "panels_awx_webhook_url": "https://hooks.example.com/x", "panels_awx_subscribers": True,
    "panels_awx_subscribers_credential": "reseller",
    "panels_awx_credentials": [
        {"name": "reseller", "organization": "Default", "credential_type": "kariz.panels DeltaSib",
         "inputs": {"api_url": "https://10.0.0.5:1043", "api_username": "reseller", "api_password": SECRET, "ca": "-----BEGIN CERTIFICATE-----\n"}},
        {"name": "journal", "organization": "Default", "credential_type": "kariz.panels journal",
         "inputs": {"host": "db.example.com", "database": "panels", "username": "panels", "password": "journal-canary-1"}}],
}


def environment_of(server):
    return {"CONTROLLER_HOST": server.url, "CONTROLLER_OAUTH_TOKEN": TOKEN, "CONTROLLER_VERIFY_SSL": "0", "HOME": os.environ.get("HOME", "/"),
            "ANSIBLE_COLLECTIONS_PATH": "%s:%s" % (COLLECTIONS, awx_collection.ensure())}


@pytest.fixture
def controller():
    made = Controller(playbooks=[path.name for path in PROJECT.glob("*.yml")])
    with Server(made) as server:
        made.server = server
        yield made


def names(controller, kind):
    return sorted(row.get("name", row.get("identifier")) for row in controller.objects[kind].values())


@pytest.mark.long
def test_everything_once_and_removed(controller, tmp_path):
    def setup(check=False, **more):
        return playbook("awx_setup", tmp_path, {**VARIABLES, "ansible_python_interpreter": interpreter(), **more}, check=check,
                        environment=environment_of(controller.server))

    empty = json.dumps(controller.objects, sort_keys=True)
    foretold = setup(check=True).ok()
    assert json.dumps(controller.objects, sort_keys=True) == empty and {method for method, _path, _status in controller.requests} == {"GET"}
    assert all(item["changed"] for item in foretold["Bring it about"]["results"])
    made = setup().ok()
    assert [one["name"] for item in made["Bring it about"]["results"] for one in item["objects"] if not one["changed"]] == []
    assert names(controller, "credential_types") == sorted("kariz.panels %s" % name for name in (
        "Alocom", "DeltaSib", "PayamSMS", "POD Space", "SMS panel", "journal", "accounts"))
    assert names(controller, "job_templates") == sorted("kariz.panels %s" % name for name in (
        "provision", "plan", "apply", "drift", "export", "balances", "attendance", "notify"))
    nodes = {row["identifier"]: row["id"] for row in controller.objects["workflow_job_template_nodes"].values()}
    leads = {name: controller.links.get(("workflow_job_template_nodes", number, "success_nodes"), set()) for name, number in nodes.items()}
    assert leads == {"plan": {nodes["approve"]}, "approve": {nodes["apply"]}, "apply": set()}
    assert [row["rrule"].startswith("DTSTART;TZID=Asia/Tehran:") for row in controller.objects["schedules"].values()] == [True] * 4
    [workflow] = controller.objects["workflow_job_templates"]
    told = {place[2] for place, found in controller.links.items() if place[1] == workflow and found}
    assert {"notification_templates_error", "notification_templates_approvals", "labels"} <= told
    assert all(len(controller.links["job_templates", number, "credentials"]) == 2 for number in controller.objects["job_templates"])
    assert len(controller.surveys) == 9 and names(controller, "inventory_sources") == ["subscribers"]
    held = json.dumps(controller.objects, sort_keys=True)
    controller.requests.clear()
    again = setup().ok()
    assert "changed=0" in again.output and [path for method, path, _status in controller.requests if method not in ("GET", "PATCH")] == []
    assert json.dumps(controller.objects, sort_keys=True) == held
    # What somebody changed by hand is put back, and only that.
    [balances] = [row for row in controller.objects["job_templates"].values() if row["name"] == "kariz.panels balances"]
    [approve] = controller.objects["workflow_approval_templates"].values()
    balances["playbook"], approve["timeout"] = "drift.yml", 1
    controller.links["workflow_job_template_nodes", nodes["approve"], "success_nodes"].clear()
    [hook] = controller.objects["notification_templates"].values()
    hook["notification_configuration"]["url"] = "https://elsewhere.example.com"
    changed = setup(awx_setup_kinds=["notifications", "templates", "workflows"]).ok()
    assert sorted(one["name"] for item in changed["Bring it about"]["results"] for one in item["objects"] if one["changed"]) == [
        "kariz.panels balances", "kariz.panels on-call", "kariz.panels plan and apply"]
    assert json.dumps(controller.objects, sort_keys=True) == held
    assert SECRET not in again.output + changed.output + json.dumps([again.lines, changed.lines])
    setup(awx_setup_state="absent").ok()
    left = {kind: names(controller, kind) for kind in controller.objects if controller.objects[kind]}
    assert left == {"organizations": ["Default"]}
    gone = setup(awx_setup_state="absent", awx_setup_kinds=["credentials", "hosts", "inventory_sources", "workflows", "schedules"]).ok()
    assert "changed=0" in gone.output


def test_what_is_wrong_is_told(controller, tmp_path):
    environment = environment_of(controller.server)
    task = {"kind": "labels", "objects": [{"name": "panels", "organization": "Default"}]}
    wrong = dict(VARIABLES["panels_awx_credentials"][0], inputs={"api_usr": "x"})
    played = play([
        {"name": "label", "kariz.panels.awx_objects": task},
        {"name": "label again", "kariz.panels.awx_objects": task},
        {"name": "nowhere", "kariz.panels.awx_objects": {"kind": "labels", "objects": [{"name": "x", "organization": "Nowhere"}]}, "ignore_errors": True},
        {"name": "no such kind", "kariz.panels.awx_objects": dict(task, kind="users"), "ignore_errors": True},
        {"name": "other collection", "kariz.panels.awx_objects": dict(task, collection="ansible.controller"), "ignore_errors": True},
        {"name": "types", "ansible.builtin.include_vars": str(ROOT / "extensions/awx/controller_credential_types.yml")},
        {"name": "types made", "kariz.panels.awx_objects": {
            "kind": "credential_types", "objects": "{{ controller_credential_types | selectattr('name', 'eq', 'kariz.panels DeltaSib') }}"}},
        {"name": "unknown input", "kariz.panels.awx_objects": {"kind": "credentials", "objects": [wrong]}, "ignore_errors": True},
    ], tmp_path, environment=environment).ok()
    assert played["label"]["changed"] and not played["label again"]["changed"]
    assert "label x" in played["nowhere"]["msg"] and "must be one of" in played["no such kind"]["msg"]
    assert "credential reseller" in played["unknown input"]["msg"] and "api_usr" in played["unknown input"]["msg"]
    assert "ansible.controller" in played["other collection"]["msg"]
    nobody = play([{"name": "nobody", "kariz.panels.awx_objects": task, "ignore_errors": True}], tmp_path,
                  environment={**environment, "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS}).ok()
    assert "neither awx.awx nor ansible.controller is installed" in nobody["nobody"]["msg"]
    asked = playbook("awx_setup", tmp_path, {}, environment=environment).failed()
    assert "panels_awx_scm_url" in asked.output
