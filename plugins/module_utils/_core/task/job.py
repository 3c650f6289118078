# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs that are not resources: reading (info modules), and doing (logins, uploads) in the same frame of errors and counts."""

from __future__ import annotations

from typing import Any

from ..errors import PanelError, UsageError
from ..http.answers import reading
from ..options.check import OptionsError, collect
from ..options.connection import settle
from ..state.results import Failed, failure
from ..state.runner import connect, connection_of, finish
from . import fitting

try:
    import jmespath
except ImportError:
    jmespath = None


#: What the library may raise for an expression, beside its own errors.
_NO_QUERY = (ValueError, TypeError, ArithmeticError, RecursionError)


class Job:
    """Base of everything a module can run: options, connection, one function, one result."""

    vendor: str
    client: Any
    connection: dict
    name: str                    #: the module's name without the vendor
    options: dict = {}           #: argument specifications beside the connection
    constraints: dict = {}       #: more keyword arguments for AnsibleModule, such as required_one_of
    reveals: tuple = ()
    keeps = True                 #: what earlier items of a loop know of the account counts for this one

    def arguments(self):
        return dict(self.constraints, argument_spec=dict(self.options, **self.connection), supports_check_mode=True)

    def module_name(self):
        """Return the name by which users call this job in a playbook."""
        return "%s_%s" % (self.vendor, self.name)

    def mistakes(self, checked):
        """Return what :meth:`run` would refuse of options whose shape is wrong elsewhere: a list of :class:`Problem`, so that all is told at once.

        :meth:`check` may rely on the shape of the options beside the connection.
        """
        problems: list = []
        if all(problem.path and problem.path[0] not in self.options for problem in checked.problems):
            collect(problems, self.check, checked.values)
        if hasattr(self.client, "headers"):
            collect(problems, settle, self.vendor, list(self.connection), self.connecting(checked.values), self.client.credentials, None,
                    self.client.account, self.client.headers)
        return problems

    def check(self, params):
        """Raise UsageError for options that cannot be honoured, before any request."""

    def connecting(self, params):
        """Return the options from which the connection is made."""
        return params

    def work(self, client, params, host):
        """Do it and return the result without ``api``."""
        raise NotImplementedError

    def run(self, host):
        client = None
        failed = True
        try:
            params = self.connecting(host.params)
            problems: list = []
            collect(problems, self.check, host.params)
            collect(problems, connection_of, self.client, params, host)
            if problems:
                raise OptionsError(problems, vendor=self.vendor)
            client = connect(self.client, params, host, self.keeps)
            result = self.work(client, host.params, host)
            result.setdefault("changed", False)
            result["api"] = client.transport.counts()
            failed = False
            return result
        except PanelError as error:
            raise Failed(failure(self.vendor, self.module_name(), error, client, host)) from None
        finally:
            finish(client, host, failed)


class Info(Job):
    """An info module: never changes anything, reads to the end, returns a list under its plural name."""

    returns: str                 #: key of the result
    keeps = False                #: whoever asks in a loop waits for something to change

    def arguments(self):
        made = super().arguments()
        made["argument_spec"].update(query={"type": "str"}, return_content=fitting.OPTION)
        return made

    def read(self, client, params, host):
        """Return the objects."""
        raise NotImplementedError

    def work(self, client, params, host):
        expression = None
        if params.get("query"):
            expression = compiled(params["query"], self.vendor)
        with reading(client):
            found = self.read(client, params, host)
        if expression is not None:
            try:
                found = expression.search(found)
            except jmespath.exceptions.JMESPathError as error:
                raise UsageError("query does not fit the result: %s" % error, vendor=self.vendor, operation="options") from None
            except _NO_QUERY:
                raise UsageError("query does not fit the result", vendor=self.vendor, operation="options") from None
        result = {self.returns: found, "changed": False}
        if params.get("return_content") == "summary":
            fitting.summarise(result)
        return result


def compiled(query, vendor):
    """Return a compiled JMESPath expression.

    :raises UsageError: it is not valid, or the library is missing.
    """
    if jmespath is None:
        raise UsageError("query needs the Python library jmespath where the task runs", vendor=vendor, operation="options", code="missing_library")
    try:
        return jmespath.compile(query)
    except jmespath.exceptions.JMESPathError as error:
        raise UsageError("query is not a JMESPath expression: %s" % error, vendor=vendor, operation="options") from None
    except _NO_QUERY:
        # Of numbers with thousands of digits and of brackets without end the library knows nothing.
        raise UsageError("query is not a JMESPath expression that can be read", vendor=vendor, operation="options") from None
