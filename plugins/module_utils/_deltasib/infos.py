# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading: subscribers, the catalogue, services, payments, sessions and credit."""

from __future__ import annotations

from .._core.calendar import dates
from .._core.http.parallel import results
from .._core.options.check import OptionsError, collect
from .._core.task.job import Info
from .._core.text.letters import digits, normal
from . import filters, many
from .catalogue import services
from .client import DeltaSibClient
from .credit import called, credits_of
from .payment import TYPES, payments_of, payments_of_many
from .session import sessions
from .status import read_status, sent
from .subscriber import all_users, check_username, find_users, ids_of, known_users, not_found
from .user_service import PLANS, bought_by, bought_by_many

OWNERS = {"username": {"type": "str"}, "user_id": {"type": "str"}, "usernames": {"type": "list", "elements": "str"}}
_ALONE = ("username", "user_id", "usernames")
STATUSES = ("pending", "active", "using", "used", "finished", "cancel")
_YES = {True: "Yes", False: "No"}


class DeltaSibInfo(Info):
    vendor = "deltasib"
    client = DeltaSibClient
    connection = DeltaSibClient.connection
    constraints: dict = {"mutually_exclusive": [_ALONE]}

    def check(self, params):
        problems: list = []
        if params.get("username") is not None:
            collect(problems, check_username, params["username"])
        for place, name in enumerate(params.get("usernames") or ()):
            collect(problems, check_username, name, "usernames[%d]" % place)
        if params.get("user_id") is not None:
            collect(problems, filters.whole, params["user_id"], "user_id")
        collect(problems, self.condition, params)
        if problems:
            raise OptionsError(problems, vendor=self.vendor)

    def condition(self, params):
        """Return the filter made of the typed options, with the user's own beside it."""
        return params.get("filter") or None

    @staticmethod
    def owners(client, params):
        """Return ``[{"username" or "user_id"}]`` of the subscribers who are asked about; None for all of them.

        :raises NotFoundError: a username is not known.
        """
        if params.get("username") is not None or params.get("usernames") is not None:
            names = list(dict.fromkeys(params["usernames"] if params.get("username") is None else [params["username"]]))
            return [{"username": name} for name in names]
        if params.get("user_id") is not None:
            return [{"user_id": filters.whole(params["user_id"], "user_id")}]
        return None

    @staticmethod
    def of_many(client, owners, listed, alone, condition):
        """Return the rows of all these subscribers, each saying whose it is: of many at once where the server does that, otherwise one list each.

        :arg listed: reads groups of :func:`.many.named`.
        :arg alone: reads the rows of one subscriber.
        """
        known = {}
        if len(owners) >= many.MANY:
            ids = known_users(client, [owner["username"] for owner in owners if "user_id" not in owner])
            numbers = {place: owner.get("user_id") or ids.get(owner["username"].lower(), {}).get("id") for place, owner in enumerate(owners)}
            found = listed(many.named([number for number in numbers.values() if number is not None], condition))
            known = {place: found[number] for place, number in numbers.items() if number in found}
        rest = [place for place in range(len(owners)) if place not in known]
        outcomes = client.map(lambda place: alone(owners[place]), rest)
        known.update(zip(rest, results(outcomes, lambda place: called(owners[place]), rest)))
        return [dict(owner, **row) for place, owner in enumerate(owners) for row in known[place]]

    @staticmethod
    def numbered(client, owners):
        """Return the subscribers with their ids, looked up together."""
        numbers = ids_of(client, [owner["username"] for owner in owners if "username" in owner])
        return [dict(owner, user_id=numbers[owner["username"]]) if "username" in owner else owner for owner in owners]

    @staticmethod
    def with_condition(params, conditions):
        # What the user gives is passed as given; parentheses keep its alternatives to themselves.
        return filters.all_of([filters.all_of(conditions), params.get("filter")]) or None


class UserInfo(DeltaSibInfo):
    name = "user_info"
    returns = "users"
    options = dict(OWNERS, name={"type": "str"}, family={"type": "str"}, filter={"type": "str"}, with_status={"type": "bool", "default": False})
    constraints = {"mutually_exclusive": [_ALONE] + [("usernames", name) for name in ("name", "family", "filter")]}

    def condition(self, params):
        conditions = []
        if params.get("username") is not None:
            conditions.append(filters.text_is("Username", params["username"], "username"))
        if params.get("user_id") is not None:
            conditions.append(filters.number_is("User_Id", params["user_id"], "user_id"))
        for name in ("name", "family"):
            if params.get(name):
                conditions.append(filters.text_holds(name.capitalize(), params[name], name))
        return self.with_condition(params, conditions)

    def read(self, client, params, host):
        if params.get("usernames") is not None:
            known = find_users(client, params["usernames"])
            found = [known[name] for name in dict.fromkeys(name.lower() for name in params["usernames"]) if name in known]
        else:
            found = all_users(client, self.condition(params))
        if params.get("with_status"):
            statuses = client.map(lambda one: read_status(client, {"User_Id": one["id"]}), found)
            for one, status in zip(found, results(statuses, called, found)):
                one.update(status_id=status[0], status=status[1])
        return found


