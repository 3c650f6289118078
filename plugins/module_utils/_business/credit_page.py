# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The credit report as a page, as CSV and as lines for a terminal."""

from __future__ import annotations

from . import tables
from .credits import ENDING, standing
from .page import Language, columns, document, escape, filled, section, table, tile, trend

WORDS = {
    "en": {
        "title": "Credit report", "as_of": "As of %s (Tehran)", "bytes": ["B", "KiB", "MiB", "GiB", "TiB", "PiB"],
        "accounts": "Accounts", "accounts_of": "of %s vendors", "not_read": "%s could not be read", "warnings": "Warnings", "none": "none",
        "all_well": "Everything is above its threshold.", "shortest": "Runs out first", "soonest": "Expires first", "days": "%s days", "day": "1 day",
        "alerts": "Needs attention", "left": "left", "of_total": "of %s", "rial": "rial", "hours": "hours", "unlimited": "unlimited",
        "lasts": "Lasts about %s at its pace of %s a day", "steady": "Not used lately", "fresh": "The trend shows after a few runs",
        "expires": "Expires on %s (%s)", "expired": "Expired on %s", "subscribers": "Subscribers", "ends": "Services that end in the next 30 days",
        "low": "Least left, and soonest to end", "username": "Username", "ends_on": "Ends", "traffic": "Traffic left", "share": "Share",
        "errors": "Could not be read", "trend": "Figures so far and forecast",
        "foot": "Made by kariz.panels. Figures are the vendors' own; forecasts assume today's pace.",
        "k_money": "Balance", "k_hours": "Class hours", "k_disk": "Disk", "k_storage": "Storage", "k_traffic": "Traffic",
        "below": "%s: %s left, under %s", "below_percent": "%s: %s left, under %s", "days_left": "%s: lasts about %s, under %s",
        "expires_days": "%s: expires in %s, within %s", "gone": "%s: has expired",
        "many_below": "%s subscribers have less than %s left", "many_below_percent": "%s subscribers have less than %s left",
        "many_days_left": "%s subscribers run out within %s", "many_expires_days": "%s subscribers' services end within %s",
        "many_ended": "%s subscribers' services have ended", "standing": "%s ended, %s end within %s, %s go on", "count": "%s of %s",
    },
    "fa": {
        "title": "گزارش اعتبار", "as_of": "%s به وقت تهران", "bytes": ["بایت", "کیبی‌بایت", "مبی‌بایت", "گیبی‌بایت", "تبی‌بایت", "پبی‌بایت"],
        "accounts": "حساب‌ها", "accounts_of": "از %s سرویس‌دهنده", "not_read": "%s حساب خوانده نشد", "warnings": "هشدارها", "none": "هیچ",
        "all_well": "همه چیز بالای آستانه است.", "shortest": "زودتر تمام می‌شود", "soonest": "زودتر منقضی می‌شود", "days": "%s روز", "day": "۱ روز",
        "alerts": "نیازمند توجه", "left": "مانده", "of_total": "از %s", "rial": "ریال", "hours": "ساعت", "unlimited": "نامحدود",
        "lasts": "حدود %s دوام دارد، با مصرف روزانهٔ %s", "steady": "این روزها مصرفی نداشته است", "fresh": "روند پس از چند اجرا دیده می‌شود",
        "expires": "انقضا: %s (%s)", "expired": "در %s منقضی شد", "subscribers": "مشترکان", "ends": "سرویس‌هایی که تا ۳۰ روز دیگر تمام می‌شوند",
        "low": "کمترین مانده و زودترین پایان", "username": "نام کاربری", "ends_on": "پایان", "traffic": "ترافیک مانده", "share": "سهم",
        "errors": "خوانده نشد", "trend": "ارقام تا امروز و پیش‌بینی",
        "foot": "ساختهٔ kariz.panels. ارقام از خود سرویس‌دهنده‌هاست؛ پیش‌بینی با همین آهنگ مصرف.",
        "k_money": "موجودی", "k_hours": "ساعت کلاس", "k_disk": "فضای دیسک", "k_storage": "فضای ذخیره", "k_traffic": "ترافیک",
        "below": "%s: %s مانده، کمتر از %s", "below_percent": "%s: %s مانده، کمتر از %s", "days_left": "%s: حدود %s دیگر تمام می‌شود، کمتر از %s",
        "expires_days": "%s: %s دیگر منقضی می‌شود، در کمتر از %s", "gone": "%s: منقضی شده است",
        "many_below": "%s مشترک کمتر از %s دارند", "many_below_percent": "%s مشترک کمتر از %s دارند",
        "many_days_left": "اعتبار %s مشترک تا %s دیگر تمام می‌شود", "many_expires_days": "%s مشترک تا %s دیگر سرویسشان تمام می‌شود",
        "many_ended": "سرویس %s مشترک تمام شده است", "standing": "%s تمام‌شده، %s تا %s دیگر تمام می‌شود، %s برقرار", "count": "%s از %s",
    },
}

