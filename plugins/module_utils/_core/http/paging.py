# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading a list by offset to its end, also when rows come and go while it is read."""

from __future__ import annotations

PAGE = 100
_RESTARTS = 3


def read_all(fetch, identify, page=PAGE, enough=None):
    """Return all rows of a list, each once, in order.

    :arg fetch: ``fetch(take, skip)`` returns ``(rows, total or None)``.
    :arg identify: returns the identity of a row.
    :arg enough: called with the rows of a page; true means that all wanted rows have been seen and reading may stop.

    Pages overlap by one row. When a page does not begin with the row that ended the page before, rows have moved: those
    pushed back are seen twice and dropped, and when the known row is gone, rows may have slipped to a page that was read
    already, so the list is read again (what was found stays found).
    """
    found: dict = {}
    for _round in range(_RESTARTS + 1):
        if _read_once(fetch, identify, page, enough, found):
            break
    return list(found.values())


def _read_once(fetch, identify, page, enough, found):
    """Add all rows to ``found``; return False when the list moved so that rows may have been passed over."""
    skip = 0
    last = None
    largest = 0
    round_keys: set = set()
    while True:
        rows, total = fetch(page, skip)
        keys = [identify(row) for row in rows]
        for key, row in zip(keys, rows):
            found[key] = row
        if last is not None and last not in keys:
            return False
        if rows and round_keys.issuperset(keys):
            # Nothing but the overlap: the end. The same holds for a server that does not know how to skip.
            return True
        round_keys.update(keys)
        if enough is not None and enough(rows):
            return True
        seen = skip + len(rows)
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
