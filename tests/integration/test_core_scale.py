# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What long lists cost and how they end: requests counted by the server, no clock."""

from __future__ import annotations

import json
import multiprocessing

import pytest
from jobs import Loop, carry_out
from playing import play

from ansible_collections.kariz.panels.plugins.module_utils._core.journal import DONE, Journal
from ansible_collections.kariz.panels.plugins.module_utils._podspace import share


@pytest.fixture
def far(alocom):
    """An account of 1,250 users on a server that answers late enough for pages to be worth asking for together."""
    alocom.seed("users", 1250, prefix="old")
    alocom.sim.faults([{"vendor": "alocom", "kind": "latency", "seconds": 0.03, "operation": "users.index", "times": 0}])
    return alocom


def read(vendor, **options):
    vendor.clear_journal()
    result = carry_out("alocom_user_info", {**vendor.connection, **options})
    assert not result["failed"], result["msg"]
    return [user["username"] for user in result["users"]], vendor.summary()


@pytest.mark.parametrize(("list_total", "more"), [("right", 0), ("absent", 0), ("zero", 0), ("page", 0), ("fewer", 0), ("more", 9)])
def test_pages_are_read_several_at_a_time_where_a_total_holds(far, list_total, more):
    """Everybody is read once; a total costs no request, unless it is too large: then as many as were under way, and one."""
    far.settings(list_total="absent")
    everybody, plain = read(far)
    assert len(everybody) == len(set(everybody)) == 1250 and plain["max_in_flight"] == 1 and plain["operations"]["users.index"] == 13
    far.settings(list_total=list_total)
    found, summary = read(far)
    assert found == everybody
    assert 13 <= summary["operations"]["users.index"] <= 13 + more
    assert (1 < summary["max_in_flight"] <= 8) is (list_total in ("right", "more", "fewer"))


@pytest.mark.parametrize("how", ["insert", "delete"])
def test_rows_that_move_meanwhile_are_noticed(far, how):
    """The list moves by one at its front while its pages are under way: nobody who was there all the time is missed."""
    far.settings(list_total="right")
    before = set(far.users())
    for skip in (3, 6, 9):
        far.sim.faults([{"vendor": "alocom", "kind": "shift", "how": how, "object": "users", "operation": "users.index", "skip": skip}])
    found, _summary = read(far)
    assert len(found) == len(set(found)) and before & set(far.users()) <= set(found)


def test_a_maximum_of_the_servers_own_is_read_in_order(far):
    far.settings(list_total="right", take_max=40)
    found, summary = read(far)
    assert len(found) == len(set(found)) == 1250 and summary["max_in_flight"] == 1


def test_no_more_pages_are_under_way_than_concurrency_allows(far):
    far.settings(list_total="right")
    assert read(far, api_concurrency=1)[1]["max_in_flight"] == 1
    assert read(far, api_concurrency=3)[1]["max_in_flight"] <= 3


def test_a_list_of_names_asks_ahead_for_no_page_that_it_may_not_need(far):
    """The first 400 of 1,250: five pages hold them, and no sixth is asked for."""
    far.settings(list_total="right", order="oldest")
    far.clear_journal()
    result = carry_out("alocom_user", {**far.connection, "users": [{"username": "old-%05d" % number} for number in range(1, 401)]})
    assert result["summary"]["unchanged"] == 400 and far.summary()["operations"]["users.index"] == 5 and far.summary()["max_in_flight"] > 1


def test_a_list_grows_the_time_that_it_may_take_and_one_that_is_given_stays(alocom, monkeypatch):
    """A server that answers each create after 0.1 s: forty of them, eight at once, take longer than what is usual here."""
    from ansible_collections.kariz.panels.plugins.module_utils._core.http import retries
    monkeypatch.setattr(retries, "USUAL", 0.4)
    alocom.sim.faults([{"vendor": "alocom", "kind": "latency", "seconds": 0.1, "operation": "labels.create", "times": 0}])
    labels = [{"title": "label %02d" % number} for number in range(80)]
    exact = carry_out("alocom_label", {**alocom.connection, "labels": labels[:40], "api_deadline": 0.4})
    assert exact["failed"] and exact["summary"]["failed"] > 10 and "api_deadline (0.4 s)" in exact["msg"]
    assert carry_out("alocom_label", {**alocom.connection, "labels": labels})["summary"]["failed"] == 0


