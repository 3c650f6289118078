# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan: what a run would do, from what was read, as one document that can be priced, approved, sent elsewhere and held to. No I/O.

The document::

    format, at, desired_state, only, state (absent: of taking away what the files name)
    wanted     digests of what the files say, for each account and kind; secrets in one keyed digest that is slow to guess
    accounts   for each account: who it is to the vendor, what it spends, what it has, its limits
    steps      in the order of the writes, each with ``changes`` (object, action, state as read, before and after, price) and
               ``unchanged`` (the state as read of each object that stays as it is)
    final      what cannot be undone
    plan_digest  of all of the above
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib

from .._core.errors import UsageError
from .._core.secrets import fingerprint
from .._core.secrets.redact import MASK
from .._core.state.planner import CREATED, DELETED, FAILED, UNCHANGED, UPDATED
from . import apart, kinds, spending
from .pricing import DELETIONS, FINAL, FINAL_OF, PASSWORDS

FORMAT = 1
#: So many characters of the digest are read out, typed and signed.
SHORT = 12
CHANGES = (CREATED, UPDATED, DELETED)
#: What a plan cannot be without.
_SHAPE = {"at": str, "desired_state": str, "state": str, "wanted": dict, "accounts": list, "steps": list, "final": list}


def digest(data):
    """Return the SHA-256 of plain data, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")).hexdigest()


# -- what is wanted ----------------------------------------------------------------------------------------------------


def wanted(accounts, environ):
    """Return ``(digests, secrets)`` of what the files say: ``{account: {part: digest}}`` without secrets, and the secrets in their order.

    Credentials are no part of it, since a new password of the same user is no other wish; of an account that only a token names, the token is.
    """
    parts: dict = {}
    secrets: list = []
    for account in accounts:
        of_vendor = kinds.of(account.vendor)
        client = kinds.client_of(account.vendor)
        who = apart.identity(account.vendor, account.connection, environ)
        if who is not None and who[1] == "token":
            secrets.append(who[2])
        plain = {name: value for name, value in account.connection.items() if name not in client.secret_options}
        mine = {"connection": digest(plain), "options": digest(account.options), "limits": digest(account.limits)}
        for name, items in account.items.items():
            hidden = {field.name for field in of_vendor[name].resource.fields if field.secret}
            mine[name] = digest([{key: value for key, value in item.value.items() if key not in hidden} for item in items])
            secrets += [[name, place, key, item.value[key]] for place, item in enumerate(items) for key in sorted(hidden & set(item.value))]
        parts["%s/%s" % (account.vendor, account.name)] = mine
    return parts, secrets


def known_as(account, environ):
    """Return who an account is to the vendor, as people may read it: its user and the address; only the address where a token names it."""
    who = apart.identity(account.vendor, account.connection, environ)
    return None if who is None else "%s at %s" % (who[2], who[0]) if who[1] == "user" else "a token at %s" % who[0]


# -- objects -----------------------------------------------------------------------------------------------------------


def step_of(account, kind, part, arguments, result):
    """Return a step of the plan from what the module foretold in check mode.

    :arg arguments: of the task, whose items stand in the order of its entries; entries behind them are what ``purge`` takes.
    """
    resource = kind.resource
    entries = result.get(resource.plural) or []
    items = arguments[resource.plural]
    diff = result.get("diff") or {}
    made: dict = {"vendor": account.vendor, "account": account.name, "kind": kind.name, "part": part, "changes": [], "unchanged": {}}
    names: dict = {}
    parents = {name: arguments[name] for name in resource.parents if arguments.get(name) is not None}
    for place, entry in enumerate(entries):
        item = dict(parents, **items[place]) if place < len(items) else {}
        label = resource.label_of(item or entry)
        shown = names[label] = label if label not in names else "%s (%d)" % (label, place + 1)
        before, after = ((diff.get(side) or {}).get(label) or {} for side in ("before", "after"))
        state = None if entry["action"] == CREATED else as_read(resource, entry, before)
        if entry["action"] == UNCHANGED:
            made["unchanged"][shown] = state
            continue
        differing = [name for name in list(before) + [name for name in after if name not in before] if before.get(name) != after.get(name)]
        change = {"object": shown, "action": entry["action"], "place": place if place < len(items) else None, "state": state,
                  "before": {name: before[name] for name in differing if name in before},
                  "after": {name: after[name] for name in differing if name in after}, "final": []}
        if place >= len(items):
            change["names"] = {name: entry[name] for name in resource.key if entry.get(name) is not None}
        if entry["action"] == CREATED and kind.price:
            change["price"] = kind.price(entry, item, dict(account.options.get(kind.name, {}), **item))
            change["final"].append(FINAL_OF[change["price"]["what"]])
        if entry["action"] == DELETED:
            change["final"].append(DELETIONS)
        if any(str(value).startswith(MASK + " ") for value in change["after"].values()):
            change["final"].append(PASSWORDS)
        made["changes"].append(change)
    if result.get("warnings"):
        made["warnings"] = list(result["warnings"])
    return made


def as_read(resource, entry, before):
    """Return the digest of an object as it was read: what is managed, and its ids. What only the vendor moves, such as a status, is no part of it."""
    names = {field.name for field in resource.fields} | {"id", "hash"}
    return digest([{name: value for name, value in entry.items() if name in names}, before])[:16]


def failures(result, plural):
    """Return why a step cannot be planned: a list of sentences, empty when it can."""
    found = ["%s" % (entry.get("error") or {}).get("message") for entry in result.get(plural) or () if entry.get("action") == FAILED]
    return found or ([result.get("msg") or "failed"] if result.get("failed") else [])


# -- the document ------------------------------------------------------------------------------------------------------


def document(accounts, environ, steps, balances, at, path, only, kept=None, state="present"):
    """Return the plan.

    :arg steps: of :func:`step_of`.
    :arg balances: ``{(vendor, account): {...}}`` as :mod:`.spending` takes it.
    :arg kept: an earlier plan whose key of the secrets is used, when they are the same.
    :arg state: ``absent``: what the files name is taken away.
    """
    parts, secrets = wanted(accounts, environ)
    same = kept is not None and fingerprint.matches(kept["wanted"]["secrets"], secrets)
    made = {
        "format": FORMAT, "at": at, "desired_state": path, "only": only, "state": state,
        "wanted": {"parts": parts, "secrets": kept["wanted"]["secrets"] if same else fingerprint.fingerprint(secrets)},
        "accounts": [spending.of_account(account, known_as(account, environ), steps, balances.get((account.vendor, account.name)) or {})
                     for account in accounts],
        "steps": steps,
        "final": [{"vendor": step["vendor"], "account": step["account"], "kind": step["kind"], "object": change["object"], "what": what}
                  for what in FINAL for step in steps for change in step["changes"] if what in change["final"]],
    }
    return dict(made, plan_digest=digest(made))


def checked(plan):
    """Return a plan that was read from somewhere.

    :raises UsageError: it is none, of another format, or was changed after it was made.
    """
    if not isinstance(plan, dict) or "plan_digest" not in plan:
        raise UsageError("this is no plan of kariz.panels", operation="plan", code="no_plan", hint="Make one with the playbook kariz.panels.plan")
    if "packed" in plan:
        plan = unpacked(plan)
    if plan.get("format") != FORMAT:
        raise UsageError("the plan has the format %s; this version of the collection reads %d" % (plan.get("format"), FORMAT), operation="plan",
                         code="no_plan", hint="Plan again")
    if digest({name: part for name, part in plan.items() if name != "plan_digest"}) != plan["plan_digest"]:
        raise _was_changed()
    if any(not isinstance(plan.get(name), kind) for name, kind in _SHAPE.items()):
        raise UsageError("the plan was put together by somebody else: it lacks %s" % ", ".join(
            name for name, kind in _SHAPE.items() if not isinstance(plan.get(name), kind)), operation="plan", code="no_plan", hint="Plan again")
    return plan


def _was_changed():
    return UsageError("the plan was changed after it was made: its digest is not that of its contents", operation="plan", code="plan_changed",
                      hint="Plan again")


def packed(plan, lines):
    """Return a plan small enough to travel in a workflow's artifacts, with the lines that people approve."""
    raw = json.dumps(plan, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return {"plan_digest": plan["plan_digest"], "lines": lines, "packed": base64.b64encode(zlib.compress(raw, 9)).decode()}


def unpacked(parcel):
    try:
        plan = json.loads(zlib.decompress(base64.b64decode(parcel["packed"], validate=True)).decode("utf-8", "surrogatepass"))
    except (binascii.Error, zlib.error, ValueError, TypeError):
        raise UsageError("the plan cannot be unpacked", operation="plan", code="no_plan", hint="Plan again") from None
    if not isinstance(plan, dict) or plan.get("plan_digest") != parcel["plan_digest"]:
        raise _was_changed()
    return plan


def place_of(step):
    """Return what tells a step from all others."""
    return step["vendor"], step["account"], step["kind"], step["part"]
