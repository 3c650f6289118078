# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendors' resources and the simulator in this process: the random starts, wishes and spellings of the campaign, with refusals and lost answers.

For each plan: what check mode foretold is what is done, the end is what the campaign's own model says, and another run changes nothing.
"""

from __future__ import annotations

import random
import types

import pytest
from resources import carried_out

# isort: split
# Below the folders that it puts on the path.
import rules
from campaign import Several
from doors import Ran
from worlds import worlds

WORLDS = {name: world for name, world in worlds().items() if not world.book}
#: Enough for each to meet creates, changes, removals, purges and most spellings.
PLANS = range(6)
#: How a write of each world goes wrong: refused, carried out with its answer lost, or answered with what nobody can read.
FAULTS = ({"kind": "status", "status": 403}, {"kind": "reset_after"}, {"kind": "truncate_json"}, {"kind": "reset_before"})


@pytest.fixture
def stage(lenient_wire, tmp_path):
    """Return a function that prepares a plan of a world and gives back how to run it and what is known of it."""
    wire = lenient_wire

    def prepared(world, number):
        rng = random.Random("%s %d" % (world.name, number))
        vendor = Several(wire, (world.vendor,))
        settings = {name: rng.choice(values) for name, values in world.variants.items() if rng.random() < 0.4}
        wire.clear_faults()
        vendor.reset(world.seed, **settings)
        world.prepare(vendor, rng)
        wish = world.wish(vendor, rng)
        folder = tmp_path / str(number)
        folder.mkdir()
        options = world.options({world.vendor: {**vendor.connection, "api_timeout": 5, "api_retries": 1}}, wish, folder)

        def run(check=False):
            result = carried_out(world.action, options, check, folder)
            return Ran(result, str(result))

        return types.SimpleNamespace(vendor=vendor, wish=wish, run=run, wire=wire, rng=rng, named={item.key for item in wish.items})

    return prepared


@pytest.mark.parametrize("number", PLANS)
@pytest.mark.parametrize("name", WORLDS)
def test_done_as_foretold_and_as_wanted_and_then_never_again(stage, name, number):
    world = WORLDS[name]
    plan = stage(world, number)
    begun = world.objects(plan.vendor)
    foretold = plan.run(check=True)
    assert rules.frozen(world.objects(plan.vendor)) == rules.frozen(begun)
    done = plan.run()
    last = world.objects(plan.vendor)
    assert not done.failed, done.result["msg"]
    wrong = [*rules.foretold(foretold, done, world.plural), *rules.told_truth(world, done, begun, last, False)]
    wrong += [*rules.end(world, plan.wish, begun, last, False), *rules.never_twice(begun, last, plan.named)]
    assert wrong == []
    plan.vendor.clear_journal()
    again = plan.run()
    assert not again.failed and not again.result["changed"]
    assert [operation for operation in plan.vendor.writes() if operation not in world.again] == []


@pytest.mark.parametrize("name", WORLDS)
def test_whatever_becomes_of_a_write_the_next_run_knows(stage, name):
    world = WORLDS[name]
    writes = [operation for operation in world.operations if not operation.endswith((".get", ".list", ".index", "_list", "login", "gettoken", "organizations"))]
    for number, fault in enumerate(FAULTS, 100):
        plan = stage(world, number)
        begun = world.objects(plan.vendor)
        plan.wire.faults([{"vendor": world.vendor, **fault, "times": 1, "skip": 0, "operation": plan.rng.choice(writes)}])
        first = plan.run()
        middle = world.objects(plan.vendor)
        wrong = [*rules.told_truth(world, first, begun, middle, False), *rules.never_twice(begun, middle, plan.named)]
        plan.wire.clear_faults()
        clean = plan.run()
        unsettled = "outcome_unknown" in clean.codes() and world.once
        assert unsettled or not clean.failed, (fault, clean.result["msg"])
        last = world.objects(plan.vendor)
        told = any("password" in str(first.result.get(part)) for part in ("msg", "warnings"))
        wrong += [*rules.end(world, plan.wish, begun, last, unsettled, ("password",) if told else ()), *rules.never_twice(begun, last, plan.named)]
        assert wrong == [], fault
