# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the actions about the whole business share: reading the files on the controller, and running other modules of the collection."""

from __future__ import annotations

import datetime
import json
import os
import tempfile

import yaml
from ansible.errors import AnsibleActionFail, AnsibleError
from ansible.plugins.action import ActionBase

from ansible_collections.kariz.panels.plugins.module_utils._business import desired, kinds
from ansible_collections.kariz.panels.plugins.module_utils._core.options import check
from ansible_collections.kariz.panels.plugins.plugin_utils._yaml import dump_data, load_data

EXTENSIONS = (".yml", ".yaml", ".json")

# Accounts read in this process. All items of a loop run in one worker, so a file is read once a task and not once an item.
_read: dict = {}


def plain(value):
    """Return the same data without the platform's tags: dates as text, what is in the vault in clear."""
    return json.loads(json.dumps(value, default=lambda part: part.isoformat() if isinstance(part, (datetime.date, datetime.datetime)) else str(part)))


def files_of(path):
    """Return the files of a path: itself, or what a folder holds (sorted, nothing hidden, not its sub-folders).

    :raises AnsibleActionFail: there is nothing.
    """
    # Relative to where the command was given, as people expect of a path on the command line.
    path = os.path.abspath(os.path.expanduser(path))
    if os.path.isdir(path):
        found = [os.path.join(path, name) for name in sorted(os.listdir(path)) if name.endswith(EXTENSIONS) and not name.startswith(".")]
        if not found:
            raise AnsibleActionFail("%s holds no file ending in %s" % (path, ", ".join(EXTENSIONS)))
        return found
    if not os.path.exists(path):
        raise AnsibleActionFail("there is no file or folder %s" % path)
    return [path]


def write_private(path, text):
    """Write a file that only its owner may read, whole or not at all."""
    path = os.path.abspath(os.path.expanduser(path))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    handle, made = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".%s-" % os.path.basename(path))
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(made, path)


def add_secrets(path, place, kind, found):
    """Add secrets to the file of secrets: a mapping of accounts, kinds and keys."""
    known: dict = {}
    path = os.path.abspath(os.path.expanduser(path))
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            known = load_data(file) or {}
    known.setdefault(place, {}).setdefault(kind, {}).update(found)
    write_private(path, dump_data(known))


