# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many requests things cost: exact, counted by the server, no clock involved."""

from __future__ import annotations

import pytest

LABEL = "kariz.panels.alocom_label"
USER = "kariz.panels.alocom_user"
EVENT = "kariz.panels.alocom_event"


def task(task_name, /, module=LABEL, keywords=None, **options):
    return {"name": task_name, module: options, **(keywords or {})}


@pytest.mark.seed("default")
def test_one_unchanged_object(alocom, run):
    """At most two requests beyond the login; four for a user whose labels, e-mail or status are compared."""
    alocom.seed("users", 250, prefix="u")
    alocom.seed("events", 250, prefix="e")
    budgets = {
        "label": (2, task("label", title="پایه دهم")),
        "absent label": (2, task("absent label", title="nothing", state="absent")),
        "user": (2, task("user", USER, username="zahra.karimi", name="زهرا", cellphone="09121234501")),
        "absent user": (2, task("absent user", USER, username="nobody", state="absent")),
        "whole user": (4, task("whole user", USER, username="zahra.karimi", email="zahra.karimi@example.ir", enabled=True, labels=["استادان"])),
        "event": (2, task("event", EVENT, slug="e-00250", enabled=True)),
        "event in detail": (2, task("event in detail", EVENT, slug="e-00250", guest_count=0, start_by_admin=False, title="آمار e-00250")),
    }
    first = task("login", title="پایه دهم")
    played = run([first, *(entry for _most, entry in budgets.values())]).ok()
    for name, (most, _entry) in budgets.items():
        assert played[name]["changed"] is False and played[name]["api"]["requests"] <= most, (name, played[name]["api"], alocom.operations())
    assert alocom.summary()["logins"] == 1 and alocom.writes() == []


def test_api_counts_what_the_server_counts(alocom, run, door):
    alocom.settings(create_returns_id=False)
    played = run([task("list", labels=[{"title": "m-%02d" % number} for number in range(30)])], door).ok()
    summary = alocom.summary()
    assert played["list"]["api"]["requests"] == summary["requests"] and summary["writes"] == 30
    # Login, list, the writes, and one look for the ids.
    assert summary["requests"] == 33 and summary["connections"] <= 9


def test_a_loop(alocom, run):
    """A hundred items: one login, three looks, one reading of the list, the writes; the second run writes nothing."""
    alocom.seed("users", 300, prefix="old")
    loop = {"loop": ["old-%05d" % number for number in range(1, 51)] + ["new-%03d" % number for number in range(50)]}
    entry = task("loop", USER, keywords=loop, username="{{ item }}", name="نام", surname="خانواده", password="secret-word-1")
    run([entry]).ok()
    summary = alocom.summary()
    assert summary["logins"] == 1 and summary["operations"]["users.index"] <= 3 + 4 + 50
    assert summary["operations"]["users.create"] == 50 and summary["operations"]["users.update"] == 50
    alocom.clear_journal()
    run([entry]).ok()
    summary = alocom.summary()
    assert summary["writes"] == 0 and summary["requests"] <= 1 + 3 + 5 and summary["logins"] == 1


def test_a_loop_over_new_users_and_a_short_one(alocom, run):
    """A hundred new users: three looks, one reading of the list, the creates. Two in an account of 3,000: a look each."""
    run([task("new", USER, keywords={"loop": ["new-%03d" % number for number in range(100)]}, username="{{ item }}", name="نام", surname="خانواده")]).ok()
    summary = alocom.summary()
    assert summary["logins"] == 1 and summary["requests"] == 1 + 3 + 2 + 100, summary
    alocom.seed("users", 3000, prefix="old")
    alocom.clear_journal()
    run([task("short", USER, keywords={"loop": ["old-00007", "old-02990"]}, username="{{ item }}")]).ok()
    assert alocom.summary()["requests"] == 1 + 2
    # Up to five a look each, written as they are or computed; a sixth makes the list, of thirty pages and more, worth its price.
    names = ["old-%05d" % number for number in (7, 2990, 3, 1500, 2)]
    alocom.clear_journal()
    run([task("five", USER, keywords={"loop": names}, username="{{ item }}"),
         task("computed", USER, keywords={"loop": "{{ names[:count | int] }}", "vars": {"names": names, "count": 5}}, username="{{ item }}")]).ok()
    assert alocom.summary()["requests"] == 1 + 5 + 5
    alocom.clear_journal()
    run([task("with", USER, keywords={"with_items": names}, username="{{ item }}")]).ok()
    assert alocom.summary()["requests"] > 30
    alocom.clear_journal()
    run([task("six", USER, keywords={"loop": [*names, "old-00009"]}, username="{{ item }}")]).ok()
    assert 1 + 3 + 30 <= alocom.summary()["requests"] <= 1 + 3 + 33


