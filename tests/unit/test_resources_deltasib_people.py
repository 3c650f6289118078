# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DeltaSib's subscribers and their status: what is sent to the letter, what is told, what is refused, and what a lost answer leads to."""

from __future__ import annotations

import pytest
from requests_of import answers, asked, read, sent, values
from resources import Panel

from jobs import Loop  # isort: skip
from kariz_simulator.messages import Answer  # isort: skip

MASK = "********"
REFUSED = {"ErrorCode": -5, "ErrorDesc": "Invalid Data"}


@pytest.fixture
def panel(wire, tmp_path):
    return Panel(wire, "deltasib", tmp_path, "default")


# -- subscribers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "body"), [
    ({}, {}), ({"name": "سارا", "family": "نو"}, {"Name": "سارا", "Family": "نو"}), ({"name": "", "family": "نو"}, {"Family": "نو"}),
    ({"name": "سارا", "family": ""}, {"Name": "سارا"}),
])
def test_a_subscriber_is_made_of_what_was_given(panel, given, body):
    ran = panel.both("deltasib_user", username="new.one", password="pass-1", **given)
    assert sent(ran) == [("user.add", {"Username": "new.one", "Password": "pass-1", **body})]
    assert ran.result["changed"] and ran.result["user"] == {"username": "new.one", "id": 1008, "address": "", **given}
    assert ran.result["diff"]["before"] == {} and ran.result["diff"]["after"] == {"username": "new.one", "password": MASK, **given}
    assert panel.vendor.users()["new.one"]["Password"] == "pass-1"


@pytest.mark.parametrize("username", ["zahra.karimi", "ZAHRA.Karimi"])
def test_a_subscriber_who_is_there(panel, username):
    ran = panel.both("deltasib_user", username=username, password="another", name="زهرا", family="کريمي")
    assert sent(ran) == [] and not ran.result["changed"] and "warnings" not in ran.result
    assert ran.result["user"] == {"username": "zahra.karimi", "id": 1001, "address": "بلوار کشاورز، پلاک ۱۲", "name": "زهرا", "family": "کریمی"}
    assert read(ran) == [("user.list", {"Filter": "Username='%s'" % username})]


def test_another_name_is_told_and_left(panel):
    ran = panel.both("deltasib_user", username="zahra.karimi", name="زری", family="")
    assert sent(ran) == [] and not ran.result["changed"]
    assert ran.result["warnings"] == [
        "%s of subscriber zahra.karimi is '%s' and not '%s': the service cannot change it, so change it in the panel of DeltaSib (or here)" % each
        for each in (("name", "زهرا", "زری"), ("family", "کریمی", ""))]
    assert ran.result["unchangeable"] == {"zahra.karimi": {"name": {"before": "زهرا", "after": "زری"}, "family": {"before": "کریمی", "after": ""}}}


def test_a_password_is_set_again_only_when_that_is_said(panel):
    for how in ({}, {"update_password": "on_create"}):
        assert sent(panel.both("deltasib_user", username="zahra.karimi", password="fresh", **how)) == []
    ran = panel.both("deltasib_user", username="Zahra.Karimi", password="fresh", update_password="always")
    assert sent(ran) == [("user.edit", {"Username": "zahra.karimi", "Password": "fresh"})]
    assert ran.result["changed"] and panel.vendor.users()["zahra.karimi"]["Password"] == "fresh"
    assert ran.result["diff"]["before"]["password"] == MASK and ran.result["diff"]["after"]["password"] == MASK + " (changed)"


@pytest.mark.parametrize("fault", [{"kind": "status_after", "status": 500}, {"kind": "reset_after"}])
def test_a_password_whose_answer_was_lost_is_sent_again(panel, fault):
    panel.vendor.fault(**fault, operation="user.edit", times=1)
    ran = panel.run("deltasib_user", username="zahra.karimi", password="fresh", update_password="always")
    assert not ran.failed and ran.result["changed"] and asked(ran).count("user.edit") == 2


