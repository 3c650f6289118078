# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of the objects of one kind, for one item or for the items of a loop; and which item of a loop has which object."""

from __future__ import annotations

from ..errors import UsageError
from ..http.paging import Place
from ..text.letters import normal
from .planner import Desired, Index, folded

#: So many items of a loop look for what they name alone; more of them are worth the whole list, which then answers for all that follow.
LOOKS = 3
#: A list costs two requests or more, so for two items after those it is never cheaper: a loop that is known to have no more items never reads it.
FEW = LOOKS + 2


class Whole(list):
    """Rows of a read that came to the end of the list: whoever is not among them is not there."""


class Looks:
    """How often objects of one kind were looked for."""

    def __init__(self):
        self.count = 0
        #: Whether the loop is so short that looks for the rest of its items cost no more than a list; None: nobody has asked yet.
        self.few: bool | None = None

    def suffice(self, few):
        """Return whether the next item is better looked for alone.

        :arg few: says whether the loop is known to have no more than :data:`FEW` items; asked once, since it may cost something.
        """
        if self.count < LOOKS:
            return True
        if self.few is None:
            self.few = few()
        return self.few


class Objects(Index):
    """Current objects as they were read and as our own writes (in check mode: the predicted ones) have left them.

    :arg looks: the :class:`Looks` for objects of this kind, whatever their parents.
    """

    def __init__(self, resource, looks=None):
        super().__init__(resource)
        #: Whoever is not in here is not there.
        self.complete = False
        self._place = Place()
        self._looks = looks or Looks()
        self._asked: set = set()
        self._gone: set = set()

    def look(self, client, asked, few=lambda: False):
        """Read what is needed to answer for the items of an :class:`.asked.Asked`; what earlier ones have read is not read again.

        :arg few: see :meth:`Looks.suffice`.
        """
        fresh = [desired for desired in asked.wanted if not self._answers(desired)]
        if self.complete or not (fresh or asked.everything):
            return
        reading = self.resource.reading
        shares = self.resource.shares_from is not None and len(fresh) >= self.resource.shares_from
        everything = asked.everything or (reading == "keys" and not shares and not self._looks.suffice(few))
        looking = asked.of(asked.wanted if everything else fresh, everything)
        if not everything:
            looking.place = self._place
        rows = self.resource.read(client, looking)
        if not shares:
            self._looks.count += 1
        self._learn(rows)
        self.complete = reading == "list" or (reading == "keys" and (everything or isinstance(rows, Whole)))
        if not self.complete:
            # Who is known anyway is not noted twice: a loop may bring a hundred thousand.
            self._asked.update(_finder(desired) for desired in fresh if desired.problem is None and not self._answers(desired))

    def _answers(self, desired):
        if _finder(desired) in self._asked:
            return True
        if desired.id:
            return str(desired.id) in self.by_id or str(desired.id) in self._gone
        # A page holds others than those for whom it was read.
        return self.resource.shares_from is not None and bool(self.by_key.get(desired.key))

    def _learn(self, rows):
        """Add rows. What was read for each item is named as the item names it; otherwise what is known already, or gone by our own writes, is the newer."""
        if self.resource.reading != "each":
            rows = [row for row in rows if not self._knows(row)]
        for row in rows:
            super().add(row)

    def _knows(self, row):
        number = None if row.get("id") is None else str(row["id"])
        if number is not None and (number in self.by_id or number in self._gone):
            return True
        for key in self.resource.keys_of(row):
            if number is None and key in self._gone:
                return True
            for known in self.by_key.get(key, ()):
                if number is None or known.get("id") is None or str(known["id"]) == number:
                    if number is not None:
                        # Our own create was not told its id.
                        known["id"] = row["id"]
                        self.by_id[number] = known
                    return True
        return False

    def add(self, row):
        """Keep what a write has left."""
        self._gone.discard(str(row.get("id")))
        self._gone.difference_update(self.resource.keys_of(row))
        super().add(row)

    def remove(self, row):
        """Forget what a write has changed or removed."""
        super().remove(row)
        self._gone.update(self.resource.keys_of(row) if row.get("id") is None else [str(row["id"])])


def _finder(desired):
    return ("id", str(desired.id)) if desired.id else desired.key


class Earlier:
    """Which item of a loop has which object, by the item's own words for it.

    What is believed of an account comes and goes; this stays to the end of the loop, also when an item fails.

    :arg followed: items follow that will ask.
    """

    def __init__(self, resource, followed=True):
        self.resource = resource
        self._followed = followed
        # A loop may bring a hundred thousand objects, so no more is kept of each than says whose it is.
        self._ids: dict = {}
        self._capitals: dict = {}
        #: Of those whose id nobody told: by what they are found.
        self._items: dict = {}

    def __len__(self):
        return len(self._ids)

    def refuse(self, client, desired, found, taken=False):
        """Raise UsageError when an object that was found is that of another item, whose name differs in the case of letters alone.

        :arg taken: the vendor itself says that the name is in use.
        """
        if not self._ids:
            return
        name = self._spelled(desired)
        for other in self._alike(name):
            if other != name and self._is_one(client, other, found, taken):
                raise UsageError("%s and %s are one %s to the vendor; their names differ only in the case of letters, and another item of the loop has it" % (
                    desired.label, self._desired(other).label, self.resource.name), vendor=self.resource.vendor, operation="read", code="same_object",
                    hint="Keep one of the two items")

    def _alike(self, name):
        """Return the names of items that have an object and are this one but for the case of letters."""
        small = folded(name)
        return [other for other in (small, *self._capitals.get(small, ())) if other in self._ids]

    def _desired(self, name):
        return Desired(self.resource, self._items.get(name) or dict(zip(self.resource.key, name)), 0)

    def _is_one(self, client, name, found, taken):
        number = self._ids[name]
        if number is not None and found.get("id") is not None:
            return str(number) == str(found["id"])
        if client.transport.check_mode:
            # What was only predicted cannot be looked at.
            return False
        owner = self._desired(name)
        seen = Index(self.resource, self.resource.look(client, [owner])).find(owner)
        if seen is None:
            # It was there, and is shown by another spelling now.
            return True
        if seen.get("id") is not None and found.get("id") is not None:
            return str(seen["id"]) == str(found["id"])
        return taken or self.resource.key_of(seen) == self.resource.key_of(found)

    def keep(self, change):
        """Take note of the object that an item has by now, or has no more."""
        if not self._followed or change.desired is None or (change.error is not None and not change.partly):
            return
        name = self._spelled(change.desired)
        number = next((source["id"] for source in (change.outcome, change.after or {}, change.before or {}) if source.get("id") is not None), None)
        if change.after is not None:
            self._ids[name] = number
            if name != folded(name):
                self._capitals.setdefault(folded(name), set()).add(name)
            self._items.pop(name, None)
            if number is None:
                hidden = {field.name for field in self.resource.fields if field.secret or field.write_only}
                self._items[name] = {option: value for option, value in change.desired.item.items() if option not in hidden and value is not None}
            return
        for other in self._alike(name):
            if other == name or (number is not None and str(self._ids[other]) == str(number)):
                del self._ids[other]
                self._items.pop(other, None)
                self._capitals.get(folded(other), set()).discard(other)

    def _spelled(self, desired):
        """Return the key of an item as it was typed."""
        return tuple(None if desired.item.get(name) is None else normal(desired.item[name]) for name in self.resource.key)
