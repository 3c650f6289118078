# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The credit report as a page."""

from __future__ import annotations

from ansible_collections.kariz.panels.plugins.module_utils._business.credits import ENDING, day_of, exhausted, moment, standing

from .charts import columns, trend
from .credit_text import account_name, amount, expiry, gauge_name, grouped, language_of, lasting, sentence
from .render import filled, isolated, tile
from .render import page as rendered

_TOP = 15
#: So many of those that ended last are shown before those of whom somebody should think now.
_ENDED = 4


def page(report, code, title=None):
    """Return the report as a page in one language."""
    language = language_of(code)
    alerts = grouped(report["alerts"])
    shown = alerts[:_TOP]
    people = []
    for vendor, account in dict.fromkeys((one["vendor"], one["account"]) for one in report["gauges"] if one["of"] == "subscriber"):
        found = [one for one in report["gauges"] if (one["of"], one["vendor"], one["account"]) == ("subscriber", vendor, account)]
        people.append(_people(language, found, report, account_name(language, vendor, account)))
    return rendered(
        "credit.html.j2", language, title=title or language.say("title"), subtitle=language.say("as_of", language.time(report["at"])),
        foot=language.say("foot"), tiles=_tiles(language, report, alerts),
        alerts=[{"text": sentence(language, alert, isolated), "bad": _is_bad(alert)} for alert in shown],
        alerts_chip=language.say("count", language.number(len(shown)), language.number(len(alerts))) if len(shown) < len(alerts) else "",
        cards=[_card(language, one, report) for one in report["gauges"] if one["of"] == "account"], people=people,
        errors=[dict(error, account=account_name(language, error["vendor"], error["account"])) for error in report["errors"]])


def _tiles(language, report, alerts):
    vendors = len({one["vendor"] for one in report["accounts"]})
    unread = len(report["errors"])
    worst = "bad" if any(map(_is_bad, alerts)) else "warn"
    made = [
        tile(language.say("accounts"), language.number(len(report["accounts"])), language.say("not_read", language.number(unread)) if unread
             else language.say("accounts_of", language.number(vendors)), "bad" if unread else ""),
        tile(language.say("warnings"), language.number(len(alerts)) if alerts else language.say("none"), "", worst if alerts else "good")]
    lasting_ones = sorted((one for one in report["gauges"] if one["of"] == "account" and one["days_left"] is not None), key=lambda one: one["days_left"])
    made.append(_first(language, "shortest", lasting_ones, "days_left", report))
    ending = sorted((one for one in report["gauges"] if one["expires_in"] is not None), key=lambda one: one["expires_in"])
    ended = [one for one in ending if standing(one) == "ended"]
    coming = ending[len(ended):]
    if ended:
        # What is over comes first, whatever ends next.
        made.append(tile(language.say("have_ended"), language.number(len(ended)),
                         language.say("next_end", language.days(coming[0]["expires_in"])) if coming else "", "bad"))
    else:
        made.append(_first(language, "soonest", coming, "expires_in", report))
    return made


def _first(language, label, found, value, report):
    if not found:
        return tile(language.say(label), "\u2013")
    one = found[0]
    return tile(language.say(label), language.days(one[value]) if one[value] > 0 else language.say("used_up"), "%s \u2013 %s" % (
        isolated(account_name(language, one["vendor"], one["account"])), isolated(gauge_name(language, one))), _state(one, report))


def _state(one, report):
    """Return how a gauge stands: nothing, ``warn`` or ``bad``."""
    mine = [alert for alert in report["alerts"] if all(alert[name] == one[name] for name in ("vendor", "account", "key"))]
    return "bad" if standing(one) == "ended" or any(map(_is_bad, mine)) else "warn" if mine else ""


def _is_bad(alert):
    return alert["action"] == "fail" or alert["reason"] in ("ended", "exhausted")


def _bar(one, report):
    """Return the bar of what is left: of what has ended, nothing can be used."""
    return filled(0.0 if standing(one) == "ended" else one["percent"], _state(one, report)) if one["percent"] is not None else None


def _card(language, one, report):
    unlimited = one["unlimited"]
    lasts = ""
    if not unlimited and standing(one) != "ended":
        lasts = lasting(language, one) if one["days_left"] is not None else language.say("fresh" if one["per_day"] is None else "steady")
    ahead = one["days_left"] if not exhausted(one) else None
    return {
        "state": _state(one, report), "kind": language.say("k_" + one["kind"]), "account": account_name(language, one["vendor"], one["account"]),
        "name": one["name"], "value": language.say("unlimited") if unlimited else amount(language, one["kind"], one["left"]),
        "total": language.say("of_total", amount(language, one["kind"], one["total"])) if one["total"] and not unlimited else "",
        "bar": None if unlimited else _bar(one, report), "lasts": lasts,
        "trend": None if unlimited else trend(one["trend"], moment(report["at"]), language, ahead),
        "expiry": expiry(language, one) if one["expires"] else ""}


def _pressing(one):
    """Return the order of subscribers of whom somebody should think: little left, or the end near."""
    percent = 100.0 if one["percent"] is None else one["percent"]
    return min(percent, 100.0 if one["expires_in"] is None else 3.4 * one["expires_in"]), one["name"]


def _people(language, people, report, title):
    """Subscribers are many: a chart of when their services end, and those of whom somebody should think."""
    coming = {day: 0 for day in report["coming_days"]}
    for one in people:
        if one["expires_in"] is not None and one["expires_in"] >= 0 and day_of(one["expires"]).isoformat() in coming:
            coming[day_of(one["expires"]).isoformat()] += 1
    values = [(language.short_day(day), number, "bad" if place < 3 else "warn" if place < 7 else "") for place, (day, number) in enumerate(coming.items())]
    over = sorted((one for one in people if standing(one) == "ended"), key=lambda one: (-one["expires_in"], one["name"]))
    going = sorted((one for one in people if standing(one) != "ended"), key=_pressing)
    pressing = over[:max(_ENDED, _TOP - len(going))]
    pressing += going[:_TOP - len(pressing)]
    rows = []
    for one in pressing:
        share = _bar(one, report)
        rows.append([one["name"], expiry(language, one) if one["expires"] else "\u2013",
                     language.say("unlimited") if one["unlimited"] else amount(language, one["kind"], one["left"]), {"bar": share} if share else ""])
    stands = [standing(one) for one in people]
    return {
        "title": title, "chip": "%s: %s" % (language.say("subscribers"), language.number(len(people))),
        "standing": language.say("standing", language.number(stands.count("ended")), language.number(stands.count("ending")), language.days(ENDING),
                                 language.number(stands.count("healthy"))),
        "chart": columns(values, language), "rows": rows,
        "pressing": language.say("pressing", language.say("count", language.number(len(pressing)), language.number(len(people))))}
