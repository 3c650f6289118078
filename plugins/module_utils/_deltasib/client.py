# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DeltaSib's reseller service (port 1043): login, the parameter ``Action``, error codes, rows in their tolerated spellings (vendor page 3.1 to 3.3)."""

from __future__ import annotations

import hashlib
import json
import re
import time

from .._core.errors import ApiError, AuthError, UnknownOutcome, UsageError
from .._core.http.answers import Shape, strange
from .._core.http.client import Client, NoContent, Token
from .._core.http.paging import PAGE, read_all
from .._core.http.retries import may_pass
from .._core.http.transport import Effect
from .._core.options.check import quoted
from .._core.options.connection import connection_options
from .._core.text.letters import DIGITS, LARGEST, digits

_NAMES = {-1: "fatal_error", -2: "invalid_key", -3: "ip_not_permitted", -4: "item_not_found", -5: "invalid_data", -6: "invalid_token"}
_HINTS = {
    -2: "Check api_username and api_password",
    -3: "Add the address from which the task runs to the permitted ones of this web-service user in the panel",
}
FATAL, NOT_FOUND, INVALID, VOID = -1, -4, -5, -6
_VERSION = re.compile(r"[0-9]+(\.[0-9]+)*")
_DECIMAL = re.compile(r"-?[0-9]{1,%d}(\.[0-9]+)?" % DIGITS)
# A page shorter than this is the end of a list: the server takes LimitCount, and no maximum of its own would be that small.
_LAST_BELOW = 10
# Errors are short; a long answer is rows and need not be read twice.
_ERROR_SIZE = 4000


