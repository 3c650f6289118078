# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people read of a journal and settle in it: the jobs behind ``journal_info`` and ``journal_entry``. No vendor is asked anything."""

from __future__ import annotations

import datetime
import getpass
import re
from typing import Any

from ..calendar import dates
from ..errors import PanelError, UsageError
from ..options import journal_place as place
from ..state.results import Failed
from ..task import fitting
from ..task.job import Job, compiled
from ..text.letters import digits
from . import lines
from .entry import DONE, REFUSED, RESERVED, UNKNOWN
from .journal import opened

_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?")


class NoVendor:
    """Stands where a job has its vendor's client: there are no secrets of a connection."""

    @staticmethod
    def secrets(params):
        return []


class JournalJob(Job):
    """Base of the jobs on a journal alone."""

    vendor: Any = None
    client = NoVendor

    def arguments(self):
        common = {"journal": place.OPTION, "operation": {"type": "str"}, "api_deadline": {"type": "float", "default": 30.0}}
        return dict(self.constraints, argument_spec=dict(common, **self.options), supports_check_mode=True)

    def module_name(self):
        return self.name

    def run(self, host):
        try:
            journal = opened(host, host.params["operation"])
            if journal is None:
                raise UsageError("journal is required (or %s in the environment)" % place.VARIABLE, operation="options")
            with journal:
                return self.work(journal, host.params, host)
        except PanelError as error:
            raise Failed(host.redactor.clean({"changed": False, "msg": "%s: %s" % (self.name, error.sentence()), "error": error.error})) from None

    def work(self, journal, params, host):
        raise NotImplementedError


class JournalInfo(JournalJob):
    name = "journal_info"
    options = {
        "keys": {"type": "list", "elements": "str", "no_log": False},
        "state": {"type": "str", "choices": [UNKNOWN, DONE, REFUSED, RESERVED]},
        "since": {"type": "str"},
        "query": {"type": "str"},
        "return_content": fitting.OPTION,
    }

    def work(self, journal, params, host):
        expression = compiled(params["query"], None) if params["query"] else None
        since = moment(params["since"]) if params["since"] else None
        keys = params["keys"]
        found = [entry.shown() for entry in journal.entries(params["operation"], keys, params["state"], since)] if keys != [] else []
        result = {"changed": False, "entries": expression.search(found) if expression is not None else found}
        if params["return_content"] == "summary":
            fitting.summarise(result)
        return result


