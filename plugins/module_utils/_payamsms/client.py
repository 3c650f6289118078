# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""PayamSMS 2.0: token (OAuth2 password grant), codes, status and scheduled list (vendor page 5.1 to 5.4)."""

from __future__ import annotations

import base64
import re
import time
from urllib.parse import quote_plus

from .._core.errors import ApiError, AuthError
from .._core.http.answers import Shape, strange
from .._core.http.client import Client, Token
from .._core.http.paging import bounded
from .._core.http.retries import may_pass
from .._core.http.transport import Effect
from .._core.options.connection import connection_options
from .._core.text.letters import LARGEST, whole_number

#: Most messages in a send call, and most ids in a status call.
MOST = 250
#: Most parts of a message.
MOST_PARTS = 32
#: Servers commonly refuse a request line beyond 8 KiB, so long ids travel in more calls.
_LINE = 7600
_PAGE = 250

CODES = {
    "E2": ("missing_parameter", "a required parameter is missing or malformed"),
    "E4": ("access_denied", "access is not allowed"),
    "E5": ("bad_credentials", "username or password is wrong"),
    "E6": ("no_credit", "not enough credit to send"),
    "E7": ("no_new_message", "there is no new unread message"),
    "E8": ("bad_message_id", "the message id is not valid"),
    "E43": ("bad_recipient", "the recipient's number is not valid"),
    "E107": ("too_many_recipients", "more than 250 recipients"),
    "E132": ("sensitive_words", "the text holds sensitive words"),
    "E211": ("text_too_long", "the text is too long"),
    "E223": ("bad_sender", "the sender's number is not valid"),
    "E303": ("no_valid_recipient", "no recipient is valid"),
    "E305": ("unknown_message_id", "there is no message with this id"),
    "E766": ("empty_text", "the text is empty"),
}
# 303 is what the vendor's printed table says for "no access"; 403 is what its PDF says.
_STATUSES = {303: "forbidden", 401: "not_authenticated", 403: "forbidden", 404: "not_found", 429: "too_many_requests", 503: "unavailable"}
_PLAIN_CODE = re.compile(r'"?\s*(E\d{1,4})\s*"?')

#: What rows are made of. A status without the id that was asked for would pass for a message that was never sent.
BY_CUSTOMER = Shape("customerId", texts=("customerId", "serverId", "status"), values=("totalParts",))
BY_SERVER = Shape("serverId", texts=("customerId", "serverId", "status"), values=("totalParts",))
SCHEDULED = Shape("serverId", texts=("serverId", "customerId", "message", "sendDate", "recipient"), values=("parts", "totalPrice"))
INBOX = Shape("id", texts=("body", "from", "to", "date"))


def refused(operation, code, description, http_status=None):
    """Return the error for one of the vendor's codes: its meaning in English and the vendor's own text."""
    name, meaning = CODES.get(code, ("refused", "the vendor refused"))
    kind = AuthError if code == "E5" else ApiError
    return kind("%s: %s" % (operation, meaning), foreign=description or None, vendor="payamsms", operation=operation, http_status=http_status,
                code=code, name=name, hint={"E5": "Check api_username, api_password and api_system_name", "E6": "Top up the account"}.get(code))


