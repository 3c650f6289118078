# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What event sources remember, in the database of a journal: one row a source, which belongs to whoever began last."""

from __future__ import annotations

import json
import uuid

from ..errors import UsageError
from ..http.retries import Deadline
from .journal import Journal

#: Seconds for one statement; whoever calls tries again later.
_PATIENCE = 20.0
_TAKE = ("INSERT INTO kariz_cursors (name, holder, at, value) VALUES (?, ?, ?, '{}') "
         "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, at = excluded.at")
_READ = "SELECT value FROM kariz_cursors WHERE name = ?"
_HELD = "SELECT 1 FROM kariz_cursors WHERE name = ? AND holder = ?"
_SAVE = "UPDATE kariz_cursors SET value = ?, at = ? WHERE name = ? AND holder = ?"


class Cursor:
    """The row of one source.

    :arg journal: a :class:`~.journal.Journal`.
    :arg name: of the source; two that run at the same time need two names.
    """

    def __init__(self, journal: Journal, name: str):
        self.journal = journal
        self.name = name
        self.holder = uuid.uuid4().hex

    def take(self) -> dict:
        """Return what is remembered, which is this source's own from now on.

        :raises UsageError: it cannot be read.
        """
        text = self.journal.carry_out(self._take, Deadline(_PATIENCE).left)
        try:
            value = json.loads(text)
            if not isinstance(value, dict):
                raise ValueError("no map")
        except ValueError as error:
            # To begin anew would tell everything a second time.
            raise UsageError("journal %s: what %s remembers is damaged (%s): mend it in kariz_cursors, or delete its row to begin anew" % (
                self.journal.shown, self.name, error), code="journal_damaged") from None
        return value

    def _take(self, left):
        engine = self.journal.engine
        with engine.transaction(left) as execute:
            execute(_TAKE, [self.name, self.holder, engine.now(execute)])
            return execute(_READ, [self.name])[0][0]

    def save(self, value: dict) -> None:
        """Remember this instead. The same again changes nothing, so a lost connection does no harm.

        :raises UsageError: another source has begun under this name since.
        """
        text = json.dumps(value, ensure_ascii=False)
        if not self.journal.carry_out(lambda left: self._save(text, left), Deadline(_PATIENCE).left):
            raise UsageError("journal %s: another source that runs at the same time remembers under the name %s; give each a state_name of its own" % (
                self.journal.shown, self.name), code="cursor_taken")

    def _save(self, text, left):
        engine = self.journal.engine
        with engine.transaction(left) as execute:
            if not execute(_HELD, [self.name, self.holder]):
                return False
            execute(_SAVE, [text, engine.now(execute), self.name, self.holder])
            return True

    def close(self):
        self.journal.close()