@pytest.mark.parametrize(("module", "kind", "key", "more"), [
    (LABEL, "labels", "title", {}), (USER, "users", "username", {"labels": ["all"], "cellphone": None}), (EVENT, "events", "slug", {"service": "کلاس اصلی"}),
], ids=["labels", "users", "events"])
def test_five_hundred_unchanged(alocom, run, module, kind, key, more):
    """Pages and three requests at most, in check mode and for real; nothing is written; purging reads nothing twice."""
    alocom.seed(kind, 500, prefix="m", **({"labels": ["all"]} if kind == "users" else {}))
    rows = alocom.dump()[kind]
    wanted = [{key: row[key], **{name: row.get(name) if value is None else value for name, value in more.items()}} for row in rows]
    purge = {"purge": True, **({"purge_labels": ["all"]} if kind == "users" else {})}
    played = run([task("real", module, **{kind: wanted}), task("check", module, keywords={"check_mode": True}, **{kind: wanted}),
                  task("purge", module, **{kind: wanted}, **purge)]).ok()
    for name in ("real", "check", "purge"):
        assert played[name]["summary"]["unchanged"] == 500 and played[name]["api"]["requests"] <= 5 + 3, (name, played[name]["api"])
    assert alocom.writes() == []


def test_details_only_where_they_are_compared(alocom, run):
    """E-mail and status are in the detail only: it is read for the items that give them, and for no other."""
    alocom.seed("users", 100, prefix="u")
    wanted = [{"username": "u-%05d" % number, **({"email": "u-%05d@example.ir" % number} if number <= 10 else {})} for number in range(1, 101)]
    played = run([task("users", USER, users=wanted)]).ok()
    assert played["users"]["changed"] is False and alocom.summary()["operations"]["users.get"] == 10


def test_check_mode_writes_nothing(alocom, run, door):
    """Whatever is asked for, in a list, in a loop, alone: reading only."""
    alocom.reset("default")
    played = run([
        task("labels", labels=[{"title": "a"}, {"title": "پایه دهم", "state": "absent"}], purge=True),
        task("users", USER, users=[{"username": "n", "name": "ن", "surname": "خ", "password": "secret-1"}, {"username": "zahra.karimi", "email": ""},
                                   {"username": "leila.nouri", "state": "absent"}]),
        task("user", USER, username="zahra.karimi", password="secret-2", update_password="always"),
        task("event", EVENT, slug="new", title="ن", service="14", members=[{"username": "zahra.karimi"}]),
        task("change", EVENT, slug="math-10", members=[], members_mode="replace"),
        task("loop", keywords={"loop": ["x", "y"]}, title="{{ item }}"),
    ], door, check=True).ok()
    assert all(played[name]["changed"] for name in ("labels", "users", "user", "event", "change", "loop"))
    assert alocom.writes() == []


def test_writes_equal_changes(alocom, run):
    """One write a change; an update that needs nothing else sends nothing else."""
    alocom.seed("users", 120, prefix="u")
    wanted = [{"username": "u-%05d" % number, "name": "نو" if number % 3 == 0 else None} for number in range(1, 121)]
    played = run([task("users", USER, users=wanted, api_concurrency=4)]).ok()
    summary = alocom.summary()
    assert played["users"]["summary"]["updated"] == summary["writes"] == 40
    assert summary["connections"] <= 5 and summary["max_in_flight"] <= 4
