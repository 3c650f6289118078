# SPDX-License-Identifier: GPL-3.0-or-later
"""One shape of error: what users get of it, whatever it is, and that a server's own words are redacted before they are cut."""

from __future__ import annotations

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core import errors
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.redact import Redactor


@pytest.mark.parametrize(("kind", "code", "retryable", "ends_all"), [
    (errors.PanelError, None, False, False), (errors.UsageError, "bad_option", False, False), (errors.ApiError, None, False, False),
    (errors.AuthError, "not_authenticated", False, False), (errors.ConflictError, None, False, False), (errors.NotFoundError, None, False, False),
    (errors.BadAnswerError, "bad_answer", False, False), (errors.TransportError, "no_connection", True, False), (errors.DeadlineError, "deadline", True, True),
    (errors.UnknownOutcome, "outcome_unknown", False, False), (errors.WriteRefused, "write_in_check_mode", False, False)])
def test_what_each_kind_says(kind, code, retryable, ends_all):
    error = kind("what", vendor="v", operation="look")
    assert error.error == {"vendor": "v", "operation": "look", "http_status": None, "code": code, "name": code, "message": "what", "retryable": retryable}
    assert error.ends_all is ends_all and error.undone is False and str(error) == "what" and error.hint is None
    assert kind("what", retryable=not retryable).error["retryable"] is not retryable
    own = kind("what", code="E1", name="own", http_status=400).error
    assert (own["code"], own["name"], own["http_status"]) == ("E1", "own", 400)


@pytest.mark.parametrize(("kind", "code", "name"), [
    (errors.PanelError, "E1", "E1"), (errors.PanelError, -5, None), (errors.AuthError, -6, "not_authenticated"), (errors.AuthError, "E1", "E1")])
def test_a_name_for_what_has_only_a_code(kind, code, name):
    assert kind("what", code=code).error["name"] == name


@pytest.mark.parametrize(("more", "sentence"), [
    ({}, "what."), ({"code": "E1"}, "what. [E1]"), ({"code": -5}, "what. [-5]"), ({"code": ""}, "what."), ({"http_status": 400}, "what. (HTTP 400)"),
    ({"http_status": 400, "code": 400}, "what. (HTTP 400)"), ({"http_status": 400, "code": 4}, "what. [4] (HTTP 400)"),
    ({"http_status": 200, "code": 4}, "what. [4]"), ({"http_status": 299}, "what."), ({"http_status": 300}, "what. (HTTP 300)"),
    ({"hint": "Do it"}, "what. Do it"), ({"hint": "Do it", "http_status": 400}, "what. (HTTP 400). Do it")])
def test_as_one_sentence(more, sentence):
    assert errors.PanelError("what.", **more).sentence() == sentence


@pytest.mark.parametrize(("message", "foreign", "told"), [
    ("no canary", None, "no ********"), ("no", "because  of\ncanary", "no: because of ********"), ("", "canary", "********"), ("no", "", "no: no text"),
    ("", " ", "no text"), ("no", {"a": "canary", "b": "\u0622"}, 'no: {"a": "********", "b": "\u0622"}'),
    ("no", ["x", {1}], 'no: ["x", "{1}"]'), ("no", "x" * 300, "no: " + "x" * 300), ("no", "x" * 301, "no: " + "x" * 300 + "..."),
    ("no", "x" * 297 + "canary", "no: " + "x" * 297 + "***..."), ("no", 5, "no: 5")])
def test_a_servers_own_words(message, foreign, told):
    redactor = Redactor()
    redactor.add("canary")
    error = errors.PanelError(message, foreign=foreign)
    # Before they are told they stand nowhere.
    assert "canary" not in str(error) or "canary" in message
    assert error.tell(redactor) is error and error.message == told == str(error) and error.foreign is None
    assert error.tell(redactor).message == told


def test_what_was_not_attempted_says_why():
    cause = errors.TransportError("nobody listens", vendor="v", operation="look", http_status=502)
    error = errors.NotAttempted(cause)
    assert error.message == "not attempted, because nobody listens" and error.code == "not_attempted" and error.ends_all
    assert (error.vendor, error.operation, error.retryable, error.http_status) == ("v", "look", True, None)
    assert errors.NotAttempted(errors.AuthError("refused")).retryable is False


def test_whether_the_server_has_finished():
    assert errors.UnknownOutcome("x").settled is True and errors.UnknownOutcome("x").late is False
    error = errors.UnknownOutcome("x", settled=False, late=True, vendor="v", http_status=504)
    assert (error.settled, error.late, error.vendor, error.http_status) == (False, True, "v", 504)
