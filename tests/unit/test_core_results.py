# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What users get of a task: of one object and of many, of what was done and of what failed."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import ApiError, AuthError, NotAttempted, PanelError
from ansible_collections.kariz.panels.plugins.module_utils._core.options.check import OptionsError, Problem
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets import declared
from ansible_collections.kariz.panels.plugins.module_utils._core.state import planner, results
from ansible_collections.kariz.panels.plugins.module_utils._core.state.resource import Field, Resource
from ansible_collections.kariz.panels.plugins.module_utils._core.task.host import Host

COUNTS = {"requests": 3, "retries": 0, "seconds": 0.1}


class Thing(Resource):
    vendor = "vendor"
    name = "thing"
    plural = "things"
    key = ("name",)
    id_option = "id"
    public = ("id", "link")
    reveals = ("token",)
    fields = (Field("name"), Field("note"), Field("pin", write_only=True), Field("password", secret=True), Field("codes", "set", secret=True))


THING = Thing()
CLIENT = SimpleNamespace(transport=SimpleNamespace(counts=lambda: dict(COUNTS)))
OLD = {"id": 5, "name": "a", "note": "old", "link": "l", "hidden": "x"}


def change(current=None, state=None, outcome=None, error=None, **item):
    made = planner.plan_one(THING, planner.Desired(THING, dict({"name": "a"}, state=state, **item), 0), current)
    made.outcome = outcome or {}
    if error is not None:
        made.fail(error)
    return made


def report(*changes, **params):
    return results.report(THING, params if params.get("things") is None else dict(params, things=[{}] * len(changes)), list(changes), CLIENT)


def many(*changes, **params):
    return report(*changes, things=True, **params)


# -- one object ----------------------------------------------------------------------------------------------------------


def test_one_that_is_made():
    found = report(change(note="new", pin="1234", password="canary", outcome={"id": 7, "token": "told"}))
    assert found == {
        "changed": True, "thing": {"name": "a", "id": 7, "link": None, "note": "new", "token": "told"}, "api": COUNTS,
        "diff": {"before": {}, "after": {"name": "a", "note": "new", "pin": "********", "password": "********"},
                 "before_header": "vendor_thing a (before)", "after_header": "vendor_thing a (after)"}}


def test_one_that_is_changed():
    found = report(change(dict(OLD), note="new"))
    assert found["changed"] is True and found["thing"] == {"name": "a", "id": 5, "link": "l", "note": "new"}
    assert (found["diff"]["before"], found["diff"]["after"]) == ({"name": "a", "note": "old"}, {"name": "a", "note": "new"})
    assert "warnings" not in found and "unchangeable" not in found


def test_one_that_stays():
    found = report(change(dict(OLD), note=" old"))
    assert found["changed"] is False and found["thing"]["note"] == "old"
    assert found["diff"]["before"] == found["diff"]["after"] == {"name": "a", "note": "old"}


def test_one_that_goes_and_one_that_was_not_there():
    found = report(change(dict(OLD), state="absent"))
    assert found["changed"] is True and found["thing"]["id"] == 5 and found["diff"]["before"] == {"name": "a"} and found["diff"]["after"] == {}
    found = report(change(None, state="absent"))
    assert found["changed"] is False and found["thing"] == {"name": "a", "id": None, "link": None} and found["diff"]["before"] == found["diff"]["after"] == {}


def test_what_a_vendor_did_not_tell_is_not_told_as_revealed():
    assert "token" not in report(change(note="new", outcome={"token": None}))["thing"]
    # What it has by now is told, not what was wanted.
    assert report(change(note="new", outcome={"note": "as the vendor has it"}))["thing"]["note"] == "as the vendor has it"


def test_an_object_known_by_its_id_alone():
    desired = planner.Desired(THING, {"id": "9", "state": "absent"}, 0)
    assert results.content(THING, planner.plan_one(THING, desired, None)) == {"id": None, "link": None}
    assert results.content(THING, planner.Change(planner.DELETED, None, dict(OLD), None))["name"] == "a"


