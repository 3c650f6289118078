# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pure planning: from what is wanted and what is there to a list of changes. No I/O, linear in the number of objects."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from ..errors import PanelError, UsageError
from ..options.check import OptionsError, Problem, named_twice
from ..secrets.redact import MASK
from ..text.letters import EDGES, excerpt, is_whole

CREATED, UPDATED, DELETED, UNCHANGED, FAILED = ACTIONS = ("created", "updated", "deleted", "unchanged", "failed")


#: Characters of a name that is told among others.
_NAME = 100
#: For ``after`` of a change: a copy of ``before``, made when somebody asks.
SAME: Any = object()


class Desired:
    """One object as the user wants it: ``given`` holds only the fields that were given."""

    def __init__(self, resource, item, place):
        self.item = item
        self.place = place
        self.given = {field.name: field.clean(item[field.name]) for field in resource.fields if item.get(field.name) is not None}
        self.id = resource.given_id(item)
        self.state = item.get("state") or resource.default_state
        self.key = resource.key_of(item) if not self.id else None
        #: The natural key as far as the item gives it, also when the object is looked up by its id.
        self.named = self.key
        if self.id and any(item.get(name) not in (None, "") for name in resource.key):
            self.named = resource.key_of(item)
        #: The natural key that the object had before it is renamed, where the item says so.
        self.old = resource.old_key_of(item)
        self.label = resource.label_of(item)
        #: Why nothing can be said of it, where reading what several items share failed for this one.
        self.problem = None

    def control(self, name):
        return self.item.get(name)


class Change:
    """What is to be done with one object, and later what came of it.

    ``before`` and ``after`` are whole objects (None: not there); ``fields`` names the fields that differ or are sent anyway.
    """

    # There may be a hundred thousand, and most are of objects that nothing happens to: what these do not need is made when it is asked for.
    #: What differs and cannot be changed: ``{field: {"before": ..., "after": ...}}``.
    lasting: Any = MappingProxyType({})
    #: What the write told.
    outcome: Any = MappingProxyType({})

    def __init__(self, action, desired, before, after, fields=()):
        self.action = action
        self.desired = desired
        self.before = before
        self._after = after
        self.fields = set(fields) if fields else frozenset()
        self._warnings = None
        self.error = None
        #: It failed after something had been written.
        self.partly = False
        #: Because it failed before anything was written, nothing was purged.
        self.stops_purge = False
        self.label = desired.label if desired is not None else None

    @property
    def after(self):
        if self._after is SAME:
            self._after = dict(self.before)
        return self._after

    @after.setter
    def after(self, after):
        self._after = after

    @property
    def warnings(self):
        if self._warnings is None:
            self._warnings = []
        return self._warnings

    @warnings.setter
    def warnings(self, texts):
        self._warnings = texts

    def told(self):
        """Return the warnings, for reading only."""
        return self._warnings or ()

    @property
    def changed(self):
        return self.partly or self.action in (CREATED, UPDATED, DELETED)

    def control(self, name):
        return self.desired.control(name) if self.desired is not None else None

    def fail(self, error):
        self.action = FAILED
        self.error = error


def desire(resource, items, listed=None):
    """Return the items as :class:`Desired`, checked.

    :arg listed: the items stand in the list option, so that a mistake is told with their number; by default when there are several.
    :raises OptionsError: a key is missing, a field that cannot be emptied is empty, two items name one object, ...: all mistakes of all items.
    """
    listed = len(items) > 1 if listed is None else listed
    wanted, problems = [], []
    for place, item in enumerate(items):
        found = mistakes(resource, item, (resource.plural, place) if listed else ())
        problems += found
        if not found:
            wanted.append(Desired(resource, item, place))
    problems += doubles(resource, wanted)
    if problems:
        raise OptionsError(problems, vendor=resource.vendor)
    return wanted


