# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os

from ansible_collections.kariz.panels.plugins.module_utils._business import kinds, sheets
from ansible_collections.kariz.panels.plugins.module_utils._core.options.check import OptionsError, Problem
from ansible_collections.kariz.panels.plugins.module_utils._core.options.connection import variable
from ansible_collections.kariz.panels.plugins.module_utils._core.options.plain import plain
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.file import SecretsFile
from ansible_collections.kariz.panels.plugins.plugin_utils._desired import BusinessAction, write_private
from ansible_collections.kariz.panels.plugins.plugin_utils._vault import Vault


class ActionModule(BusinessAction):
    options = {
        "path": {"type": "path", "required": True},
        "vendor": {"type": "str", "required": True, "choices": kinds.vendors()},
        "connection": {"type": "dict", "default": {}},
        "keep": {"type": "list", "elements": "dict", "default": [], "options": {
            "kind": {"type": "str", "required": True}, "label": {"type": "str", "required": True}, "values": {"type": "dict", "required": True}}},
        "sheets": {"type": "list", "elements": "dict", "default": [], "options": {
            "name": {"type": "str", "required": True}, "people": {"type": "list", "elements": "dict", "required": True}}},
    }

    def work(self, params, task_vars):
        self._look(params["sheets"])
        check = self._task.check_mode
        file = SecretsFile(params["path"], Vault(self._loader), check)
        place = "%s/%s" % (params["vendor"], self._account(params))
        warnings = []
        changed = False
        known = file.accounts()
        kept = known.get(place) or {}
        for one in params["keep"]:
            if (kept.get(one["kind"]) or {}).get(one["label"]) != one["values"]:
                changed = True
                warning = None if check else file.keep(place, one["kind"], one["label"], one["values"])
                warnings += [warning] if warning else []
        if not check and changed:
            known = file.accounts()
        of_vendor = [name for name in known if name.partition("/")[0] == params["vendor"]]
        secrets = known.get(place) or (known[of_vendor[0]] if len(of_vendor) == 1 else {})
        made = []
        if file.encrypted and params["sheets"]:
            warnings.append("%s is encrypted, so what it holds is written into no sheet" % params["path"])
        else:
            for one in params["sheets"]:
                made += self._sheet(file.path, one, secrets, check)
        told = [dict(one) for one in made]
        result = {"changed": changed or any(one.pop("changed") for one in told), "files": told,
                  "lines": ["%s: passwords and links of %d people" % (one["path"], one["people"]) for one in told]}
        if warnings:
            result["warnings"] = warnings
        return result

    @staticmethod
    def _look(wanted):
        """Refuse people whose secrets are said to be nowhere."""
        problems = []
        for place, one in enumerate(wanted):
            for number, person in enumerate(one["people"]):
                path = ("sheets", place, "people", number, "secrets")
                where = person.get("secrets")
                if where is not None and not isinstance(where, dict):
                    problems.append(Problem(path, "must be a mapping"))
                for name, named in where.items() if isinstance(where, dict) else ():
                    if not isinstance(named, list) or len(named) != 2 or not all(isinstance(part, str) for part in named):
                        problems.append(Problem((*path, name), "must be a list of two texts: the kind and the label in the file"))
        if problems:
            raise OptionsError(problems)

    def _sheet(self, beside, one, secrets, check):
        """Write one sheet and return ``[{path, people, changed}]``, nothing where no secret of anybody is known."""
        path = sheets.path_of(beside, one["name"])
        old = None
        if os.path.exists(path):
            with open(path, encoding="utf-8", newline="") as opened:
                old = opened.read()
        text, told = sheets.sheet(one["people"], secrets, old)
        awaited = check and any(person.get("awaited") for person in one["people"])
        if not told and not awaited:
            return []
        changed = text != old or awaited
        if changed and not check:
            write_private(path, text)
        return [{"path": path, "people": told, "changed": changed}]

    def _account(self, params):
        """Return the account's name as the modules write it into the file: from the role's connection, module_defaults or the environment."""
        vendor = params["vendor"]
        named: dict = {}
        for entry in self._task.module_defaults or []:
            named.update(entry)
        found: dict = {}
        for name in ("group/kariz.panels.all", "group/kariz.panels.%s" % vendor):
            value = plain(self._templar.template(named.get(name) or {}))
            found.update(value if isinstance(value, dict) else {})
        found.update(params["connection"])
        return found.get("api_username") or os.environ.get(variable(vendor, "api_username")) or vendor