def test_warnings_and_what_cannot_be_changed():
    one, other = change(dict(OLD)), change(name="b")
    one.warnings, other.warnings = ["first"], ["second", "third"]
    other.lasting = {"note": {"before": 1, "after": 2}}
    found = many(one, other)
    assert found["warnings"] == ["first", "second", "third"] and found["unchangeable"] == {"b": {"note": {"before": 1, "after": 2}}}


# -- many ----------------------------------------------------------------------------------------------------------------


def several():
    return [change(name="new", note="n", outcome={"id": 7, "token": "t"}), change(dict(OLD), note="other"), change(dict(OLD, name="same"), name="same"),
            change(dict(OLD, name="gone"), name="gone", state="absent")]


def test_many_objects():
    found = many(*several())
    assert found["changed"] is True and found["summary"] == {"created": 1, "updated": 1, "deleted": 1, "unchanged": 1, "failed": 0}
    assert [(entry["name"], entry["action"], entry["changed"], entry["id"]) for entry in found["things"]] == [
        ("new", "created", True, 7), ("a", "updated", True, 5), ("same", "unchanged", False, 5), ("gone", "deleted", True, 5)]
    assert found["things"][0]["token"] == "t" and found["things"][2]["note"] == "old" and "error" not in found["things"][0]
    assert found["diff"] == {"before": {"a": {"name": "a", "note": "old"}, "gone": {"name": "gone"}},
                             "after": {"new": {"name": "new", "note": "n"}, "a": {"name": "a", "note": "other"}},
                             "before_header": "vendor_thing things (before)", "after_header": "vendor_thing things (after)"}
    assert many(change(dict(OLD)))["changed"] is False and many()["things"] == []


@pytest.mark.parametrize(("asked", "whole"), [("full", [True, True]), ("summary", [False, False]), ("auto", [True, True])])
def test_how_much_of_each_comes_back(asked, whole):
    found = many(change(note="n", outcome={"id": 7, "token": "t"}), change(dict(OLD), name="a"), return_content=asked)
    assert [("note" in entry) for entry in found["things"]] == whole and [entry["id"] for entry in found["things"]] == [7, 5]
    assert found["things"][0]["token"] == "t" and all(entry["name"] == "a" for entry in found["things"])


@pytest.mark.parametrize(("asked", "whole"), [("full", [True, True]), ("summary", [False, False]), ("auto", [True, False])])
def test_of_very_many_those_that_changed_come_back_whole(monkeypatch, asked, whole):
    monkeypatch.setattr(results, "FULL_UP_TO", 1)
    found = many(change(note="n", outcome={"id": 7}), change(dict(OLD), name="a"), return_content=asked)
    assert [("note" in entry) for entry in found["things"]] == whole
    monkeypatch.setattr(results, "FULL_UP_TO", 2)
    assert all("note" in entry for entry in many(change(note="n"), change(dict(OLD)))["things"])


def test_so_many():
    assert results.FULL_UP_TO == 1000


@pytest.mark.parametrize(("asked", "whole"), [("full", [True, True]), ("summary", [False, False]), ("auto", [False, True])])
def test_of_a_task_that_fails_what_failed_comes_back_whole(asked, whole):
    found = many(change(note="n", outcome={"id": 7}), change(dict(OLD), note="x", error=ApiError("no", code=4)), return_content=asked)
    assert [("note" in entry) for entry in found["things"]] == whole and found["summary"]["failed"] == 1
    assert found["things"][1]["error"]["code"] == 4 and found["things"][1]["action"] == "failed" and found["things"][1]["changed"] is False


# -- failures ------------------------------------------------------------------------------------------------------------


def test_what_was_attempted():
    assert results.attempted(THING, {"name": "a", "things": None}) == "vendor_thing a"
    assert results.attempted(THING, {"things": [{}, {}]}) == "vendor_thing (2 things)" and results.attempted(THING, {"things": []}) == "vendor_thing (0 things)"


