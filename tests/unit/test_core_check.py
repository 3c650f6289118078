# SPDX-License-Identifier: GPL-3.0-or-later
"""The one checker of options: values as the platform would make them, every mistake with its place and advice, no secret in a message."""

from __future__ import annotations

import os
import re

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins.module_utils._alocom.event import EVENT
from ansible_collections.kariz.panels.plugins.module_utils._alocom.event_link import EVENT_LINK
from ansible_collections.kariz.panels.plugins.module_utils._alocom.user import USER
from ansible_collections.kariz.panels.plugins.module_utils._core.errors import UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.options import check
from ansible_collections.kariz.panels.plugins.module_utils._core.options.connection import from_environment
from ansible_collections.kariz.panels.plugins.module_utils._core.state import planner
from ansible_collections.kariz.panels.plugins.module_utils._core.state.results import Failed
from ansible_collections.kariz.panels.plugins.module_utils._core.task.host import Host
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.payment import USER_PAYMENT

SPEC = {
    "name": {"type": "str"},
    "count": {"type": "int", "default": 3},
    "share": {"type": "float"},
    "enabled": {"type": "bool"},
    "place": {"type": "path"},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "kinds": {"type": "list", "elements": "str", "choices": ["one", "two"]},
    "tags": {"type": "list", "elements": "str"},
    "free": {"type": "raw"},
    "map": {"type": "dict"},
    "password": {"type": "str", "no_log": True},
    "env": {"type": "int", "fallback": (from_environment, ["KARIZ_TEST_ENV"])},
    "users": {"type": "list", "elements": "dict", "options": {
        "username": {"type": "str", "required": True},
        "name": {"type": "str"},
        "enabled": {"type": "bool", "default": True},
        "password": {"type": "str", "no_log": True},
        "members": {"type": "list", "elements": "dict", "options": {"role": {"type": "str", "choices": ["guest", "owner"]}}},
    }},
    "one": {"type": "dict", "options": {"depth": {"type": "int", "required": True}}},
}


def told(params, spec=None, **constraints):
    """Return the sentences about a mapping of options."""
    return [problem.sentence() for problem in check.Checker(spec or SPEC, **constraints).check(params).problems]


USERS = "allowed here: enabled, members, name, password, username"
IS_TEXT = "this is the text of one: from_json (or from_yaml) makes a list of it"


