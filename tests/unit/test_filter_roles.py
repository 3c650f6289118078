# SPDX-License-Identifier: GPL-3.0-or-later
"""What roles know of their lists beforehand, and what they say at their end."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.kariz.panels.plugins.plugin_utils import _checked, _items, _report


def use(name, *arguments, **named):
    return getattr(next(room for room in (_checked, _report, _items) if hasattr(room, name)), name)(*arguments, **named)


def reasons(result):
    (entries,) = result.values()
    return [(entry.get("username") or entry.get("id"), entry["error"]["message"]) for entry in entries]


def test_items_that_cannot_be():
    users = [{"username": "a", "cellphone": "0912 123 4567", "name": "x"}, {"username": "a", "cellphone": "+989121234567", "name": "x"},
             {"username": "b", "cellphone": 912}, {"username": "c", "password": "abc"}, {"username": "d", "nmae": 1}, {"username": "e", "name": "x"},
             {"username": "e", "name": "y"}, {"name": "nobody"}, {"id": "7", "username": "f"}, {"id": "7", "username": "f"}]
    assert use("right_items", users, "alocom_user") == [users[0], users[8]]
    told = reasons(use("wrong_items", users, "alocom_user"))
    assert [name for name, _reason in told] == ["b", "c", "d", "e", "e", "item 8"]
    assert "abc" not in told[1][1] and "did you mean name" in told[2][1] and "each saying something else" in told[3][1]
    event = {"slug": "x", "members": [{"username": "a"}, {"username": "a"}, {"username": "b"}]}
    assert use("right_items", [event], "alocom_event")[0]["members"] == event["members"][1:] and use("wrong_items", [event], "alocom_event") == {"events": []}
    other = {"slug": "x", "members": [{"username": "a"}, {"username": "a", "role": "teacher"}]}
    assert "named more than once" in reasons(use("wrong_items", [other], "alocom_event"))[0][1]
    people = [{"username": "u", "mobile": "۰۹۱۲۱۲۳۴۵۶۷", "payments": [{"voucher_no": 1}]}, {"username": "U ", "mobile": "09121234567", "payments": [
        {"voucher_no": "1"}]}, {"username": "v"}, {"username": "v", "status": "x"}]
    assert use("right_items", people, key="username") == []
    people[1]["username"] = "u"
    assert use("right_items", people, key="username") == people[:1]
    for arguments in (("text", "alocom_user"), ([], "alocom_usr"), ([],), ([], "alocom_user", "username")):
        with pytest.raises(AnsibleFilterError):
            use("right_items", *arguments)


def test_what_a_role_has_to_say():
    """Lines that the roles show or fail with, none where there is nothing to say."""
    people = [{"username": "A", "payments": [1]}, {"username": "b", "payments": [1]}, {"username": "c"}]
    assert use("not_among", people, [{"username": "a"}], "no", needs=["payments"]) == ["b: no"]
    assert use("not_among", [{"username": "a"}], [{"username": "A"}], "no") == use("one_line", [], "no") == []
    assert use("one_line", ["n%d" % number for number in range(22)], "no")[0].endswith("n19 and 2 more: no")
    assert use("without_mobile", [{"n": "a"}, {"n": "b", "m": "021"}, {"n": "c", "m": "09121234567"}, {"n": "d", "m": ""}], "n", "m", given=True) == ["b", "d"]
    people = [{"username": "a"}, {"username": "b", "mobile": "09121234567"}]
    for done in (["m-b"], {"entries": [{"key": "m-b"}]}, {"skipped": True}, {}):
        told = use("not_reached", people, done=done, prefix="m", lead="no welcome: ")
        assert told == ["no welcome: no mobile number: a"] + ([] if "b" in str(done) else ["no welcome: no message was made: b"])


def test_a_preview_of_messages_is_no_longer_than_an_event():
    whole = {"messages": [{"key": "k%d" % number, "text": "م" * 30_000} for number in range(5)], "cost": {"a": 1}}
    told = use("message_preview", whole)
    assert told == {"messages": whole["messages"][:3], "cost": {"a": 1}, "left_out": 2}
    assert use("message_preview", {"messages": whole["messages"][:1]})["left_out"] == 0 and use("message_preview", {})["messages"] == []


@pytest.mark.parametrize(("result", "told"), [
    ({"rc": 1, "stderr": "a\nthe port is in use"}, "the simulator in simulator_path s: the port is in use"), ({"rc": 2, "stderr": ""}, "simulator_python: p"),
    ({"msg": "no such file"}, "simulator_python: p"), ({}, "simulator_python: p")])
def test_why_the_simulator_does_not_start(result, told):
    assert use("simulator_refusal", result, "s", "p").startswith(told)


def test_nobody_is_put_into_what_goes():
    spaces = [{"name": "فروش", "state": "absent"}, {"hash": "h", "state": "absent"}, {"name": "b"}]
    members = [{"organization": organization, "person": person, **more} for organization, person, more in (
        ("فروش", "a", {}), ("h", "a", {"state": "present"}), ("h", "b", {"state": "absent"}), ("b", "a", {}), ("فروش‌گاه", "a", {}))]
    assert use("without_gone", members, "organization", spaces) == members[2:] and use("without_gone", members, "organization", []) == members


def test_links_as_tasks_return_them():
    events = [{"slug": "x", "members": [{"username": "A"}, {"username": "b"}]}]
    users = [{"username": "a", "cellphone": "09121234567"}, {"username": "b", "cellphone": "09121234567"}]
    link = {"event": "x", "username": "a", "entry_link": "https://l", "action": "created"}
    lost = dict(link, username="b", entry_link=None)
    for links in ([link], [{"links": [link]}, {}], [{"results": [{"links": [link]}, {"skipped": True}]}], [{}, {"links": [link, lost]}]):
        made = use("event_messages", events, users, "t", links=links, done={"entries": []})
        assert [one["variables"]["link"] for one in made] == ["https://l"], links
    assert use("event_messages", events, users, "t", done={"entries": [{"key": "classroom-x-A"}]})[0]["key"] == "classroom-x-b"


def test_members_who_are_there():
    events = [{"slug": "x", "members_mode": "replace", "members": [{"username": "a"}, {"username": "typo"}]}, {"slug": "y", "members": [{"username": "New"}]},
              {"slug": "z"}]
    foretold = {"events": [{"slug": "x", "action": "failed", "error": {"missing": ["typo"]}}, {"slug": "z", "action": "failed", "error": {"message": "no"}}]}
    looked = {"users": [{"username": "new", "action": "created"}, {"username": "a", "action": "unchanged"}]}
    done = {"users": [{"username": "new", "action": "failed"}, {"username": "a", "action": "failed"}]}
    # Somebody who is there stays a member though a change of him failed; nobody leaves because of a misspelt name.
    assert use("members_there", events, foretold, done, looked) == [
        {"slug": "x", "members_mode": "merge", "members": [{"username": "a"}]}, {"slug": "y", "members_mode": "merge", "members": []}]
    assert use("members_there", events, {"skipped": True}) == events


def test_what_payments_come_to():
    payments = [{"amount": "۱۲۰٬۰۰۰"}, {"amount": 5, "exchange_rate": "2"}, {"amount": "7"}]
    looked = {"payments": [{"action": "created"}, {"action": "created"}, {"action": "unchanged"}]}
    assert use("booked_total", payments, looked) == 120010
    with pytest.raises(AnsibleFilterError):
        use("booked_total", payments, {"skipped": True})


def test_what_a_person_reads():
    made = {"users": [{"username": "u%d" % number, "action": "created"} for number in range(30)] + [{"username": "x", "action": "failed"}]}
    gone = {"results": [{"users": [{"username": "g%02d" % number, "action": "deleted"}]} for number in range(25)]}
    lost = {"users": [{"username": "u1", "action": "failed"}, {"username": "y", "action": "failed"}]}
    assert use("report_lines", {"users": [made, gone], "events": [{"skipped": True}]}, {"users": [lost]}) == [
        "users: 30 made, 25 left, 2 refused", "  left: %s and 5 more" % ", ".join("g%02d" % number for number in range(20)), "  refused: x, y"]
    assert use("report_lines", {"users": made}, foretold=True)[0] == "users: 30 would be made, 1 refused"
    sent = {"summary": {"sent": 3, "already": 0, "refused": 7, "skipped": 1, "unknown": 1}, "cost": {"payamsms": {"messages": 3, "parts": 4, "cost": 480}},
            "refusals": [{"reason": "no credit", "count": 7, "keys": ["a", "b"]}],
            "messages": [{"key": "s", "outcome": "skipped", "reason": "'021' is a landline"}, {"key": "w", "outcome": "unknown", "reason": "w: lost"}]}
    assert use("message_lines", sent) == [
        "messages: 3 sent, 7 refused, 1 skipped, 1 unknown", "  payamsms: 3 messages, 4 parts, 480 in the provider's money",
        "  refused: a, b and 5 more: no credit", "  unknown: w: ...: lost", "  skipped: s: '021' is a landline"]
    assert use("message_lines", {}) == ["messages: none"]


def test_who_has_no_message():
    people = [{"username": "a", "mobile": "09121234567"}, {"username": "b"}, {"username": "c", "mobile": "0912"}, {"username": "d", "mobile": "09121234567"},
              {"username": "e", "mobile": "09121234567"}]
    report = [{"key": "p-a", "outcome": "sent"}, {"key": "p-d", "outcome": "refused", "why": "p-d: no credit"}]
    assert use("not_reached", people, report, prefix="p") == [
        "no mobile number: b", "mobile is no mobile number: c", "refused: ...: no credit: d", "no message was made: e"]
    assert use("unsent", report) == ["p-d: no message: ...: no credit"]
    events = [{"slug": "x", "members": [{"username": "A"}, {"username": "b"}, {"username": "z"}]}]
    users = [{"username": "a", "cellphone": "09121234567"}, {"username": "b", "cellphone": "09121234567"}]
    failed = {"links": [{"event": "x", "username": "b", "action": "failed", "error": {"message": "busy"}}]}
    assert use("not_invited", events, users, done=["classroom-x-A"], links=failed) == [
        "no entry link: busy: b (x)", "not among the users of the role, so no mobile number is known: z (x)"]
    sheets = use("class_sheets", events, users, done=["classroom-x-A"], made={"users": [{"username": "a", "action": "created"}]})
    assert [(one["username"], one["message"], one["awaited"]) for one in sheets[0]["people"]] == [("A", "sent", True), ("b", None, False), ("z", None, False)]
    assert use("subscriber_secrets", [{"username": "a", "password": 5}, {"username": "b", "password": "x"}, {"username": "c"}], {"users": [
        {"username": "a", "action": "created"}, {"username": "b", "action": "unchanged"}]}) == [
            {"kind": "subscribers", "label": "a", "values": {"password": "5"}}]
