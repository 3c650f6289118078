# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What roll calls and visits of classes add up to, and both as CSV. Pure functions."""

from __future__ import annotations

import datetime

from .._core.calendar import dates
from .tables import times, to_csv, when


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
    classes = {(one["account"], one["id"]): dict(one, calls=0, present=0, absent=0, teachers=[]) for one in report["classes"]}
    days: dict = {}
    people: dict = {}
    total = {"calls": 0, "present": 0, "absent": 0, "visits": len(report["visits"]), "minutes": 0.0}
    for call in report["calls"]:
        one = classes[call["account"], call["class_id"]]
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
    return to_csv(("account", *times("date"), "class", "title", "teacher", "username", "first_name", "last_name", "status"), [
        [call["account"], *when(call["date"]), call["slug"], call["title"], call["teacher_name"], person.get("username"), person.get("first_name"),
         person.get("last_name"), kind] for call in report["calls"] for kind in ("present", "absent") for person in call[kind + "s"]])


def visits_csv(report):
    """Return one line for each visit."""
    first, last = ("account", "username", "first_name", "last_name", "event_name"), ("device_name", "os", "browser", "address_ip")
    made = []
    for visit in report["visits"]:
        took = minutes(visit)
        made.append([*(visit.get(name) for name in first), *when(visit.get("login_time") or visit.get("login_date")), *when(visit.get("exit")),
                     *(visit.get(name) for name in last), None if took is None else round(took)])
    return to_csv((*first, *times("login_time"), *times("exit"), *last, "minutes"), made)
