# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Results that are too long: what is given up first, what never, and that it is said."""

from __future__ import annotations

import copy
import importlib
import pkgutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins import action
from ansible_collections.kariz.panels.plugins.module_utils._core.task import fitting
from ansible_collections.kariz.panels.plugins.module_utils._core.task.fitting import fit, length, summarise


def users(count, **more):
    return [dict({"id": number, "username": "u-%05d" % number, "name": "نام", "surname": "خانواده", "labels": ["الف", "ب"]}, **more) for number in range(count)]


def managed(count, failed=(), **more):
    error = {"vendor": "alocom", "operation": "create user", "http_status": 422, "code": 422, "name": "x", "message": "no", "retryable": False}
    return [dict({"id": number, "username": "u-%05d" % number, "action": "failed" if number in failed else "unchanged", "changed": False},
                 **dict(more, **({"error": error} if number in failed else {}))) for number in range(count)]


def test_what_fits_stays_as_it_is():
    result = {"changed": False, "users": users(100), "warnings": ["w"]}
    before = copy.deepcopy(result)
    fit(result, length(result))
    assert result == before


def test_what_stands_deeper_goes_before_names_and_names_before_the_list():
    whole = {"changed": False, "users": users(1000, cellphone="0912 " * 30), "api": {"requests": 11}}
    plain = copy.deepcopy(whole)
    fit(plain, length(whole) - 1000)
    assert plain["users"][0]["cellphone"] and "labels" not in plain["users"][0] and len(plain["users"]) == 1000
    names = copy.deepcopy(whole)
    fit(names, 100_000)
    assert names["users"][5] == {"id": 5, "username": "u-00005", "name": "نام"} and len(names["users"]) == 1000
    short = copy.deepcopy(whole)
    fit(short, 45_000)
    assert short["users"][5] == {"id": 5, "username": "u-00005"} and len(short["users"]) == 1000
    gone = copy.deepcopy(whole)
    fit(gone, 10_000)
    assert "users" not in gone and gone["api"] == {"requests": 11} and gone["changed"] is False
    for made in (plain, gone):
        assert made["shortened"]["characters"] == length(whole) and "kariz_result_limit" in made["warnings"][-1]
    assert plain["shortened"]["reduced"] == ["users"] and gone["shortened"]["left_out"] == ["users"] and "users was left out" in gone["warnings"][-1]


QUOTED = "a" * 150 + '"' + "b" * 150
ODD = ['"' + "a" * 199 + '"', QUOTED, "[" * 201, "a" * 200, "a" * 201, "ن" * 40, [], {}, ["a"], {"a": 1}]
SMALL = st.none() | st.booleans() | st.integers(0, 9) | st.text('a"\\{[ن', max_size=5) | st.sampled_from(ODD)
ENTRIES = st.dictionaries(st.sampled_from(["id", "username", "action", "error", "labels", "surname", "note"]), SMALL, max_size=4)


@given(st.lists(ENTRIES | SMALL, min_size=1, max_size=4), st.sampled_from([fitting.PLAIN, fitting.NAMES]))
def test_what_is_said_to_be_short_enough_is_not_made_shorter(entries, left):
    if fitting._short_enough(entries, left):
        assert [fitting.shortened(entry, left) for entry in entries] == entries


@pytest.mark.parametrize("left", [fitting.PLAIN, fitting.NAMES])
def test_a_list_of_plain_names_is_seen_to_be_short_enough(left):
    entries = [{"id": 1, "username": "a", "action": "unchanged", "changed": False}] * 3
    assert fitting._short_enough(entries, left) and not fitting._short_enough([*entries, {"labels": ["a"]}], left)
    assert fitting._short_enough([*entries, {"surname": "b"}], left) is (left == fitting.PLAIN)