class BusinessAction(ActionBase):
    """Base of the actions about the whole business. A subclass has ``options`` (an argument specification) and ``work``."""

    TRANSFERS_FILES = False
    _supports_check_mode = True
    options: dict = {}

    def run(self, tmp=None, task_vars=None):
        result = super().run(tmp, task_vars)
        del tmp
        # What holds credentials (connections of accounts) is never returned, so there is no invocation to mask.
        checked = check.Checker(self.options).check(plain(self._task.args))
        if checked.problems:
            raise AnsibleActionFail("%s: %s" % (self._task.action.rpartition(".")[2], check.told(checked.problems)))
        result.update(self.work(checked.values, task_vars or {}))
        return result

    def work(self, params, task_vars):
        raise NotImplementedError

    # -- the desired state -----------------------------------------------------------------------------------------

    def accounts(self, path, task_vars):
        """Return the accounts that the files of ``path`` describe.

        :raises AnsibleActionFail: naming each problem with file, line and place.
        """
        files = files_of(path)
        stamp = (path, tuple((file, os.stat(file).st_mtime_ns) for file in files))
        if stamp not in _read:
            _read.clear()
            _read[stamp] = self._accounts(files, task_vars)
        return _read[stamp]

    def _accounts(self, files, task_vars):
        documents = []
        for file in files:
            try:
                documents.append((file, self._loader.load_from_file(file, cache="none", trusted_as_template=True)))
            except AnsibleError as error:
                raise AnsibleActionFail("%s cannot be read: %s" % (self.shown(file), error)) from None
        variables = {}
        for _file, document in documents:
            if isinstance(document, dict):
                variables.update({name: value for name, value in document.items() if name != desired.ROOT})
        # Variables of the play win, so that -e on the command line does.
        templar = self._templar.copy_with_new_env(available_variables={**variables, **task_vars})
        made = []
        for file, document in documents:
            if isinstance(document, dict) and desired.ROOT in document:
                try:
                    document = dict(document, **{desired.ROOT: plain(templar.template(document[desired.ROOT]))})
                except AnsibleError as error:
                    place = self._undefined(templar, document[desired.ROOT], (desired.ROOT,))
                    raise AnsibleActionFail(self._told([desired.Problem(file, place, str(error))])) from None
            made.append((file, document))
        try:
            return desired.accounts(made)
        except desired.Invalid as invalid:
            raise AnsibleActionFail(self._told(invalid.problems)) from None

    def _undefined(self, templar, value, path):
        """Return the place of the first template that fails."""
        parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for name, part in parts:
            try:
                templar.template(part)
            except AnsibleError:
                return self._undefined(templar, part, path + (name,))
        return path

    def _told(self, problems):
        lines = {}
        told = []
        for problem in problems[:desired.TOLD]:
            if problem.file not in lines:
                lines[problem.file] = self._nodes(problem.file)
            problem.line = line_of(lines[problem.file], problem.path)
            file, problem.file = problem.file, self.shown(problem.file)
            told.append(problem.sentence(line=problem.line))
            problem.file = file
        more = "\n... and %d more" % (len(problems) - desired.TOLD) if len(problems) > desired.TOLD else ""
        count = "1 problem" if len(problems) == 1 else "%d problems" % len(problems)
        return "%s in the desired state; no vendor was asked anything\n%s%s" % (count, "\n".join(told), more)

    def _nodes(self, file):
        """Return the file as nodes that know their lines, or None."""
        try:
            return yaml.compose(self._loader.get_text_file_contents(file), Loader=yaml.SafeLoader)
        except (yaml.YAMLError, AnsibleError, AttributeError, OSError):
            return None

    @staticmethod
    def shown(file):
        """Return a path as people typed it, when it is below where they are."""
        near = os.path.relpath(file)
        return file if near.startswith("..") else near

    def named_accounts(self, params, task_vars):
        """Return the accounts of the files, and those of vendors whose credentials are in the environment."""
        found = self.accounts(params["path"], task_vars) if params["path"] else []
        for entry in params.get("accounts") or ():
            found.append(desired.Account(entry["vendor"], entry["account"] or entry["vendor"], "", ()))
            found[-1].connection = entry["connection"] or {}
            found[-1].usernames = entry.get("usernames")
        wrong = [name for name in params["vendors"] or () if name not in kinds.vendors()]
        if wrong:
            raise AnsibleActionFail("vendors: there is no %s; there are %s" % (", ".join(wrong), ", ".join(kinds.vendors())))
        found = found + [desired.Account(vendor, vendor, "", ()) for vendor in params["vendors"] or () if vendor not in {one.vendor for one in found}]
        if not found:
            raise AnsibleActionFail("name the accounts: path of a desired-state file, or vendors whose credentials are in the environment")
        try:
            return desired.chosen(found, params["only"])
        except ValueError as error:
            raise AnsibleActionFail(str(error)) from None

    # -- other modules ---------------------------------------------------------------------------------------------

    def run_module(self, name, arguments, task_vars, check_mode=None):
        """Run another module of the collection, through the door that fits, as a task of its own would."""
        task = self._task.copy()
        task.action = name
        task.args = arguments
        # The loop is this action's, not the module's: each call stands alone.
        task.loop = task.loop_with = None
        task.until = None
        if check_mode is not None:
            task.check_mode = check_mode
        action = self._shared_loader_obj.action_loader.get(
            name, task=task, connection=self._connection, play_context=self._play_context, loader=self._loader, templar=self._templar,
            shared_loader_obj=self._shared_loader_obj)
        return action.run(task_vars=task_vars)


def line_of(node, path):
    """Return the line (from 1) of a place in a composed document, or of the nearest that encloses it."""
    if node is None:
        return None
    line = node.start_mark.line + 1
    for part in path:
        following = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part):
                    line, following = key.start_mark.line + 1, value
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            following = node.value[part]
            line = following.start_mark.line + 1
        if following is None:
            break
        node = following
    return line
