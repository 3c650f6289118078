# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alocom without a server: where its answers keep a token, what refusals say, lists and details in every envelope, labels that are foretold."""

from __future__ import annotations

import pytest
from wires import reply, wired

from ansible_collections.kariz.panels.plugins.module_utils._alocom import client, shapes
from ansible_collections.kariz.panels.plugins.module_utils._alocom.client import AlocomClient, made, one, word, yes
from ansible_collections.kariz.panels.plugins.module_utils._alocom.running import running_events
from ansible_collections.kariz.panels.plugins.module_utils._alocom.user import USER as USER_RESOURCE
from ansible_collections.kariz.panels.plugins.module_utils._core import errors
from ansible_collections.kariz.panels.plugins.module_utils._core.http.transport import Effect

USER = {"api_username": "sara", "api_password": "canary"}


def panel(*answers, **options):
    return wired(AlocomClient, *answers, **dict({"api_token": "token"}, **options))


# -- login ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "value", "left"), [
    ({"token": "t"}, "t", None), ({"access_token": "t", "expires_in": 60}, "t", 60), ({"data": {"token": "t", "expires_in": 1.5}}, "t", 1.5),
    ({"data": {"access_token": "t"}, "expires_in": 60}, "t", None), ({"token": "", "access_token": "t"}, "t", None),
    ({"token": "t", "expires_in": "60"}, "t", None),
    ({"token": "t", "expires_in": True}, "t", None), ({"token": 5, "data": {"token": "t"}}, "t", None), ({"token": "t", "data": {"token": "u"}}, "t", None)])
def test_a_login(monkeypatch, answer, value, left):
    monkeypatch.setattr(client.time, "time", lambda: 1000.0)
    panel_of, calls = panel(answer, api_token=None, **USER)
    token = panel_of.token()
    assert (token.value, token.expires) == (value, None if left is None else 1000.0 + left)
    assert calls == [("login", "POST", "/api/v1/auth/login", Effect.LOGIN, {"payload": {"username": "sara", "password": "canary"}})]


@pytest.mark.parametrize("answer", [{}, {"token": ""}, {"token": None}, {"data": []}, {"data": "t"}, {"data": {"token": 5}}])
def test_a_login_without_a_token(answer):
    with pytest.raises(errors.AuthError, match="expected a token") as error:
        panel(answer, api_token=None, **USER)[0].token()
    assert (error.value.code, error.value.name, error.value.http_status, error.value.operation) == ("bad_answer", "bad_answer", 200, "login")


def test_a_logout_forgets_the_token():
    made_by, calls = panel({"token": "one"}, reply(b"", 200), {"token": "two"}, api_token=None, **USER)
    assert made_by.token().value == "one"
    made_by.logout()
    assert calls[1][:4] == ("logout", "POST", "/api/v1/auth/logout", Effect.REPLACE) and made_by.token().value == "two"


# -- refusals ------------------------------------------------------------------------------------------------------------


def refused(body, status):
    with pytest.raises(errors.ApiError) as error:
        panel(reply(body, status))[0].get("look", "x")
    return error.value


@pytest.mark.parametrize(("status", "kind", "name", "retryable"), [
    (400, errors.ApiError, "refused", False), (403, errors.ApiError, "forbidden", False), (404, errors.NotFoundError, "not_found", False),
    (409, errors.ConflictError, "conflict", False), (422, errors.ConflictError, "invalid_data", False), (429, errors.ApiError, "too_many_requests", True),
    (500, errors.ApiError, "server_error", True), (503, errors.ApiError, "server_error", True), (418, errors.ApiError, "refused", False)])
def test_refusals(status, kind, name, retryable):
    error = refused({"message": "told"}, status)
    assert error.__class__ is kind and error.message == "look: told"
    assert (error.name, error.code, error.http_status, error.retryable) == (name, status, status, retryable)
    assert (error.hint or "") == {403: "The account may not do this", 429: "Run again later, or lower api_concurrency"}.get(status, "")


def test_a_token_that_is_refused():
    error = panel()[0].refusal("look", reply({"message": "told"}, 401), {"message": "told"})
    assert error.__class__ is errors.AuthError and (error.name, error.code, error.hint) == ("not_authenticated", 401, "Check api_username and api_password")
    assert panel()[0].refusal("look", reply({"message": "told"}, 400), {"message": "told"}).name == "refused"


@pytest.mark.parametrize(("body", "message"), [
    ({"message": "told", "errors": {"title": ["is taken", "is long"], "slug": "is bad"}}, "told (title: is taken, is long; slug: is bad)"),
    ({"message": "told", "errors": ["one", "two"]}, "told (['one', 'two'])"), ({"message": "told", "errors": {}}, "told ()"),
    ({"message": "told", "errors": []}, "told"), ({"message": "", "x": 1}, '{"message": "", "x": 1}'), (b"plain", "plain"), (["told"], '["told"]')])
def test_what_a_refusal_says(body, message):
    assert refused(body, 400).message == "look: %s" % message


