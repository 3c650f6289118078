# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os

from ansible.errors import AnsibleActionFail, AnsibleError

from ansible_collections.kariz.panels.plugins.module_utils._core.options import check, role
from ansible_collections.kariz.panels.plugins.module_utils._core.options.plain import plain
from ansible_collections.kariz.panels.plugins.plugin_utils import _files
from ansible_collections.kariz.panels.plugins.plugin_utils._desired import BusinessAction

try:
    from ansible._internal._datatag._tags import Origin
except ImportError:
    Origin = None


def refusal(head, problems):
    error = check.OptionsError(problems)
    return {"failed": True, "changed": False, "msg": head + error.message, "error": error.error}


class ActionModule(BusinessAction):
    options = {
        "one_of": {"type": "list", "elements": "str", "default": []},
        "all_of": {"type": "list", "elements": "str", "default": []},
        "may_lack": {"type": "bool", "default": False},
        "file": {"type": "str"},
        "beside": {"type": "list", "elements": "str", "default": []},
    }

    def work(self, params, task_vars):
        of = self._task._role
        if of is None:
            raise AnsibleActionFail("role_variables is for the tasks of a role")
        name, folder = os.path.basename(of._role_path), of._role_path
        if params["file"]:
            return self._file(params["file"], params["beside"], task_vars)
        specs = self._loader.load_from_file(os.path.join(folder, "meta", "argument_specs.yml"), cache="all")
        options = specs["argument_specs"]["main"]["options"]
        problems: list = []
        values = {}
        for variable in options:
            if variable in task_vars:
                try:
                    filled = self._templar.template({"is": task_vars[variable]})
                    if "is" in filled:
                        values[variable] = plain(filled["is"])
                    else:
                        # The tasks of the role read it, and for them it would be there all the same.
                        problems.append(check.Problem((variable,), "must not be omit", advice="leave the variable out, or give default(...) something else"))
                except check.OptionsError as error:
                    problems += [check.Problem((variable, *problem.path), problem.text, advice=problem.advice) for problem in error.problems]
                except AnsibleError as error:
                    problems.append(check.Problem((variable,), str(error)))
        problems += role.mistakes(options, values)
        if problems:
            return refusal("%s: " % name, problems)
        unknown = role.strange(name, options, task_vars)
        lacking = [variable for variable in params["all_of"] if values.get(variable) is None]
        if lacking:
            return refusal("", [check.Problem((), role.lacks(name, lacking, unknown))])
        wanted = params["one_of"]
        if params["may_lack"] and not any(near in wanted for near in unknown.values()):
            wanted = []
        if wanted and not any(values.get(variable) for variable in wanted):
            given = [variable for variable in wanted if variable in task_vars and not self._is_default(task_vars[variable], folder)]
            if not given or any(unknown.values()):
                return refusal("", [check.Problem((), role.nothing_to_do(name, wanted, unknown))])
        near = {variable: meant for variable, meant in unknown.items() if meant}
        if near and not (params["one_of"] or params["all_of"]):
            # Nothing is lacking then, so nothing else would tell that the role goes on without what was meant.
            return refusal("%s: " % name, [check.Problem((variable,), "is no variable of the role", advice="did you mean %s?" % meant)
                                           for variable, meant in near.items()])
        warnings = ["%s is no variable of the role %s; did you mean %s?" % (variable, name, near) for variable, near in unknown.items() if near]
        return {"changed": False, "unknown": sorted(unknown), "warnings": warnings}

    def _file(self, variable, beside, task_vars):
        named = self._templar.template(task_vars.get(variable))
        folders = beside or [os.getcwd()]
        if not named:
            return refusal("", [check.Problem((variable,), "names no file; nothing was done")])
        path = _files.found(named, folders)
        if path is not None:
            return {"changed": False, "path": path}
        where = ", neither in the role nor beside the playbook" if beside else ""
        return refusal("", [check.Problem((variable,), "%s%s; nothing was done" % (_files.nowhere(named, folders), where))])

    @staticmethod
    def _is_default(value, folder):
        """Return whether a value comes from the defaults of the role; an empty list that somebody computed is no mistake."""
        origin = Origin.get_tag(value) if Origin is not None else None
        return origin is None or str(origin.path or "").startswith(os.path.join(folder, "defaults"))
