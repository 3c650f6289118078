# SPDX-License-Identifier: GPL-3.0-or-later
"""The server's day. What a seed holds lies around it, so that services end in the coming weeks whenever the simulator is started."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

from .messages import ControlError

TEHRAN = timezone(timedelta(hours=3, minutes=30))


def today(settings: dict[str, Any]) -> date:
    """Today in Tehran, or the day of the setting `today`."""
    told = settings["today"]
    return datetime.now(TEHRAN).date() if told is None else date.fromisoformat(told)


def check(settings: dict[str, Any]) -> None:
    """Raise ControlError when the setting `today` is no day."""
    told = settings.get("today")
    if told is None:
        return
    try:
        date.fromisoformat(told)
    except (TypeError, ValueError) as error:
        raise ControlError(f"setting today: null, or a day like 2025-10-04, not {told!r}") from error
