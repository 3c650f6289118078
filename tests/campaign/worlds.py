# SPDX-License-Identifier: GPL-3.0-or-later
"""What a campaign plays with: for each state module a random start, a random wish, and a model of its own of where that must end.

The model knows nothing of the collection's planner: an object is a key and the fields that were asked for.
"""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

#: Secrets that no output, file or process list may hold, in any encoding. Vendors' own rules allow them.
ITEM_SECRET = "iS%57-canary&<>q"

Row = dict[str, Any]


@dataclass
class Item:
    """One object as it is wanted. ``fields`` are compared at the end, ``more`` is only sent."""

    key: str
    sent: Row
    fields: Row = field(default_factory=dict)
    there: bool = True


@dataclass
class Wish:
    items: list[Item]
    options: Row = field(default_factory=dict)
    purges: Callable[[str, Row], bool] | None = None  # key and fields of an object that nobody named: does it go?


@dataclass
class World:
    """A state module at one vendor.

    :ivar variants: settings of the simulator that its vendor pages tolerate; each plan draws some.
    :ivar operations: operations that a fault may name.
    :ivar once: the objects cost money or reach a person: never two, and one may stay unknown.
    :ivar journal: the task is given one.
    """

    name: str
    vendor: str
    plural: str
    prepare: Callable[[Any, random.Random], None]
    wish: Callable[[Any, random.Random], Wish]
    objects: Callable[[Any], list[tuple[str, Row]]]
    variants: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    operations: tuple[str, ...] = ()
    seed: str = "empty"
    once: bool = False
    journal: bool = False
    unique: bool = True  # the vendor refuses a second object of one key; where it does not, two runs at once may make two
    remade: str = ""  # what a run says when it had to remove an object to make it anew, and could not

    @property
    def action(self) -> Any:
        """The action plugin's class, which names the job."""
        return importlib.import_module("ansible_collections.kariz.panels.plugins.action." + self.name).ActionModule


def some(rng: random.Random, pool: list[Any], low: int = 0, high: int | None = None) -> list[Any]:
    """Return some of a pool, in random order."""
    most = len(pool) if high is None else min(high, len(pool))
    return rng.sample(pool, rng.randint(min(low, most), most))


def chance(rng: random.Random, share: float) -> bool:
    return rng.random() < share


def worlds() -> dict[str, World]:
    """All worlds by name."""
    from alocom import WORLDS as alocom
    from deltasib import WORLDS as deltasib
    from podspace import WORLDS as podspace
    from texts import WORLDS as texts

    return {world.name: world for world in (*alocom, *deltasib, *podspace, *texts)}
