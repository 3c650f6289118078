# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many subscribers of DeltaSib at once: what one filter saves, and that nobody is served, charged or disconnected by what it does not prove."""

from __future__ import annotations

import json
import re

import pytest
from jobs import carry_out
from playing import play

LISTS = {"service_list_user": "optional", "payment_list_user": "optional", "list_owner": "shown"}
BASE, LEDGER = "user.service.base.list", "user.payment.list"


def count(result):
    return result["api"]["requests"]


def buying(names, service="12"):
    return [{"username": name, "service": service, "pay_plan": "postpaid"} for name in names]


def paying(names, first=91000):
    return [{"username": name, "voucher_no": str(first + place), "amount": 5, "currency_id": 1} for place, name in enumerate(names)]


def test_four_hundred(deltasib, run_deltasib):
    """What four hundred first purchases, payments, looks and disconnections cost in requests, login included; nothing is done twice."""
    deltasib.reset(**LISTS)
    names = deltasib.seed("users", 400, prefix="u", sessions=1)
    done = {name: carry_out("deltasib_" + module, {**deltasib.connection, **options}) for name, module, options in (
        ("none bought", "user_service_info", {"usernames": names}), ("credit", "credit_info", {"usernames": names}),
        ("buy", "user_service", {"services": buying(names)}), ("pay", "user_payment", {"payments": paying(names)}),
        ("buy again", "user_service", {"services": buying(names)}), ("pay again", "user_payment", {"payments": paying(names)}),
        ("disconnect", "session", {"sessions": [{"username": name} for name in names]}))}
    assert not any(result["failed"] for result in done.values())
    for name, most in {"none bought": 410, "credit": 11, "buy": 810, "pay": 810, "buy again": 11, "pay again": 11, "disconnect": 20}.items():
        assert count(done[name]) <= most, (name, count(done[name]))
    assert [row["username"] for row in done["credit"]["credits"]] == names and done["none bought"]["services"] == []
    assert done["buy"]["summary"]["created"] == done["pay"]["summary"]["created"] == done["disconnect"]["summary"]["deleted"] == 400
    for name in ("buy", "pay"):
        rows, again = (done[which]["services" if name == "buy" else "payments"] for which in (name, name + " again"))
        assert len({row["id"] for row in rows}) == 400 and [row["id"] for row in rows] == [row["id"] for row in again]
        assert done[name + " again"]["changed"] is False
    writes = deltasib.writes()
    assert [writes.count(name) for name in ("user.service.base.add", "user.payment.add")] == [400, 400]
    assert deltasib.online() == [] and len(deltasib.dump()["disconnected"]) == 400
    # The same credit by the lookup.
    deltasib.clear_journal()
    shown = "{{ query('kariz.panels.deltasib_credit', %s) | length }}" % ", ".join(map(json.dumps, names))
    played = run_deltasib([{"name": "credits", "ansible.builtin.debug": {"msg": shown}}], environment=deltasib.environment).ok()
    assert played["credits"]["msg"] == 400 and deltasib.summary()["requests"] <= 11


#: Servers that do not answer for many at once, or do so wrongly. Each is asked once, and then each subscriber alone.
UNSURE = {
    "wants a subscriber": {},
    "does not show whose it is": {**LISTS, "list_owner": "hidden"},
    "does not heed the filter": {**LISTS, "filters_ignored": [BASE, LEDGER, "user.creditinfo"]},
    "cuts its pages": {**LISTS, "limit_max": 10},
    "writes otherwise": {**LISTS, "key_case": "lower", "numbers": "commas"},
    "wants Field": {**LISTS, "field": "required"},
}


