# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every result says whose account it is about, and what automation controllers count of a job is that account, never one of its subscribers."""

from __future__ import annotations

import json

import jq
import pytest
import yaml
from jobs import job_of
from playing import ROOT, play

VENDORS = ("alocom", "deltasib", "payamsms", "podspace", "smspanel")
MODULES = sorted(path.stem for path in (ROOT / "plugins/modules").glob("*.py") if path.stem.partition("_")[0] in VENDORS)
QUERIES = yaml.safe_load((ROOT / "extensions/audit/event_query.yml").read_text("utf-8"))
OWN = "982000123"
LABEL, USER = "kariz.panels.alocom_label", "kariz.panels.alocom_user"
#: What identifies each account of the simulator; PayamSMS names it by two.
NAMES = {"alocom": "kariz-demo", "deltasib": "kariz-demo", "payamsms": "kariz-demo / kariz-demo-org"}


@pytest.fixture
def connections(alocom, deltasib, payamsms, podspace, smspanel):
    return {vendor.name: vendor.connection for vendor in (alocom, deltasib, payamsms, podspace, smspanel)}


def told(connections, vendor):
    """Return the account that results of a vendor must name; of a token only the kind of name is known."""
    return {"vendor": vendor, "url": connections[vendor]["api_url"].rstrip("/"), "name": NAMES.get(vendor)}


def same(account, wanted):
    token = wanted["name"] is None
    return account == (dict(wanted, name=account["name"]) if token else wanted) and account["name"].startswith("token ") is token


def test_every_module_says_whose_account_it_was(connections, tmp_path, door):
    """Whatever becomes of the task: most of these lack an option, some succeed, and one has an option that there is not."""
    # The module files are all the same but for the job that they name: as processes of their own, one of each vendor that reads and one that writes.
    few = {(name.partition("_")[0], name.endswith("_info")): name for name in MODULES}
    modules = MODULES if door == "fast" else sorted(few.values())
    tasks = [{"name": name, "kariz.panels.%s" % name: {}, "ignore_errors": True} for name in modules]
    tasks += [
        {"name": "misspelt", LABEL: {"tilte": "a"}, "ignore_errors": True},
        {"name": "wrong password", LABEL: {"title": "a", "api_password": "wrong"}, "ignore_errors": True},
        {"name": "other spelling", LABEL: {"title": "a", "api_url": connections["alocom"]["api_url"] + "/"}},
        {"name": "no address", LABEL: {"title": "a", "api_url": "ftp://x"}, "ignore_errors": True},
        {"name": "message", "kariz.panels.message": {"messages": [{"key": "1", "recipient": "09121234567", "text": "x"}], "sender": "982000",
                                                     "providers": ["payamsms", "smspanel"], "journal": str(tmp_path / "journal.db")}, "ignore_errors": True},
    ]
    defaults = {"group/kariz.panels.%s" % vendor: connection for vendor, connection in connections.items()}
    played = play(tasks, tmp_path, door=door, check=True, keywords={"module_defaults": defaults}).ok()
    wrong = [name for name in modules if not same(played[name].get("account") or {"name": ""}, told(connections, name.partition("_")[0]))]
    assert wrong == []
    assert {"failed", "ok"} == {kind for name in modules for kind in played.kinds(name) if kind != "skipped"} | {"failed"}
    alocom = told(connections, "alocom")
    assert played["misspelt"]["account"] == played["wrong password"]["account"] == played["other spelling"]["account"] == alocom
    assert "account" not in played["no address"]
    assert same(played["message"]["accounts_used"][0], told(connections, "payamsms"))
    for vendor in ("podspace", "smspanel"):
        assert connections[vendor]["api_token"] not in played.output + json.dumps(played.lines, ensure_ascii=False)


def counted(played, task, module):
    """What a controller counts of a task's events: those of its items and of the whole, as their results are."""
    query = jq.compile(QUERIES["kariz.panels.%s" % module]["query"])
    result = json.loads(json.dumps(played[task]))
    events = [*result.get("results", ()), result]
    return [found for event in events for found in query.input_value(event).all()]


