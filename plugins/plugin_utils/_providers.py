# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What only the controller knows of a task across providers: the module_defaults of their groups, and templates of texts."""

from __future__ import annotations

import os

from ansible.template import trust_as_template

from ansible_collections.kariz.panels.plugins.module_utils._business import kinds
from ansible_collections.kariz.panels.plugins.module_utils._business.providers import PROVIDERS
from ansible_collections.kariz.panels.plugins.plugin_utils._in_process import InProcessAction


class ProviderAction(InProcessAction):
    """Fills in connections from ``module_defaults`` of the providers' groups; what the task gives counts more."""

    def run(self, tmp=None, task_vars=None):
        given = self._task.args.get("connections") or {}
        if isinstance(given, dict):
            made = {provider: {**self._defaults(provider), **dict(given.get(provider) or {})} for provider in PROVIDERS}
            self._task.args["connections"] = {**given, **{provider: connection for provider, connection in made.items() if connection}}
        if isinstance(self._task.args.get("messages"), list):
            texts = _Texts(self, task_vars or {})
            self._task.args["messages"] = [self._rendered(one, texts) for one in self._task.args["messages"] if self._wanted(one)]
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

    @staticmethod
    def _rendered(one, texts):
        """Return a message with the text of its template."""
        if not isinstance(one, dict):
            return one
        plain = {name: value for name, value in one.items() if name not in ("template", "variables", "when")}
        return dict(plain, text=texts.of(one["template"], one.get("variables") or {})) if one.get("template") else plain


class _Texts:
    """Texts from templates, each file read once a task.

    The lookup ``template`` copies all variables of the play, whole, for every text: a thousand texts of a term with its people took minutes.
    """

    def __init__(self, action, task_vars):
        self._action = action
        self._task_vars = task_vars
        self._files: dict = {}

    def of(self, name, variables):
        if name not in self._files:
            self._files[name] = self._read(str(name))
        text, templar = self._files[name]
        templar.available_variables = {**self._task_vars, **variables}
        return str(templar.template(text, escape_backslashes=False, overrides={"trim_blocks": True})).strip()

    def _read(self, name):
        path = self._action._find_needle("templates", name)
        # Where the lookup looks for what a template includes.
        places = [place for folder in self._task_vars.get("ansible_search_path") or () for place in (os.path.join(folder, "templates"), folder)]
        templar = self._action._templar.copy_with_new_env(searchpath=[os.path.dirname(path), *places], available_variables={})
        return trust_as_template(self._action._loader.get_text_file_contents(path)), templar
