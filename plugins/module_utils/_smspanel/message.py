# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sending: five kinds of it, at most once a run, and with a journal at most once ever (vendor page, operations 4 to 8)."""

from __future__ import annotations

import contextlib
import copy
import re
from typing import Any

from .._core.calendar import dates, tehran
from .._core.errors import ApiError, AuthError, BadAnswerError, DeadlineError, PanelError, TransportError, UnknownOutcome, UsageError
from .._core.http.answers import identity
from .._core.http.client import NoContent
from .._core.http.transport import Effect
from .._core.journal import DONE, OPTION, REFUSED, UNKNOWN, digest, masked, opened, where
from .._core.journal.entry import moment
from .._core.options.check import OptionsError, Problem
from .._core.state.results import Failed, failure
from .._core.task.job import Job
from .._core.text.letters import digits, id_check, normal
from .._core.text.near import proposing
from .._core.text.sms import content as content_of
from .._core.text.sms import float_reason, iran_mobile, parts
from .client import UNDELIVERED, SmsPanelClient, code_of, named, whole

KINDS = ("plain", "scheduled", "pattern", "phonebook", "multiple")
#: What each kind needs and what it may have beside that.
_NEEDS = {
    "plain": (("sender", "recipients", "text"), ("flash",)),
    "scheduled": (("sender", "recipients", "text", "send_date"), ("period", "priority")),
    "pattern": (("sender", "recipients", "pattern_id", "variables"), ("flash",)),
    "phonebook": (("sender", "phonebook", "text"), ("flash", "recipients")),
    "multiple": (("messages",), ("sender", "text", "flash")),
}
_BODY = ("sender", "recipients", "text", "flash", "send_date", "period", "priority", "pattern_id", "variables", "phonebook", "messages")


#: The code of a time of sending that the panel does not take.
_WRONG_TIME = 26
_TIME = re.compile(r"\s*[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}[T ]\s*[0-9]{1,2}:[0-9]{2}")


class Item:
    """One message of a call, with what the journal and the result need."""

    def __init__(self, key, content, shown):
        self.key = key
        self.content = content
        self.shown = shown
        self.action = "created"
        self.error = None
        self.warning = None
        self.note = None

    def digested(self):
        """Return what the journal keeps a digest of: the same as for a message through any other provider."""
        more = {name: value for name, value in self.content.items() if name not in ("sender", "recipients", "text", "send_date", "flash")}
        if self.content.get("flash"):
            more["flash"] = True
        return content_of(self.content.get("recipients") or (), self.content.get("text"), self.content.get("send_date"), **more)

    def summary(self):
        people = self.content.get("recipients") or []
        told = ", ".join(masked(number) for number in people[:3]) + (", ..." if len(people) > 3 else "")
        book = " to phonebook %s" % self.content["book"] if self.content.get("book") else ""
        return "%s%s, %d recipients%s" % (self.shown["kind"], book, len(people), " (%s)" % told if told else "")


def _there(value):
    return bool(str(value).strip()) if isinstance(value, (str, int)) else bool(value)


