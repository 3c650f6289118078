# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""PayamSMS without a server: its login in three styles, refusals in words, status of any number of ids, lists page by page."""

from __future__ import annotations

import base64

import pytest
from wires import reply, wired

from ansible_collections.kariz.panels.plugins.module_utils._core import errors
from ansible_collections.kariz.panels.plugins.module_utils._core.http.transport import Effect
from ansible_collections.kariz.panels.plugins.module_utils._payamsms import client
from ansible_collections.kariz.panels.plugins.module_utils._payamsms.client import MOST, PayamSmsClient, batches, code_of, whole

ACCOUNT = {"api_username": "user", "api_password": "pass-canary", "api_system_name": "system", "api_client_id": "id", "api_client_secret": "secret-canary"}


def panel(*answers, **options):
    return wired(PayamSmsClient, *answers, **dict({"api_token": "token"}, **options))


# -- login ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("style", "place"), [("form", "data"), ("query", "params"), ("json", "payload")])
def test_a_login(monkeypatch, style, place):
    monkeypatch.setattr(client.time, "time", lambda: 1000.0)
    made, calls = panel({"access_token": "fresh", "expires_in": "3600"}, api_token=None, api_login_style=style, **ACCOUNT)
    token = made.token()
    assert (token.value, token.expires) == ("fresh", 4600.0)
    [(operation, method, path, effect, more)] = calls
    basic = base64.b64encode(b"id:secret-canary").decode()
    assert (operation, method, path, effect) == ("login", "POST", "/auth/oauth/token", Effect.LOGIN)
    assert more == {"headers": {"Authorization": "Basic %s" % basic}, place: {
        "systemName": "system", "username": "user", "password": "pass-canary", "scope": "webservice", "grant_type": "password"}}
    assert made.redactor.text("%s fresh secret-canary" % basic) == "******** ******** ********"


@pytest.mark.parametrize(("answer", "expires"), [({"access_token": "t"}, None), ({"access_token": "t", "expires_in": "soon"}, None)])
def test_a_token_of_unknown_life(answer, expires):
    assert panel(answer, api_token=None, **ACCOUNT)[0].token().expires is expires


@pytest.mark.parametrize("answer", [{}, {"access_token": ""}, {"access_token": 5}, {"access_token": None}])
def test_a_login_without_a_token(answer):
    with pytest.raises(errors.AuthError, match="expected an access_token") as error:
        panel(answer, api_token=None, **ACCOUNT)[0].token()
    assert error.value.code == "bad_answer" and error.value.http_status == 200 and error.value.operation == "login"


@pytest.mark.parametrize("missing", sorted(ACCOUNT))
def test_a_login_needs_five_options(missing):
    made, _calls = panel(api_token=None, **dict(ACCOUNT, **{missing: None}))
    assert made.can_login() is False and made.credentials_hint() == "%s (or PAYAMSMS_API_... in the environment)" % missing
    with pytest.raises(errors.AuthError, match="give api_token, or %s" % missing):
        made.token()
    assert panel(**ACCOUNT)[0].can_login() is True


# -- refusals ------------------------------------------------------------------------------------------------------------


def refused(operation="balance", **more):
    made, _calls = panel(reply(**more))
    with pytest.raises(errors.ApiError) as error:
        made.call(operation, "GET", "/x", expect=None)
    return error.value


@pytest.mark.parametrize(("body", "code", "name", "words"), [
    ({"errorCode": "E6", "description": "no credit left"}, "E6", "no_credit", "not enough credit to send: no credit left"),
    ({"errorCode": "E5"}, "E5", "bad_credentials", "balance: username or password is wrong"), (b'"E43"', "E43", "bad_recipient", "recipient's number"),
    (b"E8", "E8", "bad_message_id", "not valid"), ({"errorCode": 77, "description": "x"}, "77", "refused", "balance: the vendor refused: x")])
@pytest.mark.parametrize("status", [200, 400, 503])
def test_the_vendors_codes(body, code, name, words, status):
    error = refused(body=body, status=status)
    assert (error.code, error.name, error.http_status, error.vendor) == (code, name, status, "payamsms") and words in error.message
    assert isinstance(error, errors.AuthError) is (code == "E5")
    assert (error.hint or "") == {"E5": "Check api_username, api_password and api_system_name", "E6": "Top up the account"}.get(code, "")


