# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where servers differ and people type what they mean: fields that one server insists on, days of two calendars, numbers, ways of logging in."""

from __future__ import annotations

import pytest
from jobs import carry_out

#: A Jalali day far ahead, and the Gregorian one that it is.
JALALI, GREGORIAN = "۱۴۱۴/۷/۱", "2035-09-23"


def test_a_server_that_insists_on_field(deltasib):
    """-4 for want of ``Field`` is asked again with it, once for each list; -4 about a subscriber stays what it is."""
    deltasib.reset("default", field="required")
    for module, options in (("deltasib_service_info", {}), ("deltasib_payment_info", {"usernames": ["zahra.karimi", "ali.mohammadi"]}),
                            ("deltasib_user_service_info", {"username": "zahra.karimi"}), ("deltasib_session_info", {})):
        deltasib.clear_journal()
        result = carry_out(module, {**deltasib.connection, "api_concurrency": 1, **options})
        assert not result["failed"] and next(value for value in result.values() if isinstance(value, list) and value), result
        refused = [entry for entry in deltasib.journal() if entry["status"] != 200]
        assert len(refused) == 1, refused
    pay = {**deltasib.connection, "username": "zahra.karimi", "voucher_no": "4712", "amount": "۱٬۰۰۰", "currency_id": 1}
    assert carry_out("deltasib_user_payment", pay)["changed"] and not carry_out("deltasib_user_payment", pay)["changed"]
    assert carry_out("deltasib_user_service", {**deltasib.connection, "username": "nobody", "service": "1"})["error"]["code"] == "not_found"


@pytest.fixture
def dated(deltasib, podspace, payamsms, smspanel, alocom, tmp_path):
    """Return, for a day, every option of all vendors that means a day or a time: ``[(vendor or None, module, options)]``."""
    deltasib.reset("default")
    alocom.reset("default")
    folder, file = podspace.entity("گزارش‌ها"), podspace.seed("folders", 1, file=True)[0]
    journal = {"journal": str(tmp_path / "sent.db")}

    def made(day):
        time = "%s 10:00" % day
        return [
            (deltasib, "deltasib_user_payment", {"username": "zahra.karimi", "voucher_no": "1", "amount": 5, "currency_id": 1, "voucher_date": day}),
            (podspace, "podspace_folder_share", {"folder_hash": folder, "person": "h.rezaei", "expiration": day}),
            (podspace, "podspace_folder_share", {"shares": [{"folder_hash": folder, "person": "a.mohammadi", "expiration": day}]}),
            (podspace, "podspace_file_share", {"file_hash": file, "person": "z.karimi", "expiration": day}),
            (payamsms, "payamsms_message", {"customer_id": "c", "sender": "982000123", "recipient": "09121234567", "body": "x", "send_date": time}),
            (payamsms, "payamsms_message", {"sender": "982000123", "messages": [
                {"customer_id": "d", "recipient": "09121234567", "body": "x", "send_date": time}]}),
            (payamsms, "payamsms_scheduled_info", {"from_date": time}), (payamsms, "payamsms_scheduled_info", {"to_date": time}),
            (smspanel, "smspanel_message", {"kind": "scheduled", "sender": "30001234", "recipients": ["09121234567"], "text": "x",
                                            "send_date": "%s:00" % time}),
            (alocom, "alocom_visit_info", {"from_date": day}), (alocom, "alocom_visit_info", {"to_date": day}),
            (alocom, "alocom_attendance_info", {"event": "math-10", "date": day}),
            (alocom, "alocom_attendance_info", {"event": "math-10", "date": "2025-01-01", "to_date": day}),
            (None, "journal_info", {"since": day, **journal}), (None, "journal_info", {"since": "%sT10:00:00Z" % day, **journal}),
            (None, "message_delivery_info", {"since": day, **journal}),
        ]
    return made


def connected(vendor, options):
    return {**(vendor.connection if vendor is not None else {}), **options}


@pytest.mark.parametrize(("given", "reason"), [
    ("1404/13/45", "a year has 12 months"), ("1404/12/30", "1404 is no leap year"), ("1404/07/31", "that month has 30 days"),
    ("2025-02-29", "that month has 28 days"), ("۱۴۰۴/۰۷/۳۲", "that month has 30 days"), ("1404/00/01", "a year has 12 months")])
def test_days_that_are_none(dated, given, reason):
    """All of the vendors' options that mean a day tell why there is no such day, before any request."""
    for vendor, module, options in dated(given):
        result = carry_out(module, connected(vendor, options))
        assert result["failed"] and reason in result["msg"], (module, options, result)
        assert vendor is None or vendor.writes() == [], (module, options)


