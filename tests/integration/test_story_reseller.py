# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A reseller's month, as docs/guides/reseller-month.md tells it: 500 subscribers, lines twice, wrong mobiles, a credit that ends half way, a provider that is
down, half of the texts delivered: nobody twice, nobody forgotten."""

from __future__ import annotations

import collections
import copy
import random

from playing import ROOT
from story import FAMILIES, NAMES, Story, changed, reported

PRICE = 120000


def month(seed=1405):
    """Return the file of a month: 500 subscribers and 20 lines twice; ten mobiles are wrong, and the operator will not deliver to every second one."""
    chosen = random.Random(seed)
    people = []
    for place in range(500):
        number = "0%d%03d%s" % (912 + place // 250, place % 250, "0000" if place % 2 else "0001")
        people.append({"username": "sub%03d" % place, "password": "pw-%06d" % chosen.randrange(10 ** 6), "name": chosen.choice(NAMES),
                       "family": chosen.choice(FAMILIES), "mobile": number if place % 50 else number[:6], "service": "11", "pay_plan": "prepaid",
                       "payments": [{"voucher_no": "1405%05d" % place, "amount": "120,000", "currency_id": "1"}]})
    second = [{"username": one["username"], "mobile": "0935%07d" % (7 + 10 * place)} for place, one in enumerate(people)]
    twice = [dict(one, mobile="+98" + one["mobile"][1:]) for one in chosen.sample([one for one in people if len(one["mobile"]) == 11], 20)]
    return {"subscriber_users": people + twice, "second_numbers": second}


def test_a_month(deltasib, payamsms, smspanel, tmp_path):
    environment = {**deltasib.environment, "SMSPANEL_API_URL": smspanel.url, "SMSPANEL_API_TOKEN": "kariz-demo-token", "KARIZ_JOURNAL": str(tmp_path / "j.db")}
    environment.update({"PAYAMSMS_%s" % name.upper(): value for name, value in payamsms.connection.items()})
    story = Story(ROOT / "docs/guides/reseller-month.md", tmp_path, environment)
    whole = month()
    story.write("subscribers.yml", whole)

    # The credit covers 200 of 500, and PayamSMS is down.
    deltasib.mutate("reseller", {}, {"credit": 200 * PRICE})
    payamsms.fault("status", status=503, times=0)
    first = story.next().failed()
    paid = {row["Username"] for row in deltasib.dump()["payments"] if row["VoucherNo"]}
    bought = {row["Username"] for row in deltasib.dump()["bought"]}
    assert len(deltasib.users()) == 500 and len(paid) == 200 and bought == paid
    report = reported(first, "subscriber")
    assert report[0] == "subscribers: 500 made" and "payments: 200 made, 300 refused" in report and "services: 200 made" in report
    assert [line for line in report if line.startswith("no welcome: mobile is no mobile number: sub000, sub050")]
    # Everybody who can be told is welcomed, by the second provider, also who could not pay yet.
    assert payamsms.sent() == [] and len(smspanel.sent()) == 490

    # Topped up, the numbers put right, and PayamSMS is back: the rest follows, nothing is done again.
    payamsms.sim.clear_faults()
    deltasib.mutate("reseller", {}, {"credit": 500 * PRICE})
    later = copy.deepcopy(whole)
    for place in range(0, 500, 50):
        later["subscriber_users"][place]["mobile"] = "0919%03d0001" % place
    story.write("subscribers.yml", later)
    second = story.next().ok()
    ledger = collections.Counter((row["Username"], row["VoucherNo"]) for row in deltasib.dump()["payments"] if row["VoucherNo"])
    assert len(ledger) == 500 and set(ledger.values()) == {1}
    assert collections.Counter(row["Username"] for row in deltasib.dump()["bought"]) == {"sub%03d" % place: 1 for place in range(500)}
    assert deltasib.credit() == 200 * PRICE
    assert sorted(payamsms.sent()) == ["subscriber-welcome-sub%03d" % place for place in range(0, 500, 50)] and len(smspanel.sent()) == 490
    assert reported(second, "subscriber")[:3] == [
        "subscribers: 500 as they were", "payments: 300 made, 200 as they were", "services: 300 made, 200 as they were"]

    deltasib.clear_journal()
    third = story.next().ok()
    assert changed(third) == 0 and deltasib.writes() == payamsms.writes() == smspanel.writes() == []

    # Half of the texts do not arrive; exactly those get another, once, to the number that is left.
    payamsms.settings(clock_ahead=60.0)
    smspanel.settings(clock_ahead=60.0)
    told = story.next().ok()
    assert told["Who did not get the welcome"]["summary"] == {"delivered": 250, "failed": 250, "waiting": 0, "unknown": 0}
    assert sorted(payamsms.sent()[10:]) == ["subscriber-welcome-2-sub%03d" % place for place in range(1, 500, 2)]
    told = story.next().ok()
    assert len(payamsms.sent()) == 260 and story.commands == []
    reached = collections.Counter(str(row["recipient"]) for row in payamsms.dump()["messages"] if not str(row["recipient"]).endswith("0000"))
    reached.update(str(number) for row in smspanel.dump()["messages"] for number in row["recipients"] if not str(number).endswith("0000"))
    assert sum(reached.values()) == len(reached) == 500
