# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DeltaSib without a server: filters, answers in every spelling, money's arithmetic."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import BadAnswerError, UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.http.transport import Reply
from ansible_collections.kariz.panels.plugins.module_utils._deltasib import client, credit, filters
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.payment import VoucherField
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.session import exactly

CLIENT = object.__new__(client.DeltaSibClient)


def reply(status, body):
    return Reply(status, {}, body if isinstance(body, bytes) else json.dumps(body).encode())


@given(st.text())
def test_no_text_leaves_its_quotes(value):
    """Whatever is accepted stands between its quotes to the end."""
    try:
        made = filters.text_is("Username", value, "username")
    except UsageError as error:
        assert error.message.startswith("username must not hold")
        return
    assert made == "Username='%s'" % value
    inner = made[len("Username='"):-1]
    assert not set(inner) & set("'\"`\\\0\n\r\x1a")


@pytest.mark.parametrize("value", ["x' or 1=1 --", 'a"b', "a\\", "a`b", "a\nb", "a\0b", "a\uff07b", "a\uff02b", "a\uff3cb", "\u2028", "a\x7f"])
def test_refused_texts(value):
    with pytest.raises(UsageError, match="family"):
        filters.text_is("Family", value, "family")


def test_persian_names_pass():
    for name in ("زهرا", "نیک‌نام", "سیّد", "02188001234", "a.b-c_d@e", "O%", "--", "/* */"):
        assert filters.text_is("Username", name, "username") == "Username='%s'" % name


@pytest.mark.parametrize("value", ["1 or 1=1", "", "-1", "1.5", "۱a", "9" * 19, "²"])
def test_refused_numbers(value):
    with pytest.raises(UsageError, match="user_id"):
        filters.number_is("User_Id", value, "user_id")


def test_conditions():
    assert filters.number_is("User_Id", "۱۲", "user_id") == "User_Id=12"
    assert filters.all_of(["a=1", "", "b=2 or c=3"]) == "(a=1) and (b=2 or c=3)" and filters.all_of([]) == "" and filters.all_of(["a=1"]) == "a=1"
    groups = list(filters.chunks("Username='%032d'" % number for number in range(500)))
    assert len(groups) == 5 and all(len(group.split(" or ")) == 100 for group in groups)
    wide = list(filters.chunks("Username='%s'" % ("ک" * 32) for _number in range(100)))
    assert len(wide) > 1 and sum(len(group.split(" or ")) for group in wide) == 100


def test_a_disconnect_names_sessions_and_their_subscribers():
    online = [{"id": 7, "user_id": 12}, {"id": 8, "user_id": None}]
    assert exactly(online) == "(Online_RadiusUser_Id=7 and User_Id=12) or (Online_RadiusUser_Id=8)"
    with pytest.raises(UsageError):
        exactly([])
    with pytest.raises(UsageError):
        exactly([{"id": "7 or 1=1", "user_id": 1}])


@pytest.mark.parametrize("status", [200, 400, 401, 403, 500, 503])
@pytest.mark.parametrize("code", [-6, "-6", " -6 "])
@pytest.mark.parametrize("key", ["ErrorCode", "errorcode", "ERRORCODE"])
def test_void_tokens(status, code, key):
    assert CLIENT.is_void(reply(status, {key: code, "ErrorDesc": "Invalid token"}))
    assert CLIENT.understood(reply(status, {key: code}))


def test_other_answers_are_not_void():
    for status, body in ((200, [{"ErrorCode": -6}]), (403, {"ErrorCode": -3}), (200, {"status": 1}), (500, b"<html>"), (401, {"ErrorCode": -2})):
        assert not CLIENT.is_void(reply(status, body))
    assert CLIENT.is_void(reply(401, b""))
    # A fatal error does not say how far the server came.
    assert not CLIENT.understood(reply(500, {"ErrorCode": -1})) and not CLIENT.understood(reply(500, b"oops"))


def test_refusals():
    assert CLIENT.refusal("x", reply(200, []), []) is None and CLIENT.refusal("x", reply(200, {"status": 1}), {"status": 1}) is None
    body = {"ErrorCode": "-5", "ErrorDesc": "Invalid Data"}
    assert CLIENT.refusal("x", reply(200, body), body).code == -5
    assert CLIENT.refusal("x", reply(404, b"gone"), None).code == 404


@pytest.mark.parametrize(("answer", "found"), [
    ([], []), ([{"User_Id": 1}], [{"user_id": 1}]), ({"USER_ID": 1}, [{"user_id": 1}]), ({"0": {"A": 1}, "3": {"A": 2}}, [{"a": 1}, {"a": 2}]),
    ({"data": [{"A": 1}]}, [{"a": 1}]), ({"Rows": []}, []),
])
def test_rows(answer, found):
    assert client.rows_in(answer, "x") == found


@pytest.mark.parametrize("answer", [{}, {"status": 1}, None, "text", [1], {"message": {}}])
def test_no_rows(answer):
    with pytest.raises(BadAnswerError):
        client.rows_in(answer, "x")


@pytest.mark.parametrize(("value", "found"), [
    ("1,234,567", 1234567), ("120000.00", 120000), ("12.50", 12.5), ("۱۲٬۳۴۵", 12345), (7, 7), (7.0, 7),
    (None, None), ("", None), ("UL", None), (True, None), ("-5", -5),
    ("9007199254740993", 9007199254740993), ("Infinity", None),
])
def test_numbers(value, found):
    assert client.number(value) == found and type(client.number(value)) is type(found)


def test_credit_without_limits():
    row = {"strr": "UL", "stru": "1,024", "stra": "UL", "stir": "ul", "servicestatus": None, "enddate": "1404/08/12 09:30:04"}
    made = credit.credit(row, {"id": 5, "username": "a"})
    assert made["traffic"]["service"] == {"remaining": None, "used": 1024, "total": None, "unlimited": True}
    assert made["time"]["service"]["unlimited"] is True and made["time"]["daily"]["unlimited"] is False
    assert made["end_iso"] == "2025-11-03T09:30:04" and made["fields"]["STrU"] == 1024 and made["fields"]["STrR"] is None and made["user_id"] == 5


def test_vouchers():
    field = VoucherField("voucher_no", "digits")
    assert field.same("0012", "۱۲") and field.same(12, "12") and not field.same("12", "120") and field.same("000", "0") and field.normal("") is None


def test_the_key_is_a_secret():
    found = client.DeltaSibClient.secrets({"api_password": "123", "api_token": "t"})
    assert hashlib.sha512(b"123").hexdigest() in found and "123" in found and "t" in found
