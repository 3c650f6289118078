# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A gateway gives up on a write that the server carries out later: whatever can be made at any vendor is there at most once, and the report is true."""

from __future__ import annotations

import re

import pytest
from jobs import carry_out, job_of
from relays import Gateway

TEXT = {"sender": "982000123", "recipient": "989121234567", "body": "x"}


def under(path):
    return lambda method, asked, body: method == "POST" and re.search(path, asked)


def service(operation):
    """Return what tells the write of a POD service, whose number is in its body."""
    return lambda vendor: lambda method, path, body: re.search(r"scProductId=%s(&|$)" % vendor.services[operation], body)


#: module -> (vendor, options, the write, how many there are)
CREATES = {
    "alocom_label": ("alocom", {"title": "تازه"}, under("/labels/$"), lambda v: v.titles().count("تازه")),
    "alocom_user": ("alocom", {"username": "new", "name": "نام", "surname": "خ", "email": "n@example.ir"}, under("/users$"),
                    lambda v: [row["username"] for row in v.dump()["users"]].count("new")),
    "alocom_event": ("alocom", {"slug": "new", "title": "ت", "service": "14", "back_link": "https://a.example.ir"}, under("/events$"),
                     lambda v: [row["slug"] for row in v.dump()["events"]].count("new")),
    "alocom_event_member": ("alocom", {"event": "math-10", "username": "narges.yazdani", "role": "teacher"}, under("/add-users$"),
                            lambda v: [row["username"] for row in v.events()["math-10"]["members"]].count("narges.yazdani")),
    "podspace_organization": ("podspace", {"name": "پژوهش", "description": "د"}, service("create_organization"),
                              lambda v: [row["name"] for row in v.dump()["organizations"]].count("پژوهش")),
    "podspace_organization_member": ("podspace", {"organization": "فروش", "person": "h.rezaei", "role": "maintainer"}, service("add_user_to_organization"),
                                     lambda v: list(v.members("فروش")).count("h.rezaei")),
    "podspace_folder_share": ("podspace", {"folder_hash": "اسناد شرکت", "person": "a.mohammadi", "level": "edit"}, service("share_folder"),
                              lambda v: [row["person"] for row in v.dump()["shares"] if row["entity"] == v.entity("اسناد شرکت")].count("a.mohammadi")),
    "smspanel_phonebook": ("smspanel", {"name": "تازه", "numbers": ["09121234567"], "flag": "1"}, under("/phonebook$"),
                           lambda v: [row["name"] for row in v.dump()["phonebooks"]].count("تازه")),
    "smspanel_user": ("smspanel", {"username": "new", "password": "secret-word", "first_name": "ن"}, under("/user/register$"),
                      lambda v: [row["username"] for row in v.dump()["users"]].count("new")),
    "deltasib_user": ("deltasib", {"username": "new", "password": "secret-word", "name": "ن"}, under("/user/"), lambda v: list(v.users()).count("new")),
    "deltasib_user_service": ("deltasib", {"username": "narges.yazdani", "service": "14", "pay_plan": "postpaid"}, under("/user.service.base/"),
                              lambda v: sum(number == 14 and status != "Cancel" for number, status in v.bought("narges.yazdani"))),
    "deltasib_user_payment": ("deltasib", {"username": "narges.yazdani", "voucher_no": "4711", "amount": 7000, "currency_id": 1, "exchange_rate": 2,
                                           "date_type": "persian"}, under("/user.payment/"),
                              lambda v: [str(number) for number, _price in v.vouchers("narges.yazdani")].count("4711")),
    "payamsms_message": ("payamsms", dict(TEXT, customer_id="a"), under("/sendMultiple"), lambda v: v.sent().count("a")),
}


@pytest.fixture
def vendors(alocom, podspace, smspanel, deltasib, payamsms):
    alocom.reset("default")
    deltasib.reset("default")
    return {"alocom": alocom, "podspace": podspace, "smspanel": smspanel, "deltasib": deltasib, "payamsms": payamsms}


def prepared(vendors, module):
    name, options, write, count = CREATES[module]
    vendor = vendors[name]
    if name == "podspace":
        options = {key: vendor.entity(value) if key == "folder_hash" else value for key, value in options.items()}
        write = write(vendor)
    return vendor, options, write, lambda: count(vendor)


def through(gateway, vendor, module, options, **more):
    connection = dict(vendor.connection, api_url=gateway.url + re.sub(r"^https?://[^/]+", "", vendor.connection["api_url"]))
    connection.pop("ca_path", None)
    return carry_out(module, {**connection, **options, **more})


@pytest.mark.parametrize("module", CREATES)
def test_what_is_made_later_is_found(vendors, module):
    vendor, options, write, count = prepared(vendors, module)
    with Gateway(vendor.url, write, 0.6) as gateway:
        result = through(gateway, vendor, module, options)
        gateway.wait()
        assert not result["failed"] and result["changed"] and count() == 1 and gateway.times == 0, result
        again = through(gateway, vendor, module, options)
    assert not again["failed"] and not again["changed"] and count() == 1, again


@pytest.mark.parametrize(("module", "status"), [(module, 502) for module in CREATES] + [("alocom_label", 503), ("alocom_label", 520), ("alocom_user", 520)])
def test_what_is_never_made_is_made_only_where_a_second_one_is_refused(vendors, module, status):
    vendor, options, write, count = prepared(vendors, module)
    with Gateway(vendor.url, write, None, status) as gateway:
        result = through(gateway, vendor, module, options)
    if job_of(module).on_lost_create == "repeat":
        assert not result["failed"] and result["changed"] and count() == 1, result
    else:
        assert result["failed"] and result["error"]["code"] == "outcome_unknown" and not result["changed"] and count() == 0, result
        assert vendor.operations(writes=True) == []


def test_what_comes_too_late_is_found_by_the_next_run(vendors):
    """Beyond the looks the outcome is unknown; it is never made twice."""
    vendor, options, write, count = prepared(vendors, "alocom_label")
    with Gateway(vendor.url, write, 7) as gateway:
        result = through(gateway, vendor, "alocom_label", options)
        assert result["failed"] and result["error"]["code"] == "outcome_unknown" and count() == 0
        gateway.wait()
        assert not through(gateway, vendor, "alocom_label", options)["changed"] and count() == 1


def test_looking_ends_with_the_deadline(vendors):
    vendor, options, write, count = prepared(vendors, "alocom_label")
    with Gateway(vendor.url, write, 4) as gateway:
        result = through(gateway, vendor, "alocom_label", options, api_deadline=1)
        assert result["failed"] and result["error"]["code"] == "outcome_unknown" and count() == 0
        gateway.wait()
    assert count() == 1


def test_numbers_that_may_have_been_added_are_not_added_again(vendors):
    panel = vendors["smspanel"]
    carry_out("smspanel_phonebook", {**panel.connection, "name": "a", "numbers": ["09121234567"]})
    wanted = {"name": "a", "numbers": ["09351234567"]}
    with Gateway(panel.url, under("/number$"), 1.0) as gateway:
        result = through(gateway, panel, "smspanel_phonebook", wanted)
        gateway.wait()
        assert not result["failed"] and panel.books()["a"] == ["09121234567", "09351234567"], result
    with Gateway(panel.url, under("/number$"), None) as gateway:
        result = through(gateway, panel, "smspanel_phonebook", {"name": "a", "numbers": ["09361234567"]})
    assert result["failed"] and result["error"]["code"] == "outcome_unknown" and len(panel.books()["a"]) == 2, result
