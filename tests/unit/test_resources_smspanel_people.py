# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phonebooks and users of the SMS panel: only the difference is sent, in the vendor's own spelling, and nobody is registered twice."""

from __future__ import annotations

import pytest
from requests_of import answers, asked, read, sent
from resources import Panel

from ansible_collections.kariz.panels.plugins.module_utils._smspanel import phonebook

BOOK, HAS = "همکاران", ["09121234501", "09351234503"]


@pytest.fixture
def panel(wire, tmp_path):
    return Panel(wire, "smspanel", tmp_path, "default")


def ok(result):
    return {"status": 200, "result": result}


# -- phonebooks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "body"), [
    ({}, {"numbers": []}), ({"numbers": ["+98 912 123 4567", " ۰۹۳۵۱۲۳۴۵۰۳ "]}, {"numbers": ["+98 912 123 4567", "09351234503"]}),
    ({"numbers": ["09121234567"], "flag": "x", "numbers_mode": "replace"}, {"numbers": ["09121234567"], "flag": "x"}),
])
def test_a_phonebook_is_made(panel, given, body):
    ran = panel.both("smspanel_phonebook", name="تازه", **given)
    assert sent(ran) == [("books.create", {"name": "تازه", **body})] and ran.result["changed"] and "تازه" in panel.vendor.books()
    made = ran.result["phonebook"]
    assert made["name"] == "تازه" and made["id"] == panel.vendor.dump()["phonebooks"][-1]["book_id"]
    assert asked(ran) == ["books.list", "books.create"] and "flag" not in made
    assert ran.result["diff"]["before"] == {} and ran.result["diff"]["after"]["name"] == "تازه"
    if "numbers" in given:
        assert ran.result["diff"]["after"]["numbers"] == sorted(phonebook.same_number(one) for one in given["numbers"])
    assert not panel.both("smspanel_phonebook", name="تازه", **given).result["changed"]


@pytest.mark.parametrize(("mode", "numbers", "writes", "left"), [
    (None, ["09121234501", "+989121234501"], [], HAS), ("merge", ["9351234503", "09120000009"], [("numbers.add", ["09120000009"])], [*HAS, "09120000009"]),
    ("replace", ["+98 935 123 4503", "09120000009"], [("numbers.add", ["09120000009"]), ("numbers.remove", ["09121234501"])], ["09351234503", "09120000009"]),
    ("replace", ["989121234501", "00989351234503"], [], HAS), ("replace", ["09121234501"], [("numbers.remove", ["09351234503"])], ["09121234501"]),
    ("replace", [], [("numbers.remove", HAS)], []), ("remove", ["9121234501", "09120000009"], [("numbers.remove", ["09121234501"])], ["09351234503"]),
    ("remove", ["09120000009"], [], HAS), ("merge", [], [], HAS),
])
def test_only_the_difference_is_sent(panel, mode, numbers, writes, left):
    ran = panel.both("smspanel_phonebook", name="همكاران", numbers=numbers, **({"numbers_mode": mode} if mode else {}))
    assert sent(ran) == [(operation, {"numbers": those}) for operation, those in writes] and ran.result["changed"] is bool(writes)
    assert panel.vendor.books()[BOOK] == left and read(ran) == [("books.list", {}), ("numbers.list", {})]
    assert ran.result["diff"]["before"]["numbers"] == (HAS if writes else ran.result["diff"]["after"]["numbers"])
    assert ran.result["diff"]["after"]["numbers"] == sorted(left) and ran.result["phonebook"]["id"] == 8001
    assert not panel.both("smspanel_phonebook", name=BOOK, numbers=numbers, **({"numbers_mode": mode} if mode else {})).result["changed"]


def test_a_flag_goes_with_every_change(panel):
    ran = panel.run("smspanel_phonebook", name=BOOK, numbers=["09120000009"], numbers_mode="replace", flag="f")
    assert sent(ran) == [("numbers.add", {"numbers": ["09120000009"], "flag": "f"}), ("numbers.remove", {"numbers": HAS, "flag": "f"})]
    assert sent(panel.both("smspanel_phonebook", name=BOOK, flag="g")) == []


def test_a_number_that_stands_there_twice_goes_in_both_spellings(panel):
    book = panel.wire.simulator.vendors["smspanel"].state.books[0]
    book["numbers"].append({"number_id": 1, "number": "+989121234501"})
    assert not panel.run("smspanel_phonebook", name=BOOK, numbers=HAS, numbers_mode="replace").result["changed"]
    ran = panel.run("smspanel_phonebook", name=BOOK, numbers=["09121234501"], numbers_mode="remove")
    assert sent(ran) == [("numbers.remove", {"numbers": ["09121234501", "+989121234501"]})] and panel.vendor.books()[BOOK] == ["09351234503"]


