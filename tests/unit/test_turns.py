# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns of the processes of a run: whose they are, and what is forgotten when another one was at work."""

from __future__ import annotations

import fcntl
import os

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._alocom.user import USER
from ansible_collections.kariz.panels.plugins.module_utils._business.message import MESSAGE
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.payment import USER_PAYMENT as PAYMENT
from ansible_collections.kariz.panels.plugins.module_utils._payamsms.message import MESSAGE as TEXT
from ansible_collections.kariz.panels.plugins.module_utils._podspace.organization import ORGANIZATION
from ansible_collections.kariz.panels.plugins.plugin_utils._turns import takes_turns, turn


def held(folder):
    """Return how many of the locks in a folder are held."""
    count = 0
    for path in folder.iterdir():
        with open(path, encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                count += 1
    return count


def test_who_takes_turns():
    assert all(map(takes_turns, (PAYMENT, TEXT, MESSAGE, ORGANIZATION))) and not takes_turns(USER)


def test_a_turn_is_held_and_says_whether_another_process_had_it(tmp_path):
    with turn(TEXT, {"customer_id": "1"}, {}, str(tmp_path)) as changed:
        assert changed is True and held(tmp_path) == 1
    [path] = tmp_path.iterdir()
    assert held(tmp_path) == 0 and path.stat().st_mode & 0o777 == 0o600
    with turn(TEXT, {"customer_id": "2"}, {}, str(tmp_path)) as changed:
        assert changed is False
    path.write_text("%d0" % os.getpid())
    with turn(TEXT, {}, {}, str(tmp_path)) as changed:
        assert changed is True
    with pytest.raises(ValueError, match="x"), turn(TEXT, {}, {}, str(tmp_path)):
        raise ValueError("x")
    assert held(tmp_path) == 0


def test_accounts_do_not_wait_for_each_other(tmp_path):
    with turn(TEXT, {"api_username": "a"}, {}, str(tmp_path)), turn(TEXT, {"api_username": "b"}, {}, str(tmp_path)), \
            turn(TEXT, {"api_username": "a"}, {"PAYAMSMS_API_URL": "x"}, str(tmp_path)), turn(PAYMENT, {"api_username": "a"}, {}, str(tmp_path)), \
            turn(MESSAGE, {"connections": {"payamsms": {"api_username": "a"}}}, {}, str(tmp_path)), turn(MESSAGE, {}, {}, str(tmp_path)):
        assert held(tmp_path) == 6
    assert not any("secret" in path.name for path in tmp_path.iterdir())


def test_without_a_folder_there_are_no_turns(tmp_path):
    with turn(TEXT, {}, {}, str(tmp_path / "gone")) as changed:
        assert changed is True
