# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of a list asked for before their turn, several at a time, once the first page tells how many rows there are.

The total is a hint and nothing more: whoever reads takes a page only at the place where reading one after another would ask for it, and looks at it
as at any other (:mod:`.paging`). What is wrong with a page, or with the total, costs at most as many requests as are under way.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

#: Seconds. A server that gives its first page sooner is read as fast by one thread.
FAST = 0.01


class Ahead:
    """Reads pages of one list.

    :arg fetch: ``fetch(take, skip)`` returns ``(rows, total or None)``; called from several threads.
    :arg concurrency: how many pages are under way at once.
    :arg cut: ends every request under way; called when the waiting thread is interrupted.
    """

    def __init__(self, fetch, concurrency, cut, pool=ThreadPoolExecutor, clock=time.monotonic):
        self._fetch = fetch
        self._concurrency = concurrency
        self._cut = cut
        self._make_pool = pool
        self._clock = clock
        self._pool: Any = None
        self._took = 0.0
        self._under_way: dict = {}
        self._coming: list = []
        self._take = 0

    def __call__(self, take, skip):
        """Return a page: one that is under way already, or else one that is asked for now."""
        future = self._under_way.get(skip)
        if future is None:
            return self.afresh(take, skip)
        try:
            answer = future.result()
        except BaseException:
            self.end(interrupted=not future.done())
            raise
        del self._under_way[skip]
        self._top_up()
        return answer

    def afresh(self, take, skip):
        """Ask for a page now; what was asked for ahead of it is no longer believed."""
        self.end()
        started = self._clock()
        answer = self._fetch(take, skip)
        self._took = self._clock() - started
        return answer

    def has(self, skip):
        """Return whether the page that begins there is under way."""
        return skip in self._under_way

    def plan(self, take, skip, total, most=None):
        """Begin to ask for what follows, when it is worth it: pages from ``skip`` on, each overlapping the one before by a row.

        :arg total: rows of the list, as its first page says.
        :arg most: at most so many rows are wanted; None for all.
        """
        last = total - 1 if most is None else min(total - 1, skip + most)
        places = list(range(skip, last, take - 1))
        if self._pool is not None or self._concurrency < 2 or len(places) < 2 or self._took < FAST:
            return
        self._pool = self._make_pool(min(self._concurrency, len(places)))
        self._take = take
        self._coming = places[::-1]
        self._top_up()

    def _top_up(self):
        while self._coming and len(self._under_way) < self._concurrency:
            place = self._coming.pop()
            self._under_way[place] = self._pool.submit(self._fetch, self._take, place)

    def end(self, interrupted=False):
        """Ask for nothing more ahead."""
        pool, self._pool = self._pool, None
        self._under_way, self._coming = {}, []
        if pool is not None:
            if interrupted:
                # The platform's own time-out or an interrupt: wake the threads, do not wait for their answers.
                self._cut()
            pool.shutdown(wait=not interrupted, cancel_futures=True)
