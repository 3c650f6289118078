# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading many objects, of which one cannot be read: whoever gives nothing without it says which one it is, and why."""

from __future__ import annotations

import re

import pytest
from resources import Panel

# isort: split
# Below the folders that it puts on the path.
from jobs import carry_out
from strangers import plugin

from ansible_collections.kariz.panels.plugins.module_utils._deltasib.client import DeltaSibClient
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.credit import credits_of
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.subscribers import subscribers

THREE = {"usernames": ["zahra.karimi", "ali.mohammadi", "narges.yazdani"]}
#: A module, its options, the operation that is refused once when it is asked for the second time, and whose failure that is.
INFOS = {
    "deltasib": [
        ("deltasib_user_service_info", THREE, "user.service.base.list", "ali.mohammadi"),
        ("deltasib_payment_info", THREE, "user.payment.list", "ali.mohammadi"), ("deltasib_credit_info", THREE, "user.creditinfo", "ali.mohammadi"),
        ("deltasib_user_info", {**THREE, "with_status": True}, "user.status.currentstatus", "ali.mohammadi")],
    "alocom": [
        ("alocom_user_info", {"with_details": True}, "users.get", "leila.nouri"), ("alocom_event_info", {"with_details": True}, "events.get", "staff-meeting"),
        ("alocom_attendance_info", {"event": "math-10", "date": "2025-10-04", "to_date": "2025-10-06"}, "events.attendance", "2025-10-05")],
    "podspace": [("podspace_organization_info", {"with_members": True}, "get_list_of_collaborator", "مالی")],
    "smspanel": [("smspanel_phonebook_info", {"with_numbers": True}, "numbers.list", "b-00002")],
}


@pytest.mark.parametrize(("vendor", "module", "options", "operation", "name"), [(vendor, *case) for vendor, cases in INFOS.items() for case in cases])
def test_an_info_module(wire, tmp_path, vendor, module, options, operation, name):
    panel = Panel(wire, vendor, tmp_path, "default")
    if vendor == "smspanel":
        panel.vendor.reset("empty")
        panel.vendor.seed("phonebooks", 3, prefix="b", numbers=2)
    assert not panel.run(module, **options).failed
    panel.vendor.fault("status", status=403, operation=operation, skip=1)
    told = panel.run(module, **options)
    assert "%s: %s: " % (module, name) in told.msg and "simulated failure 403" in told.msg
    assert told.result["error"]["code"] != "not_attempted"


@pytest.mark.parametrize(("read", "operation"), [
    (lambda client, host: credits_of(client, THREE["usernames"]), "user.creditinfo"),
    (lambda client, host: subscribers(client, host, False, True, False, None), "user.status.currentstatus"),
    (lambda client, host: subscribers(client, host, True, False, False, "User_Id<1003"), "user.creditinfo"),
], ids=["lookup", "inventory: status", "inventory: service"])
def test_a_plugin(wire, tmp_path, read, operation):
    panel = Panel(wire, "deltasib", tmp_path, "default")
    run = plugin(DeltaSibClient, read)
    assert not run(panel.vendor.connection)["failed"]
    panel.vendor.fault("status", status=403, operation=operation, skip=1)
    told = run({**panel.vendor.connection, "api_concurrency": 1})
    assert told["failed"] and told["msg"].startswith("plugin: ali.mohammadi: ") and "simulated failure 403" in told["msg"], told


@pytest.mark.parametrize(("vendor", "operation", "name"), [
    ("alocom", "events.get", "staff-meeting"), ("deltasib", "user.status.currentstatus", "ali.mohammadi"),
    ("deltasib", "user.service.base.list", "ali.mohammadi"), ("smspanel", "numbers.list", "b-00002")])
def test_all_objects_of_an_account(wire, tmp_path, vendor, operation, name):
    panel = Panel(wire, vendor, tmp_path, "default")
    if vendor == "smspanel":
        panel.vendor.reset("empty")
        panel.vendor.seed("phonebooks", 3, prefix="b", numbers=2)
    panel.vendor.fault("status", status=403, operation=operation, skip=1)
    told = carry_out("account_objects_info", {"vendor": vendor, "connection": {**panel.vendor.connection, "api_concurrency": 1}})
    assert told["failed"] and ": %s: " % name in told["msg"] and "simulated failure 403" in told["msg"], told


def test_members_of_an_event_of_whom_one_is_refused(wire, tmp_path):
    """They travel together; refused, each goes alone, and the refusal is that of whom it is about."""
    panel = Panel(wire, "alocom", tmp_path, "default")
    panel.vendor.seed("users", 3, prefix="u")
    number = {name: row["id"] for name, row in panel.vendor.users().items()}
    panel.vendor.fault("status", status=400, operation="events.add_users", match_body='"userid": ?%d[,}]' % number["u-00002"], times=0)
    told = panel.run("alocom_event_member", event="math-10", members=[{"username": "u-0000%d" % place} for place in (1, 2, 3)])
    assert [row["action"] for row in told.result["members"]] == ["created", "failed", "created"], told.result
    assert [len(body["users"]) for _operation, body in told.writes] == [3, 1, 1, 1]


@pytest.mark.parametrize("unread", [(0,), (0, 1), (0, 1, 2)])
def test_an_event_that_cannot_be_read_keeps_no_other_from_being_made(wire, tmp_path, unread):
    """Whether links end with the slug is asked of one event; where that cannot be read, of another."""
    panel = Panel(wire, "alocom", tmp_path, "default")
    listed = [int(number) for number in re.findall(r"'id': (\d+), 'slug'", str(panel.run("alocom_event_info").result["events"]))]
    for place in unread:
        panel.vendor.fault("status", status=500, path="events/%d$" % listed[place], times=0)
    told = panel.run("alocom_event", slug="new-one", title="تازه", service="14", api_retries=0)
    assert told.failed is (len(unread) == 3)


def test_slugs_that_only_details_tell_are_found_beside_one_that_cannot_be_read(wire, tmp_path):
    panel = Panel(wire, "alocom", tmp_path, "default", slug_in_link=False)
    events = panel.vendor.events()
    panel.vendor.fault("status", status=403, path="events/%d$" % events["staff-meeting"]["id"], times=0)
    told = panel.run("alocom_event", events=[{"slug": "math-10", "guest_count": 7}, {"slug": "new-one", "title": "تازه", "service": "14"}])
    assert [row["action"] for row in told.result["events"]] == ["updated", "failed"], told.result
