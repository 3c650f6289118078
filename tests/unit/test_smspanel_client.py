# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The SMS panel without a server: credentials in headers, two layers of status, codes in words, lists in every shape of the samples."""

from __future__ import annotations

import pytest
from wires import reply, wired

from ansible_collections.kariz.panels.plugins.module_utils._core import errors
from ansible_collections.kariz.panels.plugins.module_utils._core.http.client import NoContent
from ansible_collections.kariz.panels.plugins.module_utils._core.http.transport import Effect
from ansible_collections.kariz.panels.plugins.module_utils._smspanel.client import (
    BOOK,
    CODES,
    DELIVERY,
    SmsPanelClient,
    book,
    code_of,
    header,
    named,
    same_number,
    whole,
)

USER = {"api_username": "sara", "api_password": "canary"}


def panel(*answers, **options):
    return wired(SmsPanelClient, *answers, **dict({"api_token": "token"}, **options))


def told(result, status=200):
    return {"status": status, "message": "m", "result": result}


def ask(made, effect=Effect.READ, **more):
    return made.call("look", "GET", "/x", effect, **more)


# -- credentials ---------------------------------------------------------------------------------------------------------


def headers(calls):
    return [call[4]["headers"] for call in calls]


def test_what_a_request_carries():
    made, calls = panel(told(1), told(2), told(3), **USER)
    assert ask(made, params={"a": 1}) == 1 and ask(made, headers={"token": b"other"}) == 2
    assert headers(calls) == [{"token": b"token"}, {"token": b"other"}] and calls[0][:4] == ("look", "GET", "/x", Effect.READ)
    assert calls[0][4]["params"] == {"a": 1}
    made, calls = panel(told(1), api_token=None, **USER)
    ask(made)
    assert headers(calls) == [{"username": b"sara", "password": b"canary"}]
    assert header("\u0633") == "\u0633".encode()


@pytest.mark.parametrize("options", [{}, {"api_username": "sara"}, {"api_password": "canary"}])
def test_nothing_to_show(options):
    with pytest.raises(errors.AuthError) as error:
        ask(panel(api_token=None, **options)[0])
    assert error.value.code == "no_credentials"


@pytest.mark.parametrize("refused", [reply(told(None, 401), 401), reply(told(None, 401)), reply(b"no", 401), reply(told(None, "401"))])
def test_a_void_token_is_replaced_by_the_accounts_own_credentials(refused):
    made, calls = panel(refused, told(1), told(2), **USER)
    assert ask(made) == 1 and ask(made) == 2
    password = {"username": b"sara", "password": b"canary"}
    assert headers(calls) == [{"token": b"token"}, password, password]
    with pytest.raises(errors.AuthError, match="void"):
        ask(panel(refused)[0])


def test_given_credentials_are_not_replaced():
    made, calls = panel(reply(told(None, 401), 401), **USER)
    with pytest.raises(errors.AuthError):
        ask(made, headers={"token": b"other"})
    made, calls = panel(reply(told(None, 401), 401), api_token=None, **USER)
    with pytest.raises(errors.AuthError):
        ask(made)
    assert len(calls) == 1


# -- answers -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("http", "outer", "kind", "name", "retryable"), [
    (400, 400, errors.ApiError, "refused", False), (200, 400, errors.ApiError, "refused", False), (403, 403, errors.ForbiddenError, "forbidden", False),
    (404, 404, errors.NotFoundError, "not_found", False), (429, 429, errors.ApiError, "too_many_requests", True),
    (500, 500, errors.ApiError, "server_error", True), (200, 503, errors.ApiError, "server_error", True), (418, 418, errors.ApiError, "refused", False)])
def test_refusals(http, outer, kind, name, retryable):
    with pytest.raises(errors.ApiError) as error:
        ask(panel(reply(dict(told(None, outer), message="words"), http))[0])
    assert error.value.__class__ is kind and (error.value.name, error.value.code, error.value.http_status) == (name, outer, http)
    assert error.value.retryable is retryable and error.value.message.endswith("words") and error.value.vendor == "smspanel"
    assert (error.value.hint is not None) is (outer == 403)


def test_a_page_of_somebody_else():
    for status in (400, 403):
        with pytest.raises(errors.ApiError) as error:
            ask(panel(reply(b"<html>no</html>", status))[0])
        assert error.value.code == "bad_answer" and "<html>" in error.value.message
    with pytest.raises(errors.ApiError) as error:
        ask(panel(reply(b"<html>no</html>", 500))[0])
    assert error.value.code == 500 and error.value.name == "server_error"


@pytest.mark.parametrize("outer", [500, 503, "500"])
def test_a_write_after_which_the_vendor_tells_trouble(outer):
    with pytest.raises(errors.UnknownOutcome, match="status %s after" % outer) as error:
        ask(panel(told(None, outer))[0], Effect.CHARGE)
    assert error.value.settled is (outer != 503) and error.value.http_status == 200
    with pytest.raises(errors.ApiError):
        ask(panel(told(None, outer))[0], Effect.READ)
    with pytest.raises(errors.ApiError):
        ask(panel(told(None, 499))[0], Effect.CHARGE)


