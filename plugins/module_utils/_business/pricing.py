# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a planned object costs, in the vendor's own money. Pure: from what the module foretold, the item of the file and the options beside it.

Each function returns ``{"what": "purchase" | "payment" | "text", "amount": number or None, ...}``; None where nobody tells the price.
"""

from __future__ import annotations

import decimal

from .._core.text.letters import ungrouped
from .._core.text.sms import parts

PURCHASE, PAYMENT, TEXT = "purchase", "payment", "text"
#: What cannot be undone, in the order in which it is told.
PURCHASES, PAYMENTS, TEXTS, DELETIONS, PASSWORDS = FINAL = ("purchases", "payments", "texts", "deletions", "passwords")
FINAL_OF = {PURCHASE: PURCHASES, PAYMENT: PAYMENTS, TEXT: TEXTS}


def number(value):
    """Return an amount as JSON has it: whole where it is whole, otherwise with two decimals."""
    value = decimal.Decimal(value).quantize(decimal.Decimal("0.01"), decimal.ROUND_HALF_UP)
    return int(value) if value == value.to_integral_value() else float(value)


def exact(value):
    return decimal.Decimal(str(ungrouped(str(value))))


def service(entry, item, options):
    """A base service: what the file says is paid, or the price of the catalogue with VAT where a purchase has told it (vendor page 3.5)."""
    made = {"what": PURCHASE, "prepaid": str(item.get("pay_plan") or "").lower() == "prepaid", "vat": None}
    if entry.get("pay_price") not in (None, ""):
        return dict(made, amount=number(exact(entry["pay_price"])))
    if entry.get("service_price") is None:
        return dict(made, amount=None)
    price, vat = exact(entry["service_price"]), entry.get("vat")
    if isinstance(vat, (int, float)) and 0 <= vat <= 100:
        return dict(made, amount=number(price * (100 + exact(vat)) / 100), vat=vat)
    return dict(made, amount=number(price), without_vat=True)


def payment(entry, item, options):
    """A payment, taken from the reseller's credit: the amount in its currency times the exchange rate, 1 where the file gives none."""
    rate = item.get("exchange_rate")
    return {"what": PAYMENT, "amount": number(exact(entry["amount"]) * exact(1 if rate in (None, "") else rate))}


def text(entry, item, options):
    """A text: its parts times the price that the file gives for one (``part_price`` among the options of its kind); no call of the vendor tells it."""
    count = parts(entry.get("body") or "")["parts"]
    price = options.get("part_price")
    return {"what": TEXT, "parts": count, "amount": None if price in (None, "") else number(count * exact(price))}
