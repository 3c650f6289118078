# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading the roll calls of an event. They are made inside the event; the API only tells them."""

from __future__ import annotations

import datetime

from .._core.calendar import dates
from .._core.errors import UsageError
from .._core.http.answers import rows, strange
from . import shapes
from .lookup import find_event
from .reading import AlocomInfo, read_each


def _people(value):
    """Return people of a roll call: the vendor's text says a list, its sample shows one object."""
    found = [] if value is None else value if isinstance(value, list) else [value]
    return [{"first_name": person.get("firstName"), "last_name": person.get("lastName"), "username": person.get("username")}
            for person in shapes.PERSON.all(found, "get attendance", "alocom") if any(person.values())]


_MOST_DAYS = 400


class AttendanceInfo(AlocomInfo):
    name = "attendance_info"
    returns = "attendances"
    selectors = ("event",)
    options = {
        "event": {"type": "str", "required": True},
        "date": {"type": "str", "required": True},
        "to_date": {"type": "str"},
        "with_details": {"type": "bool", "default": False},
    }

    def check(self, params):
        super().check(params)
        self._days(params)

    def _days(self, params):
        """Return the days that are asked about."""
        first, last = (datetime.date.fromisoformat(dates.day(params[name] or params["date"], name, self.vendor)) for name in ("date", "to_date"))
        if not 0 <= (last - first).days <= _MOST_DAYS:
            raise UsageError("to_date must be no earlier than date, and at most %d days later" % _MOST_DAYS, vendor=self.vendor, operation="options")
        return [(first + datetime.timedelta(days=place)).isoformat() for place in range((last - first).days + 1)]

    def read(self, client, params, host):
        number = find_event(client, params["event"])
        found = []
        for listed in read_each(client, lambda day: self._list(client, number, day), self._days(params), str):
            found += listed
        if params.get("with_details"):
            found = read_each(client, lambda call: self._detail(client, number, call), found, lambda call: "the roll call %(id)s of %(date)s" % call)
        return found

    @staticmethod
    def _list(client, event, day):
        answer = client.post("list attendances", "events/%s/attendance" % event, {"date": day}, expect=(dict, list))
        return [{"id": row.get("id"), "date": row.get("date"), "teacher_name": row.get("teacherName")}
                for row in rows(answer, "attendances", operation="list attendances", vendor=client.vendor, shape=shapes.ROLL_CALL)]

    @staticmethod
    def _detail(client, event, call):
        answer = client.post("get attendance", "events/%s/attendance/detail" % event, {"attendanceId": call["id"]}, expect=(dict, list))
        made = dict(call, presents=[], absents=[])
        for row in rows(answer, "attendance", operation="get attendance", vendor=client.vendor):
            if not {"presents", "absents"} & set(row):
                raise strange("get attendance", client.vendor, "presents and absents", row)
            for name in ("presents", "absents"):
                made[name] += _people(row.get(name))
        return made


ATTENDANCE_INFO = AttendanceInfo()
