# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages read several at a time: against a list that moves while they are under way, in whatever order their answers are made."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import ApiError
from ansible_collections.kariz.panels.plugins.module_utils._core.http.ahead import FAST, Ahead
from ansible_collections.kariz.panels.plugins.module_utils._core.http.paging import _plain, read_all

TOTALS = ["right", "none", "zero", "page", "more", "fewer"]
#: Wrong totals that a page cut by the server's own maximum would seem to confirm, also where pages are read one after another.
BY_CHANCE = ("page", "fewer")


class Server:
    """A list that moves with each request. ``moves``: for each request, ``("insert" or "delete", place)``."""

    def __init__(self, count, cap=None, moves=None, total="right"):
        self.rows = list(range(count))
        self.cap = cap
        self.moves = dict(moves or {})
        self.total = total
        self.asked: list = []
        self.fresh = 10**6
        self.always = set(self.rows)
        self.ever = set(self.rows)

    def fetch(self, take, skip):
        self.asked.append(skip)
        for how, place in self.moves.get(len(self.asked), ()):
            if how == "insert":
                self.fresh += 1
                self.rows.insert(min(place, len(self.rows)), self.fresh)
                self.ever.add(self.fresh)
            elif self.rows:
                self.always.discard(self.rows.pop(min(place, len(self.rows) - 1)))
        rows = [{"id": row} for row in self.rows[skip:skip + min(take, self.cap or take)]]
        count = len(self.rows)
        return rows, {"right": count, "none": None, "zero": 0, "page": len(rows), "more": 3 * count + 50, "fewer": count // 2}[self.total]


class Future:
    def __init__(self, pool, call):
        self.pool = pool
        self.call = call
        self.answer = None

    def result(self):
        """Wait: the pool carries out what is under way in an order of its own until this one is answered."""
        while self.answer is None:
            self.pool.one()
        if isinstance(self.answer[1], Exception):
            raise self.answer[1]
        return self.answer[0]

    def done(self):
        return self.answer is not None


class Pool:
    """Carries out what waits in an order that was chosen beforehand."""

    order: list = []
    made: list = []

    def __init__(self, workers):
        self.workers = workers
        self.waiting: list = []
        self.most = 0
        self.steps = 0
        self.down = False
        self.made.append(self)

    def submit(self, function, *arguments):
        assert not self.down
        future = Future(self, lambda: function(*arguments))
        self.waiting.append(future)
        self.most = max(self.most, len(self.waiting))
        return future

    def one(self):
        place = self.order[self.steps % len(self.order)] % len(self.waiting) if self.order else 0
        self.steps += 1
        future = self.waiting.pop(place)
        try:
            future.answer = (future.call(), None)
        except Exception as error:  # pylint: disable=broad-except
            future.answer = (None, error)

    def shutdown(self, wait, cancel_futures):
        self.down = True
        assert cancel_futures
        if wait:
            self.waiting.clear()


class Clock:
    """Every look at it is late enough for a page to be slow."""

    def __init__(self, step=FAST):
        self.now = 0.0
        self.step = step

    def __call__(self):
        self.now += self.step
        return self.now


def ahead_of(order=(), concurrency=4, step=2 * FAST, cut=None):
    Pool.order, Pool.made = list(order), []
    return lambda fetch: Ahead(fetch, concurrency, cut or (lambda: None), Pool, Clock(step))


def ids(server, page, ahead, enough=None, missing=None):
    return [row["id"] for row in read_all(server.fetch, lambda row: row["id"], page=page, enough=enough, ahead=ahead, missing=missing)]


ORDERS = st.lists(st.integers(0, 7), max_size=20)


@given(st.integers(0, 80), st.integers(2, 12), st.one_of(st.none(), st.integers(1, 12)), st.sampled_from(TOTALS), ORDERS, st.integers(1, 9))
def test_a_still_list_is_read_whole_and_costs_no_request_more_than_were_under_way(count, page, cap, total, order, concurrency):
    assume(not cap or total not in BY_CHANCE)
    one, several = Server(count, cap, total=total), Server(count, cap, total=total)
    assert ids(several, page, ahead_of(order, concurrency)) == ids(one, page, None) == list(range(count))
    if total == "right" and not cap:
        assert sorted(several.asked) == sorted(one.asked)
    assert len(several.asked) <= len(one.asked) + concurrency
    assert all(pool.down and pool.most <= concurrency for pool in Pool.made)


MOVES = st.dictionaries(st.integers(2, 25), st.lists(st.tuples(st.sampled_from(["insert", "delete"]), st.integers(0, 90)), max_size=4), max_size=4)


@settings(max_examples=500)
@given(st.integers(0, 100), st.integers(6, 12), st.one_of(st.none(), st.integers(6, 12)), MOVES, st.sampled_from(TOTALS), ORDERS, st.integers(2, 8))
@example(60, 6, None, {9: [("delete", 0)] * 4}, "right", [1], 8)
@example(60, 6, None, {9: [("insert", 0)] * 4}, "right", [1], 8)
def test_rows_that_move_are_not_passed_over(count, page, cap, moves, total, order, concurrency):
    """Whatever was there all the time is found, once, though later pages may be answered before earlier ones."""
    assume(not cap or total not in BY_CHANCE)
    server = Server(count, cap, moves, total=total)
    found = ids(server, page, ahead_of(order, concurrency))
    assert len(found) == len(set(found)) and set(found) <= server.ever
    if len(moves) <= 3:
        # Four readings, each spoiled by a move of its own, end with what was found.
        assert server.always <= set(found)


def test_pages_are_under_way_together_and_no_more_than_allowed():
    server = Server(1000)
    assert ids(server, 100, ahead_of(concurrency=4)) == list(range(1000))
    assert [(pool.workers, pool.most) for pool in Pool.made] == [(4, 4)] and len(server.asked) == 11


def test_a_fast_server_is_read_by_one_thread():
    assert ids(Server(1000), 100, ahead_of(step=FAST / 2)) == list(range(1000)) and Pool.made == []


@pytest.mark.parametrize("total", ["none", "zero", "page", "fewer"])
def test_a_total_that_does_not_hold_is_none(total):
    server = Server(90, total=total)
    assert ids(server, 100, ahead_of()) == list(range(90)) and Pool.made == []
    server = Server(150, total=total)
    assert ids(server, 100, ahead_of()) == list(range(150)) and Pool.made == []


def test_a_total_that_is_too_large_costs_what_was_under_way():
    server = Server(150, total="more")
    assert ids(server, 100, ahead_of(concurrency=4)) == list(range(150)) and len(server.asked) <= 2 + 4 + 1


def test_only_pages_that_are_needed_in_any_case_are_asked_for_ahead():
    """Three hundred names that were not seen yet fill three pages at least, wherever they stand."""
    server = Server(5000)
    missing = set(range(400))

    def enough(rows):
        missing.difference_update(row["id"] for row in rows)
        return not missing
    assert ids(server, 100, ahead_of(concurrency=8), enough, missing) == list(range(397)) + list(range(397, 496)) and Pool.made[0].most <= 4
    assert len(server.asked) == 5


def test_what_can_be_enough_at_any_time_is_read_one_after_another():
    server = Server(1000)
    assert len(ids(server, 100, ahead_of(), lambda rows: True)) == 100 and Pool.made == [] and len(server.asked) == 1


def test_a_page_that_fails_fails_in_its_turn():
    """What was under way behind it is given up, and the failure is the one that reading in order would have met."""
    server = Server(1000)
    refused = {500}

    def fetch(take, skip):
        if any(skip <= place < skip + take for place in refused):
            raise ApiError("no page at %d" % skip)
        return server.fetch(take, skip)
    with pytest.raises(ApiError, match="no page at 495"):
        read_all(fetch, lambda row: row["id"], page=100, ahead=ahead_of([3, 2, 1]))
    assert Pool.made[0].down


def test_an_interrupt_cuts_what_is_under_way():
    cuts: list = []

    class Interrupted(Pool):
        def one(self):
            raise KeyboardInterrupt

    server = Server(1000)
    with pytest.raises(KeyboardInterrupt):
        read_all(server.fetch, lambda row: row["id"], page=100,
                 ahead=lambda fetch: Ahead(fetch, 4, lambda: cuts.append(1), Interrupted, Clock()))
    assert cuts == [1]


def asked_ahead(skip, total, most=None, concurrency=8, took=0.01):
    """Return the places that are asked for ahead after a first page of ten rows that took so long."""
    Pool.made = []
    times = iter([0.0, took])
    ahead = Ahead(lambda take, place: ([], total), concurrency, lambda: None, Pool, lambda: next(times))
    ahead(10, 0)
    ahead.plan(10, skip, total, most)
    return [place for place in range(1100) if ahead.has(place)], len(Pool.made)


@pytest.mark.parametrize("given, places", [
    ({"total": 30}, [9, 18, 27]),
    ({"total": 28}, [9, 18]),                       # the row at 27 is the last of the page at 18
    ({"total": 29}, [9, 18, 27]),
    ({"total": 1000, "most": 12}, [9, 18]),         # twelve that are lacking lie on two pages at least
    ({"total": 1000, "most": 18}, [9, 18]),
    ({"total": 1000, "most": 19}, [9, 18, 27]),
    ({"total": 1000, "concurrency": 2}, [9, 18]),
    ({"total": 1000, "concurrency": 1}, []),
    ({"total": 19}, []),                            # one page alone needs no second thread
    ({"total": 1000, "took": 0.0099}, []),
])
def test_which_pages_are_asked_for_ahead(given, places):
    assert asked_ahead(9, **given) == (places, 1 if places else 0)


def test_a_page_asked_for_afresh_ends_what_was_under_way_and_a_plan_that_is_carried_out_is_not_made_again():
    Pool.made = []
    server = Server(1000)
    ahead = Ahead(server.fetch, 4, lambda: None, Pool, Clock())
    ahead(10, 0)
    ahead.plan(10, 9, 1000)
    ahead.plan(10, 9, 1000)
    assert len(Pool.made) == 1 and ahead.has(9) and Pool.made[0].workers == 4
    assert [row["id"] for row in ahead(10, 9)[0]] == list(range(9, 19)) and not ahead.has(9) and ahead.has(18) and ahead.has(45)
    ahead.afresh(10, 18)
    assert Pool.made[0].down and not ahead.has(18) and not ahead.has(45)


@pytest.mark.parametrize("keys, last, known, ends, plain", [
    ([1, 2, 3], 1, {0, 1}, False, True),
    ([1, 2], 1, {0, 1}, True, True),                # short, and the end as the total says
    ([1, 2], 1, {0, 1}, False, False),
    ([2, 3, 4], 1, {0, 1}, False, False),           # rows have moved
    ([2, 3, 4], 1, {0, 1}, True, False),
    ([0, 1], 1, {0, 1}, True, False),               # nothing new
    ([], 1, {0, 1}, True, False),
    ([0, 1, 2], 1, {0, 1, 2}, False, False),
])
def test_which_page_read_ahead_is_a_plain_next_one(keys, last, known, ends, plain):
    assert _plain(keys, last, known, 3, ends) is plain
