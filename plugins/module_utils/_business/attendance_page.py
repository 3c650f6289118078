# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The attendance report of classes: what roll calls and visits add up to, as a page and as CSV. Pure functions."""

from __future__ import annotations

import datetime

from .._core.calendar import dates
from .page import Language, columns, document, escape, filled, section, table, tile
from .tables import to_csv

WORDS = {
    "en": {
        "title": "Attendance report", "range": "%s to %s, made on %s", "bytes": [], "classes": "Classes", "with_calls": "%s with roll calls",
        "calls": "Roll calls", "people": "%s people", "rate": "Attendance", "of_marks": "%s present, %s absent", "visits": "Visits",
        "hours": "%s hours in class",
        "by_day": "Attendance by day", "by_class": "By class", "class": "Class", "teacher": "Teacher", "present": "Present",
        "absent": "Absent",
        "by_person": "Most often absent", "name": "Name", "username": "Username", "entries": "Entries", "time": "Hours in class",
        "nobody": "Nobody was absent.",
        "by_hour": "Entries by hour of day (Tehran)", "no_calls": "No roll call was made in these days.", "count": "%s of %s",
        "foot": "Made by kariz.panels from roll calls and visits as Alocom tells them.",
    },
    "fa": {
        "title": "گزارش حضور و غیاب", "range": "%s تا %s، ساخته‌شده در %s", "bytes": [], "classes": "کلاس‌ها", "with_calls": "%s کلاس با حضور و غیاب",
        "calls": "حضور و غیاب‌ها", "people": "%s نفر", "rate": "درصد حضور", "of_marks": "%s حاضر، %s غایب", "visits": "ورودها", "hours": "%s ساعت در کلاس",
        "by_day": "حضور به تفکیک روز", "by_class": "به تفکیک کلاس", "class": "کلاس", "teacher": "مدرس", "present": "حاضر", "absent": "غایب",
        "by_person": "بیشترین غیبت", "name": "نام", "username": "نام کاربری", "entries": "ورود", "time": "ساعت در کلاس", "nobody": "کسی غایب نبوده است.",
        "by_hour": "ورود به تفکیک ساعت (به وقت تهران)", "no_calls": "در این روزها حضور و غیابی انجام نشده است.", "count": "%s از %s",
        "foot": "ساختهٔ kariz.panels از حضور و غیاب و ورودهایی که الوکام گزارش می‌دهد.",
    },
}
_TOP = 25


def moment(text):
    """Return a datetime in Tehran for a time of the vendor, or None."""
    found = dates.iso(text)
    if found is None:
        return None
    made = datetime.datetime.fromisoformat(found.replace("Z", "+00:00"))
    return dates.tehran(made)


def minutes(visit):
    """Return how long a visit took, or None while it is not known."""
    entered, left = moment(visit.get("login_time")) or moment(visit.get("login_date")), moment(visit.get("exit"))
    return (left - entered).total_seconds() / 60 if entered and left and left >= entered else None


def rate(present, absent):
    return 100.0 * present / (present + absent) if present + absent else None


def summary(report):
    """Add up roll calls and visits: ``total``, ``days``, ``classes``, ``people``, ``hours``."""
    classes = {(one["account"], one["slug"]): dict(one, calls=0, present=0, absent=0, teachers=[]) for one in report["classes"]}
    days: dict = {}
    people: dict = {}
    total = {"calls": 0, "present": 0, "absent": 0, "visits": len(report["visits"]), "minutes": 0.0}
    for call in report["calls"]:
        one = classes[call["account"], call["slug"]]
        when = moment(call["date"])
        day = days.setdefault(when.date().isoformat() if when else str(call["date"])[:10], {"present": 0, "absent": 0})
        for place in (one, total):
            place["calls"] += 1
        if call["teacher_name"] and call["teacher_name"] not in one["teachers"]:
            one["teachers"].append(call["teacher_name"])
        for kind in ("present", "absent"):
            for person in call[kind + "s"]:
                _person(people, call["account"], person)[kind] += 1
                for place in (one, day, total):
                    place[kind] += 1
    hours = [0] * 24
    for visit in report["visits"]:
        person = _person(people, visit["account"], visit)
        person["visits"] += 1
        took = minutes(visit)
        if took is not None:
            person["minutes"] += took
            total["minutes"] += took
        entered = moment(visit.get("login_time")) or moment(visit.get("login_date"))
        if entered is not None:
            hours[entered.hour] += 1
    return {"total": total, "days": dict(sorted(days.items())), "classes": list(classes.values()), "people": list(people.values()), "hours": hours}


def _person(people, account, row):
    made = people.setdefault((account, row.get("username")), {
        "account": account, "username": row.get("username"), "name": " ".join(filter(None, (row.get("first_name"), row.get("last_name")))),
        "present": 0, "absent": 0, "visits": 0, "minutes": 0.0})
    return made


# -- CSV ---------------------------------------------------------------------------------------------------------------


