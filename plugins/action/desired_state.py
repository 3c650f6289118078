# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os

from ansible.errors import AnsibleActionFail

from ansible_collections.kariz.panels.plugins.module_utils._business import apart, desired, kinds
from ansible_collections.kariz.panels.plugins.module_utils._core.errors import PanelError
from ansible_collections.kariz.panels.plugins.module_utils._core.journal.run_lock import LOCK_LEASE
from ansible_collections.kariz.panels.plugins.module_utils._core.options import journal_place
from ansible_collections.kariz.panels.plugins.plugin_utils._desired import BusinessAction
from ansible_collections.kariz.panels.plugins.plugin_utils._steps import Kept, Steps, told

# What the steps of this loop know of each other: all items of a loop run in one worker.
_steps = Steps()


class ActionModule(BusinessAction):
    options = {
        "path": {"type": "path", "required": True},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "only": {"type": "list", "elements": "str"},
        "secrets_path": {"type": "path"},
        "unmanaged": {"type": "bool", "default": False},
        "exact": {"type": "bool", "default": False},
        "step": {"type": "dict", "options": {
            "vendor": {"type": "str", "required": True},
            "account": {"type": "str", "required": True},
            "kind": {"type": "str", "required": True},
            "count": {"type": "int"},
            "part": {"type": "str", "choices": ["make", "remove"]},
        }},
        "journal": journal_place.OPTION,
        "run": {"type": "str"},
    }

    def work(self, params, task_vars):
        found = self.accounts(params["path"], task_vars)
        secrets = self.secrets_file(params["secrets_path"])
        if params["step"]:
            return self._locked_step(params, found, secrets, task_vars)
        found = self.chosen(found, params["only"])
        return {
            "changed": False,
            "accounts": [{"vendor": account.vendor, "account": account.name} for account in found],
            "steps": desired.steps(found, params["state"], params["exact"]),
            "limited": any(account.limits for account in found),
            "staying": desired.staying(found) if params["state"] == "absent" else [],
        }

    def _locked_step(self, params, found, secrets, task_vars):
        """Carry out a step, keeping the lock of its account while it lasts when the run has one."""
        account = next((one for one in found if (one.vendor, one.name) == (params["step"]["vendor"], params["step"]["account"])), None)
        journal = self.journal(params, "lock", lease=LOCK_LEASE, run=params["run"]) if params["run"] and account is not None else None
        if journal is None:
            return self._step(params, account, secrets, task_vars)
        try:
            with journal.kept(apart.lock_name(account, os.environ)):
                return self._step(params, account, secrets, task_vars)
        except PanelError as error:
            named = {name: params["step"][name] for name in ("vendor", "account", "kind")}
            result = dict(named, failed=True, changed=False, outcome="failed", error=error.error, msg=error.sentence())
            return dict(result, told=told(named, result, params["step"]["part"]))

    def _step(self, params, account, secrets, task_vars):
        step, state = params["step"], params["state"]
        named = {name: step[name] for name in ("vendor", "account", "kind")}
        kind = kinds.of(step["vendor"]).get(step["kind"])
        if account is None or kind is None:
            raise AnsibleActionFail("the files have no %(kind)s of %(vendor)s/%(account)s" % named)
        kept = Kept(secrets, "%s/%s" % (account.vendor, account.name))
        arguments = _steps.arguments(account, kind, step["part"], self._task.check_mode, state, params["exact"], self.for_modules(params["journal"]))
        result = _steps.carry_out(self, account, kind, step["part"], task_vars, arguments, keep=kept)
        refused = (account.vendor, account.name) in _steps.refused
        if params["unmanaged"] and kind.export and not refused:
            read = self.run_module("kariz.panels.account_objects_info", {
                "vendor": account.vendor, "connection": account.connection, "named": {kind.name: desired.naming(account, kind)}}, task_vars, check_mode=False)
            if read.get("failed"):
                result.update(failed=True, outcome="failed", uncompared="what else is there: %s" % read.get("msg"))
            result["unmanaged"] = (read.get("unnamed") or {}).get(kind.name, [])
        if kept.warnings(kind):
            result.setdefault("warnings", []).extend(kept.warnings(kind))
        return dict(result, told=told(named, result, step["part"]), **named)
