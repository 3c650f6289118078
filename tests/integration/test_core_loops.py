# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the items of a loop know from each other belongs to an account and a mode, and is never believed where it may not be true."""

from __future__ import annotations

from pathlib import Path

import pytest
from jobs import Loop, carry_out, job_of

#: Every module that runs a job of its own.
MODULES = [path.stem for path in sorted((Path(__file__).parents[2] / "plugins/action").glob("*_*.py"))]

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


#: Resources read by key, an account with many objects, and two of them: module, what is seeded, options of an item by number.
MANY = {
    "alocom_user": ("users", 3000, lambda number: {"username": "u-%05d" % number}),
    "alocom_event": ("events", 3000, lambda number: {"slug": "e-%05d" % number}),
    "alocom_event_member": ("users", 3000, lambda number: {"event": "math-10", "username": ["zahra.karimi", "leila.nouri"][number % 2], "state": "absent"}),
    "deltasib_user": ("users", 3000, lambda number: {"username": "u-%05d" % number, "password": "secret-word"}),
}


def _job(module):
    try:
        return job_of(module)
    except AttributeError:
        return None


def test_every_resource_read_by_key_is_among_these():
    found = {job.module_name() for job in filter(None, map(_job, MODULES)) if getattr(job, "reading", None) == "keys"}
    assert found == set(MANY)


@pytest.mark.parametrize("module", MANY)
def test_a_short_loop_reads_no_whole_account(request, module):
    """Two items of a loop look for what they name, as two tasks would; what one has read, the next does not read again."""
    vendor = request.getfixturevalue(module.split("_")[0])
    vendor.reset("default")
    kind, count, item = MANY[module]
    vendor.seed(kind, count, prefix=kind[0])
    vendor.clear_journal()
    loop = Loop()
    told = [loop.item(module, {**vendor.connection, **item(number)}, check=True) for number in (7, 2990, 7, 2990)]
    assert not any(one["failed"] for one in told), told
    # The vendor of events has no search by slug, so the one at the end of the list costs the list.
    assert sum(one["api"]["requests"] for one in told) <= (40 if module == "alocom_event" else 6) and vendor.writes() == []
    assert [one["api"]["requests"] for one in told[2:]] == [0, 0]


@pytest.mark.parametrize("module", MANY)
def test_a_long_loop_reads_the_list_once(request, module):
    """A few looks, then the list; from then on nothing but the writes."""
    vendor = request.getfixturevalue(module.split("_")[0])
    vendor.reset("default")
    kind, _count, item = MANY[module]
    vendor.seed(kind, 250, prefix=kind[0])
    vendor.clear_journal()
    loop = Loop()
    told = [loop.item(module, {**vendor.connection, **item(number)}) for number in range(1, 41)]
    assert not any(one["failed"] for one in told), told
    assert all(one["api"]["requests"] == 0 for one in told[4:]), [one["api"]["requests"] for one in told]


def test_what_a_failed_look_leaves_behind(alocom):
    """A look that fails is its item's failure; the next one looks for itself."""
    alocom.reset("default")
    loop = Loop()

    def item(name, **more):
        return loop.item("alocom_user", {**alocom.connection, "username": name, "name": "ن", "surname": "خ", "api_retries": 0, **more})
    assert item("one")["changed"] is True
    alocom.fault("status", status=500, path="users/index")
    failed = item("two")
    assert failed["failed"] and failed["error"]["operation"] == "find user" and not failed["changed"]
    assert [item(name)["changed"] for name in ("two", "one", "two", "three", "four", "one", "five")] == [True, False, False, True, True, False, True]
    assert alocom.operations().count("users.create") == 5


