# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the items of a loop know of objects: what is read again and what is not, what is believed, and whose object it is."""

from __future__ import annotations

from types import SimpleNamespace
from unittest.mock import Mock

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import ApiError, NotFoundError, PanelError, UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.state import planner
from ansible_collections.kariz.panels.plugins.module_utils._core.state.asked import Asked
from ansible_collections.kariz.panels.plugins.module_utils._core.state.memory import Memory
from ansible_collections.kariz.panels.plugins.module_utils._core.state.objects import FEW, LOOKS, Earlier, Looks, Objects, Whole
from ansible_collections.kariz.panels.plugins.module_utils._core.state.resource import Field, Resource


class Thing(Resource):
    """Objects of a server in memory; ``asked`` holds what was read: names, and whether everything."""

    vendor = "test"
    name = "thing"
    plural = "things"
    key = ("name",)
    id_option = "id"
    connection: dict = {}
    fields = (Field("name", "code"), Field("note"))
    whole = False

    def __init__(self, *rows):
        self.rows = [dict(zip(("name", "id"), row)) for row in rows]
        self.asked: list = []

    def read(self, client, asked):
        self.asked.append(([desired.id or desired.item["name"] for desired in asked.wanted], asked.everything))
        names = {desired.item.get("name") for desired in asked.wanted} | {desired.id for desired in asked.wanted}
        found = [dict(row) for row in self.rows if asked.everything or self.reading == "list" or row["name"] in names or str(row["id"]) in names]
        return Whole(found) if self.whole else found


class Secretive(Thing):
    fields = (*Thing.fields, Field("word", secret=True, write_only=True))


def items(resource, *named):
    """Return items by name; a number is an id."""
    return [planner.Desired(resource, {"id": name} if name.isdigit() else {"name": name}, place) for place, name in enumerate(named)]


def ask(resource, *named, **more):
    return Asked(items(resource, *named), **more)


def there(objects, resource, *named):
    """Return the ids of the objects that these items find."""
    return [(objects.find(desired) or {}).get("id") for desired in items(resource, *named)]


def test_items_look_for_what_they_name_and_nothing_twice():
    resource = Thing(("a", 1), ("b", 2), ("c", 3))
    objects = Objects(resource)
    for named in (("a",), ("a",), ("b", "a"), ("b",), ("1",), ("2",)):
        objects.look(None, ask(resource, *named))
    assert resource.asked == [(["a"], False), (["b"], False)] and not objects.complete
    assert there(objects, resource, "a", "b", "1", "2", "c") == [1, 2, 1, 2, None]


def test_after_some_looks_the_list_is_read_once():
    resource = Thing(*(("n%d" % number, number) for number in range(9)))
    objects = Objects(resource)
    for number in range(8):
        objects.look(None, ask(resource, "n%d" % number))
    assert resource.asked == [(["n%d" % number], False) for number in range(LOOKS)] + [(["n%d" % LOOKS], True)]
    assert objects.complete and there(objects, resource, "n8", "x") == [8, None]


def test_looks_that_cost_their_share_read_no_list():
    """Lists of three, each look from the place of the one before; single items count as ever, and who was seen already is not looked for."""
    resource = Thing(*(("n%d" % number, number) for number in range(30)))
    resource.shares_from = 3
    objects, places = Objects(resource), []
    real = resource.read

    def read(client, asked):
        places.append(asked.place)
        # Whoever reads a page reads others as well.
        return real(client, asked) + [dict(resource.rows[29])] * (len(asked.wanted) > 2)
    resource.read = read
    for first in range(0, 18, 3):
        objects.look(None, ask(resource, *("n%d" % number for number in range(first, first + 3))))
    objects.look(None, ask(resource, "n29"))
    assert [everything for _names, everything in resource.asked] == [False] * 6 and not objects.complete
    assert None not in places and len(set(map(id, places))) == 1
    for number in range(20, 20 + LOOKS + 1):
        objects.look(None, ask(resource, "n%d" % number))
    assert resource.asked[6:] == [(["n%d" % number], number == 20 + LOOKS) for number in range(20, 20 + LOOKS + 1)] and places[-1] is None
    assert Objects(Thing()).complete is False and there(objects, resource, "n29", "n0", "x") == [29, 0, None]


def test_looks_are_counted_for_all_parents_together():
    memory, resource = Memory(), Thing(("a", 1))
    for number in range(LOOKS + 1):
        memory.objects(resource, (number,)).look(None, ask(resource, "a"))
    assert [everything for _names, everything in resource.asked] == [False] * LOOKS + [True]
    assert memory.objects(resource, (0,)) is memory.objects(resource, (0,)) and not memory.objects(resource, (0,)).complete


