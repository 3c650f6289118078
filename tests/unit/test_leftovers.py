# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens and secrets of runs that were killed go; those of runs that live, or may live on another machine, and what belongs to others stay."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from ansible_collections.kariz.panels.plugins.plugin_utils import _leftovers


@pytest.fixture
def dead():
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait(30)
        return process.pid


def run(parent, process, *files, age=2 * _leftovers.OLD, chance="abc_1234"):
    """Make the folder of a run with files of an age in seconds."""
    folder = parent / ("ansible-local-%d%s" % (process, chance))
    folder.mkdir(mode=0o700)
    for name in files:
        (folder / name).write_text("secret")
        os.utime(folder / name, (time.time() - age,) * 2)
    return folder


def test_what_goes_and_what_stays(tmp_path, dead):
    own = run(tmp_path, os.getpid(), chance="own00000")
    killed = run(tmp_path, dead, "kariz_token_1", "kariz_token_1.lock", "kariz_told_2")
    shared = run(tmp_path, dead, "kariz_told_1", "of_ansible", chance="shared00")
    alive = run(tmp_path, os.getpid(), "kariz_told_1", chance="alive000")
    fresh = run(tmp_path, dead, "kariz_told_1", age=_leftovers.OLD / 2, chance="fresh000")
    growing = run(tmp_path, dead, "kariz_told_1", chance="growing0")
    (growing / "kariz_told_2").write_text("now")
    foreign = run(tmp_path, dead, "of_ansible", chance="foreign0")
    named = tmp_path / "ansible-local-other"
    named.mkdir()
    (named / "kariz_told_1").write_text("secret")
    os.utime(named / "kariz_told_1", (0, 0))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kariz_told_1").write_text("secret")
    os.utime(elsewhere / "kariz_told_1", (0, 0))
    (tmp_path / ("ansible-local-%dlinked00" % dead)).symlink_to(elsewhere)
    _leftovers.remove_once(str(own))
    assert not killed.exists() and [path.name for path in shared.iterdir()] == ["of_ansible"]
    assert len(list(growing.iterdir())) == 2
    assert all((folder / "kariz_told_1").exists() for folder in (alive, fresh, growing, named, elsewhere)) and (foreign / "of_ansible").exists()
    # Once a run.
    again = run(tmp_path, dead, "kariz_token_1", chance="again000")
    _leftovers.remove_once(str(own))
    assert again.exists()


def test_no_folder_to_look_in(tmp_path):
    _leftovers.remove_once(str(tmp_path / "gone" / "own"))
