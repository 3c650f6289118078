# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alocom 4.23: login, envelopes, error answers, lists by ``take`` and ``skip`` (vendor page 4.1 to 4.4)."""

from __future__ import annotations

import re
import time

from .._core.errors import ApiError, AuthError, ConflictError, NotFoundError, PanelError, UnknownOutcome
from .._core.http.answers import identity, rows
from .._core.http.client import Client, NoContent, Token
from .._core.http.paging import read_all
from .._core.http.retries import may_pass
from .._core.http.transport import Effect
from .._core.options.connection import connection_options
from .._core.text.letters import normal
from .._core.text.near import proposing
from . import shapes

AGENTS = "/api/v1/agents/"

_NAMES = {400: "refused", 401: "not_authenticated", 403: "forbidden", 404: "not_found", 409: "conflict", 422: "invalid_data", 429: "too_many_requests"}
_KEYS = {"username", "slug", "title"}
_HINTS = {
    401: "Check api_username and api_password",
    403: "The account may not do this",
    429: "Run again later, or lower api_concurrency",
}


class AlocomClient(Client):
    """Client of one Alocom account."""

    vendor = "alocom"
    credentials = ("api_username", "api_password", "api_token")
    secret_options = ("api_password", "api_token")
    connection = connection_options("alocom", credentials, secret_options, url="https://pnlapi.alocom.co")
    #: Requests name labels by their titles.
    labels_by_title = False

    def login(self):
        """Log in with ``{"username", "password"}``; the token is at the top of the answer or under ``data`` (page 4.3)."""
        reply = self.transport.send("login", "POST", "/api/v1/auth/login", Effect.LOGIN,
                                    payload={"username": self.options["api_username"], "password": self.options["api_password"]})
        answer = self.read("login", reply, Effect.LOGIN)
        inner = answer.get("data") if isinstance(answer.get("data"), dict) else {}
        for place in (answer, inner):
            for key in ("token", "access_token"):
                if isinstance(place.get(key), str) and place[key]:
                    life = place.get("expires_in")
                    return Token(place[key], time.time() + life if isinstance(life, (int, float)) and not isinstance(life, bool) else None)
        raise AuthError("login: expected a token, and the answer holds none", vendor=self.vendor, operation="login", http_status=reply.status,
                        code="bad_answer", name="bad_answer")

    def logout(self):
        """Make the token in use void."""
        self.call("logout", "POST", "/api/v1/auth/logout", Effect.REPLACE, expect=None)
        self.forget_token()

    def is_own(self, answer):
        return isinstance(answer, dict) and "message" in answer

    def refusal(self, operation, reply, answer):
        if reply.ok:
            return None
        message = reply.text
        if isinstance(answer, dict):
            message = str(answer.get("message") or message)
            details = answer.get("errors")
            if isinstance(details, dict):
                told = "; ".join("%s: %s" % (field, ", ".join(map(str, texts)) if isinstance(texts, list) else texts) for field, texts in details.items())
                message = "%s (%s)" % (message, told)
            elif details:
                message = "%s (%s)" % (message, details)
        kind = {401: AuthError, 404: NotFoundError, 409: ConflictError, 422: ConflictError}.get(reply.status, ApiError)
        if reply.status == 422 and isinstance(answer, dict) and isinstance(answer.get("errors"), dict) and not _KEYS & set(answer["errors"]):
            # The vendor names the fields it refuses, and none is a natural key: nothing can be there already.
            kind = ApiError
        name = _NAMES.get(reply.status, "server_error" if reply.status >= 500 else "refused")
        if operation == "login" and reply.status == 422:
            # Some servers call a wrong password invalid data.
            return AuthError(operation, foreign=message, vendor=self.vendor, operation=operation, http_status=reply.status, code=reply.status,
                             name=_NAMES[401], hint=_HINTS[401])
        return kind(operation, foreign=message, vendor=self.vendor, operation=operation, http_status=reply.status,
                    code=reply.status, name=name, retryable=may_pass(reply.status), hint=_HINTS.get(reply.status))

    def labelled(self, body, key, send):
        """Send a body that names labels by their ids. A server that wants their titles refuses that (which of both it is, the document does not say); it gets
        them then, and from then on.
        """
        if not body.get(key):
            return send(body)
        try:
            return send(dict(body, **{key: self._titles(body[key])}) if self.labels_by_title else body)
        except PanelError as error:
            if self.labels_by_title or error.http_status != 422 or not re.search(r"\blabels?\.[0-9]+: ", error.message):
                raise
            answer = send(dict(body, **{key: self._titles(body[key])}))
            self.labels_by_title = True
            return answer

    def _titles(self, numbers):
        titles = self.label_titles()
        return [titles.get(str(number), number) for number in numbers]

    def post(self, operation, path, payload, effect=Effect.READ, expect=dict):
        return self.call(operation, "POST", AGENTS + path, effect, expect, payload=payload)

    def get(self, operation, path, expect=dict):
        return self.call(operation, "GET", AGENTS + path, Effect.READ, expect)

    def patch(self, operation, path, payload):
        """Send an update. An answer without a body counts: whoever needs to know reads back."""
        return self.call(operation, "PATCH", AGENTS + path, Effect.REPLACE, dict, payload=payload)

    def delete(self, operation, path, done=lambda answer: False):
        """Remove something and make sure that it is gone.

        The document tells no code for a refusal (an event that is running: page 4.1, Events), so a 200 with a message may be one.

        :arg done: returns whether an answer says by itself that it is done.
        :raises ApiError: it is still there.
        """
        answer = self.call(operation, "DELETE", AGENTS + path, Effect.REPLACE, dict)
        if isinstance(answer, NoContent) or done(answer):
            return
        try:
            found = one(self.get(operation, path, (dict, list)), "event", "user", "label")
        except NotFoundError:
            return
        except PanelError as error:
            raise UnknownOutcome("%s: whether it is gone could not be seen: %s" % (operation, error.message), settled=True, vendor=self.vendor,
                                 operation=operation, http_status=error.http_status) from None
        if found.get("id") is not None and not found.get("deleted_at"):
            refusal = ApiError(operation, foreign=word(answer.get("message")) or "it is still there", vendor=self.vendor, operation=operation, http_status=200,
                               code="not_applied", name="refused", hint="The vendor answered as if it were done, and it is still there")
            refusal.undone = True
            raise refusal

    def detail(self, operation, path, shape, *names):
        """Return the object that a detail call tells; ``names``: see :func:`one`."""
        return shape.read(one(self.get(operation, path, (dict, list)), *names), operation, self.vendor)

    def pages(self, operation, path, filters, names, shape, enough=None, identify=None, missing=None, place=None, made=None):
        """Return all rows of a ``take``/``skip`` list.

        :arg names: keys under which the rows may stand beside ``data``.
        :arg enough: see :func:`.paging.read_all`, as for ``missing``, ``place`` and ``made``.
        """
        def fetch(take, skip):
            answer = self.post(operation, path, dict(filters, take=take, skip=skip), expect=(dict, list))
            meta = answer.get("meta") if isinstance(answer, dict) else None
            total = meta.get("total_count") if isinstance(meta, dict) else None
            found = rows(answer, *names, operation=operation, vendor=self.vendor, shape=shape)
            return found, total if isinstance(total, int) and not isinstance(total, bool) else None
        return read_all(fetch, identify or (lambda row: row.get("id")), enough=enough, ahead=self.ahead, missing=missing, place=place, made=made,
                        operation=operation, vendor=self.vendor)

    # -- maps that several resources need ------------------------------------------------------------------------------

    def labels(self):
        """Return all labels as ``[{"id", "title"}]``; read once, forgotten by :meth:`forget_labels`. A label that is foretold has no id."""
        listed = self._labels()
        return self.memory.foretold.laid_over("labels", listed, "title") if self.memory.foretold else listed

    def _labels(self):
        return self.memory.shared("labels", lambda: rows(self.get("label list", "labels/list", (dict, list)), "labels", operation="label list",
                                                         vendor=self.vendor, shape=shapes.LABEL))

    def forget_labels(self):
        self.memory.pop("labels", None)
        self.memory.pop("label_ids", None)

    def label_ids(self):
        """Return ``{normal title: [ids]}``; titles of a long list are made comparable once, not for every user."""
        listed = self._labels()
        foretold = self.memory.foretold
        kept = self.memory.get("label_ids")
        if kept is None or kept[0] is not listed or kept[1] is not foretold:
            found: dict = {}
            for row in self.labels():
                found.setdefault(normal(row.get("title") or ""), []).append(row["id"])
            kept = self.memory["label_ids"] = (listed, foretold, found)
        return kept[2]

    def near_labels(self, titles):
        """Return titles of which there is no label, each with those that may have been meant."""
        return ", ".join(proposing(title, [row.get("title") for row in self.labels()]) for title in titles)

    def label_titles(self):
        return {str(row["id"]): row.get("title") for row in self.labels() if row["id"] is not None}

    def foretold_title(self, title, number):
        """Return the title that a label a user carries would have by now."""
        renamed = self.memory.foretold.renamed("labels", "title") if self.memory.foretold else {}
        if renamed and number is None:
            number = next((row["id"] for row in self._labels() if normal(row.get("title") or "") == normal(title)), None)
        return renamed.get(str(number), title)


def one(answer, *names):
    """Return the object of a detail answer: bare, under one of ``names``, under ``data`` (an object or a list of one)."""
    for _depth in range(3):
        if isinstance(answer, list):
            answer = answer[0] if answer else {}
        if not isinstance(answer, dict):
            break
        following = next((answer[name] for name in names + ("data",) if isinstance(answer.get(name), (dict, list))), None)
        if following is None:
            break
        answer = following
    return answer if isinstance(answer, dict) else {}


def made(answer, *names):
    """Return ``(id, object)`` of what a create answered; the id is None where the answer has none, as most of the vendor's."""
    found = one(answer, *names)
    return identity(found.get("id")), found


def word(value):
    """Return a text that an answer tells beside the point, None when something else stands there."""
    return value if isinstance(value, str) and value else None


def yes(value):
    """Return a yes/no of the vendor, sent as 1, "1", true or a word."""
    if isinstance(value, str):
        return value.strip().lower() in ("1", "true", "yes", "on", "active")
    return bool(value)
