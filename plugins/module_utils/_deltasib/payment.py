# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Payments of subscribers. The vendor books every call anew; what makes one payment is the subscriber and the voucher number (vendor page 3.5)."""

from __future__ import annotations

import re

from .._core.calendar import dates
from .._core.errors import PanelError, UsageError
from .._core.http.answers import strange
from .._core.http.transport import Effect
from .._core.journal import OPTION
from .._core.journal.guard import Guarded
from .._core.options.seen import seen_as
from .._core.state.planner import CREATED, UPDATED
from .._core.state.resource import Field
from .._core.text.letters import digits, ungrouped
from . import filters, many
from .client import number, required, text
from .subscriber import USER_ID, USERNAME, Number, OfSubscriber, up_to

TYPES = {"cash": "Cash", "cheque": "Cheque", "pos": "Pos", "deposit": "Deposit", "other": "Other", "tax": "TAX"}
CALENDARS = {"persian": "Persian", "gregorian": "Gregorian"}
#: What makes another payment of one under the same voucher number.
_IDENTITY = ("amount", "currency_id", "payment_type")
#: Years, Persian and Gregorian, in which a voucher can have been written.
_YEARS = ((1300, 1499), (1900, 2199))
_DATE = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")


def voucher_check(value):
    found = digits(value).strip()
    return None if found.isascii() and found.isdigit() and len(found) <= 15 else "must be a number of up to 15 digits"


@seen_as(minimum=1)
def above_zero(value):
    # What is no number at all, the field refuses.
    return None if ungrouped(value).strip("0") else "must be more than 0"


def day_check(value):
    found = _DATE.fullmatch(digits(value).strip())
    if not found:
        return "must be a day such as 1404/07/12 or 2025-10-04"
    # A payment is booked for ever, and the server takes dates as they come (vendor page 3.6).
    year, month, day = map(int, found.groups())
    if not any(first <= year <= last for first, last in _YEARS):
        return "must be a day of our time, such as 1404/07/12 or 2025-10-04"
    return dates.impossible(year, month, day)


class VoucherField(Field):
    """Up to 15 digits; zeros in front make no other voucher, since servers may keep it as a number."""

    schema = {"type": ["integer", "string"], "minimum": 0}

    def normal(self, value):
        found = digits("" if value is None else value).strip()
        return found.lstrip("0") or ("0" if found else None)


class DateField(Field):
    """A day in the calendar the user names, compared by its digits only; sent in ASCII digits."""

    def clean(self, value):
        return digits(value).strip()

    def normal(self, value):
        found = _DATE.match(digits("" if value is None else value).strip())
        return "%s-%02d-%02d" % (found.group(1), int(found.group(2)), int(found.group(3))) if found else None


def payment(row):
    """Return a row of the ledger in the user's names.

    :raises BadAnswerError: it does not say which voucher it is, not even that there is none: what is booked already would be paid again.
    """
    if "voucherno" not in row or isinstance(row["voucherno"], (bool, list, dict)):
        raise strange("list payments", "deltasib", "voucherno", row.get("voucherno"), "a row")
    made = {"id": required(row, "user_payment_id", "list payments"), "voucher_no": text(row.get("voucherno")), "amount": number(row.get("priceincurrency")),
            "currency_id": number(row.get("currency_id")), "price": number(row.get("price")), "pay_balance": number(row.get("paybalance")),
            "payment_type": (text(row.get("paymenttype")) or "").lower() or None, "voucher_date": text(row.get("voucherdate")),
            "bank_branch_name": text(row.get("bankbranchname")) or "", "bank_branch_no": text(row.get("bankbranchno")) or "",
            "comment": text(row.get("comment")) or "", "creator_id": number(row.get("creator_id")), "terminal_id": number(row.get("terminal_id")),
            "date": text(row.get("user_paymentcd"))}
    made["date_iso"] = dates.iso(made["date"])
    made["voucher_date_iso"] = dates.iso(made["voucher_date"])
    return made


