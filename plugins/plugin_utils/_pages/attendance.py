# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The attendance report of classes as a page."""

from __future__ import annotations

from ansible_collections.kariz.panels.plugins.module_utils._business.attendance import rate, summary

from .charts import columns
from .language import Language
from .render import filled, tile
from .render import page as rendered

_TOP = 25


def page(report, code, title=None):
    """Return the report as a page in one language."""
    language = Language(code, "attendance")
    found = summary(report)
    days = [(language.short_day(day), rate(**marks), _grade(rate(**marks))) for day, marks in found["days"].items()]
    hours = [(language.number(hour), number, "") for hour, number in enumerate(found["hours"])]
    people, chip = _people(language, found)
    return rendered(
        "attendance.html.j2", language, title=title or language.say("title"),
        subtitle=language.say("range", language.day(report["from"]), language.day(report["to"]), language.time(report["at"])), foot=language.say("foot"),
        tiles=_tiles(language, found), by_day=columns(days, language, most=100, rate=True), calls=found["total"]["calls"],
        classes=_classes(language, found), people=people, people_chip=chip, by_hour=columns(hours, language), errors=report.get("errors") or [])


def _grade(percent):
    return "" if percent is None or percent >= 85 else "warn" if percent >= 70 else "bad"


def _tiles(language, found):
    total = found["total"]
    percent = rate(total["present"], total["absent"])
    met = sum(1 for one in found["classes"] if one["calls"])
    return [
        tile(language.say("classes"), language.number(len(found["classes"])), language.say("with_calls", language.number(met))),
        tile(language.say("calls"), language.number(total["calls"]), language.say("people", language.number(len(found["people"])))),
        tile(language.say("rate"), language.percent(percent), language.say("of_marks", language.number(total["present"]), language.number(total["absent"])),
             _grade(percent)),
        tile(language.say("visits"), language.number(total["visits"]), language.say("hours", language.number(total["minutes"] / 60)))]


def _share(percent):
    return {"bar": filled(percent, _grade(percent))} if percent is not None else ""


def _classes(language, found):
    several = len({one["account"] for one in found["classes"]}) > 1
    rows = []
    for one in sorted(found["classes"], key=lambda one: (-one["calls"], one["title"] or "")):
        percent = rate(one["present"], one["absent"])
        rows.append([{"text": one["title"] or one["slug"] or one["id"], "chip": one["account"] if several else ""},
                     "\u060c ".join(one["teachers"]) or "\u2013", language.number(one["calls"]), language.number(one["present"]),
                     language.number(one["absent"]), language.percent(percent), _share(percent)])
    return rows


def _people(language, found):
    missing = sorted((one for one in found["people"] if one["absent"]), key=lambda one: (-one["absent"], one["present"], one["name"]))
    rows = []
    for one in missing[:_TOP]:
        percent = rate(one["present"], one["absent"])
        rows.append([one["name"] or "\u2013", one["username"], language.number(one["absent"]), language.number(one["present"]), language.percent(percent),
                     _share(percent), language.number(one["visits"]), language.number(one["minutes"] / 60)])
    return rows, language.say("count", language.number(len(rows)), language.number(len(missing))) if len(rows) < len(missing) else ""
