# SPDX-License-Identifier: GPL-3.0-or-later
"""What public clients of the vendors send and read (the table in the simulator's README) works by default; a strict server refuses it."""

from __future__ import annotations

import base64
import importlib
import json
import re
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sms_api import PayamSms, SmsPanel, request

EVENT = {"title": "شیمی دهم", "agent_service_id": 14, "start_by_admin": 1, "status": 1, "slug": "chem-10"}
USER = {"name": "رویا", "surname": "کیانی", "username": "roya", "status": 1}
GUEST = {"name": "سینا", "surname": "مرادی", "username": "sina", "role": "participant"}
LINE = "30001234"


@pytest.fixture(scope="module")
def process(start: Any) -> Iterator[Any]:
    """A simulator with its own defaults, as everybody starts it; the tests beside this file have a strict one."""
    with start() as simulator:
        yield simulator


@pytest.fixture(scope="module")
def strict_process(start: Any) -> Iterator[Any]:
    with start(strict=True) as simulator:
        yield simulator


@pytest.fixture
def strict(strict_process: Any) -> Any:
    """A simulator whose defaults are the vendors' documents to the letter, after a reset."""
    strict_process.reset()
    return strict_process


@pytest.fixture
def strict_api(strict: Any, api: Any) -> Any:
    made = type(api)(strict.url("alocom"))
    assert made.login().status == 200
    yield made
    made.connection.close()


#: (method, path, body) that clients of Alocom send, and what becomes wrong on a strict server.
ALOCOM = [
    ("POST", "/users", {**USER, "password": "secret1", "password_confirmation": "secret1"}),
    ("POST", "/users", {**USER, "status": "1"}),
    ("POST", "/events", {**EVENT, "status": "1", "is_unlimited": "1"}),
    ("POST", "/events/53/files", {"take": 5, "skip": 0, "flag": None}),
    ("POST", "/events/index", {"take": 5, "skip": 0, "service_title": None, "in_progress": None}),
    ("POST", "/services/index", {"take": 5, "skip": 0, "type": None, "status": None}),
    ("POST", "/events/53/enroll-user-with-token", {**GUEST, "mobile": "09121234567"}),
    ("PATCH", "/events/53/remove_users", {"users": [149]}),
    ("PATCH", "/events/53", {**EVENT, "slug": "math-10"}),
]


@pytest.mark.parametrize(("method", "path", "body"), ALOCOM, ids=[f"{path} {sorted(body)}" for _method, path, body in ALOCOM])
def test_alocom_takes_what_its_clients_send(clear: Any, api: Any, strict_api: Any, method: str, path: str, body: dict[str, Any]) -> None:
    assert api.call(method, "/api/v1/agents" + path, body).status == 200
    (entry,) = clear.journal("alocom")
    # What was sent stays in the journal as it was sent; nothing of it is an error.
    assert entry["body"] == body and entry["request_errors"] == [] and entry["operation"]
    assert strict_api.call(method, "/api/v1/agents" + path, body).status in (404, 422)


def test_text_digits_mean_the_same_as_numbers(sim: Any, api: Any) -> None:
    rows = {}
    for number, (on, off) in enumerate(((1, 0), ("1", "0"), (True, False))):
        slug = f"chem-{number}"
        assert api.post("/events", {**EVENT, "slug": slug, "status": on, "start_by_admin": off, "guest_access": on}).status == 200
        assert api.post("/users", {**USER, "username": slug, "status": off}).status == 200
        row = next(row for row in sim.dump("alocom")["events"] if row["slug"] == slug)
        user = next(row for row in sim.dump("alocom")["users"] if row["username"] == slug)
        rows[number] = (row["enabled"], row["start_by_admin"], row["guest_access"], user["status"])
    assert rows[0] == rows[1] == rows[2] == (True, 0, 1, 0)
    # Only where a few values are possible: the size of a page stays a number, and other words stay wrong.
    assert api.post("/users/index", {"take": "5", "skip": 0}).status == 422
    assert api.post("/users", {**USER, "status": "yes"}).status == 422 and api.post("/users", {**USER, "status": "2"}).status == 422


def test_a_null_filter_is_no_filter_and_a_null_field_is_no_value(api: Any) -> None:
    assert len(api.list("/events/53/files", flag=None)) == len(api.list("/events/53/files")) == 4
    assert len(api.list("/events/index", In_progress=None)) == 3
    assert api.post("/users/index", {"take": None, "skip": 0}).body["errors"].keys() == {"take"}
    assert "name" in api.post("/users", {**USER, "name": None}).body["errors"]
    # Only a filter of a read may be null: what is written is the document's.
    assert api.post("/events", {**EVENT, "guest_access": None}).body["errors"].keys() == {"guest_access"}


def test_a_created_event_is_in_the_answer(api: Any) -> None:
    answer = api.post("/events", EVENT).body
    assert answer["event"]["id"] == 56 and answer["event"]["alocom_link"].endswith("chem-10")


def test_an_update_without_users_leaves_them(sim: Any, api: Any) -> None:
    def members() -> list[int]:
        return [member["userid"] for member in next(row for row in sim.dump("alocom")["events"] if row["id"] == 53)["members"]]

    before = members()
    assert api.patch("/events/53", {**EVENT, "slug": "math-10"}).status == 200 and members() == before


