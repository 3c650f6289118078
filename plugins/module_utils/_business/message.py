# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A text to people, once for each key, through the first provider that takes it.

The next provider gets a message only when the one before refused it, or was not reached, before it could have been accepted. All of them write into one
journal under one key.
"""

from __future__ import annotations

import contextlib
import copy
import re

from .._core.errors import PanelError, UsageError
from .._core.journal import DONE, OPTION, REFUSED, UNKNOWN, opened
from .._core.journal.entry import masked
from .._core.options.check import OptionsError, Problem, options_of, refusal
from .._core.state.results import Failed
from .._core.text.letters import id_check
from .._core.text.sms import content, iran_mobile, parts
from .._payamsms.message import MESSAGE as PAYAMSMS
from .._smspanel.message import MESSAGE as SMSPANEL
from .message_delivery import FAILED, deliveries
from .providers import PROVIDERS, ProviderJob, settings

OUTCOMES = ("sent", "already", "refused", "unknown", "skipped", "merged")
#: Of one reason so many keys are named.
_NAMED = 5
#: Codes of refusals that no other provider may repeat: the message went out, or was taken back.
_FINAL = ("not_delivered", "cancelled")
_LOST = "%s: it was sent earlier and did not arrive; to send it again, give it a new key"
_JOBS: dict = {"payamsms": PAYAMSMS, "smspanel": SMSPANEL}


class Text:
    """One message, with what becomes of it."""

    def __init__(self, key, recipient, text):
        self.key = key
        self.recipient = recipient
        self.text = text
        self.parts = parts(text)["parts"]
        self.outcome: str | None = None
        self.provider = None
        self.id = None
        self.reason = None
        self.merged: list = []     #: other keys of the same person and text
        self.final = False         #: no other provider may have it
        self.entry = None          #: of the journal, when an earlier run has sent it
        self.asked = None          #: the provider that was asked what became of it

    def told(self, outcome, provider=None, number=None, reason=None, final=True):
        self.outcome, self.provider, self.id, self.reason, self.final = outcome, provider, number, reason, final

    def shown(self):
        return {"key": self.key, "outcome": self.outcome, "provider": self.provider, "id": self.id, "parts": self.parts, "reason": self.reason}


class Message(ProviderJob):
    name = "message"
    several_accounts = True      #: one of each provider that was asked
    in_turn = True               #: hosts of a play do it one after the other
    options = {
        "key": {"type": "str", "no_log": False},
        "recipient": {"type": "str"},
        "text": {"type": "str"},
        "messages": {"type": "list", "elements": "dict", "options": {
            "key": {"type": "str", "required": True, "no_log": False}, "recipient": {"type": "str", "required": True}, "text": {"type": "str"}}},
        "providers": {"type": "list", "elements": "str", "choices": list(PROVIDERS), "default": list(PROVIDERS)},
        "sender": {"type": "raw", "required": True},
        "part_price": {"type": "raw"},
        "parts_limit": {"type": "int", "default": 32},
        "on_invalid": {"type": "str", "choices": ["fail", "skip"], "default": "fail"},
        "merge_same": {"type": "bool", "default": True},
        "dry_run": {"type": "bool", "default": False},
        "journal": OPTION,
    }
    constraints = {"mutually_exclusive": [("messages", "key"), ("messages", "recipient"), ("messages", "text")], "required_one_of": [("messages", "key")]}

    # -- before anything is sent ---------------------------------------------------------------------------------------

    def texts(self, params):
        """Return the :class:`Text` of every message; what cannot be sent is refused as a whole or skipped.

        :raises UsageError: naming every message that cannot be sent.
        """
        rows = params["messages"] if params["messages"] is not None else [{name: params[name] for name in ("key", "recipient", "text")}]
        made, problems, wrong_keys, others = [], [], [], []
        keys: dict = {}
        for place, row in enumerate(rows):
            one = Text(str(row["key"]).strip(), row["recipient"], row["text"] or "")
            made.append(one)
            here = () if params["messages"] is None else ("messages", place)
            wrong = "must not be empty" if not one.key else id_check(one.key) or (
                "is the key of messages[%d] too (%s): each may occur once" % (keys[one.key], one.key) if one.key in keys else None)
            if wrong:
                wrong_keys.append(Problem(here + ("key",), wrong))
            keys.setdefault(one.key, place)
            try:
                one.recipient = iran_mobile(row["recipient"])
                why = None if one.text else "no text"
                if one.parts > params["parts_limit"]:
                    why = "%d parts, more than %d" % (one.parts, params["parts_limit"])
            except ValueError as error:
                why = str(error)
            if why is not None:
                one.told("skipped", reason=why)
                problems.append("%s: %s" % (one.key, why))
                others.append(Problem(here, why))
        if wrong_keys:
            raise OptionsError(wrong_keys + others)
        if problems and params["on_invalid"] == "fail":
            raise UsageError("Nothing was sent. %d of %d messages cannot be: %s%s" % (
                len(problems), len(made), "; ".join(problems[:20]), "; ..." if len(problems) > 20 else ""), operation="options",
                hint="Put them right, or skip them with on_invalid: skip")
        return made

    @staticmethod
    def by_provider(value, provider, name):
        """Return an option that is one value for all providers or a mapping."""
        if not isinstance(value, dict):
            return value
        if provider not in value and name == "sender":
            raise UsageError("sender lacks a provider: %s" % provider, operation="options")
        return value.get(provider)

    @staticmethod
    def merge(texts):
        """Return one message of each person and text; the others hang on it."""
        firsts: dict = {}
        for one in texts:
            firsts.setdefault((one.recipient, one.text), one)
        for one in texts:
            first = firsts[one.recipient, one.text]
            if first is not one:
                first.merged.append(one)
        return list(firsts.values())

    # -- work ----------------------------------------------------------------------------------------------------------

    def run(self, host):
        params = host.params
        self.requests = {"requests": 0, "retries": 0, "seconds": 0.0}
        task = copy.copy(self)
        try:
            texts = task.texts(params)
            if params["dry_run"]:
                return dict(task.dry(texts, params), changed=False)
            calls = [(provider, task.options_for(provider, params, host)) for provider in params["providers"]]
            journal = opened(host, "message", deadline=300)
            if journal is None and params["providers"] != ["payamsms"]:
                raise UsageError("journal is required (or KARIZ_JOURNAL in the environment): without it nothing remembers what was sent", operation="options")
            going = [one for one in texts if one.outcome is None]
            leaders = task.merge(going) if params["merge_same"] else going
            warnings: list = []
            with journal or contextlib.nullcontext():
                if journal is not None:
                    task.recall(journal, leaders, host)
                    task.reserve_merged(journal, leaders, host)
                task.send(calls, [one for one in leaders if one.outcome is None], host, warnings)
                task.ask_others(leaders, host, warnings)
                if journal is not None:
                    task.settle_merged(journal, leaders, host)
            for one in leaders:
                task.tell_merged(one)
        except PanelError as error:
            error.tell(host.redactor)
            raise Failed(host.redactor.clean({"changed": False, "msg": "message: %s" % error.sentence(), "error": error.error})) from None
        return task.result(texts, params, warnings, host.redactor, host.check_mode)

    def options_for(self, provider, params, host):
        """Return the options of a provider's own module, without the messages; checked before anything is sent."""
        given: dict = dict(settings(params, provider), sender=str(self.by_provider(params["sender"], provider, "sender")))
        price = self.by_provider(params["part_price"], provider, "part_price")
        if price is not None:
            try:
                given["part_price"] = int(price)
            except (TypeError, ValueError, OverflowError):
                raise UsageError("part_price must be a whole number, or a mapping of provider to one", operation="options") from None
        if params["journal"]:
            given["journal"] = params["journal"]
        return given

    def recall(self, journal, leaders, host):
        """Take over what earlier runs made of a message, under whichever of its keys."""
        groups = {one.key: [one] + one.merged for one in leaders}
        known = journal.look([part.key for group in groups.values() for part in group])
        adopt, free, owners = {}, {}, {}
        for one in leaders:
            entries = [known[part.key] for part in groups[one.key] if part.key in known]
            done = one.entry = next((entry for entry in entries if entry.state == DONE), None)
            for entry in entries:
                owner = known.get(entry.outcome.get("merged_into"))
                if entry.state == UNKNOWN and entry.outcome.get("merged_into") in groups and (owner is None or owner.state == REFUSED):
                    # Reserved beside a message that was not sent: it was not sent either.
                    free[entry.key], owners[entry.key] = (REFUSED, {"code": "not_sent"}), entry.run
                elif entry.state == UNKNOWN and done is not None:
                    adopt[entry.key] = (DONE, {"id": done.outcome.get("id"), "provider": done.provider})
            if done is not None and known.get(one.key) is not done and len(groups[one.key]) > 1:
                one.told("already", done.provider, done.outcome.get("id"), None if done.key == one.key else "sent as %s" % done.key)
        if not host.check_mode:
            journal.settle(dict(adopt, **free), owners=owners)

    @staticmethod
    def reserve_merged(journal, leaders, host):
        """Reserve the other keys of a message before it leaves, so that none of them is sent by a later run."""
        wanted = {part.key: (content([part.recipient], part.text), "to %s, the same as %s" % (masked(part.recipient), one.key), {"merged_into": one.key})
                  for one in leaders if one.outcome is None for part in one.merged}
        if wanted and not host.check_mode:
            journal.reserve(wanted)

    @staticmethod
    def settle_merged(journal, leaders, host):
        """Write down of the other keys what became of their message. Those of an unknown one stay unknown."""
        if host.check_mode:
            return
        outcomes: dict = {}
        for one in leaders:
            for part in one.merged:
                if one.outcome in ("sent", "already"):
                    outcomes[part.key] = (DONE, {"id": one.id, "merged_into": one.key, "provider": one.provider})
                elif one.outcome == "refused":
                    outcomes[part.key] = (REFUSED, {"code": "merged", "merged_into": one.key})
        journal.settle(outcomes)

    @staticmethod
    def tell_merged(one):
        for part in one.merged:
            if one.outcome in ("sent", "already"):
                part.told("merged" if one.outcome == "sent" else "already", one.provider, one.id, "the same person and text as %s" % one.key)
            else:
                part.told(one.outcome, one.provider, None, one.reason)

    def ask_others(self, leaders, host, warnings):
        """Tell who has what earlier runs sent, and whether it arrived, where the provider that said "already" is not the one that has it."""
        for provider in PROVIDERS:
            sent = {one.entry.key: one for one in leaders if one.outcome == "already" and one.entry is not None and one.entry.provider == provider != one.asked}
            for one in sent.values():
                one.provider, one.id = provider, one.entry.outcome.get("id")
            if not sent or provider not in host.params["providers"]:
                continue
            try:
                told = deliveries(provider, [one.entry for one in sent.values()], host, self.requests)
            except PanelError as error:
                warnings.append("whether %d messages of earlier runs arrived could not be asked of %s: %s" % (len(sent), provider, error.message))
                continue
            for key, one in sent.items():
                if told[key][0] == FAILED:
                    one.told("refused", provider, one.id, _LOST % provider)

    def send(self, calls, texts, host, warnings):
        """Hand the messages to one provider after the other, each getting what the ones before have certainly not taken."""
        for provider, given in calls:
            left = [one for one in texts if one.outcome is None or (one.outcome == "refused" and not one.final)]
            if left:
                self.hand_to(provider, given, left, host, warnings)

    def hand_to(self, provider, given, texts, host, warnings):
        job = _JOBS[provider]
        if provider == "payamsms":
            rows = [{"customer_id": one.key, "recipient": one.recipient, "body": one.text} for one in texts]
            given = dict(given, messages=rows, return_content="full")
        else:
            rows = [{"message_id": one.key, "recipients": [one.recipient], "text": one.text} for one in texts]
            given = dict(given, kind="multiple", messages=rows)
            if not given.get("journal") and not host.environ.get("KARIZ_JOURNAL"):
                for row in rows:
                    row.pop("message_id")
        checked = options_of(job, given)
        if checked.problems:
            result = dict(refusal(job, checked, host.redactor.text), failed=True)
        else:
            mine = copy.copy(host)
            mine.params = checked.values
            try:
                result = job.run(mine)
            except Failed as failure:
                result = failure.result
        warnings += result.get("warnings", ())
        for name in self.requests:
            self.requests[name] += (result.get("api") or {}).get(name, 0)
        answers = result.get("messages")
        for place, one in enumerate(texts):
            answer = answers[place] if answers is not None else {"action": "failed", "error": result.get("error") or {"message": result.get("msg")}}
            self.take(one, provider, answer)

    @staticmethod
    def take(one, provider, answer):
        """Note what a provider made of a message."""
        if answer["action"] == "created":
            one.told("sent", provider, answer.get("id"))
        elif answer["action"] == "unchanged":
            one.told("already", provider, answer.get("id"))
            one.asked = provider
        elif (answer.get("error") or {}).get("code") == "not_delivered":
            one.told("refused", provider, answer.get("id"), _LOST % provider)
        else:
            error = answer.get("error") or {}
            before = "%s; " % one.reason if one.reason else ""
            unknown = error.get("code") == "outcome_unknown"
            one.told("unknown" if unknown else "refused", provider, None, "%s%s: %s" % (before, provider, error.get("message")),
                     final=unknown or error.get("code") in _FINAL)

    def dry(self, texts, params):
        """Return what would be sent, texts included; nobody is asked anything."""
        going = [one for one in texts if one.outcome is None]
        leaders = self.merge(going) if params["merge_same"] else going
        provider = params["providers"][0]
        for one in leaders:
            one.told("sent", provider)
            self.tell_merged(one)
        told = self.result(texts, params, [], dry=True)
        for row, one in zip(told["messages"], texts):
            row.update(recipient=one.recipient, text=one.text)
        return told

    # -- result --------------------------------------------------------------------------------------------------------

    def result(self, texts, params, warnings, redactor=None, dry=False):
        summary = {word: sum(one.outcome == word for one in texts) for word in OUTCOMES}
        cost: dict = {}
        for one in texts:
            if one.outcome == "sent":
                told = cost.setdefault(one.provider, {"messages": 0, "parts": 0, "cost": None})
                told["messages"] += 1
                told["parts"] += one.parts
        for provider, told in cost.items():
            price = self.by_provider(params["part_price"], provider, "part_price")
            told["cost"] = None if price is None else told["parts"] * int(price)
        sent = [one.key for one in texts if one.outcome == "sent"]
        words = {"sent": "would be sent"} if dry else {}
        report = [{"key": one.key, "parts": one.parts, "outcome": words.get(one.outcome, one.outcome), "provider": one.provider, "id": one.id,
                   "why": one.reason} for one in texts]
        result = {"changed": bool(sent), "report": report, "messages": [one.shown() for one in texts], "summary": summary, "cost": cost, "api": self.requests,
                  "refusals": grouped(texts, ("refused",)), "diff": {"before": {}, "after": {"sent": sent} if sent else {}}}
        if warnings:
            result["warnings"] = warnings
        lost = summary["refused"] + summary["unknown"]
        if lost:
            said = []
            if summary["refused"]:
                said.append("%d refused: %s" % (summary["refused"], "; ".join(_reason(group) for group in result["refusals"])))
            if summary["unknown"]:
                said.append("%d of which nobody knows whether they were accepted, so they are not sent again: %s" % (
                    summary["unknown"], "; ".join(_reason(group) for group in grouped(texts, ("unknown",)))))
            first = next(one for one in texts if one.outcome in ("refused", "unknown"))
            code = "outcome_unknown" if summary["unknown"] else "refused"
            what = "did not go out" if not summary["unknown"] else "did not go out or are unknown"
            result.update(msg="%d of %d messages %s. %s" % (lost, len(texts), what, ". ".join(said)), error={
                "vendor": first.provider, "operation": "send", "http_status": None, "code": code, "name": code, "message": first.reason, "retryable": False})
            raise Failed(redactor.clean(result))
        return result


def grouped(texts, outcomes):
    """Return ``[{reason, count, keys}]``, the most frequent reason first."""
    groups: dict = {}
    for one in texts:
        if one.outcome in outcomes:
            # Each tells its own key; the reason is the same.
            groups.setdefault(without_key(one.reason, one.key), []).append(one.key)
    return [{"reason": reason, "count": len(keys), "keys": keys[:_NAMED]} for reason, keys in sorted(groups.items(), key=lambda pair: -len(pair[1]))]


def without_key(reason, key):
    """Return a reason without the message's own key, where that stands as a word."""
    return re.sub(r"(?<![\w-])%s(?![\w-])" % re.escape(key), "...", str(reason)) if key else str(reason)


def _reason(group):
    return "%s (%d: %s%s)" % (group["reason"], group["count"], ", ".join(group["keys"]), ", ..." if group["count"] > len(group["keys"]) else "")


MESSAGE = Message()
