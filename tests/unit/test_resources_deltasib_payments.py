# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What DeltaSib's subscribers pay: exactly what was asked for, once for each voucher, and told where it was paid otherwise."""

from __future__ import annotations

import pytest
from requests_of import asked, read, sent
from resources import Panel

from ansible_collections.kariz.panels.plugins.module_utils._deltasib import payment


@pytest.fixture
def panel(wire, tmp_path):
    return Panel(wire, "deltasib", tmp_path, "default")


def journalled(panel):
    return {"journal": str(panel.folder / "journal.db")}


def shown(panel):
    panel.vendor.settings(list_owner="shown", payment_list_user="optional")


PAID = {"username": "narges.yazdani", "voucher_no": "0012", "amount": "150,000", "currency_id": 1}
BOOKED = {"User_Id": "1006", "Currency_Id": "1", "PriceINCurrency": "150000", "ExchangeRate": "1", "VoucherNo": "0012"}


@pytest.mark.parametrize(("given", "body"), [
    ({}, {}), ({"exchange_rate": "۲"}, {"ExchangeRate": "2"}), ({"payment_type": "tax"}, {"PaymentType": "TAX"}),
    ({"payment_type": "pos"}, {"PaymentType": "Pos"}),
    ({"voucher_date": "۱۴۰۴/۷/۱۲"}, {"VoucherDate": "1404/7/12", "DateType": "Persian"}),
    ({"voucher_date": "2025-10-04"}, {"VoucherDate": "2025-10-04", "DateType": "Gregorian"}),
    ({"voucher_date": "2025-10-04", "date_type": "gregorian"}, {"VoucherDate": "2025-10-04", "DateType": "Gregorian"}),
    ({"date_type": "persian"}, {"DateType": "Persian"}),
    ({"bank_branch_name": "b" * 32, "bank_branch_no": "n" * 32, "comment": "c" * 255},
     {"BankBranchName": "b" * 32, "BankBranchNo": "n" * 32, "Comment": "c" * 255}),
])
def test_a_payment_is_booked_with_what_was_given(panel, given, body):
    ran = panel.both("deltasib_user_payment", **PAID, **given)
    assert sent(ran) == [("user.payment.add", {**BOOKED, **body})] and ran.result["changed"]
    told = ran.result["payment"]
    assert (told["username"], told["voucher_no"], told["amount"], told["currency_id"], told["price"], told["pay_balance"]) == (
        "narges.yazdani", "0012", 150000, 1, 150000 * int(body.get("ExchangeRate", 1)), 150000 * int(body.get("ExchangeRate", 1)))
    assert told["id"] == 9011 and told["date_iso"].startswith("2025-10-05T09:30:") and "exchange_rate" not in told
    assert ran.result["diff"]["before"] == {} and set(ran.result["diff"]["after"]) == set(PAID) | set(given)
    again = panel.both("deltasib_user_payment", **{**PAID, "voucher_no": "۱۲", "username": "Narges.Yazdani"}, **given)
    assert sent(again) == [] and not again.result["changed"] and "warnings" not in again.result


def test_a_payment_by_the_id_of_its_subscriber(panel):
    ran = panel.both("deltasib_user_payment", **{**PAID, "username": None, "user_id": "1006", "voucher_no": 12})
    assert sent(ran) == [("user.payment.add", {**BOOKED, "VoucherNo": "12"})]
    assert read(ran)[0] == ("user.payment.list", {"User_Id": "1006"}) and ran.result["payment"]["user_id"] == 1006


@pytest.mark.parametrize(("given", "told"), [
    ({"amount": 200}, "amount is 120000 and not 200"), ({"currency_id": 2}, "currency_id is 1 and not 2"),
    ({"payment_type": "pos"}, "payment_type is cash and not pos"),
    ({"amount": 200, "payment_type": "pos"}, "amount is 120000 and not 200, payment_type is cash and not pos"),
])
@pytest.mark.parametrize("check", [True, False])
def test_another_payment_under_the_same_voucher(panel, given, told, check):
    ran = panel.run("deltasib_user_payment", check=check, username="zahra.karimi", voucher_no=881001, **given)
    assert "voucher 881001 of zahra.karimi was paid already (payment id 9001): %s" % told in ran.msg and sent(ran) == []
    assert ran.result["error"]["code"] == "voucher_taken" and "for another payment give another voucher_no" in ran.msg


