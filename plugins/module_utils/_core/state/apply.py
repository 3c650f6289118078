# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carrying out planned changes, and finding out what became of those whose answer was lost."""

from __future__ import annotations

import copy

from ..errors import ApiError, AuthError, ConflictError, DeadlineError, NotFoundError, PanelError, TransportError, UnknownOutcome
from ..http.answers import reading
from ..http.parallel import Counted, one_by_one
from . import planner
from .asked import Asked
from .lost import Owners, looks
from .objects import Earlier
from .planner import CREATED, DELETED, UNCHANGED, UPDATED

#: Creates first: a later update may refer to what they make. Deletions last.
_ORDER = (CREATED, UPDATED, DELETED)
_NOT_SENT = (TransportError, DeadlineError, AuthError)


class Applier:
    """Writes the changes of one task; in check mode only predicts their outcome.

    :arg index: the current objects, kept true to what is written.
    :arg earlier: what the items before have: see :class:`.objects.Earlier`.
    """

    def __init__(self, resource, client, host, index, earlier=None):
        self.resource = resource
        self.client = client
        self.host = host
        self.index = index
        self.earlier = Earlier(resource, followed=False) if earlier is None else earlier
        self.changes: list = []
        self.spared: set = set()
        self.owners = Owners(resource, ())

    def apply(self, changes):
        """Carry out the changes, in place; a purge of what turns out to be named is taken out of the list."""
        self.changes = changes
        self.owners = Owners(self.resource, changes)
        # As planned: a create that turns out to be an update has been carried out as one by then.
        batches = [(action, [change for change in changes if change.action == action]) for action in _ORDER]
        for action, batch in batches:
            batch = [change for change in batch if id(change) not in self.spared]
            if batch:
                self.resource.before_writes(self.client, batch)
                batch = [change for change in batch if change.error is None]
            if batch and not self.host.check_mode:
                self._write(batch, action)
            if batch and not self.host.check_mode and action == CREATED:
                self._follow_up([change for change in batch if change.action == CREATED])
        for change in changes:
            self._keep(change)
            self.earlier.keep(change)

    def _write(self, batch, action):
        groups: dict = {}
        alone = []
        for change in batch:
            key = self.resource.group(change)
            if key is None:
                alone.append(change)
            else:
                groups.setdefault(key, []).append(change)
        counted = Counted(self.host.progress(action), len(batch))
        if groups:
            outcomes = self.client.map(self._sent_together, groups.values(), counted.after([len(several) for several in groups.values()]))
            for several, (_none, error) in zip(groups.values(), outcomes):
                for change in several:
                    if error is not None and change.error is None:
                        change.fail(self._explained(error))
        write = {CREATED: self._create, UPDATED: self._update, DELETED: self._delete}[action]
        for change, (_none, error) in zip(alone, self.client.map(write, alone, counted.after([1] * len(alone)))):
            if error is not None:
                change.fail(self._explained(error))

    def _sent_together(self, changes):
        """Carry out the changes of a group; where what they ask is refused, each is asked for alone, so that the refusal reaches whom it is about."""
        try:
            self._sent_as_one(changes)
        except ApiError as refused:
            if len(changes) == 1 or any(change.partly for change in changes) or not (isinstance(refused, ConflictError) or refused.http_status == 400):
                raise
            # One after another: requests of a group may each send the whole of what they change.
            alone = [change for change in changes if change.error is None]
            for change, (_none, error) in zip(alone, one_by_one(lambda change: self._sent_as_one([change]), alone)):
                if error is not None:
                    change.fail(self._explained(error))

    def _sent_as_one(self, changes):
        """Carry out the changes of a group; after a refusal of a later request of theirs, something is different all the same."""
        with reading(self.client):
            try:
                self.resource.write_group(self.client, changes)
            except UnknownOutcome:
                raise
            except PanelError as error:
                if self.client.heard.written is not None and not error.undone:
                    for change in changes:
                        change.partly = True
                raise

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
            try:
                outcome = write(self.client, change) or {}
            except UnknownOutcome:
                raise
            except PanelError as error:
                # A refusal is no write; one that is remembered all the same came before it and was carried out.
                change.partly = change.partly or (self.client.heard.written is not None and not error.undone)
                raise
        told = {name: outcome[name] for name in self.resource.reveals if outcome.get(name)}
        if told:
            self.host.tell(self.resource.plural, change.label, told)
        return outcome

    def _create(self, change):
        unknown: UnknownOutcome | None = None
        # What the vendor refuses to make twice may be sent as often as anything else.
        tries = {"repeat": max(2, 1 + self.client.transport.retries), "look": 2, "never": 1}[self.resource.on_lost_create]
        for left in reversed(range(tries)):
            try:
                change.outcome = self._sent(self.resource.create, change)
                return
            except ConflictError as conflict:
                if unknown is not None and self._find_lost(change, unknown):
                    return
                self._take_conflicting(change, conflict)
                return
            except UnknownOutcome as lost:
                unknown = lost
            except _NOT_SENT as error:
                raise self._still(change, unknown, error) from None
            repeats = left > 0 and (unknown.settled or self.resource.on_lost_create == "repeat")
            # The vendor refuses a second one, so there a repeat tells sooner than waiting whether the first was carried out.
            if self._find_lost(change, unknown, soon=repeats):
                return
            if not repeats:
                raise self._undecided(change, unknown)

    def _find_lost(self, change, unknown, soon=False):
        """Look for the object whose create had no answer and make it that of the change; False when it is not to be seen."""
        failure = None
        for _look in looks(self.client, unknown.settled or soon):
            try:
                found = self._look(change.desired)
            except PanelError as error:
                failure = error
                continue
            failure = None
            if found is not None:
                self._take(change, found)
                change.warnings.extend(self.resource.lost_with_answer(change))
                self._bring(change, found, made=True)
                return True
        if failure is not None:
            raise self._undecided(change, unknown, failure) from None
        return False

    def _take_conflicting(self, change, conflict):
        """The vendor says that it is there although the look-up did not show it: look at everything once, then go on from there."""
        index = planner.Index(self.resource, self.resource.search(self.client, change.desired))
        found = index.find(change.desired)
        if found is None:
            self._hint_at_case(change, conflict, index)
            raise conflict
        self._take(change, found)
        follow = self._bring(change, found)
        change.before, change.after, change.fields, change.action = follow.before, follow.after, follow.fields, follow.action

    def _take(self, change, found):
        with reading(self.client):
            self.earlier.refuse(self.client, change.desired, found, taken=True)
        purge = self.owners.take(change, found)
        if purge is not None:
            # What the list names after all is not removed.
            self.spared.add(id(purge))
            self.changes.remove(purge)
        change.outcome = {name: found.get(name) for name in self.resource.public}

    def _hint_at_case(self, change, conflict, index):
        named = planner.folded(change.desired.named or ())
        alike = [row for row in index.rows() if named in map(planner.folded, self.resource.keys_of(row))]
        if alike:
            conflict.hint = "There is %s: the names differ only in the case of letters" % ", ".join(map(self.resource.label_of, alike))

    def _bring(self, change, found, made=False):
        """Bring an object that was found to its wanted state and return the :class:`~.planner.Change` that this was.

        :arg made: our own create made it: what only a create can say went with it, and nothing that follows undoes that it was made.
        """
        try:
            follow = self._lacking(change.desired, found)
            self.resource.resolve_references(self.client, follow, False)
        except PanelError as error:
            raise self._made_but(change, error) if made else error from None
        change.warnings.extend(text for text in follow.warnings if text not in change.warnings)
        unseen = self._unseen(change, follow) if made else set()
        if follow.action == UPDATED or unseen:
            self._update_found(change, follow, unseen, made)
        return follow

    def _unseen(self, change, follow):
        """Return the write-only fields that the lost create carried and an update could send again to make sure."""
        if not self.resource.updates():
            follow.fields -= {name for name in follow.fields if self.resource.field(name).write_only}
            follow.action = UPDATED if follow.fields else UNCHANGED
            return set()
        return {name for name in change.desired.given
                if self.resource.field(name).write_only and name not in self.resource.followed_up and name not in follow.fields}

    def _update_found(self, change, follow, unseen, made):
        differs = bool(follow.fields - {name for name in follow.fields if self.resource.field(name).write_only})
        follow.after = dict(follow.after, **{name: change.after[name] for name in unseen})
        follow.fields = follow.fields | unseen
        follow.action = UPDATED
        try:
            if not self.resource.updates():
                raise PanelError("%s is there, but with another %s, which cannot be changed" % (change.label, ", ".join(sorted(follow.fields))),
                                 vendor=self.resource.vendor, operation="read", code="conflict")
            self._update(follow)
        except PanelError as error:
            if made and not differs:
                # The create carried these already; sending them again was to make sure.
                change.warnings.append("%s was made, and its answer was lost; %s could not be sent again to make sure: %s" % (
                    change.label, ", ".join(sorted(follow.fields)), error.message))
                return
            raise self._made_but(change, error) if made else error from None
        change.outcome.update(follow.outcome)

    @staticmethod
    def _made_but(change, error):
        """Return the error for an object that was made and then could not be brought to all that is wanted."""
        change.partly = True
        error = copy.copy(error)
        error.message = "%s was made, but could not be brought to what is wanted: %s" % (change.label, error.message)
        return error

    def _lacking(self, desired, found):
        """Return the change that an object as it was found still needs; UNCHANGED when it is as wanted."""
        if self.resource.needs_detail(desired, found):
            with reading(self.client):
                found = dict(found, **self.resource.detail(self.client, found, desired))
        return planner.plan_one(self.resource, desired, found)

    def _update(self, change):
        unknown: UnknownOutcome | None = None
        for last in (False, True):
            try:
                change.outcome = self._sent(self.resource.update, change)
                return
            except _NOT_SENT as error:
                raise self._still(change, unknown, error) from None
            except UnknownOutcome as lost:
                unknown = lost
                if self.resource.on_lost_update == "told":
                    raise self._undecided(change, unknown) from None
                repeats = not last
                # A write-only field cannot be read back: only sending it again makes sure.
                if self._shows(change, unknown, lambda: self._is_as_wanted(change), soon=repeats):
                    return
                if not repeats:
                    raise self._undecided(change, unknown) from None

    def _is_as_wanted(self, change):
        found = self._look(change.desired)
        return found is not None and self._lacking(change.desired, found).action == UNCHANGED

    def _delete(self, change):
        unknown: UnknownOutcome | None = None
        for last in (False, True):
            try:
                change.outcome = self._sent(self.resource.delete, change)
                return
            except NotFoundError:
                return
            except _NOT_SENT as error:
                raise self._still(change, unknown, error) from None
            except UnknownOutcome as lost:
                unknown = lost
                repeats = not last and self.resource.on_lost_create != "never"
                if self._shows(change, unknown, lambda: self._look(change.desired, row=change.before) is None, soon=repeats):
                    return
                if not repeats:
                    raise self._undecided(change, unknown) from None

    def _shows(self, change, unknown, is_done, soon):
        """Look whether a write without an answer was carried out.

        :raises UnknownOutcome: looking failed too.
        """
        failure = None
        for _look in looks(self.client, unknown.settled or soon):
            try:
                if is_done():
                    return True
                failure = None
            except PanelError as error:
                failure = error
        if failure is not None:
            raise self._undecided(change, unknown, failure) from None
        return False

    def _look(self, desired, row=None):
        """Read one object afresh."""
        if desired is None:
            desired = planner.Desired(self.resource, dict(row, state="absent"), 0)
            if self.resource.id_option:
                desired.id = row.get("id")
        with reading(self.client):
            rows = self.resource.look(self.client, [desired])
        return planner.Index(self.resource, rows).find(desired)

    def _still(self, change, unknown, error):
        """Return the error for a write that could not be sent; where an earlier one was lost, that one may have been carried out all the same."""
        return error if unknown is None else self._undecided(change, unknown, error, "sending it again")

    def _undecided(self, change, unknown, second=None, what="looking for it"):
        more = "; %s failed too: %s" % (what, second.message) if second is not None else ""
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
            for field in self.resource.fields:
                if field.write_only:
                    kept.pop(field.name, None)
            kept.update({name: change.outcome[name] for name in self.resource.public if change.outcome.get(name) is not None})
            self.index.add(kept)

    def _learn_ids(self, created):
        """Read the ids of new objects where the vendor's answer had none, together; not within a loop, where it would be one an item."""
        lacking = [change for change in created if "id" in self.resource.public and change.outcome.get("id") is None]
        if not lacking or self.host.keeps_index:
            return
        for change in lacking:
            change.desired.problem = None
        try:
            with reading(self.client):
                index = planner.Index(self.resource, self.resource.read(self.client, Asked([change.desired for change in lacking])))
        except PanelError as error:
            # The objects are there; only their ids are not known.
            lacking[0].warnings.append("the ids of new %s could not be read: %s" % (self.resource.plural, error.message))
            return
        for change in lacking:
            try:
                if change.desired.problem is not None:
                    raise change.desired.problem
                found = index.find(change.desired) or {}
            except PanelError as error:
                change.warnings.append("the id of the new %s could not be read: %s" % (self.resource.name, error.message))
                continue
            for name in self.resource.public:
                if change.outcome.get(name) is None:
                    change.outcome[name] = found.get(name)
