# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DeltaSib over a wire of the test's own: login, where parameters travel, what an answer must say, two spellings of one thing."""

from __future__ import annotations

import hashlib

import pytest
from wires import reply, wired

from ansible_collections.kariz.panels.plugins.module_utils._core import errors
from ansible_collections.kariz.panels.plugins.module_utils._core.http.answers import Shape
from ansible_collections.kariz.panels.plugins.module_utils._core.http.transport import Effect
from ansible_collections.kariz.panels.plugins.module_utils._deltasib import client
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.client import DeltaSibClient

USER = {"api_username": "sara", "api_password": "canary"}


def panel(*answers, **options):
    return wired(DeltaSibClient, *answers, **dict({"api_token": "token"}, **options))


def fault(code, text="told", status=200):
    return reply({"ErrorCode": code, "ErrorDesc": text}, status)


# -- login ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "expires"), [({"Token": "t", "SessionTimeout": "3,600"}, 4600.0), ({"token": "t"}, None),
                                                 ({"TOKEN": "t", "SessionTimeout": 0}, None), ({"token": "t", "sessiontimeout": "long"}, None)])
def test_a_login(monkeypatch, answer, expires):
    monkeypatch.setattr(client.time, "time", lambda: 1000.0)
    made, calls = panel(answer, api_token=None, **USER)
    token = made.token()
    assert (token.value, token.expires) == ("t", expires)
    key = hashlib.sha512(b"canary").hexdigest()
    assert calls == [("login", "POST", "/1.0/auth/", Effect.LOGIN, {"data": {"Action": "gettoken", "Api_Username": "sara", "Api_Key": key}})]
    assert made.redactor.text("%s %s" % (key, key.upper())) == "******** ********"


@pytest.mark.parametrize("answer", [{}, {"Token": ""}, {"Token": 5}, {"Token": None}])
def test_a_login_without_a_token(answer):
    with pytest.raises(errors.AuthError, match="expected a token") as error:
        panel(answer, api_token=None, **USER)[0].token()
    assert (error.value.code, error.value.name, error.value.http_status) == ("bad_answer", "bad_answer", 200)


@pytest.mark.parametrize("version", ["x", "1.", "1.0/../2", "", None])
def test_a_version_is_a_number(version):
    with pytest.raises(errors.UsageError, match="api_version must be a number"):
        panel(api_version=version)
    assert panel(api_version="2")[0]._path("user") == "/2/user/" and panel(api_version="1.0.3")


@pytest.mark.parametrize(("given", "call", "wanted"), [
    (False, {"params": {"a": 1}}, {"params": {"a": 1}}), (True, {"params": {"a": 1}}, {"params": {"a": 1, "Token": "t"}}),
    (True, {"data": {"a": 1}}, {"data": {"a": 1, "Token": "t"}})])
def test_where_the_token_travels(given, call, wanted):
    made, _calls = panel(api_token_parameter=given)
    made.authorise("t", call)
    assert call == dict(wanted, headers={"Authorization": "Bearer t"})


def test_a_void_token():
    made, calls = panel(fault(-6), {"Token": "new"}, [{"user_id": 1}], **USER)
    assert made.get("list", "user", "list", {}) == [{"user_id": 1}] and [call[0] for call in calls] == ["list", "login", "list"]
    for void in (fault(-6, status=400), reply(b"no", 401)):
        assert made.is_void(void) is True
    for other in (fault(-3, status=401), reply([], 200), reply(b"x", 403)):
        assert made.is_void(other) is False


# -- refusals ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "kind", "name", "retryable"), [
    (-1, errors.ApiError, "fatal_error", True), (-2, errors.AuthError, "invalid_key", False), (-3, errors.AuthError, "ip_not_permitted", False),
    (-4, errors.ApiError, "item_not_found", False), (-5, errors.ApiError, "invalid_data", False), (-77, errors.ApiError, "refused", False)])
