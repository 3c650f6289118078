# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Purchases at DeltaSib under a journal: two runs at the same moment buy once, and what nobody knows is not bought again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from jobs import carry_out

PURCHASES = {
    "deltasib_user_service": {"username": "ali.customer", "service": "اقتصادی"},
    "deltasib_user_payment": {"username": "ali.customer", "voucher_no": "77", "amount": 120000, "currency_id": 1, "payment_type": "cash"},
}


@pytest.fixture
def shop(deltasib, tmp_path):
    """A subscriber and a service for sale; ``shop(module, ...)`` buys with a journal."""
    deltasib.reset("default")
    username = next(iter(deltasib.users()))
    had = [number for number, _status in deltasib.bought(username)]
    service = next(number for number in ("11", "12", "13") if int(number) not in had)

    def made(module, check=False, **more):
        options = dict(deltasib.connection, journal=str(tmp_path / "journal.db"), **PURCHASES[module])
        options["username"] = username
        if "service" in options:
            options["service"] = service
        return carry_out(module, dict(options, **more), check=check)
    made.username = username
    made.bought = lambda module: deltasib.bought(username) if module.endswith("service") else [row for row in deltasib.vouchers(username) if row[0] == "77"]
    return made


@pytest.mark.parametrize("module", PURCHASES)
def test_parallel_runs_buy_once(deltasib, shop, module):
    before = len(shop.bought(module))
    deltasib.fault("latency", path="/", seconds=0.05, times=0)
    with ThreadPoolExecutor(4) as pool:
        results = [run.result() for run in [pool.submit(shop, module) for _number in range(4)]]
    assert sorted(result["changed"] for result in results) == [False, False, False, True], results
    assert not any(result["failed"] for result in results) and len(shop.bought(module)) == before + 1
    assert shop(module)["changed"] is False


@pytest.mark.parametrize("module", PURCHASES)
def test_a_lost_answer_is_looked_up_and_not_bought_again(deltasib, shop, module, tmp_path):
    before = len(shop.bought(module))
    path = "base/$" if module.endswith("service") else "payment/$"
    deltasib.fault("reset_after", method="POST", path=path)
    assert shop(module)["changed"] is True and len(shop.bought(module)) == before + 1
    entries = carry_out("journal_info", {"journal": str(tmp_path / "journal.db")})["entries"]
    assert [(entry["operation"], entry["state"], entry["provider"]) for entry in entries] == [(module.rpartition("_")[2], "done", "deltasib")]


@pytest.mark.parametrize("module", PURCHASES)
def test_what_may_have_been_bought_waits_for_a_person(deltasib, shop, module, tmp_path):
    """The request is lost and the vendor's list does not show it: it may still come, so no run repeats it until somebody has looked."""
    before = len(shop.bought(module))
    path = "base/$" if module.endswith("service") else "payment/$"
    deltasib.fault("reset_before", method="POST", path=path)
    for _time in range(2):
        told = shop(module)
        assert told["failed"] and told["error"]["code"] == "outcome_unknown" and len(shop.bought(module)) == before
    assert "journal_entry" in told["msg"]
    (entry,) = carry_out("journal_info", {"journal": str(tmp_path / "journal.db"), "state": "unknown"})["entries"]
    assert carry_out("journal_entry", {"journal": str(tmp_path / "journal.db"), "key": entry["key"], "state": "not_sent"})["changed"]
    assert shop(module)["changed"] is True and len(shop.bought(module)) == before + 1


@pytest.mark.parametrize("module", PURCHASES)
def test_what_turns_up_later_settles_its_entry(deltasib, shop, module, tmp_path):
    """Nobody knew, and then the vendor's list shows it: the next run that finds it says so in the journal, and asks nothing more than it must."""
    journal = {"journal": str(tmp_path / "journal.db")}
    deltasib.fault("reset_before", method="POST", path="base/$" if module.endswith("service") else "payment/$")
    assert shop(module)["error"]["code"] == "outcome_unknown"
    # It arrives after all: as if bought by nobody's run.
    assert shop(module, journal="")["changed"] is True
    bought = len(shop.bought(module))
    assert shop(module, journal="")["changed"] is False
    (entry,) = carry_out("journal_info", dict(journal, state="unknown"))["entries"]
    assert shop(module, check=True)["changed"] is False and shop(module, check=True, foretold={})["changed"] is False
    assert [one["state"] for one in carry_out("journal_info", journal)["entries"]] == ["unknown"]
    told = shop(module)
    assert told["changed"] is False and not told["failed"] and len(shop.bought(module)) == bought
    (settled,) = carry_out("journal_info", journal)["entries"]
    assert (settled["key"], settled["state"], settled["run"]) == (entry["key"], "done", entry["run"]) and settled["id"]
    # Without an unknown entry the journal costs no request.
    deltasib.clear_journal()
    shop(module, journal="")
    plain = deltasib.operations()
    deltasib.clear_journal()
    assert shop(module)["changed"] is False and deltasib.operations() == plain


def test_another_amount_under_the_same_voucher(deltasib, shop):
    assert shop("deltasib_user_payment")["changed"] is True
    other = shop("deltasib_user_payment", amount=5)
    assert other["failed"] and other["error"]["code"] == "voucher_taken"
