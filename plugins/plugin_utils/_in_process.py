# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""In process: a job inside Ansible's worker process, without starting a module. Everything heavy is imported here, before the fork."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import os
from typing import Any

from ansible import constants as C
from ansible.errors import AnsibleError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ansible_collections.kariz.panels.plugins.module_utils._core.http import session
from ansible_collections.kariz.panels.plugins.module_utils._core.http.tokens import TokenStore
from ansible_collections.kariz.panels.plugins.module_utils._core.options import check
from ansible_collections.kariz.panels.plugins.module_utils._core.options.plain import plain
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.declared import given_secrets, hidden
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.invocation import invocation
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.told import WITHHOLD, holders, withhold
from ansible_collections.kariz.panels.plugins.module_utils._core.state.memory import Memories
from ansible_collections.kariz.panels.plugins.module_utils._core.state.objects import FEW
from ansible_collections.kariz.panels.plugins.module_utils._core.state.results import Failed
from ansible_collections.kariz.panels.plugins.module_utils._core.state.runner import with_account
from ansible_collections.kariz.panels.plugins.module_utils._core.task.fitting import CONTROLLERS_KEEP, LIMIT_OPTION
from ansible_collections.kariz.panels.plugins.module_utils._core.task.host import Host
from ansible_collections.kariz.panels.plugins.plugin_utils import _progress
from ansible_collections.kariz.panels.plugins.plugin_utils._fitting import fitted, light, limit_of
from ansible_collections.kariz.panels.plugins.plugin_utils._leftovers import remove_once
from ansible_collections.kariz.panels.plugins.plugin_utils._told import refer
from ansible_collections.kariz.panels.plugins.plugin_utils._turns import takes_turns, turn
from ansible_collections.kariz.panels.plugins.plugin_utils._untemplated import Templated, untemplated
from ansible_collections.kariz.panels.plugins.plugin_utils._vault import Vault

display = Display()

# Clients of this worker, by digest of their connection: all items of a loop run in one worker. Empty in the parent, so no
# connection ever crosses a fork.
_clients: dict = {}
# The worker that has set aside what it got from the platform.
_set_aside: list = []
_memories = Memories()

if session.requests is not None:
    # Made once in the parent and inherited by every worker.
    session.tls_context()


def _set_aside_once():
    """Keep what the platform made before this worker out of its searches for garbage: they would walk through all of it, and copy its memory by that.
    The first worker of a run also removes what runs that were killed have left.
    """
    if os.getpid() not in _set_aside:
        _set_aside[:] = [os.getpid()]
        gc.freeze()
        remove_once()


class InProcessHost(Host):
    """The runner's view of an action plugin."""

    def __init__(self, params, task, environment, speaks):
        super().__init__(params, task.check_mode, warn=self._show(display.warning), note=self._show(display.vv))
        self.keeps_index = bool(task.loop or task.loop_with) and not task.until
        self.memories = _memories
        self._environment = environment
        self._speaks = speaks
        # What is said of the task's progress, once somebody wanted to say something; copies of this view for a part of the task share it.
        self._said: list = []
        if params.get("api_token_cache", True):
            self.tokens = TokenStore(C.DEFAULT_LOCAL_TMP)

    def kept_client(self, vendor_class, options):
        text = json.dumps([vendor_class.vendor, options, self._environment], sort_keys=True, default=str)
        digest = hashlib.sha256(text.encode()).hexdigest()
        if digest not in _clients:
            _clients[digest] = super().kept_client(vendor_class, options)
        return _clients[digest]

    def progress(self, what):
        if not self._said:
            self._said.append(self._speaks())
        return self._said[0].of(what, self.grown_limit) if self._said[0] else None

    def close(self):
        """End what was said of the task's progress."""
        for progress in filter(None, self._said):
            progress.close()

    def _show(self, method):
        def show(text):
            for progress in filter(None, self._said):
                progress.make_way()
            method(text)
        return show


@contextlib.contextmanager
def _environment(more):
    """Let ``environment:`` of a task count for one item, as it would for a module's process."""
    if all(os.environ.get(str(name)) == str(value) for name, value in more.items()):
        yield
        return
    before = dict(os.environ)
    os.environ.update({str(name): str(value) for name, value in more.items()})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _wants_invocation(task_vars):
    """Return whether results carry ``invocation``: always, until ansible-core 2.21 made it a setting."""
    try:
        return bool(C.config.get_config_value("INJECT_INVOCATION", variables=task_vars))
    except AnsibleError:
        return True


