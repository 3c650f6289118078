# SPDX-License-Identifier: GPL-3.0-or-later
"""Names near one that was not found: letters and digits of either kind, the nearest first, at a bounded cost."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins.module_utils._core.text import near


@pytest.mark.parametrize(("name", "names", "found"), [
    ("rezza", ["ali", "reza", "maryam"], ["reza"]),
    ("ریاظی", ["فیزیک", "ریاضی"], ["ریاضی"]),
    ("رياضى ۱۰", ["ریاضی 10", "ریاضی 11"], ["ریاضی 10", "ریاضی 11"]),
    ("کلاس‌دهم", ["کلاس دهم"], ["کلاس دهم"]), ("Math_10", ["math-10", "math-11", "physics"], ["math-10", "math-11"]),
    ("user2", ["user1", "user3", "user4", "user5"], ["user1", "user3", "user4"]),
    ("zzz", ["reza"], []), ("reza", [], []), ("reza", ["", None], []), (12, [12], ["12"]), ("", ["a"], []), ("reza", ["reza", "reza"], ["reza"]),
])
def test_near(name, names, found):
    assert near.near(name, names) == found


@pytest.mark.parametrize(("name", "names", "text"), [
    ("rezza", ["reza"], "rezza (did you mean reza?)"), ("rezza", ["rez", "reza"], "rezza (did you mean reza or rez?)"),
    ("user2", ["user1", "user3", "user4", "user5"], "user2 (did you mean user1, user3 or user4?)"), ("zzz", ["reza"], "zzz"),
])
def test_proposing(name, names, text):
    assert near.proposing(name, names) == text


def test_what_is_proposed_may_be_another_word_than_what_is_near():
    slugs = {"math-10": "math-10", "ریاضی دهم": "math-10"}
    assert near.proposing("رياضي دهم", slugs, slugs.get) == "رياضي دهم (did you mean math-10?)"


@given(st.lists(st.text(min_size=1, max_size=12), max_size=20), st.text(max_size=12))
def test_only_names_that_are_there_and_few(names, name):
    found = near.near(name, names)
    assert len(found) <= near.PROPOSED == 3 and set(found) <= set(names) and len(set(found)) == len(found)


@example("abaa", 1)
@example("baba", 1)
@given(st.text(alphabet="abcdefghij", min_size=4, max_size=12), st.integers(0, 11))
def test_one_letter_left_out_is_found(name, place):
    place %= len(name)
    assert name in near.near(name[:place] + name[place + 1:], ["zzzzzzzz", name, "qqqq"])


def test_the_nearest_come_first_and_among_equals_the_first():
    assert near.near("abcdef", ["abcxxx", "abcdex", "abcdxx", "abcdey"]) == ["abcdex", "abcdey", "abcdxx"]
    # At the bound of likeness and just below it.
    assert near.near("abcxx", ["abcyy"]) == ["abcyy"] and near.near("abxxxx", ["abxyyy"]) == []
    assert near.near("abc", ["abcxxxx"]) == ["abcxxxx"] and near.near("abc", ["abcxxxxx"]) == []


def test_the_bounds_are_what_they_say(monkeypatch):
    monkeypatch.setattr(near, "LOOKUPS", 2)
    monkeypatch.setattr(near, "_MOST_NAMES", 3)
    names = ["abcdefgh", "ijklmnop", "qrstuvwx"]
    assert [near.near(name, names) for name in ("abcdefg", "ijklmno", "qrstuvw", "abcdefg")] == [["abcdefgh"], ["ijklmnop"], [], ["abcdefgh"]]
    assert near.near("abcdefg", names + ["more"]) == []
    # What is very long is compared as far as a name reaches.
    assert near.near("x" * 200 + "y" * 300, ["x" * 200]) == ["x" * 200]


def test_the_cost_is_bounded(monkeypatch):
    """Whole names are compared for a few only, and only so many look-ups are made among one set of names."""
    compared = []

    class Counting(near.difflib.SequenceMatcher):
        def ratio(self):
            compared.append(1)
            return super().ratio()
    monkeypatch.setattr(near.difflib, "SequenceMatcher", Counting)
    letters = random.Random(7)
    names = ["".join(letters.choice("abcdefgh") for _place in range(8)) for _number in range(2000)]
    assert near.near(names[5][:-1] + "x", names)[0] == names[5]
    assert 0 < len(compared) <= 25
    for number in range(300):
        near.near("name-%d" % number, names)
    assert len(compared) <= 25 * near.LOOKUPS
    assert near.near(names[7][:-1], names) == [] and near.near(names[5][:-1] + "x", names)[0] == names[5]
    assert near.near("b", ["b"] + ["a%d" % number for number in range(50001)]) == []


def test_hostile_names():
    """Names of a vendor may be anything: what is proposed stays a few words on one line, and a book is no name of anything."""
    told = near.proposing("reza", ["re\nza\x1b[31m", "reza" * 100_000, "re za" + " " * 100])
    assert "\n" not in told and len(told) < 100 and "re za" in told