def payments_of(client, user_id, condition=None):
    """Return the ledger of a subscriber, to its end: a voucher that was overlooked would be paid twice."""
    rows = client.rows("list payments", "user.payment", "list", "user_payment_id", User_Id=user_id, Filter=condition)
    return [payment(row) for row in rows]


#: What a list of many subscribers' payments is asked for: the columns of the document, and whose a row is.
_COLUMNS = ("User_Id,User_Payment_Id,Creator_Id,User_PaymentCD,PaymentType,Price,Paybalance,VoucherNo,VoucherDate,BankBranchName,BankBranchNo,Comment,"
            "Terminal_Id,Currency_Id,PriceINCurrency")


def payments_of_many(client, groups):
    """Return ``{user_id: payments}`` of those of whom the server tells it in one list: see :func:`.many.rows_of_many`."""
    found = many.rows_of_many(client, "list payments of users", "user.payment", "user_payment_id", groups, field=_COLUMNS)
    return {owner: [payment(row) for row in rows] for owner, rows in found.items()}


class UserPaymentResource(Guarded, OfSubscriber):
    name = "payment"
    module = "deltasib_user_payment"
    plural = "payments"
    key = ("username", "user_id", "voucher_no")
    rest = ("voucher_no",)
    fields = (
        USERNAME,
        USER_ID,
        VoucherField("voucher_no", "digits", clearable=False, check=voucher_check),
        Number("amount", required_on_create=True, check=above_zero),
        Number("currency_id", required_on_create=True),
        Number("exchange_rate", write_only=True, on_create=1, check=above_zero),
        Field("payment_type", "choice", choices=tuple(TYPES), clearable=False),
        Field("date_type", "choice", choices=tuple(CALENDARS), clearable=False, write_only=True),
        DateField("voucher_date", "code", clearable=False, create_only=True, check=day_check),
        Field("bank_branch_name", clearable=False, create_only=True, check=up_to(32)),
        Field("bank_branch_no", "code", clearable=False, create_only=True, check=up_to(32)),
        Field("comment", clearable=False, create_only=True, check=up_to(255)),
    )
    states = ("present",)
    operation = "payment"
    task_options = {"journal": OPTION}
    on_lost_create = "never"
    public = ("id", "price", "pay_balance", "date", "date_iso")

    # -- options ---------------------------------------------------------------------------------------------------

    def item_check(self, item):
        found = _DATE.fullmatch(digits(item.get("voucher_date") or "").strip())
        if found and item.get("date_type"):
            persian = item["date_type"] == "persian"
            if dates.is_jalali(int(found.group(1))) != persian:
                raise UsageError("voucher_date must be a %s day such as %s, not %r" % (
                    "Persian" if persian else "Gregorian", "1404/07/12" if persian else "2025-10-04", item["voucher_date"]),
                    vendor=self.vendor, operation="options")

    # -- reading ---------------------------------------------------------------------------------------------------

    def read(self, client, asked):
        """Vouchers that are there are read for many at once where the server does that, and everything else by one ledger a subscriber: nobody pays unless
        that one says so. The ids of subscribers are looked up together.
        """
        numbers = self.owners(client, asked.wanted, asked)
        wanted = [desired for desired in asked.wanted if desired.place in numbers]
        self.refuse_doubles(wanted, lambda desired: None if numbers[desired.place] is None
                            else (numbers[desired.place], self.field("voucher_no").normal(desired.given["voucher_no"])))
        groups: dict = {}
        for desired in wanted:
            if numbers[desired.place] is None:
                client.memory.setdefault("missing", set()).add(desired.given["username"].lower())
            else:
                groups.setdefault(numbers[desired.place], []).append(desired)
        ledgers = self._booked_of_many(client, groups) if len(groups) >= many.MANY else {}
        alone = [group for owner, group in groups.items() if owner not in ledgers]
        for group, ledger in self.each(client, lambda desired: payments_of(client, numbers[desired.place]), asked, alone):
            ledgers[numbers[group[0].place]] = self._by_voucher(ledger)
        found = []
        for owner, group in groups.items():
            for desired in group if owner in ledgers else ():
                found += [dict(one, **self.named(desired)) for one in ledgers[owner].get(self._voucher(desired.given), ())]
        return found

    def _voucher(self, thing):
        return self.field("voucher_no").normal(thing["voucher_no"])

    def _by_voucher(self, ledger):
        made: dict = {}
        for one in ledger:
            if one["voucher_no"]:
                made.setdefault(self._voucher(one), []).append(one)
        return made

    def _booked_of_many(self, client, groups):
        """Return ``{user_id: {voucher: payments}}`` of those subscribers all of whose vouchers are seen to be booked; about the others nothing is known."""
        conditions = {}
        for owner, group in groups.items():
            of_whom = filters.number_is("User_Id", owner, "user_id")
            conditions.update({"%s %s" % (of_whom, filters.number_is("VoucherNo", desired.given["voucher_no"], "voucher_no")):
                               (owner, self._voucher(desired.given)) for desired in group})
        lacking = set(conditions.values())
        here: set = set()

        def enough(page):
            lacking.difference_update((number(row.get("user_id")), self._voucher({"voucher_no": row.get("voucherno")})) for row in page)
            return lacking.isdisjoint(here)

        def several():
            for group in filters.grouped(conditions, many.GROUP):
                here.clear()
                here.update(conditions[condition] for condition in group)
                # Some servers keep a voucher as text with zeros in front, so it is compared as a number.
                parts = [dict.fromkeys(part) for part in zip(*(condition.split(" ") for condition in group))]
                yield filters.all_of([filters.any_of(part) for part in parts]), {owner for owner, _voucher in here}, enough
        ledgers = {owner: self._by_voucher(ledger) for owner, ledger in payments_of_many(client, several()).items()}
        return {owner: ledgers[owner] for owner, group in groups.items()
                if owner in ledgers and all(self._voucher(desired.given) in ledgers[owner] for desired in group)}

    # -- checking and writing --------------------------------------------------------------------------------------

    def resolve_references(self, client, change, unsure):
        super().resolve_references(client, change, unsure)
        if change.action == UPDATED:
            self._refuse_other(change)
        if change.action == CREATED and change.after.get("voucher_date") and "date_type" not in change.after:
            # The year tells the calendar; the server's own guess is not known.
            change.after["date_type"] = "persian" if dates.is_jalali(int(digits(change.after["voucher_date"])[:4])) else "gregorian"

    def _refuse_other(self, change):
        """Another amount under the same voucher is no change and no second payment, but somebody's mistake."""
        told = ", ".join("%s is %s and not %s" % (name, change.before.get(name), change.after.get(name)) for name in _IDENTITY if name in change.fields)
        raise PanelError("voucher %s of %s was paid already (payment id %s): %s" % (
            change.before["voucher_no"], self.owner_of(change.before), change.before["id"], told), vendor=self.vendor, operation="list payments",
            code="voucher_taken", hint="A payment cannot be changed; for another payment give another voucher_no")

    def drift(self, field, current, given, after):
        return "%s of payment %s is %r and cannot be changed to %r: a payment is booked once" % (field.name, self.label_of(after), current, given)

    def create(self, client, change):
        after = change.after
        values = {"User_Id": self.owners(client, [change.desired])[change.desired.place], "Currency_Id": after["currency_id"],
                  "PriceINCurrency": after["amount"], "ExchangeRate": after["exchange_rate"], "PaymentType": TYPES.get(after.get("payment_type")),
                  "DateType": CALENDARS.get(after.get("date_type")), "VoucherNo": after["voucher_no"], "VoucherDate": after.get("voucher_date"),
                  "BankBranchName": after.get("bank_branch_name"), "BankBranchNo": after.get("bank_branch_no"), "Comment": after.get("comment")}

        def pay():
            client.write("add payment", "POST", "user.payment", "add", Effect.CHARGE, values)
            return {}

        return self.guarded(client, change, {name: after.get(name) for name in _IDENTITY}, "payment of %s" % after["amount"], pay)

    def purchase_of(self, client, change):
        return "user %s voucher %s" % (self.owners(client, [change.desired])[change.desired.place],
                                       self.field("voucher_no").normal(change.desired.given["voucher_no"]))


USER_PAYMENT = UserPaymentResource()
