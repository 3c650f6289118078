# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users from a spreadsheet, through both doors."""

from __future__ import annotations

import json
import zipfile

import openpyxl
import pytest
from jobs import carry_out

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
    bad = [["س", "", "a b", "912", "x@y"], ["aa", "bb", "ok", "091212345", None], ["aa", "bb", "ok", None, None], ["aa", "bb", 12345678],
           ["aa", "bb", "z\u200cz"]]
    (tmp_path / "people.txt").write_bytes(b"x")
    (tmp_path / "fake.xlsx").write_bytes(b"<html>")
    secret = "hunter2-canary"
    played = run([
        task("rows", src=book(tmp_path, bad)), task("thirty", src=book(tmp_path, [["a", "bb", "u%d" % number] for number in range(30)], "thirty.xlsx")),
        task("columns", src=book(tmp_path, [["a"]], "columns.xlsx", ["name"])), task("kind", src=str(tmp_path / "people.txt")),
        task("fake", src=str(tmp_path / "fake.xlsx")), task("missing", src=str(tmp_path / "none.xlsx")), task("folder", src=str(tmp_path / "x.csv")),
        task("latin", src=text(tmp_path, "name,é\n", "latin.csv", "latin-1")), task("sheet", src=book(tmp_path, PEOPLE, "one.xlsx"), sheet="two"),
        task("options", src=book(tmp_path, PEOPLE, "one.xlsx"), columns={"usernme": "x", "name": ""}, header_row=-1),
        task("nobody", src=book(tmp_path, [], "nobody.xlsx")),
        task("short password", src=book(tmp_path, [["aa", "bb", "cc", "s3cr"], ["aa", "b", "dd", secret]], "pass.xlsx", [*TITLES[:3], "رمز عبور"])),
        task("check", src=book(tmp_path, bad, "bad.xlsx"), keywords={"check_mode": True}),
    ], door, verbosity=4).ok()
    assert alocom.journal() == []
    for expected in ("row 2, name: س is shorter than 2 characters", "row 2, surname: it is missing", "row 2, username: a b holds a space",
                     "row 2, cellphone: 912 is not a mobile number", "row 2, email: x@y is not an e-mail address",
                     "row 3, cellphone: 091212345 is not a mobile number",
                     "row 4, username: ok is in row 3 already", "row 5, username: 12345678 is kept as a number", "row 6, username: it holds a mark"):
        assert expected in played["rows"]["msg"], expected
    assert played["check"]["msg"] == played["rows"]["msg"].replace("people.xlsx", "bad.xlsx") and played["rows"]["error"]["code"] == "bad_option"
    assert "and 10 more" in played["thirty"]["msg"] and "row 21, name" in played["thirty"]["msg"] and "row 22" not in played["thirty"]["msg"]
    assert "surname, username are missing" in played["columns"]["msg"] and "xlsx, xls, ods, csv" in played["kind"]["msg"]
    assert "not an xlsx file" in played["fake"]["msg"] and "cannot be read" in played["missing"]["msg"] and "UTF-8" in played["latin"]["msg"]
    assert "nobody under the titles" in played["nobody"]["msg"] and "there is no sheet two; the file holds: Sheet" in played["sheet"]["msg"]
    for expected in ("there is no column usernme (did you mean username", "columns.name: must be the title", "header_row: must be 0 or more, not -1"):
        assert expected in played["options"]["msg"], expected
    assert "row 2, password" in played["short password"]["msg"] and "s3cr" not in played.output and secret not in played.output


def test_labels(alocom, run, door, tmp_path):
    src = book(tmp_path, PEOPLE)
    played = run([task("check", src=src, labels=["نیست"], keywords={"check_mode": True}), task("real", src=src, labels=["پایه دهم", "نیست"])], door).ok()
    assert played["check"]["new"] == 3 and "label نیست does not exist yet" in played["check"]["warnings"][0]
    assert played["real"]["error"]["code"] == "not_found" and "there is no label نیست" in played["real"]["msg"]
    assert alocom.writes() == []


SPELLINGS = ("۰۹۱۲۱۱۱۰۰۰۱", "+98 912 111 0002", 9121110003, "0912-111-0004", "00989121110005")


