# SPDX-License-Identifier: GPL-3.0-or-later
"""Users, labels, import."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

NEW = {"name": "رویا", "surname": "کیانی", "username": "roya", "status": 1}


def by_name(sim: Any, username: str) -> dict[str, Any]:
    (row,) = [row for row in sim.dump("alocom")["users"] if row["username"] == username]
    return row


def test_user_list(sim: Any, api: Any) -> None:
    rows = api.list("/users/index")
    assert len(rows) == 12 and [row["id"] for row in rows] == sorted((row["id"] for row in rows), reverse=True)
    assert set(rows[0]) == {"id", "name", "username", "surname", "cellphone", "labels"}
    assert [row["id"] for row in api.post("/users/index", {"take": 5, "skip": 10}).body["data"]] == [149, 148]
    assert api.post("/users/index", {"take": 5, "skip": 50}).body["data"] == []
    assert {row["username"] for row in api.list("/users/index", username="REZA")} == {"reza.mousavi", "hossein.rezaei"}
    assert [row["username"] for row in api.list("/users/index", name="علی", surname="محمدی")] == ["ali.mohammadi"]
    assert {row["id"] for row in api.list("/users/index", labels=[11, 12])} == {148, 149}
    assert {row["id"] for row in api.list("/users/index", labels=["استادان"])} == {148, 149}
    sim.settings("alocom", filter="exact")
    assert api.list("/users/index", username="reza") == []
    sim.settings("alocom", filter="ignored", order="oldest", take_max=5)
    assert [row["id"] for row in api.list("/users/index", username="reza")] == [148, 149, 150, 151, 152]


def test_user_detail(sim: Any, api: Any) -> None:
    body = api.get("/users/149").body
    assert (body["id"], body["agent_id"], body["status"], body["unlimited"], len(body["alocom_id"])) == (149, 20, 1, None, 24)
    assert body["labels"] == [{"id": 11, "title": "استادان"}, {"id": 12, "title": "همکاران"}]
    sim.settings("alocom", label_style="ids", envelope="data_wrapped")
    assert api.get("/users/149").body["data"]["labels"] == [11, 12]
    sim.settings("alocom", label_style="titles")
    assert api.list("/users/index", username="ali")[0]["labels"] == ["استادان", "همکاران"]


def test_create_answers_the_chosen_password_and_no_id(sim: Any, api: Any) -> None:
    sim.settings("alocom", create_returns_id=False)
    reply = api.post("/users", {**NEW, "labels": [9, 9], "email": "r@example.ir", "cellphone": "09120001122"})
    assert reply.body == {"message": "کاربر جدید توسط برگزار کننده ایجاد شد", "username": "roya", "password": "roya@123"}
    row = by_name(sim, "roya")
    assert (row["labels"], row["password"], row["status"]) == (["پایه دهم"], "roya@123", 1)
    again = api.post("/users", NEW)
    assert (again.status, list(again.body["errors"])) == (422, ["username"])


def test_create_settings(sim: Any, api: Any) -> None:
    sim.settings("alocom", create_returns_id=True, create_status=201, chosen_password="canary-pass")
    reply = api.post("/users", {**NEW, "password": "mine-too"})
    assert (reply.status, reply.body["password"], reply.body["data"]) == (201, "canary-pass", {"id": 160})
    sim.settings("alocom", honour_password=True, label_values="titles")
    reply = api.post("/users", {**NEW, "username": "roya2", "password": "mine-too", "labels": ["استادان"]})
    assert reply.body["password"] == "mine-too" and by_name(sim, "roya2")["labels"] == ["استادان"]
    assert api.post("/users", {**NEW, "username": "roya3", "labels": [9]}).status == 422


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": None}, "name"),
        ({"name": " "}, "name"),
        ({"surname": ""}, "surname"),
        ({"username": "with space"}, "username"),
        ({"status": "active"}, "status"),
        ({"status": 2}, "status"),
        ({"cellphone": "9120001122"}, "cellphone"),
        ({"cellphone": "+989120001122"}, "cellphone"),
        ({"cellphone": "۰۹۱۲۰۰۰۱۱۲۲"}, "cellphone"),
        ({"email": "roya@"}, "email"),
        ({"labels": [99]}, "labels.0"),
        ({"labels": ["استادان"]}, "labels.0"),
        ({"labels": "استادان"}, "labels"),
    ],
)
def test_user_refusals(sim: Any, api: Any, change: dict[str, Any], field: str) -> None:
    before = sim.dump("alocom")["users"]
    reply = api.post("/users", {**NEW, **change})
    assert (reply.status, list(reply.body["errors"])) == (422, [field])
    assert api.patch("/users/148", {**NEW, **change}).status == 422
    assert sim.dump("alocom")["users"] == before


@pytest.mark.parametrize("field", ["name", "surname", "username", "status"])
def test_required_fields(api: Any, field: str) -> None:
    body = {name: value for name, value in NEW.items() if name != field}
    assert list(api.post("/users", body).body["errors"]) == [field]
    assert api.patch("/users/148", body).status == (200 if field == "username" else 422)


def test_update_leaves_omitted_fields_alone_and_clears_empty_ones(sim: Any, api: Any) -> None:
    short = {"name": "زهرا", "surname": "کریمی نو", "status": 0}
    assert api.patch("/users/148", short).body == {"message": "اطلاعات کاربر با موفقیت ویرایش شد"}
    row = by_name(sim, "zahra.karimi")
    assert (row["surname"], row["status"], row["cellphone"], row["labels"]) == ("کریمی نو", 0, "09121234501", ["استادان"])
    assert api.patch("/users/148", {**short, "email": "", "cellphone": None, "labels": [], "username": "zahra"}).status == 200
    row = by_name(sim, "zahra")
    assert (row["email"], row["cellphone"], row["labels"]) == (None, None, [])
    taken = api.patch("/users/148", {**short, "username": "ali.mohammadi"})
    assert (taken.status, list(taken.body["errors"])) == (422, ["username"])
    assert api.patch("/users/148", {**short, "username": "zahra"}).status == 200
    assert api.post("/users", {**NEW, "username": "zahra.karimi"}).status == 200


@pytest.mark.parametrize(("case", "status", "kept"), [("sensitive", 200, "Roya"), ("insensitive", 422, "Roya"), ("lower", 422, "roya")])
def test_username_case(sim: Any, api: Any, case: str, status: int, kept: str) -> None:
    sim.reset("alocom", username_case=case)
    api.login()
    assert api.post("/users", {**NEW, "username": "Roya"}).body["username"] == kept
    assert api.post("/users", NEW).status == status


def test_delete(sim: Any, api: Any) -> None:
    busy = api.delete("/users/149")
    assert (busy.status, busy.body) == (400, {"message": "امکان حذف کاربر وجود ندارد."})
    assert api.delete("/users/148").body == {"message": "کاربر با موفقیت حذف شد.", "username": "zahra.karimi"}
    assert api.delete("/users/148").status == 404
    assert 148 not in [row["userid"] for row in api.get("/events/53").body["enrolledUsers"]]


def test_password_change(sim: Any, api: Any) -> None:
    assert api.patch("/users/148/password-change", {"password": "secret", "password_confirmation": "secret"}).status == 200
    assert by_name(sim, "zahra.karimi")["password"] == "secret"
    for first, second in (("short", "short"), ("secret1", "secret2")):
        assert api.patch("/users/148/password-change", {"password": first, "password_confirmation": second}).status == 422
    assert api.patch("/users/148/password-change", {"password": "secret1"}).status == 422


def test_labels(sim: Any, api: Any) -> None:
    sim.settings("alocom", create_returns_id=False)
    assert [row["id"] for row in api.list("/labels/index")] == [12, 11, 10, 9]
    assert [row["id"] for row in api.get("/labels/list").body["data"]] == [9, 10, 11, 12]
    assert api.get("/labels/9").body == {"data": [{"id": 9, "title": "پایه دهم", "agent_id": 20, "deleted_at": None}]}
    assert [row["id"] for row in api.list("/labels/index", title="پایه")] == [10, 9]
    assert api.post("/labels/", {"title": "تازه"}).body == {"message": "برچسب با موفقیت ایجاد شد"}
    assert api.post("/labels/", {"title": "تازه"}).status == 422
    assert api.patch("/labels/13", {"title": "پایه دهم"}).status == 422
    assert api.patch("/labels/13", {"title": "کهنه"}).body == {"message": "برچسب با موفقیت ویرایش شد."}
    assert api.delete("/labels/9").body == {"message": "برچسب در حال استفاده است."}
    assert api.delete("/labels/9").status == 400
    assert api.delete("/labels/13").body == {"message": "برچسب با موفقیت حذف شد."}
    assert api.get("/labels/13").status == 404
    for title in (None, "", 5):
        assert api.post("/labels/", {"title": title}).status == 422


def test_label_settings(sim: Any, api: Any) -> None:
    page = {"take": 1, "skip": 0}
    assert api.post("/labels/index", page).body["meta"] == {"total_count": 4}
    sim.settings("alocom", total_count="zero", label_unique=False, create_returns_id=True, create_status=201)
    assert api.post("/labels/index", page).body["meta"] == {"total_count": 0}
    sim.settings("alocom", total_count="absent")
    assert list(api.post("/labels/index", page).body) == ["data"]
    reply = api.post("/labels/", {"title": "پایه دهم"})
    assert (reply.status, reply.body["data"]) == (201, {"id": 13, "title": "پایه دهم"})


ROWS = [
    ["name", "surname", "username", "cellphone", "email"],
    ["رویا", "کیانی", "roya", 9120001122, "roya@example.ir"],
    ["کیان", "نوری", "kian", "", ""],
    ["کیان", "نوری", "kian", "", ""],
    ["زهرا", "کریمی", "zahra.karimi", "", ""],
    ["", "بی نام", "noname", "", ""],
    ["بد", "شماره", "bad", "12", ""],
]


def sheet(kind: str) -> bytes:
    if kind == "csv":
        return "\n".join(",".join(map(str, row)) for row in ROWS).encode("utf-8-sig")
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_import_takes_two_steps(sim: Any, api: Any, kind: str) -> None:
    assert api.post("/users/confirm-import-by-excel", {}).status == 422
    (answer,) = api.upload("/users/import-by-excel", "file", f"people.{kind}", sheet(kind)).body["response"]
    assert {name: answer[name] for name in ("total", "invalid", "duplicate", "new")} == {"total": 6, "invalid": 2, "duplicate": 2, "new": 2}
    assert answer["users"][0]["cellphone"] == "09120001122" and answer["users"][0]["password"] == "roya@123"
    assert len(sim.dump("alocom")["users"]) == 12
    assert api.post("/users/confirm-import-by-excel", {"label": [999]}).status == 422
    reply = api.post("/users/confirm-import-by-excel", {"label": [9]})
    assert reply.body == {"message": "ثبت نام کاربران بصورت گروهی با موفقیت انجام شد"}
    assert by_name(sim, "kian")["labels"] == ["پایه دهم"]
    assert api.post("/users/confirm-import-by-excel", {}).status == 422


@pytest.mark.parametrize(
    ("field", "name", "data"), [("file", "a.pdf", b"%PDF"), ("file", "a.xlsx", b"no"), ("file", "a.xls", b"no"), ("other", "a.csv", b"a")]
)
def test_import_refuses_other_files(api: Any, field: str, name: str, data: bytes) -> None:
    reply = api.upload("/users/import-by-excel", field, name, data)
    assert reply.status == 422 and "file" in reply.body["errors"]
