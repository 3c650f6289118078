# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The SMS panel, through both doors: phonebooks, users, five kinds of sending, reading."""

from __future__ import annotations

import contextlib
import sqlite3
import stat

import pytest

BOOK = "kariz.panels.smspanel_phonebook"
MESSAGE = "kariz.panels.smspanel_message"
LINE = "30001234"

ALTERNATIVES = [
    {},
    {"list_style": "single", "number_list_style": "wrapped", "codes_as_text": True, "kept_numbers": "international", "empty_list": "code40"},
    {"list_style": "bare", "number_list_style": "bare", "book_name_in": "uname", "kept_numbers": "local", "unknown_number_removal": "code40"},
    {"empty_list": "code40", "missing_book": "status404", "http_follows": False},
]


def task(title, module=MESSAGE, keywords=None, **options):
    return {"name": title, module if "." in module else "kariz.panels." + module: options, "ignore_errors": True, **(keywords or {})}


def text(**more):
    return {"sender": LINE, "recipients": ["09121234567"], "text": "سلام", **more}


@pytest.mark.parametrize(("door", "settings"), [("fast", settings) for settings in ALTERNATIVES] + [("module", {})],
                         ids=lambda value: value if isinstance(value, str) else ",".join(value) or "documented")
def test_life_of_phonebooks(smspanel, texts, cycle, door, settings):
    smspanel.reset(**settings)
    life = cycle(BOOK)
    life.add("create", name="دبیران", numbers=["09121234567", "+98 935 123 4567"], flag="1")
    life.add("same numbers typed otherwise", name=" دب\u064aران", numbers=["۰۹۳۵۱۲۳۴۵۶۷", "00989121234567", "9121234567"])
    life.add("add", name="دبیران", numbers=["09361234567", "09121234567"])
    life.add("remove", name="دبیران", numbers=["0936 123 4567", "09999999999"], numbers_mode="remove")
    life.add("replace", name="دبیران", numbers=["09121234567", "02188776655"], numbers_mode="replace")
    life.add("an empty list changes nothing", name="دبیران", numbers=[])
    life.add("clear", name="دبیران", numbers=[], numbers_mode="replace")
    life.add("list", phonebooks=[{"name": "a", "numbers": ["09121111111"]}, {"name": "b"}, {"name": "دبیران", "numbers": ["09122222222"]}])
    life.add("purge", phonebooks=[{"name": "a"}, {"name": "دبیران"}], purge=True)
    life.add("delete", name="دبیران", state="absent")
    played = texts(life.tasks, door).ok()
    life.verify(played, unchanged=["same numbers typed otherwise", "an empty list changes nothing"])
    assert list(smspanel.books()) == ["a"]
    assert life.result(played, "create")["phonebook"]["id"]
    assert life.result(played, "add")["diff"]["after"]["numbers"] == ["09121234567", "09351234567", "09361234567"]
    assert life.result(played, "replace")["diff"]["after"]["numbers"] == ["02188776655", "09121234567"]
    assert [row["action"] for row in life.result(played, "purge")["phonebooks"]] == ["unchanged", "unchanged", "deleted"]


def test_only_the_difference_is_sent(smspanel, texts):
    smspanel.seed("phonebooks", 1, numbers=300)
    numbers = next(iter(smspanel.books().values()))
    wanted = numbers[:-1] + ["09350000000"]
    smspanel.clear_journal()
    texts([task("replace", BOOK, name="book-00001", numbers=wanted, numbers_mode="replace")]).ok()
    writes = [entry for entry in smspanel.journal() if entry["write"]]
    assert [(entry["operation"], entry["body"]["numbers"]) for entry in writes] == [("numbers.add", ["09350000000"]), ("numbers.remove", [numbers[-1]])]
    played = texts([task("same", BOOK, name="book-00001", numbers=wanted, numbers_mode="replace")]).ok()
    assert played["same"]["api"]["requests"] == 2 and played["same"]["changed"] is False


