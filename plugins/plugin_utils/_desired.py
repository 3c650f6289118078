# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the actions about the whole business share: reading the files on the controller, and running other modules of the collection."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

from ansible.errors import AnsibleActionFail, AnsibleError
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ansible_collections.kariz.panels.plugins.module_utils._business import apart, desired, kinds
from ansible_collections.kariz.panels.plugins.module_utils._core.errors import PanelError, UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.journal import Journal
from ansible_collections.kariz.panels.plugins.module_utils._core.options import check, journal_place, lasting
from ansible_collections.kariz.panels.plugins.module_utils._core.options.places import unwritable
from ansible_collections.kariz.panels.plugins.module_utils._core.options.plain import plain
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets import private
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.file import SecretsFile
from ansible_collections.kariz.panels.plugins.module_utils._core.task.fitting import begun
from ansible_collections.kariz.panels.plugins.module_utils._core.text.letters import excerpt
from ansible_collections.kariz.panels.plugins.plugin_utils import _files
from ansible_collections.kariz.panels.plugins.plugin_utils._fitting import fitted, light, summed_up
from ansible_collections.kariz.panels.plugins.plugin_utils._reading import File
from ansible_collections.kariz.panels.plugins.plugin_utils._vault import Vault
from ansible_collections.kariz.panels.plugins.plugin_utils._yaml_text import Unreadable, composed, place_of

#: Accounts that are read at once.
_AT_ONCE = 16
EXTENSIONS = (".yml", ".yaml", ".json")
#: Characters of one message among several.
MOST = 2000

# Files read in this process, what their templates said, and the accounts. All items of a loop run in one worker, so a file is read once a task.
_read: dict = {}


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
        raise AnsibleActionFail("path: %s" % _files.nowhere(path, [""], "file or folder"))
    return [path]


def write_private(path, text):
    """Write a file that only its owner may read, whole or not at all.

    :raises UsageError: it cannot be written, and why.
    """
    path = os.path.abspath(os.path.expanduser(path))
    try:
        _write_private(path, text)
    except OSError as error:
        raise UsageError("%s cannot be written: %s" % (excerpt(path), error.strerror), operation="options") from None


def check_writable(params, files=(), folders=()):
    """Refuse paths at which nothing can be written, before hours of work come to nothing.

    :arg files, folders: names of the options that say where a file, or a folder of files, is to be.
    :raises OptionsError: naming each.
    """
    problems = []
    for name in (*files, *folders):
        if params.get(name):
            path = os.path.abspath(os.path.expanduser(params[name]))
            reason = unwritable(path, name in folders)
            if reason:
                problems.append(check.Problem((name,), "%s %s" % (excerpt(path), reason)))
    if problems:
        raise check.OptionsError(problems)


def _write_private(path, text):
    told = lasting.warning("the folder", os.path.dirname(path))
    if told:
        Display().warning(told)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    private.replace(path, text)


