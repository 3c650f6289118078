# SPDX-License-Identifier: GPL-3.0-or-later
"""Events, their members, and the reports about them."""

from __future__ import annotations

from typing import Any

import pytest

NEW = {"title": "شیمی دهم", "agent_service_id": 14, "start_by_admin": 1, "status": 1, "slug": "chem-10"}
CHANGE = {"title": "شیمی", "start_by_admin": False, "status": True, "slug": "chem-10", "users": []}
GUEST = {"name": "سینا", "surname": "مرادی", "username": "sinamoradi", "role": "participant"}


def event(sim: Any, slug: str) -> dict[str, Any]:
    (row,) = [row for row in sim.dump("alocom")["events"] if row["slug"] == slug]
    return row


def roles(sim: Any, slug: str) -> dict[int, str]:
    return {row["userid"]: row["role"] for row in event(sim, slug)["members"]}


def test_event_list(sim: Any, api: Any) -> None:
    rows = api.list("/events/index")
    assert [row["id"] for row in rows] == [55, 54, 53]
    assert set(rows[0]) == {"id", "agent", "title", "type", "service", "duration", "user_count", "status", "alocom_link"}
    assert [row["status"] for row in rows] == ["expired", "active", "active"]
    assert rows[2]["alocom_link"].endswith("/class/kariz-demo/math-10") and rows[2]["user_count"] == 5
    assert [row["id"] for row in api.list("/events/index", in_progress=True)] == [54]
    assert [row["id"] for row in api.list("/events/index", In_progress=0)] == [55, 53]
    assert [row["id"] for row in api.list("/events/index", Service_title="پارسال")] == [55]
    assert api.list("/events/index", agents=["کسی دیگر"]) == []
    assert len(api.list("/events/index", Type="educational")) == 3
    assert api.post("/events/index", {"take": 1, "skip": 0, "type": "class"}).status == 422
    sim.settings("alocom", slug_in_link=False)
    assert not any(row["alocom_link"].endswith("math-10") for row in api.list("/events/index"))


def test_event_detail(sim: Any, api: Any) -> None:
    body = api.get("/events/53").body
    assert set(body) == {"event", "serviceInfo", "activeServices", "enrolledUsers"}
    assert (body["event"]["slug"], body["event"]["guest_access"], body["event"]["agent_service"]["id"]) == ("math-10", 1, 14)
    assert "back_link" not in body["event"] and body["serviceInfo"]["editable"] is True
    assert set(body["enrolledUsers"][0]) == {"id", "userid", "name", "surname", "role"}
    assert api.get("/events/55").body["serviceInfo"]["editable"] is False
    sim.settings("alocom", back_link_in_answer=True, envelope="data_wrapped")
    assert api.get("/events/53").body["data"]["event"]["back_link"] == "https://school.example.ir/back"


@pytest.mark.parametrize(
    ("style", "none", "one", "two"), [("null", None, ["1"], ["1", "2"]), ("list", [], ["1"], ["1", "2"]), ("string", None, "1", ["1", "2"])]
)
def test_guest_codes(sim: Any, api: Any, style: str, none: Any, one: Any, two: Any) -> None:
    sim.settings("alocom", guest_code_style=style)
    assert api.post("/events", {**NEW, "guest_code": ["1", "2"], "guest_access": 1, "guest_count": 4}).status == 200
    assert api.get("/events/56").body["event"]["guest_code"] == two
    for sent, seen in (("1", one), (["1"], one), ([], none), (["1", "2"], two), (None, none)):
        assert api.patch("/events/56", {**CHANGE, "guest_code": sent}).status == 200
        assert api.get("/events/56").body["event"]["guest_code"] == seen
    assert api.post("/events", {**NEW, "slug": "x", "guest_code": "1"}).status == 422


