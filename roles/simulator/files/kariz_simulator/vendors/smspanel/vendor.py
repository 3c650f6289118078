# SPDX-License-Identifier: GPL-3.0-or-later
"""The SMS panel as a vendor of the simulator."""

from __future__ import annotations

from typing import Any

from ...contract import Violation
from ...leniency import soften
from ...messages import Answer, Call, ControlError
from ...vendor import Vendor
from . import settings as rules
from .handlers import NOT_FOUND, UNAUTHORISED, caller, failed, handlers
from .state import Row, State


class SmsPanel(Vendor):
    name = "smspanel"
    openapi = "smspanel.yaml"
    handlers = handlers
    defaults = rules.DEFAULTS
    strict_defaults = rules.STRICT
    state: State

    def authenticate(self, call: Call) -> Answer | None:
        return None if caller(self, call) is not None else self.error(401, UNAUTHORISED)

    def soften(self, call: Call, found: list[Violation]) -> bool:
        changed = soften(call, found, numbers=self.settings["text_numbers"] == "numbers")
        if self.settings["unknown_fields"] == "ignore" and call.operation.id == "sms.pattern" and "patternID" in call.body:
            # Public callers spell the field so; the page writes patternId.
            call.body = {"patternId": call.body["patternID"], **call.body}
            return soften(call, call.operation.check_request(call), numbers=self.settings["text_numbers"] == "numbers") or True
        return changed

    def refuse(self, call: Call, found: list[Violation]) -> Answer:
        return self.error(400, "; ".join(str(item) for item in found[:3]))

    def missing(self, call: Call) -> Answer:
        return self.error(404, NOT_FOUND)

    def error(self, status: int, message: str) -> Answer:
        return failed(self.settings, status, message)

    # Control

    def check_settings(self, settings: dict[str, Any]) -> None:
        rules.check(settings)

    def configure(self, settings: dict[str, Any]) -> None:
        super().configure(settings)
        if hasattr(self, "state"):
            self.state.configure(self.settings)

    def fill(self, seed: str) -> None:
        self.state = State(self.settings)
        if seed == "default":
            self.state.add_book("همکاران", ["09121234501", "09351234503"])

    def dump(self) -> dict[str, Any]:
        state = self.state
        return {
            "credit": state.credit, "messages": [{**row, "delivery": state.delivery(row)} for row in state.messages], "phonebooks": state.books,
            "users": [{"username": name, **row} for name, row in state.users.items()], "settings": self.settings,
        }

    def seed(self, kind: str, options: Row) -> list[Any]:
        """`phonebooks` with `prefix` and `numbers` (how many in each): answers names."""
        count, prefix, each = options.pop("count", 1), str(options.pop("prefix", "book")), options.pop("numbers", 3)
        if options or kind != "phonebooks":
            raise ControlError(f"seed: phonebooks, with count, prefix, numbers; not {kind!r} {sorted(options)}")
        made = []
        for place in range(1, count + 1):
            made.append(self.state.add_book(f"{prefix}-{place:05d}", [f"0912{place:03d}{number:04d}" for number in range(1, each + 1)])["name"])
        return made

    def mutate(self, kind: str, key: Row, change: Row | None) -> int:
        rows: list[Row] = {"messages": self.state.messages, "phonebooks": self.state.books}.get(kind, [])
        found = [row for row in rows if all(row.get(name, ...) == value for name, value in key.items())]
        for row in found:
            if change is None:
                rows.remove(row)
            elif "numbers" in change:
                row["numbers"] = []
                self.state.add_numbers(row, change["numbers"])
            else:
                row.update(change)
        return len(found)

    def shift(self, kind: str, how: str) -> None:
        raise ControlError("smspanel has no list that can be shifted")

    def expire_tokens(self) -> None:
        """Tokens of this vendor are made in the panel and do not end."""