def mistakes(resource, item, path, whole=True):
    """Return what an item asks for that cannot be: a list of :class:`Problem`. No requests.

    :arg path: where the item stands.
    :arg whole: False when some of its options were refused already: then only each one that is there is looked at.
    """
    keyless = _refused(resource.key_check, item, path) if whole else []
    found = keyless + (_refused(resource.rename_check, item, path) if whole else [])
    # Of a key that is empty, their check has said that, and what else may stand there.
    told = {problem.option for problem in keyless} if keyless else ()
    for field in resource.fields:
        value = item.get(field.name)
        if value is not None and not (field.name in told and isinstance(value, str) and not value.strip(EDGES)):
            found += field.mistakes(value, path + (field.name,))
    number = resource.given_id(item)
    if number and resource.numbered and not is_whole(number):
        found.append(Problem(path + (resource.id_option,), "must be a whole number", item[resource.id_option]))
    if whole and not found:
        found += _refused(resource.item_check, item, path)
    return found


def _refused(check, item, path):
    try:
        check(item)
    except UsageError as error:
        return [Problem(path, error.message, advice=error.hint or "", code=error.code, option=error.option)]
    except ValueError as error:
        return [Problem(path, str(error))]
    return []


def doubles(resource, wanted):
    """Return a :class:`Problem` for each item that names what an earlier one names."""
    seen: dict = {}
    found = []
    for made in wanted:
        for finder in finders(resource, made):
            first = seen.setdefault(finder, made.place)
            if first != made.place:
                found.append(named_twice((resource.plural, made.place), resource.name, made.label, (resource.plural, first)))
                break
    return found


def finders(resource, desired):
    """Return what no other item may share: the key or the id, and for an item found by its id the key that it shall have."""
    if not desired.id:
        return [desired.key] + ([desired.old] if desired.old is not None else [])
    found = [("id", str(desired.id))]
    if desired.state == "present" and all(desired.given.get(name) for name in resource.key):
        found.append(resource.key_of(desired.item))
    return found


class Index:
    """Current objects by natural key and by id."""

    def __init__(self, resource, rows=()):
        self.resource = resource
        self.by_key = {}
        self.by_id = {}
        # Made when a key is not found: for lists whose objects are all there it would be half of the index.
        self._by_fold = None
        for row in rows:
            self.add(row)

    def add(self, row):
        for key in self.resource.keys_of(row):
            known = self.by_key.get(key)
            if known:
                known.append(row)
            else:
                self.by_key[key] = [row]
        self._add_folded(row)
        if row.get("id") is not None:
            self.by_id[str(row["id"])] = row

    def remove(self, row):
        for key in self.resource.keys_of(row):
            self.by_key[key] = [other for other in self.by_key.get(key, ()) if other is not row]
            if self._by_fold is not None:
                self._by_fold[folded(key)] = [other for other in self._by_fold.get(folded(key), ()) if other is not row]
        self.by_id.pop(str(row.get("id")), None)

    def _add_folded(self, row):
        if self._by_fold is not None and self.resource.in_any_case(row):
            for key in self.resource.keys_of(row):
                self._by_fold.setdefault(folded(key), []).append(row)

    def _folded(self, key):
        if self._by_fold is None:
            self._by_fold = {}
            for row in self.rows():
                self._add_folded(row)
        return list(self._by_fold.get(folded(key), ()))

    def rows(self):
        return list({id(row): row for rows in self.by_key.values() for row in rows}.values())

    def find(self, desired):
        """Return the object that ``desired`` names, or None.

        :raises PanelError: two objects have its natural key, or one has it and another the name that it is to have no more.
        """
        if desired.id:
            return self.by_id.get(str(desired.id))
        found = self._one(desired.key, desired.label) or self._in_any_case(desired)
        if desired.old is None:
            return found
        old = self._one(desired.old, desired.item[self.resource.rename_option])
        if found is not None and old is not None and found is not old:
            raise PanelError("%s %s cannot be renamed to %s: both are there (ids %s, %s)" % (
                self.resource.name, desired.item[self.resource.rename_option], desired.label, old.get("id"), found.get("id")), vendor=self.resource.vendor,
                operation="read", code="both_exist", hint="Remove the one that is not needed, or leave %s out" % self.resource.rename_option)
        return found if found is not None else old

    def _one(self, key, label):
        found = self.by_key.get(key) or ()
        if len(found) > 1:
            ids = ", ".join(str(row.get("id")) for row in found)
            raise PanelError("%d %s match %s (ids %s)" % (len(found), self.resource.plural, label, ids), vendor=self.resource.vendor,
                             operation="read", code="ambiguous", hint="Remove or rename one of them" + (
                                 ", or name the one you mean with %s" % self.resource.id_option if self.resource.id_option else ""))
        return found[0] if found else None

    def _in_any_case(self, desired):
        """Return the one object whose key is another one by the case of letters alone; two such are two objects, and neither is meant."""
        found = self._folded(desired.key)
        if len(found) != 1 or not self.resource.meant_in_any_case(found[0], desired):
            return None
        row = found[0]
        changes = self.resource.as_named(row, desired)
        if changes:
            self.remove(row)
            row.update(changes)
            self.add(row)
        return row


