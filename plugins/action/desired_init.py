# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os

from ansible.errors import AnsibleActionFail

from ansible_collections.kariz.panels.plugins.module_utils._business import first_file
from ansible_collections.kariz.panels.plugins.module_utils._core.text.letters import counted
from ansible_collections.kariz.panels.plugins.plugin_utils._desired import BusinessAction, check_writable, write_private

_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class ActionModule(BusinessAction):
    options = {
        "dest": {"type": "path", "default": "business"},
        "vendors": {"type": "list", "elements": "str"},
        "language": {"type": "str", "choices": list(first_file.LANGUAGES)},
    }

    def work(self, params, task_vars):
        check_writable(params, folders=("dest",))
        folder = os.path.abspath(os.path.expanduser(params["dest"]))
        there = [name for name in ("business.yml", "vault.yml", "README.md") if os.path.exists(os.path.join(folder, name))]
        if there:
            raise AnsibleActionFail("%s holds %s already; nothing was written over it. Take another folder, or look at kariz.panels.export" % (
                self.shown(folder), ", ".join(there)))
        accounts = self.named_accounts(dict(params, path=None, only=None), task_vars)
        language = params["language"] or ("fa" if (os.environ.get("LC_ALL") or os.environ.get("LANG") or "").startswith("fa") else "en")
        found, warnings = [], []
        for account in accounts:
            read = self.run_module("kariz.panels.account_objects_info", {"vendor": account.vendor}, task_vars, check_mode=False)
            if read.get("failed"):
                raise AnsibleActionFail("%s: %s" % (account.vendor, read.get("msg")))
            warnings += ["%s: %s" % (account.vendor, text) for text in read.get("warnings", ())]
            found.append((account.vendor, read["objects"], read["withheld"]))
        shown = self.shown(folder)
        texts = first_file.files(found, language, shown)
        with open(os.path.join(_ROOT, "playbooks", "files", "desired_state.schema.json"), encoding="utf-8") as file:
            texts[first_file.SCHEMA] = file.read()
        if not self._task.check_mode:
            for name, text in texts.items():
                write_private(os.path.join(folder, name), text)
        counts = {vendor: {kind: len(items) for kind, items in objects.items() if items} for vendor, objects, _withheld in found}
        result = {"changed": True, "folder": folder, "files": sorted(texts), "counts": counts, "commands": first_file.commands(shown),
                  "lines": ["%s: %s" % (vendor, ", ".join(counted(number, kind) for kind, number in numbers.items()) or "nothing yet")
                            for vendor, numbers in counts.items()] + first_file.commands(shown)}
        return dict(result, warnings=warnings) if warnings else result
