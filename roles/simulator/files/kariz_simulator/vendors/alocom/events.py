# SPDX-License-Identifier: GPL-3.0-or-later
"""Events."""

from __future__ import annotations

from typing import Any

from ...messages import Answer, Call, Refusal
from . import texts
from .checks import bad, find, invalid
from .handlers import handlers
from .services import active_services, stamp
from .state import Row, State, codes


def guest_code(state: State, row: Row) -> Any:
    """The guest codes in an answer: the guide's sample is null, public clients expect a list, one sends a single text."""
    style, value = state.settings["guest_code_style"], row["guest_code"]
    if style == "list":
        return value
    if style == "string" and len(value) == 1:
        return value[0]
    return value or None


def known_users(state: State, members: list[Row]) -> None:
    for position, item in enumerate(members):
        if item["userid"] not in state.users:
            raise bad(f"users.{position}.userid", texts.UNKNOWN)


def free(vendor: Any, body: Row, own: Row | None, status: int) -> None:
    """Refuse a slug another event has; one public client met the same for titles, which is a setting."""
    taken = vendor.state.event_slugged(body["slug"])
    if taken is not None and taken is not own:
        raise invalid({"slug": [texts.TAKEN.format(field="slug")]}, status)
    if not vendor.settings["event_title_unique"]:
        return
    if any(row is not own and row["title"] == body["title"] for row in vendor.state.events.values()):
        raise invalid({"title": [texts.TAKEN.format(field="title")]}, status)


@handlers.on("events.index")
def index(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    # The guide writes these names with a capital letter in the middle of prose; see the contract.
    body = {name.lower(): value for name, value in call.body.items()}
    agent = f"{state.account['name']} {state.account['surname']}"
    agents, kind, running = body.get("agents"), body.get("type"), body.get("in_progress")
    rows = [
        row
        for row in state.ordered(state.events)
        if state.matches(body.get("service_title"), state.services[row["agent_service_id"]]["title"])
        and (not agents or agent in agents)
        and (kind is None or row["kind"] == kind)
        and (running is None or row["running"] == bool(running))
    ]
    shown = state.page(rows, body)
    return {**state.counted(shown, rows), "data": [listed(state, row, agent) for row in shown]}


def listed(state: State, row: Row, agent: str) -> Row:
    service = state.services[row["agent_service_id"]]
    return {
        "id": row["id"],
        "agent": agent,
        "title": row["title"],
        "type": service["type"],
        "service": service["title"],
        "duration": service["used_time"],
        "user_count": len(row["members"]),
        "status": state.event_status(row),
        "alocom_link": state.event_link(row),
    }


@handlers.on("events.get")
def get(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    row = find(state.events, call.params["event"])
    service = state.services[row["agent_service_id"]]
    event: Row = {name: row[name] for name in ("id", "title", "agent_id", "agent_service_id", "slug")}
    event["status"] = state.event_status(row)
    event.update({name: row[name] for name in ("guest_count", "guest_access", "start_by_admin", "alocom_id")})
    event.update(guest_code=guest_code(state, row), alocom_link=state.event_link(row), agent_service=bought(service))
    if vendor.settings["back_link_in_answer"]:
        event["back_link"] = row["back_link"]
    properties = service["properties"]
    return vendor.wrapped(
        {
            "event": event,
            "serviceInfo": {
                "agent_service_id": service["id"],
                "editable": service["status"] == "active",
                "title": service["title"],
                "type": service["type"],
                "expired_at": texts.jalali(stamp(service["expired_at"]).date()),
                "max_event_user": properties["max_event_user"],
                "max_online_user": properties["max_online_user"],
            },
            "activeServices": active_services(state),
            "enrolledUsers": [
                {
                    "id": member["id"],
                    "userid": member["userid"],
                    "name": state.users[member["userid"]]["name"],
                    "surname": state.users[member["userid"]]["surname"],
                    "role": member["role"],
                }
                for member in row["members"].values()
            ],
        }
    )


def bought(service: Row) -> Row:
    names = ("id", "invoice_id", "service_id", "action", "title", "type", "created_at", "alocom_id", "expired_at", "status")
    kept = ("disk_capacity", "time_duration", "max_event_user", "credit_duration", "max_online_user")
    return {
        **{name: service[name] for name in names},
        "properties": {name: service["properties"][name] for name in kept},
        "deleted_at": None,
    }


@handlers.on("events.create")
def create(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    body = call.body
    service = state.services.get(body["agent_service_id"])
    if service is None:
        raise bad("agent_service_id", texts.UNKNOWN)
    if service["status"] != "active":
        raise bad("agent_service_id", texts.INACTIVE_SERVICE)
    free(vendor, body, None, 422)
    members = body.get("users") or []
    known_users(state, members)
    row = state.add_event(body)
    state.replace_members(row, members)
    answer: Row = {"message": texts.EVENT_CREATED}
    if vendor.settings["create_returns_id"]:
        made = {"id": row["id"], "title": row["title"], "slug": row["slug"], "alocom_link": state.event_link(row)}
        wrapped = vendor.settings["envelope"] == "data_wrapped"
        answer.update({"data": {"event": made}} if wrapped else {"event": made})
    return Answer(vendor.settings["create_status"], answer)


@handlers.on("events.update")
def update(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    row = find(state.events, call.params["event"])
    body = call.body
    free(vendor, body, row, vendor.settings["slug_taken_status"])
    known_users(state, body.get("users", []))
    row.update(title=body["title"], enabled=bool(body["status"]), start_by_admin=int(body["start_by_admin"]))
    state.change_slug(row, body["slug"])
    if "guest_access" in body:
        row["guest_access"] = int(body["guest_access"])
    if "guest_code" in body:
        row["guest_code"] = codes(body["guest_code"])
    if "guest_count" in body:
        row["guest_count"] = body["guest_count"] or 0
    if "back_link" in body:
        row["back_link"] = body["back_link"] or None
    if "users" in body:
        state.replace_members(row, body["users"])
    return {"message": texts.EVENT_UPDATED}


@handlers.on("events.delete")
def delete(vendor: Any, call: Call) -> Any:
    row = find(vendor.state.events, call.params["event"])
    if row["running"]:
        raise Refusal(vendor.settings["running_status"], {"message": texts.EVENT_RUNNING})
    vendor.state.remove_event(row)
    return {"message": texts.EVENT_DELETED}
