# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans without a vendor: what is compared, what is priced, what a file may hold, and what damage is noticed."""

from __future__ import annotations

import copy

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._business import desired, held, plan, plan_lines, pricing, spending
from ansible_collections.kariz.panels.plugins.module_utils._core.errors import UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.journal.entry import DONE, RESERVED, Entry
from ansible_collections.kariz.panels.plugins.module_utils._core.state import planner

CONNECTION = {"api_url": "https://one.example", "api_username": "office", "api_password": "secret-1"}


def accounts(password="secret-1", limits=None, **kinds):
    entry = {"account": "school", "connection": dict(CONNECTION, api_password=password), **kinds}
    if limits is not None:
        entry["limits"] = limits
    return desired.accounts([("b.yml", {"panels": {"alocom": entry}})], {})


def made(changes=(), unchanged=None, at="2026-01-01T00:00:00+00:00", kept=None, **more):
    step = {"vendor": "alocom", "account": "school", "kind": "users", "part": None, "changes": list(changes), "unchanged": dict(unchanged or {})}
    return plan.document(accounts(**more), {}, [step], {}, at, "b.yml", None, kept)


def change(name, action="updated", before=None, after=None, state="s1", **more):
    return {"object": name, "action": action, "place": 0, "state": state, "before": before or {}, "after": after or {}, "final": [], **more}


def compared(then, now, progress=None):
    """Compare two plans of the same wishes."""
    return held.compare(then, dict(now, wanted=then["wanted"]), progress or {})


RENAMED = change("ali", before={"name": "a"}, after={"name": "b"})


def test_what_is_wanted_has_no_secret_and_knows_them_again():
    users = [{"username": "ali", "password": "word-1"}]
    one, two = (made(users=[dict(user, password=word) for user in users]) for word in ("word-1", "word-2"))
    assert "word-1" not in repr(one) and "secret-1" not in repr(one)
    assert one["wanted"]["parts"] == two["wanted"]["parts"]
    assert held.compare(one, made(users=users, kept=one), {})[0] == []
    assert held.compare(one, made(users=[{"username": "ali", "password": "word-2"}], kept=one), {})[0] == [
        "the file: a secret in it (a password, or the token by which an account is known) is another than when it was planned"]
    # Another password of the same account is no other wish; other users, options or limits are.
    assert held.compare(one, made(users=users, kept=one, password="secret-2"), {})[0] == []
    lines = held.compare(one, made(users=[{"username": "sara", "password": "word-1"}], limits={"texts": 1}, kept=one), {})[0]
    assert lines == ["alocom/school: the file says something else about %s than when it was planned" % name for name in ("limits", "users")]


@pytest.mark.parametrize("now, line", [
    (made([RENAMED]), None),
    (made([], {"ali": "s1"}), "planned: updated (name: a -> b); now: it is as the file wants it"),
    (made([]), "planned: updated (name: a -> b); now: it is not there"),
    (made([change("ali", "created", after={"name": "b"})]), "planned: updated (name: a -> b); now: created"),
    (made([change("ali", before={"name": "c"}, after={"name": "b"})]), "has changed since it was planned (name was a, is c)"),
    (made([dict(RENAMED, state="s2")]), "has changed since it was planned (in what the plan leaves alone)"),
    (made([change("ali", before={"name": "a"}, after={"name": "c"})]), "planned: updated (name: a -> b); now: updated (name: a -> c)"),
])
def test_a_change_that_is_not_as_planned(now, line):
    lines, ways = compared(made([RENAMED]), now)
    assert lines == ([] if line is None else ["alocom/school: users ali: " + line])
    assert line is not None or ways == {("alocom", "school", "users", None): {"ali": "do"}}


def test_what_stays_and_what_is_new():
    then = made([], {"ali": "s1", "sara": "s1", "nima": "s1"})
    now = made([change("sara", "deleted"), change("omid", "created")], {"ali": "s2"})
    assert compared(then, now)[0] == [
        "alocom/school: users ali: has changed since it was planned, in what the plan leaves alone",
        "alocom/school: users sara: was as the file wants it; now: deleted", "alocom/school: users nima: was there when it was planned, and is not any more",
        "alocom/school: users omid: not in the plan; now: created"]


