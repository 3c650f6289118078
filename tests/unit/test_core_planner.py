# SPDX-License-Identifier: GPL-3.0-or-later
"""Planning: pure, exact, linear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import PanelError, UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.state import planner
from ansible_collections.kariz.panels.plugins.module_utils._core.state.resource import Field, Resource


class Thing(Resource):
    vendor = "test"
    name = "thing"
    plural = "things"
    key = ("name",)
    id_option = "id"
    connection: dict = {}
    fields = (
        Field("name", clearable=False), Field("note"), Field("count", "int"), Field("on", "bool"), Field("code", "code"), Field("number", "digits"),
        Field("kind", "choice", choices=("a", "b")), Field("tags", "set", mode="tags_mode"), Field("steps", "ordered"),
        Field("people", "keyed", keyed_by="who", items={"who": {"type": "str"}, "role": {"type": "str"}}, mode="people_mode"),
        Field("password", write_only=True, secret=True, resend="update_password"),
    )
    controls = {"tags_mode": {"type": "str"}, "people_mode": {"type": "str"}, "update_password": {"type": "str"}}
    purgeable = True


THING = Thing()
NAMES = st.sampled_from(["یک", "يک", " یک", "دو", "سه", "كار", "کار"])
TAGS = st.lists(st.sampled_from(["الف", "ب", "پی", "پي", "ت "]), max_size=4)
PEOPLE = st.lists(st.fixed_dictionaries({"who": st.sampled_from(["x", "y", "z"])}, optional={"role": st.sampled_from(["r", "s"])}), max_size=3,
                  unique_by=lambda entry: entry["who"])
VALUES = {
    "note": st.sampled_from(["", "a", "ی", "ي"]), "count": st.integers(0, 3), "on": st.booleans(), "code": st.sampled_from(["", "A", "a"]),
    "number": st.sampled_from(["", "12", "۱۲", "3"]), "kind": st.sampled_from(["a", "b"]), "tags": TAGS, "steps": TAGS, "people": PEOPLE,
}
ITEMS = st.fixed_dictionaries(
    {"name": NAMES},
    optional={**VALUES, "password": st.just("secret"), "update_password": st.sampled_from(["always", "on_create"]),
              "tags_mode": st.sampled_from(["merge", "replace", "remove"]), "people_mode": st.sampled_from(["merge", "replace"]),
              "state": st.sampled_from(["present", "absent"])})
CURRENT = st.one_of(st.none(), st.fixed_dictionaries({"name": NAMES, "id": st.integers(1, 9), **VALUES}))


def desire(*items):
    return planner.desire(THING, list(items))


def planned(wanted, index):
    return [planner.plan_one(THING, one, index.find(one)) for one in wanted]


def plan(item, current):
    return planner.plan_one(THING, desire(item)[0], current)


@given(ITEMS, CURRENT)
def test_changed_exactly_when_before_and_after_differ(item, current):
    change = plan(item, current)
    before, after = planner.difference(THING, change)
    if change.action == planner.UNCHANGED:
        assert before == after
    assert change.changed is (before != after)
    assert "secret" not in repr((before, after))


@given(ITEMS, CURRENT)
def test_a_plan_of_its_own_outcome_is_empty(item, current):
    change = plan(item, current)
    reached = change.after if change.action != planner.DELETED else None
    if reached is not None:
        reached = {name: value for name, value in reached.items() if name != "password"}
    again = plan(dict(item, update_password="on_create"), reached)
    assert again.action == planner.UNCHANGED and not again.fields


@given(ITEMS, CURRENT, st.randoms(use_true_random=False))
def test_order_and_doubles_of_sets_never_matter(item, current, random):
    def stirred(thing):
        if thing is None:
            return None
        made = dict(thing)
        if made.get("tags"):
            tags = list(made["tags"]) * 2
            random.shuffle(tags)
            made["tags"] = tags
        if made.get("people"):
            people = list(made["people"])
            random.shuffle(people)
            made["people"] = people
        return made

    one, other = plan(item, current), plan(stirred(item), stirred(current))
    assert one.action == other.action and one.fields == other.fields


@given(ITEMS, CURRENT)
def test_what_is_not_given_is_left_alone(item, current):
    if current is None or item.get("state") == "absent":
        return
    change = plan(item, current)
    for name in VALUES:
        if name not in item:
            assert change.after[name] == current[name]


@given(ITEMS, CURRENT, st.sampled_from(["merge", "remove", "replace"]))
def test_modes_of_sets(item, current, mode):
    if current is None or item.get("state") == "absent" or item.get("tags") is None:
        return
    field = THING.field("tags")
    after = field.normal(plan(dict(item, tags_mode=mode), current).after["tags"])
    there, named = field.normal(current["tags"]), field.normal(item["tags"])
    assert after == {"merge": there | named, "remove": there - named, "replace": named}[mode]


@given(st.lists(NAMES, max_size=12), st.lists(NAMES, max_size=6, unique_by=lambda name: THING.key_of({"name": name})), st.integers(0, 8))
def test_purge_never_above_its_limit(there, wanted, limit):
    rows = [{"name": name, "id": number} for number, name in enumerate(dict.fromkeys(there))]
    rows = list({THING.key_of(row): row for row in rows}.values())
    named = desire(*[{"name": name} for name in wanted])
    extra = [row for row in rows if THING.key_of(row) not in {one.key for one in named}]
    index = planner.Index(THING, rows)
    if len(extra) > limit:
        with pytest.raises(UsageError, match=str(len(extra))):
            planner.plan_purge(THING, planned(named, index), index, {"purge_limit": limit})
    else:
        purged = planner.plan_purge(THING, planned(named, index), index, {"purge_limit": limit})
        assert sorted(change.before["id"] for change in purged) == sorted(row["id"] for row in extra)


def failed(desired):
    change = planner.Change(planner.FAILED, desired, None, None)
    change.error = PanelError("no")
    return change


def test_purge_spares_what_any_key_of_an_item_names():
    index = planner.Index(THING, [{"name": name, "id": number} for number, name in enumerate(("bob", "eve", "Kim", "zoe"), 1)])
    wanted = desire({"id": "9", "name": "bob"}, {"id": "2"}, {"name": "kim"})
    changes = [planner.Change(planner.UNCHANGED, one, None, None) for one in wanted]
    assert [change.before["name"] for change in planner.plan_purge(THING, changes, index, {"purge_limit": 1})] == ["zoe"]
    assert changes[0].warnings == ["not purged, because the list names the same in other letter case: Kim"] and not changes[0].stops_purge
    # One that failed before anything was written stops it, whatever the limit.
    changes[1] = failed(wanted[1])
    assert planner.plan_purge(THING, changes, index, {"purge_limit": 0}) == []
    assert changes[1].stops_purge and "1 of 3 things failed" in changes[1].warnings[0] and changes[1].warnings[0].endswith("left alone: zoe")


@given(st.lists(ITEMS, min_size=2, max_size=6))
def test_one_object_is_named_once(items):
    keys = [THING.key_of(item) for item in items]
    if len(set(keys)) < len(keys):
        with pytest.raises(UsageError, match="names the same thing"):
            desire(*items)
    else:
        assert len(desire(*items)) == len(items)


@pytest.mark.parametrize("items", [
    [{"id": "1", "name": "a"}, {"id": "1", "name": "b"}], [{"id": "1", "name": "a"}, {"id": "2", "name": "a"}], [{"id": "1", "name": "a"}, {"name": " a"}],
])
def test_ids_collide_too(items):
    with pytest.raises(UsageError):
        desire(*items)


def test_ids_without_a_collision():
    assert len(desire({"id": "1", "name": "a", "state": "absent"}, {"name": "a"})) == 2
    assert len(desire({"id": "1"}, {"id": "2"}, {"name": "a"})) == 3


@pytest.mark.parametrize("item", [{}, {"name": ""}, {"name": "  "}, {"name": None}])
def test_a_key_is_needed(item):
    with pytest.raises(UsageError, match="name"):
        desire(item)


def test_ambiguity_names_the_ids():
    index = planner.Index(THING, [{"name": "یک", "id": 5}, {"name": "يک", "id": 7}])
    with pytest.raises(PanelError, match="ids 5, 7"):
        index.find(desire({"name": "یک"})[0])
    assert index.find(desire({"id": "7", "name": "x"})[0])["id"] == 7


class Counting(Thing):
    """Counts how often a key is worked out: the measure of the planner's work."""

    calls = 0

    def key_of(self, thing, parent=None):
        self.calls += 1
        return super().key_of(thing)