class BusinessAction(ActionBase):
    """Base of the actions about the whole business. A subclass has ``options`` (an argument specification) and ``work``."""

    TRANSFERS_FILES = False
    _supports_check_mode = True
    options: dict = {}

    def run(self, tmp=None, task_vars=None):
        result = super().run(tmp, task_vars)
        del tmp
        # What holds credentials (connections of accounts) is never returned, so there is no invocation to mask.
        try:
            checked = check.Checker(self.options).check(plain(self._task.args))
            if checked.problems:
                raise check.OptionsError(checked.problems)
            result.update(self.work(checked.values, task_vars or {}))
        except PanelError as error:
            return dict(result, failed=True, changed=False, error=error.error, msg="%s: %s" % (self._task.action.rpartition(".")[2], error.sentence()))
        return fitted(self, light(self, summed_up(self, result), task_vars or {}), task_vars or {})

    def work(self, params, task_vars):
        raise NotImplementedError

    def journal(self, params, operation, **more):
        """Return the :class:`.Journal` of a task, or None when neither the task nor the environment names one. It lies on the controller."""
        where = journal_place.where(params, os.environ)
        return None if where is None else Journal(where, operation, warn=self._display.warning, **more)

    def for_modules(self, where):
        """Return where the journal of the modules is, or None: a file is the controller's, which a module on another machine cannot reach."""
        return where if where and (self._connection.transport == "local" or journal_place.is_database(where)) else None

    # -- the desired state -----------------------------------------------------------------------------------------

    def accounts(self, path, task_vars):
        """Return the accounts that the files of ``path`` describe.

        The files are read once, and checked again only when their templates say something else: in a loop, each item may have other variables.

        :raises AnsibleActionFail: naming each problem with file, line and place.
        """
        paths = files_of(path)
        stamp = tuple((file, found.st_mtime_ns, found.st_size, found.st_ino) for file in paths for found in [os.stat(file)])
        if _read.get("stamp") != stamp:
            _read.clear()
            _read.update(stamp=stamp, files=self._files(paths))
        results = self._rendered(_read["files"], task_vars)
        if "results" not in _read or _read["results"] != results:
            _read.update(results=results, accounts=self._checked(_read["files"], results))
        return _read["accounts"]

    def _files(self, paths):
        found, unreadable = [], []
        for path in paths:
            try:
                found.append(File(path, self._loader))
            except Unreadable as error:
                unreadable.append(error.sentence(self.shown(path)))
            except AnsibleError as error:
                unreadable.append("%s: %s" % (self.shown(path), error))
        if unreadable:
            raise AnsibleActionFail("the desired state cannot be read; no vendor was asked anything\n%s" % "\n".join(unreadable))
        return found

    def _rendered(self, files, task_vars):
        if not any(file.templates for file in files):
            return [[] for _file in files]
        variables: dict = {}
        for file in files:
            variables.update(file.variables)
        # Variables of the play win, so that -e on the command line does.
        templar = self._templar.copy_with_new_env(available_variables={**variables, **task_vars})
        made = []
        for file in files:
            try:
                made.append(plain(file.rendered(templar)))
            except Unreadable as error:
                problems = [problem for other in files for problem in other.problems]
                raise AnsibleActionFail(self._told(problems + [desired.Problem(file.path, error.path, error.text)])) from None
        return made

    def _checked(self, files, results):
        problems = [problem for file in files for problem in file.problems]
        misread = {(problem.file, problem.path) for problem in problems}
        try:
            made = desired.accounts([(file.path, file.filled(said)) for file, said in zip(files, results)], os.environ)
        except desired.Invalid as invalid:
            # What was misread is told once.
            problems += [problem for problem in invalid.problems if (problem.file, problem.path) not in misread]
        if problems:
            raise AnsibleActionFail(self._told(problems))
        return made

    def _told(self, problems):
        nodes = {}
        told = []
        for problem in problems[:desired.TOLD]:
            if problem.file not in nodes:
                nodes[problem.file] = composed(problem.file, self._loader)
            place = self.shown(problem.file) + "".join(":%d" % number for number in place_of(nodes[problem.file], problem.path))
            told.append(begun(problem.sentence(where=place), MOST))
        more = "\n... and %d more" % (len(problems) - desired.TOLD) if len(problems) > desired.TOLD else ""
        count = "1 problem" if len(problems) == 1 else "%d problems" % len(problems)
        return "%s in the desired state; no vendor was asked anything\n%s%s" % (count, "\n".join(told), more)

    @staticmethod
    def shown(file):
        """Return a path as people typed it, when it is below where they are."""
        near = os.path.relpath(file)
        return file if near.startswith("..") else near

    def named_accounts(self, params, task_vars):
        """Return the accounts of the files, and those of vendors whose credentials are in the environment."""
        found = list(self.accounts(params["path"], task_vars)) if params["path"] else []
        for entry in params.get("accounts") or ():
            found.append(desired.Account(entry["vendor"], entry["account"] or entry["vendor"], "", ()))
            found[-1].connection = entry["connection"] or {}
            found[-1].usernames = entry.get("usernames")
        wrong = [name for name in params["vendors"] or () if name not in kinds.vendors()]
        if wrong:
            raise AnsibleActionFail("vendors: there is no %s; there are %s" % (", ".join(wrong), ", ".join(kinds.vendors())))
        found = found + [desired.Account(vendor, vendor, "", ()) for vendor in params["vendors"] or () if vendor not in {one.vendor for one in found}]
        places = ["%s/%s" % (one.vendor, one.name) for one in found]
        twice = sorted({place for place in places if places.count(place) > 1})
        if twice:
            raise AnsibleActionFail("accounts: %s stands there more than once: give each account a name of its own" % ", ".join(twice))
        if not found and not (params["path"] or params.get("accounts") or params["vendors"]):
            found = [desired.Account(vendor, vendor, "", ()) for vendor in kinds.vendors() if apart.identity(vendor, {}, os.environ)]
        if not found:
            raise AnsibleActionFail("name the accounts: path of a desired-state file, or vendors; without either all vendors whose credentials are in the "
                                    "environment are taken, and there are none (such as ALOCOM_API_TOKEN, or ALOCOM_API_USERNAME and ALOCOM_API_PASSWORD)")
        return self.chosen(found, params["only"])

    @staticmethod
    def chosen(accounts, only):
        """Return those of the accounts that ``only`` names, all of them without it."""
        try:
            return desired.chosen(accounts, only)
        except ValueError as error:
            raise AnsibleActionFail(str(error)) from None

    def secrets_file(self, path):
        """Return the file of ``secrets_path``, None without one.

        It is opened before anything is written: what a vendor tells only once would be lost with a file that cannot be used.
        """
        told = lasting.warning("secrets_path", path) if path else None
        if told:
            self._display.warning(told)
        try:
            return SecretsFile(path, Vault(self._loader), self._task.check_mode) if path else None
        except UsageError as error:
            raise AnsibleActionFail(error.message) from None

    # -- other modules ---------------------------------------------------------------------------------------------

    def run_module(self, name, arguments, task_vars, check_mode=None, keep=None):
        """Run another module of the collection, in process or as a module process, as a task of its own would.

        :arg keep: takes what a vendor tells once, instead of references in the result.
        """
        action = self._made(name, arguments, check_mode)
        action.keep = keep
        return action.run(task_vars=task_vars)

    def run_modules(self, name, calls, task_vars):
        """Run a module that only reads once for each of several options, side by side where no process is started; return the results in their order."""
        actions = [self._made(name, arguments, False) for arguments in calls]
        if len(actions) < 2 or not actions[0].is_fast(task_vars):
            return [action.run(task_vars=task_vars) for action in actions]
        with actions[0].surroundings() as environment:
            pool = ThreadPoolExecutor(min(_AT_ONCE, len(actions)))
            try:
                made = list(pool.map(lambda action: action.carried_out(environment), actions))
            except BaseException:
                # An interrupt, or the task's own time-out: nobody waits for the answers any more.
                pool.shutdown(wait=False, cancel_futures=True)
                raise
            pool.shutdown()
        return made

    def _made(self, name, arguments, check_mode):
        task = self._task.copy()
        task.action = name
        task.args = arguments
        # The loop is this action's, not the module's: each call stands alone.
        task.loop = task.loop_with = None
        task.until = None
        if check_mode is not None:
            task.check_mode = check_mode
        made = self._shared_loader_obj.action_loader.get(
            name, task=task, connection=self._connection, play_context=self._play_context, loader=self._loader, templar=self._templar,
            shared_loader_obj=self._shared_loader_obj)
        made.whole = True
        return made