def test_a_failure_keeps_what_failed_first():
    result = {"failed": True, "changed": True, "msg": "alocom_user: 300 of 2000 users failed", "users": managed(2000, range(0, 2000, 7)),
              "summary": {"failed": 286, "unchanged": 1714}, "error": {"code": 422}}
    fit(result, fitting.PRINTED)
    assert length(result) <= fitting.PRINTED and result["summary"] == {"failed": 286, "unchanged": 1714}
    assert {entry["action"] for entry in result["users"]} == {"failed"} and len(result["users"]) > 200
    assert result["users"][0] == {"id": 0, "username": "u-00000", "action": "failed", "changed": False,
                                  "error": {"operation": "create user", "code": 422, "message": "no"}}
    assert any(text.endswith("of 2000 users") for text in result["shortened"]["left_out"])


@pytest.mark.parametrize("limit", [fitting.PRINTED, 5_000])
def test_what_is_told_once_is_never_left_out(limit):
    entries = managed(2000, range(500, 1000))
    for entry in entries[::100]:
        entry["password"] = "{{ lookup('kariz.panels.told', '%d') }}" % entry["id"]
    result = {"failed": True, "changed": True, "msg": "m", "users": entries}
    fit(result, limit, ("password",))
    assert [entry["password"] for entry in result["users"] if entry.get("password")] == [entry["password"] for entry in entries[::100]]
    assert length(result) <= max(limit, 8_000)


def test_lines_say_how_many_are_missing_and_warnings_too():
    result = {"changed": False, "lines": ["line %05d" % number for number in range(10_000)], "warnings": ["warning %d" % number for number in range(300)]}
    fit(result, 20_000)
    assert len(result["lines"]) == 101 and result["lines"][-1] == "... and 9900 more lines"
    assert len(result["warnings"]) == 22 and result["warnings"][20] == "and 280 more warnings"


def test_a_message_of_thousands_of_mistakes_keeps_the_first():
    text = "; ".join("users[%d].emial: unknown option, did you mean email?" % number for number in range(5000))
    result = {"failed": True, "changed": False, "msg": "alocom_user: " + text, "error": {"code": "bad_option", "message": text}}
    fit(result, fitting.PRINTED)
    assert length(result) <= fitting.PRINTED and result["msg"].startswith("alocom_user: users[0].emial") and "characters more" in result["error"]["message"]
    assert result["error"]["code"] == "bad_option"


def test_what_the_platform_does_not_print_does_not_count():
    result = {"failed": True, "msg": "m", "users": managed(20), "diff": {"before": "x" * 100_000}, "invocation": {"module_args": {"a": "x" * 100_000}}}
    before = copy.deepcopy(result)
    fit(result, fitting.PRINTED, unprinted=("diff", "invocation"))
    assert result == before
    fit(result, fitting.PRINTED)
    assert "diff" not in result and result["invocation"]["module_args"]["a"] == "100002 characters" and result["users"] == before["users"]


def test_a_summary_names_each_object():
    result = {"changed": False, "users": users(3), "gauges": [{"name": "credit", "value": 5, "history": [1, 2]}], "names": ["a"], "summary": {"x": 1}}
    summarise(result)
    assert result["users"] == [{"id": number, "username": "u-%05d" % number, "name": "نام"} for number in range(3)]
    assert result["gauges"] == [{"name": "credit", "value": 5}] and result["names"] == ["a"] and result["summary"] == {"x": 1}


#: Long texts as one letter many times: drawing each letter would take longer than all that is tested.
LONG = st.builds(str.__mul__, st.text(min_size=1, max_size=2), st.integers(0, 400))
VALUES = st.recursive(st.one_of(st.none(), st.booleans(), st.integers(), LONG),
                      lambda inner: st.one_of(st.lists(inner, max_size=40), st.dictionaries(st.text(max_size=8), inner, max_size=8)), max_leaves=60)


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(["users", "report", "lines", "diff", "invocation", "warnings", "plan", "text"]), VALUES), st.booleans())
def test_any_result_fits(parts, failed):
    """Of whatever shape: what is left is within the limit, and the result still says whether it failed."""
    parts["warnings"] = [text for text in [parts.get("warnings")] if isinstance(text, str)]
    parts["invocation"] = {"module_args": {"x": parts.get("invocation")}}
    result = dict(parts, changed=True, failed=failed, msg="said " * 10)
    fit(result, 4_000)
    assert length(result) <= 4_000 + 2_000 and result["failed"] is failed and result["changed"] is True and result["msg"]


