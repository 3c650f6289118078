# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that no vendor documents: the honest one with one part of it spoilt, or with a field of the OpenAPI file that holds what no document says.

Whatever arrives: no words of Python, no secret in what is told, and what a senseless answer does not show is never taken for absent.
"""

from __future__ import annotations

import copy
import json
import random
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import samples
import strangers
import yaml
from kariz_simulator.messages import Answer
from options import PYTHON, Hangs, leaked, patience
from test_core_strangers import ONCE, VENDORS
from wire import Wire

PAGE = b"<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>"
#: What may stand where something else was. The first ones make no sense wherever they stand.
SENSELESS: dict[str, Any] = {"null": None, "a list": ["x"], "an object": {"x": 1}, "a list of lists": [[[]]], "true": True}
VALUES: dict[str, Any] = {
    **SENSELESS, "a number": 7, "a negative number": -7, "a fraction": 7.5, "a huge number": 10 ** 400,
    "an infinite number": float("inf"), "no number": float("nan"),
    "a text": "x", "a number as text": "7", "many digits": "9" * 5000, "no text": "", "a space": " ",
    "a long text": "x" * 100_000, "nul": "a\x00b", "half a letter": "a\ud800",
    "a day that is none": "2026-02-31 25:61:61", "persian digits": "۱۲۳", "no list": [], "nothing in it": {},
    "a page": PAGE.decode(), "a template": "{{ 1 / 0 }}",
    "deep": json.loads("[" * 90 + "]" * 90), "deeper": json.loads("[" * 500 + "]" * 500),
}
SAYS_NOTHING = {*SENSELESS, "left out", "deep", "deeper", "nothing in it"}
#: Whole answers.
BODIES: dict[str, tuple[int, Any, str]] = {
    "an empty body": (200, b"", "application/json"), "a page": (200, PAGE, "text/html"), "a missing page": (404, PAGE, "text/html"),
    "a missing thing": (404, {"timestamp": 1, "path": "/x"}, "application/json"), "half": (200, b"", "half"), "no JSON": (200, b"{'a': 1}", "application/json"),
    "bytes": (200, b"\xff\xfe\x00", "application/json"), "no content": (204, b"", "application/json"), "gone": (410, b"", "text/plain"),
    "teapot": (418, {"message": ["a", {"b": 1}]}, "application/json"), "moved": (302, b"", "text/html"),
    "errors of no shape": (422, {"errors": 5, "message": None}, "application/json"),
    "errors in errors": (400, {"errors": {"a": [{"b": [1]}]}, "message": {"a": 1}}, "application/json"),
    "a refusal in a list": (409, ["no"], "application/json"),
    "a refusal as a number": (500, 5, "application/json"), "brackets": (200, b"[" * 100_000, "application/json"),
    "a number": (200, b"9" * 6000, "application/json"),
}


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of every part of an answer; of long lists, of some entries."""
    yield path
    if isinstance(value, dict):
        for name, part in value.items():
            yield from paths(part, (*path, name))
    elif isinstance(value, list):
        for place in range(len(value)) if len(value) <= 12 else (0, len(value) // 2, len(value) - 1):
            yield from paths(value[place], (*path, place))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for part in path:
        value = value[part]
    return value


def spoilt(value: Any, path: tuple[Any, ...], how: str) -> Any:
    """The answer with one part replaced, or left out."""
    if not path:
        return VALUES[how] if how in VALUES else {}
    made = copy.deepcopy(value)
    inside = at(made, path[:-1])
    if how == "left out":
        del inside[path[-1]]
    elif how == "twice" and isinstance(inside, list):
        inside.append(copy.deepcopy(inside[path[-1]]))
    else:
        inside[path[-1]] = VALUES.get(how)
    return made


class Fields:
    """The names of all fields that a vendor's document has in an answer, by operation."""

    def __init__(self, vendor: str) -> None:
        with open(strangers.OPENAPI / ("%s.yaml" % vendor), encoding="utf-8") as handle:
            self.document = yaml.load(handle, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        self.of = {}
        for item in self.document["paths"].values():
            for method, node in item.items():
                if method != "parameters":
                    self.of[node["operationId"]] = sorted(set(self._names(node["responses"], set())))

    def _names(self, node: Any, seen: set[str]) -> Iterator[str]:
        if isinstance(node, list):
            for part in node:
                yield from self._names(part, seen)
        if not isinstance(node, dict):
            return
        if isinstance(node.get("$ref"), str):
            if node["$ref"] in seen:
                return
            seen.add(node["$ref"])
            found: Any = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            yield from self._names(found, seen)
        if isinstance(node.get("properties"), dict):
            yield from node["properties"]
        for part in node.values():
            yield from self._names(part, seen)


class Change:
    """Spoils the first answers to one operation, always in the same way."""

    def __init__(self, operation: str, rng: random.Random, fields: list[str]) -> None:
        self.operation, self.rng, self.fields = operation, rng, fields
        self.what = ""
        self.senseless = False
        self._drawn: Any = None

    def __call__(self, operation: str, answer: Answer) -> Answer:
        if operation != self.operation:
            return answer
        body = json.loads(answer.payload() or b"null")
        inner = inner_text(body)
        if self._drawn is None:
            self._drawn = self._draw(inner if inner is not None else body)
        place, how = self._drawn
        if place is None:
            status, whole, media = BODIES[how]
            if media == "half":
                return Answer(200, answer.payload()[:max(1, len(answer.payload()) // 2)])
            return Answer(status, whole, {"Location": "https://elsewhere.test/"} if status == 302 else {}, media)
        try:
            made = spoilt(inner if inner is not None else body, place, how)
        except (KeyError, IndexError, TypeError):
            return answer  # a later answer that has no such part
        if inner is not None:
            made = dict(body, result=dict(body["result"], result=json.dumps(made)))
        return Answer(answer.status, json.dumps(made).encode(), answer.headers)

    def _draw(self, body: Any) -> tuple[Any, str]:
        if self.rng.random() < 0.15:
            how = self.rng.choice(sorted(BODIES))
            # With these the vendor may well say that there is nothing.
            self.what, self.senseless = how, how not in ("no content",)
            return None, how
        every = [path for path in paths(body) if path]
        if not every or self.rng.random() < 0.05:
            how = self.rng.choice(sorted(VALUES))
            self.what, self.senseless = "the answer is %s" % how, how in SAYS_NOTHING
            return (), how
        path = self.rng.choice(every)
        if self.fields and self.rng.random() < 0.3 and isinstance(at(body, path[:-1]), dict):
            path = (*path[:-1], self.rng.choice(self.fields))
        how = self.rng.choice([*sorted(VALUES), "left out", "twice"] if path[-1:] and _there(body, path) else sorted(VALUES))
        self.what = "%s is %s" % (".".join(map(str, path)), how)
        # A row that is not there is a row less, and an object of names that nobody knows tells nothing of what is asked: both may be.
        was = at(body, path) if _there(body, path) else None
        may_be = isinstance(path[-1], int) if how == "left out" else how in ("an object", "nothing in it") and isinstance(was, dict)
        self.senseless = how in SAYS_NOTHING and not may_be
        return path, how


def _there(body: Any, path: tuple[Any, ...]) -> bool:
    try:
        at(body, path)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def inner_text(body: Any) -> Any:
    """What a vendor wraps as JSON inside a text, decoded; None where there is nothing of the kind."""
    try:
        made = json.loads(body["result"]["result"])
    except (KeyError, TypeError, ValueError):
        return None
    return made if isinstance(made, (dict, list)) else None


class Stage:
    """The cases of all vendors, and what came of each with an answer spoilt."""

    def __init__(self, wire: Wire, folder: Path) -> None:
        self.wire = wire
        self.samples = samples.Samples(wire, folder)

    def run(self, vendor: str, case: Any) -> dict[str, Any]:
        del self.wire.asked[:]
        with patience():
            return dict(strangers.carry(case, dict(self.samples.connections[vendor], api_retries=0), self.samples.facts[vendor]))

    def play(self, rng: random.Random, count: int, only: list[str] | tuple[str, ...] = ()) -> Iterator[tuple[str, str | None]]:
        """Yield what was spoilt and what is wrong with what came of it.

        :arg count: how many answers are spoilt for each operation of a case.
        """
        for vendor in VENDORS:
            fields = Fields(vendor)
            for case in getattr(strangers, vendor)():
                if only and not {vendor, case[0], case[1] if isinstance(case[1], str) else ""} & set(only):
                    continue
                self.wire.change = None
                self.samples.fresh(vendor)
                honest = self.run(vendor, case)
                asked = list(dict.fromkeys((operation, writes) for _vendor, operation, writes in self.wire.asked))
                for operation, _writes in asked:
                    for _turn in range(count):
                        yield self._spoil(vendor, case, operation, asked, honest, Change(operation, rng, fields.of.get(operation, [])))
        self.wire.change = None

    def _spoil(self, vendor: str, case: Any, operation: str, asked: list[tuple[str, bool]], honest: dict[str, Any], change: Change) -> tuple[str, str | None]:
        self.wire.change = None
        self.samples.fresh(vendor)
        self.wire.change = change
        try:
            problem = self._problem(vendor, case, operation, asked, honest, change)
        except Hangs:
            problem = "hangs"
        except Exception:  # pylint: disable=broad-except
            problem = "falls: " + traceback.format_exc(limit=-6)[-1500:]
        return "%s %s, %s: %s" % (vendor, case[0], operation, change.what), problem

    def _problem(self, vendor: str, case: Any, operation: str, asked: list[tuple[str, bool]], honest: dict[str, Any], change: Change) -> str | None:
        result = self.run(vendor, case)
        said = json.dumps([result.get("msg"), result.get("error"), result.get("warnings")], ensure_ascii=False, default=str)
        if any(word in said for word in PYTHON):
            return "says what no user should read: %s" % said[:600]
        secret = leaked(said, samples.CANARIES)
        if secret:
            return "shows the secret %r" % secret
        # A look that failed, or says nothing, is never "absent".
        reads = not dict(asked).get(operation) and change.senseless and operation not in ONCE
        wrote = {name for _vendor, name, writes in self.wire.asked if writes}
        would = {name for name, writes in asked if writes}
        if reads and wrote - would:
            return "writes what it would not have written: %s" % ", ".join(sorted(wrote - would))
        if result["failed"]:
            error = result.get("error")
            return "has no code: %s" % said[:300] if error is not None and not error.get("code") else None
        json.dumps(result, default=str)
        if reads and honest.get("changed") and not result.get("changed") and not wrote:
            return "takes it for done: %s" % json.dumps(result, ensure_ascii=False, default=str)[:300]
        return None