@pytest.mark.parametrize("status", [200, 400])
def test_codes(code, kind, name, retryable, status):
    with pytest.raises(errors.ApiError) as error:
        panel(fault(code, status=status))[0].get("look", "user", "list", {})
    assert error.value.__class__ is kind and error.value.message == "look: told"
    assert (error.value.code, error.value.name, error.value.retryable) == (code, name, retryable)
    assert (error.value.hint is not None) is (code in (-2, -3)) and error.value.http_status == status


@pytest.mark.parametrize(("status", "name", "retryable"), [(400, "refused", False), (500, "server_error", True), (503, "server_error", True),
                                                           (404, "refused", False)])
def test_refusals_without_a_code(status, name, retryable):
    with pytest.raises(errors.ApiError) as error:
        panel(reply({"errordesc": "told"}, status))[0].get("look", "user", "list", {})
    assert error.value.name == name or status == 404
    assert (error.value.retryable, error.value.http_status) == (retryable, status)
    with pytest.raises(errors.ApiError) as error:
        panel(reply(b"page", status))[0].get("look", "user", "list", {})
    assert status == 404 or error.value.message == "look: page"


def test_what_is_understood():
    made, _calls = panel()
    assert made.understood(fault(-4, status=503)) is True and made.understood(fault(-1, status=503)) is False and made.understood(fault(-77)) is False
    assert made.understood(reply([], 503)) is False and made.is_own({"ErrorCode": 1}) and not made.is_own({}) and not made.is_own([])


def test_a_code_of_nothing_is_none():
    assert panel(reply({"ErrorCode": 0, "a": 1}))[0].get("look", "user", "list", {}) == {"ErrorCode": 0, "a": 1}
    assert client.code_of(reply({"errorcode": "-4"})) == -4 and client.code_of(reply(b"x")) is None and client.code_of(reply([])) is None
    # A long answer is rows and not read twice.
    assert client.code_of(reply({"errorcode": -4, "x": "y" * 4000})) is None and client.code_of(reply({"errorcode": -4, "x": "y" * 3900})) == -4


# -- calls ---------------------------------------------------------------------------------------------------------------


def test_a_read():
    made, calls = panel([{"a": 1}])
    assert made.get("look", "user", "list", {"Username": "a", "None": None, "Empty": "", "Zero": 0}) == [{"a": 1}]
    assert calls[0][:4] == ("look", "GET", "/1.0/user/", Effect.READ) and calls[0][4]["params"] == {"Username": "a", "Zero": 0, "Action": "list"}


@pytest.mark.parametrize(("method", "place"), [("POST", "data"), ("PUT", "data"), ("DELETE", "params")])
def test_a_write(method, place):
    made, calls = panel({"Status": "1"})
    assert made.write("set", method, "user", "set", Effect.REPLACE, {"a": 1, "b": None, "c": ""}) is None
    assert calls[0][:4] == ("set", method, "/1.0/user/", Effect.REPLACE) and calls[0][4][place] == {"a": 1, "c": "", "Action": "set"}
    assert set(calls[0][4]) == {place, "headers"}


@pytest.mark.parametrize("answer", [{"status": 1}, [{"STATUS": "1"}], reply(b"", 204)])
def test_a_write_that_was_done(answer):
    assert panel(answer)[0].write("set", "POST", "user", "set", Effect.REPLACE, {}) is None


@pytest.mark.parametrize("answer", [{"status": 0}, {"status": "ok"}, {}, [], [{"status": 0}], {"other": 1}])
def test_a_write_of_which_nobody_knows(answer):
    with pytest.raises(errors.UnknownOutcome, match="does not say status 1"):
        panel(answer)[0].write("set", "POST", "user", "set", Effect.REPLACE, {})


def test_a_write_that_fails():
    with pytest.raises(errors.UnknownOutcome, match="told") as error:
        panel(fault(-1, status=400))[0].write("set", "POST", "user", "set", Effect.CREATE, {})
    assert error.value.operation == "set" and error.value.http_status == 400
    with pytest.raises(errors.ApiError) as error:
        panel(fault(-5))[0].write("set", "POST", "user", "set", Effect.CREATE, {})
    assert error.value.code == -5 and not isinstance(error.value, errors.UnknownOutcome)


