# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event sources: what each of them looks at, and what is an event."""

from __future__ import annotations

import asyncio
import datetime
import hashlib
import json
import os
import subprocess
import sys
import tempfile

from ansible_collections.kariz.panels.plugins.module_utils._alocom.attendance_info import ATTENDANCE_INFO
from ansible_collections.kariz.panels.plugins.module_utils._alocom.client import AlocomClient
from ansible_collections.kariz.panels.plugins.module_utils._business import kinds
from ansible_collections.kariz.panels.plugins.module_utils._business.gauges import CREDIT_INFO
from ansible_collections.kariz.panels.plugins.module_utils._business.watching import Watch, begun, event_id, run
from ansible_collections.kariz.panels.plugins.module_utils._core.calendar import dates
from ansible_collections.kariz.panels.plugins.module_utils._core.errors import PanelError
from ansible_collections.kariz.panels.plugins.module_utils._core.options import check
from ansible_collections.kariz.panels.plugins.module_utils._core.state.results import Failed
from ansible_collections.kariz.panels.plugins.module_utils._core.text.letters import digits, excerpt, normal, whole_number
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.client import DeltaSibClient
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.subscriber import check_username
from ansible_collections.kariz.panels.plugins.module_utils._payamsms.client import PayamSmsClient
from ansible_collections.kariz.panels.plugins.module_utils._payamsms.info import INBOX_INFO

#: Of what was told once so many are remembered; what is older cannot come again.
_REMEMBERED = 20000
#: So far back roll calls are looked at.
_MOST_DAYS = 3650


def word_of(text):
    """Return the first word of a text as rules compare it: one spelling of letters, digits of ASCII, small."""
    words = digits(normal(text or "")).lower().split()
    return words[0] if words else ""


def _is_number(value):
    return isinstance(value, int) and not isinstance(value, bool)


class Inbox(Watch):
    """Each text that people send to an own number, by the vendor's rising id."""

    name = "payamsms_inbox"
    vendors = ("payamsms",)
    interval = 30
    options = {"number": {"type": "str", "required": True}, "start_from": {"type": "str", "default": "now"}, "overlap": {"type": "int", "default": 20},
               **PayamSmsClient.connection}

    def __init__(self, args, environ=None):
        super().__init__(args, environ)
        self.again = self.args["overlap"]

    def check(self):
        start = self.args["start_from"]
        if start not in ("now", "oldest") and not (start.isdigit() and whole_number(start) is not None):
            raise ValueError("payamsms_inbox: start_from: now, oldest or an id, not %s" % check.quoted(start))
        if self.args["overlap"] < 0:
            raise ValueError("payamsms_inbox: overlap: 0 or more")
        self.check_connection(PayamSmsClient, self.connection(PayamSmsClient))

    def fits(self, value):
        recent = value.get("recent", [])
        return (value.get("cursor") is None or _is_number(value["cursor"])) and isinstance(recent, list) and all(map(_is_number, recent))

    def look(self):
        given = self.connection(PayamSmsClient)
        cursor, recent = self.state.value.get("cursor"), self.state.value.get("recent", [])
        if cursor is None:
            start = self.args["start_from"]
            cursor = whole_number(start) or 0
        # What was given last may have been lost with a rule engine that was killed: it is given again, with the same meta.uuid.
        since = cursor
        if self.again and recent:
            since = min(recent[-self.again:]) - 1
        result = self.result(INBOX_INFO, dict(given, number=self.args["number"], since_id=since))
        self.again = 0
        messages, account = result["messages"], result.get("account") or {}
        if self.state.value.get("cursor") is None and self.args["start_from"] == "now":
            # Written down at once: what comes from now on is new, also for the next start.
            self.state.value.update(cursor=max([row["id"] for row in messages] or [0]), recent=[])
            try:
                self.state.save()
            except Exception:
                self.state.value.clear()
                raise
            return []
        return [({"message": dict(row, word=word_of(row["body"])), "account": account,
                  "meta": {"uuid": event_id("payamsms", account.get("url"), account.get("name"), "inbox", row["id"])}}, self._taken(row["id"]))
                for row in messages]

    @staticmethod
    def _taken(number):
        def remember(state):
            state["cursor"] = max(number, state.get("cursor") or 0)
            state["recent"] = sorted({*state.get("recent", []), number})[-200:]
        return remember


