# SPDX-License-Identifier: GPL-3.0-or-later
"""Many believable objects at once, for benchmarks and paging tests."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ...messages import ControlError
from . import texts
from .state import GIGA, Row, State

MOST = 1_000_000


def make(state: State, kind: str, options: Row) -> list[Any]:
    """Make objects of one kind; answers their natural keys."""
    if kind not in KINDS:
        raise ControlError(f"cannot seed {kind!r}; known: {', '.join(KINDS)}")
    maker, known = KINDS[kind]
    unknown = options.keys() - known
    if unknown:
        raise ControlError(f"seed {kind}: unknown option {', '.join(sorted(unknown))}; known: {', '.join(sorted(known))}")
    count = options.get("count", 1)
    if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= MOST:
        raise ControlError(f"seed {kind}: count is a number from 0 to {MOST}, not {count!r}")
    return maker(state, count, options)


def owner(state: State, options: Row) -> Row:
    user = state.user_named(str(options.get("username", "")))
    if user is None:
        raise ControlError(f"seed: no subscriber {options.get('username')!r}")
    return user


def product(state: State, number: Any) -> Row:
    if number not in state.services:
        raise ControlError(f"seed: no service {number!r}; known: {', '.join(map(str, state.services))}")
    return state.services[number]


def users(state: State, count: int, options: Row) -> list[Any]:
    """Subscribers, each with a paid service, a payment with a voucher and a session when asked for."""
    prefix = options.get("prefix", "bulk")
    service = product(state, options["service"]) if options.get("service") is not None else None
    made = []
    number = 0
    while len(made) < count:
        number += 1
        username = f"{prefix}-{number:05d}"
        if state.user_named(username):
            continue
        place = len(made)
        values = {"Name": texts.NAMES[place % len(texts.NAMES)], "Family": texts.FAMILIES[place % len(texts.FAMILIES)]}
        values["Address"] = f"{texts.STREETS[place % len(texts.STREETS)]}، پلاک {place + 1}"
        user = state.add_user({"Username": username, "Password": f"pass-{number}", **values, "usage": {"used": place % 50 * GIGA}})
        if options.get("voucher") is not None:
            price = Decimal(options.get("amount", 120_000))
            more = {"VoucherNo": str(options["voucher"] + place), "Currency_Id": 1, "PriceINCurrency": price}
            state.book(user, options.get("payment_type", "Cash"), price, more)
        if service is not None:
            state.buy(user, service, "PostPaid", service["Price"])
        for _session in range(options.get("sessions", 0)):
            state.connect(user)
        made.append(username)
    return made


def services(state: State, count: int, options: Row) -> list[Any]:
    made = []
    for place in range(count):
        number = max(state.services) + 1
        row = {**product(state, options.get("like", 11)), "Service_Id": number, "ServiceName": f"{options.get('prefix', 'طرح')} {place + 1:04d}"}
        state.services[number] = row
        made.append(number)
    return made


def bought(state: State, count: int, options: Row) -> list[Any]:
    user = owner(state, options)
    made = []
    for _place in range(count):
        row = state.buy(user, product(state, options.get("service", 11)), "PostPaid", Decimal(0))
        if "status" in options:
            row["ServiceStatus"] = options["status"]
        made.append(row["User_ServiceBase_Id"])
    return made


def payments(state: State, count: int, options: Row) -> list[Any]:
    user = owner(state, options)
    made = []
    for place in range(count):
        price = Decimal(options.get("amount", 10_000))
        voucher = str(options["voucher"] + place) if "voucher" in options else ""
        made.append(state.book(user, options.get("payment_type", "Cash"), price, {"VoucherNo": voucher})["User_Payment_Id"])
    return made


def sessions(state: State, count: int, options: Row) -> list[Any]:
    user = owner(state, options)
    return [state.connect(user, place + 1)["Online_RadiusUser_Id"] for place in range(count)]


KINDS: dict[str, tuple[Any, set[str]]] = {
    "users": (users, {"count", "prefix", "service", "voucher", "amount", "payment_type", "sessions"}),
    "services": (services, {"count", "prefix", "like"}),
    "bought": (bought, {"count", "username", "service", "status"}),
    "payments": (payments, {"count", "username", "amount", "voucher", "payment_type"}),
    "sessions": (sessions, {"count", "username"}),
}
