# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Online sessions of DeltaSib's subscribers: exactly those that were read are ended; and what the inventory reads of all subscribers."""

from __future__ import annotations

import pytest
from requests_of import asked, read, sent
from resources import Panel

from kariz_simulator.messages import Answer  # isort: skip

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import PanelError, UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.options.check import options_of
from ansible_collections.kariz.panels.plugins.module_utils._core.state.runner import connect
from ansible_collections.kariz.panels.plugins.module_utils._core.task.host import Host
from ansible_collections.kariz.panels.plugins.module_utils._deltasib import filters, many, subscriber
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.client import DeltaSibClient
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.subscribers import subscribers
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.user import USER

INVALID = Answer(400, {"ErrorCode": -5, "ErrorDesc": "no user was queued"})
ALI = [{"id": 70002, "user_id": 1002, "nas_id": 1, "nas_port_id": "ppp-2"}, {"id": 70003, "user_id": 1002, "nas_id": 2, "nas_port_id": "ppp-3"}]
OF_ALI = "(Online_RadiusUser_Id=70002 and User_Id=1002) or (Online_RadiusUser_Id=70003 and User_Id=1002)"


@pytest.fixture
def panel(wire, tmp_path):
    return Panel(wire, "deltasib", tmp_path, "default")


@pytest.fixture
def client(panel):
    host = Host(options_of(USER, {**panel.vendor.connection, "username": "a", "api_concurrency": 1, "api_retries": 0}).values)
    made = connect(DeltaSibClient, host.params, host)
    made.host = host
    return made


@pytest.mark.parametrize(("given", "sessions", "condition", "lookup"), [
    ({"username": "ALI.mohammadi"}, ALI, OF_ALI, [("user.list", {"Filter": "Username='ALI.mohammadi'"}), ("radius.list", {"Filter": "User_Id=1002"})]),
    ({"user_id": "۱۰۰۲"}, ALI, OF_ALI, [("user.list", {"Filter": "User_Id=1002"}), ("radius.list", {"Filter": "User_Id=1002"})]),
    ({"session_id": 70003}, ALI[1:], OF_ALI.partition(" or ")[2], [("radius.list", {"Filter": "Online_RadiusUser_Id=70003"})]),
])
def test_sessions_are_ended(panel, given, sessions, condition, lookup):
    ran = panel.both("deltasib_session", **given)
    assert sent(ran) == [("radius.disconnect", {"Filter": condition})] and read(ran) == lookup
    owner = {name: value if name == "username" else int(str(value)) for name, value in given.items()}
    assert ran.result["changed"] and ran.result["session"] == {**owner, "sessions": sessions}
    assert ran.result["diff"]["before"] == owner and ran.result["diff"]["after"] == {}
    assert sorted(panel.vendor.online()) == sorted(["zahra.karimi", "02188001234"] + ["ali.mohammadi"] * (2 - len(sessions)))
    again = panel.both("deltasib_session", **given)
    if "session_id" in given or len(sessions) == 2:
        assert sent(again) == [] and not again.result["changed"] and again.result["session"]["sessions"] is None


@pytest.mark.parametrize(("given", "told"), [
    ({"username": "ali.mohammad"}, "there is no subscriber ali.mohammad (did you mean ali.mohammadi?)"), ({"user_id": 99}, "there is no subscriber user_id 99"),
    ({"sessions": [{"username": "a", "session_id": 1}]}, "are mutually exclusive"), ({"session_id": "x"}, "session_id: must be a number, not 'x'"),
    ({"sessions": [{}]}, "sessions[0]: username, user_id or session_id is required"), ({"session_id": ""}, "session_id: must not be empty"),
    ({"username": ""}, "give one of username and user_id and session_id"), ({"user_id": "1.5"}, "user_id: must be a whole number"),
    ({"sessions": [{"session_id": 1}, {"session_id": "۱"}]}, "sessions[1]: names the same session (session_id ۱) as sessions[0]"),
    ({"username": "a", "state": "present"}, "state: must be"),
])
def test_refused_sessions(panel, given, told):
    ran = panel.run("deltasib_session", **given)
    assert told in ran.msg and sent(ran) == [] and len(panel.vendor.online()) == 4


