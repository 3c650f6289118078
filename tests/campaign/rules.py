# SPDX-License-Identifier: GPL-3.0-or-later
"""What must hold whatever happened: each rule says in a sentence what is wrong, or nothing."""

from __future__ import annotations

import base64
import json
import os
import stat
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from doors import Ran
from worlds import Wish, World

State = list[tuple[str, dict[str, Any]]]


def spellings(secret: str) -> set[str]:
    """A secret in the encodings in which it could leak."""
    raw = secret.encode()
    return {secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], urllib.parse.quote(secret), urllib.parse.quote_plus(secret),
            base64.b64encode(raw).decode().rstrip("="), raw.hex(), repr(secret)[1:-1]}


def frozen(state: State) -> Counter[str]:
    return Counter(json.dumps([key, {name: sorted(map(str, value)) if isinstance(value, frozenset) else value for name, value in fields.items()}],
                              sort_keys=True, default=str) for key, fields in state)


def end(world: World, wish: Wish, start: State, now: State, unsettled: bool, excused: tuple[str, ...] = (),
        touched: dict[str, tuple[str, ...]] | None = None) -> Iterator[str]:
    """The end is what was wanted, and nobody else was touched.

    :arg unsettled: the last run says of something that nobody can know what became of it.
    :arg excused: fields that a run said it could not set.
    :arg touched: keys of what another client had its hands on, with the fields that then are its own.
    """
    touched = touched or {}
    found: dict[str, list[dict[str, Any]]] = {}
    for key, fields in now:
        found.setdefault(key, []).append(fields)
    before = dict(start)
    named = {item.key for item in wish.items}
    for item in wish.items:
        rows = found.get(item.key, [])
        if not item.there:
            if rows:
                yield "%s is still there" % item.key
            continue
        if not rows and not (unsettled and world.once):
            yield "%s is missing" % item.key
        for name, value in item.fields.items():
            unread = name in excused or name in touched.get(item.key, ()) or (name == "password" and item.key in before)
            if rows and not unread and not same(rows[0].get(name), value):
                yield "%s: %s is %r, wanted %r" % (item.key, name, rows[0].get(name), value)
    for key, fields in start:
        if key in named or key in touched:
            continue
        goes = wish.purges is not None and wish.purges(key, fields)
        if goes and key in found:
            yield "%s should have been purged" % key
        if not goes and found.get(key, [None])[0] != fields:
            yield "%s, which nobody named, became %r instead of %r" % (key, found.get(key), fields)
    for key in found:
        if key not in named and key not in before and key not in touched:
            yield "%s appeared from nowhere" % key


def same(one: Any, other: Any) -> bool:
    return one == other or (one in (None, "") and other in (None, "")) or str(one) == str(other)


def never_twice(start: State, now: State, named: set[str]) -> Iterator[str]:
    """Nothing that was asked for once is there twice."""
    counts = Counter(key for key, _fields in now)
    earlier = Counter(key for key, _fields in start)
    for key in named:
        if counts[key] > max(1, earlier[key]):
            yield "%s is there %d times" % (key, counts[key])


def never_purged(wish: Wish, start: State, now: State) -> Iterator[str]:
    """What an item names is never removed, unless it asks for that."""
    there = {key for key, _fields in now}
    for item in wish.items:
        if item.there and item.key in dict(start) and item.key not in there:
            yield "%s was there, is wanted, and was removed" % item.key


def told_truth(world: World, ran: Ran, before: State, after: State, gone: bool) -> Iterator[str]:
    """``changed`` is true exactly when something changed, as far as the run can know.

    :arg gone: the server said 404 of what was there: nobody could know that what was to be removed is not gone.
    """
    result = ran.result or {}
    differs = frozen(before) != frozen(after)
    unknown = "outcome_unknown" in ran.codes() or "outcome_unknown" in ran.output or "unknown" in str(result.get("summary", {}))
    if result.get("changed") and not differs and not world.once and not gone:
        yield "said changed, and nothing is different"
    if differs and not result.get("changed") and not unknown:
        yield "something is different, and it said not changed"


def foretold(check: Ran, real: Ran, plural: str) -> Iterator[str]:
    """Check mode said what the run without faults then did."""
    one, other = check.result or {}, real.result or {}
    if bool(one.get("changed")) != bool(other.get("changed")):
        yield "check said changed=%s, the run %s" % (one.get("changed"), other.get("changed"))
    acts = [[entry.get("action") for entry in result.get(plural) or []] for result in (one, other)]
    if acts[0] != acts[1]:
        yield "check said %s, the run did %s" % tuple(acts)
    if one.get("diff") != other.get("diff"):
        yield "check showed another difference than the run: %r, %r" % (one.get("diff"), other.get("diff"))


def quiet(ran: Ran, secrets: list[str], folder: Path) -> Iterator[str]:
    """No secret, no traceback, no defect in what was said and written."""
    if ran.hung:
        yield "did not end"
    for word in ("Traceback (most recent call last)", "unexpected "):
        if word in ran.output and "unexpected answer" not in ran.output:
            yield "%s: %s" % (word.strip(), ran.output[max(0, ran.output.find(word) - 100):][:900])
    texts = {"output": ran.output}
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith("said-"):
            if stat.S_IMODE(os.stat(path).st_mode) & 0o077:
                yield "%s can be read by others" % path.name
            if "token" not in path.name.lower() and path.name.startswith("journal"):
                texts[path.name] = path.read_bytes().decode("latin-1")
    for where, text in texts.items():
        for secret in secrets:
            if any(spelling in text for spelling in spellings(secret)):
                yield "a secret is shown in %s" % where
