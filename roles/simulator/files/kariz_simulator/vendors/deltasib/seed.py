# SPDX-License-Identifier: GPL-3.0-or-later
"""What the server holds after a reset: a reseller of a small provider."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from .state import GIGA, State

#: id, name, may be the first one, allows buying a service, the statuses it may turn into
STATUSES = (
    (1, "فعال", True, True, (2, 3, 4)),
    (2, "تعلیق", False, False, (1, 3)),
    (3, "غیرفعال", False, False, (1,)),
    (4, "جمع‌آوری شده", False, False, ()),
)
#: id, name, description, price, type, enabled, for users, for resellers, days, traffic, seconds, fair rate
SERVICES: tuple[tuple[int, str, str, int, str, str, str, str, int, Any, Any, str | None], ...] = (
    (11, "یک ماهه ۵۰ گیگ", "سرعت ۸ مگابیت", 120_000, "Base", "Yes", "Yes", "Yes", 30, 50 * GIGA, "UL", None),
    (12, "سه ماهه ۲۰۰ گیگ", "سرعت ۱۶ مگابیت", 330_000, "Base", "Yes", "Yes", "Yes", 90, 200 * GIGA, "UL", "2M/2M"),
    (13, "نامحدود یک ساله", "سرعت ۴ مگابیت", 1_900_000, "Base", "Yes", "No", "Yes", 365, "UL", "UL", "512k/512k"),
    (14, "ساعتی شبانه", "۲ تا ۸ بامداد", 45_000, "Base", "Yes", "Yes", "Yes", 30, 10 * GIGA, 180 * 3600, None),
    (15, "یک ماهه قدیمی", "دیگر فروخته نمی‌شود", 90_000, "Base", "No", "No", "Yes", 30, 20 * GIGA, "UL", None),
    (16, "ویژه سازمانی", "تنها مدیر می‌فروشد", 2_500_000, "Base", "Yes", "No", "No", 30, 500 * GIGA, "UL", None),
    (21, "آی‌پی ثابت", "یک ماه", 60_000, "IP", "Yes", "Yes", "Yes", 30, 0, 0, None),
    (31, "ترافیک اضافه ۱۰ گیگ", "", 25_000, "ExtraCredit", "Yes", "Yes", "Yes", 30, 10 * GIGA, 0, None),
)
#: username, name, family, address, status, service or None, used traffic, sessions, days since the purchase: all end in the coming weeks
USERS = (
    ("zahra.karimi", "زهرا", "کریمی", "بلوار کشاورز، پلاک ۱۲", 1, 11, 21 * GIGA, 1, 21),
    ("ali.mohammadi", "علی", "محمدی", "خیابان آزادی، پلاک ۴۵", 1, 12, 3 * GIGA, 2, 80),
    ("maryam.hosseini", "مریم", "حسینی", "کوچه گلستان، پلاک ۷", 1, 13, 870 * GIGA, 0, 340),
    ("02188001234", "دفتر", "پخش آریا", "خیابان انقلاب، ساختمان ۱۱۰", 1, 14, 2 * GIGA, 1, 26),
    ("reza.mousavi", "رضا", "موسوی", "", 2, 11, 49 * GIGA, 0, 28),
    ("narges.yazdani", "نرگس", "یزدانی", "", 1, None, 0, 0, 0),
    ("amir.kazemi", "امیر", "کاظمی", "خیابان شریعتی، پلاک ۲۰۱", 3, None, 0, 0, 0),
)


def base(state: State) -> None:
    """What no call can make: statuses, currencies and the catalogue; every seed has them."""
    for number, name, initial, allows, following in STATUSES:
        state.statuses[number] = {"Status_Id": number, "Status_Name": name, "initial": initial, "can_add_service": allows, "next": list(following)}
    state.currencies = {1: {"Currency_Id": 1, "Name": "تومان"}, 2: {"Currency_Id": 2, "Name": "دلار"}}
    names = ("ServiceName", "Description", "Price", "ServiceType", "ISEnable", "UserChoosable", "ResellerChoosable", "days", "traffic", "time", "fair_rate")
    for number, *values in SERVICES:
        row = {"Service_Id": number, **dict(zip(names, values, strict=True))}
        row["Price"] = Decimal(row["Price"])
        state.services[number] = row


def default(state: State) -> None:
    for username, name, family, address, status, service, used, sessions, ago in USERS:
        values = {"Username": username, "Password": "pass-" + username[:4], "Name": name, "Family": family, "Address": address}
        user = state.add_user({**values, "usage": {"used": used, "seconds": used // 100_000}})
        if service is not None:
            price = state.services[service]["Price"]
            with state.days_ago(ago):
                state.book(user, "Cash", price, {"VoucherNo": str(880_000 + user["User_Id"]), "Comment": "پرداخت حضوری"})
                state.buy(user, state.services[service], "PrePaid", price)
        user["Status_Id"] = status
        for place in range(sessions):
            state.connect(user, place + 1)
    state.users[1002]["usage"].update(extra_traffic=10 * GIGA, gift=31, gift_traffic=5 * GIGA)
