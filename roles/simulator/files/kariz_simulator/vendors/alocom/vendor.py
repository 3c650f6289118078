# SPDX-License-Identifier: GPL-3.0-or-later
"""Alocom as a vendor of the simulator."""

from __future__ import annotations

from typing import Any

from ...contract import Operation, Violation
from ...leniency import soften
from ...messages import Answer, Call
from ...vendor import Vendor
from . import auth, bulk, checks, events, hooks, imports, labels, members, profile, reports, services, texts, users
from . import seed as seeds
from . import settings as rules
from .handlers import handlers
from .state import State

#: Importing these files is what fills the table of handlers.
PARTS = (auth, services, events, members, reports, users, imports, labels, profile)


class Alocom(Vendor):
    name = "alocom"
    openapi = "alocom.yaml"
    handlers = handlers
    defaults = rules.DEFAULTS
    strict_defaults = rules.STRICT
    state: State

    def resolve(self, call: Call) -> Operation | None:
        report = self.contract.operations["events.visits"]
        if self.settings["visit_path"] is not None and call.path.rstrip("/") == self.settings["visit_path"].rstrip("/"):
            return report if call.method == report.method else None
        found = super().resolve(call)
        return None if found is report else found

    def authenticate(self, call: Call) -> Answer | None:
        return auth.refused(self, call)

    def path_of(self, call: Call) -> str:
        path = call.path.rstrip("/")
        if self.settings["remove_users_path"] == "both" and path.endswith("/remove_users"):
            return path.replace("/remove_users", "/remove-users")
        return path

    def relevant(self, call: Call, found: list[Violation]) -> list[Violation]:
        found = super().relevant(call, found)
        if call.operation.id == "events.update" and self.settings["update_without_users"] == "keep":
            return [item for item in found if (item.field, item.rule) != ("users", "required")]
        return found

    def soften(self, call: Call, found: list[Violation]) -> bool:
        return soften(call, found, flags=self.settings["text_flags"] == "booleans", nulls=self.settings["null_filters"] == "ignore")

    def refuse(self, call: Call, found: list[Violation]) -> Answer:
        return checks.invalid(checks.explain(found)).answer

    def missing(self, call: Call) -> Answer:
        allowed = self.allowed(call)
        if not allowed:
            return self.error(404, texts.NO_ROUTE)
        answer = self.error(405, texts.METHOD.format(method=call.method, allowed=", ".join(allowed)))
        answer.headers["Allow"] = ", ".join(allowed)
        return answer

    def error(self, status: int, message: str) -> Answer:
        return Answer(status, {"message": message})

    def wrapped(self, body: dict[str, Any]) -> dict[str, Any]:
        """An answer which some clients expect under `data`."""
        return {"data": body} if self.settings["envelope"] == "data_wrapped" else body

    # Control

    def check_settings(self, settings: dict[str, Any]) -> None:
        rules.check(settings)

    def configure(self, settings: dict[str, Any]) -> None:
        super().configure(settings)
        if hasattr(self, "state"):
            self.state.settings = self.settings

    def fill(self, seed: str) -> None:
        self.state = State(self.settings)
        seeds.base(self.state)
        if seed == "default":
            seeds.default(self.state)

    def dump(self) -> dict[str, Any]:
        return hooks.dump(self.state)

    def seed(self, kind: str, options: dict[str, Any]) -> list[Any]:
        return bulk.make(self.state, kind, options)

    def mutate(self, kind: str, key: dict[str, Any], change: dict[str, Any] | None) -> int:
        return hooks.mutate(self.state, kind, key, change)

    def shift(self, kind: str, how: str) -> None:
        hooks.shift(self.state, kind, how)

    def expire_tokens(self) -> None:
        auth.void_all(self.state)
