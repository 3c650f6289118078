# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The white-label SMS panel (REST v1): headers, two layers of status, tolerant lists (vendor page 2.1 to 2.4)."""

from __future__ import annotations

import math
import re

from .._core.errors import ApiError, AuthError, BadAnswerError, ConflictError, ForbiddenError, NotFoundError, UnknownOutcome
from .._core.http.answers import Shape, strange
from .._core.http.client import Client, NoContent
from .._core.http.retries import may_pass, proves_nothing
from .._core.http.transport import Effect
from .._core.options.connection import connection_options
from .._core.text.letters import DIGITS, digits, whole_number

CODES = {
    1: ("user_not_found", "the user was not found"),
    2: ("trial_user", "the account is a trial account"),
    3: ("user_locked", "the account is locked"),
    4: ("user_expired", "the account has expired"),
    5: ("user_not_approved", "the account is not approved yet"),
    6: ("no_web_service", "the account has no access to the web service"),
    10: ("bad_username", "the username is not valid"),
    11: ("bad_mobile", "the mobile number is not valid"),
    12: ("bad_national_code", "the national code is not valid"),
    13: ("bad_email", "the e-mail address is not valid"),
    14: ("manager_has_no_access", "the manager asked for has not enough access"),
    15: ("username_exists", "the username is registered already"),
    16: ("wrong_package", "the package is wrong"),
    17: ("passwords_differ", "password and its repetition differ"),
    21: ("too_many_recipients", "more recipients than allowed"),
    22: ("no_credit", "not enough credit"),
    23: ("wrong_sender", "the sender's number is wrong"),
    24: ("empty_text", "the text is empty"),
    25: ("no_recipient", "no recipient was given"),
    26: ("wrong_send_time", "the time of sending is wrong"),
    27: ("operator_error", "unspecified error in sending to the operator"),
    28: ("data_mismatch", "the data do not fit together"),
    29: ("pattern_not_active", "the pattern is not active"),
    30: ("no_message_chosen", "no message was chosen"),
    31: ("no_report", "there is no report"),
    32: ("too_many_messages", "more messages than allowed"),
    40: ("not_found", "there is no such record"),
    41: ("phonebook_exists", "a phonebook with these data exists already"),
    42: ("no_number", "no number was sent"),
    43: ("failed", "the operation failed"),
    1000: ("database_trouble", "trouble in the vendor's database"),
    2000: ("server_trouble", "trouble in the vendor's server"),
}
#: The vendor's own trouble, like an HTTP 5xx: nobody knows how far the work went.
_TROUBLE = (1000, 2000)
#: After a send: the panel has taken the message and something went wrong on its way to the operator, so it may still arrive.
_ON_ITS_WAY = 27
DELIVERY = {
    0: "sent", 1: "sent_to_operator", 2: "not_at_operator", 3: "at_operator", 4: "delivered", 5: "not_delivered", 6: "returned", 14: "unknown_id",
}
#: Words of the above that say that a message did not arrive and will not.
UNDELIVERED = ("not_at_operator", "not_delivered", "returned")
#: Ids in a status call. The document says only that there is a limit; that of a sister version is 50.
_MOST_IDS = 50
_WHOLE = re.compile(r"-?[0-9]{1,%d}(\.0+)?" % DIGITS)
_DECIMAL = re.compile(r"-?[0-9]{0,%d}\.[0-9]+" % DIGITS)
_STATUSES = {400: "refused", 401: "not_authenticated", 403: "forbidden", 404: "not_found", 429: "too_many_requests", 500: "server_error"}


BOOK = Shape("book_id", texts=("title", "uname"), values=("count",))
NUMBER = Shape("number", texts=("number",))


def whole(value):
    """Return a whole number that may come as text, or None."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    text = digits(value).strip()
    return int(text.partition(".")[0]) if _WHOLE.fullmatch(text) else None


def same_number(value):
    """Return the form in which two spellings of a number are equal: digits only, the country code as ``0``."""
    number = re.sub(r"[^0-9]", "", digits(value))
    for prefix in ("0098", "98", ""):
        rest = number[len(prefix):]
        if number.startswith(prefix) and len(rest) == 10 and not rest.startswith("0"):
            return "0" + rest
    return number


def named(operation, code, http_status=None, effect=Effect.READ):
    """Return the error for one of the vendor's codes, in words."""
    name, meaning = CODES.get(code, ("refused", "the vendor refused with a code that its document does not have"))
    kind = {40: NotFoundError, 41: ConflictError, 15: ConflictError}.get(code, ApiError)
    if (code in _TROUBLE and effect not in Effect.SAFE) or (code == _ON_ITS_WAY and effect == Effect.CHARGE):
        return UnknownOutcome("%s: %s (code %s)" % (operation, meaning, code), vendor="smspanel", operation=operation, http_status=http_status)
    return kind("%s: %s" % (operation, meaning), vendor="smspanel", operation=operation, http_status=http_status, code=code, name=name,
                retryable=code in _TROUBLE)