def test_one_number_more_in_a_large_phonebook(smspanel, texts, door):
    """All numbers are read once, and what comes back is what changed."""
    smspanel.seed("phonebooks", 1, numbers=5_000)
    smspanel.clear_journal()
    played = texts([task("foretold", BOOK, name="book-00001", numbers=["09350000000"], keywords={"check_mode": True}),
                    task("add", BOOK, name="book-00001", numbers=["09350000000"]), task("same", BOOK, name="book-00001", numbers=["09350000000"]),
                    task("remove", BOOK, phonebooks=[{"name": "book-00001", "numbers": ["09350000000"], "numbers_mode": "remove"}])], door).ok()
    assert [(played[name]["changed"], played[name]["api"]["requests"]) for name in ("foretold", "add", "same", "remove")] == [
        (True, 2), (True, 3), (False, 2), (True, 3)]
    assert smspanel.operations().count("numbers.list") == 4
    diff = played["add"]["diff"]
    assert diff["before"]["numbers"] == ["and 5000 more"] and diff["after"]["numbers"] == ["09350000000", "and 5000 more"]
    assert played["foretold"]["diff"] == diff and played["same"]["diff"]["before"] == played["same"]["diff"]["after"]
    assert played["remove"]["diff"]["before"]["book-00001"]["numbers"] == ["09350000000", "and 5000 more"]
    assert played["add"]["phonebook"]["numbers_count"] == 5_001 and "numbers" not in played["add"]["phonebook"]
    assert played["remove"]["phonebooks"][0]["numbers_count"] == 5_000 and all(len(str(played[name])) < 5000 for name in ("foretold", "add", "same", "remove"))
    if door == "fast":
        whole = texts([task("whole", BOOK, name="book-00001", numbers=["09350000000"], return_content="full", keywords={"check_mode": True})]).ok()["whole"]
        assert len(whole["phonebook"]["numbers"]) == 5_001


@pytest.mark.parametrize("kept", ["as sent", "international"])
def test_numbers_that_come_and_go_in_one_loop(smspanel, texts, kept):
    """What an item before this one has written is removed in the vendor's spelling of it."""
    smspanel.reset(kept_numbers=kept, unknown_number_removal="code40")
    played = texts([task("loop", BOOK, name="{{ item.name }}", numbers="{{ item.numbers }}", numbers_mode="{{ item.mode }}", keywords={"loop": [
        {"name": "a", "numbers": ["09121234567", "0935 123 4567"], "mode": "merge"}, {"name": "a", "numbers": ["+989351234567"], "mode": "remove"},
        {"name": "a", "numbers": ["09121234567"], "mode": "replace"}]})]).ok()
    assert [row["changed"] for row in played["loop"]["results"]] == [True, True, False]
    assert [number[-10:] for number in smspanel.books()["a"]] == ["9121234567"]


def test_an_answer_lost_while_numbers_change(smspanel, texts):
    smspanel.seed("phonebooks", 1, numbers=3)
    for path, method in (("/number", "POST"), ("/number", "DELETE"), ("/phonebook$", "POST")):
        smspanel.fault("reset_after", path=path, method=method)
    played = texts([task("replace", BOOK, name="book-00001", numbers=["09350000000"], numbers_mode="replace"),
                    task("new", BOOK, name="new", numbers=["09350000000"])]).ok()
    assert played["replace"]["changed"] and played["new"]["changed"]
    assert smspanel.books() == {"book-00001": ["09350000000"], "new": ["09350000000"]}


def test_users(smspanel, texts, door):
    person = {"username": "branch.shiraz", "password": "p4ss-word-canary", "first_name": "سارا", "last_name": "نوری", "mobile": "+98 912 123 4567",
              "national_code": "۰۰۱۲۳۴۵۶۷۹", "email": "sara@example.ir", "postal_code": "1234567890", "address": "شیراز", "package": "1",
              "manager": "kariz-demo"}
    played = texts([
        task("check", "smspanel_user", keywords={"check_mode": True}, **person),
        task("register", "smspanel_user", **person),
        task("again", "smspanel_user", **person),
        task("another password", "smspanel_user", username="branch.shiraz", password="another-password"),
        task("wrong package", "smspanel_user", **{**person, "username": "other", "package": "77"}),
        task("list", "smspanel_user", users=[person, dict(person, username="branch.yazd"), dict(person, username="x", email="nobody")]),
        task("no password", "smspanel_user", username="lonely"),
    ], door).ok()
    assert played["check"]["changed"] and played["register"]["changed"] and played["check"]["diff"] == played["register"]["diff"]
    assert played["again"]["changed"] is False and played["another password"]["changed"] is False
    assert "exists already" in played["another password"]["warnings"][0]
    assert (played["wrong package"]["error"]["code"], played["wrong package"]["error"]["name"]) == (16, "wrong_package")
    assert [row["action"] for row in played["list"]["users"]] == ["unchanged", "created", "failed"]
    assert "password" in played["no password"]["msg"]
    sent = {row["username"]: row["sent"] for row in smspanel.dump()["users"]}
    assert set(sent) == {"branch.shiraz", "branch.yazd"}
    shiraz = sent["branch.shiraz"]
    assert shiraz["melliCode"] == "0012345679" and shiraz["mobileNumber"] == "09121234567" and shiraz["addres"] == "شیراز"
    assert "canary" not in played.output


def test_a_lost_registration_is_looked_up(smspanel, texts):
    smspanel.fault("reset_after", path="/user/register")
    played = texts([task("register", "smspanel_user", username="branch", password="some-password")]).ok()
    assert played["register"]["changed"] is True and smspanel.operations().count("register") == 1


