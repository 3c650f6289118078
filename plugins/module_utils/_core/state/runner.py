# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From options to result, the same for one object and for many: desire, read, plan, apply, report."""

from __future__ import annotations

from ..errors import PanelError, UsageError
from ..options.connection import in_clear, settle
from ..secrets.redact import Redactor
from . import planner
from .apply import Applier

#: With ``return_content: auto``, more objects than this come back whole only when they changed.
FULL_UP_TO = 1000
#: Secrets of so many items are looked for in every text; results never hold input, so beyond that only their own item's errors matter.
_REDACTED_ITEMS = 200


class Failed(Exception):
    """The task fails; ``result`` is what users get, ``msg`` included."""

    def __init__(self, result):
        super().__init__(result.get("msg"))
        self.result = result


def connect(vendor_class, params, host):
    """Return the client for these options: that of the loop's earlier items, or a new one; its clock and counts start here."""
    options = settle(vendor_class.vendor, list(vendor_class.connection), params, vendor_class.credentials, host.environ)
    host.redactor.add(*vendor_class.secrets(options))
    if in_clear(options["api_url"]):
        host.warn("api_url is plain http to another machine: the password and the token travel in clear")
    client = host.kept_client(vendor_class, options)
    client.use(host.redactor, host.note)
    if not host.in_loop:
        # A repeated task (until) must see what others did in the meantime.
        client.memory.clear()
    client.transport.begin(options["api_deadline"], host.check_mode)
    return client


def run(resource, host):
    """Carry out a task on a :class:`~.resource.Resource` and return its result.

    :raises Failed: with the result to fail with.
    """
    params = host.params
    client = None
    try:
        items = resource.items(params)
        wanted = planner.desire(resource, items)
        for desired in wanted[:_REDACTED_ITEMS]:
            host.redactor.add(*secrets_of(resource, desired))
        if params.get("purge"):
            resource.purge_check(params)
        client = connect(resource.client, params, host)
        client.params = params
        resource.prepare(client, wanted)
        index = read_index(resource, client, wanted, host)
        changes = plan(resource, client, wanted, index, host)
        Applier(resource, client, host, index).apply(changes)
        result = report(resource, params, changes, client)
    except PanelError as error:
        if client is not None:
            client.memory.clear()
        raise Failed(failure(resource.vendor, _attempted(resource, params), error, client, host)) from None
    finally:
        if client is not None:
            client.transport.end()
    if any(change.error for change in changes):
        # What was kept for the rest of a loop may no longer be true.
        client.memory.clear()
        raise Failed(result_of_failures(resource, params, changes, result, host))
    return result


def secrets_of(resource, desired):
    found = []
    for name, value in desired.given.items():
        if resource.field(name).secret:
            found.extend(value if isinstance(value, list) else [value])
    return found


def read_index(resource, client, wanted, host):
    """Return the index of current objects; within a loop everything is read once and kept true by our own writes."""
    if not resource.listable:
        # What an earlier item of a loop read says nothing of this one: absent there would be "not asked", and that is no answer.
        return planner.Index(resource, resource.read(client, wanted, False))
    everything = bool(host.params.get("purge")) or host.in_loop or resource.full_only
    # Items may name their parents one by one: an index of other parents says nothing about these.
    parents = [[host.params.get(name) for name in resource.parents]] + [[desired.item.get(name) for name in resource.parents] for desired in wanted]
    place = ("index", resource.name) + tuple(sorted({str(names) for names in parents}))
    if host.in_loop and not resource.loop_reads_all:
        return _growing_index(resource, client, wanted, place)
    if host.in_loop and place in client.memory:
        return client.memory[place]
    index = planner.Index(resource, resource.read(client, wanted, everything))
    if host.in_loop:
        client.memory[place] = index
    return index


def _growing_index(resource, client, wanted, place):
    """Return the index of what the items of a loop have read so far, these included."""
    index, seen = client.memory.setdefault(place, (planner.Index(resource), set()))
    fresh = [desired for desired in wanted if desired.key not in seen]
    if fresh:
        for row in resource.read(client, fresh, False):
            index.add(row)
        seen.update(desired.key for desired in fresh)
    return index


def plan(resource, client, wanted, index, host):
    """Return one change for each item, in their order, then those of ``purge``."""
    pairs: list = []
    for desired in wanted:
        try:
            pairs.append((desired, index.find(desired), None))
        except PanelError as ambiguous:
            pairs.append((desired, None, ambiguous))
    _refuse_doubles(resource, pairs)
    lacking = [place for place, (desired, current, _error) in enumerate(pairs)
               if current is not None and desired.state == "present" and resource.needs_detail(desired, current)]
    details = client.map(lambda place: resource.detail(client, pairs[place][1], pairs[place][0]), lacking, host.progress("read"))
    for place, (current, error) in zip(lacking, details):
        desired, listed, _none = pairs[place]
        if current is not None and current is not listed:
            listed.update(current)
        pairs[place] = (desired, listed, error)
    changes = []
    for desired, current, error in pairs:
        change = None
        if error is None:
            try:
                change = planner.plan_one(resource, desired, current)
                resource.check(client, change, host.check_mode)
            except PanelError as caught:
                error = caught
        if error is not None:
            change = planner.Change(planner.FAILED, desired, current, current)
            change.error = as_panel_error(error, resource)
        changes.append(change)
    if host.params.get("purge"):
        changes += planner.plan_purge(resource, wanted, index, host.params)
    return changes


