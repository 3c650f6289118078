# SPDX-License-Identifier: GPL-3.0-or-later
"""What the server holds after a reset."""

from __future__ import annotations

from datetime import date, timedelta

from ...days import today
from .state import State

GIGA = 1 << 30
ACCOUNT = "kariz.company"
#: username, name, cellphone, email
PERSONS = (
    ("z.karimi", "زهرا کریمی", "09121234501", "z.karimi@example.ir"),
    ("a.mohammadi", "علی محمدی", "09121234502", "a.mohammadi@example.ir"),
    ("m.hosseini", "مریم حسینی", "09351234503", None),
    ("h.rezaei", "حسین رضایی", "09361234504", "h.rezaei@example.ir"),
    ("f.ahmadi", "فاطمه احمدی", "09191234505", None),
    ("r.mousavi", "رضا موسوی", None, "r.mousavi@example.ir"),
    ("n.yazdani", "نرگس یزدانی", "09011234507", None),
    ("09021234508", "امیر کاظمی", "09021234508", None),
    ("supplier.tehran", "پخش تهران", "09381234509", "info@supplier.example.ir"),
)
#: title, gigabytes, days, price in rial, status
PLANS = (
    ("پایه", 10, 3650, 0, "CAN_NOT_BUY"),
    ("سازمانی صد گیگ", 100, 365, 12_000_000, "BUYABLE"),
    ("سازمانی پانصد گیگ", 500, 365, 48_000_000, "BUYABLE"),
    ("سازمانی دو ترابایت", 2048, 365, 150_000_000, "BUYABLE"),
)


def base(state: State) -> None:
    """The account, the people and the plans, which every seed has: no call can make them."""
    state.account = ACCOUNT
    state.add_person(ACCOUNT, "شرکت کاریز", "09120000000", "office@kariz.example.ir")
    for person in PERSONS:
        state.add_person(*person)
    for number, (title, size, days, price, status) in enumerate(PLANS, 11):
        state.plans.append(
            {
                "id": number,
                "hash": state.hash(),
                "title": title,
                "description": f"{size} گیگابایت",
                "size": size * GIGA,
                "days": days,
                "price": price,
                "status": status,
            }
        )
    state.plan = 12
    state.used = 12 * GIGA
    # Folders and files no call can make either: a root with a report in it, and what a supplier shares with the company.
    root = state.add_entity("اسناد شرکت")
    reports = state.add_entity("گزارش‌ها", parent=root["hash"])
    state.add_entity("گزارش سالانه.pdf", folder=False, parent=reports["hash"])
    state.add_entity("قراردادها", parent=root["hash"])


def default(state: State) -> None:
    """A small company; its shares end in the coming weeks."""

    def end(days: int) -> date:
        return today(state.settings) + timedelta(days=days)

    sales = state.add_organization("فروش", "فضای گروه فروش", ACCOUNT)
    sales["members"].update({"z.karimi": "MAINTAINER", "a.mohammadi": "GUEST", "m.hosseini": "GUEST"})
    state.add_organization("مالی", "", ACCOUNT)["members"].update({"h.rezaei": "MAINTAINER"})
    root, reports = list(state.entities.values())[:2]
    # Seen below as inherited.
    state.add_share(root, "h.rezaei", "view", end(45))
    state.add_share(reports, "z.karimi", "edit")
    state.add_share(reports, None, "view", end(30))["password"] = "report-1403"
    prices = state.add_entity("لیست قیمت.pdf", folder=False, owner="supplier.tehran")
    state.add_share(prices, ACCOUNT, "view", end(60))
    state.add_share(state.add_entity("کاتالوگ", owner="supplier.tehran"), ACCOUNT, "edit")
