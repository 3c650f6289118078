# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import contextlib
import datetime
import json
import os

from ansible_collections.kariz.panels.plugins.module_utils._business import apart, held, plan, plan_lines, spending
from ansible_collections.kariz.panels.plugins.module_utils._core.errors import UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.journal import Journal
from ansible_collections.kariz.panels.plugins.module_utils._core.options import journal_place
from ansible_collections.kariz.panels.plugins.plugin_utils._carrying_out import Carrying
from ansible_collections.kariz.panels.plugins.plugin_utils._planning import PlanningAction

#: A plan may be this much younger than the clock here says, in hours: clocks differ.
_CLOCKS = 0.1


class ActionModule(PlanningAction):
    options = {
        "plan_path": {"type": "path"},
        "plan": {"type": "dict"},
        "path": {"type": "path"},
        "approved": {"type": "str"},
        "max_age": {"type": "float", "default": 24},
        "secrets_path": {"type": "path"},
        "journal": journal_place.OPTION,
        "lock_wait": {"type": "float"},
    }

    def work(self, params, task_vars):
        made = self._plan(params)
        self._in_time(made, params["max_age"])
        self._approved(made, params["approved"])
        path = params["path"] or made["desired_state"]
        accounts = self.chosen(self.accounts(path, task_vars), made["only"])
        secrets = self.secrets_file(params["secrets_path"])
        with contextlib.ExitStack() as stack:
            journal = self._journal(params, stack)
            if journal is not None and not self._task.check_mode:
                locks = stack.enter_context(Journal(journal.where, "lock", warn=self._display.warning))
                for name in sorted({apart.lock_name(account, os.environ) for account in accounts}):
                    stack.enter_context(locks.locked(name, params["lock_wait"] or 0, "apply of plan %s" % made["plan_digest"][:plan.SHORT]))
            return self._applied(made, accounts, path, journal, secrets, task_vars)

    # -- the plan ------------------------------------------------------------------------------------------------------

    def _plan(self, params):
        if bool(params["plan_path"]) == bool(params["plan"]):
            raise UsageError("give one of plan_path and plan", operation="options")
        if params["plan"]:
            return plan.checked(params["plan"])
        path = os.path.abspath(os.path.expanduser(params["plan_path"]))
        try:
            with open(path, encoding="utf-8") as file:
                return plan.checked(json.load(file))
        except OSError as error:
            raise UsageError("the plan cannot be read: %s: %s" % (path, error.strerror), operation="plan", code="no_plan") from None
        except ValueError:
            raise UsageError("%s is no plan of kariz.panels: it is not JSON" % path, operation="plan", code="no_plan") from None

    @staticmethod
    def _in_time(made, hours):
        if hours <= 0:
            raise UsageError("max_age must be more than 0 hours", operation="options")
        age = (datetime.datetime.now(datetime.timezone.utc) - datetime.datetime.fromisoformat(made["at"])).total_seconds() / 3600
        if age > hours:
            raise UsageError("the plan was made %s (Tehran), %.1f hours ago; it may be %g hours old (plan_max_age)" % (plan_lines.made_at(made), age, hours),
                             operation="plan", code="plan_too_old", hint="Plan again")
        if age < -_CLOCKS:
            raise UsageError("the plan was made %s (Tehran), which is yet to come: the clock of one of the machines is wrong" % plan_lines.made_at(made),
                             operation="plan", code="plan_too_old", hint="Set the clock and plan again")

    @staticmethod
    def _approved(made, approved):
        short, given = made["plan_digest"][:plan.SHORT], str(approved or "").strip().lower()
        wanted = spending.needs_approval(made["accounts"])
        if wanted and not given:
            raise UsageError("%s: the file says that a plan must be approved (limits.approval)" % ", ".join(wanted), operation="plan", code="not_approved",
                             hint="Whoever approves it gives the first %d characters of its digest: -e approved=..." % plan.SHORT)
        if given and given != short and given != made["plan_digest"]:
            raise UsageError("approved is %s, and this plan is %s" % (given, short), operation="plan", code="not_approved",
                             hint="Another plan was approved: plan again and have that approved")

    def _journal(self, params, stack):
        """Return the journal in which it is noted how far the plan got; beside the plan where none is named."""
        where = journal_place.where(params, os.environ)
        if where is None:
            if params["lock_wait"] is not None and not params["plan_path"]:
                raise UsageError("lock_wait: runs find out about each other in a journal, and none is named: give journal, or %s in the environment" % (
                    journal_place.VARIABLE), operation="options")
            where = "%s.journal" % params["plan_path"] if params["plan_path"] else None
        return None if where is None else stack.enter_context(Journal(where, "apply", warn=self._display.warning))

    # -- carrying it out -----------------------------------------------------------------------------------------------

    def _applied(self, made, accounts, path, journal, secrets, task_vars):
        keys = [held.key_of(made, step, change) for step in made["steps"] for change in step["changes"]]
        progress = journal.look(keys) if journal is not None else {}
        progress = {key: entry for key, entry in progress.items() if entry.state != "refused"}
        now, tasks = self.planned(accounts, task_vars, path, made["only"], made, self.for_modules(journal.where if journal is not None else None),
                                  made["state"])
        lines, ways = held.compare(made, now, progress)
        # What has been done already needs no money any more, so what is left is looked at as it is now.
        lines += spending.over(made["accounts"]) + spending.lacking(now["accounts"])
        if lines:
            return {"failed": True, "changed": False, "differences": lines, "outcomes": [], "plan_digest": made["plan_digest"],
                    "lines": ["plan %s was refused; nothing was written" % made["plan_digest"][:plan.SHORT]] + lines,
                    "msg": "the plan was refused, and nothing was written%s\n%s" % (
                        " in this run" if progress else "", "\n".join(lines))}
        carrying = Carrying(self, made, now, tasks, ways, journal, progress, secrets)
        return dict(carrying.all(task_vars), plan_digest=made["plan_digest"], differences=[])
