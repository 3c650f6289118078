# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From gauges to a report: their history, how long each will last at its pace, and what is under a threshold. Pure functions.

A history is a list of ``{"at": ISO 8601, "vendor", "account", "key", "left"}``, oldest first.
"""

from __future__ import annotations

import datetime

#: A pace needs this many days between its first and its last figure.
_SHORTEST = 0.5
#: Older figures say little about today's pace.
_PACE_OF_DAYS = 30
#: A service ends soon when it ends within so many days.
ENDING = 14
THRESHOLDS = (
    {"expires_days": ENDING, "action": "warn"},
    {"days_left": 7, "action": "warn"},
    {"below_percent": 10, "action": "warn"},
)


def moment(text):
    """Return an aware datetime of an ISO 8601 text; what names no zone is taken as Tehran's."""
    made = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return made if made.tzinfo else made.replace(tzinfo=datetime.timezone(datetime.timedelta(hours=3, minutes=30)))


def place(entry):
    return entry["vendor"], entry["account"], entry["key"]


def trimmed(history, now, keep_days):
    """Return the history without what is older than so many days."""
    oldest = moment(now) - datetime.timedelta(days=keep_days)
    return [entry for entry in history if moment(entry["at"]) >= oldest]


def entries(gauges, now):
    """Return what today adds to the history. Of people only today's figure is kept: their history is not the business's."""
    return [{"at": now, "vendor": one["vendor"], "account": one["account"], "key": one["key"], "left": one["left"]}
            for one in gauges if one["of"] == "account" and one["left"] is not None]


def pace(points):
    """Return the units used a day, by least squares since the last time something was added; None when nothing can be said.

    :arg points: ``[(days, left)]``, oldest first.
    """
    for number in range(len(points) - 1, 0, -1):
        if points[number][1] > points[number - 1][1]:
            points = points[number:]
            break
    if len(points) < 2 or points[-1][0] - points[0][0] < _SHORTEST:
        return None
    middle = sum(day for day, _left in points) / len(points)
    mean = sum(left for _day, left in points) / len(points)
    spread = sum((day - middle) ** 2 for day, _left in points)
    slope = sum((day - middle) * (left - mean) for day, left in points) / spread
    return max(0.0, -slope)


def measured(gauges, history, now):
    """Return the gauges with ``trend``, ``per_day``, ``days_left`` (at the pace so far), ``expires_in`` (days) and ``percent``."""
    today = moment(now)
    known: dict = {}
    for entry in history:
        known.setdefault(place(entry), []).append((-(today - moment(entry["at"])).total_seconds() / 86400, entry["left"]))
    made = []
    for one in gauges:
        trend = sorted(known.get(place(one), []))
        if one["left"] is not None and (not trend or trend[-1][0] < 0):
            trend.append((0.0, one["left"]))
        used = pace([point for point in trend if point[0] >= -_PACE_OF_DAYS]) if one["of"] == "account" else None
        made.append(dict(
            one, trend=[[round(day, 4), left] for day, left in trend], per_day=used,
            days_left=one["left"] / used if used and one["left"] is not None and one["left"] >= 0 else None,
            expires_in=(moment(one["expires"]) - today).total_seconds() / 86400 if one["expires"] else None,
            percent=100.0 * one["left"] / one["total"] if one["total"] and one["left"] is not None else None))
    return made


def _applies(threshold, one):
    return all(threshold.get(name) in (None, one[name]) for name in ("vendor", "account", "kind", "name"))


def standing(one):
    """Return how a service stands: ``ended``, ``ending`` (within :data:`ENDING` days) or ``healthy``; None when nothing is known of its end."""
    if one["expires_in"] is None:
        return None
    return "ended" if one["expires_in"] < 0 else "ending" if one["expires_in"] < ENDING else "healthy"


def alerts(gauges, thresholds):
    """Return what is under a threshold: one alert for each gauge and reason, with the gravest action any threshold asks for."""
    found: dict = {}
    gravity = ("warn", "text", "fail")
    for threshold in thresholds:
        for one in gauges:
            if not _applies(threshold, one):
                continue
            for reason, value in (("below", one["left"]), ("below_percent", one["percent"]), ("days_left", one["days_left"]),
                                  ("expires_days", one["expires_in"])):
                limit = threshold.get(reason)
                if limit is None or value is None or value >= limit:
                    continue
                if reason == "expires_days" and value < 0:
                    # What has ended does not end soon: it is over, and told as such.
                    reason = "ended"
                action = threshold.get("action") or "warn"
                alert = {"vendor": one["vendor"], "account": one["account"], "key": one["key"], "name": one["name"], "kind": one["kind"], "of": one["of"],
                         "reason": reason, "value": value, "limit": limit, "action": action}
                before = found.get(place(one) + (reason,))
                if before is None or gravity.index(action) > gravity.index(before["action"]):
                    found[place(one) + (reason,)] = alert
    return sorted(found.values(), key=lambda alert: (-gravity.index(alert["action"]), alert["vendor"], alert["account"], alert["value"]))
