# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Charts as geometry: where lines, columns and their labels stand. The markup is in ``templates/parts.html.j2``. Pure functions."""

from __future__ import annotations

import datetime
import math

#: A line over less than so many days says nothing.
_SHORTEST = 0.5
#: Widths, heights, size of letters, in units of the drawing: for a page, and for a phone.
WIDE = (760, 200, 13)
NARROW = (300, 180, 13)


def _thinned(points, most):
    """Return at most about ``most`` points, the last of each of as many equal spans of time."""
    if len(points) <= most:
        return points
    first, last = points[0][0], points[-1][0]
    kept: dict = {}
    for point in points:
        kept[int((point[0] - first) * most / (last - first))] = point
    return [points[0]] + [point for point in kept.values() if point is not points[0]]


def trend(points, now, language, days_ahead=None):
    """Return a line of figures over days, and where it leads at its pace until it is used up; None when there is nothing to see.

    Time runs in the reading direction of the language.

    :arg points: ``[(days, left)]``, oldest first; 0 is now.
    :arg now: the moment of the report, an aware datetime.
    :arg days_ahead: days until it is used up.
    """
    points = [(float(day), left) for day, left in points]
    if len(points) < 2 or points[-1][0] - points[0][0] < _SHORTEST or max(left for _day, left in points) <= 0:
        return None
    width, height, letters = 320, 100, 12.5
    first, floor = points[0][0], height - 22
    # The future takes at most two thirds of the width.
    last = min(days_ahead, -first * 2) if days_ahead else 0.0
    most = max(left for _day, left in points)
    right = language.right_to_left

    def x(day):
        made = 4 + (width - 8) * (day - first) / (last - first)
        return round(width - made if right else made, 1)

    def y(left):
        return round(6 + (floor - 6) * (1 - max(0, left) / most), 1)

    def label(day, anchor):
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor) if right else anchor
        return {"x": x(day), "y": height - 5, "anchor": anchor, "text": language.short_day(now + datetime.timedelta(days=day))}
    line = " ".join("%g,%g" % (x(day), y(left)) for day, left in _thinned(points, width // 2))
    room = abs(x(0) - x(first)), abs(x(last) - x(0))
    labels = [label(first, "start")]
    if room[0] > 80:
        labels.append(label(0, "middle" if room[1] > 20 else "end"))
    ahead = ""
    if last > 0:
        rest = points[-1][1] * (1 - last / days_ahead)
        ahead = "%g,%g %g,%g" % (x(0), y(points[-1][1]), x(last), y(rest))
        if room[1] > (80 if room[0] > 80 else 150 - room[0]):
            labels.append(label(last, "end"))
    return {"width": width, "height": height, "letters": letters, "floor": floor, "line": line, "ahead": ahead, "labels": labels,
            "area": "%g,%g %s %g,%g" % (x(first), floor, line, x(points[-1][0]), floor), "dot": (x(points[-1][0]), y(points[-1][1]))}


def columns(values, language, most=None, rate=False):
    """Return columns in the two sizes, ``{"wide", "narrow"}``; None when there is nothing to see. They run in the reading direction.

    :arg values: ``[(name, value or None, state)]``; names that would not fit are left out evenly.
    :arg most: what the highest line stands for.
    :arg rate: the values are percentages.
    """
    known = [value for _name, value, _state in values if value is not None]
    if not known or not (rate or any(known)):
        return None
    highest = most or max(known) or 1
    if not rate and most is None and all(float(value).is_integer() for value in known):
        # Half of it is a line of its own: of things that are counted, a whole number too.
        highest += highest % 2
    return {name: _columns(values, language, highest, rate, *size) for name, size in (("wide", WIDE), ("narrow", NARROW))}


def _columns(values, language, highest, rate, width, height, letters):
    # Beside the columns: the figures of the lines, and half a name.
    side, far, floor = letters * 3.9, letters * 1.2, height - letters * 2.2
    step = (width - side - far) / len(values)
    thick = min(34.0, step * 0.68)
    every = max(1, math.ceil(len(values) * letters * 3.6 / (width - side - far)))
    right = language.right_to_left
    levels = []
    for part in (0, 0.5, 1):
        level = 10 + (floor - 10) * (1 - part)
        text = language.percent(highest * part) if rate else language.number(highest * part)
        levels.append({"y": round(level, 1), "x1": 0 if right else side - 4, "x2": width - (side - 4 if right else 0), "text": text,
                       "x": width - side + 8 if right else side - 8, "anchor": "start" if right else "end"})
    bars, labels = [], []
    for place, (name, value, state) in enumerate(values):
        middle = side + step * (place + 0.5)
        middle = width - middle if right else middle
        if value is not None:
            tall = (floor - 10) * min(1.0, value / highest)
            # Nothing of a rate is a figure too: it is seen.
            tall = max(tall, 2.0) if value or rate else 0
            if tall:
                bars.append({"x": round(middle - thick / 2, 1), "y": round(floor - tall, 1), "width": round(thick, 1), "height": round(tall, 1), "state": state,
                             "told": "%s: %s" % (name, language.percent(value) if rate else language.number(value))})
        if place % every == 0:
            labels.append({"x": round(middle, 1), "y": round(height - letters * 0.6, 1), "text": name})
    return {"width": width, "height": height, "letters": letters, "levels": levels, "bars": bars, "labels": labels}