# -- a list in parts, an item of a loop each -------------------------------------------------------------------------------


def parts(items, size):
    return [items[start:start + size] for start in range(0, len(items), size)]


@pytest.mark.parametrize("order", ["oldest", "newest"])
@pytest.mark.parametrize("size", [10, 250, 600])
def test_the_parts_of_a_list_read_the_account_once_between_them(alocom, order, size):
    """1,200 users there, and 60 to be made in the last part: as many pages as the account has, and few more, whatever the number and the order of the parts."""
    alocom.reset("empty", order=order)
    alocom.seed("users", 1200, prefix="old")
    there = [{"username": "old-%05d" % number} for number in range(1, 1201)]
    new = [{"username": "new-%03d" % number, "name": "n", "surname": "s"} for number in range(60)]
    for users, created in ((there, 0), (there[::-1] + new, 60), (there + new, 0)):
        alocom.clear_journal()
        loop = Loop()
        told = [loop.item("alocom_user", {**alocom.connection, "users": part}) for part in parts(users, size)]
        assert not any(one["failed"] for one in told), told
        assert sum(one["summary"]["created"] for one in told) == created and sum(one["summary"]["unchanged"] for one in told) == len(users) - created
        # A part goes on with the page on which the one before it stopped.
        operations = alocom.summary()["operations"]
        assert operations["users.index"] <= 15 + min(len(told), 13) and operations.get("users.create", 0) == created, operations


def test_parts_of_which_one_goes_and_one_is_moved(alocom):
    """Rows that lie before the place of reading are removed by an earlier part, or named by a later one: nobody is missed and nobody is made twice."""
    alocom.reset("empty", order="oldest")
    alocom.seed("users", 900, prefix="old")
    users = [{"username": "old-%05d" % number} for number in range(1, 901)]
    loop = Loop()
    told = [loop.item("alocom_user", {**alocom.connection, "users": part, "state": state}) for part, state in (
        (users[:300], "absent"), (users[300:600], "present"), (users[100:200], "absent"), (users[500:900], "present"))]
    assert [(one["summary"]["deleted"], one["summary"]["unchanged"]) for one in told] == [(300, 0), (0, 300), (0, 100), (0, 400)]
    assert len(alocom.users()) == 600 and alocom.summary()["operations"]["users.index"] <= 16


def test_parts_of_a_list_of_subscribers_name_whom_they_ask_for(deltasib):
    """Five times a hundred beside others, whom nobody needs: a request for each hundred, however many parts there are."""
    deltasib.reset("empty")
    deltasib.seed("users", 200, prefix="other")
    users = [{"username": name} for name in deltasib.seed("users", 500, prefix="sub")]
    deltasib.clear_journal()
    loop = Loop()
    told = [loop.item("deltasib_user", {**deltasib.connection, "users": part}) for part in parts(users, 100)]
    assert [one["summary"]["unchanged"] for one in told] == [100] * 5, told
    assert [one["api"]["requests"] for one in told[1:]] == [1] * 4


def test_a_list_in_files(alocom, run, tmp_path):
    """As docs/performance.md shows it: the loop is over the files, and no part is in memory but the one that is being managed."""
    alocom.reset("empty", order="oldest")
    alocom.seed("users", 1000, prefix="old")
    for number, part in enumerate(parts([{"username": "old-%05d" % number} for number in range(1, 1001)], 200)):
        (tmp_path / ("part-%02d.json" % number)).write_text(json.dumps(part))
    loop = {"loop": "{{ query('ansible.builtin.fileglob', '%s/part-*.json') | sort }}" % tmp_path, "loop_control": {"label": "{{ item | basename }}"},
            "vars": {"kariz_result_limit": "beside"}}
    options = {"users": "{{ lookup('ansible.builtin.file', item) | from_json }}", "return_content": "summary"}
    results = run([{"name": "people", "kariz.panels.alocom_user": options, **loop}]).ok()["people"]["results"]
    assert [one["summary"]["unchanged"] for one in results] == [200] * 5 and sum(one["api"]["requests"] for one in results) <= 18


