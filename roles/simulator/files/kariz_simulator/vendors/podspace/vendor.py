# SPDX-License-Identifier: GPL-3.0-or-later
"""POD Space as a vendor of the simulator."""

from __future__ import annotations

from typing import Any

import orjson

from ...contract import Operation, Violation, violations
from ...messages import Answer, Call
from ...vendor import Vendor
from . import answers, hooks, plans, sharing, spaces
from . import seed as seeds
from . import settings as rules
from .answers import Rows
from .codes import LISTED, Failure
from .handlers import Told, handlers
from .state import State

#: Importing these files is what fills the table of handlers.
PARTS = (spaces, sharing, plans)

GATEWAY = "/srv/sc/nzh/doServiceCall"
SANDBOX = "/sandbox" + GATEWAY
#: Product ids in the order of the document's services. The real ones are not public; accounts find theirs in the panel.
PRODUCTS = {operation: str(number) for number, operation in enumerate(LISTED, 45701)}
PAGING = ("start", "size")


def own_key(operation: str) -> str:
    return f"apikey-{PRODUCTS[operation]}-{operation[::-1].replace('_', '')}"


class Podspace(Vendor):
    name = "podspace"
    openapi = "podspace.yaml"
    handlers = handlers
    defaults = rules.DEFAULTS
    state: State

    def __init__(self, strict: bool = False) -> None:
        super().__init__(strict)
        results = {operation.id: self.contract.document["paths"][operation.path]["post"]["x-result"] for operation in self.contract.operations.values()}
        self._results = {name: self.contract.compile(schema) for name, schema in results.items()}
        self._operations = {PRODUCTS[name]: operation for name, operation in self.contract.operations.items()}

    def ready(self, url: str) -> dict[str, str]:
        return {self.name: url + GATEWAY, f"{self.name}_sandbox": url + SANDBOX}

    # Requests

    def resolve(self, call: Call) -> Operation | None:
        if call.path not in (GATEWAY, SANDBOX) or call.method != "POST" or not isinstance(call.body, dict):
            return None
        return self._operations.get(str(call.body.get("scProductId")))

    def documented(self, operation: Operation, body: dict[str, Any]) -> dict[str, Any]:
        """The form under the document's names, for an account whose service has others: plain ones, or `body.<name>` inside the JSON of `body`."""
        renamed = self.settings["renamed"].get(operation.id, {})
        if not renamed:
            return body
        flat = dict(body)
        if any(other.startswith("body.") for other in renamed.values()):
            flat.update({f"body.{name}": value for name, value in orjson.loads(flat.pop("body", "{}")).items()})
        found = {name: flat.pop(other) for name, other in renamed.items() if other in flat}
        # The document's own name means nothing to such a service.
        return {**{f"not {name}" if name in renamed else name: value for name, value in flat.items()}, **found}

    def authenticate(self, call: Call) -> Answer | None:
        token, issuer = call.headers.get("_token_"), call.headers.get("_token_issuer_")
        if issuer != "1":
            return answers.gateway_failure(self.state, 101)
        if token != self.settings["token"] or self.state.token_void:
            return answers.gateway_failure(self.state, 21)
        keys = (self.settings["api_key"], own_key(call.operation.id))
        if call.body.get("scApiKey") is None or call.body["scApiKey"] not in keys:
            return answers.gateway_failure(self.state, 4)
        return None

    def relevant(self, call: Call, found: list[Violation]) -> list[Violation]:
        found = super().relevant(call, found)
        if self.settings["page_max"] is not None:
            return [item for item in found if item.rule != "additionalProperties" or item.field not in PAGING]
        return found

    def refuse(self, call: Call, found: list[Violation]) -> Answer:
        # Three services of the document list no 101 for a bad request: they take no parameters, and answer with the unknown error.
        return answers.failure(self.state, 101 if 101 in LISTED[call.operation.id] else 999)

    def handle(self, call: Call, request_errors: list[str]) -> Answer:
        if call.operation is None:
            return self.missing(call)
        code = self.settings["refuse"].get(call.operation.id)
        if code is not None:
            return answers.failure(self.state, code)
        call.body = self.documented(call.operation, call.body)
        try:
            answer = super().handle(call, request_errors)
        except Failure as failure:
            if failure.code not in LISTED[call.operation.id]:
                raise ValueError(f"{call.operation.id} lists no code {failure.code}") from failure
            return answers.failure(self.state, failure.code)
        if not isinstance(answer.body, Told):
            return answer
        payload = answer.body.payload
        canonical = payload.items if isinstance(payload, Rows) else payload
        found = violations(self._results[call.operation.id], canonical)
        if found:
            raise ValueError(f"{call.operation.id}: {found[0]}")
        return answers.success(self.state, call.operation.id, payload)

    def page(self, call: Call, rows: list[dict[str, Any]]) -> Rows:
        """The rows of one answer: all of them, unless the setting cuts pages or the caller asks for one."""
        start = int(call.body.get("start", 0))
        sizes = [int(call.body["size"])] if "size" in call.body else []
        if self.settings["page_max"] is not None:
            sizes.append(self.settings["page_max"])
        return Rows(rows[start : start + min(sizes)] if sizes else rows[start:], len(rows))

    def missing(self, call: Call) -> Answer:
        if call.path not in (GATEWAY, SANDBOX):
            return Answer(404, {"error": "Not Found", "path": call.path}, {})
        return answers.gateway_failure(self.state, 101)

    def error(self, status: int, message: str) -> Answer:
        return Answer(status, answers.outer(self.state, None, code=999, message=message))

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
        return hooks.dump(self.state, {name: {"product_id": number, "api_key": own_key(name)} for name, number in PRODUCTS.items()})

    def seed(self, kind: str, options: dict[str, Any]) -> list[Any]:
        return hooks.seed(self.state, kind, options)

    def mutate(self, kind: str, key: dict[str, Any], change: dict[str, Any] | None) -> int:
        return hooks.mutate(self.state, kind, key, change)

    def shift(self, kind: str, how: str) -> None:
        raise NotImplementedError(f"no list of {self.name} moves")

    def expire_tokens(self) -> None:
        self.state.token_void = True
