# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps of `make ci` that run at the same time, also of two checkouts of one user, do not meet."""

from __future__ import annotations

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))

import check  # noqa: E402
import steps  # noqa: E402


def test_scenarios_of_two_runs_do_not_share_a_folder(monkeypatch):
    """Molecule keeps its state under the name of the project's folder, which is the same in every checkout."""
    monkeypatch.setenv("ANSIBLE_HOME", "/nowhere")
    [molecule] = [step for step in check.PLATFORM if step.name == "molecule"]
    show = [sys.executable, "-c", "import os; print(os.environ.get('ANSIBLE_HOME'))"]
    homes = []
    for step in (steps.Step("a", show, own_home=molecule.own_home), steps.Step("b", show, own_home=molecule.own_home), steps.Step("c", show)):
        running = steps.Running(step, pathlib.Path(sys.executable).parent, live=False)
        with running.folder:
            running.process.wait(60)
            homes.append(running.log.read_text(encoding="utf-8").strip())
    assert len(set(homes)) == 3 and homes[2] == "None" and all(home.endswith("/home") for home in homes[:2])
