# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that only their owner may read: whole or as they were, whatever lies in their place, and whoever writes them."""

from __future__ import annotations

import os
import stat

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._business.watching import State
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets import private
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.file import SecretsFile
from ansible_collections.kariz.panels.plugins.plugin_utils._desired import write_private


def by_state(path):
    state = State(str(path))
    state.value = {"word": "new"}
    state.save()


#: Everybody who replaces a file as a whole.
WRITERS = {
    "itself": lambda path: private.replace(str(path), "new"), "bytes": lambda path: private.replace(str(path), b"new"),
    "reports": lambda path: write_private(str(path), "new"), "event source": by_state,
    "secrets": lambda path: SecretsFile(str(path)).keep("account", "users", "sara", {"password": "new"}),
}


@pytest.fixture(params=WRITERS)
def write(request):
    return WRITERS[request.param]


@pytest.mark.parametrize("name", ["a", "x" * 250])
def test_only_the_owner_reads_it(tmp_path, write, name):
    path = tmp_path / name
    path.write_text("{}")
    path.chmod(0o666)
    write(path)
    assert "new" in path.read_text() and stat.S_IMODE(path.stat().st_mode) == 0o600 and os.listdir(tmp_path) == [name]


def test_ones_own_link_is_followed(tmp_path, write):
    """Whoever keeps a file elsewhere and links it goes on doing so; the folder of the link needs no room for it."""
    (tmp_path / "vault").mkdir()
    link = tmp_path / "link"
    link.symlink_to("vault/file")
    for _turn in range(2):
        write(link)
        assert link.is_symlink() and "new" in (tmp_path / "vault/file").read_text() and os.listdir(tmp_path / "vault") == ["file"]


def test_somebody_elses_link_is_not_followed(tmp_path, monkeypatch):
    (tmp_path / "theirs").write_text("old")
    link = tmp_path / "link"
    link.symlink_to("theirs")
    monkeypatch.setattr(os, "geteuid", lambda: os.lstat(link).st_uid + 1)
    monkeypatch.setattr(os, "lstat", lambda path, lstat=os.lstat: os.stat_result((*lstat(path)[:4], 4711, *lstat(path)[5:])))
    assert private.target(str(link)) == str(link)
    private.replace(str(link), "new")
    monkeypatch.undo()
    assert not link.is_symlink() and link.read_text() == "new" and (tmp_path / "theirs").read_text() == "old"


@pytest.mark.parametrize("trouble", ["fsync", "replace"])
def test_what_cannot_be_written_changes_nothing(tmp_path, monkeypatch, trouble):
    def full(*_arguments):
        raise OSError(28, "No space left on device")
    path = tmp_path / "file"
    path.write_text("old")
    monkeypatch.setattr(os, trouble, full)
    with pytest.raises(OSError, match="No space"):
        private.replace(str(path), "new")
    assert path.read_text() == "old" and os.listdir(tmp_path) == ["file"]


def test_a_text_that_no_file_holds_leaves_no_draft(tmp_path):
    with pytest.raises(UnicodeEncodeError):
        private.replace(str(tmp_path / "file"), "\ud800")
    assert os.listdir(tmp_path) == []


def test_a_file_system_that_cannot_settle_a_folder(tmp_path, monkeypatch):
    """The file is whole all the same."""
    honest = os.fsync

    def odd(handle):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(22, "Invalid argument")
        honest(handle)
    monkeypatch.setattr(os, "fsync", odd)
    private.replace(str(tmp_path / "file"), "new")
    assert (tmp_path / "file").read_text() == "new"
