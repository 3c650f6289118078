# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What only the controller knows of a task across providers: the module_defaults of their groups, and templates of texts."""

from __future__ import annotations

import os
import re
import uuid

from ansible.errors import AnsibleActionFail, AnsibleError
from ansible.template import trust_as_template

from ansible_collections.kariz.panels.plugins.module_utils._business import kinds
from ansible_collections.kariz.panels.plugins.module_utils._business.providers import PROVIDERS
from ansible_collections.kariz.panels.plugins.plugin_utils import _files
from ansible_collections.kariz.panels.plugins.plugin_utils._in_process import InProcessAction


class ProviderAction(InProcessAction):
    """Fills in connections from ``module_defaults`` of the providers' groups; what the task gives counts more."""

    def run(self, tmp=None, task_vars=None):
        given = self._task.args.get("connections") or {}
        if isinstance(given, dict):
            made = {provider: {**self._defaults(provider), **dict(given.get(provider) or {})} for provider in PROVIDERS}
            self._task.args["connections"] = {**given, **{provider: connection for provider, connection in made.items() if connection}}
        if isinstance(self._task.args.get("messages"), list):
            wanted = [one for one in self._task.args["messages"] if self._wanted(one)]
            self._task.args["messages"] = _Texts(self, task_vars or {}).rendered(wanted)
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


_OVERRIDES = {"trim_blocks": True}
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
#: What a template may hold that looks for variables by itself or has more files: it gets its variables as a play has them.
_LOOKS_BEYOND = re.compile(r"#jinja2:|\b(?:lookup|query|q|vars|varnames|hostvars|include|import|extends|block)\b")


class _Texts:
    """Texts from templates, each file read and compiled once a task.

    The lookup ``template`` copies all variables of the play, whole, for every text: a thousand texts of a term with its people took minutes. Compiling
    costs more than rendering, so all messages of one template are rendered in one go, with their variables in a loop.
    """

    def __init__(self, action, task_vars):
        self._action = action
        self._task_vars = task_vars
        self._files: dict = {}
        #: Of each template the key of the message that first names it.
        self._owners: dict = {}

    def rendered(self, messages):
        """Return the messages with the texts of their templates.

        :raises AnsibleError: naming the message whose text cannot be made.
        """
        groups: dict = {}
        made = []
        for one in messages:
            templated = isinstance(one, dict) and one.get("template")
            made.append({name: value for name, value in one.items() if name not in ("template", "variables", "when")} if isinstance(one, dict) else one)
            if templated:
                variables = one.get("variables") or {}
                self._owners.setdefault(str(one["template"]), one.get("key"))
                groups.setdefault((str(one["template"]), tuple(sorted(map(str, variables)))), []).append((made[-1], variables))
        for (name, names), rows in groups.items():
            for (message, _variables), text in zip(rows, self._together(name, names, rows) or self._one_by_one(name, rows)):
                message["text"] = text
        return made

    def _together(self, name, names, rows):
        """Return the texts of all rows; None when this template must be rendered one by one."""
        text, templar, file = self._file(name)
        if len(rows) == 1 or _LOOKS_BEYOND.search(text) or not all(map(_IDENTIFIER.fullmatch, names)):
            return None
        end = uuid.uuid4().hex
        whole = "{%% for kariz_row in kariz_rows %%}%s{%% include kariz_file %%}{{ kariz_end }}{%% endfor %%}" % "".join(
            "{%% set %s = kariz_row[%d] %%}" % (name, place) for place, name in enumerate(names))
        templar.available_variables = {**self._task_vars, "kariz_end": end, "kariz_file": file,
                                       "kariz_rows": [[variables[name] for name in names] for _message, variables in rows]}
        try:
            told = str(templar.template(trust_as_template(whole), escape_backslashes=False, overrides=_OVERRIDES)).split(end)
        except Exception:
            # Which message it is, and why, is told when they are rendered one by one.
            return None
        return [text.strip() for text in told[:-1]] if len(told) == len(rows) + 1 else None

    def _one_by_one(self, name, rows):
        text, templar, _file = self._file(name)
        for message, variables in rows:
            templar.available_variables = {**self._task_vars, **variables}
            try:
                yield str(templar.template(text, escape_backslashes=False, overrides=_OVERRIDES)).strip()
            except AnsibleError as error:
                raise AnsibleError("The text of message %s could not be made from %s." % (message.get("key"), name)) from error

    def _file(self, name):
        if name not in self._files:
            # Where the lookup looks for what a template includes.
            places = [place for folder in self._task_vars.get("ansible_search_path") or () for place in (os.path.join(folder, "templates"), folder)]
            try:
                path = self._action._find_needle("templates", name)
            except AnsibleError:
                raise AnsibleActionFail("template of message %s: %s; nothing was sent" % (self._owners[name], _files.nowhere(name, places or [""]))) from None
            templar = self._action._templar.copy_with_new_env(searchpath=[os.path.dirname(path), *places], available_variables={})
            text = trust_as_template(self._action._loader.get_text_file_contents(path))
            self._files[name] = text, templar, os.path.basename(path)
        return self._files[name]
