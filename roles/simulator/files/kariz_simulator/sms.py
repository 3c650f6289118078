# SPDX-License-Identifier: GPL-3.0-or-later
"""What both vendors of text messages need: parts of a text, numbers of people, a clock that tests can move, checked settings."""

from __future__ import annotations

import re
import time
from datetime import datetime
from typing import Any

from .days import TEHRAN
from .messages import ControlError

STAMP = "%Y-%m-%d %H:%M:%S"

# 3GPP TS 23.038: one unit each, then those which cost two.
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")


def parts(text: str) -> int:
    """How many parts the operator counts; a two-unit character never straddles two parts."""
    if all(sign in BASIC or sign in EXTENDED for sign in text):
        sizes = [2 if sign in EXTENDED else 1 for sign in text]
        single, several = 160, 153
    else:
        sizes = [2 if ord(sign) > 0xFFFF else 1 for sign in text]
        single, several = 70, 67
    if sum(sizes) <= single:
        return 1 if text else 0
    count, room = 1, several
    for size in sizes:
        if size > room:
            count, room = count + 1, several
        room -= size
    return count


def outcome(number: str) -> str:
    """What becomes of a message to this number: ...0000 never arrives, ...1111 stays without a report, the others arrive."""
    if number.endswith("0000"):
        return "failed"
    return "silent" if number.endswith("1111") else "delivered"


class Clock:
    """Time for delivery states; `settings["clock_ahead"]` moves it forward."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings

    def now(self) -> float:
        return time.time() + float(self.settings["clock_ahead"])

    def stamp(self, moment: float | None = None) -> str:
        return datetime.fromtimestamp(self.now() if moment is None else moment, TEHRAN).strftime(STAMP)


def moment(text: str) -> float | None:
    """A time as both vendors write it (in Tehran), or None when it is not one."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}", text):
        return None
    try:
        return datetime.strptime(text, STAMP).replace(tzinfo=TEHRAN).timestamp()
    except ValueError:
        return None


def check(settings: dict[str, Any], defaults: dict[str, Any], choices: dict[str, tuple[Any, ...]], nullable: dict[str, tuple[type, ...]]) -> None:
    """Raise ControlError for a value a setting cannot have."""
    for name, value in settings.items():
        if name in choices:
            if value not in choices[name] or (isinstance(value, bool) and True not in choices[name]):
                raise ControlError(f"setting {name}: one of {', '.join(str(item) for item in choices[name])}, not {value!r}")
        elif name in nullable:
            if value is not None and (isinstance(value, bool) or not isinstance(value, nullable[name])):
                raise ControlError(f"setting {name}: {value!r} has the wrong type")
        elif isinstance(defaults[name], float):
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise ControlError(f"setting {name}: {value!r} has the wrong type")
        elif type(value) is not type(defaults[name]):
            raise ControlError(f"setting {name}: {value!r} has the wrong type")