def test_what_cannot_be_changed_of_a_payment_is_told(panel):
    ran = panel.both("deltasib_user_payment", username="zahra.karimi", voucher_no=881001, comment="x", bank_branch_name="پرداخت", voucher_date="1404/01/01")
    assert sent(ran) == [] and not ran.result["changed"] and ran.result["warnings"] == [
        "%s of payment zahra.karimi / 881001 is %r and cannot be changed to %r: a payment is booked once" % each for each in (
            ("voucher_date", None, "1404/01/01"), ("bank_branch_name", "", "پرداخت"), ("comment", "پرداخت حضوری", "x"))]
    assert "warnings" not in panel.both("deltasib_user_payment", username="zahra.karimi", voucher_no=881001, comment="پرداخت حضوري").result


def test_two_payments_of_one_voucher(panel):
    panel.vendor.seed("payments", username="zahra.karimi", voucher=881001)
    ran = panel.run("deltasib_user_payment", username="zahra.karimi", voucher_no=881001, amount=120000)
    assert ran.result["error"]["code"] == "ambiguous" and "2 payments match zahra.karimi / 881001 (ids 9001, 9011)" in ran.msg and sent(ran) == []


@pytest.mark.parametrize(("given", "told"), [
    ({"voucher_no": "1" * 16}, "voucher_no: must be a number of up to 15 digits, not '%s'" % ("1" * 16)),
    ({"voucher_no": "-1"}, "voucher_no: must be a number of up"),
    ({"voucher_no": ""}, "voucher_no is required and must not be empty"), ({"voucher_no": None}, "voucher_no is required"),
    ({"amount": 0}, "amount: must be more than 0, not '0'"), ({"amount": "-5"}, "amount: must be a whole number"),
    ({"amount": "1.5"}, "amount: must be a whole number"), ({"amount": "0,000"}, "amount: must be more than 0"),
    ({"exchange_rate": 0}, "exchange_rate: must be more than 0"), ({"payment_type": "gold"}, "payment_type: must be"),
    ({"date_type": "moon"}, "date_type: must be"),
    ({"voucher_date": "yesterday"}, "voucher_date: must be a day such as 1404/07/12 or 2025-10-04, not 'yesterday'"),
    ({"voucher_date": "1404/07/12 10:00"}, "voucher_date: must be a day such as"), ({"voucher_date": "1404/13/12"}, "voucher_date: "),
    ({"voucher_date": "1299/01/01"}, "voucher_date: must be a day of our time, such as 1404/07/12 or 2025-10-04"),
    ({"voucher_date": "1500/01/01"}, "a day of our time"),
    ({"voucher_date": "1899/01/01"}, "a day of our time"), ({"voucher_date": "2200/01/01"}, "a day of our time"),
    ({"voucher_date": "2025-10-04", "date_type": "persian"}, "voucher_date must be a Persian day such as 1404/07/12, not '2025-10-04'"),
    ({"voucher_date": "۱۴۰۴/۷/۱۲", "date_type": "gregorian"}, "voucher_date must be a Gregorian day such as 2025-10-04, not '۱۴۰۴/۷/۱۲'"),
    ({"bank_branch_name": "b" * 33}, "bank_branch_name: must have 32 characters or less"), ({"bank_branch_no": "b" * 33}, "bank_branch_no: must have 32"),
    ({"comment": "c" * 256}, "comment: must have 255 characters or less"), ({"comment": ""}, "comment: must not be empty: it cannot be cleared"),
    ({"user_id": 5}, "are mutually exclusive"),
    *[({name: ""}, "%s: must not be empty: it cannot be cleared" % name) for name in ("voucher_date", "bank_branch_name", "bank_branch_no", "amount")],
])
def test_options_of_a_payment_that_are_refused(panel, given, told):
    ran = panel.run("deltasib_user_payment", **{**PAID, **given})
    assert told in ran.msg and ran.requests == []


