# SPDX-License-Identifier: GPL-3.0-or-later
"""Connection options: whose credentials count, what is refused, and in which words."""

from __future__ import annotations

import itertools
import os

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.options import connection as options

CREDENTIALS = ("api_username", "api_password", "api_token")
SPEC = options.connection_options("vendor", CREDENTIALS, CREDENTIALS[1:], url="https://default.test")


def settle(params, environ=()):
    given = {name: entry.get("default") for name, entry in SPEC.items()}
    return options.settle("vendor", list(SPEC), dict(given, **params), CREDENTIALS, dict(environ))


@pytest.mark.parametrize("chosen", [names for size in range(4) for names in itertools.combinations(CREDENTIALS, size)], ids=str)
@pytest.mark.parametrize("there", [names for size in range(4) for names in itertools.combinations(CREDENTIALS, size)], ids=str)
def test_precedence(chosen, there):
    """The task beats the environment; what may be somebody else's joins nothing nearer: neither a token, nor credentials a token."""
    environ = {"VENDOR_%s" % name.upper(): "env-" + name for name in there}
    settled = settle({name: "task-" + name for name in chosen}, environ)
    for name in CREDENTIALS:
        if name in chosen:
            assert settled[name] == "task-" + name
        elif (name == "api_token" and chosen) or ("api_token" in chosen and "api_username" not in chosen):
            assert settled[name] is None
        else:
            assert settled[name] == ("env-" + name if name in there else None)


FIVE = (*CREDENTIALS, "api_system", "api_client")


@pytest.mark.parametrize(("levels", "account", "expected"), [
    # a token stands alone, whatever lies behind it
    ([{"api_token": "t"}, {"api_username": "u", "api_password": "p"}], ("api_username",), {"api_token": "t"}),
    ([{"api_token": "t", "api_password": "p"}, {"api_username": "u"}], ("api_username",), {"api_token": "t", "api_password": "p"}),
    ([{}, {"api_token": "t"}, {"api_username": "u"}], ("api_username",), {"api_token": "t"}),
    # ... unless the account is named beside it
    ([{"api_token": "t", "api_username": "u"}, {"api_password": "p", "api_token": "x"}], ("api_username",),
     {"api_token": "t", "api_username": "u", "api_password": "p"}),
    ([{"api_token": "t", "api_username": "u"}, {"api_password": "p", "api_system": "s"}], ("api_username", "api_system"),
     {"api_token": "t", "api_username": "u"}),
    # a vendor that knows nothing but tokens
    ([{"api_token": "t"}, {"api_token": "x", "api_client": "c"}], (), {"api_token": "t"}), ([{"api_token": ""}, {"api_token": "x"}], (), {"api_token": "x"}),
    # credentials complete each other, without a token of another level
    ([{"api_username": "u"}, {"api_token": "t", "api_username": "x"}, {"api_password": "p"}], ("api_username",), {"api_username": "u", "api_password": "p"}),
    # one level may hold both
    ([{}, {"api_token": "t", "api_username": "u", "api_password": "p"}], ("api_username",), {"api_token": "t", "api_username": "u", "api_password": "p"}),
    ([{"other": 1}, {}], ("api_username",), {}),
], ids=str)
def test_levels(levels, account, expected):
    assert options.nearest(levels, FIVE, account) == expected


@pytest.mark.parametrize(("params", "word"), [
    ({"api_url": ""}, "api_url"), ({"api_url": "panel.test"}, "api_url"), ({"api_url": "ftp://panel.test"}, "api_url"), ({"api_url": "http://"}, "api_url"),
    ({"api_timeout": 0}, "api_timeout"), ({"api_timeout": -1.0}, "api_timeout"), ({"api_deadline": 0}, "api_deadline"), ({"api_retries": -1}, "api_retries"),
    ({"api_concurrency": 0}, "api_concurrency"), ({"ca_path": "/nonexistent/ca"}, "ca_path"), ({"api_timeout": float("nan")}, "api_timeout"),
    ({"api_url": "http://panel.test:0"}, "api_url"), ({"api_url": "http://[::1"}, "api_url"), ({"api_url": "http://panel.test:port/"}, "api_url"),
])
def test_what_is_refused(params, word):
    with pytest.raises(UsageError, match=word):
        settle(params)


@pytest.mark.parametrize("params", [
    {"api_timeout": 0.001}, {"api_deadline": 0.5}, {"api_retries": 0}, {"api_concurrency": 1},
    {"api_url": "http://panel.test:1/x"}, {"ca_path": os.path.dirname(__file__)},
])
def test_what_is_accepted(params):
    settled = settle(params)
    assert {name: settled[name] for name in params} == params


def test_all_that_is_wrong_is_told_together():
    with pytest.raises(UsageError) as caught:
        settle({"api_url": "", "api_timeout": 0, "api_retries": -1, "api_concurrency": 0, "ca_path": "/nonexistent/ca"})
    named = [problem.text.split(" ")[0].rstrip(":") for problem in caught.value.problems]
    assert named == ["api_url", "api_timeout", "api_retries", "api_concurrency", "ca_path"]


def test_only_secrets_are_secret():
    assert {name for name, entry in SPEC.items() if entry.get("no_log")} == {"api_password", "api_token"} and SPEC["api_token_cache"]["no_log"] is False


def test_a_password_in_the_address_is_not_told():
    with pytest.raises(UsageError) as caught:
        settle({"api_url": "ftp://user:canary@panel.test"})
    assert "canary" not in caught.value.message


@pytest.mark.parametrize(("url", "clear"), [
    ("http://panel.test", True), ("https://panel.test", False), ("http://127.0.0.1:5", False), ("http://localhost", False), ("http://[::1]:5/x", False),
    ("http://127.0.0.1.evil.test", True), ("http://10.0.0.1", True), ("HTTP://panel.test", True),
])
def test_in_clear(url, clear):
    assert options.in_clear(url) is clear