@pytest.mark.parametrize(("params", "sentences"), [
    ({"users": [{"username": "a"}, {"username": "b", "nmae": "x"}]}, ["users[1].nmae: unknown option, did you mean name? " + USERS]),
    ({"users": [{"usernam": "a"}]}, ["users[0].usernam: unknown option, did you mean username? " + USERS]),
    ({"users": [{"zzz": "a"}]}, ["users[0].zzz: unknown option; " + USERS, "users[0]: username is required"]),
    ({"users": [{"username": "a", "User-Name": "b"}]}, ["users[0].User-Name: unknown option, did you mean username? " + USERS]),
    ({"users": "bob"}, ["users: must be a list, not text; " + USERS]), ({"users": 5}, ["users: must be a list, not text; " + USERS]),
    ({"users": '[{"username": "a"}, {"username": "b"}]'}, ["users: must be a list, not text; " + IS_TEXT]), ({"users": "username=a"}, []),
    ({"tags": '["a", "b"]'}, ["tags: must be a list, not '[\"a\", \"b\"]'; " + IS_TEXT]),
    ({"tags": " ['a'] "}, ["tags: must be a list, not \" ['a'] \"; " + IS_TEXT]),
    ({"tags": "[a], b"}, []), ({"tags": "[a]"}, []), ({"tags": "a,b"}, []), ({"tags": "[" * 5000 + "]"}, []), ({"tags": 5}, []),
    ({"state": True}, ["state: must be one of present, absent, not true"]), ({"state": ["present"]}, ["state: must be one of present, absent, not a list"]),
    ({"kinds": ["one", False]}, ["kinds[1]: must be one of one, two, not false"]), ({"kinds": {"one": 1}}, ["kinds: must be a list, not a mapping"]),
    ({"users": ["bob", 5]}, ["users[0]: must be a mapping, not text; " + USERS, "users[1]: must be a mapping, not text; " + USERS]),
    ({"users": [None]}, ["users[0]: must be a mapping; " + USERS]),
    ({"users": {"username": "a"}}, ["users: must be a list, not a mapping; " + USERS]),
    ({"users": [{"username": None}]}, ["users[0]: username is required (username: empty, null)"]),
    ({"users": [{"username": "a", "enabled": "perhaps"}]}, ["users[0].enabled: must be true or false, not 'perhaps'"]),
    ({"users": [{"username": "a", "enabled": 2}]}, ["users[0].enabled: must be true or false, not 2"]),
    ({"users": [{"username": "a", "members": [{}, {"role": "gest"}]}]},
     ["users[0].members[1].role: must be one of guest, owner, not 'gest'; did you mean guest?"]),
    ({"name": True}, ["name: must be text, not true; put it in quotes"]),
    ({"name": ["a"]}, ["name: must be text, not a list"]),
    ({"name": {}}, ["name: must be text, not a mapping"]),
    ({"count": "many"}, ["count: must be a whole number, not 'many'"]),
    ({"count": 1.5}, ["count: must be a whole number, not 1.5"]),
    ({"count": True}, ["count: must be a whole number, not true"]),
    ({"count": []}, ["count: must be a whole number, not a list"]),
    ({"count": "inf"}, ["count: must be a whole number, not 'inf'"]),
    ({"share": "x"}, ["share: must be a number, not 'x'"]),
    ({"share": False}, ["share: must be a number, not false"]),
    ({"state": "presnt"}, ["state: must be one of present, absent, not 'presnt'; did you mean present?"]),
    ({"state": "zzz"}, ["state: must be one of present, absent, not 'zzz'"]),
    ({"kinds": ["one", "tow", "x"]}, ["kinds[1]: must be one of one, two, not 'tow'; did you mean two?", "kinds[2]: must be one of one, two, not 'x'"]),
    ({"tags": ["a", None, {"b": 1}]}, ["tags[1]: must not be empty (null)", "tags[2]: must be text, not a mapping"]),
    ({"tags": {"a": 1}}, ["tags: must be a list, not a mapping"]),
    ({"tags": True}, ["tags: must be a list, not true"]),
    ({"map": "what"}, ["map: must be a mapping, not text"]),
    ({"one": {"depth": "x", "dept": 1}}, ["one.dept: unknown option, did you mean depth? allowed here: depth", "one.depth: must be a whole number, not 'x'"]),
    ({"one": []}, ["one: must be a mapping, not a list; allowed here: depth"]),
    ({"password": ["hidden"]}, ["password: must be text, not a list"]), ({"password": True}, ["password: must be text, not true; put it in quotes"]),
    ({"name": "x" * 100, "count": "y" * 61}, ["count: must be a whole number, not '%s...'" % ("y" * 60)]),
    ({}, []),
])
def test_mistakes(params, sentences):
    assert told(params) == sentences


ABOVE = {name: {"type": "str"} for name in "abc"}


@pytest.mark.parametrize(("params", "constraints", "sentences"), [
    ({"a": "1", "b": "2", "c": "3"}, {"mutually_exclusive": [("a", "b", "c")]}, ["a, b and c are mutually exclusive: give one of them"]),
    ({"a": "1", "b": None}, {"mutually_exclusive": [("a", "b")]}, []),
    ({}, {"required_one_of": [("a", "b", "c")]}, ["a, b or c is required"]),
    ({"a": None}, {"required_one_of": [("a", "b")]}, ["a or b is required (a: empty, null)"]),
    ({"b": ""}, {"required_one_of": [("a", "b")]}, []),
    ({"a": "1", "c": "x"}, {"required_together": [("a", "b", "c")]}, ["a and c needs b as well"]),
    ({}, {"required_together": [("a", "b")]}, []),
    ({"a": "1", "b": "1"}, {"required_together": [("a", "b")]}, []),
    ({"a": "1"}, {"required_by": {"a": ("b", "c")}}, ["a needs b and c as well"]),
    ({"a": "1"}, {"required_by": {"a": "b"}}, ["a needs b as well"]),
    ({"b": "1"}, {"required_by": {"a": "c"}}, []),
    ({"a": "1", "b": "x"}, {"required_if": [("a", "1", ("b", "c"))]}, ["a: 1 needs c"]),
    ({"a": "1"}, {"required_if": [("a", "1", ("b", "c"), True)]}, ["a: 1 needs b or c"]),
    ({"a": "1", "c": "x"}, {"required_if": [("a", "1", ("b", "c"), True)]}, []),
    ({"a": "2"}, {"required_if": [("a", "1", ("b",))]}, []),
    ({"a": "1", "b": []}, {"required_if": [("a", "1", ("b",))]}, ["b: must be text, not a list"]),
    ({"b": []}, {"required_one_of": [("a", "b")]}, ["b: must be text, not a list"]),
    ({}, {"required_one_of": [("a",)]}, ["a is required"]),
    ({"a": "1"}, {"required_if": [("a", "1", ("b",), True)]}, ["a: 1 needs b"]), ({"a": "1"}, {"required_if": [("a", "1", ("b",), False)]}, ["a: 1 needs b"]),
])
def test_options_taken_together(params, constraints, sentences):
    assert told(params, ABOVE, **constraints) == sentences