@pytest.mark.parametrize("count", [100, 10_000])
def test_work_grows_with_the_number_of_objects(count):
    resource = Counting()
    rows = [{"name": "n%d" % number, "id": number, "note": "a"} for number in range(count)]
    wanted = planner.desire(resource, [{"name": row["name"], "note": "a"} for row in rows])
    index = planner.Index(resource, rows)
    changes = [planner.plan_one(resource, desired, index.find(desired)) for desired in wanted]
    assert {change.action for change in changes} == {planner.UNCHANGED}
    assert planner.plan_purge(resource, changes, index, {"purge_limit": 0}) == []
    assert resource.calls <= 4 * count


class Numbered(Thing):
    """Found by a whole number; a note is needed to make one, and its birth stays what it is."""

    numbered = True
    fields = Thing.fields + (Field("born", create_only=True, required_on_create=True, on_create=None), Field("pin", create_only=True, secret=True),
                             Field("level", on_create="low"), Field("shout", write_only=True, resend="always"))


def test_what_cannot_be_made():
    resource = Numbered()
    for item, text in (({"name": "a"}, "thing a does not exist and cannot be made without born"), ({"id": "5", "name": "a"}, "there is no thing with id 5")):
        with pytest.raises(UsageError, match=text):
            planner.plan_one(resource, planner.desire(resource, [item])[0], None)
    made = planner.plan_one(resource, planner.desire(resource, [{"name": "a", "born": "x"}])[0], None)
    assert made.after == {"level": "low", "name": "a", "born": "x"} and made.fields == {"name", "born"} and made.before is None