VENDORS = {
    "alocom": {"en": "Alocom", "fa": "الوکام"}, "deltasib": {"en": "DeltaSib", "fa": "دلتاسیب"}, "payamsms": {"en": "PayamSMS", "fa": "پیام‌اس‌ام‌اس"},
    "podspace": {"en": "POD Space", "fa": "پاد اسپیس"}, "smspanel": {"en": "SMS panel", "fa": "پنل پیامک"},
}
_TOP = 15
COLUMNS = ("vendor", "account", "name", "kind", "of", "left", "total", "percent", "per_day", "days_left", "expires", "expires_in")


def language_of(code):
    return Language(code, WORDS[code])


def amount(language, kind, value):
    """Return a quantity with its unit."""
    if value is None:
        return "\u2013"
    if kind in ("storage", "traffic"):
        return language.size(value)
    if kind == "disk":
        # The vendor does not say in what it counts.
        return language.number(value)
    return "%s %s" % (language.number(value), language.say({"money": "rial", "hours": "hours"}[kind]))


def days(language, value):
    number = int(value) if value >= 1 or value <= 0 else round(value, 1)
    return language.say("day") if number == 1 else language.say("days", language.number(number))


def _vendor(language, vendor):
    return VENDORS.get(vendor, {}).get(language.code, vendor)


def account_name(language, vendor, account):
    name = _vendor(language, vendor)
    return name if account == vendor else "%s / %s" % (name, account)


def gauge_name(language, one):
    return one["name"] or language.say("k_" + one["kind"])


def apart(text):
    """Return a name so that its direction does not turn the sentence around it."""
    return "\u2068%s\u2069" % text


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
        if alert["reason"] == "ended":
            return language.say("many_ended", what + language.number(alert["count"]))
        limit = {"days_left": days, "expires_days": days}.get(alert["reason"], lambda language, limit: amount(language, alert["kind"], limit))
        if alert["reason"] == "below_percent":
            limit = Language.percent
        return language.say("many_" + alert["reason"], what + language.number(alert["count"]), limit(language, alert["limit"]))
    what += name(gauge_name(language, alert))
    reason, value, limit = alert["reason"], alert["value"], alert["limit"]
    if reason == "ended":
        return language.say("gone", what)
    if reason == "expires_days":
        return language.say(reason, what, days(language, value), days(language, limit))
    if reason == "days_left":
        return language.say(reason, what, days(language, value), days(language, limit))
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
            text += "; " + language.say("lasts", days(language, one["days_left"]), amount(language, one["kind"], one["per_day"]))
        if one["expires"]:
            text += "; " + _expiry(language, one)
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
    return tables.to_csv(("at",) + COLUMNS, [[report["at"]] + [_figure(one[name]) for name in COLUMNS] for one in report["gauges"]])


