# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that no document allows: the honest one, with something in it replaced by what does not belong there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

from .messages import Answer

PAGE = "<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1><p>Nothing lives at this address.</p></body></html>"
#: Fields of envelopes: what says whether an answer is a refusal keeps saying so.
ENVELOPE = frozenset(("hasError", "errorCode", "statusCode", "messageId", "count", "ott", "referenceNumber", "header", "status", "message", "meta"))


def is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def has_rows(value: Any) -> bool:
    if isinstance(value, dict):
        return any(has_rows(part) for part in value.values())
    return is_rows(value) or (isinstance(value, list) and any(has_rows(part) for part in value))


def lists(value: Any, change: Callable[[list[Any]], Any]) -> Any:
    """The answer with every outermost list of objects changed."""
    if is_rows(value):
        return change(value)
    if isinstance(value, dict):
        return {name: lists(part, change) for name, part in value.items()}
    return value


def objects(value: Any, change: Callable[[dict[str, Any]], Any]) -> Any:
    """The answer with its objects changed: the rows of its lists, or where it has none, the innermost objects."""
    if has_rows(value):
        return lists(value, lambda rows: [change(row) for row in rows])
    if isinstance(value, dict):
        inner = {name: objects(part, change) for name, part in value.items() if isinstance(part, dict) and part and name != "header"}
        return {**value, **inner} if inner else change(value)
    return value


def leaves(put: Any) -> Callable[[Any], Any]:
    """Every value of the objects becomes another one."""

    def change(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: change(part) if isinstance(part, dict) and part else put for name, part in value.items()}
        return put

    return lambda answer: objects(answer, change)


def emptied(value: Any) -> Any:
    """The envelope without what it should carry."""
    if isinstance(value, dict):
        return {name: part if name in ENVELOPE else None for name, part in value.items()}
    return None


#: How an answer is strange: a change of the decoded body.
STRANGE: dict[str, Callable[[Any], Any]] = {
    "number": lambda value: 5,
    "text": lambda value: "unexpected",
    "null": lambda value: None,
    "truth": lambda value: True,
    "nothing": lambda value: {},
    "other": lambda value: {"hello": "world", "version": 3},
    "nested": lambda value: [[[1]]],
    "envelope": emptied,
    "rows are numbers": lambda value: lists(value, lambda rows: [7 for _row in rows]),
    "rows are texts": lambda value: lists(value, lambda rows: ["row" for _row in rows]),
    "rows are null": lambda value: lists(value, lambda rows: [None for _row in rows]),
    "rows are lists": lambda value: lists(value, lambda rows: [[row] for row in rows]),
    "rows are empty": lambda value: objects(value, lambda row: {}),
    "one row is a number": lambda value: lists(value, lambda rows: [*rows, 7]),
    "list is a text": lambda value: lists(value, lambda rows: "row"),
    "list is null": lambda value: lists(value, lambda rows: None),
    "list is a number": lambda value: lists(value, len),
    "values are null": leaves(None),
    "values are lists": leaves(["x"]),
    "values are objects": leaves({"x": 1}),
    "values are numbers": leaves(7),
    "values are texts": leaves("x"),
    "values are true": leaves(True),
    # Not made of the honest answer.
    "page": lambda value: value,
    "missing page": lambda value: value,
    "cut": lambda value: value,
}


def opened(value: Any) -> Any:
    """The answer with JSON inside a text opened, as one vendor sends it."""
    if isinstance(value, dict):
        return {name: opened(part) for name, part in value.items()}
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            return value
    return value


def strange(honest: Answer, how: str) -> Answer | None:
    """The strange answer; None when the honest one has nothing that could become so."""
    if how == "page":
        return Answer(200, PAGE, {}, "text/html")
    if how == "missing page":
        return Answer(404, PAGE, {}, "text/html")
    if how == "cut":
        payload = honest.payload()
        return Answer(honest.status, payload[: len(payload) // 2], honest.headers) if len(payload) > 1 else None
    before = opened(orjson.loads(honest.payload() or b"null"))
    after = STRANGE[how](before)
    return None if after == before else Answer(honest.status, orjson.dumps(after), honest.headers)
