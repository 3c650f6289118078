# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Base services of subscribers. Every add buys again, so nothing is bought before a look, and never twice (vendor page 3.5)."""

from __future__ import annotations

import re

from .._core.calendar import dates
from .._core.errors import ApiError, PanelError, UnknownOutcome, UsageError
from .._core.http.answers import strange
from .._core.http.transport import Effect
from .._core.journal import OPTION
from .._core.journal.guard import Guarded
from .._core.state.planner import CREATED
from .._core.state.resource import Field
from .._core.text.letters import EDGES, digits, is_whole, normal, ungrouped
from . import filters, many
from .catalogue import find_service, refuse_unsold
from .client import named, number, required, text
from .status import sent
from .subscriber import USER_ID, USERNAME, OfSubscriber, is_missing, known_users

#: A service in one of these is there, in the order in which one of several is shown.
LIVE = ("active", "using", "pending")
PLANS = {"prepaid": "PrePaid", "postpaid": "PostPaid"}
_PRICE = re.compile(r"[0-9]{1,14}(\.[0-9]{1,2})?")


class ServiceField(Field):
    """A service by name or by id."""

    def clean(self, value):
        return str(value).strip(EDGES)

    def normal(self, value):
        return None if value in (None, "") else (digits(value).strip().lstrip("0") if is_whole(value) else normal(value))


class PriceField(Field):
    """An amount of money, up to 14 digits and two decimals."""

    def clean(self, value):
        found = ungrouped(value)
        if not _PRICE.fullmatch(found):
            raise UsageError("%s must be an amount of up to 14 digits, not %r" % (self.name, str(value)), vendor="deltasib", operation="options")
        return found

    def normal(self, value):
        return None if value in (None, "") else number(value)

    def shown(self, value, given=None, mode=None):
        return self.normal(value)


def bought(row):
    """Return a row of a subscriber's base services in the user's names."""
    made = {"id": required(row, "user_servicebase_id", "list services of user"), "service_id": required(row, "service_id", "list services of user"),
            "status": named(row, "servicestatus", "list services of user"), "pay_plan": (text(row.get("payplan")) or "").lower() or None}
    made.update({ours: number(row.get(theirs)) for ours, theirs in (
        ("service_price", "serviceprice"), ("pay_price", "payprice"), ("return_price", "returnprice"), ("extra_days", "extraday"), ("vat", "vat"),
        ("off", "off"))})
    made["visibility"] = text(row.get("visibility"))
    for ours, theirs in (("created", "cdt"), ("start", "startdate"), ("end", "enddate"), ("canceled", "canceldt"), ("active_time", "activetime"),
                         ("affect_time", "affecttime")):
        made[ours] = text(row.get(theirs))
        made[ours + "_iso"] = dates.iso(made[ours])
    return made


def bought_by(client, owner, condition=None):
    """Return all base services of a subscriber, named by ``{"Username": ...}`` or ``{"User_Id": ...}``."""
    rows = client.rows("list services of user", "user.service.base", "list", "user_servicebase_id", Filter=condition, **owner)
    return [bought(row) for row in rows]


#: What a list of many subscribers' services is asked for: the columns of the document, and whose a row is.
_COLUMNS = ("User_Id,User_ServiceBase_Id,Service_Id,CDT,StartDate,EndDate,ServiceStatus,PayPlan,ServicePrice,PayPrice,CancelDT,ReturnPrice,ExtraDay,VAT,Off,"
            "Visibility,ActiveTime,AffectTime")


#: So many different services are named in one filter; for more, all are read.
_NAMED = 20


def bought_by_many(client, groups):
    """Return ``{user_id: services}`` of those of whom the server tells it in one list: see :func:`.many.rows_of_many`."""
    found = many.rows_of_many(client, "list services of users", "user.service.base", "user_servicebase_id", groups, field=_COLUMNS)
    return {owner: [bought(row) for row in rows] for owner, rows in found.items()}


#: Nothing is left of a service in one of these.
_OVER = ("used", "finished", "cancel", "canceled", "cancelled")


def is_live(one):
    """Return whether a bought service is there.

    :raises BadAnswerError: the vendor has no such status. Whoever took it for gone would buy a second one.
    """
    word = str(one["status"] or "").strip().lower()
    if word and word not in LIVE + _OVER:
        raise strange("list services of user", "deltasib", "a status of a service (%s)" % ", ".join(LIVE + _OVER[:3]), one["status"], "servicestatus")
    return word in LIVE