@pytest.mark.parametrize(("fields", "kind"), [
    ({"title": ["x"]}, errors.ConflictError), ({"username": ["x"], "name": ["y"]}, errors.ConflictError), ({"slug": "x"}, errors.ConflictError),
    ({"name": ["x"]}, errors.ApiError), ({}, errors.ApiError), (["title"], errors.ConflictError), (None, errors.ConflictError)])
def test_only_a_key_that_is_refused_may_be_taken_already(fields, kind):
    assert refused({"message": "told", "errors": fields}, 422).__class__ is kind
    assert refused({"message": "told", "errors": fields}, 409).__class__ is errors.ConflictError


def test_what_is_the_vendors_own():
    assert panel()[0].is_own({"message": None}) and not panel()[0].is_own({"error": "x"}) and not panel()[0].is_own(["message"])
    # A page of somebody else says nothing about the thing that was asked for.
    assert refused({"other": 1}, 404).code == "bad_answer" and not isinstance(refused({"other": 1}, 404), errors.NotFoundError)


# -- calls ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("call", "wanted"), [
    (lambda made_by: made_by.get("o", "x"), ("o", "GET", "/api/v1/agents/x", Effect.READ)),
    (lambda made_by: made_by.post("o", "x", {"a": 1}), ("o", "POST", "/api/v1/agents/x", Effect.READ)),
    (lambda made_by: made_by.post("o", "x", {"a": 1}, Effect.CREATE), ("o", "POST", "/api/v1/agents/x", Effect.CREATE)),
    (lambda made_by: made_by.patch("o", "x", {"a": 1}), ("o", "PATCH", "/api/v1/agents/x", Effect.REPLACE))])
def test_calls(call, wanted):
    made_by, calls = panel({"fine": 1})
    assert call(made_by) == {"fine": 1} and calls[0][:4] == wanted
    assert calls[0][4].get("payload") == ({"a": 1} if wanted[1] in ("POST", "PATCH") else None)
    assert calls[0][4]["headers"] == {"Authorization": "Bearer token"}


@pytest.mark.parametrize(("look", "error"), [
    (reply({"message": "gone"}, 404), None), ({"event": None}, None), ({"user": {"id": 5, "deleted_at": "2026-01-01"}}, None),
    ({"event": {"id": 5}}, errors.ApiError), ({"data": [{"id": 5}]}, errors.ApiError), (reply({"message": "broken"}, 500), errors.UnknownOutcome)])
def test_a_removal_is_looked_after(look, error):
    """A 200 may be a refusal; what is told to be gone by itself, or without a body, is not looked for."""
    made_by, calls = panel({"message": "running"}, look)
    if error is None:
        made_by.delete("o", "x")
    else:
        with pytest.raises(error) as caught:
            made_by.delete("o", "x")
        assert error is errors.UnknownOutcome or ("running" in caught.value.foreign and caught.value.code == "not_applied")
    assert [call[:4] for call in calls] == [("o", "DELETE", "/api/v1/agents/x", Effect.REPLACE), ("o", "GET", "/api/v1/agents/x", Effect.READ)]
    made_by, calls = panel({"message": "done", "username": "u"})
    made_by.delete("o", "x", lambda answer: answer.get("username"))
    panel(reply(b"", 204))[0].delete("o", "x")
    assert len(calls) == 1


def test_a_detail():
    made_by, _calls = panel({"data": {"id": 5, "title": "t"}}, [{"id": 6, "title": 7}])
    assert made_by.detail("label", "x", shapes.LABEL) == {"id": 5, "title": "t"} and made_by.detail("label", "x", shapes.LABEL) == {"id": 6, "title": "7"}
    with pytest.raises(errors.BadAnswerError):
        panel({"data": {"title": "t"}})[0].detail("label", "x", shapes.LABEL)


@pytest.mark.parametrize(("answer", "names", "found"), [
    ({"id": 1}, (), {"id": 1}), ({"data": {"id": 1}}, (), {"id": 1}), ({"data": [{"id": 1}, {"id": 2}]}, (), {"id": 1}), ([{"id": 1}], (), {"id": 1}),
    ({"user": {"id": 1}, "data": {"id": 2}}, ("user",), {"id": 1}), ({"data": {"user": {"id": 1}}}, ("user",), {"id": 1}), ([], (), {}), ({"data": []}, (), {}),
    ("x", (), {}), (None, (), {}), ({"data": "x", "id": 1}, (), {"data": "x", "id": 1}), ([["x"]], (), {}), ({"user": {"id": 1}}, (), {"user": {"id": 1}})])
def test_the_object_of_an_answer(answer, names, found):
    assert one(answer, *names) == found


def test_what_a_create_answers():
    assert made({"data": {"id": 5, "x": 1}}) == (5, {"id": 5, "x": 1}) and made({"message": "fine"}) == (None, {"message": "fine"})
    assert made({"user": {"id": "7"}}, "user") == ("7", {"id": "7"}) and made({"id": True})[0] is None and made([])[1] == {}


@pytest.mark.parametrize(("value", "found"), [(1, True), ("1", True), (" TRUE ", True), ("yes", True), ("on", True), ("active", True), (True, True),
                                              (0, False), ("0", False), ("no", False), ("", False), (None, False), (False, False)])
