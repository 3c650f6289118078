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


@pytest.mark.parametrize(("given", "reason"), [
    ("1404/13/45", "a year has 12 months"), ("1404/12/30", "1404 is no leap year"), ("1404/07/31", "that month has 30 days"),
    ("2025-02-29", "that month has 28 days"), ("۱۴۰۴/۰۷/۳۲", "that month has 30 days"), ("1404/00/01", "a year has 12 months")])
def test_days_that_are_none(deltasib, podspace, payamsms, alocom, given, reason):
    deltasib.reset("default")
    folder = podspace.entity("گزارش‌ها")
    for vendor, module, options in (
            (deltasib, "deltasib_user_payment", {"username": "zahra.karimi", "voucher_no": "1", "amount": 5, "currency_id": 1, "voucher_date": given}),
            (podspace, "podspace_folder_share", {"folder_hash": folder, "person": "z.karimi", "expiration": given}),
            (payamsms, "payamsms_message", {"customer_id": "c", "sender": "982000123", "recipient": "09121234567", "body": "x",
                                            "send_date": "%s 10:00" % given}),
            (alocom, "alocom_visit_info", {"from_date": given})):
        result = carry_out(module, {**vendor.connection, **options})
        assert result["failed"] and reason in result["msg"] and vendor.writes() == [], result


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