def plan_one(resource, desired, current):
    """Return the :class:`Change` that turns ``current`` (or None) into what is desired."""
    if desired.state != "present":
        if current is None:
            return Change(UNCHANGED, desired, None, None)
        return Change(DELETED, desired, current, None)
    if current is None:
        return _plan_create(resource, desired)
    return _plan_update(resource, desired, current)


def _plan_create(resource, desired):
    if desired.id:
        raise UsageError("there is no %s with %s %s" % (resource.name, resource.id_option, desired.id), vendor=resource.vendor,
                         operation="read", code="not_found", hint="Leave %s out to have it made" % resource.id_option)
    missing = [field.name for field in resource.fields if field.required_on_create and desired.given.get(field.name) in (None, "")]
    if missing:
        raise UsageError("%s %s does not exist and cannot be made without %s" % (resource.name, desired.label, ", ".join(missing)),
                         vendor=resource.vendor, operation="options", code="missing_option")
    after = {field.name: field.on_create for field in resource.fields if field.on_create is not None}
    for name, value in desired.given.items():
        field = resource.field(name)
        after[name] = field.wanted(None, value, desired.control(field.mode))
    change = Change(CREATED, desired, None, after, fields=desired.given)
    if desired.old is not None:
        change.warnings.append("there is no %s %s to rename, so %s is made" % (resource.name, desired.item[resource.rename_option], desired.label))
    return change


def _plan_update(resource, desired, current):
    after = dict(current)
    fields = []
    warnings = []
    lasting = {}
    for name, value in desired.given.items():
        field = resource.field(name)
        wanted = field.wanted(current.get(name), value, desired.control(field.mode))
        if field.write_only and name not in current:
            if _resends(field, desired):
                fields.append(name)
                after[name] = wanted
        elif not field.same(current.get(name), wanted):
            if field.create_only:
                warnings.append(resource.drift(field, current.get(name), value, after))
                if not field.secret:
                    lasting[name] = {"before": field.shown(current.get(name)), "after": field.shown(value)}
                continue
            fields.append(name)
            after[name] = wanted
    change = Change(UPDATED if fields else UNCHANGED, desired, current, after if fields else SAME, fields)
    if warnings:
        change.warnings = warnings
    if lasting:
        change.lasting = lasting
    return change


def _resends(field, desired):
    """Return whether a write-only field is sent to an object that is there: always, or when the option it names says ``always``."""
    return field.resend == "always" or (field.resend is not None and desired.control(field.resend) == "always")


