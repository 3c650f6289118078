# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue, and the base services of subscribers: bought, waiting, cancelled."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from ...messages import Call
from . import texts
from .handlers import handlers
from .lists import listed, refused, starred, subscriber, whole
from .shapes import picked

CATALOGUE = ["Service_Id", "ServiceName", "Description", "Price", "ServiceType", "ISEnable", "UserChoosable", "ResellerChoosable"]
BOUGHT = [
    "User_ServiceBase_Id",
    "Service_Id",
    "CDT",
    "StartDate",
    "EndDate",
    "ServiceStatus",
    "PayPlan",
    "ServicePrice",
    "PayPrice",
    "CancelDT",
    "ReturnPrice",
    "ExtraDay",
    "VAT",
    "Off",
    "Visibility",
    "ActiveTime",
    "AffectTime",
]
DATES = ("CDT", "StartDate", "EndDate", "CancelDT", "ActiveTime", "AffectTime")


@handlers.on("service.list")
def catalogue(vendor: Any, call: Call) -> Any:
    rows = listed(vendor, call, vendor.state.services.values(), CATALOGUE)
    return picked(rows, starred(vendor, call, CATALOGUE), vendor.settings["calendar"])


@handlers.on("user.service.base.list")
def index(vendor: Any, call: Call) -> Any:
    user = subscriber(vendor, call.query, required=vendor.settings["service_list_user"] == "required")
    bought = vendor.state.bought.values() if user is None else vendor.state.services_of(user["User_Id"])
    rows = listed(vendor, call, bought, [*BOUGHT, "User_Id"])
    return picked(rows, starred(vendor, call, BOUGHT), vendor.settings["calendar"], DATES)


@handlers.on("user.service.base.add")
def add(vendor: Any, call: Call) -> Any:
    state = vendor.state
    body = call.body
    user = subscriber(vendor, body)
    assert user is not None
    service = state.services.get(whole(body["Service_Id"], "Service_Id"))
    if service is None:
        raise refused(texts.NOT_FOUND, "Service not found")
    if service["ISEnable"] != "Yes" or service["ResellerChoosable"] != "Yes" or service["ServiceType"] != "Base":
        raise refused(texts.INVALID, "Service is not available for this reseller")
    if not state.statuses[user["Status_Id"]]["can_add_service"]:
        raise refused(texts.INVALID, "Status of user does not allow adding a service")
    plan = body.get("PayPlan") or vendor.settings["default_pay_plan"]
    price = price_of(vendor, service, body.get("PayPrice"))
    if plan == "PrePaid" and user["balance"] - price < -Decimal(vendor.settings["allowed_debit"]):
        raise refused(texts.INVALID, "User credit is not enough")
    state.buy(user, service, plan, price)
    return {"status": 1}


def price_of(vendor: Any, service: dict[str, Any], given: Any) -> Decimal:
    if given in (None, ""):
        return Decimal(service["Price"]) * (100 + vendor.settings["vat_percent"]) / 100
    try:
        price = Decimal(str(given))
    except InvalidOperation:
        raise refused(texts.INVALID, "PayPrice must be a number") from None
    if not 0 <= price < 10**14:
        raise refused(texts.INVALID, "PayPrice is out of range")
    return price


@handlers.on("user.service.base.cancel")
def cancel(vendor: Any, call: Call) -> Any:
    row = vendor.state.bought.get(whole(call.body["User_ServiceBase_Id"], "User_ServiceBase_Id"))
    if row is None:
        raise refused(texts.NOT_FOUND, "Service of user not found")
    if row["ServiceStatus"] in ("Used", "Cancel", "Finished"):
        raise refused(texts.INVALID, f"Service is {row['ServiceStatus']} and cannot be canceled")
    vendor.state.cancel(row)
    return {"status": 1}
