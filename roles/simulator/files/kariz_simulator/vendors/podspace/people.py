# SPDX-License-Identifier: GPL-3.0-or-later
"""How calls name people and how answers show them."""

from __future__ import annotations

import re
from typing import Any

from .state import Row

NICKNAME = re.compile(r"^[\w.@+-]{3,60}$")


def several(value: Any) -> list[str]:
    """`persons` is repeated or separated by commas."""
    parts = value if isinstance(value, list) else str(value).split(",")
    return [part.strip() for part in parts if part.strip()]


def public(person: Row) -> Row:
    return {name: person[name] for name in ("username", "name", "cellphoneNumber", "email", "ssoId")}