@pytest.mark.parametrize("printed", [False, True])
def test_what_is_kept_beside_is_the_longest_and_all_of_it(printed):
    """Names of what was kept stand in its place; counts and short parts stay. A difference that is printed goes: nobody reads a reference there."""
    kept: dict = {}

    def keep(value):
        kept["kept %d" % len(kept)] = value
        return "kept %d" % (len(kept) - 1)
    before = {"u-%05d" % number: {"name": "x" * 40} for number in range(400)}
    result = {"changed": True, "users": managed(400), "summary": {"created": 400}, "labels": ["a"], "warnings": ["w"], "diff": {"before": before, "after": {}},
              "msg": "m" * 3000}
    whole = copy.deepcopy(result)
    fitting.put_beside(result, 20_000, keep, printed)
    assert length(result) <= 20_000 and kept[result["users"]] == whole["users"] and "users" not in result.get("shortened", {}).get("left_out", ())
    assert {name: result[name] for name in ("summary", "labels", "warnings", "msg")} == {name: whole[name] for name in ("summary", "labels", "warnings", "msg")}
    if printed:
        assert "diff" not in result and result["shortened"]["left_out"] == ["diff"]
    else:
        assert kept[result["diff"]["before"]] == before and "shortened" not in result
    small = {"users": managed(3)}
    fitting.put_beside(small, 20_000, keep, printed)
    assert small == {"users": managed(3)}


def test_what_is_left_is_in_the_summary_of_gauges():
    result = {"gauges": [{"key": "disk", "kind": "disk", "name": None, "left": 7.5, "total": 10, "unlimited": False, "expires": None}]}
    summarise(result)
    assert result["gauges"] == [{"key": "disk", "kind": "disk", "name": None, "left": 7.5}]


def jobs():
    for module in pkgutil.iter_modules(action.__path__):
        yield module.name, importlib.import_module("%s.%s" % (action.__name__, module.name)).ActionModule


@pytest.mark.parametrize("name", [name for name, _action in jobs() if name.endswith(("_info", "_report"))])
def test_whatever_only_reads_can_be_asked_for_a_summary(name):
    plugin = dict(jobs())[name]
    spec = plugin.job.arguments()["argument_spec"] if hasattr(plugin, "job") else plugin.options
    assert spec["return_content"] == {"type": "str", "choices": ["auto", "full", "summary"], "default": "auto"}


# -- limits: exactly at each, and one past it ------------------------------------------------------------------------------


def of_length(most, made):
    """Return what ``made(text)`` gives for a text that makes it so long as JSON."""
    value = made("x" * (most - length(made(""))))
    assert length(value) == most
    return value


def tight(**parts):
    """Return a result that fits as soon as its users are without what stands deeper in them."""
    result = dict(parts, changed=False, users=users(1000))
    fit(result, length(result) - 1)
    assert "labels" not in result["users"][0] and result["users"][0]["surname"]
    return result


def hopeless(**parts):
    """Return a result whose message alone is too long: all that may be given up is given up."""
    result = dict(parts, changed=False, msg="m" * 9_000)
    fit(result, 5_000)
    return result


def test_one_character_too_many():
    result = {"changed": False, "users": users(1000)}
    whole = length(result)
    fit(result, whole - 1)
    assert result["shortened"] == {"characters": whole, "limit": whole - 1, "reduced": ["users"], "left_out": []} and "labels" not in result["users"][0]


@pytest.mark.parametrize("more", [0, 1])
def test_a_short_difference_stays_and_short_options_too(more):
    diff, option = of_length(1000 + more, lambda text: {"before": text}), of_length(1000 + more, str)
    made = tight(diff=diff, invocation={"module_args": {"src": option, "name": "a"}}, warnings=["warning %d" % number for number in range(20 + more)])
    assert made.get("diff") == (None if more else diff) and ("diff" in made["shortened"]["left_out"]) is bool(more)
    assert made["invocation"]["module_args"] == {"src": "1001 characters" if more else option, "name": "a"}
    assert ("invocation" in made["shortened"]["reduced"]) is bool(more) is ("warnings" in made["shortened"]["reduced"])
    assert made["warnings"][:20] == ["warning %d" % number for number in range(20)] and made["warnings"][20:-1] == ["and 1 more warnings"] * more


