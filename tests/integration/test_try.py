# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make try`: a shell in which five vendors answer without another word about accounts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
import yaml
from playing import ROOT

TRY = [sys.executable, str(ROOT / "tests/tools/try.py")]
TASKS = {"alocom": ("alocom_user_info", {}, "users", 12), "deltasib": ("deltasib_user_info", {}, "users", 7),
         "podspace": ("podspace_organization_info", {}, "organizations", 2), "smspanel": ("smspanel_phonebook_info", {}, "phonebooks", 1),
         "payamsms": ("payamsms_inbox_info", {"number": "982000123", "since_id": 1}, "messages", 2)}


def test_a_shell_with_five_vendors(tmp_path):
    play = [{"hosts": "localhost", "gather_facts": False, "tasks": [
        *({"kariz.panels." + module: options, "register": vendor} for vendor, (module, options, _key, _count) in TASKS.items()),
        {"ansible.builtin.copy": {"dest": str(tmp_path / "told.json"), "content": "{{ told | to_json }}"},
         "vars": {"told": {vendor: "{{ %s.%s | length }}" % (vendor, key) for vendor, (_module, _options, key, _count) in TASKS.items()}}}]}]
    (tmp_path / "play.yml").write_text(yaml.safe_dump(play, allow_unicode=True), encoding="utf-8")
    # What is in the user's own environment belongs to other accounts.
    environment = {**os.environ, "ALOCOM_API_TOKEN": "foreign", "PAYAMSMS_API_URL": "https://foreign.example.ir"}
    script = "ansible-playbook %s || exit 3\nset | grep -c foreign\necho at=$KARIZ_SIMULATOR\nexit 7\n" % (tmp_path / "play.yml")
    done = subprocess.run(TRY, input=script, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    # The last exit is that of the script, so all of it ran.
    assert done.returncode == 7, done.stdout + done.stderr
    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert {vendor: int(count) for vendor, count in told.items()} == {vendor: count for vendor, (_module, _options, _key, count) in TASKS.items()}
    assert "\n0\n" in done.stdout and done.stdout.startswith("Five simulated vendors are running")
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(done.stdout.rpartition("at=")[2].strip(), timeout=10)


def test_one_command(tmp_path):
    done = subprocess.run([*TRY, "echo", "$ALOCOM_API_USERNAME;", "exit", "4"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (4, "kariz-demo\n"), done.stderr
