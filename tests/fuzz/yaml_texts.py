# SPDX-License-Identifier: GPL-3.0-or-later
"""Any value as YAML, and whole files that are none, or are more than anybody expects of one."""

from __future__ import annotations

import base64
import contextlib
import datetime
import math
import sys
from collections.abc import Iterator
from typing import Any


@contextlib.contextmanager
def _without_limits() -> Iterator[None]:
    """Let this module write what no reader has to take."""
    depth, digits = sys.getrecursionlimit(), sys.get_int_max_str_digits()
    sys.setrecursionlimit(50_000)
    sys.set_int_max_str_digits(0)
    try:
        yield
    finally:
        sys.setrecursionlimit(depth)
        sys.set_int_max_str_digits(digits)


def written(value: Any) -> str:
    """A value as flow YAML on one line, whatever it is."""
    with _without_limits():
        return _flow(value)


def _flow(value: Any) -> str:
    if isinstance(value, str):
        return '"%s"' % "".join(map(_letter, value))
    if isinstance(value, bytes):
        return "!!binary " + base64.b64encode(value).decode()
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float) and not math.isfinite(value):
        return ".nan" if value != value else ".inf" if value > 0 else "-.inf"
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, dict):
        return "{%s}" % ", ".join("? %s : %s" % (_flow(name), _flow(part)) for name, part in value.items())
    if isinstance(value, (set, frozenset)):
        return "!!set {%s}" % ", ".join("? %s" % _flow(part) for part in sorted(value, key=str))
    return "[%s]" % ", ".join(map(_flow, value))