class DeltaSibClient(Client):
    """Client of one reseller."""

    vendor = "deltasib"
    credentials = ("api_username", "api_password", "api_token")
    secret_options = ("api_password", "api_token")
    identity = ("api_url", "api_version", "api_username", "api_password", "api_token", "validate_certs", "ca_path")
    connection = connection_options(
        "deltasib", credentials, secret_options, api_version={"type": "str", "default": "1.0"},
        api_token_parameter={"type": "bool", "default": False, "no_log": False})

    def __init__(self, options, redactor, tokens=None, note=None):  # pylint: disable=redefined-outer-name
        if not _VERSION.fullmatch(str(options.get("api_version"))):
            raise UsageError("api_version must be a number such as 1.0, not %s" % quoted(options.get("api_version")), vendor=self.vendor, operation="options")
        super().__init__(options, redactor, tokens, note)
        #: How this server spells what the document spells in two ways.
        self.spelled: dict = {}

    @classmethod
    def secrets(cls, options):  # pylint: disable=redefined-outer-name
        """The key derived from the password opens the same doors as the password."""
        found = super().secrets(options)
        if options.get("api_password"):
            key = api_key(options["api_password"])
            found += [key, key.upper()]
        return found

    # -- login -----------------------------------------------------------------------------------------------------

    def login(self):
        reply = self.transport.send("login", "POST", self._path("auth"), Effect.LOGIN, data={
            "Action": "gettoken", "Api_Username": self.options["api_username"], "Api_Key": api_key(self.options["api_password"])})
        row = folded(self.read("login", reply, Effect.LOGIN))
        if not isinstance(row.get("token"), str) or not row["token"]:
            raise AuthError("login: expected a token, and the answer holds none", vendor=self.vendor, operation="login", http_status=reply.status,
                            code="bad_answer", name="bad_answer")
        seconds = number(row.get("sessiontimeout"))
        return Token(row["token"], time.time() + seconds if seconds else None)

    def authorise(self, token, call):
        super().authorise(token, call)
        if self.options["api_token_parameter"]:
            place = "data" if call.get("data") is not None else "params"
            call[place] = dict(call[place], Token=token)

    def is_void(self, reply):
        code = code_of(reply)
        return code == VOID or (code is None and reply.status == 401)

    # -- answers ---------------------------------------------------------------------------------------------------

    def understood(self, reply):
        """A fatal error says nothing about how far the server came; every other code of the document is a refusal (page 3.1: all are below zero)."""
        code = code_of(reply)
        return code in _NAMES and code != FATAL

    def is_own(self, answer):
        return "errorcode" in folded(answer)

    def refusal(self, operation, reply, answer):
        row = folded(answer) if isinstance(answer, dict) else {}
        code = code_in(row)
        if reply.ok and code in (None, 0):
            return None
        message = str(row.get("errordesc") or reply.text)
        kind = AuthError if code in (-2, -3, VOID) or (code is None and reply.status == 401) else ApiError
        name = _NAMES.get(code, "server_error" if reply.status >= 500 else "refused")
        return kind(operation, foreign=message, vendor=self.vendor, operation=operation, http_status=reply.status,
                    code=reply.status if code is None else code, name=name, retryable=code == FATAL or (code is None and may_pass(reply.status)),
                    hint=_HINTS.get(code))

    # -- calls -----------------------------------------------------------------------------------------------------

    def _path(self, thing):
        return "/%s/%s/" % (self.options["api_version"], thing)

    def get(self, operation, thing, action, params):
        """Return the answer of a read; its parameters travel in the address."""
        params = {name: value for name, value in params.items() if value not in (None, "")}
        return self._of_object(thing, lambda path: self.call(operation, "GET", path, Effect.READ, (dict, list), params=dict(params, Action=action)))

    def write(self, operation, method, thing, action, effect, values):
        """Send a write and hold its answer to ``status`` 1. Only DELETE carries its parameters in the address."""
        values = {name: value for name, value in values.items() if value is not None}
        place = "params" if method == "DELETE" else "data"
        try:
            answer = self._of_object(thing, lambda path: self.call(operation, method, path, effect, (dict, list), **{place: dict(values, Action=action)}))
        except ApiError as error:
            if error.code == FATAL:
                raise UnknownOutcome(error.message, vendor=self.vendor, operation=operation, http_status=error.http_status) from None
            raise
        if isinstance(answer, NoContent):
            return
        row = folded(answer[0] if isinstance(answer, list) and answer else answer)
        if number(row.get("status")) != 1:
            raise UnknownOutcome("%s: the answer does not say status 1" % operation, vendor=self.vendor, operation=operation)

    def _of_object(self, thing, send):
        """Send to an object; the document writes the payments' one as ``User.payment``, clients of real servers write names in lower case."""
        known = self.spelled
        try:
            return send(self._path(known.get(thing, thing)))
        except ApiError as error:
            other = {"user.payment": "User.payment"}.get(thing)
            if error.http_status != 404 or other is None or thing in known:
                raise
        answer = send(self._path(other))
        known[thing] = other
        return answer

    def rows(self, operation, thing, action, identify, enough=None, shape=None, page=PAGE, made=None, **params):
        """Return all rows of a list with keys in lower case, read page by page to the end.

        :arg identify: name of the field (lower case) that tells rows apart.
        :arg shape: what a row is made of; without one, every row has the field that tells it apart.
        :arg enough: called with the rows of a page; true means that all wanted rows have been seen.
        :arg page: rows asked for with one request.
        :arg made: what becomes of a row as soon as it is read, for long lists of wide rows; it keeps the field that tells rows apart.
        """
        shape = shape or Shape(identify, flat=True)

        def fetch(take, skip):
            answer = self._listed(operation, thing, action, dict(params, LimitFrom=skip, LimitCount=take))
            rows = shape.all(rows_in(answer, operation), operation, self.vendor)
            return rows if made is None else [made(row) for row in rows], None

        def last(found):
            return len(found) < _LAST_BELOW or (enough is not None and enough(found))
        return read_all(fetch, lambda row: str(row.get(identify)) if row.get(identify) is not None else json.dumps(row, sort_keys=True, default=str),
                        page, last, self.ahead, operation=operation, vendor=self.vendor)

    def _listed(self, operation, thing, action, params):
        """Return the answer of a list. The document stars ``Field`` and gives it a default: a server that insists on it is asked with ``*``."""
        spelling = ("field", thing)
        if "Field" in params:
            return self.get(operation, thing, action, params)
        if self.spelled.get(spelling):
            return self.get(operation, thing, action, dict(params, Field="*"))
        try:
            return self.get(operation, thing, action, params)
        except ApiError as refused:
            if refused.code != NOT_FOUND or spelling in self.spelled:
                raise
            try:
                answer = self.get(operation, thing, action, dict(params, Field="*"))
            except ApiError:
                # It was not for want of Field: a subscriber who is not there has the same code.
                raise refused from None
            self.spelled[spelling] = True
            return answer