def test_a_phonebook_goes(panel):
    ran = panel.both("smspanel_phonebook", name="همكاران", state="absent")
    assert [(entry["operation"], entry["path"]) for entry in ran.requests if entry["write"]] == [("books.delete", "/phonebook/8001")]
    assert ran.result["changed"] and panel.vendor.books() == {} and ran.result["diff"]["after"] == {}
    assert not panel.both("smspanel_phonebook", name=BOOK, state="absent").result["changed"]


def test_phonebooks_that_no_item_names_are_purged(panel):
    panel.vendor.seed("phonebooks", 2, prefix="b", numbers=1)
    ran = panel.both("smspanel_phonebook", phonebooks=[{"name": BOOK}], purge=True)
    assert [entry["action"] for entry in ran.result["phonebooks"]] == ["unchanged", "deleted", "deleted"] and list(panel.vendor.books()) == [BOOK]
    assert "purge: true needs phonebooks" in panel.run("smspanel_phonebook", name=BOOK, purge=True).msg


@pytest.mark.parametrize(("given", "told"), [
    ({"name": ""}, "name is required and must not be empty"), ({"name": "a", "numbers": ["x"]}, "numbers[0]: must be a number, not 'x'"),
    ({"name": "a", "numbers": [""]}, "numbers[0]: must be a number"), ({"name": "a", "numbers_mode": "x"}, "numbers_mode: must be"),
    ({"phonebooks": [{"name": "كتاب"}, {"name": "کتاب"}]}, "phonebooks[1]: names the same phonebook"),
])
def test_options_of_a_phonebook_that_are_refused(panel, given, told):
    ran = panel.run("smspanel_phonebook", **given)
    assert told in ran.msg and ran.requests == []


@pytest.mark.parametrize("result", [{"status": 41}, {"status": 43}, {"id": 5}, None])
def test_a_phonebook_that_is_not_made(panel, result):
    answers(panel, ("books.create", ok(result)))
    ran = panel.run("smspanel_phonebook", name="a")
    if result in ({"status": 41}, {"id": 5}, None):
        # The simulator has made it; only the answer said otherwise.
        assert not ran.failed and ran.result["phonebook"]["id"] is not None
    else:
        assert ran.result["error"]["code"] == 43 and not ran.result["changed"]


@pytest.mark.parametrize("result", [0, {"status": 0}, {"status": 0, "id": None}])
def test_an_id_that_is_not_told_is_read(panel, result):
    answers(panel, ("books.create", ok(result)))
    ran = panel.run("smspanel_phonebook", name="a")
    assert ran.result["phonebook"]["id"] == panel.vendor.dump()["phonebooks"][-1]["book_id"] and asked(ran) == ["books.list", "books.create", "books.list"]


@pytest.mark.parametrize(("kind", "added", "removed"), [
    ("reset_after", 1, 2), ("status_after", 1, 1), ("reset_before", 1, 2), ("status", 2, 2),
])
def test_a_change_whose_answer_was_lost(panel, kind, added, removed):
    """Adding is not repeated unless the server has certainly finished; removing twice is removing once."""
    more = {"status": 500} if kind.startswith("status") else {}
    panel.vendor.fault(kind, **more, operation="numbers.add")
    ran = panel.run("smspanel_phonebook", name=BOOK, numbers=["09120000009"])
    assert asked(ran).count("numbers.add") == added and ran.failed is (kind == "reset_before")
    assert ran.failed or (ran.result["changed"] and panel.vendor.books()[BOOK] == [*HAS, "09120000009"])
    if ran.failed:
        assert ran.result["error"]["code"] == "outcome_unknown"
    panel.vendor.fault(kind, **more, operation="numbers.remove")
    ran = panel.run("smspanel_phonebook", name=BOOK, numbers=["09121234501"], numbers_mode="remove")
    assert not ran.failed and asked(ran).count("numbers.remove") == removed and "09121234501" not in panel.vendor.books()[BOOK]


def test_a_removal_may_be_sent_again_whatever_became_of_it(panel):
    panel.vendor.fault("reset_before", operation="numbers.remove", times=2)
    ran = panel.run("smspanel_phonebook", name=BOOK, numbers=HAS[:1], numbers_mode="remove")
    assert not ran.failed and asked(ran).count("numbers.remove") == 3 and panel.vendor.books()[BOOK] == HAS[1:]


def test_the_first_numbers_whose_answer_was_lost(panel):
    panel.wire.simulator.vendors["smspanel"].state.add_book("empty", [])
    panel.vendor.fault("reset_after", operation="numbers.add")
    ran = panel.run("smspanel_phonebook", name="empty", numbers=HAS)
    assert not ran.failed and asked(ran).count("numbers.add") == 1 and panel.vendor.books()["empty"] == HAS


