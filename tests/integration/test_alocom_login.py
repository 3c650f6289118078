# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One login for a play, and logging out, through both doors."""

from __future__ import annotations

import pytest

LOGIN = "kariz.panels.alocom_login"
LABELS = "kariz.panels.alocom_label_info"


def told(name):
    """A result that reveals a secret is kept from callbacks; this says what a registered variable holds without showing it."""
    return {"name": "%s told" % name, "ansible.builtin.debug": {"msg": {
        "token": "{{ %s.token | default('') | length }}" % name, "expires_in": "{{ %s.expires_in is none }}" % name,
        "changed": "{{ %s.changed }}" % name, "requests": "{{ %s.api.requests }}" % name}}}


def step(name, **options):
    more = options.pop("keywords", {})
    return {"name": name, LOGIN: options, "register": name.replace(" ", "_"), "ignore_errors": True, **more}


def given(options, token):
    return {**options, "api_token": token}


@pytest.mark.smoke
def test_one_login_for_a_play(alocom, run, door):
    # With only the token, nobody else can log in.
    with_token = {"api_url": alocom.url, "api_token": "{{ first.token }}"}
    played = run([
        step("first"), told("first"),
        {"name": "by token", LABELS: with_token}, {"name": "by token again", LABELS: with_token},
        {"name": "by credentials", LABELS: {}},
        step("second", keywords={"check_mode": True}), told("second"),
        {"name": "the same", "ansible.builtin.debug": {"msg": "{{ first.token == second.token }}"}},
    ], door, verbosity=4).ok()
    logins = alocom.summary()["logins"]
    # The run's tokens are kept where the tasks run in the controller; a module's process logs in for itself.
    assert logins == (1 if door == "fast" else 3)
    assert played["first told"]["msg"]["changed"] is False and played["first told"]["msg"]["expires_in"] is True
    assert played["first told"]["msg"]["requests"] == 1 and played["second told"]["msg"]["requests"] == (0 if door == "fast" else 1)
    assert played["by token"]["api"]["requests"] == played["by token again"]["api"]["requests"] == 1
    assert played["by credentials"]["api"]["requests"] == (1 if door == "fast" else 2)
    assert played["the same"]["msg"] is (door == "fast")
    assert "kariz.panels.told" in played["first"]["token"] and "censored" not in played["first"]
    tokens = alocom.dump()["tokens"]
    assert tokens and played["first told"]["msg"]["token"] == len(tokens[0])
    for secret in [*tokens, alocom.connection["api_password"]]:
        assert secret not in played.output
        assert secret not in str(played.lines)


def test_logging_out(alocom, run, door):
    played = run([
        step("nothing", state="absent"), step("entry"),
        step("foretold", state="absent", api_token="{{ entry.token }}", keywords={"check_mode": True}),
        {"name": "still good", LABELS: {"api_url": alocom.url, "api_token": "{{ entry.token }}"}},
        step("out", state="absent", api_token="{{ entry.token }}"),
        step("void foretold", state="absent", api_token="{{ entry.token }}", keywords={"check_mode": True}),
        step("void", state="absent", api_token="{{ entry.token }}"),
        {"name": "refused", LABELS: {"api_url": alocom.url, "api_token": "{{ entry.token }}", "api_username": "", "api_password": ""}, "ignore_errors": True},
        step("again"), told("again"), step("kept", state="absent"), step("kept twice", state="absent"),
    ], door, diff=True).ok()
    fast = door == "fast"
    assert played["nothing"]["changed"] is False and played["nothing"]["api"]["requests"] == 0
    assert played["foretold"]["changed"] is True and played["out"]["changed"] is True
    assert played["foretold"]["api"]["requests"] == played["out"]["api"]["requests"] == 1
    assert set(played["foretold"]) == set(played["out"])
    assert played["void"]["changed"] is played["void foretold"]["changed"] is False
    assert played.kinds("refused") == ["failed"] and "void or expired" in played["refused"]["msg"]
    # The logout forgot the token that the run kept, so this was a new login and not a refused token.
    assert played["again told"]["msg"]["requests"] == 1 and alocom.summary()["logins"] == 2
    assert played["kept"]["changed"] is fast and played["kept twice"]["changed"] is False
    assert played["kept"]["api"]["requests"] == (1 if fast else 0)
    assert len(alocom.dump()["tokens"]) == (0 if fast else 1)
    assert alocom.operations().count("auth.logout") == (3 if fast else 2)
    assert all("token" not in played[name] for name in ("out", "kept"))


def test_failures(alocom, run, door):
    played = run([
        step("wrong", api_password="not-this-one-either"),
        step("no credentials", api_username="", api_password="", api_token="a-token-is-no-credential"),
        step("bad state", state="latest"),
    ], door, verbosity=4).ok()
    assert played.kinds("wrong") == ["failed"] and played["wrong"]["error"]["http_status"] == 401
    assert "alocom_login: login: " in played["wrong"]["msg"] and "api_username" in played["wrong"]["msg"]
    assert played["no credentials"]["error"]["code"] == "no_credentials"
    assert "a login needs api_username and api_password" in played["no credentials"]["msg"]
    assert "state" in played["bad state"]["msg"] and played.kinds("bad state") == ["failed"]
    assert "not-this-one-either" not in played.output and "a-token-is-no-credential" not in played.output
    assert alocom.operations() == ["auth.login"]


def test_a_logout_whose_answer_is_lost(alocom, run):
    alocom.settings(fixed_token="fixed-token-of-the-test")
    out = {"api_url": alocom.url, "api_token": "fixed-token-of-the-test", "api_username": "", "api_password": "", "state": "absent"}
    alocom.fault("reset_after", path="logout")
    assert run([step("lost", **out)]).ok()["lost"]["changed"] is True
    assert alocom.operations() == ["auth.logout", "auth.logout"]
    for fault, times, code in (("status_after", 1, None), ("status", 1, None), ("status", 2, "outcome_unknown")):
        alocom.reset(fixed_token="fixed-token-of-the-test")
        alocom.fault(fault, path="logout", status=500, times=times)
        played = run([step("lost", **out)])
        if code is None:
            assert played["lost"]["changed"] is True, (fault, played["lost"])
        else:
            assert played.kinds("lost") == ["failed"] and played["lost"]["error"]["code"] == code and "logout" in played["lost"]["msg"]


def test_a_token_is_not_left_in_a_job_file(alocom, run):
    played = run([step("hidden", keywords={"async": 30, "poll": 1})], verbosity=4).ok()
    assert "token not returned" in played.output
    tokens = list(alocom.dump()["tokens"])
    assert tokens
    for token in tokens:
        place = played.output.find(token)
        assert place < 0, played.output[max(0, place - 1500):place + 300]
