# SPDX-License-Identifier: GPL-3.0-or-later
"""Subscribers and their status."""

from __future__ import annotations

import re
from typing import Any

from ...messages import Call
from . import texts
from .handlers import handlers
from .lists import chosen, listed, refused, subscriber, whole
from .shapes import picked

FIELDS = ["User_Id", "Username", "Name", "Family", "Address"]


@handlers.on("user.list")
def index(vendor: Any, call: Call) -> Any:
    rows = listed(vendor, call, vendor.state.users.values(), FIELDS)
    return picked(rows, chosen(call, FIELDS, FIELDS), vendor.settings["calendar"])


@handlers.on("user.add")
def add(vendor: Any, call: Call) -> Any:
    body = call.body
    for name in ("Username", "Password", "Name", "Family"):
        value = body.get(name, "")
        if len(value) > 32 or (not value and name in ("Username", "Password")):
            raise refused(texts.INVALID, f"{name} must have 1 to 32 characters")
    pattern = vendor.settings["username_pattern"]
    if pattern is not None and not re.fullmatch(pattern, body["Username"]):
        raise refused(texts.INVALID, "Username does not match the pattern of the virtual ISP")
    if vendor.state.user_named(body["Username"]):
        raise refused(vendor.settings["duplicate_code"], "username exists")
    vendor.state.add_user(body)
    return {"status": 1}


@handlers.on("user.edit")
def edit(vendor: Any, call: Call) -> Any:
    user = subscriber(vendor, call.body)
    assert user is not None
    if not 1 <= len(call.body["Password"]) <= 32:
        raise refused(texts.INVALID, "Password must have 1 to 32 characters")
    user["Password"] = call.body["Password"]
    return {"status": 1}


@handlers.on("user.status.currentstatus")
def current(vendor: Any, call: Call) -> Any:
    user = subscriber(vendor, call.query)
    assert user is not None
    status = vendor.state.statuses[user["Status_Id"]]
    return [{"Status_Id": status["Status_Id"], "Status_Name": status["Status_Name"]}]


@handlers.on("user.status.add")
def change(vendor: Any, call: Call) -> Any:
    """Only to another status, and only to one that the present status allows."""
    user = subscriber(vendor, call.body)
    assert user is not None
    wanted = status_of(vendor, call.body)
    present = vendor.state.statuses[user["Status_Id"]]
    if wanted is present:
        raise refused(texts.INVALID, "User already has this status")
    if wanted["Status_Id"] not in present["next"]:
        raise refused(texts.INVALID, f"Change from {present['Status_Name']} to {wanted['Status_Name']} is not allowed")
    user["Status_Id"] = wanted["Status_Id"]
    if wanted["can_add_service"] and vendor.state.active_of(user["User_Id"]) is None:
        pending = next((row for row in vendor.state.services_of(user["User_Id"]) if row["ServiceStatus"] == "Pending"), None)
        if pending is not None:
            vendor.state.activate(pending)
    return {"status": 1}


def status_of(vendor: Any, body: dict[str, Any]) -> Any:
    statuses = vendor.state.statuses
    if body.get("Status_Name"):
        found = next((row for row in statuses.values() if row["Status_Name"].casefold() == body["Status_Name"].casefold()), None)
    elif body.get("Status_Id"):
        found = statuses.get(whole(body["Status_Id"], "Status_Id"))
    else:
        raise refused(texts.NOT_FOUND, "Status_Name or Status_Id is required")
    if found is None:
        raise refused(texts.NOT_FOUND, "Status not found")
    return found