def test_an_id_that_is_no_number_is_told_with_its_place():
    for items, place in (([{"id": "x1", "name": "a"}], "id"), ([{"name": "a"}, {"id": "x1", "name": "b"}], "things[1].id")):
        with pytest.raises(UsageError) as refused:
            planner.desire(Numbered(), items)
        assert "%s: must be a whole number" % place in refused.value.message, refused.value.message
    with pytest.raises(UsageError) as refused:
        planner.desire(Numbered(), [{"name": ""}], listed=True)
    assert "things[0]" in refused.value.message
    assert planner.desire(Numbered(), [{"id": "5"}])[0].named is None and planner.desire(Numbered(), [{"id": "5", "name": "a"}])[0].named == ("a",)


def test_what_was_made_once_and_differs_is_told_and_left():
    resource = Numbered()
    current = {"name": "a", "born": "x", "pin": "1", "id": 5}
    change = planner.plan_one(resource, planner.desire(resource, [{"name": "a", "born": "y", "pin": "2", "shout": "s"}])[0], current)
    assert change.action == planner.UPDATED and change.fields == {"shout"} and change.after == dict(current, shout="s")
    # A secret is told of, not told.
    assert change.lasting == {"born": {"before": "x", "after": "y"}} and len(change.warnings) == 2


@pytest.mark.parametrize(("item", "current", "expected"), [
    ({"password": "p"}, None, ({}, {"name": "a", "password": planner.MASK})),
    ({"password": "p", "update_password": "always"}, {"name": "a"},
     ({"name": "a", "password": planner.MASK}, {"name": "a", "password": planner.MASK + " (changed)"})),
    ({"password": "p"}, {"name": "a"}, ({"name": "a"}, {"name": "a"})),
    ({"password": "p"}, {"name": "a", "password": "p"}, ({"name": "a", "password": planner.MASK}, {"name": "a", "password": planner.MASK})),
    ({"password": "q"}, {"name": "a", "password": "p"},
     ({"name": "a", "password": planner.MASK}, {"name": "a", "password": planner.MASK + " (changed)"})),
    ({"state": "absent", "password": "q"}, {"name": "a", "password": "p"}, ({"name": "a", "password": planner.MASK}, {})),
    ({"note": "n"}, {"name": "a", "note": None}, ({"name": "a", "note": ""}, {"name": "a", "note": "n"})),
    ({"note": " n"}, {"name": "a", "note": "n"}, ({"name": "a", "note": "n"}, {"name": "a", "note": "n"})),
    ({"note": "n"}, {"name": "a"}, ({"name": "a"}, {"name": "a", "note": "n"})),
])
def test_differences_are_shown_and_secrets_are_not(item, current, expected):
    assert planner.difference(THING, plan(dict(item, name="a"), current)) == expected