def entry_of(then, name, state):
    step = then["steps"][0]
    key = held.key_of(then, step, next(one for one in step["changes"] if one["object"] == name))
    return {key: Entry(key, state, settled_at="2026-01-01T00:00:01Z")}


def test_a_plan_that_was_stopped():
    then = made([change("ali", "created", after={"name": "b"}, state=None), RENAMED | {"object": "sara"}], {"nima": "s1"})
    # Done by the run that was stopped; what it made shows in what is left alone, and what it had not begun is still to be done.
    lines, ways = compared(then, made([RENAMED | {"object": "sara"}], {"ali": "s9", "nima": "s2"}), entry_of(then, "ali", DONE))
    assert lines == [] and list(ways.values()) == [{"ali": "already", "sara": "do"}]
    # Begun, and nobody knows: what is read says whether it is done, half done, or not done.
    for now, way in ((made([RENAMED | {"object": "sara"}], {"ali": "s9", "nima": "s1"}), "already"), (then, "do"),
                     (made([change("ali", before={"name": ""}, after={"name": "b"}), RENAMED | {"object": "sara"}], {"nima": "s1"}), "do")):
        lines, ways = compared(then, now, entry_of(then, "ali", RESERVED))
        assert lines == [] and list(ways.values()) == [{"ali": way, "sara": "do"}]
    # Done, and undone by somebody: never again by this plan.
    lines, _ways = compared(then, then, entry_of(then, "ali", DONE))
    assert lines == ["alocom/school: users ali: it was done at 2026-01-01T00:00:01Z, and somebody has undone it: now it would be created"]


def test_another_account_is_another_plan():
    then = made([RENAMED])
    other = copy.deepcopy(then)
    other["accounts"][0]["known_as"] = "office at elsewhere"
    assert held.compare(then, other, {})[0] == ["alocom/school: is another account of the vendor: office at elsewhere, planned for office at one.example:443"]


def test_a_plan_is_itself_or_none():
    whole = made([RENAMED])
    parcel = plan.packed(whole, ["a line"])
    assert plan.checked(copy.deepcopy(whole)) == whole == plan.checked(copy.deepcopy(parcel)) and plan.digest({"a": 1, "b": 2}) == plan.digest({"b": 2, "a": 1})
    damages = [dict(whole, at="2027-01-01T00:00:00+00:00"), dict(whole, format=2), {"plan_digest": whole["plan_digest"]}, [], None, {"steps": []},
               dict(parcel, packed="AAAA"), dict(parcel, packed=7), dict(parcel, packed="!"), dict(parcel, plan_digest="0" * 64)]
    for damaged in damages:
        with pytest.raises(UsageError, match="plan"):
            plan.checked(damaged)


def test_prices():
    assert pricing.service({"service_price": 120000, "vat": 9}, {}, {})["amount"] == 130800
    assert pricing.service({"service_price": 0.1, "vat": 10}, {}, {})["amount"] == 0.11
    assert pricing.service({"service_price": 120000, "vat": None}, {"pay_plan": "PrePaid"}, {}) == {
        "what": "purchase", "prepaid": True, "vat": None, "amount": 120000, "without_vat": True}
    assert pricing.service({"service_price": 120000, "vat": 9, "pay_price": "1,000"}, {}, {})["amount"] == 1000
    assert pricing.service({"service_price": None, "vat": 9}, {}, {})["amount"] is None
    assert [pricing.payment({"amount": 40}, {"exchange_rate": rate}, {})["amount"] for rate in (None, "", 3, "3")] == [40, 40, 120, 120]
    assert pricing.text({"body": "س" * 71}, {}, {"part_price": "1,500"}) == {"what": "text", "parts": 2, "amount": 3000}
    assert pricing.text({"body": "a"}, {}, {})["amount"] is None