def test_kinds(smspanel, texts, door):
    smspanel.seed("phonebooks", 1, numbers=2)
    played = texts([
        task("plain", **text(flash=True, recipients=["۰۹۱۲۱۲۳۴۵۶۷", "+989121234567", "0935 123 4567"])),
        task("scheduled", **text(kind="scheduled", send_date="2199-01-01 10:00:00", period="0", priority="1")),
        task("pattern", kind="pattern", sender=LINE, recipients=["09121234567"], pattern_id=101, variables={"name": "سارا", "code": 12}),
        task("phonebook", kind="phonebook", sender=LINE, phonebook="book-00001", text="به همه"),
        task("multiple", kind="multiple", sender=LINE, messages=[{"recipients": ["09121234567"], "text": "یک"},
                                                                 {"recipients": ["09121234568"], "text": "دو", "sender": "50005678", "flash": True}]),
        task("batches", **text(recipients=["0912000000%d" % number for number in range(5)], batch_size=2)),
    ], door).ok()
    for title in ("plain", "scheduled", "pattern", "phonebook"):
        assert played[title]["changed"] is True and isinstance(played[title]["message"]["id"], int), title
    rows = smspanel.dump()["messages"]
    assert rows[0]["recipients"] == ["09121234567", "09351234567"] and rows[0]["type"] == 1
    assert rows[1]["sendDate"] == "2199-01-01 10:00:00" and rows[1]["prtrys"] == "1" and rows[1]["sentPeriod"] == "0"
    assert rows[2]["message"] == "سلام سارا، کد شما 12 است." and len(rows[3]["recipients"]) == 2
    assert [row["from"] for row in rows[4:6]] == [LINE, "50005678"] and [len(row["recipients"]) for row in rows[6:]] == [2, 2, 1]
    assert played["multiple"]["summary"]["created"] == 2 and len(played["batches"]["messages"]) == 3


def test_check_mode_sends_nothing(smspanel, texts, door, tmp_path):
    journal = str(tmp_path / "j")
    played = texts([task("plain", **text()), task("kept", **text(journal=journal, message_id="a"))], door, check=True).ok()
    assert played["plain"]["changed"] and played["plain"]["message"]["id"] is None and smspanel.writes() == [] and not (tmp_path / "j").exists()
    texts([task("kept", **text(journal=journal, message_id="a"))], door).ok()
    assert texts([task("kept", **text(journal=journal, message_id="a"))], door, check=True).ok()["kept"]["changed"] is False
    assert smspanel.sent() == ["سلام"]


def test_journal(smspanel, texts, door, tmp_path):
    journal = str(tmp_path / "sent.jsonl")
    played = texts([
        task("first", **text(journal=journal, message_id="a")),
        task("second", **text(journal=journal, message_id="a")),
        task("another text", **text(journal=journal, message_id="a", text="دیگر")),
        task("refused", **text(journal=journal, message_id="b", sender="1")),
        task("put right", **text(journal=journal, message_id="b")),
        task("several", kind="multiple", sender=LINE, journal=journal, messages=[
            {"message_id": "a", "recipients": ["09121234567"], "text": "سلام"}, {"message_id": "c", "recipients": ["09121234568"], "text": "تازه"}]),
        task("id alone", **text(message_id="a")),
        task("journal alone", **text(journal=journal)),
    ], door).ok()
    assert [played[title]["changed"] for title in ("first", "second", "another text", "put right")] == [True, False, False, True]
    assert played["second"]["message"]["id"] == played["first"]["message"]["id"] and "not sent again" in played["another text"]["warnings"][0]
    assert [row["action"] for row in played["several"]["messages"]] == ["unchanged", "created"]
    assert "journal" in played["id alone"]["msg"] and "message_id" in played["journal alone"]["msg"]
    assert smspanel.sent() == ["سلام", "سلام", "تازه"]
    kept = (tmp_path / "sent.jsonl").read_bytes().decode("utf-8", "replace")
    assert stat.S_IMODE((tmp_path / "sent.jsonl").stat().st_mode) == 0o600 and "سلام" not in kept and "09121234567" not in kept and "demo-token" not in kept
    with contextlib.closing(sqlite3.connect(journal)) as connection:
        assert connection.execute("SELECT key, state FROM kariz_journal ORDER BY key").fetchall() == [("a", "done"), ("b", "done"), ("c", "done")]


def test_recipients_that_move_between_batches(smspanel, texts, tmp_path):
    people = ["0912000000%d" % number for number in range(4)]
    once = {"journal": str(tmp_path / "j"), "message_id": "a", "batch_size": 2}
    played = texts([task("first", **text(recipients=people, **once)), task("more", **text(recipients=["09350000000"] + people, **once))]).ok()
    assert played["first"]["changed"] and played["more"]["error"]["code"] == "recipients_changed" and len(smspanel.sent()) == 2


