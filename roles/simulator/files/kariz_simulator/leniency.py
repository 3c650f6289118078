# SPDX-License-Identifier: GPL-3.0-or-later
"""What servers take although their documents do not say so: text where a number is meant, null where nothing is wanted."""

from __future__ import annotations

import copy
from typing import Any

from .contract import Violation
from .messages import Call

FLAGS = ("0", "1")


def value_at(body: Any, path: list[str]) -> Any:
    for part in path:
        body = body[int(part)] if isinstance(body, list) else body[part]
    return body


def put(body: Any, path: list[str], value: Any) -> None:
    place, last = value_at(body, path[:-1]), path[-1]
    place[int(last) if isinstance(place, list) else last] = value


def soften(call: Call, found: list[Violation], *, flags: bool = False, numbers: bool = False, nulls: bool = False) -> bool:
    """Read the body the server's way where it breaks the contract; True when anything was read differently.

    `flags`: "0" and "1" are numbers where only a few values are possible (a Laravel rule `boolean` takes them); `numbers`: any ASCII digits
    are a number where one is expected; `nulls`: a filter of a read that is null is not there. The journal keeps what was sent.
    """
    if not isinstance(call.body, dict):
        return False
    body = copy.deepcopy(call.body)
    changed = False
    for item in found:
        if item.rule not in ("enum", "type", "anyOf") or not item.field:
            continue
        path = item.field.split(".")
        try:
            value = value_at(body, path)
        except (KeyError, IndexError, ValueError, TypeError):
            # A field whose name has a dot of its own, or which an earlier item took away.
            continue
        if value is None and nulls and len(path) == 1 and not call.operation.write:
            del body[path[0]]
            changed = True
        elif isinstance(value, str) and ((flags and item.rule == "enum" and value in FLAGS) or (numbers and value.isascii() and value.isdigit())):
            put(body, path, int(value))
            changed = True
    if changed:
        call.body = body
    return changed