@pytest.mark.parametrize(("status", "name", "retryable"), [(303, "forbidden", False), (401, "not_authenticated", False), (403, "forbidden", False),
                                                           (404, "not_found", False), (429, "too_many_requests", True), (503, "unavailable", True),
                                                           (500, "server_error", True), (418, "refused", False), (502, "server_error", True)])
def test_refusals_without_a_code(status, name, retryable):
    error = refused(body={"message": "told"}, status=status)
    assert (error.name, error.code, error.retryable, error.message) == (name, status, retryable, "balance: told") or status == 401
    assert isinstance(error, errors.AuthError) is (status == 401)
    assert ("registered addresses" in (error.hint or "")) is (name == "forbidden")


@pytest.mark.parametrize(("body", "told"), [
    ({"error_description": "one", "description": "two", "message": "three", "error": "four"}, "one"), ({"description": "two", "message": "three"}, "two"),
    ({"message": "three", "error": "four"}, "three"), ({"error": "four"}, "four"), ({"error": "", "x": 1}, '{"error": "", "x": 1}'), (b"plain", "plain")])
def test_what_the_vendor_says(body, told):
    assert refused(body=body, status=400).message == "balance: %s" % told


@pytest.mark.parametrize(("status", "style", "name", "hint"), [
    (400, "form", "bad_credentials", "api_client_secret; a server that reads the login elsewhere wants api_login_style: query or json (tried: form)"),
    (400, "json", "bad_credentials", "api_login_style: form or query (tried: json)"), (401, "form", "bad_credentials", "api_client_secret"),
    (415, "query", "refused", "a server that reads the login elsewhere wants api_login_style: form or json (tried: query)")])
def test_a_login_that_is_refused(status, style, name, hint):
    made, _calls = panel(reply({"error": "no"}, status), api_token=None, api_login_style=style, **ACCOUNT)
    with pytest.raises(errors.ApiError) as error:
        made.token()
    assert error.value.name == name and error.value.hint.endswith(hint) and isinstance(error.value, errors.AuthError) is (name == "bad_credentials")


def test_what_is_the_vendors_own():
    made, _calls = panel()
    assert made.is_own({"message": "x"}) and made.is_own({"errorCode": "E2"}) and not made.is_own({"other": 1}) and not made.is_own(["message"])
    assert made.understood(reply({"errorCode": "E6"}, 503)) is True and made.understood(reply(b"E6", 503)) is True
    assert made.understood(reply({"errorCode": "E9999"}, 503)) is False and made.understood(reply({"message": "x"}, 503)) is False


@pytest.mark.parametrize(("answer", "content", "wanted"), [
    ({"errorCode": "E6", "description": "d"}, b"{}", ("E6", "d")), ({"errorCode": "E6", "serverId": 5}, b"{}", (None, None)),
    ({"errorCode": ""}, b"{}", (None, None)),
    ({"errorCode": ["E6"]}, b"{}", (None, None)), (None, b'  "E6" ', ("E6", None)), (None, b"E12345", (None, None)), (None, b"E6" + b" " * 18, (None, None)),
    (None, b"E6" + b" " * 17, ("E6", None)), (None, b"text E6", (None, None))])
def test_a_code_in_an_answer(answer, content, wanted):
    assert code_of(answer, reply(content)) == wanted


# -- reads ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("body", "number"), [(120.5, 120.5), (0, 0), ("1200", 1200), ("\u06f1\u06f2", 12), (-3, -3)])
def test_a_balance(body, number):
    made, calls = panel(body)
    assert made.balance() == number and calls[0][:4] == ("balance", "GET", "/accounting/webservice/balance", Effect.READ)


@pytest.mark.parametrize("body", [b"true", b'"much"', b"1e999", b"{}", b"null"])
def test_what_is_no_balance(body):
    with pytest.raises(errors.BadAnswerError, match="balance"):
        panel(reply(body))[0].balance()


@pytest.mark.parametrize(("value", "number"), [(5, 5), (5.9, 5), (True, None), (None, None), (float("inf"), None), (float("nan"), None), (" \u06f5 ", 5),
                                               ("-7", -7), ("5.0", None), ("x", None), ("", None)])
def test_whole_numbers(value, number):
    assert whole(value) == number