@pytest.mark.parametrize("day", ["1300/01/01", "1499-12-1", "1900/1/1", "2199-12-31", " ۱۴۰۴-۰۷-۱۲ "])
def test_days_of_our_time(day):
    assert payment.day_check(day) is None


@pytest.mark.parametrize("lacking", ["amount", "currency_id"])
def test_what_a_payment_needs(panel, lacking):
    ran = panel.run("deltasib_user_payment", **{**PAID, lacking: None})
    assert "cannot be made without %s" % lacking in ran.msg and sent(ran) == []
    assert not panel.run("deltasib_user_payment", username="zahra.karimi", voucher_no=881001).failed
    # Of a subscriber who is not there that is the reason; one who is about to be made needs all of it.
    nobody = {**PAID, "username": "nobody.at", lacking: None}
    ran = panel.run("deltasib_user_payment", **nobody)
    assert "there is no subscriber nobody.at" in ran.msg and "without" not in ran.msg and ran.result["error"]["code"] == "not_found" and sent(ran) == []
    assert "cannot be made without %s" % lacking in panel.run("deltasib_user_payment", check=True, **nobody).msg


def test_two_items_that_mean_one_payment(panel):
    for other in ({"username": "Narges.Yazdani", "voucher_no": "12"}, {"username": None, "user_id": 1006, "voucher_no": "۰۱۲"}):
        ran = panel.run("deltasib_user_payment", payments=[PAID, {**PAID, **other}])
        assert "payments[1]: names the same payment (" in ran.msg and sent(ran) == []


def test_payments_of_subscribers_who_are_not_there(panel):
    ran = panel.run("deltasib_user_payment", payments=[{**PAID, "username": "nobody.at"}, PAID])
    assert [entry["action"] for entry in ran.result["payments"]] == ["failed", "created"]
    assert ran.result["payments"][0]["error"]["message"] == "there is no subscriber nobody.at"
    warned = panel.run("deltasib_user_payment", check=True, **{**PAID, "username": "nobody.at"})
    assert warned.result["changed"] and warned.result["warnings"] == ["there is no subscriber nobody.at yet; a real run would need him"]
    panel.vendor.fault("status", status=403, body={"ErrorCode": -3}, operation="user.payment.list")
    ran = panel.run("deltasib_user_payment", payments=[PAID, {"username": "zahra.karimi", "voucher_no": 881001}])
    assert [entry["action"] for entry in ran.result["payments"]] == ["failed", "unchanged"] and sent(ran) == []
    panel.vendor.seed("users", 100, prefix="a")
    panel.vendor.fault("status", status=403, body={"ErrorCode": -3}, operation="user.list")
    ran = panel.run("deltasib_user_payment", check=True, payments=[{**PAID, "username": "a-%05d" % number} for number in range(1, 101)] + [PAID])
    assert [entry["action"] for entry in ran.result["payments"]] == ["failed"] * 100 + ["unchanged"]


@pytest.mark.parametrize("kind", ["reset_after", "status_after", "reset_before", "truncate_json", "no_content"])
@pytest.mark.parametrize("journal", [False, True])
def test_a_payment_whose_answer_was_lost(panel, kind, journal):
    more = journalled(panel) if journal else {}
    panel.vendor.fault(kind, **({"status": 500} if kind == "status_after" else {}), operation="user.payment.add")
    ran = panel.run("deltasib_user_payment", **PAID, **more)
    assert asked(ran).count("user.payment.add") == 1
    booked = [("0012", 150000)]
    assert panel.vendor.vouchers("narges.yazdani") == ([] if kind == "reset_before" else booked)
    assert (ran.result["error"]["code"] == "outcome_unknown") if kind == "reset_before" else (not ran.failed and ran.result["payment"]["id"] == 9011)
    again = panel.run("deltasib_user_payment", **{**PAID, "voucher_no": "12"}, **more)
    assert again.failed is (journal and kind == "reset_before") and len(panel.vendor.vouchers("narges.yazdani")) == (0 if again.failed else 1)


