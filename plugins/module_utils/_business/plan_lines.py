# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan, and what came of it, as lines for a terminal: no more than a screen."""

from __future__ import annotations

import datetime

from .._core.calendar import dates
from .._core.state.planner import CREATED, DELETED, UPDATED, few
from .._core.text.letters import counted
from . import kinds, pricing
from .plan import SHORT
from .spending import lacking, needs_approval, over, shown

#: Of one sort so many objects are named.
_NAMED = 6
_SCREEN = 24


def made_at(plan):
    return dates.tehran(datetime.datetime.fromisoformat(plan["at"])).strftime("%Y-%m-%d %H:%M")


def headline(plan):
    changes = sum(len(step["changes"]) for step in plan["steps"])
    same = sum(len(step["unchanged"]) for step in plan["steps"])
    return "plan %s of %s%s, made %s (Tehran): %s, %d as the file wants them" % (
        plan["plan_digest"][:SHORT], "taking away " if plan["state"] == "absent" else "", plan["desired_state"], made_at(plan),
        counted(changes, "changes"), same)


def step_line(step):
    counts = {action: [change["object"] for change in step["changes"] if change["action"] == action] for action in (CREATED, UPDATED, DELETED)}
    told = ["%d %s (%s)" % (len(names), action, few(names, _NAMED)) for action, names in counts.items() if names]
    if step["unchanged"]:
        told.append("%d unchanged" % len(step["unchanged"]))
    return "%s/%s: %s%s: %s" % (step["vendor"], step["account"], step["kind"], " (what goes)" if step["part"] == "remove" else "",
                                ", ".join(told) or "nothing to do")


def costs_of(account):
    """Return what an account spends in one line, or None."""
    if not account["costs"]:
        return None
    told = []
    for what, cost in account["costs"].items():
        text = counted(cost["count"], pricing.FINAL_OF[what])
        if "parts" in cost:
            text += " of %s" % counted(cost["parts"], "parts")
        told.append("%s %s" % (text, shown(cost["amount"]) if cost["amount"] or not account["unpriced"] else "(price not known: give part_price)"))
    line = "costs %s/%s: %s; together %s" % (account["vendor"], account["account"], ", ".join(told), shown(account["spend"]))
    if account["without_vat"]:
        line += ", and VAT on %s, which no purchase that was read tells" % counted(account["without_vat"], "purchases")
    if account["balance"] is not None:
        line += " of %s" % shown(account["balance"])
    return line


def lines(plan):
    """Return a plan for a terminal."""
    made = [headline(plan)]
    busy = [step for step in plan["steps"] if step["changes"]]
    made += [step_line(step) for step in busy]
    made += [line for line in map(costs_of, plan["accounts"]) if line]
    final: dict = {}
    for one in plan["final"]:
        final.setdefault(one["what"], []).append(one["object"])
    if final:
        made.append("cannot be undone: %s" % "; ".join("%s (%s)" % (counted(len(names), what), few(names, _NAMED)) for what, names in final.items()))
    made += ["lacking: %s" % line for line in lacking(plan["accounts"])]
    made += ["lacking: %s/%s: %s has not the %s that a prepaid service costs, unless the vendor allows a debt" % (
        one["vendor"], one["account"], owner, shown(amount)) for one in plan["accounts"] for owner, amount in one["subscribers_lacking"].items()]
    made += ["over the limit: %s" % line for line in over(plan["accounts"])]
    made += ["note: %s" % text for step in plan["steps"] for text in step.get("warnings", ())]
    made += ["note: %s/%s: %s" % (vendor, account, note["en"]) for vendor, account, note in kinds.notes(plan["steps"])]
    wanted = needs_approval(plan["accounts"])
    if wanted:
        made.append("to be approved (%s): -e approved=%s" % (few(wanted, _NAMED), plan["plan_digest"][:SHORT]))
    if len(made) > _SCREEN:
        # What costs or cannot be undone stands at the end, and matters more than one more list of names.
        keep = [place for place, line in enumerate(made) if place and line.split(":", 1)[0].split(" ")[0] not in ("costs", "cannot", "lacking", "over", "to")]
        gone = keep[max(1, len(keep) - (len(made) - _SCREEN) - 1):]
        made = [line for place, line in enumerate(made) if place not in gone] + ["... and %s, in the plan itself" % counted(len(gone), "more lines")]
    return made