def plan_purge(resource, changes, index, params):
    """Return the deletions of objects in scope that no item of the planned changes names.

    An item whose plan failed may mean any object, so then nothing is deleted, and its change says so.

    :raises UsageError: more than ``purge_limit`` would go; nothing has been written then.
    """
    extra, alike = unnamed(resource, [change.desired for change in changes], index, params)
    if alike:
        changes[0].warnings.append("not purged, because the list names the same in other letter case: %s" % few(map(resource.label_of, alike)))
    failed = [change for change in changes if change.error is not None]
    if failed:
        failed[0].stops_purge = True
        failed[0].warnings.append("nothing was purged, because %d of %d %s failed before anything was written%s" % (
            len(failed), len(changes), resource.plural, "; not named by the list, and left alone: %s" % few(map(resource.label_of, extra)) if extra else ""))
        return []
    limit = params.get("purge_limit")
    if len(extra) > limit:
        raise UsageError("purge would remove %d %s, more than purge_limit allows (%d); nothing was changed" % (len(extra), resource.plural, limit),
                         vendor=resource.vendor, operation="purge", code="purge_limit", hint="Look at them with the info module, then raise purge_limit")
    made = []
    for row in extra:
        change = Change(DELETED, None, row, None)
        change.label = resource.label_of(row)
        made.append(change)
    return made


def hold_to(resource, changes, expected):
    """Refuse changes that are not among those expected: ``{label: action}``. What turns out to be done already is no change.

    :raises UsageError: naming what would be done otherwise; nothing has been written then.
    """
    other = ["%s (%s%s)" % (change.label, change.action, " instead of %s" % expected[change.label] if change.label in expected else "")
             for change in changes if change.action in (CREATED, UPDATED, DELETED) and expected.get(change.label) != change.action]
    if other:
        raise UsageError("something else than expected would be done, so nothing was: %s" % few(other), vendor=resource.vendor, operation="plan",
                         code="not_expected", hint="What is there has changed since it was expected: look, and plan again")


def unnamed(resource, wanted, index, params):
    """Return ``(extra, alike)``: the objects in scope that no item names, by its id or by its key, and those named but for the case of letters.

    Whether a vendor tells names apart by their case is not always known, and an object that may be meant is not deleted.
    """
    named = {key for desired in wanted for key in (desired.named, desired.old) if key is not None}
    loose = set(map(folded, named))
    ids = {str(desired.id) for desired in wanted if desired.id}
    extra, alike = [], []
    for row in index.rows():
        keys = resource.keys_of(row)
        if named.isdisjoint(keys) and str(row.get("id")) not in ids and resource.in_scope(row, params):
            if loose.isdisjoint(map(folded, keys)):
                extra.append(row)
            elif not resource.in_any_case(row):
                alike.append(row)
    return extra, alike


def folded(key):
    """Return a key without the case of its letters."""
    return tuple(part.casefold() if isinstance(part, str) else part for part in key)


def few(names, most=10):
    """Return names in one line, the first of many; a vendor may have very long ones."""
    names = [excerpt(name, _NAME) for name in names]
    return ", ".join(names[:most]) + (" and %d more" % (len(names) - most) if len(names) > most else "")


def difference(resource, change):
    """Return ``(before, after)`` of the managed keys for users, secrets masked; they differ exactly when the change is one."""
    given = change.desired.given if change.desired is not None else {}
    names = list(resource.key) + [name for name in given if name not in resource.key]
    before, after = {}, {}
    for name in names:
        field = resource.field(name)
        mode = change.control(field.mode) if field.mode else None
        differs = name in change.fields
        if field.write_only or field.secret:
            if change.before is not None and (name in change.before or differs):
                before[name] = MASK
            if change.after is not None and (differs or name in (change.before or ())):
                after[name] = MASK + " (changed)" if differs and change.before is not None else MASK
            continue
        old = (change.before[name],) if change.before is not None and name in change.before else None
        new = (change.after[name],) if change.after is not None and name in change.after else None
        if old is not None and new is not None and not differs:
            new = old
        sides = field.pair(old, new, given.get(name), mode)
        if old is not None:
            before[name] = sides[0]
        if new is not None:
            after[name] = sides[1]
    return before, after
