# SPDX-License-Identifier: GPL-3.0-or-later
"""What a test may set; the defaults are what the vendor's page says, or the project's assumption where it says nothing."""

from __future__ import annotations

from typing import Any

from ... import sms

DEFAULTS: dict[str, Any] = {
    "username": "kariz-demo",
    "password": "kariz-demo-pass",
    "token": "kariz-demo-token",
    "user_status": 0,
    "credit": 1_000_000,
    "price": 100,
    "lines": ["30001234", "50005678"],
    "max_recipients": 200,
    "max_ids": 50,
    "packages": ["", "1", "2"],
    "managers": ["", "kariz-demo"],
    "register_needs_auth": True,
    "http_follows": True,
    "list_style": "documented",
    "number_list_style": "object",
    "empty_list": "empty",
    "missing_book": "code40",
    "book_name_in": "title",
    "kept_numbers": "as sent",
    "unknown_number_removal": "ok",
    "codes_as_text": False,
    "queue_seconds": 2.0,
    "operator_seconds": 5.0,
    "clock_ahead": 0.0,
    "unknown_fields": "ignore",
    "text_numbers": "numbers",
}

#: The page to the letter: what our own requests are tested against.
STRICT: dict[str, Any] = {"unknown_fields": "refuse", "text_numbers": "refuse"}

CHOICES: dict[str, tuple[Any, ...]] = {
    "list_style": ("documented", "bare", "single"),
    "number_list_style": ("object", "wrapped", "bare"),
    "empty_list": ("empty", "code40"),
    "missing_book": ("code40", "empty", "status404"),
    "book_name_in": ("title", "uname"),
    "unknown_fields": ("ignore", "refuse"),
    "text_numbers": ("numbers", "refuse"),
    "kept_numbers": ("as sent", "local", "international"),
    "unknown_number_removal": ("ok", "code40"),
}


def check(settings: dict[str, Any]) -> None:
    sms.check(settings, DEFAULTS, CHOICES, {})
