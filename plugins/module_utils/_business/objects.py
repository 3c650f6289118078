# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Today's objects of an account as items of the desired-state file. Secrets are never among them; what was withheld is told."""

from __future__ import annotations

from .._core.errors import PanelError, UsageError
from .._core.http.parallel import results, still_there
from .._core.state.planner import Desired, Index
from . import kinds
from .gauges import AccountJob

#: A person whom the vendor names by id only cannot be named in a file.
_NAMELESS = "#"


class AccountObjects(AccountJob):
    """Reads the objects of one account, kind after kind."""

    name = "account_objects_info"
    attempted = "objects"
    options = {"kinds": {"type": "list", "elements": "str"}, "with_details": {"type": "bool", "default": True}, "named": {"type": "dict"}}

    def check(self, params):
        known = kinds.of(params["vendor"])
        wrong = [name for name in list(params["kinds"] or ()) + list(params["named"] or ()) if name not in known]
        if wrong:
            raise UsageError("kinds: %s has no %s; it has %s" % (params["vendor"], ", ".join(wrong), ", ".join(known)), vendor=params["vendor"],
                             operation="options")

    def work(self, client, params, host):
        if params["named"] is not None:
            of_vendor = kinds.of(params["vendor"])
            return {"unnamed": {name: unnamed(of_vendor[name], client, items) for name, items in params["named"].items()}}
        objects: dict = {}
        withheld: list = []
        left_out: dict = {}
        for name, kind in kinds.of(params["vendor"]).items():
            if kind.export and (not params["kinds"] or name in params["kinds"]):
                objects[name] = read(kind, client, objects, withheld, host, params["with_details"])
                detailed = details_of(kind)
                if detailed and objects[name] and not params["with_details"]:
                    left_out[name] = detailed
        made = {"objects": objects, "withheld": withheld}
        return made if params["with_details"] else dict(made, left_out=left_out)


def rows_of(kind, client, known):
    """Return today's objects of a kind."""
    return kind.export(client, known) if callable(kind.export) else kind.resource.look(client, [], True)


def unnamed(kind, client, items):
    """Return the labels of today's objects that no item names, by its id or by what it is, but for those that nobody can take away."""
    option = kind.resource.id_option
    ids = {str(item[option]) for item in items if option and item.get(option)}
    named = set()
    for item in items:
        try:
            named.update(map(_folded, kind.same(client, item)))
        except PanelError:
            # It names nothing that is there: the comparison of the item itself says so.
            continue
    return [kind.resource.label_of(row) for row in rows_of(kind, client, {})
            if not kind.stays(row) and (not option or str(row.get(option)) not in ids) and named.isdisjoint(map(_folded, kind.same(client, row)))]


def _folded(key):
    return tuple(part.casefold() if isinstance(part, str) else part for part in key)


def details_of(kind):
    """Return the names of options that only a request for each object tells."""
    return [field.name for field in kind.resource.fields if field.detail and not field.write_only and not field.secret]


def read(kind, client, known, withheld, host, with_details=True):
    """Return the items of one kind, and add to ``withheld`` which options were left out because they are secrets."""
    resource = kind.resource
    rows = rows_of(kind, client, known)
    index = Index(resource, rows)
    unique = []
    for row in rows:
        same = index.by_key.get(resource.key_of(row), ())
        try:
            resource.key_check(row)
        except UsageError:
            continue
        if len(same) > 1:
            if row is same[0]:
                host.warn("%d %s are called %s; a file cannot tell them apart, so they are left out" % (len(same), kind.name, resource.label_of(row)))
            continue
        unique.append(row)
    if with_details and any(field.detail for field in resource.fields):
        unique = _details(resource, client, unique)
    return [item_of(kind, row, place, withheld, with_details) for place, row in enumerate(unique)]


def _details(resource, client, rows):
    everything = _everything(resource)
    outcomes = client.map(lambda row: resource.detail(client, row, everything), rows)
    return results(*still_there(outcomes, resource.label_of, rows))


def _everything(resource):
    """Return an item that asks about every list to its end, so that the details hold all there is."""
    item: dict = {name: "-" for name in resource.key}
    for field in resource.fields:
        if field.kind in ("keyed", "set"):
            item[field.name] = []
            if field.mode:
                item[field.mode] = "replace"
    return Desired(resource, item, 0)


def item_of(kind, row, place, withheld, with_details=True):
    """Return an object as an item of the file: what can be given, without what is empty, or was not read."""
    item: dict = {}
    for field in kind.resource.fields:
        if field.detail and not with_details:
            continue
        value = row.get(field.name)
        if field.secret:
            if value not in (None, "", []) or field.required_on_create:
                withheld.append({"kind": kind.name, "place": place, "option": field.name})
        elif field.kind == "keyed":
            entries = [{name: entry[name] for name in field.items if entry.get(name) is not None} for entry in value or ()
                       if not str(entry.get(field.keyed_by)).startswith(_NAMELESS)]
            if entries or field.mode:
                item[field.name] = entries
            if field.mode and len(entries) < len(value or ()):
                # Whom a file cannot name must not be taken away by it.
                item[field.mode] = "merge"
        elif value not in (None, "", []) or (field.kind == "set" and field.mode):
            item[field.name] = [] if value is None else value
    return item


OBJECTS = AccountObjects()
