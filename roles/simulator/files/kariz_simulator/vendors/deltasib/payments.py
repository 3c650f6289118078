# SPDX-License-Identifier: GPL-3.0-or-later
"""The ledger of a subscriber. A payment is taken from the reseller's credit."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from ...messages import Call
from . import texts
from .handlers import handlers
from .lists import listed, refused, starred, whole
from .shapes import picked

FIELDS = [
    "User_Payment_Id",
    "Creator_Id",
    "User_PaymentCD",
    "PaymentType",
    "Price",
    "Paybalance",
    "VoucherNo",
    "VoucherDate",
    "BankBranchName",
    "BankBranchNo",
    "Comment",
    "Terminal_Id",
    "Currency_Id",
    "PriceINCurrency",
]
LENGTHS = {"BankBranchName": 32, "BankBranchNo": 32, "Comment": 255}


def payer(vendor: Any, values: dict[str, Any]) -> Any:
    user = vendor.state.users.get(whole(values["User_Id"], "User_Id"))
    if user is None:
        raise refused(texts.NOT_FOUND, "User not found")
    return user


@handlers.on("user.payment.list")
def index(vendor: Any, call: Call) -> Any:
    ledger = vendor.state.payments.values()
    if call.query.get("User_Id") not in (None, ""):
        user = payer(vendor, call.query)
        ledger = [row for row in ledger if row["User_Id"] == user["User_Id"]]
    elif vendor.settings["payment_list_user"] == "required":
        raise refused(texts.NOT_FOUND, "User_Id is required")
    rows = listed(vendor, call, ledger, [*FIELDS, "User_Id"])
    return picked(rows, starred(vendor, call, FIELDS), vendor.settings["calendar"])


@handlers.on("user.payment.add")
def add(vendor: Any, call: Call) -> Any:
    state = vendor.state
    body = call.body
    user = payer(vendor, body)
    currency = state.currencies.get(whole(body["Currency_Id"], "Currency_Id"))
    if currency is None:
        raise refused(texts.NOT_FOUND, "Currency not found")
    amount = whole(body["PriceINCurrency"], "PriceINCurrency")
    rate = whole(body["ExchangeRate"], "ExchangeRate", 1)
    if amount == 0:
        raise refused(texts.INVALID, "PriceINCurrency must not be 0")
    voucher = body.get("VoucherNo", "")
    if voucher and not re.fullmatch(r"[0-9]{1,15}", voucher):
        raise refused(texts.INVALID, "VoucherNo must be a number of up to 15 digits")
    for name, most in LENGTHS.items():
        if len(body.get(name, "")) > most:
            raise refused(texts.INVALID, f"{name} is too long")
    check_date(body.get("VoucherDate", ""), body.get("DateType") or "Persian")
    price = Decimal(amount) * rate
    if price > 0:
        if price > state.reseller["credit"]:
            raise refused(texts.INVALID, "Reseller credit is not enough")
        state.reseller["credit"] -= price
    more = {name: body.get(name, "") for name in ("VoucherNo", "VoucherDate", "BankBranchName", "BankBranchNo", "Comment")}
    more.update(Currency_Id=currency["Currency_Id"], PriceINCurrency=Decimal(amount))
    state.book(user, body.get("PaymentType") or "Cash", price, more)
    return {"status": 1}


def check_date(text: str, kind: str) -> None:
    if not text:
        return
    match = re.fullmatch(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", text, re.ASCII)
    if match is None:
        raise refused(texts.INVALID, "VoucherDate is not a date")
    year, month, day = map(int, match.groups())
    right = year < 1700 if kind == "Persian" else year > 1700
    if not right or not 1 <= month <= 12 or not 1 <= day <= 31:
        raise refused(texts.INVALID, f"VoucherDate is not a {kind} date")
