# SPDX-License-Identifier: GPL-3.0-or-later
"""Bought services and services on offer; read only, as the vendor has no call to buy one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ...messages import Call
from . import texts
from .checks import find, not_found
from .handlers import handlers
from .state import Row, State


def stamp(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S")


def chosen(value: Any) -> set[str] | None:
    """A filter which is one value or a list of them; None when it is not there."""
    if value is None or value == []:
        return None
    return {value} if isinstance(value, str) else set(value)


def listed(row: Row) -> Row:
    start, end = stamp(row["created_at"]), stamp(row["expired_at"])
    properties = row["properties"]
    return {
        "agentServiceId": row["id"],
        "serviceId": row["service_id"],
        "title": row["title"],
        "type": row["type"],
        "time": {
            "start_date": texts.jalali(start.date()),
            "start_time": f"{start:%H:%M}",
            "end_date": texts.jalali(end.date()),
            "end_time": f"{end:%H:%M}",
        },
        "max_event_user": properties["max_event_user"],
        "duration": {"time_duration": properties["time_duration"], "used_time": row["used_time"], "remain_time": row["remain_time"]},
        "capacity": {
            "consumed_disk_capacity": row["consumed_disk_capacity"],
            "disk_capacity": properties["disk_capacity"],
            "remain_disk_capacity": row["remain_disk_capacity"],
        },
        "status": row["status"],
    }


def active_services(state: State) -> list[Row]:
    return [
        {
            **row["properties"],
            "service_id": row["service_id"],
            "title": row["title"],
            "type": row["type"],
            "agent_service_id": row["id"],
            "expired_at": texts.jalali(stamp(row["expired_at"]).date()),
        }
        for row in state.services.values()
        if row["status"] == "active"
    ]


@handlers.on("services.index")
def index(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    types, statuses, title = chosen(call.body.get("type")), chosen(call.body.get("status")), call.body.get("title")
    rows = (
        row
        for row in state.ordered(state.services)
        if state.matches(title, row["title"])
        and (types is None or row["type"] in types)
        and (statuses is None or row["status"] in statuses)
    )
    return {"data": [listed(row) for row in state.page(rows, call.body)]}


@handlers.on("services.active")
def active(vendor: Any, call: Call) -> Any:
    return vendor.wrapped({"activeServices": active_services(vendor.state)})


@handlers.on("services.get")
def get(vendor: Any, call: Call) -> Any:
    row = find(vendor.state.services, call.params["agentservice"])
    if str(row["service_id"]) != call.params["service"]:
        raise not_found()
    properties = row["properties"]
    return {
        "serviceInfo": {
            "agent_service_id": row["id"],
            "service_id": row["service_id"],
            "title": row["title"],
            "status": row["status"],
            "type": row["type"],
            "expired_at": texts.jalali(stamp(row["expired_at"]).date()),
            "created_at": texts.jalali(stamp(row["created_at"]).date()),
            "consumed_disk_capacity": row["consumed_disk_capacity"],
            "remain_disk_capacity": row["remain_disk_capacity"],
            "used_time": row["used_time"],
            "remain_time": row["remain_time"],
            "disk_capacity": properties["disk_capacity"],
            "time_duration": properties["time_duration"],
            "max event user": properties["max_event_user"],
        }
    }


@handlers.on("services.suggested")
def suggested(vendor: Any, call: Call) -> Any:
    return {"data": {"suggestedServices": [row for row in vendor.state.offers if row["is_special_offer"] or row["is_dedicated"]]}}


@handlers.on("services.available")
def available(vendor: Any, call: Call) -> Any:
    return {"data": {"services": vendor.state.offers}}


@handlers.on("agent_services.index")
def short_index(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    rows = state.page(state.ordered(state.services), call.body)
    return {"data": {"agentServices": [{"agentServiceId": row["id"], "title": row["title"], "status": row["status"]} for row in rows]}}
