# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading a list by offset to its end, also when rows come and go while it is read."""

from __future__ import annotations

from ..errors import BadAnswerError
from .bodies import LARGEST_LIST

PAGE = 100
_RESTARTS = 3


class Place:
    """Where somebody who had seen enough stopped reading a list, for whoever reads on."""

    def __init__(self):
        self.skip = 0
        #: The identity of the row that stood there.
        self.last = None
        self.largest = 0

    def stop(self, skip, last, largest):
        self.skip, self.last, self.largest = skip, last, largest


def bounded(found, operation=None, vendor=None):
    """Return the rows found so far.

    :raises BadAnswerError: there are so many by now that whoever answers makes them up as he goes.
    """
    if len(found) > LARGEST_LIST:
        raise BadAnswerError("%s: the list has no end: more than %d rows" % (operation or "list", LARGEST_LIST), vendor=vendor, operation=operation,
                             hint="Check api_url first: something else may answer there")
    return found


def read_all(fetch, identify, page=PAGE, enough=None, ahead=None, missing=None, place=None, made=None, operation=None, vendor=None):
    """Return all rows of a list, each once, in order.

    :arg fetch: ``fetch(take, skip)`` returns ``(rows, total or None)``.
    :arg identify: returns the identity of a row.
    :arg enough: called with the rows of a page; true means that all wanted rows have been seen and reading may stop.
    :arg missing: what ``enough`` has not seen yet, a collection that shrinks: as many rows at least are to be read, so their pages may be asked for ahead.
    :arg made: what becomes of a row as soon as it is found, so that a long list is not held twice.
    :arg place: a :class:`Place`: reading goes on there, and leaves it where it stops; rows of the pages before it are not returned again, unless the list has
        moved so far that it is read from its beginning.
    :arg operation: for the error about a list without end, as ``vendor``.
    :arg ahead: makes of ``fetch`` an :class:`.ahead.Ahead`; without it pages are read one after another.

    Pages overlap by one row. When a page does not begin with the row that ended the page before, rows have moved: those
    pushed back are seen twice and dropped, and when the known row is gone, rows may have slipped to a page that was read
    already, so the list is read again (what was found stays found).

    The overlap proves as much of pages that were read in another order: both hold what lay between their ends when each was read, so a row that was there
    all the time is in one of them. A page read ahead that is no plain next one (short, nothing new, no overlap) is asked for again in its turn, and
    the rest is read one after another.
    """
    found: dict = {}
    # A list that moves is read again in order.
    first = fetch if ahead is None else ahead(fetch)
    place = Place() if place is None else place
    try:
        for _round in range(_RESTARTS + 1):
            if _read_once(fetch if _round else first, identify, page, enough, missing, found, place, made, (operation, vendor)):
                break
            place.stop(0, None, 0)
    finally:
        if first is not fetch:
            first.end()
    return list(found.values())


def _read_once(fetch, identify, page, enough, missing, found, place, made, whose):
    """Add all rows from a place on to ``found``; return False when the list moved so that rows may have been passed over."""
    skip, last, largest = place.skip, place.last, place.largest
    round_keys: set = set() if last is None else {last}
    several = hasattr(fetch, "plan")
    while True:
        early = several and fetch.has(skip)
        rows, total = fetch(page, skip)
        keys = [identify(row) for row in rows]
        if early and not _plain(keys, last, round_keys, page, total == skip + len(rows)):
            rows, total = fetch.afresh(page, skip)
            keys = [identify(row) for row in rows]
        for key, row in zip(keys, rows):
            found[key] = row if made is None else made(row)
        bounded(found, *whose)
        if last is not None and last not in keys:
            return False
        if rows and round_keys.issuperset(keys):
            # Nothing but the overlap: the end. The same holds for a server that does not know how to skip.
            return True
        round_keys.update(keys)
        seen = skip + len(rows)
        if enough is not None and enough(rows):
            if len(rows) > 1:
                place.stop(seen - 1, keys[-1], max(largest, len(rows)))
            return True
        if not rows:
            return True
        if len(rows) < page:
            if total == seen:
                # Believed only for a short page: some servers count the rows of the page, or nothing at all.
                return True
            if largest > len(rows):
                return True
            # A short first page may have been cut by a maximum of the server's own: one more request tells.
        largest = max(largest, len(rows))
        last = keys[-1]
        skip = seen - 1
        if len(rows) == 1:
            # Nothing to overlap with: a server that gives one row a page must still be read to its end.
            skip, last = seen, None
        if several and len(rows) == page and page > 1 and isinstance(total, int) and total > seen:
            if enough is None or missing is not None:
                fetch.plan(page, skip, total, None if missing is None else len(missing))


def _plain(keys, last, known, page, ends):
    """Return whether a page that was read ahead of its turn goes on where the one before it ended, with something new."""
    return last in keys and (len(keys) == page or ends) and not known.issuperset(keys)
