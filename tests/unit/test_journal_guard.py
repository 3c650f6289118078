# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Purchases under a reservation, without a server: who buys, who finds it there, and what is written down of it."""

from __future__ import annotations

import threading

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import ApiError, PanelError, UnknownOutcome
from ansible_collections.kariz.panels.plugins.module_utils._core.journal import DONE, REFUSED, RESERVED, UNKNOWN, Journal, guard
from ansible_collections.kariz.panels.plugins.module_utils._core.state import planner
from ansible_collections.kariz.panels.plugins.module_utils._core.state.resource import Field, Resource
from ansible_collections.kariz.panels.plugins.module_utils._core.state.results import Failed
from ansible_collections.kariz.panels.plugins.module_utils._core.task.host import Host

KEY = "panel.ir:444 service of sara"


class Client:
    options = {"api_url": "https://user:canary@panel.ir:444/api"}

    def __init__(self):
        self.rows = []


class Service(guard.Guarded, Resource):
    """One service a person; ``plan`` can be changed later."""

    vendor = "v"
    name = "service"
    module = "v_service"
    plural = "services"
    key = ("person",)
    fields = (Field("person", "str"), Field("plan", "str"))
    operation = "service"
    public = ("id",)

    def __init__(self):
        self.asked = []

    def read(self, client, asked):
        self.asked.append("read")
        return [dict(row) for row in client.rows]

    def update(self, client, change):
        self.asked.append("update")
        client.rows[0].update(plan=change.after["plan"])
        return {}

    def purchase_of(self, client, change):
        self.asked.append("purchase")
        return "service of %s" % change.desired.given["person"]


@pytest.fixture
def client():
    return Client()


@pytest.fixture
def shop(where):
    made = Service()
    with Journal(where, "service", "v", deadline=5, lease=20) as made.journal:
        yield made


def change_of(resource, found=None, **more):
    desired = planner.Desired(resource, dict({"person": "sara", "plan": "gold"}, **more), 0)
    return planner.plan_one(resource, desired, found)


def buyer(client, error=None, done=True, plan="gold"):
    def buy():
        buyer.times += 1
        if done:
            client.rows.append({"id": 7, "person": "sara", "plan": plan})
        if error is not None:
            raise error
        return {"id": 7}
    buyer.times = 0
    return buy


def buy(shop, client, change, **more):
    return shop.guarded(client, change, {"plan": "gold"}, "gold", buyer(client, **more))


def entry(where):
    with Journal(where, "service") as other:
        return other.look([KEY]).get(KEY)


def ended(where, *settle):
    """What a run leaves that has ended."""
    with Journal(where, "service", "other", deadline=5, lease=20) as other:
        assert other.reserve({KEY: ({}, "gold")}, renew=0)[0] == {KEY}
        if settle:
            other.settle({KEY: settle})
        return other.run


def test_bought_once_and_written_down(shop, client, where):
    change = change_of(shop)
    assert buy(shop, client, change) == {"id": 7} and buyer.times == 1 and change.action == planner.CREATED
    kept = entry(where)
    assert (kept.state, kept.outcome, kept.summary, kept.provider) == (DONE, {"id": 7}, "gold", "v") and "canary" not in kept.key
    # The vendor's list is the truth: what is not there any more may be bought again.
    client.rows.clear()
    assert buy(shop, client, change_of(shop)) == {"id": 7} and buyer.times == 1


def test_without_a_journal(client):
    shop = Service()
    assert buy(shop, client, change_of(shop)) == {"id": 7} and shop.asked == []
    shop.resolve_references(client, change_of(shop, {"id": 1, "person": "sara", "plan": "gold"}), False)
    assert shop.asked == []


def test_found_at_the_last_moment(shop, client, where):
    client.rows.append({"id": 3, "person": "sara", "plan": "gold"})
    change = change_of(shop)
    assert buy(shop, client, change) == {} and buyer.times == 0 and change.action == planner.UNCHANGED and change.before["id"] == 3
    assert entry(where).state == DONE
    # There, but otherwise: what is left to do is done.
    client.rows[0]["plan"] = "silver"
    change = change_of(shop)
    assert buy(shop, client, change) == {} and buyer.times == 0 and change.action == planner.UPDATED and change.fields == {"plan"}
    assert client.rows[0]["plan"] == "gold" and change.before["plan"] == "silver" and change.after["plan"] == "gold" and "update" in shop.asked


def test_a_refusal_leaves_the_key_free(shop, client, where):
    with pytest.raises(ApiError):
        buy(shop, client, change_of(shop), error=ApiError("no credit", code=22), done=False)
    kept = entry(where)
    assert (kept.state, kept.code, kept.outcome) == (REFUSED, "22", {"code": 22, "name": kept.outcome["name"]})
    assert buy(shop, client, change_of(shop)) == {"id": 7} and entry(where).state == DONE


