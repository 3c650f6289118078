# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carrying out a plan: exactly its changes, step by step, each noted in the journal before and after."""

from __future__ import annotations

from ansible_collections.kariz.panels.plugins.module_utils._business import held, plan
from ansible_collections.kariz.panels.plugins.module_utils._core.journal.entry import DONE, REFUSED
from ansible_collections.kariz.panels.plugins.module_utils._core.state.planner import FAILED
from ansible_collections.kariz.panels.plugins.plugin_utils._steps import Kept, Steps

_UNKNOWN = "outcome_unknown"
#: What came of a change.
OUTCOMES = DONE_NOW, ALREADY, FAILED_NOW, UNKNOWN, NOT_ATTEMPTED = ("done", "already", "failed", "unknown", "not_attempted")


class Carrying:
    """One run of a plan.

    :arg made: the plan.
    :arg now: the plan as it would be made now, which does not differ.
    :arg tasks: for each step of it the account, the kind and the options of the task.
    :arg ways: of :func:`.held.compare`.
    :arg progress: what the journal knows of earlier runs.
    """

    def __init__(self, action, made, now, tasks, ways, journal, progress, secrets):
        self.action = action
        self.made = made
        self.now = {plan.place_of(step): step for step in now["steps"]}
        self.tasks = tasks
        self.ways = ways
        self.journal = None if action._task.check_mode else journal
        self.progress = progress
        self.secrets = secrets
        self.steps = Steps()
        self.outcomes: list = []
        self.warnings: list = []
        self.accounts_used: list = []
        self.changed = False

    def all(self, task_vars):
        """Carry out what is left of the plan and return the result of the task."""
        self._settle_earlier()
        for step in self.made["steps"]:
            if step["changes"]:
                self._step(step, task_vars)
        counts = {name: sum(one["outcome"] == name for one in self.outcomes) for name in OUTCOMES}
        lines = ["plan %s: %s" % (self.made["plan_digest"][:plan.SHORT], ", ".join(
            "%d %s" % (number, name.replace("_", " ")) for name, number in counts.items() if number) or "nothing to do")]
        lines += ["%s/%s: %s %s: %s%s" % (one["vendor"], one["account"], one["kind"], one["object"], told(one), ": %s" % one["reason"] if one["reason"] else "")
                  for one in self.outcomes]
        result = {"changed": self.changed, "outcomes": self.outcomes, "summary": counts, "lines": lines, "accounts_used": self.accounts_used}
        if self.warnings:
            result["warnings"] = self.warnings
        if any(counts[name] for name in (FAILED_NOW, UNKNOWN, NOT_ATTEMPTED)):
            wrong = [line for line, one in zip(lines[1:], self.outcomes) if one["outcome"] not in (DONE_NOW, ALREADY)]
            result.update(failed=True, msg="%s; run it again to go on\n%s" % (lines[0], "\n".join(wrong)))
        return result

    def _settle_earlier(self):
        """Settle what an earlier run had begun when it was stopped: what is read now says what came of it."""
        if self.journal is None:
            return
        settled = {}
        for step in self.made["steps"]:
            for change in step["changes"]:
                entry = self.progress.get(held.key_of(self.made, step, change))
                if entry is not None and entry.open:
                    done = self.ways[plan.place_of(step)][change["object"]] == held.ALREADY
                    settled[entry.key] = (DONE if done else REFUSED, {})
        self.journal.settle(settled, owners={key: self.progress[key].run for key in settled})

    def _step(self, step, task_vars):
        place = plan.place_of(step)
        ways = self.ways[place]
        todo = [change for change in step["changes"] if ways[change["object"]] == held.DO]
        self.outcomes += [self._outcome(step, change, ALREADY) for change in step["changes"] if ways[change["object"]] != held.DO]
        if not todo:
            return
        account, kind, arguments = self.tasks[place]
        current = {change["object"]: change for change in self.now[place]["changes"]}
        changes = [current[change["object"]] for change in todo]
        items = [item_of(kind, arguments, change) for change in changes]
        labels = [kind.resource.label_of(dict(with_parents(kind, arguments), **item)) for item in items]
        less = {name: value for name, value in arguments.items() if not name.startswith("purge") and (name != "foretold" or self.action._task.check_mode)}
        less.update({kind.resource.plural: items, "expected": {label: change["action"] for label, change in zip(labels, changes)}})
        keys = {change["object"]: held.key_of(self.made, step, change) for change in todo}
        if self.journal is not None:
            self.journal.reserve({key: (plan.digest(key), "%s %s" % (kind.name, name)) for name, key in keys.items()})
        kept = Kept(self.secrets, "%s/%s" % (account.vendor, account.name))
        result = self.steps.carry_out(self.action, account, kind, step["part"], task_vars, less, keep=kept)
        self.accounts_used += [one for one in result.get("accounts_used") or () if one not in self.accounts_used]
        self.changed = self.changed or bool(result.get("changed"))
        self.warnings += kept.warnings(kind) + list(result.get("warnings") or ())
        entries = result.get(kind.resource.plural) or [None] * len(todo)
        outcomes = [self._outcome(step, change, *outcome_of(entry, result)) for change, entry in zip(todo, entries)]
        self.outcomes += outcomes
        if self.journal is not None:
            self.journal.settle({keys[one["object"]]: (DONE if one["outcome"] in (DONE_NOW, ALREADY) else REFUSED, {})
                                 for one in outcomes if one["outcome"] != UNKNOWN})

    @staticmethod
    def _outcome(step, change, outcome, reason=None):
        return {"vendor": step["vendor"], "account": step["account"], "kind": step["kind"], "object": change["object"], "action": change["action"],
                "outcome": outcome, "reason": reason}


def with_parents(kind, arguments):
    return {name: arguments[name] for name in kind.resource.parents if arguments.get(name) is not None}


def item_of(kind, arguments, change):
    """Return the item that makes a change: the file's, or for what ``purge`` takes one that names it and takes it away."""
    if change["place"] is None:
        return dict(change["names"], state=kind.removal)
    return arguments[kind.resource.plural][change["place"]]


def outcome_of(entry, result):
    """Return ``(outcome, reason)`` of a change from the entry of its object."""
    if result.get("outcome") == NOT_ATTEMPTED:
        return NOT_ATTEMPTED, result.get("msg")
    if entry is None:
        return FAILED_NOW if result.get("error") else UNKNOWN, result.get("msg") or "no answer"
    if entry["action"] != FAILED:
        return (DONE_NOW if entry["changed"] else ALREADY), None
    error = entry.get("error") or {}
    return UNKNOWN if _UNKNOWN in (error.get("code"), error.get("name")) else FAILED_NOW, error.get("message")


def told(one):
    return one["action"] if one["outcome"] == DONE_NOW else {ALREADY: "done already", NOT_ATTEMPTED: "not attempted"}.get(one["outcome"], one["outcome"])
