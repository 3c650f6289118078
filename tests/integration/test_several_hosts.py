# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A play over several hosts that share an account: all of them look before any of them has written, unless what must not happen twice is done in turn."""

from __future__ import annotations

import pytest
from playing import DOORS, play

HOSTS = ("h1", "h2", "h3")
PAYMENT = {"username": "zahra.karimi", "voucher_no": "777", "amount": 1000, "payment_type": "cash", "currency_id": 1, "exchange_rate": 1,
           "date_type": "gregorian", "voucher_date": "2025-10-05"}
SLOW = 0.7


def changes(played, task):
    return sorted(line["result"]["changed"] for line in played.lines if line["task"] == task)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.seed("default", vendor="deltasib")
def test_what_a_vendor_does_twice_happens_once(deltasib, payamsms, podspace, tmp_path, door):
    """Payments, purchases and texts, and objects whose names are not kept unique."""
    deltasib.fault("latency", operation="user.service.base.add", seconds=SLOW, times=0)
    deltasib.fault("latency", operation="user.payment.add", seconds=SLOW, times=0)
    payamsms.fault("latency", operation="send.src.body", seconds=SLOW, times=0)
    podspace.fault("latency", match_body=podspace.of("create_organization"), seconds=SLOW, times=0)
    defaults = {one.group: one.connection for one in (deltasib, payamsms, podspace)}
    text = {"recipient": "09121234567", "sender": "982000123"}
    played = play([
        {"name": "service", "kariz.panels.deltasib_user_service": {"username": "narges.yazdani", "service": "یک ماهه ۵۰ گیگ"}},
        {"name": "payment", "kariz.panels.deltasib_user_payment": PAYMENT},
        {"name": "text", "kariz.panels.payamsms_message": {"customer_id": "once", "body": "hello", **text}},
        {"name": "message", "kariz.panels.message": {"messages": [{"key": "once-more", "recipient": "09121234567", "text": "hi"}], "providers": ["payamsms"],
                                                     "sender": "982000123"}},
        {"name": "space", "kariz.panels.podspace_organization": {"name": "one of them"}},
    ], tmp_path, door=door, hosts=HOSTS, keywords={"module_defaults": defaults, "strategy": "linear"}, diff=False).ok()
    assert len(deltasib.bought("narges.yazdani")) == 1 and deltasib.vouchers("zahra.karimi").count(("777", 1000)) == 1
    assert sorted(payamsms.sent()) == ["once", "once-more"]
    assert [row["name"] for row in podspace.dump()["organizations"]].count("one of them") == 1
    for task in ("service", "payment", "text", "message", "space"):
        assert changes(played, task) == [False, False, True], task


def test_items_of_a_loop_look_again_when_another_host_was_at_work(payamsms, tmp_path):
    """What a loop remembers of the account is of no use after somebody else has written to it."""
    payamsms.fault("latency", operation="send.src.body", seconds=0.3, times=0)
    played = play([{"name": "texts", "kariz.panels.payamsms_message": {
        "customer_id": "c{{ item }}", "recipient": "09121234567", "body": "hello", "sender": "982000123"}, "loop": [1, 2, 3]}],
        tmp_path, hosts=HOSTS[:2], keywords={"module_defaults": {payamsms.group: payamsms.connection}}, diff=False).ok()
    assert sorted(payamsms.sent()) == ["c1", "c2", "c3"]
    assert sum(item["changed"] for line in played.lines if line["task"] == "texts" for item in line["result"]["results"]) == 3