class MessageJob(Job):
    vendor = "smspanel"
    journal: Any = None
    client = SmsPanelClient
    connection = SmsPanelClient.connection
    name = "message"
    options = {
        "kind": {"type": "str", "choices": list(KINDS), "default": "plain"},
        "sender": {"type": "str"},
        "recipients": {"type": "list", "elements": "str"},
        "text": {"type": "str"},
        "flash": {"type": "bool"},
        "send_date": {"type": "str"},
        "period": {"type": "str"},
        "priority": {"type": "str"},
        "pattern_id": {"type": "int"},
        "variables": {"type": "dict"},
        "phonebook": {"type": "str"},
        "messages": {"type": "list", "elements": "dict", "options": {
            "sender": {"type": "str"}, "recipients": {"type": "list", "elements": "str", "required": True}, "text": {"type": "str"},
            "flash": {"type": "bool"}, "message_id": {"type": "str"}}},
        "batch_size": {"type": "int", "default": 200},
        "journal": OPTION,
        "message_id": {"type": "str"},
        "part_price": {"type": "int"},
    }

    # -- options -----------------------------------------------------------------------------------------------------

    def usage(self, text, code=None):
        return UsageError(text, vendor=self.vendor, operation="options", code=code)

    def check(self, params):
        kind = params["kind"]
        needed, more = _NEEDS[kind]
        wrong = ["kind: %s needs %s" % (kind, name) for name in needed if not _there(params.get(name))]
        wrong += ["%s has no meaning with kind: %s" % (name, kind) for name in _BODY if params.get(name) is not None and name not in needed + more]
        if params["batch_size"] < 1:
            wrong.append("batch_size must be 1 or more")
        for place, entry in enumerate(params.get("messages") or ()):
            wrong += ["messages[%d] needs %s" % (place, name) for name in ("sender", "text") if not (_there(entry.get(name)) or _there(params.get(name)))]
            if not entry["recipients"]:
                wrong.append("messages[%d] needs recipients" % place)
        own_ids = [entry.get("message_id") for entry in params.get("messages") or ()]
        if params.get("journal") and not params.get("message_id") and not (own_ids and all(own_ids)):
            wrong.append("journal needs message_id%s" % (", here or in each of messages" if kind == "multiple" else ""))
        given = [number for number in own_ids if number]
        wrong += ["%s %s" % (place, marks) for place, marks in ((place, id_check(number)) for place, number in self._ids(params)) if marks]
        if len(set(given)) != len(given):
            wrong.append("messages: a message_id occurs twice")
        problems = [Problem((), text) for text in wrong] + self._no_values(params)
        if problems:
            raise OptionsError(problems, vendor=self.vendor)

    @staticmethod
    def _ids(params):
        """Yield the place and the value of each id of the user's own."""
        for place, entry in enumerate(params.get("messages") or ()):
            if entry.get("message_id"):
                yield "messages[%d].message_id" % place, entry["message_id"]
        if params.get("message_id"):
            yield "message_id", params["message_id"]

    def mistakes(self, checked):
        problems = super().mistakes(checked)
        return problems + [problem for problem in self._no_values(checked.values) if problem.place not in {other.place for other in problems if other.path}]

    @staticmethod
    def _no_values(params):
        """Return a :class:`Problem` for a time that cannot be and each recipient that is no number, whatever the kind; also among options of a wrong shape."""
        lists: list = [(("recipients",), params.get("recipients"))]
        messages = params.get("messages")
        for place, entry in enumerate(messages if isinstance(messages, list) else ()):
            lists.append((("messages", place, "recipients"), entry.get("recipients") if isinstance(entry, dict) else None))
        reason = impossible_time(params["send_date"]) if params.get("send_date") else None
        found = [Problem(("send_date",), reason)] if reason else []
        for path, values in lists:
            for place, value in enumerate(values if isinstance(values, list) else ()):
                try:
                    recipients([value] if isinstance(value, (str, int)) else [])
                except UsageError as error:
                    found.append(Problem((*path, place), error.message.removeprefix("recipients: ")))
        return found

    def items(self, params):
        """Return the :class:`Item` of each message."""
        if params["kind"] == "multiple":
            made = []
            for place, entry in enumerate(params["messages"]):
                people = recipients(entry["recipients"])
                text = entry.get("text") or params["text"]
                flash = entry["flash"] if entry.get("flash") is not None else bool(params.get("flash"))
                content = {"sender": own(entry.get("sender") or params["sender"]), "recipients": people, "text": text, "flash": flash}
                key = entry.get("message_id") or ("%s/%d" % (params["message_id"], place + 1) if params.get("message_id") else None)
                made.append(Item(key, content, self._shown(params, content, key)))
            return made
        content = {"sender": own(params["sender"])}
        for name in ("text", "send_date", "period", "priority", "pattern_id"):
            if params.get(name) is not None:
                content[name] = digits(params[name]).strip() if name == "send_date" else params[name]
        if params["kind"] not in ("scheduled",):
            content["flash"] = bool(params.get("flash"))
        if params.get("variables") is not None:
            content["variables"] = {str(name): str(value) for name, value in params["variables"].items()}
        if params["kind"] == "phonebook":
            content["book"] = params["phonebook"]
        people = recipients(params.get("recipients") or [])
        size = params["batch_size"]
        batches = [people[start:start + size] for start in range(0, len(people), size)] if params["kind"] != "phonebook" else [people]
        made = []
        for place, some in enumerate(batches):
            key = params.get("message_id")
            if key and len(batches) > 1:
                key = "%s/%d" % (key, place + 1)
            each = dict(content, recipients=some)
            made.append(Item(key, each, self._shown(params, each, key)))
        return made

    @staticmethod
    def _shown(params, content, key):
        text = content.get("text")
        return {"id": None, "status": None, "message_id": key, "kind": params["kind"], "sender": content["sender"], "recipients": content["recipients"],
                "parts": parts(text)["parts"] if text is not None else None}

    # -- work --------------------------------------------------------------------------------------------------------

    def run(self, host):
        """Carry out the task, with the journal where there is one; one that only the environment names is for messages with a message_id."""
        task = copy.copy(self)
        try:
            params = host.params
            keyed = bool(params.get("message_id") or any(entry.get("message_id") for entry in params.get("messages") or ()))
            if keyed and where(params, host.environ) is None:
                raise self.usage("message_id needs journal (or KARIZ_JOURNAL in the environment): without it nothing remembers that the message was sent")
            task.journal = opened(host, "message", self.vendor) if keyed else None
            with task.journal or contextlib.nullcontext():
                return super(MessageJob, task).run(host)
        except PanelError as error:
            raise Failed(failure(self.vendor, "smspanel_message", error, None, host)) from None

    def work(self, client, params, host):
        items = self.items(params)
        keyed = [item for item in items if item.key is not None] if self.journal else []
        known = self.journal.look([item.key for item in keyed]) if keyed else {}
        for item in keyed:
            entry = known.get(item.key)
            if entry is not None and entry.state in (DONE, UNKNOWN):
                self._learnt(item, entry)
        self._ask_delivery(client, {item: known[item.key] for item in keyed if item.action == "unchanged"})
        free = [item for item in items if item.action == "created"]
        if free and len(items) > 1 and any(item.warning for item in items) and items[0].shown["kind"] != "multiple":
            # The recipients have moved between the batches: somebody in a free one may have been reached in an earlier one.
            raise self.usage("the recipients of %s changed after a part of them was sent; give the new ones a message_id of their own" % items[0].key,
                             code="recipients_changed")
        # Looked up also when nothing is left to send: a name that is no phonebook is a mistake either way.
        book = self._book(client, params)
        stop = self._too_poor(client, params, free, book) if free and params.get("part_price") is not None else None
        if host.check_mode:
            for item in free if stop is not None else ():
                item.action, item.error = "failed", stop
        else:
            self._send_all(client, params, free, book, stop)
        return self._result(client, params, items, host)

    def _learnt(self, item, entry):
        """Take over what the journal says of a message: done, refused by a run at the same time, or unknown to everybody."""
        if entry.state == DONE:
            item.action = "unchanged"
            item.shown["id"] = entry.outcome.get("id")
            if entry.digest and entry.digest != digest(item.digested()):
                item.warning = "%s was sent at %s with another text, time or recipients; it is not sent again" % (item.key, moment(entry.reserved_at))
            return
        item.action = "failed"
        if entry.state == REFUSED:
            item.error = ApiError("send: another run sent %s at the same time, and it was refused%s" % (
                item.key, " (%s)" % entry.code if entry.code else ""), vendor=self.vendor, operation="send", code=entry.code or "refused")
        else:
            item.error = self.journal.unknown(item.key, entry)

    def _ask_delivery(self, client, sent):
        """Ask what became of messages of earlier runs: one that did not arrive is no success, and it is not sent again by itself.

        :arg sent: ``{item: Entry}``; what another provider has, it is not asked about here.
        """
        asked = {item: whole(item.shown["id"]) for item, entry in sent.items() if entry.provider in (None, self.vendor)}
        asked = {item: number for item, number in asked.items() if number is not None}
        if not asked:
            return
        try:
            told = {row["id"]: row["status"] for row in client.statuses(sorted(set(asked.values())))}
        except PanelError as error:
            # They were sent, that much the journal knows.
            next(iter(asked)).note = "whether %d messages of earlier runs arrived could not be asked: %s" % (len(asked), error.message)
            return
        for item, number in asked.items():
            item.shown["status"] = told.get(number)
            if item.shown["status"] in UNDELIVERED:
                item.action = "failed"
                item.error = ApiError("send: %s was sent earlier and did not arrive (%s)" % (item.key, item.shown["status"]), vendor=self.vendor,
                                      operation="send", code="not_delivered", hint="To send it again, give it a new message_id")

    def _send_all(self, client, params, items, book, stop):
        size = params["batch_size"] if params["kind"] == "multiple" else 1
        others: dict = {}
        report = client.progress("sent") if len(items) > size else None
        for start in range(0, len(items), size):
            some = whole_call = items[start:start + size]
            if stop is None:
                stop, some = self._reserve(some, others)
            if stop is not None:
                for item in some:
                    item.action, item.error = "failed", stop
            elif some:
                stop = self._send(client, params["kind"], some, book)
            if report:
                report(start + len(whole_call), len(items))
        if others:
            try:
                # The vendor knows no id of ours: there is nobody to ask about a run that was killed.
                told = self.journal.learn(others, lambda lost: {})
            except PanelError as error:
                told = None
                for item in items:
                    if item.key in others:
                        item.action, item.error = "failed", error
            for item in items if told is not None else ():
                if item.key in told:
                    self._learnt(item, told[item.key])

    def _reserve(self, items, others):
        """Reserve the messages of a call; return ``(error, items)``: what stops everything, and what may be sent (or cannot be)."""
        keyed = {item.key: (item.digested(), item.summary()) for item in items if item.key is not None} if self.journal else {}
        try:
            lost = self.journal.reserve(keyed)[1] if keyed else {}
        except PanelError as error:
            return error, items
        others.update(lost)
        return None, [item for item in items if item.key not in lost]

    def _too_poor(self, client, params, items, book):
        """Return an error when the credit does not cover the parts of all items, or cannot be read: nothing is sent then.

        A phonebook costs its people, beside those who are named.
        """
        try:
            listed = [] if book is None else client.numbers(book)
            count = sum((item.shown["parts"] or 1) * max(1, len(listed) + len(item.content["recipients"])) for item in items)
            needed = count * params["part_price"]
            credit = client.credit()[0]
        except PanelError as error:
            return error
        if credit < needed or credit <= 0:
            return ApiError("send: the credit is %s and %d parts cost %d; nothing was sent" % (credit, count, needed), vendor=self.vendor, operation="send",
                            code=22, name="no_credit", hint="Top up the account")
        return None

    def _send(self, client, kind, items, book):
        """Send one call; return the error that makes further calls pointless, or None."""
        path, payload = request(kind, items, book)
        try:
            result = client.call("send (%s)" % kind, "POST", path, Effect.CHARGE, payload=payload)
            other = other_calendar(payload.get("sendDate")) if code_of(result) == _WRONG_TIME else None
            if other:
                # Refused, so nothing was taken. Which calendar a panel reads, the document does not say.
                result = client.call("send (%s)" % kind, "POST", path, Effect.CHARGE, payload=dict(payload, sendDate=other))
            answers = answers_of(kind, result, items)
        except UnknownOutcome as unknown:
            for item in items:
                error = UnknownOutcome(unknown.message, vendor=self.vendor, operation=unknown.operation, http_status=unknown.http_status,
                                       hint=self.journal.advice(item.key) if self.journal and item.key is not None else
                                       "Nobody knows whether it was sent, so it was not sent again; look at the latest messages in the panel")
                item.action, item.error = "failed", error
            return None
        except PanelError as error:
            for item in items:
                item.action, item.error = "failed", error
            self._settle(items, {item.key: (REFUSED, {"code": error.code, "name": error.name}) for item in items})
            return error if isinstance(error, (AuthError, DeadlineError, TransportError)) else None
        outcomes = {}
        for item, answer in zip(items, answers):
            code = 0 if isinstance(answer, NoContent) else code_of(answer)
            if code == 0:
                item.shown["id"] = identity(answer.get("id")) if isinstance(answer, dict) else None
                outcomes[item.key] = (DONE, {"id": item.shown["id"]})
                if isinstance(answer, NoContent):
                    item.warning = "the vendor accepted %s without telling an id, so its delivery cannot be asked for" % (item.key or "the message")
                continue
            item.action = "failed"
            item.error = named("send", code, effect=Effect.CHARGE) if code is not None else UnknownOutcome(
                "send: the answer holds no status", vendor=self.vendor, operation="send")
            if not isinstance(item.error, UnknownOutcome):
                outcomes[item.key] = (REFUSED, {"code": code, "name": item.error.name})
            elif self.journal and item.key is not None:
                item.error.hint = self.journal.advice(item.key)
        self._settle(items, outcomes)
        return None

    def _settle(self, items, outcomes):
        """Write down what became of the messages of a call. What was accepted and cannot be written down is told as unknown."""
        try:
            if self.journal is not None:
                self.journal.settle({key: told for key, told in outcomes.items() if key is not None})
        except PanelError as error:
            for item in items:
                if item.error is None:
                    item.action, item.error = "failed", self.journal.untold(item.key, {"id": item.shown["id"]}, error)

    def _book(self, client, params):
        """Return the id of the phonebook, found by its name or its id; None for the other kinds."""
        if params["kind"] != "phonebook":
            return None
        wanted = params["phonebook"]
        rows = client.phonebooks()
        found = [row for row in rows if normal(row["name"]) == normal(wanted)] or [row for row in rows if str(row["id"]) == digits(wanted).strip()]
        if len(found) != 1:
            named = wanted if found else proposing(wanted, [row["name"] for row in rows])
            raise self.usage("there %s named %s" % ("is no phonebook" if not found else "are %d phonebooks" % len(found), named), code="not_found")
        number = whole(found[0]["id"])
        if number is None:
            raise BadAnswerError("list phonebooks: the id is no number", vendor=self.vendor, operation="list phonebooks")
        return number

    def _result(self, client, params, items, host):
        several = params["kind"] == "multiple" or len(items) > 1
        objects = []
        for item in items:
            made = dict(item.shown, action=item.action, changed=item.action == "created")
            if item.error is not None:
                item.error.vendor = item.error.vendor or self.vendor
                item.error.tell(host.redactor)
                made["error"] = item.error.error
            objects.append(made)
        changed = any(made["changed"] for made in objects)
        sent = [dict(made["recipients"] and {"recipients": made["recipients"]}, **{name: made[name] for name in ("kind", "sender", "message_id")})
                for made in objects if made["changed"]]
        result = {"changed": changed, "diff": {"before": {}, "after": {"sent": sent} if sent else {}}}
        if several:
            result["messages"] = objects
            result["summary"] = {action: sum(made["action"] == action for made in objects) for action in (
                "created", "updated", "deleted", "unchanged", "failed")}
        else:
            result["message"] = objects[0]
        warnings = [text for item in items for text in (item.warning, item.note) if text]
        if warnings:
            result["warnings"] = warnings
        failed = [item for item in items if item.error is not None]
        if failed:
            first = failed[0].error
            told = "%d of %d messages failed; the first: " % (len(failed), len(items)) if several else ""
            raise Failed(dict(result, msg="smspanel_message%s: %s%s" % (" %s" % failed[0].key if failed[0].key else "", told, first.sentence()),
                              error=first.error, api=client.transport.counts()))
        return result


