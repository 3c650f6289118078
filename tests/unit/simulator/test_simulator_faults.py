# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of fault, and which requests a fault hits."""

from __future__ import annotations

import base64
import http.client
import time
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from kariz_simulator.client import SimulatorError

A = "/api/v1/agents"
LABEL = {"title": "برچسب آزمایشی"}


def titles(sim: Any) -> list[str]:
    return [row["title"] for row in sim.dump("alocom")["labels"]]


def test_latency(clear: Any, api: Any) -> None:
    clear.faults([{"vendor": "alocom", "kind": "latency", "seconds": 0.3}])
    with pytest.raises(TimeoutError):
        api.call("GET", f"{A}/labels/list", timeout=0.1)
    assert clear.journal()[0]["fault"] == "latency" and clear.faults()[0]["hits"] == 1


def test_status_with_retry_after(clear: Any, api: Any) -> None:
    clear.faults(
        [
            {"kind": "status", "status": 429, "headers": {"Retry-After": 2}},
            {"kind": "status", "status": 503, "retry_after_date": 30},
            {"kind": "status", "status": 502, "body": "bad gateway"},
            {"kind": "status", "status": 422, "body": {"message": "m", "errors": {"title": ["x"]}}},
        ]
    )
    first = api.post("/labels/", LABEL)
    assert (first.status, first.headers["Retry-After"], list(first.body)) == (429, "2", ["message"])
    before = int(time.time())
    second = api.post("/labels/", LABEL)
    # Between the question and the answer, however long that took.
    assert before + 30 <= parsedate_to_datetime(second.headers["Retry-After"]).timestamp() <= time.time() + 30
    third = api.post("/labels/", LABEL)
    assert (third.status, third.raw, third.headers.get_content_type()) == (502, b"bad gateway", "text/plain")
    assert api.post("/labels/", LABEL).body["errors"] == {"title": ["x"]}
    assert LABEL["title"] not in titles(clear)
    assert api.post("/labels/", LABEL).status == 200


def test_status_after_does_the_work(clear: Any, api: Any) -> None:
    clear.faults([{"kind": "status_after", "status": 500, "method": "POST"}])
    assert api.post("/labels/", LABEL).status == 500
    assert titles(clear).count(LABEL["title"]) == 1


@pytest.mark.parametrize(("kind", "committed"), [("reset_before", 0), ("reset_after", 1)])
def test_resets(clear: Any, api: Any, kind: str, committed: int) -> None:
    clear.faults([{"kind": kind}])
    with pytest.raises(ConnectionResetError):
        api.post("/labels/", LABEL)
    assert titles(clear).count(LABEL["title"]) == committed
    assert clear.journal()[0]["status"] is None


@pytest.mark.parametrize(("how", "error"), [("close", http.client.IncompleteRead), ("rst", ConnectionResetError)])
def test_truncate_commits_and_sends_a_part(clear: Any, api: Any, how: str, error: type[Exception]) -> None:
    clear.faults([{"kind": "truncate", "how": how}])
    with pytest.raises(error):
        api.post("/labels/", LABEL)
    assert titles(clear).count(LABEL["title"]) == 1


def test_answers_which_are_not_what_they_should_be(clear: Any, api: Any) -> None:
    kinds = ("truncate_json", "html", "empty", "wrong_type")
    clear.faults([{"kind": kind} for kind in kinds] + [{"kind": "wrong_type", "body": [], "commit": True}])
    cut = api.get("/labels/list")
    assert (cut.status, cut.body) == (200, None) and cut.raw.startswith(b'{"data"') and len(cut.raw) == int(cut.headers["Content-Length"])
    page = api.get("/labels/list")
    assert page.headers.get_content_type() == "text/html" and b"<html" in page.raw
    assert (api.get("/labels/list").raw, api.get("/labels/list").body) == (b"", "unexpected")
    assert api.post("/labels/", LABEL).body == []
    assert [entry["fault"] for entry in clear.journal()] == [*kinds, "wrong_type"]
    assert LABEL["title"] in titles(clear)


@pytest.mark.parametrize(("kind", "committed"), [("black_hole", 0), ("black_hole_after", 1)])
def test_black_holes_hang_until_they_are_cleared(clear: Any, api: Any, kind: str, committed: int) -> None:
    clear.faults([{"kind": kind}])
    with pytest.raises(TimeoutError):
        api.call("POST", f"{A}/labels/", LABEL, timeout=0.3)
    assert titles(clear).count(LABEL["title"]) == committed
    assert clear.journal()[0]["fault"] == kind
    connection = api.connect()
    clear.faults([{"kind": kind}])
    connection.request("GET", f"{api.parts.path}{A}/labels/list", headers=api.headers(None))
    time.sleep(0.1)
    clear.clear_faults()
    with pytest.raises(ConnectionResetError):
        connection.getresponse()
    connection.close()
    assert api.get("/labels/list").status == 200


def test_drip_outlasts_a_read_timeout(clear: Any, api: Any) -> None:
    clear.faults([{"kind": "drip", "seconds": 0.004}])
    begun = time.monotonic()
    reply = api.call("POST", f"{A}/labels/", LABEL, timeout=0.1)
    assert reply.status == 200 and time.monotonic() - begun > 0.2
    assert LABEL["title"] in titles(clear)


