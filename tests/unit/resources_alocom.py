# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong at Alocom, and how its answers are told, for the tables of cases. For ``heard``, a field that becomes ``...`` is left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Prepare = Callable[[Any], Any]
Heard = Callable[[Any], Any]


def fault(operation: str, kind: str = "reset_after", **how: Any) -> Prepare:
    return lambda vendor: vendor.fault(kind, operation=operation, **how)


def faults(*each: Prepare) -> Prepare:
    return lambda vendor: [one(vendor) for one in each]


def most(count: int) -> Prepare:
    """So many may be in an event of the main service."""
    return lambda vendor: vendor.mutate("services", {"id": 14}, {"properties": {"max_event_user": count}})


def two_labels(vendor: Any) -> None:
    """Two labels of one title, the second of which leila.nouri has."""
    vendor.settings(label_unique=False)
    vendor.mutate("labels", {"title": "همکاران"}, {"title": "استادان"})
    vendor.mutate("users", {"username": "leila.nouri"}, {"labels": [12]})


def laid_over(row: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**row, **change}.items() if value is not ...}


def top(**change: Any) -> Heard:
    """Change an answer that is one object."""
    return lambda body: laid_over(body, change)


def rows(**change: Any) -> Heard:
    """Change every row of a list."""
    return lambda body: {**body, "data": [laid_over(row, change) for row in body["data"]]}


def event(**change: Any) -> Heard:
    """Change the event in its detail, and what stands beside it where a name is ``beside_...``."""
    beside = {name.removeprefix("beside_"): value for name, value in change.items() if name.startswith("beside_")}
    inside = {name: value for name, value in change.items() if not name.startswith("beside_")}
    return lambda body: laid_over({**body, "event": laid_over(body["event"], inside)}, beside)


def members(*names: str, role: str | None = None) -> list[dict[str, str]]:
    """Members of an event as a task names them."""
    return [{"username": name, **({"role": role} if role else {})} for name in names]
