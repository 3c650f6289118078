# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets that a vendor chooses and tells once: the same bytes through both ways of running, whatever else is secret in the task."""

from __future__ import annotations

import base64
import json
import re
import stat
import tempfile

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret
from jobs import carry_out
from test_core_secrets import leaks

from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.file import SecretsFile
from ansible_collections.kariz.panels.plugins.module_utils._core.text.yaml_data import load_data

USER = "kariz.panels.alocom_user"
#: As a vendor might choose it, and a template if it is taken for one.
CANARY = "vendor-%2F\"چ{{ 7 * 7 }}-canary"
ENCODED = "{{ '%s' | b64decode }}" % base64.b64encode(CANARY.encode()).decode()
REFERENCE = re.compile(r"\{\{ lookup\('kariz\.panels\.told', '[0-9a-f]{32}\.[0-9]+'\) \}\}")
#: The account's password, and inside every secret that the vendors choose below.
OWN = "pass1234"
PERSON = {"name": "ن", "surname": "خ"}
CHOSEN = "Ab-%s<&\"\\é" % OWN
TOKEN = "tk-%s-%s.x" % (OWN, OWN)
LINK = "https://class.example/e1?token=%s" % TOKEN


@pytest.mark.seed("default", chosen_password=CHOSEN, password=OWN)
@pytest.mark.seed("default", vendor="deltasib", password=OWN)
def test_what_a_vendor_chose_comes_back_whole(alocom, deltasib, payamsms, run, door):
    """A password, a link or a token that contains another secret of the task is not masked inside."""
    payamsms.settings(password=OWN)
    alocom.fault("status", path="auth/login$", status=200, body={"token": TOKEN})
    alocom.fault("status", path="enroll-user-with-token$", status=200, times=2,
                 body={"enrolmentId": 7, "userId": 9, "eventLink": LINK, "token": TOKEN})
    deltasib.fault("status", path="auth", match_body="gettoken", status=200, body={"token": TOKEN, "SessionTimeout": "600"})
    payamsms.fault("status", path="oauth/token", status=200, body={"access_token": TOKEN, "expires_in": 600})
    alocom.settings(fixed_token="fixed-" + OWN)
    own = {vendor.group: {**vendor.connection, "api_password": OWN} for vendor in (alocom, deltasib, payamsms)}
    own[alocom.group]["api_token"] = "fixed-" + OWN
    enrolled = {"event": "math-10", "username": "new.%s" % OWN, **PERSON}
    played = run([
        {"kariz.panels.alocom_user": {"users": [{"username": "first", **PERSON, "password": OWN}, {"username": OWN, **PERSON}]}, "register": "users"},
        {"kariz.panels.alocom_user": {"username": "alone", **PERSON}, "register": "user"},
        {"kariz.panels.alocom_event_link": enrolled, "register": "link"},
        {"kariz.panels.alocom_event_link": {"people": [enrolled]}, "register": "links"},
        *({"kariz.panels.%s_login" % vendor: {"api_token_cache": False}, "register": vendor} for vendor in ("alocom", "deltasib", "payamsms")),
        {"name": "whole", "ansible.builtin.assert": {"quiet": True, "that": [
            "users.users[1].password == chosen", "users.users[1].username == own", "user.user.password == chosen", "link.link.entry_link == link_whole",
            "link.link.entry_token == token", "link.link.username == 'new.' ~ own", "links.links[0].entry_link == link_whole",
            "links.links[0].entry_token == token", "alocom.token == token", "deltasib.token == token", "payamsms.token == token",
            "'invocation' not in users or own not in users.invocation | to_json",
        ]}, "vars": {"chosen": CHOSEN, "own": OWN, "token": TOKEN, "link_whole": LINK}},
    ], door, connection=own[alocom.group], keywords={"module_defaults": own}, verbosity=1).ok()
    assert played.kinds("whole") == ["ok"]