def test_create(sim: Any, api: Any) -> None:
    sim.settings("alocom", create_returns_id=False)
    members = [{"userid": 148, "role": "teacher"}, {"userid": 150, "role": "participant"}]
    reply = api.post("/events", {**NEW, "users": members, "back_link": "https://example.ir/back"})
    assert reply.body == {"message": "رویداد با موفقیت ایجاد شد"}
    assert roles(sim, "chem-10") == {148: "teacher", 150: "participant"}
    assert event(sim, "chem-10")["back_link"] == "https://example.ir/back"
    taken = api.post("/events", NEW)
    assert (taken.status, list(taken.body["errors"])) == (422, ["slug"])
    sim.settings("alocom", event_title_unique=True)
    taken = api.post("/events", {**NEW, "slug": "other"})
    assert (taken.status, list(taken.body["errors"])) == (422, ["title"])
    sim.settings("alocom", event_title_unique=False)
    assert api.post("/events", {**NEW, "slug": "other"}).status == 200


@pytest.mark.parametrize("envelope", ["documented", "data_wrapped"])
def test_create_may_answer_the_event(sim: Any, api: Any, envelope: str) -> None:
    sim.settings("alocom", create_returns_id=True, create_status=201, envelope=envelope)
    reply = api.post("/events", NEW)
    made = reply.body["event"] if envelope == "documented" else reply.body["data"]["event"]
    assert reply.status == 201 and made["id"] == 56 and made["alocom_link"].endswith("/chem-10")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"slug": "شیمی"}, "slug"),
        ({"slug": "with space"}, "slug"),
        ({"agent_service_id": 99}, "agent_service_id"),
        ({"agent_service_id": 12}, "agent_service_id"),
        ({"agent_service_id": "14"}, "agent_service_id"),
        ({"status": "active"}, "status"),
        ({"start_by_admin": 5}, "start_by_admin"),
        ({"guest_count": -1}, "guest_count"),
        ({"users": [{"userid": 9999, "role": "teacher"}]}, "users.0.userid"),
        ({"users": [{"userid": 148, "role": "king"}]}, "users.0.role"),
        ({"users": [{"User_id": 148, "role": "teacher"}]}, "users.0.User_id"),
    ],
)
def test_create_refusals(sim: Any, api: Any, change: dict[str, Any], field: str) -> None:
    reply = api.post("/events", {**NEW, **change})
    assert reply.status == 422 and field in reply.body["errors"]
    assert len(sim.dump("alocom")["events"]) == 3


@pytest.mark.parametrize("field", ["title", "agent_service_id", "start_by_admin", "status", "slug"])
def test_create_needs(api: Any, field: str) -> None:
    assert list(api.post("/events", {name: value for name, value in NEW.items() if name != field}).body["errors"]) == [field]


@pytest.mark.parametrize("field", ["title", "start_by_admin", "status", "slug", "users"])
def test_update_needs(sim: Any, api: Any, field: str) -> None:
    before = sim.dump("alocom")["events"]
    assert list(api.patch("/events/53", {name: value for name, value in CHANGE.items() if name != field}).body["errors"]) == [field]
    assert sim.dump("alocom")["events"] == before


def test_update_replaces_members_and_leaves_the_rest_alone(sim: Any, api: Any) -> None:
    enrolment = {row["userid"]: row["id"] for row in event(sim, "math-10")["members"]}
    users = [{"userid": 148, "role": "assistant"}, {"userid": 159, "role": "participant"}]
    reply = api.patch("/events/53/", {**CHANGE, "slug": "math-new", "users": users, "agent_service_id": 16})
    assert reply.body == {"message": "رویداد با موفقیت ویرایش شد"}
    row = event(sim, "math-new")
    assert roles(sim, "math-new") == {148: "assistant", 159: "participant"}
    assert row["members"][0]["id"] == enrolment[148]
    assert (row["agent_service_id"], row["guest_code"], row["guest_count"], row["back_link"]) == (
        14,
        ["1234"],
        5,
        "https://school.example.ir/back",
    )
    assert api.patch("/events/53", {**CHANGE, "slug": "staff-meeting"}).status == 422
    sim.settings("alocom", slug_taken_status=409)
    assert api.patch("/events/53", {**CHANGE, "slug": "staff-meeting"}).status == 409
    assert api.patch("/events/53", {**CHANGE, "status": 0}).status == 200
    assert api.get("/events/53").body["event"]["status"] == "inactive"
    assert api.patch("/events/55", {**CHANGE, "slug": "old", "status": 1}).status == 200
    assert api.get("/events/55").body["event"]["status"] == "expired"


