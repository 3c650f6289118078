# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading the report of entries and exits. The vendor's document describes it without its path, so the path is an option."""

from __future__ import annotations

import re

from .._core.calendar import dates
from .._core.errors import ApiError
from .._core.http.answers import rows
from .._core.http.paging import read_all
from .._core.http.transport import Effect
from .._core.options.check import OptionsError, Problem, collect
from . import shapes
from .reading import AlocomInfo, holds

#: The vendor's names of a row under the user's.
_COLUMNS = {
    "first_name": "firstName", "last_name": "lastName", "username": "username", "role": "role", "event_type": "eventType", "event_name": "eventName",
    "address_ip": "addressIp", "device_name": "deviceName", "os": "os", "browser": "browser", "login_date": "login_date", "login_time": "login_time",
    "exit": "exit",
}
_TEXTS = ("first_name", "last_name", "username", "event_name")
_PATH = re.compile(r"/[A-Za-z0-9][A-Za-z0-9._~%/-]*")


class VisitInfo(AlocomInfo):
    name = "visit_info"
    returns = "visits"
    options = {
        "path": {"type": "str", "default": "/api/v1/agents/events/visits"},
        "first_name": {"type": "str"},
        "last_name": {"type": "str"},
        "username": {"type": "str"},
        "event_name": {"type": "str"},
        "address_ip": {"type": "str"},
        "from_date": {"type": "str"},
        "to_date": {"type": "str"},
        "device_name": {"type": "list", "elements": "str", "choices": ["desktop", "mobile", "tablet"]},
        "event_type": {"type": "list", "elements": "str", "choices": ["class", "conference"]},
        "browser": {"type": "list", "elements": "str"},
        "os": {"type": "list", "elements": "str"},
        "sort_column": {"type": "str", "choices": list(_COLUMNS)},
        "sort_order": {"type": "str", "choices": ["ascending", "descending"]},
    }
    constraints = {"required_by": {"sort_order": ("sort_column",)}}

    def check(self, params):
        problems: list = []
        collect(problems, super().check, params)
        if not _PATH.fullmatch(params["path"]):
            # Whatever names another host would be sent the token.
            problems.append(Problem((), "path must be a path below api_url, such as %s" % self.options["path"]["default"]))
        first, last = (collect(problems, self._day, params, name) for name in ("from_date", "to_date"))
        if first and last and first > last:
            problems.append(Problem((), "from_date is later than to_date"))
        if problems:
            raise OptionsError(problems, vendor=self.vendor)

    def _day(self, params, name):
        return dates.day(params[name], name, self.vendor) if params.get(name) else None

    def read(self, client, params, host):
        # All of them are sent, whatever their letters: this report may be far too long to be read whole for one name.
        asked = {_COLUMNS[name]: params[name] for name in _TEXTS + ("address_ip", "device_name", "event_type", "browser", "os") if params.get(name)}
        asked.update({name: day for name, option in (("from", "from_date"), ("to", "to_date")) for day in [self._day(params, option)] if day})
        if params.get("sort_column"):
            asked.update(sortColumn=_COLUMNS[params["sort_column"]], sortBy=-1 if params.get("sort_order") == "descending" else 1)

        def fetch(take, skip):
            answer = client.call("list visits", "POST", params["path"], Effect.READ, (dict, list), payload=dict(asked, take=take, skip=skip))
            return rows(answer, "visits", operation="list visits", vendor=client.vendor, shape=shapes.VISIT), None

        def identify(row):
            # A row has no id, and its exit is filled in later.
            return tuple(str(row.get(theirs)) for theirs in _COLUMNS.values() if theirs != "exit")
        try:
            found = read_all(fetch, identify, ahead=client.ahead, operation="list visits", vendor=client.vendor)
        except ApiError as error:
            if error.http_status not in (404, 405):
                raise
            error.hint = "The vendor's document does not tell the path of this report; give the one your panel uses in path (tried: %s)" % params["path"]
            raise
        made = [{ours: row.get(theirs) for ours, theirs in _COLUMNS.items()} for row in found]
        return [visit for visit in made if all(holds(params.get(name), visit[name]) for name in _TEXTS)]


VISIT_INFO = VisitInfo()
