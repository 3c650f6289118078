# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking at the state, filling it, and changing it behind the client's back."""

from __future__ import annotations

from typing import Any

from ...messages import ControlError
from . import texts
from .state import LEVELS, ROLES, Row, State

PLAIN = {
    "organizations": {"name", "description"},
    "members": {"type"},
    "shares": {"level", "expiration", "password"},
    "plans": {"title", "size", "price", "status", "days"},
    "account": {"plan", "used"},
}
MOST = 1_000_000


def members(state: State) -> list[Row]:
    return [
        {"organization": row["hash"], "organization_name": row["name"], "username": name, "type": kind}
        for row in state.organizations.values()
        for name, kind in row["members"].items()
    ]


def dump(state: State, services: Row) -> Row:
    return {
        "account": {"username": state.account, "plan": state.plan, "used": state.used},
        "services": services,
        "persons": list(state.persons.values()),
        "organizations": list(state.organizations.values()),
        "members": members(state),
        "entities": list(state.entities.values()),
        "shares": list(state.shares.values()),
        "plans": state.plans,
        "invoices": state.invoices,
        "settings": state.settings,
    }


def mutate(state: State, kind: str, key: Row, change: Row | None) -> int:
    if kind not in PLAIN:
        raise ControlError(f"cannot mutate {kind!r}; known: {', '.join(PLAIN)}")
    unknown = (change or {}).keys() - PLAIN[kind]
    if unknown:
        raise ControlError(f"mutate {kind}: cannot set {', '.join(sorted(unknown))}; known: {', '.join(sorted(PLAIN[kind]))}")
    if kind == "account":
        if change is None:
            raise ControlError("mutate: the account cannot be deleted")
        for name, value in change.items():
            setattr(state, name, value)
        return 1
    rows = {"organizations": list(state.organizations.values()), "members": members(state), "shares": list(state.shares.values()), "plans": state.plans}[kind]
    if not key:
        raise ControlError("mutate: a key is required")
    found = [row for row in rows if all(row.get(name, ...) == value for name, value in key.items())]
    for row in found:
        remove(state, kind, row) if change is None else assign(state, kind, row, change)
    return len(found)


def remove(state: State, kind: str, row: Row) -> None:
    if kind == "organizations":
        state.remove_organization(row)
    elif kind == "members":
        del state.organizations[row["organization"]]["members"][row["username"]]
    elif kind == "shares":
        del state.shares[row["hash"]]
    else:
        raise ControlError(f"mutate: {kind} cannot be deleted")


def assign(state: State, kind: str, row: Row, change: Row) -> None:
    if kind == "members":
        if change.get("type") not in ROLES:
            raise ControlError(f"mutate: type is one of {', '.join(ROLES)}")
        state.organizations[row["organization"]]["members"][row["username"]] = change["type"]
        return
    if change.get("level", "view") not in LEVELS:
        raise ControlError(f"mutate: level is one of {', '.join(LEVELS)}")
    row.update(change)


def seed(state: State, kind: str, options: Row) -> list[Any]:
    if kind not in KINDS:
        raise ControlError(f"cannot seed {kind!r}; known: {', '.join(KINDS)}")
    maker, known = KINDS[kind]
    unknown = options.keys() - known
    if unknown:
        raise ControlError(f"seed {kind}: unknown option {', '.join(sorted(unknown))}; known: {', '.join(sorted(known))}")
    count = options.get("count", 1)
    if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= MOST:
        raise ControlError(f"seed {kind}: count is a number from 0 to {MOST}, not {count!r}")
    return maker(state, count, options)


def persons(state: State, count: int, options: Row) -> list[Any]:
    prefix, made = options.get("prefix", "person"), []
    number = 0
    while len(made) < count:
        number += 1
        username = f"{prefix}-{number:05d}"
        if state.person(username) is None:
            # The two lists have lengths without a common factor, so full names repeat late.
            name = f"{texts.NAMES[number % len(texts.NAMES)]} {texts.SURNAMES[number % len(texts.SURNAMES)]}"
            state.add_person(username, name, f"0913{number:07d}", f"{username}@example.ir")
            made.append(username)
    return made


def organizations(state: State, count: int, options: Row) -> list[Any]:
    made = []
    for number in range(count):
        name = options.get("name") or f"{texts.DEPARTMENTS[number % len(texts.DEPARTMENTS)]} {len(state.organizations) + 1}"
        made.append(state.add_organization(name, options.get("description", ""), state.account)["hash"])
    return made


def space(state: State, options: Row) -> Row:
    wanted = options.get("organization")
    found = next((row for row in state.organizations.values() if wanted in (None, row["hash"], row["name"])), None)
    if found is None:
        raise ControlError(f"seed: no organization {wanted!r}")
    return found


def collaborators(state: State, count: int, options: Row) -> list[Any]:
    row, kind = space(state, options), options.get("type", "GUEST")
    if kind not in ROLES:
        raise ControlError(f"seed members: type is one of {', '.join(ROLES)}")
    names = [options["person"]] if "person" in options else persons(state, count, {"prefix": options.get("prefix", "person")})
    if any(state.person(name) is None for name in names):
        raise ControlError(f"seed members: no person {names[0]!r}")
    row["members"].update({name: kind for name in names})
    return names


def folders(state: State, count: int, options: Row) -> list[Any]:
    parent = options.get("parent")
    if parent is not None and parent not in state.entities:
        raise ControlError(f"seed: no folder {parent!r}")
    name, folder = options.get("name", "پوشه"), not options.get("file", False)
    return [state.add_entity(f"{name} {number + 1}", folder=folder, parent=parent, owner=options.get("owner"))["hash"] for number in range(count)]


def shares(state: State, count: int, options: Row) -> list[Any]:
    entity = state.entities.get(options.get("entity", ""))
    if entity is None:
        raise ControlError(f"seed shares: no folder or file {options.get('entity')!r}")
    names: list[Any] = [options["person"]] if "person" in options else persons(state, count, {"prefix": "guest"})
    made = [state.add_share(entity, name, options.get("level", "view")) for name in names]
    for row in made:
        row.update(expiration=options.get("expiration"), password=options.get("password"))
    return [row["hash"] for row in made]


KINDS: dict[str, tuple[Any, set[str]]] = {
    "persons": (persons, {"count", "prefix"}),
    "organizations": (organizations, {"count", "name", "description"}),
    "members": (collaborators, {"count", "organization", "type", "prefix", "person"}),
    "folders": (folders, {"count", "name", "parent", "owner", "file"}),
    "shares": (shares, {"count", "entity", "person", "level", "expiration", "password"}),
}