def test_delete(sim: Any, api: Any) -> None:
    for status in (400, 409):
        sim.settings("alocom", running_status=status)
        running = api.delete("/events/54")
        assert (running.status, running.body) == (status, {"message": "امکان حذف رویداد وجود ندارد ."})
    assert api.delete("/events/53").body == {"message": "رویداد با موفقیت حذف شد"}
    assert api.delete("/events/53").status == 404
    assert sim.dump("alocom")["attendances"] == []
    assert api.post("/events", {**NEW, "slug": "math-10"}).status == 200


def test_enrolling_somebody_new(sim: Any, api: Any) -> None:
    sim.settings("alocom", chosen_password="canary-pass")
    reply = api.post("/events/53/enroll-user-with-token", GUEST)
    assert (reply.status, reply.body["message"], len(reply.body["userId"])) == (200, "sign in successfully", 24)
    assert reply.body["eventLink"].endswith("/math-10?token=" + reply.body["token"])
    user = sim.dump("alocom")["users"][-1]
    assert (user["username"], user["alocom_id"], user["password"]) == ("sinamoradi", reply.body["userId"], "canary-pass")
    assert roles(sim, "math-10")[user["id"]] == "participant"


def test_enrolling_again_gives_a_new_token_and_the_same_count(sim: Any, api: Any) -> None:
    first = api.post("/events/53/enroll-user-with-token", GUEST).body
    second = api.post("/events/53/enroll-user-with-token", {**GUEST, "role": "teacher", "name": "دیگر"}).body
    assert first["userId"] == second["userId"] and first["token"] != second["token"]
    assert len(event(sim, "math-10")["members"]) == 6 and list(roles(sim, "math-10").values())[-1] == "teacher"
    assert sim.dump("alocom")["users"][-1]["name"] == "سینا"
    for field in GUEST:
        assert list(api.post("/events/53/enroll-user-with-token", {k: v for k, v in GUEST.items() if k != field}).body["errors"]) == [field]
    assert api.post("/events/53/enroll-user-with-token", {**GUEST, "role": "user"}).status == 422


def test_add_users(sim: Any, api: Any) -> None:
    wanted = [{"userid": 159, "role": "teacher"}, {"userid": 150, "role": "assistant"}]
    assert api.post("/events/53/add-users", {"users": wanted}).status == 200
    found = roles(sim, "math-10")
    assert (len(found), found[159], found[150]) == (6, "teacher", "assistant")
    mixed = [{"userid": 158, "role": "teacher"}, {"userid": 9999, "role": "teacher"}]
    reply = api.post("/events/53/add-users", {"users": mixed})
    assert (reply.status, list(reply.body["errors"])) == (422, ["users.1.userid"])
    assert 158 not in roles(sim, "math-10")
    for body in ({}, {"users": []}, {"users": [158]}, {"users": [{"userid": 158}]}):
        assert api.post("/events/53/add-users", body).status == 422


@pytest.mark.parametrize("kind", ["userid", "enrolment", "hex"])
def test_remove_users_by_the_id_the_server_means(sim: Any, api: Any, kind: str) -> None:
    sim.settings("alocom", remove_users_id=kind)
    ids = {
        "userid": 150,
        "enrolment": next(row["id"] for row in event(sim, "math-10")["members"] if row["userid"] == 150),
        "hex": next(row["alocom_id"] for row in sim.dump("alocom")["users"] if row["id"] == 150),
    }
    for other in ids.keys() - {kind}:
        assert api.patch("/events/53/remove-users", {"users": [ids[other]]}).status == 422
    assert len(roles(sim, "math-10")) == 5
    assert api.patch("/events/53/remove-users", {"users": [ids[kind]]}).status == 200
    assert len(roles(sim, "math-10")) == 4 and 150 not in roles(sim, "math-10")
    assert api.patch("/events/53/remove_users", {"users": [ids[kind]]}).status == 404


