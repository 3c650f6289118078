# SPDX-License-Identifier: GPL-3.0-or-later
"""Worlds of DeltaSib: subscribers, their services, payments and statuses."""

from __future__ import annotations

import random
from typing import Any

from worlds import ITEM_SECRET, Item, Wish, World, chance, some

SETTINGS = {"token_place": ("header", "both"), "error_code": ("number", "string"), "key_case": ("as_seen", "mixed", "lower"),
            "numbers": ("strings", "plain", "commas"), "one_row": ("array", "object"), "field": ("optional", "required"), "limit_max": (None, 10),
            "calendar": ("jalali", "gregorian"), "session_timeout": ("number", "string", "absent"), "payment_object": ("both", "lower", "capital"),
            "service_list_user": ("required", "optional"), "vat_percent": (0, 9)}


LIVE = ("Active", "Using", "Pending")


def crowd(vendor: Any, rng: random.Random) -> None:
    """More than a page of a server that cuts pages."""
    vendor.seed("users", rng.choice([1, 12, 25]), prefix="crowd")


def wish_users(vendor: Any, rng: random.Random) -> Wish:
    items = [Item(name, {"username": name}) for name in some(rng, sorted(vendor.users()), 0, 3)]
    for name in some(rng, ["new.%d" % number for number in range(6)], 0, 5):
        wanted = {"name": rng.choice(["سارا", "Ali"]), "family": rng.choice(["کریمی", "O'Neil"])} if chance(rng, 0.7) else {}
        items.append(Item(name, {"username": name, "password": ITEM_SECRET, **wanted}, {"password": ITEM_SECRET, **wanted}))
    return Wish(items)


def users(vendor: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(row["Username"], {"password": row["Password"], "name": row["Name"], "family": row["Family"]}) for row in vendor.dump()["users"]]


def wish_services(vendor: Any, rng: random.Random) -> Wish:
    held = {(row["Username"], str(row["Service_Id"])) for row in vendor.dump()["bought"] if row["ServiceStatus"] in LIVE}
    able = [row["Username"] for row in vendor.dump()["users"] if row["Status_Id"] == 1]
    items = []
    for name in some(rng, able, 0, 4):
        service = rng.choice(["11", "12", "13"])
        if (name, service) in held and chance(rng, 0.4):
            items.append(Item("%s %s" % (name, service), {"username": name, "service": service, "state": "canceled"}, there=False))
        else:
            items.append(Item("%s %s" % (name, service), {"username": name, "service": service, "pay_plan": "postpaid"}))
    return Wish(items)


def services(vendor: Any) -> list[tuple[str, dict[str, Any]]]:
    return [("%s %s" % (row["Username"], row["Service_Id"]), {}) for row in vendor.dump()["bought"] if row["ServiceStatus"] in LIVE]


def wish_payments(vendor: Any, rng: random.Random) -> Wish:
    names = sorted(vendor.users())
    items = []
    for number in range(rng.randint(1, 6)):
        name = rng.choice(names)
        amount = rng.choice([1000, 45000, 330000])
        rate = {"exchange_rate": 1} if chance(rng, 0.3) else {}
        items.append(Item("%s 140%d" % (name, number), {"username": name, "voucher_no": "140%d" % number, "amount": amount, "currency_id": 1, **rate},
                          {"amount": amount}))
    return Wish(items)


def payments(vendor: Any) -> list[tuple[str, dict[str, Any]]]:
    return [("%s %s" % (row["Username"], row["VoucherNo"]), {"amount": row["Price"]}) for row in vendor.dump()["payments"] if row["VoucherNo"]]


def wish_statuses(vendor: Any, rng: random.Random) -> Wish:
    dump = vendor.dump()
    after = {row["Status_Id"]: row["next"] for row in dump["statuses"]}
    items = []
    for row in some(rng, dump["users"], 1, 4):
        number = rng.choice([row["Status_Id"], *after[row["Status_Id"]]])
        items.append(Item(row["Username"], {"username": row["Username"], "status": str(number)}, {"status": number}))
    return Wish(items)


def statuses(vendor: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(row["Username"], {"status": row["Status_Id"]}) for row in vendor.dump()["users"]]


LOGIN = "auth.gettoken"
WORLDS = (
    World("deltasib_user", "deltasib", "users", crowd, wish_users, users, SETTINGS, (LOGIN, "user.list", "user.add"), "default"),
    World("deltasib_user_service", "deltasib", "services", crowd, wish_services, services, SETTINGS,
          (LOGIN, "user.list", "service.list", "user.service.base.list", "user.service.base.add", "user.service.base.cancel"), "default",
          once=True, journal=True),
    World("deltasib_user_payment", "deltasib", "payments", crowd, wish_payments, payments, SETTINGS,
          (LOGIN, "user.list", "user.payment.list", "user.payment.add"), "default", once=True, journal=True),
    World("deltasib_user_status", "deltasib", "users", crowd, wish_statuses, statuses, SETTINGS,
          (LOGIN, "user.list", "user.status.currentstatus", "user.status.add"), "default"),
)
