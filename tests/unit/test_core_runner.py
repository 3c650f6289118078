# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task from its options to its result, on a vendor in memory: what is read when, what fails for whom, what items of a loop trust."""

from __future__ import annotations

import operator
import tracemalloc

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import ApiError, UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.http.client import Client
from ansible_collections.kariz.panels.plugins.module_utils._core.options.connection import connection_options
from ansible_collections.kariz.panels.plugins.module_utils._core.state.apply import Applier
from ansible_collections.kariz.panels.plugins.module_utils._core.state.resource import Field, Resource
from ansible_collections.kariz.panels.plugins.module_utils._core.state.results import Failed
from ansible_collections.kariz.panels.plugins.module_utils._core.task.host import Host

CREDENTIALS = ("api_username", "api_password", "api_token")


class Panel(Client):
    vendor = "vendor"
    credentials = CREDENTIALS
    connection = connection_options("vendor", CREDENTIALS, CREDENTIALS[1:], url="https://panel.test")


class Thing(Resource):
    """Kept in ``rows``; ``did`` tells what the vendor was asked."""

    vendor = "vendor"
    client = Panel
    connection = Panel.connection
    name = "thing"
    plural = "things"
    key = ("name",)
    id_option = "id"
    public = ("id",)
    purgeable = True
    refers = ("labels",)
    reading = "list"
    fields = (Field("name"), Field("note"), Field("deep", detail=True), Field("password", secret=True, write_only=True))

    def __init__(self, *rows):
        self.rows = [dict(row) for row in rows]
        self.did: list = []
        self.clients: list = []
        self.fails: dict = {}

    def _do(self, what):
        self.did.append(what)
        if what in self.fails:
            raise self.fails[what]

    def read(self, client, *_asked):
        self.clients.append(client)
        self._do("read")
        return [{name: value for name, value in row.items() if name != "deep"} for row in self.rows]

    def detail(self, client, current, desired):
        self._do("detail %s" % current["name"])
        return dict(current, deep=next(row.get("deep") for row in self.rows if row["name"] == current["name"]))

    def resolve_references(self, client, change, unsure):
        if change.desired.given.get("note") == "nowhere":
            raise ApiError("no such label", code="not_found")
        if change.desired.given.get("note") == "perhaps":
            change.warnings.append("unsure" if unsure else "sure")

    def purge_check(self, params):
        if params.get("purge_limit") == 7:
            raise UsageError("purge_limit 7 brings bad luck")

    def create(self, client, change):
        self._do("create %s" % change.after["name"])
        self.rows.append(dict(change.after, id=100 + len(self.rows)))
        return {"id": self.rows[-1]["id"]}

    def update(self, client, change):
        self._do("update %s" % change.before["name"])
        next(row for row in self.rows if row["name"] == change.before["name"]).update({name: change.after[name] for name in change.fields})
        return {}

    def delete(self, client, change):
        self._do("delete %s" % change.before["name"])
        self.rows = [row for row in self.rows if row["name"] != change.before["name"]]
        return {}


class Place(Host):
    """A host that keeps what it was asked for; with ``keeps`` the items belong to one loop."""

    kept: dict | None = None

    def __init__(self, params, keeps=False, like=None, **more):
        self.warnings: list = []
        self.opened: list = []
        self.told: list = []
        self.spoken: list = []
        super().__init__(params, warn=self.warnings.append, environ={}, **more)
        self.keeps_index = keeps
        if like is not None:
            self.memories = like.memories
        real = self.memories.after
        self.after = real
        self.memories.after = self._after

    def _after(self, client, failed):
        self.told.append(failed)
        type(self.memories).after(self.memories, client, failed)

    def open_secrets(self, place):
        self.opened.append(place)

    def progress(self, what):
        self.spoken.append(what)


def options(resource, **given):
    spec = resource.arguments()["argument_spec"]
    made = {name: entry.get("default") for name, entry in spec.items()}
    made.update(api_token="token-canary")
    made.update(given)
    if made["things"] is not None:
        inner = spec["things"]["options"]
        made["things"] = [dict(dict.fromkeys(inner), **item) for item in made["things"]]
    return made


