# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many requests comparing and exporting take: lists by pages, and a detail only where an item needs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from playing import playbook, surroundings

MANY = 1000


def written(folder, account):
    (folder / "business.yml").write_text(json.dumps({"panels": {"alocom": account}}, ensure_ascii=False), encoding="utf-8")
    return {"desired_state": "business.yml"}


def test_a_comparison_reads_lists(tmp_path, alocom):
    """A thousand users: a few named and the others told as unmanaged, or all of them named, by keys and labels; one more request for each that needs it."""
    alocom.seed("users", MANY, prefix="u", labels=["دهم"])
    users = [{"username": row["username"], "surname": row["surname"], "labels": ["دهم"]} for row in alocom.users().values()]
    for named, extra in ((users[:3], MANY - 3), (users, 0)):
        alocom.clear_journal()
        wanted = written(tmp_path, {"account": "school", "connection": alocom.connection, "labels": [{"title": "دهم"}], "users": named})
        drift = playbook("drift", tmp_path, dict(wanted, drift_unmanaged=True, drift_json="drift.json")).ok()["What differs"]["drift.lines"]
        summary = json.loads((tmp_path / "drift.json").read_text(encoding="utf-8"))["summary"]
        assert (summary["extra"], summary["same"], summary["missing"], summary["different"]) == (extra, 1 + len(named), 0, 0), drift[:3]
        assert len(alocom.journal()) <= 25, len(alocom.journal())
    alocom.clear_journal()
    users[:2] = [dict(user, enabled=True) for user in users[:2]]
    wanted = written(tmp_path, {"account": "school", "connection": alocom.connection, "users": users})
    playbook("drift", tmp_path, dict(wanted, drift_unmanaged=True, drift_fail=True)).ok()
    assert alocom.operations().count("users.get") == 2 and len(alocom.journal()) <= 27


def test_an_export_without_details(tmp_path, alocom):
    """E-mail and status of each user need a request of their own: left out when asked for, said in the file, and left alone by what is made of it."""
    alocom.seed("users", MANY // 5, prefix="u", labels=["دهم"])
    alocom.seed("events", 2, prefix="e", members=3)
    environment = {"ALOCOM_" + name.upper(): value for name, value in alocom.connection.items()}
    alocom.clear_journal()
    playbook("export", tmp_path, {"vendors": "alocom", "export_details": False}, environment=environment).ok()
    assert len(alocom.journal()) <= 12 and alocom.writes() == []
    text = (tmp_path / "export" / "alocom-alocom.yml").read_text(encoding="utf-8")
    head = "".join(line for line in text.splitlines(True) if line.startswith("#"))
    assert "# Made without details (export_details=false). Not in it, and left alone by kariz.panels.provision:\n#   users: email, enabled\n" in head
    assert "#   events: start_by_admin, guest_access, guest_count, members\n" in head and "email:" not in text and "members:" not in text
    before = {name: alocom.dump()[name] for name in ("users", "events")}
    alocom.clear_journal()
    assert "changed=0" in playbook("provision", tmp_path, {"desired_state": "export"}, environment=environment).ok().output
    assert {name: alocom.dump()[name] for name in ("users", "events")} == before and len(alocom.journal()) <= 12
    # With them it is one request an object, as many as there are, and no more.
    alocom.clear_journal()
    playbook("export", tmp_path, {"vendors": "alocom", "export_path": "whole"}, environment=environment).ok()
    assert len(alocom.journal()) <= MANY // 5 + 2 + 12
    text = (tmp_path / "whole" / "alocom-alocom.yml").read_text(encoding="utf-8")
    assert "email:" in text and "Made without details" not in text


def test_twenty_thousand_users_are_loaded(tmp_path):
    """The file of a large school is read, templated and checked in less than 200 MB; how often it is read is a test of its own."""
    people = "".join("      - {username: user.%d, name: نام, surname: '{{ surname }} %d', cellphone: '0912%07d', labels: [دهم]}\n" % (number, number, number)
                     for number in range(20_000))
    (tmp_path / "business.yml").write_text("surname: ن\npanels:\n  alocom:\n    labels: [{title: دهم}]\n    users:\n" + people, encoding="utf-8")
    (tmp_path / "play.yml").write_text(json.dumps([{"hosts": "localhost", "gather_facts": False, "tasks": [
        {"kariz.panels.desired_state": {"path": "business.yml"}, "register": "read"}, {"ansible.builtin.debug": {"var": "read.steps"}}]}]))
    measured = ("import resource, subprocess, sys; done = subprocess.run(sys.argv[1:]); "
                "print('PEAK', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024); sys.exit(done.returncode)")
    command = [sys.executable, "-c", measured, str(Path(sys.executable).parent / "ansible-playbook"), "play.yml"]
    done = subprocess.run(command, cwd=tmp_path, env=surroundings(tmp_path, environment={"KARIZ_TEST_RESULTS": str(tmp_path / "results")}), capture_output=True,
                          text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 0 and '"count": 20000' in done.stdout, done.stdout + done.stderr
    assert int(done.stdout.rpartition("PEAK ")[2]) < 200