def test_a_session_of_nobody(panel):
    assert panel.both("deltasib_session", session_id=5).result["changed"] is False
    assert panel.both("deltasib_session", username="reza.mousavi").result["changed"] is False


def test_sessions_of_many_end_with_one_request(panel):
    those = [{"username": "ali.mohammadi"}, {"user_id": 1001}, {"session_id": 70004}, {"username": "reza.mousavi"}, {"user_id": 99}, {"username": "nobody.at"}]
    ran = panel.run("deltasib_session", sessions=those)
    assert [(entry["action"]) for entry in ran.result["sessions"]] == ["deleted"] * 3 + ["unchanged"] + ["failed"] * 2
    others = " or (Online_RadiusUser_Id=70001 and User_Id=1001) or (Online_RadiusUser_Id=70004 and User_Id=1004)"
    assert sent(ran) == [("radius.disconnect", {"Filter": OF_ALI + others})]
    assert panel.vendor.online() == [] and ran.result["summary"]["deleted"] == 3
    assert [entry["error"]["message"] for entry in ran.result["sessions"][4:]] == ["there is no subscriber user_id 99", "there is no subscriber nobody.at"]
    conditions = [said["Filter"] for operation, said in read(ran) if operation == "radius.list"]
    left = "Online_RadiusUser_Id=70002 or Online_RadiusUser_Id=70003 or Online_RadiusUser_Id=70001 or Online_RadiusUser_Id=70004"
    assert conditions == ["User_Id=1002 or User_Id=1001 or Online_RadiusUser_Id=70004 or User_Id=1005", left]


def test_a_read_that_failed_for_all(panel):
    panel.vendor.fault("status", status=403, body={"ErrorCode": -3}, operation="radius.list")
    assert panel.run("deltasib_session", session_id=70001).result["error"]["code"] == -3
    panel.vendor.fault("status", status=403, body={"ErrorCode": -5}, operation="user.list")
    ran = panel.run("deltasib_session", sessions=[{"user_id": 1001}, {"session_id": 70004}])
    assert [entry["action"] for entry in ran.result["sessions"]] == ["failed", "deleted"]
    panel.vendor.fault("status", status=403, body={"ErrorCode": -5}, operation="user.list")
    ran = panel.run("deltasib_session", sessions=[{"username": "zahra.karimi"}, {"user_id": 1002}])
    assert [entry["action"] for entry in ran.result["sessions"]] == ["failed", "deleted"]


@pytest.mark.parametrize(("spelling", "first"), [("disconnet", ["disconnect", "disconnet"]), ("disconnect", ["disconnect"])])
def test_how_a_server_spells_it(panel, spelling, first):
    panel.vendor.settings(disconnect_action=spelling)
    ran = panel.run("deltasib_session", username="ali.mohammadi")
    assert [(entry["query"]["Action"]) for entry in ran.requests if entry["method"] == "DELETE"] == first
    assert ran.result["changed"] and not ran.failed and panel.vendor.online().count("ali.mohammadi") == 0


def test_nobody_to_end_is_no_failure_when_they_are_gone(panel):
    def gone(operation, answer):
        if operation == "radius.disconnect":
            panel.vendor.mutate("sessions", {"User_Id": 1002}, delete=True)
        return answer
    panel.wire.change = gone
    panel.vendor.fault("status", status=400, body={"ErrorCode": -5}, operation="radius.disconnect")
    ran = panel.run("deltasib_session", username="ali.mohammadi")
    assert not ran.failed and asked(ran) == ["user.list", "radius.list", "radius.disconnect", "radius.list"]
    assert read(ran)[-1] == ("radius.list", {"Filter": OF_ALI})


