# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users from a spreadsheet, through both doors."""

from __future__ import annotations

import json

import openpyxl
import pytest

IMPORT = "kariz.panels.alocom_user_import"
TITLES = ("name", "surname", "username", "cellphone", "email")
PEOPLE = [["سارا", "راد", "sara.rad", "09121110001", "sara@example.ir"], ["علی", "راد", "ali.rad", 9121110002, None], ["مینا", "راد", "mina.rad", None, None]]

pytestmark = pytest.mark.seed("default")


def task(task_name, /, **options):
    more = options.pop("keywords", {})
    return {"name": task_name, IMPORT: options, "ignore_errors": True, **more}


def book(folder, rows, name="people.xlsx", titles=TITLES):
    made = openpyxl.Workbook()
    for row in [titles, *rows]:
        made.active.append(row)
    made.save(folder / name)
    return str(folder / name)


def text(folder, content, name="people.csv", encoding="utf-8"):
    (folder / name).write_bytes(content.encode(encoding))
    return str(folder / name)


def test_life(alocom, run, door, cycle, tmp_path):
    persian = ["نام", "نام خانوادگی", " نام کاربری ", "شماره موبایل", "ایمیل"]
    first, more = book(tmp_path, PEOPLE[:2]), book(tmp_path, [*PEOPLE, ["x y", "ab", "zahra.karimi"]], "more.xlsx", persian)
    csv = text(tmp_path, "Name,SURNAME,username\r\nمهسا,راد,mahsa.rad\r\n\r\n", encoding="utf-8-sig")
    life = cycle(IMPORT)
    life.add("two", src=first, labels=["پایه دهم", "همكاران", "پایه دهم"])
    life.add("one more", src=more)
    life.add("csv", src=csv)
    life.add("nobody new", src=first)
    played = run(life.tasks, door).ok()
    life.verify(played, unchanged=["nobody new"])
    two, more = life.result(played, "two"), life.result(played, "one more")
    counts = ("total", "invalid", "duplicate", "new", "users")
    assert [two[name] for name in counts] == [2, 0, 0, 2, ["sara.rad", "ali.rad"]] == [life.result(played, "two", "check")[name] for name in counts]
    assert [more[name] for name in counts] == [4, 0, 3, 1, ["mina.rad"]] == [life.result(played, "one more", "check")[name] for name in counts]
    assert two["diff"]["before"] == {"new": 0, "users": []} and two["diff"]["after"] == {"new": 2, "users": ["sara.rad", "ali.rad"]}
    assert life.result(played, "two", "again")["duplicate"] == 2
    users = alocom.users()
    assert len(users) == 16 and users["sara.rad"]["labels"] == ["پایه دهم", "همکاران"] and users["mina.rad"]["labels"] == []
    assert users["ali.rad"]["cellphone"] == "09121110002" and users["mahsa.rad"]["name"] == "مهسا"
    confirmed = [entry["body"] for entry in alocom.journal() if entry["operation"] == "users.import_confirm"]
    assert len(confirmed) == 3, "without anybody new there is nothing to confirm"


def test_many(alocom, run, door, tmp_path):
    src = book(tmp_path, [["نام", "خانوادگی", "p-%04d" % number, None, None] for number in range(600)])
    played = run([task("check", src=src, keywords={"check_mode": True}), task("first", src=src), task("second", src=src)], door).ok()
    assert played["check"]["new"] == played["first"]["new"] == 600 and played["second"]["duplicate"] == 600
    assert played["first"]["api"]["requests"] <= 3 and len(alocom.users()) == 612


def test_problems_are_told_before_any_request(alocom, run, door, tmp_path):
    bad = [["س", "", "a b", "912", "x@y"], ["aa", "bb", "ok", "۰۹۱۲۱۲۳۴۵۶۷", None], ["aa", "bb", "ok", None, None]]
    (tmp_path / "people.ods").write_bytes(b"x")
    (tmp_path / "fake.xlsx").write_bytes(b"<html>")
    secret = "hunter2-canary"
    played = run([
        task("rows", src=book(tmp_path, bad)), task("thirty", src=book(tmp_path, [["a", "bb", "u%d" % number] for number in range(30)], "thirty.xlsx")),
        task("columns", src=book(tmp_path, [["a"]], "columns.xlsx", ["name"])), task("kind", src=str(tmp_path / "people.ods")),
        task("fake", src=str(tmp_path / "fake.xlsx")), task("missing", src=str(tmp_path / "none.xlsx")), task("folder", src=str(tmp_path / "x.csv")),
        task("windows", src=text(tmp_path, "نام,عنوان\n", "windows.csv", "cp1256")), task("nobody", src=book(tmp_path, [], "nobody.xlsx")),
        task("short password", src=book(tmp_path, [["aa", "bb", "cc", "s3cr"], ["aa", "b", "dd", secret]], "pass.xlsx", [*TITLES[:3], "رمز عبور"])),
        task("check", src=book(tmp_path, bad, "bad.xlsx"), keywords={"check_mode": True}),
    ], door, verbosity=4).ok()
    assert alocom.journal() == []
    for expected in ("row 2, name: س is shorter than 2 characters", "row 2, surname: it is missing", "row 2, username: a b holds a space",
                     "row 2, cellphone: 912 is not a mobile number", "row 2, email: x@y is not an e-mail address", "row 3, cellphone: ۰۹۱۲۱۲۳۴۵۶۷ has to be",
                     "row 4, username: ok is in row 3 already"):
        assert expected in played["rows"]["msg"], expected
    assert played["check"]["msg"] == played["rows"]["msg"].replace("people.xlsx", "bad.xlsx") and played["rows"]["error"]["code"] == "bad_option"
    assert "and 10 more" in played["thirty"]["msg"] and "row 21, name" in played["thirty"]["msg"] and "row 22" not in played["thirty"]["msg"]
    assert "surname, username are missing" in played["columns"]["msg"] and "xlsx, xls, csv" in played["kind"]["msg"]
    assert "not an xlsx file" in played["fake"]["msg"] and "cannot be read" in played["missing"]["msg"] and "UTF-8" in played["windows"]["msg"]
    assert "nobody under the titles" in played["nobody"]["msg"]
    assert "row 2, password" in played["short password"]["msg"] and "s3cr" not in played.output and secret not in played.output