def test_a_job_counts_its_accounts(connections, alocom, payamsms, tmp_path):
    alocom.seed("users", 3)
    state = {"panels": {"alocom": {"connection": connections["alocom"], "labels": [{"title": "state"}]},
                        "smspanel": {"connection": connections["smspanel"], "phonebooks": [{"name": "people", "numbers": ["09121234567"]}]}}}
    (tmp_path / "state.yml").write_text(json.dumps(state))
    people = [{"username": "u%d" % number, "name": "n", "surname": "s", "password": "pass-%d" % number} for number in range(30)]
    bad = {"username": "bad", "name": "n", "surname": "s", "labels": ["there is none"]}
    tasks = [
        {"name": "created", LABEL: {"title": "a"}}, {"name": "unchanged", LABEL: {"title": "a"}},
        {"name": "check", LABEL: {"title": "b"}, "check_mode": True}, {"name": "absent", LABEL: {"title": "a", "state": "absent"}},
        {"name": "loop", LABEL: {"title": "{{ item }}"}, "loop": ["x", "y", "z"]},
        {"name": "bulk", USER: {"users": people}},
        {"name": "partly", USER: {"users": [{"username": "new", "name": "n", "surname": "s", "password": "pass-new"}, bad]}, "ignore_errors": True},
        {"name": "refused", USER: {"users": [bad]}, "ignore_errors": True},
        {"name": "failed", LABEL: {"title": "c", "api_password": "wrong"}, "ignore_errors": True},
        {"name": "misspelt", LABEL: {"tilte": "c"}, "ignore_errors": True},
        {"name": "hidden", LABEL: {"title": "h"}, "no_log": True},
        {"name": "text", "kariz.panels.payamsms_message": {"customer_id": "1", "sender": OWN, "recipient": "09121234567", "body": "x"}},
        {"name": "steps", "kariz.panels.desired_state": {"path": str(tmp_path / "state.yml")}, "register": "plan"},
        {"name": "provision", "kariz.panels.desired_state": {"path": str(tmp_path / "state.yml"), "step": "{{ item }}"}, "loop": "{{ plan.steps }}"},
        {"name": "planned", "kariz.panels.desired_plan": {"path": str(tmp_path / "more.yml"), "plan_path": str(tmp_path / "plan.json")}},
        {"name": "applied", "kariz.panels.desired_apply": {"plan_path": str(tmp_path / "plan.json")}},
    ]
    state["panels"]["alocom"]["labels"].append({"title": "more"})
    (tmp_path / "more.yml").write_text(json.dumps(state))
    defaults = {"group/kariz.panels.%s" % vendor: connections[vendor] for vendor in ("alocom", "payamsms")}
    played = play(tasks, tmp_path, keywords={"module_defaults": defaults}).ok()
    modules = {task["name"]: next(key for key in task if key.startswith("kariz.")).rpartition(".")[2] for task in tasks}
    found = {name: counted(played, name, module) for name, module in modules.items() if module != "desired_plan"}
    school = told(connections, "alocom")
    facts = {"vendor": "alocom", "url": school["url"], "account": school["name"]}
    for name, times in {"created": 1, "unchanged": 1, "check": 1, "absent": 1, "loop": 3, "bulk": 1, "partly": 1}.items():
        assert [one["canonical_facts"] for one in found[name]] == [facts] * times, name
    assert [found[name] for name in ("refused", "failed", "misspelt", "hidden", "steps")] == [[]] * 5
    assert {one["canonical_facts"]["vendor"] for one in found["provision"]} == {"alocom", "smspanel"}
    assert [one["canonical_facts"] for one in found["applied"]] == [facts]
    every = [one for several in found.values() for one in several]
    # The controller's rules: a name of at most 255 letters that belongs to one set of facts, and nothing null in these.
    assert all(0 < len(one["name"]) <= 255 and all(one["canonical_facts"].values()) for one in every)
    by_facts = {json.dumps(one["canonical_facts"], sort_keys=True) for one in every}
    assert len(by_facts) == len({one["name"] for one in every}) == 3
    assert all(one["facts"]["device_type"] == "api_endpoint" and one["facts"]["infra_bucket"] for one in every)
    assert not [person for person in people if person["username"] in json.dumps(every)]
    # What a controller has cut or hidden is nothing.
    query = jq.compile(QUERIES["kariz.panels.alocom_user"]["query"])
    assert [query.input_value(value).all() for value in ({}, None, [], "text", {"censored": "hidden"}, {"account": None}, {"accounts_used": None})] == [[]] * 7


def test_what_only_reads_is_not_counted():
    reading = {"kariz.panels.%s" % name for name in MODULES if name.endswith(("_info", "_login"))}
    writing = {"kariz.panels.%s" % name for name in MODULES} - reading
    assert set(QUERIES) == writing | {"kariz.panels.desired_apply", "kariz.panels.desired_state", "kariz.panels.message"}
    assert all(job_of(name.rpartition(".")[2]).vendor in VENDORS for name in writing)