def test_a_change_that_is_lost_time_and_again(panel):
    for operation, given in (("numbers.add", {"numbers": ["09120000009"]}), ("numbers.remove", {"numbers": HAS[:1], "numbers_mode": "remove"})):
        panel.vendor.fault("status", status=500, operation=operation, times=0)
        ran = panel.run("smspanel_phonebook", name=BOOK, **given)
        assert ran.result["error"]["code"] == "outcome_unknown" and asked(ran).count(operation) == 2
        panel.wire.clear_faults()
        panel.vendor.fault("reset_after", operation=operation, times=2)
        panel.vendor.fault("status", status=403, operation="numbers.list", skip=1, times=0)
        ran = panel.run("smspanel_phonebook", name=BOOK, **given)
        assert ran.result["error"]["code"] == "outcome_unknown" and asked(ran).count(operation) == (1 if operation == "numbers.add" else 2)
        panel.wire.clear_faults()
        panel.vendor.reset("default")


def test_numbers_as_they_are_compared():
    field = phonebook.NumbersField("numbers", "set", mode="numbers_mode")
    assert field.same(["0912 123 4501", "+989351234503"], [*HAS, HAS[0]]) and not field.same(HAS, HAS[:1]) and field.same(None, []) and field.shown(None) == []
    assert field.wanted(None, HAS, "replace") == HAS and field.wanted(None, HAS, "remove") == [] and field.wanted(None, HAS, None) == HAS
    assert phonebook.same_number("3000 1234") == "30001234" and phonebook.same_number("9809121234501") == "9809121234501"


# -- users ---------------------------------------------------------------------------------------------------------------


ALL = {"first_name": "سارا", "last_name": "نو", "name": "s", "national_code": "۰۰۱۲۳۴۵۶۷۹", "birth_certificate": "12", "postal_code": "1234567890",
       "phone": "021-88001234", "mobile": "+98 912 123 4567", "email": "a@b.ir", "address": "تهران", "manager": "kariz-demo", "package": "1"}
SENT = {"firstName": "سارا", "lastName": "نو", "name": "s", "melliCode": "0012345679", "shShenasname": "12", "postalCode": "1234567890",
        "phoneNumber": "021-88001234", "mobileNumber": "09121234567", "email": "a@b.ir", "addres": "تهران", "modir": "kariz-demo", "package": "1"}


@pytest.mark.parametrize(("given", "body"), [({}, {}), (ALL, SENT), ({"first_name": "", "mobile": "", "email": "a@b.ir"}, {"email": "a@b.ir"})])
def test_a_user_is_registered_with_what_was_given(panel, given, body):
    ran = panel.both("smspanel_user", username="new.one", password="pass-1", **given)
    assert sent(ran) == [("register", {"username": "new.one", "password": "pass-1", "repeatPassword": "pass-1", **body})] and ran.result["changed"]
    assert ran.result["user"] == {"username": "new.one"} and "pass-1" not in str({**ran.result, "invocation": None})
    assert asked(ran) == ["profile", "register"]
    again = panel.both("smspanel_user", username="new.one", password="pass-1", **given)
    assert sent(again) == [] and not again.result["changed"] and asked(again) == ["profile"]


def test_a_user_with_another_password_is_told(panel):
    panel.run("smspanel_user", username="new.one", password="pass-1")
    ran = panel.run("smspanel_user", username="new.one", password="pass-2")
    assert not ran.failed and not ran.result["changed"] and asked(ran) == ["profile", "register"]
    assert ran.result["warnings"] == ["user new.one exists already, with another password or data; the vendor has no call to look at or change it"]


def test_a_user_without_a_password(panel):
    ran = panel.run("smspanel_user", username="new.one")
    assert "user new.one does not exist and cannot be made without password" in ran.msg and ran.requests == []


@pytest.mark.parametrize(("given", "told"), [
    ({"username": ""}, "username is required"), ({"username": "a\u200db"}, "username: holds a mark that nobody sees"),
    ({"username": "a", "password": "p", "mobile": "0912"}, "mobile: '0912' is not a mobile number"),
    ({"username": "a", "phone": "x"}, "phone: must be a number"),
    ({"username": "a", "national_code": "x"}, "national_code: must be a number"), ({"username": "a", "package": "x"}, "package: must be a number"),
    ({"username": "a", "postal_code": "x"}, "postal_code: must be a number"),
    ({"username": "a", "birth_certificate": "x"}, "birth_certificate: must be a number"),
    ({"username": "a", "password": ""}, "password: must not be empty"),
    ({"username": "a\nb", "password": "p"}, "username: holds a line break or another control character, which no header can hold"),
    ({"username": "a", "password": "canary "}, "password: begins or ends with white space, which no header can hold"),
    ({"username": "a", "password": "canary\n"}, "password: holds a line break or another control character, which no header can hold (it is at the end"),
    ({"users": [{"username": "b", "password": "p"}, {"username": "a", "password": " canary"}]}, "users[1].password: begins or ends with white space"),
])
def test_options_of_a_user_that_are_refused(panel, given, told):
    ran = panel.run("smspanel_user", **given)
    assert told in ran.msg and ran.requests == [] and "canary" not in str(ran.result)


