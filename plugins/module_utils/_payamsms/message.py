# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages: sent once for each ``customer_id``, whatever happens on the way (vendor page 5.5)."""

from __future__ import annotations

import copy
from typing import Any

from .._core.calendar import tehran
from .._core.errors import ApiError, PanelError, UnknownOutcome, UsageError
from .._core.http.answers import identity
from .._core.http.client import NoContent
from .._core.http.parallel import Counted
from .._core.http.transport import Effect
from .._core.journal import DONE, OPTION, REFUSED, UNKNOWN, digest, masked, opened
from .._core.journal.entry import moment
from .._core.options.seen import NUMBER, seen_as
from .._core.state.lost import looks
from .._core.state.planner import CREATED, UNCHANGED
from .._core.state.resource import Field, Resource
from .._core.state.results import Failed, failure
from .._core.state.runner import run
from .._core.text.letters import EDGES, digits, id_check, is_number
from .._core.text.sms import content, iran_mobile, parts
from .client import MOST, MOST_PARTS, PayamSmsClient, refused, whole

#: Up to so many scheduled messages are looked up one by one; for more the whole list is read.
_ONE_BY_ONE = 3
#: Early enough for a filter on the day of sending and for one on the day of scheduling: the vendor does not say which it is.
ALWAYS = "2000-01-01 00:00:00"
SCHEDULED = "scheduled"


@seen_as(pattern=NUMBER)
def own_number(value):
    """Return a number of the sender as the vendor wants it, beginning with 98."""
    if not is_number(value):
        raise ValueError("sender: %r is not a number" % (value,))
    number = "".join(sign for sign in digits(value) if sign.isdigit())
    number = number[2:] if number.startswith("00") else number
    return number if number.startswith("98") else "98%s" % number.lstrip("0")


def body_check(text):
    count = parts(text)["parts"]
    if count > MOST_PARTS:
        raise UsageError("body has %d parts; the vendor takes up to %d" % (count, MOST_PARTS), code="E211")


def is_cancelled(status):
    return "cancel" in str(status or "").lower() or "لغو" in str(status or "")


class SentField(Field):
    """A part of a message. The vendor tells it only while the message is scheduled; what cannot be read is not compared."""

    def __init__(self, name, convert=None, **more):
        super().__init__(name, clearable=False, create_only=True, **more)
        self.convert = convert
        self.schema = getattr(convert, "schema", {})

    def clean(self, value):
        try:
            return self.convert(value) if self.convert and value != "" else value
        except ValueError as error:
            raise ValueError(str(error) if str(error).startswith(self.name) else "%s: %s" % (self.name, error)) from None

    def same(self, one, other):
        return one is None or super().same(one, other)