@pytest.mark.parametrize("given", [JALALI, "1414-07-01", "1414/07/01", GREGORIAN])
def test_a_day_of_either_calendar(dated, alocom, payamsms, smspanel, podspace, given):
    """The same day however it is written: what goes to the vendors is the same."""
    for vendor, module, options in dated(given):
        if vendor is alocom and options.get("date") != given and "to_date" in options and module.endswith("attendance_info"):
            continue  # a range of ten years, which is refused for its length
        result = carry_out(module, connected(vendor, options))
        assert not result["failed"], (module, options, result)
    asked = [entry["body"] for entry in alocom.journal() if entry["operation"] in ("events.visits", "events.attendance")]
    assert asked and all(GREGORIAN in str(body) or "2035-9-23" in str(body) for body in asked), asked
    assert {row["sendDate"] for row in payamsms.dump()["messages"]} == {row["sendDate"] for row in smspanel.dump()["messages"]} == {"%s 10:00:00" % GREGORIAN}
    assert {row["expiration"] for row in podspace.dump()["shares"] if row["expiration"]} >= {GREGORIAN}


def test_a_panel_that_reads_jalali_times(smspanel):
    """As it is written comes first; nothing that was taken is sent again, and a time that has passed is not tried in another calendar."""
    send = {**smspanel.connection, "kind": "scheduled", "sender": "30001234", "recipients": ["09121234567"], "text": "x"}
    smspanel.fault("status", path="/sms/future-send", status=200, body={"status": 200, "result": {"status": 0, "id": 77}}, match_body="1414")
    assert carry_out("smspanel_message", dict(send, send_date="%s 10:00" % JALALI))["message"]["id"] == 77
    smspanel.clear_journal()
    for past in ("1390/07/01 10:00", "2001-01-01 10:00:00", "tomorrow"):
        result = carry_out("smspanel_message", dict(send, send_date=past))
        assert result["error"]["code"] == 26, result
    assert smspanel.operations() == ["sms.future"] * 3 and smspanel.sent() == []


def test_jalali_days_are_taken(deltasib, podspace, payamsms):
    deltasib.reset("default")
    pay = {**deltasib.connection, "username": "zahra.karimi", "voucher_no": "4713", "amount": "1,000,000", "currency_id": 1, "voucher_date": "۱۴۰۴/۰۷/۱۲"}
    paid, again = (carry_out("deltasib_user_payment", pay) for _time in range(2))
    assert paid["changed"] and not again["failed"] and not again["changed"] and again["warnings"] == [], (paid, again)
    row = next(row for row in deltasib.dump()["payments"] if str(row["VoucherNo"]) == "4713")
    assert row["VoucherDate"].isascii() and int(row["PriceINCurrency"]) == 1_000_000, row
    share = {**podspace.connection, "folder_hash": podspace.entity("گزارش‌ها"), "person": "z.karimi",
             "expiration": JALALI}
    shared, again = (carry_out("podspace_folder_share", share) for _time in range(2))
    assert shared["share"]["expiration"] == GREGORIAN and not again["failed"] and not again["changed"], (shared, again)
    text = {**payamsms.connection, "customer_id": "c", "sender": "982000123", "recipient": "09121234567", "body": "x", "send_date": "%s 8:30" % JALALI}
    sent, again = (carry_out("payamsms_message", text) for _time in range(2))
    assert sent["changed"] and not again["failed"] and not again["changed"], (sent, again)
    assert [row["sendDate"] for row in payamsms.dump()["messages"]] == ["%s 08:30:00" % GREGORIAN]


@pytest.mark.parametrize("style", ["form", "query", "json"])
def test_ways_of_logging_in_to_payamsms(payamsms, style):
    payamsms.reset(token_from=style)
    for tried in ("form", "query", "json"):
        result = carry_out("payamsms_login", {**payamsms.connection, "api_login_style": tried})
        assert result["failed"] is (tried != style), result
        if tried != style:
            assert "api_login_style: " in result["msg"] and "tried: %s" % tried in result["msg"] and style in result["msg"], result
    payamsms.fault("status", status=415, path="token", times=0, body={"error": "unsupported_media_type"})
    result = carry_out("payamsms_login", {**payamsms.connection, "api_login_style": style})
    assert result["failed"] and "api_login_style: " in result["msg"], result


def test_the_password_of_today_is_named_first(alocom):
    alocom.fault("status", status=401, path="change-password", times=0, body={"message": "رمز عبور فعلی درست نیست"})
    result = carry_out("alocom_profile", {**alocom.connection, "current_password": "wrong-one", "password": "new-secret-1"})
    assert result["failed"] and "Check current_password first" in result["msg"], result