def test_a_payment_by_two_names_of_a_subscriber_is_one_in_the_journal(panel):
    panel.vendor.fault("reset_before", operation="user.payment.add")
    assert panel.run("deltasib_user_payment", **PAID, **journalled(panel)).failed
    ran = panel.run("deltasib_user_payment", **{**PAID, "username": None, "user_id": 1006, "voucher_no": "۱۲"}, **journalled(panel))
    assert ran.result["error"]["code"] == "outcome_unknown" and sent(ran) == []
    assert sent(panel.run("deltasib_user_payment", **{**PAID, "voucher_no": 13}, **journalled(panel)))


def test_vouchers_of_many_are_read_with_one_list(panel):
    shown(panel)
    payments = [{"username": name, "voucher_no": "0%d" % (881000 + place)} for place, name in enumerate(list(panel.vendor.users())[:5], 1)]
    ran = panel.run("deltasib_user_payment", payments=payments)
    assert not ran.result["changed"] and asked(ran) == ["user.list", "user.payment.list"] and [entry["id"] for entry in ran.result["payments"]] == [
        row["User_Payment_Id"] for row in panel.vendor.dump()["payments"] if row["VoucherNo"]]
    assert read(ran)[1][1]["Filter"] == "(%s) and (%s)" % (
        " or ".join("User_Id=%d" % number for number in range(1001, 1006)), " or ".join("VoucherNo=%d" % number for number in range(881001, 881006)))
    assert asked(panel.run("deltasib_user_payment", payments=payments[:3])).count("user.payment.list") == 3
    # Whoever lacks one of his vouchers is asked for alone.
    more = [*payments, {"username": "zahra.karimi", "voucher_no": 5, "amount": 5, "currency_id": 1}]
    ran = panel.run("deltasib_user_payment", payments=more)
    assert [entry["action"] for entry in ran.result["payments"]] == ["unchanged"] * 5 + ["created"]
    assert [said["User_Id"] for operation, said in read(ran) if operation == "user.payment.list" and "User_Id" in said][:1] == ["1001"]


def test_a_long_list_of_many_ends_when_all_are_seen(panel):
    shown(panel)
    panel.vendor.settings(limit_max=10)
    panel.vendor.seed("users", 30, prefix="a", voucher=10)
    for many, lists in ((12, 2), (10, 1), (28, 3)):
        payments = [{"user_id": 1007 + number, "voucher_no": 9 + number} for number in range(1, many + 1)]
        ran = panel.run("deltasib_user_payment", payments=payments)
        assert not ran.result["changed"] and asked(ran) == ["user.payment.list"] * lists


def test_fields_of_a_payment():
    made = payment.payment({"user_payment_id": "7", "voucherno": " 12 ", "priceincurrency": "120,000.00", "currency_id": "1", "price": None,
                            "paymenttype": "TAX", "user_paymentcd": "1404/07/12 10:00:00", "voucherdate": "", "comment": None, "creator_id": "2",
                            "terminal_id": 0})
    assert made == {"id": 7, "voucher_no": "12", "amount": 120000, "currency_id": 1, "price": None, "pay_balance": None, "payment_type": "tax",
                    "voucher_date": None, "bank_branch_name": "", "bank_branch_no": "", "comment": "", "creator_id": 2, "terminal_id": 0,
                    "date": "1404/07/12 10:00:00", "date_iso": "2025-10-04T10:00:00", "voucher_date_iso": None}
    assert payment.payment({"user_payment_id": 7, "voucherno": None})["payment_type"] is None
    resource = payment.UserPaymentResource()
    day, voucher = resource.field("voucher_date"), resource.field("voucher_no")
    assert day.same("1404/7/2", "۱۴۰۴-۰۷-۰۲ 10:00") and not day.same("1404/7/2", "1404/7/3") and day.normal("") is None and day.normal(None) is None
    assert voucher.normal(None) is None and voucher.normal("0") == "0" and payment.voucher_check("1" * 15) is None and payment.voucher_check("²")
