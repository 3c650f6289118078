# SPDX-License-Identifier: GPL-3.0-or-later
"""The control calls: JSON in, JSON out, for tests and demos only."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import orjson

from .faults import Faults
from .journal import Journal
from .messages import Answer, ControlError
from .vendor import Vendor


class Control:
    """Everything under `/_control`."""

    def __init__(self, vendors: dict[str, Vendor], journal: Journal, faults: Faults) -> None:
        self.vendors = vendors
        self.journal = journal
        self.faults = faults
        self._calls: dict[tuple[str, str], Callable[[dict[str, str], Any], Any]] = {
            ("GET", ""): self.health,
            ("POST", "reset"): self.reset,
            ("POST", "settings"): self.settings,
            ("POST", "seed"): self.seed,
            ("GET", "dump"): self.dump,
            ("POST", "mutate"): self.mutate,
            ("GET", "journal"): self.read_journal,
            ("DELETE", "journal"): self.clear_journal,
            ("GET", "journal/summary"): self.summary,
            ("POST", "faults"): self.add_faults,
            ("GET", "faults"): self.read_faults,
            ("DELETE", "faults"): self.clear_faults,
        }

    def handle(self, method: str, path: str, query: dict[str, str], raw: bytes) -> Answer:
        call = self._calls.get((method, path.strip("/")))
        if call is None:
            known = ", ".join(f"{verb} /_control/{name}".rstrip("/") for verb, name in self._calls)
            return Answer(404, {"error": f"no control call {method} {path}; known: {known}"})
        try:
            body = orjson.loads(raw) if raw else {}
        except orjson.JSONDecodeError as error:
            return Answer(400, {"error": f"the body is not JSON: {error}"})
        try:
            return Answer(200, call(query, body))
        except ControlError as error:
            return Answer(error.status, {"error": str(error)})

    def vendor(self, values: dict[str, Any]) -> Vendor:
        name = values.get("vendor")
        if name is None and len(self.vendors) == 1:
            return next(iter(self.vendors.values()))
        if name not in self.vendors:
            raise ControlError(f"unknown vendor {name!r}; running: {', '.join(self.vendors)}")
        return self.vendors[name]

    def health(self, query: dict[str, str], body: Any) -> Any:
        return {"vendors": list(self.vendors), "pid": os.getpid()}

    def reset(self, query: dict[str, str], body: Any) -> Any:
        fields(body, "vendor", "seed", "settings")
        name = body.get("vendor")
        chosen = [self.vendor(body)] if name is not None else list(self.vendors.values())
        settings = body.get("settings") or {}
        if not isinstance(settings, dict):
            raise ControlError("settings: an object is expected")
        if name is None and settings and len(chosen) > 1:
            raise ControlError("settings need a vendor")
        for vendor in chosen:
            vendor.reset(body.get("seed", "default"), settings)
        self.faults.clear()
        self.journal.clear(name)
        return {"reset": [vendor.name for vendor in chosen], "settings": {vendor.name: vendor.settings for vendor in chosen}}

    def settings(self, query: dict[str, str], body: Any) -> Any:
        """Change settings in the middle of things, the state stays."""
        fields(body, "vendor", "settings")
        vendor = self.vendor(body)
        vendor.configure(body.get("settings") or {})
        return {"settings": vendor.settings}

    def seed(self, query: dict[str, str], body: Any) -> Any:
        values = dict(fields(body))
        vendor = self.vendor(values)
        values.pop("vendor", None)
        kind = values.pop("kind", None)
        keys = vendor.seed(str(kind), values)
        return {"kind": kind, "count": len(keys), "keys": keys}

    def dump(self, query: dict[str, str], body: Any) -> Any:
        return self.vendor(query).dump()

    def mutate(self, query: dict[str, str], body: Any) -> Any:
        fields(body, "vendor", "kind", "key", "set", "delete")
        change = body.get("set")
        if bool(body.get("delete")) == (change is not None):
            raise ControlError("mutate: give either set or delete")
        if change is not None and not isinstance(change, dict):
            raise ControlError("mutate: set is an object")
        matched = self.vendor(body).mutate(str(body.get("kind")), body.get("key") or {}, change)
        if not matched:
            raise ControlError(f"mutate: no {body.get('kind')} with key {body.get('key')}", 404)
        return {"matched": matched}

    def read_journal(self, query: dict[str, str], body: Any) -> Any:
        return self.journal.read(query.get("vendor"))

    def clear_journal(self, query: dict[str, str], body: Any) -> Any:
        self.journal.clear(query.get("vendor"))
        return {}

    def summary(self, query: dict[str, str], body: Any) -> Any:
        return self.journal.summary(query.get("vendor"), list(self.vendors))

    def add_faults(self, query: dict[str, str], body: Any) -> Any:
        self.faults.add(body, {name: vendor.contract.operations.keys() for name, vendor in self.vendors.items()})
        return self.read_faults(query, body)

    def read_faults(self, query: dict[str, str], body: Any) -> Any:
        return [fault.public() for fault in self.faults.active]

    def clear_faults(self, query: dict[str, str], body: Any) -> Any:
        self.faults.clear()
        return {}


def fields(body: Any, *known: str) -> dict[str, Any]:
    """The body as an object; a field nobody knows is a mistake in the test, so it is told."""
    if not isinstance(body, dict):
        raise ControlError("the body must be a JSON object")
    unknown = body.keys() - set(known) if known else ()
    if unknown:
        raise ControlError(f"unknown field {', '.join(sorted(unknown))}; known: {', '.join(known)}")
    return body
