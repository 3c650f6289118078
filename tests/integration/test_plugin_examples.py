# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of lookups, filters, tests, inventories and callbacks, and the commands at the top of the playbooks, run as they are written."""

from __future__ import annotations

import ast
import json
import re
import shlex
import shutil
import subprocess

import pytest
import yaml
from playing import ROOT, accounts, program, run_command, surroundings

#: What examples take from elsewhere: a vault.
VARIABLES = {"school_username": "kariz-demo", "school_password": "kariz-demo-pass", "panel_token": "kariz-demo-token"}
#: A result that an example promises in a comment behind its message.
PROMISED = re.compile(r'(?m)^- name: (.+)\n  ansible\.builtin\.debug:\n    msg: .*"  # (.+)$')
#: What is brought about is there to be compared; what is taken away goes last.
PLAYBOOKS = ["init", "provision", "plan", "apply", "drift", "export", "balances", "attendance", "deprovision"]


def examples(kind):
    """Return the EXAMPLES of all plugins of a kind by name."""
    found = {}
    for path in sorted((ROOT / "plugins" / kind).glob("[!_]*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == "EXAMPLES":
                found[path.stem] = node.value.value
    for path in sorted((ROOT / "plugins" / kind).glob("*.yml")):
        found[path.stem] = yaml.safe_load(path.read_text(encoding="utf-8"))["EXAMPLES"]
    return found


@pytest.fixture
def environment(sim, tmp_path):
    """The environment of somebody with an account everywhere, whose home is the folder of the test."""
    for vendor in accounts.ACCOUNTS:
        sim.reset(vendor, "default", **({"fixed_token": "kariz-demo-token"} if vendor == "payamsms" else {}))
    return {**accounts.credentials(sim), "HOME": str(tmp_path)}


def command(words, folder, environment, **more):
    return program(words[0], words[1:], folder, {**environment, **more})


def test_examples_of_lookups_filters_and_tests(sim, environment, tmp_path):
    """Each plugin's tasks are a play of their own, all in one run; what a comment promises is what comes out."""
    found = [*examples("lookup").items(), *examples("filter").items(), *examples("test").items()]
    assert len(found) >= 24
    tasks = [re.sub(r"(?m)^(?=.)", "    ", text).replace("/tmp/", "%s/" % tmp_path) for _name, text in found]
    book = tmp_path / "examples.yml"
    book.write_text("".join("- hosts: localhost\n  gather_facts: false\n  tasks:\n%s\n" % text for text in tasks), encoding="utf-8")
    variables = {**VARIABLES, "panel_url": sim.url("smspanel")}
    played = run_command(["-i", "localhost,", "-c", "local", str(book)], tmp_path, "fast", variables, environment).ok()
    promises = 0
    for number, (name, text) in enumerate(found, 1):
        told = {line["task"]: line["result"] for line in played.lines if line["play"] == number}
        assert set(told) >= {task["name"] for task in yaml.safe_load(text)}, name
        for task, promised in PROMISED.findall(text):
            promises += 1
            message = told[task]["msg"]
            assert message == (yaml.safe_load(promised) if isinstance(message, list) else promised), (name, task)
    assert promises >= 15
    assert (tmp_path / "ali-password").read_text(encoding="utf-8").strip()
    assert [entry for entry in sim.journal() if entry["request_errors"]] == []


def test_examples_of_inventories(sim, environment, tmp_path):
    """All files of all inventories in one run; the address and the certificate are those of the simulator."""
    sim.reset("alocom", "default", username="school")
    sim.reset("deltasib", "default", username="reseller")
    environment.update(ALOCOM_API_USERNAME="school", DELTASIB_API_USERNAME="reseller", SCHOOL_PASSWORD="kariz-demo-pass", RESELLER_PASSWORD="kariz-demo-pass")
    words = ["ansible-inventory", "--list"]
    for name, text in examples("inventory").items():
        for number, part in enumerate(text.split("\n---\n"), 1):
            path = tmp_path / ("%d.%s.yml" % (number, name))
            part = part.replace("https://10.0.0.5:1043", sim.url("deltasib")).replace("/etc/ssl/deltasib.pem", sim.ready["deltasib_ca"])
            path.write_text(part, encoding="utf-8")
            words += ["-i", str(path)]
    assert len(words) >= 10
    done = command(words, tmp_path, environment, ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED="1")
    assert done.returncode == 0, done.stderr
    listed = json.loads(done.stdout)
    assert "math-10" in listed["type_class"]["hosts"] and "zahra.karimi" in listed["deltasib_subscribers"]["hosts"]
    held = listed["_meta"]["hostvars"]
    assert held["math-10"]["teachers"] == [{"__ansible_unsafe": "zahra.karimi"}] and held["ali.mohammadi"]["gigabytes"] > 1
    assert any(name.startswith("family_") for name in listed)


@pytest.mark.parametrize("name", sorted(examples("callback")))
def test_examples_of_callbacks(name, sim, environment, tmp_path):
    """A play fails with the settings of the example."""
    (tmp_path / "ansible.cfg").write_text(yaml.safe_load(examples("callback")[name])["examples"], encoding="utf-8")
    play = {"name": "Nightly", "hosts": "localhost", "gather_facts": False, "tasks": [
        {"kariz.panels.alocom_label": {"title": "شب"}}, {"ansible.builtin.fail": {"msg": "the disk is full"}}]}
    (tmp_path / "play.yml").write_text(yaml.safe_dump([play]), encoding="utf-8")
    environ = {name: value for name, value in surroundings(tmp_path, "fast", environment).items() if not name.startswith("ANSIBLE_CALLBACK")}
    for _run in range(2):
        done = subprocess.run(["ansible-playbook", "play.yml"], env=environ, cwd=tmp_path, capture_output=True, text=True, timeout=240, check=False)
        assert done.returncode == 2 and "WARNING" not in done.stderr, done.stdout + done.stderr
    if name == "sms_alert":
        # The same failure is told once in the quiet time, to each of the two.
        texts = [row["body"] for row in sim.dump("payamsms")["messages"]]
        assert len(texts) == 2 and all("school" in text and "the disk is full" in text for text in texts)
    else:
        assert json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))["total"]["left"] == 1 and "SUMMARY" in done.stdout


