# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a look after a lost answer needs: how often, and whose object it is that was found."""

from __future__ import annotations

import threading
import time

from ..errors import UsageError
from .planner import CREATED, folded

#: Seconds before each look. A server that has finished shows what it did, at the latest to the second look; one that somebody before it gave up
#: waiting for may need longer.
_FINISHED = (0, 0.4)
_AT_WORK = (0, 0.4, 0.8, 1.6, 2.4)


def looks(client, settled):
    """Yield once for each look that is worth taking, after the wait that belongs to it; never beyond the task's deadline."""
    for wait in _FINISHED if settled else _AT_WORK:
        left = client.transport.deadline.left() - 0.05
        if wait and left <= 0:
            return
        time.sleep(min(wait, max(0, left)))
        yield


class Owners:
    """Which change has which object, so that none is brought to the wanted states of two items."""

    def __init__(self, resource, changes):
        self.resource = resource
        self._changes = changes
        self._lock = threading.Lock()
        self._by_id: dict = {}
        self._by_name: dict = {}

    def _learn(self):
        """Look at the changes, once somebody asks: most tasks find nothing whose owner is not known."""
        changes, self._changes = self._changes, ()
        for change in changes:
            if change.before is not None and change.before.get("id") is not None:
                self._by_id[str(change.before["id"])] = change
            named = self.resource.key_of(change.before) if change.desired is None else change.desired.named
            if named is not None:
                self._by_name.setdefault(folded(named), []).append(change)

    def take(self, change, found):
        """Give an object that was found to a change, and return the purge that wanted to remove it, or None.

        :raises UsageError: it is that of another item.
        """
        with self._lock:
            self._learn()
            owner = self._owner(change, found)
            if owner is not None and owner.desired is not None:
                raise UsageError("%s and %s are one %s to the vendor%s, and another item of the list has it" % (
                    change.label, owner.label, self.resource.name,
                    "; their names differ only in the case of letters" if self._differ_in_case(change, owner) else ""),
                    vendor=self.resource.vendor, operation="read", code="same_object", hint="Keep one of the two items")
            if found.get("id") is not None:
                self._by_id[str(found["id"])] = change
            return owner

    @staticmethod
    def _differ_in_case(change, owner):
        return change.desired.named != owner.desired.named and folded(change.desired.named or ()) == folded(owner.desired.named or ())

    def _owner(self, change, found):
        number = None if found.get("id") is None else str(found["id"])
        owner = self._by_id.get(number)
        if owner is not None:
            return owner if owner is not change else None
        keys = self.resource.keys_of(found) + ([change.desired.named] if change.desired.named is not None else [])
        for key in keys:
            for rival in self._by_name.get(folded(key), ()):
                if rival is not change and self._may_have(rival, number):
                    return rival
        return None

    @staticmethod
    def _may_have(rival, number):
        """Return whether an item of the same name may be the one that has the object with this id."""
        if rival.before is not None:
            return number is None or rival.before.get("id") is None
        known = rival.outcome.get("id")
        return rival.action == CREATED and (known is None or number is None or str(known) == number)
