# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From gauges to a report: their history, how long each will last at its pace, and what is under a threshold. Pure functions.

A history is a list of ``{"at": ISO 8601, "vendor", "account", "key", "left"}``, oldest first, with one figure of each gauge a day (in Tehran): the last.
"""

from __future__ import annotations

import datetime
import functools
import json
import math

from .._core.calendar import dates
from .._core.options import check

#: A pace needs this many days between its first and its last figure.
_SHORTEST = 0.5
#: Older figures say little about today's pace.
_PACE_OF_DAYS = 30
#: A rise of more than this part of what is there is an addition.
_ADDED = 0.05
#: A service ends soon when it ends within so many days.
ENDING = 14
#: What a threshold may limit.
LIMITS = ("below", "below_percent", "days_left", "expires_days")
#: What says how much is left, so that it is about nothing being left too.
_OF_AMOUNT = LIMITS[:3]
GRAVITY = ("warn", "text", "fail")
THRESHOLDS = (
    {"expires_days": ENDING, "action": "warn"},
    {"days_left": 7, "action": "warn"},
    {"below_percent": 10, "action": "warn"},
)


# Reports of many accounts have the same moment in many figures.
@functools.lru_cache(maxsize=4096)
def moment(text):
    """Return an aware datetime of an ISO 8601 text; what names no zone is taken as Tehran's."""
    made = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return made if made.tzinfo else made.replace(tzinfo=datetime.timezone(datetime.timedelta(hours=3, minutes=30)))


@functools.lru_cache(maxsize=4096)
def day_of(text):
    """Return the day in Tehran of an ISO 8601 text."""
    return dates.tehran(moment(text)).date()


def place(entry):
    return entry["vendor"], entry["account"], entry["key"]


