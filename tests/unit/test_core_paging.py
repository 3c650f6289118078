# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading lists by offset: against a model of a server whose list moves and whose pages are capped."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins.module_utils._core.http.paging import Place, read_all


class Server:
    """A list that changes between requests. ``moves``: for each request, rows to insert at or to delete from a place."""

    def __init__(self, count, cap=None, moves=(), total="right"):
        self.rows = list(range(count))
        self.cap = cap
        self.moves = dict(moves)
        self.total = total
        self.requests = 0
        self.fresh = 10**6
        self.always = set(self.rows)
        self.ever = set(self.rows)

    def fetch(self, take, skip):
        self.requests += 1
        for how, place in self.moves.get(self.requests, ()):
            if how == "insert":
                self.fresh += 1
                self.rows.insert(min(place, len(self.rows)), self.fresh)
                self.ever.add(self.fresh)
            elif self.rows:
                self.always.discard(self.rows.pop(min(place, len(self.rows) - 1)))
        take = min(take, self.cap) if self.cap else take
        return [{"id": row} for row in self.rows[skip:skip + take]], {"right": len(self.rows), "none": None, "zero": 0}[self.total]


def ids(server, page, **more):
    return [row["id"] for row in read_all(server.fetch, lambda row: row["id"], page=page, **more)]


@given(st.integers(0, 60), st.integers(1, 12), st.one_of(st.none(), st.integers(1, 12)), st.sampled_from(["right", "none", "zero"]))
def test_a_still_list(count, page, cap, total):
    server = Server(count, cap, total=total)
    assert ids(server, page) == list(range(count))


MOVES = st.dictionaries(st.integers(2, 12), st.lists(st.tuples(st.just("insert"), st.integers(0, 30)), max_size=2), max_size=4)
DELETIONS = st.dictionaries(st.integers(2, 8), st.lists(st.tuples(st.just("delete"), st.integers(0, 5)), min_size=1, max_size=5), max_size=3)


@settings(max_examples=300)
@given(st.integers(0, 60), st.integers(3, 12), st.one_of(st.none(), st.integers(2, 12)), MOVES)
def test_rows_pushed_back(count, page, cap, moves):
    """Insertions push rows to later pages: each row there all the time is found, and once.

    As long as fewer rows are pushed in between two requests than a page holds beside its overlap.
    """
    assume(all(len(several) < min(page, cap or page) - 1 for several in moves.values()))
    server = Server(count, cap, moves, total="none")
    found = ids(server, page)
    assert len(found) == len(set(found))
    assert server.always <= set(found) <= server.ever


@settings(max_examples=300)
@given(st.integers(0, 60), st.integers(3, 12), DELETIONS)
def test_rows_pulled_forward(count, page, moves):
    """Deletions before the place of reading pull rows to pages already read: the list is read again."""
    server = Server(count, None, moves, total="none")
    found = ids(server, page)
    assert len(found) == len(set(found))
    assert server.always <= set(found) <= server.ever


