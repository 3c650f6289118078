# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call for each of many items, several at a time: a failure is its item's own, and only what ends all of them stops the rest."""

from __future__ import annotations

import copy
import itertools
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from ..errors import AuthError, ForbiddenError, NotAttempted, NotFoundError, PanelError, TransportError
from ..text.letters import excerpt

#: So many items in a row that got no answer, or whose token was not taken, mean that the next one would fare no better.
IN_A_ROW = 3
#: Seconds. A server that answers faster is served sooner by one thread than by many.
FAST = 0.0015
#: So many items in a row that took longer are no hiccup.
SLOW_ITEMS = 2
#: So many that failed for one reason are named, and each name is told so far.
_NAMED, _NAME = 10, 100


class Breaker:
    """Ends a list of calls whose next one would fare no better (a circuit breaker): after an error that ends all of them, or after :data:`IN_A_ROW` in a row
    that got no answer, or whose token was not taken.
    """

    def __init__(self):
        self._ended_by = None
        self._in_a_row = 0

    def call(self, function, item):
        """Return ``(result, error)`` of the call for an item; once the list has ended, nothing is called and the error says why."""
        if self._ended_by is not None:
            return None, NotAttempted(self._ended_by)
        try:
            return function(item), None
        except Exception as error:  # pylint: disable=broad-except
            return None, error

    def learn(self, error):
        """Take note of what came of an item: its error, or None."""
        if isinstance(error, NotAttempted):
            return
        about_all = isinstance(error, (AuthError, TransportError)) and not isinstance(error, ForbiddenError)
        self._in_a_row = self._in_a_row + 1 if about_all else 0
        if getattr(error, "ends_all", False) or self._in_a_row >= IN_A_ROW:
            self._ended_by = self._ended_by or error


def one_by_one(function, items):
    """Call ``function`` for each item, one after another, and return ``[(result, error)]`` in order."""
    breaker = Breaker()
    outcomes = []
    for item in items:
        outcomes.append(breaker.call(function, item))
        breaker.learn(outcomes[-1][1])
    return outcomes


class Counted:
    """Tells the progress of objects that go in several rounds, some of them together.

    :arg report: takes ``(done, of)``; None where nobody listens.
    """

    def __init__(self, report, of):
        self._report = report
        self._of = of
        self._before = 0

    def after(self, sizes):
        """Return what takes the progress of a round whose calls carry so many objects each. Which of them ended is not told: the smallest, for all we know."""
        before, rising = self._before, [0, *itertools.accumulate(sorted(sizes))]
        self._before += rising[-1]
        if self._report is None:
            return None
        return lambda done, _of: self._report(before + rising[done], self._of)


class Parallel:
    """Calls ``function`` for each of ``items`` (a list); ``outcomes`` holds ``(result, error)`` of each, in their order.

    :arg progress: called with ``(done, of)`` after each item.
    """

    def __init__(self, function, items, progress=None):
        self.function = function
        self.items = items
        self.progress = progress
        self.outcomes: list = [None] * len(items)
        self._breaker = Breaker()
        self._done = 0
        self._lock = threading.Lock()

    def run(self, concurrency, cut):
        """Carry it out and return ``outcomes``.

        :arg concurrency: how many are under way at once.
        :arg cut: ends every request under way; called when the waiting thread is interrupted.
        """
        place = 0
        slow = 0
        alone = concurrency <= 1 or len(self.items) < 3
        while place < len(self.items):
            started = time.monotonic()
            self._one(place)
            place += 1
            took = time.monotonic() - started
            slow = slow + 1 if took > FAST else 0
            if not alone and (slow >= SLOW_ITEMS or took > 10 * FAST):
                break
        if place < len(self.items):
            pool = ThreadPoolExecutor(concurrency)
            try:
                list(pool.map(self._one, range(place, len(self.items))))
            except BaseException:
                # The platform's own time-out or an interrupt: wake the threads, do not wait for their answers.
                cut()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
            pool.shutdown()
        return self.outcomes

    def _one(self, place):
        outcome = self.outcomes[place] = self._breaker.call(self.function, self.items[place])
        with self._lock:
            self._breaker.learn(outcome[1])
            self._done += 1
            done = self._done
        if self.progress:
            self.progress(done, len(self.items))


def still_there(outcomes, label, items):
    """Return the arguments of :func:`results` without the items that were removed since their list was read."""
    left = [(outcome, item) for outcome, item in zip(outcomes, items) if not isinstance(outcome[1], NotFoundError)]
    return [outcome for outcome, _item in left], label, [item for _outcome, item in left]


def results(outcomes, label, items):
    """Return the results of what was called for each of ``items``, where one that is lacking makes the rest useless.

    :arg label: returns what people call an item; one item alone needs no name.
    :raises PanelError: like the first failure; it names every item that failed, with its own reason.
    """
    failed = [(item, error) for item, (_result, error) in zip(items, outcomes) if error is not None]
    if not failed:
        return [result for result, _error in outcomes]
    first = next((error for _item, error in failed if not isinstance(error, NotAttempted)), failed[0][1])
    if len(items) == 1 or not isinstance(first, PanelError):
        raise first
    reasons: dict = {}
    for item, error in failed:
        reasons.setdefault(error.message if isinstance(error, PanelError) else str(error), []).append(excerpt(label(item), _NAME))
    told = ["%s%s: %s" % (", ".join(names[:_NAMED]), " and %d more" % (len(names) - _NAMED) if len(names) > _NAMED else "", reason)
            for reason, names in reasons.items()]
    made = copy.copy(first)
    made.message = "%d of %d failed: %s" % (len(failed), len(items), "; ".join(told)) if len(failed) > 1 else told[0]
    made.args = (made.message,)
    raise made
