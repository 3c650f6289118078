# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import threading

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import (
    ApiError,
    AuthError,
    DeadlineError,
    ForbiddenError,
    NotAttempted,
    NotFoundError,
    PanelError,
    TransportError,
    UnknownOutcome,
)
from ansible_collections.kariz.panels.plugins.module_utils._core.http import parallel
from ansible_collections.kariz.panels.plugins.module_utils._core.http.parallel import IN_A_ROW, Breaker, Counted, Parallel, one_by_one, results, still_there


def never():
    raise AssertionError("nothing is to be cut")


def run(function, items, concurrency=1, progress=None):
    return Parallel(function, list(items), progress).run(concurrency, never)


def failing(errors):
    """Return a function that raises the error of an item, or returns the item; and the list of items it was called with."""
    called: list = []

    def function(item):
        called.append(item)
        if item in errors:
            raise errors[item]
        return "done %s" % item
    return function, called


@pytest.mark.parametrize("concurrency", [1, 2, 8])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 50])
def test_order_and_results(concurrency, count):
    told: list = []
    outcomes = run(lambda item: item * 2, range(count), concurrency, lambda done, of: told.append((done, of)))
    assert outcomes == [(item * 2, None) for item in range(count)]
    assert sorted(told) == [(done, count) for done in range(1, count + 1)]


@pytest.mark.parametrize("error", [AuthError("401"), TransportError("reset"), ApiError("no"), UnknownOutcome("lost"), ValueError("defect")], ids=repr)
def test_a_failure_is_its_own(error):
    function, called = failing({3: error, 5: error})
    outcomes = run(function, range(9))
    assert called == list(range(9))
    assert [place for place, outcome in enumerate(outcomes) if outcome[1] is not None] == [3, 5]
    assert outcomes[3] == (None, error) and outcomes[4] == ("done 4", None)


@pytest.mark.parametrize("way", [run, one_by_one])
@pytest.mark.parametrize(("kind", "others"), [(AuthError, TransportError), (TransportError, AuthError)])
def test_several_in_a_row_end_it(kind, others, way):
    """Two and a success, two and a refusal, then three: only these end it, and the rest says why."""
    errors = {0: kind("a"), 1: others("b"), 3: kind("c"), 4: kind("d"), 5: ApiError("answered"), 6: kind("e"), 7: others("f"), 8: kind("g")}
    assert IN_A_ROW == 3
    function, called = failing(errors)
    outcomes = way(function, range(12))
    assert called == list(range(9)) and outcomes[2] == ("done 2", None)
    assert [outcomes[place][1] for place in (0, 1, 3, 4, 5, 6, 7, 8)] == list(errors.values())
    for place in range(9, 12):
        error = outcomes[place][1]
        assert isinstance(error, NotAttempted) and error.code == "not_attempted" and error.message == "not attempted, because g"


def test_what_is_forbidden_says_nothing_of_the_next():
    function, called = failing({place: ForbiddenError("403") for place in range(5)})
    assert [error.code if error else None for _none, error in run(function, range(7))] == ["forbidden"] * 5 + [None, None] and len(called) == 7


def test_each_that_failed_is_named_with_its_own_reason():
    """Where one that is lacking makes the rest useless: an info module, a lookup, an inventory."""
    assert results([(1, None), (None, None)], str, "ab") == [1, None]
    lost, late = ApiError("read: no", http_status=403, code=7), TransportError("read: reset")
    for outcomes, items, message in (
            ([(None, lost)], "a", "read: no"), ([(1, None), (None, lost)], "ab", "b: read: no"),
            ([(None, lost), (1, None), (None, late), (None, ApiError("read: no"))], "abcd", "3 of 4 failed: a, d: read: no; c: read: reset"),
            ([(None, NotAttempted(lost)), (None, lost)], "ab", "2 of 2 failed: a: not attempted, because read: no; b: read: no")):
        with pytest.raises(ApiError) as caught:
            results(outcomes, str, items)
        assert (caught.value.message, caught.value.code, caught.value.http_status) == (message, 7, 403)
    assert lost.message == "read: no"
    with pytest.raises(PanelError) as caught:
        results([(None, lost)] * 12, lambda place: "x" * 200 if place == 1 else str(place), range(12))
    assert "%s..., 2, 3," % ("x" * 97) in caught.value.message and "9 and 2 more: read: no" in caught.value.message
    with pytest.raises(ValueError, match="defect"):
        results([(None, ValueError("defect")), (1, None)], str, "ab")


def test_objects_are_counted_that_go_together_and_then_alone():
    told: list = []
    counted = Counted(lambda done, of: told.append((done, of)), 9)
    run(str, "abc", progress=counted.after([3, 1, 2]))
    run(str, "abc", progress=counted.after([1, 1, 1]))
    assert told == [(1, 9), (3, 9), (6, 9), (7, 9), (8, 9), (9, 9)]
    assert Counted(None, 9).after([1]) is None