def test_what_is_said_twice_is_no_reason_to_leave_warnings_out():
    assert tight(warnings=["w"] * 21)["warnings"][:-1] == ["w"] * 21


def test_a_short_text_of_an_object_stays():
    entries = [{"id": number, "at": "x" * 200, "past": "x" * 201, "labels": ["a"] * 9} for number in range(100)]
    result = {"users": entries}
    fit(result, length(result) - 1)
    assert result["users"][7] == {"id": 7, "at": "x" * 200}
    assert fitting._short_enough([{"at": "x" * 200}], fitting.PLAIN) and not fitting._short_enough([{"past": "x" * 201}], fitting.PLAIN)
    assert not fitting._short_enough([{"past": QUOTED}], fitting.PLAIN)


def test_what_need_not_be_reduced_is_whole():
    """The longest list first, and no other where that is enough."""
    whole = {"users": users(1000), "others": users(200)}
    one, both = copy.deepcopy(whole), copy.deepcopy(whole)
    fit(one, length(whole) - 1)
    fit(both, 2_000 + length({name: [fitting.shortened(entry, fitting.PLAIN) for entry in entries] for name, entries in whole.items()}))
    assert one["others"] == whole["others"] and one["shortened"]["reduced"] == ["users"]
    assert "labels" not in both["others"][0] and "surname" in both["others"][0] and both["shortened"]["reduced"] == ["users", "others"]


@pytest.mark.parametrize("more", [0, 1])
def test_a_hundred_lines_are_told(more):
    lines = ["a"] * (99 + more) + ["x" * 5_000]
    result = {"lines": lines}
    fit(result, length(result) - 1)
    assert result.get("lines") == ([*lines[:100], "... and 1 more lines"] if more else None)
    assert (result["shortened"]["reduced"], result["shortened"]["left_out"]) == ((["lines"], []) if more else ([], ["lines"]))


def test_short_parts_are_not_left_out():
    at, past = of_length(500, str), of_length(501, str)
    made = hopeless(at=at, past=past, list_at=of_length(500, lambda text: [text]), map_past=of_length(501, lambda text: {"a": text}))
    assert made["at"] == at and "list_at" in made and not {"past", "map_past"} & set(made)
    assert sorted(made["shortened"]["left_out"]) == ["map_past", "past"] and made["msg"] == "m" * 9_000


@pytest.mark.parametrize("more", [0, 1])
def test_a_message_is_told_whole_up_to_a_length(more):
    text = "m" * (10_000 + more)
    result = {"failed": True, "msg": text, "error": {"message": text, "code": 1}}
    fit(result, 1_000)
    told = "m" * 10_000 + (" ... (1 characters more)" if more else "")
    assert result["msg"] == told == result["error"]["message"] and result["shortened"]["reduced"] == (["msg", "message"] if more else [])


def test_the_warning_says_what_became_of_what():
    whole = {"users": users(300), "diff": {"before": "x" * 1_000}, "changed": False}
    left = "; the variable kariz_result_limit: 0 (or return_content: full, where there is that option) returns everything"
    for parts, limit, said in ((whole, length(whole) - 1, "users came back reduced and diff was left out"),
                               ({"users": users(300)}, 20_000, "users came back reduced"),
                               ({"text": "x" * 9_000}, 5_000, "text was left out"), ({"msg": "m" * 6_000}, 5_000, "nothing of it may be left out")):
        result = copy.deepcopy(parts)
        fit(result, limit)
        assert result["warnings"] == ["the result has %d characters, and at most %d are kept: %s%s" % (length(parts), limit, said, left)]


def test_lists_of_objects_are_found_wherever_they_stand():
    """In mappings of few, some deep; of a mapping of many, and of what the result is about, nothing is taken."""
    deep = {"a": {"b": {"c": {"d": {"e": {"rows": users(300)}}}}}}
    few, many = ({**{"key %d" % number: number for number in range(count - 1)}, "rows": users(300)} for count in (50, 51))
    made = {"deep": copy.deepcopy(deep), "few": few, "many": many, "summary": {"rows": users(300)}}
    summarise(made)
    name = {"id": 0, "username": "u-00000", "name": "\u0646\u0627\u0645"}
    assert made["deep"]["a"]["b"]["c"]["d"]["e"]["rows"][0] == name == made["few"]["rows"][0]
    assert made["many"]["rows"][0]["labels"] and made["summary"]["rows"][0]["labels"]


