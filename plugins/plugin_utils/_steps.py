# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps of a run one after another: one kind of objects of one account each, and what they know of each other."""

from __future__ import annotations

from ansible_collections.kariz.panels.plugins.module_utils._core.state.foretold import changes

GOING = " (what goes)"


class Steps:
    """The steps of one run."""

    def __init__(self):
        #: The errors of accounts that refused as a whole (no connection, wrong password): asking again with each kind could lock them.
        self.refused = {}
        #: In check mode, keys of what earlier steps would have made, and all that they would change.
        self.foretold = {}
        self.changes = {}

    def arguments(self, account, kind, part, check_mode, state="present", exact=False, journal=None):
        """Return the options of the task that a step is.

        :arg journal: where its module notes what was bought and sent, when it can and the file names no other.
        """
        place = (account.vendor, account.name)
        made = account.arguments(kind, state, exact, part, self.foretold.get(place + (kind.name,), ()))
        if check_mode and kind.refers:
            made["foretold"] = {name: self.changes.get(place + (name,), []) for name in kind.refers}
        if journal and "journal" in kind.task_options:
            made.setdefault("journal", journal)
        return made

    def carry_out(self, action, account, kind, part, task_vars, arguments, keep=None, check_mode=None):
        """Carry out a step and return the result of its module, with ``outcome``: ``done``, ``failed`` or ``not_attempted``.

        :arg action: the :class:`.BusinessAction` whose task this is.
        :arg arguments: of the task: those of :meth:`arguments`, or fewer.
        """
        place = (account.vendor, account.name)
        if place in self.refused:
            return dict(failed=True, changed=False, not_attempted=True, outcome="not_attempted",
                        msg=self.refused[place]["message"], error=self.refused[place])
        check_mode = action._task.check_mode if check_mode is None else check_mode
        result = action.run_module(kind.module, arguments, task_vars, check_mode=check_mode, keep=keep)
        entries = result.get(kind.resource.plural)
        self.changes.setdefault(place + (kind.name,), []).extend(changes(entries))
        if part == "make" and check_mode:
            made = self.foretold.setdefault(place + (kind.name,), set())
            made.update(kind.resource.key_of(entry) for entry in entries or () if entry.get("action") == "created")
        # In the results of steps, ``account`` is the name in the file.
        result["accounts_used"] = [result.pop("account")] if result.get("account") else []
        # Kept beside ``failed``, which a play may overrule.
        result["outcome"] = "failed" if result.get("failed") else "done"
        if result.get("failed") and is_refusal(result.get("error") or {}):
            why = "not attempted, because the account refused its %s: %s" % (kind.name, result.get("msg"))
            self.refused[place] = dict(result["error"], code="not_attempted", name="not_attempted", message=why)
        return result


class Kept:
    """Takes what a vendor tells only once, the moment it is told.

    :arg secrets: the :class:`SecretsFile`, or None: then it is only counted.
    :arg place: the account, as the file names it.
    """

    def __init__(self, secrets, place):
        self.secrets = secrets
        self.place = place
        self.labels: list = []
        self.troubles: list = []

    def __call__(self, kind, label, values):
        self.labels.append(label)
        trouble = self.secrets.keep(self.place, kind, label, values) if self.secrets is not None else None
        if trouble:
            self.troubles.append("%s: %s" % (self.place, trouble))

    def warnings(self, kind):
        if self.secrets is None and self.labels:
            return ["%s: the vendor chose %s of %d new %s and tells it only now; give secrets_path to have it written down" % (
                self.place, ", ".join(kind.resource.reveals), len(self.labels), kind.name)]
        return self.troubles


def is_refusal(error):
    """Return whether an error is about the account as a whole, so that its other kinds would fare no better."""
    lost = {"not_authenticated", "no_connection"} & {error.get("code"), error.get("name")}
    return error.get("operation") == "login" or error.get("http_status") == 401 or bool(lost)


def told(named, result, part=None):
    """Return what a step did in one line."""
    place = "%s/%s: %s%s: " % (named["vendor"], named["account"], named["kind"], GOING if part == "remove" else "")
    if result.get("outcome") == "not_attempted":
        return place + "not attempted"
    counts = ["%d %s" % (number, action) for action, number in (result.get("summary") or {}).items() if number]
    return place + (", ".join(counts) or ("failed: %s" % result.get("msg") if result.get("failed") else "nothing to do"))
