# SPDX-License-Identifier: GPL-3.0-or-later
"""Shares of folders and files, private and public (services 1 to 8)."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from ...days import today
from ...messages import Call
from .answers import Rows
from .codes import Failure
from .handlers import handlers
from .people import NICKNAME, public, several
from .state import FOLDER_TYPE, LEVELS, Row, State


def entity_of(state: State, call: Call) -> Row:
    """The folder or file a call names."""
    folder = "folderHash" in call.body
    row = state.entities.get(call.body["folderHash" if folder else "fileHash"])
    if row is None or row["folder"] != folder:
        raise Failure(202)
    return row


def owned(state: State, call: Call) -> Row:
    row = entity_of(state, call)
    if row["owner"] != state.account:
        raise Failure(4)
    return row


def shown(state: State, row: Row) -> Row:
    entity = state.entities[row["entity"]]
    made: Row = {
        "hash": row["hash"],
        "type": "PUBLIC" if row["person"] is None else "PRIVATE",
        "level": row["level"],
        "expiration": row["expiration"],
        "entity": {"hash": entity["hash"], "name": entity["name"], "type": FOLDER_TYPE if entity["folder"] else "application/pdf"},
    }
    if row["person"] is not None:
        made["person"] = public(state.persons[row["person"]])
    elif state.settings["tell_password"]:
        made["hasPassword"] = row["password"] is not None
    return made


def until(state: State, call: Call) -> date | None:
    value = call.body.get("expiration")
    if value is None:
        return None
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise Failure(103)
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise Failure(10) from None
    if found < today(state.settings):
        raise Failure(10)
    return found


def wanted_level(call: Call) -> str:
    level = call.body.get("level", "view")
    if level not in LEVELS:
        raise Failure(101)
    return str(level)


def wanted_persons(state: State, call: Call) -> list[str | None]:
    """Usernames, or one None for a public share."""
    names = several(call.body.get("persons", []))
    if call.body.get("isPublic", "false") == "true":
        if names:
            raise Failure(101)
        return [None]
    if not names:
        raise Failure(101)
    found: list[str | None] = []
    for name in names:
        if not NICKNAME.match(name):
            # The document lists 6 for folders only.
            raise Failure(6 if "folderHash" in call.body else 34)
        person = state.person(name)
        if person is None:
            raise Failure(34)
        found.append(person["username"])
    return found


def make(state: State, call: Call) -> Any:
    row = owned(state, call)
    expiration, level, persons = until(state, call), wanted_level(call), wanted_persons(state, call)
    if any(state.direct(row, person) for person in persons):
        raise Failure(204)
    return shown(state, [state.add_share(row, person, level, expiration) for person in persons][-1])


@handlers.on("share_folder")
def share_folder(vendor: Any, call: Call) -> Any:
    return make(vendor.state, call)


@handlers.on("share_file")
def share_file(vendor: Any, call: Call) -> Any:
    return make(vendor.state, call)


def protect(state: State, call: Call) -> bool:
    row = owned(state, call)
    share = state.direct(row, None)
    if share is None or not call.body["password"]:
        raise Failure(101)
    share["password"] = call.body["password"]
    return True


@handlers.on("set_password")
def set_password(vendor: Any, call: Call) -> Any:
    return protect(vendor.state, call)


@handlers.on("set_folder_password")
def set_folder_password(vendor: Any, call: Call) -> Any:
    return protect(vendor.state, call)


@handlers.on("remove_share")
def remove(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    share = state.shares.get(call.body["shareHash"])
    if share is None:
        raise Failure(78)
    if state.entities[share["entity"]]["owner"] != state.account:
        raise Failure(4)
    del state.shares[share["hash"]]
    return True


def listed(vendor: Any, call: Call) -> Rows:
    state: State = vendor.state
    row = owned(state, call)
    return vendor.page(call, [shown(state, share) for share in state.shares_of(row)])


@handlers.on("get_file_shares_list")
def of_file(vendor: Any, call: Call) -> Any:
    return listed(vendor, call)


@handlers.on("get_folder_shares_list")
def of_folder(vendor: Any, call: Call) -> Any:
    return listed(vendor, call)


@handlers.on("get_share_with_me")
def with_me(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    return vendor.page(call, [shown(state, share) for share in state.shares.values() if share["person"] == state.account])
