# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated PayamSMS behaves as its document says, and refuses what the document does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sms_api import PayamSms

SEND = "panel/webservice/send"
OWN = "982000123"


@pytest.fixture
def api(sim: Any) -> Iterator[PayamSms]:
    made = PayamSms(sim.url("payamsms"))
    assert made.login()[0] == 200
    yield made
    assert [entry for entry in sim.journal("payamsms") if entry["contract_error"]] == []


def item(key: str = "a", **change: Any) -> dict[str, Any]:
    return {"sender": OWN, "recipient": "989121234567", "body": "سلام", "customerId": key, **change}


def test_token(sim: Any, api: PayamSms) -> None:
    first = api.token
    status, answer = api.login()
    assert status == 200 and answer["access_token"] == first and 0 < answer["expires_in"] <= 3600
    assert api.login(client="kariz-client:wrong")[0] == 401
    assert api.login(password="wrong") == (400, {"error": "invalid_grant", "error_description": "Bad credentials"})
    assert api.login(scope="other")[0] == 400 and api.login(query=True)[0] == 400
    sim.settings("payamsms", login_refusal="code", token_from="query")
    assert api.login()[0] == 400
    assert api.login(query=True, password="wrong")[1]["errorCode"] == "E5"
    assert api.login(query=True)[0] == 200
    sim.settings("payamsms", clock_ahead=4000.0)
    assert api.get("accounting/webservice/balance")[0] == 401
    api.login(query=True)
    assert api.token != first and api.get("accounting/webservice/balance") == (200, 100_000_000)


def test_sending_and_reports(sim: Any, api: PayamSms) -> None:
    status, answers = api.post(SEND, [item("a"), item("b", recipient="989120000000"), item("c", sender="98999"), item("d", recipient="98123"),
                                      item("e", body=""), item("f", body="آ" * 67 * 32 + "آ"), item("g", body="قمار"), item("h", recipient="989121111111")])
    assert status == 200 and [answer.get("errorCode") for answer in answers] == [None, None, "E223", "E43", "E766", "E211", "E132", None]
    assert answers[0]["mobile"] == 989121234567 and answers[0]["customerId"] == "a"
    dump = sim.dump("payamsms")
    assert dump["balance"] == 100_000_000 - 3000 and len(dump["messages"]) == 3

    def states(*ids: str) -> list[str]:
        return [row["status"] for row in api.get("report/webservice/status", *[("ids", key) for key in ids], byCustomer="true")[1]]

    assert states("a", "b", "h", "zz") == ["Pending In Queue"] * 3
    sim.settings("payamsms", clock_ahead=3.0)
    assert states("a") == ["Pending"]
    sim.settings("payamsms", clock_ahead=30.0)
    assert states("a", "b", "h") == ["Send Successfully", "Failed", "Pending"]
    row = api.get("report/webservice/status", byCustomer="false", ids=answers[0]["serverId"])[1][0]
    assert (row["totalParts"], row["totalDeliveredParts"]) == (1, 1)
    api.post(SEND, [item("a")])
    assert len(api.get("report/webservice/status", byCustomer="true", ids="a")[1]) == 2
    assert api.get("report/webservice/status", byCustomer="true", ids="zz") == (200, [])
    assert api.get("report/webservice/status", ids="zz")[1]["errorCode"] == "E2"


def test_the_three_send_calls(sim: Any, api: PayamSms) -> None:
    items = [{"recipient": "989121234567", "body": "یک", "customerId": "1"}, {"recipient": "989121234568", "body": "دو"}]
    assert len(api.post("panel/webservice/sendMultipleWithSrc", {"sender": OWN, "smsItems": items})[1]) == 2
    short = [{"recipient": "989121234569", "customerId": "3"}]
    assert api.post("panel/webservice/sendMultipleWithSrcBody", {"sender": OWN, "body": "سه", "smsItems": short})[1][0]["serverId"]
    assert api.post("panel/webservice/sendMultipleWithSrcBody", {"sender": OWN, "body": "سه", "smsItems": items})[1]["errorCode"] == "E2"
    assert api.post(SEND, [item(str(n)) for n in range(251)])[1]["errorCode"] == "E107"
    assert api.post(SEND, [])[1]["errorCode"] == "E303"
    sim.settings("payamsms", balance=1500)
    assert [answer.get("errorCode") for answer in api.post(SEND, [item("x"), item("y")])[1]] == [None, "E6"]
    sim.settings("payamsms", credit_refusal="call", code_style="text", code_status=400)
    assert api.post(SEND, [item("y")]) == (400, "E6")


def test_scheduled(sim: Any, api: PayamSms) -> None:
    api.post(SEND, [item("s%d" % n, sendDate="2199-01-01 10:00:00") for n in range(13)] + [item("now", sendDate="2020-01-01 10:00:00")])
    path = "panel/webservice/scheduledList"
    assert api.get(path)[1]["errorCode"] == "E2"
    status, page = api.get(path, **{"from": "2198-01-01 00:00:00"})
    assert (page["totalItem"], page["totalPages"], page["currentPage"], len(page["scheduledMessages"])) == (13, 2, 0, 10)
    assert len(api.get(path, **{"from": "2198-01-01 00:00:00", "page": "1"})[1]["scheduledMessages"]) == 3
    row = api.get(path, customerId="s3")[1]["scheduledMessages"][0]
    assert row["message"] == "سلام" and row["sendDate"] == "2199-01-01 10:00:00"
    assert api.get("report/webservice/status", byCustomer="true", ids="s3")[1] == []
    cancel = "panel/webservice/cancelScheduled"
    assert api.post(cancel, {"serverId": row["serverId"], "cancelMessage": "لغو"})[1]["status"] is True
    assert api.post(cancel, {"serverId": row["serverId"]})[1]["status"] is False
    assert api.post(cancel, {"serverId": "1"})[1]["errorCode"] == "E305"
    assert api.get(path, customerId="s3")[1]["totalItem"] == 0
    assert api.get("report/webservice/status", byCustomer="true", ids="s3")[1][0]["status"] == "Canceled"
    assert api.post(SEND, [item("t", sendDate="tomorrow")])[1]["errorCode"] == "E2"


def test_inbox(sim: Any, api: PayamSms) -> None:
    ids = sim.seed("payamsms", "inbox", 100, prefix="پاسخ")
    first = api.get("report/webservice/mo", number=OWN, id=str(ids[97]))[1]
    assert [row["id"] for row in first] == ids[98:] and first[0]["body"] == "پاسخ 99"
    assert len(api.get("report/webservice/mo", number=OWN)[1]) == 90
    assert len(api.get("report/webservice/mo", number=OWN)[1]) == 12
    assert api.get("report/webservice/mo", number=OWN)[1]["errorCode"] == "E7"
    assert api.get("report/webservice/mo")[1]["errorCode"] == "E2"