@pytest.mark.parametrize(("codes", "told", "count"), [((-5, -5), -5, 2), ((-5, -4), -5, 2), ((-4, -5), -5, 2), ((-3,), -3, 1)])
def test_a_session_that_cannot_be_ended(panel, codes, told, count):
    for code in codes:
        panel.vendor.fault("status", status=400, body={"ErrorCode": code, "ErrorDesc": "d%d" % code}, operation="radius.disconnect")
    ran = panel.run("deltasib_session", username="ali.mohammadi")
    assert ran.result["error"]["code"] == told and asked(ran).count("radius.disconnect") == count and not ran.result["changed"]


@pytest.mark.parametrize("kind", ["reset_after", "status_after", "reset_before"])
def test_a_lost_end_is_looked_at(panel, kind):
    panel.vendor.fault(kind, **({"status": 500} if kind == "status_after" else {}), operation="radius.disconnect")
    ran = panel.run("deltasib_session", username="ali.mohammadi")
    assert not ran.failed and panel.vendor.online().count("ali.mohammadi") == 0
    assert asked(ran).count("radius.disconnect") == (2 if kind == "reset_before" else 1)


def test_an_end_that_is_lost_time_and_again(panel):
    panel.vendor.fault("reset_before", operation="radius.disconnect", times=0)
    ran = panel.run("deltasib_session", username="ali.mohammadi")
    assert ran.result["error"]["code"] == "outcome_unknown" and asked(ran).count("radius.disconnect") == 2
    ran = panel.run("deltasib_session", sessions=[{"username": "ali.mohammadi"}, {"user_id": 1001}])
    assert [entry["error"]["code"] for entry in ran.result["sessions"]] == ["outcome_unknown"] * 2
    assert asked(ran).count("radius.disconnect") == 1 + 2 * 2
    assert "Nobody knows whether it happened: look at ali.mohammadi in the panel, or run the task again, which looks first" in ran.msg


@pytest.mark.parametrize(("fault", "tried"), [
    ({"kind": "status", "status": 400, "body": {"ErrorCode": -5}}, 4), ({"kind": "reset_after"}, 1), ({"kind": "status_after", "status": 500}, 1),
    ({"kind": "status", "status": 500}, 3),
])
def test_many_of_whom_the_server_ended_nobody_knows_which(panel, fault, tried):
    panel.vendor.fault(**fault, operation="radius.disconnect", times=1 + (fault["kind"] == "status" and fault["status"] == 400))
    ran = panel.run("deltasib_session", sessions=[{"username": "ali.mohammadi"}, {"user_id": 1001}])
    assert not ran.failed and ran.result["summary"]["deleted"] == 2 and panel.vendor.online() == ["02188001234"]
    assert asked(ran).count("radius.disconnect") == tried


def test_many_of_whom_some_are_still_there(panel):
    """One of two is left of an accepted filter: he alone is tried again; all of them left means that the server has not begun."""
    those = [{"username": "ali.mohammadi"}, {"user_id": 1001}]
    honest = panel.wire.simulator.vendors["deltasib"].state.sessions
    kept = dict(honest)

    def back(operation, answer):
        if operation == "radius.disconnect" and not done:
            done.append(1)
            honest.clear()
            honest.update({number: row for number, row in kept.items() if row["User_Id"] in left})
        return answer
    for those_left, tried in (({1001}, 2), ({1001, 1002}, 1), (set(), 1)):
        done, left = [], those_left
        honest.clear()
        honest.update(kept)
        panel.wire.change = back
        ran = panel.run("deltasib_session", sessions=those)
        assert not ran.failed and asked(ran).count("radius.disconnect") == tried
        if tried == 2:
            assert sent(ran)[1] == ("radius.disconnect", {"Filter": "(Online_RadiusUser_Id=70001 and User_Id=1001)"})


