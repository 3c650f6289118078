# SPDX-License-Identifier: GPL-3.0-or-later
"""A vendor's OpenAPI file as compiled validators: what comes in and what goes out is held against it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml

from .messages import Answer, Call

METHODS = ("get", "post", "put", "patch", "delete")
FOLDER = Path(__file__).parent / "openapi"


@dataclass(slots=True, frozen=True)
class Violation:
    """One way a request breaks the contract. `field` is dotted (`users.0.role`), "" for the body as a whole."""

    field: str
    rule: str
    message: str
    limit: Any = None

    def __str__(self) -> str:
        return f"{self.field or 'body'}: {self.message}"


class Operation:
    """One operation of the OpenAPI file."""

    def __init__(self, contract: Contract, method: str, path: str, node: dict[str, Any], shared: list[Any]) -> None:
        self.id: str = node["operationId"]
        self.method = method.upper()
        self.path = path
        self.write: bool = bool(node.get("x-write", False))
        self.login: bool = bool(node.get("x-login", False))
        self.secured: bool = node.get("security", contract.document.get("security", [])) != []
        parameters = [contract.resolve(item) for item in [*shared, *node.get("parameters", [])]]
        self._query = self._query_validator(contract, parameters)
        body = contract.resolve(node.get("requestBody", {}))
        self._body_required = bool(body.get("required", False))
        self._bodies = {media: contract.compile(item.get("schema", {})) for media, item in body.get("content", {}).items()}
        self._answers: dict[str, dict[str, Any]] = {}
        for status, answer in node["responses"].items():
            content = contract.resolve(answer).get("content", {})
            self._answers[str(status)] = {media: contract.compile(item.get("schema", {})) for media, item in content.items()}

    @staticmethod
    def _query_validator(contract: Contract, parameters: list[dict[str, Any]]) -> Any:
        query = [item for item in parameters if item["in"] == "query"]
        if not query:
            return None
        return contract.compile(
            {
                "type": "object",
                "properties": {item["name"]: item.get("schema", {}) for item in query},
                "required": [item["name"] for item in query if item.get("required")],
            }
        )

    def check_request(self, call: Call) -> list[Violation]:
        """How this request breaks the contract; an empty list when it keeps it."""
        found: list[Violation] = []
        if self._query is not None and not self._query.is_valid(call.query):
            found += violations(self._query, call.query)
        if call.malformed:
            return [*found, Violation("", "malformed", call.malformed)]
        if not self._bodies:
            return found
        validator = self._bodies.get(call.media)
        if validator is None:
            if call.raw:
                return [*found, Violation("", "media", f"content type {call.media or '(none)'}, expected {', '.join(self._bodies)}")]
            if not self._body_required:
                return found
            # A missing body is held against the schema as an empty object, so that every required field is named.
            validator = next(iter(self._bodies.values()))
            return [*found, *(violations(validator, {}) or [Violation("", "required", "a body is required")])]
        value = call.body if not call.files else {**call.body, **{name: upload.filename for name, upload in call.files.items()}}
        if value is None and not call.raw:
            value = {}
        if not validator.is_valid(value):
            found += violations(validator, value)
        return found

    def check_answer(self, answer: Answer) -> str | None:
        """What is wrong with this answer, or None."""
        contents = self._answers.get(str(answer.status), self._answers.get("default"))
        if contents is None:
            return f"{self.id}: the contract has no answer with status {answer.status}"
        if not contents:
            return None if answer.body is None else f"{self.id}: the contract has no body for status {answer.status}"
        validator = contents.get(answer.media)
        if validator is None:
            return f"{self.id}: the contract has no {answer.media} answer for status {answer.status}"
        if validator.is_valid(answer.body):
            return None
        return f"{self.id} {answer.status}: " + "; ".join(str(item) for item in violations(validator, answer.body)[:5])


class Contract:
    """All operations of one OpenAPI file under `openapi`."""

    def __init__(self, name: str) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        with open(FOLDER / name, encoding="utf-8") as stream:
            self.document: dict[str, Any] = yaml.load(stream, Loader=loader)
        self.operations: dict[str, Operation] = {}
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    operation = Operation(self, method, path, item[method], item.get("parameters", []))
                    if operation.id in self.operations:
                        raise ValueError(f"{name}: operationId {operation.id} is used twice")
                    self.operations[operation.id] = operation

    def resolve(self, node: dict[str, Any]) -> dict[str, Any]:
        """Follow a local reference of the OpenAPI document itself (schemas resolve theirs in the validator)."""
        while "$ref" in node:
            found: Any = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            node = found
        return node

    def compile(self, schema: dict[str, Any]) -> Any:
        return jsonschema_rs.Draft202012Validator({**schema, "components": self.document.get("components", {})})


def violations(validator: Any, value: Any) -> list[Violation]:
    """The validator's errors, flattened to fields."""
    found = []
    for error in validator.iter_errors(value):
        path = [str(part) for part in error.instance_path]
        rule = str(error.schema_path[-1]) if error.schema_path else ""
        if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Required):
            # `required` and `dependentRequired` both tell the missing field here.
            rule = "required"
            path.append(error.kind.property)
        if rule == "additionalProperties":
            found += [Violation(".".join([*path, name]), rule, "is not a field of this call") for name in error.kind.unexpected]
            continue
        limit = re.search(r"\d+", error.message.rpartition(" than ")[2]) if rule in ("minLength", "maxLength") else None
        found.append(Violation(".".join(path), rule, error.message, int(limit.group()) if limit else None))
    return found
