# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of the modules run as they are written, one play a vendor, against the accounts that `make try` gives everybody."""

from __future__ import annotations

import ast
import re
import shutil

import pytest
import yaml
from playing import ROOT, accounts, run_command

#: What examples take from elsewhere: a vault, lists that somebody keeps, addresses.
VARIABLES = {
    "school_username": "kariz-demo", "school_password": "kariz-demo-pass", "reseller_username": "kariz-demo", "reseller_password": "kariz-demo-pass",
    "panel_token": "kariz-demo-token", "new_password": "another-word", "link_password": "link-word", "branch_password": "branch-word",
    "vault_passwords": {"ali.mohammadi": "word-of-ali", "02188001234": "word-of-office"},
    "students": [{"username": "sara.ahmadi", "name": "سارا", "surname": "احمدی", "labels": ["پایه دهم"]},
                 {"username": "m.karimi", "name": "مریم", "surname": "کریمی", "labels": ["پایه دهم"]}],
    "invitations": [{"key": "meeting-1405-ali"}],
    "classes": [{"slug": "physics-10", "title": "فیزیک دهم", "service": "کلاس اصلی"}, {"slug": "math-10", "title": "ریاضی دهم", "service": "کلاس اصلی"}],
}
#: A school begins with nothing: its people are there before its classes. Elsewhere the order is that of the names.
FIRST = ["alocom_label", "alocom_user", "alocom_user_import", "alocom_event", "alocom_event_member", "alocom_event_link"]

#: What is wanted exists before anything tells of it; a message is sent before its delivery is asked for.
BUSINESS = ["desired_state", "desired_plan", "desired_apply", "message", "message_delivery_info"]


def examples(module):
    """Return the tasks of the EXAMPLES of a module's file."""
    tree = ast.parse((ROOT / "plugins/modules" / (module + ".py")).read_text(encoding="utf-8"))
    text = next(node.value.value for node in tree.body if isinstance(node, ast.Assign) and node.targets[0].id == "EXAMPLES")
    return yaml.safe_load(text)


def of_vendor(vendor):
    """Return its modules in the order of their examples."""
    names = sorted(path.stem for path in (ROOT / "plugins/modules").glob(vendor + "_*.py"))
    return sorted(names, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))


def run_examples(modules, sim, tmp_path, **variables):
    """Run the examples of modules in one play; the folders of the story are those of the test, nothing else is changed."""
    tasks = yaml.safe_dump([{"name": module, "block": examples(module)} for module in modules], allow_unicode=True, width=10_000)
    tasks = yaml.safe_load(re.sub(r"/var/lib/\w+/|/tmp/", lambda _found: "%s/" % tmp_path, tasks))
    play = {"hosts": "localhost", "gather_facts": False, "vars": {**VARIABLES, **variables}, "tasks": tasks}
    book = tmp_path / "examples.yml"
    book.write_text(yaml.safe_dump([play], allow_unicode=True, sort_keys=False), encoding="utf-8")
    played = run_command(["-i", "localhost,", "-c", "local", str(book)], tmp_path, "fast", None, accounts.credentials(sim), 240).ok()
    assert played.output.count("TASK [") >= sum(len(examples(module)) for module in modules)
    assert [entry for entry in sim.journal() if entry["request_errors"]] == []


@pytest.mark.parametrize("vendor", sorted(accounts.ACCOUNTS))
def test_examples_of_a_vendors_modules(vendor, sim, tmp_path):
    sim.reset(vendor, "empty" if vendor == "alocom" else "default")
    run_examples(of_vendor(vendor), sim, tmp_path, reseller_url=sim.url("deltasib"), reseller_ca=sim.ready["deltasib_ca"], panel_url=sim.url("smspanel"))


def test_examples_of_the_modules_over_several_vendors(sim, tmp_path):
    sim.reset(seed="default")
    shutil.copy(ROOT / "playbooks/vars/business.yml", tmp_path / "business.yml")
    of_vendors = [name for vendor in accounts.ACCOUNTS for name in of_vendor(vendor)]
    others = sorted(path.stem for path in (ROOT / "plugins/modules").glob("*.py") if path.stem not in [*of_vendors, "role_variables", "awx_objects"])
    assert "message" in others and "desired_state" in others
    run_examples(sorted(others, key=lambda name: BUSINESS.index(name) if name in BUSINESS else len(BUSINESS)), sim, tmp_path,
                 shared_journal=str(tmp_path / "journal.db"))


def test_examples_of_role_variables(sim, tmp_path):
    """They are for the tasks of a role: here one with the variables of the role that they name."""
    role = tmp_path / "roles" / "classroom"
    for part in ("tasks", "meta"):
        (role / part).mkdir(parents=True)
    shutil.copy(ROOT / "roles/classroom/meta/argument_specs.yml", role / "meta")
    (role / "tasks/main.yml").write_text(yaml.safe_dump(examples("role_variables"), allow_unicode=True), encoding="utf-8")
    book = tmp_path / "examples.yml"
    for labels, said in (([{"title": "پایه دهم"}], None), (None, "classroom_labels")):
        variables = {"classroom_invite_template": "main.yml"} if labels is None else {"classroom_invite_template": "examples.yml", "classroom_labels": labels}
        book.write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "vars": variables, "roles": ["classroom"]}]), encoding="utf-8")
        played = run_command(["-i", "localhost,", "-c", "local", str(book)], tmp_path, "fast", None, {}, 240)
        assert (played.ok() and True) if said is None else ("fatal:" in played.output and said in played.output)
