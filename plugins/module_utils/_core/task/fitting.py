# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one place where results are made to fit: an automation controller keeps nothing at all of a result that is too long for it, and of a failure that
prints thousands of lines nobody reads the first. What is reduced or left out is said, in ``shortened`` and in a warning; nothing that a vendor tells only
once is left out.
"""

from __future__ import annotations

import json

#: Characters of a result as JSON. AWX and Ansible's controller empty an event whose result has more than this.
CONTROLLERS_KEEP = 700_000
#: Characters of a failure that is printed.
PRINTED = 50_000
#: Beside the options of a module: another limit for its result, put there by the action plugin.
LIMIT_OPTION = "_result_limit"
#: Argument specification of ``return_content``.
OPTION = {"type": "str", "choices": ["auto", "full", "summary"], "default": "auto"}
#: What is added after a result has been made to fit.
_ROOM = 2_000
#: By these names an object is known, and what came of it.
_NAMES = frozenset((
    "id", "key", "username", "user_id", "slug", "title", "name", "hash", "share_hash", "person", "organization", "folder_hash", "file_hash", "event", "label",
    "voucher_no", "service", "number", "mobile", "recipient", "object", "vendor", "account", "kind", "state", "status", "action", "changed", "outcome", "error",
    "value", "unit", "left", "provider", "parts", "delivery", "day", "date", "place", "option"))
#: Of these, the first that an object has is what people call it.
_LABELS = ("key", "username", "slug", "title", "label", "person", "name", "voucher_no", "mobile", "number", "recipient", "object")
_OUTCOME = ("id", "action", "outcome")
_ERROR = ("operation", "code", "message")
#: Small, and what everything else is about.
_KEPT = frozenset(("changed", "failed", "error", "api", "summary", "msg", "shortened", "told", "vendor", "account", "kind", "outcome"))
_LINES = 100
#: A mapping with more entries is one of objects by their names.
_FEW = 50
_LONG = 200
_MESSAGE = 10_000


def begun(text, most=_MESSAGE):
    """Return as much of a message as is told, and how much more there is."""
    return text if len(text) <= most else "%s ... (%d characters more)" % (text[:most], len(text) - most)


def length(value):
    """Return how many characters a value has as controllers count them: as JSON in ASCII."""
    return len(json.dumps(value, default=str))


PLAIN, NAMES, LABEL = "plain", "names", "label"


def shortened(value, left):
    """Return an object of a list without what stands deeper in it (``PLAIN``), by its names and its outcome (``NAMES``), or as short as it can be told."""
    if not isinstance(value, dict):
        return value
    made: dict = {}
    if left == LABEL:
        label = next((name for name in _LABELS if value.get(name) not in (None, "")), None)
        made = {name: value[name] for name in (label, *_OUTCOME) if value.get(name) is not None}
        if isinstance(value.get("error"), dict):
            made["error"] = {"operation": value["error"].get("operation"), "code": value["error"].get("code")}
        return made
    for name, part in value.items():
        if name == "error" and isinstance(part, dict):
            made[name] = {key: part[key] for key in _ERROR if part.get(key) is not None}
        elif (left == PLAIN or name in _NAMES) and not isinstance(part, (dict, list)) and not (isinstance(part, str) and len(part) > _LONG):
            made[name] = part
    return made


def summarise(result):
    """Reduce all lists of objects in a result to names and outcomes, in place: ``return_content: summary``."""
    for holder, name, value in _places(result):
        if _objects(value):
            holder[name] = [shortened(entry, NAMES) for entry in value]


def fit(result, limit, reveals=(), unprinted=()):
    """Make a result fit into so many characters, in place; what is worth least goes first.

    :arg reveals: names of secrets that are told once: objects that hold one stay, whatever the limit.
    :arg unprinted: names at the top that do not count, since the platform does not print them.
    """
    fitting = _Fitting(result, limit, reveals, unprinted)
    if fitting.size > limit:
        fitting.reduce()


def put_beside(result, limit, keep, printed):
    """Make a result fit into so many characters without anything lost but what platforms show beside it: its longest parts are kept elsewhere.

    :arg keep: takes a part and returns what stands in its place, which brings it back to whoever uses it.
    :arg printed: the platform prints the difference: too long for that, it is left out.
    """
    fitting = _Fitting(result, limit, (), ())
    if fitting.size > limit:
        fitting.put_beside(keep, printed)


def _objects(value):
    return isinstance(value, list) and any(isinstance(entry, dict) for entry in value)


def _short_enough(entries, left):
    """Return whether a list is sure to stay as it is, by its text: objects of short values (with the names that count), without looking at each one."""
    text = json.dumps(entries, default=str)
    flat = text.count("{") == len(entries) and text.count("[") == 1
    short = '\\"' not in text and max(map(len, text.split('"'))) <= _LONG
    return flat and short and all(isinstance(entry, dict) for entry in entries) and (left == PLAIN or _NAMES.issuperset(set().union(*entries)))


def _places(value):
    """Yield ``(holder, name, value)`` of everything in a result that could be long: lists, texts, and mappings of many."""
    for name, part in list(value.items()):
        if isinstance(part, dict) and len(part) <= _FEW and name not in _KEPT:
            yield from _places(part)
        yield value, name, part


class _Fitting:
    def __init__(self, result, limit, reveals, unprinted):
        self.result = result
        self.limit = limit
        self.reveals = frozenset(reveals)
        self.unprinted = unprinted
        self.reduced: list = []
        self.left_out: list = []
        self.size = self._length()

    def _length(self):
        return length({name: value for name, value in self.result.items() if name not in self.unprinted})

    def _fits(self):
        return self._length() <= self.limit - _ROOM

    def _so_far(self):
        return len(self.reduced) + len(self.left_out)

    def reduce(self):
        for step in (self._warnings, self._diff, self._invocation, self._plain, self._names, self._failed_only, self._labels, self._lines, self._drop,
                     self._message):
            before = self._so_far()
            step()
            # A long result takes a while to be measured.
            if self._so_far() > before and self._fits():
                break
        self._tell()

    def put_beside(self, keep, printed):
        for step in ([self._diff] if printed else []) + [self._invocation]:
            if not self._fits():
                step()
        for size, holder, name in self._long(lambda value: isinstance(value, list) or (isinstance(value, dict) and len(value) > _FEW)):
            if self._fits() or size <= _ROOM:
                break
            holder[name] = keep(holder[name])
        if self.left_out:
            self.result["shortened"] = {"characters": self.size, "limit": self.limit, "reduced": [], "left_out": self.left_out}

    def _tell(self):
        parts = []
        if self.reduced:
            parts.append("%s came back reduced" % ", ".join(dict.fromkeys(self.reduced)))
        if self.left_out:
            parts.append("%s was left out" % ", ".join(dict.fromkeys(self.left_out)))
        self.result["shortened"] = {"characters": self.size, "limit": self.limit, "reduced": list(dict.fromkeys(self.reduced)),
                                    "left_out": list(dict.fromkeys(self.left_out))}
        text = ("the result has %d characters, and at most %d are kept: %s; the variable kariz_result_limit: 0 (or return_content: full, where there is that "
                "option) returns everything" % (self.size, self.limit, " and ".join(parts) or "nothing of it may be left out"))
        self.result["warnings"] = list(self.result.get("warnings") or ()) + [text]

    def _long(self, fits):
        """Return what could be made shorter, the longest first."""
        found = [(length(value), holder, name) for holder, name, value in _places(self.result)
                 if fits(value) and name not in self.unprinted and name not in _KEPT and not (holder is self.result and name == "warnings")]
        return sorted(found, key=lambda entry: -entry[0])

    def _warnings(self):
        texts = list(dict.fromkeys(self.result.get("warnings") or ()))
        if len(texts) > 20:
            self.result["warnings"] = texts[:20] + ["and %d more warnings" % (len(texts) - 20)]
            self.reduced.append("warnings")

    def _diff(self):
        if "diff" not in self.unprinted and length(self.result.get("diff")) > 1000:
            self.result.pop("diff")
            self.left_out.append("diff")

    def _invocation(self):
        invoked = self.result.get("invocation") if "invocation" not in self.unprinted else None
        told = (invoked or {}).get("module_args") or {}
        for name, value in told.items():
            if length(value) > 1000:
                told[name] = "%d characters" % length(value)
                self.reduced.append("invocation")

    def _reduce_objects(self, left):
        for _size, holder, name in self._long(_objects):
            if left != LABEL and _short_enough(holder[name], left):
                continue
            made = [entry if self._holds_secret(entry) else shortened(entry, left) for entry in holder[name]]
            if made == holder[name]:
                continue
            holder[name] = made
            self.reduced.append(name)
            if self._fits():
                return

    def _holds_secret(self, entry):
        return isinstance(entry, dict) and not self.reveals.isdisjoint(entry) and any(entry.get(name) for name in self.reveals)

    def _plain(self):
        self._reduce_objects(PLAIN)

    def _names(self):
        self._reduce_objects(NAMES)

    def _labels(self):
        self._reduce_objects(LABEL)

    def _failed_only(self):
        """Of a list that failed, what failed is worth reading, as much of it as fits."""
        if not (self.result.get("failed") or self.result.get("error")):
            return
        for _size, holder, name in self._long(lambda value: _objects(value) and isinstance(value[0], dict) and "action" in value[0]):
            entries = holder[name]
            room = self.limit - 2 * _ROOM - (self._length() - length(entries))
            kept, places = 0, set()
            for place in sorted(range(len(entries)), key=lambda place: (not self._holds_secret(entries[place]), entries[place].get("action") != "failed")):
                kept += length(entries[place]) + 2
                if self._holds_secret(entries[place]) or (kept <= room and entries[place].get("action") == "failed"):
                    places.add(place)
            holder[name] = [entry for place, entry in enumerate(entries) if place in places]
            self.left_out.append("%d of %d %s" % (len(entries) - len(places), len(entries), name))

    def _lines(self):
        for _size, holder, name in self._long(lambda value: isinstance(value, list) and len(value) > _LINES and isinstance(value[0], str)):
            if name == "lines":
                holder[name] = holder[name][:_LINES] + ["... and %d more lines" % (len(holder[name]) - _LINES)]
                self.reduced.append(name)

    def _drop(self):
        """Leave the longest out whole: whoever needs it hears that it is not there, instead of taking a part for all."""
        for size, holder, name in self._long(lambda value: isinstance(value, (list, dict, str))):
            if name in holder and size > 500 and not any(map(self._holds_secret, holder[name] if isinstance(holder[name], list) else ())):
                del holder[name]
                self.left_out.append(name)
                if self._fits():
                    return

    def _message(self):
        # Of an error that tells all mistakes of thousands of items, the first ones are worth reading.
        for holder, name in ((self.result, "msg"), (self.result.get("error"), "message")):
            text = holder.get(name) if isinstance(holder, dict) else None
            if isinstance(text, str) and len(text) > _MESSAGE:
                holder[name] = begun(text)
                self.reduced.append(name)
