# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens kept for a run: one login, however many processes ask; a file only its owner reads."""

from __future__ import annotations

import errno
import fcntl
import json
import multiprocessing
import os
import stat
import time

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import DeadlineError
from ansible_collections.kariz.panels.plugins.module_utils._core.http import tokens
from ansible_collections.kariz.panels.plugins.module_utils._core.http.client import Token
from ansible_collections.kariz.panels.plugins.module_utils._core.http.retries import Deadline
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
    kept = [json.dumps({"value": value, "expires": expires}) for value, expires in (
        ("x", "soon"), ("x", [1]), ("x", True), (5, None), ({"a": 1}, None), (None, None), (True, None), ("", None), ("x", float("nan")))]
    for text in ("", "{", "[]", "{}", "null", '{"value": "x"}', "[" * 100_000, *kept):
        (tmp_path / "kariz_token_x").write_text(text)
        assert store.get("x", None, lambda: Token("again")).value == "again"
    for strange in (os.mkdir, os.mkfifo):
        (tmp_path / "kariz_token_x").unlink()
        strange(tmp_path / "kariz_token_x")
        # Nobody waits for what is no file; where a folder lies, each login is one's own.
        assert [store.get("x", None, lambda: Token("mine")).value for _turn in range(2)] == ["mine"] * 2
        if strange is os.mkdir:
            (tmp_path / "kariz_token_x").rmdir()
            (tmp_path / "kariz_token_x").write_text("")


def test_a_failing_login_stores_nothing(tmp_path):
    store = TokenStore(str(tmp_path))
    with pytest.raises(ValueError, match="no"):
        store.get("x", None, lambda: (nothing for nothing in ()).throw(ValueError("no")))
    assert store.get("x", None, lambda: Token("ok")).value == "ok"


def hold(path, ready, release):
    with open(path, "w", encoding="ascii") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        ready.set()
        release.wait(30)


def test_somebody_elses_login_is_waited_for_no_longer_than_the_task_may_take(tmp_path, monkeypatch):
    context = multiprocessing.get_context("fork")
    ready, release = context.Event(), context.Event()
    other = context.Process(target=hold, args=(str(tmp_path / "kariz_token_x.lock"), ready, release))
    other.start()
    assert ready.wait(30)
    store = TokenStore(str(tmp_path))
    asked = []
    with pytest.raises(DeadlineError, match="another task") as caught:
        store.get("x", None, lambda: asked.append(1), Deadline(0.1))
    assert asked == [] and caught.value.ends_all and caught.value.error["retryable"] is True
    monkeypatch.setattr(tokens.time, "sleep", lambda seconds: (asked.append(seconds), release.set(), other.join(30)))
    assert store.get("x", None, lambda: Token("mine"), Deadline(60)).value == "mine" and asked == [tokens._POLL]
    assert store.get("x", None, lambda: Token("other")).value == "mine"


@pytest.mark.parametrize("trouble", ["no folder", "a file in its place", "no locks", "full"])
def test_without_a_store_every_client_keeps_its_own(tmp_path, monkeypatch, trouble):
    folder = tmp_path / "run"
    if trouble == "a file in its place":
        folder.write_text("")
    elif trouble != "no folder":
        folder.mkdir()
    if trouble == "no locks":
        def flock(handle, how):
            raise OSError(errno.ENOLCK, "no locks")
        monkeypatch.setattr(tokens.fcntl, "flock", flock)
    if trouble == "full":
        def replace(old, new):
            raise OSError(errno.ENOSPC, "full")
        monkeypatch.setattr(tokens.os, "replace", replace)
    store = TokenStore(str(folder))
    logins = []
    for number in (1, 2):
        assert store.get("x", None, lambda: logins.append(1) or Token("t"), Deadline(5)).value == "t"
        assert len(logins) == number
    store.drop("x")
    if folder.is_dir():
        assert {path.name for path in folder.iterdir()} <= {"kariz_token_x.lock"}


def test_a_deadline_that_has_come_is_not_waited_for(tmp_path, monkeypatch):
    slept = []
    monkeypatch.setattr(tokens.time, "sleep", slept.append)
    with open(tmp_path / "kariz_token_x.lock", "w", encoding="ascii") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        for left, waits in (([0, -1], []), ([0.005, 0], [0.005]), ([60, 0.01, -1], [tokens._POLL, 0.01])):
            deadline = Deadline(7)
            monkeypatch.setattr(deadline, "left", iter(left).__next__)
            with pytest.raises(DeadlineError, match=r"api_deadline \(7 s\) passed") as caught:
                TokenStore(str(tmp_path)).get("x", None, lambda: Token("mine"), deadline)
            assert slept == waits and caught.value.operation == "login" and "Raise api_deadline" in caught.value.hint
            slept.clear()