def test_a_password_that_is_lost_time_and_again(panel):
    panel.vendor.fault("status_after", status=500, operation="user.edit", times=0)
    ran = panel.run("deltasib_user", username="zahra.karimi", password="fresh", update_password="always")
    assert ran.failed and ran.result["error"]["code"] == "outcome_unknown" and "fresh" not in str(ran.result)


@pytest.mark.parametrize(("given", "told"), [
    ({"username": "new.one"}, "user new.one does not exist and cannot be made without password"),
    ({"username": ""}, "username is required and must not be empty"),
    ({"username": "a" * 33}, "username: must have 1 to 32 characters, none of them a space at the ends: '%s'" % ("a" * 33)),
    ({"username": " a"}, "username: must have 1 to 32 characters, none of them a space at the ends: ' a'"),
    ({"username": "a\u200cb"}, "username: holds a mark that nobody sees (U+200C); type it again"),
    ({"username": "o'neil"}, "username: must not hold a quote or a backslash: \"o'neil\""),
    ({"username": "a", "password": "p" * 33}, "password: must have 32 characters or less"),
    ({"username": "a", "password": ""}, "password: must not be empty: it cannot be cleared"),
    ({"username": "a", "name": "n" * 33}, "name: must have 32 characters or less"),
    ({"username": "a", "family": "n" * 33}, "family: must have 32 characters or less"),
])
def test_what_no_subscriber_can_be(panel, given, told):
    ran = panel.run("deltasib_user", **given)
    assert told in ran.msg and sent(ran) == [] and not ran.result["changed"]


def test_the_longest_subscriber(panel):
    assert sent(panel.run("deltasib_user", username="a" * 32, password="p" * 32, name="n" * 32, family="f" * 32)) == [
        ("user.add", {"Username": "a" * 32, "Password": "p" * 32, "Name": "n" * 32, "Family": "f" * 32})]


@pytest.mark.parametrize("code", [-5, -4])
def test_a_name_that_is_taken_after_all(panel, code):
    panel.vendor.settings(duplicate_code=code)
    answers(panel, ("user.list", []))
    ran = panel.run("deltasib_user", username="zahra.karimi", password="p", name="زهرا")
    assert not ran.failed and not ran.result["changed"] and ran.result["user"]["id"] == 1001 and asked(ran) == ["user.list", "user.add", "user.list"]


@pytest.mark.parametrize(("body", "code"), [(REFUSED, -5), ({"ErrorCode": -4, "ErrorDesc": "no"}, -4), ({"ErrorCode": -3}, -3), ({"ErrorCode": -2}, -2),
                                            ({"ErrorCode": -7}, -7)])
def test_a_refused_subscriber(panel, body, code):
    panel.vendor.fault("status", status=400, body=body, operation="user.add")
    ran = panel.run("deltasib_user", username="new.one", password="p")
    assert ran.failed and ran.result["error"]["code"] == code and ran.result["error"]["operation"] == "add user"
    assert asked(ran).count("user.list") == (2 if code in (-5, -4) else 1)


def test_a_lost_subscriber_is_looked_for(panel):
    panel.vendor.fault("reset_after", operation="user.add")
    ran = panel.run("deltasib_user", username="new.one", password="p")
    assert not ran.failed and ran.result["changed"] and ran.result["user"]["id"] == 1008 and "new.one" in panel.vendor.users()


def test_many_subscribers_are_found_with_few_requests(panel):
    panel.vendor.seed("users", 101, prefix="a")
    users = [{"username": "A-%05d" % number} for number in range(1, 102)]
    ran = panel.run("deltasib_user", users=users)
    assert not ran.result["changed"] and asked(ran) == ["user.list"] * 2 and ran.result["summary"]["unchanged"] == 101
    assert values(ran.requests[-1]) == {"Filter": "Username='A-00101'"}
    panel.vendor.fault("status", status=403, operation="user.list", skip=1)
    ran = panel.run("deltasib_user", users=users)
    assert [entry["username"] for entry in ran.result["users"] if entry["action"] == "failed"] == ["A-00101"]


