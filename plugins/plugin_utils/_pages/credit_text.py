# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The credit report in words: amounts, alerts as sentences, lines for a terminal, and CSV."""

from __future__ import annotations

from ansible_collections.kariz.panels.plugins.module_utils._business import kinds, tables

from .language import Language

#: Units are in the column ``unit`` (of left, total and per_day); ``days_left`` and ``expires_in`` are days.
COLUMNS = (*tables.times("at"), "vendor", "account", "name", "kind", "of", "left", "total", "unit", "percent", "per_day", "days_left",
           *tables.times("expires"), "expires_in")


def language_of(code):
    return Language(code, "credit")


def amount(language, kind, value):
    """Return a quantity with its unit."""
    if value is None:
        return "\u2013"
    unit = kinds.GAUGES[kind]
    if unit == "bytes":
        return language.size(value)
    return language.number(value) if unit is None else language.say(unit, language.number(value))


def account_name(language, vendor, account):
    name = kinds.vendor(vendor).titles[language.code]
    return name if account == vendor else "%s / %s" % (name, account)


def kind_title(language, vendor, kind):
    """Return what people call the objects of a kind; a kind that no row of the table has is shown as it is."""
    found = kinds.of(vendor).get(kind)
    return found.titles[language.code] if found else kind


def gauge_name(language, one):
    return one["name"] or language.say("k_" + one["kind"])


def expiry(language, one):
    if one["expires_in"] < 0:
        return language.say("expired", language.day(one["expires"]))
    return language.say("expires", language.day(one["expires"]), language.days(one["expires_in"]))


def lasting(language, one):
    """Return how long a gauge with ``days_left`` lasts."""
    if one["days_left"] <= 0:
        return language.say("used_up")
    return language.say("lasts", language.days(one["days_left"]), amount(language, one["kind"], one["per_day"]))


def grouped(alerts):
    """Return the alerts with those of subscribers, who are many, as one for each account and reason, with their ``count``."""
    made: dict = {}
    for alert in alerts:
        key = (alert["vendor"], alert["account"], alert["reason"], alert["action"], alert["key"] if alert["of"] == "account" else None)
        made.setdefault(key, dict(alert, count=0))["count"] += 1
    return list(made.values())


def sentence(language, alert, name=str):
    """Return an alert of :func:`grouped` in words. ``name`` is done to every name in it."""
    what = name(account_name(language, alert["vendor"], alert["account"])) + " \u2013 "
    if alert["of"] == "subscriber":
        many = ("many_" if alert["count"] > 1 else "one_") + alert["reason"]
        if alert["reason"] in ("ended", "exhausted"):
            return language.say(many, what + language.number(alert["count"]))
        limit = {"days_left": Language.days, "expires_days": Language.days}.get(alert["reason"], lambda language, limit: amount(language, alert["kind"], limit))
        if alert["reason"] == "below_percent":
            limit = Language.percent
        return language.say(many, what + language.number(alert["count"]), limit(language, alert["limit"]))
    what += name(gauge_name(language, alert))
    reason, value, limit = alert["reason"], alert["value"], alert["limit"]
    if reason == "ended":
        return language.say("gone", what)
    if reason == "exhausted":
        return language.say(reason, what, amount(language, alert["kind"], value))
    if reason in ("expires_days", "days_left"):
        return language.say(reason, what, language.days(value), language.days(limit))
    if reason == "below_percent":
        return language.say(reason, what, language.percent(value), language.percent(limit))
    return language.say(reason, what, amount(language, alert["kind"], value), amount(language, alert["kind"], limit))


def lines(report, code="en"):
    """Return the report for a terminal, one line a gauge of an account, then the alerts and what could not be read."""
    language = language_of(code)
    made = []
    for one in report["gauges"]:
        if one["of"] != "account":
            continue
        text = "%s/%s: %s: %s" % (one["vendor"], one["account"], gauge_name(language, one),
                                  language.say("unlimited") if one["unlimited"] else amount(language, one["kind"], one["left"]))
        if one["total"]:
            text += " " + language.say("of_total", amount(language, one["kind"], one["total"]))
        if one["days_left"] is not None:
            text += "; " + lasting(language, one)
        if one["expires"]:
            text += "; " + expiry(language, one)
        made.append(text)
    for key, number in _subscribers(report).items():
        made.append("%s/%s: %s: %s" % (key + (language.say("subscribers"), language.number(number))))
    made += ["! " + sentence(language, alert) for alert in grouped(report["alerts"])]
    return made + ["! %s/%s: %s" % (error["vendor"], error["account"], error["message"]) for error in report["errors"]]


def _subscribers(report):
    found: dict = {}
    for one in report["gauges"]:
        if one["of"] == "subscriber":
            key = (one["vendor"], one["account"])
            found[key] = found.get(key, 0) + 1
    return found


def to_csv(report):
    """Return all gauges as CSV."""
    def row(one):
        unit = kinds.GAUGES[one["kind"]]
        return [*tables.when(report["at"]), one["vendor"], one["account"], one["name"], one["kind"], one["of"], _figure(one["left"]), _figure(one["total"]),
                unit, *(_figure(one[name]) for name in ("percent", "per_day", "days_left")), *tables.when(one["expires"]), _figure(one["expires_in"])]
    return tables.to_csv(COLUMNS, map(row, report["gauges"]))


def _figure(value):
    """Return a number with as many digits as mean something."""
    if isinstance(value, float):
        made = float("%.6g" % value) if abs(value) < 1e6 else round(value)
        return int(made) if made == int(made) else made
    return value
