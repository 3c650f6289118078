# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From changes to what users get: results, and failures that say what was attempted on which object."""

from __future__ import annotations

from ..errors import NotAttempted, PanelError
from ..options.check import OptionsError
from . import planner

#: With ``return_content: auto``, more objects than this come back whole only when they changed.
FULL_UP_TO = 1000


class Failed(Exception):
    """The task fails; ``result`` is what users get, ``msg`` included."""

    def __init__(self, result):
        super().__init__(result.get("msg"))
        self.result = result


def report(resource, params, changes, client):
    """Return the result of a task in the shape that ``interface`` promises."""
    single = params.get(resource.plural) is None
    changed = any(change.changed for change in changes)
    differing = [(change, planner.difference(resource, change)) for change in changes if change.changed or single]
    title = resource.module_name()
    if single:
        change = changes[0]
        result = {"changed": changed, resource.name: content(resource, change, params.get("return_content") == "full")}
        before, after = differing[0][1]
        if not change.changed:
            after = before
        title = "%s %s" % (title, change.label)
    else:
        whole = params.get("return_content", "auto")
        failed = any(change.error is not None for change in changes)
        full = whole == "full" or (whole == "auto" and len(changes) <= FULL_UP_TO and not failed)
        # The platform prints the whole result of a task that fails: there, only what failed is worth reading.
        objects = [entry(resource, change, full or (whole == "auto" and (change.error is not None if failed else change.changed)),
                         whole == "full") for change in changes]
        summary = {action: 0 for action in planner.ACTIONS}
        for change in changes:
            summary[change.action] += 1
        result = {"changed": changed, resource.plural: objects, "summary": summary}
        before = {change.label: pair[0] for change, pair in differing if change.before is not None}
        after = {change.label: pair[1] for change, pair in differing if change.after is not None}
        title = "%s %s" % (title, resource.plural)
    result["diff"] = {"before": before, "after": after, "before_header": "%s (before)" % title, "after_header": "%s (after)" % title}
    lasting = {change.label: change.lasting for change in changes if change.lasting}
    if lasting:
        result["unchangeable"] = lasting
    warnings = [text for change in changes for text in change.told()]
    if warnings:
        result["warnings"] = warnings
    result["api"] = client.transport.counts()
    return result


def _source(resource, change):
    """Return what is known of an object in the end, for reading only."""
    if change.action not in (planner.CREATED, planner.UPDATED) and change.before and not change.outcome:
        return change.before
    source = dict(change.before or {}) if change.action != planner.CREATED else {}
    if change.action in (planner.CREATED, planner.UPDATED):
        source.update(change.after or {})
    source.update(change.outcome)
    if change.desired is not None and not source:
        source = {name: change.desired.given[name] for name in resource.key if name in change.desired.given}
    return source


def content(resource, change, whole=False):
    """Return an object for users: its key, its readable fields and the vendor's ids; secrets only where they are shown once.

    :arg whole: also sets with very many entries; otherwise only their size is told.
    """
    source = _source(resource, change)
    shown = {name: source[name] for name in resource.key if name in source}
    for name in resource.public:
        shown[name] = source.get(name)
    for field in resource.managed():
        if field.name in source and not field.secret and not field.write_only:
            value = source[field.name]
            if field.kind == "set" and not whole and len(value or ()) > FULL_UP_TO:
                shown["%s_count" % field.name] = len(value)
            else:
                shown[field.name] = list(value) if isinstance(value, list) else value
    for name in resource.reveals:
        if change.outcome.get(name) is not None:
            shown[name] = change.outcome[name]
    return shown


def entry(resource, change, full, whole=False):
    """Return the element of a list result for one change; ``whole`` as in :func:`content`."""
    if full:
        made = content(resource, change, whole)
    else:
        source = _source(resource, change)
        made = {name: source[name] for name in resource.key if name in source}
        made.update((name, source.get(name)) for name in resource.public if name == "id" or name in resource.key or name in resource.reveals)
        made.update((name, change.outcome[name]) for name in resource.reveals if change.outcome.get(name) is not None)
    made.update(action=change.action, changed=change.changed)
    if change.error is not None:
        made["error"] = change.error.error
    return made


def attempted(resource, params):
    if params.get(resource.plural) is not None:
        return "%s (%d %s)" % (resource.module_name(), len(params[resource.plural]), resource.plural)
    return "%s %s" % (resource.module_name(), resource.label_of(params))


def failure(vendor, attempted, error, client, host):
    """Return the result of a task that failed as a whole."""
    if isinstance(error, OptionsError):
        # Its places say what it is about; of the object, nothing was attempted.
        attempted = attempted.split(" ", 1)[0]
    error.vendor = error.vendor or vendor
    error.tell(host.redactor)
    result = {"changed": False, "msg": "%s: %s" % (attempted, error.sentence()), "error": error.error}
    if client is not None:
        result["api"] = client.transport.counts()
    return result


def result_of_failures(resource, params, changes, result):
    """Return the result of a task some of whose objects failed; what was done stays in it."""
    failed = [change for change in changes if change.error is not None]
    # What was not attempted says only why; the failure that says it better came before, but perhaps not before it in the list.
    first = next((change.error for change in failed if not isinstance(change.error, NotAttempted)), failed[0].error)
    first.vendor = first.vendor or resource.vendor
    if params.get(resource.plural) is None:
        result["msg"] = "%s %s: %s" % (resource.module_name(), failed[0].label, first.sentence())
        if not failed[0].outcome:
            result.pop(resource.name, None)
    else:
        names = ", ".join(str(change.label) for change in failed[:5]) + (", ..." if len(failed) > 5 else "")
        result["msg"] = "%s: %d of %d %s failed (%s); the first: %s" % (
            resource.module_name(), len(failed), len(changes), resource.plural, names, first.sentence())
        if any(change.stops_purge for change in failed):
            result["msg"] = "%s. Because of that nothing was purged" % result["msg"].rstrip(".")
    result["error"] = first.error
    return result


def as_panel_error(error, resource):
    if isinstance(error, PanelError):
        return error
    return PanelError("%s: %s" % (type(error).__name__, error), vendor=resource.vendor, code="defect")
