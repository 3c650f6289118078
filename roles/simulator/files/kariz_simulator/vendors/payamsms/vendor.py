# SPDX-License-Identifier: GPL-3.0-or-later
"""PayamSMS as a vendor of the simulator."""

from __future__ import annotations

from typing import Any

from ...contract import Violation
from ...messages import Answer, Call, ControlError
from ...vendor import Vendor
from . import settings as rules
from .handlers import authenticated, code_answer, handlers
from .state import Row, State


class PayamSms(Vendor):
    name = "payamsms"
    openapi = "payamsms.yaml"
    handlers = handlers
    defaults = rules.DEFAULTS
    strict_defaults = rules.STRICT
    state: State

    def authenticate(self, call: Call) -> Answer | None:
        return None if authenticated(self, call) else self.error(401, "Invalid access token")

    def refuse(self, call: Call, found: list[Violation]) -> Answer:
        return code_answer(self.settings, "E2")

    def missing(self, call: Call) -> Answer:
        return self.error(404, "Not Found")

    def error(self, status: int, message: str) -> Answer:
        return Answer(status, {"error": "invalid_token" if status == 401 else f"error_{status}", "error_description": message})

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
            for number, text in (("989121234501", "سلام، ثبت نام شدم"), ("989351234503", "لغو")):
                self.state.receive(number, self.settings["senders"][0], text)

    def dump(self) -> dict[str, Any]:
        state = self.state
        shown = [{**row, "report": state.report(row), "waits": state.waits(row)} for row in state.messages]
        return {"balance": state.balance, "messages": shown, "inbox": state.inbox, "tokens": list(state.tokens), "settings": self.settings}

    def seed(self, kind: str, options: Row) -> list[Any]:
        """`inbox` (prefix of the text, to) or `messages` (prefix of the customerId, sender, sendDate): answers ids."""
        count = options.pop("count", 1)
        prefix = str(options.pop("prefix", kind))
        own = options.pop("sender", self.settings["senders"][0])
        date = options.pop("sendDate", None)
        if options or kind not in ("inbox", "messages"):
            raise ControlError(f"seed: inbox or messages, with count, prefix, sender, sendDate; not {kind!r} {sorted(options)}")
        found: list[Any] = []
        for place in range(1, count + 1):
            number = f"98912{len(self.state.inbox) + len(self.state.messages) + 1:07d}"
            if kind == "inbox":
                found.append(self.state.receive(number, own, f"{prefix} {place}")["id"])
            else:
                found.append(self.state.add(own, number, f"متن {place}", f"{prefix}-{place:05d}", date)["customerId"])
        return found

    def mutate(self, kind: str, key: Row, change: Row | None) -> int:
        rows: list[Row] = {"messages": self.state.messages, "inbox": self.state.inbox}.get(kind, [])
        found = [row for row in rows if all(row.get(name, ...) == value for name, value in key.items())]
        for row in found:
            if change is None:
                rows.remove(row)
            else:
                row.update(change)
        return len(found)

    def shift(self, kind: str, how: str) -> None:
        raise ControlError("payamsms has no list that can be shifted")

    def expire_tokens(self) -> None:
        self.state.tokens.clear()
        self.state.fixed_token_void = True