@pytest.mark.parametrize("server", UNSURE)
def test_whatever_the_server_tells(deltasib, server):
    """The same results as one by one, whatever becomes of the list; strangers with services and payments of the same kind are nobody's."""
    deltasib.reset(**UNSURE[server])
    strangers = deltasib.seed("users", 15, prefix="a-stranger", service=12, voucher=91000, amount=5)
    old = deltasib.seed("users", 12, prefix="old", service=12, voucher=91000, amount=5)
    new = deltasib.seed("users", 12, prefix="new", service=11, voucher=70000, amount=5)
    names = [name for pair in zip(old, new) for name in pair]
    vouchers = {name: str(91000 + place) for place, name in enumerate(old)} | {name: str(81000 + place) for place, name in enumerate(new)}
    payments = [{"username": name, "voucher_no": vouchers[name], "amount": 5, "currency_id": 1} for name in names]
    more = [{"username": "nobody", "service": "12"}, {"user_id": "4711", "service": "12"}]
    bought = carry_out("deltasib_user_service", {**deltasib.connection, "services": buying(names) + more})
    assert [row["action"] for row in bought["services"]] == ["unchanged", "created"] * 12 + ["failed"] * 2, bought
    assert "there is no subscriber nobody" in bought["services"][24]["error"]["message"]
    paid = carry_out("deltasib_user_payment", {**deltasib.connection, "payments": payments})
    assert [row["action"] for row in paid["payments"]] == ["unchanged", "created"] * 12, paid
    there = {(row["Username"], row["Service_Id"]): row["User_ServiceBase_Id"] for row in deltasib.dump()["bought"]}
    booked = {(row["Username"], row["VoucherNo"]): row["User_Payment_Id"] for row in deltasib.dump()["payments"]}
    assert [row["id"] for row in bought["services"][:24]] == [there[name, 12] for name in names]
    assert [row["id"] for row in paid["payments"]] == [booked[name, vouchers[name]] for name in names]
    assert deltasib.writes().count("user.service.base.add") == deltasib.writes().count("user.payment.add") == 12
    for name in strangers + old:
        assert deltasib.bought(name) == [(12, "Active")], name
    # A list refused or useless is not tried again in the task: one for what is there, none for the ids.
    if server in ("wants a subscriber", "does not show whose it is", "does not heed the filter"):
        for operation in (BASE, LEDGER):
            asked = [entry["query"] for entry in deltasib.journal() if entry["operation"] == operation]
            assert len([query for query in asked if "User_Id" not in query and "Username" not in query]) == 1, (operation, asked)
    # Reading: rows of exactly those who were asked for, in their order.
    infos = {name: carry_out("deltasib_%s_info" % name, {**deltasib.connection, "usernames": names}) for name in ("user_service", "payment", "credit")}
    assert [(row["username"], row["service_id"]) for row in infos["user_service"]["services"] if row["service_id"] == 12] == [(name, 12) for name in names]
    assert [row["username"] for row in infos["credit"]["credits"]] == names and all(row["service_name"] for row in infos["credit"]["credits"])
    assert {row["username"] for row in infos["payment"]["payments"]} == set(names)
    assert len(infos["payment"]["payments"]) == len([row for row in deltasib.dump()["payments"] if row["Username"] in names])


def test_the_ambiguous_and_the_ended_are_asked_for_alone(deltasib):
    """Two services of one kind, one that has ended, one to cancel: nothing is concluded from a list of many."""
    deltasib.reset(**LISTS)
    names = deltasib.seed("users", 6, prefix="u", service=12)
    deltasib.seed("bought", 1, username=names[0], service=12)
    deltasib.mutate("bought", {"Username": names[1]}, {"ServiceStatus": "Finished"})
    items = [dict(buying([name])[0], **({"state": "canceled", "pay_plan": None} if name == names[0] else {})) for name in names]
    done = carry_out("deltasib_user_service", {**deltasib.connection, "services": items})
    assert [row["action"] for row in done["services"]] == ["failed", "created"] + ["unchanged"] * 4, done
    assert done["services"][0]["error"]["code"] == "ambiguous" and deltasib.bought(names[1]) == [(12, "Finished"), (12, "Active")]
    alone = [entry["query"].get("Username") for entry in deltasib.journal() if entry["operation"] == BASE and "Username" in entry["query"]]
    # Before anything is decided; and the one that was bought once more, for its id.
    assert alone == [names[0], names[1], names[1]], alone


def test_vouchers_with_zeros_in_front_are_one(deltasib):
    deltasib.reset(**LISTS)
    names = deltasib.seed("users", 5, prefix="u")
    for name in names:
        deltasib.seed("payments", 1, username=name, amount=5, voucher=77)
    deltasib.mutate("payments", {"Username": names[2]}, {"VoucherNo": "0077"})
    items = [{"username": name, "voucher_no": "۰۷۷", "amount": 5, "currency_id": 1} for name in names]
    done = carry_out("deltasib_user_payment", {**deltasib.connection, "payments": items})
    assert done["summary"]["unchanged"] == 5 and deltasib.writes() == []


# -- disconnecting ---------------------------------------------------------------------------------------------------------


def online(deltasib, count):
    return deltasib.seed("users", count, prefix="on", sessions=2) + deltasib.seed("users", 2, prefix="other", sessions=1)


