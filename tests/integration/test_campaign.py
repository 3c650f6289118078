# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A short form of ``make campaign``: the same plans each time, and those that once broke a rule."""

from __future__ import annotations

import subprocess
import sys

import pytest
from playing import ROOT

CAMPAIGN = [sys.executable, str(ROOT / "tests/campaign/campaign.py")]


def played(*arguments):
    done = subprocess.run([*CAMPAIGN, *arguments], capture_output=True, text=True, timeout=1200, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    return done.stdout


@pytest.mark.long
def test_every_module_both_ways_and_every_role():
    assert "over 21 modules and 3 plays of roles: 0 broke a rule" in played("--plans", "63", "--seed", "1", "--workers", "2")


@pytest.mark.parametrize(("number", "world"), [
    (10877, "smspanel_phonebook"),  # a later request of an item was refused: changed all the same
    (102994, "podspace_folder_share"),  # put back after a refusal: nothing is different
    (10062, "podspace_folder_share"),  # a request that was given up came through late
    (4215, "alocom_user"),  # another type of answer to a password
    (15, "deltasib_session"),  # another client connects in the middle
])
def test_what_broke_a_rule(number, world):
    assert "0 broke a rule" in played("--plan", str(number), "--world", world)
