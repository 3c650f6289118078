# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking at the state and changing it behind the client's back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from ...messages import ControlError
from . import bulk
from .state import Row, State

KINDS = ("users", "services", "bought", "payments", "sessions", "statuses")


def plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat(sep=" ") if isinstance(value, datetime) else value


def shown(state: State, row: Row) -> Row:
    made = {name: plain(value) for name, value in row.items()}
    if "User_Id" in row and "Username" not in row and row["User_Id"] in state.users:
        made["Username"] = state.users[row["User_Id"]]["Username"]
    return made


def dump(state: State) -> Row:
    found: Row = {kind: [shown(state, row) for row in getattr(state, kind).values()] for kind in KINDS}
    return {
        **found,
        "disconnected": [shown(state, row) for row in state.disconnected],
        "reseller": {name: plain(value) for name, value in state.reseller.items()},
        "tokens": list(state.tokens),
        "settings": state.settings,
    }


def mutate(state: State, kind: str, key: Row, change: Row | None) -> int:
    if kind == "reseller":
        state.reseller["credit"] = Decimal((change or {})["credit"])
        return 1
    if kind not in KINDS:
        raise ControlError(f"cannot mutate {kind!r}; known: {', '.join(KINDS)}, reseller")
    if not key:
        raise ControlError("mutate: a key is required")
    rows: dict[int, Row] = getattr(state, kind)
    found = [(number, row) for number, row in rows.items() if all(shown(state, row).get(name, ...) == value for name, value in key.items())]
    for number, row in found:
        if change is None:
            if kind == "users":
                state.remove_user(row)
            else:
                del rows[number]
            continue
        values = dict(change)
        if kind == "users" and "Username" in values:
            state.rename_user(row, values.pop("Username"))
        unknown = values.keys() - row.keys()
        if unknown:
            raise ControlError(f"mutate {kind}: cannot set {', '.join(sorted(unknown))}; known: {', '.join(row)}")
        row.update({name: Decimal(value) if isinstance(row[name], Decimal) else value for name, value in values.items()})
    return len(found)


def shift(state: State, kind: str, how: str) -> None:
    """Move a list by one: the object at its front gone, or one more at its front."""
    if kind not in ("users", "services"):
        raise ControlError(f"cannot shift {kind!r}; known: users, services")
    rows: dict[int, Row] = getattr(state, kind)
    if how == "delete":
        first = next(iter(rows), None)
        if first is not None:
            mutate(state, kind, {"User_Id" if kind == "users" else "Service_Id": first}, None)
        return
    bulk.make(state, kind, {"count": 1, "prefix": "shifted"})
    last = next(reversed(rows))
    setattr(state, kind, {last: rows[last], **{number: row for number, row in rows.items() if number != last}})