def test_a_task_that_failed_as_a_whole():
    host = Host({}, environ={})
    host.redactor.add("canary")
    found = results.failure("vendor", "vendor_thing a", ApiError("no", foreign="canary", http_status=400), CLIENT, host)
    assert found["msg"] == "vendor_thing a: no: ******** (HTTP 400)" and found["changed"] is False and found["api"] == COUNTS
    assert found["error"]["vendor"] == "vendor" and found["error"]["http_status"] == 400
    assert results.failure("vendor", "x", ApiError("no", vendor="other"), None, host)["error"]["vendor"] == "other"
    assert "api" not in results.failure("vendor", "x", ApiError("no"), None, host)
    # Of wrong options their places say what it is about.
    found = results.failure("vendor", "vendor_thing (2 things)", OptionsError([Problem(("things", 1), "no")]), None, host)
    assert found["msg"] == "vendor_thing: things[1]: no"


def failures(*changes, **params):
    changes = list(changes)
    params = dict({"things": [{}] * len(changes)}, **params)
    return results.result_of_failures(THING, params, changes, results.report(THING, params, changes, CLIENT))


def test_one_object_that_failed():
    found = failures(change(error=ApiError("no", http_status=400)), things=None)
    assert found["msg"] == "vendor_thing a: no (HTTP 400)" and found["error"]["vendor"] == "vendor" and "thing" not in found
    # What was told once is not lost.
    assert failures(change(error=ApiError("no"), outcome={"token": "t"}), things=None)["thing"]["token"] == "t"


def test_many_of_which_some_failed():
    found = failures(change(name="good"), change(name="b", error=ApiError("no", code=1)), change(name="c", error=ApiError("neither", code=2, vendor="w")))
    assert found["msg"] == "vendor_thing: 2 of 3 things failed (b, c); the first: no [1]" and found["error"]["code"] == 1
    assert found["error"]["vendor"] == "vendor" and len(found["things"]) == 3
    found = failures(*[change(name="t%d" % number, error=ApiError("no")) for number in range(5)])
    assert "(t0, t1, t2, t3, t4);" in found["msg"]
    found = failures(*[change(name="t%d" % number, error=ApiError("no")) for number in range(6)])
    assert "6 of 6 things failed (t0, t1, t2, t3, t4, ...);" in found["msg"]


def test_the_failure_that_says_most_is_told_first():
    cause = AuthError("the token is void")
    found = failures(change(name="b", error=NotAttempted(cause)), change(name="c", error=cause))
    assert found["error"]["code"] == "not_authenticated" and "(b, c); the first: the token is void" in found["msg"]
    found = failures(change(name="b", error=NotAttempted(cause)))
    assert found["error"]["code"] == "not_attempted"


def test_that_nothing_was_purged_is_said():
    failed = change(name="b", error=ApiError("no."))
    assert "purged" not in failures(failed)["msg"]
    failed.stops_purge = True
    assert failures(failed)["msg"] == "vendor_thing: 1 of 1 things failed (b); the first: no. Because of that nothing was purged"


# -- what else is told ---------------------------------------------------------------------------------------------------


def test_the_secrets_of_an_item():
    desired = planner.Desired(THING, {"name": "open", "password": "one", "codes": ["two", "three"], "note": "open"}, 0)
    assert sorted(declared.of_item(THING, desired)) == ["one", "three", "two"]
    assert declared.of_item(THING, planner.Desired(THING, {"name": "open"}, 0)) == []


def test_an_error_that_is_none_of_ours():
    own = PanelError("no")
    assert results.as_panel_error(own, THING) is own
    made = results.as_panel_error(KeyError("x"), THING)
    assert made.message == "KeyError: 'x'" and made.error["code"] == "defect" and made.vendor == "vendor"
    assert str(results.Failed({"msg": "no"})) == "no" and results.Failed({}).result == {}
