# SPDX-License-Identifier: GPL-3.0-or-later
"""What every vendor of the simulator is: a contract, handlers, state, and hooks for the control calls."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from . import days
from .contract import Contract, Operation, Violation
from .messages import Answer, Call, ControlError, Refusal
from .routing import Router

Handler = Callable[[Any, Call], Any]


class Handlers(dict[str, Handler]):
    """Handlers by operationId. A handler takes (vendor, call) and returns an Answer, or a body meaning status 200."""

    def on(self, operation_id: str) -> Callable[[Handler], Handler]:
        def keep(handler: Handler) -> Handler:
            if operation_id in self:
                raise ValueError(f"two handlers for {operation_id}")
            self[operation_id] = handler
            return handler

        return keep


class Vendor:
    """Base of the vendors. Handlers run to the end without awaiting, so every request is atomic."""

    name: ClassVar[str]
    openapi: ClassVar[str]
    handlers: ClassVar[Handlers]
    defaults: ClassVar[dict[str, Any]] = {}
    #: What stands instead of some defaults when the simulator was started strict: nothing is taken that the document does not say.
    strict_defaults: ClassVar[dict[str, Any]] = {}
    seeds: ClassVar[tuple[str, ...]] = ("default", "empty")
    #: True gives the vendor a port of its own (see `ssl_context`); False puts it under `/<name>` of the common port.
    own_listener: ClassVar[bool] = False

    def __init__(self, strict: bool = False) -> None:
        self.strict = strict
        self.contract = Contract(self.openapi)
        missing = self.contract.operations.keys() ^ self.handlers.keys()
        if missing:
            raise ValueError(f"{self.name}: contract and handlers differ in {', '.join(sorted(missing))}")
        self.router = Router(self.contract.operations.values())
        self.settings: dict[str, Any] = {}
        self.reset("default", {})

    # Listening

    def ssl_context(self) -> ssl.SSLContext | None:
        """The TLS context of the vendor's own listener; None means plain HTTP."""
        return None

    def ready(self, url: str) -> dict[str, str]:
        """The vendor's keys in the ready line."""
        return {self.name: url}

    def close(self) -> None:
        """Remove what the vendor left outside the process (certificates and the like)."""

    # Requests

    def resolve(self, call: Call) -> Operation | None:
        """The operation this call means; vendors with one address for all of them override it."""
        found = self.router.find(call.method, self.path_of(call))
        if found is None:
            return None
        call.params = found[1]
        return found[0]

    def path_of(self, call: Call) -> str:
        """The path of the contract that this call means; a server may answer other spellings of it."""
        return call.path

    def allowed(self, call: Call) -> list[str]:
        """The methods the path of this call has, for a 405 answer."""
        return sorted(method for method in self.router.methods if self.resolve(replace(call, method=method)))

    def handle(self, call: Call, request_errors: list[str]) -> Answer:
        """Answer one call: find the operation, check the caller, hold the request against the contract, do the work."""
        operation = call.operation
        if operation is None:
            return self.missing(call)
        if operation.secured:
            refused = self.authenticate(call)
            if refused is not None:
                return refused
        found = self.relevant(call, operation.check_request(call))
        if found and self.soften(call, found):
            found = self.relevant(call, operation.check_request(call))
        if found:
            request_errors.extend(str(item) for item in found)
            return self.refuse(call, found)
        try:
            result = self.handlers[operation.id](self, call)
        except Refusal as refusal:
            return refusal.answer
        return result if isinstance(result, Answer) else Answer(200, result)

    def relevant(self, call: Call, found: list[Violation]) -> list[Violation]:
        """The violations the server would mind; a setting may make it more tolerant."""
        if self.settings.get("unknown_fields") == "ignore":
            return [item for item in found if item.rule != "additionalProperties"]
        return found

    def soften(self, call: Call, found: list[Violation]) -> bool:
        """Read `call.body` as the server does where it breaks the contract; True when it reads otherwise now."""
        return False

    def authenticate(self, call: Call) -> Answer | None:
        """None when the caller may go on, otherwise the refusal."""
        raise NotImplementedError

    def refuse(self, call: Call, found: list[Violation]) -> Answer:
        """The documented answer to a request which breaks the contract."""
        raise NotImplementedError

    def missing(self, call: Call) -> Answer:
        """The answer to a path or method the vendor does not have."""
        raise NotImplementedError

    def error(self, status: int, message: str) -> Answer:
        """An error in the vendor's own shape; faults use it."""
        raise NotImplementedError

    # Control

    def configure(self, settings: dict[str, Any]) -> None:
        """Take over settings; the type of the default and `choices` decide what is acceptable."""
        unknown = settings.keys() - self.defaults.keys()
        if unknown:
            raise ControlError(f"{self.name} has no setting {', '.join(sorted(unknown))}; known: {', '.join(sorted(self.defaults))}")
        days.check(settings)
        self.check_settings(settings)
        self.settings = {**self.settings, **settings}

    def check_settings(self, settings: dict[str, Any]) -> None:
        """Raise ControlError for a value a setting cannot have."""

    def reset(self, seed: str, settings: dict[str, Any]) -> None:
        """Fresh state with the default settings, `settings` on top."""
        if seed not in self.seeds:
            raise ControlError(f"unknown seed {seed!r}; known: {', '.join(self.seeds)}")
        before = self.settings
        self.settings = {**self.defaults, **(self.strict_defaults if self.strict else {})}
        try:
            self.configure(settings)
        except ControlError:
            self.settings = before
            raise
        self.fill(seed)

    def fill(self, seed: str) -> None:
        """Build the state of this seed; `self.settings` is already set."""
        raise NotImplementedError

    def dump(self) -> dict[str, Any]:
        raise NotImplementedError

    def seed(self, kind: str, options: dict[str, Any]) -> list[Any]:
        """Make many objects; answers their natural keys."""
        raise NotImplementedError

    def mutate(self, kind: str, key: dict[str, Any], change: dict[str, Any] | None) -> int:
        """Change (or delete, when `change` is None) what matches the key; answers how many matched."""
        raise NotImplementedError

    def shift(self, kind: str, how: str) -> None:
        """Insert one object at the front of a list, or delete the one which is there."""
        raise NotImplementedError

    def expire_tokens(self) -> None:
        raise NotImplementedError
