# SPDX-License-Identifier: GPL-3.0-or-later
"""What a test may set; the defaults are what the vendor's guide says, or the project's assumption where it says nothing."""

from __future__ import annotations

from typing import Any

from ... import sms

DEFAULTS: dict[str, Any] = {
    "system_name": "kariz-demo-org",
    "username": "kariz-demo",
    "password": "kariz-demo-pass",
    "client_id": "kariz-client",
    "client_secret": "kariz-client-secret",
    "token_from": "any",
    "token_seconds": 3600.0,
    "fixed_token": None,
    "login_refusal": "oauth_400",
    "balance": 100_000_000,
    "price": 1000,
    "senders": ["982000123", "982000456"],
    "sensitive_words": ["قمار"],
    "credit_refusal": "items",
    "code_style": "object",
    "code_status": 200,
    "answer_order": "kept",
    "mobile_style": "number",
    "unknown_ids": "empty",
    "no_inbox": "E7",
    "queue_seconds": 2.0,
    "operator_seconds": 5.0,
    "scheduled_in_status": False,
    "cancelled_status": "Canceled",
    "refund": True,
    "page_max": None,
    "clock_ahead": 0.0,
}

#: What our own requests are tested against.
STRICT: dict[str, Any] = {"token_from": "form"}

CHOICES: dict[str, tuple[Any, ...]] = {
    "token_from": ("any", "form", "query", "json"),
    "login_refusal": ("oauth_400", "oauth_401", "code"),
    "credit_refusal": ("items", "call"),
    "code_style": ("object", "text"),
    "code_status": (200, 400),
    "answer_order": ("kept", "reversed"),
    "mobile_style": ("number", "text"),
    "unknown_ids": ("empty", "E305"),
    "no_inbox": ("E7", "empty"),
    "cancelled_status": ("Canceled", "Failed", None),
}

NULLABLE: dict[str, tuple[type, ...]] = {"fixed_token": (str,), "page_max": (int,)}


def check(settings: dict[str, Any]) -> None:
    sms.check(settings, DEFAULTS, CHOICES, NULLABLE)