def carry_out(resource, host=None, keeps=False, like=None, check=False, **given):
    """Return ``(result, place)`` of a task; the result of a failure too."""
    place = host or Place(options(resource, **given), keeps, like, check_mode=check)
    try:
        return resource.run(place), place
    except Failed as failed:
        assert failed.result["msg"].startswith("vendor_thing")
        return dict(failed.result, failed=True), place


A = {"id": 1, "name": "a", "note": "n", "deep": "d"}
B = {"id": 2, "name": "b", "note": "n"}


# -- one task ------------------------------------------------------------------------------------------------------------


def test_from_options_to_result():
    shop = Thing(A)
    result, place = carry_out(shop, name="b", note="new")
    assert result["changed"] is True and result["thing"]["id"] == 101 and result["thing"]["note"] == "new"
    assert shop.did == ["read", "create b"] and place.told == [False] and place.warnings == [] and "failed" not in result
    assert carry_out(shop, name="b", note="new")[0]["changed"] is False and shop.did[2:] == ["read"]
    assert carry_out(shop, name="b", note="other")[0]["changed"] is True and shop.did[3:] == ["read", "update b"]
    assert carry_out(shop, name="b", state="absent")[0]["changed"] is True and shop.did[5:] == ["read", "delete b"]
    assert [row["name"] for row in shop.rows] == ["a"]


def test_check_mode_writes_nothing():
    shop = Thing(A)
    result, place = carry_out(shop, check=True, name="b")
    assert result["changed"] is True and shop.did == ["read"] and shop.clients[0].transport.check_mode is True
    carry_out(shop, name="a")
    assert shop.clients[1].transport.check_mode is False


def test_a_list_keeps_its_order():
    shop = Thing(B, A)
    result, _place = carry_out(shop, things=[{"name": "c"}, {"name": "a", "note": "x"}, {"name": "b"}, {"name": "gone", "state": "absent"}])
    assert [(entry["name"], entry["action"]) for entry in result["things"]] == [("c", "created"), ("a", "updated"), ("b", "unchanged"), ("gone", "unchanged")]


def test_every_mistake_comes_before_the_first_request():
    shop = Thing(A)
    result, place = carry_out(shop, things=[{"name": ""}, {"name": "a"}, {"name": "a"}], purge=True, purge_limit=7, api_retries=-1)
    assert shop.did == [] and result["error"]["code"] == "bad_option" and result["error"]["vendor"] == "vendor" and "api" not in result
    for words in ("things[0]: name (or id) is required", "things[2]: names the same thing", "purge_limit 7 brings bad luck", "api_retries must be"):
        assert words in result["msg"]
    assert result["msg"].startswith("vendor_thing: 4 mistakes") and place.told == [] and place.opened == []
    # What purge needs is asked of those who purge.
    assert "failed" not in carry_out(shop, things=[{"name": "a"}], purge_limit=7)[0]
    # An item that stands alone is told without a number.
    assert "things[" not in carry_out(shop, name="")[0]["msg"] and "things[0]" in carry_out(shop, things=[{"name": ""}])[0]["msg"]


@pytest.mark.parametrize(("given", "place_name"), [({}, "vendor/vendor"), ({"api_username": "sara", "api_password": "canary"}, "vendor/sara")])
def test_the_file_of_secrets_is_opened_for_the_account(given, place_name):
    assert carry_out(Thing(A), name="a", **given)[1].opened == [place_name]


def test_a_token_of_the_task_is_known_as_that():
    shop = Thing(A)
    carry_out(shop, name="a")
    carry_out(shop, name="a", api_token=None, api_username="sara", api_password="canary")
    assert [client.token_of_task for client in shop.clients] == [True, False]


def test_plain_http_is_warned_of():
    assert carry_out(Thing(A), name="a", api_url="http://panel.test")[1].warnings == [
        "api_url is plain http to another machine: the password and the token travel in clear"]
    assert carry_out(Thing(A), name="a", api_url="http://127.0.0.1:1")[1].warnings == []