class ServiceInfo(DeltaSibInfo):
    name = "service_info"
    returns = "services"
    options = {"id": {"type": "str"}, "name": {"type": "str"}, "type": {"type": "str", "choices": ["Base", "IP", "ExtraCredit", "Other"]},
               "enabled": {"type": "bool"}, "user_choosable": {"type": "bool"}, "reseller_choosable": {"type": "bool"}, "filter": {"type": "str"}}
    constraints: dict = {}

    def condition(self, params):
        conditions = []
        if params.get("id") is not None:
            conditions.append(filters.number_is("Service_Id", params["id"], "id"))
        if params.get("type"):
            conditions.append(filters.text_is("ServiceType", params["type"], "type"))
        for ours, theirs in (("enabled", "ISEnable"), ("user_choosable", "UserChoosable"), ("reseller_choosable", "ResellerChoosable")):
            if params.get(ours) is not None:
                conditions.append(filters.text_is(theirs, _YES[params[ours]], ours))
        return self.with_condition(params, conditions)

    def read(self, client, params, host):
        found = services(client, self.condition(params))
        if params.get("name"):
            # Compared here, so that Persian and Arabic letters are the same.
            found = [one for one in found if normal(params["name"]).casefold() in normal(one["name"] or "").casefold()]
        return found


class UserServiceInfo(DeltaSibInfo):
    name = "user_service_info"
    returns = "services"
    options = dict(OWNERS, status={"type": "list", "elements": "str", "choices": list(STATUSES)}, service_id={"type": "str"},
                   pay_plan={"type": "str", "choices": list(PLANS)}, with_names={"type": "bool", "default": False}, filter={"type": "str"})
    constraints = {"mutually_exclusive": [_ALONE], "required_one_of": [_ALONE]}

    def condition(self, params):
        conditions = []
        if params.get("status"):
            conditions.append(filters.any_of([filters.text_is("ServiceStatus", name.capitalize(), "status") for name in params["status"]]))
        if params.get("service_id") is not None:
            conditions.append(filters.number_is("Service_Id", params["service_id"], "service_id"))
        if params.get("pay_plan"):
            conditions.append(filters.text_is("PayPlan", PLANS[params["pay_plan"]], "pay_plan"))
        return self.with_condition(params, conditions)

    def read(self, client, params, host):
        dates.warn_if_lacking(host)
        condition = self.condition(params)

        owners = self.owners(client, params)
        found = self.of_many(client, owners, lambda groups: bought_by_many(client, groups), lambda owner: bought_by(client, sent(owner), condition),
                             condition)
        heard = {row.get("username") for row in found}
        silent = [owner["username"] for owner in owners if "username" in owner and owner["username"] not in heard]
        known = known_users(client, silent) if silent else {}
        for name in silent:
            # Not every server refuses a name that it does not know.
            if name.lower() not in known:
                raise not_found(name, client)
        if params.get("with_names"):
            names = {known["id"]: known["name"] for known in services(client)}
            for row in found:
                row["service"] = names.get(row["service_id"])
        return found


class PaymentInfo(DeltaSibInfo):
    name = "payment_info"
    returns = "payments"
    options = dict(OWNERS, voucher_no={"type": "str"}, payment_type={"type": "str", "choices": list(TYPES)}, filter={"type": "str"})
    constraints = {"mutually_exclusive": [_ALONE], "required_one_of": [_ALONE]}

    def condition(self, params):
        conditions = []
        if params.get("payment_type"):
            conditions.append(filters.text_is("PaymentType", TYPES[params["payment_type"]], "payment_type"))
        if params.get("voucher_no") is not None:
            filters.whole(params["voucher_no"], "voucher_no")
        return self.with_condition(params, conditions)

    def read(self, client, params, host):
        dates.warn_if_lacking(host)
        condition = self.condition(params)
        owners = self.numbered(client, self.owners(client, params))
        found = self.of_many(client, owners, lambda groups: payments_of_many(client, groups), lambda owner: payments_of(client, owner["user_id"], condition),
                             condition)
        if params.get("voucher_no") is not None:
            # Compared here: a server may keep a voucher as a number or as text with zeros in front.
            wanted = digits(params["voucher_no"]).strip().lstrip("0")
            found = [row for row in found if digits(row["voucher_no"] or "-").strip().lstrip("0") == wanted]
        return found


class SessionInfo(DeltaSibInfo):
    name = "session_info"
    returns = "sessions"
    options = dict(OWNERS, session_id={"type": "str"}, nas_id={"type": "str"}, filter={"type": "str"})

    def condition(self, params):
        conditions = []
        for ours, theirs in (("session_id", "Online_RadiusUser_Id"), ("user_id", "User_Id"), ("nas_id", "Nas_Id")):
            if params.get(ours) is not None:
                conditions.append(filters.number_is(theirs, params[ours], ours))
        return self.with_condition(params, conditions)

    def read(self, client, params, host):
        owners = self.owners(client, params)
        if owners is None or "user_id" in params and params["user_id"] is not None:
            return sessions(client, self.condition(params))
        names = {owner["user_id"]: owner["username"] for owner in self.numbered(client, owners)}
        found = []
        condition = self.condition(params)
        for mine in filters.chunks([filters.number_is("User_Id", number, "user_id") for number in names]):
            rows = sessions(client, "(%s) and (%s)" % (mine, condition) if condition else mine)
            found += [dict(row, username=names[row["user_id"]]) for row in rows if row["user_id"] in names]
        return found


class CreditInfo(DeltaSibInfo):
    name = "credit_info"
    returns = "credits"
    options = dict(OWNERS)
    constraints = {"mutually_exclusive": [_ALONE], "required_one_of": [_ALONE]}

    def read(self, client, params, host):
        dates.warn_if_lacking(host)
        owners = self.owners(client, params)
        return credits_of(client, [owner["username"] for owner in owners if "username" in owner],
                          [owner["user_id"] for owner in owners if "user_id" in owner])


USER_INFO = UserInfo()
SERVICE_INFO = ServiceInfo()
USER_SERVICE_INFO = UserServiceInfo()
PAYMENT_INFO = PaymentInfo()
SESSION_INFO = SessionInfo()
CREDIT_INFO = CreditInfo()