def test_a_default_is_enough_where_one_of_several_is_required():
    spec = {"a": {"type": "str"}, "b": {"type": "bool", "default": False}}
    assert told({}, spec, required_one_of=[("a", "b")]) == [] and told({}, {"a": {}, "b": {}}, required_one_of=[("a", "b")]) == ["a or b is required"]


def test_a_choice_that_is_secret_is_not_quoted():
    spec = {"way": {"type": "str", "choices": ["one", "two"], "no_log": True}}
    assert told({"way": "tow"}, spec) == ["way: must be one of one, two"]


def test_the_entries_of_a_list_that_hold_a_mistake():
    checked = check.Checker(SPEC).check({"users": [{"username": "a"}, {"username": "b", "x": 1}, 5], "tags": [None], "count": "x"})
    assert checked.broken("users") == {1, 2} and checked.broken("tags") == {0} and checked.broken("count") == set() == checked.broken("name")


def test_a_misspelt_name_stands_for_the_one_that_is_missing():
    assert told({"usernam": "x"}, {"username": {}, "id": {}}, required_one_of=[("username", "id")]) == [
        "usernam: unknown option, did you mean username? allowed here: id, username"]


def test_an_entry_of_a_list_has_constraints_of_its_own():
    spec = {"things": {"type": "list", "elements": "dict", "options": ABOVE, "required_one_of": [("a", "b")]}}
    assert told({"things": [{"a": "1"}, {"c": "1"}]}, spec) == ["things[1]: a or b is required"]


@pytest.mark.parametrize(("params", "values"), [
    ({"count": "۱۲"}, {"count": 12}), ({"count": "1,200"}, {"count": 1200}), ({"count": "4.0"}, {"count": 4}), ({"count": 4.0}, {"count": 4}),
    ({"count": "٤٬٠٠٠"}, {"count": 4000}), ({"count": None}, {"count": 3}),
    ({"share": "1,000.5"}, {"share": 1000.5}), ({"share": 2}, {"share": 2.0}),
    ({"enabled": "yes"}, {"enabled": True}), ({"enabled": 0}, {"enabled": False}), ({"name": 12}, {"name": "12"}), ({"name": b"a\xd9\x86"}, {"name": "aن"}),
    ({"state": "Absent "}, {"state": "absent"}), ({"state": "absent"}, {"state": "absent"}), ({"kinds": ["TWO"]}, {"kinds": ["two"]}),
    ({"tags": "a,b"}, {"tags": ["a", "b"]}), ({"tags": 5}, {"tags": ["5"]}),
    ({"map": '{"a": 1}'}, {"map": {"a": 1}}), ({"map": "a=1"}, {"map": {"a": "1"}}), ({"users": [{"username": 5}]}, {"users": [
        {"username": "5", "name": None, "enabled": True, "password": None, "members": None}]}),
])
def test_values(params, values):
    checked = check.Checker(SPEC).check(params)
    assert not checked.problems and {name: checked.values[name] for name in values} == values


def test_every_option_has_a_value_and_nothing_given_is_changed():
    params = {"users": [{"username": "a"}], "free": {"x": [1]}}
    checked = check.Checker(SPEC).check(params)
    assert set(checked.values) == set(SPEC) and checked.values["free"] == {"x": [1]} and checked.values["state"] == "present"
    assert params == {"users": [{"username": "a"}], "free": {"x": [1]}}
    spec = {"tags": {"type": "list", "elements": "str", "default": ["a"]}}
    check.Checker(spec).check({}).values["tags"].append("b")
    assert check.Checker(spec).check({}).values["tags"] == ["a"]


