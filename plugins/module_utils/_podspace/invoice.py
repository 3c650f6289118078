# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The invoice for a plan (service 19): costs money once it is paid, can be listed nowhere, and every call makes another."""

from __future__ import annotations

import contextlib
import copy
import os
from typing import Any
from urllib.parse import urlsplit

from .._core.errors import ApiError, PanelError, UnknownOutcome, UsageError
from .._core.http.answers import reading
from .._core.http.transport import Effect
from .._core.journal import DONE, OPTION, UNKNOWN, digest, opened, where
from .._core.journal.entry import moment
from .._core.options.check import OptionsError, Problem, collect
from .._core.state.results import Failed, failure
from .._core.task.job import Job
from .._core.text.letters import id_check, whole_number
from . import codes, names
from .client import PodspaceClient
from .plan import find, number, offered

_DEPTH = 3
_UNKNOWN = "Nobody knows whether the invoice was made, so it is not asked for again; look at the invoices in the panel"


def link(payload, depth=_DEPTH):
    """Return the payment link of an answer: the answer itself, or a field of it, also one level further in."""
    if isinstance(payload, str):
        return payload if payload.startswith(("http://", "https://")) else None
    if not isinstance(payload, dict) or not depth:
        return None
    for name in names.LINK:
        found = link(payload.get(name), depth - 1) if isinstance(payload.get(name), str) else None
        if found:
            return found
    return next((found for found in (link(part, depth - 1) for part in payload.values() if isinstance(part, dict)) if found), None)


def invoice_id(payload):
    inner = next((part for part in payload.values() if isinstance(part, dict)), {}) if isinstance(payload, dict) else {}
    return number(pick_id(payload) or pick_id(inner))


def pick_id(row):
    return names.pick(row, ("invoiceId", "id")) if isinstance(row, dict) else None


class Invoice(Job):
    vendor = "podspace"
    client = PodspaceClient
    connection = PodspaceClient.connection
    name = "invoice"
    options = {
        "plan": {"type": "str", "required": True},
        "redirect_url": {"type": "str", "required": True},
        "journal": OPTION,
        "message_id": {"type": "str"},
    }
    journal: Any = None

    def run(self, host):
        """Carry out the task, with the journal where there is one; one that only the environment names is for invoices with a message_id."""
        task = copy.copy(self)
        try:
            problems = self._pair(host.params, host.environ)
            if problems:
                collect(problems, self.check, host.params)
                raise OptionsError(problems, vendor=self.vendor)
            task.journal = opened(host, "invoice", self.vendor) if host.params["message_id"] is not None else None
            with task.journal or contextlib.nullcontext():
                return super(Invoice, task).run(host)
        except PanelError as error:
            raise Failed(failure(self.vendor, "podspace_invoice", error, None, host)) from None

    @staticmethod
    def _pair(params, environ):
        """Return what is wrong with the journal and the id together: a list of :class:`Problem`."""
        if params["journal"] and params["message_id"] is None:
            return [Problem((), "journal needs message_id, your own id of the invoice")]
        if params["message_id"] is not None and where(params, environ) is None:
            return [Problem((), "message_id needs journal (or KARIZ_JOURNAL in the environment): without it nothing remembers the invoice")]
        return []

    def mistakes(self, checked):
        known = all(problem.path and problem.path[0] not in ("journal", "message_id") for problem in checked.problems)
        return super().mistakes(checked) + (self._pair(checked.values, os.environ) if known else [])

    def check(self, params):
        problems = []
        try:
            parts = urlsplit(params["redirect_url"])
            reached = parts.scheme in ("http", "https") and parts.hostname
        except ValueError:
            reached = False
        if not reached:
            problems.append(Problem((), "redirect_url must be an http or https address"))
        problems += [Problem((), "%s must not be empty" % name) for name in ("plan", "message_id") if params[name] is not None and not params[name].strip()]
        marks = id_check(params["message_id"]) if params["message_id"] is not None else None
        if marks:
            problems.append(Problem((), "message_id %s" % marks))
        if problems:
            raise OptionsError(problems, vendor=self.vendor)

    def work(self, client, params, host):
        client.need("buy_plan_with_gateway")
        content = {"plan": params["plan"].strip(), "redirect_url": params["redirect_url"]}
        journal, key = self.journal, params["message_id"]
        entry = journal.look([key]).get(key) if journal else None
        if entry is not None and entry.state == DONE:
            return self._told(params, entry.outcome, entry, content)
        if entry is not None and entry.state == UNKNOWN:
            # The vendor lists invoices nowhere, so there is nobody to ask.
            raise journal.unknown(key, entry)
        plan = self._plan(client, params["plan"])
        facts = {"plan_id": plan["id"], "plan_title": plan.get("title"), "price": plan.get("price")}
        if host.check_mode:
            return self._told(params, facts, None, content)

        def send():
            return dict(facts, **self._buy(client, plan, params))
        if journal is None:
            return self._told(params, send(), None, content)
        outcome, earlier = journal.once(key, content, "plan %s" % (plan.get("title") or params["plan"]), send)
        return self._told(params, outcome, earlier, content)

    @staticmethod
    def _plan(client, text):
        """Return the plan; one given by its number needs no list when the account has no service for that."""
        try:
            client.need("get_plan_list")
        except UsageError:
            if whole_number(text) is not None:
                return {"id": whole_number(text), "hash": None}
            raise
        with reading(client):
            plan = find(offered(client), text)
        if plan["status"] == "CAN_NOT_BUY":
            raise UsageError("the plan %s cannot be bought" % plan["title"], vendor="podspace", operation="get_plan_list", code="not_for_sale")
        return plan

    def _buy(self, client, plan, params):
        number_or_hash = plan["id"] if plan["id"] is not None else plan["hash"]
        try:
            told = client.service("buy_plan_with_gateway", Effect.CHARGE, plan=str(number_or_hash), redirect_url=params["redirect_url"])
        except UnknownOutcome as lost:
            lost.hint = _UNKNOWN
            raise
        except ApiError as error:
            if error.code == codes.UNKNOWN:
                raise UnknownOutcome(error.message, vendor=self.vendor, operation=error.operation, http_status=error.http_status, hint=_UNKNOWN) from None
            raise
        return {"payment_url": link(told.payload), "invoice_id": invoice_id(told.payload)}

    @staticmethod
    def _told(params, facts, earlier, content):
        invoice = {"plan": content["plan"], "redirect_url": content["redirect_url"], "message_id": params["message_id"]}
        invoice.update({name: facts.get(name) for name in ("plan_id", "plan_title", "price", "payment_url", "invoice_id")})
        changed = earlier is None
        shown = {name: invoice[name] for name in ("plan", "redirect_url")}
        result = {"changed": changed, "invoice": invoice, "payment_url": invoice["payment_url"], "diff": {
            "before": {}, "after": {"invoice": shown} if changed else {},
            "before_header": "podspace_invoice (before)", "after_header": "podspace_invoice (after)"}}
        if earlier is not None and earlier.digest != digest(content):
            result["warnings"] = ["%s was issued at %s for another plan or redirect_url; no new invoice was made" % (
                params["message_id"], moment(earlier.reserved_at))]
        elif changed and "payment_url" in facts and not facts["payment_url"]:
            result["warnings"] = ["the invoice was made, but the answer holds no payment link; look at the invoices in the panel"]
        return result


INVOICE = Invoice()