class InProcessAction(ActionBase):
    """Base of every action plugin of this collection; a subclass names its ``job``."""

    job: Any
    keep: Any = None   #: takes what is told once, instead of references in the result; see :class:`.host.Host`
    whole = False      #: another action of ours takes the result, however long it is
    _supports_async = True
    _supports_check_mode = True

    @classmethod
    def finalize_task_arg(cls, name, value, templar, *more, **named):
        """Template the value of an option. Whatever the platform hands over beside it is its own business."""
        try:
            return untemplated(value, templar.available_variables)
        except Templated:
            return super().finalize_task_arg(name, value, templar, *more, **named)

    def run(self, tmp=None, task_vars=None):
        _set_aside_once()
        result = super().run(tmp, task_vars)
        del tmp
        # Not result.update(super): a module's answer is the answer.
        try:
            with self._turn():
                result.update(self._fast(task_vars or {}) if self.is_fast(task_vars or {}) else self._ordinary(task_vars or {}))
        except check.OptionsError as error:
            checked = check.Checked()
            checked.problems = error.problems
            result.update(check.refusal(self.job, checked), failed=True)
        if not _wants_invocation(task_vars):
            result.pop("invocation", None)
        if self.keep is None and not self.whole:
            result = light(self, result, task_vars or {})
        found = holders(self.job, result)
        if found and self.keep is not None:
            withhold(self.job, result)
        elif found and not refer(self.job.reveals, found):
            # Registered as it is, but kept out of every log.
            result["_ansible_no_log"] = True
            if result.get("failed"):
                display.warning("%s (the result holds passwords and is hidden; register it to read it)" % result.get("msg"))
        return result if self.whole else fitted(self, result, task_vars or {}, self.job.reveals)

    @contextlib.contextmanager
    def _turn(self):
        """Wait until other hosts of the play have ended what must not happen twice, where this task does such a thing."""
        if self._task.check_mode or not takes_turns(self.job):
            yield
            return
        environment: dict = {}
        self._compute_environment_string(environment)
        with turn(self.job, self._task.args, environment) as changed:
            if changed:
                # What this process remembers for the items of a loop was read before.
                _memories.forget(getattr(self.job, "vendor", None))
            yield

    def is_fast(self, task_vars):
        """Return whether the job runs here, without a process of its own."""
        asked = self._templar.template(task_vars.get("kariz_action", os.environ.get("KARIZ_ACTION") or "1"))
        elsewhere = self._connection.transport != "local" or self._task.async_val or self._task.become or self._play_context.become
        return session.requests is not None and boolean(asked, strict=False) and not elsewhere

    def _ordinary(self, task_vars):
        wrap_async = bool(self._task.async_val) and not self._connection.has_native_async
        self._task.args = plain(self._task.args)
        check.refuse_halves(self._task.args)
        more: dict = {WITHHOLD: True} if wrap_async and self.job.reveals else {}
        limit = 0 if self.whole else limit_of(self, task_vars)
        if limit != CONTROLLERS_KEEP:
            more[LIMIT_OPTION] = limit
        told = {"module_args": dict(self._task.args, **more)} if more else {}
        result = self._execute_module(task_vars=task_vars, wrap_async=wrap_async, **told)
        for holder in holders(self.job, result) if self.keep is not None else ():
            self.keep(self.job.plural, self.job.label_of(holder), {name: holder[name] for name in self.job.reveals if holder.get(name)})
        if not wrap_async:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return result

    def _fast(self, task_vars):
        with self.surroundings() as environment:
            return self._work(environment, lambda: self._progress(task_vars))

    @contextlib.contextmanager
    def surroundings(self):
        """Let the task's ``environment:`` count in this process for a while, and give it."""
        environment: dict = {}
        self._compute_environment_string(environment)
        with _environment(environment):
            yield environment

    def carried_out(self, environment):
        """Return the result of the job, within :meth:`surroundings` and in silence; several may be under way in threads of their own."""
        return self._work(environment, lambda: None)

    def _progress(self, task_vars):
        """Return the :class:`_progress.Progress` of this task, or None where nobody wants to read it."""
        if not _progress.wanted(self._templar.template(task_vars.get("kariz_progress")), os.environ):
            return None
        # Other hosts' results would be written into a line that is still open.
        alone = self._task.run_once or len(task_vars.get("ansible_play_hosts_all") or ()) <= 1
        live = alone and _progress.TERMINAL and not _progress.under_controller(os.environ)
        return _progress.Progress(live, "" if alone else "[%s] " % task_vars.get("inventory_hostname"), display)

    def _few_items(self):
        """See :meth:`.host.Host.few_items`; the platform tells an item of a loop nothing of the others."""
        if self._task.loop_with or self._task.loop is None:
            return False
        items = self._templar.template(self._task.loop)
        return isinstance(items, list) and len(items) <= FEW

    def _work(self, environment, speaks):
        spec = self.job.arguments()["argument_spec"]
        given = plain(self._task.args)
        checked = check.options_of(self.job, given)
        params = checked.values
        secrets = hidden(self.job, params)
        shown = {"module_args": invocation(spec, dict(given, **params), secrets)}
        host = InProcessHost(params, self._task, environment, speaks)
        host.vault, host.keep = Vault(self._loader), self.keep
        host.few_items = self._few_items  # type: ignore[method-assign]
        host.redactor.add(*checked.secrets, *secrets)
        if checked.problems:
            host.redactor.add(*given_secrets(spec, given))
            refused = dict(check.refusal(self.job, checked, host.redactor.text), failed=True, invocation=host.redactor.clean(shown))
            return with_account(self.job, params, host, refused)
        # A list may be very long, and the values are what came of it.
        del given
        try:
            result = self.job.run(host)
        except Failed as failure:
            result = dict(failure.result, failed=True)
        except AnsibleError:
            raise
        except Exception as error:  # pylint: disable=broad-except
            result = {"failed": True, "changed": False, "msg": host.redactor.text("unexpected %s: %s" % (type(error).__name__, error))}
        finally:
            host.close()
        if result.get("warnings"):
            result["warnings"] = [host.redactor.text(text) for text in result["warnings"]]
        result["invocation"] = shown
        return with_account(self.job, None, host, result)
