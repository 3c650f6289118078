# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Making a plan: every object is read once in check mode, then the balances of accounts that would spend."""

from __future__ import annotations

import datetime
import os

from ansible.errors import AnsibleActionFail

from ansible_collections.kariz.panels.plugins.module_utils._business import desired, kinds, plan, pricing
from ansible_collections.kariz.panels.plugins.module_utils._core.task.fitting import begun
from ansible_collections.kariz.panels.plugins.plugin_utils._desired import MOST, BusinessAction
from ansible_collections.kariz.panels.plugins.plugin_utils._steps import Steps

#: How credit_info calls the one balance of an account.
_MONEY = "money"


class PlanningAction(BusinessAction):
    """Base of the actions that make a plan."""

    def planned(self, accounts, task_vars, path, only, kept=None, journal=None, state="present"):
        """Return ``(plan, tasks)``: the plan as it is now, and for each step the account, the kind and the options of the task that it would be.

        Nothing is written at any vendor.

        :arg kept: an earlier plan with which this one shall be compared.
        :arg journal: where it is noted what was bought and sent, for the modules that can; each of them takes the environment's where this is None.
        :arg state: ``absent`` for taking away what the files name.
        :raises AnsibleActionFail: with all that cannot be planned.
        """
        steps, made, tasks, wrong = Steps(), [], {}, []
        of_name = {(account.vendor, account.name): account for account in accounts}
        for step in desired.steps(accounts, state):
            account, kind, part = of_name[step["vendor"], step["account"]], kinds.of(step["vendor"])[step["kind"]], step.get("part")
            arguments = dict(steps.arguments(account, kind, part, True, state, journal=journal), return_content="full")
            asked = {name: value for name, value in arguments.items() if name != kind.priced_by}
            result = steps.carry_out(self, account, kind, part, task_vars, asked, check_mode=True)
            failures = plan.failures(result, kind.resource.plural)
            wrong += ["%s/%s: %s: %s" % (step["vendor"], step["account"], step["kind"], begun(failure, MOST)) for failure in failures]
            if not failures:
                made.append(plan.step_of(account, kind, part, arguments, result))
                tasks[plan.place_of(made[-1])] = (account, kind, arguments)
        balances = {(account.vendor, account.name): self._balance(account, made, task_vars, wrong) for account in accounts}
        if wrong:
            raise AnsibleActionFail("this cannot be planned; nothing was written at any vendor\n%s" % "\n".join(wrong))
        now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
        return plan.document(accounts, os.environ, made, balances, now, path, only, kept, state), tasks

    def _balance(self, account, steps, task_vars, wrong):
        """Return what an account that would spend has, as far as its vendor tells it."""
        mine = [(step, change) for step in steps if (step["vendor"], step["account"]) == (account.vendor, account.name) for change in step["changes"]]
        prices = [change["price"] for _step, change in mine if change.get("price")]
        if any(price["what"] == pricing.TEXT for price in prices):
            result = self._asked("credit_info", {"vendor": account.vendor, "connection": account.connection}, account, task_vars, wrong)
            return next(({"left": gauge["left"]} for gauge in result.get("gauges") or () if gauge["kind"] == _MONEY), {})
        if any(price.get("prepaid") for price in prices):
            return {"of_subscribers": self._of_subscribers(account, mine, task_vars, wrong)}
        return {}

    def _of_subscribers(self, account, mine, task_vars, wrong):
        """Return what subscribers have who would buy a prepaid service: who is yet to be made has nothing."""
        new = {change["object"].lower() for step, change in mine if step["kind"] == "users" and change["action"] == "created"}
        buyers = dict.fromkeys(change["object"].split(" / ", 1)[0] for _step, change in mine if (change.get("price") or {}).get("prepaid"))
        named = [name for name in buyers if name.lower() not in new and not name.startswith("user_id ")]
        found = {name.lower(): 0 for name in buyers if not name.startswith("user_id ")}
        if named:
            module, rows, figure = kinds.vendor(account.vendor).purse
            result = self._asked(module, dict(account.connection, usernames=named), account, task_vars, wrong)
            for row in sorted(result.get(rows) or (), key=lambda row: row["id"]):
                if row.get(figure) is not None:
                    found[str(row["username"]).lower()] = row[figure]
        return found

    def _asked(self, module, arguments, account, task_vars, wrong):
        result = self.run_module("kariz.panels.%s" % module, arguments, task_vars, check_mode=True)
        if result.get("failed"):
            wrong.append("%s/%s: what is left could not be read: %s" % (account.vendor, account.name, result.get("msg")))
        return result
