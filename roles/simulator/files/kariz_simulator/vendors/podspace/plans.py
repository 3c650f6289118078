# SPDX-License-Identifier: GPL-3.0-or-later
"""Storage plans and the invoice for one (services 17 to 19)."""

from __future__ import annotations

from typing import Any

from ...messages import Call
from .answers import Rows
from .codes import Failure
from .handlers import handlers
from .state import Row, State


def shown(state: State, row: Row) -> Row:
    made = dict(row)
    if row["id"] == state.plan:
        made["status"] = "ACTIVE"
    return made


@handlers.on("get_plan_list")
def index(vendor: Any, call: Call) -> Rows:
    state: State = vendor.state
    return vendor.page(call, [shown(state, row) for row in state.plans])


@handlers.on("get_user_plan")
def own(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    made = shown(state, state.own_plan())
    if state.settings["plan_usage"]:
        made["usedSize"] = state.used
    return made


@handlers.on("buy_plan_with_gateway")
def buy(vendor: Any, call: Call) -> Any:
    state: State = vendor.state
    wanted = call.body["planId"]
    row = next((row for row in state.plans if wanted in (str(row["id"]), row["hash"])), None)
    if row is None or row["status"] == "CAN_NOT_BUY":
        raise Failure(101)
    number = 9_400_100 + len(state.invoices)
    invoice = {"id": number, "planId": row["id"],
               "redirectURL": call.body["redirectURL"], "paymentUrl": f"https://pay.pod.ir/pbc/payinvoice/?invoiceId={number}"}
    state.invoices.append(invoice)
    return invoice