def _refuse_doubles(resource, pairs):
    """Refuse two items that found one object, by its id and by its key: seen only now, and still before anything is written."""
    owners: dict = {}
    for desired, current, _error in pairs:
        first = owners.setdefault(id(current), desired) if current is not None else desired
        if first is not desired:
            raise UsageError("%s[%d] and %s[%d] name the same %s (%s): each may occur once" % (
                resource.plural, first.place, resource.plural, desired.place, resource.name, desired.label), vendor=resource.vendor, operation="options")


def as_panel_error(error, resource):
    if isinstance(error, PanelError):
        return error
    return PanelError("%s: %s" % (type(error).__name__, error), vendor=resource.vendor, code="defect")


# -- results -----------------------------------------------------------------------------------------------------------


def report(resource, params, changes, client):
    """Return the result of a task in the shape that ``interface`` promises."""
    single = params.get(resource.plural) is None
    changed = any(change.changed for change in changes)
    differing = [(change, planner.difference(resource, change)) for change in changes if change.changed or single]
    title = resource.module_name()
    if single:
        change = changes[0]
        result = {"changed": changed, resource.name: content(resource, change)}
        before, after = differing[0][1]
        if not change.changed:
            after = before
        title = "%s %s" % (title, change.label)
    else:
        whole = params.get("return_content", "auto")
        failed = any(change.error is not None for change in changes)
        full = whole == "full" or (whole == "auto" and len(changes) <= FULL_UP_TO and not failed)
        # The platform prints the whole result of a task that fails: there, only what failed is worth reading.
        objects = [entry(resource, change, full or (whole == "auto" and (change.error is not None if failed else change.changed))) for change in changes]
        summary = {action: 0 for action in planner.ACTIONS}
        for change in changes:
            summary[change.action] += 1
        result = {"changed": changed, resource.plural: objects, "summary": summary}
        before = {change.label: pair[0] for change, pair in differing if change.before is not None}
        after = {change.label: pair[1] for change, pair in differing if change.after is not None}
        title = "%s %s" % (title, resource.plural)
    result["diff"] = {"before": before, "after": after, "before_header": "%s (before)" % title, "after_header": "%s (after)" % title}
    warnings = [text for change in changes for text in change.warnings]
    if warnings:
        result["warnings"] = warnings
    result["api"] = client.transport.counts()
    return result


def content(resource, change):
    """Return an object for users: its key, its readable fields and the vendor's ids; secrets only where they are shown once."""
    source = dict(change.before or {}) if change.action != planner.CREATED else {}
    if change.action in (planner.CREATED, planner.UPDATED):
        source.update(change.after or {})
    source.update(change.outcome)
    if change.desired is not None and not source:
        source = {name: change.desired.given[name] for name in resource.key if name in change.desired.given}
    shown = {name: source[name] for name in resource.key if name in source}
    for name in resource.public:
        shown[name] = source.get(name)
    for field in resource.managed():
        if field.name in source and not field.secret and not field.write_only:
            shown[field.name] = source[field.name]
    for name in resource.reveals:
        if change.outcome.get(name) is not None:
            shown[name] = change.outcome[name]
    return shown


def entry(resource, change, full):
    """Return the element of a list result for one change."""
    made = content(resource, change)
    if not full:
        made = {name: value for name, value in made.items() if name in resource.key or name == "id" or name in resource.reveals}
    made.update(action=change.action, changed=change.changed)
    if change.error is not None:
        made["error"] = change.error.error
    return made


def _attempted(resource, params):
    if params.get(resource.plural) is not None:
        return "%s (%d %s)" % (resource.module_name(), len(params[resource.plural]), resource.plural)
    return "%s %s" % (resource.module_name(), resource.label_of(params))


def failure(vendor, attempted, error, client, host):
    """Return the result of a task that failed as a whole."""
    error.vendor = error.vendor or vendor
    result = {"changed": False, "msg": "%s: %s" % (attempted, error.sentence()), "error": error.error}
    if client is not None:
        result["api"] = client.transport.counts()
    return host.redactor.clean(result)


def result_of_failures(resource, params, changes, result, host):
    """Return the result of a task some of whose objects failed; what was done stays in it."""
    failed = [change for change in changes if change.error is not None]
    for change in failed:
        if change.desired is not None and change.desired.place >= _REDACTED_ITEMS:
            own = Redactor()
            own.add(*secrets_of(resource, change.desired))
            change.error.message = own.text(change.error.message)
    first = failed[0].error
    first.vendor = first.vendor or resource.vendor
    if params.get(resource.plural) is None:
        result["msg"] = "%s %s: %s" % (resource.module_name(), failed[0].label, first.sentence())
        if not failed[0].outcome:
            result.pop(resource.name, None)
    else:
        names = ", ".join(str(change.label) for change in failed[:5]) + (", ..." if len(failed) > 5 else "")
        result["msg"] = "%s: %d of %d %s failed (%s); the first: %s" % (
            resource.module_name(), len(failed), len(changes), resource.plural, names, first.sentence())
    result["error"] = first.error
    return host.redactor.clean(result)


__all__ = ["Failed", "UsageError", "connect", "run"]
