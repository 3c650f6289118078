# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an account has left, in one shape for all vendors: a gauge says how much of what is left, of how much, and until when.

A vendor is added by one function in :data:`SOURCES`.
"""

from __future__ import annotations

from .._alocom.service_info import SERVICE_INFO
from .._core.errors import PanelError
from .._core.http.answers import reading
from .._core.job import Job
from .._core.options import check
from .._core.state.results import Failed, failure
from .._core.state.runner import connect, finish
from .._deltasib.credit import credits_in_one_list, credits_of
from .._deltasib.subscriber import all_users
from .._podspace.plan import own
from . import kinds

#: Subscribers whom the one list of credits leaves out are asked for one by one, up to so many.
_ONE_BY_ONE = 200


def gauge(key, kind, name, left, total=None, expires=None, unlimited=False, of="account"):
    """Return a gauge.

    :arg key: what tells it from the account's other gauges, the same in every run.
    :arg kind: ``money`` (rial, as far as the vendors say), ``hours``, ``disk`` (as the vendor counts it), ``storage`` (bytes), ``traffic``
        (bytes).
    :arg of: ``account``, or ``subscriber`` for what belongs to one of many people.
    """
    return {"key": key, "kind": kind, "name": name, "left": left, "total": total, "expires": expires, "unlimited": unlimited, "of": of}


def alocom(client, usernames, host):
    """Hours and disk of the active services. Without a number of hours they are not limited."""
    found = []
    for service in SERVICE_INFO.read(client, {"kind": "mine", "status": ["active"]}, host):
        expires = service.get("end_iso") or service.get("expired_at_iso")
        key = "service %s" % service["id"]
        left, total, used = (service.get(name) for name in ("remain_time", "time_duration", "used_time"))
        if left is None and total is not None and used is not None:
            left = total - used
        found.append(gauge(key, "hours", service["title"], left, total, expires, unlimited=left is None and total is None))
        if service.get("remain_disk_capacity") is not None:
            found.append(gauge(key + " disk", "disk", service["title"], service["remain_disk_capacity"], service.get("disk_capacity")))
    return found


def deltasib(client, usernames, host):
    """Traffic and end of the services of these subscribers, or of all."""
    if usernames:
        credits = credits_of(client, usernames)
    else:
        users = all_users(client)
        listed = credits_in_one_list(client, users)
        rest = [user["username"] for user in users if user["id"] not in listed]
        if len(rest) > _ONE_BY_ONE:
            host.warn("%d subscribers are not in the list of credits; only the first %d of them were asked for" % (len(rest), _ONE_BY_ONE))
        credits = [listed[user["id"]] for user in users if user["id"] in listed] + credits_of(client, rest[:_ONE_BY_ONE])
    found = []
    for credit in credits:
        if not credit["active"]:
            continue
        traffic = credit["traffic"]["service"]
        found.append(gauge("subscriber %s" % credit["username"], "traffic", credit["username"], traffic["remaining"], traffic["total"], credit.get("end_iso"),
                           unlimited=traffic["unlimited"], of="subscriber"))
    return found


def payamsms(client, usernames, host):
    return [gauge("balance", "money", None, client.balance())]


def podspace(client, usernames, host):
    plan = own(client)
    if plan is None:
        return []
    return [gauge("plan", "storage", plan["title"], plan.get("free"), plan["size"])]


def smspanel(client, usernames, host):
    return [gauge("credit", "money", None, client.credit()[0])]


SOURCES = {"alocom": alocom, "deltasib": deltasib, "payamsms": payamsms, "podspace": podspace, "smspanel": smspanel}


class ConnectionSecrets:
    """What both doors ask for the secrets inside a map of connection options."""

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
        common = {"vendor": {"type": "str", "required": True, "choices": kinds.vendors()}, "connection": {"type": "dict", "default": {}}}
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
            # What a resource asks of the task beside its connection: nothing here.
            client.params = {}
            with reading(client):
                found = self.work(client, host.params, host)
            failed = False
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
        return {"gauges": SOURCES[params["vendor"]](client, params["usernames"], host)}


CREDIT_INFO = CreditInfo()