def test_an_answer_without_a_result():
    with pytest.raises(errors.BadAnswerError):
        ask(panel({"status": 200})[0])
    with pytest.raises(errors.UnknownOutcome):
        ask(panel({"status": 200})[0], Effect.CHARGE)
    assert isinstance(ask(panel(reply(b"", 204))[0], Effect.REPLACE), NoContent) and ask(panel({"result": None})[0]) is None


def test_what_is_the_vendors_own():
    made, _calls = panel()
    assert made.is_own({"status": 200}) and made.is_own({"status": "404"}) and not made.is_own({"status": None}) and not made.is_own({}) and not made.is_own([])


# -- codes ---------------------------------------------------------------------------------------------------------------


def done(made, effect=Effect.REPLACE, **more):
    return made.done("send", "POST", "/x", effect, **more)


@pytest.mark.parametrize("result", [0, "0", {"status": 0, "id": 5}, {"status": "\u06f0"}])
def test_done(result):
    made, calls = panel(told(result))
    assert done(made, payload={"a": 1}) == result and calls[0][4]["payload"] == {"a": 1} and calls[0][:4] == ("send", "POST", "/x", Effect.REPLACE)
    assert isinstance(done(panel(reply(b"", 204))[0]), NoContent)
    made, calls = panel(told(0))
    done(made, headers={"token": b"other"})
    assert calls[0][4]["headers"] == {"token": b"other"}


def test_not_done():
    with pytest.raises(errors.ApiError, match="send: not enough credit") as error:
        done(panel(told({"status": 22}))[0])
    assert error.value.code == 22 and error.value.name == "no_credit" and error.value.retryable is False


@pytest.mark.parametrize(("effect", "kind", "shown"), [(Effect.READ, errors.BadAnswerError, True), (Effect.LOGIN, errors.BadAnswerError, False),
                                                       (Effect.REPLACE, errors.UnknownOutcome, False)])
@pytest.mark.parametrize("result", [None, {}, {"status": None, "words": "seen"}, [], "x"])
def test_a_result_without_a_status(effect, kind, shown, result):
    with pytest.raises(kind, match="holds no status") as error:
        done(panel(told(result))[0], effect)
    assert (error.value.foreign == result) is shown or result is None


@pytest.mark.parametrize(("code", "effect", "kind"), [
    (40, Effect.READ, errors.NotFoundError), (41, Effect.REPLACE, errors.ConflictError), (15, Effect.CREATE, errors.ConflictError),
    (22, Effect.CHARGE, errors.ApiError), (27, Effect.CHARGE, errors.UnknownOutcome), (27, Effect.REPLACE, errors.ApiError),
    (1000, Effect.READ, errors.ApiError), (2000, Effect.READ, errors.ApiError), (1000, Effect.CREATE, errors.UnknownOutcome),
    (2000, Effect.CHARGE, errors.UnknownOutcome), (99, Effect.READ, errors.ApiError)])
def test_a_code_in_words(code, effect, kind):
    error = named("do", code, 200, effect)
    assert error.__class__ is kind and error.message.startswith("do: ") and error.vendor == "smspanel" and error.http_status == 200
    if kind is not errors.UnknownOutcome:
        assert error.code == code and error.retryable is (code in (1000, 2000)) and error.name == {99: "refused"}.get(code, error.name)


def test_the_codes_of_the_document():
    """Each by the number that the vendor prints: one beside it would tell people another reason."""
    assert sorted(CODES) == [1, 2, 3, 4, 5, 6, *range(10, 18), *range(21, 33), *range(40, 44), 1000, 2000]
    assert [CODES[code][0] for code in (15, 17, 21, 22, 23, 25, 27, 41, 1000, 2000)] == [
        "username_exists", "passwords_differ", "too_many_recipients", "no_credit", "wrong_sender", "no_recipient", "operator_error", "phonebook_exists",
        "database_trouble", "server_trouble"]
    assert sorted(DELIVERY) == [0, 1, 2, 3, 4, 5, 6, 14] and DELIVERY[4] == "delivered" and DELIVERY[14] == "unknown_id"


def test_credentials_that_are_refused():
    with pytest.raises(errors.AuthError) as error:
        ask(panel(reply(told(None, 401), 401), api_token=None, **USER)[0])
    assert error.value.hint == "Check api_token, or api_username and api_password" and error.value.name == "not_authenticated" and error.value.code == 401


# -- reads ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("result", "wanted"), [
    ({"status": 0, "value": 1500}, (1500, 0)), ({"status": 2, "value": "1,500"}, (1500, 2)), ({"status": 0, "value": "12.5"}, (12.5, 0)),
    ({"status": 0, "value": "-3"}, (-3, 0)), ({"status": "0", "value": 0}, (0, 0)), ({"status": 0, "value": " \u06f1\u06f2 "}, (12, 0))])
def test_credit(result, wanted):
    made, calls = panel(told(result))
    assert made.credit() == wanted and calls[0][1:3] == ("GET", "/my/credit")