def test_a_purge_shows_its_keys_and_a_long_list_of_names_is_cut():
    rows = [{"name": "n%02d" % number, "id": number} for number in range(12)]
    index = planner.Index(THING, rows)
    change = planner.plan_purge(THING, [], planner.Index(THING, rows[:1]), {"purge_limit": 1})[0]
    assert planner.difference(THING, change) == ({"name": "n00"}, {}) and change.label == "n00"
    for left, told in ((12, "n00, n01, n02, n03, n04, n05, n06, n07, n08, n09 and 2 more"), (10, "n00, n01, n02, n03, n04, n05, n06, n07, n08, n09")):
        one = failed(desire({"name": "x"})[0])
        planner.plan_purge(THING, [one], planner.Index(THING, rows[:left]), {"purge_limit": 99})
        assert one.warnings[0].endswith("left alone: " + told), one.warnings
    one = failed(desire({"name": "n00"})[0])
    planner.plan_purge(THING, [one], planner.Index(THING, rows[:1]), {"purge_limit": 99})
    assert one.warnings[0].endswith("failed before anything was written") and index.rows() == rows


@pytest.mark.parametrize("kind", ["str", "code", "digits", "choice"])
def test_nothing_but_spaces_is_nothing(kind):
    field = Field("note", kind, choices=("a",) if kind == "choice" else None)
    assert field.same(None, " \u200c ") and field.same("", "\u00a0") and not field.same(None, "1")
    assert Field("note", kind, clearable=False).mistakes(" ", ("note",))
    assert Field("tags", "set").same(["a", " "], ["a"]) and Field("steps", "ordered").same([" ", "a"], ["a"])


def test_entries_whose_names_look_alike_stay_two():
    field = THING.field("people")
    current = [{"who": "علي", "role": "r", "id": 1}, {"who": "علی", "role": "s", "id": 2}]
    assert [entry["id"] for entry in field.wanted(current, [{"who": "z"}], "merge")[:2]] == [1, 2]
    merged = field.wanted(current, [{"who": "علی", "role": "t"}], "merge")
    assert merged == [current[0], dict(current[1], role="t")] and current[1]["role"] == "s"
    assert field.wanted(current, [{"who": "علی", "role": None}], "replace") == [current[1]]


class Paired(Thing):
    """A note goes only with a count."""

    def item_check(self, item):
        if item.get("note") and not item.get("count"):
            raise UsageError("note needs a count", code="E1", hint="Give one")
        if item.get("count") == 3:
            raise ValueError("never three")


def test_what_options_must_be_together_is_looked_at_last_and_only_of_whole_items():
    resource = Paired()

    def found(item, **more):
        return [(problem.sentence(), problem.code) for problem in planner.mistakes(resource, item, ("things", 0), **more)]
    assert found({"name": "a", "note": "n"}) == [("things[0]: note needs a count; Give one", "E1")]
    assert found({"name": "a", "note": "n", "count": 1}) == [] == found({"name": "a", "note": "n"}, whole=False)
    assert found({"name": "a", "count": 3}) == [("things[0]: never three", None)]
    # An item that names nothing, or whose value is none, has been told enough.
    assert len(found({"note": "n"})) == 1 and "name (or id) is required" in found({"note": "n"})[0][0]
    assert [text for text, _code in found({"name": "a", "note": "n", "number": "x"})] == ["things[0].number: must be a number, not 'x'"]
    # Of an item that is not whole, what is there is still looked at.
    assert found({"note": "n", "number": "x"}, whole=False) == [("things[0].number: must be a number, not 'x'", None)]


class Wordy(Thing):
    """Options whose names are words of what is told about the key."""

    fields = (Field("name", clearable=False), Field("required", clearable=False), Field("or", clearable=False))


def test_an_empty_key_is_told_once_and_whatever_else_is_empty_too():
    def found(item):
        return [problem.sentence() for problem in planner.mistakes(Wordy(), item, ("things", 0))]
    key, other = "things[0]: name (or id) is required and must not be empty", "must not be empty: it cannot be cleared"
    assert found({"name": ""}) == found({"name": " \u00a0"})[:1] == [key] == found({})
    assert found({"name": "", "required": " ", "or": ""}) == [key, "things[0].required: " + other, "things[0].or: " + other]
    assert found({"name": "", "required": "x"}) == [key]


