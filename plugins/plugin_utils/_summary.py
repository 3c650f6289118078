# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tasks of the collection did, counted from their results, and the table that says so."""

from __future__ import annotations

from dataclasses import dataclass, field

from ansible_collections.kariz.panels.plugins.module_utils._core.text.letters import LARGEST, counted

#: How the names of the collection's modules begin.
OURS = "kariz.panels."
#: The columns, in their order.
COLUMNS = ("made", "changed", "removed", "left", "refused")
#: What the words of a list's summary mean here; those of messages included.
_MEANT = {"created": "made", "updated": "changed", "deleted": "removed", "unchanged": "left", "failed": "refused",
          "sent": "made", "already": "left", "skipped": "left", "merged": "left", "refused": "refused", "unknown": "refused"}


@dataclass
class Line:
    """What came of one task, over its hosts and items.

    :ivar costs: what messages cost, by provider: ``{"messages", "parts", "cost"}``; ``cost`` is None where no price was given.
    """

    name: str
    counts: dict = field(default_factory=lambda: dict.fromkeys(COLUMNS, 0))
    requests: int = 0
    seconds: float = 0.0
    costs: dict = field(default_factory=dict)

    def add(self, result, failed=False):
        """Count the result of a task, or of one item of its loop.

        :arg failed: the task failed; its result need not say so.
        """
        if not isinstance(result, dict) or result.get("skipped"):
            return
        # A play may overrule that a task has failed; what it was refused is in its result all the same.
        failed = failed or bool(result.get("failed")) or isinstance(result.get("error"), dict)
        api = result.get("api")
        if isinstance(api, dict):
            self.requests += int(_number(api.get("requests")) or 0)
            self.seconds += _number(api.get("seconds")) or 0
        summary = result.get("summary")
        if isinstance(summary, dict) and any(word in _MEANT for word in summary):
            counts = [(_MEANT[word], int(_number(number) or 0)) for word, number in summary.items() if word in _MEANT]
            for column, number in counts:
                self.counts[column] += number
            if failed and not any(number for column, number in counts if column == "refused"):
                self.counts["refused"] += 1
        else:
            word = _of_one(result, failed)
            if word:
                self.counts[word] += 1
        self._spent(result.get("cost"))

    def _spent(self, cost):
        for provider, spent in (cost.items() if isinstance(cost, dict) else ()):
            if isinstance(spent, dict):
                _increase(self.costs, provider, spent)

    def merge(self, other):
        """Add another line's figures to this one."""
        for word in COLUMNS:
            self.counts[word] += other.counts[word]
        self.requests += other.requests
        self.seconds += other.seconds
        for provider, spent in other.costs.items():
            _increase(self.costs, provider, spent)


def _increase(costs, provider, spent):
    told = costs.setdefault(provider, {"messages": 0, "parts": 0, "cost": 0})
    told["messages"] += int(_number(spent.get("messages")) or 0)
    told["parts"] += int(_number(spent.get("parts")) or 0)
    # One price that is not known leaves the whole unknown: a sum that is too small would be believed.
    cost = _number(spent.get("cost"))
    told["cost"] = None if told["cost"] is None or cost is None else told["cost"] + cost


def _number(value):
    """Return a figure of a result, None for what is none: a play may hand on as a result whatever it likes."""
    known = isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < LARGEST
    return value if known else None


def _of_one(result, failed):
    """Return the column for a result about one object, None when it only read."""
    if failed:
        return "refused"
    diff = result.get("diff")
    if not result.get("changed"):
        return "left" if isinstance(diff, dict) else None
    if isinstance(diff, dict) and not diff.get("before") and diff.get("after"):
        return "made"
    if isinstance(diff, dict) and diff.get("before") and not diff.get("after"):
        return "removed"
    return "changed"


def total(lines):
    """Return one line for all."""
    whole = Line("total")
    for line in lines:
        whole.merge(line)
    return whole


def table(lines, width, measure=len):
    """Return the lines of text that tell what tasks did, at most ``width`` columns wide where names allow it.

    :arg measure: how many columns a text takes on a terminal.
    """
    rows = [_cells(line) for line in [*lines, total(lines)]]
    head = ["task", *COLUMNS, "requests", "seconds"]
    widths = [max(len(row[place]) for row in [head, *rows]) for place in range(1, len(head))]
    room = max(16, width - sum(widths) - 2 * len(widths))
    names = [_shortened(row[0], room, measure) for row in [head, *rows]]
    first = max(measure(name) for name in names)
    made = ["%s%s  %s" % (name, " " * (first - measure(name)), "  ".join(cell.rjust(size) for cell, size in zip(row[1:], widths)))
            for name, row in zip(names, [head, *rows])]
    whole = total(lines)
    for provider, spent in sorted(whole.costs.items()):
        price = "" if spent["cost"] is None else ", cost %s" % "{:,}".format(spent["cost"])
        made.append("%s: %s, %s%s" % (provider, counted(spent["messages"], "messages"), counted(spent["parts"], "parts"), price))
    return made


def _cells(line):
    # A nought is left out, so that what happened is seen at once.
    counts = [str(line.counts[word] or "-") for word in COLUMNS]
    return [line.name, *counts, str(line.requests), "%.1f" % line.seconds]


def _shortened(text, room, measure):
    # However long it is: to measure it letter by letter would take longer than the run.
    text = text if len(text) <= 8 * room else text[-8 * room:] if text.startswith(OURS) else text[:8 * room]
    if measure(text) <= room:
        return text
    if text.startswith(OURS):
        # A task without a name is called like its module, whose end tells it from the others.
        while text and measure(text) > room - 3:
            text = text[1:]
        return "..." + text
    while text and measure(text) > room - 3:
        text = text[:-1]
    return text.rstrip() + "..."


def as_data(lines):
    """Return the same as data: ``tasks`` and ``total``, each with the columns, ``requests``, ``seconds`` and ``cost`` by provider."""
    def one(line):
        return dict(line.counts, requests=line.requests, seconds=round(line.seconds, 3), cost=line.costs)
    return {"tasks": [dict(task=line.name, **one(line)) for line in lines], "total": one(total(lines))}
