# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan as a page that somebody signs."""

from __future__ import annotations

from ansible_collections.kariz.panels.plugins.module_utils._business import kinds, pricing
from ansible_collections.kariz.panels.plugins.module_utils._business.plan import SHORT
from ansible_collections.kariz.panels.plugins.module_utils._business.spending import needs_approval
from ansible_collections.kariz.panels.plugins.module_utils._core.state.planner import CREATED, DELETED, UPDATED

from .credit_text import account_name, kind_title
from .language import Language
from .render import isolated, tile
from .render import page as rendered

#: More rows than this of one table stand in the plan itself.
MOST = 400
STATES = {CREATED: "good", UPDATED: "t-warn", DELETED: "t-bad"}


def page(plan, code):
    """Return the page of a plan in one language."""
    language = Language(code, "plan")
    short = plan["plan_digest"][:SHORT]
    changes = sum(len(step["changes"]) for step in plan["steps"])
    wanted = [account_name(language, *place.split("/", 1)) for place in needs_approval(plan["accounts"])]
    return rendered(
        "plan.html.j2", language, title=language.say("title_absent" if plan["state"] == "absent" else "title"),
        subtitle=language.say("of", isolated(plan["desired_state"]), language.time(plan["at"])),
        foot=language.say("foot"), short=short, digest=" ".join(short[place:place + 4] for place in range(0, SHORT, 4)), tiles=_tiles(language, plan, changes),
        alerts=_alerts(language, plan), covered=any(one["costs"] and one["balance"] is not None for one in plan["accounts"]), costs=_costs(language, plan),
        final=_final(language, plan), final_count=language.number(len(plan["final"])), more_final=more(language, len(plan["final"]) - MOST),
        steps=_steps(language, plan), approval=language.say("approval_of", "\u060c ".join(map(isolated, wanted))) if wanted else "")


def more(language, number):
    return language.say("more", language.number(number)) if number > 0 else ""


def _tiles(language, plan, changes):
    paying = [one for one in plan["accounts"] if one["costs"]]
    deletions = sum(one["deletions"] for one in plan["accounts"])
    # Sums of several accounts are in the money of several vendors: no sum of them is told.
    spend, whose = language.say("none"), ""
    if len(paying) == 1:
        spend, whose = language.number(paying[0]["spend"]), isolated(account_name(language, paying[0]["vendor"], paying[0]["account"]))
    elif paying:
        spend = language.say("accounts", language.number(len(paying)))
    return [
        tile(language.say("changes"), language.number(changes), language.say("same", language.number(sum(len(step["unchanged"]) for step in plan["steps"])))),
        tile(language.say("spend"), spend, whose, "warn" if paying else "good"),
        tile(language.say("final"), language.number(len(plan["final"])) if plan["final"] else language.say("none"), "", "warn" if plan["final"] else "good"),
        tile(language.say("deletions_tile"), language.number(deletions) if deletions else language.say("none"), "", "bad" if deletions else "good")]


def _alerts(language, plan):
    bad, warn = [], []
    for one in plan["accounts"]:
        place = isolated(account_name(language, one["vendor"], one["account"]))
        if one["lacking"]:
            bad.append(language.say("lacking", place, language.number(one["lacking"])))
        for name in ("spend", "texts", "deletions"):
            limit = one["limits"].get(name)
            if limit is not None and one[name] > limit:
                bad.append(language.say("over_" + name, place, language.number(limit)))
        warn += [language.say("subscriber", place, isolated(owner), language.number(amount)) for owner, amount in one["subscribers_lacking"].items()]
        warn += [language.say(name, place, language.number(one[name])) for name in ("without_vat", "unpriced") if one[name]]
    warn += [isolated(line) for step in plan["steps"] for line in step.get("warnings", ())]
    warn += ["%s: %s" % (isolated(account_name(language, vendor, account)), note[language.code]) for vendor, account, note in kinds.notes(plan["steps"])]
    return [{"text": line, "bad": state} for state, lines in ((True, bad), (False, warn)) for line in lines]


def _costs(language, plan):
    rows = []
    for one in plan["accounts"]:
        several = len(one["costs"]) > 1
        lines = [[account_name(language, one["vendor"], one["account"]), language.say(what), language.number(cost["count"]),
                  language.number(cost["parts"]) if "parts" in cost else "",
                  language.say("unknown_price") if what == pricing.TEXT and one["unpriced"] else language.number(cost["amount"]), "", ""]
                 for what, cost in one["costs"].items()]
        if several:
            lines.append(["", language.say("together"), "", "", language.number(one["spend"]), "", ""])
        if lines and one["balance"] is not None:
            lines[-1][5] = language.number(one["balance"])
            lines[-1][6] = "" if one["unpriced"] else language.number(pricing.number(pricing.exact(one["balance"]) - pricing.exact(one["spend"])))
        rows += lines
    return rows


def _final(language, plan):
    prices = {(step["vendor"], step["account"], step["kind"], change["object"]): (change.get("price") or {}).get("amount")
              for step in plan["steps"] for change in step["changes"]}
    return [[language.say(one["what"]), account_name(language, one["vendor"], one["account"]), kind_title(language, one["vendor"], one["kind"]), one["object"],
             language.number(prices[one["vendor"], one["account"], one["kind"], one["object"]]) if one["what"] in pricing.FINAL_OF.values() else ""]
            for one in plan["final"][:MOST]]


def _steps(language, plan):
    made, left = [], MOST
    for step in plan["steps"]:
        if not step["changes"]:
            continue
        rows = []
        for change in step["changes"][:max(0, left)]:
            fields = list(change["after"]) + [name for name in change["before"] if name not in change["after"]]
            if change["action"] == CREATED:
                # What the object is called stands there already.
                fields = [name for name in fields if change["after"][name] != change["object"]]
            for place, name in enumerate((fields if change["action"] != DELETED else ()) or [None]):
                sides = [language.value(change[side].get(name)) if name else "" for side in ("before", "after")]
                rows.append({"object": change["object"] if place == 0 else "", "state": STATES[change["action"]],
                             "word": language.say(change["action"]) if place == 0 else "", "field": name or "",
                             "before": "" if change["action"] == CREATED else sides[0], "after": sides[1]})
        title = kind_title(language, step["vendor"], step["kind"])
        made.append({"account": account_name(language, step["vendor"], step["account"]), "rows": rows,
                     "kind": language.say("goes", title) if step["part"] == "remove" else title,
                     "same": language.say("untouched", language.number(len(step["unchanged"]))) if step["unchanged"] else "",
                     "more": more(language, len(step["changes"]) - max(0, left))})
        left -= len(step["changes"])
    return made