@pytest.mark.parametrize("case", ["lower", "insensitive"])
@pytest.mark.parametrize("told", [False, True], ids=["no id", "id"])
def test_two_items_of_a_loop_that_are_one_object(alocom, case, told):
    """As in a list: the second is refused, on every run, whatever was read by then; also after another item has failed."""
    alocom.reset("empty", username_case=case, create_returns_id=told)
    alocom.seed("users", 5, prefix="old")
    for _run in range(3):
        loop = Loop()

        def item(username, loop=loop, **more):
            return loop.item("alocom_user", {**alocom.connection, "username": username, "name": "رضا", "surname": "تست", **more})
        assert not item("Reza.X")["failed"] and not item("old-00001")["failed"]
        for _again in range(2):
            second = item("reza.x", name="زهرا")
            assert second["failed"] and second["error"]["code"] == "same_object" and "only in the case of letters" in second["msg"], second
        gone = item("reza.x", state="absent")
        # Where the server keeps the spelling, the other one is not seen by a look, and nothing is removed.
        assert gone["failed"] if case == "lower" else not gone["changed"], gone
        assert item("REZA.X", labels=[])["failed"]
        names = [item("old-%05d" % number)["failed"] for number in range(2, 6)]
        assert not any(names) and item("reza.x")["failed"] and not item("Reza.X")["changed"]
        assert [user["name"] for name, user in alocom.users().items() if name.lower() == "reza.x"] == ["رضا"]


def test_names_that_differ_in_case_where_they_are_two(alocom):
    """A vendor that tells them apart has two users, in a loop too; and one that went is nobody's."""
    alocom.reset("empty", create_returns_id=False)
    loop = Loop()

    def item(username, **more):
        return loop.item("alocom_user", {**alocom.connection, "username": username, "name": "رضا", "surname": "تست", **more})
    told = [item(name) for name in ("Reza.X", "reza.x", "REZA.X", "Reza.X", "reza.x")]
    assert [one["changed"] for one in told] == [True, True, True, False, False], told
    alocom.settings(username_case="insensitive")
    assert [item("ali", **more)["changed"] for more in ({}, {"state": "absent"})] == [True, True]
    assert item("Ali")["changed"] and item("ALI")["error"]["code"] == "same_object"


#: A thing that is there, spelled in two ways that differ in case alone, for vendors and keys where that is one thing.
ONE_THING = {
    "deltasib_user": ({"username": "Ali.New", "password": "secret-word"}, {"username": "ali.new"}),
    "deltasib_user_status": ({"username": "narges.yazdani", "status": "فعال"}, {"username": "Narges.Yazdani"}),
    "podspace_organization_member": ({"organization": "دفتر", "person": "h.rezaei"}, {"person": "H.Rezaei"}),
    "alocom_event_member": ({"event": "math-10", "username": "leila.nouri", "role": "teacher"}, {"username": "Leila.Nouri"}),
}


@pytest.mark.parametrize("module", ONE_THING)
def test_one_thing_by_two_spellings(request, module):
    vendor = request.getfixturevalue(module.split("_")[0])
    vendor.reset("default", **({"username_case": "insensitive"} if module.startswith("alocom") else {}))
    first, other = ONE_THING[module]
    if "organization" in first:
        first = dict(first, organization=vendor.dump()["organizations"][0]["name"])
    loop = Loop()
    told = loop.item(module, {**vendor.connection, **first})
    assert not told["failed"], told
    writes = len(vendor.writes())
    refused = loop.item(module, {**vendor.connection, **first, **other})
    assert refused["failed"] and refused["error"]["code"] == "same_object" and "only in the case of letters" in refused["msg"], refused
    assert len(vendor.writes()) == writes and not loop.item(module, {**vendor.connection, **first})["failed"]


@pytest.mark.parametrize("check", [False, True])
def test_items_of_a_loop_that_name_members_of_one_event(alocom, check):
    """Who was only an id to the first item is somebody to the second: there already, and not sent twice."""
    alocom.reset("default")
    alocom.seed("events", 1, prefix="e")
    options = {**alocom.connection, "slug": "e-00001"}
    both = [{"username": "leila.nouri", "role": "teacher"}, {"username": "zahra.karimi", "role": "assistant"}]
    assert not carry_out("alocom_event", {**options, "members": both})["failed"]
    alocom.clear_journal()
    loop = Loop()
    other = dict(both[1], role="teacher")
    told = [loop.item("alocom_event", {**options, "members": [entry]}, check=check) for entry in (*both, other, other)]
    assert [one["changed"] for one in told] == [False, False, True, False], told
    assert len(alocom.writes()) == (0 if check else 1)
    assert len(alocom.events()["e-00001"]["members"]) == 2