class PayamSmsClient(Client):
    """Client of one PayamSMS account."""

    vendor = "payamsms"
    credentials = ("api_username", "api_password", "api_token", "api_system_name", "api_client_id", "api_client_secret")
    account = ("api_username", "api_system_name")
    secret_options = ("api_password", "api_token", "api_client_secret")
    identity = Client.identity + ("api_system_name", "api_client_id")
    connection = connection_options(
        "payamsms", credentials, secret_options, url="https://www.payamsms.com",
        api_login_style={"type": "str", "choices": ["form", "query", "json"], "default": "form"})

    # -- token -------------------------------------------------------------------------------------------------------

    def _missing(self):
        needed = ("api_username", "api_password", "api_system_name", "api_client_id", "api_client_secret")
        return [name for name in needed if not self.options.get(name)]

    def can_login(self):
        return not self._missing()

    def credentials_hint(self):
        return "%s (or PAYAMSMS_API_... in the environment)" % ", ".join(self._missing())

    def login(self):
        pair = "%s:%s" % (self.options["api_client_id"], self.options["api_client_secret"])
        given = {"systemName": self.options["api_system_name"], "username": self.options["api_username"], "password": self.options["api_password"],
                 "scope": "webservice", "grant_type": "password"}
        basic = base64.b64encode(pair.encode()).decode()
        self.redactor.add(basic)
        # The vendor's document prints a JSON body only; clients in production send a form or a query string (vendor page 5.3, 5.6).
        place = {{"query": "params", "json": "payload"}.get(self.options["api_login_style"], "data"): given}
        reply = self.transport.send("login", "POST", "/auth/oauth/token", Effect.LOGIN, headers={"Authorization": "Basic %s" % basic}, **place)
        answer = self.read("login", reply, Effect.LOGIN)
        value = answer.get("access_token")
        if not isinstance(value, str) or not value:
            raise AuthError("login: expected an access_token, and the answer holds none", vendor=self.vendor, operation="login", http_status=reply.status,
                            code="bad_answer", name="bad_answer")
        seconds = whole(answer.get("expires_in"))
        # A second login gives the same token with what is left of its life, so only the answer's own figure counts.
        return Token(value, None if seconds is None else time.time() + seconds)

    def _other_styles(self):
        style = self.options["api_login_style"]
        return "a server that reads the login elsewhere wants api_login_style: %s (tried: %s)" % (
            " or ".join(other for other in ("form", "query", "json") if other != style), style)

    # -- answers -----------------------------------------------------------------------------------------------------

    def understood(self, reply):
        """A code of the document is a refusal, whatever the HTTP status (page 5.1)."""
        try:
            answer = reply.json()
        except ValueError:
            answer = None
        return code_of(answer, reply)[0] in CODES

    def is_own(self, answer):
        return isinstance(answer, dict) and bool({"errorCode", "error", "error_description", "message", "description"} & set(answer))

    def refusal(self, operation, reply, answer):
        code, description = code_of(answer, reply)
        if code:
            return refused(operation, code, description, reply.status)
        if reply.ok:
            return None
        told = reply.text
        hint = None
        if isinstance(answer, dict):
            told = answer.get("error_description") or answer.get("description") or answer.get("message") or answer.get("error") or told
        name = _STATUSES.get(reply.status, "server_error" if reply.status >= 500 else "refused")
        kind = ApiError
        if operation == "login" and reply.status in (400, 401):
            kind, name = AuthError, "bad_credentials"
            hint = "Check api_username, api_password, api_system_name, api_client_id and api_client_secret"
            if reply.status == 400:
                hint += "; %s" % self._other_styles()
        elif operation == "login" and reply.status == 415:
            hint = self._other_styles()
        elif reply.status == 401:
            kind = AuthError
        elif name == "forbidden":
            hint = "The account has no access to this; vendors also allow only registered addresses"
        return kind(operation, foreign=told, vendor=self.vendor, operation=operation, http_status=reply.status, code=reply.status, name=name,
                    retryable=may_pass(reply.status), hint=hint)

    # -- reads that several need -------------------------------------------------------------------------------------

    def balance(self):
        """Return the balance as the vendor gives it: one bare number (rial, as far as is known)."""
        answer = self.call("balance", "GET", "/accounting/webservice/balance", expect=(int, float, str))
        number = answer if isinstance(answer, (int, float)) and not isinstance(answer, bool) else whole(answer)
        if number is None or not abs(number) < LARGEST:
            raise strange("balance", self.vendor, "a number", answer)
        return number

    def status(self, ids, by_customer=True, failed=None):
        """Return the status rows of these ids, as many calls as needed at once.

        :arg failed: takes ``{id: error}`` of those that could not be asked about; without it, such an error is raised.
        """
        calls = batches(ids)
        found = []
        for some, (rows, error) in zip(calls, self.map(lambda some: self._status(some, by_customer), calls)):
            if error is None:
                found.extend(rows)
            elif failed is None:
                raise error
            else:
                failed.update(dict.fromkeys(some, error))
        return found

    def _status(self, ids, by_customer):
        query = [("byCustomer", "true" if by_customer else "false")] + [("ids", number) for number in ids]
        try:
            rows = self.call("message status", "GET", "/report/webservice/status", expect=list, params=query)
        except ApiError as error:
            if error.code not in ("E305", "E8") or (len(ids) == 1 and error.code == "E8"):
                raise
            if len(ids) == 1:
                return []
            # It does not say which of the ids it does not know: the others must not be taken for unknown as well.
            middle = len(ids) // 2
            return self._status(ids[:middle], by_customer) + self._status(ids[middle:], by_customer)
        return (BY_CUSTOMER if by_customer else BY_SERVER).all(rows, "message status", self.vendor)

    def scheduled(self, **filters):
        """Return all scheduled messages that match, page by page; read again when the list changed in between."""
        for _round in range(4):
            found: dict = {}
            total = None
            page = 0
            while True:
                answer = self.call("scheduled list", "GET", "/panel/webservice/scheduledList", params=dict(filters, page=page, size=_PAGE))
                rows = answer.get("scheduledMessages")
                if not isinstance(rows, list):
                    raise strange("scheduled list", self.vendor, "a list under scheduledMessages", answer)
                SCHEDULED.all(rows, "scheduled list", self.vendor)
                before = len(found)
                for row in rows:
                    found[str(row.get("serverId"))] = row
                bounded(found, "scheduled list", self.vendor)
                total, pages = whole(answer.get("totalItem")), whole(answer.get("totalPages"))
                page += 1
                # A server that does not page gives the same rows again.
                if not rows or len(found) == before or (pages is not None and page >= pages) or (pages is None and total is not None and len(found) >= total):
                    break
            if total is None or len(found) >= total:
                break
        return list(found.values())


def batches(ids):
    """Return the ids in lists of what one status call takes."""
    made: list = []
    room = 0
    for number in ids:
        size = len(quote_plus(number)) + len("&ids=")
        if not made or len(made[-1]) >= MOST or size > room:
            made.append([])
            room = _LINE
        made[-1].append(number)
        room -= size
    return made


def whole(value):
    """Return a whole number that may come as text in any digits, or None."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return int(value) if abs(value) < LARGEST else None
    return whole_number(value)


def code_of(answer, reply):
    """Return ``(code, description)`` of an answer that is a refusal as a whole: an object, or the code alone as text."""
    code = answer.get("errorCode") if isinstance(answer, dict) else None
    if isinstance(code, (str, int)) and code and str(code).strip() and not answer.get("serverId"):
        return str(code).strip(), answer.get("description")
    plain = _PLAIN_CODE.fullmatch(reply.text.strip()) if len(reply.content) < 20 else None
    return (plain.group(1), None) if plain else (None, None)