@pytest.mark.smoke
@pytest.mark.seed("default", chosen_password=CANARY)
def test_what_is_told_once_is_a_reference_that_no_output_resolves(alocom, run, door, tmp_path):
    """Whoever uses it gets the secret, byte for byte, though it looks like a template; callbacks and -v see the reference, and the rest of the result."""
    alocom.settings(fixed_token="fixed")
    local = tmp_path / "local-tmp"
    enrolled = [{"event": "math-10", "username": "guest%d" % number, **PERSON} for number in range(2)]
    played = run([
        {"name": "one", USER: {"username": "a", **PERSON}, "register": "one"},
        {"name": "many", USER: {"users": [{"username": "b", **PERSON}, {"username": "c"}]}, "register": "many", "ignore_errors": True},
        {"name": "loop", USER: {"username": "{{ item }}", **PERSON}, "loop": ["d", "e"], "register": "looped"},
        {"name": "links", "kariz.panels.alocom_event_link": {"people": enrolled}, "register": "links"},
        {"name": "login", "kariz.panels.alocom_login": alocom.connection, "register": "login"},
        {"name": "held", "ansible.builtin.assert": {"quiet": True, "that": [
            "one.user.password == secret", "many.users | map(attribute='password', default='') | list == [secret, '']",
            "looped.results | map(attribute='user') | map(attribute='password') | list == [secret, secret]",
            "(one | to_json | from_json).user.password == secret", "hostvars[inventory_hostname].one.user.password == secret",
            "('%s' | format(one.user.password)) == secret", "links.links | map(attribute='entry_link') | unique | length == 2",
            "links.links[0].entry_token in links.links[0].entry_link", "login.token | length > 20"]}, "vars": {"secret": ENCODED}, "no_log": True},
        {"name": "each", "ansible.builtin.assert": {"that": "item.password == secret", "quiet": True}, "loop": ["{{ one.user }}"], "no_log": True,
         "vars": {"secret": ENCODED}},
        {"name": "used", "kariz.panels.alocom_label": {"title": "x", "api_token": "{{ login.token }}", "api_username": "", "api_password": ""}},
        {"name": "taken", USER: {"username": "f", **PERSON, "password": "{{ one.user.password }}"}},
        {"name": "kept", "ansible.builtin.find": {"paths": str(local), "patterns": "kariz_told_*", "recurse": True}, "register": "kept"},
        {"name": "closed", "ansible.builtin.assert": {"quiet": True, "that": [
            "kept.files | length > 0", "kept.files | map(attribute='mode') | unique | list == ['0600']"]}},
        {"name": "again", USER: {"username": "a", **PERSON}},
        {"name": "stranger", "ansible.builtin.debug": {"msg": "{{ lookup('kariz.panels.told', '%s.0') }}" % ("0" * 32)}, "ignore_errors": True},
        {"name": "nonsense", "ansible.builtin.debug": {"msg": "{{ lookup('kariz.panels.told', '../../etc/passwd.0') }}"}, "ignore_errors": True},
    ], door, connection={"api_url": alocom.url, "api_token": "fixed"}, verbosity=4, environment={"ANSIBLE_LOCAL_TEMP": str(local)}).ok()
    for name in ("held", "each", "used", "taken", "closed"):
        assert played.kinds(name) == ["ok"], name
    assert alocom.users()["f"]["password"] == CANARY
    told = json.dumps(played.lines, ensure_ascii=False)
    tokens = [token for token in alocom.dump()["tokens"] if token != "fixed"]
    secrets = [CANARY, *(row["token"] for row in alocom.dump().get("enrolments", ()) if row.get("token")), *tokens]
    assert len(secrets) > 1 and leaks(told, secrets) == set() and leaks(played.output, secrets) == set()
    # Nothing is censored but what the test itself keeps back: the counts, the differences and the error of a result are there to be read.
    assert REFERENCE.fullmatch(played["one"]["user"]["password"]) and REFERENCE.fullmatch(played["login"]["token"])
    assert all(REFERENCE.fullmatch(entry[name]) for entry in played["links"]["links"] for name in ("entry_link", "entry_token"))
    assert played["links"]["summary"]["created"] == 2 and set(played["links"]["diff"]["after"]) == {"math-10 / guest0", "math-10 / guest1"}
    assert played["many"]["summary"] == {"created": 1, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 1}
    assert "without name, surname" in played["many"]["msg"] and REFERENCE.fullmatch(played["many"]["users"][0]["password"])
    assert "password" not in played["again"]["user"]
    assert "told in another run" in played["stranger"]["msg"] and "no reference" in played["nonsense"]["msg"]
    assert list(tmp_path.rglob("kariz_told_*")) == []


