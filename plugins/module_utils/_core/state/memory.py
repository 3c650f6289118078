# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of an account beside its token: for one item, or for the items of a loop.

A :class:`Memory` belongs to an account and a mode: what check mode predicts is not what is there. It is kept true by our own writes, and forgotten
as a whole, by :class:`Memories` alone: after a failure, and when something was written that another memory of the same vendor cannot know of.
Which item of a loop has which object is no belief about the account, and is kept to the loop's end.
"""

from __future__ import annotations

import copy

from ..errors import PanelError
from .foretold import Foretold
from .objects import Earlier, Looks, Objects


class Memory:
    """Facts by name (such as a map of titles to ids), each put there by whoever looked it up; and the objects of each kind.

    :arg earlier: the :class:`.objects.Earlier` of each kind; None where no item follows.
    """

    def __init__(self, earlier=None):
        #: In check mode, what earlier tasks would make; None when nobody said.
        self.foretold: Foretold | None = None
        self._facts: dict = {}
        self._failed: dict = {}
        self._objects: dict = {}
        self._looks: dict = {}
        self._earlier: dict = {} if earlier is None else earlier
        self._followed = earlier is not None

    def objects(self, resource, parents=()):
        """Return the :class:`.objects.Objects` of a kind that belong to these parents."""
        if resource.reading == "none":
            # What an earlier item of a loop read says nothing of this one: absent there would be "not asked", and that is no answer.
            return Objects(resource)
        place = (resource.name, parents)
        if place not in self._objects:
            self._objects[place] = Objects(resource, self._looks.setdefault(resource.name, Looks()))
        return self._objects[place]

    def earlier(self, resource):
        """Return the :class:`.objects.Earlier` of a kind."""
        if resource.name not in self._earlier:
            self._earlier[resource.name] = Earlier(resource, self._followed)
        return self._earlier[resource.name]

    def __contains__(self, name):
        return name in self._facts

    def __getitem__(self, name):
        return self._facts[name]

    def __setitem__(self, name, fact):
        self._facts[name] = fact

    def get(self, name, default=None):
        return self._facts.get(name, default)

    def setdefault(self, name, fact):
        return self._facts.setdefault(name, fact)

    def shared(self, name, read):
        """Return a fact that several items need: ``read()``, called when the first of them needs it.

        :raises PanelError: it cannot be read; each item that needs it hears so, and the vendor is not asked again for every one of them.
        """
        if name in self._failed:
            raise copy.copy(self._failed[name])
        if name not in self._facts:
            try:
                self._facts[name] = read()
            except PanelError as error:
                self._failed[name] = error
                raise
        return self._facts[name]

    def begin(self, foretold):
        """Serve another item of a loop: what could not be read for the one before may be there now.

        :arg foretold: the option of that name.
        """
        self._failed = {}
        self.foretold = None if foretold is None else Foretold(foretold)

    def pop(self, name, default=None):
        """Take one fact out that is no longer true."""
        return self._facts.pop(name, default)


class Memories:
    """The memories of a process, by account and mode. Each item gets its own, unless its task keeps what an earlier item of its loop knew."""

    def __init__(self):
        self._kept: dict = {}
        self._earlier: dict = {}

    def of(self, client, check_mode, keeps, foretold=None):
        """Return the memory for one item.

        :arg keeps: the item belongs to a loop whose items trust what those before them read and wrote.
        """
        memory = self._memory(client, check_mode) if keeps else Memory()
        memory.begin(foretold)
        return memory

    def _memory(self, client, check_mode):
        place = (client.vendor, client.owner(), bool(check_mode))
        if place not in self._kept:
            self._kept[place] = Memory(self._earlier.setdefault(place, {}))
        return self._kept[place]

    def forget(self, vendor):
        """Forget what was read of a vendor's accounts (None: of all), since another process may have changed it."""
        self._kept = {place: memory for place, memory in self._kept.items() if vendor is not None and place[0] != vendor}

    def after(self, client, failed):
        """Forget what may no longer be true after an item: everything of the vendor when it failed; when it wrote, what others know.

        An account may be known by its password in one item and by a token in the next, so what was written through one may belong to the other.
        """
        if failed or client.transport.writes:
            self._kept = {place: memory for place, memory in self._kept.items()
                          if place[0] != client.vendor or (memory is client.memory and not failed)}