def test_one_object_in_two_spellings():
    def answer(call):
        return reply(b"no", 404) if "user.payment" in call[2] else [{"a": 1}]
    made, calls = panel(answer)
    for _time in range(2):
        assert made.get("look", "user.payment", "list", {}) == [{"a": 1}]
    assert [call[2] for call in calls] == ["/1.0/user.payment/", "/1.0/User.payment/", "/1.0/User.payment/"]
    # Only what has another spelling is asked for by it, and only once.
    made, calls = panel(lambda call: reply(b"no", 404))
    for thing, count in (("user", 1), ("user.payment", 3)):
        with pytest.raises(errors.ApiError):
            made.get("look", thing, "list", {})
        assert len(calls) == count
    made, calls = panel(fault(-5, status=400))
    with pytest.raises(errors.ApiError):
        made.get("look", "user.payment", "list", {})
    assert len(calls) == 1


def rows(made, **more):
    return made.rows("list", "user", "list", "user_id", **more)


def test_a_list_page_by_page():
    size = client.PAGE
    everything = [{"User_Id": number} for number in range(size + 20)]

    def answer(call):
        params = call[4]["params"]
        return everything[int(params["LimitFrom"]):int(params["LimitFrom"]) + int(params["LimitCount"])]
    made, calls = panel(answer)
    assert [row["user_id"] for row in rows(made, Username="a")] == list(range(size + 20))
    assert calls[0][4]["params"] == {"Username": "a", "LimitFrom": 0, "LimitCount": size, "Action": "list"} and len(calls) >= 2


def test_the_end_of_a_list():
    few = [{"User_Id": number} for number in range(9)]
    made, calls = panel(few)
    assert len(rows(made)) == 9 and len(calls) == 1
    some = [{"User_Id": number} for number in range(10)]
    made, calls = panel(lambda call: some[int(call[4]["params"]["LimitFrom"]):])
    assert len(rows(made)) == 10 and len(calls) == 2
    made, calls = panel(some)
    assert len(rows(made, enough=lambda page: True)) == 10 and len(calls) == 1


def test_rows_without_a_name():
    with pytest.raises(errors.BadAnswerError):
        rows(panel([{"other": 1}])[0])
    made, _calls = panel([{"other": 1}, {"other": 2}, {"other": 2}])
    assert rows(made, shape=Shape(flat=True)) == [{"other": 1}, {"other": 2}]


def test_a_server_that_insists_on_field():
    def answer(call):
        return [{"User_Id": 1}] if call[4]["params"].get("Field") == "*" else fault(-4)
    made, calls = panel(answer)
    for _time in range(2):
        assert rows(made) == [{"user_id": 1}]
    assert [call[4]["params"].get("Field") for call in calls] == [None, "*", "*"]
    # It was for another reason: what was said first is told.
    made, calls = panel(fault(-4, "first"), fault(-5, "second"), fault(-4, "third"), fault(-4, "fourth"))
    for words in ("first", "third"):
        with pytest.raises(errors.ApiError, match=words):
            rows(made)
    with pytest.raises(errors.ApiError):
        rows(panel(fault(-5))[0])


# -- values --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "found"), [("yes", True), (" YES ", True), ("1", True), (1, True), (True, True), ("no", False), (0, False), ("false", False),
                                              (None, None), ("", None), ("2", None)])
def test_yes_and_no(value, found):
    assert client.yes(value) is found


@pytest.mark.parametrize(("value", "found"), [(None, None), ("", None), ("  ", None), ("0000-00-00", None), ("0000-00-00 00:00:00", None),
                                              (" a ", "a"), (5, "5")])
def test_texts(value, found):
    assert client.text(value) == found


def test_what_a_row_must_have():
    assert client.required({"a": "1,000"}, "a", "look") == 1000 and client.named({"a": " x "}, "a", "look") == "x"
    with pytest.raises(errors.BadAnswerError, match="look: a row: expected a, a number, got null"):
        client.required({}, "a", "look")
    with pytest.raises(errors.BadAnswerError, match="look: a row: expected a, got null"):
        client.named({}, "a", "look")
    assert client.folded({"AbC": 1, 5: 2}) == {"abc": 1, "5": 2} and client.folded([1]) == {}
