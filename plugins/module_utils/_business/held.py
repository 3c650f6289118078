# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What has become of a plan: differences between it and what is read now, what is still to be done, and what was done. Pure."""

from __future__ import annotations

from .._core.journal.entry import DONE
from .._core.state.planner import DELETED, UPDATED
from . import plan as plans
from .drift import text

DO, ALREADY = "do", "already"


def key_of(plan, step, change):
    """Return the key under which the journal notes that a plan's change was begun and what came of it."""
    return " ".join([plan["plan_digest"], "%s/%s" % (step["vendor"], step["account"]), step["kind"], step["part"] or "all", change["object"]])


def compare(plan, now, progress):
    """Compare a plan with the one that would be made now.

    :arg progress: ``{key: Entry}`` of :func:`key_of`, of a run of this plan that was stopped.
    :returns: ``(lines, ways)``: every difference in one line; and for each step of the plan ``{object: DO or ALREADY}``.
    """
    lines = _wishes(plan, now)
    fresh = {plans.place_of(step): step for step in now["steps"]}
    begun = {(step["vendor"], step["account"]) for step in plan["steps"] for change in step["changes"] if key_of(plan, step, change) in progress}
    ways: dict = {}
    for step in plan["steps"]:
        place = plans.place_of(step)
        other = fresh.pop(place, None) or {"changes": [], "unchanged": {}}
        ways[place] = _step(plan, step, other, progress, (step["vendor"], step["account"]) in begun, lines)
    for step in fresh.values():
        lines += ["%s: not in the plan; now: %s" % (_named(step, change["object"]), _doing(change)) for change in step["changes"]]
    return lines, ways


def _wishes(plan, now):
    """Return differences between the files of then and now."""
    lines = []
    then = {(one["vendor"], one["account"]): one for one in plan["accounts"]}
    for one in now["accounts"]:
        planned = then.pop((one["vendor"], one["account"]), None)
        place = "%s/%s" % (one["vendor"], one["account"])
        if planned is None:
            lines.append("%s: the account is not in the plan" % place)
            continue
        if planned["known_as"] != one["known_as"]:
            lines.append("%s: is another account of the vendor: %s, planned for %s" % (place, one["known_as"], planned["known_as"]))
        old, new = plan["wanted"]["parts"].get(place, {}), now["wanted"]["parts"].get(place, {})
        lines += ["%s: the file says something else about %s than when it was planned" % (place, name)
                  for name in list(old) + [name for name in new if name not in old] if old.get(name) != new.get(name)]
    lines += ["%s/%s: the account is in the plan and not in the file any more" % place for place in then]
    if plan["wanted"]["secrets"] != now["wanted"]["secrets"]:
        lines.append("the file: a secret in it (a password, or the token by which an account is known) is another than when it was planned")
    return lines


def _step(plan, step, other, progress, begun, lines):
    ways: dict = {}
    changes = {change["object"]: change for change in other["changes"]}
    for change in step["changes"]:
        name = change["object"]
        entry = progress.get(key_of(plan, step, change))
        current = changes.pop(name, None)
        line = None
        if entry is None:
            line = _compared(step, change, current, name in other["unchanged"], begun)
        elif current is None:
            ways[name] = ALREADY
        elif entry.state == DONE:
            line = "it was done at %s, and somebody has undone it: now it would be %s" % (entry.settled_at, _doing(current))
        elif current["action"] != change["action"] and (current["action"] != UPDATED or change["action"] == DELETED):
            line = "planned: %s; now: %s" % (_doing(change), _doing(current))
        if line is not None:
            lines.append("%s: %s" % (_named(step, name), line))
        ways.setdefault(name, DO)
    for name, state in step["unchanged"].items():
        current = changes.pop(name, None)
        if current is not None:
            lines.append("%s: was as the file wants it; now: %s" % (_named(step, name), _doing(current)))
        elif name not in other["unchanged"]:
            lines.append("%s: was there when it was planned, and is not any more" % _named(step, name))
        elif other["unchanged"][name] != state and not begun:
            # What this plan has done so far may show in what it leaves alone.
            lines.append("%s: has changed since it was planned, in what the plan leaves alone" % _named(step, name))
    lines += ["%s: not in the plan; now: %s" % (_named(step, name), _doing(change)) for name, change in changes.items()]
    return ways


def _compared(step, change, current, there, begun):
    """Return how a change that nobody has begun differs from what it would be now, or None."""
    if current is None:
        return "planned: %s; now: %s" % (_doing(change), "it is as the file wants it" if there else "it is not there")
    if current["action"] != change["action"]:
        return "planned: %s; now: %s" % (_doing(change), _doing(current))
    if current["after"] != change["after"]:
        if UPDATED not in (current["action"], change["action"]):
            return "planned: %s; now: with other values (%s)" % (_doing(change), _fields(change["after"], current["after"]))
        return "planned: %s; now: %s" % (_doing(change), _doing(current))
    if not begun and (current["state"] != change["state"] or current["before"] != change["before"]):
        fields = ["%s was %s, is %s" % (name, text(change["before"].get(name)), text(current["before"].get(name)))
                  for name in change["before"] if change["before"].get(name) != current["before"].get(name)]
        return "has changed since it was planned (%s)" % (", ".join(fields) or "in what the plan leaves alone")
    if change.get("price", {}).get("amount") != current.get("price", {}).get("amount"):
        return "cost %s when it was planned, and costs %s now" % (change["price"]["amount"], current["price"]["amount"])
    return None


def _named(step, name):
    return "%s/%s: %s %s" % (step["vendor"], step["account"], step["kind"], name)


def _doing(change):
    if change["action"] == UPDATED:
        return "updated (%s)" % _fields(change["before"], change["after"], same=True)
    return change["action"]


def _fields(before, after, same=False):
    """Return what fields were and are; ``same``: also those that are as they were."""
    return ", ".join("%s: %s -> %s" % (name, text(before.get(name)), text(after.get(name)))
                     for name in list(after) + [name for name in before if name not in after] if same or before.get(name) != after.get(name))
