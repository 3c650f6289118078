# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os

from ansible.errors import AnsibleActionFail

from ansible_collections.kariz.panels.plugins.module_utils._business import apart, desired, kinds
from ansible_collections.kariz.panels.plugins.module_utils._core.errors import PanelError, UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.journal.run_lock import LOCK_LEASE
from ansible_collections.kariz.panels.plugins.module_utils._core.options import journal_place
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.file import SecretsFile
from ansible_collections.kariz.panels.plugins.module_utils._core.state.foretold import changes
from ansible_collections.kariz.panels.plugins.plugin_utils._desired import BusinessAction
from ansible_collections.kariz.panels.plugins.plugin_utils._vault import Vault

# Accounts that refused as a whole (no connection, wrong password) in this loop: asking again with each kind could lock them.
_refused: dict = {}
GOING = " (what goes)"
# In check mode, keys of what earlier steps of this loop would have made, and all that they would change.
_foretold: dict = {}
_changes: dict = {}


class ActionModule(BusinessAction):
    options = {
        "path": {"type": "path", "required": True},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "only": {"type": "list", "elements": "str"},
        "secrets_path": {"type": "path"},
        "unmanaged": {"type": "bool", "default": False},
        "exact": {"type": "bool", "default": False},
        "step": {"type": "dict", "options": {
            "vendor": {"type": "str", "required": True},
            "account": {"type": "str", "required": True},
            "kind": {"type": "str", "required": True},
            "count": {"type": "int"},
            "part": {"type": "str", "choices": ["make", "remove"]},
        }},
        "journal": journal_place.OPTION,
        "run": {"type": "str"},
    }

    def work(self, params, task_vars):
        found = self.accounts(params["path"], task_vars)
        # Opened before anything is written: what a vendor tells only once would be lost with a file that cannot be used.
        try:
            secrets = SecretsFile(params["secrets_path"], Vault(self._loader), self._task.check_mode) if params["secrets_path"] else None
        except UsageError as error:
            raise AnsibleActionFail(error.message) from None
        if params["step"]:
            return self._locked_step(params, found, secrets, task_vars)
        try:
            found = desired.chosen(found, params["only"])
        except ValueError as error:
            raise AnsibleActionFail(str(error)) from None
        return {
            "changed": False,
            "accounts": [{"vendor": account.vendor, "account": account.name} for account in found],
            "steps": desired.steps(found, params["state"], params["exact"]),
            "staying": desired.staying(found) if params["state"] == "absent" else [],
        }

    def _locked_step(self, params, found, secrets, task_vars):
        """Carry out a step, keeping the lock of its account while it lasts when the run has one."""
        account = next((one for one in found if (one.vendor, one.name) == (params["step"]["vendor"], params["step"]["account"])), None)
        journal = self.journal(params, "lock", lease=LOCK_LEASE, run=params["run"]) if params["run"] and account is not None else None
        if journal is None:
            return self._step(params, found, secrets, task_vars)
        try:
            with journal.kept(apart.lock_name(account, os.environ)):
                return self._step(params, found, secrets, task_vars)
        except PanelError as error:
            named = {name: params["step"][name] for name in ("vendor", "account", "kind")}
            result = dict(named, failed=True, changed=False, outcome="failed", error=error.error, msg=error.sentence())
            return dict(result, told=told(named, result, params["step"]["part"]))

    def _step(self, params, found, secrets, task_vars):
        step, state = params["step"], params["state"]
        named = {name: step[name] for name in ("vendor", "account", "kind")}
        account = next((one for one in found if (one.vendor, one.name) == (step["vendor"], step["account"])), None)
        kind = kinds.of(step["vendor"]).get(step["kind"])
        if account is None or kind is None:
            raise AnsibleActionFail("the files have no %(kind)s of %(vendor)s/%(account)s" % named)
        place = (account.vendor, account.name)
        if place in _refused:
            return dict(named, failed=True, changed=False, not_attempted=True, outcome="not_attempted",
                        told="%s/%s: %s%s: not attempted" % (
                            place + (kind.name, GOING if step["part"] == "remove" else "")),
                        msg="not attempted, because the account refused its %s: %s" % _refused[place])
        part, foretold = step["part"], _foretold.setdefault(place + (kind.name,), set())
        arguments = account.arguments(kind, state, params["exact"], part, foretold)
        if self._task.check_mode and kind.refers:
            arguments["foretold"] = {name: _changes.get(place + (name,), []) for name in kind.refers}
        kept = Kept(secrets, "%s/%s" % place)
        result = self.run_module(kind.module, arguments, task_vars, keep=kept)
        _changes.setdefault(place + (kind.name,), []).extend(changes(result.get(kind.resource.plural)))
        if part == "make" and self._task.check_mode:
            foretold.update(kind.resource.key_of(entry) for entry in result.get(kind.resource.plural) or () if entry.get("action") == "created")
        # Kept beside ``failed``, which a play may overrule.
        result["outcome"] = "failed" if result.get("failed") else "done"
        refused = bool(result.get("failed")) and is_refusal(result.get("error") or {})
        if refused:
            _refused[place] = (kind.name, result.get("msg"))
        if params["unmanaged"] and kind.export and not refused:
            read = self.run_module("kariz.panels.account_objects_info", {
                "vendor": account.vendor, "connection": account.connection, "named": {kind.name: desired.naming(account, kind)}}, task_vars, check_mode=False)
            if read.get("failed"):
                result.update(failed=True, outcome="failed", uncompared="what else is there: %s" % read.get("msg"))
            result["unmanaged"] = (read.get("unnamed") or {}).get(kind.name, [])
        if kept.warnings(kind):
            result.setdefault("warnings", []).extend(kept.warnings(kind))
        return dict(result, told=told(named, result, part), **named)


class Kept:
    """Takes what a vendor tells only once, the moment it is told.

    :arg secrets: the :class:`SecretsFile`, or None: then it is only counted.
    :arg place: the account, as the file names it.
    """

    def __init__(self, secrets, place):
        self.secrets = secrets
        self.place = place
        self.labels: list = []
        self.troubles: list = []

    def __call__(self, kind, label, values):
        self.labels.append(label)
        trouble = self.secrets.keep(self.place, kind, label, values) if self.secrets is not None else None
        if trouble:
            self.troubles.append("%s: %s" % (self.place, trouble))

    def warnings(self, kind):
        if self.secrets is None and self.labels:
            return ["%s: the vendor chose %s of %d new %s and tells it only now; give secrets_path to have it written down" % (
                self.place, ", ".join(kind.resource.reveals), len(self.labels), kind.name)]
        return self.troubles


def is_refusal(error):
    """Return whether an error is about the account as a whole, so that its other kinds would fare no better."""
    lost = {"not_authenticated", "no_connection"} & {error.get("code"), error.get("name")}
    return error.get("operation") == "login" or error.get("http_status") == 401 or bool(lost)


def told(named, result, part=None):
    """Return what a step did in one line."""
    counts = ["%d %s" % (number, action) for action, number in (result.get("summary") or {}).items() if number]
    return "%s/%s: %s%s: %s" % (named["vendor"], named["account"], named["kind"], GOING if part == "remove" else "",
                                ", ".join(counts) or ("failed: %s" % result.get("msg") if result.get("failed") else "nothing to do"))
