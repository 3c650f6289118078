# SPDX-License-Identifier: GPL-3.0-or-later
"""Values that nobody expects, made from what an option says of itself: its type, its choices, what its entries are, whether it is a secret."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from typing import Any

#: Stands in every value that is given where a secret belongs, as text and as number; neither may be seen anywhere.
SECRET = "fZ%57-canary&<>q"
SECRET_NUMBER = 7355019284660013

TEXTS: dict[str, str] = {
    "empty": "", "space": " ", "joiner": "\u200c", "long": "x" * 100_000, "nul": "a\x00b", "escape": "a\x1b[31mb\x07", "lines": "a\nb\r\nc", "tab": "a\tb",
    "bidi": "a\u202eb\u2066c", "surrogate": "a\ud800b", "escaped byte": "a\udcffb", "no character": "a\uffffb", "marks": "a" + "\u0301" * 500,
    "family": "\U0001f468\u200d\U0001f469\u200d\U0001f467", "persian digits": "۱۲۳۴", "arabic digits": "١٢٣٤", "devanagari digits": "१२३४",
    "styled digits": "\U0001d7d8\U0001d7d9", "square": "²", "half": "½", "roman": "Ⅷ", "mobile": "09121234567", "short mobile": "0912...", "power": "1e5",
    "huge power": "1e309", "not a number": "nan", "infinite": "inf", "less than all": "-Infinity", "hexadecimal": "0x1F", "octal": "0o17", "grouped": "1,000",
    "badly grouped": "1,00", "grouped by lines": "1_000", "negative": "-1", "plus": "+5", "fraction": "1.5", "many digits": "9" * 400,
    "more digits": "9" * 5000,
    "no": "no", "null": "null", "tilde": "~", "date": "2026-01-01", "no date": "2026-02-30", "jalali": "1404/12/30", "far year": "99999-01-01",
    "template": "{{ 1 / 0 }}", "format": "%s%n%(a)s{0}", "quotes": "'\"`;--", "path": "../../etc/passwd", "page": "<b>&amp;</b>", "query": "a?b=c&d#e",
    "list as text": "[1, 2", "mapping as text": '{"a": ', "key and value": "a=b c", "commas": ",,,", "percent": "%zz%00",
}
OTHERS: dict[str, Any] = {
    "true": True, "false": False, "zero": 0, "one": 1, "minus one": -1, "bits": 2 ** 63, "huge": 10 ** 400, "huger": 10 ** 5000, "1e5": 1e5,
    "inf": float("inf"),
    "nan": float("nan"), "half a number": 1.5, "tiny": 5e-324, "day": datetime.date(2026, 1, 1), "moment": datetime.datetime(2026, 1, 1, 8, 30),
    "zoned": datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc), "bytes": b"text", "broken bytes": b"\xff\xfe", "set": {"a", "b"}, "tuple": ("a", "b"),
    "list": ["a"], "no list": [], "list in list": [[]], "list of nothing": [None], "mixed list": ["a", 1, None, {}, []], "mapping": {"a": "b"},
    "nothing in it": {},
    "numbered": {1: "a", 2.5: "b"}, "nameless": {None: "a", True: "b"}, "named by a day": {datetime.date(2026, 1, 1): "a"}, "named by bytes": {b"a": "b"},
    "named by a tuple": {("a", "b"): "c"}, "set of days": {datetime.date(2026, 1, 1)},
}


def deep(depth: int, mapping: bool = False) -> Any:
    """A value with so many lists or mappings in each other."""
    made: Any = "x"
    for _step in range(depth):
        made = {"a": made} if mapping else [made]
    return made


OTHERS.update({"deep list": deep(90), "deep mapping": deep(90, True), "abyss": deep(3000), "abyss of mappings": deep(3000, True)})
SECRETS: dict[str, Any] = {
    "secret": SECRET, "secret with a line": SECRET + "\n", "secret and nul": SECRET + "\x00", "secret and surrogate": SECRET + "\ud800",
    "secret list": [SECRET], "secret mapping": {"a": SECRET}, "secret bytes": SECRET.encode(),
    "secret and broken bytes": SECRET.encode() + b"\xff", "secret in a set": {SECRET},
    "secret deep": [[{"a": [SECRET]}]], "secret number": SECRET_NUMBER, "secret fraction": SECRET_NUMBER + 0.5, "secret far away": "  %s  " % SECRET,
    "long secret": SECRET * 2000, "secret json": '{"a": "%s"' % SECRET,
}


def of(spec: dict[str, Any]) -> dict[str, Any]:
    """Every value for an option with this specification, by name."""
    if spec.get("no_log"):
        return {**SECRETS, **{name: value for name, value in OTHERS.items() if name in ("true", "no list", "nothing in it", "day", "zero", "abyss")},
                "empty": "", "space": " "}
    made = {**{"text: " + name: text for name, text in TEXTS.items()}, **OTHERS}
    if spec.get("type") == "list":
        entry = {"type": spec.get("elements") or "str"}
        if not spec.get("options"):
            made.update({"list with " + name: [value] for name, value in of(entry).items() if not name.startswith("abyss")})
    if spec.get("type") == "dict" and not spec.get("options"):
        made.update({"mapping with " + name: {"a": value} for name, value in of({"type": "str"}).items() if not name.startswith("abyss")})
    for choice in spec.get("choices") or ():
        made["choice %s in capitals" % choice] = str(choice).upper()
        made["choice %s with spaces" % choice] = " %s " % choice
    return made


def places(spec: dict[str, Any], given: dict[str, Any], path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """Each option that there is, with its place: also inside the first entry of lists that are given, and inside mappings."""
    for name, entry in spec.items():
        yield (*path, name), entry
        if entry.get("options"):
            value = given.get(name)
            if entry.get("type") == "list":
                if isinstance(value, list) and value and isinstance(value[-1], dict):
                    yield from places(entry["options"], value[-1], (*path, name, len(value) - 1))
            else:
                yield from places(entry["options"], value if isinstance(value, dict) else {}, (*path, name))


def put(given: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy of the options with another value at one place."""
    if not path:
        return value
    first, rest = path[0], path[1:]
    if isinstance(given, list):
        return [put(part, rest, value) if place == first else part for place, part in enumerate(given)]
    made = dict(given) if isinstance(given, dict) else {}
    made[first] = put(made.get(first), rest, value)
    return made


def drawn(spec: dict[str, Any], given: dict[str, Any], rng: random.Random, count: int | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Options with one value that nobody expects, and what it is; all of them in random order, or the first ``count``."""
    every = [(path, name, value) for path, entry in places(spec, given) for name, value in of(entry).items()]
    every += [((name,), "unknown", "x") for name in ("nmae", "a\u202eb", "", "x" * 5000, 5, None, "a\ud800")]
    rng.shuffle(every)
    for path, name, value in every[:count]:
        yield "%s = %s" % (".".join(map(ascii, path))[:80], name), put(given, path, value)
