# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role ``subscriber``: many subscribers from one list, twice, in check mode before they exist, and back again."""

from __future__ import annotations

import copy
import json

import pytest
import warm_modules
from playing import program

USERS = [
    {
        "username": "zahra",
        "password": "secret-zahra",
        "name": "زهرا",
        "family": "کریمی",
        "status": "فعال",
        "service": "یک ماهه ۵۰ گیگ",
        "pay_plan": "prepaid",
        "payments": [{"voucher_no": "77001", "amount": "120000", "currency_id": "1", "payment_type": "cash"}],
    },
    {"username": "ali", "password": "secret-ali", "service": "12", "pay_plan": "postpaid", "mobile": "09121234567"},
    {"username": "nobodys", "password": "secret-3", "status": "تعلیق"},
]


def role(name="subscribers", **variables):
    return {"name": name, "ansible.builtin.include_role": {"name": "kariz.panels.subscriber"}, "vars": variables}


def test_life(deltasib, run_deltasib, door):
    check = run_deltasib([role(subscriber_users=USERS)], door, check=True).ok()
    assert deltasib.writes() == []
    for task in (
        "kariz.panels.subscriber : Subscribers",
        "kariz.panels.subscriber : Status",
        "kariz.panels.subscriber : Payments",
        "kariz.panels.subscriber : Base services",
    ):
        assert check[task]["changed"] is True, task
    first = run_deltasib([role(subscriber_users=USERS)], door).ok()
    assert deltasib.bought("zahra") == [(11, "Active")] and deltasib.bought("ali") == [(12, "Active")] and deltasib.bought("nobodys") == []
    assert deltasib.vouchers("zahra") == [("77001", 120000)]
    assert deltasib.users()["nobodys"]["Status_Id"] == 2
    assert first["kariz.panels.subscriber : Subscribers"]["summary"]["created"] == 3
    before = len(deltasib.writes())
    again = run_deltasib([role(subscriber_users=USERS)], door).ok()
    assert "changed=0" in again.output and len(deltasib.writes()) == before
    for secret in ("secret-zahra", "secret-ali", "secret-3"):
        assert secret not in check.output + first.output + again.output + str(first.lines)
    gone = run_deltasib([role(subscriber_users=USERS, subscriber_state="absent", subscriber_disconnect=True)], door).ok()
    assert gone["kariz.panels.subscriber : Cancel base services"]["summary"]["deleted"] == 2
    assert deltasib.bought("zahra") == [(11, "Cancel")] and deltasib.bought("ali") == [(12, "Cancel")]
    assert "changed=0" in run_deltasib([role(subscriber_users=USERS, subscriber_state="absent")], door).ok().output


def test_nobody_pays_for_what_nobody_can_buy(deltasib, run_deltasib):
    """A service that is not sold, known before anything is paid, keeps back that one's payment alone, and is told by reason; put right, the rest follows."""
    pays = [{"voucher_no": "1", "amount": "120000", "currency_id": "1"}]
    people = [{"username": name, "password": "secret-" + name, "service": "11", "payments": pays} for name in ("one", "two", "three")]
    people[1]["service"] = people[2]["service"] = "یک ماهه ۵۰ گیگگ"
    for check in (True, False):
        told = run_deltasib([role(subscriber_users=people)], check=check).failed()["kariz.panels.subscriber : Fail because of what failed, by reason"]["msg"]
        assert told[1].startswith("two, three: service: there is no service یک ماهه ۵۰ گیگگ (did you mean "), told
        assert told[2:] == ["two, three: not paid either, since the service cannot be bought"]
    assert sorted(deltasib.users()) == ["one", "three", "two"]
    assert [deltasib.vouchers(name) for name in ("one", "two", "three")] == [[("1", 120000)], [], []] and deltasib.bought("one") == [(11, "Active")]
    people[1]["service"], people[2]["service"] = "۱۱", "11"
    run_deltasib([role(subscriber_users=people)]).ok()
    assert [deltasib.vouchers(name) for name in ("one", "two", "three")] == [[("1", 120000)]] * 3 and deltasib.bought("two") == [(11, "Active")]


def test_own_connection_and_arguments(deltasib, run_deltasib):
    run_deltasib([role(subscriber_users=USERS[1:2], subscriber_deltasib=deltasib.connection)], connection={"api_url": "https://127.0.0.1:1"}).ok()
    assert deltasib.bought("ali") == [(12, "Active")]
    deltasib.clear_journal()
    wrong = copy.deepcopy(USERS[:1])
    wrong[0]["payments"][0]["ammount"] = 1
    played = run_deltasib([role(subscriber_users=wrong)]).failed()
    assert "ammount" in played.output and deltasib.journal() == []
    played = run_deltasib([role(subscriber_users=[{"username": "x' or 1=1 --", "password": "p"}])]).failed()
    assert "username" in played.output and deltasib.journal() == []


def test_welcome_passes_over_who_has_no_number(deltasib, run_deltasib):
    played = run_deltasib([role(subscriber_users=USERS[2:], subscriber_welcome=True)]).ok()
    assert "kariz.panels.notify : " not in " ".join(line["task"] for line in played.lines if line["kind"] != "skipped")


@pytest.mark.smoke
def test_demo(deltasib, tmp_path):
    """The reseller's day: foretold, carried out, and the second time nothing changes."""
    deltasib.reset("default")

    def day(*arguments):
        variables = "ansible_python_interpreter=%s demo_report=%s" % (warm_modules.interpreter(), tmp_path / "report.json")
        done = program("ansible-playbook", ["-i", "localhost,", "-c", "local", "kariz.panels.demo_deltasib", "-e", variables, *arguments], tmp_path,
                       deltasib.environment)
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
        return done.stdout, json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))

    day("--check", "--diff")
    assert deltasib.writes() == []
    first, report = day()
    assert report["subscribers"]["summary"]["created"] == 2 and report["changes"]["summary"] == {
        "created": 1, "updated": 0, "deleted": 1, "unchanged": 0, "failed": 0}
    assert "نامحدود یک ساله, unlimited" in first and deltasib.online().count("ali.mohammadi") == 0
    assert deltasib.bought("zahra.karimi") == [(11, "Cancel"), (13, "Active")] and deltasib.bought("parsa.rezaei") == [(11, "Active")]
    writes = len(deltasib.writes())
    second, _report = day()
    assert "changed=0" in second and len(deltasib.writes()) == writes
