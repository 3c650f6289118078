# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What earlier tasks said in check mode that they would make, so that a later one finds it there.

A play in check mode makes no label, so the task that gives the label to a user cannot find it. With the option ``foretold`` the later task takes what the
earlier one returned, ``{"labels": [{"id", "title", "action", ...}, ...]}``, for done: what was created or renamed counts as there, what was deleted as gone.
And what neither the vendor nor an earlier task has is then as much an error as in the run itself.
"""

from __future__ import annotations

from ..text.letters import normal
from .planner import CREATED, DELETED, UPDATED

OPTION = {"type": "dict"}
#: What is told to a later task of an object that an earlier one changes.
_NAMES = ("id", "hash", "title", "name", "username", "slug", "labels", "members", "action")
_CHANGES = (CREATED, UPDATED, DELETED)


def changes(entries):
    """Return, of the objects that a task returned, names and ids of those that it changes: what the option takes for their kind."""
    return [{name: entry[name] for name in _NAMES if entry.get(name) is not None} for entry in entries or () if entry.get("action") in _CHANGES]


class Foretold:
    """The objects that change, by kind.

    :arg given: the option as it was given.
    """

    def __init__(self, given):
        self._kinds = {kind: [entry for entry in entries or () if isinstance(entry, dict) and entry.get("action") in _CHANGES]
                       for kind, entries in given.items() if isinstance(entries, (list, tuple))}

    def of(self, kind):
        """Return what is told of a kind's objects."""
        return self._kinds.get(kind, [])

    def made(self, kind, name):
        """Return what objects of a kind would be called that are not there by that name yet."""
        return [str(entry[name]) for entry in self._kinds.get(kind, ()) if entry["action"] != DELETED and entry.get(name) not in (None, "")]

    def renamed(self, kind, name, number="id"):
        """Return ``{id: name}`` of objects that are there, perhaps by another name."""
        return {str(entry[number]): entry[name] for entry in self._kinds.get(kind, ())
                if entry["action"] == UPDATED and entry.get(number) is not None and entry.get(name) not in (None, "")}

    def laid_over(self, kind, rows, name, number="id"):
        """Return rows of a list as they would be: renamed, without those that go, with those to be made (whose id nobody knows)."""
        renamed = self.renamed(kind, name, number)
        gone = {str(entry[number]) for entry in self._kinds.get(kind, ()) if entry["action"] == DELETED and entry.get(number) is not None}
        kept = [dict(row, **{name: renamed.get(str(row.get(number)), row.get(name))}) for row in rows if str(row.get(number)) not in gone]
        there = {normal(str(row.get(name) or "")) for row in kept}
        return kept + [{number: None, name: title} for title in self.made(kind, name) if normal(title) not in there]