def test_two_who_differ_in_the_case_of_letters(panel):
    answers(panel, *[("user.list", [{"User_Id": number, "Username": name} for number, name in ((1001, "zahra.karimi"), (1008, "Zahra.Karimi"))])] * 2)
    for username, number in (("zahra.karimi", 1001), ("Zahra.Karimi", 1008)):
        assert panel.run("deltasib_user", username=username).result["user"]["id"] == number


@pytest.mark.parametrize("row", [{"User_Id": None, "Username": "zahra.karimi"}, {"User_Id": 1001, "Username": ""}, {"User_Id": 1001, "Username": None}])
def test_a_row_without_a_name_or_an_id(panel, row):
    answers(panel, ("user.list", [row]))
    ran = panel.run("deltasib_user", username="zahra.karimi", password="p")
    assert ran.result["error"]["code"] == "bad_answer" and sent(ran) == []


def test_a_longer_loop_reads_the_list_of_all_once(panel):
    loop = Loop()
    panel.vendor.clear_journal()
    done = [loop.item("deltasib_user", {**panel.vendor.connection, "username": name, "password": "p"}) for name in (*panel.vendor.users(), "new.one")]
    assert [result["changed"] for result in done] == [False] * 7 + [True]
    assert [values(entry) for entry in panel.vendor.journal() if entry["operation"] == "user.list"].count({}) == 1


# -- status --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "body", "told"), [
    ({"username": "zahra.karimi", "status": "تعلیق"}, {"Username": "zahra.karimi", "Status_Name": "تعلیق"}, (None, "تعلیق")),
    ({"username": "zahra.karimi", "status": " ۳ "}, {"Username": "zahra.karimi", "Status_Id": "3"}, (3, None)),
    ({"user_id": 1001, "status": 2}, {"User_Id": "1001", "Status_Id": "2"}, (2, None)),
    ({"user_id": "۱۰۰۱", "status": "غیرفعال"}, {"User_Id": "1001", "Status_Name": "غیرفعال"}, (None, "غیرفعال")),
])
def test_a_status_is_set(panel, given, body, told):
    ran = panel.both("deltasib_user_status", **given)
    assert sent(ran) == [("user.status.add", body)] and ran.result["changed"]
    owner = {"username": "zahra.karimi"} if "username" in given else {"user_id": 1001}
    wanted = str(given["status"]).strip()
    assert ran.result["user"] == {**owner, "status": wanted, "status_id": told[0], "status_name": told[1]}
    assert panel.vendor.users()["zahra.karimi"]["Status_Id"] in (2, 3)
    assert ran.result["diff"]["before"] == {**owner, "status": "1" if told[0] else "فعال"} and ran.result["diff"]["after"] == {**owner, "status": wanted}
    again = panel.both("deltasib_user_status", **given)
    assert sent(again) == [] and not again.result["changed"]
    assert read(again) == [("user.status.currentstatus", {name: body[name] for name in ("Username", "User_Id") if name in body})]


@pytest.mark.parametrize("status", ["فعال", " فعال ", "1", "۱", 1])
def test_a_status_that_is_there(panel, status):
    ran = panel.both("deltasib_user_status", username="zahra.karimi", status=status)
    assert sent(ran) == [] and not ran.result["changed"] and (ran.result["user"]["status_id"], ran.result["user"]["status_name"]) == (1, "فعال")
    assert panel.both("deltasib_user_status", username="zahra.karimi").result["user"]["status"] == "فعال"


def test_a_status_is_another_only_by_its_letters(panel):
    answers(panel, *[("user.status.currentstatus", [{"Status_Id": "9", "Status_Name": "Blocked كاربر ۲"}])] * 4)
    assert not panel.run("deltasib_user_status", username="zahra.karimi", status="bLOCKED کاربر 2").result["changed"]
    assert panel.run("deltasib_user_status", username="zahra.karimi", status="blocked", check=True).result["changed"]
    assert not panel.run("deltasib_user_status", username="zahra.karimi", status="9").result["changed"]
    # A number of thirty-one digits is a name.
    assert panel.run("deltasib_user_status", username="zahra.karimi", status="9" * 31, check=True).result["user"]["status_name"] == "9" * 31


