# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The declarative description of a managed object: its fields, its natural key, and how a vendor reads and writes it."""

from __future__ import annotations

from typing import Any

from ..errors import NotFoundError, UsageError
from ..options.check import Problem, collect
from ..options.connection import settle
from ..text.letters import EDGES, digits, is_number, normal
from . import foretold, planner
from .asked import Asked
from .results import FULL_UP_TO
from .runner import run

_TYPES = {"str": "str", "choice": "str", "digits": "str", "code": "str", "int": "int", "bool": "bool", "raw": "raw"}
#: Kinds of which every text has a normal form.
_ANY_TEXT = ("str", "code", "raw")


class Field:
    """One managed option of an object.

    :arg kind: ``str`` (compared as people read it), ``code`` (compared letter by letter, any case when ``fold``, as the keys of ``keyed``), ``digits`` (numbers
        kept as text, in any digits), ``int``, ``bool``, ``choice``, ``raw``, ``set`` (order and duplicates mean nothing), ``ordered``, ``keyed`` (a
        list of mappings found by ``keyed_by``).
    :arg clearable: given empty, the field is emptied; otherwise empty is refused.
    :arg write_only: the vendor never tells it, so it is sent on create, and later only when ``resend`` says so.
    :arg resend: ``always``, or the name of an option that says ``always`` or ``on_create``.
    :arg secret: never shown; masked in differences and left out of results.
    :arg detail: only the detailed answer of the vendor holds it.
    :arg create_only: cannot be changed later; a difference is a warning made by ``on_drift``.
    :arg items: for ``keyed``: the argument specification of an entry.
    :arg mode: for ``set`` and ``keyed``: name of the option that says ``merge``, ``replace`` or ``remove``.
    :arg on_create: sent when the user gives nothing and the object is made.
    :arg option: more keys for the argument specification.
    :arg check: a function that returns what a value (for ``set`` and ``ordered``: an entry) must be, or None when it is that; or raises UsageError
        or ValueError. No requests.
    """

    #: What an editor can see of the rules for a value, as JSON Schema; :attr:`check` may have one of its own.
    schema: dict = {}

    def __init__(self, name, kind="str", choices=None, clearable=True, write_only=False, resend=None, secret=False, detail=False, create_only=False,
                 required_on_create=False, keyed_by=None, items=None, mode=None, on_create=None, fold=False, option=None, check=None):
        self.name = name
        self.kind = kind
        self.choices = choices
        self.clearable = clearable
        self.write_only = write_only
        self.resend = resend
        self.secret = secret
        self.detail = detail
        self.create_only = create_only
        self.required_on_create = required_on_create
        self.keyed_by = keyed_by
        self.items = items
        self.mode = mode
        self.on_create = on_create
        self.fold = fold
        self.option = option or {}
        self.check = check
        self._takes_any_text = kind in _ANY_TEXT and type(self).normal is Field.normal and type(self).clean is Field.clean

    def argument(self):
        """Return the argument specification of this field."""
        made: dict
        if self.kind in ("set", "ordered"):
            made = {"type": "list", "elements": "str"}
        elif self.kind == "keyed":
            made = {"type": "list", "elements": "dict", "options": self.items}
        else:
            made = {"type": _TYPES[self.kind]}
        if self.choices:
            made["choices"] = list(self.choices)
        # Always said, so that a name such as guest_code or pay_price is never guessed to be a secret or not.
        made["no_log"] = bool(self.secret)
        made.update(self.option)
        return made

    def mistakes(self, value, path):
        """Return what is wrong with a value that was given: a list of :class:`Problem`.

        :arg path: where it stands.
        """
        if self.kind == "keyed" and not all(isinstance(entry, dict) and entry.get(self.keyed_by) is not None for entry in value):
            # Told where the shape of the options is checked.
            return []
        if isinstance(value, str) and not value.strip(EDGES):
            return [] if self.clearable else [Problem(path, "must not be empty: it cannot be cleared")]
        if self.kind == "digits" and not is_number(value):
            return [Problem(path, "must be a number", value)]
        found: list = []
        if self.check is not None:
            if self.kind in ("set", "ordered"):
                for place, entry in enumerate(value):
                    found += self._refused(self.check, entry, path + (place,))
            else:
                found += self._refused(self.check, value, path)
        if found or (isinstance(value, str) and self._takes_any_text):
            return found
        return self._refused(lambda given: self.normal(self.clean(given)) and None, value, path)

    def _refused(self, check, value, path):
        try:
            text = check(value)
        except UsageError as error:
            return [Problem(path, _without(self.name, error.message), advice=error.hint or "", code=error.code)]
        except ValueError as error:
            return [Problem(path, _without(self.name, str(error)))]
        if not text:
            return []
        return [Problem(path, text) if self.secret else Problem(path, text, value)]

    def clean(self, value):
        """Return what the user gave in the form in which it is sent and shown."""
        if self.kind == "digits":
            return digits(value).strip()
        return value

    def normal(self, value):
        """Return the value in the form in which equal means the same to the vendor's users."""
        if self.kind == "set":
            return frozenset(filter(None, (normal(entry) for entry in value or ())))
        if self.kind == "ordered":
            return tuple(filter(None, (normal(entry) for entry in value or ())))
        if self.kind == "keyed":
            keys = self._entry_keys(value or ())
            return {key: dict(self._entry(entry), **({self.keyed_by: key} if self.fold else {})) for key, entry in zip(keys, value or ())}
        if value is None or value == "":
            return None
        if self.kind == "bool":
            return bool(value)
        if self.kind == "int":
            return int(digits(value))
        if self.kind == "digits":
            return "".join(sign for sign in digits(value) if sign.isdigit() or sign == "+") or None
        if self.kind in ("code", "choice"):
            text = str(value).strip(EDGES)
            return (text.lower() if self.fold or self.kind == "choice" else text) or None
        # A vendor that takes spaces off the ends makes nothing of a text that has nothing else.
        return value if self.kind == "raw" else normal(value) or None

    def same(self, one, other):
        # Most texts are as they were: those need no look at how else they could be written.
        return (isinstance(one, str) and isinstance(other, str) and one == other) or self.normal(one) == self.normal(other)

    def wanted(self, current, given, mode):
        """Return the value the object shall have: for ``merge`` and ``remove`` what is there and what is given, taken together."""
        if self.kind == "set" and mode in ("merge", "remove"):
            named = self.normal(given)
            if mode == "remove":
                return [entry for entry in current or () if normal(entry) not in named]
            there = self.normal(current)
            return list(current or ()) + [entry for entry in given if normal(entry) not in there]
        if self.kind == "keyed":
            return self._laid_over(current or (), given, mode)
        return given

    def _entry(self, entry):
        return {name: normal(part) for name, part in entry.items() if name in self.items and part is not None}

    def _entry_keys(self, entries):
        """Return the keys of a keyed list's entries: without the case of letters when ``fold``, unless two would be one."""
        names = [normal(entry[self.keyed_by]) for entry in entries]
        folded = [name.casefold() for name in names] if self.fold else names
        return folded if len(set(folded)) == len(set(names)) else names

    def _laid_over(self, current, given, mode):
        """Return the entries given, each on top of the one that is there; under ``merge`` also those that are not named, as they are."""
        there: dict = {}
        merged = [dict(entry) for entry in current]
        for key, entry in zip(self._entry_keys(merged), merged):
            there.setdefault(key, []).append(entry)
        named = []
        for entry in given:
            key = normal(entry[self.keyed_by])
            alike = there.get(key) or (there.get(key.casefold(), []) if self.fold else [])
            # Two names that look alike may be two names to the vendor: the one spelled as it is given is meant.
            place = next((one for one in alike if one[self.keyed_by] == entry[self.keyed_by]), alike[0] if alike else None)
            if place is None:
                place = {}
                merged.append(place)
            place.update({name: part for name, part in entry.items() if part is not None})
            named.append(place)
        return merged if mode == "merge" else named

    def shown(self, value, given=None, mode=None):
        """Return the value for a difference: sets sorted, keyed lists as mappings, under ``merge`` only the entries that were named."""
        if self.kind == "set":
            return sorted({str(entry) for entry in value or ()})
        if self.kind == "keyed":
            entries = {normal(entry[self.keyed_by]): part for entry, part in zip(value or (), map(self._entry, value or ()))}
            if mode == "merge":
                named = set(self.normal(given))
                entries = {key: part for key, part in entries.items() if key in named or (self.fold and key.casefold() in named)}
            return {key: {name: text for name, text in part.items() if name != self.keyed_by} for key, part in sorted(entries.items())}
        return "" if value is None and self.kind in ("str", "code", "choice", "digits") else value

    def pair(self, before, after, given=None, mode=None):
        """Return both sides of a difference as :meth:`shown`; of large sets only what differs. None stands for a side without the field."""
        one, other = (None if value is None else self.shown(value[0], given, mode) for value in (before, after))
        if self.kind != "set":
            return one, other
        return (None if one is None else _few_of(one, other or [])), (None if other is None else _few_of(other, one or []))


