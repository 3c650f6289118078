# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words, numbers and days of one language. Words are catalogues: ``words/<name>.<language>.yml``."""

from __future__ import annotations

import datetime
import functools
import os

import yaml

from ansible_collections.kariz.panels.plugins.module_utils._core.calendar import dates

LANGUAGES = ("fa", "en")
FOLDER = os.path.dirname(os.path.abspath(__file__))
_PERSIAN_SIGNS = str.maketrans({",": "\u066c", ".": "\u066b", "-": "\u2212"})


@functools.lru_cache(maxsize=None)
def catalogue(name, code):
    """Return the words of a catalogue, ``{key: text}``; a text may hold ``%s`` places."""
    with open(os.path.join(FOLDER, "words", "%s.%s.yml" % (name, code)), encoding="utf-8") as file:
        return yaml.safe_load(file)


def in_tehran(value):
    """Return the day in Tehran of a date, a datetime or an ISO 8601 text; None when it is none. A moment without a zone is Tehran's."""
    if isinstance(value, datetime.datetime):
        return dates.tehran(value).date()
    if isinstance(value, datetime.date):
        return value
    text = str(value)
    try:
        if len(text) <= 10:
            return datetime.date.fromisoformat(text)
        return dates.tehran(datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))).date()
    except ValueError:
        return None


class Language:
    """Says things in one language.

    :arg code: ``fa`` or ``en``.
    :arg catalogues: names of the catalogues beside ``common``; the later ones win.
    """

    def __init__(self, code, *catalogues):
        self.code = code
        self.words: dict = {}
        for name in ("common",) + catalogues:
            self.words.update(catalogue(name, code))
        self.right_to_left = code == "fa"
        self.direction = "rtl" if self.right_to_left else "ltr"

    def say(self, key, *parts):
        text = self.words[key]
        return text % parts if parts else text

    def value(self, value, inner=False):
        """Return a value of an option as people read it: no brackets, no quotes; a mapping as its names, each with what it holds."""
        if value in (None, "", [], {}):
            return "\u2013"
        if isinstance(value, bool):
            return self.say("is_so" if value else "is_not")
        if isinstance(value, dict):
            form = "%s: %s" if inner else "%s (%s)"
            return self.say("comma").join(form % (name, self.value(part, True)) if part not in (None, "", [], {}) else str(name)
                                          for name, part in value.items())
        if isinstance(value, (list, tuple)):
            return self.say("comma").join(self.value(part, True) for part in value)
        return str(value)

    def signs(self, text):
        """Return a number's text in the signs of the language."""
        return dates.persian(str(text).translate(_PERSIAN_SIGNS)) if self.right_to_left else str(text)

    def number(self, value, places=None):
        if value is None:
            return "\u2013"
        if places is None:
            places = 0 if abs(value) >= 100 or float(value).is_integer() else 1
        return self.signs("{:,.{}f}".format(value, places))

    def percent(self, value):
        return "\u2013" if value is None else self.number(value, 0) + ("\u066a" if self.right_to_left else "%")

    def size(self, value):
        """Return bytes in the largest unit that keeps the number above one."""
        units = self.words["bytes"]
        step = 0
        value = float(value)
        while abs(value) >= 1024 and step < len(units) - 1:
            value /= 1024
            step += 1
        return "%s %s" % (self.number(value), units[step])

    def days(self, value):
        """Return a number of days in words: ``3 days``."""
        number = int(value) if value >= 1 or value <= 0 else round(value, 1)
        return self.say("day") if number == 1 else self.say("days", self.number(number))

    def day(self, value):
        """Return the day in Tehran of an ISO 8601 text or a date: Jalali in Persian."""
        return self._day(value, "%d %B %Y", 0).lstrip("\u06f0")

    def short_day(self, value):
        return self._day(value, "%m/%d", 5)

    def _day(self, value, form, begin):
        date = in_tehran(value)
        if date is None:
            return self.signs(str(value)[begin:10])
        if self.right_to_left:
            try:
                return dates.to_jalali(date, form, True)
            except ValueError:
                # Without the library for it: the Gregorian day.
                return dates.persian(date.isoformat()[begin:])
        return date.isoformat()[begin:]

    def time(self, value):
        """Return day and time of day, in Tehran."""
        moment = dates.tehran(datetime.datetime.fromisoformat(value.replace("Z", "+00:00")))
        return self.say("moment", self.day(moment), self.signs(moment.strftime("%H:%M")))