@pytest.mark.parametrize("sign", [" ", "\u00a0", "\n", "\u00a0 \t"])
def test_a_user_whose_name_ends_with_what_nobody_sees(panel, sign):
    """What the panel would trim is sent without it, so that he is found in the next run instead of being registered once more."""
    for name, writes in (("new.one" + sign, 1), (sign + "new.one", 0), ("new.one", 0)):
        ran = panel.both("smspanel_user", username=name, password="pass-1", first_name="سارا\u00a0")
        assert len(sent(ran)) == writes and ran.result["changed"] is bool(writes) and "warnings" not in ran.result
        assert ran.result["user"] == {"username": "new.one"}
    assert [user["username"] for user in panel.vendor.dump()["users"]] == ["new.one"]
    twice = panel.run("smspanel_user", users=[{"username": "a", "password": "p"}, {"username": "a" + sign, "password": "p"}])
    assert "users[1]: names the same user" in twice.msg and twice.requests == []


@pytest.mark.parametrize(("answer", "there"), [
    (ok({"status": 0, "details": {}}), True), (ok(2), True), (ok({"status": 3}), True), (ok({"status": "6"}), True), (ok({"status": 1}), False),
    ({"status": 401}, False), ({"status": 403}, False), ({"status": 404}, False), ({"status": 400}, False),
])
def test_whether_a_user_is_there(panel, answer, there):
    answers(panel, ("profile", answer))
    ran = panel.run("smspanel_user", username="new.one", password="p")
    assert not ran.failed and ran.result["changed"] is not there and (asked(ran) == ["profile"]) is there


@pytest.mark.parametrize(("answer", "code"), [
    (ok({"status": 7}), "bad_answer"), (ok({"details": {}}), "bad_answer"), ({"status": 500}, 500), ({"status": 429}, 429),
])
def test_a_user_who_cannot_be_looked_at(panel, answer, code):
    answers(panel, *[("profile", answer)] * 2)
    ran = panel.run("smspanel_user", users=[{"username": "new.one", "password": "p"}, {"username": "new.two", "password": "p"}], api_retries=0)
    assert ran.result["users"][0]["action"] == "failed" if "users" in ran.result else ran.result["error"]["code"] == code
    assert ("register", {}) not in sent(ran) and "new.one" not in [user["username"] for user in panel.vendor.dump()["users"]]


def test_one_of_two_who_cannot_be_looked_at(panel):
    answers(panel, ("profile", ok({"status": 7})))
    ran = panel.run("smspanel_user", users=[{"username": "new.one", "password": "p"}, {"username": "new.two", "password": "p"}])
    assert [one["action"] for one in ran.result["users"]] == ["failed", "created"] and ran.result["users"][0]["error"]["code"] == "bad_answer"


def test_an_answer_that_is_nobodys(panel):
    """A page of whoever stands in between says nothing about the user."""
    panel.vendor.fault("html", status=403, operation="profile")
    ran = panel.run("smspanel_user", username="new.one", password="p")
    assert ran.result["error"]["code"] == "bad_answer" and sent(ran) == []


@pytest.mark.parametrize(("result", "code"), [(41, 41), (15, None), (10, 10), ({"status": 16}, 16), (1000, None), ("x", None)])
def test_a_registration_that_is_refused(panel, result, code):
    answers(panel, ("profile", ok(1)), ("register", ok(result)), ("profile", ok(1)))
    ran = panel.run("smspanel_user", username="new.one", password="p")
    assert (ran.result["error"]["code"] if ran.failed else None) == code and asked(ran).count("register") == 1
    if code == 41:
        assert ran.result["error"]["name"] == "phonebook_exists" and ran.result["error"]["operation"] == "register user"


@pytest.mark.parametrize("kind", ["reset_after", "status_after", "reset_before"])
def test_a_registration_whose_answer_was_lost(panel, kind):
    panel.vendor.fault(kind, **({"status": 500} if kind == "status_after" else {}), operation="register")
    ran = panel.run("smspanel_user", username="new.one", password="p")
    assert asked(ran).count("register") == 1 and ran.failed is (kind == "reset_before")
    assert (ran.result["error"]["code"] == "outcome_unknown") if ran.failed else ran.result["changed"]
