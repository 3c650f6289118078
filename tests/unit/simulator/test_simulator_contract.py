# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract is held in both directions, and every operation of it works."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

A = "/api/v1/agents"
PAGE = {"take": 5, "skip": 0}
USER = {"name": "رویا", "surname": "کیانی", "username": "roya", "status": 1}
EVENT = {"title": "شیمی", "agent_service_id": 14, "start_by_admin": 0, "status": 1, "slug": "chem"}


def test_every_operation_answers_200_within_the_contract(clear: Any, api: Any, simulator_folder: Path) -> None:
    api.call("POST", "/api/v1/auth/login", {"username": "kariz-demo", "password": "kariz-demo-pass"})
    for path in ("services/index", "agent-services", "agent-services/14/files", "events/index", "events/visits", "events/53/files"):
        assert api.post(f"/{path}", PAGE).status == 200, path
    for path in ("users/index", "labels/index"):
        assert api.post(f"/{path}", PAGE).status == 200, path
    for path in ("active-services", "suggested-services", "available-services", "7/agent-services/14"):
        assert api.get(f"/services/{path}").status == 200, path
    for path in ("events/53", "users/148", "users/download-sample", "labels/list", "labels/9", "profile"):
        assert api.get(f"/{path}").status == 200, path
    roll = api.post("/events/53/attendance", {"date": "2025-10-4"}).body["data"][0]["id"]
    assert api.post("/events/53/attendance/detail", {"attendanceId": roll}).status == 200
    assert api.post("/users", USER).status == 200
    assert api.patch("/users/160", USER).status == 200
    assert api.patch("/users/160/password-change", {"password": "secret1", "password_confirmation": "secret1"}).status == 200
    assert api.post("/events", EVENT).status == 200
    assert api.patch("/events/56/", {**EVENT, "users": []}).status == 200
    assert api.post("/events/56/add-users", {"users": [{"userid": 160, "role": "teacher"}]}).status == 200
    assert api.patch("/events/56/remove-users", {"users": [160]}).status == 200
    assert (
        api.post("/events/56/enroll-user-with-token", {**{k: USER[k] for k in ("name", "surname", "username")}, "role": "teacher"}).status
        == 200
    )
    assert api.delete("/events/56").status == 200
    assert api.delete("/users/160").status == 200
    assert api.post("/labels/", {"title": "تازه"}).status == 200
    assert api.patch("/labels/13", {"title": "کهنه"}).status == 200
    assert api.delete("/labels/13").status == 200
    assert api.upload("/users/import-by-excel", "file", "a.csv", b"name,surname,username\na,b,c\n").status == 200
    assert api.post("/users/confirm-import-by-excel", {"label": [9]}).status == 200
    assert api.patch("/profile/update", {"name": "کاریز"}).status == 200
    assert api.upload("/profile/upload-avatar", "image", "a.png", b"\x89PNG....", "image/png").status == 200
    new = {"current_password": "kariz-demo-pass", "password": "another1", "password_confirmation": "another1"}
    assert api.patch("/profile/change-password", new).status == 200
    assert api.login(password="another1").status == 200
    assert api.call("POST", "/api/v1/auth/logout").status == 200

    document = yaml.safe_load((simulator_folder / "openapi/alocom.yaml").read_text(encoding="utf-8"))
    known = {
        item[verb]["operationId"]: item[verb].get("x-write", False)
        for item in document["paths"].values()
        for verb in item
        if verb != "parameters"
    }
    journal = clear.journal("alocom")
    assert {entry["operation"] for entry in journal} == set(known)
    assert all(entry["write"] == known[entry["operation"]] for entry in journal)
    assert not [entry for entry in journal if entry["contract_error"] or entry["request_errors"]]


@pytest.mark.parametrize(
    "path", ["services/index", "agent-services", "events/index", "events/visits", "users/index", "labels/index", "events/53/files"]
)
@pytest.mark.parametrize("body", [{}, {"take": 5}, {"skip": 0}, {"take": "5", "skip": 0}, {"take": 5, "skip": -1}, {"take": 0, "skip": 0}])
def test_paging_is_required(api: Any, path: str, body: dict[str, Any]) -> None:
    reply = api.post(f"/{path}", body)
    assert reply.status == 422
    assert reply.body["message"] == "اطلاعات وارد شده صحیح نیست"
    assert set(reply.body["errors"]) <= {"take", "skip"} and reply.body["errors"]


def test_a_bad_request_gets_the_documented_error_and_is_told_in_the_journal(clear: Any, api: Any) -> None:
    reply = api.post("/users", {"name": "a", "username": "b", "status": 1, "labels": ["x", {}]})
    assert reply.status == 422
    assert set(reply.body["errors"]) == {"surname", "labels.1"}
    (entry,) = clear.journal("alocom")
    assert len(entry["request_errors"]) == 2 and entry["status"] == 422 and entry["write"]
    assert clear.summary("alocom")["request_errors"] == 1


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"title=a", "application/x-www-form-urlencoded"),
        (b'{"title": "a"}', "text/plain"),
        (b"", None),
    ],
)
def test_only_a_json_object_is_a_body(api: Any, data: bytes, media: str | None) -> None:
    reply = api.send("POST", f"{A}/labels/", data, media)
    assert reply.status == 422 and reply.body["errors"]


def test_unknown_fields_are_refused_unless_the_setting_says_otherwise(sim: Any, api: Any) -> None:
    assert set(api.post("/labels/", {"title": "a", "colour": "red"}).body["errors"]) == {"colour"}
    sim.settings("alocom", unknown_fields="ignore")
    assert api.post("/labels/", {"title": "a", "colour": "red"}).status == 200
    assert "title" in api.post("/labels/", {"colour": "red"}).body["errors"]


def test_an_answer_which_breaks_the_contract_is_a_500_and_in_the_journal(sim: Any, api: Any, broken_contract: list[str]) -> None:
    broken_contract.append("users.index")
    sim.mutate("alocom", "users", {"username": "ali.mohammadi"}, {"cellphone": 9121234502})
    reply = api.post("/users/index", PAGE | {"take": 100})
    assert reply.status == 500 and "cellphone" in reply.body["contract_error"]
    entry = sim.journal("alocom")[-1]
    assert "data.10.cellphone" in entry["contract_error"] and entry["status"] == 500
    assert sim.summary("alocom")["contract_errors"] == 1


def test_unknown_paths_and_methods(api: Any) -> None:
    reply = api.get("/nothing")
    assert (reply.status, list(reply.body)) == (404, ["message"])
    reply = api.call("PUT", f"{A}/users/148", {})
    assert reply.status == 405 and reply.headers["Allow"] == "DELETE, GET, PATCH"


@pytest.mark.parametrize(
    "path", ["/users/9999", "/users/abc", "/events/1", "/labels/1", "/services/3/agent-services/14", "/services/7/agent-services/99"]
)
def test_unknown_ids_are_404(api: Any, path: str) -> None:
    reply = api.get(path)
    assert (reply.status, list(reply.body)) == (404, ["message"])


def test_a_slash_at_the_end_makes_no_difference(api: Any) -> None:
    assert api.post("/labels", {"title": "x"}).status == 200
    assert api.post("/users/index/", PAGE).status == 200