def priced(limits, balance=None):
    account = accounts(limits=limits)[0]
    step = {"vendor": "alocom", "account": "school", "kind": "users", "part": None, "unchanged": {}, "changes": [
        change("office / 1", "created", price={"what": "purchase", "amount": 100.5, "prepaid": True}),
        change("office / 2", "created", price={"what": "payment", "amount": 40}),
        change("m-1", "created", price={"what": "text", "parts": 3, "amount": None}), dict(change("ali", "deleted"), final=["deletions"])]}
    return spending.of_account(account, None, [step], balance or {})


def test_limits_and_what_is_lacking():
    one = priced({"spend": 140.5, "texts": 1, "deletions": 1})
    assert (one["spend"], one["texts"], one["deletions"], one["unpriced"], one["lacking"]) == (140.5, 1, 1, 1, None)
    # A price that nobody knows keeps to no limit.
    assert spending.over([one]) == ["alocom/school: limits.spend cannot be kept, because the price of 1 text is not known: give part_price among the options "
                                    "of messages"]
    lines = spending.over([priced({"spend": 140, "texts": 0, "deletions": 0})])
    said = [line.partition(": ")[2].split(",")[0] for line in lines if "kept" not in line]
    assert said == ["the plan spends 140.5", "the plan has 1 text", "the plan has 1 deletion"]
    assert spending.over([priced({})]) == spending.lacking([priced({}, {"left": 140.5})]) == []
    assert "0.5 is lacking" in spending.lacking([priced({}, {"left": 140})])[0]
    assert priced({}, {"of_subscribers": {"office": 50}})["subscribers_lacking"] == {"office": 10.5}
    assert spending.needs_approval([priced({"approval": True}), priced({"approval": False})]) == ["alocom/school"]


@pytest.mark.parametrize("limits, place", [
    ({"spent": 1}, "limits.spent: unknown option, did you mean spend?"), ({"spend": -1}, "limits.spend: must not be less than 0"),
    ({"texts": "many"}, "limits.texts"), ([], "limits: must be a mapping")])
def test_limits_that_are_none(limits, place):
    with pytest.raises(desired.Invalid) as caught:
        accounts(limits=limits)
    assert place in str(caught.value)


def test_a_plan_is_one_screen():
    steps = [{"vendor": "alocom", "account": "a%d" % number, "kind": "users", "part": None, "unchanged": {}, "warnings": ["w"],
              "changes": [dict(change("u%d" % place, "deleted"), final=["deletions"]) for place in range(50)]} for number in range(40)]
    whole = plan.document(accounts(), {}, steps, {}, "2026-01-01T00:00:00+00:00", "b.yml", None)
    lines = plan_lines.lines(whole)
    assert len(lines) <= 25 and lines[0].startswith("plan ") and any(line.startswith("cannot be undone: 2000 deletions (u0, u1") for line in lines)
    assert "more lines" in lines[-1] and all(len(line) < 200 for line in lines)


class Thing:
    plural, vendor = "things", "none"


def test_a_task_is_held_to_what_is_expected():
    def changes(*pairs):
        found = []
        for label, action in pairs:
            one = planner.Change(action, None, None, None)
            one.label = label
            found.append(one)
        return found
    planner.hold_to(Thing, changes(("a", "created"), ("b", "unchanged"), ("c", "failed")), {"a": "created", "b": "updated"})
    for got in (("a", "updated"), ("z", "deleted")):
        with pytest.raises(UsageError, match="something else than expected"):
            planner.hold_to(Thing, changes(got), {"a": "created"})


def test_what_would_be_made_otherwise_is_told_by_field():
    one, two = (change("ali", action="created", state=None, after={"name": name, "surname": "z", **more}) for name, more in (("a", {}), ("b", {"email": "e"})))
    lines, _ways = compared(made([one]), made([two]))
    assert lines == ["alocom/school: users ali: planned: created; now: with other values (name: a -> b, email: - -> e)"]


def test_one_part_is_one_part():
    account = {"vendor": "payamsms", "account": "p", "spend": 5, "balance": None, "without_vat": 0, "unpriced": 0}
    told = [plan_lines.costs_of(dict(account, costs={"text": {"count": 1, "parts": parts, "amount": 5}})) for parts in (1, 2)]
    assert told == ["costs payamsms/p: 1 text of 1 part 5; together 5", "costs payamsms/p: 1 text of 2 parts 5; together 5"]
