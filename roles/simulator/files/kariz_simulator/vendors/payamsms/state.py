# SPDX-License-Identifier: GPL-3.0-or-later
"""The server's data: messages and what has become of them by now, the inbox, the balance."""

from __future__ import annotations

from typing import Any

from ... import sms

Row = dict[str, Any]


class State:
    def __init__(self, settings: Row) -> None:
        self.settings = settings
        self.clock = sms.Clock(settings)
        self.balance: int = settings["balance"]
        self.messages: list[Row] = []
        self.inbox: list[Row] = []
        self.tokens: dict[str, float] = {}
        self.fixed_token_void = False
        self._number = 700_000

    def configure(self, settings: Row) -> None:
        """Take over changed settings; a new balance counts at once."""
        if settings["balance"] != self.settings["balance"]:
            self.balance = settings["balance"]
        self.settings = self.clock.settings = settings

    def number(self) -> int:
        self._number += 1
        return self._number

    # Messages

    def add(self, sender: str, recipient: str, body: str, customer_id: str | None, send_date: str | None) -> Row:
        count = sms.parts(body)
        now = self.clock.now()
        due = sms.moment(send_date) if send_date else None
        row = {
            "serverId": str(self.number()), "customerId": customer_id, "sender": sender, "recipient": recipient, "body": body, "parts": count,
            "price": count * self.settings["price"], "sendDate": send_date, "made": now, "due": due if due is not None and due > now else None,
            "cancelled": None, "cancelMessage": None,
        }
        self.balance -= row["price"]
        self.messages.append(row)
        return row

    def waits(self, row: Row) -> bool:
        """Whether the message is scheduled and its time has not come."""
        return row["due"] is not None and row["cancelled"] is None and row["due"] > self.clock.now()

    def scheduled(self) -> list[Row]:
        return [row for row in self.messages if self.waits(row)]

    def cancel(self, row: Row, reason: str | None) -> None:
        row["cancelled"] = self.clock.now()
        row["cancelMessage"] = reason
        if self.settings["refund"]:
            self.balance += row["price"]

    def report(self, row: Row) -> str | None:
        """The documented status of a message by now; None when the report does not know it (yet)."""
        if row["cancelled"] is not None:
            status: str | None = self.settings["cancelled_status"]
            return status
        if self.waits(row):
            return "Pending In Queue" if self.settings["scheduled_in_status"] else None
        age = self.clock.now() - (row["due"] or row["made"])
        if age < self.settings["queue_seconds"]:
            return "Pending In Queue"
        fate = sms.outcome(row["recipient"])
        if fate == "silent" or age < self.settings["operator_seconds"]:
            return "Pending"
        return "Failed" if fate == "failed" else "Send Successfully"

    # Inbox

    def receive(self, sender: str, to: str, body: str) -> Row:
        row = {"id": self.number(), "from": sender, "to": to, "body": body, "date": self.clock.stamp(), "read": False}
        self.inbox.append(row)
        return row
