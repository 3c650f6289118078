# SPDX-License-Identifier: GPL-3.0-or-later
"""What roles do with lists of items."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.kariz.panels.plugins.plugin_utils import _items

PEOPLE = [{"username": "sara", "cellphone": "09121234567", "name": "سارا"}, {"username": "علي", "cellphone": "۰۹۱۲ ۱۲۳ ۴۵ ۶۸"},
          {"username": "reza", "cellphone": "02122334455"}, {"username": "nima"}]
EVENTS = [{"slug": "x", "members": [{"username": "Sara", "role": "teacher"}, {"username": "علی"}, {"username": "reza"}, {"username": "guest"}]}, {"slug": "y"}]


def use(name, *arguments, **named):
    return getattr(_items, name)(*arguments, **named)


def test_keys_and_parents():
    items = [{"username": "a", "password": None, "status": "x", "payments": [{"voucher_no": "1"}, {"voucher_no": "2", "username": "own"}]}, {"username": "b"}]
    assert use("only_keys", items, ["username", "password", "status"]) == [{"username": "a", "status": "x"}, {"username": "b"}]
    assert use("only_keys", items, ["username", "status"], needs=["status"]) == [{"username": "a", "status": "x"}]
    assert use("inner_items", items, "payments", ["username"]) == [{"username": "a", "voucher_no": "1"}, {"username": "own", "voucher_no": "2"}]
    # Two spellings of one space are one space: nobody of the other spelling is left unnamed.
    members = [{"organization": "مالي", "person": "a"}, {"organization": "مالی", "person": "b"}, {"organization": "فروش", "person": "c"}]
    assert [(one["parent"], [item["person"] for item in one["children"]]) for one in use("by_parent", members, "organization", ["مالی", "خالی"])] == [
        ("مالی", ["a", "b"]), ("خالی", []), ("فروش", ["c"])]
    with pytest.raises(AnsibleFilterError, match="no organization"):
        use("by_parent", [{}], "organization")
    with pytest.raises(AnsibleFilterError, match="list of mappings"):
        use("only_keys", "text", ["a"])
    assert use("in_state", [{"t": 1}, {"t": 2, "state": "absent"}, {"t": 3, "state": None}], "present") == [{"t": 1}, {"t": 3, "state": None}]


def test_who_passed_and_what_failed():
    result = {"failed": True, "msg": "2 of 3 failed", "users": [
        {"username": "Sara", "action": "failed", "error": {"message": "user Sara: status Actve is unknown", "code": "bad_option"}},
        {"username": "nima", "action": "failed", "error": {"message": "user nima: status Actve is unknown", "code": "bad_option"}},
        {"username": "reza", "action": "created"}]}
    assert [item["username"] for item in use("passed", PEOPLE, result, "username")] == ["علي", "reza"]
    assert [item["username"] for item in use("passed", PEOPLE, result, "username", ["created"])] == ["sara", "علي", "nima"]
    assert use("passed", PEOPLE, {"skipped": True}, "username") == PEOPLE
    elsewhere = {"users": [{"username": "sara", "action": "failed", "error": {"operation": "find users"}},
                           {"username": "reza", "action": "failed", "error": {"operation": "list services"}}]}
    assert [item["username"] for item in use("passed", PEOPLE, elsewhere, "username", operation="list services")] == ["sara", "علي", "nima"]
    whole = {"failed": True, "msg": "no connection"}
    told = use("failures", [result, {"skipped": True}, {}, {"results": [whole, {"users": []}]}])
    assert told == ["Sara, nima: user Sara: status Actve is unknown", "no connection"]
    many = {"users": [{"username": "u%d" % number, "action": "failed", "error": {"message": "no"}} for number in range(23)]}
    assert use("failures", [many])[0].endswith("u19, and 3 more: no")
    members = [{"organization": "a", "person": number} for number in range(2)] + [{"organization": "b", "person": 2}, {"organization": "b", "person": 3}]
    foretold = {"members": [{"action": "failed", "error": {"code": "owner"}}, {"action": "failed", "error": {"code": "ambiguous"}},
                            {"action": "failed", "error": {"code": "ambiguous"}}, {"action": "deleted"}]}
    assert [item["person"] for item in use("removable", members, foretold, [{"name": "a"}])] == [2, 3]


def test_messages_go_to_those_who_can_get_one_and_have_none():
    made = use("event_messages", EVENTS, PEOPLE, "/t.j2", done=["classroom-x-other"])
    assert [message["key"] for message in made] == ["classroom-x-Sara", "classroom-x-علی"] and made[0]["template"] == "/t.j2"
    assert made[0]["variables"]["member"] == {"event": "x", "username": "Sara", "role": "teacher"} and made[0]["variables"]["person"]["name"] == "سارا"
    assert [message["key"] for message in use("event_messages", EVENTS, PEOPLE, "/t.j2", done=["classroom-x-Sara"])] == ["classroom-x-علی"]
    links = [{"event": "x", "username": "sara", "entry_link": "https://e/1"}, {"event": "x", "username": "علي", "entry_link": None}]
    linked, = use("event_messages", EVENTS, PEOPLE, "/t.j2", links=links)
    assert linked["variables"]["link"] == "https://e/1"
    assert [message["key"] for message in use("person_messages", PEOPLE, "/w.j2", "username", number="cellphone", prefix="w")] == ["w-sara", "w-علي"]
    assert use("without_mobile", PEOPLE, "username", "cellphone") == ["reza", "nima"]
    assert use("messages_to", ["09121234567", "+98 912 123 4567", "9121234568"], "t", "k") == [
        {"key": "k-989121234567", "recipient": "989121234567", "text": "t"}, {"key": "k-989121234568", "recipient": "989121234568", "text": "t"}]
    with pytest.raises(AnsibleFilterError, match="no mobile number: 0212"):
        use("messages_to", ["0212"], "t", "k")


def test_what_a_later_task_is_told():
    """Names and ids of what changes, by kind, and nothing else of it: what is given to a task stands in its invocation."""
    labels = {"labels": [{"id": 1, "title": "a", "action": "updated"}, {"title": "b", "action": "created"}, {"id": 3, "title": "c", "action": "unchanged"}]}
    users = {"results": [{"users": [{"username": "u", "password": "secret", "action": "created", "held": []}]}, {"skipped": True}]}
    assert use("foretold", [labels, users, {"skipped": True}, {}, None]) == {
        "labels": [{"id": 1, "title": "a", "action": "updated"}, {"title": "b", "action": "created"}], "users": [{"username": "u", "action": "created"}]}
    people = [{"u": 1, "service": "یک"}, {"u": 2, "service": "يك"}, {"u": 3, "service": "دو"}, {"u": 4}]
    assert [one["u"] for one in use("one_of_each", people, "service")] == [1, 3, 4]
