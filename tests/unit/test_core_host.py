# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The place in which a job runs: what it says never holds a secret, and what was told once is written down before anything else."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest
import small_panel

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.http.retries import USUAL, Deadline
from ansible_collections.kariz.panels.plugins.module_utils._core.task.host import Host
from ansible_collections.kariz.panels.plugins.module_utils._core.text import yaml_data


def test_a_host_that_was_told_nothing():
    host = Host({"a": 1})
    assert (host.params, host.check_mode, host.environ) == ({"a": 1}, False, os.environ)
    assert (host.keeps_index, host.tokens, host.vault, host.keep) == (False, None, None, None)
    assert host.few_items() is False and host.progress("read") is None and host.warn("x") is None and host.note("x") is None
    assert Host({}, environ={}).environ == {} and Host({}, check_mode=True).check_mode is True
    assert host.memories is not Host({}).memories


def test_what_it_says_holds_no_secret():
    warnings, notes = [], []
    host = Host({}, warn=warnings.append, note=notes.append)
    host.redactor.add("canary")
    host.warn("a canary sings")
    host.note("the canary too")
    assert (warnings, notes) == (["a ******** sings"], ["the ******** too"])


def test_the_time_is_told_where_the_work_made_it_longer():
    """Not where it is what every task has, nor where the task said how long it may take."""
    host = Host({})
    assert host.grown_limit() is None
    host.transport = SimpleNamespace(deadline=None)
    assert host.grown_limit() is None
    for seconds, more, told in ((None, 0, None), (None, 60, USUAL + 60), (USUAL + 60, 0, None)):
        host.transport.deadline = Deadline(seconds)
        host.transport.deadline.grow(more)
        assert host.grown_limit() == told


def test_the_client_gets_what_the_host_has():
    notes = []
    host = Host({}, note=notes.append)
    host.tokens = object()
    options, redactor, tokens, note = host.kept_client(small_panel.Client, {"api_url": "u"}).made_with
    assert (options, redactor, tokens) == ({"api_url": "u"}, host.redactor, host.tokens)
    note("heard")
    assert notes == ["heard"]
    assert host.kept_client(small_panel.Client, {}) is not host.kept_client(small_panel.Client, {})


def test_what_is_told_once_is_a_secret_from_then_on():
    warnings = []
    host = Host({}, warn=warnings.append)
    host.tell("users", "sara", {"password": "canary"})
    assert host.redactor.text("canary") == "********" and warnings == []


def test_what_is_told_once_goes_where_it_is_kept():
    kept, warnings = [], []
    host = Host({}, warn=warnings.append)
    host.keep = lambda *what: kept.append(what) or ("it is elsewhere" if len(kept) > 1 else None)
    host.tell("users", "sara", {"password": "canary"})
    assert kept == [("users", "sara", {"password": "canary"})] and warnings == []
    host.tell("users", "ali", {"password": "canary"})
    assert warnings == ["it is elsewhere"]


@pytest.mark.parametrize("params", [{}, {"secrets_path": None}, {"secrets_path": ""}])
def test_without_secrets_path_nothing_is_opened(params):
    host = Host(params)
    host.open_secrets("vendor/sara")
    assert host.keep is None


def test_secrets_path(tmp_path):
    path = tmp_path / "secrets.yml"
    host = Host({"secrets_path": str(path)})
    host.open_secrets("vendor/sara")
    host.tell("users", "ali", {"password": "canary"})
    assert yaml_data.load_data(path.read_text(encoding="utf-8")) == {"vendor/sara": {"users": {"ali": {"password": "canary"}}}}


def test_secrets_path_in_a_container_that_goes_with_the_job(tmp_path, monkeypatch):
    warnings = []
    monkeypatch.setattr("ansible_collections.kariz.panels.plugins.module_utils._core.options.lasting.lost_with_job", lambda path, environ: bool(environ))
    path = str(tmp_path / "secrets.yml")
    for environ in ({}, {"AWX_HOST": "x"}):
        Host({"secrets_path": path}, warn=warnings.append, environ=environ).open_secrets("vendor/sara")
    assert len(warnings) == 1 and warnings[0].startswith("secrets_path %s is lost when this job ends" % path)


def test_secrets_path_is_refused_before_anything_is_sent(tmp_path):
    (tmp_path / "secrets.yml").write_text("- no mapping", encoding="utf-8")
    with pytest.raises(UsageError, match="secrets_path"):
        Host({"secrets_path": str(tmp_path / "secrets.yml")}).open_secrets("vendor/sara")
    # A check writes nothing, not even to try.
    folder = tmp_path / "new"
    Host({"secrets_path": str(folder / "secrets.yml")}, check_mode=True).open_secrets("vendor/sara")
    assert not folder.exists()


def test_an_encrypted_secrets_path_is_opened_with_the_vault(tmp_path):
    path = tmp_path / "secrets.yml"
    path.write_bytes(b"$ANSIBLE_VAULT;1.1;AES256\n00")
    with pytest.raises(UsageError, match="is encrypted"):
        Host({"secrets_path": str(path)}).open_secrets("vendor/sara")

    class Vault:
        @staticmethod
        def decrypt(_path):
            return "vendor/ali: {}"

        @staticmethod
        def encrypt(text):
            return b"$ANSIBLE_VAULT;1.1;AES256\n" + text.encode().hex().encode()
    host = Host({"secrets_path": str(path)})
    host.vault = Vault()
    host.open_secrets("vendor/sara")
    host.tell("users", "ali", {"password": "canary"})
    assert b"canary" not in path.read_bytes() and b"canary".hex().encode() in path.read_bytes()
