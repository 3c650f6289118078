# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking at the state and changing it behind the client's back."""

from __future__ import annotations

from typing import Any

from ...messages import ControlError
from .state import ROLES, Row, State, codes

PLAIN = {
    "users": {"name", "surname", "cellphone", "email", "status", "password"},
    "labels": {"title"},
    "events": {"title", "enabled", "start_by_admin", "guest_access", "guest_count", "back_link", "kind", "running", "agent_service_id"},
    "services": {"title", "status", "type", "created_at", "expired_at", "used_time", "remain_time"},
    "profile": {"name", "surname", "username", "password", "email", "cellphone", "status", "avatar"},
    "members": {"role"},
}


def user_row(state: State, row: Row) -> Row:
    titles = [state.labels[number]["title"] for number in row["labels"]]
    return {**row, "labels": titles, "label_ids": list(row["labels"])}


def event_row(state: State, row: Row) -> Row:
    members = [
        {**member, "username": state.users[member["userid"]]["username"], "event": row["slug"]} for member in row["members"].values()
    ]
    status, link = state.event_status(row), state.event_link(row)
    return {**row, "members": members, "status": status, "alocom_link": link}


def dump(state: State) -> Row:
    return {
        "profile": state.account,
        "services": list(state.services.values()),
        "labels": list(state.labels.values()),
        "users": [user_row(state, row) for row in state.users.values()],
        "events": [event_row(state, row) for row in state.events.values()],
        "files": state.files,
        "attendances": list(state.attendances.values()),
        "visits": state.visits,
        "pending_import": state.pending_import,
        "tokens": list(state.tokens),
        "settings": state.settings,
    }


def matching(state: State, kind: str, key: Row) -> list[Row]:
    """The objects with all of these values; labels of users are compared as titles."""
    if kind == "profile":
        return [state.account]
    if kind == "members":
        rows = [
            (member, row)
            for event in state.events.values()
            for member, row in zip(event["members"].values(), event_row(state, event)["members"], strict=True)
        ]
    elif kind == "users":
        rows = [(row, user_row(state, row)) for row in state.users.values()]
    elif kind in ("labels", "events", "services"):
        rows = [(row, row) for row in getattr(state, kind).values()]
    else:
        raise ControlError(f"cannot mutate {kind!r}; known: {', '.join(PLAIN)}")
    if not key:
        raise ControlError("mutate: a key is required")
    return [row for row, shown in rows if all(shown.get(name, ...) == value for name, value in key.items())]


def mutate(state: State, kind: str, key: Row, change: Row | None) -> int:
    found = matching(state, kind, key)
    for row in found:
        if change is None:
            delete(state, kind, row)
        else:
            assign(state, kind, row, dict(change))
    return len(found)


def delete(state: State, kind: str, row: Row) -> None:
    if kind == "users":
        state.remove_user(row)
    elif kind == "labels":
        state.remove_label(row)
    elif kind == "events":
        state.remove_event(row)
    elif kind == "members":
        for event in state.events.values():
            event["members"] = {userid: member for userid, member in event["members"].items() if member is not row}
    else:
        raise ControlError(f"mutate: {kind} cannot be deleted")


def assign(state: State, kind: str, row: Row, change: Row) -> None:
    special: dict[str, Any] = {name: change.pop(name) for name in list(change) if name not in PLAIN[kind]}
    if kind == "members" and change.get("role") not in ROLES:
        raise ControlError(f"mutate: role is one of {', '.join(ROLES)}")
    if change.get("agent_service_id", next(iter(state.services))) not in state.services:
        raise ControlError("mutate: no such agent service")
    if kind == "users" and "labels" in special:
        row["labels"] = [label_id(state, value) for value in special.pop("labels")]
    if kind == "users" and "username" in special:
        state.rename_user(row, special.pop("username"))
    if kind == "events" and "slug" in special:
        state.change_slug(row, special.pop("slug"))
    if kind == "events" and "guest_code" in special:
        row["guest_code"] = codes(special.pop("guest_code"))
    if kind == "events" and "members" in special:
        state.replace_members(row, [named(state, item) for item in special.pop("members")])
    if kind == "services" and "properties" in special:
        row["properties"].update(special.pop("properties"))
    if special:
        raise ControlError(f"mutate {kind}: cannot set {', '.join(sorted(special))}")
    row.update(change)


def label_id(state: State, value: Any) -> int:
    """A label by id or by title; a title nobody has yet makes the label."""
    if isinstance(value, int):
        if value not in state.labels:
            raise ControlError(f"mutate: no label {value}")
        return value
    return int((state.label_titled(value) or state.add_label(value))["id"])


def named(state: State, item: Row) -> Row:
    user = state.user_named(item.get("username", ""))
    if user is None or item.get("role") not in ROLES:
        raise ControlError(f"mutate: {item!r} is no member with a known username and role")
    return {"userid": user["id"], "role": item["role"]}


def shift(state: State, kind: str, how: str) -> None:
    """Move a list by one: a new object at the front of the first page, or the object there gone."""
    if kind not in ("users", "labels", "events"):
        raise ControlError(f"cannot shift {kind!r}; known: users, labels, events")
    rows: dict[int, Row] = getattr(state, kind)
    if how == "delete":
        front = next(state.ordered(rows), None)
        if front is not None:
            delete(state, kind, front)
        return
    newest = state.settings["order"] == "newest"
    number = None if newest else min(rows, default=1) - 1
    name = f"shifted-{state.number('hex')}"
    if kind == "users":
        state.add_user({"name": "تازه", "surname": "وارد", "username": name}, number)
    elif kind == "labels":
        state.add_label(name, number)
    else:
        state.add_event({"title": name, "slug": name, "agent_service_id": 14}, number)
    if not newest:
        setattr(state, kind, dict(sorted(rows.items())))