@pytest.mark.parametrize(("reading", "whole", "complete"), [("keys", False, False), ("keys", True, True), ("list", False, True), ("each", True, False)])
def test_when_everything_is_known(reading, whole, complete):
    resource = Thing(("a", 1), ("b", 2))
    resource.reading, resource.whole = reading, whole
    objects = Objects(resource)
    objects.look(None, ask(resource, "a"))
    assert objects.complete is complete
    objects.look(None, ask(resource, "b"))
    assert len(resource.asked) == (1 if complete else 2)


def test_what_is_read_for_each_is_never_read_whole_and_named_as_it_was_asked_for():
    resource = Thing(("a", 1), ("b", 1))
    resource.reading = "each"
    objects = Objects(resource)
    for number in range(LOOKS + 2):
        objects.look(None, ask(resource, "ab"[number] if number < 2 else "x%d" % number))
    assert not any(everything for _names, everything in resource.asked) and there(objects, resource, "a", "b") == [1, 1]


def test_a_purge_reads_everything_once():
    resource = Thing(("a", 1), ("b", 2))
    objects = Objects(resource)
    objects.look(None, ask(resource, "a"))
    objects.look(None, ask(resource, "a", everything=True))
    objects.look(None, ask(resource, "a", everything=True))
    assert resource.asked == [(["a"], False), (["a"], True)] and len(objects.rows()) == 2


def test_what_could_not_be_read_is_asked_again():
    resource = Thing(("a", 1))
    objects = Objects(resource)
    asked = ask(resource, "a", "b")
    asked.wanted[1].problem = PanelError("no")
    objects.look(None, asked)
    objects.look(None, ask(resource, "a", "b"))
    assert resource.asked == [(["a", "b"], False), (["b"], False)]


def test_our_own_writes_are_newer_than_what_is_read():
    """As in check mode, where the server keeps showing what was there before."""
    resource = Thing(("a", 1), ("b", 2), ("c", 3))
    objects = Objects(resource)
    objects.look(None, ask(resource, "a", "b"))
    renamed, gone = (objects.find(desired) for desired in items(resource, "a", "b"))
    objects.remove(renamed)
    objects.add({"name": "z", "id": 1})
    objects.remove(gone)
    objects.look(None, ask(resource, "a", "b", "z", "1", "2", everything=True))
    assert there(objects, resource, "a", "b", "z", "1", "2", "c") == [None, None, 1, 1, None, 3]
    # Made again, it is there again.
    objects.add({"name": "b", "id": 2})
    assert there(objects, resource, "b", "2") == [2, 2]
    assert sorted(row["name"] for row in objects.rows()) == ["b", "c", "z"]


def test_what_was_made_without_an_id_learns_it():
    resource = Thing(("a", 1))
    objects = Objects(resource)
    made = {"name": "a"}
    objects.add(made)
    objects.look(None, ask(resource, "1"))
    assert made["id"] == 1 and there(objects, resource, "a", "1") == [1, 1] and objects.rows() == [made]
    # Known by its id since then without the index having heard: one object all the same.
    other = {"name": "b"}
    objects.add(other)
    other["id"] = 2
    resource.rows.append({"name": "b", "id": 2})
    objects.look(None, ask(resource, "2"))
    assert there(objects, resource, "b", "2") == [2, 2] and len(objects.rows()) == 2


def test_what_has_no_id_at_all():
    resource = Thing(("a", None), ("b", None))
    objects = Objects(resource)
    objects.look(None, ask(resource, "a"))
    objects.remove(objects.find(items(resource, "a")[0]))
    objects.look(None, ask(resource, "b", everything=True))
    assert [row["name"] for row in objects.rows()] == ["b"]
    objects.add({"name": "a", "note": "x"})
    objects._learn([{"name": "a", "id": None}])  # pylint: disable=protected-access
    assert objects.find(items(resource, "a")[0])["note"] == "x"


def test_two_objects_of_one_name_stay_two():
    resource = Thing(("a", 1), ("a", 2))
    objects = Objects(resource)
    objects.look(None, ask(resource, "a"))
    with pytest.raises(PanelError, match="2 things match a"):
        objects.find(items(resource, "a")[0])


def test_what_one_item_reads_may_say_nothing_of_another():
    memory, resource = Memory(), Thing()
    resource.reading = "none"
    assert memory.objects(resource) is not memory.objects(resource) and memory.earlier(resource) is memory.earlier(resource)


# -- whose object it is ------------------------------------------------------------------------------------------------------


def client(check_mode=False):
    return SimpleNamespace(transport=SimpleNamespace(check_mode=check_mode))


