# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file of secrets that are told once: nothing is lost, whoever else writes into it, and a thousand cost a thousand lines."""

from __future__ import annotations

import fcntl
import json
import os
import stat
import threading

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets import file as room
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets import told
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.file import SecretsFile
from ansible_collections.kariz.panels.plugins.module_utils._core.text import yaml_data
from ansible_collections.kariz.panels.plugins.plugin_utils import _told as references

NASTY = "{{ x }} {% y %} '\"\\ #: é\u200c\n- a"


def read(path):
    return yaml_data.load_data(path.read_text(encoding="utf-8"))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "new" / "secrets.yml"


@pytest.fixture
def rewrites(monkeypatch):
    made = []
    real = SecretsFile._rewrite
    monkeypatch.setattr(SecretsFile, "_rewrite", lambda self, *arguments: made.append(arguments[2]) or real(self, *arguments))
    return made


def test_secrets_are_added_at_the_end_and_change_nothing_else(path, rewrites):
    first = SecretsFile(str(path))
    for number in range(5):
        assert first.keep("a/b", "users", "u%d" % number, {"password": "%s%d" % (NASTY, number)}) is None
    assert rewrites == ["u0"] and read(path) == {"a/b": {"users": {"u%d" % number: {"password": "%s%d" % (NASTY, number)} for number in range(5)}}}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and os.listdir(path.parent) == ["secrets.yml"]
    # Another account, another kind, and back: each block is there once.
    first.keep("c/d", "users", "u", {"password": "1"})
    first.keep("a/b", "links", "l", {"entry_link": "2", "entry_token": "3"})
    first.keep("a/b", "users", "u9", {"password": NASTY})
    found = read(path)
    assert len(found["a/b"]["users"]) == 6 and found["c/d"] == {"users": {"u": {"password": "1"}}} and list(found) == ["c/d", "a/b"]
    assert found["a/b"]["links"] == {"l": {"entry_link": "2", "entry_token": "3"}}
    # What is told of the same object again is what counts.
    del rewrites[:]
    first.keep("a/b", "users", "u0", {"password": "second"})
    assert read(path)["a/b"]["users"]["u0"] == {"password": "second"} and rewrites == ["u0"]


def test_what_is_told_twice_in_a_row_stands_there_once(path, rewrites):
    kept = SecretsFile(str(path))
    for label, password in (("u0", "1"), ("u1", "2"), ("u1", "3"), ("u2", "4"), ("u2", "5")):
        kept.keep("a/b", "users", label, {"password": password})
    assert path.read_text().count("u1") == path.read_text().count("u2") == 1 and rewrites == ["u0", "u1", "u2"]
    assert read(path) == {"a/b": {"users": {"u0": {"password": "1"}, "u1": {"password": "3"}, "u2": {"password": "5"}}}}


def test_a_name_that_no_file_can_have_is_told_before_anything_is_sent(tmp_path):
    for check_mode in (False, True):
        with pytest.raises(UsageError, match="File name too long"):
            SecretsFile(str(tmp_path / ("x" * 300)), check_mode=check_mode)
    assert os.listdir(tmp_path) == []


def test_an_error_without_words_is_told_by_its_kind(path, monkeypatch):
    path.parent.mkdir()
    path.write_text("a: {}")

    def fails(_text):
        raise ValueError
    monkeypatch.setattr(yaml_data, "load_data", fails)
    with pytest.raises(UsageError, match="cannot be read: ValueError"):
        SecretsFile(str(path))


def test_others_write_into_it_meanwhile(path, rewrites):
    one, other = SecretsFile(str(path)), SecretsFile(str(path))
    for number in range(3):
        one.keep("a/b", "users", "one%d" % number, {"password": "x"})
        other.keep("a/b", "users", "other%d" % number, {"password": "y"})
    os.chmod(path, 0o644)
    path.write_text(path.read_text() + "# seen\n")
    one.keep("a/b", "users", "last", {"password": "z"})
    assert len(read(path)["a/b"]["users"]) == 7 and stat.S_IMODE(path.stat().st_mode) == 0o600
    path.unlink()
    one.keep("a/b", "users", "after", {"password": "z"})
    assert read(path) == {"a/b": {"users": {"after": {"password": "z"}}}}