@pytest.mark.parametrize(("rows", "found"), [
    ({"Status_Id": 1, "Status_Name": "فعال"}, (1, "فعال")), ([{"Status_Id": None, "Status_Name": "x"}], (None, "x")),
    ([{"Status_Id": "", "Status_Name": " x "}], (None, "x")), ([{"STATUS_ID": "۲", "status_name": "تعلیق"}], (2, "تعلیق")),
])
def test_a_status_as_servers_tell_it(panel, rows, found):
    answers(panel, ("user.status.currentstatus", rows))
    user = panel.run("deltasib_user_status", username="zahra.karimi").result["user"]
    assert (user["status_id"], user["status_name"]) == found


@pytest.mark.parametrize(("rows", "told"), [
    ([{"Status_Id": 1, "Status_Name": "a"}] * 2, "read status: 2 rows for one subscriber"), ([], "read status: 0 rows for one subscriber"),
    ([{"Status_Id": "x", "Status_Name": "a"}], "read status: a row: expected status_id, a number"), ({"status": 1}, "read status: expected a list of rows"),
])
def test_a_status_that_cannot_be_read(panel, rows, told):
    answers(panel, ("user.status.currentstatus", rows))
    ran = panel.run("deltasib_user_status", username="zahra.karimi", status="فعال")
    assert told in ran.msg and ran.result["error"]["code"] == "bad_answer" and sent(ran) == []


@pytest.mark.parametrize(("given", "told"), [
    ({"status": "a"}, "username, user_id or users is required"), ({"username": "a", "user_id": 1}, "mutually exclusive"),
    ({"users": [{"username": "", "status": "a"}]}, "users[0]: give one of username and user_id"),
    ({"username": "zahra.karimi", "status": " "}, "status: must not be empty: it cannot be cleared"),
    ({"user_id": "x"}, "user_id: must be a number, not 'x'"), ({"user_id": "1" * 19}, "user_id: must be a whole number"),
    ({"user_id": "-1"}, "user_id: must be a whole number"), ({"username": "a b "}, "username: must have 1 to 32 characters"),
    ({"users": [{"username": "a", "status": "x"}, {"username": "A", "status": "y"}]}, "users[1]: names the same user (A) as users[0]"),
])
def test_options_of_a_status_that_are_refused(panel, given, told):
    ran = panel.run("deltasib_user_status", **given)
    assert told in ran.msg and ran.requests == []


def test_a_status_that_nobody_gave(panel):
    """It is only read; of a subscriber who is not there, nothing."""
    ran = panel.both("deltasib_user_status", username="zahra.karimi")
    assert not ran.failed and ran.result["changed"] is False and ran.result["user"]["status"] == "فعال" and sent(ran) == []
    ran = panel.run("deltasib_user_status", username="zahra.karim")
    assert "there is no subscriber zahra.karim (did you mean zahra.karimi?)" in ran.msg and "without status" not in ran.msg
    assert ran.result["error"]["code"] == "not_found" and sent(ran) == []
    ran = panel.run("deltasib_user_status", users=[{"username": "zahra.karim"}, {"username": "zahra.karimi"}])
    assert [entry["action"] for entry in ran.result["users"]] == ["failed", "unchanged"] and "there is no subscriber zahra.karim" in ran.msg
    # In check mode an earlier task may be about to make him; nothing will be set then.
    ran = panel.run("deltasib_user_status", check=True, username="new.one")
    assert not ran.failed and ran.result["changed"] is False and ran.result["warnings"] == ["there is no subscriber new.one yet; a real run would need him"]
    made = {"users": [{"username": "New.one", "action": "created"}]}
    ran = panel.run("deltasib_user_status", check=True, username="new.one", foretold=made)
    assert not ran.failed and ran.result["changed"] is False and "warnings" not in ran.result
    ran = panel.run("deltasib_user_status", check=True, username="new.one", foretold={"users": []})
    assert ran.failed and "there is no subscriber new.one" in ran.msg


