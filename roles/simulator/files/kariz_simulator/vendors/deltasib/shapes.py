# SPDX-License-Identifier: GPL-3.0-or-later
"""How an answer is written on the wire. Handlers make it as documented, the contract checks that, and then the settings give it another spelling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import orjson

from ...messages import Answer
from .texts import shown_time

Row = dict[str, Any]
#: Operations whose keys real servers were seen to answer in lower case.
LOWER_AS_SEEN = ("user.list",)
#: Big counts are written with commas between the thousands, money with decimals.
TRAFFIC = ("Tr", "TrR", "TrU", "TrA")


@dataclass(slots=True)
class Shaped(Answer):
    """An answer whose `body` is the documented one; `payload` is what goes out."""

    settings: Row = field(default_factory=dict)
    operation: str = ""

    def payload(self) -> bytes:
        return orjson.dumps(self.shaped(self.body))

    def shaped(self, body: Any) -> Any:
        if isinstance(body, list):
            rows = [self.row(item) for item in body]
            return rows[0] if self.one_row and len(rows) == 1 else rows
        return self.row(body)

    @property
    def one_row(self) -> bool:
        return self.settings["one_row"] == "object" and self.operation in ("user.creditinfo", "user.status.currentstatus")

    def row(self, row: Row) -> Row:
        case = self.settings["key_case"]
        lower = case == "lower" or (case == "as_seen" and self.operation in LOWER_AS_SEEN)
        return {(name.lower() if lower else name): self.value(name, value) for name, value in row.items()}

    def value(self, name: str, value: Any) -> Any:
        if name == "ErrorCode":
            return str(value) if self.settings["error_code"] == "string" else value
        if name in ("status", "token", "SessionTimeout"):
            return value
        style = self.settings["numbers"]
        if isinstance(value, bool) or not isinstance(value, int | float):
            return value
        if style == "plain":
            return value
        if isinstance(value, float):
            return f"{value:,.2f}" if style == "commas" else f"{value:.2f}"
        if style == "commas" and not name.endswith("_Id"):
            return f"{value:,}"
        return f"{value:,}" if name.endswith(TRAFFIC) else str(value)


def cell(value: Any, calendar: str) -> Any:
    """A value of the state as the documented answer has it: ids and counts are numbers, money has decimals."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return shown_time(value, calendar)
    return value


def picked(rows: Iterable[Row], fields: list[str], calendar: str, dates: Iterable[str] = ()) -> list[Row]:
    empty = shown_time(None, calendar)
    dates = set(dates)
    return [{name: (empty if row[name] is None and name in dates else cell(row[name], calendar)) for name in fields} for row in rows]
