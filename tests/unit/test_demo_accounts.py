# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The READMEs say which demo accounts the simulator has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from kariz_simulator import accounts

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["README.md", "README.fa.md"])
def test_one_table_has_all_five_accounts(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    found = dict(re.findall(r"`((?:ALOCOM|DELTASIB|PAYAMSMS|PODSPACE|SMSPANEL)_\w+)=([^`]+)`", text))
    wanted = {"%s_%s" % (vendor.upper(), option): value for vendor, options in accounts.ACCOUNTS.items() for option, value in options.items()}
    assert found == wanted and len(accounts.ACCOUNTS) == 5
    rows = [line for line in text.splitlines() if "_API_" in line and line.startswith("| ") and "kariz-demo" in line]
    assert len(rows) == 5 and text.index(rows[4]) == text.index(rows[0]) + len("\n".join(rows[:4])) + 1


def test_nothing_of_another_account_comes_along():
    foreign = {"ALOCOM_API_TOKEN": "t", "SMSPANEL_API_URL": "u", "ANSIBLE_CONFIG": "c", "KARIZ_JOURNAL": "j"}
    assert accounts.without_foreign({"HOME": "/h", **foreign}) == {"HOME": "/h"}
