# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading: what became of messages, what is scheduled, what people answered."""

from __future__ import annotations

from .._core.calendar import tehran
from .._core.errors import ApiError, PanelError, UsageError
from .._core.http.answers import strange
from .._core.http.paging import bounded
from .._core.http.transport import Effect
from .._core.options.check import OptionsError, Problem
from .._core.task.job import Info
from .._core.text.letters import digits
from .client import INBOX, PayamSmsClient, whole
from .message import ALWAYS, current_scheduled, own_number

#: So many unread messages come at once.
_AT_ONCE = 90


class PayamSmsInfo(Info):
    vendor = "payamsms"
    client = PayamSmsClient
    connection = PayamSmsClient.connection
    returns = "messages"

    def usage(self, text):
        return UsageError(text, vendor=self.vendor, operation="options")


class MessageInfo(PayamSmsInfo):
    """Delivery by customer ids or by the vendor's ids."""

    name = "message_info"
    options = {"customer_ids": {"type": "list", "elements": "str"}, "server_ids": {"type": "list", "elements": "str"}}
    constraints = {"mutually_exclusive": [("customer_ids", "server_ids")], "required_one_of": [("customer_ids", "server_ids")]}

    def check(self, params):
        for name in self.options:
            if any(not number.strip() for number in params.get(name) or ()):
                raise self.usage("%s: an id must not be empty" % name)

    def read(self, client, params, host):
        by_customer = params.get("customer_ids") is not None
        ids = list(dict.fromkeys(number.strip() for number in params["customer_ids" if by_customer else "server_ids"]))
        return [self.shown(row) for row in client.status(ids, by_customer)]

    @staticmethod
    def shown(row):
        return {"customer_id": row.get("customerId"), "id": row.get("serverId"), "status": row.get("status"), "parts": whole(row.get("totalParts")),
                "delivered_parts": whole(row.get("totalDeliveredParts")), "undelivered_parts": whole(row.get("totalUnDeliveredParts")),
                "unknown_parts": whole(row.get("totalUnKnownParts"))}


class ScheduledInfo(PayamSmsInfo):
    """Messages that wait for their time."""

    name = "scheduled_info"
    options = {"customer_id": {"type": "str"}, "server_id": {"type": "str"}, "from_date": {"type": "str"}, "to_date": {"type": "str"}}

    def read(self, client, params, host):
        filters = {theirs: params[ours].strip() for ours, theirs in (("customer_id", "customerId"), ("server_id", "serverId")) if params.get(ours)}
        filters.update(self._range(params))
        # The vendor wants one of its four filters.
        return [dict(current_scheduled(row), send_date_iso=tehran.iso(row.get("sendDate"))) for row in client.scheduled(**(filters or {"from": ALWAYS}))]

    def check(self, params):
        self._range(params)

    def _range(self, params):
        try:
            return {theirs: tehran.stamp(params[ours]) for ours, theirs in (("from_date", "from"), ("to_date", "to")) if params.get(ours)}
        except ValueError as error:
            raise self.usage("from_date, to_date: %s" % error) from None


class InboxInfo(PayamSmsInfo):
    """What people sent to an own number."""

    name = "inbox_info"
    options = {"number": {"type": "str", "required": True}, "since_id": {"type": "int"}, "mark_read": {"type": "bool", "default": False}}

    def check(self, params):
        problems = []
        try:
            own_number(params["number"])
        except ValueError:
            problems.append(Problem(("number",), "is not a number", params["number"]))
        if params.get("since_id") is None and not params["mark_read"]:
            problems.append(Problem((), "without since_id the vendor marks what it answers as read; give since_id (0 for everything), or mark_read: true "
                                        "if that is what you want"))
        if params.get("since_id") is not None and params["mark_read"]:
            problems.append(Problem((), "since_id and mark_read exclude each other: reading with an id marks nothing"))
        if problems:
            raise OptionsError(problems, vendor=self.vendor)

    def read(self, client, params, host):
        number = own_number(params["number"])
        if params.get("since_id") is not None:
            return [self.shown(row) for row in self._since(client, number, params["since_id"])]
        if host.check_mode:
            raise UsageError("reading without since_id marks messages as read, which check mode must not do", vendor=self.vendor, operation="inbox",
                             code="write_in_check_mode", hint="Give since_id")
        return [self.shown(row) for row in self._unread(client, number, host)]

    def _since(self, client, number, last):
        found: dict = {}
        while True:
            rows = self._call(client, {"number": number, "id": last}, Effect.READ)
            fresh = {row["id"]: row for row in rows if row["id"] not in found and row["id"] > last}
            found.update(fresh)
            bounded(found, "inbox", self.vendor)
            if len(rows) < _AT_ONCE or not fresh:
                return [found[key] for key in sorted(found)]
            last = max(found)

    def _unread(self, client, number, host):
        """Read until nothing new comes. A lost answer is never asked for again: it would bring the next messages, not the same."""
        found: dict = {}
        while True:
            try:
                rows = self._call(client, {"number": number}, Effect.CHARGE)
            except PanelError as error:
                if not found:
                    error.hint = "Up to 90 messages may have been marked as read without being returned: read them with since_id"
                    raise
                host.warn("%s; what was read before is returned, up to 90 more messages may be marked as read: read them with since_id" % error.message)
                rows = []
            fresh = {row["id"]: row for row in rows if row["id"] not in found}
            found.update(fresh)
            if len(rows) < _AT_ONCE or not fresh:
                return [found[key] for key in sorted(found)]

    def _call(self, client, query, effect):
        try:
            rows = client.call("inbox", "GET", "/report/webservice/mo", effect, list, params=query)
        except ApiError as error:
            if error.code == "E7":
                return []
            raise
        made = []
        for row in INBOX.all(rows, "inbox", self.vendor):
            number = whole(row["id"])
            if number is None:
                raise strange("inbox", self.vendor, "id, a number", row["id"])
            made.append(dict(row, id=number))
        return made

    @staticmethod
    def shown(row):
        return {"id": row["id"], "sender": digits(row.get("from") or ""), "number": digits(row.get("to") or ""), "body": row.get("body"),
                "date": row.get("date"), "date_iso": tehran.iso(row.get("date") or "")}


MESSAGE_INFO = MessageInfo()
SCHEDULED_INFO = ScheduledInfo()
INBOX_INFO = InboxInfo()
