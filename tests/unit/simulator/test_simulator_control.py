# SPDX-License-Identifier: GPL-3.0-or-later
"""The control calls."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

#: With the Arabic yeh, as some vendors store names.
ARABIC = "زر\u064a"


def test_reset_brings_back_the_seed_and_voids_tokens(sim: Any, api: Any) -> None:
    before = sim.dump("alocom")
    assert (len(before["users"]), len(before["labels"]), len(before["events"]), len(before["services"])) == (12, 4, 3, 3)
    assert {row["status"] for row in before["services"]} == {"active", "expired"}
    api.post("/labels/", {"title": "x"})
    sim.faults([{"kind": "html", "times": 0}])
    sim.reset("alocom", today="2025-10-05")
    assert sim.dump("alocom") == before | {"tokens": []}
    assert sim.faults() == [] and sim.journal() == []
    assert api.get("/labels/list").status == 401


def test_the_empty_seed_has_the_account_and_services_only(sim: Any) -> None:
    sim.reset("alocom", "empty")
    dump = sim.dump("alocom")
    assert dump["profile"]["username"] == "kariz-demo" and len(dump["services"]) == 3
    assert all(dump[kind] == [] for kind in ("users", "labels", "events", "files", "attendances", "visits"))


@pytest.mark.parametrize(
    "body",
    [
        {"vendor": "nobody"},
        {"vendor": "alocom", "seed": "huge"},
        {"vendor": "alocom", "settings": {"colour": "red"}},
        {"vendor": "alocom", "settings": {"order": "random"}},
        {"vendor": "alocom", "settings": {"take_max": "7"}},
        {"vendor": "alocom", "settings": {"create_returns_id": 1}},
        {"vendor": "alocom", "setting": {}},
        [],
    ],
)
def test_mistakes_in_a_reset_are_told(sim: Any, body: Any) -> None:
    with pytest.raises(Exception, match="unknown|setting|object"):
        sim.control("POST", "reset", body)


def test_seeding_ten_thousand_users(sim: Any, api: Any) -> None:
    keys = sim.seed("alocom", "users", 10_000, prefix="many", labels=["گروه بزرگ"])
    assert len(set(keys)) == 10_000 and keys[0] == "many-00001"
    assert len(api.list("/users/index", username="many-0999")) == 10
    assert sim.seed("alocom", "users", 1, prefix="many") == ["many-10001"]


def test_every_kind_can_be_seeded(sim: Any, api: Any) -> None:
    assert sim.seed("alocom", "labels", 3, prefix="tag") == ["tag-00001", "tag-00002", "tag-00003"]
    users = sim.seed("alocom", "users", 5, prefix="u", labels=["tag-00001", "new"], password="canary-1")
    assert sim.seed("alocom", "events", 2, prefix="e", service=16, members=3) == ["e-00001", "e-00002"]
    assert sim.seed("alocom", "members", event="e-00001", usernames=users, role="assistant") == users
    assert len(sim.seed("alocom", "members", 2, event="e-00002")) == 2
    assert len(sim.seed("alocom", "files", 4, event="e-00001")) == 4
    assert len(sim.seed("alocom", "attendances", 2, event="e-00001", date="2025-12-01")) == 2
    assert len(sim.seed("alocom", "visits", 6, event="e-00001")) == 6
    dump = sim.dump("alocom")
    made = {row["slug"]: row for row in dump["events"]}
    assert len(made["e-00001"]["members"]) == 8 and len(made["e-00002"]["members"]) == 5
    user = next(row for row in dump["users"] if row["username"] == users[0])
    assert user["labels"] == ["tag-00001", "new"] and user["password"] == "canary-1"
    number = made["e-00001"]["id"]
    assert len(api.list(f"/events/{number}/files")) == 4
    assert len(api.post(f"/events/{number}/attendance", {"date": "2025-12-1"}).body["data"]) == 2


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "cats"},
        {"kind": "users", "count": -1},
        {"kind": "users", "size": 3},
        {"kind": "members", "count": 50},
        {"kind": "events", "service": 9},
    ],
)
def test_mistakes_in_seeding_are_told(sim: Any, body: dict[str, Any]) -> None:
    with pytest.raises(Exception, match="seed"):
        sim.control("POST", "seed", {"vendor": "alocom", **body})


def test_mutate_changes_behind_the_back(sim: Any, api: Any) -> None:
    key = {"username": "zahra.karimi"}
    assert sim.mutate("alocom", "users", key, {"name": ARABIC, "labels": ["تازه", 9], "username": "zahra"}) == 1
    (row,) = api.list("/users/index", username="zahra")
    assert row["name"] == ARABIC and [label["id"] for label in row["labels"]] == [13, 9]
    assert sim.mutate("alocom", "labels", {"title": "تازه"}, {"title": "نو"}) == 1
    assert sim.mutate("alocom", "labels", {"title": "نو"}, delete=True) == 1
    assert [label["id"] for label in api.get("/users/148").body["labels"]] == [9]
    assert sim.mutate("alocom", "events", {"slug": "math-10"}, {"slug": "math", "running": True, "guest_code": "77"}) == 1
    assert api.get("/events/53").body["event"]["guest_code"] == ["77"]
    assert sim.mutate("alocom", "members", {"event": "math", "username": "zahra"}, {"role": "assistant"}) == 1
    assert sim.mutate("alocom", "members", {"event": "math", "username": "ali.mohammadi"}, delete=True) == 1
    enrolled = api.get("/events/53").body["enrolledUsers"]
    assert [(row["userid"], row["role"]) for row in enrolled][:2] == [(148, "assistant"), (150, "participant")]
    assert sim.mutate("alocom", "services", {"id": 14}, {"status": "expired"}) == 1
    assert api.get("/events/53").body["event"]["status"] == "expired"
    assert sim.mutate("alocom", "profile", {}, {"password": "hidden-one"}) == 1
    assert api.login().status == 401
    assert sim.mutate("alocom", "users", {"username": "zahra"}, delete=True) == 1
    assert api.get("/users/148").status == 404


def test_mistakes_in_mutate_are_told(sim: Any) -> None:
    with pytest.raises(Exception, match="no users with key"):
        sim.mutate("alocom", "users", {"username": "nobody"}, {"name": "x"})
    for kind, key, change in (
        ("cats", {"id": 1}, {"name": "x"}),
        ("users", {}, {"name": "x"}),
        ("users", {"id": 148}, {"colour": "x"}),
        ("users", {"id": 148}, {"labels": [999]}),
        ("members", {"userid": 148}, {"role": "king"}),
    ):
        with pytest.raises(Exception, match="mutate"):
            sim.mutate("alocom", kind, key, change)
    with pytest.raises(Exception, match="either set or delete"):
        sim.control("POST", "mutate", {"vendor": "alocom", "kind": "users", "key": {"id": 148}})


def test_the_journal_tells_every_request(clear: Any, api: Any) -> None:
    api.post("/labels/", {"title": "الف"})
    api.upload("/users/import-by-excel", "file", "a.csv", b"name,surname,username\n", "text/csv")
    token, api.token = api.token, None
    api.call("GET", "/api/v1/agents/profile?x=1")
    api.token = token
    first, second, third = clear.journal("alocom")
    assert (first["method"], first["path"], first["body"]) == ("POST", "/api/v1/agents/labels/", {"title": "الف"})
    assert (first["operation"], first["write"], first["status"], first["authorization"]) == ("labels.create", True, 200, "present")
    assert first["n"] < second["n"] < third["n"] and first["time"] <= third["time"]
    assert second["body"] == {"fields": {}, "files": {"file": {"filename": "a.csv", "content_type": "text/csv", "size": 22}}}
    assert (third["query"], third["status"], third["authorization"], third["write"]) == ({"x": "1"}, 401, "absent", False)
    summary = clear.summary("alocom")
    assert (summary["requests"], summary["writes"], summary["logins"], summary["connections"]) == (3, 2, 0, 1)
    assert summary["operations"] == {"labels.create": 1, "users.import": 1, "profile.get": 1}
    assert summary["statuses"] == {"200": 2, "401": 1}
    clear.clear_journal()
    assert clear.journal() == [] and clear.summary("alocom")["requests"] == 0


def test_connections_and_concurrency_are_counted(clear: Any, api: Any) -> None:
    clear.faults([{"kind": "latency", "seconds": 0.2, "times": 0}])

    def one(_number: int) -> int:
        other = type(api)(clear.url("alocom"))
        other.token = api.token
        status = other.get("/labels/list").status
        assert other.get("/labels/list").status == status
        other.connection.close()
        return status

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, range(4))) == [200] * 4
    summary = clear.summary("alocom")
    assert (summary["requests"], summary["connections"], summary["max_in_flight"]) == (8, 4, 4)


def test_unknown_control_calls_name_the_known_ones(sim: Any) -> None:
    with pytest.raises(Exception, match="POST /_control/reset"):
        sim.control("GET", "nothing")
