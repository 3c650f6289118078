# SPDX-License-Identifier: GPL-3.0-or-later
"""What one reseller's server holds, and the rules of the panel behind it (vendor page 3.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from ...days import today

Row = dict[str, Any]

LIVE = ("Active", "Using", "Pending")
OPENS = time(9, 30)
GIGA = 1024**3


class State:
    def __init__(self, settings: Row) -> None:
        self.settings = settings
        self.opened = datetime.combine(today(settings), OPENS)
        self.numbers: Counter[str] = Counter()
        self.tokens: dict[str, float] = {}
        self.reseller: Row = {"id": 2, "credit": Decimal(settings["reseller_credit"])}
        self.statuses: dict[int, Row] = {}
        self.currencies: dict[int, Row] = {}
        self.services: dict[int, Row] = {}
        self.users: dict[int, Row] = {}
        self.bought: dict[int, Row] = {}
        self.payments: dict[int, Row] = {}
        self.sessions: dict[int, Row] = {}
        #: Sessions which were disconnected, in their order: what a test looks at.
        self.disconnected: list[Row] = []
        self._names: dict[str, int] = {}

    def number(self, kind: str, first: int = 1) -> int:
        self.numbers[kind] += 1
        return first - 1 + self.numbers[kind]

    def now(self) -> datetime:
        """The server's clock: half past nine of the day of the reset, one second further with every object: two runs give the same answers."""
        return self.opened + timedelta(seconds=self.numbers.total())

    @contextmanager
    def days_ago(self, days: int) -> Iterator[None]:
        """Let what happens inside have happened so many days before."""
        opened = self.opened
        self.opened = opened - timedelta(days=days)
        try:
            yield
        finally:
            self.opened = opened

    # Subscribers

    def _name(self, username: str) -> str:
        return username if self.settings["username_case"] == "sensitive" else username.casefold()

    def user_named(self, username: str) -> Row | None:
        found = self._names.get(self._name(username))
        return None if found is None else self.users[found]

    def add_user(self, values: Row) -> Row:
        initial = next(row["Status_Id"] for row in self.statuses.values() if row["initial"])
        row: Row = {
            "User_Id": self.number("users", 1001),
            "Username": values["Username"],
            "Password": values.get("Password", ""),
            "Name": values.get("Name", ""),
            "Family": values.get("Family", ""),
            "Address": values.get("Address", ""),
            "Status_Id": values.get("Status_Id", initial),
            "balance": Decimal(0),
            "usage": dict(values.get("usage", {})),
        }
        self.users[row["User_Id"]] = row
        self._names[self._name(row["Username"])] = row["User_Id"]
        return row

    def rename_user(self, row: Row, username: str) -> None:
        self._names.pop(self._name(row["Username"]), None)
        row["Username"] = username
        self._names[self._name(username)] = row["User_Id"]

    def remove_user(self, row: Row) -> None:
        self._names.pop(self._name(row["Username"]), None)
        del self.users[row["User_Id"]]
        for things in (self.bought, self.payments, self.sessions):
            for number in [number for number, thing in things.items() if thing["User_Id"] == row["User_Id"]]:
                del things[number]

    # Base services

    def services_of(self, user_id: int) -> Iterator[Row]:
        return (row for row in self.bought.values() if row["User_Id"] == user_id)

    def active_of(self, user_id: int) -> Row | None:
        return next((row for row in self.services_of(user_id) if row["ServiceStatus"] in ("Active", "Using")), None)

    def buy(self, user: Row, service: Row, plan: str, price: Decimal) -> Row:
        now = self.now()
        row: Row = {
            "User_ServiceBase_Id": self.number("bought", 5001),
            "User_Id": user["User_Id"],
            "Service_Id": service["Service_Id"],
            "CDT": now,
            "StartDate": None,
            "EndDate": None,
            "ServiceStatus": "Pending",
            "PayPlan": plan,
            "ServicePrice": service["Price"],
            "PayPrice": price,
            "CancelDT": None,
            "ReturnPrice": Decimal(0),
            "ExtraDay": 0,
            "VAT": self.settings["vat_percent"],
            "Off": 0,
            "Visibility": "Yes",
            "ActiveTime": None,
            "AffectTime": None,
        }
        occupied = self.active_of(user["User_Id"]) is not None
        self.bought[row["User_ServiceBase_Id"]] = row
        if price:
            self.book(user, "AddService", -price, {"Comment": service["ServiceName"]})
        if not occupied:
            self.activate(row)
        return row

    def activate(self, row: Row) -> None:
        now = self.now()
        row.update(ServiceStatus="Active", StartDate=now, ActiveTime=now, AffectTime=now)
        row["EndDate"] = now + timedelta(days=self.services[row["Service_Id"]]["days"])

    def cancel(self, row: Row) -> None:
        share = {"full": 1, "half": Decimal("0.5"), "none": 0}[self.settings["refund"]]
        was_active = row["ServiceStatus"] in ("Active", "Using")
        row.update(ServiceStatus="Cancel", CancelDT=self.now(), ReturnPrice=row["PayPrice"] * share)
        user = self.users[row["User_Id"]]
        if row["ReturnPrice"]:
            self.book(user, "CancelService", row["ReturnPrice"], {"Comment": self.services[row["Service_Id"]]["ServiceName"]})
        if was_active:
            following = next((other for other in self.services_of(user["User_Id"]) if other["ServiceStatus"] == "Pending"), None)
            if following is not None:
                self.activate(following)

    # Payments

    def book(self, user: Row, kind: str, price: Decimal, more: Row) -> Row:
        """Write one row of the ledger; the running balance is the subscriber's credit."""
        user["balance"] += price
        row: Row = {
            "User_Payment_Id": self.number("payments", 9001),
            "User_Id": user["User_Id"],
            "Creator_Id": self.reseller["id"],
            "User_PaymentCD": self.now(),
            "PaymentType": kind,
            "Price": price,
            "Paybalance": user["balance"],
            "VoucherNo": "",
            "VoucherDate": "",
            "BankBranchName": "",
            "BankBranchNo": "",
            "Comment": "",
            "Terminal_Id": 0,
            "Currency_Id": 1,
            "PriceINCurrency": price,
            **more,
        }
        self.payments[row["User_Payment_Id"]] = row
        return row

    # Sessions

    def connect(self, user: Row, nas: int = 1) -> Row:
        number = self.number("sessions", 70001)
        row = {"Online_RadiusUser_Id": number, "User_Id": user["User_Id"], "Nas_Id": nas, "NasPortId": f"ppp-{number % 1000}"}
        self.sessions[number] = row
        return row
