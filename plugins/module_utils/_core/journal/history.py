# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures of accounts over time, in the database of a journal: what a report draws its trends from, wherever it is made.

A figure is ``{"at": ISO 8601, "vendor", "account", "key", "left"}``; ``key`` names the gauge.
"""

from __future__ import annotations

import datetime

from ..http.retries import Deadline
from .journal import Journal

#: Seconds for reading, and for adding: between the two vendors are asked, which takes as long as it takes.
_PATIENCE = 30.0
_READ = "SELECT at, vendor, account, gauge, amount FROM kariz_history WHERE vendor = ? AND account = ? ORDER BY at"
_ADD = "INSERT INTO kariz_history (at, vendor, account, gauge, amount) VALUES (?, ?, ?, ?, ?) ON CONFLICT (vendor, account, gauge, at) DO NOTHING"
_SUPERSEDE = "DELETE FROM kariz_history WHERE vendor = ? AND account = ? AND gauge = ? AND at = ?"
_FORGET = "DELETE FROM kariz_history WHERE vendor = ? AND account = ? AND at < ?"


class History:
    """The history of figures in a journal.

    :arg journal: a :class:`~.journal.Journal`.
    """

    def __init__(self, journal: Journal):
        self.journal = journal

    def read(self, accounts):
        """Return the figures of accounts, ``[(vendor, account)]``, oldest first. Nothing is made."""
        places = sorted(set(accounts))
        return self.journal.carry_out(lambda left: self._read(places, left), Deadline(_PATIENCE).left)

    def _read(self, accounts, left):
        engine = self.journal.engine
        # Tables of an earlier version have no history, and reading makes none.
        if not engine.exists(left) or (engine.version(left) or 0) < 2:
            return []
        with engine.transaction(left, write=False) as execute:
            found = [row for place in accounts for row in execute(_READ, place)]
        return [{"at": engine.told(at), "vendor": vendor, "account": account, "key": gauge, "left": int(amount) if amount == int(amount) else amount}
                for at, vendor, account, gauge, amount in found]

    def add(self, figures, accounts, keep_days, superseded=()):
        """Add figures; those that are there stay as they are. Of these accounts, what is older than so many days goes.

        :arg figures: ``at`` is a text in ISO 8601 with its offset.
        :arg superseded: figures that go, since a later one of their day stands for them.
        """
        places = sorted(set(accounts))
        self.journal.carry_out(lambda left: self._add(figures, places, keep_days, superseded, left), Deadline(_PATIENCE).left)

    def _add(self, figures, accounts, keep_days, superseded, left):
        engine = self.journal.engine
        oldest = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=keep_days)
        with engine.transaction(left) as execute:
            rows = [[engine.moment(_aware(one["at"])), one["vendor"], one["account"], one["key"], float(one["left"])] for one in figures]
            if rows:
                execute(_ADD, rows, many=True)
            gone = [[one["vendor"], one["account"], one["key"], engine.moment(_aware(one["at"]))] for one in superseded]
            if gone:
                execute(_SUPERSEDE, gone, many=True)
            for vendor, account in accounts:
                execute(_FORGET, [vendor, account, engine.moment(oldest)])


def _aware(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
