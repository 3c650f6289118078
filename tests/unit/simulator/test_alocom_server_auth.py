# SPDX-License-Identifier: GPL-3.0-or-later
"""Login, logout, services, profile."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

PAGE = {"take": 10, "skip": 0}


def test_login_gives_a_token_at_the_top(anonymous: Any) -> None:
    reply = anonymous.login()
    assert reply.status == 200 and list(reply.body) == ["token"]
    assert anonymous.get("/profile").status == 200


@pytest.mark.parametrize(
    "body", [{}, {"username": "kariz-demo"}, {"username": "kariz-demo", "password": ""}, {"user": "a", "password": "b"}]
)
def test_login_needs_both(anonymous: Any, body: dict[str, Any]) -> None:
    reply = anonymous.call("POST", "/api/v1/auth/login", body)
    assert reply.status == 422 and set(reply.body) == {"message", "errors"}


@pytest.mark.parametrize("status", [401, 422])
def test_a_wrong_password_is_refused(sim: Any, anonymous: Any, status: int) -> None:
    sim.settings("alocom", login_error_status=status)
    reply = anonymous.login(password="wrong")
    assert reply.status == status and reply.body["message"]


@pytest.mark.parametrize("token", [None, "nonsense", ""])
def test_everything_else_needs_a_token(anonymous: Any, token: str | None) -> None:
    anonymous.token = token
    reply = anonymous.post("/users/index", {})
    assert reply.status == 401 and list(reply.body) == ["message"] and "احراز هویت" in reply.body["message"]


def test_logout_voids_this_token_only(sim: Any, api: Any) -> None:
    first = api.token
    api.login()
    reply = api.call("POST", "/api/v1/auth/logout")
    assert (reply.status, reply.body) == (200, {"message": "شما با موفقیت خارج شدید"})
    assert api.get("/profile").status == 401
    api.token = first
    assert api.get("/profile").status == 200
    assert sim.dump("alocom")["tokens"] == [first]


def test_tokens_end_when_the_setting_says_so(sim: Any, anonymous: Any) -> None:
    sim.settings("alocom", token_seconds=0.2)
    anonymous.login()
    assert anonymous.get("/profile").status == 200
    time.sleep(0.25)
    assert anonymous.get("/profile").status == 401


def test_other_credentials_and_a_fixed_token(sim: Any, anonymous: Any) -> None:
    sim.reset("alocom", username="other", password="other-pass", fixed_token="fixed-token")
    assert anonymous.login().status == 401
    assert anonymous.login("other", "other-pass").status == 200
    anonymous.token = "fixed-token"
    assert anonymous.get("/profile").status == 200


def test_services(api: Any) -> None:
    rows = {row["agentServiceId"]: row for row in api.list("/services/index")}
    assert {number: row["status"] for number, row in rows.items()} == {12: "expired", 14: "active", 16: "active"}
    assert rows[12]["time"] == {"start_date": "1403/6/3", "start_time": "16:10", "end_date": "1403/7/3", "end_time": "16:10"}
    assert rows[16]["max_event_user"] is None and rows[12]["duration"]["used_time"] == "-"
    assert [row["agentServiceId"] for row in api.list("/services/index", type="conference")] == [16]
    assert [row["agentServiceId"] for row in api.list("/services/index", type=["class"], status=["active", "inactive"])] == [14]
    assert [row["agentServiceId"] for row in api.list("/services/index", title="پارسال")] == [12]
    assert api.post("/services/index", {**PAGE, "type": "1212Msdcd"}).status == 422
    active = api.get("/services/active-services").body["activeServices"]
    assert [row["agent_service_id"] for row in active] == [14, 16] and "concurrent_video" in active[1]
    info = api.get("/services/3/agent-services/12").body["serviceInfo"]
    assert (info["status"], info["expired_at"], info["max event user"]) == ("expired", "1403/7/3", 10)
    offers = api.get("/services/available-services").body["data"]["services"]
    assert all(row["discounted_price"] == row["price"] - row["discount"] for row in offers)
    short = api.post("/agent-services", PAGE).body["data"]["agentServices"]
    assert set(short[0]) == {"agentServiceId", "title", "status"}


def test_jalali_days() -> None:
    from kariz_simulator.vendors.alocom.texts import jalali

    # The guide gives one moment both ways: 2021-08-26 is 1400/6/4.
    known = {
        "2021-08-26": "1400/6/4",
        "2021-03-20": "1399/12/30",
        "2021-03-21": "1400/1/1",
        "2025-03-20": "1403/12/30",
        "2025-03-21": "1404/1/1",
    }
    assert {day: jalali(date.fromisoformat(day)) for day in known} == known


def test_profile(sim: Any, api: Any) -> None:
    body = api.get("/profile").body
    assert body["username"] == "kariz-demo" and "password" not in body and len(body["activeServices"]) == 2
    for style, path in (("data", "data"), ("profile", "profile")):
        sim.settings("alocom", profile_style=style)
        assert api.get("/profile").body[path]["username"] == "kariz-demo"


def test_profile_update(sim: Any, api: Any) -> None:
    change = {"name": "مهیار", "surname": "کیانی", "email": "m@example.ir", "cellphone": "09126913637", "status": 1}
    reply = api.patch("/profile/update", change)
    assert reply.body == {"message": "برگزار کننده با موفقیت توسط ادمین ویرایش شد"}
    assert api.patch("/profile/update", {}).status == 200
    profile = sim.dump("alocom")["profile"]
    assert {name: profile[name] for name in change} == change
    assert api.patch("/profile/update", {"email": "", "cellphone": None}).status == 200
    profile = sim.dump("alocom")["profile"]
    assert (profile["email"], profile["cellphone"]) == (None, None)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"cellphone": "9126913637"}, "cellphone"),
        ({"cellphone": 9126913637}, "cellphone"),
        ({"email": "nobody"}, "email"),
        ({"status": "on"}, "status"),
        ({"password": "12345", "password_confirmation": "12345"}, "password"),
        ({"password": "123456"}, "password_confirmation"),
        ({"password": "123456", "password_confirmation": "123457"}, "password"),
    ],
)
def test_profile_update_refusals(sim: Any, api: Any, change: dict[str, Any], field: str) -> None:
    before = sim.dump("alocom")["profile"]
    reply = api.patch("/profile/update", change)
    assert (reply.status, list(reply.body["errors"])) == (422, [field])
    assert sim.dump("alocom")["profile"] == before


def test_a_new_password_breaks_the_login_in_use(sim: Any, api: Any) -> None:
    wrong = api.patch("/profile/change-password", {"current_password": "x", "password": "newpass", "password_confirmation": "newpass"})
    assert (wrong.status, list(wrong.body["errors"])) == (422, ["current_password"])
    new = {"current_password": "kariz-demo-pass", "password": "newpass", "password_confirmation": "newpass"}
    assert api.patch("/profile/change-password", {**new, "password_confirmation": "other1"}).status == 422
    assert api.patch("/profile/change-password", new).body == {"message": "رمز کاربر با موفقیت تغییر کرده."}
    assert api.get("/profile").status == 401
    assert api.login().status == 401
    assert api.login(password="newpass").status == 200
    sim.settings("alocom", password_change_voids_tokens=False)
    assert api.patch("/profile/update", {"username": "renamed"}).status == 200
    assert api.get("/profile").body["username"] == "renamed"


def test_avatar(sim: Any, api: Any) -> None:
    reply = api.upload("/profile/upload-avatar", "image", "me.jpg", b"\xff\xd8\xff....", "image/jpeg")
    assert reply.status == 200 and sim.dump("alocom")["profile"]["avatar"] == reply.body["path"]
    for field, name, data in (("image", "me.gif", b"GIF89a"), ("image", "me.png", b"GIF89a"), ("picture", "me.png", b"\x89PNG")):
        assert api.upload("/profile/upload-avatar", field, name, data).status == 422
    assert api.post("/profile/upload-avatar", {"image": "ubuntu.jpg"}).status == 422
