# SPDX-License-Identifier: GPL-3.0-or-later
"""What the API only reads: recorded files, roll calls, entries and exits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import zip_longest
from typing import Any

from ...messages import Call
from . import texts
from .checks import bad, find, not_found
from .handlers import handlers
from .state import Row, State


def day(text: str, field: str) -> str:
    """A day of a request (the guide writes 2021-10-2) the way instants begin."""
    year, month, number = (int(part) for part in text.split("-"))
    try:
        return date(year, month, number).isoformat()
    except ValueError as error:
        raise bad(field, texts.WRONG) from error


def files(state: State, rows: Iterable[Row], body: Row) -> list[Row]:
    wanted = [
        row["file"]
        for row in rows
        if state.matches(body.get("title"), row["file"]["title"]) and (not body.get("flag") or row["file"]["flag"] == body["flag"])
    ]
    return state.page(wanted if state.settings["order"] == "oldest" else reversed(wanted), body)


@handlers.on("events.files")
def event_files(vendor: Any, call: Call) -> Any:
    event = find(vendor.state.events, call.params["event"])
    return files(vendor.state, (row for row in vendor.state.files if row["event"] == event["id"]), call.body)


@handlers.on("agent_services.files")
def service_files(vendor: Any, call: Call) -> Any:
    service = find(vendor.state.services, call.params["agentservice"])
    return files(vendor.state, (row for row in vendor.state.files if row["service"] == service["id"]), call.body)


@handlers.on("events.attendance")
def attendance(vendor: Any, call: Call) -> Any:
    event = find(vendor.state.events, call.params["event"])
    wanted = day(call.body["date"], "date")
    rows = (row for row in vendor.state.attendances.values() if row["event"] == event["id"] and row["date"].startswith(wanted))
    return {"data": [{"id": row["id"], "date": row["date"], "teacherName": row["teacherName"]} for row in rows]}


@handlers.on("events.attendance_detail")
def attendance_detail(vendor: Any, call: Call) -> Any:
    event = find(vendor.state.events, call.params["event"])
    row = vendor.state.attendances.get(call.body["attendanceId"])
    if row is None or row["event"] != event["id"]:
        raise not_found()
    if vendor.settings["attendance_style"] == "arrays":
        return {"data": [{"presents": row["presents"], "absents": row["absents"], "id": row["id"]}]}
    pairs = zip_longest(row["presents"], row["absents"])
    return {"data": [{"presents": present, "absents": absent, "id": row["id"]} for present, absent in pairs]}


@handlers.on("events.visits")
def visits(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    body = call.body
    first = day(body["from"], "from") if body.get("from") else ""
    last = day(body["to"], "to") if body.get("to") else "9"
    exact = [(name, set(body[name])) for name in ("deviceName", "eventType") if body.get(name)]
    loose = [(name, {item.casefold() for item in body[name]}) for name in ("browser", "os") if body.get(name)]
    rows = [
        row
        for row in state.visits
        if all(state.matches(body.get(name), row[name]) for name in ("firstName", "lastName", "username", "eventName"))
        and body.get("addressIp", row["addressIp"]) == row["addressIp"]
        and first <= row["login_date"][:10] <= last
        and all(row[name] in wanted for name, wanted in exact)
        and all(row[name].casefold() in wanted for name, wanted in loose)
    ]
    if "sortColumn" in body:
        rows.sort(key=lambda row: row[body["sortColumn"]] or "", reverse=body.get("sortBy", 1) == -1)
    elif state.settings["order"] == "newest":
        rows.reverse()
    return {"data": state.page(rows, body)}