def test_the_clock_starts_with_the_task_and_ends_with_it():
    shop = Thing(A)
    clock: list = []

    class Watching(Place):
        def kept_client(self, vendor_class, options):
            client = super().kept_client(vendor_class, options)
            begin, end = client.transport.begin, client.transport.end
            client.transport.begin = lambda deadline, check: begin(deadline, check) or clock.append("begun %s %s" % (deadline, check))
            client.transport.end = lambda: end() or clock.append("ended")
            return client
    for fails in ({}, {"read": ApiError("no")}):
        shop.fails = fails
        carry_out(shop, Watching(options(shop, name="a", api_deadline=42.0)))
        assert clock[-2:] == ["begun 42.0 False", "ended"]
        clock.clear()
    shop.fails = {}
    shop.prepare = lambda *_more: (none for none in ()).throw(RuntimeError("a defect"))
    place = Watching(options(shop, name="a"), check_mode=True)
    with pytest.raises(RuntimeError):
        shop.run(place)
    assert place.told == [True] and clock[-2:] == ["begun None True", "ended"]


def test_secrets_of_items_are_known_before_anything_is_told():
    shop = Thing(A)
    shop.fails = {"create b": ApiError("no", foreign="not item-canary, nor token-canary")}
    result, place = carry_out(shop, things=[{"name": "b", "password": "item-canary"}])
    assert result["failed"] and "no: not ********, nor ********" in result["msg"] and "canary" not in str(result) and place.told == [True]
    shop.fails = {"read": ApiError("no", foreign="not item-canary")}
    assert carry_out(shop, things=[{"name": "b", "password": "item-canary"}])[0]["msg"] == "vendor_thing (1 things): no: not ********"


def test_what_earlier_tasks_foretell_counts_in_check_mode_alone():
    told = {"labels": [{"title": "x", "action": "created"}]}
    for given, check, wanted in ((None, True, ["unsure"]), (told, True, ["sure"]), (None, False, ["sure"]), (told, False, ["sure"])):
        assert carry_out(Thing(A), check=check, name="a", note="perhaps", foretold=given)[0]["warnings"] == wanted


# -- failures of one object ----------------------------------------------------------------------------------------------


def failures(result):
    return {entry["name"]: entry["error"]["message"] for entry in result["things"] if entry["action"] == "failed"}


def test_an_object_that_is_there_twice_fails_alone():
    shop = Thing(A, dict(A, id=3), B)
    result, place = carry_out(shop, things=[{"name": "a", "note": "x"}, {"name": "b", "note": "x"}])
    assert failures(result) == {"a": "2 things match a (ids 1, 3)"} and "update b" in shop.did and place.told == [True]


def test_two_items_that_find_one_object():
    shop = Thing(A, B)
    result, _place = carry_out(shop, things=[{"id": "1", "note": "x"}, {"name": "b"}, {"name": "a", "note": "y"}])
    assert result["msg"].startswith("vendor_thing") and "things[2]: names the same thing (a) as things[0]: each may occur once" in result["msg"]
    assert shop.did == ["read"] and "things" not in result
    # Two that are not there are two.
    assert "failed" not in carry_out(shop, things=[{"name": "x", "state": "absent"}, {"name": "y", "state": "absent"}])[0]


def test_only_what_is_compared_is_read_in_detail():
    shop = Thing(A, B)
    result, place = carry_out(shop, things=[{"name": "a", "deep": "d"}, {"name": "b"}, {"name": "c", "deep": "x"},
                                            {"name": "b2", "deep": "x", "state": "absent"}])
    assert [what for what in shop.did if "detail" in what] == ["detail a"] and [entry["action"] for entry in result["things"]] == [
        "unchanged", "unchanged", "created", "unchanged"]
    assert result["things"][0]["deep"] == "d" and "read" not in place.spoken
    shop = Thing(A, B)
    _result, place = carry_out(shop, things=[{"name": "a", "deep": "d"}, {"name": "b", "deep": "d"}])
    assert "read" in place.spoken
    shop = Thing(A)
    assert carry_out(shop, name="a", deep="d", state="absent")[0]["changed"] is True and shop.did == ["read", "delete a"]


def test_a_detail_that_cannot_be_read_fails_alone():
    shop = Thing(A, dict(B, deep="d"))
    shop.fails = {"detail a": ApiError("no detail")}
    result, _place = carry_out(shop, things=[{"name": "a", "deep": "x"}, {"name": "b", "deep": "x"}])
    assert failures(result) == {"a": "no detail"} and "update b" in shop.did and "update a" not in shop.did


