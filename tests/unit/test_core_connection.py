# SPDX-License-Identifier: GPL-3.0-or-later
"""Connection options: whose credentials count, what is refused, and in which words."""

from __future__ import annotations

import itertools
import os

import pytest
from ansible.module_utils.errors import AnsibleFallbackNotFound

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
    {"api_timeout": 0.001}, {"api_deadline": 0.5}, {"api_retries": 0}, {"api_concurrency": 1}, {"api_concurrency": 256},
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


CONTROL = "api_token holds a line break or another control character, which no header can hold"
AT_THE_END = CONTROL + " (it is at the end: a file read as it is?)"
EDGES = "api_token begins or ends with white space, which no header can hold"
LETTERS = "api_token holds letters that no header can hold: it must consist of Latin letters, digits and signs"


@pytest.mark.parametrize(("value", "encoding", "said"), [
    ("abc", "latin-1", None), ("a b", "latin-1", None), ("caf\u00e9", "latin-1", None), ("~!\u00a0x", "latin-1", None), (None, "ascii", None),
    ("", "ascii", None), (5, "ascii", None), ("caf\u00e9", "ascii", LETTERS), ("\u0698", "latin-1", LETTERS), ("\u0698", "utf-8", None),
    ("abc\n", "latin-1", AT_THE_END), ("abc\r\n", "latin-1", AT_THE_END), ("a\nb", "latin-1", CONTROL), ("a\x1fb", "latin-1", CONTROL),
    ("a\x7f", "latin-1", CONTROL), ("a\tb\n", "latin-1", CONTROL), (" a", "latin-1", EDGES), ("a ", "latin-1", EDGES),
])
def test_what_a_header_can_hold(value, encoding, said):
    params = {"api_url": "https://panel.test", "api_token": value}
    names = list(options.COMMON) + list(params)
    if said is None:
        assert options.settle("vendor", names, params, CREDENTIALS, {}, headers=(("api_token", encoding),))["api_token"] == (value or None)
        return
    with pytest.raises(UsageError) as caught:
        options.settle("vendor", names, params, CREDENTIALS, {}, headers=(("api_token", encoding),))
    assert caught.value.message == said and caught.value.vendor == "vendor" and caught.value.code == "bad_option"


@pytest.mark.parametrize(("params", "sentence"), [
    ({"api_url": ""}, "api_url is required (or VENDOR_API_URL in the environment)"),
    ({"api_url": "ftp://user:canary@panel.test/x"}, "api_url must be an http or https address, not 'ftp://panel.test/x'"),
    *(({"api_url": "https://%s@panel.test" % user}, "api_url must not hold a username or a password: give api_username and api_password")
      for user in ("user", "user:canary", ":canary")),
    ({"api_timeout": 0}, "api_timeout must be more than 0, not 0"), ({"api_timeout": 0.0009}, "api_timeout must be more than 0, not 0.0009"),
    ({"api_deadline": float("inf")}, "api_deadline must be more than 0, not inf"), ({"api_deadline": 0.0}, "api_deadline must be more than 0, not 0.0"),
    ({"api_retries": -1}, "api_retries must be 0 or more, not -1"), ({"api_concurrency": 0}, "api_concurrency must be 1 or more, not 0"),
    ({"api_concurrency": 257}, "api_concurrency must be at most 256, not 257"),
    ({"ca_path": "/nonexistent/ca"}, "ca_path: there is no file or folder /nonexistent/ca"),
])
def test_in_which_words(params, sentence):
    with pytest.raises(UsageError) as caught:
        settle(params)
    assert caught.value.message == sentence


def test_limits_that_are_not_given_are_no_mistake():
    assert settle({"api_timeout": None, "api_deadline": None, "api_retries": None, "api_concurrency": None})["api_retries"] is None
    assert settle({"api_deadline": 0.001})["api_deadline"] == 0.001


def test_the_specification_of_a_connection():
    spec = options.connection_options("vendor", ("api_username", "api_token"), ("api_token",), api_system={"type": "str"})
    assert spec["api_url"] == {"type": "str", "fallback": (options.from_environment, ["VENDOR_API_URL"])}
    assert SPEC["api_url"] == dict(spec["api_url"], default="https://default.test")
    assert spec["api_username"] == {"type": "str", "no_log": False} and spec["api_token"] == {"type": "str", "no_log": True}
    assert spec["api_system"] == {"type": "str", "fallback": (options.from_environment, ["VENDOR_API_SYSTEM"])}
    assert [(name, spec[name]["type"], spec[name].get("default")) for name in options.COMMON] == [(name, *entry) for name, entry in options.COMMON.items()]
    assert all("default" not in spec[name] for name in ("ca_path", "api_url", "api_username", "api_system"))
    assert {name for name, entry in spec.items() if "no_log" in entry} == {"api_username", "api_token", "api_token_cache"}


def test_variables_of_the_environment(monkeypatch):
    monkeypatch.setenv("VENDOR_API_URL", "https://env.test")
    assert options.from_environment(options.variable("vendor", "api_url")) == "https://env.test"
    for name, value in (("VENDOR_API_URL", ""), ("VENDOR_OTHER", None)):
        if value is not None:
            monkeypatch.setenv(name, value)
        with pytest.raises(AnsibleFallbackNotFound):
            options.from_environment(name)
    monkeypatch.setenv("VENDOR_API_TOKEN", "from the process")
    assert options.settle("vendor", list(SPEC), {"api_url": "https://panel.test"}, CREDENTIALS)["api_token"] == "from the process"


@pytest.mark.parametrize(("url", "left"), [
    ("https://u:p@panel.test/x@y", "https://panel.test/x@y"), ("https://panel.test/x@y", "https://panel.test/x@y"), ("//u@panel.test", "//panel.test"),
    ("u@panel.test", "u@panel.test")])
def test_an_address_without_its_user(url, left):
    assert options.without_user(url) == left


def test_what_counts_where_nothing_is_said():
    assert {name: SPEC[name].get("default") for name in options.COMMON} == {
        "api_timeout": 30.0, "api_deadline": None, "api_retries": 5, "validate_certs": True, "ca_path": None, "api_concurrency": 8, "api_token_cache": True}


@pytest.mark.parametrize(("url", "same"), [
    ("https://Panel.test:443/", "https://panel.test"), ("http://panel.test:80/a/", "http://panel.test/a"),
    ("https://panel.test:444", "https://panel.test:444"), ("http://panel.test:443", "http://panel.test:443"),
    ("https://u:p@panel.test/?q=1", "https://panel.test"), ("https://[::1]:8443/x", "https://[::1]:8443/x")])
def test_one_address_in_its_spellings(url, same):
    assert options.address(url) == same


def test_a_token_is_known_again_by_what_does_not_tell_it():
    found = [options.short_digest(text) for text in ("canary", "canary", "canary2", "\ud800")]
    assert found[0] == found[1] and len(set(found)) == 3 and all(len(text) == 12 and "canary" not in text for text in found)
