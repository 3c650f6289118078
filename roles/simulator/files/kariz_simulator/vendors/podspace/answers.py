# SPDX-License-Identifier: GPL-3.0-or-later
"""How an answer is told: the gateway's envelope, the endpoint's own inside it, and each of the shapes clients were seen to expect.

Handlers answer in one canonical shape, which the contract checks; the settings only decide how it is dressed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...days import TEHRAN
from ...messages import Answer
from .codes import NAMES, STATUSES
from .state import Row, State


@dataclass
class Rows:
    """A list and how many there are in all."""

    items: list[Row]
    total: int


def text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def outer(state: State, result: Any, count: int = 0, code: int = 0, message: str | None = None) -> Row:
    """The gateway's envelope, as in the document."""
    body: Row = {
        "hasError": code != 0,
        "messageId": 0,
        "referenceNumber": f"63840{len(state.shares):07d}",
        "errorCode": code if state.settings["error_code_type"] == "number" else str(code),
        "count": count,
        "ott": "",
        "result": result,
    }
    if message is not None:
        body["message"] = message
    return body


def wrapped(state: State, inner: Any, status: int = 200, count: int = 0) -> Answer:
    told = text(inner) if state.settings["inner"] == "text" else inner
    return Answer(200, outer(state, {"result": told, "header": {}, "statusCode": status}, count))


def success(state: State, operation: str, payload: Any) -> Answer:
    settings = state.settings
    total = payload.total if isinstance(payload, Rows) else 0
    shown = dressed(state, operation, payload)
    inner_count = total if settings["count"] == "inner" else 0
    if settings["inner_envelope"]:
        shown = {"hasError": False, "messageId": 0, "referenceNumber": "", "errorCode": 0, "count": inner_count, "ott": "", "result": shown}
    return wrapped(state, shown, 200, total if settings["count"] == "outer" else 0)


def gateway_failure(state: State, code: int) -> Answer:
    """A refusal of the gateway itself: the call never reached an endpoint."""
    return Answer(200, outer(state, None, code=code, message=NAMES[code][1]))


def failure(state: State, code: int) -> Answer:
    """A refusal of the endpoint, at the level the setting says."""
    name, words = NAMES[code]
    level = state.settings["error_level"]
    if level == "outer":
        return gateway_failure(state, code)
    told: Any = code if state.settings["error_code_type"] == "number" else str(code)
    inner = {"hasError": True, "messageId": 0, "referenceNumber": "", "errorCode": told, "count": 0, "ott": "", "message": words, "result": None}
    if level == "status":
        return wrapped(state, {"error": name, "message": words, "errorCode": told}, STATUSES.get(code, 400))
    return wrapped(state, inner)


# Dress


def dressed(state: State, operation: str, payload: Any) -> Any:
    if isinstance(payload, Rows):
        rows = [DRESSES.get(operation, lambda _state, row: row)(state, row) for row in payload.items]
        return {"bare": rows, "list": {"list": rows, "count": len(rows)}, "nested": [rows], "named": {"items": rows}}[state.settings["list_style"]]
    if operation in ("create_organization", "share_folder", "share_file", "buy_plan_with_gateway"):
        return MADE[operation](state, payload)
    return DRESSES[operation](state, payload) if operation in DRESSES else payload


def organization(state: State, row: Row) -> Row:
    shown = dict(row)
    if state.settings["organization_id"] == "organization":
        shown["organization"] = shown.pop("hash")
    return with_role(state, shown)


def with_role(state: State, row: Row) -> Row:
    kind = row.pop("type")
    row[state.settings["role_field"]] = kind.lower() if state.settings["role_case"] == "lower" else kind
    return row


def of_person(state: State, row: Row) -> Row:
    """A row with a person in it, as an object of its own or flat."""
    person = row.pop("person", None)
    if person is None:
        return row
    if state.settings["person_fields"] == "username":
        person = {"username": person["username"]}
    if state.settings["person_style"] == "flat":
        return {**person, **row}
    return {**row, state.settings["person_style"]: person}


def member(state: State, row: Row) -> Row:
    return with_role(state, of_person(state, dict(row)))


def share(state: State, row: Row) -> Row:
    shown = of_person(state, dict(row))
    level = shown.pop("level")
    if state.settings["tell_level"]:
        shown["level"] = level.upper() if state.settings["level_case"] == "upper" else level
    shown["expiration"] = day(state, shown["expiration"])
    if shown["expiration"] is None and state.settings["date_style"] == "omitted":
        del shown["expiration"]
    if state.settings["share_link"] and shown["type"] == "PUBLIC":
        shown["link"] = f"https://podspace.ir/public/{shown['hash']}"
    if state.settings["share_type"] == "flag":
        shown["isPublic"] = shown.pop("type") == "PUBLIC"
    entity = shown.pop("entity")
    if state.settings["entity_style"] == "object":
        shown["entity"] = entity
    elif state.settings["entity_style"] == "hash":
        shown["entityHash"] = entity["hash"]
    return shown


def with_me(state: State, row: Row) -> Row:
    """A share, or the file that is shared: its own hash, name and type, and who put it there."""
    if state.settings["with_me"] == "shares":
        return share(state, row)
    return {**row["entity"], "size": 1024, "owner": {"username": "h.rezaei"}}


def day(state: State, value: str | None) -> Any:
    style = state.settings["date_style"]
    if value is None:
        return None
    if style == "slash":
        return value.replace("-", "/")
    if style == "time":
        return f"{value}T00:00:00+03:30"
    if style == "epoch":
        return int(datetime.fromisoformat(value).replace(tzinfo=TEHRAN).timestamp() * 1000)
    return value


def plan(state: State, row: Row) -> Row:
    shown = dict(row)
    if state.settings["plan_id"] == "hash":
        shown.pop("id")
    if state.settings["plan_id"] == "id":
        shown.pop("hash")
    return shown


def made_organization(state: State, row: Row) -> Any:
    style = state.settings["create_answer"]
    if style == "organization":
        return {"organization": row["hash"], "name": row["name"], "description": row["description"]}
    return {"hash": row["hash"], "object": {"hash": row["hash"], "name": row["name"]}, "nested": {"organization": {"hash": row["hash"]}}, "empty": None}[style]


def made_share(state: State, row: Row) -> Any:
    return {"object": share(state, row), "hash": row["hash"], "empty": None}[state.settings["share_answer"]]


def payment(state: State, row: Row) -> Any:
    style = state.settings["payment_style"]
    return {"object": row, "text": row["paymentUrl"], "nested": {"invoice": {"id": row["id"], "link": row["paymentUrl"]}}}[style]


DRESSES = {
    "get_user_organizations": organization,
    "get_list_of_collaborator": member,
    "get_file_shares_list": share,
    "get_folder_shares_list": share,
    "get_share_with_me": with_me,
    "get_plan_list": plan,
    "get_user_plan": plan,
}
MADE = {
    "create_organization": made_organization,
    "share_folder": made_share,
    "share_file": made_share,
    "buy_plan_with_gateway": payment,
}