def test_removing_somebody_who_is_not_there_changes_nothing(sim: Any, api: Any) -> None:
    assert api.patch("/events/53/remove-users", {"users": [159]}).status == 200
    assert len(roles(sim, "math-10")) == 5


def test_files(sim: Any, api: Any) -> None:
    rows = api.list("/events/53/files")
    assert isinstance(rows, list) and len(rows) == 4
    assert len(api.list("/events/53/files", flag="record")) == 3
    assert [row["title"] for row in api.list("/agent-services/14/files", title="jozveh")] == ["jozveh-1"]
    assert api.list("/agent-services/16/files") == []
    assert len(api.post("/events/53/files", {"take": 2, "skip": 3}).body) == 1


def test_attendance(sim: Any, api: Any) -> None:
    (first, _second) = api.post("/events/53/attendance", {"date": "2025-10-4"}).body["data"]
    assert api.post("/events/53/attendance", {"date": "2025-10-05"}).body["data"] == []
    for body in ({}, {"date": "yesterday"}, {"date": "2025-13-01"}):
        assert list(api.post("/events/53/attendance", body).body["errors"]) == ["date"]
    (row,) = api.post("/events/53/attendance/detail", {"attendanceId": first["id"]}).body["data"]
    assert (len(row["presents"]), len(row["absents"])) == (3, 2) and set(row["absents"][0]) == {"firstName", "lastName", "username"}
    assert api.post("/events/53/attendance/detail", {"attendanceId": "0" * 24}).status == 404
    assert api.post("/events/54/attendance/detail", {"attendanceId": first["id"]}).status == 404
    assert api.post("/events/53/attendance/detail", {}).status == 422
    sim.settings("alocom", attendance_style="objects")
    rows = api.post("/events/53/attendance/detail", {"attendanceId": first["id"]}).body["data"]
    assert len(rows) == 3 and rows[0]["presents"]["firstName"] and rows[2]["absents"] is None


def test_visits(sim: Any, api: Any) -> None:
    rows = api.list("/events/visits")
    assert len(rows) == 8 and rows[0]["login_date"] > rows[-1]["login_date"] and any(row["exit"] is None for row in rows)
    assert {row["deviceName"] for row in api.list("/events/visits", deviceName=["mobile", "tablet"])} == {"mobile", "tablet"}
    assert {row["browser"] for row in api.list("/events/visits", browser=["safari"])} == {"Safari"}
    assert len(api.list("/events/visits", **{"from": "2025-10-4", "to": "2025-10-4"})) == 8
    assert api.list("/events/visits", **{"from": "2025-10-5"}) == []
    assert len(api.list("/events/visits", addressIp="192.0.2.1")) == 1
    ordered = [row["browser"] for row in api.list("/events/visits", sortColumn="browser", sortBy=-1)]
    assert ordered == sorted(ordered, reverse=True)
    assert api.post("/events/visits", {"take": 1, "skip": 0, "sortColumn": "colour"}).status == 422


def test_the_path_of_the_visits_is_a_setting(sim: Any, api: Any) -> None:
    sim.settings("alocom", visit_path="/api/v1/agents/reports/entry-exit")
    assert len(api.list("/reports/entry-exit")) == 8
    gone = api.post("/events/visits", {"take": 1, "skip": 0})
    assert (gone.status, gone.headers["Allow"]) == (405, "DELETE, GET, PATCH")
    sim.settings("alocom", visit_path=None)
    assert api.post("/reports/entry-exit", {"take": 1, "skip": 0}).status == 404
