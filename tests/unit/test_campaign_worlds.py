# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every module that changes something is played by the campaign, or it is told why not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def told():
    """Return what the campaign tells of each module."""
    done = subprocess.run([sys.executable, str(ROOT / "tests/campaign/campaign.py"), "--modules"], capture_output=True, text=True, check=True)
    return dict(line.split(None, 1) for line in done.stdout.splitlines())


def test_every_state_module_is_in_a_world_or_in_the_list_of_those_that_are_not():
    modules = told()
    assert set(modules) == {path.stem for path in (ROOT / "plugins/modules").glob("[!_]*.py")}
    assert [name for name, where in modules.items() if where == "none: ?"] == []
    assert {name for name, where in modules.items() if where.startswith("none: ")} == {
        "alocom_login", "deltasib_login", "payamsms_login", "awx_objects", "attendance_report", "credit_report", "desired_apply", "desired_drift",
        "desired_export", "desired_init", "desired_plan", "journal_entry", "secrets_sheet"}
    roles = {path.name for path in (ROOT / "roles").iterdir()} - {"simulator", "credit_report"}  # the one is the server, the other only reads
    assert roles <= {name for where in modules.values() for name in where.split(", ")}
