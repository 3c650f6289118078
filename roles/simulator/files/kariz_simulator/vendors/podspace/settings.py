# SPDX-License-Identifier: GPL-3.0-or-later
"""What a test may set: every alternative that the project's vendor page tolerates; the defaults are its assumptions."""

from __future__ import annotations

from typing import Any

from ...messages import ControlError
from .codes import LISTED, NAMES

DEFAULTS: dict[str, Any] = {
    "token": "kariz-demo-token",
    # The server's day, around which the seeds lie; null is the real one. Set it in a reset.
    "today": None,
    # Accepted for every service beside the service's own key; null leaves only the own keys.
    "api_key": "kariz-demo-key",
    # The endpoint's answer inside the gateway's: JSON text (the vendor's SDKs decode it) or an object.
    "inner": "text",
    "inner_envelope": True,
    # Where a refusal of the endpoint is told.
    "error_level": "inner",
    "error_code_type": "number",
    "list_style": "bare",
    "count": "inner",
    "page_max": None,
    "organization_id": "hash",
    "create_answer": "organization",
    "share_answer": "object",
    "person_style": "person",
    "person_fields": "all",
    "persons_case": "insensitive",
    "role_field": "type",
    "role_case": "upper",
    "level_case": "lower",
    "tell_level": True,
    "share_type": "type",
    # A public share tells its address.
    "share_link": False,
    # What "shared with me" is a list of.
    "with_me": "shares",
    "entity_style": "object",
    "date_style": "dash",
    "tell_password": False,
    "plan_id": "both",
    "plan_usage": True,
    "payment_style": "object",
    "owner_by_adding": False,
    # Storage a new space takes at once.
    "organization_bytes": 1 << 30,
    "unknown_fields": "refuse",
    # operation -> code: refuse every call of the operation with it.
    "refuse": {},
    # The forms of an account whose services have other parameter names: operation -> {document's name: this account's name}.
    "renamed": {},
}

CHOICES: dict[str, tuple[Any, ...]] = {
    "inner": ("text", "object"),
    "error_level": ("inner", "status", "outer"),
    "error_code_type": ("number", "text"),
    "list_style": ("bare", "list", "nested", "named"),
    "count": ("inner", "outer", "absent"),
    "organization_id": ("hash", "organization"),
    "create_answer": ("organization", "hash", "object", "nested", "empty"),
    "share_answer": ("object", "hash", "empty"),
    "person_style": ("person", "user", "flat"),
    "person_fields": ("all", "username"),
    "persons_case": ("insensitive", "sensitive", "lower"),
    "role_field": ("type", "role"),
    "role_case": ("upper", "lower"),
    "level_case": ("lower", "upper"),
    "share_type": ("type", "flag"),
    "with_me": ("shares", "files"),
    "entity_style": ("object", "hash", "absent"),
    "date_style": ("dash", "slash", "time", "epoch", "omitted"),
    "plan_id": ("both", "id", "hash"),
    "payment_style": ("object", "text", "nested"),
    "unknown_fields": ("refuse", "ignore"),
}

NULLABLE: dict[str, tuple[type, ...]] = {"today": (str,), "page_max": (int,), "api_key": (str,)}


def check(settings: dict[str, Any]) -> None:
    """Raise ControlError for a value a setting cannot have."""
    for name, value in settings.items():
        if name in CHOICES:
            if value not in CHOICES[name] or isinstance(value, bool):
                raise ControlError(f"setting {name}: one of {', '.join(str(item) for item in CHOICES[name])}, not {value!r}")
        elif name in NULLABLE:
            if value is not None and (isinstance(value, bool) or not isinstance(value, NULLABLE[name])):
                raise ControlError(f"setting {name}: {value!r} has the wrong type")
        elif type(value) is not type(DEFAULTS[name]):
            raise ControlError(f"setting {name}: {value!r} has the wrong type")
    for operation, code in settings.get("refuse", {}).items():
        if operation not in LISTED or code not in NAMES:
            raise ControlError(f"setting refuse: {operation!r}: {code!r} is no operation with a code of the dictionary")
    for operation in settings.get("renamed", {}):
        if operation not in LISTED:
            raise ControlError(f"setting renamed: no operation {operation!r}")