def test_what_was_removed_meanwhile_is_left_out():
    lost = ApiError("no")
    assert results(*still_there([(1, None), (None, NotFoundError("gone")), (3, None)], str, "abc")) == [1, 3]
    with pytest.raises(ApiError) as caught:
        results(*still_there([(1, None), (None, NotFoundError("gone")), (None, lost)], str, "abc"))
    assert caught.value.message == "c: no"


@pytest.mark.parametrize("concurrency", [1, 4])
def test_what_ends_all_ends_it_at_once(concurrency):
    refused = AuthError("login: refused", vendor="v", operation="login")
    refused.ends_all = True
    for error in (refused, DeadlineError("late")):
        function, called = failing({1: error})
        outcomes = run(function, range(100), concurrency)
        assert outcomes[0] == ("done 0", None) and outcomes[1] == (None, error)
        assert len(called) < 100 if concurrency > 1 else called == [0, 1]
        last = outcomes[99][1]
        assert isinstance(last, NotAttempted) and last.vendor == error.vendor and last.operation == error.operation
        assert last.retryable is error.retryable and last.ends_all


def test_the_first_reason_is_told():
    first, second = DeadlineError("first"), DeadlineError("second")
    breaker = Breaker()
    assert breaker.call(str, 1) == ("1", None)
    for error in (first, second, None):
        breaker.learn(error)
    result, error = breaker.call(str, 1)
    assert result is None and error.message == "not attempted, because first"


def threads_of(concurrency, count, monkeypatch, fast):
    """Return the names of the threads that served the items, and the most that were at work at once."""
    monkeypatch.setattr(parallel, "FAST", 3600 if fast else -1)
    names: list = []
    now: list = []
    most: list = [0]
    lock = threading.Lock()

    def function(item):
        with lock:
            now.append(item)
            most[0] = max(most[0], len(now))
        names.append(threading.current_thread() is threading.main_thread())
        if not names[-1]:
            threading.Event().wait(0.01)
        with lock:
            now.remove(item)
    run(function, range(count), concurrency)
    return names, most[0]


def test_who_is_served_by_several_threads(monkeypatch):
    """One thread for few items, for a concurrency of 1, and for a server that is fast; else no more than asked for, the first item alone."""
    assert all(threads_of(8, 2, monkeypatch, fast=False)[0])
    assert all(threads_of(1, 9, monkeypatch, fast=False)[0])
    assert all(threads_of(8, 9, monkeypatch, fast=True)[0])
    names, most = threads_of(2, 9, monkeypatch, fast=False)
    assert names.count(True) == 1 and names[0] and most == 2
    names, most = threads_of(3, 3, monkeypatch, fast=False)
    assert names.count(True) == 1 and most <= 2


@pytest.mark.parametrize(("took", "alone"), [
    ([0] * 9, 9), ([2, 0, 2, 0, 2, 0, 2, 0, 2], 9), ([0, 2, 2, 0, 0, 0, 0, 0, 0], 3), ([2, 2, 0, 0, 0, 0, 0, 0, 0], 2), ([0, 0, 11, 0, 0, 0, 0, 0, 0], 3)])
def test_a_hiccup_of_a_fast_server_is_no_slowness(monkeypatch, took, alone):
    """``took``: in units of FAST. Two slow ones in a row, or one that is very slow, call for threads."""
    clock: list = [0.0]
    pooled: list = []

    class Pool:
        def __init__(self, _size):
            pass

        def map(self, function, places):
            pooled.extend(places)
            return map(function, pooled)

        def shutdown(self):
            pass

    def function(item):
        clock[0] += took[item] * parallel.FAST
        return item
    monkeypatch.setattr(parallel, "ThreadPoolExecutor", Pool)
    monkeypatch.setattr(parallel.time, "monotonic", lambda: clock[0])
    assert run(function, range(9), 8) == [(item, None) for item in range(9)]
    assert pooled == list(range(alone, 9))


def test_an_interrupt_cuts_and_comes_through(monkeypatch):
    monkeypatch.setattr(parallel, "FAST", -1)
    cut: list = []

    def function(item):
        if item == 2:
            raise KeyboardInterrupt
        return item
    with pytest.raises(KeyboardInterrupt):
        Parallel(function, list(range(5))).run(2, lambda: cut.append(1))
    assert cut == [1]


def test_after_an_interrupt_nothing_more_is_begun(monkeypatch):
    monkeypatch.setattr(parallel, "FAST", -1)
    called: list = []
    released = threading.Event()

    def function(item):
        called.append(item)
        if item == 1:
            raise KeyboardInterrupt
        if item > 1:
            released.wait(30)
    others = set(threading.enumerate())
    with pytest.raises(KeyboardInterrupt):
        Parallel(function, list(range(50))).run(2, lambda: None)
    released.set()
    for thread in set(threading.enumerate()) - others:
        thread.join(30)
    # The one, and no more than both threads had in hand.
    assert {0, 1} <= set(called) and len(called) <= 4
