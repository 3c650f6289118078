# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os

from ansible.errors import AnsibleActionFail

from ansible_collections.kariz.panels.plugins.module_utils._business import export, kinds
from ansible_collections.kariz.panels.plugins.module_utils._core.text.letters import counted
from ansible_collections.kariz.panels.plugins.module_utils._core.text.yaml_data import dump
from ansible_collections.kariz.panels.plugins.plugin_utils._desired import BusinessAction, check_writable, write_private

HEAD = """---
# %s: what was there when this was written by kariz.panels.export; kariz.panels.provision accepts it.
"""


class ActionModule(BusinessAction):
    options = {
        "path": {"type": "path"},
        "vendors": {"type": "list", "elements": "str"},
        "only": {"type": "list", "elements": "str"},
        "kinds": {"type": "list", "elements": "str"},
        "with_details": {"type": "bool", "default": True},
        "dest": {"type": "path", "required": True},
    }

    def work(self, params, task_vars):
        check_writable(params, folders=("dest",))
        found = self.named_accounts(params, task_vars)
        folder = os.path.abspath(os.path.expanduser(params["dest"]))
        files, warnings, names = [], [], export.Names()
        for account in found:
            place = "%s/%s" % (account.vendor, account.name)
            wanted = [name for name in params["kinds"] or () if name in kinds.of(account.vendor)]
            if params["kinds"] and not wanted:
                continue
            read = self.run_module("kariz.panels.account_objects_info", {
                "vendor": account.vendor, "connection": account.connection, "kinds": wanted or None, "with_details": params["with_details"]}, task_vars)
            if read.get("failed"):
                raise AnsibleActionFail("%s: %s" % (place, read.get("msg")))
            warnings += ["%s: %s" % (place, text) for text in read.get("warnings", ())]
            document, secrets = export.document(account.vendor, account.name, account.connection, read["objects"], read["withheld"], names)
            lines = HEAD % export.comment(place)
            if read.get("left_out"):
                lines += "# Made without details (export_details=false). Not in it, and left alone by kariz.panels.provision:\n"
                lines += "".join("#   %s: %s\n" % (kind, ", ".join(options)) for kind, options in read["left_out"].items())
            if secrets:
                lines += "# Secrets are not in it. Give these variables (in a vault file beside it, or with -e) where they matter:\n"
                lines += "".join("#   %s\n" % name for name in secrets)
            lines += dump(document)
            file = os.path.join(folder, export.file_name(account.vendor, account.name))
            files.append({"path": file, "vendor": account.vendor, "account": account.name, "secrets": secrets, "changed": self._write(file, lines),
                          "counts": {kind: len(items) for kind, items in read["objects"].items()}})
        told = ["%s: %s%s" % (self.shown(file["path"]), ", ".join(counted(number, kind) for kind, number in file["counts"].items()) or "nothing",
                              "; to fill in: %s" % ", ".join(file["secrets"]) if file["secrets"] else "") for file in files]
        made = {"changed": any(file["changed"] for file in files), "files": files, "lines": told}
        return dict(made, warnings=warnings) if warnings else made

    def _write(self, file, text):
        """Write a file if its text is another; return whether it is."""
        if os.path.exists(file):
            with open(file, encoding="utf-8") as there:
                if there.read() == text:
                    return False
        if not self._task.check_mode:
            write_private(file, text)
        return True