@given(st.integers(1, 60), st.integers(2, 12))
def test_requests_are_few(count, page):
    server = Server(count, total="none")
    ids(server, page)
    # Pages overlap by one row; the last one may be needed to see the end.
    assert server.requests <= -(-count // (page - 1)) + 1


@given(st.integers(1, 60), st.integers(0, 59))
def test_enough(count, wanted):
    """Reading stops with the page that holds the last wanted row."""
    wanted = min(wanted, count - 1)
    server = Server(count, total="none")
    found = ids(server, 10, enough=lambda rows: any(row["id"] == wanted for row in rows))
    assert wanted in found and server.requests <= wanted // 9 + 1


@settings(max_examples=300)
@given(st.integers(0, 60), st.integers(3, 12), st.lists(st.integers(0, 59), max_size=5), MOVES, st.sampled_from(["right", "none"]))
def test_reading_goes_on_where_it_stopped(count, page, wanted, moves, total):
    """One row after another is looked for, then one that nobody has: all there is was read then, each page once where nothing moves."""
    assume(all(len(several) < page - 1 for several in moves.values()))
    server, place = Server(count, None, moves, total), Place()
    found: list = []
    for row in [*wanted, -1]:
        if row < count and row not in found:
            found += ids(server, page, place=place, enough=lambda rows, row=row: any(one["id"] == row for one in rows))
    assert server.always <= set(found) <= server.ever
    if not moves:
        assert server.requests <= -(-count // (page - 1)) + 1 + len(wanted)


def test_rows_pulled_forward_before_reading_goes_on():
    """A row before the place is gone, so that others lie on a page that was read already: the list is read again."""
    server, place = Server(30, total="none"), Place()
    assert ids(server, 10, place=place, enough=lambda rows: True) == list(range(10))
    server.rows.remove(3)
    assert set(ids(server, 10, place=place, enough=lambda rows: any(row["id"] == 10 for row in rows))) >= set(server.rows[:10])
    server.rows.remove(4)
    assert set(ids(server, 10, place=place)) >= set(server.rows)


@pytest.mark.parametrize("count", [0, 1, 5, 30])
def test_a_server_that_cannot_skip(count):
    rows = [{"id": number} for number in range(count)]
    asked = []

    def fetch(take, skip):
        asked.append(skip)
        return rows, None

    assert read_all(fetch, lambda row: row["id"], page=10) == rows
    assert len(asked) <= 3


@given(st.integers(1, 40), st.integers(1, 12), st.one_of(st.none(), st.integers(1, 12)), st.sampled_from(["right", "none", "zero"]))
def test_a_server_that_does_not_know_how_to_skip(count, page, cap, total):
    """It gives its first rows again and again: nothing new is the end, after three requests at most."""
    server = Server(count, cap, total=total)
    found = [row["id"] for row in read_all(lambda take, skip: server.fetch(take, 0), lambda row: row["id"], page=page)]
    assert found == list(range(min(count, page, cap or page)))
    assert server.requests <= 3


@given(st.integers(0, 25), st.sampled_from(["right", "none", "zero"]))
def test_one_row_a_page(count, total):
    """A maximum of one leaves nothing to overlap with, and the list is still read to its end."""
    server = Server(count, 1, total=total)
    assert ids(server, 100) == list(range(count))
    assert server.requests <= count + 1


@pytest.mark.parametrize(("count", "page", "total", "requests"), [
    (0, 10, "right", 1), (0, 10, "none", 1), (5, 10, "right", 1), (5, 10, "zero", 2), (10, 10, "right", 2), (10, 10, "none", 2), (15, 10, "right", 2),
    (15, 10, "none", 2), (19, 10, "none", 3), (1, 10, "right", 1), (1, 10, "none", 2)])
def test_how_many_requests(count, page, total, requests):
    """A short page whose total is right, or that follows a longer one, is the end; a full page never is."""
    server = Server(count, total=total)
    assert ids(server, page) == list(range(count)) and server.requests == requests


@pytest.mark.parametrize("count", [10, 25, 28])
def test_a_server_that_counts_the_rows_of_the_page(count):
    server = Server(count)

    def fetch(take, skip):
        rows, _total = server.fetch(take, skip)
        return rows, skip + len(rows)
    assert [row["id"] for row in read_all(fetch, lambda row: row["id"], page=10)] == list(range(count))


def test_a_list_that_never_stands_still_is_read_a_few_times():
    """What was found stays found."""
    asked = []

    def fetch(take, skip):
        asked.append((take, skip))
        return [{"id": (len(asked), number)} for number in range(take)], None
    found = read_all(fetch, lambda row: row["id"])
    assert asked == [(100, 0), (100, 99)] * 4 and len(found) == 800


def test_reading_on_ends_with_the_row_on_which_it_stopped():
    server, place = Server(10, total="none"), Place()
    assert ids(server, 10, place=place, enough=lambda rows: True) == list(range(10))
    assert ids(server, 10, place=place) == [9] and server.requests == 2


def test_a_list_that_moved_is_read_from_its_very_first_row():
    server, place = Server(30, total="none"), Place()
    assert ids(server, 10, place=place, enough=lambda rows: True) == list(range(10))
    del server.rows[2:9]
    server.rows.insert(0, 99)
    assert sorted(ids(server, 10, place=place)) == sorted(server.rows)