class JournalEntry(JournalJob):
    name = "journal_entry"
    options = {
        "key": {"type": "str", "no_log": False},
        "state": {"type": "str", "choices": ["done", "not_sent", "forgotten", "taken_over"], "required": True},
        "older_than": {"type": "float"},
        "old_path": {"type": "path"},
        "comment": {"type": "str"},
    }
    constraints = {"mutually_exclusive": [("key", "older_than", "old_path")], "required_one_of": [("key", "older_than", "old_path")]}

    def work(self, journal, params, host):
        if (params["state"] == "taken_over") != (params["old_path"] is not None):
            raise UsageError("state: taken_over and old_path go together", operation="options")
        if params["old_path"] is not None:
            return self._take_over(journal, params["old_path"], host)
        if params["state"] == "forgotten":
            return self._forget(journal, params, host)
        if params["older_than"] is not None:
            raise UsageError("older_than goes with state: forgotten; an entry is settled by its key", operation="options")
        entry = self._find(journal, params)
        wanted = DONE if params["state"] == "done" else REFUSED
        if entry.state == wanted:
            return result(False, entry.shown(), entry.shown())
        if entry.state == RESERVED:
            raise UsageError("%s %s: a run on %s is at it now and will settle it" % (entry.operation, entry.key, entry.node), operation="journal_entry",
                             code="journal_running")
        if entry.state == DONE:
            raise UsageError("%s %s is done (id %s, %s); only an entry of which nobody knows the outcome is settled by hand" % (
                entry.operation, entry.key, entry.outcome.get("id"), entry.settled_at), operation="journal_entry", code="journal_settled",
                hint="To let it happen once more, take the entry out with state: forgotten")
        before = entry.shown()
        who = self._who()
        after = dict(before, state=wanted, settled_by=who, comment=params["comment"], code=None if wanted == DONE else "not_sent")
        if not host.check_mode:
            journal.operation = entry.operation
            if not journal.settle_by_hand(entry.key, wanted, who, params["comment"]):
                raise UsageError("%s %s was settled by somebody else at the same moment" % (entry.operation, entry.key), operation="journal_entry",
                                 code="journal_settled", hint="Look at it with journal_info")
            after = journal.look([entry.key])[entry.key].shown()
        return result(True, before, after)

    @staticmethod
    def _who():
        try:
            return getpass.getuser()
        except (KeyError, OSError):
            return "unknown user"

    def _find(self, journal, params):
        found = journal.entries(params["operation"], [params["key"]])
        if len(found) == 1:
            return found[0]
        if not found:
            raise UsageError("there is no entry with the key %s%s" % (params["key"], " of %s" % params["operation"] if params["operation"] else ""),
                             operation="journal_entry", code="not_found")
        raise UsageError("the key %s stands for several operations (%s): name one with operation" % (
            params["key"], ", ".join(sorted(entry.operation for entry in found))), operation="journal_entry", code="ambiguous")

    @staticmethod
    def _take_over(journal, path, host):
        """Put what an earlier version's file holds into this journal, once."""
        left = journal.deadline.left
        done = lines.moved(path, left, lambda entries: journal.carry_out(lambda left: journal.engine.adopt(entries, left)), host.check_mode)
        count, kept = done or (0, None)
        if done and not host.check_mode:
            host.warn("journal %s: the %d entries of %s were taken over, and the old file is kept as %s" % (journal.shown, count, path, kept))
        return {"changed": done is not None, "taken_over": count, "diff": {"before": {}, "after": {"taken_over": count} if done else {},
                                                                           "before_header": path, "after_header": journal.shown}}

    @staticmethod
    def _forget(journal, params, host):
        before = None
        if params["older_than"] is not None:
            if params["older_than"] < 0:
                raise UsageError("older_than must be 0 or more days", operation="options")
            before = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=params["older_than"])
        else:
            found = journal.entries(params["operation"], [params["key"]])
            if any(entry.open for entry in found):
                raise UsageError("nobody knows what became of %s, so it is not forgotten" % params["key"], operation="journal_entry", code="journal_unknown",
                                 hint="Settle it first, with state: done or not_sent")
        count = journal.forget(params["operation"], params["key"], before, host.check_mode)
        shown = {"forgotten": count}
        return {"changed": count > 0, "forgotten": count, "diff": {"before": shown if count else {}, "after": {}, "before_header": "entries that go",
                                                                   "after_header": "entries that go"}}


def result(changed, before, after):
    shown = [{name: entry[name] for name in ("key", "operation", "state", "comment")} for entry in (before, after)]
    if not changed:
        shown[1] = shown[0]
    return {"changed": changed, "entry": after, "diff": {"before": shown[0], "after": shown[1], "before_header": "journal entry (before)",
                                                         "after_header": "journal entry (after)"}}


def moment(text):
    """Return a day (Gregorian or Jalali) or a time in ISO 8601 as an aware datetime; without an offset it is UTC, as the journal's own times are.

    :raises UsageError: it is none.
    """
    found = _DAY.fullmatch(digits(text).strip())
    reason = ""
    try:
        if found is not None:
            zone = (found.group(5) or "Z").replace("Z", "+00:00")
            zone = zone if ":" in zone else zone[:3] + ":" + zone[3:]
            clock = datetime.time.fromisoformat("%s%s" % (found.group(4) or "00:00", zone))
            return datetime.datetime.combine(dates.date_of(*map(int, found.groups()[:3])), clock)
    except ValueError as error:
        reason = ": %s" % error
    raise UsageError("since must be a day or a time such as 2026-03-01, 1404/12/10 or 2026-03-01T08:30:00Z, not %r%s" % (text, reason), operation="options")


JOURNAL_INFO = JournalInfo()
JOURNAL_ENTRY = JournalEntry()
