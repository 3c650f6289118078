# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options as `invocation` shows them, secrets among options of any shape, and secrets told once in results of any shape."""

from __future__ import annotations

import types

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.secrets import told
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.declared import given_secrets, hidden, of_item
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.invocation import invocation
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.redact import MASKED_OPTION

PERSON = {"name": {"type": "str"}, "password": {"type": "str", "no_log": True}}
ARGUMENTS = {
    "api_url": {"type": "str"}, "api_password": {"type": "str", "no_log": True}, "journal": {"type": "str"}, "title": {"type": "str"},
    "users": {"type": "list", "options": PERSON}, "labels": {"type": "list", "options": {"title": {"type": "str"}}},
    "teams": {"type": "list", "options": {"people": {"type": "list", "options": PERSON}}}, "person": {"type": "dict", "options": PERSON},
    "connection": {"type": "dict"}, "names": {"type": "list"}, "count": {"type": "int"}}


def shown(secrets=(), **params):
    found = invocation(ARGUMENTS, params, secrets)
    assert list(found) == list(ARGUMENTS)
    return {name: found[name] for name in params}


@pytest.mark.parametrize(("name", "value", "wanted"), [
    ("api_password", "word", MASKED_OPTION), ("api_password", "", MASKED_OPTION), ("api_password", None, None), ("api_password", 0, MASKED_OPTION),
    ("api_url", "https://user:word@host/path", "https://host/path"), ("api_url", 5, 5), ("api_url", None, None), ("title", "https://user:word@host/", None),
    ("journal", None, None), ("journal", "/var/lib/journal.db", None), ("journal", 7, None),
    ("users", [{"name": "a", "password": "word"}], [{"name": "a", "password": MASKED_OPTION}]), ("users", [{"name": "a"}], [{"name": "a", "password": None}]),
    ("users", ["word", 5], [MASKED_OPTION, MASKED_OPTION]), ("labels", ["word", {"title": "a"}], ["word", {"title": "a"}]),
    ("users", "word", MASKED_OPTION), ("labels", "word", "word"), ("users", None, None), ("users", [], []),
    ("teams", [{"people": ["word"]}, "word"], [{"people": [MASKED_OPTION]}, MASKED_OPTION]),
    ("person", {"name": "a", "password": "word", "more": "x"}, {"name": "a", "password": MASKED_OPTION}), ("person", "word", MASKED_OPTION),
    ("connection", "word", MASKED_OPTION), ("connection", {"api_token": "word"}, None), ("names", ["a"], None), ("count", 3, None)])
def test_one_option(name, value, wanted):
    assert shown(**{name: value}) == {name: value if wanted is None else wanted}


def test_a_journal_in_a_database():
    assert "word" not in shown(journal="postgresql://user:word@host/db")["journal"] and "host/db" in shown(journal="postgresql://user:word@host/db")["journal"]
    # Only the option of that name is an address of a journal.
    assert shown(title="postgresql://user:word@host/db") == {"title": "postgresql://user:word@host/db"}


def test_long_lists_are_told_as_their_length():
    assert len(shown(labels=[{"title": "a"}] * 20)["labels"]) == 20 and shown(labels=[{"title": "a"}] * 21) == {"labels": ["21 items"]}


def test_secrets_that_no_specification_names():
    secrets = {"word", "5"}
    assert shown(secrets, connection={"a": ["word", {"b": "word"}], "c": "words", "d": 5, "e": None}) == {
        "connection": {"a": [MASKED_OPTION, {"b": MASKED_OPTION}], "c": "words", "d": MASKED_OPTION, "e": None}}
    assert shown(secrets, title="word", names=["word", "x"], count=5) == {"title": MASKED_OPTION, "names": [MASKED_OPTION, "x"], "count": 5}
    assert shown(secrets, labels=[{"title": "word"}], person={"name": "word"}) == {
        "labels": [{"title": MASKED_OPTION}], "person": {"name": MASKED_OPTION, "password": None}}


@pytest.mark.parametrize(("params", "wanted"), [
    ({"api_password": "word"}, ["word"]), ({"api_password": 5}, ["5"]), ({"api_password": None}, []), ({"api_password": True}, []), ({}, []),
    ({"api_password": ["a", {"b": "c", "d": None}, ("e", False)]}, ["a", "c", "e"]), ({"title": "open", "labels": ["open"], "names": ["open"]}, []),
    ({"users": [{"name": "open", "password": "a"}, {"password": "b"}, "c", None]}, ["a", "b", "c"]),
    ({"users": {"password": "a"}}, ["a"]), ({"users": "a"}, ["a"]),
    ({"person": {"name": "open", "password": "a"}}, ["a"]), ({"teams": [{"people": [{"name": "open", "password": "a"}, "b"]}, "c"]}, ["a", "b", "c"])])
def test_what_stands_where_a_secret_belongs(params, wanted):
    assert given_secrets(ARGUMENTS, params) == wanted


def test_secrets_inside_maps_and_addresses():
    job = types.SimpleNamespace(client=types.SimpleNamespace(secrets=lambda params: [params["token"], None, "", 5]))
    assert hidden(job, {"token": "a"}) == {"a", "5"}
    assert hidden(job, {"token": "a", "journal": "postgresql://user:word@host/db"}) >= {"a", "5", "word"}


JOB = types.SimpleNamespace(reveals=("password", "entry_link"))


def result():
    return {"changed": True, "password": "a", "users": [{"username": "x", "password": "b"}, {"username": "y", "password": None}, {"username": "z"}],
            "event": {"members": [{"entry_link": "c", "password": "d"}]}, "diff": {"after": {"password": "e"}}, "invocation": {"password": "f"},
            "more": {"diff": {"password": "g"}}}


def test_who_holds_what_was_told_once():
    """Wherever in the result; but what stands beside the objects (difference, options) holds none."""
    whole = result()
    assert told.holders(JOB, whole) == [whole, whole["users"][0], whole["event"]["members"][0], whole["more"]["diff"]]
    assert told.holders(types.SimpleNamespace(reveals=()), whole) == []


def test_what_was_told_once_can_be_withheld():
    whole = result()
    assert told.withhold(JOB, whole) is True and told.withhold(JOB, whole) is False
    assert whole["users"] == [{"username": "x"}, {"username": "y", "password": None}, {"username": "z"}] and whole["event"] == {"members": [{}]}
    assert "password" not in whole and whole["diff"] == {"after": {"password": "e"}} and whole["changed"] is True


def test_the_secrets_of_an_item():
    """Each of a list, so that it is known wherever it turns up alone."""
    resource = types.SimpleNamespace(field=lambda name: types.SimpleNamespace(secret=name in ("password", "codes")))
    desired = types.SimpleNamespace(given={"name": "a", "password": "canary", "codes": ["one", "two"], "labels": ["x"]})
    assert of_item(resource, desired) == ["canary", "one", "two"]