def usage(name):
    """Return the command at the top of a playbook: without what is in brackets, and with all of it."""
    lines = [line[2:] for line in (ROOT / "playbooks" / (name + ".yml")).read_text(encoding="utf-8").splitlines() if line.startswith("# ")]
    first = next(number for number, line in enumerate(lines) if line.startswith("ansible-playbook kariz.panels.%s" % name))
    text = lines[first]
    for line in lines[first + 1:]:
        if not line.startswith("  ["):
            break
        text += " " + re.sub(r"(\]):.*$", r"\1", line.strip())
    assert not re.search(r"=(\.\.\.|[A-Z]+\b)", text), "an example that nobody can run: %s" % text
    short = shlex.split(re.sub(r"\[[^\]]*\]", "", text))
    return short, shlex.split(re.sub(r"\[([^\]|]*)(?:\|[^\]]*)?\]", r"\1", text))


def test_commands_of_playbooks(sim, environment, tmp_path):
    """Each with all of its options, one after another, over the example of a business."""
    found = {path.stem for path in (ROOT / "playbooks").glob("*.yml") if not path.stem.startswith(("demo", "awx", "on_"))}
    assert found <= set(PLAYBOOKS), "say where it belongs in the order"
    shutil.copy(ROOT / "playbooks/vars/business.yml", tmp_path / "business.yml")

    def run(words):
        return run_command(words[1:], tmp_path, "fast", None, environment)

    run(usage("provision")[0]).ok()
    for name in [name for name in PLAYBOOKS if name in found]:
        # A plan of a removal, carried out, would leave nothing to report on.
        words = usage(name)[1]
        played = run([word for place, word in enumerate(words) if "plan_state=absent" not in words[place:place + 2]])
        if name == "drift":
            # Asked for all that nobody has written down, and to fail because of it.
            assert played.rc == 2 and json.loads((tmp_path / "drift.json").read_text(encoding="utf-8"))["summary"]["failed"] == 0, played.output[-3000:]
        else:
            played.ok()
    made = ("business/business.yml", "plan.json", "reports/plan.fa.html", "reports/drift.en.html", "drift.md",
            "export/alocom-school.yml", "credit-report/credit-report.fa.html", "attendance/attendance.csv")
    assert [path for path in made if not (tmp_path / path).exists()] == []
    assert [entry for entry in sim.journal() if entry["request_errors"]] == []
