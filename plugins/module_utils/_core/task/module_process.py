# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module process: a job as an Ansible module, on whatever machine the task runs."""

from __future__ import annotations

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from ..http import session
from ..options import check
from ..secrets import told
from ..secrets.declared import given_secrets, hidden
from ..secrets.invocation import invocation
from ..secrets.redact import Redactor
from ..state.results import Failed
from ..state.runner import with_account
from .fitting import CONTROLLERS_KEEP, LIMIT_OPTION, fit
from .host import Host


def run_module(job):
    """Run a job (a resource, an info, a login, ...) as a module and exit."""
    spec = job.arguments()["argument_spec"]

    class Module(AnsibleModule):
        """Checks the options itself, before the platform would in its own words, and knows the secrets inside maps before anything is logged."""

        checked: check.Checked
        withholds: bool
        limit: int

        def _load_params(self):
            super()._load_params()
            self.withholds = bool(self.params.pop(told.WITHHOLD, False))
            self.limit = int(self.params.pop(LIMIT_OPTION, CONTROLLERS_KEEP))
            self.given = {name: value for name, value in self.params.items() if not name.startswith("_ansible_")}
            self.checked = check.options_of(job, self.given)
            for name in self.given:
                del self.params[name]
            if self.checked.problems:
                # The platform's own validation has nothing to look at: it would fall over some of what is told below. Which option it misses then, is not
                # told: what it calls is our fail_json.
                self.argument_spec = {}
            else:
                # The platform's own validation finds nothing more.
                self.params.update(check.checker_of(job).given_only(self.checked.values, self.given))

        def _log_invocation(self):
            self.no_log_values.update(hidden(job, self.given if self.checked.problems else self.params))
            super()._log_invocation()

        def fail_json(self, msg, **kwargs):
            if self.checked.problems:
                secrets = hidden(job, self.given)
                redactor = Redactor()
                redactor.add(*given_secrets(spec, self.given), *self.checked.secrets, *secrets)
                # Nothing is left for the platform's search, which would take a short secret out of the words around it too.
                self.no_log_values = set()
                kwargs.update(check.refusal(job, self.checked, redactor.text))
                msg = kwargs.pop("msg")
                kwargs["invocation"] = redactor.clean({"module_args": invocation(spec, dict(self.given, **self.checked.values), secrets)})
                with_account(job, self.checked.values, Host(self.checked.values), kwargs)
            super().fail_json(msg, **kwargs)

    module = Module(**job.arguments())
    if module.checked.problems:
        module.fail_json(msg="")
    module.params.update(module.checked.values)
    secrets = hidden(job, module.params)
    shown = invocation(spec, module.params, secrets)
    if session.requests is None:
        module.fail_json(msg=missing_required_lib("requests"), exception=None, invocation={"module_args": shown})
    host = Host(module.params, module.check_mode, warn=module.warn, note=module.log)
    host.redactor.add(*module.checked.secrets, *secrets)
    # From here on every free text is redacted by us. The platform would look for each secret inside every value, and so cut it out of
    # a password or token that the vendor chose and that happens to contain it: lost for ever.
    module.no_log_values = set()
    try:
        result = job.run(host)
        failed = False
    except Failed as failure:
        result = failure.result
        failed = True
    except Exception as error:  # pylint: disable=broad-except
        # A traceback may show the values of options; the kind and the text are enough to report the defect.
        result = {"msg": host.redactor.text("unexpected %s: %s" % (type(error).__name__, error)), "changed": False}
        failed = True
    if module.withholds and told.withhold(job, result):
        kept = "written to secrets_path only" if module.params.get("secrets_path") else "not returned"
        host.warn("%s %s: with async the result would be kept in a job file" % (", ".join(job.reveals), kept))
    result["invocation"] = {"module_args": shown}
    if module.limit and module.params.get("return_content") != "full":
        fit(result, module.limit, job.reveals)
    for text in result.pop("warnings", ()):
        module.warn(host.redactor.text(text))
    with_account(job, None, host, result)
    if failed:
        module.fail_json(**result)
    module.exit_json(**result)