@pytest.mark.seed("default", chosen_password=CANARY)
def test_secrets_path(alocom, run, door, tmp_path):
    """What is told once is in the file as well, also with async, and nothing in the file is a template."""
    path, other = tmp_path / "kept" / "secrets.yml", tmp_path / "async.yml"
    enrolled = {"event": "math-10", "username": "guest", **PERSON}
    played = run([
        {"name": "users", USER: {"users": [{"username": "a", **PERSON}, {"username": "b", **PERSON, "password": "own-one"}], "secrets_path": str(path)},
         "register": "users"},
        {"name": "loop", USER: {"username": "{{ item }}", **PERSON, "secrets_path": str(path)}, "loop": ["c", "d"]},
        {"name": "link", "kariz.panels.alocom_event_link": {**enrolled, "secrets_path": str(path)}, "register": "link"},
        {"name": "async", USER: {"username": "e", **PERSON, "secrets_path": str(other)}, "async": 60, "poll": 1},
        {"name": "read", "ansible.builtin.include_vars": {"file": str(path), "name": "read"}, "no_log": True},
        {"name": "read async", "ansible.builtin.include_vars": {"file": str(other), "name": "other"}, "no_log": True},
        {"name": "same", "ansible.builtin.assert": {"quiet": True, "that": [
            "read['alocom/kariz-demo'].users | list == ['a', 'c', 'd']", "read['alocom/kariz-demo'].users.c.password == secret",
            "read['alocom/kariz-demo'].users.a.password == users.users[0].password",
            "read['alocom/kariz-demo'].links['math-10 / guest'] == {'entry_link': link.link.entry_link, 'entry_token': link.link.entry_token}",
            "other['alocom/kariz-demo'].users.e.password == secret"]}, "vars": {"secret": ENCODED}, "no_log": True},
    ], door, verbosity=4).ok()
    assert played.kinds("same") == ["ok"] and leaks(played.output, [CANARY]) == set()
    assert "password" not in played["async"]["user"] and "written to secrets_path only" in played.output
    for file in (path, other):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["secrets.yml"]


@pytest.mark.seed("default", chosen_password=CANARY)
def test_an_encrypted_secrets_path(alocom, run, door, tmp_path):
    """It is encrypted again where the vault is at hand; where it is not, the task says so before it sends anything."""
    path = tmp_path / "secrets.yml"
    (tmp_path / "pass.txt").write_text("open")
    vault = VaultLib([("default", VaultSecret(b"open"))])
    path.write_bytes(vault.encrypt("alocom/old: {users: {z: {password: !unsafe '{{ x }}'}}}"))
    task = {"name": "made", USER: {"users": [{"username": "a", **PERSON}, {"username": "b", **PERSON}], "secrets_path": str(path)}}
    with_vault = ("--vault-password-file", str(tmp_path / "pass.txt"))
    locked = run([task], door).failed()
    assert "secrets_path: %s" % path in locked["made"]["msg"] and "no vendor was asked anything" in locked["made"]["msg"] and alocom.journal() == []
    played = run([task], door, arguments=with_vault)
    if door == "module":
        assert "controller's own process" in played.failed()["made"]["msg"] and alocom.journal() == []
        return
    played.ok()
    assert path.read_bytes().startswith(b"$ANSIBLE_VAULT") and stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_data(vault.decrypt(path.read_bytes()).decode()) == {
        "alocom/old": {"users": {"z": {"password": "{{ x }}"}}},
        "alocom/kariz-demo": {"users": {"a": {"password": CANARY}, "b": {"password": CANARY}}}}


