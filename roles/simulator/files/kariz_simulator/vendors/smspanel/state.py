# SPDX-License-Identifier: GPL-3.0-or-later
"""The server's data: sent messages and their delivery by now, phonebooks, users, patterns, credit."""

from __future__ import annotations

import re
from typing import Any

from ... import sms

Row = dict[str, Any]


def local(number: str) -> str:
    """A mobile number as the server compares two: 09..."""
    digits = re.sub(r"\D", "", number)
    for prefix in ("0098", "98", "0"):
        if digits.startswith(prefix):
            digits = digits[len(prefix):]
            break
    return f"0{digits}"


class State:
    def __init__(self, settings: Row) -> None:
        self.settings = settings
        self.clock = sms.Clock(settings)
        self.credit: int = settings["credit"]
        self.messages: list[Row] = []
        self.books: list[Row] = []
        self.users: dict[str, Row] = {}
        self.patterns: dict[int, Row] = {
            101: {"text": "سلام {name}، کد شما {code} است.", "active": True},
            102: {"text": "الگوی تأیید نشده {name}", "active": False},
        }
        self._last = 8000

    def configure(self, settings: Row) -> None:
        if settings["credit"] != self.settings["credit"]:
            self.credit = settings["credit"]
        self.settings = self.clock.settings = settings

    def number(self) -> int:
        self._last += 1
        return self._last

    # Messages

    def cost(self, text: str, recipients: list[str]) -> int:
        return int(sms.parts(text) * len(recipients) * self.settings["price"])

    def add(self, sender: str, recipients: list[str], text: str, kind: str, due: float | None = None, **more: Any) -> Row:
        row = {
            "id": self.number(), "from": sender, "recipients": list(recipients), "message": text, "kind": kind, "parts": sms.parts(text),
            "made": self.clock.now(), "due": due, "cost": self.cost(text, recipients), **more,
        }
        self.credit -= row["cost"]
        self.messages.append(row)
        return row

    def delivery(self, row: Row) -> int:
        """The documented delivery code by now; the fate of the first recipient stands for the message."""
        age = self.clock.now() - max(row["made"], row["due"] or 0)
        if age < self.settings["queue_seconds"]:
            return 0
        if age < self.settings["operator_seconds"]:
            return 1
        return {"failed": 5, "silent": 3, "delivered": 4}[sms.outcome(row["recipients"][0] if row["recipients"] else "")]

    # Phonebooks

    def book(self, number: str) -> Row | None:
        return next((row for row in self.books if str(row["book_id"]) == number), None)

    def book_named(self, name: str) -> Row | None:
        return next((row for row in self.books if row["name"] == name), None)

    def kept(self, number: str) -> str:
        style = self.settings["kept_numbers"]
        if style == "as sent":
            return number
        return local(number) if style == "local" else f"98{local(number)[1:]}"

    def add_numbers(self, book: Row, numbers: list[str]) -> None:
        there = {local(entry["number"]) for entry in book["numbers"]}
        for number in numbers:
            if local(number) not in there:
                there.add(local(number))
                book["numbers"].append({"number_id": self.number(), "number": self.kept(number)})

    def add_book(self, name: str, numbers: list[str], flag: Any = None) -> Row:
        book: Row = {"book_id": self.number(), "name": name, "flag": flag, "numbers": []}
        self.books.append(book)
        self.add_numbers(book, numbers)
        return book
