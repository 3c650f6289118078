# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated SMS panel behaves as its document says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sms_api import SmsPanel

LINE = "30001234"


@pytest.fixture
def api(sim: Any) -> Iterator[SmsPanel]:
    sim.reset("smspanel", "empty")
    yield SmsPanel(sim.url("smspanel"))
    assert [entry for entry in sim.journal("smspanel") if entry["contract_error"]] == []


def text(**change: Any) -> dict[str, Any]:
    return {"from": LINE, "recipients": ["09121234567"], "message": "سلام", "type": 0, **change}


def test_who_calls(sim: Any, api: SmsPanel) -> None:
    assert api.result("GET", "my/credit") == {"status": 0, "value": 1_000_000}
    api.headers = {"username": "kariz-demo", "password": "kariz-demo-pass"}
    assert api.result("GET", "my")["details"]["fullname"]
    api.headers = {"token": "wrong"}
    assert api.call("GET", "my")[0] == 401
    sim.settings("smspanel", http_follows=False)
    status, answer = api.call("GET", "my")
    assert status == 200 and answer["status"] == 401 and answer["message"]


def test_register(api: SmsPanel) -> None:
    person = {"username": "new.user", "password": "p1", "repeatPassword": "p1", "firstName": "سارا", "lastName": "نوری", "melliCode": "0012345679"}
    assert api.call("POST", "user/register", {"username": "x"})[0] == 400
    assert api.result("POST", "user/register", {**person, "repeatPassword": "p2"}) == 17
    assert api.result("POST", "user/register", {**person, "package": "99"}) == 16
    assert api.result("POST", "user/register", person) == 0
    assert api.result("POST", "user/register", person) == 15
    api.headers = {"username": "new.user", "password": "p1"}
    assert api.result("GET", "my")["details"]["mellicode"] == "0012345679"


def test_sending(sim: Any, api: SmsPanel) -> None:
    assert api.result("POST", "sms/send", text())["status"] == 0
    for change, expected in (({"from": "1"}, 23), ({"message": ""}, 24), ({"recipients": []}, 25), ({"recipients": ["09120000001"] * 201}, 21)):
        assert api.result("POST", "sms/send", text(**change))["status"] == expected
    assert api.call("POST", "sms/send", {"from": LINE})[0] == 400
    future = {"from": LINE, "recipients": ["09121234567"], "message": "بعد", "sendDate": "2199-01-01 10:00:00", "prtrys": "1", "sentPeriod": "0"}
    assert api.result("POST", "sms/future-send", future)["status"] == 0
    assert api.result("POST", "sms/future-send", {**future, "sendDate": "2001-01-01 10:00:00"})["status"] == 26
    pattern = {"from": LINE, "recipients": ["09121234567"], "message": {"name": "سارا", "code": "12"}, "patternId": 101, "type": 0}
    assert api.result("POST", "sms/pattern-send", pattern)["status"] == 0
    assert api.result("POST", "sms/pattern-send", {**pattern, "patternId": 102})["status"] == 29
    assert api.result("POST", "sms/pattern-send", {**pattern, "message": {"name": "سارا"}})["status"] == 28
    several = {"fromArray": [LINE, "1"], "recipients": [["09121234567"], ["09121234568"]], "messageArray": ["یک", "دو"], "typeArray": [0, 1]}
    assert [answer["status"] for answer in api.result("POST", "sms/multiple-send", several)] == [0, 23]
    assert sim.dump("smspanel")["credit"] == 1_000_000 - 4 * 100
    sim.settings("smspanel", credit=50)
    assert api.result("POST", "sms/send", text())["status"] == 22


def test_reports(sim: Any, api: SmsPanel) -> None:
    assert api.result("GET", "sms/latest")["status"] == 31
    ids = [api.result("POST", "sms/send", text(recipients=[number]))["id"] for number in ("09121234567", "09120000000", "09121111111")]
    assert api.result("GET", "sms/status", {"idArray": [*ids, 5]}) == {"status": 0, "result": [0, 0, 0, 14]}
    sim.settings("smspanel", clock_ahead=3.0)
    assert api.result("GET", "sms/status", {"idArray": ids[:1]})["result"] == [1]
    sim.settings("smspanel", clock_ahead=9.0)
    assert api.result("GET", "sms/status", {"idArray": ids})["result"] == [4, 5, 3]
    assert api.result("GET", "sms/latest")["details"]["id"] == ids[-1]
    assert api.result("GET", "sms/status", {"idArray": []})["status"] == 30
    assert api.result("GET", "sms/status", {"idArray": list(range(51))})["status"] == 32


def test_phonebooks(sim: Any, api: SmsPanel) -> None:
    made = api.result("POST", "phonebook", {"name": "teachers", "numbers": ["09121234567", "+989121234567", "09351234567"], "flag": "1"})
    assert made["status"] == 0
    assert api.result("POST", "phonebook", {"name": "teachers", "numbers": []})["status"] == 41
    number = made["id"]
    assert api.result("GET", "my/phonebook")["result"] == [{"book_id": number, "uname": "kariz-demo", "title": "teachers", "count": 2}]
    assert api.result("GET", "my/phonebook/teachers")["result"][0]["book_id"] == number
    assert api.result("GET", "my/phonebook/none")["status"] == 40
    assert [row["number"] for row in api.result("GET", f"phonebook/{number}/number")["result"]] == ["09121234567", "09351234567"]
    assert api.result("POST", f"phonebook/{number}/number", {"numbers": ["09361234567"]}) == 0
    assert api.result("POST", f"phonebook/{number}/number", {"numbers": []}) == 42
    assert api.result("DELETE", f"phonebook/{number}/number", {"numbers": ["09121234567"]}) == 0
    send = text(recipients=[], bookId=number)
    assert api.result("POST", "sms/phonebook-send", send)["status"] == 0
    assert api.result("POST", "sms/phonebook-send", {**send, "bookId": 1})["status"] == 40
    assert sim.dump("smspanel")["messages"][0]["recipients"] == ["09351234567", "09361234567"]
    for style in ("bare", "single"):
        sim.settings("smspanel", list_style=style, number_list_style="wrapped", codes_as_text=True)
        api.result("GET", "my/phonebook")
        api.result("GET", f"phonebook/{number}/number")
    assert api.result("DELETE", f"phonebook/{number}") == "0" and api.result("DELETE", f"phonebook/{number}") == "40"
