# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading: delivery, phonebooks, the own profile."""

from __future__ import annotations

from urllib.parse import quote

from .._core.errors import UsageError
from .._core.http.answers import Shape
from .._core.http.parallel import results
from .._core.options.check import quoted
from .._core.task.job import Info
from .._core.text.letters import digits, is_whole, normal
from .client import BOOK, DELIVERY, SmsPanelClient, book, code_of, named, whole

LATEST = Shape("id", texts=("message", "from", "time", "now"), values=("state",))
OWN_PROFILE = Shape("fullname", "company", "mellicode", flat=True)


class SmsPanelInfo(Info):
    vendor = "smspanel"
    client = SmsPanelClient
    connection = SmsPanelClient.connection


class MessageInfo(SmsPanelInfo):
    """Delivery by ids, or the message sent last."""

    name = "message_info"
    returns = "messages"
    options = {"ids": {"type": "list", "elements": "str"}}

    def check(self, params):
        self._numbers(params)

    def _numbers(self, params):
        found = [digits(number).strip() for number in params.get("ids") or ()]
        wrong = [number for number in found if not is_whole(number)]
        if wrong:
            raise UsageError("ids: %s is not an id" % quoted(wrong[0]), vendor=self.vendor, operation="options")
        return list(dict.fromkeys(int(number) for number in found))

    def read(self, client, params, host):
        if params.get("ids") is None:
            return self._latest(client)
        numbers = self._numbers(params)
        return client.statuses(numbers)

    @staticmethod
    def _latest(client):
        result = client.call("latest message", "GET", "/sms/latest")
        code = code_of(result)
        if code == 31:
            return []
        if code:
            raise named("latest message", code)
        row = client.details("latest message", result, LATEST)
        return [{"id": row.get("id"), "text": row.get("message"), "sender": row.get("from"), "recipients": row.get("recipients"),
                 "code": whole(row.get("state")), "status": DELIVERY.get(whole(row.get("state")), "unknown"), "time": row.get("time"), "now": row.get("now")}]


class PhonebookInfo(SmsPanelInfo):
    name = "phonebook_info"
    returns = "phonebooks"
    options = {"name": {"type": "str"}, "with_numbers": {"type": "bool", "default": False}}

    def check(self, params):
        if params.get("name") is not None and not params["name"].strip():
            raise UsageError("name must not be empty", vendor=self.vendor, operation="options")

    def read(self, client, params, host):
        name = params.get("name")
        if name and "/" not in name:
            found = [book(row) for row in client.listed("get phonebook", "/my/phonebook/%s" % quote(name.strip(), safe=""), BOOK)]
            if not found:
                # A wrong address answers like a name that nobody has; the list of all tells them apart.
                found = client.phonebooks()
        else:
            found = client.phonebooks()
        if name:
            found = [row for row in found if normal(row["name"]) == normal(name)]
        if params["with_numbers"]:
            outcomes = client.map(lambda row: client.numbers(row["id"]), found)
            for row, numbers in zip(found, results(outcomes, lambda row: row["name"], found)):
                row["numbers"] = numbers
        return found


class ProfileInfo(SmsPanelInfo):
    """The profile of the account itself."""

    name = "profile_info"
    returns = "profile"

    def read(self, client, params, host):
        result = client.call("profile", "GET", "/my")
        code = code_of(result)
        if code not in (None, 0, 2):
            raise named("profile", code)
        row = client.details("profile", result, OWN_PROFILE)
        return {"full_name": row.get("fullname"), "company": row.get("company"), "date": row.get("date"), "fax": row.get("fax"),
                "national_code": row.get("mellicode"), "birth_certificate": row.get("shenasname"), "address": row.get("addr"),
                "postal_code": row.get("postcode")}


MESSAGE_INFO = MessageInfo()
PHONEBOOK_INFO = PhonebookInfo()
PROFILE_INFO = ProfileInfo()