def _figure(value):
    """Return a number with as many digits as mean something."""
    if isinstance(value, float):
        made = float("%.6g" % value) if abs(value) < 1e6 else round(value)
        return int(made) if made == int(made) else made
    return value


# -- the page ----------------------------------------------------------------------------------------------------------


def page(report, code, title=None):
    """Return the report as a page in one language."""
    language = language_of(code)
    body = [_tiles(language, report), _alerts(language, report)]
    cards = [_card(language, one, report) for one in report["gauges"] if one["of"] == "account"]
    if cards:
        body.append(section(language.say("accounts"), '<div class="cards">%s</div>' % "\n".join(cards)))
    for vendor in dict.fromkeys(one["vendor"] for one in report["accounts"]):
        of_vendor = [one for one in report["gauges"] if one["vendor"] == vendor]
        for account in dict.fromkeys(one["account"] for one in of_vendor if one["of"] == "subscriber"):
            people = [one for one in of_vendor if one["of"] == "subscriber" and one["account"] == account]
            body.append(section(account_name(language, vendor, account), _people(language, people, report), "%s: %s" % (
                language.say("subscribers"), language.number(len(people)))))
    if report["errors"]:
        body.append(section(language.say("errors"), '<ul class="alerts">%s</ul>' % "".join('<li class="bad">%s: <bdi>%s</bdi></li>' % (
            escape(account_name(language, error["vendor"], error["account"])), escape(error["message"])) for error in report["errors"])))
    return document(language, title or language.say("title"), language.say("as_of", language.time(report["at"])), "\n".join(body), language.say("foot"))


def _tiles(language, report):
    gauges = [one for one in report["gauges"] if one["of"] == "account"]
    read = report["accounts"]
    vendors = len({one["vendor"] for one in read})
    lasting = sorted((one for one in gauges if one["days_left"] is not None), key=lambda one: one["days_left"])
    ending = sorted((one for one in gauges if one["expires_in"] is not None and one["expires_in"] >= 0), key=lambda one: one["expires_in"])
    made = [tile(language.say("accounts"), language.number(len(read)), language.say("not_read", language.number(len(report["errors"]))) if report["errors"]
                 else language.say("accounts_of", language.number(vendors)), "bad" if report["errors"] else "")]
    worst = "bad" if any(alert["action"] == "fail" for alert in report["alerts"]) else "warn"
    alerts = grouped(report["alerts"])
    made.append(tile(language.say("warnings"), language.number(len(alerts)) if alerts else language.say("none"), "",
                     worst if report["alerts"] else "good"))
    for label, found, value in (("shortest", lasting, "days_left"), ("soonest", ending, "expires_in")):
        if found:
            one = found[0]
            made.append(tile(language.say(label), days(language, one[value]), "%s \u2013 %s" % (
                apart(account_name(language, one["vendor"], one["account"])), apart(gauge_name(language, one))), _state(one, report)))
        else:
            made.append(tile(language.say(label), "\u2013"))
    return '<div class="tiles">%s</div>' % "\n".join(made)


def _alerts(language, report):
    if not report["alerts"]:
        return section(language.say("alerts"), '<div class="panel good">\u2713 %s</div>' % escape(language.say("all_well")))
    alerts = grouped(report["alerts"])
    shown = alerts[:_TOP]
    items = "".join('<li class="%s">%s</li>' % ("bad" if _is_bad(alert) else "warn", escape(sentence(language, alert, apart))) for alert in shown)
    chip = language.say("count", language.number(len(shown)), language.number(len(alerts))) if len(shown) < len(alerts) else ""
    return section(language.say("alerts"), '<ul class="alerts">%s</ul>' % items, chip)


def _state(one, report):
    """Return how a gauge stands: nothing, ``warn`` or ``bad``."""
    mine = [alert for alert in report["alerts"] if all(alert[name] == one[name] for name in ("vendor", "account", "key"))]
    return "bad" if standing(one) == "ended" or any(map(_is_bad, mine)) else "warn" if mine else ""