@pytest.mark.parametrize(("value", "found"), [("5", 5), ("", None), (None, None)])
def test_an_empty_variable_of_the_environment_is_not_set(monkeypatch, value, found):
    monkeypatch.delenv("KARIZ_TEST_ENV", raising=False)
    if value is not None:
        monkeypatch.setenv("KARIZ_TEST_ENV", value)
    checked = check.Checker(SPEC).check({})
    assert not checked.problems and checked.values["env"] == found


def test_a_variable_of_the_environment_is_checked_too_and_counts_as_given(monkeypatch):
    monkeypatch.setenv("KARIZ_TEST_ENV", "many")
    assert told({}) == ["env: must be a whole number, not 'many'"]
    monkeypatch.setenv("KARIZ_TEST_ENV", "1")
    assert told({"name": "x"}, SPEC, mutually_exclusive=[("env", "name")]) == ["env and name are mutually exclusive: give one of them"]


def test_what_the_platform_is_given_holds_only_what_users_gave():
    checker = check.Checker(SPEC)
    params = {"users": [{"username": "a", "name": None}], "one": {"depth": 1}, "name": None, "tags": []}
    assert checker.given_only(checker.check(params).values, params) == {
        "users": [{"username": "a", "enabled": True}], "one": {"depth": 1}, "tags": []}


# -- the same values as the platform's own validation ----------------------------------------------------------------------

#: Choices that may stand there in another letter case.
LENIENT = re.compile("present|absent|one|two|guest|owner")
WORDS = ["yes", "no", "1", "present", "one"]
SCALARS = st.none() | st.booleans() | st.integers(-10**6, 10**6) | st.floats(-1e6, 1e6) | st.text(max_size=6) | st.sampled_from(WORDS)
LEAVES = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(st.sampled_from(["a", "username", "role"]), SCALARS, max_size=2)
ITEMS = st.dictionaries(st.sampled_from(list(SPEC["users"]["options"])), LEAVES, max_size=5)
TASKS = st.dictionaries(st.sampled_from(list(SPEC)), LEAVES, max_size=6) | st.fixed_dictionaries({"users": st.lists(ITEMS, max_size=3)})


@given(TASKS)
def test_accepted_values_are_those_of_the_platform(params):
    """Where both accept, they agree, but for what is meant by null and by a number with its thousands apart."""
    checked = check.Checker(SPEC).check(params)
    if checked.problems:
        return
    validated = platform(params)
    # The platform refuses a choice in another letter case, or a number as people write it.
    assert validated is None or checked.values == validated


def platform(params):
    """Return the values that the platform's own validation makes, or None when it refuses (or breaks)."""
    try:
        validated = ArgumentSpecValidator(SPEC).validate(without_null(params))
    except TypeError:
        return None
    return None if validated.error_messages else validated.validated_parameters


def without_null(value):
    if isinstance(value, dict):
        return {name: part if name in ("free", "map") else without_null(part) for name, part in value.items() if part is not None}
    return [without_null(part) for part in value] if isinstance(value, list) else value


@given(TASKS)
def test_what_the_platform_refuses_is_refused(params):
    folded = [entry for name in ("state", "kinds", "users") for entry in LENIENT.findall(str(params.get(name)).lower())]
    if platform(params) is None and not folded and not any(isinstance(params.get(name), str) for name in ("count", "share")):
        assert told(params)


@given(st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=8))
def test_nothing_breaks_the_checker(value):
    for params in ({"users": value}, {"users": [value]}, {"one": value}, {"tags": value}, {"kinds": [value]}, {"password": value}, {"count": value}):
        for sentence in told(params):
            assert sentence


# -- secrets ---------------------------------------------------------------------------------------------------------------

CANARY = "canary-1234567"


@pytest.mark.parametrize("params", [
    {"password": [CANARY]}, {"password": {"x": CANARY}}, {"users": "password=" + CANARY}, {"users": [CANARY]}, {"users": CANARY}, {"map": CANARY},
    {"users": [{"username": "a", "password": [CANARY]}]}, {"users": [{"username": "a", "password": {"x": CANARY}}]},
])
def test_a_secret_is_never_quoted(params):
    sentences = told(params)
    assert sentences and CANARY not in "".join(sentences)


def test_secrets_are_known_so_that_the_same_text_elsewhere_is_masked_before_it_is_cut():
    long = CANARY * 6
    checked = check.Checker(SPEC).check({"password": long, "count": long, "users": [{"username": "a", "password": "other-secret"}]})
    assert checked.secrets == {long, "other-secret"}
    text = check.told(checked.problems, lambda value: value.replace(long, "********"))
    assert text == "count: must be a whole number, not '********'"