class SmsPanelClient(Client):
    """Client of one account. There is no login: every request carries the token of the panel, or username and password."""

    vendor = "smspanel"
    credentials = ("api_username", "api_password", "api_token")
    headers = (("api_token", "utf-8"), ("api_username", "utf-8"), ("api_password", "utf-8"))
    secret_options = ("api_password", "api_token")
    connection = connection_options("smspanel", credentials, secret_options)
    #: The vendor does not take the token any more; username and password go instead.
    token_void = False

    # -- calls -------------------------------------------------------------------------------------------------------

    def call(self, operation, method, path, effect=Effect.READ, expect=dict, headers=None, **kwargs):
        """Send one call and return what stands under ``result``.

        :arg headers: credentials to use instead of those of the connection.
        """
        own = headers or self._headers()
        reply = self.transport.send(operation, method, path, effect, headers=own, **kwargs)
        void = self.is_void(reply)
        if headers is None and "token" in own and not void:
            self._taken = own["token"]
        elif headers is None and "token" in own:
            if not self.can_login():
                raise self._void_token(own["token"], operation, reply)
            self.token_void = True
            reply = self.transport.send(operation, method, path, effect, headers=self._headers(), **kwargs)
        outer = self._outer(reply)
        if effect not in Effect.SAFE and outer is not None and (outer >= 500 or proves_nothing(outer)):
            raise UnknownOutcome("%s: the vendor answered with status %s after the request was sent" % (operation, outer),
                                 settled=not proves_nothing(outer), vendor=self.vendor, operation=operation, http_status=reply.status)
        answer = self.read(operation, reply, effect, dict)
        if isinstance(answer, NoContent):
            return answer
        if "result" not in answer:
            raise self.transport.bad_answer(operation, reply, "a result", effect)
        return answer["result"]

    def _headers(self):
        if self.options.get("api_token") and not self.token_void:
            return {"token": header(self.options["api_token"])}
        if not self.can_login():
            raise self._no_credentials()
        return {"username": header(self.options["api_username"]), "password": header(self.options["api_password"])}

    @staticmethod
    def _outer(reply):
        """Return the outer status of an answer, which may differ from that of HTTP."""
        try:
            answer = reply.json()
        except ValueError:
            return None
        return whole(answer.get("status")) if isinstance(answer, dict) else None

    def is_void(self, reply):
        return reply.status == 401 or self._outer(reply) == 401

    def is_own(self, answer):
        return isinstance(answer, dict) and whole(answer.get("status")) is not None

    def refusal(self, operation, reply, answer):
        outer = whole(answer.get("status")) if isinstance(answer, dict) else None
        status = reply.status if outer is None else outer
        if reply.ok and (outer is None or outer == 200):
            return None
        message = answer.get("message") if isinstance(answer, dict) else None
        kind = {401: AuthError, 403: ForbiddenError, 404: NotFoundError}.get(status, ApiError)
        # What does not come from the vendor says nothing about the account.
        code = status if status not in (400, 401, 403) or self.is_own(answer) else "bad_answer"
        hint = {401: "Check api_token, or api_username and api_password", 403: "Check that the account may use the web service"}.get(status)
        return kind(operation, foreign=message or reply.text, vendor=self.vendor, operation=operation,
                    http_status=reply.status, code=code, name=_STATUSES.get(status, "server_error" if status >= 500 else "refused"),
                    retryable=may_pass(status), hint=hint)

    def done(self, operation, method, path, effect, payload=None, headers=None):
        """Send a call whose result is a bare number or has a ``status``; return the result when that is 0, else raise its meaning."""
        before = getattr(self.heard, "written", None)
        result = self.call(operation, method, path, effect, payload=payload, headers=headers)
        if isinstance(result, NoContent):
            return result
        code = code_of(result)
        if code is None:
            error = BadAnswerError if effect in Effect.SAFE else UnknownOutcome
            raise error("%s: the result holds no status" % operation, foreign=result if effect == Effect.READ else None, vendor=self.vendor,
                        operation=operation)
        if code:
            error = named(operation, code, effect=effect)
            if not isinstance(error, UnknownOutcome):
                # A refusal inside an answer that is none: nothing was written.
                self.heard.written = before
            raise error
        return result

    # -- reads that several need -------------------------------------------------------------------------------------

    def credit(self):
        """Return ``(credit, status)``; status 2 is a trial account, whose credit counts only for trying out."""
        result = self.call("credit", "GET", "/my/credit")
        code = code_of(result)
        if code not in (0, 2):
            raise named("credit", code) if code else self._no_status("credit", result)
        value = self.inside("credit", result).get("value")
        number = value if isinstance(value, (int, float)) and not isinstance(value, bool) else _number(value)
        if number is None or not math.isfinite(number):
            raise strange("credit", self.vendor, "a number", value, "value")
        return number, code

    def statuses(self, numbers):
        """Return ``[{"id", "code", "status"}]`` of messages by their ids, in their order."""
        batches = [numbers[start:start + _MOST_IDS] for start in range(0, len(numbers), _MOST_IDS)]
        found = []
        for rows, error in self.map(self._statuses, batches):
            if error is not None:
                raise error
            found += rows
        return found

    def _statuses(self, numbers):
        result = self.call("message status", "GET", "/sms/status", payload={"idArray": numbers})
        code = code_of(result) if isinstance(result, dict) else 0
        if code:
            raise named("message status", code)
        codes = result.get("result") if isinstance(result, dict) else result
        if not isinstance(codes, list) or len(codes) != len(numbers):
            raise strange("message status", self.vendor, "%d codes" % len(numbers), codes)
        if any(whole(code) is None for code in codes):
            raise strange("message status", self.vendor, "codes", next(code for code in codes if whole(code) is None))
        return [{"id": number, "code": whole(code), "status": DELIVERY.get(whole(code), "unknown")} for number, code in zip(numbers, codes)]

    def _no_status(self, operation, result):
        return strange(operation, self.vendor, "a result with a status", result)

    def inside(self, operation, result):
        """Return a result that is more than a bare status."""
        if not isinstance(result, dict):
            raise strange(operation, self.vendor, "an object", result, "result")
        return result

    def details(self, operation, result, shape):
        """Return the ``details`` of a result."""
        return shape.read(self.inside(operation, result).get("details"), operation, self.vendor, "details")

    def listed(self, operation, path, shape, named_one=True):
        """Return the rows of a list, in any of the shapes that the vendor's samples allow.

        :arg named_one: the path names one thing, so that a 404 of the vendor's says that it is not there: an empty list. The list of all is never missing.
        """
        try:
            result = self.call(operation, "GET", path)
        except NotFoundError:
            if not named_one:
                raise
            return []
        if isinstance(result, list) and len(result) == 1 and isinstance(result[0], dict) and "result" in result[0]:
            result = result[0]
        if isinstance(result, dict):
            code = code_of(result)
            if code == 40:
                return []
            if code:
                raise named(operation, code)
            if "result" not in result:
                raise strange(operation, self.vendor, "a list under result", result, "result")
            result = result["result"]
        if isinstance(result, dict):
            result = [result]
        if not isinstance(result, list):
            raise strange(operation, self.vendor, "a list of objects", result, "result")
        return shape.all(result, operation, self.vendor)

    def phonebooks(self):
        """Return all phonebooks as ``[{"id", "name", "count", "owner"}]``."""
        rows = self.listed("list phonebooks", "/my/phonebook", BOOK, named_one=False)
        # A server that keeps names in ``uname`` has no title anywhere; one that is null among others is a wrong answer, and not absent.
        titled = any(row.get("title") for row in rows)
        return [book(row, titled) for row in rows]

    def numbers(self, number):
        """Return the numbers of a phonebook, as the vendor spells them."""
        return [row["number"] for row in self.listed("list numbers", "/phonebook/%s/number" % number, NUMBER)]


def header(value):
    """Return a header's value; what is no Latin-1 text goes out as UTF-8."""
    return str(value).encode("utf-8")


def code_of(result):
    """Return the code inside a result: its ``status``, or the result itself."""
    return whole(result.get("status")) if isinstance(result, dict) else whole(result)


def _number(value):
    text = digits(value if isinstance(value, str) else "").strip().replace(",", "")
    number = whole_number(text)
    return float(text) if number is None and _DECIMAL.fullmatch(text) else number


def book(row, titled=False):
    """Return a phonebook in the user's names. ``title`` is taken for its name, ``uname`` only where there is no title.

    :arg titled: others of the same list have a title, so a null is none.
    """
    name = row.get("title") or (None if titled and row.get("title", "") is None else row.get("uname"))
    if not name:
        raise strange("list phonebooks", "smspanel", "title or uname", row, "a phonebook")
    return {"id": row["book_id"], "name": name, "count": whole(row.get("count"))}
