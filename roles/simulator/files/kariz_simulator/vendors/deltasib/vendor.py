# SPDX-License-Identifier: GPL-3.0-or-later
"""DeltaSib as a vendor of the simulator: one address an object, the parameter `Action` says what to do with it."""

from __future__ import annotations

import ssl
from typing import Any

from ...contract import Operation, Violation
from ...messages import Answer, Call, Refusal
from ...vendor import Vendor
from . import auth, bulk, credit, hooks, payments, services, sessions, texts, users
from . import seed as seeds
from . import settings as rules
from .certificate import Certificate
from .handlers import handlers
from .lists import refused
from .shapes import Shaped
from .state import State

#: Importing these files is what fills the table of handlers.
PARTS = (auth, users, credit, services, sessions, payments)


class DeltaSib(Vendor):
    name = "deltasib"
    openapi = "deltasib.yaml"
    handlers = handlers
    defaults = rules.DEFAULTS
    own_listener = True
    state: State

    def __init__(self, strict: bool = False) -> None:
        super().__init__(strict)
        self.certificate = Certificate()
        #: (method, object, action) -> operation. The contract writes them as `/1.0/<object>/#<action>`.
        self.table: dict[tuple[str, str, str], Operation] = {}
        #: Operation -> the parameters it knows in the query.
        self.parameters: dict[str, set[str]] = {}
        for operation in self.contract.operations.values():
            place, _mark, action = operation.path.partition("#")
            self.table[operation.method, place.strip("/").partition("/")[2], action] = operation
            node = self.contract.document["paths"][operation.path][operation.method.lower()]
            self.parameters[operation.id] = {self.contract.resolve(item)["name"] for item in node.get("parameters", [])}

    # Listening

    def ssl_context(self) -> ssl.SSLContext:
        return self.certificate.context()

    def ready(self, url: str) -> dict[str, str]:
        return {self.name: url, "deltasib_ca": str(self.certificate.ca)}

    def close(self) -> None:
        self.certificate.remove()

    # Requests

    def resolve(self, call: Call) -> Operation | None:
        version, _slash, name = call.path.strip("/").partition("/")
        if version != self.settings["version"] or not call.path.endswith("/"):
            return None
        if name.lower() == "user.payment":
            right = {"lower": "user.payment", "capital": "User.payment"}.get(self.settings["payment_object"], name)
            if name != right:
                return None
            name = "user.payment"
        values = call.query if call.method in ("GET", "DELETE") else call.body
        action = str(values.get("Action", "")) if isinstance(values, dict) else ""
        if (name, action) == ("radius", "disconnet" if self.settings["disconnect_action"] != "disconnect" else None):
            action = "disconnect"
        elif (name, action, self.settings["disconnect_action"]) == ("radius", "disconnect", "disconnet"):
            return None
        return self.table.get((call.method, name, action))

    def handle(self, call: Call, request_errors: list[str]) -> Answer:
        try:
            if call.operation is not None and call.operation.id in self.settings["denied"] and call.operation.secured:
                problem = auth.check(self, call)
                raise problem or refused(texts.INVALID, "Access denied")
            self.check_query(call, request_errors)
            answer = super().handle(call, request_errors)
        except Refusal as refusal:
            answer = refusal.answer
        if answer.status == 0:
            answer = self.failure(answer.body["ErrorCode"], answer.body["ErrorDesc"])
        operation = call.operation.id if call.operation is not None else ""
        return Shaped(answer.status, answer.body, answer.headers, settings=self.settings, operation=operation)

    def check_query(self, call: Call, request_errors: list[str]) -> None:
        """Refuse parameters in the query which the operation does not take there."""
        if call.operation is None or self.settings["unknown_fields"] == "ignore":
            return
        unknown = call.query.keys() - self.parameters[call.operation.id]
        if unknown:
            problem = auth.check(self, call) if call.operation.secured else None
            request_errors += [f"{name}: is no parameter of this call" for name in sorted(unknown)]
            raise problem or refused(texts.INVALID, request_errors[-1])

    def failure(self, code: int, description: str) -> Answer:
        status = self.settings["error_status"] or texts.STATUSES.get(code, 400)
        if code == texts.BAD_TOKEN and self.settings["void_status"] is not None:
            status = self.settings["void_status"]
        return Answer(status, {"ErrorCode": code, "ErrorDesc": description})

    def authenticate(self, call: Call) -> Answer | None:
        refusal = auth.check(self, call)
        return None if refusal is None else refusal.answer

    def refuse(self, call: Call, found: list[Violation]) -> Answer:
        missing = [item.field for item in found if item.rule == "required"]
        if missing:
            return refused(texts.NOT_FOUND, f"{', '.join(missing)} is required").answer
        return refused(texts.INVALID, "; ".join(str(item) for item in found)).answer

    def missing(self, call: Call) -> Answer:
        version, _slash, name = call.path.strip("/").partition("/")
        spelled = {"lower": ["user.payment"], "capital": ["User.payment"]}.get(self.settings["payment_object"], ["user.payment", "User.payment"])
        known = name in spelled or (name != "user.payment" and any(place == name for _method, place, _action in self.table))
        if known and call.path.endswith("/") and version == self.settings["version"]:
            return refused(texts.NOT_FOUND, "Action not found").answer
        return Answer(404, {"ErrorCode": texts.NOT_FOUND, "ErrorDesc": "Object not found"})

    def error(self, status: int, message: str) -> Answer:
        return Answer(status, {"ErrorCode": texts.FATAL, "ErrorDesc": message})

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
        self.state.tokens.clear()
