# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is in an event: enrolment with a way in, adding, removing."""

from __future__ import annotations

import time
from typing import Any

from ...messages import Call
from . import texts
from .auth import jwt
from .checks import bad, find
from .events import known_users
from .handlers import handlers
from .state import State


@handlers.on("events.enroll")
def enroll(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    event = find(state.events, call.params["event"])
    body = call.body
    user = state.user_named(body["username"])
    if user is None:
        # Somebody new is registered on the way; somebody known keeps the name the agent gave.
        user = state.add_user({**body, "password": body.get("password") or vendor.settings["chosen_password"]})
    state.enrol(event, user["id"], body["role"])
    claims = {
        "id": user["alocom_id"],
        "username": user["username"],
        "role": body["role"],
        "session": event["alocom_id"],
        "iat": int(time.time()),
        "jti": state.number("tokens"),
    }
    token = jwt(claims)
    return {
        "message": texts.ENROLLED,
        "eventLink": f"{state.event_link(event)}?token={token}",
        "token": token,
        "userId": user["alocom_id"],
    }


@handlers.on("events.add_users")
def add(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    event = find(state.events, call.params["event"])
    known_users(state, call.body["users"])
    for item in call.body["users"]:
        state.enrol(event, item["userid"], item["role"])
    return {"message": texts.MEMBERS_ADDED}


@handlers.on("events.remove_users")
def remove(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    event = find(state.events, call.params["event"])
    kind = vendor.settings["remove_users_id"]
    known: dict[Any, int] = {}
    if kind in ("any", "userid"):
        known.update({number: number for number in state.users})
    if kind in ("any", "hex"):
        known.update({user["alocom_id"]: number for number, user in state.users.items()})
    if kind == "enrolment":
        known.update({member["id"]: userid for userid, member in event["members"].items()})
    for position, value in enumerate(call.body["users"]):
        if value not in known:
            raise bad(f"users.{position}", texts.UNKNOWN)
    for value in call.body["users"]:
        event["members"].pop(known[value], None)
    return {"message": texts.MEMBERS_REMOVED}
