# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import os

from ansible.errors import AnsibleActionFail

from ansible_collections.kariz.panels.plugins.module_utils._business import plan, plan_lines, spending
from ansible_collections.kariz.panels.plugins.module_utils._core.options import journal_place
from ansible_collections.kariz.panels.plugins.plugin_utils._desired import check_writable, write_private
from ansible_collections.kariz.panels.plugins.plugin_utils._pages.language import LANGUAGES
from ansible_collections.kariz.panels.plugins.plugin_utils._pages.plan import page
from ansible_collections.kariz.panels.plugins.plugin_utils._planning import PlanningAction


class ActionModule(PlanningAction):
    options = {
        "path": {"type": "path", "required": True},
        "only": {"type": "list", "elements": "str"},
        "plan_path": {"type": "path"},
        "report": {"type": "path"},
        "languages": {"type": "list", "elements": "str", "choices": list(LANGUAGES), "default": list(LANGUAGES)},
        "journal": journal_place.OPTION,
        "pack": {"type": "bool", "default": False},
        "direct": {"type": "bool", "default": False},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    }

    def work(self, params, task_vars):
        check_writable(params, files=("plan_path",), folders=("report",))
        accounts = self.chosen(self.accounts(params["path"], task_vars), params["only"])
        made, _tasks = self.planned(accounts, task_vars, self.shown(os.path.abspath(os.path.expanduser(params["path"]))), params["only"],
                                    journal=self.for_modules(params["journal"]), state=params["state"])
        lines = plan_lines.lines(made)
        refused = spending.over(made["accounts"])
        approval = spending.needs_approval(made["accounts"])
        if params["direct"]:
            refused += spending.lacking(made["accounts"])
            if approval and not self._task.check_mode:
                refused.append("%s: the file says that a plan must be approved (limits.approval): use the playbooks plan%s and apply" % (
                    ", ".join(approval), " (-e plan_state=absent)" if params["state"] == "absent" else ""))
        if refused:
            raise AnsibleActionFail("the plan goes beyond what the file allows; nothing was written at any vendor\n%s" % "\n".join(refused + [""] + lines))
        files = self._written(made, lines, params)
        result = {"changed": False, "plan_digest": made["plan_digest"], "lines": lines, "accounts": made["accounts"], "final": made["final"], "files": files,
                  "changes": sum(len(step["changes"]) for step in made["steps"]), "approval": approval}
        return dict(result, packed=plan.packed(made, lines)) if params["pack"] else result

    def _written(self, made, lines, params):
        """Write the plan and its pages. They change nothing of what is managed, so they are written in check mode too."""
        files = []
        if params["plan_path"]:
            files.append(os.path.abspath(os.path.expanduser(params["plan_path"])))
            write_private(files[-1], json.dumps(made, ensure_ascii=False, indent=1) + "\n")
        if params["report"]:
            folder = os.path.abspath(os.path.expanduser(params["report"]))
            for code in params["languages"]:
                files.append(os.path.join(folder, "plan.%s.html" % code))
                write_private(files[-1], page(made, code))
        return files
