# SPDX-License-Identifier: GPL-3.0-or-later
"""What the server holds after a reset."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from ...days import today
from . import bulk
from .state import AGENT_ID, Row, State

OFFERS = (
    (5, "کلاس رایگان", 0, 0, "class", True, False),
    (6, "کلاس پنجاه نفره", 1200000, 0, "class", False, False),
    (28, "جلسه صد نفره ویژه", 2700000, 200000, "conference", False, True),
    (66, "کلاس نامحدود سالانه", 9800000, 1800000, "class", False, True),
)
LABELS = ("پایه دهم", "پایه یازدهم", "استادان", "همکاران")
#: name, surname, username, cellphone, email, status, labels (counted from 1)
USERS: tuple[tuple[str, str, str, str | None, str | None, int, tuple[int, ...]], ...] = (
    ("زهرا", "کریمی", "zahra.karimi", "09121234501", "zahra.karimi@example.ir", 1, (3,)),
    ("علی", "محمدی", "ali.mohammadi", "09121234502", "ali.mohammadi@example.ir", 1, (3, 4)),
    ("مریم", "حسینی", "maryam.hosseini", "09351234503", None, 1, (1,)),
    ("حسین", "رضایی", "hossein.rezaei", "09361234504", None, 1, (1,)),
    ("فاطمه", "احمدی", "fatemeh.ahmadi", "09191234505", "fatemeh@example.ir", 1, (1,)),
    ("رضا", "موسوی", "reza.mousavi", None, None, 1, (1, 2)),
    ("نرگس", "یزدانی", "narges.yazdani", "09011234507", None, 1, (2,)),
    ("امیر", "کاظمی", "amir.kazemi", "09021234508", "amir@example.ir", 1, (2,)),
    ("سارا", "جعفری", "sara.jafari", "09381234509", None, 1, (2,)),
    ("محمد", "صادقی", "mohammad.sadeghi", "09131234510", None, 0, ()),
    ("لیلا", "نوری", "leila.nouri", "09141234511", "leila@example.ir", 1, ()),
    ("مهدی", "شریفی", "mahdi.sharifi", "09151234512", None, 1, ()),
)
#: title, slug, agent service, running, members as (position in USERS, role)
EVENTS: tuple[tuple[str, str, int, bool, tuple[tuple[int, str], ...]], ...] = (
    ("ریاضی دهم", "math-10", 14, False, ((0, "teacher"), (1, "assistant"), (2, "participant"), (3, "participant"), (4, "participant"))),
    ("جلسه هماهنگی همکاران", "staff-meeting", 16, True, ((1, "teacher"), (6, "participant"), (7, "participant"))),
    ("فیزیک یازدهم پارسال", "physics-11-old", 12, False, ((0, "teacher"), (8, "participant"))),
)


def at(day: date, days: int, *clock: int) -> str:
    """A time so many days from `day`, as the vendor keeps it."""
    return f"{datetime.combine(day + timedelta(days=days), time(*clock)):%Y-%m-%d %H:%M:%S}"


def service(number: int, service_id: int, title: str, kind: str, status: str, created: str, expired: str, **more: Any) -> Row:
    properties = {"disk_capacity": 500, "time_duration": 12, "max_event_user": 100, "credit_duration": 365, "max_online_user": 100}
    return {
        "id": number,
        "invoice_id": number + 9,
        "service_id": service_id,
        "action": "activate",
        "title": title,
        "type": kind,
        "status": status,
        "created_at": created,
        "expired_at": expired,
        "used_time": more.pop("used_time", "-"),
        "remain_time": more.pop("remain_time", "-"),
        "consumed_disk_capacity": more.pop("consumed_disk_capacity", "-"),
        "remain_disk_capacity": more.pop("remain_disk_capacity", "-"),
        "properties": {**properties, **more},
    }


def base(state: State) -> None:
    """The account and its services, which every seed has: no call can make them."""
    state.account = {
        "id": AGENT_ID,
        "name": "کاریز",
        "surname": "نمونه",
        "username": state.settings["username"],
        "email": "demo@example.ir",
        "cellphone": "09120000000",
        "status": 1,
        "avatar": None,
        "password": state.settings["password"],
    }
    day = today(state.settings)
    # Around today; the active ones end in the coming weeks.
    rows = (
        service(12, 3, "سرویس پارسال", "class", "expired", at(day, -407, 16, 10, 6), at(day, -376, 16, 10, 6), max_event_user=10),
        service(14, 7, "کلاس اصلی", "class", "active", at(day, -194, 18, 45), at(day, 40, 18, 45), used_time=4, remain_time=8),
        service(
            16,
            10,
            "جلسات همکاران",
            "conference",
            "active",
            at(day, -148, 9, 30),
            at(day, 75, 9, 30),
            max_event_user=None,
            concurrent_video=5,
            concurrent_voice=5,
            consumed_disk_capacity=120,
            remain_disk_capacity=380,
        ),
    )
    for row in rows:
        row["alocom_id"] = state.hex_id("service")
        state.services[row["id"]] = row
    for number, title, price, discount, kind, free, special in OFFERS:
        state.offers.append(
            {
                "id": number,
                "title": title,
                "price": price,
                "discount": discount,
                "credit_duration": 31,
                "time_duration": 90,
                "concurrent_voice": 5,
                "concurrent_video": 2,
                "max_online_user": 50,
                "is_unlimited": False,
                "is_free": free,
                "type": kind,
                "is_special_offer": special,
                "is_gift": False,
                "gift_credit_duration": 0,
                "gift_time_duration": 0,
                "is_dedicated": False,
                "discounted_price": price - discount,
            }
        )


def default(state: State) -> None:
    """A small school."""
    label_ids = [state.add_label(title)["id"] for title in LABELS]
    users = []
    for name, surname, username, cellphone, email, status, labels in USERS:
        values = {"name": name, "surname": surname, "username": username, "cellphone": cellphone, "email": email, "status": status}
        users.append(state.add_user({**values, "labels": [label_ids[position - 1] for position in labels]}))
    for title, slug, service_id, running, members in EVENTS:
        event = state.add_event({"title": title, "slug": slug, "agent_service_id": service_id}, running=running)
        state.replace_members(event, [{"userid": users[position]["id"], "role": role} for position, role in members])
    state.events[53].update(guest_access=1, guest_count=5, guest_code=["1234"], back_link="https://school.example.ir/back")
    yesterday = (today(state.settings) - timedelta(days=1)).isoformat()
    bulk.make(state, "files", {"event": "math-10", "count": 3, "prefix": "math-10-1403"})
    bulk.make(state, "files", {"event": "math-10", "count": 1, "prefix": "jozveh", "flag": "upload", "format": ".pdf"})
    bulk.make(state, "attendances", {"event": "math-10", "count": 2, "date": yesterday})
    bulk.make(state, "visits", {"event": "math-10", "count": 8, "date": yesterday})
