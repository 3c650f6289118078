# SPDX-License-Identifier: GPL-3.0-or-later
"""Carrying out changes on a vendor whose answers get lost: at most one object, and a report that is true."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import (
    ApiError,
    AuthError,
    ConflictError,
    DeadlineError,
    NotFoundError,
    PanelError,
    TransportError,
    UnknownOutcome,
    UsageError,
)
from ansible_collections.kariz.panels.plugins.module_utils._core.http.parallel import Parallel
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.redact import Redactor
from ansible_collections.kariz.panels.plugins.module_utils._core.state import lost, planner
from ansible_collections.kariz.panels.plugins.module_utils._core.state.apply import Applier
from ansible_collections.kariz.panels.plugins.module_utils._core.state.asked import Asked
from ansible_collections.kariz.panels.plugins.module_utils._core.state.resource import Field, Resource

#: What may happen to a write: not done or done, and how the answer is lost.
REFUSED, SETTLED, GATEWAY, DONE_SETTLED, DONE_GATEWAY, LATER = "refused", "settled", "gateway", "done settled", "done gateway", "later"


class Clock:
    """Stands for the deadline and for sleeping."""

    def __init__(self, seconds=300):
        self.now = 0.0
        self.seconds = seconds
        self.waits = []

    def left(self):
        return self.seconds - self.now

    def sleep(self, seconds):
        self.waits.append(seconds)
        self.now += seconds


class Transport:
    def __init__(self, clock):
        self.deadline = clock
        self.retries = 2


class Heard:
    last = written = None


class Client:
    """A server in memory.

    :arg events: what happens to the writes, one after the other; beyond them all goes well. An exception is raised as it is.
    """

    def __init__(self, clock, events=(), unique=True, rows=()):
        self.transport = Transport(clock)
        self.clock = clock
        self.events = list(events)
        self.unique = unique
        self.rows = [dict(row) for row in rows]
        self.later = []
        self.sent = []
        self.reads = []
        self.read_whole = False
        self.heard = Heard()
        self.number = 100

    def map(self, function, items, progress=None):
        return Parallel(function, list(items), progress).run(1, lambda: None)

    def write(self, name, carry_out):
        self.sent.append(name)
        event = self.events.pop(0) if self.events else None
        if isinstance(event, Exception):
            raise event  # pylint: disable=raising-bad-type
        if event == REFUSED:
            raise ApiError("no", http_status=400)
        if event == LATER:
            self.later.append((self.clock.now + 2, carry_out))
        if event in (None, DONE_SETTLED, DONE_GATEWAY):
            answer = carry_out()
        if event is None:
            return answer
        raise UnknownOutcome("lost", settled=event in (SETTLED, DONE_SETTLED), operation=name, http_status=500)

    def look(self):
        for when, carry_out in list(self.later):
            if when <= self.clock.now:
                self.later.remove((when, carry_out))
                try:
                    carry_out()
                except (ConflictError, NotFoundError):
                    pass
        return self.rows

    def everything(self):
        self.clock.now += 60
        return self.look()


class Thing(Resource):
    vendor = "test"
    name = "thing"
    plural = "things"
    key = ("name",)
    id_option = "id"
    connection: dict = {}
    fields = (Field("name", "code"), Field("note"), Field("born", create_only=True), Field("deep", detail=True), Field("flag", write_only=True),
              Field("password", write_only=True, secret=True, resend="update_password"), Field("later", write_only=True))
    controls = {"update_password": {"type": "str"}}
    followed_up = frozenset(["later"])
    follow_up_advice = "Run again"
    tells_id = True
    reading_fails = 0

    def read(self, client, asked):
        client.reads.append([desired.given.get("name") for desired in asked.wanted])
        client.read_whole = asked.everything
        if self.reading_fails:
            self.reading_fails -= 1
            raise TransportError("no look")
        return [{name: value for name, value in row.items() if name in ("id", "name", "note", "born")} for row in client.look()]

    def detail(self, client, current, desired):
        return next({"deep": row.get("deep")} for row in client.look() if row["id"] == current["id"])

    def create(self, client, change):
        def make():
            if client.unique and any(row["name"] == change.after["name"] for row in client.rows):
                raise ConflictError("taken", http_status=422)
            client.number += 1
            client.rows.append(dict({name: value for name, value in change.after.items() if name != "later"}, id=client.number))
            return {"id": client.number if self.tells_id else None}
        return client.write("create", make)

    def update(self, client, change):
        def set_it():
            row = next(row for row in client.rows if row["id"] == change.before["id"])
            row.update({name: change.after[name] for name in change.fields})
            return {"touched": True}
        return client.write("update", set_it)

    def delete(self, client, change):
        def remove():
            before = len(client.rows)
            client.rows[:] = [row for row in client.rows if row["id"] != change.before["id"]]
            if len(client.rows) == before:
                raise NotFoundError("gone", http_status=404)
        return client.write("delete", remove)

    def follow_up(self, client, change):
        client.write("follow", lambda: next(row for row in client.rows if row["name"] == change.after["name"]).update(later=change.after["later"]))

    def lost_with_answer(self, change):
        return ["its secret is lost"]


class Never(Thing):
    on_lost_create = "never"
    update = Resource.update


class Look(Thing):
    on_lost_create = "look"


class Told(Thing):
    on_lost_update = "told"


class Host:
    check_mode = False
    in_loop = False
    keeps_index = False

    def __init__(self, **more):
        self.redactor = Redactor()
        self.__dict__.update(more)

    def progress(self, what):
        return None


THING = Thing()


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(lost.time, "sleep", made.sleep)
    return made


def run(client, resource, *items, host=None, purge=False):
    """Plan and apply; return the changes and the index, with what was read for the plan forgotten."""
    wanted = planner.desire(resource, [dict(item) for item in items])
    index = planner.Index(resource, resource.read(client, Asked(wanted, True)))
    changes = [planner.plan_one(resource, one, index.find(one)) for one in wanted]
    if purge:
        changes += planner.plan_purge(resource, changes, index, {"purge_limit": 9})
    client.reads.clear()
    Applier(resource, client, host or Host(), index).apply(changes)
    return changes, index


A = {"name": "a", "note": "n", "flag": "f"}


def test_a_create_that_goes_well(clock):
    client = Client(clock)
    (change,), index = run(client, Thing(), A)
    assert change.action == "created" and change.outcome == {"id": 101} and client.sent == ["create"] and clock.waits == [] and client.reads == []
    # What the next item of a loop finds: without what cannot be read.
    assert index.by_id["101"] == {"name": "a", "note": "n", "id": 101}


def test_check_mode_writes_nothing_and_foretells(clock):
    client = Client(clock)
    (change,), index = run(client, Thing(), dict(A, later="x"), host=Host(check_mode=True))
    assert client.sent == [] and client.reads == [] and change.action == "created" and index.rows() == [{"name": "a", "note": "n"}]
    assert change.outcome == {} and change.error is None


@pytest.mark.parametrize(("resource", "event", "sent", "there"), [
    (Thing, REFUSED, 1, 0), (Thing, DONE_SETTLED, 1, 1), (Thing, DONE_GATEWAY, 1, 1), (Thing, SETTLED, 2, 1), (Thing, GATEWAY, 2, 1), (Thing, LATER, 2, 1),
    (Look, DONE_SETTLED, 1, 1), (Look, DONE_GATEWAY, 1, 1), (Look, SETTLED, 2, 1), (Look, GATEWAY, 1, 0), (Look, LATER, 1, 1),
    (Never, DONE_SETTLED, 1, 1), (Never, DONE_GATEWAY, 1, 1), (Never, SETTLED, 1, 0), (Never, GATEWAY, 1, 0), (Never, LATER, 1, 1),
])
def test_a_create_whose_answer_is_lost(clock, resource, event, sent, there):
    client = Client(clock, [event], unique=resource is Thing)
    (change,), _index = run(client, resource(), A)
    assert client.sent.count("create") == sent and len(client.everything()) == there
    if there:
        assert change.action == "created" and change.error is None and change.outcome["id"] == client.rows[0]["id"]
        assert ("its secret is lost" in change.warnings) is (sent == 1)
        assert client.rows[0]["note"] == "n" and client.rows[0]["flag"] == "f"
    elif event == REFUSED:
        assert change.action == "failed" and change.error.http_status == 400 and not change.changed
    else:
        assert change.error.code == "outcome_unknown" and "look at a in the panel" in change.error.hint and not change.changed
        assert change.error.http_status == 500 and change.error.operation == "create" and change.error.vendor == "test"


def test_how_long_is_looked(clock):
    run(Client(clock, [SETTLED, SETTLED]), Never(), A)
    assert clock.waits == [0, 0.4]
    clock.waits.clear()
    run(Client(clock, [GATEWAY]), Never(), A)
    assert clock.waits == [0, 0.4, 0.8, 1.6, 2.4]
    clock.waits.clear()
    # The vendor that refuses a second one is asked again at once: that tells more than waiting, and is done as often as users allow.
    client = Client(clock, [GATEWAY] * 9)
    (change,), _index = run(client, Thing(), A)
    assert client.sent == ["create"] * 3 and change.error.code == "outcome_unknown" and clock.waits == [0, 0.4] * 2 + [0, 0.4, 0.8, 1.6, 2.4]
    client = Client(clock, [SETTLED] * 9)
    (change,), _index = run(client, Look(), A)
    assert client.sent == ["create"] * 2 and change.error.code == "outcome_unknown"
    client = Client(clock, [GATEWAY] * 9)
    client.transport.retries = 0
    run(client, Thing(), A)
    assert client.sent == ["create"] * 2
    clock.seconds, clock.now = 3, 0
    clock.waits.clear()
    run(Client(clock, [GATEWAY]), Never(), A)
    assert sum(clock.waits) < 3 and len(clock.waits) == 5
    clock.waits.clear()
    run(Client(clock, [GATEWAY]), Never(), A)
    assert clock.waits == [0]


def test_a_look_asks_for_one_object_and_ends_with_the_time(clock):
    client = Client(clock, [DONE_GATEWAY])
    run(client, Never(), A)
    assert client.reads == [["a"]] and client.read_whole is False and clock.waits == [0]
    # With as much time left as a look is given, there is none.
    clock.waits.clear()
    clock.now, clock.seconds = 0, 0.05
    run(Client(clock, [GATEWAY]), Never(), A)
    assert clock.waits == [0]


def test_what_is_there_for_certain_is_looked_for_longer(clock):
    """The vendor refuses a second one, so the first, whose answer was lost, will be seen."""
    client = Client(clock, [GATEWAY, ConflictError("taken")])
    (change,), _index = run(client, Hidden(), A)
    assert client.sent == ["create"] * 2 and clock.waits == [0, 0.4] + [0, 0.4, 0.8, 1.6, 2.4] and isinstance(change.error, ConflictError)


def test_looking_that_fails(clock):
    resource = Never()
    client = Client(clock, [DONE_GATEWAY])
    wanted = planner.desire(resource, [A])
    index = planner.Index(resource)
    changes = [planner.plan_one(resource, wanted[0], None)]
    resource.reading_fails = 2
    Applier(resource, client, Host(), index).apply(changes)
    assert changes[0].error is None and changes[0].action == "created"
    resource.reading_fails = 99
    changes = [planner.plan_one(resource, wanted[0], None)]
    Applier(resource, Client(clock, [DONE_GATEWAY]), Host(), index).apply(changes)
    assert changes[0].error.code == "outcome_unknown" and "lost; looking for it failed too: no look" in changes[0].error.message


@pytest.mark.parametrize("error", [TransportError("no way"), DeadlineError("late"), AuthError("void")])
def test_a_repeat_that_cannot_be_sent_proves_nothing(clock, error):
    client = Client(clock, [GATEWAY, error])
    (change,), _index = run(client, Thing(), A)
    assert change.error.code == "outcome_unknown" and "sending it again failed too: %s" % error.message in change.error.message
    client = Client(clock, [error])
    (change,), _index = run(client, Thing(), A)
    assert change.error is error
    for item in ({"name": "a", "note": "new"}, {"name": "a", "state": "absent"}):
        client = Client(clock, [GATEWAY, error], rows=[{"id": 1, "name": "a", "note": "n"}])
        (change,), _index = run(client, Thing(), item)
        assert change.error.code == "outcome_unknown" and "sending it again failed too" in change.error.message


def test_an_error_that_is_none_of_ours_is_told_by_its_kind(clock):
    (change,), _index = run(Client(clock, [KeyError("x")]), Thing(), A)
    assert change.error.code == "defect" and change.error.message.startswith("KeyError") and change.error.vendor == "test"


class Hidden(Thing):
    """The list does not show what others made until everything is searched."""

    def read(self, client, asked):
        return []

    def search(self, client, desired):
        return super().read(client, Asked([desired], True))


@pytest.mark.parametrize(("row", "action", "sent"), [
    ({"note": "n"}, "unchanged", ["create"]), ({"note": "other"}, "updated", ["create", "update"]),
])
def test_a_conflict_is_looked_into(clock, row, action, sent):
    client = Client(clock, rows=[dict(row, id=7, name="a", born="x")])
    (change,), index = run(client, Hidden(), dict(A, born="y"))
    assert change.action == action and change.outcome["id"] == 7 and client.sent == sent and client.rows[0]["note"] == "n"
    assert change.before["note"] == row["note"] and change.after["note"] == "n" and change.changed is (action == "updated")
    assert any("born" in text for text in change.warnings), change.warnings
    assert (change.outcome.get("touched") is True) is (action == "updated")
    assert [found["note"] for found in index.rows()] == (["n"] if action == "updated" else [])


class Others:
    """What is there is that of another item of the loop."""

    def __init__(self):
        self.asked = []

    def refuse(self, client, desired, found, taken=False):
        self.asked.append((desired.label, found["name"], taken))
        raise UsageError("another item has it", code="same_object")

    def keep(self, change):
        pass


def test_what_the_vendor_takes_for_the_object_of_another_item_is_not_touched(clock):
    """Neither after a refusal nor after a lost answer: two items would change one object to and fro."""
    for events in ([], [DONE_GATEWAY]):
        client, earlier = Client(clock, events), Others()
        wanted = planner.desire(THING, [A])
        index = planner.Index(THING, ())
        changes = [planner.plan_one(THING, one, None) for one in wanted]
        if not events:
            client.rows = [{"id": 7, "name": "a", "note": "of another"}]
        Applier(THING, client, Host(), index, earlier).apply(changes)
        assert changes[0].error.code == "same_object" and earlier.asked == [("a", "a", True)] and client.sent == ["create"]
        assert [row["note"] for row in client.rows] == (["n"] if events else ["of another"])


def test_a_conflict_with_nothing_to_be_found(clock):
    class Folding(Hidden):
        def create(self, client, change):
            raise ConflictError("taken")
    (change,), _index = run(Client(clock, rows=[{"id": 7, "name": "A", "note": "n"}]), Folding(), A)
    assert isinstance(change.error, ConflictError) and "There is A" in change.error.hint and "case of letters" in change.error.hint
    (change,), _index = run(Client(clock), Folding(), A)
    assert isinstance(change.error, ConflictError) and change.error.hint is None


def test_a_detail_is_read_before_what_was_found_is_compared(clock):
    client = Client(clock, [DONE_GATEWAY])
    (change,), _index = run(client, Thing(), {"name": "a", "deep": "d"})
    assert change.error is None and client.sent == ["create"]
    client = Client(clock, rows=[{"id": 7, "name": "a", "deep": "other"}])
    (change,), _index = run(client, Hidden(), {"name": "a", "deep": "d"})
    assert change.action == "updated" and client.rows[0]["deep"] == "d"


def test_what_a_create_carried_is_sent_again_to_make_sure_but_never_told_as_failed(clock):
    client = Client(clock, [DONE_GATEWAY, REFUSED])
    (change,), _index = run(client, Thing(), A)
    assert client.sent == ["create", "update"] and change.error is None and change.action == "created"
    assert any("a was made, and its answer was lost; flag could not be sent again to make sure: no" in text for text in change.warnings)
    # There is no call that changes it: it went with the create.
    client = Client(clock, [DONE_GATEWAY])
    (change,), _index = run(client, Never(), A)
    assert client.sent == ["create"] and change.error is None
    client = Client(clock, [DONE_GATEWAY])
    (change,), _index = run(client, Never(), dict(A, password="p", update_password="always"))
    assert client.sent == ["create"] and change.error is None


class Trimming(Thing):
    """The vendor keeps another note than it was sent."""

    def create(self, client, change):
        try:
            return super().create(client, change)
        finally:
            for row in client.rows:
                row["note"] = "cut"


def test_made_but_not_as_wanted(clock):
    client = Client(clock, [DONE_GATEWAY, REFUSED])
    (change,), _index = run(client, Trimming(), A)
    assert change.action == "failed" and change.changed and change.error.message.startswith("a was made, but could not be brought to what is wanted: no")

    class Fixed(Trimming):
        on_lost_create = "never"
        update = Resource.update
    client = Client(clock, [DONE_GATEWAY])
    (change,), _index = run(client, Fixed(), A)
    assert change.changed and "a is there, but with another note, which cannot be changed" in change.error.message and change.error.code == "conflict"
    # Of an object that was there it is no word that it was made.
    client = Client(clock, [None, REFUSED], rows=[{"id": 7, "name": "a", "note": "o"}])
    (change,), _index = run(client, Hidden(), A)
    assert change.error.message == "no" and not change.changed


class Refusing(Thing):
    def resolve_references(self, client, change, unsure):
        if change.before is not None:
            assert unsure is False
            raise UsageError("another one")


def test_what_was_found_is_looked_at_like_anything_else(clock):
    (change,), _index = run(Client(clock, [DONE_GATEWAY]), Refusing(), A)
    assert change.error.message.endswith("another one") and change.changed

    class HiddenRefusing(Refusing, Hidden):
        pass
    (change,), _index = run(Client(clock, rows=[{"id": 7, "name": "a"}]), HiddenRefusing(), A)
    assert change.error.message == "another one" and not change.changed


# -- updates and deletions -------------------------------------------------------------------------------------------------


ROW = {"id": 1, "name": "a", "note": "n"}


@pytest.mark.parametrize(("event", "sent"), [
    (None, 1), (DONE_SETTLED, 1), (DONE_GATEWAY, 1), (SETTLED, 2), (GATEWAY, 2),
])
def test_an_update_whose_answer_is_lost(clock, event, sent):
    client = Client(clock, [event], rows=[ROW])
    (change,), index = run(client, Thing(), {"name": "a", "note": "new"})
    assert change.action == "updated" and client.sent == ["update"] * sent and client.rows[0]["note"] == "new" and index.by_id["1"]["note"] == "new"
    assert change.outcome == ({"touched": True} if event in (None, SETTLED, GATEWAY) else {})


def test_an_update_that_cannot_be_made_sure(clock):
    client = Client(clock, [GATEWAY] * 3, rows=[ROW])
    (change,), _index = run(client, Thing(), {"name": "a", "note": "new"})
    assert client.sent == ["update"] * 2 and change.error.code == "outcome_unknown" and clock.waits == [0, 0.4] + [0, 0.4, 0.8, 1.6, 2.4]
    # Write-only: only sending it again makes sure.
    client = Client(clock, [DONE_GATEWAY], rows=[ROW])
    run(client, Thing(), {"name": "a", "password": "p", "update_password": "always"})
    assert client.sent == ["update"] * 2
    client = Client(clock, [DONE_GATEWAY], rows=[ROW])
    (change,), _index = run(client, Told(), {"name": "a", "note": "new"})
    assert client.sent == ["update"] and client.reads == [] and change.error.code == "outcome_unknown"
    client = Client(clock, [GATEWAY], rows=[ROW])
    resource = Thing()
    wanted = planner.desire(resource, [{"name": "a", "note": "new"}])
    change = planner.plan_one(resource, wanted[0], dict(ROW))
    resource.reading_fails = 99
    Applier(resource, client, Host(), planner.Index(resource)).apply([change])
    assert "looking for it failed too" in change.error.message


def test_an_update_of_what_has_gone(clock):
    class Vanishing(Thing):
        def update(self, client, change):
            client.rows.clear()
            return client.write("update", lambda: None)
    (change,), _index = run(Client(clock, [GATEWAY, GATEWAY], rows=[ROW]), Vanishing(), {"name": "a", "note": "new"})
    assert change.error.code == "outcome_unknown"


@pytest.mark.parametrize(("resource", "event", "sent", "gone"), [
    (Thing, None, 1, True), (Thing, DONE_SETTLED, 1, True), (Thing, DONE_GATEWAY, 1, True), (Thing, SETTLED, 2, True), (Thing, GATEWAY, 2, True),
    (Thing, LATER, 2, True), (Never, GATEWAY, 1, False), (Never, DONE_GATEWAY, 1, True), (Never, LATER, 1, True), (Thing, NotFoundError("gone"), 1, None),
])
def test_a_deletion_whose_answer_is_lost(clock, resource, event, sent, gone):
    client = Client(clock, [event], rows=[ROW])
    (change,), index = run(client, resource(), {"name": "a", "state": "absent"})
    assert client.sent == ["delete"] * sent
    if gone is not None:
        assert (client.everything() == []) is gone
    assert (change.error is None) is (gone is not False) and index.rows() == ([] if gone is not False else index.rows())
    if gone is False:
        assert change.error.code == "outcome_unknown" and not change.changed


def test_a_purge_that_is_lost_is_looked_for_by_its_id(clock):
    client = Client(clock, [DONE_GATEWAY], rows=[ROW, {"id": 2, "name": "a", "note": "m"}], unique=False)
    changes, _index = run(client, Thing(), {"id": "2"}, purge=True)
    assert [change.action for change in changes] == ["unchanged", "deleted"] and changes[1].error is None and client.sent == ["delete"]


class Hashed(Thing):
    """Found by what the vendor calls a hash; its number is only a fact."""

    id_option = "hash"

    def read(self, client, asked):
        # Two objects of one name: only the id tells which one is meant.
        return [row for row in super().read(client, asked) if asked.wanted[0].id is None or row["id"] == asked.wanted[0].id]


def test_a_purge_that_is_lost_is_looked_for_by_its_id_whatever_the_option_is_called(clock):
    rows = [ROW, {"id": 2, "name": "a", "note": "m"}]
    for event, sent in ((DONE_GATEWAY, 1), (GATEWAY, 2)):
        client = Client(clock, [event], rows=rows, unique=False)
        change = planner.Change(planner.DELETED, None, dict(ROW), None)
        Applier(Hashed(), client, Host(), planner.Index(Hashed(), rows)).apply([change])
        assert change.error is None and client.sent == ["delete"] * sent and [row["id"] for row in client.rows] == [2]


def test_the_order_of_writes(clock):
    client = Client(clock, rows=[ROW, {"id": 2, "name": "b", "note": "m"}])
    run(client, Thing(), {"name": "b", "state": "absent"}, {"name": "a", "note": "new"}, {"name": "c", "later": "x"})
    assert client.sent == ["create", "follow", "update", "delete"]


# -- groups, follow-ups, ids -----------------------------------------------------------------------------------------------


class Grouped(Thing):
    def group(self, change):
        return None if change.after and change.after["name"] == "z" else (change.after or change.before)["name"][0]

    def write_group(self, client, changes):
        client.sent.append([change.label for change in changes])
        if changes[0].label.startswith("b"):
            changes[0].fail(ApiError("own"))
            raise ApiError("whole")
        for change in changes:
            change.outcome = {"id": 9}


class LookedAfter(Grouped):
    """Writes, and then looks: the look fails."""

    def write_group(self, client, changes):
        super().write_group(client, changes)
        client.heard.written = "put together"
        raise ApiError("no look", http_status=500)


@pytest.mark.parametrize(("resource", "name", "changed"), [
    (LookedAfter, "a", True),  # it was written before the look failed
    (Grouped, "b", False),
])
def test_a_group_that_was_written_has_changed_whatever_its_look_says(clock, resource, name, changed):
    (change,), _index = run(Client(clock), resource(), {"name": name})
    assert change.action == "failed" and change.changed is changed


def test_groups(clock):
    client = Client(clock)
    changes, _index = run(client, Grouped(), *({"name": name} for name in ("a1", "b1", "a2", "b2", "z")))
    assert client.sent == [["a1", "a2"], ["b1", "b2"], "create"]
    assert [str(change.error) if change.error else None for change in changes] == [None, "own", None, "whole", None]
    assert [change.action for change in changes] == ["created", "failed", "created", "failed", "created"]


@pytest.mark.parametrize(("refused", "alone"), [
    (ApiError("no", http_status=400), True), (ConflictError("no", http_status=422), True), (ApiError("no", http_status=403), False),
    (NotFoundError("no", http_status=404), False), (AuthError("no", http_status=401), False), (TransportError("no"), False), (UnknownOutcome("no"), False)])
def test_a_group_that_is_refused_for_what_it_asks_is_asked_for_one_by_one(clock, refused, alone):
    class Picky(Grouped):
        def write_group(self, client, changes):
            client.sent.append([change.label for change in changes])
            if "a2" in client.sent[-1]:
                raise refused
            changes[0].outcome = {"id": 9}
    client = Client(clock)
    changes, _index = run(client, Picky(), *({"name": name} for name in ("a1", "a2", "a3")))
    assert client.sent == [["a1", "a2", "a3"]] + [["a1"], ["a2"], ["a3"]] * alone
    assert [change.error for change in changes] == ([None, refused, None] if alone else [refused] * 3)
    assert [change.action for change in changes] == ["created" if alone and place != 1 else "failed" for place in range(3)]


def test_a_group_of_which_something_was_written_is_not_written_again(clock):
    class Halfway(Grouped):
        def write_group(self, client, changes):
            client.sent.append(len(changes))
            client.heard.written = "first of two"
            raise ApiError("no", http_status=400)
    client = Client(clock)
    changes, _index = run(client, Halfway(), {"name": "a1"}, {"name": "a2"})
    assert client.sent == [2] and all(change.changed and change.action == "failed" for change in changes)


def test_a_follow_up_that_fails(clock):
    client = Client(clock, [None, REFUSED])
    (change,), _index = run(client, Thing(), {"name": "a", "later": "x"})
    assert change.action == "failed" and change.changed and change.error.message == "a was made, but later was not set: no" and change.error.hint == "Run again"
    client = Client(clock)
    (change,), _index = run(client, Thing(), {"name": "a", "later": "x"})
    assert change.error is None and client.rows[0]["later"] == "x"


@pytest.mark.parametrize(("resource", "count", "host", "reads"), [
    (Thing, 1, {}, 1), (Thing, 3, {}, 1), ("each", 1, {}, 1), ("each", 2, {}, 1), ("each", 3, {}, 1), (Thing, 1, {"keeps_index": True}, 0),
])
def test_ids_that_were_not_told_are_read_once(clock, resource, count, host, reads):
    class Silent(Thing):
        tells_id = False
        reading = "each" if resource == "each" else "keys"
    client = Client(clock)
    changes, index = run(client, Silent(), *({"name": "n%d" % number} for number in range(count)), host=Host(**host))
    assert len(client.reads) == reads and client.read_whole is (reads == 0)
    assert [change.outcome["id"] for change in changes] == ([101 + number for number in range(count)] if reads else [None] * count)
    assert set(index.by_id) == ({str(101 + number) for number in range(count)} if reads else set())


def test_ids_that_cannot_be_read_are_a_warning(clock):
    class Silent(Thing):
        tells_id = False
    resource = Silent()
    wanted = planner.desire(resource, [A])
    change = planner.plan_one(resource, wanted[0], None)
    resource.reading_fails = 1
    Applier(resource, Client(clock), Host(), planner.Index(resource)).apply([change])
    assert change.error is None and "ids of new things could not be read: no look" in change.warnings[0]


def test_ids_of_one_that_cannot_be_read_are_a_warning_of_that_one(clock):
    class Silent(Thing):
        tells_id = False
        reading = "each"

        def read(self, client, asked):
            for desired in asked.wanted:
                if desired.label == "b":
                    desired.problem = PanelError("no", vendor="v", operation="read")
            return super().read(client, asked)
    changes, _index = run(Client(clock), Silent(), A, {"name": "b"})
    assert [(change.action, change.error) for change in changes] == [("created", None)] * 2
    assert [change.outcome.get("id") is None for change in changes] == [False, True]
    assert changes[0].warnings == [] and changes[1].warnings == ["the id of the new thing could not be read: no"]


def test_what_the_vendor_has_no_id_for_is_not_read_for_one(clock):
    class Nameless(Thing):
        public = ("kind",)
        tells_id = False
    client = Client(clock)
    (change,), _index = run(client, Nameless(), A)
    assert client.reads == [] and change.error is None and "kind" not in change.outcome


def test_a_new_object_whose_name_another_one_took_meanwhile_was_made_all_the_same(clock):
    class Crowded(Thing):
        tells_id = False
        public = ("id", "kind")

        def create(self, client, change):
            made = super().create(client, change)
            if change.label == "a":
                client.rows.append(dict(client.rows[-1], id=7))
            return made
    client = Client(clock)
    changes, _index = run(client, Crowded(), A, {"name": "b"})
    assert [(change.action, change.error) for change in changes] == [("created", None)] * 2
    assert changes[0].warnings == ["the id of the new thing could not be read: 2 things match a (ids 101, 7)"]
    assert changes[1].outcome == {"id": 102, "kind": None} and changes[1].warnings == []


# -- whose object it is ----------------------------------------------------------------------------------------------------


class CaseFolding(Thing):
    """A vendor to whom names that differ in case are one."""

    def create(self, client, change):
        def make():
            if any(row["name"].casefold() == change.after["name"].casefold() for row in client.rows):
                raise ConflictError("taken")
            client.rows.append(dict(change.after, id=len(client.rows) + 1))
            return {"id": len(client.rows)}
        return client.write("create", make)

    def search(self, client, desired):
        return [dict(row, name=desired.item["name"]) for row in client.rows if row["name"].casefold() == desired.item["name"].casefold()]


def test_one_object_is_never_that_of_two_items(clock):
    client = Client(clock)
    changes, _index = run(client, CaseFolding(), {"name": "Reza", "note": "one"}, {"name": "reza", "note": "two"})
    assert [change.action for change in changes] == ["created", "failed"] and client.rows[0]["note"] == "one"
    assert changes[1].error.code == "same_object" and "differ only in the case of letters" in changes[1].error.message
    assert "reza and Reza are one thing" in changes[1].error.message
    # One that is there, found by one item at once and by the other only through the vendor's refusal.
    client = Client(clock, rows=[{"id": 5, "name": "reza", "note": "one"}])
    changes, _index = run(client, CaseFolding(), {"name": "Reza", "note": "two"}, {"name": "reza", "note": "one"})
    assert [change.action for change in changes] == ["failed", "unchanged"] and client.sent == ["create"] and client.rows[0]["note"] == "one"
    # Alone, it is simply there.
    (change,), _index = run(Client(clock, rows=[{"id": 5, "name": "reza", "note": "one"}]), CaseFolding(), {"name": "Reza", "note": "one"})
    assert change.action == "unchanged" and change.outcome["id"] == 5
    # An item that wants the other spelling absent, and found nothing, has nothing.
    client = Client(clock, rows=[{"id": 5, "name": "reza", "note": "one"}])
    changes, _index = run(client, CaseFolding(), {"name": "Reza", "note": "one"}, {"name": "REZA", "state": "absent"})
    assert [change.action for change in changes] == ["unchanged", "unchanged"]


def test_ids_tell_objects_of_alike_names_apart():
    wanted = planner.desire(THING, [{"name": "A"}, {"name": "a"}])
    first, second = (planner.Change(planner.CREATED, one, None, {}) for one in wanted)
    first.outcome = {"id": 1}
    owners = lost.Owners(THING, [first, second])
    assert owners.take(second, {"id": 2, "name": "a"}) is None and owners.take(second, {"id": 2, "name": "a"}) is None
    with pytest.raises(UsageError):
        owners.take(first, {"id": 2, "name": "a"})
    with pytest.raises(UsageError):
        lost.Owners(THING, [first, second]).take(second, {"id": 1, "name": "a"})
    with pytest.raises(UsageError):
        lost.Owners(THING, [first, second]).take(second, {"name": "a"})
    # One that is there without an id may be it; one with an id of its own is told apart.
    there = planner.Change(planner.UNCHANGED, wanted[0], {"name": "A"}, {"name": "A"})
    with pytest.raises(UsageError):
        lost.Owners(THING, [there, second]).take(second, {"id": 2, "name": "a"})
    there.before["id"] = 1
    assert lost.Owners(THING, [there, second]).take(second, {"id": 2, "name": "a"}) is None
    with pytest.raises(UsageError):
        lost.Owners(THING, [there, second]).take(second, {"id": 1, "name": "a"})


def test_an_object_of_another_name_is_taken_once_too():
    """The vendor knows it by a name of its own, so only the id tells that it has an owner."""
    first, second = (planner.Change(planner.CREATED, one, None, {}) for one in planner.desire(THING, [{"name": "b"}, {"name": "c"}]))
    owners = lost.Owners(THING, [first, second])
    assert owners.take(first, {"id": 5, "name": "alias"}) is None
    with pytest.raises(UsageError) as refused:
        owners.take(second, {"id": 5, "name": "alias"})
    error = refused.value
    assert error.message == "c and b are one thing to the vendor, and another item of the list has it" and error.hint == "Keep one of the two items"
    assert (error.vendor, error.operation, error.code) == ("test", "read", "same_object")
    assert owners.take(first, {"id": 5, "name": "alias"}) is None and owners.take(second, {"id": 6, "name": "c"}) is None


def test_the_name_that_was_asked_for_counts_beside_the_one_that_was_found():
    first, second = (planner.Change(planner.CREATED, one, None, {}) for one in planner.desire(THING, [{"name": "B"}, {"name": "b"}]))
    with pytest.raises(UsageError):
        lost.Owners(THING, [first, second]).take(second, {"id": 5, "name": "alias"})
    # An item that names its object by the id alone has no name that another could share.
    nameless = planner.Change(planner.UPDATED, planner.desire(THING, [{"id": "5"}])[0], {"id": 5, "name": "x"}, {})
    owners = lost.Owners(THING, [first, nameless])
    assert owners.take(nameless, {"id": 6, "name": "y"}) is None and owners.take(nameless, {"id": 5, "name": "x"}) is None
    with pytest.raises(UsageError):
        owners.take(first, {"id": 5, "name": "x"})


def test_what_is_named_after_all_is_not_purged(clock):
    class Late(CaseFolding):
        def search(self, client, desired):
            return [dict(row, name=desired.item["name"]) for row in client.rows]

        def create(self, client, change):
            raise ConflictError("taken")
    client = Client(clock, rows=[{"id": 5, "name": "alias", "note": "n"}])
    changes, _index = run(client, Late(), {"name": "b", "note": "n"}, purge=True)
    assert [change.action for change in changes] == ["unchanged"] and client.sent == [] and len(client.rows) == 1


# -- whatever is lost --------------------------------------------------------------------------------------------------------


EVENTS = st.lists(st.sampled_from([None, None, REFUSED, SETTLED, GATEWAY, DONE_SETTLED, DONE_GATEWAY, LATER]), max_size=6)


@settings(max_examples=300)
@given(EVENTS, st.sampled_from([Thing, Look, Never]), st.booleans(), st.sampled_from(["x", "y"]))
def test_at_most_one_object_and_a_true_report(events, resource, unique, note):
    clock = Clock()
    sleep, lost.time.sleep = lost.time.sleep, clock.sleep
    try:
        # What the vendor does not keep unique is declared so.
        client = Client(clock, events, unique=unique or resource is Thing)
        (change,), _index = run(client, resource(), {"name": "a", "note": note, "flag": "f"})
        at_once = [dict(row) for row in client.rows]
        rows = client.everything()
    finally:
        lost.time.sleep = sleep
    assert len(rows) <= 1
    if change.error is None:
        assert change.action == "created" and rows[0]["note"] == note and change.outcome["id"] == rows[0]["id"]
    elif change.error.code == "outcome_unknown":
        assert change.action == "failed"
    else:
        # A refusal is only told where nothing is there, or where what is there was told as made.
        assert not at_once or change.changed, (change.error.message, rows)


@settings(max_examples=200)
@given(EVENTS, st.booleans())
def test_a_lost_change_of_what_is_there(events, absent):
    clock = Clock()
    sleep, lost.time.sleep = lost.time.sleep, clock.sleep
    try:
        client = Client(clock, events, rows=[ROW])
        (change,), _index = run(client, Thing(), {"name": "a", "state": "absent"} if absent else {"name": "a", "note": "new"})
        rows = [dict(row) for row in client.rows]
    finally:
        lost.time.sleep = sleep
    if change.error is None:
        assert (rows == []) if absent else rows[0]["note"] == "new"
    else:
        assert change.error.code in ("outcome_unknown", None)
        assert isinstance(change.error, (UnknownOutcome, ApiError, PanelError))