def has(earlier, resource, name, number=None, action=planner.UNCHANGED, **more):
    """Let an item called ``name`` have an object."""
    desired = items(resource, name)[0]
    there_now = {"name": name, "id": number}
    change = planner.Change(action, desired, there_now, None if action == planner.DELETED else there_now)
    change.__dict__.update(more)
    earlier.keep(change)


def refused(earlier, resource, name, found, check_mode=False, **more):
    try:
        earlier.refuse(client(check_mode), items(resource, name)[0], found, **more)
    except UsageError as error:
        assert (error.code, error.vendor, error.hint) == ("same_object", "test", "Keep one of the two items") and "only in the case of letters" in error.message
        return error.message
    return None


def test_ids_tell_whose_object_it_is():
    resource = Thing()
    earlier = Earlier(resource)
    assert refused(earlier, resource, "A", {"id": 1}) is None
    has(earlier, resource, "a", 1)
    assert refused(earlier, resource, "A", {"id": 1}).startswith("A and a are one thing to the vendor") and refused(earlier, resource, "A", {"id": "1"})
    for name, found in (("a", {"id": 1}), ("A", {"id": 2}), ("b", {"id": 1})):
        assert refused(earlier, resource, name, found) is None
    assert resource.asked == []


def test_an_id_is_learnt_where_nobody_told_it():
    for rows, one in (((("a", 1),), False), ((("a", 2),), True), ((), True)):
        resource = Thing(*rows)
        earlier = Earlier(resource)
        has(earlier, resource, "a")
        assert bool(refused(earlier, resource, "A", {"name": "A", "id": 2})) is one and resource.asked == [(["a"], False)]
        # What was only predicted cannot be looked at.
        assert refused(earlier, resource, "A", {"name": "A", "id": 2}, check_mode=True) is None


def test_without_ids_the_name_or_the_vendors_word_decides():
    resource = Thing(("a", None))
    earlier = Earlier(resource)
    has(earlier, resource, "a")
    assert refused(earlier, resource, "A", {"name": "A"}) is None
    assert refused(earlier, resource, "A", {"name": "a"}) and refused(earlier, resource, "A", {"name": "A"}, taken=True)


def test_who_has_an_object_no_more():
    resource = Thing()
    earlier = Earlier(resource)
    has(earlier, resource, "a", 1)
    has(earlier, resource, "A", 1, planner.DELETED)
    assert refused(earlier, resource, "aA"[:1].upper(), {"id": 1}) is None
    has(earlier, resource, "a", 1)
    has(earlier, resource, "A", 2, planner.DELETED)
    assert refused(earlier, resource, "A", {"id": 1})
    has(earlier, resource, "a", None, planner.DELETED)
    assert refused(earlier, resource, "A", {"id": 1}) is None


def test_of_items_little_is_kept_and_no_secret():
    """Of a loop's objects there may be a hundred thousand: their names and ids, and how to look for those whose id nobody told."""
    resource = Secretive(("b", None))
    earlier = Earlier(resource)
    for name, number in (("a", 1), ("b", None)):
        desired = planner.Desired(resource, {"name": name, "note": "n", "word": "canary"}, 0)
        earlier.keep(planner.Change(planner.CREATED, desired, None, {"name": name}))
        earlier._ids[(name,)] = number
    assert len(earlier) == 2 and "canary" not in repr(vars(earlier))
    assert refused(earlier, resource, "B", {"id": 2}, taken=True).startswith("B and b are one thing") and resource.asked == [(["b"], False)]


def test_where_no_item_follows_nothing_is_kept():
    resource = Thing()
    for earlier, kept in ((Memory().earlier(resource), False), (Memory({}).earlier(resource), True)):
        has(earlier, resource, "a", 1)
        assert bool(refused(earlier, resource, "A", {"id": 1})) is kept


def test_an_item_that_failed_has_nothing_unless_something_was_written():
    resource = Thing()
    earlier = Earlier(resource)
    has(earlier, resource, "a", 1, error=ApiError("no"))
    assert refused(earlier, resource, "A", {"id": 1}) is None
    has(earlier, resource, "a", 1, error=ApiError("no"), partly=True)
    assert refused(earlier, resource, "A", {"id": 1})
    earlier.keep(planner.Change(planner.DELETED, None, {"name": "b", "id": 3}, None))
    # The id that a create was told counts.
    has(earlier, resource, "c", None, planner.CREATED, outcome={"id": 7})
    assert refused(earlier, resource, "C", {"id": 7}) and refused(earlier, resource, "C", {"id": 8}) is None and resource.asked == []


# -- what is asked -----------------------------------------------------------------------------------------------------------


