# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/security.md tells what is stored where and with which mode: all of it is made here, and looked at."""

from __future__ import annotations

import json
import os
import re
import stat

from playing import ROOT, accounts, play, program

from ansible_collections.kariz.panels.plugins.module_utils._business import watching

GUIDES = [ROOT / "docs/security.md", ROOT / "docs/security.fa.md"]


def modes(guide):
    """Return ``{first cell: modes in the third}`` of the first table, in its order."""
    table = guide.read_text(encoding="utf-8").split("\n## ")[1]
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in table.splitlines() if line.startswith("| ")][1:]
    return [(row[0], re.findall(r"\b0[0-7]{3}\b", row[2])) for row in rows]


def mode(path):
    return "0%o" % stat.S_IMODE(os.stat(path).st_mode)


def test_files_have_the_modes_that_the_guide_tells(sim, tmp_path):
    for vendor in accounts.ACCOUNTS:
        sim.reset(vendor, "default")
    environment = {**accounts.credentials(sim), "KARIZ_SUMMARY_PATH": str(tmp_path / "summary.json"),
                   "ANSIBLE_CALLBACKS_ENABLED": "results,kariz.panels.summary"}
    wanted = tmp_path / "business.yml"
    wanted.write_text("panels:\n  alocom:\n    labels: [{title: یازدهم}]\n", encoding="utf-8")
    made = tmp_path / "made"
    tasks = [
        {"name": "user", "kariz.panels.alocom_user": {"username": "omid.nouri", "name": "امید", "surname": "نوری", "secrets_path": str(made / "secrets.yml")}},
        {"name": "of the run", "ansible.builtin.command": {
            "argv": ["find", str(tmp_path / "ansible-home"), "-name", "kariz_to*", "-not", "-name", "*.lock", "-printf", "%m %f\\n"]}},
        {"name": "folder", "ansible.builtin.file": {"path": str(tmp_path / "journal"), "state": "directory"}},
        {"name": "text", "kariz.panels.smspanel_message": {
            "kind": "plain", "sender": "30001234", "recipients": ["09121234567"], "text": "متن راز", "message_id": "one",
            "journal": str(tmp_path / "journal/journal.db")}},
        {"name": "plan", "kariz.panels.desired_plan": {"path": str(wanted), "plan_path": str(made / "plan.json"), "report": str(made / "reports")}},
        {"name": "apply", "kariz.panels.desired_apply": {"plan_path": str(made / "plan.json")}},
        {"name": "export", "kariz.panels.desired_export": {"vendors": ["smspanel"], "dest": str(made / "export")}},
        {"name": "init", "kariz.panels.desired_init": {"vendors": ["smspanel"], "dest": str(made / "init")}},
        {"name": "credit", "kariz.panels.credit_report": {"vendors": ["payamsms"], "dest": str(made / "credit")}},
        {"name": "drift", "kariz.panels.desired_drift": {
            "results": [], "report": str(made / "reports"), "json_path": str(made / "reports/drift.json"), "markdown_path": str(made / "reports/drift.md")}},
    ]
    # Whatever the umask of whoever runs it allows.
    before = os.umask(0)
    try:
        played = play(tasks, tmp_path, environment=environment).ok()
        inventory = tmp_path / "x.alocom.yml"
        inventory.write_text(json.dumps({"plugin": "kariz.panels.alocom", "cache": True, "cache_plugin": "ansible.builtin.jsonfile",
                                         "cache_connection": str(tmp_path / "cache")}), encoding="utf-8")
        assert program("ansible-inventory", ["-i", inventory, "--list"], tmp_path, environment).returncode == 0
        watching.State(str(made / "events/state.json")).save()
    finally:
        os.umask(before)
    assert mode(made / "events") == "0700"
    of_run = [line.split() for line in next(line for line in played.lines if line["task"] == "of the run")["result"]["stdout_lines"]]
    assert {re.match("kariz_[a-z]+", name).group() for _mode, name in of_run} == {"kariz_token", "kariz_told"}

    def below(*folders):
        found = [mode(path) for folder in folders for path in (made / folder).rglob("*") if path.is_file()]
        assert found, folders
        return found
    seen = [
        ["0" + said for said, name in of_run if name.startswith("kariz_token")], ["0" + said for said, name in of_run if name.startswith("kariz_told")],
        [mode(made / "secrets.yml")], [mode(path) for path in (tmp_path / "journal").iterdir()], [mode(made / "plan.json")], [mode(made / "plan.json.journal")],
        below("export", "init"), below("reports", "credit"), below("events"),
        [*{mode(path) for path in (tmp_path / "cache").iterdir()}, mode(tmp_path / "cache")],
        [],  # by the umask
    ]
    for guide in GUIDES:
        told = modes(guide)
        assert [sorted(set(found)) for found in seen] == [sorted(said) for _row, said in told], guide.name
    assert (tmp_path / "summary.json").exists()
    # What the journal tells is no text and no whole number; neither plan nor export holds a word to log in with.
    held = b"".join(path.read_bytes() for path in (tmp_path / "journal").iterdir())
    assert "متن راز".encode() not in held and b"09121234567" not in held and b"one" in held
    for folder in ("export", "init"):
        assert "kariz-demo-token" not in "".join(path.read_text(encoding="utf-8") for path in (made / folder).rglob("*") if path.is_file())
    # Nothing of the run is left.
    assert not list((tmp_path / "ansible-home").rglob("kariz_to*"))


def test_requirements_of_tests_are_pinned():
    for path in (ROOT / "tests/requirements").glob("*.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            pinned = re.match(r"[\w.\[\]-]+==[\w.]+( *;.*| --hash=sha256:[0-9a-f]{64})?$", line)
            assert not line.strip() or line.startswith(("#", "-r ")) or pinned, (path.name, line)