def test_token_expiry_happens_once(clear: Any, api: Any) -> None:
    clear.faults([{"kind": "token_expiry", "path": "labels"}])
    assert api.get("/profile").status == 200
    assert api.get("/labels/list").status == 401
    assert api.get("/profile").status == 401
    assert api.login().status == 200
    assert api.get("/labels/list").status == 200


def test_echo_secrets_tells_all_it_got(clear: Any, api: Any) -> None:
    clear.faults([{"kind": "echo_secrets", "status": 422}])
    reply = api.patch("/users/148/password-change", {"password": "canary-7", "password_confirmation": "canary-7"})
    text = reply.body["message"]
    assert reply.status == 422 and "canary-7" in text and f"Bearer {api.token}" in text
    assert base64.b64encode(f"Bearer {api.token}".encode()).decode() in text
    assert base64.b64encode(api.token.encode()).decode() in text


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("kind", ["users", "labels", "events"])
def test_shift_moves_the_pages(clear: Any, api: Any, kind: str, order: str) -> None:
    clear.settings("alocom", order=order)
    before = [row["id"] for row in api.list(f"/{kind}/index")]
    clear.faults([{"kind": "shift", "how": "insert", "object": kind, "path": "index", "skip": 1}])
    assert [row["id"] for row in api.post(f"/{kind}/index", {"take": 2, "skip": 0}).body["data"]] == before[:2]
    # The second page repeats the last object of the first one.
    assert [row["id"] for row in api.post(f"/{kind}/index", {"take": 2, "skip": 2}).body["data"]] == before[1:3]
    clear.faults([{"kind": "shift", "how": "delete", "object": kind}])
    assert [row["id"] for row in api.list(f"/{kind}/index")] == before


def test_which_requests_are_hit(clear: Any, api: Any) -> None:
    clear.faults(
        [{"kind": "status", "status": 500, "method": "post|patch", "path": "labels/$", "match_body": "second", "times": 2, "skip": 1}]
    )
    assert api.get("/labels/list").status == 200
    assert api.post("/labels/", {"title": "first"}).status == 200
    found = [api.post("/labels/", {"title": f"second {number}"}).status for number in range(4)]
    assert found == [200, 500, 500, 200]
    assert {name: clear.faults()[0][name] for name in ("seen", "hits")} == {"seen": 3, "hits": 2}


def test_always_and_sometimes(clear: Any, api: Any) -> None:
    clear.faults([{"kind": "status", "status": 503, "times": 0, "probability": 0.5, "seed": 7}])
    first = [api.get("/labels/list").status for _number in range(40)]
    assert 8 < first.count(503) < 32
    clear.clear_faults()
    clear.faults([{"kind": "status", "status": 503, "times": 0, "probability": 0.5, "seed": 7}])
    assert [api.get("/labels/list").status for _number in range(40)] == first


def test_preludes_go_together_with_an_ending(clear: Any, api: Any) -> None:
    clear.faults([{"kind": "latency", "seconds": 0.1}, {"kind": "html"}, {"kind": "empty"}])
    assert b"<html" in api.get("/labels/list").raw
    assert api.get("/labels/list").raw == b""
    assert [entry["fault"] for entry in clear.journal()] == ["latency+html", "empty"]


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "nonsense"},
        {"kind": "latency"},
        {"kind": "status", "status": "500"},
        {"kind": "status"},
        {"kind": "html", "path": "("},
        {"kind": "html", "vendor": "nobody"},
        {"kind": "html", "colour": 1},
        {"kind": "shift", "how": "swap"},
        {"kind": "html", "times": True},
        "html",
    ],
)
def test_mistakes_in_faults_are_told(sim: Any, fault: Any) -> None:
    with pytest.raises(Exception, match="fault"):
        sim.faults([fault])
    assert sim.faults() == []


@pytest.mark.parametrize(("fault", "said"), [
    ({"vendor": "alocom", "operation": "labels.lists"}, r"unknown operation 'labels.lists' of alocom; near it: labels.list\b.*labels.delete"),
    ({"operation": "labels.remove"}, "unknown operation 'labels.remove' of any vendor; near it: .*labels.delete"),
    ({"vendor": "smspanel", "operation": "labels.list"}, "unknown operation 'labels.list' of smspanel; near it: .*"),
    ({"vendor": "payamsms", "operation": "xyzzy"}, "unknown operation 'xyzzy' of payamsms; known: balance, inbox, scheduled.cancel, .*token"),
])
def test_an_operation_that_no_vendor_has_is_told(clear: Any, fault: dict[str, str], said: str) -> None:
    with pytest.raises(SimulatorError, match=said):
        clear.faults([{"kind": "status", "status": 503, **fault}])
    assert clear.faults() == []


def test_operations_that_are_there_and_requests_of_none(clear: Any, api: Any) -> None:
    clear.faults([{"kind": "status", "status": 503, "operation": "labels.create"}, {"kind": "status", "status": 507, "operation": ""}])
    assert api.post("/labels/", LABEL).status == 503 and api.call("GET", f"{A}/nowhere").status == 507