class MessageResource(Resource):
    vendor = "payamsms"
    client = PayamSmsClient
    connection = PayamSmsClient.connection
    name = "message"
    plural = "messages"
    key = ("customer_id",)
    parents = ("sender", "body", "send_date")
    fields = (
        Field("customer_id", "code", clearable=False, check=lambda number: id_check(str(number).strip(EDGES))),
        SentField("sender", own_number, kind="code", required_on_create=True),
        SentField("recipient", iran_mobile, kind="code", required_on_create=True),
        SentField("body", required_on_create=True, check=body_check),
        SentField("send_date", tehran.stamp, kind="code"),
    )
    controls = {"cancel_message": {"type": "str"}}
    task_options = {"journal": OPTION, "part_price": {"type": "int"}}
    public = ("id", "status", "parts", "price")
    reading = "none"
    on_lost_create = "never"
    #: Where it is noted what was sent, and what that knew when the task began.
    journal: Any = None
    known: dict = {}
    part_price: int | None = None   #: the option of that name

    def run(self, host):
        """Carry out the task; with a journal a message is reserved there before it leaves."""
        try:
            task = copy.copy(self)
            task.part_price = host.params.get("part_price")
            journal = opened(host, "message", self.vendor)
            if journal is None:
                return run(task, host)
            with journal:
                task.journal = journal
                task.known = journal.look([str(item["customer_id"]).strip() for item in self.items(host.params) if item.get("customer_id") is not None])
                return run(task, host)
        except PanelError as error:
            raise Failed(failure(self.vendor, "payamsms_message", error, None, host)) from None

    # -- reading -----------------------------------------------------------------------------------------------------

    def read(self, client, asked):
        """Return what the vendor knows of these customer ids.

        The scheduled list is asked before the status: a message whose time comes in between leaves the one only to stand in the other.
        """
        wanted = asked.wanted
        dated = [desired for desired in wanted if desired.given.get("send_date") or desired.state == "absent"]
        failed: dict = {}
        rows = {row["customer_id"]: row for row in self._scheduled(client, dated, failed)}
        rest = [desired.key[0] for desired in wanted if desired.key[0] not in rows and desired.key[0] not in failed]
        sent = client.memory.setdefault("sent", {})
        told = client.status(rest, failed=failed)
        asked.fail_by(failed, lambda desired: [desired.key[0]])
        for row in told:
            number = str(row.get("customerId") or "").strip()
            ids = {row.get("serverId")}.union(sent[number]["ids"] if number in sent else ())
            sent[number] = {"customer_id": number, "id": row.get("serverId"), "status": row.get("status"), "parts": whole(row.get("totalParts")), "ids": ids}
        present = {desired.key[0] for desired in wanted if desired.state == "present"}
        found = list(rows.values()) + [sent[number] for number in sorted(present & set(sent) - set(rows))]
        self._remember(client, {row["customer_id"]: row for row in found if row["customer_id"] in present})
        return found + [self._remembered(number) for number in sorted(present - set(rows) - set(sent)) if self._is_done(number)]

    # -- what the journal adds ---------------------------------------------------------------------------------------

    def _is_done(self, number):
        return number in self.known and self.known[number].state == DONE

    def _remembered(self, number):
        """Return a message that the vendor does not know and the journal does: another provider may have taken it."""
        return {"customer_id": number, "id": self.known[number].outcome.get("id"), "status": "sent", "parts": None}

    def _remember(self, client, rows):
        """Settle entries of earlier runs that the vendor has meanwhile accounted for."""
        found = {number: (DONE, {"id": row.get("id")}) for number, row in rows.items()
                 if number in self.known and self.known[number].open and self._is_own(number)}
        if found and not client.transport.check_mode:
            self.journal.settle(found, owners={number: self.known[number].run for number in found})

    def _is_own(self, number):
        return self.known[number].provider in (None, self.vendor)

    def _warn_of_another(self, change):
        """Warn when the journal knows the key with another text, time or recipient."""
        entry = self.known.get(change.desired.key[0])
        given = change.desired.given
        if entry is None or not entry.digest or not given.get("body") or not given.get("recipient"):
            return
        if entry.digest != digest(content([given["recipient"]], given["body"], given.get("send_date"))):
            change.warnings.append("%s was sent at %s with another text, time or recipient; it is not sent again" % (change.label, moment(entry.reserved_at)))

    @staticmethod
    def _scheduled(client, dated, failed):
        """Return the scheduled messages among those wanted, in the user's names.

        :arg failed: takes ``{customer_id: error}`` of those that could not be asked about.
        """
        ids = {desired.key[0] for desired in dated}
        found = []
        if len(ids) <= _ONE_BY_ONE:
            for number, (listed, error) in zip(sorted(ids), client.map(lambda number: client.scheduled(customerId=number), sorted(ids))):
                if error is None:
                    found += listed
                else:
                    failed[number] = error
        else:
            try:
                found = client.scheduled(**{"from": ALWAYS})
            except PanelError as error:
                failed.update(dict.fromkeys(ids, error))
        return [current_scheduled(row) for row in found if str(row.get("customerId") or "").strip() in ids]

    def resolve_references(self, client, change, unsure):
        number = change.desired.key[0]
        if change.desired.state == "absent":
            row = client.memory.get("sent", {}).get(number)
            if change.action == UNCHANGED and row is not None and not is_cancelled(row["status"]):
                change.warnings.append("message %s is no longer scheduled (%s) and cannot be taken back" % (change.label, row["status"]))
            return
        if change.action == CREATED:
            if number in self.known and self.known[number].state == UNKNOWN:
                # The vendor was asked and does not know it; whether it did not arrive or is not told yet, nobody knows.
                raise self.journal.unknown(number, self.known[number])
            date = change.after.get("send_date")
            if date and tehran.moment(date) <= tehran.now():
                raise UsageError("send_date %s (Tehran) has passed, and %s was not sent" % (date, change.label), vendor=self.vendor, operation="options",
                                 code="send_date_passed", hint="Give a later send_date, or none to send at once")
            return
        self._warn_of_another(change)
        before = change.before
        if is_cancelled(before.get("status")):
            raise UsageError("message %s was cancelled; a customer_id is never sent twice" % change.label, vendor=self.vendor, operation="options",
                             code="cancelled", hint="Give the message a new customer_id")
        if before.get("status") == "Failed":
            raise ApiError("send: %s was sent earlier and did not arrive" % change.label, vendor=self.vendor, operation="send", code="not_delivered",
                           hint="To send it again, give it a new customer_id")
        if len(before.get("ids", ())) > 1:
            change.warnings.append("%d messages carry the customer_id %s; the last one is shown" % (len(before["ids"]), change.label))

    def drift(self, field, current, given, after):
        return "message %s is scheduled with %s %r, not %r; it is left as it is: cancel it and give a new customer_id to change it" % (
            after["customer_id"], field.name, current, given)

    # -- sending -----------------------------------------------------------------------------------------------------

    def group(self, change):
        return "send" if change.action == CREATED else None

    def before_writes(self, client, changes):
        if self.part_price is None or changes[0].action != CREATED:
            return
        try:
            self._afford(client, sum(parts(change.after["body"])["parts"] for change in changes))
        except PanelError as error:
            for change in changes:
                change.fail(error)

    def write_group(self, client, changes):
        """Send up to 250 messages a call; learn what became of those that another run has reserved."""
        calls = [changes[start:start + MOST] for start in range(0, len(changes), MOST)]
        others: dict = {}
        progress = Counted(client.progress("sent"), len(changes)).after([len(call) for call in calls])
        for call, (_none, caught) in zip(calls, client.map(lambda some: self._send(client, some, others), calls, progress)):
            for change in call:
                if caught is not None and change.error is None and not change.outcome and change.desired.key[0] not in others:
                    change.fail(caught if isinstance(caught, PanelError) else UnknownOutcome(
                        "send: %s: %s" % (type(caught).__name__, client.redactor.text(str(caught))), vendor=self.vendor, operation="send"))
        if others:
            self._learn(client, [change for change in changes if change.desired.key[0] in others], others)

    def _learn(self, client, changes, others):
        """Tell of each message what the run that has reserved it made of it."""
        wanted = {change.desired.key[0]: change for change in changes}

        def ask(lost):
            rows = self.look(client, [wanted[key].desired for key in lost if others[key].provider in (None, self.vendor)])
            return {row["customer_id"]: {"id": row.get("id")} for row in rows}

        try:
            told = self.journal.learn(others, ask)
        except PanelError as error:
            for change in changes:
                change.fail(error)
            return
        for key, change in wanted.items():
            entry = told[key]
            if entry.state == DONE:
                change.action, change.before = UNCHANGED, change.after
                change.outcome = {"id": entry.outcome.get("id"), "status": "sent", "parts": parts(change.after["body"])["parts"]}
            elif entry.state == REFUSED:
                change.fail(ApiError("send: another run sent %s at the same time, and it was refused%s" % (
                    change.label, " (%s)" % entry.code if entry.code else ""), vendor=self.vendor, operation="send", code=entry.code or "refused"))
            else:
                change.fail(self.journal.unknown(key, entry))

    def _afford(self, client, count):
        """Refuse before anything is sent when the balance does not cover so many parts."""
        needed = count * self.part_price
        balance = client.balance()
        if balance < needed or balance <= 0:
            raise ApiError("send: the balance is %s and %d parts cost %d; nothing was sent" % (balance, count, needed), vendor=self.vendor,
                           operation="send", code="E6", name="no_credit", hint="Top up the account")

    def _send(self, client, changes, others):
        """Send one call; of messages that another run has reserved, put the entries into ``others``."""
        if self.journal is not None:
            _won, lost = self.journal.reserve({change.desired.key[0]: intent(change.after) for change in changes})
            others.update(lost)
            changes = [change for change in changes if change.desired.key[0] not in lost]
            if not changes:
                return
        try:
            self._call(client, changes)
        except PanelError as error:
            self._settle(changes, error)
            raise
        self._settle(changes, None)

    def _settle(self, changes, whole):
        """Write down what became of the messages of a call; those whose outcome is unknown stay as they are."""
        if self.journal is None:
            return
        outcomes = {}
        for change in changes:
            error = change.error or whole
            if change.outcome:
                outcomes[change.desired.key[0]] = (DONE, {"id": change.outcome.get("id")})
            elif error is not None and not isinstance(error, UnknownOutcome):
                outcomes[change.desired.key[0]] = (REFUSED, {"code": error.code, "name": error.name})
        try:
            self.journal.settle(outcomes)
        except PanelError as error:
            for change in changes:
                if change.outcome:
                    change.fail(self.journal.untold(change.desired.key[0], change.outcome, error))

    def _call(self, client, changes):
        path, payload = cheapest([change.after for change in changes])
        try:
            answers = client.call("send", "POST", path, Effect.CHARGE, list, payload=payload)
        except UnknownOutcome as unknown:
            self._find_out(client, changes, unknown)
            return
        told = matched(answers, changes)
        for change in changes:
            answer = told.get(change.desired.key[0])
            if answer is None:
                continue
            if identity(answer.get("serverId")):
                change.outcome = {"id": answer["serverId"], "status": "accepted", "parts": parts(change.after["body"])["parts"]}
            elif str(answer.get("errorCode") or "").strip():
                change.fail(refused("send", str(answer["errorCode"]).strip(), answer.get("description")))
        silent = [change for change in changes if change.error is None and not change.outcome]
        if silent and isinstance(answers, NoContent):
            self._accepted_silently(client, silent)
        elif silent:
            self._find_out(client, silent, UnknownOutcome("send: the vendor's answer does not mention the message", vendor=self.vendor, operation="send"))

    def _accepted_silently(self, client, changes):
        """The vendor took the messages without an answer: their ids are asked for, once; that they are not told yet makes nothing undone."""
        try:
            found = {row["customer_id"]: row for row in self.look(client, [change.desired for change in changes])}
        except PanelError:
            found = {}
        for change in changes:
            row = found.get(change.desired.key[0], {"status": "accepted"})
            change.outcome = {name: row.get(name) for name in self.public}
            if row.get("id") is None:
                change.warnings.append("the vendor accepted %s without telling an id; its status can be asked for by customer_id" % change.label)

    def _find_out(self, client, changes, unknown):
        """Ask what became of messages whose answer was lost. Not found is not taken for not sent: the rest fails, and the next run asks again."""
        left = list(changes)
        more = ""
        for _look in looks(client, unknown.settled):
            try:
                found = {row["customer_id"]: row for row in self.look(client, [change.desired for change in left])}
            except PanelError as error:
                more = "; asking for its status failed too: %s" % error.message
                break
            for change in left:
                if change.desired.key[0] in found:
                    row = found[change.desired.key[0]]
                    change.outcome = {name: row.get(name) for name in self.public}
            left = [change for change in left if change.desired.key[0] not in found]
            if not left:
                return
        for change in left:
            change.fail(UnknownOutcome(
                unknown.message + more, settled=unknown.settled, vendor=self.vendor, operation="send", http_status=unknown.http_status,
                hint="Nobody knows whether %s was accepted, so it was not sent again. Run again later: the status is asked before anything is sent"
                     % change.label))

    # -- cancelling --------------------------------------------------------------------------------------------------

    def delete(self, client, change):
        payload = {"serverId": str(change.before["id"])}
        reason = change.control("cancel_message")
        if reason:
            payload["cancelMessage"] = reason
        try:
            answer = client.call("cancel scheduled message", "POST", "/panel/webservice/cancelScheduled", Effect.REPLACE, dict, payload=payload)
            if answer.get("status") is True or str(answer.get("status")).lower() == "true":
                return {"status": "cancelled"}
        except ApiError as error:
            if error.code != "E305":
                raise
        # A repeated request hears "no" of a message that the first one cancelled; so does one that came too late.
        if not client.scheduled(customerId=change.desired.key[0]) and tehran.moment(change.before["send_date"]) > tehran.now():
            return {"status": "cancelled"}
        refusal = ApiError("cancel scheduled message: the vendor did not cancel %s" % change.label, vendor=self.vendor,
                           operation="cancel scheduled message", code="not_cancelled", hint="It may have been sent already: look at its status")
        refusal.undone = True
        raise refusal


