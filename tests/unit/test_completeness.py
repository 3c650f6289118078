# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An operation of a vendor that nothing uses is noticed, and so is a module that is said to use it and is not there."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "tools"))

import completeness  # noqa: E402


def test_every_operation_is_used():
    assert completeness.problems() == []
    assert sum(len(completeness.operations(vendor)) for vendor in completeness.NAMES) >= 100


def test_one_that_nothing_uses_is_noticed():
    less = {vendor: dict(used) for vendor, used in completeness.USED.items()}
    del less["alocom"]["users.create"]
    less["deltasib"]["user.add"] = ""
    less["smspanel"].update({"credit": "no_such_module", "invented": "smspanel_credit"})
    assert completeness.problems(less) == [
        "alocom: nothing uses users.create", "deltasib: nothing uses user.add", "smspanel: the document has no invented",
        "smspanel: credit: there is no no_such_module"]


def test_every_vendor_module_is_named():
    """A module of a vendor that uses no operation would be one that does nothing."""
    named = {name for used in completeness.USED.values() for names in used.values() for name in names.split()}
    kinds = completeness.there()
    assert {name for name in kinds["modules"] | kinds["lookup"] if name.startswith(tuple(completeness.NAMES))} - named == set()
