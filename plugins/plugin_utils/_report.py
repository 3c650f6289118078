# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The end of a role, as a person reads it. Each function has a filter of its name, which documents it, but for :func:`named`."""

from __future__ import annotations

from ansible_collections.kariz.panels.plugins.module_utils._business.message import without_key
from ansible_collections.kariz.panels.plugins.module_utils._core.state.planner import few
from ansible_collections.kariz.panels.plugins.module_utils._core.task.fitting import CONTROLLERS_KEEP, length
from ansible_collections.kariz.panels.plugins.plugin_utils._items import entries_of, is_mobile, keys_of, label_of, name_of

#: Action -> what a person calls it, and what it is called before it is done.
_WORDS = {"created": ("made", "would be made"), "updated": ("changed", "would be changed"), "deleted": ("left", "would leave"),
          "failed": ("refused", "refused"), "unchanged": ("as they were", "as they are")}
#: So many are named in a line.
_NAMED = 20
#: As many characters of messages as fit into one event of a controller, which keeps nothing of a longer one.
_EVENT = CONTROLLERS_KEEP - 100_000
_ARRIVED = ("sent", "already", "merged", "would be sent")


def report_lines(results, lost=None, foretold=False):
    lines = []
    for kind in results:
        found: dict = {action: [] for action in _WORDS}
        for entry in entries_of(results[kind]):
            if entry["action"] in found:
                found[entry["action"]].append(label_of(entry))
        done = {label for action, labels in found.items() if action != "failed" for label in labels}
        found["failed"] += [label_of(entry) for entry in entries_of((lost or {}).get(kind)) if entry["action"] == "failed" and label_of(entry) not in done]
        counts: dict = {}
        seen: set = set()
        for action, labels in found.items():
            # Who stays as a stage before has made him is told by that stage.
            counts[action] = [label for label in dict.fromkeys(labels) if action != "unchanged" or label not in seen]
            seen.update(labels)
        told = ["%d %s" % (len(labels), _WORDS[action][bool(foretold)]) for action, labels in counts.items() if labels]
        if told:
            lines.append("%s: %s" % (kind, ", ".join(told)))
            lines += ["  %s: %s" % (_WORDS[action][bool(foretold)], named(counts[action])) for action in ("updated", "deleted", "failed") if counts[action]]
    return lines


def message_lines(told):
    summary = told.get("summary") or {}
    lines = ["messages: %s" % (", ".join("%d %s" % (count, word) for word, count in summary.items() if count) or "none")]
    for provider, spent in (told.get("cost") or {}).items():
        price = "" if spent["cost"] is None else ", %d in the provider's money" % spent["cost"]
        lines.append("  %s: %d messages, %d parts%s" % (provider, spent["messages"], spent["parts"], price))
    lines += ["  refused: %s: %s" % (_keys(group), group["reason"]) for group in told.get("refusals") or ()]
    for word in ("unknown", "skipped"):
        groups: dict = {}
        for one in told.get("messages") or ():
            if one["outcome"] == word:
                groups.setdefault(without_key(one["reason"], one["key"]), []).append(one["key"])
        lines += ["  %s: %s: %s" % (word, named(keys), reason) for reason, keys in groups.items()]
    return lines


def message_preview(told):
    messages = told.get("messages") or []
    room = _EVENT
    kept = []
    for one in messages:
        room -= length(one)
        if room < 0:
            break
        kept.append(one)
    return {"messages": kept, "cost": told.get("cost"), "left_out": len(messages) - len(kept)}


def not_among(people, others, reason, key="username", needs=()):
    there = {name_of(person.get(key)) for person in others}
    return one_line([str(person.get(key)) for person in people
                     if name_of(person.get(key)) not in there and all(person.get(name) is not None for name in needs)], reason)


def one_line(names, reason):
    return ["%s: %s" % (named(names), reason)] if names else []


def simulator_refusal(result, path, python):
    said = str(result.get("stderr") or "").splitlines()
    if result.get("rc") is None or not said:
        return "simulator_python: %s cannot be run; give a Python with the requirements of the simulator" % python
    return "the simulator in simulator_path %s: %s" % (path, said[-1])


def _keys(group):
    more = group["count"] - len(group["keys"])
    return ", ".join(group["keys"]) + (" and %d more" % more if more > 0 else "")


def not_reached(people, report=(), done=(), number="mobile", prefix="message", key="username", lead=""):
    told = _by_key(report, done)
    return _by_reason(lead, ((str(person.get(key)), _why(person, number, "%s-%s" % (prefix, person.get(key)), told)) for person in people))