def test_what_goes_up_is_ours(alocom, run, door, tmp_path):
    """Any kind of file, encoding, order and titles: the vendor gets its own columns, clean mobiles and texts."""
    titles = ["همراه اول", "grade", "نام خانوادگی", "نام", "کد ملی", "ایمیل"]
    rows = [[mobile, 7, "راد", "سارا", "004957%04d" % number, "a%d@b.ir" % number] for number, mobile in enumerate(SPELLINGS)]
    whole = openpyxl.Workbook()
    whole.active.append(["a list of last year"])
    second = whole.create_sheet("امسال")
    for row in [["فهرست کلاس"], [], titles, *rows]:
        second.append(row)
    whole.save(tmp_path / "office.xlsx")
    windows = text(tmp_path, "نام خانوادگي;نام;نام كاربري;موبايل\r\nكاظمي;علي;ali.k;0912 111 0006\r\n", "windows.csv", "cp1256")
    cells = "".join("<table:table-row>%s</table:table-row>" % "".join(
        '<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>' % cell for cell in row)
        for row in (["username", "name", "surname"], ["ods.user", "مینا", "گل"]))
    names = "".join(' xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (short, short) for short in ("office", "table", "text"))
    with zipfile.ZipFile(tmp_path / "people.ods", "w") as archive:
        archive.writestr("content.xml", "<office:document-content%s><office:body><office:spreadsheet><table:table>%s</table:table></office:spreadsheet>"
                                        "</office:body></office:document-content>" % (names, cells))
    played = run([
        task("office", src=str(tmp_path / "office.xlsx"), sheet="امسال", header_row=3, columns={"username": "کد ملی", "cellphone": "همراه اول"}),
        task("letters", src=book(tmp_path, [["اول", "شخص", "by.letter"]], titles=["شخص", "اول", "by.letter.0"]), header_row=0,
             columns={"name": "B", "surname": "a", "username": "C"}),
        task("windows", src=windows, encoding="auto"), task("ods", src=str(tmp_path / "people.ods")),
    ], door).ok()
    assert [played[name]["new"] for name in ("office", "letters", "windows", "ods")] == [5, 2, 1, 1]
    users = alocom.users()
    assert [users["004957%04d" % number]["cellphone"] for number in range(5)] == ["0912111000%d" % number for number in range(1, 6)]
    assert users["0049570000"]["surname"] == "راد" and users["0049570000"]["email"] == "a0@b.ir"
    assert (users["by.letter"]["name"], users["by.letter"]["surname"], users["by.letter.0"]["name"]) == ("شخص", "اول", "اول")
    assert (users["ali.k"]["name"], users["ali.k"]["surname"], users["ali.k"]["cellphone"]) == ("علی", "کاظمی", "09121110006")
    assert users["ods.user"]["name"] == "مینا"
    assert "left out: grade" in played["office"]["warnings"][0]


def told(**counts):
    return {"response": [{"total": 3, "invalid": 0, "duplicate": 0, "new": 0, "users": [], **counts}]}


READ = [{"username": name, "name": "سارا", "surname": "راد", "cellphone": None} for name in ("sara.rad", "ali.rad", "mina.rad")]
READ = [dict(row, name=person[0], cellphone="+989121110001" if row["username"] == "sara.rad" else None) for row, person in zip(READ, PEOPLE)]


@pytest.mark.parametrize(("answer", "reason"), [
    (told(total=2, new=2), "it found 2 people in the file, and there are 3"),
    (told(total=0), "it found 0 people in the file, and there are 3"),
    (told(new=2, duplicate=1, users=READ), "it counts 2 new users and names 3"),
    (told(new=1, users=[{"username": "راد"}]), "there is no user راد in the file"),
    (told(new=3, users=[dict(READ[0], name="راد", surname="سارا"), *READ[1:]]), "name of sara.rad (row 2) is راد for it; surname of sara.rad (row 2) is سارا"),
    (told(new=3, users=[dict(READ[0], cellphone="09121110002"), *READ[1:]]), "cellphone of sara.rad (row 2) is 09121110002"),
    (told(new=1, duplicate=2, users="array of json objects"), "it counts 1 new users, and by the list of users there are 3"),
    (told(invalid=3), "takes all 3 rows for invalid"),
], ids=["fewer", "nobody", "counts", "stranger", "names", "mobile", "unnamed", "invalid"])
def test_nothing_is_confirmed_that_was_read_otherwise(alocom, tmp_path, answer, reason):
    alocom.fault("wrong_type", path="users/import-by-excel", body=answer, commit=True)
    result = carry_out("alocom_user_import", {**alocom.connection, "src": book(tmp_path, PEOPLE)})
    assert result["failed"] and reason in result["msg"] and result["error"]["code"] == "not_understood", result
    assert "users.import_confirm" not in alocom.operations() and len(alocom.users()) == 12


def test_columns_by_position(alocom, tmp_path):
    """A server that goes by position reads ours rightly, and one whose order is another is found out."""
    src = book(tmp_path, [["0912 111 0001", "sara.rad", "راد", "سارا"]], titles=["cellphone", "username", "surname", "name"])
    alocom.reset("default", import_columns="other_position")
    result = carry_out("alocom_user_import", {**alocom.connection, "src": src})
    assert result["failed"] and "name of sara.rad (row 2) is راد for it" in result["msg"] and len(alocom.users()) == 12
    alocom.reset("default", import_columns="position")
    result = carry_out("alocom_user_import", {**alocom.connection, "src": src})
    assert result["new"] == 1 and alocom.users()["sara.rad"]["cellphone"] == "09121110001" and alocom.users()["sara.rad"]["name"] == "سارا"


@pytest.mark.parametrize("case", ["insensitive", "lower"])
def test_a_server_that_lowers_usernames(alocom, tmp_path, case):
    alocom.reset("default", username_case=case)
    src = book(tmp_path, [["سارا", "راد", "Sara.Rad"], ["زهرا", "کریمی", "Zahra.Karimi"]])
    first, again = (carry_out("alocom_user_import", {**alocom.connection, "src": src}) for _time in range(2))
    assert first["new"] == 1 and first["duplicate"] == 1 and again["changed"] is False, (first, again)
    check = carry_out("alocom_user_import", {**alocom.connection, "src": src}, check=True)
    assert check["changed"] is False and check["duplicate"] == 2


def test_what_the_vendor_leaves_out(alocom, tmp_path):
    """Rows that it takes for invalid are named; an answer may describe a list instead of holding it; a value may be passed over."""
    results = []
    for answer in (told(total="3", invalid=1, new=2, users="array of json objects"), told(invalid=1, new=2, users=[dict(READ[0], cellphone=None), READ[2]])):
        alocom.reset("default")
        alocom.fault("wrong_type", path="users/import-by-excel", body=answer, commit=True)
        results.append(carry_out("alocom_user_import", {**alocom.connection, "src": book(tmp_path, PEOPLE)}))
    described, named = results
    assert described["new"] == 2 and described["users"] == [] and "1 of 3 rows for invalid" in described["warnings"][0]
    assert named["new"] == 2 and named["users"] == ["sara.rad", "mina.rad"], named
    assert named["warnings"] == ["the vendor passed over cellphone of the new users; alocom_user sets it",
                                 "the vendor takes 1 of 3 rows for invalid and passes them over: ali.rad (row 3)"]


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