def test_a_status_that_the_present_one_does_not_allow(panel):
    panel.vendor.mutate("users", {"User_Id": 1001}, {"Status_Id": 4})
    ran = panel.run("deltasib_user_status", username="zahra.karimi", status="فعال")
    assert ran.result["error"]["code"] == -5 and "is not allowed" in ran.msg and not ran.result["changed"] and asked(ran).count("user.status.add") == 1


@pytest.mark.parametrize("status", ["تعلیق", "2"])
@pytest.mark.parametrize("code", [-5, -4])
def test_a_status_that_was_set_meanwhile(panel, status, code):
    """The refusal of the second of two is no failure when the status is the wanted one."""
    panel.vendor.mutate("users", {"User_Id": 1001}, {"Status_Id": 2})
    answers(panel, ("user.status.currentstatus", [{"Status_Id": 1, "Status_Name": "فعال"}]),
            ("user.status.add", Answer(400, {"ErrorCode": code, "ErrorDesc": "already"})))
    ran = panel.run("deltasib_user_status", username="zahra.karimi", status=status)
    assert ran.failed is (code == -4)


@pytest.mark.parametrize("kind", ["reset_after", "status_after", "reset_before"])
def test_a_lost_status_is_looked_at(panel, kind):
    panel.vendor.fault(kind, **({"status": 500} if kind == "status_after" else {}), operation="user.status.add")
    ran = panel.run("deltasib_user_status", username="zahra.karimi", status="2")
    assert not ran.failed and panel.vendor.users()["zahra.karimi"]["Status_Id"] == 2
    assert asked(ran).count("user.status.add") == (2 if kind == "reset_before" else 1)


def test_statuses_of_subscribers_who_are_not_there(panel):
    users = [{"username": "Zahra.karim", "status": "1"}, {"user_id": 99, "status": "1"}, {"username": "zahra.karimi", "status": "1"}]
    ran = panel.run("deltasib_user_status", users=users)
    assert [entry["action"] for entry in ran.result["users"]] == ["failed", "failed", "unchanged"]
    first, second = (entry["error"] for entry in ran.result["users"][:2])
    assert first["message"] == "there is no subscriber Zahra.karim (did you mean zahra.karimi?)" and first["code"] == "not_found"
    assert second["code"] == -4 and "deltasib_user makes one; deltasib_user_info lists them" in ran.msg
    assert sent(ran) == []


@pytest.mark.parametrize(("more", "ends"), [
    ({}, "warned"), ({"foretold": {"users": [{"username": "New.one", "action": "created"}]}}, "fine"), ({"foretold": {"users": []}}, "failed"),
    ({"foretold": {"users": [{"username": "new.one", "action": "deleted"}]}}, "failed"),
])
def test_a_status_of_a_subscriber_to_be_made(panel, more, ends):
    ran = panel.run("deltasib_user_status", check=True, username="new.one", status="1", **more)
    assert ran.failed is (ends == "failed")
    warnings = ran.result.get("warnings", [])
    assert warnings == (["there is no subscriber new.one yet; a real run would need him"] if ends == "warned" else [])
    assert panel.run("deltasib_user_status", check=True, user_id=99, status="1", **more).failed


def test_a_refused_look_at_a_status_is_no_missing_subscriber(panel):
    panel.vendor.fault("status", status=400, body=REFUSED, operation="user.status.currentstatus", times=0)
    ran = panel.run("deltasib_user_status", username="zahra.karimi", status="1")
    assert ran.result["error"]["code"] == -5 and asked(ran) == ["user.status.currentstatus", "user.list"]
    assert panel.run("deltasib_user_status", user_id=1001, status="1").result["error"]["code"] == -5
    panel.wire.clear_faults()
    panel.vendor.fault("status", status=403, body={"ErrorCode": -3}, operation="user.status.currentstatus")
    ran = panel.run("deltasib_user_status", username="zahra.karimi", status="1")
    assert ran.result["error"]["code"] == -3 and asked(ran) == ["user.status.currentstatus"]