def test_a_reference_that_is_not_there_fails_alone():
    shop = Thing(A, B)
    result, _place = carry_out(shop, things=[{"name": "a", "note": "nowhere"}, {"name": "b", "note": "x"}])
    assert failures(result) == {"a": "no such label"} and "update b" in shop.did
    assert carry_out(shop, name="a", note="nowhere")[0]["error"]["code"] == "not_found"


def test_what_could_not_be_read_for_one_item_fails_alone():
    class Sharing(Thing):
        def prepare(self, client, asked):
            wanted = getattr(asked, "wanted", asked)
            wanted[0].problem = ApiError("its organization cannot be read")
    shop = Sharing(A, B)
    result, _place = carry_out(shop, things=[{"name": "a", "note": "x"}, {"name": "b", "note": "x"}])
    assert failures(result) == {"a": "its organization cannot be read"} and "update b" in shop.did and "update a" not in shop.did


def test_the_list_that_cannot_be_read_fails_the_task():
    shop = Thing(A)
    shop.fails = {"read": ApiError("no list", http_status=500)}
    result, place = carry_out(shop, things=[{"name": "a"}, {"name": "b"}])
    assert result["msg"] == "vendor_thing (2 things): no list (HTTP 500)" and result["api"]["requests"] == 0 and place.told == [True]


def test_purge():
    shop = Thing(A, B)
    result, _place = carry_out(shop, things=[{"name": "a"}], purge=True)
    assert [(entry["name"], entry["action"]) for entry in result["things"]] == [("a", "unchanged"), ("b", "deleted")] and shop.did == ["read", "delete b"]
    assert carry_out(shop, things=[{"name": "new"}], purge=False)[0]["summary"]["deleted"] == 0
    result, _place = carry_out(shop, things=[{"name": "new", "note": "nowhere"}], purge=True)
    assert "nothing was purged" in result["msg"] and [row["name"] for row in shop.rows] == ["a", "new"]


# -- loops ---------------------------------------------------------------------------------------------------------------


def test_the_items_of_a_loop_read_a_list_once_and_keep_it_true():
    shop = Thing(A)
    _result, first = carry_out(shop, keeps=True, name="a")
    for given, wanted in (({"name": "b"}, ["create b"]), ({"name": "b"}, []), ({"name": "b", "note": "x"}, ["update b"]), ({"name": "b", "note": "x"}, []),
                          ({"name": "b", "state": "absent"}, ["delete b"]), ({"name": "b", "state": "absent"}, []), ({"name": "b"}, ["create b"])):
        shop.did.clear()
        # What one writes through its own client the next one knows.
        result, _place = carry_out(shop, Place(options(shop, **given), True, first))
        assert shop.did in (wanted, ["read"] + wanted) and result["changed"] is bool(wanted)


def test_a_client_that_is_kept_tells_each_item_without_secrets():
    shop = Thing(A)
    _result, first = carry_out(shop, keeps=True, name="a")

    class Next(Place):
        def kept_client(self, vendor_class, options):
            return shop.clients[0]
    shop.fails = {"create b": ApiError("no", foreign="token-canary, item-canary")}
    result, _place = carry_out(shop, Next(options(shop, name="b", password="item-canary"), True, first))
    assert result["msg"] == "vendor_thing b: no: ********, ********"
    assert shop.clients[0].redactor.text("item-canary") == "********"


class Folding(Thing):
    """The vendor takes names that differ in the case of letters for one."""

    def in_any_case(self, row):
        return True


def test_an_object_of_an_earlier_item_is_no_other_items():
    """Not by a name that only the vendor takes for the same: the two would change it to and fro."""
    shop = Folding(A)
    _result, first = carry_out(shop, keeps=True, name="b", note="x")
    for given in ({"note": "y"}, {"state": "absent"}):
        result, _place = carry_out(shop, keeps=True, like=first, name="B", **given)
        assert result["error"]["code"] == "same_object" and "differ only in the case of letters" in result["msg"] and "update b" not in shop.did
    assert "delete b" not in shop.did and shop.rows[-1]["note"] == "x"
    assert carry_out(shop, name="B", note="y")[0]["changed"] is True


