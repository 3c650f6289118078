# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task asks about the objects of one kind: all that reading may depend on, in one value."""

from __future__ import annotations

from ..errors import NotFoundError, PanelError


class Asked:
    """Items of a task, and what the task says beside them. It never changes; what could not be read of an item is noted at the item.

    :arg wanted: the items (:class:`.planner.Desired`) whose objects are asked for.
    :arg everything: all other objects are asked for as well.
    :arg options: the options of the task; none when the collection itself asks, such as after a lost answer.
    :arg listed: the items stand in a list, each with an outcome of its own.
    """

    #: The :class:`.paging.Place` to which earlier items of a loop have read the list that holds these, and whose rows before it are known; None: nobody has.
    place = None

    def __init__(self, wanted, everything=False, options=None, listed=False):
        self.wanted = tuple(wanted)
        self.everything = bool(everything)
        self.options = options or {}
        self.listed = listed

    @property
    def purge(self):
        """What no item names shall go."""
        return bool(self.options.get("purge"))

    def of(self, wanted, everything=False):
        """Return what the same task asks about these of its items."""
        return Asked(wanted, everything, self.options, self.listed)

    def fail(self, error, those):
        """Let reading fail for some of the items; of all of them, or of none, it is the task's failure, and raised.

        What an item of a list names and is nowhere is that item's failure, also when no other item is left. A status of 404 may mean the address of
        the vendor instead.
        """
        own = self.listed and isinstance(error, NotFoundError) and error.http_status != 404
        if not isinstance(error, PanelError) or not those or (len(those) >= len(self.wanted) and not own):
            raise error
        for desired in those:
            desired.problem = error

    def fail_by(self, errors, needs, among=None):
        """Let each of several failures reach the items that need what could not be read.

        :arg errors: ``{what: error}``.
        :arg needs: returns what an item needs, of these and others.
        :arg among: items of which this is asked; by default all.
        """
        among = self.wanted if among is None else among
        for error in {id(error): error for error in errors.values()}.values():
            those = [desired for desired in among if any(errors.get(what) is error for what in needs(desired))]
            if those:
                self.fail(error, those)
