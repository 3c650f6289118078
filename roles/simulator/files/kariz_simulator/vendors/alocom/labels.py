# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels, and what a label in a user's data looks like."""

from __future__ import annotations

from typing import Any

from ...messages import Answer, Call, Refusal
from . import texts
from .checks import bad, find
from .handlers import handlers
from .state import Row, State


def shown(state: State, numbers: list[int]) -> list[Any]:
    """A user's labels in an answer; the guide does not say which kind of value they are."""
    style = state.settings["label_style"]
    if style == "ids":
        return list(numbers)
    rows = [state.labels[number] for number in numbers]
    return [row["title"] if style == "titles" else short(row) for row in rows]


def accepted(state: State, values: list[Any], field: str) -> list[int]:
    """The ids of the labels a request names."""
    numbers = []
    for position, value in enumerate(values):
        if state.settings["label_values"] == "titles":
            row = state.label_titled(value) if isinstance(value, str) else None
        else:
            row = state.labels.get(value) if isinstance(value, int) else None
        if row is None:
            raise bad(f"{field}.{position}", texts.UNKNOWN)
        numbers.append(row["id"])
    return list(dict.fromkeys(numbers))


def short(row: Row) -> Row:
    return {"id": row["id"], "title": row["title"]}


def free(vendor: Any, title: str, own: Row | None = None) -> str:
    if vendor.settings["label_unique"] and any(row is not own and row["title"] == title for row in vendor.state.labels.values()):
        raise bad("title", texts.TAKEN)
    return title


@handlers.on("labels.index")
def index(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    title = call.body.get("title")
    rows = [row for row in state.ordered(state.labels) if state.matches(title, row["title"])]
    answer: Row = {"data": [short(row) for row in state.page(rows, call.body)]}
    if vendor.settings["total_count"] != "absent":
        answer["meta"] = {"total_count": len(rows) if vendor.settings["total_count"] == "right" else 0}
    return answer


@handlers.on("labels.list")
def every(vendor: Any, call: Call) -> Any:
    return {"data": [short(row) for row in vendor.state.labels.values()]}


@handlers.on("labels.get")
def get(vendor: Any, call: Call) -> Any:
    return {"data": [find(vendor.state.labels, call.params["label"])]}


@handlers.on("labels.create")
def create(vendor: Any, call: Call) -> Any:
    row = vendor.state.add_label(free(vendor, call.body["title"]))
    answer: Row = {"message": texts.LABEL_CREATED}
    if vendor.settings["create_returns_id"]:
        answer["data"] = short(row)
    return Answer(vendor.settings["create_status"], answer)


@handlers.on("labels.update")
def update(vendor: Any, call: Call) -> Any:
    row = find(vendor.state.labels, call.params["label"])
    row["title"] = free(vendor, call.body["title"], row)
    return {"message": texts.LABEL_UPDATED}


@handlers.on("labels.delete")
def delete(vendor: Any, call: Call) -> Any:
    row = find(vendor.state.labels, call.params["label"])
    if vendor.state.label_in_use(row["id"]):
        raise Refusal(400, {"message": texts.LABEL_IN_USE})
    vendor.state.remove_label(row)
    return {"message": texts.LABEL_DELETED}
