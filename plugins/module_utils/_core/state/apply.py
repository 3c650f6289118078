# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carrying out planned changes, and finding out what became of those whose answer was lost."""

from __future__ import annotations

import copy
import time

from ..errors import ConflictError, NotFoundError, PanelError, UnknownOutcome
from ..http.answers import reading
from . import planner
from .planner import CREATED, DELETED, UNCHANGED, UPDATED

#: Creates first: a later update may refer to what they make. Deletions last.
_ORDER = (CREATED, UPDATED, DELETED)
_LOOK_AGAIN = 0.4


class Applier:
    """Writes the changes of one task; in check mode only predicts their outcome."""

    def __init__(self, resource, client, host, index):
        self.resource = resource
        self.client = client
        self.host = host
        self.index = index

    def apply(self, changes):
        for action in _ORDER:
            batch = [change for change in changes if change.action == action]
            if batch and not self.host.check_mode:
                self._write(batch, action)
            if batch and not self.host.check_mode and action == CREATED:
                self._follow_up([change for change in batch if change.action == CREATED])
        for change in changes:
            self._keep(change)

    def _write(self, batch, action):
        groups: dict = {}
        alone = []
        for change in batch:
            key = self.resource.group(change)
            if key is None:
                alone.append(change)
            else:
                groups.setdefault(key, []).append(change)
        progress = self.host.progress(action)
        if groups:
            outcomes = self.client.map(lambda several: self.resource.write_group(self.client, several), groups.values(), progress)
            for several, (_none, error) in zip(groups.values(), outcomes):
                for change in several:
                    if error is not None and change.error is None:
                        change.fail(self._explained(error))
        write = {CREATED: self._create, UPDATED: self._update, DELETED: self._delete}[action]
        for change, (_none, error) in zip(alone, self.client.map(write, alone, progress)):
            if error is not None:
                change.fail(self._explained(error))

    def _explained(self, error):
        if isinstance(error, PanelError):
            return error
        return PanelError("%s: %s" % (type(error).__name__, self.host.redactor.text(str(error))), vendor=self.resource.vendor, code="defect")

    def _follow_up(self, created):
        """Do what the vendor allows only with an object that is there; ids are learnt for all of them first."""
        waiting = [change for change in created if self.resource.followed_up & change.fields]
        self._learn_ids(created)
        for change, (_none, error) in zip(waiting, self.client.map(lambda change: self.resource.follow_up(self.client, change), waiting,
                                                                   self.host.progress("finished"))):
            if error is not None:
                # A copy: when no time is left, one error stands for many objects.
                error = copy.copy(self._explained(error))
                error.message = "%s was made, but %s was not set: %s" % (change.label, ", ".join(sorted(self.resource.followed_up & change.fields)),
                                                                         error.message)
                error.hint = self.resource.follow_up_advice or error.hint
                change.fail(error)
                change.partly = True

    # -- one write each; a lost answer is followed by a look -------------------------------------------------------

    def _sent(self, write, change):
        """Carry out one write and return its outcome; one whose answer cannot be read is of unknown outcome, as one that was lost."""
        with reading(self.client):
            return write(self.client, change) or {}

    def _create(self, change):
        try:
            change.outcome = self._sent(self.resource.create, change)
            return
        except ConflictError as conflict:
            self._adopt_conflicting(change, conflict)
            return
        except UnknownOutcome as lost:
            unknown = lost
        if self._adopt(change, unknown):
            return
        if self.resource.on_lost_create == "never" or (self.resource.on_lost_create == "look" and not unknown.settled):
            raise self._undecided(change, unknown)
        # Not there, and either the server has finished with the first request or the vendor refuses a second object: one more try.
        try:
            change.outcome = self._sent(self.resource.create, change)
        except (ConflictError, UnknownOutcome) as again:
            if not self._adopt(change, unknown):
                raise (self._undecided(change, again) if isinstance(again, UnknownOutcome) else again) from None

    def _adopt(self, change, unknown):
        """Look for the object whose create had no answer; True when it is there."""
        for wait in (0, _LOOK_AGAIN, 0 if unknown.settled else 3 * _LOOK_AGAIN):
            if wait:
                time.sleep(max(0, min(wait, self.client.transport.deadline.left() - 0.05)))
            try:
                found = self._look(change.desired)
            except PanelError as error:
                raise self._undecided(change, unknown, error) from None
            if found is not None:
                change.outcome = {name: found.get(name) for name in self.resource.public}
                self._finish_adopted(change, found)
                return True
        return False

    def _finish_adopted(self, change, found):
        """Bring an object that was found after a create to its wanted state, with what came back only in the lost answer."""
        change.warnings.extend(self.resource.lost_with_answer(change))
        if self.resource.needs_detail(change.desired, found):
            found = dict(found, **self.resource.detail(self.client, found, change.desired))
        follow = planner.plan_one(self.resource, change.desired, found)
        for name in change.desired.given:
            if self.resource.field(name).write_only and name not in self.resource.followed_up:
                follow.after[name] = change.after[name]
                follow.fields.add(name)
                follow.action = UPDATED
        if follow.action == UPDATED:
            self._update(follow)
            change.outcome.update(follow.outcome)

    def _adopt_conflicting(self, change, conflict):
        """The vendor says that it is there although the look-up did not show it: look at everything once, then go on from there."""
        found = planner.Index(self.resource, self.resource.search(self.client, change.desired)).find(change.desired)
        if found is None:
            raise conflict
        change.outcome = {name: found.get(name) for name in self.resource.public}
        if self.resource.needs_detail(change.desired, found):
            found = dict(found, **self.resource.detail(self.client, found, change.desired))
        follow = planner.plan_one(self.resource, change.desired, found)
        change.before, change.after, change.fields, change.action = follow.before, follow.after, follow.fields, follow.action
        if follow.action == UPDATED:
            self._update(follow)
            change.outcome.update(follow.outcome)

    def _update(self, change):
        for last in (False, True):
            try:
                change.outcome = self._sent(self.resource.update, change)
                return
            except UnknownOutcome as unknown:
                if self._is_as_wanted(change, unknown):
                    return
                if last or self.resource.on_lost_create == "never":
                    raise self._undecided(change, unknown) from None

    def _is_as_wanted(self, change, unknown):
        try:
            found = self._look(change.desired)
            if found is None:
                return False
            if self.resource.needs_detail(change.desired, found):
                found = dict(found, **self.resource.detail(self.client, found, change.desired))
        except PanelError as error:
            raise self._undecided(change, unknown, error) from None
        follow = planner.plan_one(self.resource, change.desired, found)
        # A write-only field cannot be read back: only sending it again makes sure.
        return follow.action == UNCHANGED

    def _delete(self, change):
        for last in (False, True):
            try:
                change.outcome = self._sent(self.resource.delete, change)
                return
            except NotFoundError:
                return
            except UnknownOutcome as unknown:
                try:
                    gone = self._look(change.desired, row=change.before) is None
                except PanelError as error:
                    raise self._undecided(change, unknown, error) from None
                if gone:
                    return
                if last or self.resource.on_lost_create == "never":
                    raise self._undecided(change, unknown) from None

    def _look(self, desired, row=None):
        """Read one object afresh."""
        if desired is None:
            desired = planner.Desired(self.resource, dict(row, state="absent"), 0)
            if self.resource.id_option:
                desired.id = row.get("id")
        with reading(self.client):
            rows = self.resource.read(self.client, [desired], False)
        return planner.Index(self.resource, rows).find(desired)

    def _undecided(self, change, unknown, second=None):
        more = "; looking for it failed too: %s" % second.message if second is not None else ""
        return UnknownOutcome("%s%s" % (unknown.message, more), settled=unknown.settled, vendor=self.resource.vendor, operation=unknown.operation,
                              http_status=unknown.http_status,
                              hint=unknown.hint or "Nobody knows whether it happened: look at %s in the panel, or run the task again, which looks first"
                                                   % change.label)

    # -- what the next item of a loop will find --------------------------------------------------------------------

    def _keep(self, change):
        """Keep the index true to our own writes (in check mode: to the predicted ones)."""
        if not change.changed:
            return
        if change.before is not None:
            self.index.remove(change.before)
        if change.after is not None:
            kept = dict(change.after)
            for name in list(kept):
                if any(field.name == name and field.write_only for field in self.resource.fields):
                    del kept[name]
            kept.update({name: change.outcome[name] for name in self.resource.public if change.outcome.get(name) is not None})
            self.index.add(kept)

    def _learn_ids(self, created):
        """Read the ids of new objects where the vendor's answer had none: one read for all; not within a loop, where it would be one an item."""
        lacking = [change for change in created if "id" in self.resource.public and change.outcome.get("id") is None]
        if not lacking or self.host.keeps_index or (self.resource.reading == "each" and len(lacking) > 1):
            return
        try:
            with reading(self.client):
                index = planner.Index(self.resource, self.resource.read(self.client, [change.desired for change in lacking], False))
        except PanelError as error:
            # The objects are there; only their ids are not known.
            lacking[0].warnings.append("the ids of new %s could not be read: %s" % (self.resource.plural, error.message))
            return
        for change in lacking:
            found = index.find(change.desired)
            if found is not None:
                for name in self.resource.public:
                    change.outcome.setdefault(name, None)
                    if change.outcome[name] is None:
                        change.outcome[name] = found.get(name)
