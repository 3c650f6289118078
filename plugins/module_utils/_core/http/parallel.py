# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call for each of many items, several at a time: a failure is its item's own, and only what ends all of them stops the rest."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ..errors import AuthError, NotAttempted, TransportError

#: So many items in a row that got no answer, or whose token was not taken, mean that the next one would fare no better.
IN_A_ROW = 3
#: Seconds. A server that answers faster is served sooner by one thread than by many.
FAST = 0.0015
#: So many items in a row that took longer are no hiccup.
SLOW_ITEMS = 2


class Parallel:
    """Calls ``function`` for each of ``items`` (a list); ``outcomes`` holds ``(result, error)`` of each, in their order.

    :arg progress: called with ``(done, of)`` after each item.
    """

    def __init__(self, function, items, progress=None):
        self.function = function
        self.items = items
        self.progress = progress
        self.outcomes: list = [None] * len(items)
        self._ended_by = None
        self._in_a_row = 0
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
        result: Any = None
        error: Exception | None = None
        if self._ended_by is not None:
            error = NotAttempted(self._ended_by)
        else:
            try:
                result = self.function(self.items[place])
            except Exception as caught:  # pylint: disable=broad-except
                error = caught
        self.outcomes[place] = (result, error)
        with self._lock:
            if not isinstance(error, NotAttempted):
                self._learn(error)
            self._done += 1
            done = self._done
        if self.progress:
            self.progress(done, len(self.items))

    def _learn(self, error):
        """Take note of what an item says about those that follow."""
        self._in_a_row = self._in_a_row + 1 if isinstance(error, (AuthError, TransportError)) else 0
        if getattr(error, "ends_all", False) or self._in_a_row >= IN_A_ROW:
            self._ended_by = self._ended_by or error