# -- results fit ---------------------------------------------------------------------------------------------------------


def test_a_long_list_that_fails_prints_what_is_worth_reading(alocom, run, door):
    """Eight hundred labels, of which two fifths have no title that the vendor takes: what is printed stays within 50 kB, and says what it leaves out."""
    alocom.fault("status", status=422, body='{"message": "%s"}' % ("no such title, " * 10), operation="labels.create", probability=0.4, seed=7, times=0)
    labels = [{"title": "label %04d" % number} for number in range(800)]
    module = "kariz.panels.alocom_label"
    played = run([{"name": "printed", module: {"labels": labels}, "ignore_errors": True},
                  {"name": "handled", module: {"labels": labels}, "register": "told", "failed_when": False},
                  {"name": "whole", module: {"labels": labels, "return_content": "full"}, "ignore_errors": True, "no_log": True}], door, diff=False).ok()
    printed, handled = played["printed"], played["handled"]
    fatal = [line for line in played.output.splitlines() if line.startswith("fatal:") or "=> {" in line]
    assert fatal and max(map(len, fatal)) <= 50_000
    failed = printed["summary"]["failed"]
    assert failed > 200 and printed["labels"] and {entry["action"] for entry in printed["labels"]} == {"failed"}
    assert printed["shortened"]["limit"] == 50_000 and "kariz_result_limit" in str(played.output)
    # A play that handles failures itself has all of them.
    assert len(handled["labels"]) == 800 and "shortened" not in handled


def test_mistakes_in_every_item_print_the_first_of_them(alocom, run, door):
    module = "kariz.panels.alocom_label"
    played = run([{"name": "mistakes", module: {"labels": [{"title": "label %04d" % number, "colour": "red"} for number in range(2000)]},
                   "ignore_errors": True}], door, diff=False).ok()
    told = [line for line in played.output.splitlines() if line.startswith("fatal:") or "=> {" in line]
    assert told and max(map(len, told)) <= 50_000 and "labels[0].colour: unknown option" in played["mistakes"]["msg"] and alocom.journal() == []


def test_no_result_is_longer_than_a_controller_keeps_unless_asked(alocom, run, door, tmp_path):
    """Info modules, a list that is managed, a journal, a report: what went is said, and ``full``, ``summary`` and the variable do what they say."""
    alocom.seed("users", 6000, prefix="old")
    with Journal(str(tmp_path / "journal.db"), "message", "payamsms") as journal:
        keys = ["key-%05d" % number for number in range(4000)]
        journal.reserve({key: ({"text": key}, "to 0912***4567, 1 parts") for key in keys})
        journal.settle({key: (DONE, {"id": 1}) for key in keys})
    info, items = "kariz.panels.alocom_user_info", [{"username": "old-%05d" % number, "name": "نام دیگر"} for number in range(1, 6001)]
    tasks = [{"name": "info", info: {}}, {"name": "summary", info: {"return_content": "summary"}}, {"name": "full", info: {"return_content": "full"}},
             {"name": "unlimited", info: {}, "vars": {"kariz_result_limit": 0}}, {"name": "less", info: {}, "vars": {"kariz_result_limit": 5000}},
             {"name": "list", "kariz.panels.alocom_user": {"users": items}, "check_mode": True},
             {"name": "journal", "kariz.panels.journal_info": {"journal": str(tmp_path / "journal.db")}}]
    played = run(tasks, door).ok()
    for name in ("info", "summary", "list", "journal"):
        assert len(json.dumps(played[name])) <= 700_000, name
    assert "users" in played["info"]["shortened"]["reduced"] and len(played["info"]["users"]) == 6000 and "username" in played["info"]["users"][0]
    assert set(played["summary"]["users"][0]) == {"id", "username", "name"} and "shortened" not in played["summary"]
    for name in ("full", "unlimited"):
        assert len(played[name]["users"]) == 6000 and "labels" in played[name]["users"][0] and "shortened" not in played[name]
    assert "users" not in played["less"] and len(json.dumps(played["less"])) <= 5000 and "users was left out" in played["less"]["warnings"][-1]
    assert played["list"]["summary"]["updated"] == 6000 and len(played["list"]["users"]) == 6000 and "diff" in played["list"]["shortened"]["left_out"]
    assert "entries" in played["journal"]["shortened"]["reduced"]


