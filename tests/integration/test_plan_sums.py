# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every sum of a plan is what the vendors then charge, over random files.

``KARIZ_PLAN_FILES`` says how many, 60 unless it does. The actions run in the test's process, against the simulator over real HTTP.
"""

from __future__ import annotations

import os
import random
import types

import pytest
from jobs import carry_out

from ansible_collections.kariz.panels.plugins.module_utils._business import desired, held
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets import fingerprint
from ansible_collections.kariz.panels.plugins.plugin_utils._carrying_out import Carrying
from ansible_collections.kariz.panels.plugins.plugin_utils._planning import PlanningAction

FILES = int(os.environ.get("KARIZ_PLAN_FILES") or 60)
OLD = ("zahra.karimi", "ali.mohammadi", "maryam.hosseini", "02188001234", "narges.yazdani")
SERVICES = {"11": "یک ماهه ۵۰ گیگ", "12": "سه ماهه ۲۰۰ گیگ", "13": "نامحدود یک ساله", "14": "ساعتی شبانه"}
SIGNS = ("a", "Z", "9", " ", "{", "€", "س", "ی", "\u200c", "😀", "[", "@")


class Desk(PlanningAction):
    """The actions about a plan without a play around them."""

    def __init__(self):  # pylint: disable=super-init-not-called
        self._task = types.SimpleNamespace(check_mode=False)

    def run_module(self, name, arguments, task_vars, check_mode=None, keep=None):
        return carry_out(name.rpartition(".")[2], arguments, check=bool(check_mode))

    def plan(self, panels):
        accounts = desired.accounts([("business.yml", {"panels": panels})], {})
        return self.planned(accounts, {}, "business.yml", None)


def random_file(chance, deltasib, payamsms):
    """Return accounts that buy, pay and send, and how the vendors count."""
    price = chance.randrange(300, 3000)
    deltasib.reset("default", vat_percent=chance.choice([0, 9, 10]), default_pay_plan=chance.choice(["PostPaid", "PrePaid"]), allowed_debit=100_000_000)
    payamsms.reset("empty", price=price, balance=100_000_000)
    users = ["new-%d" % number for number in range(chance.randrange(3))]
    services = [{"username": "zahra.karimi", "service": "11"}]
    for username in [*OLD, *users]:
        for number in chance.sample(sorted(SERVICES), chance.randrange(3)):
            if (username, number) == ("zahra.karimi", "11"):
                continue
            item = {"username": chance.choice([username, username.upper()]), "service": chance.choice([number, SERVICES[number]])}
            if chance.random() < 0.4:
                item["pay_price"] = chance.choice([0, chance.randrange(1, 2_000_000), "%d.%02d" % (chance.randrange(1000), chance.randrange(100))])
            if chance.random() < 0.6:
                item["pay_plan"] = chance.choice(["prepaid", "postpaid"])
            services.append(item)
    payments = [{"username": chance.choice([*OLD, *users]), "voucher_no": str(4000 + number), "amount": chance.randrange(1, 900_000),
                 "currency_id": chance.choice([1, 2]), **({"exchange_rate": chance.randrange(1, 9)} if chance.random() < 0.5 else {})}
                for number in range(chance.randrange(4))]
    messages = [{"customer_id": "m-%d" % number, "recipient": "0912555%04d" % number,
                 "body": "".join(chance.choice(SIGNS) for _sign in range(chance.randrange(1, 320))).strip() + "."} for number in range(chance.randrange(6))]
    options = {"messages": {"sender": "982000123", "part_price": price}}
    if messages and chance.random() < 0.5:
        # Some were sent already: they cost nothing any more.
        done = carry_out("payamsms_message", dict(payamsms.connection, sender="982000123", messages=messages[:1]))
        assert done["changed"], done
    return {"deltasib": {"connection": deltasib.connection, "users": [{"username": name, "password": "pass-%s" % name} for name in users],
                         "payments": payments, "services": services},
            "payamsms": {"connection": payamsms.connection, "options": options, "messages": messages}}


@pytest.mark.parametrize("seed", range(FILES))
def test_every_sum_is_what_is_charged(seed, deltasib, payamsms, monkeypatch):
    # Slow on purpose, against guessing; half the time of this test, which keeps nothing.
    monkeypatch.setattr(fingerprint, "_ROUNDS", 1)
    panels = random_file(random.Random(seed), deltasib, payamsms)
    desk = Desk()
    before = {"services": {row["User_ServiceBase_Id"] for row in deltasib.dump()["bought"]}, "credit": float(deltasib.credit()),
              "balance": payamsms.dump()["balance"]}
    plan, tasks = desk.plan(panels)
    costs = {one["vendor"]: {what: cost["amount"] for what, cost in one["costs"].items()} for one in plan["accounts"]}
    lines, ways = held.compare(plan, plan, {})
    assert lines == [] and all(one["without_vat"] == one["unpriced"] == 0 for one in plan["accounts"])
    done = Carrying(desk, plan, plan, tasks, ways, None, {}, None).all({})
    assert {one["outcome"] for one in done["outcomes"]} <= {"done"}, done
    bought = [float(row["PayPrice"]) for row in deltasib.dump()["bought"] if row["User_ServiceBase_Id"] not in before["services"]]
    assert sum(bought) == pytest.approx(costs["deltasib"].get("purchase", 0), abs=0.001)
    assert before["credit"] - float(deltasib.credit()) == pytest.approx(costs["deltasib"].get("payment", 0), abs=0.001)
    assert before["balance"] - payamsms.dump()["balance"] == costs["payamsms"].get("text", 0)
    assert all(one["spend"] == pytest.approx(sum(costs[one["vendor"]].values()), abs=0.001) for one in plan["accounts"])
    again, _tasks = desk.plan(panels)
    assert all(not step["changes"] for step in again["steps"]) and all(one["spend"] == 0 for one in again["accounts"])
