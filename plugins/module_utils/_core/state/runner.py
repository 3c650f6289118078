# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From options to result, the same for one object and for many: desire, read, plan, apply, report."""

from __future__ import annotations

import contextlib

from ..errors import PanelError, UsageError
from ..http.answers import reading
from ..options.check import OptionsError, collect, named_twice
from ..options.connection import in_clear, settle
from ..secrets.declared import of_item
from . import planner
from .apply import Applier
from .asked import Asked
from .results import Failed, as_panel_error, attempted, failure, report, result_of_failures


def connection_of(vendor_class, params, host):
    """Return the connection options of a task, its environment applied; the host learns whose account it is."""
    options = settle(vendor_class.vendor, list(vendor_class.connection), params, vendor_class.credentials, host.environ, vendor_class.account,
                     vendor_class.headers)
    account = vendor_class.account_of(options)
    if account not in host.accounts:
        host.accounts.append(account)
    return options


def with_account(job, params, host, result):
    """Say in a result whose account it is about: ``account``, or ``accounts_used`` where a job asks several.

    :arg params: the options, to find it out where they were refused before anything was connected; None where that is of no use.
    """
    if not host.accounts and params is not None and getattr(job, "vendor", None) and hasattr(job.client, "connection"):
        with contextlib.suppress(PanelError):
            connection_of(job.client, job.connecting(params) if hasattr(job, "connecting") else params, host)
    if getattr(job, "several_accounts", False):
        result["accounts_used"] = host.accounts
    elif host.accounts:
        result["account"] = host.accounts[0]
    return result


def connect(vendor_class, params, host, keeps=True):
    """Return the client for these options: that of the loop's earlier items, or a new one; its clock and counts start here.

    :arg keeps: what earlier items of a loop know of the account counts for this one.
    """
    options = connection_of(vendor_class, params, host)
    host.redactor.add(*vendor_class.secrets(options))
    if in_clear(options["api_url"]):
        host.warn("api_url is plain http to another machine: the password and the token travel in clear")
    host.open_secrets("%s/%s" % (vendor_class.vendor, options.get("api_username") or vendor_class.vendor))
    client = host.kept_client(vendor_class, options)
    memory = host.memories.of(client, host.check_mode, keeps and host.keeps_index, params.get("foretold") if host.check_mode else None)
    client.use(host.redactor, host.note, memory, token_of_task=bool(params.get("api_token")))
    client.progress = host.progress
    client.transport.begin(options["api_deadline"], host.check_mode)
    host.transport = client.transport
    return client


def desire(resource, params, host):
    """Return the items of the task as they are wanted.

    :raises OptionsError: with the mistakes of all items, of what ``purge`` needs and of the connection.
    """
    problems: list = []
    items = resource.items(params)
    wanted = collect(problems, planner.desire, resource, items, params.get(resource.plural) is not None)
    if params.get("purge"):
        collect(problems, resource.purge_check, params)
    collect(problems, connection_of, resource.client, params, host)
    if problems:
        raise OptionsError(problems, vendor=resource.vendor)
    return wanted


def finish(client, host, failed):
    """End what :func:`connect` began; ``client`` is None when it came to nothing."""
    if client is not None:
        client.transport.end()
        host.memories.after(client, failed)


def run(resource, host):
    """Carry out a task on a :class:`~.resource.Resource` and return its result.

    :raises Failed: with the result to fail with.
    """
    params = host.params
    client = None
    failed = True
    try:
        wanted = desire(resource, params, host)
        for desired in wanted:
            host.redactor.add(*of_item(resource, desired))
        client = connect(resource.client, params, host)
        asked = Asked(wanted, params.get("purge"), params, params.get(resource.plural) is not None)
        resource.prepare(client, asked)
        with reading(client):
            objects = objects_for(resource, client, asked, host.few_items)
        changes = plan(resource, client, wanted, objects, host)
        if client.memory.foretold is not None and resource.keeps_used:
            _keep_used(resource, client, [change for change in changes if change.action == planner.DELETED])
        if params.get("expected") is not None:
            planner.hold_to(resource, changes, params["expected"])
        Applier(resource, client, host, objects, client.memory.earlier(resource)).apply(changes)
        for change in changes:
            if change.error is not None:
                change.error.tell(host.redactor)
        result = report(resource, params, changes, client)
        failed = any(change.error for change in changes)
    except PanelError as error:
        raise Failed(failure(resource.vendor, attempted(resource, params), error, client, host)) from None
    finally:
        finish(client, host, failed)
    if failed:
        raise Failed(result_of_failures(resource, params, changes, result))
    return result


def objects_for(resource, client, asked, few):
    """Return the current objects, as far as these items need them; in a loop those before them have read some.

    :arg few: see :meth:`.objects.Looks.suffice`.
    """
    # Items may name their parents one by one: what is known of other parents' objects says nothing about these.
    names = [name for name in resource.parents if name in resource.key]
    named = [asked.options] + [desired.item for desired in asked.wanted]
    objects = client.memory.objects(resource, tuple(sorted({str([item.get(name) for name in names]) for item in named})))
    objects.look(client, asked, few)
    return objects


def plan(resource, client, wanted, objects, host):
    """Return one change for each item, in their order, then those of ``purge``."""
    pairs: list = []
    earlier = client.memory.earlier(resource)
    for desired in wanted:
        try:
            current = objects.find(desired)
            if current is not None:
                with reading(client):
                    earlier.refuse(client, desired, current)
            pairs.append((desired, current, None))
        except PanelError as refused:
            pairs.append((desired, None, refused))
    _refuse_doubles(resource, pairs)
    lacking = [place for place, (desired, current, _error) in enumerate(pairs)
               if current is not None and desired.state == "present" and resource.needs_detail(desired, current)]
    details = client.map(lambda place: resource.detail(client, pairs[place][1], pairs[place][0]), lacking)
    for place, (current, error) in zip(lacking, details):
        desired, listed, _none = pairs[place]
        if current is not None and current is not listed:
            listed.update(current)
        pairs[place] = (desired, listed, error)
    changes = []
    unsure = host.check_mode and client.memory.foretold is None
    for desired, current, error in pairs:
        change = None
        if error is None:
            try:
                if desired.problem is not None:
                    raise desired.problem
                if current is None:
                    with reading(client):
                        resource.parent_check(client, desired, unsure)
                change = planner.plan_one(resource, desired, current)
                with reading(client):
                    resource.resolve_references(client, change, unsure)
            except PanelError as caught:
                error = caught
        if error is not None:
            change = planner.Change(planner.FAILED, desired, current, current)
            change.error = as_panel_error(error, resource)
        changes.append(change)
    if host.params.get("purge"):
        changes += planner.plan_purge(resource, changes, objects, host.params)
    return changes


def _keep_used(resource, client, going):
    """Foretell that the vendor refuses to remove what is in use."""
    if not going:
        return
    with reading(client):
        found = resource.in_use(client, going)
    for change, why in zip(going, found):
        if why:
            change.fail(UsageError("%s is in use, so it cannot be removed: %s" % (change.label, why), vendor=resource.vendor,
                                   operation="delete %s" % resource.name, code="in_use"))


def _refuse_doubles(resource, pairs):
    """Refuse two items that found one object, by its id and by its key: seen only now, and still before anything is written."""
    owners: dict = {}
    for desired, current, _error in pairs:
        first = owners.setdefault(id(current), desired) if current is not None else desired
        if first is not desired:
            raise OptionsError([named_twice((resource.plural, desired.place), resource.name, desired.label, (resource.plural, first.place))],
                               vendor=resource.vendor)