def api_key(password):
    """Return what the vendor takes for a password."""
    return hashlib.sha512(str(password).encode("utf-8")).hexdigest()


# -- reading what servers write in several ways ------------------------------------------------------------------------


def folded(row):
    """Return a row with its keys in lower case: servers differ in their case."""
    return {str(name).lower(): value for name, value in row.items()} if isinstance(row, dict) else {}


def code_in(row):
    """Return the error code of a row (folded), or None."""
    value = number(row.get("errorcode"))
    return None if value is None else int(value)


def code_of(reply):
    """Return the error code of a reply, or None when it carries none."""
    if len(reply.content) > _ERROR_SIZE:
        return None
    try:
        answer = reply.json()
    except ValueError:
        return None
    return code_in(folded(answer))


def rows_in(answer, operation):
    """Return the rows of an answer: a list, one row by itself, or rows under numbers (how PHP writes a list with gaps).

    :raises BadAnswerError: it is none of these. Nothing found is an empty list, never something that cannot be read.
    """
    if isinstance(answer, list) and all(isinstance(row, dict) for row in answer):
        return [folded(row) for row in answer]
    if isinstance(answer, dict) and answer:
        if all(str(name).isdigit() and isinstance(row, dict) for name, row in answer.items()):
            return [folded(row) for row in answer.values()]
        if not any(isinstance(value, (dict, list)) for value in answer.values()) and "status" not in folded(answer):
            return [folded(answer)]
        inner = [value for name, value in answer.items() if str(name).lower() in ("data", "result", "rows") and isinstance(value, (dict, list))]
        if len(inner) == 1:
            return [] if inner[0] == [] else rows_in(inner[0], operation)
    raise strange(operation, "deltasib", "a list of rows", answer)


def number(value):
    """Return a number, also from text with commas between the thousands and in any digits; None for nothing and for words."""
    if isinstance(value, str) and value.isascii():
        # Nearly all of them: a subscriber's credit alone has seventy.
        plain = value.replace(",", "")
        if plain.isdigit() and len(plain) <= DIGITS:
            return int(plain)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        if not abs(value) < LARGEST:
            return None
        return value if isinstance(value, int) or value != int(value) else int(value)
    text = digits(value).replace(",", "").replace("\u066c", "").replace("\u066b", ".").strip()
    if not _DECIMAL.fullmatch(text):
        return None
    return int(text.partition(".")[0]) if not text.partition(".")[2].strip("0") else float(text)


def required(row, name, operation):
    """Return a number without which a row means nothing.

    :raises BadAnswerError: it is not there.
    """
    value = number(row.get(name))
    if value is None:
        raise strange(operation, "deltasib", "%s, a number" % name, row.get(name), "a row")
    return value


def named(row, name, operation):
    """Return a text without which a row means nothing.

    :raises BadAnswerError: it is not there.
    """
    value = text(row.get(name))
    if value is None or isinstance(row.get(name), bool):
        raise strange(operation, "deltasib", name, row.get(name), "a row")
    return value


def text(value):
    """Return a text of a row; None for nothing and for the database's zero date."""
    if value is None:
        return None
    found = str(value).strip()
    return None if found in ("", "0000-00-00", "0000-00-00 00:00:00") else found


def yes(value):
    """Return a yes or no of the vendor; None for neither."""
    return {"yes": True, "1": True, "true": True, "no": False, "0": False, "false": False}.get(str(value).strip().lower())
