# SPDX-License-Identifier: GPL-3.0-or-later
"""What a campaign plays with: for each state module a random start, a random wish, and a model of its own of where that must end.

The model knows nothing of the collection's planner: an object is a key and the fields that were asked for.
"""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
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
    files: dict[str, tuple[str, str]] = field(default_factory=dict)  # option -> name and text of a file that the run is given


@dataclass
class World:
    """A state module at one vendor.

    :ivar variants: settings of the simulator that its vendor pages tolerate; each plan draws some.
    :ivar operations: operations that a fault may name.
    :ivar once: the objects cost money or reach a person: never two, and one may stay unknown.
    :ivar journal: the task is given one.
    :ivar plural: the option that takes the items; empty where the options of the wish are all.
    :ivar again: operations that every run asks for though nothing changes, such as the links of an event.
    :ivar others: further vendors of a play; their operations are written ``vendor:operation``.
    :ivar book: a play of a role or a playbook instead of the one task, which then is played by ``ansible-playbook`` only.
    :ivar covers: modules at work in that play.
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
    again: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    book: Any = None
    covers: tuple[str, ...] = ()
    remade: str = ""  # what a run says when it had to remove an object to make it anew, and could not

    @property
    def action(self) -> Any:
        """The action plugin's class, which names the job, or the play."""
        return self.book or importlib.import_module("ansible_collections.kariz.panels.plugins.action." + self.name).ActionModule

    def options(self, connections: dict[str, Row], wish: Wish, folder: Path) -> Row:
        """Return what a task or play is given.

        :arg connections: connection options by vendor.
        """
        options = dict(wish.options)
        for option, (name, text) in wish.files.items():
            path = folder / ("said-" + name)
            path.write_text(text, "utf-8")
            options[option] = str(path)
        if self.plural:
            options[self.plural] = [item.sent for item in wish.items]
        if self.journal:
            options["%sjournal" % ("notify_" if self.name == "notify" else "")] = str(folder / "journal.db")
        return {**options, "connections": connections} if self.book else {**connections[self.vendor], **options}


#: State modules that no world plays, and why.
NO_WORLD = {
    "alocom_login": "makes a token and nothing else; its faults are those of every login",
    "deltasib_login": "makes a token and nothing else; its faults are those of every login",
    "payamsms_login": "makes a token and nothing else; its faults are those of every login",
    "awx_objects": "a list of objects for a controller: it asks nobody",
    "attendance_report": "reads a vendor and writes a file",
    "credit_report": "reads vendors and writes a file",
    "desired_apply": "carries out the steps that provision carries out; what a plan adds is tested with tests/integration/test_plan.py",
    "desired_drift": "reads vendors and writes a file",
    "desired_export": "reads vendors and writes files",
    "desired_init": "reads vendors and writes files",
    "desired_plan": "reads vendors and writes a file",
    "journal_entry": "asks nobody: a line of the journal",
    "secrets_sheet": "asks nobody: a file from a file",
}


def told_by(module: str) -> str:
    """Return the worlds that play a module, or why none does."""
    if module.endswith("_info"):
        return "only reads"
    found = [world.name for world in worlds().values() if module in (world.name, *world.covers)]
    return ", ".join(found) or "none: " + NO_WORLD.get(module, "?")


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
    from others import WORLDS as others
    from plays import WORLDS as plays
    from podspace import WORLDS as podspace
    from texts import WORLDS as texts

    return {world.name: world for world in (*alocom, *deltasib, *podspace, *texts, *others, *plays)}