class OfSubscribers(Watch):
    """A source whose arguments name subscribers."""

    def check_usernames(self, names, place="usernames"):
        """Raise ValueError for the first that no subscriber can have."""
        for number, name in enumerate(names or ()):
            try:
                check_username(name, "%s[%d]" % (place, number))
            except PanelError as error:
                raise ValueError("%s: %s" % (self.name, error.message)) from None


class Balance(OfSubscribers):
    """What an account has left, when it goes below a threshold and when it is well above it again; each once."""

    name = "balance_watch"
    vendors = tuple(kinds.vendors())
    interval = 300
    options = {
        "accounts": {"type": "list", "elements": "dict", "required": True, "options": {
            "vendor": {"type": "str", "required": True, "choices": kinds.vendors()}, "account": {"type": "str"}, "connection": {"type": "dict", "default": {}},
            "usernames": {"type": "list", "elements": "str"}}},
        "thresholds": {"type": "list", "elements": "dict", "required": True, "options": {
            "vendor": {"type": "str", "choices": kinds.vendors()}, "account": {"type": "str"}, "kind": {"type": "str", "choices": list(kinds.GAUGES)},
            "name": {"type": "str"}, "below": {"type": "float", "required": True}, "back_above": {"type": "float"}}}}

    def check(self):
        for place, one in enumerate(self.args["thresholds"]):
            if one.get("back_above") is None:
                # Without a gap a balance that plays around the threshold would tell again and again.
                one["back_above"] = one["below"] + abs(one["below"]) * 0.1
            elif one["back_above"] < one["below"]:
                raise ValueError("balance_watch: thresholds[%d].back_above: not under below" % place)
        if not self.args["accounts"] or not self.args["thresholds"]:
            raise ValueError("balance_watch: accounts and thresholds: at least one of each")
        for place, one in enumerate(self.args["accounts"]):
            self.check_connection(kinds.client_of(one["vendor"]), one.get("connection") or {}, "accounts[%d].connection" % place)
            self.check_usernames(one.get("usernames"), "accounts[%d].usernames" % place)

    def identity(self):
        return [self.name, [(one["vendor"], one.get("account")) for one in self.args["accounts"]], self.args["thresholds"]]

    def look(self):
        found, failed = [], None
        for account in self.args["accounts"]:
            try:
                gauges = self.result(CREDIT_INFO, {name: account[name] for name in ("vendor", "connection", "usernames") if account.get(name)})["gauges"]
            except Failed as error:
                # The others are looked at all the same.
                failed = failed or error
                continue
            for gauge in gauges:
                found += self._crossings(account, gauge)
        if failed is not None and not found:
            raise failed
        return found

    def fits(self, value):
        return all(isinstance(one, dict) and one.get("state") in ("above", "below") and _is_number(one.get("times")) for one in value.values())

    def _crossings(self, account, gauge):
        made = []
        name = account.get("account") or account["vendor"]
        for one in self.args["thresholds"]:
            if gauge["left"] is None or any(one.get(key) is not None and one[key] != value for key, value in (
                    ("vendor", account["vendor"]), ("account", name), ("kind", gauge["kind"]), ("name", gauge["name"]))):
                continue
            key = json.dumps([account["vendor"], name, gauge["key"], one["below"]])
            known = self.state.value.get(key) or {"state": "above", "times": 0}
            if known["state"] == "above" and gauge["left"] < one["below"]:
                state = "below"
            elif known["state"] == "below" and gauge["left"] >= one["back_above"]:
                state = "above"
            else:
                continue
            times = known["times"] + 1
            event = {"balance": {"vendor": account["vendor"], "account": name, "key": gauge["key"], "kind": gauge["kind"], "name": gauge["name"],
                                 "left": gauge["left"], "below": one["below"], "back_above": one["back_above"], "state": state},
                     "meta": {"uuid": event_id("balance", key, times)}}
            made.append((event, lambda value, key=key, state=state, times=times: value.update({key: {"state": state, "times": times}})))
        return made