def test_labels(alocom, run, door, tmp_path):
    src = book(tmp_path, PEOPLE)
    played = run([task("check", src=src, labels=["نیست"], keywords={"check_mode": True}), task("real", src=src, labels=["پایه دهم", "نیست"])], door).ok()
    assert played["check"]["new"] == 3 and "label نیست does not exist yet" in played["check"]["warnings"][0]
    assert played["real"]["error"]["code"] == "not_found" and "there is no label نیست" in played["real"]["msg"]
    assert alocom.writes() == []


def test_what_the_vendor_sees_otherwise(alocom, run, door, tmp_path):
    """A csv with semicolons, which this vendor does not understand; a column it does not know; an answer that describes a list instead of holding it."""
    rows = "name;surname;username\nسارا;راد;sara.rad\n"
    told = {"response": [{"total": "3", "invalid": 1, "duplicate": 0, "new": 2, "users": "array of json objects"}]}
    alocom.fault("wrong_type", path="users/import-by-excel", body=told, skip=2, commit=True)
    played = run([task("semicolons", src=text(tmp_path, rows)), task("column", src=book(tmp_path, PEOPLE[:1], titles=[*TITLES[:4], "grade"])),
                  task("described", src=book(tmp_path, PEOPLE, "three.xlsx"))], door).ok()
    assert "the vendor found nobody in the file, this collection 1" in played["semicolons"]["msg"]
    assert "grade" in played["column"]["warnings"][0] and played["column"]["new"] == 1
    assert played["described"]["new"] == 2 and played["described"]["users"] == [] and "1 of 3 rows for invalid" in played["described"]["warnings"][0]


LOST = [("reset_after", {}), ("status_after", {"status": 502}), ("status_after", {"status": 500}), ("black_hole_after", {}), ("truncate_json", {})]


@pytest.mark.parametrize(("kind", "options", "door"), [(*fault, "fast") for fault in LOST] + [(*LOST[0], "module")],
                         ids=lambda value: value if isinstance(value, str) else "")
def test_confirmation_lost_after_the_work(alocom, run, door, kind, options, tmp_path):
    alocom.fault(kind, path="confirm-import", **options)
    played = run([task("import", src=book(tmp_path, PEOPLE), labels=["پایه دهم"], api_timeout=0.5), task("again", src=book(tmp_path, PEOPLE))], door).ok()
    assert played["import"]["changed"] is True and played["import"]["new"] == 3 and played["again"]["changed"] is False
    assert alocom.writes().count("users.import_confirm") == 1 and len(alocom.users()) == 15


@pytest.mark.parametrize(("kind", "options", "door"), [("reset_before", {}, "fast"), ("status", {"status": 503}, "module"), ("html", {}, "fast"),
                                                       ("empty", {}, "fast"), ("black_hole", {}, "fast")],
                         ids=lambda value: value if isinstance(value, str) else "")
def test_confirmation_lost_before_the_work(alocom, run, door, kind, options, tmp_path):
    alocom.fault(kind, path="confirm-import", times=0, **options)
    played = run([task("import", src=book(tmp_path, PEOPLE), api_timeout=0.5)], door).ok()
    assert played["import"]["error"]["code"] == "outcome_unknown" and "of 3 new users 0 are registered" in played["import"]["msg"]
    assert alocom.writes().count("users.import_confirm") == 1 and len(alocom.users()) == 12


@pytest.mark.parametrize(("kind", "options"), [("reset_after", {}), ("truncate", {}), ("token_expiry", {}), ("status_after", {"status": 503})],
                         ids=lambda value: value if isinstance(value, str) else "")
def test_upload_lost(alocom, run, kind, options, tmp_path):
    """Nothing is registered by the upload, so it is sent again."""
    alocom.fault(kind, path="/import-by-excel", **options)
    played = run([task("import", src=book(tmp_path, PEOPLE))]).ok()
    assert played["import"]["new"] == 3 and len(alocom.users()) == 15


def test_secrets(alocom, run, door, tmp_path):
    """Passwords, of the file and of the vendor's choice, are nowhere."""
    alocom.reset("default", chosen_password="chosen-canary")
    alocom.fault("truncate_json", path="/import-by-excel")
    alocom.fault("echo_secrets", path="/import-by-excel", status=422)
    src = book(tmp_path, [["aa", "bb", "u1", "file-canary"]], titles=[*TITLES[:3], "password"])
    played = run([task("cut", src=src), task("echoed", src=src), task("import", src=src)], door, verbosity=4).ok()
    assert played["cut"]["error"]["code"] == "outcome_unknown" and "nobody was registered" in played["cut"]["msg"]
    assert played["echoed"]["error"]["http_status"] == 422 and played["import"]["users"] == ["u1"]
    written = played.output + json.dumps(played.lines)
    assert "canary" not in written
