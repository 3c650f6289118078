# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are lost with a controller's job are told, before anything relies on them."""

from __future__ import annotations

import os

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.journal import Journal
from ansible_collections.kariz.panels.plugins.module_utils._core.options import lasting
from ansible_collections.kariz.panels.plugins.module_utils._core.task.host import Host

JOB = {"JOB_ID": "12", "AWX_PRIVATE_DATA_DIR": "/runner"}


@pytest.fixture
def mounts(monkeypatch):
    """A job's container: its own folder and what the controller mounts; all else lies in the container."""
    monkeypatch.setattr(os.path, "ismount", lambda path: path in ("/", "/runner", "/runner/project", "/tmp", "/dev/shm", "/srv/kariz"))


@pytest.mark.parametrize("path, lost", [
    ("/runner/project/journal.db", True), ("/root/journal.db", True), ("/tmp/journal.db", True), ("/dev/shm/journal.db", True), ("/srv/journal.db", True),
    ("/srv/kariz/journal.db", False), ("/srv/kariz/deep/er/journal.db", False), ("/srv/kariz-not/journal.db", True)])
def test_what_is_lost_with_a_job(mounts, path, lost):
    assert lasting.lost_with_job(path, JOB) is lost
    assert lasting.lost_with_job(path, {}) is False and lasting.lost_with_job(path, {"JOB_ID": "12"}) is False
    told = lasting.warning("journal", path, JOB, instead="another thing")
    assert (told is None) is not lost
    if lost:
        assert path in told and "another thing, or a path that the controller mounts into its jobs (AWX_ISOLATION_SHOW_PATHS)" in told


def test_a_journal_and_a_file_of_secrets_say_so(mounts, monkeypatch, tmp_path):
    for name, value in JOB.items():
        monkeypatch.setenv(name, value)
    said: list = []
    Journal(str(tmp_path / "journal.db"), "message", warn=said.append)
    assert len(said) == 1 and "postgresql://" in said[0] and "kariz.panels journal" in said[0]
    Journal("postgresql://user@127.0.0.1:1/none", "message", warn=said.append)
    Journal("/srv/kariz/journal.db", "message", warn=said.append)
    host = Host({"secrets_path": str(tmp_path / "secrets.yml")}, warn=said.append)
    host.open_secrets("somewhere")
    assert len(said) == 2 and said[1].startswith("secrets_path ")
    with pytest.raises(UsageError):
        Journal("mysql://x", "message", warn=said.append)
