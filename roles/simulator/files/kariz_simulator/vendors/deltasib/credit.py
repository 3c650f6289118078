# SPDX-License-Identifier: GPL-3.0-or-later
"""`creditinfo`: what is left of a subscriber's service."""

from __future__ import annotations

from typing import Any

from ...messages import Call
from . import texts
from .handlers import handlers
from .lists import chosen, listed, refused, whole
from .shapes import picked
from .texts import shown_day, shown_time

Row = dict[str, Any]
SCOPES = {"Tr": ("ETr", "STr", "YTr", "MTr", "WTr", "DTr"), "Ti": ("ETi", "STi", "YTi", "MTi", "WTi", "DTi")}
IDENTITY = ["User_Id", "Username"]


def info(vendor: Any, user: Row) -> Row:
    state = vendor.state
    calendar = vendor.settings["calendar"]
    active = state.active_of(user["User_Id"])
    service = state.services[active["Service_Id"]] if active else None
    usage = user["usage"]
    row: Row = {
        "ServiceStatus": "Active" if active else None,
        "ServiceName": service["ServiceName"] if service else None,
        "StartDate": shown_day(active["StartDate"], calendar) if active else None,
        "ServiceFreeTrU": 0,
        "ServiceBufferTr": 0,
        "Period": f"{service['days'] // 365}Y, {service['days'] % 365 // 30}M, {service['days'] % 365 % 30}D" if service else None,
        "EndDate": shown_time(active["EndDate"], calendar) if active else None,
        "CurrentDT": shown_time(state.now(), calendar),
        "User_Gift_Id": usage.get("gift"),
        "GiftEndDT": None,
        "GiftTrafficRate": 1,
        "GiftTimeRate": 1,
        "GiftExtraTr": usage.get("gift_traffic", 0),
        "GiftStopOnTrFinish": "No",
        "GiftExtraTi": 0,
        "GiftMikrotikRate": None,
        "ReturnTr": 0,
        "RealReceiveTr": usage.get("used", 0) * 4 // 5,
        "RealSendTr": usage.get("used", 0) // 5,
        "BugUsedTr": 0,
        "FinishUsedTr": 0,
        "RealUsedTime": usage.get("seconds", 0),
        "BugUsedTi": 0,
        "FinishUsedTi": 0,
        "FairMikrotikRate": service["fair_rate"] if service else None,
        "ISFairService": "Yes" if service and service["fair_rate"] else "No",
        "UPFairStatus": "No",
    }
    for kind, names in SCOPES.items():
        for name in names:
            total = amount(service, usage, name)
            used = usage.get("used" if kind == "Tr" else "seconds", 0) if name in ("STr", "MTr", "STi") else 0
            row[f"{name}R"] = total if total == "UL" else max(0, total - used)
            row[f"{name}U"] = used
            row[f"{name}A"] = total
    return row


def amount(service: Row | None, usage: Row, name: str) -> Any:
    if name == "ETr":
        return usage.get("extra_traffic", 0)
    if service is None:
        return 0
    if name in ("STr", "MTr"):
        return service["traffic"]
    return service["time"] if name == "STi" else 0


@handlers.on("user.creditinfo")
def creditinfo(vendor: Any, call: Call) -> Any:
    number = call.query.get("User_Id")
    if vendor.settings["creditinfo_user"] == "required" and number in (None, "", "0"):
        raise refused(texts.NOT_FOUND, "User_Id is required")
    users = vendor.state.users
    rows = list(users.values())
    if number not in (None, "", "0"):
        found = users.get(whole(number, "User_Id"))
        if found is None:
            raise refused(texts.NOT_FOUND, "User not found")
        rows = [found]
    fields = list(info(vendor, {"User_Id": 0, "usage": {}}))
    asked = chosen(call, [*IDENTITY, *fields], [*IDENTITY, *fields])
    page = listed(vendor, call, rows, IDENTITY)
    return picked([{**{name: row[name] for name in IDENTITY}, **info(vendor, row)} for row in page], asked, vendor.settings["calendar"])
