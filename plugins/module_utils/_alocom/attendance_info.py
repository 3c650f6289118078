# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading the roll calls of an event. They are made inside the event; the API only tells them."""

from __future__ import annotations

from .._core import dates
from .._core.client import rows
from .lookup import find_event
from .reading import AlocomInfo, read_each


def _people(value):
    """Return people of a roll call: the vendor's text says a list, its sample shows one object."""
    found = value if isinstance(value, list) else [value]
    return [{"first_name": person.get("firstName"), "last_name": person.get("lastName"), "username": person.get("username")}
            for person in found if isinstance(person, dict) and any(person.values())]


class AttendanceInfo(AlocomInfo):
    name = "attendance_info"
    returns = "attendances"
    selectors = ("event",)
    options = {
        "event": {"type": "str", "required": True},
        "date": {"type": "str", "required": True},
        "with_details": {"type": "bool", "default": False},
    }

    def check(self, params):
        super().check(params)
        dates.day(params["date"], "date", self.vendor)

    def read(self, client, params, host):
        number = find_event(client, params["event"])
        answer = client.post("list attendances", "events/%s/attendance" % number, {"date": dates.day(params["date"], "date", self.vendor)}, expect=(dict, list))
        found = [{"id": row.get("id"), "date": row.get("date"), "teacher_name": row.get("teacherName")}
                 for row in rows(answer, "attendances", operation="list attendances", vendor=client.vendor)]
        if params.get("with_details"):
            found = read_each(client, lambda call: self._detail(client, number, call), found, host)
        return found

    @staticmethod
    def _detail(client, event, call):
        answer = client.post("get attendance", "events/%s/attendance/detail" % event, {"attendanceId": call["id"]}, expect=(dict, list))
        made = dict(call, presents=[], absents=[])
        for row in rows(answer, "attendance", operation="get attendance", vendor=client.vendor):
            for name in ("presents", "absents"):
                made[name] += _people(row.get(name))
        return made


ATTENDANCE_INFO = AttendanceInfo()