def test_yes_and_no(value, found):
    assert yes(value) is found


def test_a_word_beside_the_point():
    assert word("x") == "x" and word("") is None and word(5) is None and word(None) is None


def listed(numbers, total=None, **more):
    return dict({"data": [{"id": number, "title": "t%s" % number} for number in numbers]}, meta={"total_count": total}, **more)


def test_a_list_page_by_page():
    made_by, calls = panel(listed([1, 2], 2))
    assert [row["id"] for row in made_by.pages("list", "x/list", {"a": 1}, ("things",), shapes.LABEL)] == [1, 2]
    [(operation, method, path, effect, more)] = calls
    assert (operation, method, path, effect) == ("list", "POST", "/api/v1/agents/x/list", Effect.READ)
    assert more["payload"]["a"] == 1 and more["payload"]["skip"] == 0 and more["payload"]["take"] > 0


@pytest.mark.parametrize("first", [
    {"things": [{"id": 1, "title": "x"}], "meta": {"total_count": 1}}, [{"id": 1, "title": "x"}], {"data": {"things": [{"id": 1, "title": "x"}]}, "meta": []},
    {"data": [{"id": 1, "title": "x"}], "meta": {"total_count": "1"}}, {"data": [{"id": 1, "title": "x"}], "meta": {"total_count": None}}])
def test_lists_in_every_envelope(first):
    made_by, calls = panel(first, {"data": []})
    assert [row["id"] for row in made_by.pages("list", "x", {}, ("things",), shapes.LABEL)] == [1]
    total = first.get("meta") == {"total_count": 1} if isinstance(first, dict) else False
    assert len(calls) == (1 if total else 2)


def test_a_list_that_has_shown_enough():
    made_by, calls = panel({"data": [{"id": 1, "title": "x", "name": "n"}]})
    assert made_by.pages("list", "x", {}, (), shapes.LABEL, enough=lambda rows: True) and len(calls) == 1
    made_by, calls = panel({"data": [{"id": 1, "title": "x"}, {"id": 2, "title": "x"}], "meta": {"total_count": 2}})
    assert len(made_by.pages("list", "x", {}, (), shapes.LABEL, identify=lambda row: row["title"])) == 1
    with pytest.raises(errors.BadAnswerError):
        panel({"data": [{"title": "x"}]})[0].pages("list", "x", {}, (), shapes.LABEL)


# -- labels --------------------------------------------------------------------------------------------------------------


LABELS = {"labels": [{"id": 1, "title": "Tenth"}, {"id": 2, "title": "tenth "}, {"id": 3, "title": "Eleventh"}]}


def test_labels_are_read_once_until_they_are_forgotten():
    made_by, calls = panel(LABELS, LABELS)
    assert len(made_by.labels()) == 3 and made_by.label_titles() == {"1": "Tenth", "2": "tenth ", "3": "Eleventh"} and len(calls) == 1
    assert calls[0][:4] == ("label list", "GET", "/api/v1/agents/labels/list", Effect.READ)
    ids = made_by.label_ids()
    assert sorted(map(tuple, ids.values())) in ([(1, 2), (3,)], [(1,), (2,), (3,)])
    assert "Eleventh" in made_by.near_labels(["Elevnth"]) and "nothing alike" in made_by.near_labels(["nothing alike"]) and len(calls) == 1
    made_by.forget_labels()
    made_by.forget_labels()
    made_by.labels()
    assert len(calls) == 2


@pytest.mark.parametrize("body", [b"<html>Sign in to the network</html>", b'"ok"', b"17"])
def test_a_strangers_word_is_no_answer_to_a_password(body):
    made_by, calls = panel(reply(body, 200), reply(body, 200))
    with pytest.raises(errors.UnknownOutcome):
        USER_RESOURCE.set_password(made_by, 7, "a-new-word")
    assert len(calls) == 2


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b'{"message": "done"}'])
def test_answers_to_a_password_that_no_document_shows(body):
    made_by, calls = panel(reply(body, 200))
    USER_RESOURCE.set_password(made_by, 7, "a-new-word")
    assert len(calls) == 1


# -- events that are running ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("running", "others", "found"), [
    ([7], [8, 9], [7]), ([7, 8], [9], [7, 8]), ([], None, []),
    # A server that does not take the filter answers with all its events either time: then nobody knows which are running.
    ([7, 8, 9], [7, 8, 9], []), ([7, 8], [8, 9], [])])
def test_events_are_running_only_where_the_filter_is_taken(running, others, found):
    lists = {1: running, 0: others}

    def answer(call):
        payload = call[4]["payload"]
        rows = [{"id": number, "slug": "e-%d" % number} for number in lists[payload["in_progress"]]]
        return {"events": rows[payload["skip"]:][:payload["take"]], "total": len(rows)}

    alocom, calls = panel(answer)
    assert [row["id"] for row in running_events(alocom)] == found
    asked = len(calls)
    assert {call[4]["payload"]["in_progress"] for call in calls} == ({1, 0} if running else {1})
    # Kept for what follows: nobody asks again.
    assert [row["id"] for row in running_events(alocom)] == found and len(calls) == asked
