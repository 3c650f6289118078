# SPDX-License-Identifier: GPL-3.0-or-later
"""What a test may set; the defaults are what public clients show, then what the vendor's guide says, then the project's assumption."""

from __future__ import annotations

from typing import Any

from ...messages import ControlError

DEFAULTS: dict[str, Any] = {
    "username": "kariz-demo",
    "password": "kariz-demo-pass",
    # The server's day, around which the seeds lie; null is the real one. Set it in a reset.
    "today": None,
    "token_seconds": None,
    "fixed_token": None,
    "login_error_status": 401,
    "take_max": None,
    "order": "newest",
    "filter": "substring",
    "total_count": "right",
    # The guide shows no total with these lists; a panel may well tell one, as with labels, and count what it likes.
    "list_total": "absent",
    "label_style": "objects",
    "label_values": "ids",
    "label_unique": True,
    "username_case": "sensitive",
    "chosen_password": None,
    "honour_password": False,
    "create_status": 200,
    "create_returns_id": True,
    "envelope": "documented",
    "profile_style": "bare",
    "guest_code_style": "null",
    "back_link_in_answer": False,
    "slug_in_link": True,
    "slug_taken_status": 422,
    "event_title_unique": False,
    "remove_users_id": "any",
    "remove_users_path": "both",
    "import_columns": "titles",
    "attendance_style": "arrays",
    "visit_path": "/api/v1/agents/events/visits",
    "running_status": 400,
    "password_change_voids_tokens": True,
    "unknown_fields": "ignore",
    "text_flags": "booleans",
    "null_filters": "ignore",
    "update_without_users": "keep",
}

#: The guide to the letter: what our own requests are tested against.
STRICT: dict[str, Any] = {
    "remove_users_id": "userid",
    "remove_users_path": "documented",
    "unknown_fields": "refuse",
    "text_flags": "refuse",
    "null_filters": "refuse",
    "update_without_users": "refuse",
}

CHOICES: dict[str, tuple[Any, ...]] = {
    "login_error_status": (401, 422),
    "order": ("newest", "oldest"),
    "filter": ("substring", "exact", "ignored"),
    "total_count": ("right", "zero", "absent"),
    "list_total": ("absent", "right", "zero", "page", "more", "fewer"),
    "label_style": ("objects", "ids", "titles"),
    "label_values": ("ids", "titles"),
    "username_case": ("sensitive", "insensitive", "lower"),
    "create_status": (200, 201),
    "envelope": ("documented", "data_wrapped"),
    "profile_style": ("bare", "data", "profile"),
    "guest_code_style": ("null", "list", "string"),
    "slug_taken_status": (422, 409),
    "remove_users_id": ("any", "userid", "enrolment", "hex"),
    "remove_users_path": ("both", "documented"),
    "import_columns": ("titles", "position", "other_position"),
    "attendance_style": ("arrays", "objects"),
    "running_status": (400, 403, 409, 422, 200),
    "unknown_fields": ("ignore", "refuse"),
    "text_flags": ("booleans", "refuse"),
    "null_filters": ("ignore", "refuse"),
    "update_without_users": ("keep", "refuse"),
}

#: Settings which may also be null, with the type they have otherwise.
NULLABLE: dict[str, tuple[type, ...]] = {
    "today": (str,),
    "token_seconds": (int, float),
    "fixed_token": (str,),
    "take_max": (int,),
    "chosen_password": (str,),
    "visit_path": (str,),
}


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