def calls_csv(report):
    """Return one line for each person and roll call."""
    return to_csv(("account", "date", "class", "title", "teacher", "username", "first_name", "last_name", "status"), [
        [call["account"], call["date"], call["slug"], call["title"], call["teacher_name"], person.get("username"), person.get("first_name"),
         person.get("last_name"), kind] for call in report["calls"] for kind in ("present", "absent") for person in call[kind + "s"]])


def visits_csv(report):
    """Return one line for each visit."""
    names = ("account", "username", "first_name", "last_name", "event_name", "login_time", "exit", "device_name", "os", "browser", "address_ip")
    made = []
    for visit in report["visits"]:
        took = minutes(visit)
        made.append([visit.get(name) for name in names] + [None if took is None else round(took)])
    return to_csv(names + ("minutes",), made)


# -- the page ----------------------------------------------------------------------------------------------------------


def page(report, code, title=None):
    """Return the report as a page in one language."""
    language = Language(code, WORDS[code])
    found = summary(report)
    total = found["total"]
    body = [_tiles(language, found)]
    if found["days"]:
        values = [(language.short_day(day), rate(**marks), _grade(rate(**marks))) for day, marks in found["days"].items()]
        body.append(section(language.say("by_day"), '<div class="panel">%s</div>' % columns(values, language.say("by_day"), language, most=100, rate=True)))
    else:
        body.append('<p class="panel soft" style="margin-top:20px">%s</p>' % escape(language.say("no_calls")))
    body.append(_classes(language, found, len({one["account"] for one in found["classes"]}) > 1))
    body.append(_people(language, found))
    if total["visits"]:
        values = [(language.number(hour), number, "") for hour, number in enumerate(found["hours"])]
        body.append(section(language.say("by_hour"), '<div class="panel">%s</div>' % columns(values, language.say("by_hour"), language)))
    subtitle = language.say("range", language.day(report["from"]), language.day(report["to"]), language.time(report["at"]))
    return document(language, title or language.say("title"), subtitle, "\n".join(part for part in body if part), language.say("foot"))


def _grade(percent):
    return "" if percent is None or percent >= 85 else "warn" if percent >= 70 else "bad"


def _tiles(language, found):
    total = found["total"]
    percent = rate(total["present"], total["absent"])
    met = sum(1 for one in found["classes"] if one["calls"])
    return '<div class="tiles">%s</div>' % "\n".join((
        tile(language.say("classes"), language.number(len(found["classes"])), language.say("with_calls", language.number(met))),
        tile(language.say("calls"), language.number(total["calls"]), language.say("people", language.number(len(found["people"])))),
        tile(language.say("rate"), language.percent(percent), language.say("of_marks", language.number(total["present"]), language.number(total["absent"])),
             _grade(percent)),
        tile(language.say("visits"), language.number(total["visits"]), language.say("hours", language.number(total["minutes"] / 60)))))


def _share(percent):
    return '<div class="%s">%s</div>' % (_grade(percent), filled(percent)) if percent is not None else ""


def _classes(language, found, several):
    rows = []
    for one in sorted(found["classes"], key=lambda one: (-one["calls"], one["title"] or "")):
        percent = rate(one["present"], one["absent"])
        chip = ' <span class="chip"><bdi>%s</bdi></span>' % escape(one["account"]) if several else ""
        rows.append(["<bdi>%s</bdi>%s" % (escape(one["title"] or one["slug"]), chip), "<bdi>%s</bdi>" % escape("، ".join(one["teachers"]) or "\u2013"),
                     language.number(one["calls"]), language.number(one["present"]), language.number(one["absent"]), language.percent(percent),
                     _share(percent)])
    return section(language.say("by_class"), table([
        (language.say("class"), ""), (language.say("teacher"), ""), (language.say("calls"), "number"), (language.say("present"), "number"),
        (language.say("absent"), "number"), (language.say("rate"), "number"), ("", "")], rows))


def _people(language, found):
    missing = sorted((one for one in found["people"] if one["absent"]), key=lambda one: (-one["absent"], one["present"], one["name"]))
    if not missing:
        return section(language.say("by_person"), '<p class="panel good">\u2713 %s</p>' % escape(language.say("nobody"))) if found["total"]["calls"] else ""
    rows = []
    for one in missing[:_TOP]:
        percent = rate(one["present"], one["absent"])
        rows.append(["<bdi>%s</bdi>" % escape(one["name"] or "\u2013"), "<bdi>%s</bdi>" % escape(one["username"]), language.number(one["absent"]),
                     language.number(one["present"]), language.percent(percent), _share(percent), language.number(one["visits"]),
                     language.number(one["minutes"] / 60)])
    chip = language.say("count", language.number(len(rows)), language.number(len(missing))) if len(rows) < len(missing) else ""
    return section(language.say("by_person"), table([
        (language.say("name"), ""), (language.say("username"), ""), (language.say("absent"), "number"), (language.say("present"), "number"),
        (language.say("rate"), "number"), ("", ""), (language.say("entries"), "number"), (language.say("time"), "number")], rows), chip)