class UserServiceResource(Guarded, OfSubscriber):
    name = "service"
    module = "deltasib_user_service"
    plural = "services"
    key = ("username", "user_id", "service")
    rest = ("service",)
    fields = (
        USERNAME,
        USER_ID,
        ServiceField("service", "str", clearable=False),
        Field("pay_plan", "choice", choices=tuple(PLANS), clearable=False, create_only=True),
        PriceField("pay_price", "str", clearable=False, create_only=True),
    )
    states = ("present", "canceled")
    operation = "service"
    task_options = {"journal": OPTION}
    controls = {"user_service_id": {"type": "str"}}
    on_lost_create = "never"
    public = ("id", "service_id", "status", "service_price", "vat", "return_price", "start", "start_iso", "end", "end_iso")

    def key_of(self, thing, parent=None):
        return super().key_of(thing) + (str(thing.get("user_service_id") or ""),)

    # -- options ---------------------------------------------------------------------------------------------------

    def item_check(self, item):
        if item.get("user_service_id"):
            filters.whole(item["user_service_id"], "user_service_id")
            if item.get("state") != "canceled":
                raise UsageError("user_service_id says which service to cancel; it needs state: canceled", vendor=self.vendor, operation="options")

    # -- reading ---------------------------------------------------------------------------------------------------

    def read(self, client, asked):
        """What is there is read for many at once where the server does that, and everything else by one list a subscriber: nobody buys unless that one says so.

        The catalogue is read only when a name has to be understood, subscribers only when something shall be bought or many are asked for.
        """
        owners: dict = {}
        for desired in asked.wanted:
            owners.setdefault(self._owner(desired), []).append(desired)
        lists = self._present_of_many(client, owners) if len(owners) >= many.MANY else {}
        lists.update(self._alone(client, asked, [group for owner, group in owners.items() if owner not in lists]))
        told = max((one for rows in lists.values() for one in rows or () if one["vat"] is not None), key=lambda one: one["id"], default=None)
        if told is not None:
            # No call says what the next purchase will bear; the newest one says what it did.
            client.memory["vat"] = told["vat"]
        found = []
        buying = []
        for desired in asked.wanted:
            owner = self._owner(desired)
            if owner not in lists:
                continue
            try:
                row = self._current(client, desired, lists[owner])
                if row is not None:
                    found.append(row)
                elif desired.state == "present" and lists[owner] is not None:
                    desired.service = find_service(client, desired.given["service"])
                    buying.append(desired)
            except PanelError as error:
                asked.fail(error, [desired])
        if buying:
            # What purchases need is looked at before the first of them, and no two items may mean the same.
            numbers = self.owners(client, buying, asked)
            self.refuse_doubles(buying, lambda desired: (numbers[desired.place], desired.service["id"]) if desired.place in numbers else None)
        return found

    @staticmethod
    def _owner(desired):
        return ("user_id", desired.given["user_id"]) if "user_id" in desired.given else ("username", desired.given["username"].lower())

    def _present_of_many(self, client, owners):
        """Return ``{owner: services}`` of those subscribers all of whose items are seen to be there; about the others nothing is known."""
        wanted = {owner: group for owner, group in owners.items()
                  if all(desired.state == "present" and not desired.control("user_service_id") for desired in group)}
        # Whoever cannot be looked up now is told so when he is asked for alone.
        known = known_users(client, [name for option, name in wanted if option == "username"], {})
        meant: dict = {}
        lacking = set()
        for owner, group in wanted.items():
            number_of = owner[1] if owner[0] == "user_id" else known.get(owner[1], {}).get("id")
            try:
                pairs = {(number_of, self._number(client, desired)) for desired in group}
            except PanelError:
                continue
            if number_of is not None:
                meant[owner] = pairs
                lacking.update(pairs)
        live = filters.any_of([filters.text_is("ServiceStatus", name.capitalize(), "status") for name in LIVE])
        products = dict.fromkeys(filters.number_is("Service_Id", service, "service") for _number, service in lacking)
        live = filters.all_of([filters.any_of(products) if len(products) <= _NAMED else "", live])

        here: set = set()

        def enough(page):
            lacking.difference_update((number(row.get("user_id")), number(row.get("service_id"))) for row in page)
            return lacking.isdisjoint(here)

        def groups():
            for condition, ids, last in many.named([min(pairs)[0] for pairs in meant.values()], live, enough):
                here.clear()
                here.update(pair for pair in lacking if pair[0] in ids)
                yield condition, ids, last
        found = bought_by_many(client, groups())
        made = {}
        for owner, pairs in meant.items():
            number_of = next(iter(pairs))[0]
            mine = [one for one in found.get(number_of, ()) if is_live(one)]
            if {service for _number, service in pairs} <= {one["service_id"] for one in mine}:
                made[owner] = mine
        return made

    def _alone(self, client, asked, groups):
        """Return ``{owner: services}``, one list each; None for a subscriber who is not there."""
        lists = {self._owner(group[0]): found for group, found in self.each(
            client, lambda desired: self._bought(client, self.named(desired)), asked, groups)}
        # Some servers may answer an empty list for a name they do not know; a typing error must not pass for "nothing bought".
        found_of = {id(group): lists.get(self._owner(group[0])) for group in groups if "username" in group[0].given}
        doubtful = [group for group in groups if id(group) in found_of and (found_of[id(group)] == [] or isinstance(found_of[id(group)], ApiError))]
        there = self.owners(client, [desired for group in doubtful for desired in group], asked) if doubtful else {}
        for group in doubtful:
            owner = self._owner(group[0])
            if group[0].place not in there:
                # Whether he is there could not be read, and was told so.
                del lists[owner]
            elif there[group[0].place] is None:
                client.memory.setdefault("missing", set()).add(owner[1])
                lists[owner] = None
            elif isinstance(lists[owner], ApiError):
                asked.fail(lists.pop(owner), group)
        return lists

    @staticmethod
    def _bought(client, owner):
        """Return the services of a subscriber, or the refusal that may mean that there is no such name."""
        try:
            return bought_by(client, sent(owner))
        except ApiError as error:
            if is_missing(error) and "username" in owner:
                return error
            raise

    def _number(self, client, desired):
        """Return the id of the service that an item names."""
        if is_whole(desired.given["service"]):
            return int(digits(desired.given["service"]))
        return find_service(client, desired.given["service"])["id"]

    def _current(self, client, desired, bought_here):
        if bought_here is None:
            return None
        living = [one for one in bought_here if is_live(one)]
        asked = desired.control("user_service_id")
        if asked:
            living = [one for one in living if one["id"] == filters.whole(asked, "user_service_id")]
        if not living:
            return None
        wanted = self._number(client, desired)
        living = sorted((one for one in living if one["service_id"] == wanted), key=lambda one: LIVE.index(one["status"].strip().lower()))
        if not living:
            return None
        if len(living) > 1 and desired.state == "canceled":
            raise UsageError("%d services %s of %s are there (ids %s)" % (
                len(living), desired.given["service"], self.owner_of(desired.given), ", ".join("%s %s" % (one["id"], one["status"]) for one in living)),
                vendor=self.vendor, operation="list services of user", code="ambiguous", hint="Say with user_service_id which one to cancel")
        return dict(living[0], user_service_id=asked, service=desired.given["service"], **self.named(desired))

    # -- checking and writing --------------------------------------------------------------------------------------

    def resolve_references(self, client, change, unsure):
        super().resolve_references(client, change, unsure)
        if change.action == CREATED:
            found = getattr(change.desired, "service", None) or find_service(client, change.desired.given["service"])
            refuse_unsold(found)
            change.after.update(service_id=found["id"], service_price=found["price"], vat=client.memory.get("vat"))

    def drift(self, field, current, given, after):
        return "%s of service %s is %s: it was bought that way, and buying it otherwise would be a second purchase" % (
            field.name, self.label_of(after), field.shown(current))

    def create(self, client, change):
        given = change.desired.given
        owner = self.owners(client, [change.desired])[change.desired.place]
        values = {"User_Id": owner, "Service_Id": change.after["service_id"], "PayPlan": PLANS.get(given.get("pay_plan")),
                  "PayPrice": given.get("pay_price")}

        def buy():
            client.write("buy service", "POST", "user.service.base", "add", Effect.CHARGE, values)
            return {}

        return self.guarded(client, change, {"service": values["Service_Id"]}, "service %s" % values["Service_Id"], buy)

    def purchase_of(self, client, change):
        return "user %s service %s" % (self.owners(client, [change.desired])[change.desired.place], (change.before or change.after)["service_id"])

    def delete(self, client, change):
        """Cancel exactly the service that was read. What became of a lost answer is told by that service alone: another one may have taken its place."""
        wanted = change.before["id"]
        owner = self.named(change.desired)
        for last in (False, True):
            try:
                client.write("cancel service", "PUT", "user.service.base", "cancel", Effect.CHARGE, {"User_ServiceBase_Id": wanted})
                break
            except UnknownOutcome as lost:
                found = self._after_loss(client, owner, wanted, lost)
                if not is_live(found):
                    break
                if last or not lost.settled:
                    raise UnknownOutcome(
                        lost.message, settled=lost.settled, vendor=self.vendor, operation=lost.operation, http_status=lost.http_status,
                        hint="Nobody knows whether it was canceled: look at service %s of %s (id %s) in the panel, or run the task again, which looks first"
                             % (change.before["service"], change.label, wanted)) from None
        return {}

    @staticmethod
    def _after_loss(client, owner, wanted, lost):
        try:
            found = [one for one in bought_by(client, sent(owner)) if one["id"] == wanted]
            # One whose status says nothing is as if it had not been found out.
            list(map(is_live, found))
        except PanelError as error:
            raise UnknownOutcome("%s; looking for it failed too: %s" % (lost.message, error.message), settled=lost.settled, vendor=lost.vendor,
                                 operation=lost.operation, hint="Look in the panel whether service id %s is canceled" % wanted) from None
        return found[0] if found else {"status": None}


USER_SERVICE = UserServiceResource()