def impossible_time(value):
    """Return why a time of sending cannot be, when it is written as a time; what is written otherwise is the panel's to understand."""
    try:
        tehran.moment(value)
    except ValueError as error:
        return str(error) if _TIME.match(digits(value)) else None
    return None


def other_calendar(value):
    """Return a Jalali time that is to come as the Gregorian one that it is; None for any other."""
    try:
        moment = tehran.moment(value or "")
    except ValueError:
        return None
    return moment.strftime(tehran.STAMP) if dates.is_jalali(int(value[:4])) and moment > tehran.now() else None


def own(value):
    """Return a sender's number in ASCII digits; names are left as they are."""
    return digits(value).strip()


def recipients(values):
    """Return numbers as ``09...`` where they are mobiles of Iran, each person once.

    :raises UsageError: one is no number at all.
    """
    made = []
    for value in values:
        try:
            number = iran_mobile(value, "local")
        except ValueError as error:
            number = re.sub(r"[\s().-]", "", digits(value))
            if float_reason(value) or not re.fullmatch(r"\+?[0-9]{5,15}", number):
                raise UsageError("recipients: %s" % error, vendor="smspanel", operation="options") from None
        made.append(number)
    return list(dict.fromkeys(made))


def request(kind, items, book):
    """Return ``(path, body)`` of the call that sends these items: one, or many with kind multiple."""
    if kind == "multiple":
        contents = [item.content for item in items]
        return "/sms/multiple-send", {
            "fromArray": [content["sender"] for content in contents], "recipients": [content["recipients"] for content in contents],
            "messageArray": [content["text"] for content in contents], "typeArray": [int(content["flash"]) for content in contents]}
    content = items[0].content
    made = {"from": content["sender"], "recipients": content["recipients"]}
    if kind == "scheduled":
        made.update(message=content["text"], sendDate=content["send_date"])
        made.update({theirs: content[ours] for ours, theirs in (("priority", "prtrys"), ("period", "sentPeriod")) if ours in content})
        return "/sms/future-send", made
    made["type"] = int(content["flash"])
    if kind == "pattern":
        return "/sms/pattern-send", dict(made, message=content["variables"], patternId=content["pattern_id"])
    if kind == "phonebook":
        return "/sms/phonebook-send", dict(made, message=content["text"], bookId=book)
    return "/sms/send", dict(made, message=content["text"])


def answers_of(kind, result, items):
    """Return one answer for each item.

    :raises UnknownOutcome: the answer does not say which message became what.
    """
    if kind != "multiple" or isinstance(result, NoContent):
        return [result] * len(items)
    if isinstance(result, dict):
        result = [result]
    if isinstance(result, list) and len(result) == len(items):
        return result
    code = code_of(result[0]) if isinstance(result, list) and len(result) == 1 else code_of(result)
    if code:
        raise named("send (multiple)", code, effect=Effect.CHARGE)
    raise UnknownOutcome("send (multiple): expected %d answers" % len(items), vendor="smspanel", operation="send (multiple)")


MESSAGE = MessageJob()
