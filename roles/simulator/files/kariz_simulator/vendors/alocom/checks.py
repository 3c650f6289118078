# SPDX-License-Identifier: GPL-3.0-or-later
"""Refusals in the vendor's shape."""

from __future__ import annotations

from typing import Any

from ...contract import Violation
from ...messages import Refusal
from . import texts


def invalid(errors: dict[str, list[str]], status: int = 422) -> Refusal:
    return Refusal(status, {"message": texts.INVALID, "errors": errors})


def bad(field: str, text: str, **values: Any) -> Refusal:
    """Refuse because of one field."""
    return invalid({field: [text.format(field=field, **values)]})


def not_found() -> Refusal:
    return Refusal(404, {"message": texts.NOT_FOUND})


def find(rows: dict[int, Any], text: str) -> Any:
    """The object of a path parameter."""
    row = rows.get(int(text)) if text.isascii() and text.isdigit() and len(text) < 30 else None
    if row is None:
        raise not_found()
    return row


def explain(found: list[Violation]) -> dict[str, list[str]]:
    """What the contract found, field by field, in the vendor's language."""
    errors: dict[str, list[str]] = {}
    for item in found:
        field = item.field or "body"
        if item.rule == "required":
            text = texts.REQUIRED
        elif item.rule == "additionalProperties":
            text = texts.NOT_A_FIELD
        elif item.rule == "minLength" and (item.limit or 0) > 1:
            text = texts.TOO_SHORT
        else:
            text = texts.WRONG
        errors.setdefault(field, []).append(text.format(field=field, limit=item.limit))
    return errors


def confirmed(body: dict[str, Any]) -> str:
    """The new password, after the check that it was typed twice alike."""
    if body["password"] != body.get("password_confirmation"):
        raise bad("password", texts.UNCONFIRMED)
    return str(body["password"])