@pytest.mark.parametrize("left", [fitting.PLAIN, fitting.NAMES, fitting.LABEL])
def test_what_is_left_of_an_object(left):
    """What it is called, what came of it, and why it failed; what is no object stays as it is."""
    error = {"operation": "create", "code": 7, "message": "no", "http_status": None, "vendor": "v"}
    whole = {"id": 5, "username": "", "title": "a", "name": "b", "surname": "c", "action": "failed", "changed": False, "profile": {"x": 1}, "error": error}
    plain = {"id": 5, "username": "", "title": "a", "name": "b", "surname": "c", "action": "failed", "changed": False,
             "error": {"operation": "create", "code": 7, "message": "no"}}
    names = {name: value for name, value in plain.items() if name != "surname"}
    label = {"title": "a", "id": 5, "action": "failed", "error": {"operation": "create", "code": 7}}
    assert fitting.shortened(whole, left) == {fitting.PLAIN: plain, fitting.NAMES: names, fitting.LABEL: label}[left]
    assert fitting.shortened("a name", left) == "a name"
    assert fitting.shortened({"name": "a", "error": "text"}, left) == ({"name": "a"} if left == fitting.LABEL else {"name": "a", "error": "text"})


def test_of_what_failed_as_much_is_told_as_there_is_room():
    """What failed first, in the order of the task; one more of them would not have fitted beside what is added."""
    result = {"failed": True, "msg": "m", "users": managed(2000, range(0, 2000, 2)), "others": ["a"]}
    one = length(managed(1, [0])[0])
    fit(result, fitting.PRINTED)
    ids = [entry["id"] for entry in result["users"]]
    assert ids == list(range(0, 2 * len(ids), 2)) and result["others"] == ["a"]
    assert result["shortened"]["left_out"] == ["%d of 2000 users" % (2000 - len(ids))]
    room = fitting.PRINTED - 2_000 - length({name: value for name, value in result.items() if name not in ("warnings", "shortened")})
    assert 0 <= room < 2_000 + one + 10


def test_what_is_told_once_takes_its_room_before_what_failed():
    entries = managed(2000, range(0, 2000, 2))
    for entry in entries[1001::10]:
        entry["password"] = "x" * 100
    result = {"failed": True, "msg": "m", "users": copy.deepcopy(entries)}
    fit(result, fitting.PRINTED, ("password",))
    assert [entry["id"] for entry in result["users"] if "password" in entry] == list(range(1001, 2000, 10))
    assert all(entry["error"]["message"] == "no" for entry in result["users"] if entry["action"] == "failed") and len(result["users"]) > 200
    assert result["users"] == sorted(result["users"], key=lambda entry: entry["id"])


def test_a_result_that_succeeded_keeps_its_objects_as_long_as_they_can_be_named():
    entries = managed(300, range(300))
    result = {"changed": True, "users": copy.deepcopy(entries)}
    fit(result, 35_000)
    assert len(result["users"]) == 300


@pytest.mark.parametrize(("count", "limit", "beside"), [(0, 0, False), (1, 0, True)])
def test_a_result_that_is_one_character_too_long_is_kept_beside(count, limit, beside):
    result = {"users": managed(400)}
    fitting.put_beside(result, length(result) - count, lambda value: "kept", False)
    assert (result == {"users": "kept"}) is beside


def test_what_is_short_is_not_kept_beside():
    at, past = of_length(2_000, lambda text: [text]), of_length(2_001, lambda text: [text])
    few, many = ({"%02d" % number: "x" * 100 for number in range(count)} for count in (50, 51))
    result = {"at": at, "past": past, "few": few, "many": many, "text": "x" * 9_000}
    fitting.put_beside(result, 5_000, lambda value: "kept", False)
    assert result == {"at": at, "past": "kept", "few": few, "many": "kept", "text": "x" * 9_000}