def intent(message):
    """Return what the journal keeps of a message before it is sent: its content (as a digest) and a summary without number and text."""
    return (content([message["recipient"]], message["body"], message.get("send_date")),
            "to %s, %d parts" % (masked(message["recipient"]), parts(message["body"])["parts"]))


def current_scheduled(row):
    """Return a row of the scheduled list in the user's names."""
    made = {"customer_id": str(row.get("customerId") or "").strip(), "id": row.get("serverId"), "status": SCHEDULED, "body": row.get("message"),
            "parts": whole(row.get("parts")), "price": whole(row.get("totalPrice"))}
    for name, key, convert in (("recipient", "recipient", iran_mobile), ("send_date", "sendDate", tehran.stamp)):
        try:
            made[name] = convert(row[key])
        except (KeyError, ValueError):
            made[name] = row.get(key)
    return made


def cheapest(messages):
    """Return ``(path, body)`` of the send call that says these messages in the fewest bytes. All three take 250."""
    def only(name):
        return len({message.get(name) for message in messages}) == 1

    def told(message, *names):
        keys = {"customer_id": "customerId", "send_date": "sendDate"}
        return {keys.get(name, name): message[name] for name in names if message.get(name) is not None}

    first = messages[0]
    if only("sender") and only("body") and only("send_date"):
        return "/panel/webservice/sendMultipleWithSrcBody", dict(told(first, "sender", "body", "send_date"), smsItems=[
            told(message, "recipient", "customer_id") for message in messages])
    if only("sender"):
        return "/panel/webservice/sendMultipleWithSrc", {"sender": first["sender"], "smsItems": [
            told(message, "recipient", "body", "customer_id", "send_date") for message in messages]}
    return "/panel/webservice/send", [told(message, "sender", "recipient", "body", "customer_id", "send_date") for message in messages]


def matched(answers, changes):
    """Return ``{customer_id: answer}``: by the id, and where the vendor leaves it out by a recipient that only one message has."""
    found = {}
    by_mobile: dict = {}
    for change in changes:
        by_mobile.setdefault(change.after["recipient"], []).append(change.desired.key[0])
    for answer in answers:
        if not isinstance(answer, dict):
            continue
        number = str(answer.get("customerId") or "").strip()
        if not number:
            owners = by_mobile.get(str(answer.get("mobile") or ""), ())
            number = owners[0] if len(owners) == 1 else ""
        if number:
            found[number] = answer
    return found


MESSAGE = MessageResource()
