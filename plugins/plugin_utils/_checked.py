# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What roles know of their lists before anything is asked: items that cannot be, and items that stand there twice.

Each function without a leading underscore has a filter of its name, which documents it.
"""

from __future__ import annotations

import json

from ansible.errors import AnsibleFilterError

from ansible_collections.kariz.panels.plugins.module_utils._business.kinds import KINDS
from ansible_collections.kariz.panels.plugins.module_utils._core.options.check import OptionsError, checker_of
from ansible_collections.kariz.panels.plugins.module_utils._core.options.plain import plain
from ansible_collections.kariz.panels.plugins.module_utils._core.state.planner import Desired, mistakes
from ansible_collections.kariz.panels.plugins.module_utils._core.text.letters import digits, normal, ungrouped
from ansible_collections.kariz.panels.plugins.module_utils._core.text.sms import iran_mobile
from ansible_collections.kariz.panels.plugins.plugin_utils._items import name_of

_RESOURCES = {kind.resource.module_name(): kind.resource for kind in KINDS}
_NUMBERS = ("mobile", "cellphone")


def right_items(items, module=None, key=None):
    return [item for item, reason in _judged(items, module, key) if reason is None]


def wrong_items(items, module=None, key=None):
    resource = _RESOURCES.get(module)
    names = resource.key + ("id",) if resource else (key,)
    return {resource.plural if resource else "items": [
        {"id": "item %d" % place, **{name: str(item[name]) for name in names if item.get(name) not in (None, "")}, "action": "failed", "changed": False,
         "error": {"operation": "options", "code": "bad_option", "message": reason}}
        for place, (item, reason) in enumerate(_judged(items, module, key), 1) if reason]}


def _judged(items, module, key):
    """Return ``[(item, reason)]``: None for one that can be, "" for one that stands there once more, a text for one that cannot be."""
    if not isinstance(items, (list, tuple)) or not all(isinstance(item, dict) for item in items):
        raise AnsibleFilterError("right_items, wrong_items: take a list of mappings")
    if module is not None and module not in _RESOURCES:
        raise AnsibleFilterError("right_items, wrong_items: there is no module %s whose items are checked; there are %s" % (module, ", ".join(_RESOURCES)))
    if (module is None) == (key is None):
        raise AnsibleFilterError("right_items, wrong_items: give either the module or the key of the items")
    judged = [_of_module(_RESOURCES[module], item) if module else (item, None, [normal(digits(item.get(key))).casefold()], _plain(item))
              for item in items]
    owners: dict = {}
    for place, (_item, reason, finders, _meaning) in enumerate(judged):
        if reason is None:
            for finder in finders:
                owners.setdefault(finder, []).append(place)
    made = []
    for place, (item, reason, finders, meaning) in enumerate(judged):
        alike = sorted({other for finder in finders for other in owners.get(finder, ())}) if reason is None else []
        if len(alike) > 1:
            if any(judged[other][3] != meaning for other in alike):
                reason = "it stands there %d times, each saying something else: nobody knows which is meant" % len(alike)
            elif place != alike[0]:
                reason = ""
        made.append((item, reason))
    return made


def _of_module(resource, item):
    """Return ``(item, why it cannot be, what no other item may share, what it says in any spelling)``."""
    try:
        item = plain(item)
    except OptionsError as error:
        return item, "; ".join(_reason(problem, 0) for problem in error.problems), [], None
    for field in resource.fields:
        if field.kind == "keyed" and isinstance(item.get(field.name), (list, tuple)):
            item[field.name] = _once(item[field.name], field.keyed_by)
    checked = checker_of(resource).check({resource.plural: [item]})
    found = [_reason(problem, 2) for problem in checked.problems]
    if found:
        return item, "; ".join(found), [], None
    full = resource.items({**checked.values, "state": None})[0]
    found = [_reason(problem, 0) for problem in mistakes(resource, full, ())]
    if found:
        return item, "; ".join(found), [], None
    desired = Desired(resource, full, 0)
    finders = [desired.key] if not desired.id else [("id", str(desired.id))] + ([desired.named] if desired.named else [])
    controls = {name: full.get(name) for name in [*resource.controls, "state"]}
    meaning = {name: _meant(resource.field(name), value) for name, value in desired.given.items()}
    return item, None, finders, (meaning, controls)


def _meant(field, value):
    return _plain(value) if isinstance(value, (list, dict)) else field.normal(value)


def _reason(problem, skip):
    """Return a mistake as a sentence of the item alone."""
    problem.path = problem.path[skip:]
    return problem.sentence()


def _once(entries, key):
    """Return entries of a list inside an item without those that say the same once more; others stay, for the check to tell."""
    made: dict = {}
    for entry in entries:
        made.setdefault(_plain(entry) if isinstance(entry, dict) and entry.get(key) is not None else str(len(made)), entry)
    return list(made.values())


def _plain(value, name=None):
    """Return a value as text that is the same for two spellings of it; a list of mappings counts in its order."""
    if isinstance(value, dict):
        return json.dumps({str(key): _plain(part, key) for key, part in value.items() if part is not None}, sort_keys=True)
    if isinstance(value, (list, tuple)):
        return json.dumps([_plain(part) for part in value])
    if name in _NUMBERS:
        try:
            return iran_mobile(value)
        except ValueError:
            pass
    return normal(digits(value))


def members_there(events, foretold, users=None, users_foretold=None):
    lost = {}
    for entry in (foretold or {}).get("events") or ():
        if entry.get("action") == "failed":
            lost[normal(str(entry.get("slug") or entry.get("id")))] = {name_of(name) for name in (entry.get("error") or {}).get("missing") or ()}
    unmade = _names(users, "failed") & _names(users_foretold, "created")
    made = []
    for event in events:
        missing = lost.get(normal(str(event.get("slug") or event.get("id"))))
        if missing is not None and not missing:
            continue
        missing = (missing or set()) | unmade
        members = [member for member in event.get("members") or () if name_of(member.get("username")) not in missing]
        if len(members) < len(event.get("members") or ()):
            # Nobody leaves a class because somebody in its list is misspelt.
            event = dict(event, members=members, members_mode="merge")
        made.append(event)
    return made


def booked_total(payments, foretold):
    entries = (foretold or {}).get("payments") or ()
    if len(entries) != len(payments):
        raise AnsibleFilterError("booked_total: the result is not that of these payments")
    return sum(int(ungrouped(item.get("amount") or 0)) * int(ungrouped(item.get("exchange_rate") or 1))
               for item, entry in zip(payments, entries) if entry["action"] == "created")


def _names(result, action):
    return {name_of(entry.get("username")) for entry in (result or {}).get("users") or () if entry.get("action") == action}
