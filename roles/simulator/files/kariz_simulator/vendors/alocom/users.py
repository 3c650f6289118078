# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent's users."""

from __future__ import annotations

from typing import Any

from ...messages import Answer, Call, Refusal
from . import texts
from .checks import bad, confirmed, find
from .handlers import handlers
from .labels import accepted, shown
from .state import Row, State

PUBLIC = ("id", "agent_id", "name", "surname", "username", "cellphone", "email", "status", "unlimited", "alocom_id")


def carries(state: State, row: Row, wanted: list[Any]) -> bool:
    """Whether a user has one of these labels, named by id or by title."""
    titles = [state.labels[number]["title"] for number in row["labels"]]
    return any(value in row["labels"] or value in titles or str(value) in map(str, row["labels"]) for value in wanted)


def selected(state: State, body: Row) -> Any:
    filters = [(name, body[name]) for name in ("username", "name", "surname") if body.get(name)]
    wanted = body.get("labels")
    rows = state.ordered(state.users)
    if not filters and not wanted:
        return rows
    return (
        row
        for row in rows
        if all(state.matches(value, row[name]) for name, value in filters) and (not wanted or carries(state, row, wanted))
    )


@handlers.on("users.index")
def index(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    shown_rows = state.page(selected(state, call.body), call.body)
    return {
        **state.counted(shown_rows, selected(state, call.body)),
        "data": [
            {
                "id": row["id"],
                "name": row["name"],
                "username": row["username"],
                "surname": row["surname"],
                "cellphone": row["cellphone"],
                "labels": shown(state, row["labels"]),
            }
            for row in shown_rows
        ],
    }


@handlers.on("users.get")
def get(vendor: Any, call: Call) -> Any:
    row = find(vendor.state.users, call.params["agentUser"])
    return vendor.wrapped({**{name: row[name] for name in PUBLIC}, "labels": shown(vendor.state, row["labels"])})


@handlers.on("users.create")
def create(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    body = dict(call.body)
    if state.user_named(body["username"]):
        raise bad("username", texts.TAKEN)
    body["labels"] = accepted(state, body.get("labels") or [], "labels")
    if not (vendor.settings["honour_password"] and body.get("password")):
        body["password"] = vendor.settings["chosen_password"]
    row = state.add_user(body)
    answer: Row = {"message": texts.USER_CREATED, "username": row["username"], "password": row["password"]}
    if vendor.settings["create_returns_id"]:
        answer["data"] = {"id": row["id"]}
    return Answer(vendor.settings["create_status"], answer)


@handlers.on("users.update")
def update(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    row = find(state.users, call.params["agentUser"])
    body = call.body
    other = state.user_named(body["username"]) if "username" in body else None
    if other is not None and other is not row:
        raise bad("username", texts.TAKEN)
    if "labels" in body:
        row["labels"] = accepted(state, body["labels"], "labels")
    row.update(name=body["name"], surname=body["surname"], status=int(body["status"]))
    for name in ("email", "cellphone"):
        if name in body:
            row[name] = body[name] or None
    if "username" in body:
        state.rename_user(row, body["username"])
    return {"message": texts.USER_UPDATED}


@handlers.on("users.delete")
def delete(vendor: Any, call: Call) -> Any:
    row = find(vendor.state.users, call.params["agentUser"])
    if vendor.state.busy(row["id"]):
        raise Refusal(400, {"message": texts.USER_BUSY})
    vendor.state.remove_user(row)
    return {"message": texts.USER_DELETED, "username": row["username"]}


@handlers.on("users.password")
def password(vendor: Any, call: Call) -> Any:
    row = find(vendor.state.users, call.params["agentUser"])
    row["password"] = confirmed(call.body)
    return {"message": texts.USER_PASSWORD}


@handlers.on("users.sample")
def sample(vendor: Any, call: Call) -> Any:
    return {"link": "https://cloud.alocom.co/s/9S6YbK2Q9sN3hWS/download"}
