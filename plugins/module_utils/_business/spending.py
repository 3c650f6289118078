# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an account's part of a plan spends, against what it has and what the file allows. Pure."""

from __future__ import annotations

import decimal

from .._core.text.letters import counted
from . import pricing
from .pricing import DELETIONS

#: Keys of ``limits`` beside an account's kinds, as an argument specification.
LIMITS = {"spend": {"type": "float"}, "texts": {"type": "int"}, "deletions": {"type": "int"}, "approval": {"type": "bool"}}
PRICED = (pricing.PURCHASE, pricing.PAYMENT, pricing.TEXT)


def of_account(account, known_as, steps, balance):
    """Return what an account's part of the plan spends.

    :arg balance: ``{"left": number}``, where the account has one balance; ``{"of_subscribers": {username: number}}`` where each subscriber has.
    """
    mine = [step for step in steps if (step["vendor"], step["account"]) == (account.vendor, account.name)]
    changes = [change for step in mine for change in step["changes"]]
    made: dict = {"vendor": account.vendor, "account": account.name, "known_as": known_as, "limits": dict(account.limits), "costs": {}, "unpriced": 0,
                  "without_vat": 0}
    for change in changes:
        price = change.get("price")
        if price is None:
            continue
        cost = made["costs"].setdefault(price["what"], {"count": 0, "amount": 0})
        cost["count"] += 1
        if "parts" in price:
            cost["parts"] = cost.get("parts", 0) + price["parts"]
        if price.get("without_vat"):
            made["without_vat"] += 1
        if price["amount"] is None:
            made["unpriced"] += 1
        else:
            cost["amount"] = _sum(cost["amount"], price["amount"])
    made["spend"] = _sum(*[cost["amount"] for cost in made["costs"].values()])
    made["texts"] = made["costs"].get(pricing.TEXT, {}).get("count", 0)
    made["deletions"] = sum(DELETIONS in change["final"] for change in changes)
    made["balance"] = balance.get("left")
    made["lacking"] = None
    if balance.get("left") is not None:
        made["lacking"] = max(0, _sum(made["spend"], -balance["left"])) or None
    made["subscribers_lacking"] = _prepaid(mine, balance.get("of_subscribers") or {})
    return made


def _sum(*values):
    return pricing.number(sum((decimal.Decimal(str(value)) for value in values), decimal.Decimal(0)))


def _prepaid(steps, balances):
    """Return what subscribers lack for their prepaid services, as far as they are known: ``{username: amount}``, payments of the same plan counted."""
    left: dict = {}
    for step in steps:
        for change in step["changes"]:
            price = change.get("price") or {}
            owner = str(change["object"]).split(" / ", 1)[0].lower()
            if price.get("amount") is None or owner not in balances:
                continue
            if price["what"] == pricing.PAYMENT:
                left[owner] = _sum(left.get(owner, balances[owner]), price["amount"])
            elif price.get("prepaid"):
                left[owner] = _sum(left.get(owner, balances[owner]), -price["amount"])
    return {owner: -amount for owner, amount in sorted(left.items()) if amount < 0}


def over(accounts):
    """Return a sentence for every limit of a file that a plan does not keep to."""
    found = []
    for one in accounts:
        place, limits = "%s/%s" % (one["vendor"], one["account"]), one["limits"]
        if limits.get("spend") is not None:
            if one["spend"] > limits["spend"]:
                found.append("%s: the plan spends %s, and limits.spend is %s" % (place, shown(one["spend"]), shown(limits["spend"])))
            if one["unpriced"]:
                found.append("%s: limits.spend cannot be kept, because the price of %s is not known: give part_price among the options of "
                             "messages" % (place, counted(one["unpriced"], "texts")))
        for name in ("texts", "deletions"):
            if limits.get(name) is not None and one[name] > limits[name]:
                found.append("%s: the plan has %s, and limits.%s is %d" % (place, counted(one[name], name), name, limits[name]))
    return found


def lacking(accounts):
    """Return a sentence for every account whose balance does not cover the plan."""
    return ["%s/%s: the plan spends %s and the balance is %s: %s is lacking" % (
        one["vendor"], one["account"], shown(one["spend"]), shown(one["balance"]), shown(one["lacking"])) for one in accounts if one["lacking"]]


def needs_approval(accounts):
    """Return the accounts whose file says that a plan must be approved."""
    return ["%s/%s" % (one["vendor"], one["account"]) for one in accounts if one["limits"].get("approval")]


def shown(value):
    """Return an amount as people read it."""
    value = pricing.number(str(value))
    return "{:,}".format(value)
