# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what the platform holds to what JSON can say."""

from __future__ import annotations

import datetime

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.options.check import OptionsError
from ansible_collections.kariz.panels.plugins.module_utils._core.options.plain import plain
from ansible_collections.kariz.panels.plugins.module_utils._core.text.letters import DEEPEST

DAY = datetime.date(2026, 3, 1)


@pytest.mark.parametrize(("held", "said"), [
    ({"a": 1, "b": [1.5, None, True, "c"]}, {"a": 1, "b": [1.5, None, True, "c"]}),
    (DAY, "2026-03-01"), (datetime.datetime(2026, 3, 1, 8, 30), "2026-03-01T08:30:00"), (("a", 1), ["a", 1]), ({"b", "a"}, ["a", "b"]),
    (frozenset({2}), [2]), ({DAY}, ["2026-03-01"]), ("ه".encode(), "ه"), ({"a": {b"c": b"d"}}, {"a": {"c": "d"}}),
    ({DAY: [DAY]}, {"2026-03-01": ["2026-03-01"]}), ({1: "a", None: "b", 2.5: "c", DAY: {"d"}}, {"1": "a", "null": "b", "2.5": "c", "2026-03-01": ["d"]}),
    ({DAY: object}, {"2026-03-01": str(object)})])
def test_what_a_module_is_given(held, said):
    assert plain(held) == said


def wrapped(depth, inside="x"):
    for _step in range(depth):
        inside = {"a": [inside]}
    return inside


def test_as_deep_as_anything_that_is_meant():
    assert plain(wrapped(DEEPEST // 2)) == wrapped(DEEPEST // 2)
    # Named by days, so that each part is looked at.
    assert plain({DAY: wrapped(DEEPEST // 2 - 1)}) == {"2026-03-01": wrapped(DEEPEST // 2 - 1)}


@pytest.mark.parametrize(("held", "told"), [
    ({"a": [b"\xff"]}, "a[0]: must be text; this is binary data that is no UTF-8"),
    ({"a": {b"\xff": 1}}, "a: must be text; this is binary data that is no UTF-8"),
    ({"a": {(1, 2): 3}}, "a: a key must be text, not a list"),
    ({"a": {object(): 3}}, "a: a key must be text, not something else"),
    ({"a": [1, 10 ** 5000]}, "a[1]: is a number with too many digits"), ({"a": [-10 ** 5000]}, "a[0]: is a number with too many digits"),
    (wrapped(60), "a[0].a: is nested too deeply: more than 100 lists or mappings in each other"),
    (wrapped(5000), "a[0].a: is nested too deeply: more than 100 lists or mappings in each other")], ids=range(8))
def test_what_no_module_can_be_given(held, told):
    with pytest.raises(OptionsError) as raised:
        plain(held)
    assert raised.value.message == told and raised.value.error["code"] == "bad_option"


def test_every_mistake_is_told():
    with pytest.raises(OptionsError) as raised:
        plain({"a": b"\xff", "b": 10 ** 5000})
    assert [problem.place for problem in raised.value.problems] == ["a", "b"]