def _letter(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    if letter.isprintable():
        return letter
    number = ord(letter)
    return "\\x%02x" % number if number < 256 else "\\u%04x" % number if number < 65536 else "\\U%08x" % number


def laughs(levels: int, mapping: bool = False) -> str:
    """So many anchors, each of which holds the one before ten times."""
    lines = ["l0: &l0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in range(1, levels):
        parts = ["%s*l%d" % ("k%d: " % place if mapping else "", level - 1) for place in range(10)]
        lines.append(("l%d: &l%d {%s}" if mapping else "l%d: &l%d [%s]") % (level, level, ", ".join(parts)))
    return "\n".join(lines) + "\n"


def files(sound: str) -> dict[str, bytes]:
    """Files made of a sound one (block YAML, a mapping), by what is wrong with each; some are only unusual."""
    last = next(line for line in reversed(sound.splitlines()) if line.strip())
    indent = " " * (len(last) - len(last.lstrip()))
    texts = {
        "a tab": sound.replace("  ", "\t", 1), "a tab inside": sound + indent + "\tx: 1\n", "a key twice": sound + sound, "a colon": sound + "x: a: b\n",
        "a quote without end": sound + 'x: "a\n', "a list without end": sound + "x: [1, 2\n", "a mapping without end": sound + "x: {a: \n",
        "an escape that is none": sound + 'x: "\\q"\n', "an at sign": sound + "x: @a\n", "a backtick": sound + "x: `a`\n", "a percent sign": sound + "x: %a\n",
        "a bracket too many": sound + "x: [1]]\n", "an alias of nothing": sound + "x: *nothing\n", "an anchor of its own": sound + "x: &a [*a]\n",
        "a mapping of its own": sound + "x: &a {b: *a}\n", "an anchor twice": sound + "x: [&a 1, &a 2, *a]\n",
        "a merge": "x: &x {a: 1}\n" + sound + "y: {<<: *x}\n", "a merge of a number": sound + "y: {<<: 5}\n",
        "a merge of a list": "x: &x {a: 1}\n" + sound + "y: {<<: [*x, 5]}\n", "a merge of its own": sound + "y: &y {<<: *y}\n",
        "binary": sound + "x: !!binary AAEC\n", "broken binary": sound + "x: !!binary 'a'\n", "unsafe": sound + "x: !unsafe '{{ 1 / 0 }}'\n",
        "unsafe mapping": sound + "x: !unsafe {a: '{{ b }}'}\n", "vault of nothing": sound + "x: !vault nonsense\n",
        "vault of a list": sound + "x: !vault [a]\n",
        "vault without a password": sound + "x: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n",
        "vault with no digits": sound + "x: !vault '$ANSIBLE_VAULT;1.1;AES256\n\n  zz'\n",
        "python": sound + "x: !!python/object/apply:os.getcwd []\n", "an unknown tag": sound + "x: !nonsense 5\n",
        "a tag of an unknown kind": sound + "x: !<tag:a,b:c> 5\n",
        "no number": sound + "x: !!int a\n", "no day": sound + "x: 2026-13-45\n", "no day either": sound + "x: !!timestamp x\n",
        "no truth": sound + "x: !!bool maybe\n",
        "set": sound + "x: !!set {a, b}\n", "pairs": sound + "x: !!omap [a: 1, b: 2]\n", "pairs that are none": sound + "x: !!pairs 5\n",
        "a list as a key": sound + "? [a, b]\n: c\n", "a mapping as a key": sound + "? {a: b}\n: c\n", "null as a key": sound + "~: c\n",
        "a number as a key": sound + "5: c\n", "a day as a key": sound + "2026-01-01: c\n", "a truth as a key": sound + "yes: c\n", "no key": sound + ": c\n",
        "a value of its own": sound + "=: c\n", "a directive": "%YAML 9.9\n---\n" + sound, "an unknown directive": "%NONE a\n---\n" + sound,
        "two documents": sound + "---\n" + sound, "an end": sound + "...\n", "an end and more": sound + "...\nx\n", "nothing": "", "a comment": "# nothing\n",
        "a line": "---\n", "null": "null\n", "a text": "text\n", "a number": "5\n", "a list": "[1, 2]\n", "a template": "{{ x }}\n", "a day": "2026-01-01\n",
        "a long line": sound + "x: " + "a" * 1_000_000 + "\n", "other lines": sound + "x: a\u0085b\u2028c\n", "a form feed": sound + "x: a\fb\n",
        "old lines": sound.replace("\n", "\r"), "a letter that turns": sound + "x\u202ey: z\n", "half a letter": sound + 'x: "\\ud800"\n',
        "nul in quotes": sound + 'x: "\\0"\n', "many digits": sound + "x: %s\n" % ("9" * 5000), "clock": sound + "x: 190:20:30\n",
        "old number": sound + "x: 0912\n",
        "bits": sound + "x: 0b1010_0111_0100_1010_1110\n", "no number at all": sound + "x: [.nan, .inf, -.inf, 1e400, 1e-400, 0x]\n",
        "a broken template": sound + "x: '{{ '\n", "a template without end": sound + "x: '{{ y }}'\ny: '{{ x }}'\n",
        "deep": sound + "x: " + "[" * 5000 + "]" * 5000 + "\n",
        "deeper": sound + "x: " + "[" * 100_000 + "\n", "deep mappings": sound + "x: " + "{a: " * 3000 + "1" + "}" * 3000 + "\n",
        "deep blocks": sound + "x:\n" + "".join(" " * (place + 1) + "- \n" for place in range(1500)), "laughs": laughs(10) + sound + "x: *l9\n",
        "laughs in mappings": laughs(10, True) + sound + "x: *l9\n", "laughs as a key": laughs(9) + sound + "? *l8\n: x\n",
        "deep JSON": "[" * 100_000, "deep JSON that ends": "[" * 3000 + "]" * 3000, "JSON with a key twice": '{"a": 1, "a": 2}',
        "JSON with a comma": '{"a": 1,}',
        "JSON without end": '{"a": ', "JSON of nothing": "{}", "encrypted": "$ANSIBLE_VAULT;1.1;AES256\n6162\n",
        "encrypted with nothing": "$ANSIBLE_VAULT;1.1;AES256\n",
        "encrypted by nobody": "$ANSIBLE_VAULT;9.9;NONE;a\n00\n",
    }
    made = {name: text.encode("utf-8", "surrogatepass") for name, text in texts.items()}
    made.update({
        "a mark of order": b"\xef\xbb\xbf" + sound.encode(), "two marks of order": b"\xef\xbb\xbf\xef\xbb\xbf" + sound.encode(),
        "UTF-16": sound.encode("utf-16"),
        "UTF-16 without a mark": sound.encode("utf-16-be"), "UTF-32": sound.encode("utf-32"), "nul": sound.encode() + b"x: a\x00b\n", "all nul": b"\x00" * 100,
        "escape": sound.encode() + b"x: a\x1b[31m\n", "not UTF-8": sound.encode() + b"x: \xff\xfe\n", "latin": sound.encode() + "x: é\n".encode("latin-1"),
        "surrogates": sound.encode() + b"x: \xed\xa0\x80\n", "a picture": b"\x89PNG\r\n\x1a\n\x00\x00", "a page": b"<!DOCTYPE html>\n<html></html>\n",
        "an archive": b"\x1f\x8b\x08\x00\x00",
    })
    return made