def test_many_threads_and_a_lock_of_another_process(path):
    kept = SecretsFile(str(path))
    path.parent.mkdir()
    handle = os.open(path.parent, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    threads = [threading.Thread(target=kept.keep, args=("a/b", "users", "u%d" % number, {"password": str(number)})) for number in range(8)]
    for thread in threads:
        thread.start()
    threads[0].join(0.05)
    assert not path.exists() and all(thread.is_alive() for thread in threads)
    os.close(handle)
    for thread in threads:
        thread.join()
    assert read(path)["a/b"]["users"] == {"u%d" % number: {"password": str(number)} for number in range(8)}


@pytest.mark.parametrize("content, text", [
    (b"- a\n", "holds something else than secrets of accounts"), (b"a: text\n", "holds something else"), (b"a: {b: text}\n", "holds something else"),
    (b"text", "holds something else"), (b"a: [", "cannot be read: "), (b"\xff\xfe", "cannot be read: it is no text in UTF-8;"),
    (b"$ANSIBLE_VAULT;1.1;AES256\n00", "is encrypted, and only a task in the controller's own process")])
def test_what_is_no_file_of_secrets_is_refused_and_left_alone(tmp_path, content, text):
    path = tmp_path / "x.yml"
    path.write_bytes(content)
    with pytest.raises(UsageError) as refused:
        SecretsFile(str(path))
    assert refused.value.message.startswith("secrets_path: %s: %s" % (path, text)) and refused.value.operation == "options"
    assert refused.value.message.endswith("; no vendor was asked anything, so that no secret is lost") and path.read_bytes() == content


def test_an_empty_file_a_folder_and_a_library_that_is_missing(tmp_path, monkeypatch):
    (tmp_path / "x.yml").write_text("")
    SecretsFile(str(tmp_path / "x.yml")).keep("a/b", "users", "u", {"password": "1"})
    assert read(tmp_path / "x.yml") == {"a/b": {"users": {"u": {"password": "1"}}}}
    with pytest.raises(UsageError, match="cannot be read"):
        SecretsFile(str(tmp_path))
    with pytest.raises(UsageError, match="the folder %s cannot be written to" % (tmp_path / "x.yml")):
        SecretsFile(str(tmp_path / "x.yml" / "y.yml"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert SecretsFile("z.yml").path == SecretsFile("~/z.yml").path == str(tmp_path / "z.yml")
    monkeypatch.setattr(yaml_data, "yaml", None)
    with pytest.raises(UsageError, match="PyYAML is missing where the task runs"):
        SecretsFile(str(tmp_path / "y.yml"))


def test_it_is_proved_before_anything_is_sent_but_not_in_check_mode(tmp_path, monkeypatch):
    def full(**_more):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(room.tempfile, "mkstemp", full)
    with pytest.raises(UsageError, match="the folder %s cannot be written to: No space left on device" % tmp_path):
        SecretsFile(str(tmp_path / "a" / "b" / "x.yml"))
    SecretsFile(str(tmp_path / "a" / "b" / "x.yml"), check_mode=True)
    monkeypatch.undo()
    SecretsFile(str(tmp_path / "a" / "b" / "x.yml"))
    assert os.listdir(tmp_path) == []
    monkeypatch.setattr(room.os, "access", lambda path, mode: mode != os.W_OK | os.X_OK)
    with pytest.raises(UsageError, match="cannot be written to"):
        SecretsFile(str(tmp_path / "x.yml"), check_mode=True)


class Vault:
    """Turns letters around behind the platform's mark."""

    def __init__(self):
        self.broken = False

    def decrypt(self, path):
        if self.broken:
            raise ValueError("no password\nfor it")
        with open(path, encoding="utf-8") as file:
            return file.read().partition("\n")[2][::-1]

    def encrypt(self, text):
        return b"$ANSIBLE_VAULT;1.1\n" + text[::-1].encode()


def test_an_encrypted_file_stays_encrypted(tmp_path, rewrites):
    path, vault = tmp_path / "x.yml", Vault()
    path.write_bytes(vault.encrypt(yaml_data.dump_data({"old/old": {"users": {"z": {"password": NASTY}}}})))
    kept = SecretsFile(str(path), vault)
    for name in "ab":
        kept.keep("a/b", "users", name, {"password": NASTY})
    assert path.read_bytes().startswith(b"$ANSIBLE_VAULT") and rewrites == ["a", "b"]
    assert yaml_data.load_data(vault.decrypt(path)) == {
        "old/old": {"users": {"z": {"password": NASTY}}}, "a/b": {"users": {name: {"password": NASTY} for name in "ab"}}}
    vault.broken = True
    with pytest.raises(UsageError, match="cannot be read: no password; no vendor"):
        SecretsFile(str(path), vault)


def test_what_cannot_be_written_is_written_elsewhere(path, tmp_path, monkeypatch):
    monkeypatch.setattr(room.tempfile, "tempdir", str(tmp_path))
    kept = SecretsFile(str(path))
    kept.keep("a/b", "users", "a", {"password": "1"})
    path.write_text("- somebody's\n")
    first = kept.keep("a/b", "users", "b", {"password": "2", "token": "3"})
    second = kept.keep("a/b", "users", "c", {"password": "4"})
    assert first.startswith("password, token of b could not be written to secrets_path (holds something else than secrets of accounts); see %s/" % tmp_path)
    assert second.rpartition("see ")[2] == first.rpartition("see ")[2] and path.read_text() == "- somebody's\n"
    elsewhere = tmp_path / first.rpartition("see ")[2]
    assert read(elsewhere) == {"a/b": {"users": {"b": {"password": "2", "token": "3"}, "c": {"password": "4"}}}}
    assert stat.S_IMODE(elsewhere.parent.stat().st_mode) == 0o700
    monkeypatch.setattr(room.os, "replace", lambda *_paths: (none for none in ()).throw(OSError(5, "Input/output error")))
    told_of = SecretsFile(str(tmp_path / "other.yml")).keep("a/b", "users", "d", {"password": "5"})
    assert told_of == ("password of d could not be written to secrets_path ([Errno 5] Input/output error), nor anywhere else "
                       "([Errno 5] Input/output error)")
    assert sorted(entry.name for entry in tmp_path.iterdir() if entry.is_file()) == []


def test_where_there_are_no_locks_nobody_waits(path, monkeypatch):
    monkeypatch.setattr(room.fcntl, "flock", lambda *_arguments: (none for none in ()).throw(OSError(95, "not supported")))
    assert SecretsFile(str(path)).keep("a/b", "users", "a", {"password": "1"}) is None and read(path)


class Job:
    reveals = ("password", "token")


def test_holders_are_found_wherever_they_are():
    result = {"user": {"password": "a"}, "users": [{"password": "b", "inner": {"token": "c"}}, {"password": None}, {"password": ""}, 1],
              "diff": {"after": {"password": "d"}}, "invocation": {"password": "e"}, "api": {"token": "f"}, "error": {"token": "g"}}
    assert told.holders(Job, result) == [{"password": "a"}, {"password": "b", "inner": {"token": "c"}}, {"token": "c"}]
    assert told.holders(Job, {"token": "x", "deep": {"diff": {"token": "y"}}}) == [{"token": "x", "deep": {"diff": {"token": "y"}}}, {"token": "y"}]

    class Quiet:
        reveals = ()
    assert told.holders(Quiet, result) == [] and told.withhold(Quiet, result) is False
    assert told.withhold(Job, result) is True and told.withhold(Job, result) is False
    assert result["user"] == {} and result["users"] == [{"inner": {}}, {"password": None}, {"password": ""}, 1] and result["api"] == {"token": "f"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(references.C, "DEFAULT_LOCAL_TMP", str(tmp_path))
    monkeypatch.setattr(references, "_mine", [])
    return tmp_path


def reference_of(text):
    return str(text).partition("', '")[2].partition("'")[0]


def test_references_stand_for_secrets_and_only_for_them(folder):
    holders = [{"password": NASTY, "id": 7}, {"password": None, "token": "t\udc80"}, {}]
    assert references.refer(("password", "token"), holders) is True
    assert holders[0]["id"] == 7 and holders[1]["password"] is None and holders[2] == {}
    found = [holders[0]["password"], holders[1]["token"]]
    assert all(str(text).startswith("{{ lookup('kariz.panels.told', '") for text in found)
    assert [references.resolve(reference_of(text)) for text in found] == [NASTY, "t\udc80"]
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and len(file.read_text().splitlines()) == 2
    later = [{"password": "later"}]
    references.refer(("password",), later)
    assert references.resolve(reference_of(later[0]["password"])) == "later" and len(list(folder.iterdir())) == 1
    # Another process, as a worker is, has a file of its own.
    references._mine[0] = -1
    references.refer(("password",), [{"password": "x"}])
    assert len(list(folder.iterdir())) == 2
    key = reference_of(found[0]).partition(".")[0]
    for wrong in ("%s.1" % key, "%s.-1" % key, "%s" % key, "../%s.0" % key, "%s.0\n" % key, "", 7, None):
        with pytest.raises(LookupError, match="no reference"):
            references.resolve(wrong)
    for gone in ("%s.0" % ("0" * 32), "%s.%d" % (key, file.stat().st_size)):
        with pytest.raises(LookupError, match="another run"):
            references.resolve(gone)


def test_without_a_folder_of_the_run_nothing_is_replaced(folder, monkeypatch):
    monkeypatch.setattr(references.C, "DEFAULT_LOCAL_TMP", str(folder / "gone"))
    holders = [{"password": "a"}]
    assert references.refer(("password",), holders) is False and holders == [{"password": "a"}] and json.dumps(holders)