def test_a_lost_answer(shop, client, where):
    """Looked for: there, not there, and where looking fails too."""
    change = change_of(shop)
    assert buy(shop, client, change, error=UnknownOutcome("lost")) == {"id": 7} and change.action == planner.CREATED
    assert entry(where).state == DONE
    client.rows.clear()
    with pytest.raises(UnknownOutcome, match="lost"):
        buy(shop, client, change_of(shop), error=UnknownOutcome("lost"), done=False)
    assert entry(where).state == RESERVED
    shop.journal.settle({KEY: (REFUSED, {})})

    def broken(*_more):
        if buyer.times:
            raise PanelError("cannot be read")
        return []
    shop.read = broken
    with pytest.raises(UnknownOutcome, match="lost"):
        buy(shop, client, change_of(shop), error=UnknownOutcome("lost"))
    assert entry(where).state == RESERVED


def test_what_others_left(shop, client, where):
    ended(where)
    with pytest.raises(UnknownOutcome, match="nobody knows") as error:
        buy(shop, client, change_of(shop))
    assert buyer.times == 0 and "journal_entry" in error.value.hint and entry(where).state == UNKNOWN
    # It shows up: settled, and nothing bought.
    client.rows.append({"id": 3, "person": "sara", "plan": "gold"})
    assert buy(shop, client, change_of(shop)) == {} and buyer.times == 0 and entry(where).state == DONE


def test_another_run_is_at_it(shop, client, where):
    with Journal(where, "service", "other", lease=20) as other:
        other.reserve({KEY: ({}, "gold")})
        shop.journal.deadline.seconds = 0
        shop.journal.deadline._end = 0
        with pytest.raises(PanelError):
            buy(shop, client, change_of(shop))
        assert buyer.times == 0 and entry(where).state == RESERVED


def test_the_one_that_waited(shop, client, where):
    """The other run ends well, and it is there; or it is refused, and this run buys."""
    for state, wanted in ((DONE, 0), (REFUSED, 1)):
        client.rows.clear()
        with Journal(where, "service", "other", lease=20) as other:
            other.reserve({KEY: ({}, "gold")}, renew=0)

            def settle(other=other, state=state):
                if state == DONE:
                    client.rows.append({"id": 3, "person": "sara", "plan": "gold"})
                other.settle({KEY: (state, {})})
            timer = threading.Timer(0.2, settle)
            timer.start()
            buy(shop, client, change_of(shop))
            timer.join()
            assert buyer.times == wanted and entry(where).state == DONE


def test_others_who_are_refused_time_and_again(shop, client, where, monkeypatch):
    """This run does not try for ever."""
    with Journal(where, "service", "other", lease=20) as other:
        other.reserve({KEY: ({}, "gold")})
        monkeypatch.setattr(shop.journal, "outcomes", lambda keys: {})
        with pytest.raises(UnknownOutcome, match="another run is still at it"):
            buy(shop, client, change_of(shop))
        assert buyer.times == 0


def test_what_turns_up_is_settled_while_planning(shop, client, where):
    found = {"id": 3, "person": "sara", "plan": "gold"}
    run = ended(where)
    # Nothing is settled by a check, for what goes, or by what is not there.
    shop.settles = False
    shop.resolve_references(client, change_of(shop, found), False)
    shop.settles = True
    shop.resolve_references(client, change_of(shop), False)
    shop.resolve_references(client, change_of(shop, found, state="absent"), False)
    shop.resolve_references(client, planner.Change(planner.DELETED, None, found, None), False)
    assert shop.asked == [] and entry(where).state == UNKNOWN
    shop.resolve_references(client, change_of(shop, found), False)
    kept = entry(where)
    assert (kept.state, kept.outcome, kept.run, shop.asked) == (DONE, {"id": 3}, run, ["purchase"])
    # Once settled nothing more is asked.
    shop.resolve_references(client, change_of(shop, found), False)
    assert shop.asked == ["purchase"]


def test_another_servers_purchases_cost_nothing(shop, client, where):
    ended(where)
    client.options = {"api_url": "https://other.ir/api"}
    shop.resolve_references(client, change_of(shop, {"id": 3, "person": "sara", "plan": "gold"}), False)
    assert shop.asked == [] and entry(where).state == UNKNOWN


def test_a_task_opens_the_journal_for_itself(where, tmp_path, monkeypatch):
    """One that cannot be used fails the task in the shape of all failures; a task without one runs as it is."""
    seen = []
    monkeypatch.setattr(guard, "run", lambda resource, host: seen.append(resource.journal) or {"changed": False})
    shop = Service()
    assert shop.run(Host({"journal": where, "api_deadline": 5}, environ={})) == {"changed": False} and seen[0].where == where and shop.journal is None
    assert (seen[0].operation, seen[0].provider) == ("service", "v")
    assert shop.run(Host({"api_deadline": 5}, environ={})) == {"changed": False} and seen[1] is None
    monkeypatch.setattr(guard, "opened", lambda *_more: (none for none in ()).throw(PanelError("cannot be used", code="journal")))
    with pytest.raises(Failed) as failed:
        shop.run(Host({"journal": where, "api_deadline": 5}, environ={}))
    assert "cannot be used" in failed.value.result["msg"] and failed.value.result["changed"] is False