@pytest.mark.parametrize("result", [{"status": 0}, {"status": 0, "value": "much"}, {"status": 0, "value": True}, {"status": 0, "value": None}, {"value": 5}, {},
                                    None, 0, 2, {"status": 0, "value": [1]}])
def test_no_credit(result):
    with pytest.raises(errors.BadAnswerError, match="credit"):
        panel(told(result))[0].credit()
    with pytest.raises(errors.ApiError, match="locked"):
        panel(told({"status": 3}))[0].credit()


ROW = {"book_id": 5, "title": "school"}
READ = [{"book_id": 5, "title": "school"}]


@pytest.mark.parametrize("result", [[ROW], {"status": 0, "result": [ROW]}, {"status": 0, "result": ROW}, [{"status": 0, "result": [ROW]}], {"result": [ROW]}])
def test_lists_in_every_shape(result):
    made, calls = panel(told(result))
    assert made.listed("list", "/my/phonebook", BOOK) == READ and calls[0][:4] == ("list", "GET", "/my/phonebook", Effect.READ)


@pytest.mark.parametrize("result", [[], {"status": 40}, {"status": 0, "result": []}])
def test_empty_lists(result):
    assert panel(told(result))[0].listed("list", "/x", BOOK) == []


@pytest.mark.parametrize("result", [None, "x", 5, {"status": 0}, {"status": 0, "result": "x"}, ["x"], [[ROW]], [{"title": "x"}], [ROW, {"result": [ROW]}]])
def test_what_is_no_list(result):
    with pytest.raises(errors.BadAnswerError):
        panel(told(result))[0].listed("list", "/x", BOOK)
    with pytest.raises(errors.ApiError, match="locked"):
        panel(told({"status": 3, "result": [ROW]}))[0].listed("list", "/x", BOOK)


def test_a_list_that_is_not_there():
    missing = reply(told(None, 404), 404)
    assert panel(missing)[0].listed("list", "/x", BOOK) == []
    for ask_for in (lambda made: made.listed("list", "/x", BOOK, named_one=False), lambda made: made.phonebooks()):
        with pytest.raises(errors.NotFoundError):
            ask_for(panel(missing)[0])


def test_phonebooks_and_their_numbers():
    made, calls = panel(told([dict(ROW, count="7"), {"book_id": 6, "uname": "other", "title": ""}]))
    assert made.phonebooks() == [{"id": 5, "name": "school", "count": 7}, {"id": 6, "name": "other", "count": None}]
    with pytest.raises(errors.BadAnswerError, match="title or uname"):
        book({"book_id": 5, "title": "", "uname": None})
    made, calls = panel(told([{"number": 9121234567}, {"number": "+98912"}]))
    assert made.numbers(5) == ["9121234567", "+98912"] and calls[0][2] == "/phonebook/5/number"


def test_what_a_result_holds():
    made, _calls = panel()
    assert made.inside("do", {"a": 1}) == {"a": 1} and made.details("do", {"details": ROW}, BOOK) == READ[0]
    for result in (None, 0, [ROW]):
        with pytest.raises(errors.BadAnswerError, match="do: result: expected an object"):
            made.inside("do", result)
    for result in ({}, {"details": None}, {"details": {"title": "x"}}, 0):
        with pytest.raises(errors.BadAnswerError):
            made.details("do", result, BOOK)


@pytest.mark.parametrize(("value", "number"), [(5, 5), ("5", 5), ("5.0", 5), (5.0, 5), (" \u06f5 ", 5), ("-5", -5), (True, None), (None, None), ("5.1", None),
                                               ("", None), ([5], None), ("x", None)])
def test_whole_numbers(value, number):
    assert whole(value) == number and code_of(value) == number and code_of({"status": value}) == number


@pytest.mark.parametrize("spelled", ["09121234567", "9121234567", "989121234567", "00989121234567", "+98 912 123 4567",
                                     "\u06f0\u06f9\u06f1\u06f2\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7"])
def test_one_number_in_many_spellings(spelled):
    assert same_number(spelled) == "09121234567"


@pytest.mark.parametrize(("number", "same"), [("30001234", "30001234"), ("0912", "0912"), ("98912", "98912"), ("009809121234567", "009809121234567"),
                                              ("0123456789", "0123456789"), ("12345678901", "12345678901"), ("", "")])
def test_numbers_that_are_no_mobile_ones(number, same):
    assert same_number(number) == same


@pytest.mark.parametrize(("outer", "settled"), [(408, False), (504, False), (599, False), (500, True), (501, True)])
def test_a_gateway_inside_an_answer(outer, settled):
    """The panel passes on that whoever stands behind it was not heard of in time: what was sent may go out all the same."""
    for effect in (Effect.CREATE, Effect.CHARGE):
        with pytest.raises(errors.UnknownOutcome) as caught:
            ask(panel(told(None, outer))[0], effect)
        assert caught.value.settled is settled
    with pytest.raises(errors.ApiError):
        ask(panel(told(None, outer))[0])