@pytest.mark.parametrize("username", ["ZAHRA.Karimi", " zahra.karimi ", "\u200ezahra.karimi"], ids=["case", "spaces", "mark"])
def test_a_username_in_every_module_of_deltasib(deltasib, username):
    """Whoever deltasib_user finds, every other module finds too: states, payments, services, sessions, lists."""
    deltasib.reset("default")
    person = {**deltasib.connection, "username": username}
    there = carry_out("deltasib_user", dict(person, password="x-geheim"))
    if there["failed"]:
        assert "username" in there["msg"]  # a name that is refused everywhere with its reason is not found anywhere
        for module in ("deltasib_user_info", "deltasib_payment_info", "deltasib_session"):
            told = carry_out(module, dict(person, **({"state": "absent"} if module == "deltasib_session" else {})))
            assert told["failed"] or not next((value for value in told.values() if isinstance(value, list) and value), None), (module, told)
        return
    assert not there["changed"] and len(deltasib.users()) == 7, there
    for module, key in (("deltasib_user_info", "users"), ("deltasib_user_service_info", "services"), ("deltasib_payment_info", "payments"),
                        ("deltasib_credit_info", "credits")):
        told = carry_out(module, person)
        assert not told["failed"] and told[key], (module, told)
    for module, options, changed in (
            ("deltasib_user_status", {"status": "فعال"}, False), ("deltasib_user_payment", {"voucher_no": "99", "amount": 10, "currency_id": 1}, True),
            ("deltasib_user_service", {"service": "12", "state": "canceled"}, False)):
        told = carry_out(module, dict(person, **options))
        assert not told["failed"] and told["changed"] is changed, (module, told)
    online = deltasib.online()
    assert "zahra.karimi" in online
    assert carry_out("deltasib_session", dict(person, state="absent"))["changed"] and "zahra.karimi" not in deltasib.online()


#: An address that lacks its path, or has another: vendor -> (what is put for the right one, tasks that would find nothing there).
ADDRESSES = {
    "alocom": ("/nowhere", [("alocom_label", {"title": "x", "state": "absent"}), ("alocom_user_info", {}), ("alocom_event", {"slug": "x", "state": "absent"})]),
    "deltasib": ("/nowhere", [("deltasib_user_info", {}), ("deltasib_session", {"username": "zahra.karimi", "state": "absent"})]),
    "payamsms": ("/nowhere", [("payamsms_message", {"customer_id": "x", "state": "absent"}), ("payamsms_message_info", {"customer_ids": ["x"]})]),
    "podspace": ("/nowhere", [("podspace_organization", {"name": "x", "state": "absent"}), ("podspace_organization_info", {})]),
    "smspanel": ("/nowhere", [("smspanel_phonebook", {"name": "x", "state": "absent"}), ("smspanel_phonebook_info", {}),
                              ("smspanel_phonebook_info", {"name": "x"}), ("smspanel_phonebook_info", {"name": "x", "with_numbers": True}),
                              ("smspanel_message_info", {}), ("smspanel_profile_info", {}),
                              ("smspanel_user", {"username": "xyz", "password": "p4ss-word"}),
                              ("smspanel_message", {"sender": "30001234", "recipients": ["09121234567"], "text": "x"})]),
}


@pytest.mark.parametrize("vendor", list(ADDRESSES))
@pytest.mark.parametrize("page", [None, "<html><h1>404 Not Found</h1></html>", {"error": "Not Found"}], ids=["simulator", "html", "json"])
def test_an_address_that_is_none_is_no_empty_account(request, vendor, page):
    """What nobody answered for is never taken for 'nothing there': not empty, not unchanged, not green."""
    at = request.getfixturevalue(vendor).reset("default" if vendor != "smspanel" else "empty")
    path, tasks = ADDRESSES[vendor]
    connection = at.connection
    if page is None:
        connection = dict(connection, api_url=connection["api_url"].rstrip("/") + path)
    else:
        at.fault("status", status=404, body=page, times=0)
    for module, options in tasks:
        for check in (True, False):
            if module in ("smspanel_message", "smspanel_user") and check:
                continue  # nothing is asked before it is sent
            told = carry_out(module, {**connection, "api_retries": 0, **options}, check=check)
            assert told["failed"] and not told["changed"], (module, options, told)
    assert [operation for operation in at.writes() if operation] == [] or page is not None


def test_a_mobile_number_that_became_a_float(alocom, payamsms, smspanel, deltasib):
    """YAML and JSON make a float of some numbers: every module that takes a mobile says how to keep it."""
    for vendor, module, options in (
            (alocom, "alocom_user", {"username": "a", "name": "n", "surname": "s", "cellphone": 9121234567.0}),
            (payamsms, "payamsms_message", {"customer_id": "c", "sender": "982000123", "recipient": 9.12123e9, "body": "x"}),
            (smspanel, "smspanel_message", {"sender": "30001234", "recipients": [9121234567.0], "text": "x"}),
            (None, "message", {"key": "k", "recipient": "9121234567.0", "text": "x", "sender": "3000", "providers": ["payamsms"]})):
        told = carry_out(module, connected(vendor, options))
        assert told["failed"] and "put it in quotes" in told["msg"], (module, told)


def test_a_mark_that_nobody_sees(alocom, deltasib, smspanel):
    """In a username it would make another person: told with the mark, before any request, wherever people are made."""
    for vendor, module, options in (
            (alocom, "alocom_user", {"name": "n", "surname": "s"}), (deltasib, "deltasib_user", {"password": "geheim-1"}),
            (smspanel, "smspanel_user", {"password": "p4ss-word"})):
        for username in ("\u200esara.new", "sara\u200c.new", "sara.new\ufeff"):
            for given in ({"username": username, **options}, {"users": [{"username": username, **options}]}):
                told = carry_out(module, connected(vendor, given))
                assert told["failed"] and "a mark that nobody sees (U+" in told["msg"] and vendor.operations() == [], (module, told)
