# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs about one account of any vendor, whose connection options come as a map; the first of them tells what the account has left."""

from __future__ import annotations

from .._core.errors import PanelError
from .._core.http.answers import reading
from .._core.options import check
from .._core.state.results import Failed, failure
from .._core.state.runner import connect, finish
from .._core.task import fitting
from .._core.task.job import Job
from . import kinds


class ConnectionSecrets:
    """What both ways of running ask for the secrets inside a map of connection options."""

    @staticmethod
    def secrets(params):
        """Return the values that no one may see: those of secrets, and those of names that are no option, which may be misspelt secrets."""
        given = params.get("connection")
        if not isinstance(given, dict):
            return [given] if isinstance(given, str) else []
        known = [params["vendor"]] if params.get("vendor") in kinds.vendors() else kinds.vendors()
        classes = [kinds.client_of(vendor) for vendor in known]
        plain = {name for client in classes for name in client.connection if name not in client.secret_options}
        found = [value for client in classes for value in client.secrets(given)]
        return found + [value for name, value in given.items() if name not in plain and isinstance(value, (str, int))]


class AccountJob(Job):
    """A job about one account of any vendor, whose connection options come as a map."""

    vendor = ""                   #: any: an option says which
    client = ConnectionSecrets
    attempted: str

    def arguments(self):
        common = {"vendor": {"type": "str", "required": True, "choices": kinds.vendors()}, "connection": {"type": "dict", "default": {}},
                  "return_content": fitting.OPTION}
        return {"argument_spec": dict(common, **self.options), "supports_check_mode": True}

    def module_name(self):
        return self.name

    def run(self, host):
        vendor = host.params["vendor"]
        client = None
        failed = True
        try:
            self.check(host.params)
            client_class = kinds.client_of(vendor)
            client = connect(client_class, settings(client_class, host.params["connection"]), host, keeps=False)
            with reading(client):
                found = self.work(client, host.params, host)
            failed = False
            if host.params.get("return_content") == "summary":
                fitting.summarise(found)
            return dict(found, changed=False, api=client.transport.counts())
        except PanelError as error:
            raise Failed(failure(vendor, "%s of %s" % (self.attempted, vendor), error, client, host)) from None
        finally:
            finish(client, host, failed)


def settings(client_class, given):
    """Return connection options as a module would have them: checked, with defaults and the environment."""
    checked = check.Checker(client_class.connection).check({name: value for name, value in given.items() if value not in (None, "")}, ("connection",))
    if checked.problems:
        raise check.OptionsError(checked.problems, vendor=client_class.vendor)
    return checked.values


class CreditInfo(AccountJob):
    name = "credit_info"
    attempted = "credit"
    options = {"usernames": {"type": "list", "elements": "str"}}

    def work(self, client, params, host):
        return {"gauges": kinds.vendor(params["vendor"]).left(client, params["usernames"], host)}


CREDIT_INFO = CreditInfo()
