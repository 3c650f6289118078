# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens kept for a run: one login, however many processes ask; a file only its owner reads."""

from __future__ import annotations

import multiprocessing
import stat
import time

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.http.client import Token
from ansible_collections.kariz.panels.plugins.module_utils._core.http.tokens import TokenStore


def ask(folder, log, barrier, void):
    def login():
        with open(log, "a", encoding="ascii") as handle:
            handle.write("login\n")
        return Token("new-token")

    barrier.wait(30)
    token = TokenStore(folder).get("digest", void, login)
    assert token.value == "new-token"


@pytest.mark.parametrize("void", [None, "old-token"])
def test_parallel_processes_log_in_once(tmp_path, void):
    context = multiprocessing.get_context("fork")
    if void:
        TokenStore(str(tmp_path)).get("digest", None, lambda: Token(void))
    barrier = context.Barrier(8)
    log = tmp_path / "log"
    processes = [context.Process(target=ask, args=(str(tmp_path), str(log), barrier, void)) for _number in range(8)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 8
    assert log.read_text().splitlines() == ["login"]


def test_modes_and_digests(tmp_path):
    store = TokenStore(str(tmp_path))
    assert store.get("one", None, lambda: Token("a")).value == "a"
    assert store.get("two", None, lambda: Token("b")).value == "b"
    assert store.get("one", None, lambda: Token("c")).value == "a"
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in tmp_path.iterdir())
    store.drop("one")
    store.drop("one")
    assert store.get("one", None, lambda: Token("d")).value == "d"


def test_expired_and_broken_files(tmp_path):
    store = TokenStore(str(tmp_path))
    assert store.get("x", None, lambda: Token("old", time.time() + 2)).value == "old"
    assert store.get("x", None, lambda: Token("new", time.time() + 600)).value == "new"
    assert store.get("x", None, lambda: Token("no")).value == "new"
    for text in ("", "{", "[]", "{}", "null", '{"value": "x"}'):
        (tmp_path / "kariz_token_x").write_text(text)
        assert store.get("x", None, lambda: Token("again")).value == "again"


def test_a_failing_login_stores_nothing(tmp_path):
    store = TokenStore(str(tmp_path))
    with pytest.raises(ValueError, match="no"):
        store.get("x", None, lambda: (nothing for nothing in ()).throw(ValueError("no")))
    assert store.get("x", None, lambda: Token("ok")).value == "ok"
