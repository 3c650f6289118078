# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Storage plans (services 17 and 18)."""

from __future__ import annotations

import decimal

from .._core.errors import UsageError
from .._core.http.answers import Shape, strange
from .._core.task.job import Info
from .._core.text.letters import DIGITS, digits, normal, ungrouped
from .._core.text.near import proposing
from . import names
from .client import PodspaceClient
from .names import pick

PLAN = Shape(*names.PLAN_ID, *names.HASH, *names.NAME, texts=("hash", *names.NAME, "description", "status"), values=(
    *names.PLAN_ID, *names.USED, "size", "days", "price"))
KINDS = ("own", "offered")


def number(value):
    """Return a number that may be told as text, also with separators between thousands or as ``1e10``, or None."""
    if value is None or isinstance(value, bool):
        return None
    try:
        found = decimal.Decimal(ungrouped(value))
    except decimal.InvalidOperation:
        return None
    return int(found) if found.is_finite() and found.adjusted() < DIGITS else None


def plan_of(row, operation):
    """Return a plan in the user's words; sizes in bytes, the price in rial. ``used`` and ``free`` only where the vendor tells what is used."""
    PLAN.read(row, operation, "podspace", "a plan")
    status = row.get("status")
    made = {"id": number(pick(row, names.PLAN_ID)), "hash": pick(row, names.HASH), "title": pick(row, names.NAME), "description": row.get("description"),
            "size": number(row.get("size")), "days": number(row.get("days")), "price": number(row.get("price")), "status": status,
            "active": status == "ACTIVE", "buyable": status not in ("ACTIVE", "CAN_NOT_BUY")}
    used = number(pick(row, names.USED))
    if used is not None:
        made.update(used=used, free=made["size"] - used if made["size"] is not None else None)
    return made


def offered(client):
    """Return the plans on offer."""
    found = client.listing("get_plan_list", lambda row: names.told_apart(row, names.PLAN_ID, names.HASH))
    return [plan_of(row, "get_plan_list") for row in found]


def own(client):
    """Return the plan in use."""
    told = client.service("get_user_plan").payload
    if isinstance(told, list):
        told = told[0] if told else None
    if not isinstance(told, dict):
        raise strange("get_user_plan", client.vendor, "a plan", told)
    return dict(plan_of(dict({"status": "ACTIVE"}, **told), "get_user_plan"), active=True)


def find(plans, text):
    """Return the plan with this id, hash or title.

    :raises UsageError: there is none, or more than one.
    """
    wanted = digits(text).strip()
    found = [plan for plan in plans if plan["hash"] == text or str(plan["id"]) == wanted]
    found = found or [plan for plan in plans if normal(plan["title"] or "") == normal(text)]
    if len(found) != 1:
        named = text if found else proposing(text, [plan["title"] for plan in plans])
        raise UsageError("%s %s among the %d on offer" % ("there is no plan" if not found else "%d plans are called" % len(found), named, len(plans)),
                         vendor="podspace", operation="get_plan_list", code="not_found" if not found else "ambiguous",
                         hint="Look at them with podspace_plan_info")
    return found[0]


class PlanInfo(Info):
    vendor = "podspace"
    client = PodspaceClient
    connection = PodspaceClient.connection
    name = "plan_info"
    returns = "plans"
    options = {"kind": {"type": "str", "choices": ["all", *KINDS], "default": "all"}}

    def read(self, client, params, host):
        wanted = [kind for kind in KINDS if params["kind"] in ("all", kind)]
        client.need(*[{"own": "get_user_plan", "offered": "get_plan_list"}[kind] for kind in wanted])
        client.memory["own plan"] = own(client) if "own" in wanted else None
        return offered(client) if "offered" in wanted else []

    def work(self, client, params, host):
        result = super().work(client, params, host)
        result["plan"] = client.memory["own plan"]
        return result


PLAN_INFO = PlanInfo()