def readable(lines, damaged):
    """Yield the figures of lines of JSON; the numbers of those that hold none are added to ``damaged``."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            moment(entry["at"])
            if not all(isinstance(entry[name], str) for name in ("vendor", "account", "key")):
                raise ValueError(line)
            if isinstance(entry["left"], bool) or not math.isfinite(entry["left"]):
                raise ValueError(line)
        except (ValueError, TypeError, KeyError, AttributeError):
            damaged.append(number)
            continue
        yield {name: entry[name] for name in ("at", "vendor", "account", "key", "left")}


def daily(history):
    """Return the last figure of each gauge and day in Tehran, oldest first. ``history`` may be in any order, and long."""
    last: dict = {}
    for entry in history:
        key = place(entry) + (day_of(entry["at"]),)
        if key not in last or moment(last[key]["at"]) <= moment(entry["at"]):
            last[key] = entry
    return sorted(last.values(), key=lambda entry: moment(entry["at"]))


def trimmed(history, now, keep_days):
    """Return ``(history, later)``: what is not older than so many days, and how many figures were left out because a wrong clock dated them after now."""
    oldest, newest = moment(now) - datetime.timedelta(days=keep_days), moment(now)
    kept = [entry for entry in history if moment(entry["at"]) >= oldest]
    made = [entry for entry in kept if moment(entry["at"]) <= newest]
    return made, len(kept) - len(made)


def entries(gauges, now):
    """Return what today adds to the history. Of people only today's figure is kept: their history is not the business's."""
    return [{"at": now, "vendor": one["vendor"], "account": one["account"], "key": one["key"], "left": one["left"]}
            for one in gauges if one["of"] == "account" and one["left"] is not None]


def pace(points):
    """Return the units used a day; None when nothing can be said.

    It is that since something was added last. Just after that the pace before it holds; a rise of less than a twentieth (a refund) is no addition.

    :arg points: ``[(days, left)]``, oldest first.
    """
    parts = [points[:1]]
    for (_day, before), point in zip(points, points[1:]):
        if point[1] - before > _ADDED * max(abs(before), abs(point[1])):
            parts.append([])
        parts[-1].append(point)
    return next((found for found in map(_slope, reversed(parts)) if found is not None), None)


def _slope(points):
    """Return the fall a day by least squares, or None; what rises between two figures is taken out of the later ones."""
    if len(points) < 2 or points[-1][0] - points[0][0] < _SHORTEST:
        return None
    used, level = [(points[0][0], 0.0)], 0.0
    for (_day, before), (day, left) in zip(points, points[1:]):
        level += max(0.0, before - left)
        used.append((day, level))
    middle = sum(day for day, _level in used) / len(used)
    mean = sum(level for _day, level in used) / len(used)
    spread = sum((day - middle) ** 2 for day, _level in used)
    return max(0.0, sum((day - middle) * (level - mean) for day, level in used) / spread)


def measured(gauges, history, now):
    """Return the gauges with ``trend``, ``per_day``, ``days_left`` (at the pace so far), ``expires_in`` (days) and ``percent``."""
    today = moment(now)
    known: dict = {}
    for entry in history:
        known.setdefault(place(entry), []).append(entry)
    made = []
    for one in gauges:
        trend = [(-(today - moment(entry["at"])).total_seconds() / 86400, entry["left"]) for entry in known.get(place(one), ())
                 # Today's figure is the one that was just read.
                 if one["left"] is None or day_of(entry["at"]) != day_of(now)]
        if one["left"] is not None:
            trend.append((0.0, one["left"]))
        used = pace([point for point in trend if point[0] >= -_PACE_OF_DAYS]) if one["of"] == "account" else None
        made.append(dict(
            one, trend=[[round(day, 4), left] for day, left in trend], per_day=used, days_left=_days_left(one, used),
            expires_in=(moment(one["expires"]) - today).total_seconds() / 86400 if one["expires"] else None,
            percent=100.0 * one["left"] / one["total"] if one["total"] and one["left"] is not None else None))
    return made


def _days_left(one, used):
    if exhausted(one):
        return 0.0 if one["of"] == "account" else None
    return one["left"] / used if used and one["left"] is not None else None


def exhausted(one):
    """Return whether nothing is left of a gauge, or less."""
    return one["left"] is not None and one["left"] <= 0 and not one["unlimited"]


def _applies(threshold, one):
    return all(threshold.get(name) in (None, one[name]) for name in ("vendor", "account", "kind", "name"))


def wrong_thresholds(thresholds, accounts):
    """Return the mistakes in thresholds that name an account which is none of ``accounts``, ``[(vendor, name)]``."""
    found = []
    for number, threshold in enumerate(thresholds):
        known = [name for vendor, name in accounts if threshold.get("vendor") in (None, vendor)]
        if threshold.get("vendor") and not known:
            found.append(check.Problem(("thresholds", number, "vendor"), "no account of %s is read" % threshold["vendor"]))
        elif threshold.get("account") is not None and threshold["account"] not in known:
            found.append(check.Problem(("thresholds", number, "account"), check.unknown(threshold["account"], known, "account")))
    return found


def idle_thresholds(thresholds, gauges):
    """Return the numbers of thresholds that apply to no gauge, such as those with a misspelt name."""
    return [number for number, threshold in enumerate(thresholds)
            if any(threshold.get(name) is not None for name in ("vendor", "account", "kind", "name")) and not any(_applies(threshold, one) for one in gauges)]


def standing(one):
    """Return how a service stands: ``ended``, ``ending`` (within :data:`ENDING` days) or ``healthy``; None when nothing is known of its end."""
    if one["expires_in"] is None:
        return None
    return "ended" if one["expires_in"] < 0 else "ending" if one["expires_in"] < ENDING else "healthy"


def alerts(gauges, thresholds):
    """Return what is under a threshold, and always what nothing is left of: one alert for each gauge and reason, with the gravest action that any
    threshold asks for.

    ``reason`` is the threshold's limit, ``ended`` for what has expired, or ``exhausted`` instead of all that is about the amount.
    """
    found: dict = {}

    def note(one, reason, value, limit, action):
        before = found.get(place(one) + (reason,))
        if before is None or GRAVITY.index(action) > GRAVITY.index(before["action"]):
            found[place(one) + (reason,)] = {
                "vendor": one["vendor"], "account": one["account"], "key": one["key"], "name": one["name"], "kind": one["kind"], "of": one["of"],
                "reason": reason, "value": value, "limit": limit, "action": action}
    for one in gauges:
        # What has ended cannot be used, however little of it is left.
        if exhausted(one) and not (one["expires_in"] is not None and one["expires_in"] < 0):
            note(one, "exhausted", one["left"], 0, "warn")
    for threshold in thresholds:
        action = threshold.get("action") or "warn"
        for one in gauges:
            if _applies(threshold, one):
                _under(one, threshold, action, note)
    return sorted(found.values(), key=lambda alert: (-GRAVITY.index(alert["action"]), alert["vendor"], alert["account"], alert["value"]))


def _under(one, threshold, action, note):
    """Note what of a gauge is under a threshold."""
    ended = one["expires_in"] is not None and one["expires_in"] < 0
    for reason, value in zip(LIMITS, (one["left"], one["percent"], one["days_left"], one["expires_in"])):
        limit = threshold.get(reason)
        if limit is None or (reason in _OF_AMOUNT and one["unlimited"]):
            continue
        if reason in _OF_AMOUNT and exhausted(one):
            if not ended:
                note(one, "exhausted", one["left"], 0, action)
        elif value is not None and value < limit:
            # What has ended does not end soon: it is over, and told as such.
            note(one, "ended" if reason == "expires_days" and ended else reason, value, limit, action)