@pytest.mark.parametrize("as_text", [False, True])
def test_failures_in_words(smspanel, texts, as_text):
    smspanel.reset(credit=50, codes_as_text=as_text)
    played = texts([
        task("no credit", **text()), task("sender", **text(sender="1")),
        task("time", **text(kind="scheduled", send_date="2001-01-01 10:00:00")),
        task("pattern", kind="pattern", sender=LINE, recipients=["09121234567"], pattern_id=102, variables={"name": "x"}),
        task("no book", kind="phonebook", sender=LINE, phonebook="none", text="x"),
        task("too many", **text(recipients=["0912%07d" % number for number in range(201)], batch_size=500)),
        task("token", api_token="wrong", **text()),
        task("needs", sender=LINE, text="x"), task("no meaning", **text(pattern_id=1)), task("nonsense", **text(recipients=["abc"])),
    ]).ok()
    named = {title: (played[title]["error"]["code"], played[title]["error"]["name"]) for title in ("no credit", "sender", "time", "pattern", "too many")}
    assert named == {"no credit": (22, "no_credit"), "sender": (23, "wrong_sender"), "time": (26, "wrong_send_time"), "pattern": (29, "pattern_not_active"),
                     "too many": (21, "too_many_recipients")}
    assert "not enough credit" in played["no credit"]["msg"] and "no phonebook" in played["no book"]["msg"]
    assert played["token"]["error"]["code"] in (401, "not_authenticated") and "api_token" in played["token"]["msg"]
    assert "recipients" in played["needs"]["msg"] and "pattern_id" in played["no meaning"]["msg"] and "abc" in played["nonsense"]["msg"]
    assert smspanel.sent() == []


@pytest.mark.parametrize("code", [27, 1000, 2000])
def test_trouble_at_the_vendor_is_an_unknown_outcome(smspanel, texts, code, tmp_path):
    smspanel.fault("status", path="/sms/send", status=200, body={"status": 200, "result": {"status": code, "id": 0}}, times=0)
    played = texts([task("one", **text(journal=str(tmp_path / "j"), message_id="a")), task("two", **text(journal=str(tmp_path / "j"), message_id="a"))]).ok()
    assert played["one"]["error"]["code"] == played["two"]["error"]["code"] == "outcome_unknown" and smspanel.operations().count("sms.send") == 1


def test_reading(smspanel, texts, door):
    smspanel.seed("phonebooks", 2, numbers=2)
    smspanel.settings(queue_seconds=600.0, operator_seconds=900.0)
    played = texts([
        task("nothing yet", "smspanel_message_info"),
        task("send", **text()), task("latest", "smspanel_message_info"),
        task("ids", "smspanel_message_info", ids=["{{ number }}", "5"], keywords={"vars": {"number": "{{ sent.message.id | default(0) }}"}}),
        task("books", "smspanel_phonebook_info"), task("one", "smspanel_phonebook_info", name="book-00002", with_numbers=True),
        task("none", "smspanel_phonebook_info", name="no such book"), task("slash", "smspanel_phonebook_info", name="a/b"),
        task("profile", "smspanel_profile_info"), task("bad id", "smspanel_message_info", ids=["x"]),
        task("password", "smspanel_profile_info", api_username="kariz-demo", api_password="kariz-demo-pass", api_token="void"),
    ], door).ok()
    assert played["nothing yet"]["messages"] == [] and played["latest"]["messages"][0]["text"] == "سلام"
    assert [row["status"] for row in played["ids"]["messages"]] == ["unknown_id", "unknown_id"]
    assert [row["name"] for row in played["books"]["phonebooks"]] == ["book-00001", "book-00002"]
    assert len(played["one"]["phonebooks"][0]["numbers"]) == 2 and played["none"]["phonebooks"] == played["slash"]["phonebooks"] == []
    assert played["profile"]["profile"]["company"] == "کاریز" == played["password"]["profile"]["company"] and "ids" in played["bad id"]["msg"]
    number = str(played["latest"]["messages"][0]["id"])
    smspanel.settings(clock_ahead=10000.0)
    assert texts([task("later", "smspanel_message_info", ids=[number])], door).ok()["later"]["messages"] == [
        {"id": int(number), "code": 4, "status": "delivered"}]


def test_credit(smspanel, texts):
    variables = {"smspanel_api_url": smspanel.url, "smspanel_api_token": "kariz-demo-token"}
    tasks = [{"name": "credit", "ansible.builtin.debug": {"msg": "{{ lookup('kariz.panels.smspanel_credit') * 2 }}"}, "ignore_errors": True}]
    assert int(texts(tasks, variables=variables).ok()["credit"]["msg"]) == 2_000_000
    smspanel.settings(user_status=3)
    assert "locked" in texts(tasks, variables=variables).output