def test_many_whose_end_cannot_be_looked_at(panel):
    those = [{"username": "ali.mohammadi"}, {"user_id": 1001}]
    panel.vendor.fault("reset_after", operation="radius.disconnect")
    panel.vendor.fault("status", status=403, body={"ErrorCode": -3, "ErrorDesc": "closed"}, operation="radius.list", skip=1, times=0)
    ran = panel.run("deltasib_session", sessions=those)
    errors = [entry["error"] for entry in ran.result["sessions"]]
    assert [error["code"] for error in errors] == ["outcome_unknown"] * 2 and all("; looking for it failed too: " in error["message"] for error in errors)
    panel.wire.clear_faults()
    panel.vendor.reset("default")
    # An accepted one is done, whether or not that can be seen.
    panel.vendor.fault("status", status=403, body={"ErrorCode": -3}, operation="radius.list", skip=1, times=0)
    assert not panel.run("deltasib_session", sessions=those).failed
    panel.wire.clear_faults()
    panel.vendor.reset("default")
    panel.vendor.fault("status", status=403, body={"ErrorCode": -3}, operation="radius.disconnect")
    ran = panel.run("deltasib_session", sessions=those)
    assert [entry["error"]["code"] for entry in ran.result["sessions"]] == [-3, -3] and asked(ran).count("radius.disconnect") == 1


def test_sessions_beyond_one_filter(panel):
    panel.vendor.seed("sessions", 150, username="reza.mousavi")
    panel.vendor.seed("sessions", 150, username="narges.yazdani")
    ran = panel.run("deltasib_session", sessions=[{"username": "reza.mousavi"}, {"username": "narges.yazdani"}, {"user_id": 1001}])
    assert not ran.failed and sorted(panel.vendor.online()) == ["02188001234", "ali.mohammadi", "ali.mohammadi"]
    assert sorted(said["Filter"].count("(") for _operation, said in sent(ran)) == [1, 150, 150]


# -- finding subscribers -------------------------------------------------------------------------------------------------


def test_names_that_may_have_been_meant(client, panel):
    panel.vendor.clear_journal()

    def told(username):
        return subscriber.not_found(username, client).message
    assert told("zahra.karim") == "there is no subscriber zahra.karim (did you mean zahra.karimi?)"
    assert [entry["query"]["Filter"] for entry in panel.vendor.journal() if entry["operation"] == "user.list"] == [
        "Username like '%zah%' or Username like '%rim%'"]
    # Too short to be cut, signs that stand for any text, and no more than three questions.
    for username in ("za", "a%b.karimi"):
        client.memory["near_users"] = 0
        assert told(username) == "there is no subscriber %s" % username
    client.memory["near_users"] = 2
    assert "did you mean" in told("zahra.karim") and "did you mean" not in told("zahra.karim")
    assert subscriber.not_found("zahra.karim").message == "there is no subscriber zahra.karim"
    client.memory["near_users"] = 0
    panel.vendor.fault("status", status=403, operation="user.list", times=0)
    assert told("zahra.karim") == "there is no subscriber zahra.karim"
    assert subscriber.near_users(client, "abc") == []


def test_ids_are_looked_up_once(client, panel):
    assert subscriber.ids_of(client, ["zahra.karimi", "ALI.mohammadi"]) == {"zahra.karimi": 1001, "ALI.mohammadi": 1002}
    panel.vendor.clear_journal()
    assert subscriber.ids_of(client, ["Zahra.karimi"]) == {"Zahra.karimi": 1001} and panel.vendor.journal() == []
    with pytest.raises(PanelError, match="there is no subscriber nobody"):
        subscriber.ids_of(client, ["zahra.karimi", "nobody"])