def test_a_task_without_a_loop_reads_each_time():
    shop = Thing(A)
    _result, first = carry_out(shop, name="a")
    carry_out(shop, like=first, name="a")
    assert shop.did == ["read", "read"]
    shop.did.clear()
    _result, first = carry_out(shop, keeps=True, name="a")
    carry_out(shop, keeps=True, like=first, name="a")
    carry_out(shop, keeps=False, like=first, name="a")
    assert shop.did == ["read", "read"]


def test_a_check_and_a_run_believe_different_things():
    shop = Thing()
    _result, first = carry_out(shop, keeps=True, check=True, name="b")
    result, _place = carry_out(shop, keeps=True, like=first, check=True, name="b")
    assert result["changed"] is False and shop.did == ["read"]
    result, _place = carry_out(shop, keeps=True, like=first, name="b")
    assert result["changed"] is True and shop.did == ["read", "read", "create b"]


def test_a_failure_ends_what_a_loop_believed():
    shop = Thing(A)
    _result, first = carry_out(shop, keeps=True, name="a")
    shop.fails = {"create c": ApiError("no")}
    carry_out(shop, keeps=True, like=first, name="c")
    shop.fails = {}
    shop.did.clear()
    carry_out(shop, keeps=True, like=first, name="a")
    assert shop.did == ["read"]


class Orphans(Thing):
    """What begins with an x belongs to something that is not there."""

    fields = (*Thing.fields, Field("need", required_on_create=True))

    def parent_check(self, client, desired, unsure):
        self.did.append("parent of %s%s" % (desired.given["name"], "?" if unsure else ""))
        if desired.given["name"].startswith("x") and not unsure:
            raise ApiError("its parent is not there", code="not_found")


def test_what_belongs_to_nothing_is_told_for_that():
    """Not for what its creation lacks; what is there belongs to something."""
    shop = Orphans(A, {"id": 2, "name": "x"})
    things = [{"name": name} for name in ("a", "x", "x1", "b")]
    result, _place = carry_out(shop, things=things)
    assert failures(result) == {"x1": "its parent is not there", "b": "thing b does not exist and cannot be made without need"}
    assert shop.did == ["read", "parent of x1", "parent of b"]
    result, _place = carry_out(shop, check=True, things=things)
    assert "cannot be made without need" in failures(result)["x1"] and shop.did[-2:] == ["parent of x1?", "parent of b?"]


class Child(Thing):
    """Belongs to a parent, which is part of its key."""

    key = ("parent", "name")
    parents = ("parent",)
    fields = (Field("parent"), *Thing.fields)


def test_objects_of_other_parents_are_read_anew():
    shop = Child(dict(A, parent="p"), dict(A, id=2, parent="q"))
    _result, first = carry_out(shop, keeps=True, parent="p", name="a")
    for parent, reads in (("p", 0), ("q", 1), ("p", 0)):
        shop.did.clear()
        carry_out(shop, keeps=True, like=first, parent=parent, name="a")
        assert len(shop.did) == reads
    shop.did.clear()
    carry_out(shop, keeps=True, like=first, parent="p", things=[{"name": "a"}, {"name": "a", "parent": "r", "state": "absent"}])
    assert shop.did == ["read"]


class Each(Thing):
    """Each object is asked for by itself."""

    reading = "each"

    def read(self, client, *asked):
        wanted = getattr(asked[0], "wanted", asked[0])
        return [row for row in super().read(client) if row["name"] in [desired.given["name"] for desired in wanted]]


def test_what_is_asked_for_one_by_one_is_asked_once_in_a_loop():
    shop = Each(A, B)
    _result, first = carry_out(shop, keeps=True, things=[{"name": "a"}])
    for names, reads in ((["a"], 0), (["a", "b"], 1), (["b"], 0), (["c"], 1)):
        shop.did.clear()
        carry_out(shop, keeps=True, like=first, check=False, things=[{"name": name, "state": "present" if name != "c" else "absent"} for name in names])
        assert len(shop.did) == reads
    shop.did.clear()
    carry_out(shop, like=first, name="a")
    assert shop.did == ["read"]


