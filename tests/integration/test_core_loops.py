# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the items of a loop know from each other belongs to an account and a mode, and is never believed where it may not be true."""

from __future__ import annotations

import pytest
from jobs import Loop

#: Objects that nobody has: module, options, and options beside them that only the making needs.
THINGS = {
    "alocom_label": ({"title": "new"}, {}),
    "alocom_user": ({"username": "new"}, {"name": "ن", "surname": "خ"}),
    "alocom_event": ({"slug": "new"}, {"title": "ن", "service": "14"}),
    "alocom_event_member": ({"event": "math-10", "username": "leila.nouri"}, {"role": "teacher"}),
    "podspace_organization": ({"name": "new"}, {}),
    "podspace_organization_member": ({"organization": "دفتر", "person": "h.rezaei"}, {}),
    "smspanel_phonebook": ({"name": "new"}, {"numbers": ["09123456789"]}),
    "deltasib_user": ({"username": "new"}, {"password": "secret-word"}),
}


@pytest.fixture(params=THINGS)
def thing(request):
    """Return ``(vendor, module, key, more)``: an account in which the thing is not."""
    vendor = request.getfixturevalue(request.param.split("_")[0])
    vendor.reset("default")
    key, more = THINGS[request.param]
    key = dict(key)
    if "organization" in key:
        key["organization"] = vendor.dump()["organizations"][0]["name"]
    return vendor, request.param, key, more


def test_what_is_foretold_is_not_there(thing):
    vendor, module, key, more = thing
    loop = Loop()
    options = dict(vendor.connection, **key, **more)
    told = [loop.item(module, options, check=check) for check in (True, False, False, True)]
    assert [one["changed"] for one in told] == [True, True, False, False], [one.get("msg") for one in told]
    assert len(vendor.writes()) == 1


def test_foretelling_goes_on_from_what_was_foretold(thing):
    vendor, module, key, more = thing
    loop = Loop()
    options = dict(vendor.connection, **key, **more)
    assert [loop.item(module, options, check=True)["changed"] for _number in range(2)] == [True, False] and vendor.writes() == []


def come_and_go(vendor, module, key, more, connections):
    """Make and remove a thing in turn, each time over the next of two connections; return ``changed`` of each item."""
    loop = Loop()
    told = []
    for place, state in ((0, "present"), (1, "absent"), (0, "present"), (0, "absent"), (1, "absent")):
        told.append(loop.item(module, dict(vendor.connection, **key, **(more if state == "present" else {}), state=state, **connections[place])))
    return [one["changed"] for one in told]


@pytest.mark.parametrize("thing", [name for name in THINGS if name != "deltasib_user"], indirect=True)
@pytest.mark.parametrize("option", ["api_concurrency", "api_timeout", "api_retries"])
def test_options_that_make_no_other_account(thing, option):
    """Nobody removes a DeltaSib user, so it is not among these."""
    assert come_and_go(*thing, [{option: 2}, {option: 3}]) == [True, True, True, True, False]


def test_one_account_by_password_and_by_token(alocom):
    """Nothing tells that the two are one, so a write through either is a write to both."""
    alocom.reset("default", fixed_token="known-token-1")
    by_token = {"api_username": None, "api_password": None, "api_token": "known-token-1"}
    for module in ("alocom_label", "alocom_user", "alocom_event"):
        assert come_and_go(alocom, module, *THINGS[module], [{}, by_token]) == [True, True, True, True, False]


def test_a_loop_of_a_play(alocom, run):
    """Modes and options that differ between the items of one loop, as a play has them; repeated items (until) keep nothing."""
    label = "kariz.panels.alocom_label"
    played = run([
        {"name": "modes", label: {"title": "a"}, "check_mode": "{{ item }}", "loop": [True, False, False]},
        {"name": "options", label: {"title": "b", "state": "{{ item.s }}", "api_concurrency": "{{ item.c }}"},
         "loop": [{"s": "present", "c": 1}, {"s": "absent", "c": 2}, {"s": "present", "c": 1}]},
        {"name": "until", label: {"title": "c"}, "loop": [1, 2], "register": "seen", "until": "not seen.changed", "retries": 3, "delay": 0},
    ]).ok()
    changed = {name: [one["changed"] for one in played[name]["results"]] for name in ("modes", "options", "until")}
    assert changed == {"modes": [True, True, False], "options": [True, True, True], "until": [False, False]}
    assert sorted(alocom.titles()) == ["a", "b", "c"] and len(alocom.writes()) == 5