def not_invited(events, users, report=(), done=(), links=None, prefix="classroom", lead=""):
    told = _by_key(report, done)
    known = {name_of(user.get("username")): user for user in users}
    failed = {(str(entry.get("event")), str(entry.get("username"))): str((entry.get("error") or {}).get("message")) for entry in entries_of(links)
              if entry["action"] == "failed"}

    def reasons():
        for event in events:
            for member in event.get("members") or ():
                name = str(member.get("username"))
                person = known.get(name_of(name))
                where = "%s (%s)" % (name, event.get("slug"))
                if person is None:
                    yield where, "not among the users of the role, so no mobile number is known"
                elif (str(event.get("slug")), name) in failed:
                    yield where, "no entry link: %s" % failed[str(event.get("slug")), name]
                else:
                    yield where, _why(person, "cellphone", "%s-%s-%s" % (prefix, event.get("slug"), name), told)
    return _by_reason(lead, reasons())


def unsent(report):
    found: dict = {}
    for entry in report:
        if entry.get("outcome") in ("refused", "unknown"):
            what = "no message" if entry["outcome"] == "refused" else "nobody knows whether the message was accepted, so it is not sent again"
            found.setdefault("%s: %s" % (what, without_key(entry.get("why"), entry["key"])), []).append(entry["key"])
    return ["%s: %s" % (named(keys), reason) for reason, keys in found.items()]


def class_sheets(events, users, report=(), done=(), made=None, links=False, prefix="classroom"):
    told = _by_key(report, done)
    known = {name_of(user.get("username")): user for user in users}
    created = {name_of(entry.get("username")) for entry in entries_of(made) if entry["action"] == "created"}
    sheets = []
    for event in events:
        people = []
        for member in event.get("members") or ():
            name = str(member.get("username"))
            person = known.get(name_of(name)) or {}
            people.append({
                "username": name, "name": person.get("name"), "surname": person.get("surname"), "role": member.get("role") or "participant",
                "mobile": person.get("cellphone"), "message": _message(told, "%s-%s-%s" % (prefix, event.get("slug"), name)),
                "awaited": bool(links or (name_of(name) in created and not person.get("password"))),
                "secrets": {"password": ["users", name], "entry_link": ["links", "%s / %s" % (event.get("slug"), name)]}})
        if people:
            sheets.append({"name": str(event.get("slug") or event.get("id")), "people": people})
    return sheets


def subscriber_sheets(people, report=(), prefix="subscriber-welcome"):
    told = _by_key(report, ())
    rows = [{"username": str(person["username"]), "name": person.get("name"), "surname": person.get("family"), "service": person.get("service"),
             "mobile": person.get("mobile"), "message": _message(told, "%s-%s" % (prefix, person["username"])),
             "secrets": {"password": ["subscribers", str(person["username"])]}} for person in people]
    return [{"name": "subscribers", "people": rows}] if rows else []


def subscriber_secrets(people, made):
    created = {name_of(entry.get("username")) for entry in entries_of(made) if entry["action"] == "created"}
    return [{"kind": "subscribers", "label": str(person["username"]), "values": {"password": str(person["password"])}}
            for person in people if person.get("password") and name_of(person["username"]) in created]


def _by_key(report, done):
    return {**{key: {"outcome": "already"} for key in keys_of(done)}, **{entry["key"]: entry for entry in report or ()}}


def _message(told, key):
    """Return what a sheet says of a message: the same in the run that sends it and in those after."""
    outcome = (told.get(key) or {}).get("outcome")
    return "sent" if outcome in _ARRIVED else outcome


def _why(person, number, key, told):
    """Return why somebody has no message, or None."""
    found = told.get(key)
    if found is not None and found.get("outcome") in _ARRIVED:
        return None
    if person.get(number) in (None, ""):
        return "no mobile number"
    if not is_mobile(person[number]):
        return "%s is no mobile number" % number
    if found is None:
        return "no message was made"
    return "%s: %s" % (found["outcome"], without_key(found.get("why"), key))


def _by_reason(lead, pairs):
    found: dict = {}
    for name, reason in pairs:
        if reason is not None:
            found.setdefault(reason, []).append(name)
    return ["%s%s: %s" % (lead, reason, named(names)) for reason, names in found.items()]


def named(names):
    """Return names in one line, the first of many."""
    return few(names, _NAMED)
