# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os

from ansible_collections.kariz.panels.plugins.module_utils._business import apart, kinds
from ansible_collections.kariz.panels.plugins.module_utils._core.errors import PanelError, UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.http.retries import Deadline
from ansible_collections.kariz.panels.plugins.module_utils._core.journal.run_lock import LOCK_LEASE
from ansible_collections.kariz.panels.plugins.module_utils._core.options import journal_place
from ansible_collections.kariz.panels.plugins.plugin_utils._desired import BusinessAction


class ActionModule(BusinessAction):
    options = {
        "state": {"type": "str", "choices": ["held", "released"], "default": "held"},
        "path": {"type": "path"},
        "accounts": {"type": "list", "elements": "dict", "options": {
            "vendor": {"type": "str", "required": True, "choices": kinds.vendors()},
            "account": {"type": "str"},
            "connection": {"type": "dict"},
        }},
        "vendors": {"type": "list", "elements": "str"},
        "only": {"type": "list", "elements": "str"},
        "journal": journal_place.OPTION,
        "lock_wait": {"type": "float"},
        "about": {"type": "str"},
        "run": {"type": "str"},
    }

    def work(self, params, task_vars):
        nothing = {"changed": False, "run": None, "locks": []}
        if params["state"] == "released" and not params["run"]:
            return nothing
        journal = self.journal(params, "lock", lease=LOCK_LEASE, run=params["run"])
        if journal is None:
            if params["lock_wait"] is not None:
                raise UsageError("lock_wait: runs find out about each other in a journal, and none is named: give journal, or %s in the environment" % (
                    journal_place.VARIABLE), operation="options")
            return nothing
        if params["state"] == "released":
            journal.release()
            return nothing
        accounts = self.named_accounts(params, task_vars)
        names = sorted({apart.lock_name(account, os.environ) for account in accounts})
        # A check writes nothing that another run could disturb.
        if not self._task.check_mode:
            patience = Deadline(params["lock_wait"] or 0)
            try:
                for name in names:
                    journal.lock(name, patience, params["about"])
            except PanelError:
                # All or none: a run that waits for one account does not hold up another's.
                journal.close()
                raise
            journal.leave()
            return {"changed": False, "run": journal.run, "locks": names}
        return dict(nothing, locks=names)