def _is_bad(alert):
    return alert["action"] == "fail" or alert["reason"] == "ended" or (alert["value"] <= 0 and alert["of"] == "account")


def _expiry(language, one):
    if one["expires_in"] < 0:
        return language.say("expired", language.day(one["expires"]))
    return language.say("expires", language.day(one["expires"]), days(language, one["expires_in"]))


def _bar(one):
    """Return the bar of what is left: of what has ended, nothing can be used."""
    return filled(0.0 if standing(one) == "ended" else one["percent"])


def _card(language, one, report):
    value = language.say("unlimited") if one["unlimited"] else amount(language, one["kind"], one["left"])
    total = language.say("of_total", amount(language, one["kind"], one["total"])) if one["total"] and not one["unlimited"] else ""
    chip = '<span class="chip"><bdi>%s</bdi></span>' % escape(account_name(language, one["vendor"], one["account"]))
    parts = ['<div class="card %s"><p class="soft small row"><span>%s</span>%s</p>' % (_state(one, report), escape(language.say("k_" + one["kind"])), chip)]
    if one["name"]:
        parts.append("<h3>%s</h3>" % escape(one["name"]))
    parts.append('<p class="big">%s <small>%s</small></p>' % (escape(value), escape(total)))
    if one["percent"] is not None and not one["unlimited"]:
        parts.append(_bar(one))
    if not one["unlimited"]:
        ahead = one["days_left"] if one["days_left"] is not None and one["days_left"] > 0 else None
        parts.append(trend(one["trend"], language.say("trend"), language, report["at"], ahead))
        if one["days_left"] is not None:
            told = language.say("lasts", days(language, one["days_left"]), amount(language, one["kind"], one["per_day"]))
        else:
            told = language.say("fresh" if one["per_day"] is None else "steady")
        parts.append('<p class="small soft">%s</p>' % escape(told))
    if one["expires"]:
        parts.append('<p class="small">%s</p>' % escape(_expiry(language, one)))
    return "\n".join(part for part in parts if part) + "</div>"


def _people(language, people, report):
    """Subscribers are many: a chart of when their services end, and those of whom somebody should think."""
    by_day = [0] * 30
    for one in people:
        if one["expires_in"] is not None and 0 <= one["expires_in"] < 30:
            by_day[int(one["expires_in"])] += 1
    values = [(language.short_day(day), number, "bad" if place < 3 else "warn" if place < 7 else "") for place, (day, number) in
              enumerate(zip(report["coming_days"], by_day))]
    chart = '<div class="panel"><p class="soft small">%s</p>%s</div>' % (escape(language.say("ends")), columns(values, language.say("ends"), language))
    pressing = sorted(people, key=lambda one: (min(one["percent"] if one["percent"] is not None else 100.0, 3.4 * max(one["expires_in"], 0.0)
                                                   if one["expires_in"] is not None else 100.0), one["name"]))[:_TOP]
    rows = [[escape(one["name"]), escape(_expiry(language, one) if one["expires"] else "\u2013"),
             escape(language.say("unlimited") if one["unlimited"] else amount(language, one["kind"], one["left"])),
             '<div class="%s">%s</div>' % (_state(one, report), _bar(one)) if one["percent"] is not None else ""] for one in pressing]
    listed = table([(language.say("username"), ""), (language.say("ends_on"), ""), (language.say("traffic"), "number"), (language.say("share"), "")], rows)
    stands = [standing(one) for one in people]
    told = language.say("standing", language.number(stands.count("ended")), language.number(stands.count("ending")), days(language, ENDING),
                        language.number(stands.count("healthy")))
    return '<p class="soft" style="margin:0 0 10px">%s</p>\n%s\n<p class="soft small" style="margin:16px 0 8px">%s (%s)</p>\n%s' % (
        escape(told), chart, escape(language.say("low")), escape(language.say("count", language.number(len(pressing)), language.number(len(people)))), listed)