# -- what is told ----------------------------------------------------------------------------------------------------------


def test_one_mistake_is_one_line_and_many_are_counted():
    problems = [check.Problem(("users", place), "is wrong") for place in range(25)]
    assert check.told(problems[:1]) == "users[0]: is wrong"
    lines = check.told(problems[:20]).splitlines()
    assert lines[0] == "20 mistakes in the options; nothing was sent" and lines[-1] == "users[19]: is wrong" and len(lines) == 21
    lines = check.told(problems).splitlines()
    assert lines[-2:] == ["users[19]: is wrong", "... and 5 more"] and len(lines) == 22


def test_the_code_is_kept_where_all_mistakes_have_one():
    assert check.OptionsError([check.Problem((), "x", code="E211")]).code == "E211"
    assert check.OptionsError([check.Problem((), "x", code="E211"), check.Problem((), "y")]).code == "bad_option"
    error = check.OptionsError([check.Problem((), "x", advice="do y")], vendor="v")
    assert error.code == "bad_option" and error.sentence() == "x; do y" and error.vendor == "v" and error.operation == "options"


@pytest.mark.parametrize(("name", "names", "found"), [
    ("nmae", ["name", "username"], "name"), ("NAME", ["name"], "name"), ("user-name", ["user_name"], "user_name"), ("zzz", ["name"], None),
    (5, ["5a", "b"], "5a"), ("", ["a"], None),
])
def test_what_was_meant(name, names, found):
    assert check.meant(name, names) == found


# -- jobs ------------------------------------------------------------------------------------------------------------------


def of(job, params):
    return [problem.sentence() for problem in check.options_of(job, params).problems]


def test_all_mistakes_of_all_items_together_those_of_shape_and_those_of_meaning():
    sentences = of(USER, {"users": [
        {"username": "a", "cellphone": "12a", "email": "x", "password": "short"}, {"username": "b", "enabled": "perhaps", "cellphone": "12"},
        {"nmae": "c", "username": "c"}, {"username": "", "name": ""}, {"username": "fine", "cellphone": "۰۹۱۲ ۱۲۳ ۴۵۶۷"}]})
    assert [text.partition(": ")[0] for text in sentences] == [
        "users[1].enabled", "users[2].nmae", "users[0].email", "users[0].cellphone", "users[0].password", "users[1].cellphone", "users[3]", "users[3].name"]
    assert sentences[4] == "users[0].password: must have 6 characters or more" and "'12a'" in sentences[3]


def test_mistakes_of_the_flat_options():
    assert of(USER, {"users": None}) == ["username, id or users is required (users: empty, null)"]
    assert of(USER, {"username": "a", "cellphone": "x", "stat": "y"})[0].startswith("stat: unknown option, did you mean state? allowed here: api_")
    assert of(USER, {"username": "a", "cellphone": "x", "stat": "y"})[1:] == ["cellphone: must be a number, not 'x'"]


def test_entries_inside_items():
    assert of(EVENT, {"events": [{"slug": "a b", "members": [{"username": "x", "role": "techer"}, {"rol": 1}], "guest_count": -1}]}) == [
        "events[0].members[0].role: must be one of participant, assistant, teacher, not 'techer'; did you mean teacher?",
        "events[0].members[1].rol: unknown option, did you mean role? allowed here: role, username", "events[0].members[1]: username is required",
        "events[0].slug: must be of Latin letters, digits, '-', '_', '.' and '~', without spaces, not 'a b'",
        "events[0].guest_count: must be 0 or more, not -1"]


@pytest.mark.parametrize(("item", "said"), [
    ({"voucher_no": "12a"}, "payments[1].voucher_no: must be a number, not '12a'"), ({"voucher_no": "1" * 16}, "must be a number of up to 15 digits"),
    ({"amount": "x"}, "payments[1].amount: must be a number, not 'x'"), ({"amount": "0"}, "payments[1].amount: must be more than 0"),
    ({"voucher_date": "soon"}, "payments[1].voucher_date: must be a day such as 1404/07/12 or 2025-10-04, not 'soon'"),
    ({"comment": "x" * 256}, "payments[1].comment: must have 255 characters or less"), ({"username": "a'b"}, "payments[1].username: must not hold a quote"),
])
def test_fields_say_what_they_take(item, said):
    """These are told together with a mistake of shape, and alone by the plan: the same words."""
    good = {"username": "a", "voucher_no": "1", "amount": "1,000", "currency_id": "۱"}
    sentences = of(USER_PAYMENT, {"payments": [{"zz": 1}, dict(good, **item)]})
    assert any(text.startswith(said) or said in text for text in sentences[1:]), sentences
    assert not any("payments[1]" in text for text in of(USER_PAYMENT, {"payments": [{"zz": 1}, good]}))