def test_members_leave_by_either_id_and_either_path(sim: Any, api: Any) -> None:
    first = api.post("/events/53/enroll-user-with-token", GUEST).body["userId"]
    assert api.patch("/events/53/remove_users", {"users": [first]}).status == 200
    assert api.patch("/events/53/remove-users/", {"users": [148, 149]}).status == 200
    event = next(row for row in sim.dump("alocom")["events"] if row["id"] == 53)
    assert len(event["members"]) == 3
    assert api.patch("/events/53/remove_users", {"users": ["0" * 24]}).status == 422
    assert api.get("/events/53/remove_users").status == 405


# PayamSMS


def login(url: str, place: str) -> int:
    values = PayamSms.login_form
    basic = "Basic " + base64.b64encode(b"kariz-client:kariz-client-secret").decode()
    query = "?" + urllib.parse.urlencode(values) if place == "query" else ""
    given: dict[str, Any] = {"form": {"form": values}, "json": {"body": values}, "query": {}}[place]
    status, answer = request(f"{url}/auth/oauth/token{query}", "POST", Authorization=basic, **given)
    assert status != 200 or answer["access_token"]
    return status


def test_payamsms_takes_a_login_in_three_ways(sim: Any, strict: Any) -> None:
    url = sim.url("payamsms")
    assert [login(url, place) for place in ("form", "query", "json")] == [200, 200, 200]
    assert [login(strict.url("payamsms"), place) for place in ("form", "query", "json")] == [200, 400, 400]
    for chosen in ("form", "query", "json"):
        sim.settings("payamsms", token_from=chosen)
        assert [login(url, place) for place in ("form", "query", "json")] == [200 if place == chosen else 400 for place in ("form", "query", "json")]


# SMS panel


def test_smspanel_takes_fields_it_does_not_know_and_text_digits(sim: Any, strict: Any) -> None:
    send = {"from": LINE, "recipients": ["09121234567"], "message": "سلام", "type": "0", "authcode": "12"}
    pattern = {"from": LINE, "recipients": ["09121234567"], "message": {"name": "سارا", "code": "12"}, "patternID": "101", "type": "0"}
    for path, body in (("sms/send", send), ("sms/pattern-send", pattern), ("sms/pattern-send", {**pattern, "patternId": 101})):
        assert SmsPanel(sim.url("smspanel")).result("POST", path, body)["status"] == 0, body
        assert SmsPanel(strict.url("smspanel")).call("POST", path, body)[0] == 400, body
    assert [row["kind"] for row in sim.dump("smspanel")["messages"]] == ["plain", "pattern", "pattern"]
    assert SmsPanel(sim.url("smspanel")).call("POST", "sms/send", {**send, "type": "one"})[0] == 400
    sim.settings("smspanel", text_numbers="refuse")
    assert SmsPanel(sim.url("smspanel")).call("POST", "sms/send", send)[0] == 400


# The table

#: What the third column of the table in docs/simulator.md says: setting, star, default, value of a strict server.
TOLD = re.compile(r"`(\w+)`(\*?) `([\w. ]+)`(?:, `([\w. ]+)`)?")


def test_the_table_says_what_is_set() -> None:
    """Each vendor's rows, by the settings of its code; every setting that a strict server changes has a row."""
    text = (Path(__file__).resolve().parents[3] / "docs/simulator.md").read_text(encoding="utf-8")
    rows = [line for line in text[text.index("| vendor, client | shows |"):].split("\n\n")[0].splitlines() if line.startswith("| ")][2:]
    starred: dict[str, set[str]] = {}
    for row in rows:
        who, *_shown, told = (cell.strip() for cell in row.strip("|").split("|"))
        vendor = who.partition(":")[0].lower().replace(" ", "")
        module = importlib.import_module(f"kariz_simulator.vendors.{vendor}.settings")
        for name, star, default, strict in TOLD.findall(told):
            assert json.dumps(module.DEFAULTS[name]).strip('"') == default, row
            assert bool(star) is (name in getattr(module, "STRICT", {})), row
            assert not star or module.STRICT[name] == strict, row
            starred.setdefault(vendor, set()).update([name] if star else [])
    for vendor in ("alocom", "payamsms", "smspanel"):
        assert starred[vendor] == set(importlib.import_module(f"kariz_simulator.vendors.{vendor}.settings").STRICT)
    assert {row.split(":")[0].strip("| ") for row in rows} == {"Alocom", "PayamSMS", "SMS panel", "DeltaSib", "POD Space"}


# Strictness


def test_a_strict_server_stays_strict_through_every_reset(strict: Any, sim: Any) -> None:
    for name in ("alocom", "payamsms", "smspanel"):
        strict.reset(name, "empty")
        sim.reset(name, "empty")
    told = {name: strict.dump(name)["settings"] for name in ("alocom", "payamsms", "smspanel", "deltasib", "podspace")}
    assert {name: settings["unknown_fields"] for name, settings in told.items() if "unknown_fields" in settings} == dict.fromkeys(
        ("alocom", "smspanel", "deltasib", "podspace"), "refuse")
    assert told["payamsms"]["token_from"] == "form" and told["alocom"]["remove_users_id"] == "userid"
    strict.reset("alocom", "empty", unknown_fields="ignore")
    assert strict.dump("alocom")["settings"]["unknown_fields"] == "ignore"
    # Nothing but strictness differs: the answers are the same.
    differing = {key for key, value in sim.dump("alocom")["settings"].items() if told["alocom"][key] != value}
    assert differing == {"unknown_fields", "text_flags", "null_filters", "update_without_users", "remove_users_id", "remove_users_path"}
    assert json.dumps(told)