def test_filters():
    assert filters.text_holds("Username", "za", "username") == "Username like '%za%'"
    for value in ("a%", "_a", "a'b"):
        with pytest.raises(UsageError, match="username must not hold"):
            filters.text_holds("Username", value, "username")
    assert filters.whole("1" * 18, "x") == int("1" * 18) and filters.whole(" 1,200 ", "x") == 1200
    with pytest.raises(UsageError) as refused:
        filters.whole("1" * 19, "x")
    assert refused.value.vendor == "deltasib" and refused.value.message.startswith("x must be a whole number, not '111")
    assert filters.any_of(["a=1", "b=2"]) == "a=1 or b=2" and filters.all_of([None, "a=1"]) == "a=1"
    # As much as fits: six more than its signs for each condition, three for what is no letter or digit.
    assert list(filters.grouped(["a=1"] * 4, 3)) == [["a=1"] * 3, ["a=1"]]
    assert list(filters.grouped(["a=1"] * 3, 9, 22)) == [["a=1", "a=1"], ["a=1"]] and list(filters.grouped(["a=1"] * 2, 9, 21)) == [["a=1"], ["a=1"]]
    assert list(filters.grouped(["ک"] * 2, 9, 23)) == [["ک"], ["ک"]] and list(filters.grouped(["ک"] * 2, 9, 24)) == [["ک", "ک"]]
    assert list(filters.grouped([])) == [] and list(filters.chunks(["a", "b", "c"], 2)) == ["a or b", "c"]


def test_groups_of_many():
    assert list(many.named([5, "۶"])) == [("User_Id=5 or User_Id=6", {5, "۶"}, None)]
    assert list(many.named([5], "a=1 or b=2", bool)) == [("(User_Id=5) and (a=1 or b=2)", {5}, bool)]
    groups = list(many.named(range(1, 252)))
    assert [len(ids) for _condition, ids, _enough in groups] == [250, 1]


# -- what the inventory reads --------------------------------------------------------------------------------------------


def test_all_subscribers_with_all_that_belongs_to_them(client, panel):
    plain = subscribers(client, client.host, False, False, False, None)
    assert [one["username"] for one in plain] == list(panel.vendor.users()) and set(plain[0]) == {"id", "username", "name", "family", "address"}
    panel.vendor.clear_journal()
    found = {one["username"]: one for one in subscribers(client, client.host, True, True, True, None)}
    operations = [entry["operation"] for entry in panel.vendor.journal()]
    assert operations.count("user.creditinfo") == 1 and operations.count("user.status.currentstatus") == 7 and operations.count("radius.list") == 1
    ali, reza = found["ali.mohammadi"], found["reza.mousavi"]
    assert [one["id"] for one in ali["sessions"]] == [70002, 70003] and set(ali["sessions"][0]) == {"id", "nas_id", "nas_port_id"}
    assert reza["sessions"] == [] and (reza["status_id"], reza["status"]) == (2, "تعلیق") and ali["service_name"] == "سه ماهه ۲۰۰ گیگ"
    assert "fields" not in ali and "user_id" not in ali and found["narges.yazdani"]["service_name"] is None
    assert set(found["narges.yazdani"]) == set(ali)


def test_only_those_who_meet_a_filter(client, panel):
    panel.vendor.clear_journal()
    found = subscribers(client, client.host, True, False, False, "Username='zahra.karimi' or Username='ali.mohammadi'")
    assert [one["username"] for one in found] == ["zahra.karimi", "ali.mohammadi"] and found[0]["service_name"] == "یک ماهه ۵۰ گیگ"
    # Two are asked for one by one.
    assert [(entry["operation"], entry["query"].get("User_Id")) for entry in panel.vendor.journal()][2:] == [
        ("user.creditinfo", "1001"), ("user.creditinfo", "1002")]


def test_a_server_that_lists_no_credit_of_all(client, panel):
    panel.vendor.settings(creditinfo_user="required")
    said = []
    client.host._note = said.append
    panel.vendor.clear_journal()
    found = subscribers(client, client.host, True, False, False, None)
    assert [entry["operation"] for entry in panel.vendor.journal()].count("user.creditinfo") == 2 + 7 and found[0]["service_name"] == "یک ماهه ۵۰ گیگ"
    assert len(said) == 1 and said[0].startswith("the server does not list the credit of all subscribers (")
    for operation in ("user.creditinfo", "user.status.currentstatus"):
        panel.vendor.fault("status", status=403, body={"ErrorCode": -3}, operation=operation, skip=3, times=0)
        with pytest.raises(PanelError):
            subscribers(client, client.host, True, True, False, None)
        panel.wire.clear_faults()