@pytest.mark.parametrize(("value", "said"), [
    ("12a", ["users[0].id: must be a whole number, not '12a'"]), ("-1", ["users[0].id: must be a whole number, not '-1'"]), ("۱۲ ", []), (12, [])])
def test_an_id_is_a_number_in_any_digits(value, said):
    found = check.options_of(USER, {"users": [{"id": value, "name": "x"}, {"zz": 1}]})
    assert [problem.sentence() for problem in found.problems if problem.path[:2] == ("users", 0)] == said
    if not said:
        assert planner.desire(USER, [USER.items(found.values)[0]])[0].id == "12"


def test_refusal_is_a_result_with_an_error():
    checked = check.options_of(USER, {"username": "a", "sate": "x"})
    result = check.refusal(USER, checked)
    assert result["changed"] is False and result["msg"].startswith("alocom_user: sate: unknown option, did you mean state?")
    assert result["error"]["code"] == "bad_option" and result["error"]["vendor"] == "alocom" and result["error"]["operation"] == "options"


def test_a_path_is_expanded(monkeypatch):
    monkeypatch.setenv("KARIZ_TEST_ENV", "7")
    assert check.Checker(SPEC).check({"place": "~/$KARIZ_TEST_ENV"}).values["place"] == os.path.expanduser("~/7")


def test_the_plan_tells_mistakes_of_items_of_purge_and_of_the_connection_together():
    checked = check.options_of(USER, {"users": [{"username": "a", "cellphone": "1"}, {"username": "b", "email": "x"}], "purge": True, "api_retries": -1,
                                      "api_url": "ftp://x"})
    assert not checked.problems
    with pytest.raises(Failed) as caught:
        USER.run(Host(checked.values, environ={}))
    result = caught.value.result
    assert result["error"]["code"] == "bad_option" and result["changed"] is False and result["msg"].splitlines() == [
        "alocom_user: 5 mistakes in the options; nothing was sent", "users[0].cellphone: must be a mobile number such as 09121234567, not '1'",
        "users[1].email: must be an e-mail address, not 'x'",
        "purge: true needs purge_labels: only users carrying all of them are ever removed", "api_url must be an http or https address, not 'ftp://x'",
        "api_retries must be 0 or more, not -1"]


def test_a_job_tells_its_own_mistakes_and_those_of_the_connection_together():
    checked = check.options_of(EVENT_LINK, {"people": [{"username": "a"}, {"username": " ", "event": "x"}, {"username": "a", "event": "x"},
                                                       {"username": "a", "event": "x"}], "api_concurrency": 0})
    with pytest.raises(Failed) as caught:
        EVENT_LINK.run(Host(checked.values, environ={}))
    assert caught.value.result["msg"].splitlines() == [
        "alocom_event_link: 4 mistakes in the options; nothing was sent", "people[0]: event is required and must not be empty",
        "people[1]: username is required and must not be empty", "people[3]: names the same person (x / a) as people[2]: each may occur once",
        "api_concurrency must be 1 or more, not 0"]


@pytest.mark.parametrize(("values", "sentences"), [
    ([{"a": 1}, "b=2", '{"c": 3}'], []), (["what"], ["maps[0]: must be a mapping, not text"]), ([None], ["maps[0]: must be a mapping"]),
    ([[1]], ["maps[0]: must be a mapping, not a list"])])
def test_a_list_of_mappings_that_may_hold_anything(values, sentences):
    spec = {"maps": {"type": "list", "elements": "dict"}}
    assert told({"maps": values}, spec) == sentences
    if not sentences:
        assert check.Checker(spec).check({"maps": values}).values == {"maps": [{"a": 1}, {"b": "2"}, {"c": 3}]}


@pytest.mark.parametrize(("error", "found"), [
    (UsageError("no", hint="do y", code="E1"), [("no; do y", "E1")]), (UsageError("no"), [("no", "bad_option")]),
    (check.OptionsError([check.Problem(("a",), "x"), check.Problem((), "y")]), [("a: x", None), ("y", None)])])