# -- beside many, and many at once -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [3, 30])
def test_inherited_shares_are_looked_through_once_and_not_for_each_item(podspace, monkeypatch, count):
    root = podspace.seed("folders", 1, name="root")[0]
    folder = podspace.seed("folders", 1, name="inner", parent=root)[0]
    people = podspace.seed("persons", count, prefix="mate")
    podspace.seed("shares", count, entity=root)
    made = []

    class Counted(share.Index):
        def add(self, row):
            made.append(row)
            super().add(row)
    monkeypatch.setattr(share, "Index", Counted)
    options = {**podspace.connection, "folder_hash": folder, "shares": [{"person": name, "level": "view"} for name in people]}
    assert carry_out("podspace_folder_share", options)["summary"]["created"] == count
    made.clear()
    result = carry_out("podspace_folder_share", options)
    assert result["summary"]["unchanged"] == count and len(made) <= 2 * count


def test_as_many_requests_as_asked_for_are_under_way(alocom):
    alocom.sim.faults([{"vendor": "alocom", "kind": "latency", "seconds": 0.05, "operation": "users.create", "times": 0}])
    users = [{"username": "new-%03d" % number, "name": "n", "surname": "s"} for number in range(100)]
    result = carry_out("alocom_user", {**alocom.connection, "users": users, "api_concurrency": 32})
    summary = alocom.summary()
    assert result["summary"]["created"] == 100 and summary["operations"]["users.create"] == 100
    assert 8 < summary["max_in_flight"] <= 32 and summary["connections"] <= 34 and summary["logins"] == 1


def test_the_accounts_of_a_credit_report_are_read_at_once(smspanel, tmp_path):
    """Twenty accounts at a server that takes its time, sixteen of them under way at once: one request each, and no more."""
    smspanel.sim.faults([{"vendor": "smspanel", "kind": "latency", "seconds": 0.3, "times": 0}])
    accounts = [{"vendor": "smspanel", "account": "a%02d" % number, "connection": smspanel.connection} for number in range(20)]
    played = play([{"name": "report", "kariz.panels.credit_report": {"accounts": accounts}}], tmp_path).ok()
    summary = smspanel.summary()
    assert len(played["report"]["accounts"]) == 20 and not played["report"]["errors"]
    assert summary["requests"] == 20 and 4 < summary["max_in_flight"] <= 16


def _slice(options, told):
    told.put(carry_out("message", options))


def test_four_slices_at_once_with_one_journal_send_each_message_once(payamsms, tmp_path):
    """Each run has a quarter of the keys, and some that its neighbour has as well, on one account: nothing is sent twice, nothing is left out."""
    payamsms.sim.faults([{"vendor": "payamsms", "kind": "latency", "seconds": 0.02, "times": 0}])
    numbers = list(range(200))
    context = multiprocessing.get_context("fork")
    told = context.Queue()
    runs = []
    for first in range(0, 200, 50):
        mine = numbers[first:first + 50] + [number % 200 for number in range(first + 50, first + 70)]
        messages = [{"key": "k-%03d" % number, "recipient": "0912%07d" % number, "text": "text %d" % number} for number in mine]
        options = {"messages": messages, "sender": {"payamsms": "982000123"}, "providers": ["payamsms"], "journal": str(tmp_path / "journal.db"),
                   "connections": {"payamsms": {**payamsms.connection, "api_concurrency": 32}}}
        runs.append(context.Process(target=_slice, args=(options, told)))
    for run in runs:
        run.start()
    results = [told.get(timeout=120) for _run in runs]
    for run in runs:
        run.join(60)
    assert all(not result["failed"] for result in results), results
    assert sorted(payamsms.sent()) == ["k-%03d" % number for number in numbers]
    outcomes = [entry["outcome"] for result in results for entry in result["messages"]]
    assert outcomes.count("sent") == 200 and outcomes.count("already") == 80