@pytest.mark.seed("default", chosen_password="Chosen-1{{ x }}")
def test_each_secret_is_written_down_before_the_next_write(alocom, tmp_path, monkeypatch):
    path = tmp_path / "secrets.yml"
    wanted = dict(alocom.connection, api_concurrency=1, api_retries=0, secrets_path=str(path))
    written = []
    append, rewrite = SecretsFile._append, SecretsFile._rewrite

    def watched(real):
        def add(self, *arguments):
            real(self, *arguments)
            written.append((alocom.writes().count("users.create"), len(load_data(path.read_text(encoding="utf-8"))["alocom/kariz-demo"]["users"])))
        return add
    monkeypatch.setattr(SecretsFile, "_append", watched(append))
    monkeypatch.setattr(SecretsFile, "_rewrite", watched(rewrite))
    alocom.fault("reset_before", path="users$", method="POST", skip=3, times=9)
    result = carry_out("alocom_user", dict(wanted, users=[{"username": "u%d" % number, **PERSON} for number in range(4)]))
    assert result["failed"] and written == [(1, 1), (2, 2), (3, 3)]
    assert set(load_data(path.read_text(encoding="utf-8"))["alocom/kariz-demo"]["users"]) == {"u0", "u1", "u2"}
    links = [{"event": "math-10", "username": "g%d" % number, **PERSON} for number in range(3)]
    carry_out("alocom_event_link", dict(wanted, people=links))
    assert set(load_data(path.read_text(encoding="utf-8"))["alocom/kariz-demo"]["links"]) == {"math-10 / g0", "math-10 / g1", "math-10 / g2"}


@pytest.mark.parametrize("module, wanted", [
    ("alocom_user", {"username": "a", **PERSON}), ("alocom_event_link", {"event": "math-10", "username": "a", **PERSON})])
@pytest.mark.parametrize("check", [False, True])
@pytest.mark.seed("default")
def test_a_secrets_path_that_cannot_be_used_is_told_before_any_request(alocom, tmp_path, module, wanted, check):
    (tmp_path / "list.yml").write_text("- a\n")
    for path in (tmp_path, tmp_path / "list.yml", tmp_path / "list.yml" / "x.yml", *(() if check else ("/proc/kariz/x.yml",))):
        result = carry_out(module, dict(alocom.connection, secrets_path=str(path), **wanted), check=check)
        assert result["failed"] and result["msg"].startswith("%s" % module) and "secrets_path: %s: " % path in result["msg"], result
        assert result["error"]["code"] == "bad_option" and alocom.journal() == []
    new = tmp_path / "new" / "secrets.yml"
    result = carry_out(module, dict(alocom.connection, secrets_path=str(new), **wanted), check=check)
    assert not result["failed"] and new.exists() is not check and alocom.writes() != [] or check


@pytest.mark.seed("default", chosen_password=CANARY)
def test_a_secrets_path_that_breaks_on_the_way_loses_nothing(alocom, tmp_path, monkeypatch):
    path = tmp_path / "gone" / "secrets.yml"
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    real = SecretsFile._rewrite

    def full(self, *arguments):
        if self.path == str(path):
            raise OSError(28, "No space left on device")
        real(self, *arguments)
    monkeypatch.setattr(SecretsFile, "_rewrite", full)
    result = carry_out("alocom_user", dict(alocom.connection, api_concurrency=1, secrets_path=str(path), users=[
        {"username": "a", **PERSON}, {"username": "b", **PERSON}]))
    assert not result["failed"] and len(result["warnings"]) == 2
    assert "password of a could not be written to secrets_path ([Errno 28] No space left on device)" in result["warnings"][0]
    kept = tmp_path / result["warnings"][0].rpartition("see ")[2]
    assert load_data(kept.read_text(encoding="utf-8")) == {"alocom/kariz-demo": {"users": {"a": {"password": CANARY}, "b": {"password": CANARY}}}}
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600 and CANARY not in str(result["warnings"])
