# SPDX-License-Identifier: GPL-3.0-or-later
"""What a test may set; the defaults are what the vendor's document says, or what clients of real servers show, or the project's assumption."""

from __future__ import annotations

from typing import Any

from ...messages import ControlError

DEFAULTS: dict[str, Any] = {
    "username": "kariz-demo",
    "password": "kariz-demo-pass",
    # The server's day, around which the seeds lie; null is the real one. Set it in a reset.
    "today": None,
    "version": "1.0",
    "token_seconds": 600,
    "session_timeout": "number",
    "fixed_token": None,
    "token_place": "header",
    "ip_permitted": True,
    "denied": [],
    "error_status": None,
    "void_status": None,
    "error_code": "number",
    "key_case": "as_seen",
    "numbers": "strings",
    "one_row": "array",
    "limit_max": None,
    "username_case": "insensitive",
    "username_pattern": None,
    "duplicate_code": -5,
    "disconnect_action": "both",
    "disconnect_nobody": "error",
    "payment_object": "both",
    "field": "optional",
    "creditinfo_user": "optional",
    "service_list_user": "required",
    "payment_list_user": "required",
    "list_owner": "hidden",
    "filters_ignored": [],
    "calendar": "jalali",
    "default_pay_plan": "PostPaid",
    "allowed_debit": 0,
    "vat_percent": 0,
    "refund": "full",
    "reseller_credit": 50_000_000,
    "unknown_fields": "refuse",
}

CHOICES: dict[str, tuple[Any, ...]] = {
    "session_timeout": ("number", "string", "absent"),
    "token_place": ("header", "parameter", "both"),
    "error_code": ("number", "string"),
    "key_case": ("as_seen", "mixed", "lower"),
    "numbers": ("strings", "plain", "commas"),
    "one_row": ("array", "object"),
    "username_case": ("insensitive", "sensitive"),
    "duplicate_code": (-5, -4, -1),
    "disconnect_action": ("both", "disconnect", "disconnet"),
    "disconnect_nobody": ("error", "ok"),
    "payment_object": ("both", "lower", "capital"),
    "field": ("optional", "required"),
    "creditinfo_user": ("optional", "required"),
    "service_list_user": ("required", "optional"),
    "payment_list_user": ("required", "optional"),
    "list_owner": ("hidden", "shown"),
    "calendar": ("jalali", "gregorian"),
    "default_pay_plan": ("PostPaid", "PrePaid"),
    "refund": ("full", "half", "none"),
    "unknown_fields": ("refuse", "ignore"),
}

#: Settings which may also be null, and the type of the value when they are not.
NULLABLE: dict[str, type] = {"today": str, "fixed_token": str, "error_status": int, "void_status": int, "limit_max": int, "username_pattern": str}


def check(settings: dict[str, Any]) -> None:
    for name, value in settings.items():
        if name in CHOICES:
            if value not in CHOICES[name]:
                raise ControlError(f"deltasib: {name} is one of {', '.join(map(str, CHOICES[name]))}, not {value!r}")
        elif name in NULLABLE:
            if value is not None and (isinstance(value, bool) or not isinstance(value, NULLABLE[name])):
                raise ControlError(f"deltasib: {name} is null or {NULLABLE[name].__name__}, not {value!r}")
        elif name == "token_seconds":
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ControlError(f"deltasib: token_seconds is a number, not {value!r}")
        elif type(value) is not type(DEFAULTS[name]):
            raise ControlError(f"deltasib: {name} is {type(DEFAULTS[name]).__name__}, not {value!r}")
