# SPDX-License-Identifier: GPL-3.0-or-later
"""What all lists share: Filter, Field, LimitFrom, LimitCount; and finding the subscriber a call names."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from ...messages import Call, Refusal
from . import texts, where

Row = dict[str, Any]


def refused(code: int, description: str | None = None) -> Refusal:
    """A refusal by its code; the vendor adds the HTTP status."""
    return Refusal(0, {"ErrorCode": code, "ErrorDesc": description or texts.DESCRIPTIONS[code]})


def whole(value: Any, name: str, least: int | None = None) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        raise refused(texts.INVALID, f"{name} must be a number") from None
    if least is not None and number < least:
        raise refused(texts.INVALID, f"{name} must be {least} or more")
    return number


def chosen(call: Call, known: Iterable[str], shown: list[str]) -> list[str]:
    """The fields of `Field`: names in any case, `*` or nothing for all of them."""
    text = str(call.query.get("Field", "*")).strip()
    if text in ("", "*"):
        return shown
    names = {name.lower(): name for name in known}
    asked = [part.strip() for part in text.split(",")]
    for part in asked:
        if part.lower() not in names:
            raise refused(texts.INVALID, f"Unknown column {part!r} in Field")
    return [names[part.lower()] for part in asked]


def starred(vendor: Any, call: Call, known: list[str]) -> list[str]:
    """As :func:`chosen`, for the lists whose `Field` the document stars: some servers may insist on it."""
    if vendor.settings["field"] == "required" and not str(call.query.get("Field", "")).strip():
        raise refused(texts.NOT_FOUND, "Require item not found: Field")
    # Whose a row is stands in no list of the document; a server may show it all the same to whoever asks for it.
    owner = ["User_Id"] if vendor.settings["list_owner"] == "shown" else []
    return chosen(call, [*known, *owner], known)


def listed(vendor: Any, call: Call, rows: Iterable[Row], known: Iterable[str]) -> list[Row]:
    """The rows which meet the filter, from LimitFrom on, LimitCount at most."""
    text = str(call.query.get("Filter", "")).strip()
    if text and (call.operation is None or call.operation.id not in vendor.settings["filters_ignored"]):
        try:
            test = where.compiled(text, known)
        except where.BadFilter as error:
            raise refused(texts.INVALID, f"You have an error in your Filter {error}") from None
        rows = (row for row in rows if test(row))
    start = whole(call.query.get("LimitFrom") or 0, "LimitFrom", 0)
    count = whole(call.query.get("LimitCount") or 100, "LimitCount", 0)
    if vendor.settings["limit_max"] is not None:
        count = min(count, vendor.settings["limit_max"])
    return list(islice(rows, start, start + count))


def subscriber(vendor: Any, values: Row, required: bool = True) -> Row | None:
    """The subscriber named by Username or User_Id; with both, Username wins."""
    username, number = values.get("Username"), values.get("User_Id")
    if username:
        found = vendor.state.user_named(str(username))
    elif number not in (None, ""):
        found = vendor.state.users.get(whole(number, "User_Id"))
    elif not required:
        return None
    else:
        raise refused(texts.NOT_FOUND, "Username or User_Id is required")
    if found is None:
        raise refused(texts.NOT_FOUND, "User not found")
    user: Row = found
    return user