def test_one_item_alone_has_no_number():
    with pytest.raises(UsageError) as refused:
        desire({"name": "a", "number": "x"})
    assert refused.value.message == "number: must be a number, not 'x'" and refused.value.vendor == "test"


def test_who_shares_a_name_is_told_with_both_places():
    with pytest.raises(UsageError) as refused:
        desire({"name": "a"}, {"name": "b"}, {"name": "a "}, {"id": "1"}, {"id": "1", "name": "b"})
    assert refused.value.message.splitlines()[1:] == [
        "things[2]: names the same thing (a ) as things[0]: each may occur once", "things[4]: names the same thing (b) as things[3]: each may occur once"]


class Renamed(Thing):
    rename_option = "rename_from"


@pytest.mark.parametrize(("names", "found"), [((), None), (("new",), "new"), (("old",), "old"), (("other",), None), (("old", "new"), "both")])
def test_an_object_is_found_by_the_name_that_it_may_still_have(names, found):
    resource = Renamed()
    index = planner.Index(resource, [{"id": place, "name": name} for place, name in enumerate(names, 1)])
    wanted, = planner.desire(resource, [{"name": "new", "rename_from": "old"}])
    if found == "both":
        with pytest.raises(PanelError) as refused:
            index.find(wanted)
        assert refused.value.code == "both_exist" and "thing old cannot be renamed to new: both are there (ids 1, 2)" in refused.value.message
        return
    row = index.find(wanted)
    assert row is None if found is None else row["name"] == found
    change = planner.plan_one(resource, wanted, row)
    assert (change.action, change.after["name"]) == ("created" if found is None else "updated" if found == "old" else "unchanged", "new")
    assert change.told() == (["there is no thing old to rename, so new is made"] if found is None else ())


def test_an_index_forgets_what_was_removed():
    rows = [{"id": 1, "name": "a"}, {"id": 2, "name": "a"}, {"name": "b"}]
    index = planner.Index(THING, rows)
    index.remove(rows[0])
    assert index.rows() == rows[1:] and index.find(desire({"name": "a"})[0]) is rows[1]
    assert index.find(desire({"id": "1"})[0]) is None and index.find(desire({"id": "2"})[0]) is rows[1]
    index.remove(rows[2])
    assert index.find(desire({"name": "b"})[0]) is None and index.rows() == [rows[1]]


def test_only_the_entries_that_were_named_are_shown_where_they_are_merged():
    current = {"name": "a", "people": [{"who": "x", "role": "r"}, {"who": "y", "role": "r"}]}
    wanted = {"name": "a", "people": [{"who": "x", "role": "s"}]}
    merged = planner.difference(THING, plan(dict(wanted, people_mode="merge"), current))
    assert merged == ({"name": "a", "people": {"x": {"role": "r"}}}, {"name": "a", "people": {"x": {"role": "s"}}})
    replaced = planner.difference(THING, plan(dict(wanted, people_mode="replace"), current))
    assert replaced[0]["people"] == {"x": {"role": "r"}, "y": {"role": "r"}} and replaced[1]["people"] == {"x": {"role": "s"}}


def test_what_does_not_differ_is_shown_alike_however_it_is_spelled():
    change = planner.Change(planner.UNCHANGED, desire({"name": "a", "note": "n "})[0], {"name": "a", "note": "n"}, {"name": "a", "note": "n "})
    assert planner.difference(THING, change) == ({"name": "a", "note": "n"},) * 2


def test_a_secret_that_can_be_read_is_shown_no_more_than_one_that_cannot():
    resource = Numbered()
    current = {"name": "a", "born": "x", "pin": "canary-1"}
    desired = planner.desire(resource, [{"name": "a", "pin": "canary-1"}])[0]
    assert planner.difference(resource, planner.plan_one(resource, desired, current)) == ({"name": "a", "pin": planner.MASK},) * 2


def test_a_purge_has_no_options_of_its_own():
    assert planner.Change(planner.DELETED, None, {"name": "a"}, None).control("tags_mode") is None
    assert planner.Change(planner.DELETED, desire({"name": "a", "tags_mode": "merge"})[0], {"name": "a"}, None).control("tags_mode") == "merge"