class Once(Watch):
    """Things that are told once each, by a key of their own."""

    def things(self):
        """Return ``[(key, event)]`` of all that is there now."""
        raise NotImplementedError

    def fits(self, value):
        return isinstance(value.get("told", {}), dict)

    def look(self):
        told = self.state.value.setdefault("told", {})
        return [(dict(event, meta={"uuid": event_id(self.name, *key)}), self._told(json.dumps(key, ensure_ascii=False)))
                for key, event in self.things() if json.dumps(key, ensure_ascii=False) not in told]

    @staticmethod
    def _told(key):
        def remember(state):
            told = state.setdefault("told", {})
            told[key] = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
            for old in list(told)[:-_REMEMBERED]:
                del told[old]
        return remember


class ServiceEnd(Once, OfSubscribers):
    """Subscribers whose service ends within so many days; a service that is renewed has another end, and is told again."""

    name = "service_end_watch"
    vendors = ("deltasib",)
    interval = 3600
    options = {"days": {"type": "float", "default": 3}, "usernames": {"type": "list", "elements": "str"}, **DeltaSibClient.connection}

    def check(self):
        if self.args["days"] < 0:
            raise ValueError("service_end_watch: days: 0 or more")
        self.check_connection(DeltaSibClient, self.connection(DeltaSibClient))
        self.check_usernames(self.args["usernames"])

    def now(self):
        return datetime.datetime.now(datetime.timezone.utc)

    def things(self):
        asked = {"vendor": "deltasib", "connection": self.connection(DeltaSibClient), "usernames": self.args["usernames"] or None}
        result = self.result(CREDIT_INFO, asked)
        url = (result.get("account") or {}).get("url")
        made = []
        for gauge in result["gauges"]:
            if not gauge["expires"]:
                continue
            end = datetime.datetime.fromisoformat(gauge["expires"])
            if end.tzinfo is None:
                end = end.replace(tzinfo=dates.tehran(self.now()).tzinfo)
            left = (end - self.now()).total_seconds() / 86400
            if 0 <= left <= self.args["days"]:
                made.append(((url, gauge["name"], gauge["expires"]), {"service_end": {
                    "username": gauge["name"], "end_iso": gauge["expires"], "days_left": round(left, 2), "traffic_left": gauge["left"]}}))
        return made


class Absence(Once):
    """Students who were absent from a roll call."""

    name = "absence_watch"
    vendors = ("alocom",)
    interval = 300
    options = {"events": {"type": "list", "elements": "str", "required": True}, "days": {"type": "int", "default": 1}, **AlocomClient.connection}

    def check(self):
        if not 0 <= self.args["days"] <= _MOST_DAYS or not self.args["events"] or not all(slug.strip() for slug in self.args["events"]):
            raise ValueError("absence_watch: events: at least one, none of them empty; days: 0 to %d" % _MOST_DAYS)
        self.check_connection(AlocomClient, self.connection(AlocomClient))

    def today(self):
        return dates.tehran(datetime.datetime.now(datetime.timezone.utc)).date()

    def things(self):
        given = self.connection(AlocomClient)
        made = []
        for slug in self.args["events"]:
            first = self.today() - datetime.timedelta(days=self.args["days"])
            result = self.result(ATTENDANCE_INFO, dict(given, event=slug, date=first.isoformat(), to_date=self.today().isoformat(), with_details=True))
            for call in result["attendances"]:
                made += [((slug, call["id"], person["username"]), {"absence": {
                    "event": slug, "attendance": call["id"], "date": call["date"], "username": person["username"],
                    "name": " ".join(person[part] for part in ("first_name", "last_name") if person.get(part))}}) for person in call["absents"]]
        return made