def test_what_is_refused_is_collected(error, found):
    problems: list = []

    def refusing(*arguments):
        raise error
    assert check.collect(problems, lambda *arguments: arguments, 1, 2) == (1, 2) and problems == []
    assert check.collect(problems, refusing, 1) is None and [(problem.sentence(), problem.code) for problem in problems] == found


@pytest.mark.parametrize(("value", "found"), [
    ("a", {"a"}), (5, {"5"}), (True, set()), (["a", None, False, ["b"]], {"a", "b"}), ({"x": "a", "y": {"z": 1}}, {"a", "1"})])
def test_what_stands_where_a_secret_belongs_is_one_whatever_its_shape(value, found):
    assert check.Checker(SPEC).check({"password": value}).secrets == found


@pytest.mark.parametrize(("kind", "value", "place"), [
    ({"type": "str"}, "a\x00b", "a"), ({"type": "path"}, "a\x1bb", "a"), ({"type": "str", "no_log": True}, "canary\x07", "a"), ({"type": "str"}, "\ud800", "a"),
    ({"type": "str"}, b"\xff", "a"), ({"type": "str"}, "a\x85b\x9b", "a"), ({"type": "list", "elements": "str"}, ["a", "b\x7f"], "a[1]"),
    ({"type": "list"}, ["a", ["\uffff"]], "a[1][0]"), ({"type": "list", "elements": "dict"}, [{"b": {"c": "\x01"}}], "a[0].b.c"),
    ({"type": "dict"}, {"b": ["\udcff"]}, "a.b[0]"), ({"type": "dict"}, {"\x02": 1}, "a.\\x02"), ({"type": "raw"}, {"b": "\x0b"}, "a.b"),
    ({"type": "list", "elements": "raw"}, ["\x0c"], "a[0]"), ({"type": "dict", "options": {"b": {"type": "str"}}}, {"b": "\ufffe"}, "a.b")])
def test_what_no_text_holds(kind, value, place):
    checked = check.Checker({"a": kind}).check({"a": value})
    [problem] = checked.problems
    told = problem.sentence()
    assert told.startswith(place + ": holds a character that no text holds (U+") and told.isprintable() and "canary" not in told


@pytest.mark.parametrize("value", ["a\tb\r\nc", "می\u200cشود", "a\u202eb\u2066", "\x85", "\ufeff", "\U0001f468\u200d\U0001f469"])
def test_what_texts_hold(value):
    for kind in ({"type": "str"}, {"type": "raw"}, {"type": "list", "elements": "str"}):
        given = [value] if kind["type"] == "list" else value
        checked = check.Checker({"a": kind}).check({"a": given})
        assert checked.problems == [] and checked.values["a"] == given


@pytest.mark.parametrize("value", [10 ** 30, -10 ** 30, 10 ** 400, float("inf"), float("-inf"), float("nan"), "1e999999999", "1e30", "inf", "nan", "9" * 5000])
def test_a_number_beyond_all_numbers(value):
    for kind in ("int", "float"):
        if kind == "float" and value in (10 ** 30, -10 ** 30, "1e30"):
            continue
        checked = check.Checker({"a": {"type": kind}}).check({"a": value})
        [problem] = checked.problems
        assert problem.sentence().startswith("a: must be a ") and len(problem.sentence()) < 200


@pytest.mark.parametrize(("kind", "value", "number"), [
    ("int", 10 ** 30 - 1, 10 ** 30 - 1), ("int", "1e29", 10 ** 29), ("float", 1e300, 1e300), ("float", 5e-324, 5e-324)])
def test_a_number_that_is_one(kind, value, number):
    checked = check.Checker({"a": {"type": kind}}).check({"a": value})
    assert checked.problems == [] and checked.values["a"] == number


@pytest.mark.parametrize(("name", "shown"), [
    ("x" * 5000, "x" * 60 + "..."), ("a\u202eb", "a\\u202eb"), ("\ud800", "\\ud800"), (None, "None"), ("نام", "نام"), ("", "''")])
def test_a_name_is_shown_short_and_in_letters_that_are_seen(name, shown):
    [problem] = check.Checker({"a": {"type": "str"}}).check({name: "x"}).problems
    assert problem.sentence().startswith(shown + ": unknown option")
