# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What only the controller knows of a task across providers: the module_defaults of their groups, and templates of texts."""

from __future__ import annotations

from ansible.template import trust_as_template

from ansible_collections.kariz.panels.plugins.module_utils._business import kinds
from ansible_collections.kariz.panels.plugins.module_utils._business.providers import PROVIDERS
from ansible_collections.kariz.panels.plugins.plugin_utils._in_process import Door


class ProviderDoor(Door):
    """Fills in connections from ``module_defaults`` of the providers' groups; what the task gives counts more."""

    def run(self, tmp=None, task_vars=None):
        given = self._task.args.get("connections") or {}
        if isinstance(given, dict):
            made = {provider: {**self._defaults(provider), **dict(given.get(provider) or {})} for provider in PROVIDERS}
            self._task.args["connections"] = {**given, **{provider: connection for provider, connection in made.items() if connection}}
        if isinstance(self._task.args.get("messages"), list):
            self._task.args["messages"] = [self._rendered(one, task_vars or {}) for one in self._task.args["messages"] if self._wanted(one)]
        return super().run(tmp, task_vars)

    def _defaults(self, provider):
        named: dict = {}
        for entry in self._task.module_defaults or []:
            named.update(entry)
        found: dict = {}
        for name in ("group/kariz.panels.all", "group/kariz.panels.%s" % provider, "kariz.panels.%s_message" % provider):
            value = self._templar.template(named.get(name) or {})
            found.update(value if isinstance(value, dict) else {})
        return {name: value for name, value in found.items() if name in kinds.client_of(provider).connection}

    @staticmethod
    def _wanted(one):
        return not (isinstance(one, dict) and "when" in one) or str(one["when"]).strip().lower() not in ("false", "no", "0", "off", "n", "f", "")

    def _rendered(self, one, task_vars):
        """Return a message with the text of its template."""
        if not isinstance(one, dict):
            return one
        plain = {name: value for name, value in one.items() if name not in ("template", "variables", "when")}
        if not one.get("template"):
            return plain
        known = dict(task_vars, kariz_template=one["template"], kariz_variables=one.get("variables") or {})
        templar = self._templar.copy_with_new_env(available_variables=known)
        text = templar.template(trust_as_template("{{ lookup('ansible.builtin.template', kariz_template, template_vars=kariz_variables) }}"))
        return dict(plain, text=str(text).strip())
