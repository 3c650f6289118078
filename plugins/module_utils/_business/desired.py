# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desired-state file: from documents to accounts with checked objects, and to the steps that a run takes. No I/O.

A document is what a file holds::

    panels:
      <vendor>:                # one account, or a list of them
        account: <name>        # needed when a vendor has several
        connection: {...}      # the vendor's connection options; left out: from the environment
        options: {<kind>: {...}}   # what the module takes beside the list, such as purge
        <kind>: [...]          # items with the module's own keys

Every problem is told with its file and its place, all of them at once and before any request.
"""

from __future__ import annotations

from .._core.errors import PanelError
from .._core.options import check
from .._core.options.connection import by_hand, misfits
from .._core.state import planner
from .._core.text.near import proposing
from . import apart, kinds, spending

ROOT = "panels"
OWN_KEYS = ("account", "connection", "options", "limits")
#: More problems than this are counted, not told.
TOLD = check.TOLD


class Problem(check.Problem):
    """Something in a file that is not as it must be."""

    def __init__(self, file, path, *more, **named):
        super().__init__(path, *more, **named)
        self.file = file

    @classmethod
    def of(cls, file, problem):
        """Return a mistake of the checker with the file it stands in."""
        return cls(file, problem.path, problem.text, problem.given, problem.advice)

    def sentence(self, redact=None, where=None):
        """Return the problem. ``where``: its file, line and column as they are shown."""
        return "%s: %s: %s" % (where or self.file, self.place or "the file", self.reason(redact))


class Invalid(Exception):
    """The files cannot be used; ``problems`` says why."""

    def __init__(self, problems):
        super().__init__("; ".join(problem.sentence() for problem in problems))
        self.problems = problems


class Item:
    """One object as the file has it, and where."""

    def __init__(self, value, file, path):
        self.value = value
        self.file = file
        self.path = path


class Account:
    """One account of a vendor with all that the files say about it."""

    def __init__(self, vendor, name, file, path):
        self.vendor = vendor
        self.name = name
        self.file = file
        self.path = path
        self.connection = {}
        self.usernames = None
        self.options = {}
        self.limits = {}      #: what a run may do: see :data:`.spending.LIMITS`
        self.items = {}
        self.named = False    #: a file says its name
        self.empty = {}       #: credentials that are given and empty, and where: ``(file, path)``

    def going(self, kind):
        """Return the items of a kind whose own state takes them away, and those that stay."""
        items = self.items.get(kind.name, [])
        gone = [item for item in items if kind.removal is not None and item.value.get("state") == kind.removal]
        return gone, [item for item in items if item not in gone]

    def arguments(self, kind, state="present", exact=False, part=None, made=()):
        """Return the options of the task that brings one kind of this account to ``state``.

        :arg part: ``make`` (what stays, without purge), ``remove`` (what goes, with it), or all of it in one task.
        :arg made: keys of objects that check mode says would be made: they are not there to be named in what goes.
        :arg exact: lists inside items are all that shall be there, unless the file says otherwise, so that what is too much is told.
        """
        arguments = dict(self.connection)
        given = self.options.get(kind.name, {})
        gone, stays = self.going(kind)
        values = [item.value for item in (stays if part == "make" else gone if part == "remove" else self.items.get(kind.name, ()))]
        without_purge = {name: value for name, value in given.items() if not name.startswith("purge")}
        if state == "present" and part != "make":
            arguments.update(given if given.get("purge") or part is None else without_purge)
            if part == "remove" and given.get("purge"):
                parents = {name: value for name, value in given.items() if name in kind.resource.parents}
                values = [item for item in naming(self, kind, stays) if kind.resource.key_of(dict(parents, **item)) not in made] + values
        elif state == "present":
            arguments.update(without_purge)
        else:
            arguments.update({name: value for name, value in without_purge.items() if name in kind.task_options})
            values = [dict(value, state=kind.removal) for value in values]
        if exact:
            for field in kind.resource.fields:
                if field.mode:
                    arguments.setdefault(field.mode, "replace")
        arguments[kind.resource.plural] = values
        return arguments


def unknown_key(name, names):
    return check.unknown(name, names, "key")


def accounts(documents, environ=None):
    """Return the accounts of all documents: ``[(file, document), ...]``, templated already.

    What several files say about one account is put together.

    :arg environ: the environment, in which credentials may be.
    :raises Invalid: with every problem found.
    """
    problems: list = []
    found: dict = {}
    for file, document in documents:
        for vendor, entries, path in _vendors(file, document, problems):
            here: dict = {}
            for place, entry in enumerate(entries if isinstance(entries, list) else [entries]):
                where = path + ((place,) if isinstance(entries, list) else ())
                _account(file, vendor, entry, where, isinstance(entries, list) and len(entries) > 1, found, here, problems)
    if not found and not problems:
        problems.append(Problem(", ".join(file for file, _document in documents) or "desired state", (),
                                "nothing is wanted: there is no key %s with a vendor in it (%s)" % (ROOT, ", ".join(kinds.vendors()))))
    for account in found.values():
        check_account(account, problems)
    problems += [Problem(file, path, text) for file, path, text in apart.problems(found.values(), environ or {})]
    if problems:
        raise Invalid(problems)
    return list(found.values())


def _vendors(file, document, problems):
    if document is None:
        return
    if not isinstance(document, dict):
        problems.append(Problem(file, (), "must be a mapping with the key %s" % ROOT))
        return
    panels = document.get(ROOT)
    if panels is None:
        near = [name for name in document if name in kinds.vendors()]
        if near:
            problems.append(Problem(file, (near[0],), "vendors stand under the key %s" % ROOT))
        return
    if not isinstance(panels, dict):
        problems.append(Problem(file, (ROOT,), "must be a mapping of vendors (%s)" % ", ".join(kinds.vendors())))
        return
    for vendor, entries in panels.items():
        if vendor not in kinds.vendors():
            problems.append(Problem(file, (ROOT, vendor), unknown_key(vendor, kinds.vendors())))
        elif entries is not None:
            yield vendor, entries, (ROOT, vendor)


def _account(file, vendor, entry, path, several, found, here, problems):
    if not isinstance(entry, dict):
        problems.append(Problem(file, path, "must be a mapping (an account of %s)" % vendor))
        return
    name = entry.get("account")
    if several and not name:
        problems.append(Problem(file, path, "account is required where a vendor has several"))
        return
    if name is not None and (not isinstance(name, (str, int)) or isinstance(name, bool) or not str(name).strip()):
        problems.append(Problem(file, path + ("account",), "must be a name"))
        return
    named = bool(name)
    name = str(name or vendor).strip()
    if name in here:
        problems.append(Problem(file, path, "the account %s stands in this list already (%s[%d])" % (name, vendor, here[name])))
        return
    here[name] = path[-1] if isinstance(path[-1], int) else 0
    account = found.setdefault((vendor, name), Account(vendor, name, file, path))
    account.named = account.named or named
    of_vendor = kinds.of(vendor)
    for key, value in entry.items():
        where = path + (key,)
        if key == "account" or value is None:
            continue
        if key in ("connection", "options", "limits"):
            _settings(account, key, value, file, where, problems)
        elif key not in of_vendor:
            problems.append(Problem(file, where, unknown_key(key, list(OWN_KEYS) + list(of_vendor))))
        elif not isinstance(value, list):
            problems.append(Problem(file, where, "must be a list of %s" % key))
        else:
            account.items.setdefault(key, []).extend(Item(item, file, where + (place,)) for place, item in enumerate(value))


def _settings(account, key, value, file, path, problems):
    if not isinstance(value, dict):
        problems.append(Problem(file, path, "must be a mapping"))
        return
    if key == "connection":
        # Empty: a variable or an environment variable behind it is not set, so the vendor's own environment counts.
        given = {name: part for name, part in value.items() if part not in (None, "")}
        account.empty.update({name: (file, path + (name,)) for name in kinds.client_of(account.vendor).credentials if value.get(name, "-") in (None, "")})
        before = len(problems)
        values = _check_options(given, by_hand(kinds.client_of(account.vendor).connection), file, path, problems)
        if len(problems) == before:
            # Before any kind of the account would say so, each for itself.
            problems += [Problem(file, path + (name,), text) for name, text in misfits(
                account.vendor, {name: values[name] for name in given}, kinds.client_of(account.vendor).headers)]
        _put(account.connection, given, file, path, problems)
        return
    if key == "limits":
        before = len(problems)
        values = _check_options(value, spending.LIMITS, file, path, problems)
        given = {name: values[name] for name in value if values.get(name) is not None} if len(problems) == before else {}
        problems += [Problem(file, path + (name,), "must not be less than 0", value[name]) for name, limit in given.items() if limit < 0]
        _put(account.limits, given, file, path, problems)
        return
    of_vendor = kinds.of(account.vendor)
    for kind, given in value.items():
        where = path + (kind,)
        if kind not in of_vendor:
            problems.append(Problem(file, where, unknown_key(kind, of_vendor)))
        elif given is not None and not isinstance(given, dict):
            problems.append(Problem(file, where, "must be a mapping of options for all %s" % kind))
        elif given:
            _check_options(given, of_vendor[kind].task_options, file, where, problems)
            _put(account.options.setdefault(kind, {}), given, file, where, problems)


def _put(there, given, file, path, problems):
    """Add what one file says to what another said; they must not disagree."""
    for name, value in given.items():
        if name in there and there[name] != value:
            problems.append(Problem(file, path + (name,), "another file says something else about the same account"))
        there[name] = value


# -- checking ----------------------------------------------------------------------------------------------------------


def _check_options(given, spec, file, path, problems, **constraints):
    """Check a mapping against an argument specification and return the values as the module will see them."""
    checked = check.Checker(spec, **constraints).check(given, path)
    problems += [Problem.of(file, problem) for problem in checked.problems]
    return checked.values


def check_account(account, problems):
    """Check every object of an account the way its module will, and add what is wrong to ``problems``."""
    for kind in kinds.of(account.vendor).values():
        items = account.items.get(kind.name, [])
        options = account.options.get(kind.name, {})
        if items or options:
            _check_kind(account, kind, items, options, problems)


def _check_kind(account, kind, items, options, problems):
    resource = kind.resource
    checker = kind.item_checker
    before = len(problems)
    # What is wrong with the options was told where they stand.
    params = dict(check.Checker(kind.task_options).check(options).values, state=resource.default_state)
    params[resource.plural] = []
    found: list = []
    for item in items:
        if not isinstance(item.value, dict):
            problems.append(Problem(item.file, item.path, "must be a mapping", item.value, check.allowed(checker.options)))
            continue
        checked = checker.check(item.value, item.path)
        problems += [Problem.of(item.file, problem) for problem in checked.problems]
        params[resource.plural].append(checked.values)
        found.append((item, bool(checked.problems)))
    try:
        whole = resource.items(params)
    except PanelError:
        return
    right = []
    for (item, broken), full in zip(found, whole):
        wrong = planner.mistakes(resource, full, item.path, whole=not broken)
        if not wrong and not broken:
            right.append((item, full))
        problems += [Problem.of(item.file, problem) for problem in wrong]
    whole = _once(account, kind, [item for item, _full in right], [full for _item, full in right], problems)
    if len(problems) == before:
        _check_together(account, kind, params, whole, problems)


def _once(account, kind, items, whole, problems):
    """Return the full items without those that a second file says word for word; whatever else names an object twice is a problem with both its places."""
    seen: dict = {}
    kept = []
    for place, (item, full) in enumerate(zip(items, whole)):
        made = planner.Desired(kind.resource, full, place)
        first = next((seen[finder] for finder in planner.finders(kind.resource, made) if finder in seen), None)
        if first is None:
            seen.update(dict.fromkeys(planner.finders(kind.resource, made), place))
            kept.append(place)
        elif item.file == items[first].file:
            problems.append(Problem.of(item.file, check.named_twice(item.path, kind.resource.name, made.label, items[first].path)))
        elif full != whole[first]:
            problems.append(Problem(item.file, item.path, "names the same %s (%s) as %s in %s and wants something else of it" % (
                kind.resource.name, made.label, check.Problem(items[first].path, "").place, items[first].file)))
    if len(kept) < len(items):
        account.items[kind.name] = [items[place] for place in kept]
    return [whole[place] for place in kept]


def _check_together(account, kind, params, whole, problems):
    try:
        planner.desire(kind.resource, whole)
        if params.get("purge"):
            kind.resource.purge_check(params)
    except PanelError as error:
        problems.append(Problem(account.file, account.path + (kind.name,), error.message))


# -- steps -------------------------------------------------------------------------------------------------------------


def chosen(found, only):
    """Return the accounts that ``only`` names: ``vendor`` or ``vendor/account``; all of them without it.

    :raises ValueError: a name is of none.
    """
    if not only:
        return found
    names = [str(name).strip() for name in only]
    known = {name for account in found for name in (account.vendor, "%s/%s" % (account.vendor, account.name))}
    wrong = [name for name in names if name not in known]
    if wrong:
        told = ["there is no account %s" % proposing(name, sorted(known)) for name in wrong]
        raise ValueError("only: %s; there are %s" % ("; ".join(told), ", ".join(sorted(known))))
    return [account for account in found if account.vendor in names or "%s/%s" % (account.vendor, account.name) in names]


def steps(found, state="present", whole=False):
    """Return what a run does, in order: ``[{"vendor", "account", "kind", "count"}, ...]``; for ``absent`` everything backwards.

    What goes in a run that makes things comes after all else of its account, backwards: a label that goes is in use until its users have moved.

    :arg whole: one step a kind, as for a comparison.
    """
    made = []
    for account in found:
        forth, back = [], []
        for kind in kinds.of(account.vendor).values():
            items = account.items.get(kind.name, [])
            purge = account.options.get(kind.name, {}).get("purge")
            step = {"vendor": account.vendor, "account": account.name, "kind": kind.name, "count": len(items)}
            if state == "absent":
                forth += [step] if items and kind.removal is not None else []
                continue
            gone, stays = account.going(kind)
            if whole or not (gone or purge):
                forth += [step] if items or purge else []
                continue
            if stays:
                forth.append(dict(step, count=len(stays), part="make"))
            back.append(dict(step, count=len(gone), part="remove"))
        made += forth + back[::-1]
    return made[::-1] if state == "absent" else made


def naming(account, kind, items=None):
    """Return the items of a kind with nothing but what names their objects, and what can never change of them."""
    resource = kind.resource
    parents = {name: value for name, value in account.options.get(kind.name, {}).items() if name in resource.parents}
    names = set(resource.key) | {resource.id_option} | {field.name for field in resource.fields if field.create_only and not field.secret}
    return [{name: value for name, value in dict(parents, **item.value).items() if name in names and value is not None}
            for item in (account.items.get(kind.name, ()) if items is None else items)]


def staying(found):
    """Return the kinds that a removal leaves, because no call of the vendor removes them: the same shape as steps."""
    return [{"vendor": account.vendor, "account": account.name, "kind": kind.name, "count": len(account.items[kind.name])}
            for account in found for kind in kinds.of(account.vendor).values() if account.items.get(kind.name) and kind.removal is None]