def cut(deltasib, items, **more):
    return carry_out("deltasib_session", {**deltasib.connection, "sessions": items, **more})


def test_a_filter_names_sessions_and_subscribers_in_pairs(deltasib):
    """A number that went to somebody else between look and disconnect is left alone, though both of them are named."""
    names = online(deltasib, 3)
    sessions = deltasib.dump()["sessions"]
    first = next(row for row in sessions if row["Username"] == names[0])
    second = [row for row in sessions if row["Username"] == names[1]]
    done = cut(deltasib, [{"session_id": str(first["Online_RadiusUser_Id"])}, {"username": names[1]}, {"username": "other-00001"}])
    assert done["summary"]["deleted"] == 3
    (sent,) = [entry["query"]["Filter"] for entry in deltasib.journal() if entry["operation"] == "radius.disconnect"]
    pairs = re.fullmatch(r"(\(Online_RadiusUser_Id=\d+ and User_Id=\d+\)( or )?)+", sent)
    assert pairs and sent.count(" or ") == 3 and "User_Id=%d)" % first["User_Id"] in sent, sent
    # The other session of the one of whom only one was named, and whoever was not named.
    assert sorted(deltasib.online()) == sorted([names[0], names[2], names[2], "other-00002"]) and len(second) == 2


LOSSES = {"reset after": {"kind": "reset_after"}, "reset before": {"kind": "reset_before"}, "500 before": {"kind": "status", "status": 500},
          "502 after": {"kind": "status_after", "status": 502}, "refused": {"kind": "status", "status": 400, "body": {"ErrorCode": -5, "ErrorDesc": "no"}}}


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("spelling", ["both", "disconnet"])
def test_a_lost_or_refused_filter(deltasib, loss, spelling):
    """Who is still there after it is tried alone; everybody ends offline, and those who were not named stay."""
    deltasib.settings(disconnect_action=spelling)
    names = online(deltasib, 5)[:5]
    deltasib.fault(method="DELETE", path="radius/$", times=2, **LOSSES[loss])
    done = cut(deltasib, [{"username": name} for name in names])
    assert not done["failed"] and done["summary"]["deleted"] == 5, done
    assert sorted(deltasib.online()) == ["other-00001", "other-00002"]


def test_each_hears_of_his_own_failure(deltasib):
    """Two of five cannot be disconnected: three are gone, two are told with their names, and nobody else's session ends."""
    names = online(deltasib, 5)[:5]
    stuck = [row["Online_RadiusUser_Id"] for row in deltasib.dump()["sessions"] if row["Username"] in names[1:3]]
    deltasib.fault("status", method="DELETE", path="radius/$", match_body="|".join("Online_RadiusUser_Id=%d" % number for number in stuck), status=400, times=0,
                   body={"ErrorCode": -5, "ErrorDesc": "session is locked"})
    done = cut(deltasib, [{"username": name} for name in names])
    assert done["failed"] and [row["action"] for row in done["sessions"]] == ["deleted", "failed", "failed", "deleted", "deleted"], done
    assert all("session is locked" in row["error"]["message"] for row in done["sessions"][1:3])
    assert sorted(set(deltasib.online())) == sorted([*names[1:3], "other-00001", "other-00002"])


def test_a_server_that_queues_is_believed(deltasib):
    """Status 1 and everybody still there: the server ends sessions in its own time, so none is sent again."""
    names = online(deltasib, 4)[:4]
    deltasib.fault("status", method="DELETE", path="radius/$", status=200, body={"status": 1}, times=0)
    done = cut(deltasib, [{"username": name} for name in names])
    assert not done["failed"] and done["summary"]["deleted"] == 4
    assert len([entry for entry in deltasib.journal() if entry["method"] == "DELETE"]) == 1


def test_nothing_is_sent_in_check_mode(deltasib, tmp_path, door):
    names = online(deltasib, 4)[:4]
    task = {"name": "cut", "kariz.panels.deltasib_session": {"sessions": [{"username": name} for name in names]}}
    kept = {"module_defaults": {deltasib.group: deltasib.connection}}
    played = play([dict(task, check_mode=True, name="check"), task], tmp_path, door=door, keywords=kept).ok()
    assert played["check"]["summary"] == played["cut"]["summary"] and played["check"]["summary"]["deleted"] == 4
    assert len([entry for entry in deltasib.journal() if entry["method"] == "DELETE"]) == 1
