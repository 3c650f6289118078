# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of faults to inject: which request each one hits, and how often it already did."""

from __future__ import annotations

import asyncio
import difflib
import random
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from .messages import Call, ControlError
from .strange import STRANGE

#: Kinds which happen before the work and go together with any other fault.
PRELUDES = {"latency", "token_expiry", "shift"}
#: Kinds which replace or damage the answer, and whether the work is done (committed) first unless `commit` says otherwise.
ENDINGS = {
    "status": False,
    "status_after": True,
    "reset_before": False,
    "reset_after": True,
    "truncate": True,
    "truncate_json": True,
    "html": False,
    "empty": False,
    "no_content": True,
    "wrong_type": False,
    "black_hole": False,
    "black_hole_after": True,
    "drip": True,
    "echo_secrets": False,
    "strange": True,
}
FIELDS: dict[str, tuple[type, ...]] = {
    "vendor": (str, type(None)),
    "method": (str, type(None)),
    "path": (str, type(None)),
    "operation": (str, type(None)),
    "match_body": (str, type(None)),
    "kind": (str,),
    "times": (int,),
    "skip": (int,),
    "probability": (int, float),
    "seed": (int, type(None)),
    "commit": (bool,),
    "seconds": (int, float),
    "status": (int,),
    "headers": (dict,),
    "body": (object,),
    "retry_after": (int, float),
    "retry_after_date": (int, float),
    "how": (str,),
    # The kind of object a `shift` inserts or deletes; `kind` is the fault's own.
    "object": (str,),
}
NEEDED = {"latency": ("seconds",), "drip": ("seconds",), "status": ("status",), "status_after": ("status",), "shift": ("how",), "strange": ("how",)}
HOW: dict[str, tuple[str, ...]] = {
    "strange": tuple(STRANGE),
    "shift": ("insert", "delete"),
    "truncate": ("close", "rst"),
}


@dataclass(slots=True)
class Fault:
    kind: str
    options: dict[str, Any]
    method: re.Pattern[str] | None
    path: re.Pattern[str] | None
    match_body: re.Pattern[str] | None
    chance: random.Random
    seen: int = 0
    hits: int = 0

    @property
    def commit(self) -> bool:
        return bool(self.options.get("commit", ENDINGS.get(self.kind, False)))

    def get(self, name: str, default: Any = None) -> Any:
        return self.options.get(name, default)

    def takes(self, vendor: str, call: Call) -> bool:
        """Whether this request is hit; counts it when the request matches."""
        times = self.options.get("times", 1)
        if times and self.hits >= times:
            return False
        if self.options.get("vendor") not in (None, vendor):
            return False
        if self.method and not self.method.fullmatch(call.method):
            return False
        if self.path and not self.path.search(call.path):
            return False
        if self.options.get("operation") not in (None, call.operation.id if call.operation is not None else ""):
            return False
        # A request without a body says in its address what others say there.
        told = call.raw.decode("utf-8", "replace") or "&".join(f"{name}={value}" for name, value in call.query.items())
        if self.match_body and not self.match_body.search(told):
            return False
        self.seen += 1
        if self.seen <= self.options.get("skip", 0):
            return False
        if self.chance.random() >= self.options.get("probability", 1.0):
            return False
        self.hits += 1
        return True

    def public(self) -> dict[str, Any]:
        return {**self.options, "seen": self.seen, "hits": self.hits}


@dataclass(slots=True)
class Faults:
    """The active faults. `released` ends the waits of those which hang."""

    active: list[Fault] = field(default_factory=list)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, items: Any, vendors: Mapping[str, Collection[str]]) -> None:
        """Add faults; `vendors` names the operations of each vendor that runs."""
        if isinstance(items, dict):
            items = [items]
        if not isinstance(items, list):
            raise ControlError("faults: a list of faults is expected")
        self.active = [*self.active, *[compile_fault(item, vendors) for item in items]]

    def clear(self) -> None:
        self.active = []
        self.released.set()
        self.released = asyncio.Event()

    def pick(self, vendor: str, call: Call) -> tuple[list[Fault], Fault | None]:
        """The preludes this request meets, and the one ending; endings further down the list are left for later requests."""
        preludes: list[Fault] = []
        ending = None
        for fault in self.active:
            if fault.kind in PRELUDES:
                if fault.takes(vendor, call):
                    preludes.append(fault)
            elif ending is None and fault.takes(vendor, call):
                ending = fault
        return preludes, ending

    async def wait(self, seconds: float | None) -> None:
        """Wait this long (None: for ever), or until the faults are cleared."""
        released = self.released
        try:
            await asyncio.wait_for(released.wait(), seconds)
        except asyncio.TimeoutError:
            return


def compile_fault(item: Any, vendors: Mapping[str, Collection[str]]) -> Fault:
    """Check one fault of a control call; every mistake is told, none is guessed around."""
    if not isinstance(item, dict):
        raise ControlError(f"fault: an object is expected, not {item!r}")
    kind = item.get("kind")
    if kind not in PRELUDES and kind not in ENDINGS:
        raise ControlError(f"fault: unknown kind {kind!r}; known: {', '.join(sorted([*PRELUDES, *ENDINGS]))}")
    for name, value in item.items():
        if name not in FIELDS:
            raise ControlError(f"fault {kind}: unknown field {name!r}; known: {', '.join(sorted(FIELDS))}")
        if not isinstance(value, FIELDS[name]) or (isinstance(value, bool) and name not in ("commit", "body")):
            raise ControlError(f"fault {kind}: {name} cannot be {value!r}")
    if item.get("vendor") is not None and item["vendor"] not in vendors:
        raise ControlError(f"fault {kind}: unknown vendor {item['vendor']!r}; running: {', '.join(vendors)}")
    known_operation(kind, item, vendors)
    for name in NEEDED.get(kind, ()):
        if name not in item:
            raise ControlError(f"fault {kind}: {name} is required")
    if kind in HOW and item.get("how", HOW[kind][0]) not in HOW[kind]:
        raise ControlError(f"fault {kind}: how is one of {', '.join(HOW[kind])}")
    patterns: dict[str, re.Pattern[str] | None] = {}
    for name in ("method", "path", "match_body"):
        try:
            patterns[name] = re.compile(item[name], re.IGNORECASE if name == "method" else 0) if item.get(name) else None
        except re.error as error:
            raise ControlError(f"fault {kind}: {name} is not a regular expression: {error}") from error
    chance = random.Random(item.get("seed", 0))
    return Fault(kind, item, patterns["method"], patterns["path"], patterns["match_body"], chance)


def known_operation(kind: str, item: dict[str, Any], vendors: Mapping[str, Collection[str]]) -> None:
    """Refuse an operation that no vendor has: such a fault would hit nothing, and its test prove nothing. Empty means requests of no operation."""
    wanted, vendor = item.get("operation"), item.get("vendor")
    known = sorted(set().union(*([vendors[vendor]] if vendor else vendors.values())))
    if not wanted or wanted in known:
        return
    of = vendor or "any vendor"
    same = [name for name in known if name.rpartition(".")[0] == wanted.rpartition(".")[0]] if "." in wanted else []
    near = list(dict.fromkeys(difflib.get_close_matches(wanted, known, 3) + same))
    raise ControlError(f"fault {kind}: unknown operation {wanted!r} of {of}; {'near it' if near else 'known'}: {', '.join(near[:8] or known)}")
