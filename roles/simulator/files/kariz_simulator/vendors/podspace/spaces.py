# SPDX-License-Identifier: GPL-3.0-or-later
"""Organization spaces and the people in them (services 9 to 16)."""

from __future__ import annotations

from typing import Any

from ...messages import Call
from .answers import Rows
from .codes import Failure
from .handlers import handlers
from .people import NICKNAME, public, several
from .state import ROLES, Row, State


def shown(state: State, row: Row) -> Row:
    return {"hash": row["hash"], "name": row["name"], "description": row["description"], "type": row["members"][state.account]}


def space(state: State, call: Call, missing: int) -> Row:
    """The space a call names, seen by the account; the services that list no "not found" answer 101."""
    row = state.organizations.get(call.body["hash"])
    if row is None or state.account not in row["members"]:
        raise Failure(missing)
    return row


def owned(state: State, call: Call, missing: int) -> Row:
    row = space(state, call, missing)
    if row["members"][state.account] != "OWNER":
        raise Failure(4)
    return row


@handlers.on("create_organization")
def create(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    if not call.body["name"].strip():
        raise Failure(101)
    if state.used + state.settings["organization_bytes"] > state.own_plan()["size"]:
        raise Failure(206)
    return shown(state, state.add_organization(call.body["name"], call.body.get("description", ""), state.account))


@handlers.on("edit_organization")
def edit(vendor: Any, call: Call) -> Any:
    row = owned(vendor.state, call, 101)
    if not call.body["name"].strip():
        raise Failure(101)
    row.update(name=call.body["name"], description=call.body.get("description", ""))
    return True


@handlers.on("remove_organization")
def remove(vendor: Any, call: Call) -> Any:
    vendor.state.remove_organization(owned(vendor.state, call, 101))
    return True


@handlers.on("get_user_organizations")
def index(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    return vendor.page(call, [shown(state, row) for row in state.organizations.values() if state.account in row["members"]])


def people(state: State, call: Call) -> list[Row]:
    found = []
    for name in several(call.body["persons"]):
        if not NICKNAME.match(name):
            raise Failure(6)
        person = state.person(name)
        if person is None:
            raise Failure(34)
        found.append(person)
    if not found:
        raise Failure(101)
    return found


def role(state: State, call: Call) -> str:
    found = call.body["type"]
    if found not in ROLES or (found == "OWNER" and not state.settings["owner_by_adding"]):
        raise Failure(101)
    return str(found)


@handlers.on("add_user_to_organization")
def add(vendor: Any, call: Call) -> Any:
    row = owned(vendor.state, call, 78)
    wanted, persons = role(vendor.state, call), people(vendor.state, call)
    if any(person["username"] in row["members"] for person in persons):
        raise Failure(44)
    row["members"].update({person["username"]: wanted for person in persons})
    return True


def members(state: State, row: Row, call: Call) -> list[str]:
    """The usernames a call names; the owner is nobody's to change."""
    names = [person["username"] for person in people(state, call)]
    if any(name not in row["members"] for name in names):
        raise Failure(78)
    if any(row["members"][name] == "OWNER" for name in names):
        raise Failure(4)
    return names


@handlers.on("remove_user_from_organization")
def take_out(vendor: Any, call: Call) -> Any:
    row = owned(vendor.state, call, 78)
    for name in members(vendor.state, row, call):
        del row["members"][name]
    return True


@handlers.on("edit_user_role")
def change(vendor: Any, call: Call) -> Any:
    row = owned(vendor.state, call, 78)
    wanted = role(vendor.state, call)
    row["members"].update({name: wanted for name in members(vendor.state, row, call)})
    return True


@handlers.on("get_list_of_collaborator")
def collaborators(vendor: Any, call: Call) -> Rows:
    state: State = vendor.state
    row = space(state, call, 101)
    return vendor.page(call, [{"person": public(state.persons[name]), "type": kind} for name, kind in row["members"].items()])
