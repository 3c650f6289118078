# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible.errors import AnsibleActionFail, AnsibleError

from ansible_collections.kariz.panels.plugins.plugin_utils import _controller
from ansible_collections.kariz.panels.plugins.plugin_utils._desired import BusinessAction


class ActionModule(BusinessAction):
    options = {
        "objects": {"type": "list", "elements": "dict", "required": True},
        "kind": {"type": "str", "required": True, "choices": list(_controller.KINDS)},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "collection": {"type": "str", "choices": list(_controller.COLLECTIONS)},
        "update_secrets": {"type": "bool", "default": False},
    }

    def work(self, params, task_vars):
        self._task_vars = task_vars
        self._collection = params["collection"] or next((name for name in _controller.COLLECTIONS if self._has(name)), None)
        if self._collection is None:
            raise AnsibleActionFail("neither awx.awx nor ansible.controller is installed: ansible-galaxy collection install awx.awx")
        done = []
        for call in _controller.calls(params["kind"], params["objects"], params["state"], params["update_secrets"]):
            told = self._call(call, params["state"])
            if call.also:
                # Links of the nodes of a workflow: told with their node.
                done[-1]["changed"] = done[-1]["changed"] or told
            else:
                done.append({"name": call.title, "changed": told})
        return {"changed": any(one["changed"] for one in done), "objects": done}

    def _has(self, collection):
        return self._shared_loader_obj.module_loader.find_plugin_with_context("%s.job_template" % collection).resolved

    def _call(self, call, state):
        """Run the controller collection's module for one object and return whether it changed something."""
        if call.module == "notification_template" and state == "present" and self._is_told_already(call.arguments):
            return False
        result = self._execute_module(module_name="%s.%s" % (self._collection, call.module), module_args=call.arguments, task_vars=self._task_vars)
        if not result.get("failed"):
            for text in result.get("warnings") or ():
                self._display.vv(text)
            return bool(result.get("changed"))
        if _controller.lacks_something(result) and (state == "absent" or self._task.check_mode):
            # Removed with what it belonged to; or, in check mode, about to be made by an earlier task.
            return state == "present"
        raise AnsibleActionFail("%s %s: %s" % (call.module, call.title, result.get("msg")))

    def _is_told_already(self, wanted):
        """Return whether a notification is there as it is wanted. Its module sends it each time, because its password, be it empty, is not shown."""
        lookup = self._shared_loader_obj.lookup_loader.get("%s.controller_api" % self._collection, loader=self._loader, templar=self._templar)
        try:
            found = lookup.run(["notification_templates"], variables=self._task_vars, query_params={"name": wanted["name"]}, return_objects=True,
                               **{name: value for name, value in self._connection_options().items() if value is not None})
        except AnsibleError:
            # What is wrong with the connection is told by the module.
            return False
        return len(found) == 1 and _controller.same_notification(found[0], wanted)

    def _connection_options(self):
        """Return how the modules reach the controller where the task's defaults say it, for the look-up."""
        named: dict = {}
        for entry in self._task.module_defaults or []:
            for group in ("group/awx.awx.controller", "group/ansible.controller.controller"):
                named.update(self._templar.template(entry.get(group) or {}))
        names = {"controller_host": "host", "controller_username": "username", "controller_password": "password", "controller_oauthtoken": "oauth_token",
                 "validate_certs": "verify_ssl"}
        return {theirs: named.get(ours) for ours, theirs in names.items()}