class Drift(Watch):
    """What the panels have and the file does not say, told when it is another than the last time; the playbook ``drift`` compares."""

    name = "drift_watch"
    vendors = tuple(kinds.vendors())
    interval = 3600
    options = {"desired_state": {"type": "path", "required": True}, "only": {"type": "list", "elements": "str"}, "extra_vars": {"type": "dict", "default": {}},
               "command": {"type": "list", "elements": "str", "default": ["ansible-playbook"]}}

    def check(self):
        if not os.path.exists(os.path.expanduser(self.args["desired_state"])):
            raise ValueError("drift_watch: desired_state: there is no %s" % excerpt(self.args["desired_state"]))
        if not self.args["command"]:
            raise ValueError("drift_watch: command: at least one word")

    def report(self):
        """Return what the playbook writes about the differences."""
        with tempfile.TemporaryDirectory(prefix="kariz-drift-") as folder:
            place = os.path.join(folder, "drift.json")
            asked = dict(self.args["extra_vars"], desired_state=os.path.abspath(os.path.expanduser(self.args["desired_state"])), drift_json=place)
            if self.args["only"]:
                asked["only"] = ",".join(self.args["only"])
            variables = os.path.join(folder, "variables.json")
            with open(variables, "w", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
                json.dump(asked, file)
            try:
                done = subprocess.run(self.args["command"] + ["kariz.panels.drift", "-e", "@" + variables], stdin=subprocess.DEVNULL,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", env=self.environ, check=False)
            except OSError as lost:
                raise Failed({"msg": "command: %s cannot be started: %s" % (excerpt(" ".join(self.args["command"])) or "(nothing)", lost.strerror),
                              "error": {"name": "bad_option"}}) from None
            if not os.path.exists(place):
                said = [line for line in done.stdout.splitlines() if line.strip()]
                error = next((line for line in said if "ERROR" in line or "fatal" in line), said[-1] if said else "it said nothing")
                raise Failed({"msg": "the playbook drift compared nothing: %s" % error.strip()[:500], "error": {"name": "drift_failed"}})
            with open(place, encoding="utf-8") as file:
                return json.load(file)

    def fits(self, value):
        return isinstance(value.get("digest", ""), str) and _is_number(value.get("times", 0))

    def look(self):
        report = self.report()
        if report["failed"]:
            unread = [text for account in report["accounts"] for kind in account["kinds"] for text in kind["failed"]]
            raise Failed({"msg": "drift could not compare everything: %s" % str(unread[:1])[:500], "error": {"name": "drift_failed"}})
        differences = [[account["vendor"], account["account"], kind["kind"], kind["differences"]] for account in report["accounts"] for kind in account["kinds"]
                       if kind["differences"]]
        digest = hashlib.sha256(json.dumps(differences, sort_keys=True).encode()).hexdigest() if report["differs"] else ""
        if digest == self.state.value.get("digest", ""):
            return []
        times = self.state.value.get("times", 0) + 1
        told = {name: report[name] for name in ("differs", "summary", "accounts")}
        event = {"drift": dict(told, desired_state=self.args["desired_state"]),
                 "meta": {"uuid": event_id("drift", os.path.abspath(self.args["desired_state"]), digest, times)}}
        return [(event, lambda value: value.update(digest=digest, times=times))]


SOURCES = {one.name: one for one in (Inbox, Balance, ServiceEnd, Absence, Drift)}


def main_of(name):
    """Return the coroutine function ``main`` of a source, as its file under ``extensions/eda`` offers it to rule engines."""

    async def main(queue: asyncio.Queue, args: dict) -> None:
        await run(await begun(SOURCES[name], args), queue, args)

    return main


class Printer:
    """A queue that shows what is put."""

    async def put(self, event):
        print(json.dumps(event, ensure_ascii=False), flush=True)


def by_hand(main):
    """Try a source in a terminal: ``python balance_watch.py '{"interval": 5, ...}'``."""
    try:
        args = json.loads(sys.argv[1]) if len(sys.argv) == 2 else None
    except ValueError as broken:
        sys.exit("the arguments are no JSON: %s" % broken)
    if not isinstance(args, dict):
        sys.exit("give the arguments of the source as one mapping in JSON: '{\"interval\": 5, ...}'")
    try:
        asyncio.run(main(Printer(), args))
    except ValueError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