def test_batches():
    assert batches([]) == [] and batches(["a"]) == [["a"]]
    ids = ["i%d" % number for number in range(MOST * 2 + 1)]
    assert [len(some) for some in batches(ids)] == [MOST, MOST, 1] and [one for some in batches(ids) for one in some] == ids
    # A line of a request has an end too: these take 5 + 1000 of 7,600 letters each.
    assert [len(some) for some in batches(["x" * 1000] * 10)] == [7, 3] and [len(some) for some in batches(["/" * 1000] * 5)] == [2, 2, 1]
    assert [len(some) for some in batches(["x" * 9000, "y"])] == [1, 1]
    assert [len(some) for some in batches(["x" * 3795, "x" * 3795])] == [2] and [len(some) for some in batches(["x" * 3795, "x" * 3796])] == [1, 1]


def test_the_status_of_many():
    ids = ["i%d" % number for number in range(MOST + 1)]
    made, calls = panel(lambda call: [{"customerId": number, "status": "x"} for name, number in call[4]["params"] if name == "ids"])
    found = made.status(ids)
    assert [row["customerId"] for row in found] == ids and len(calls) == 2
    assert calls[0][:3] == ("message status", "GET", "/report/webservice/status")
    assert calls[0][4]["params"][:2] == [("byCustomer", "true"), ("ids", "i0")] and len(calls[0][4]["params"]) == MOST + 1
    made, calls = panel([{"serverId": 5}])
    assert made.status(["5"], by_customer=False) == [{"serverId": "5"}] and calls[0][4]["params"] == [("byCustomer", "false"), ("ids", "5")]
    with pytest.raises(errors.BadAnswerError):
        panel([{"serverId": 5}])[0].status(["5"])


def knows(*known, code="E305"):
    """A server that refuses a call when it does not know one of the ids."""
    def answer(call):
        asked = [number for name, number in call[4]["params"] if name == "ids"]
        if all(number in known for number in asked):
            return [{"customerId": number} for number in asked]
        return reply({"errorCode": code}, 400)
    return answer


@pytest.mark.parametrize(("code", "ids", "found"), [("E305", ["a", "b", "x", "c"], ["a", "b", "c"]), ("E305", ["x"], []), ("E305", ["x", "y"], []),
                                                    ("E8", ["a", "b", "c"], ["a", "b", "c"])])
def test_one_unknown_id_does_not_hide_the_others(code, ids, found):
    made, _calls = panel(knows("a", "b", "c", code=code))
    assert [row["customerId"] for row in made.status(ids)] == found


@pytest.mark.parametrize(("code", "ids"), [("E8", ["x"]), ("E8", ["a", "x"]), ("E4", ["a", "x"])])
def test_an_id_that_is_none_and_other_refusals_are_told(code, ids):
    with pytest.raises(errors.ApiError) as error:
        panel(knows("a", code=code))[0].status(ids)
    assert error.value.code == code


def page(numbers, total=None, pages=None):
    return {"scheduledMessages": [{"serverId": number} for number in numbers], "totalItem": total, "totalPages": pages}


def test_scheduled_messages_page_by_page():
    made, calls = panel(page([1, 2], 3, 2), page([3], 3, 2))
    assert [row["serverId"] for row in made.scheduled(state="x")] == ["1", "2", "3"]
    assert [call[4]["params"] for call in calls] == [{"state": "x", "page": number, "size": 250} for number in (0, 1)]
    assert calls[0][:3] == ("scheduled list", "GET", "/panel/webservice/scheduledList")


@pytest.mark.parametrize("answers", [
    [page([1, 2], 2, 1)], [page([1, 2], 2)], [page([1, 2]), page([])], [page([1, 2]), page([1, 2])], [page([1], 2), page([2], 2)], [page([1, 2], "2", "1")]])
def test_the_end_of_a_list(answers):
    made, calls = panel(*answers)
    assert len(made.scheduled()) == (2 if answers[0]["scheduledMessages"] else 0) and len(calls) == len(answers)


def test_a_list_that_changed_while_it_was_read_is_read_again():
    made, calls = panel(page([1], 2, 1), page([1, 2], 2, 1))
    assert len(made.scheduled()) == 2 and len(calls) == 2
    # Not for ever.
    made, calls = panel(*[page([1], 2, 1)] * 4)
    assert len(made.scheduled()) == 1 and len(calls) == 4


@pytest.mark.parametrize("body", [{}, {"scheduledMessages": None}, {"scheduledMessages": {}}, {"scheduledMessages": [{"message": "x"}]}])
def test_what_is_no_list_of_messages(body):
    with pytest.raises(errors.BadAnswerError, match="scheduled list"):
        panel(body)[0].scheduled()
