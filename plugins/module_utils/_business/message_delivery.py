# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who got a message and who did not, in one vocabulary for all providers; which message went where, the journal knows."""

from __future__ import annotations

from .._core.errors import PanelError, UsageError
from .._core.journal import DONE, OPTION, REFUSED, opened
from .._core.journal.by_hand import moment
from .._core.state.results import Failed
from .._core.state.runner import connect
from .._core.task import fitting
from .._core.task.job import compiled
from .._payamsms.info import MESSAGE_INFO as PAYAMSMS
from .._smspanel.client import UNDELIVERED
from . import kinds
from .gauges import settings as checked_settings
from .providers import ProviderJob, settings

DELIVERED, FAILED, WAITING, UNKNOWN = "delivered", "failed", "waiting", "unknown"
WORDS = {
    "payamsms": {"Send Successfully": DELIVERED, "Failed": FAILED, "Pending": WAITING, "Pending In Queue": WAITING},
    "smspanel": {"delivered": DELIVERED, **dict.fromkeys(UNDELIVERED, FAILED), "sent": WAITING, "sent_to_operator": WAITING, "at_operator": WAITING},
}


class MessageDelivery(ProviderJob):
    name = "message_delivery_info"
    several_accounts = True      #: one of each provider that was asked
    options = {
        "keys": {"type": "list", "elements": "str", "no_log": False},
        "since": {"type": "str"},
        "query": {"type": "str"},
        "journal": OPTION,
        "return_content": fitting.OPTION,
    }
    constraints = {"required_one_of": [("keys", "since")]}

    def run(self, host):
        params = host.params
        counts = {"requests": 0, "retries": 0, "seconds": 0.0}
        try:
            expression = compiled(params["query"], None) if params["query"] else None
            since = moment(params["since"]) if params["since"] else None
            journal = opened(host, "message", deadline=60)
            if journal is None:
                raise UsageError("journal is required (or KARIZ_JOURNAL in the environment): it knows which message went where", operation="options")
            with journal:
                entries = journal.entries("message", params["keys"], None, since)
            rows = {entry.key: row_of(entry) for entry in entries}
            for entry in entries:
                if entry.state == REFUSED:
                    rows[entry.key].update(delivery=FAILED, reason="it was refused (%s)" % (entry.code or "no code"))
                elif entry.open:
                    rows[entry.key].update(reason="nobody knows whether it was accepted")
            for provider in WORDS:
                sent = [entry for entry in entries if entry.state == DONE and entry.provider == provider]
                for key, (delivery, status) in deliveries(provider, sent, host, counts).items() if sent else ():
                    rows[key].update(status=status, delivery=delivery)
                    if delivery == UNKNOWN:
                        rows[key]["reason"] = "%s does not know it" % provider if status is None else "%s says %s" % (provider, status)
        except PanelError as error:
            error.tell(host.redactor)
            raise Failed(host.redactor.clean({"changed": False, "msg": "message_delivery_info: %s" % error.sentence(), "error": error.error,
                                              "api": counts})) from None
        wanted = params["keys"] if params["keys"] is not None else list(rows)
        absent = {"delivery": UNKNOWN, "provider": None, "id": None, "status": None, "reason": "the journal does not know it", "sent_at": None}
        messages = [rows.get(key) or dict(absent, key=key) for key in dict.fromkeys(wanted) if key in rows or since is None]
        summary = {word: sum(row["delivery"] == word for row in messages) for word in (DELIVERED, FAILED, WAITING, UNKNOWN)}
        result = {"changed": False, "messages": expression.search(messages) if expression is not None else messages, "summary": summary, "api": counts}
        if params["return_content"] == "summary":
            fitting.summarise(result)
        return result


def deliveries(provider, sent, host, counts):
    """Ask a provider about messages that it took and return ``{key: (delivery, the vendor's word or None)}``.

    :arg sent: their entries in the journal.
    :arg counts: takes what the asking cost.
    :raises PanelError: it could not be asked.
    """
    client_class = kinds.client_of(provider)
    client = connect(client_class, checked_settings(client_class, settings(host.params, provider)), host)
    try:
        told = _ASK[provider](client, sent, host)
    finally:
        for name, value in client.transport.counts().items():
            counts[name] += value
        client.transport.end()
    return {entry.key: (WORDS[provider].get(told.get(entry.key), UNKNOWN), told.get(entry.key)) for entry in sent}


def _payamsms(client, sent, host):
    """A key is the vendor's customer id; one that was merged went out under another."""
    ids = {entry.key: entry.outcome.get("merged_into") or entry.key for entry in sent}
    found = {str(row["customer_id"]): row["status"] for row in PAYAMSMS.read(client, {"customer_ids": sorted(set(ids.values()))}, host)}
    return {key: found.get(number) for key, number in ids.items()}


def _smspanel(client, sent, host):
    ids = {entry.key: int(entry.outcome["id"]) for entry in sent if str(entry.outcome.get("id") or "").isdigit()}
    found = {row["id"]: row["status"] for row in client.statuses(sorted(set(ids.values())))}
    return {key: found.get(number) for key, number in ids.items()}


_ASK = {"payamsms": _payamsms, "smspanel": _smspanel}


def row_of(entry):
    """Return an entry of the journal as a message of which nobody has been asked yet."""
    return {"key": entry.key, "delivery": UNKNOWN, "provider": entry.provider, "id": entry.outcome.get("id"), "status": None, "reason": None,
            "sent_at": entry.settled_at if entry.state == DONE else None}


MESSAGE_DELIVERY = MessageDelivery()
