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


ODD = ['"' + "a" * 199 + '"', "[" * 201, "a" * 200, "a" * 201, "ن" * 40, [], {}, ["a"], {"a": 1}]
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