def test_what_is_asked():
    asked = ask(Thing(), "a", "b", everything=1, options={"purge": True, "x": 1})
    assert asked.everything is True and asked.purge and asked.options["x"] == 1
    some = asked.of(asked.wanted[:1])
    assert [desired.label for desired in some.wanted] == ["a"] and not some.everything and some.purge
    assert asked.of((), True).everything and not Asked(()).purge and Asked(()).options == {} and not Asked((), options={"purge": False}).purge


@pytest.mark.parametrize(("error", "listed", "own"), [
    (NotFoundError("nowhere", http_status=200), True, True), (NotFoundError("nowhere", http_status=200), False, False),
    (NotFoundError("nowhere", http_status=404), True, False), (ApiError("refused", http_status=200), True, False)])
def test_what_the_only_item_names_and_is_nowhere(error, listed, own):
    """It is that of an item of a list; anything else that meets all items is the task's."""
    asked = ask(Thing(), "a", listed=listed).of(items(Thing(), "a"))
    if own:
        asked.fail(error, asked.wanted)
        assert asked.wanted[0].problem is error
    else:
        with pytest.raises(PanelError):
            asked.fail(error, asked.wanted)


class Lowering(Thing):
    """What is written small is also found by capitals, for all but one item, and known by the item's spelling from then on."""

    def in_any_case(self, row):
        return True

    def meant_in_any_case(self, row, desired):
        return desired.item["name"] != "NOT"

    def as_named(self, row, desired):
        return {"name": desired.item["name"], "spelled": row["name"]}


def test_found_by_another_case_and_known_by_it_from_then_on():
    resource = Lowering()
    index = planner.Index(resource, [{"id": 1, "name": "one"}, {"id": 2, "name": "not"}, {"id": 3, "name": "two"}, {"id": 4, "name": "Two"}])
    one, no, two = items(resource, "ONE", "NOT", "TWO")
    for _again in range(2):
        assert index.find(one) == {"id": 1, "name": "ONE", "spelled": "one"} and index.find(one) is index.by_id["1"]
    assert index.find(no) is None and index.find(two) is None
    assert not index.by_key.get(resource.key_of({"name": "one"})) and len(index.rows()) == 4


def test_what_comes_and_goes_later_is_found_in_any_case_too():
    resource = Lowering()
    index = planner.Index(resource, [{"id": 1, "name": "one"}])

    def found(name):
        row = index.find(items(resource, name)[0])
        return row and row["id"]
    assert found("TWO") is None
    row = {"id": 2, "name": "two"}
    index.add(row)
    # One object is one, whatever it was called before.
    assert [found(name) for name in ("ONE", "One", "one", "TWO", "Two", "two")] == [1, 1, 1, 2, 2, 2] and len(index.rows()) == 2
    index.remove(row)
    assert [found(name) for name in ("TWO", "two", "one")] == [None, None, 1] and len(index.rows()) == 1
    other = {"id": 4, "name": "Three"}
    index.add({"id": 3, "name": "three"})
    index.add(other)
    assert found("THREE") is None and found("three") == 3
    index.remove(other)
    assert found("THREE") == 3


def test_a_failure_reaches_those_whom_it_concerns():
    asked, no = ask(Thing(), "a", "b", "c"), PanelError("no")
    first, second, third = asked.wanted
    asked.fail(no, [first])
    assert (first.problem, second.problem, third.problem) == (no, None, None)
    asked.fail_by({"b": no, "x": PanelError("other")}, lambda desired: [desired.item["name"]])
    assert second.problem is no and third.problem is None
    asked.fail_by({"c": no}, lambda desired: [desired.item["name"]], [first, second])
    assert third.problem is None
    # Of all, or of what no item names: the task's.
    for error, those in ((no, asked.wanted), (no, []), (KeyError("x"), [first])):
        with pytest.raises(type(error)):
            asked.fail(error, those)
    with pytest.raises(PanelError):
        asked.fail_by(dict.fromkeys("abc", no), lambda desired: [desired.item["name"]])


def test_a_loop_that_is_known_to_be_short_never_reads_the_list():
    """A list costs two requests or more, so two looks after the third are never dearer."""
    assert FEW == LOOKS + 2 == 5
    for few, everything in ((True, False), (False, True)):
        resource = Thing(*(("n%d" % number, number) for number in range(9)))
        objects = Objects(resource)
        question = Mock(return_value=few)
        for number in range(5):
            objects.look(None, ask(resource, "n%d" % number), question)
        assert [asked[1] for asked in resource.asked] == [False] * LOOKS + ([False, False] if few else [everything])
        # The platform is asked once, and only when it matters.
        assert question.call_count == 1
    looks = Looks()
    assert looks.suffice(lambda: False) is True and looks.few is None
    looks.count = LOOKS
    assert looks.suffice(lambda: False) is False and looks.suffice(lambda: True) is False