class Unread(Thing):
    """The vendor shows none of them."""

    reading = "none"
    purgeable = False


def test_what_cannot_be_read_is_not_taken_for_absent_by_the_next_item():
    shop = Unread(A)
    _result, first = carry_out(shop, keeps=True, name="a")
    carry_out(shop, keeps=True, like=first, name="a")
    assert shop.did == ["read", "read"]


# -- what is in use ------------------------------------------------------------------------------------------------------


class Used(Thing):
    """Something keeps a thing from being removed, once it is foretold what."""

    keeps_used = True
    why: dict = {}

    def in_use(self, client, going):
        return [self.why.get(change.before["name"]) for change in going]


def test_what_is_in_use_is_foretold_to_stay():
    shop = Used(A, B)
    shop.why = {"a": "two users have it", "b": ""}
    gone = [{"name": name, "state": "absent"} for name in ("a", "b")] + [{"name": "d"}]
    result, _place = carry_out(shop, check=True, things=gone, foretold={"users": []})
    assert failures(result) == {"a": "a is in use, so it cannot be removed: two users have it"}
    assert result["summary"]["deleted"] == 1 and result["summary"]["created"] == 1 and result["error"]["code"] == "in_use"
    # Nobody is asked about what is not removed, where nothing is foretold, or of a kind that the vendor removes all the same.
    shop.in_use = lambda client, going: pytest.fail("asked")
    assert "failed" not in carry_out(shop, check=True, things=[{"name": "a"}, {"name": "new"}], foretold={"users": []})[0]
    assert "failed" not in carry_out(shop, check=True, things=gone)[0]
    shop.keeps_used = False
    assert "failed" not in carry_out(shop, check=True, things=gone, foretold={"users": []})[0]


def test_a_secret_of_the_connection_is_known_before_the_client_is():
    """A warning or a note may come from the making of it."""
    shop = Thing(A)

    class Speaking(Place):
        def kept_client(self, vendor_class, options):
            assert self.redactor.text("token-canary") == "********"
            return super().kept_client(vendor_class, options)
    carry_out(shop, Speaking(options(shop, name="a")))
    assert shop.did == ["read"]


def test_what_a_detail_tells_is_compared_and_kept():
    """Also by the index: the next item of a loop finds the whole object."""
    shop = Thing(A)
    _result, first = carry_out(shop, keeps=True, name="a", deep="d")
    assert carry_out(shop, keeps=True, like=first, name="a", deep="other")[0]["changed"] is True


def test_the_task_asks_for_what_it_may_know_of_its_loop():
    class Short(Place):
        def few_items(self):
            asked.append(True)
            return True
    asked: list = []
    shop = Thing(A)
    shop.reading = "keys"
    first = Short(options(shop, name="a"), True)
    for number in range(5):
        place = Short(options(shop, name="n%d" % number, state="absent"), True, first)
        carry_out(shop, place)
    assert asked == [True]


def test_what_a_long_list_holds_in_memory_beside_what_the_vendor_told(monkeypatch):
    """Bytes of each of many objects that nothing happens to, from the checked options to the changes that are reported; a hundred thousand fit so."""
    count = 2000
    shop = Thing(*({"id": number, "name": "thing %d" % number, "note": "n"} for number in range(count)))
    given = options(shop, things=[{"name": "thing %d" % number} for number in range(count)])
    held = {}

    def held_now(applier, changes):
        held["items"] = [change.desired.item for change in changes]
        real(applier, changes)
        held["bytes"] = (tracemalloc.get_traced_memory()[0] - held["begin"]) / count
        held["owners"] = len(applier.earlier)
    real = Applier.apply
    monkeypatch.setattr(Applier, "apply", held_now)
    tracemalloc.start()
    try:
        held["begin"] = tracemalloc.get_traced_memory()[0]
        result = carry_out(shop, Place(given))[0]
    finally:
        tracemalloc.stop()
    assert result["summary"]["unchanged"] == count and held["owners"] == 0 and all(map(operator.is_, held["items"], given["things"]))
    assert held["bytes"] < 2000