def _few_of(entries, other):
    """Return, of a large set, what the other has not, and how much more there is; a small one as it is."""
    if max(len(entries), len(other)) <= FULL_UP_TO:
        return entries
    others = set(other)
    own = [entry for entry in entries if entry not in others]
    left = len(entries) - min(len(own), FULL_UP_TO)
    return own[:FULL_UP_TO] + (["and %d more" % left] if left else [])


def _without(name, text):
    """Return a text without the option's name that it begins with: the place says it."""
    return text[len(name):].lstrip(": ") if text.startswith((name + " ", name + ": ")) else text


class Resource:
    """Base of a managed object. Subclasses are small: fields as data, and the vendor's reads and writes as methods.

    Objects travel as mappings in the user's own names, with ``id`` (and other vendor ids) beside the fields.
    """

    vendor: str
    client: Any                   #: the vendor's client class
    connection: dict              #: argument specification of the connection options
    name: str                     #: singular, also the key of the result
    plural: str                   #: plural, also the name of the list option
    fields: tuple = ()
    _named: tuple | None = None   #: the fields, and the same by name
    key: tuple = ()               #: names of the options that find an object
    parents: tuple = ()           #: key options that may stand once at the top of a list
    id_option: str | None = None  #: option that finds the object by the vendor's id, the key then being a change
    rename_option: str | None = None  #: option that gives the name which the object may still have, for an object whose key is one name
    numbered = False              #: the vendor's ids are whole numbers
    states: tuple = ("present", "absent")
    default_state = "present"
    module: str | None = None     #: the module's name where it is not made of vendor and name
    controls: dict = {}           #: options beside the fields, per item: argument specifications
    task_options: dict = {}       #: options of the whole task: argument specifications
    refers: tuple = ()            #: plurals of the objects of the same vendor that must be there before: what an earlier task would make may be foretold
    used_by: tuple = ()           #: plurals of the objects of the same vendor that keep an object of this kind from being removed while they use it
    keeps_used = False            #: the vendor refuses to remove an object of this kind while it is in use: :meth:`in_use` foretells that
    purgeable = False
    reveals: tuple = ()           #: names of returned secrets, returned once and kept out of every log
    public: tuple = ("id",)       #: vendor ids and other read-only facts returned beside the fields

    #: How objects are read:
    #:
    #: - ``list``: one list, read whole whatever is asked for, so a read answers for every object (of the same parents);
    #: - ``keys``: a few are found by their keys with few requests, and there is a list of all, by pages;
    #: - ``each``: every object costs requests of its own, so no more are read than are asked for;
    #: - ``none``: the vendor shows only what it is asked for, and not everything of that, so what one item read says nothing to the next.
    reading = "keys"
    #: A look for so many items or more costs their share of the list, however many looks of a loop there are, so none of them reads the list whole.
    shares_from: int | None = None
    #: What may be done when the answer to a create was lost, after a look that did not find the object:
    #:
    #: - ``repeat``: sent again: the vendor refuses a second object with one key, and then the first is there to be found;
    #: - ``look``: the vendor does not keep the key unique, so it is sent once more only when the server itself had finished with the first
    #:   (it answered with an error of its own; no gateway spoke for it, no time-out, no broken connection); otherwise the outcome is unknown;
    #: - ``never``: it costs money, or what came of it cannot be seen for certain.
    on_lost_create = "repeat"
    #: What may be done when the answer to an update was lost, after a look that did not show it: ``repeat`` it, since setting twice is setting once; or
    #: ``told``: nothing, since :meth:`update` has looked itself, step by step.
    on_lost_update = "repeat"

    # -- reading ---------------------------------------------------------------------------------------------------

    def prepare(self, client, asked):
        """Raise UsageError when the connection lacks what these items may need; before any request.

        :arg asked: an :class:`.asked.Asked`.
        """

    def read(self, client, asked):
        """Return current objects: those that may match the items asked for, or all. What cannot be read for some of them is told to ``asked.fail``.

        :arg asked: an :class:`.asked.Asked`.
        """
        raise NotImplementedError

    def look(self, client, wanted, everything=False):
        """Return what :meth:`read` finds where nobody tells items apart: what could not be read of any of them is raised."""
        for desired in wanted:
            desired.problem = None
        found = self.read(client, Asked(wanted, everything))
        for desired in wanted:
            if desired.problem is not None:
                raise desired.problem
        return found

    def search(self, client, desired):
        """Return objects among which must be the one that the vendor says exists although :meth:`read` did not show it."""
        return self.look(client, [desired], True)

    def needs_detail(self, desired, current):
        """Return whether :meth:`detail` must be read before ``desired`` and ``current`` can be compared."""
        return any(name not in current and self.field(name).detail for name in desired.given)

    def detail(self, client, current, desired):
        """Return ``current`` with what only the detailed answer holds."""
        return current

    def parent_check(self, client, desired, unsure):
        """Raise PanelError for an item that is not there since what it belongs to is not there: what else its options lack would be no help.

        :arg unsure: as for :meth:`resolve_references`.
        """

    def resolve_references(self, client, change, unsure):
        """Look at references before anything is written; raise UsageError, or add to ``change.warnings``.

        :arg unsure: in check mode, what is not there may be about to be made by an earlier task, of which nobody told.
        """

    #: Fields that the vendor takes only for an object that is there; :meth:`follow_up` sends them after the create.
    followed_up: frozenset = frozenset()
    follow_up_advice: str | None = None   #: what to do when that failed after the create

    # -- writing ---------------------------------------------------------------------------------------------------

    def create(self, client, change):
        """Make ``change.after``; return what the answer tells (ids, revealed secrets)."""
        raise NotImplementedError

    def update(self, client, change):
        """Turn ``change.before`` into ``change.after``; ``change.fields`` names what differs."""
        raise NotImplementedError

    def updates(self):
        """Return whether the vendor has a call that changes an object; without one, what only a create says cannot be sent again."""
        return type(self).update is not Resource.update

    def delete(self, client, change):
        """Remove ``change.before``."""
        raise NotImplementedError

    def follow_up(self, client, change):
        """Send the fields of ``followed_up`` for an object that was just made."""
        raise NotImplementedError

    def group(self, change):
        """Return a key under which changes are written together by :meth:`write_group`, or None."""
        return None

    def write_group(self, client, changes):
        """Write several changes at once; set ``outcome`` of each."""
        raise NotImplementedError

    def id_of(self, client, change):
        """Return the vendor's id of ``change.before``."""
        return self.identify(client, change.desired, change.before)

    def identify(self, client, desired, row):
        """Return the vendor's id of an object; that of an object made earlier in the same loop may not be known yet, and is read then."""
        if row.get("id") is None:
            wanted = self.key_of(row)
            found = [other for other in self.look(client, [desired]) if self.key_of(other) == wanted]
            if not found:
                raise NotFoundError("%s %s is not there any more" % (self.name, self.label_of(row)), vendor=self.vendor, operation="read")
            row["id"] = found[0]["id"]
        return row["id"]

    def lost_with_answer(self, change):
        """Return warnings about what only the answer of a create would have told."""
        return []

    # -- facts about objects ---------------------------------------------------------------------------------------

    def module_name(self):
        """Return the name by which users call this resource in a playbook."""
        return self.module or "%s_%s" % (self.vendor, self.name)

    def given_id(self, item):
        """Return the vendor's id by which an item names its object, or None."""
        value = item.get(self.id_option) if self.id_option else None
        return digits(value).strip() if value is not None and self.numbered else value

    def key_of(self, thing, parent=None):
        """Return the comparable natural key of an object or of an item of the user."""
        return tuple([self.field(name).normal(thing.get(name)) for name in self.key])

    def keys_of(self, thing):
        """Return every key by which an object may be found; more than one where the vendor knows it by several names."""
        return [self.key_of(thing)]

    def in_any_case(self, row):
        """Return whether an object is meant also by a key that differs from its own in the case of letters alone."""
        return False

    def meant_in_any_case(self, row, desired):
        """Return whether an item whose key differs from that of such an object in the case of letters alone means it."""
        return True

    def as_named(self, row, desired):
        """Return what changes of an object that was found so, for it to be known by the item's own spelling from now on."""
        return {}

    def old_key_of(self, item):
        """Return the natural key that an object had before it is renamed, or None."""
        old = item.get(self.rename_option) if self.rename_option else None
        return None if old is None else self.key_of({self.key[0]: old})

    def rename_check(self, item):
        """Raise UsageError for an old name that cannot be one."""
        old = self.old_key_of(item)
        if old is None:
            return
        message = None
        if old == (None,):
            message = "must not be empty"
        elif self.id_option and item.get(self.id_option):
            message = "and %s both say which object is meant: give one" % self.id_option
        elif old == self.key_of(item):
            message = "is the same as %s" % self.key[0]
        if message:
            raise UsageError("%s %s" % (self.rename_option, message), vendor=self.vendor, operation="options")

    def key_check(self, item):
        """Raise UsageError for an item that names no object."""
        if self.id_option and item.get(self.id_option):
            return
        for name in self.key:
            if item.get(name) is None or str(item[name]).strip() == "":
                other = " (or %s)" % self.id_option if self.id_option else ""
                raise UsageError("%s%s is required and must not be empty" % (name, other), option=name, vendor=self.vendor, operation="options")

    def label_of(self, thing):
        """Return the words by which a person knows the object."""
        found = [str(thing[name]) for name in self.key if thing.get(name) not in (None, "")]
        if not found and self.id_option:
            found = ["%s %s" % (self.id_option, thing.get(self.id_option))]
        return " / ".join(found) or "?"

    def in_scope(self, current, params):
        """Return whether ``purge`` may remove this object."""
        return True

    def purge_check(self, params):
        """Raise UsageError when the options do not allow ``purge``."""

    def item_check(self, item):
        """Raise UsageError for an item whose options cannot be honoured together; no requests here."""

    def mistakes(self, checked):
        """Return what :meth:`run` would refuse of options whose shape is wrong elsewhere: a list of :class:`Problem`, so that all is told at once."""
        params = checked.values
        problems: list = []
        collect(problems, settle, self.vendor, list(self.connection), params, self.client.credentials, None, self.client.account, self.client.headers)
        return self._item_mistakes(checked, params) + problems

    def _item_mistakes(self, checked, params):
        if params.get(self.plural) is None:
            return planner.mistakes(self, params, (), whole=False)
        broken = checked.broken(self.plural)
        found, right = [], []
        for place, item in enumerate(params[self.plural]):
            if isinstance(item, dict):
                full = dict(item, **{name: params.get(name) for name in list(self.parents) + ["state"] if item.get(name) is None})
                wrong = planner.mistakes(self, full, (self.plural, place), whole=place not in broken)
                if not wrong and place not in broken:
                    right.append(planner.Desired(self, full, place))
                found += wrong
        return found + planner.doubles(self, right)

    def drift(self, field, current, given, after):
        """Return the warning for a create-only field that differs."""
        return "%s of %s %s is %r and cannot be changed to %r" % (field.name, self.name, self.label_of(after), current, given)

    def field(self, name):
        if self._named is None or self._named[0] is not self.fields:
            self._named = (self.fields, {field.name: field for field in self.fields})
        return self._named[1][name]

    def managed(self):
        """Return the fields that are not part of the key."""
        return [field for field in self.fields if field.name not in self.key]

    # -- the options of the module ---------------------------------------------------------------------------------

    def arguments(self):
        """Return the keyword arguments for AnsibleModule: one source for both ways of running, checked against the documentation."""
        flat = {field.name: field.argument() for field in self.fields}
        flat.update({name: dict(spec) for name, spec in self.controls.items()})
        for name in filter(None, (self.id_option, self.rename_option)):
            flat[name] = {"type": "str"}
        entry = {name: dict(spec) for name, spec in flat.items()}
        finders = [name for name in self.key if name not in self.parents]
        entry["state"] = {"type": "str", "choices": list(self.states)}
        several = {"type": "list", "elements": "dict", "options": entry}
        if self.id_option:
            several["required_one_of"] = [finders + [self.id_option]]
        else:
            for name in finders:
                entry[name]["required"] = True
        spec = dict(flat)
        spec["state"] = {"type": "str", "choices": list(self.states), "default": self.default_state}
        spec[self.plural] = several
        spec["return_content"] = {"type": "str", "choices": ["auto", "full", "summary"], "default": "auto"}
        spec["expected"] = {"type": "dict"}
        if self.purgeable:
            spec["purge"] = {"type": "bool", "default": False}
            spec["purge_limit"] = {"type": "int", "default": 20}
        if self.refers or self.used_by:
            spec["foretold"] = dict(foretold.OPTION)
        spec.update(self.task_options)
        spec.update(self.connection)
        for control in self.controls:
            # A default inside an item would hide what stands at the top of the task.
            entry[control].pop("default", None)
        one_of = finders + ([self.id_option] if self.id_option else [])
        alone = [name for name in flat if name not in self.parents]
        return {
            "argument_spec": spec,
            "supports_check_mode": True,
            "mutually_exclusive": [(self.plural, name) for name in alone if "default" not in flat[name]],
            "required_one_of": [one_of + [self.plural]],
            # What is not named goes, so there has to be a list that names.
            **({"required_if": [("purge", True, [self.plural])]} if self.purgeable else {}),
        }

    def before_writes(self, client, changes):
        """Look at changes of one action together before the first of them is written, also in check mode; fail those that cannot be. Reads only."""

    def in_use(self, client, going):
        """Return, for changes that remove objects, why the vendor would refuse each after what is foretold: a text, or nothing where it would not.

        With :attr:`keeps_used` only.
        """
        raise NotImplementedError

    def items(self, params):
        """Return the items of the task: those of the list, with parents and state from the top, or the one of the flat options."""
        names = [field.name for field in self.fields] + list(self.controls) + list(filter(None, (self.id_option, self.rename_option)))
        if params.get(self.plural) is None:
            if self.purgeable and params.get("purge"):
                raise UsageError("purge: true needs the list option %s" % self.plural, operation="options")
            return [{name: params.get(name) for name in names + ["state"]}]
        inherited = list(self.parents) + list(self.controls) + ["state"]
        complete = {*names, "state"}
        made = []
        for item in params[self.plural]:
            # What the checker made has all options and is ours: no copy of each of very many items.
            full = item if item.keys() >= complete else {name: item.get(name) for name in names + ["state"]}
            for name in inherited:
                if full[name] is None:
                    full[name] = params.get(name)
            made.append(full)
        return made

    def run(self, host):
        """Carry out the task; the same in process and as a module process."""
        return run(self, host)
