# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What roles do with lists of items, so that their task files read like lists of steps. Each has a filter of its name, which documents it."""

from __future__ import annotations

from ansible.errors import AnsibleFilterError

from ansible_collections.kariz.panels.plugins.module_utils._core.state.foretold import changes
from ansible_collections.kariz.panels.plugins.module_utils._core.text.letters import normal
from ansible_collections.kariz.panels.plugins.module_utils._core.text.sms import iran_mobile

#: So many objects are named for each reason of a failure.
_NAMED = 20


def _mappings(value, name):
    if not isinstance(value, (list, tuple)) or not all(isinstance(item, dict) for item in value):
        raise AnsibleFilterError("%s: takes a list of mappings" % name)
    return value


def only_keys(items, keys, needs=()):
    made = [{key: item[key] for key in keys if item.get(key) is not None} for item in _mappings(items, "only_keys")]
    return [item for item in made if all(key in item for key in needs)]


def inner_items(items, name, keys):
    return [dict({key: item[key] for key in keys if key in item}, **inner)
            for item in _mappings(items, "inner_items") for inner in _mappings(item.get(name) or [], "inner_items")]


def one_of_each(items, key):
    found: dict = {}
    for item in _mappings(items, "one_of_each"):
        found.setdefault(normal(str(item.get(key))), item)
    return list(found.values())


def by_parent(items, parent, parents=()):
    found: dict = {}
    for name in parents:
        found.setdefault(normal(str(name)), {"parent": name, "children": []})
    for item in _mappings(items, "by_parent"):
        if item.get(parent) in (None, ""):
            raise AnsibleFilterError("by_parent: an item has no %s" % parent)
        found.setdefault(normal(str(item[parent])), {"parent": item[parent], "children": []})["children"].append(item)
    return list(found.values())


def in_state(items, state, default="present"):
    return [item for item in _mappings(items, "in_state") if (item.get("state") or default) == state]


def _entries(result):
    """The objects of a task's result, each with its ``action``."""
    return next((value for value in (result or {}).values() if isinstance(value, list) and value and isinstance(value[0], dict) and "action" in value[0]), [])


def passed(items, result, key, without=("failed",), operation=None):
    def name(item):
        # What is found by its id need not say its name.
        return normal(str(item[key])).lower() if item.get(key) is not None else ("id", str(item.get("id")))

    lost = {name(entry) for entry in _entries(result)
            if entry["action"] in without and operation in (None, (entry.get("error") or {}).get("operation"))}
    return [item for item in _mappings(items, "passed") if name(item) not in lost]


def foretold(results):
    made: dict = {}
    for result in results:
        for part in (result or {}).get("results") or [result or {}]:
            for kind, entries in part.items():
                if isinstance(entries, list) and entries and isinstance(entries[0], dict) and "action" in entries[0]:
                    made.setdefault(kind, []).extend(changes(entries))
    return made


def entries_of(results):
    """Return the objects in one or several results of tasks, loops included, each with its ``action``."""
    made = []
    for result in [results] if isinstance(results, dict) else results or ():
        for part in (result or {}).get("results") or [result or {}]:
            for value in part.values():
                if isinstance(value, list):
                    made += [entry for entry in value if isinstance(entry, dict) and "action" in entry]
    return made


def keys_of(done):
    """Return the keys of messages that were sent already: a list of them, or the result of a look into the journal."""
    return [str(entry["key"]) for entry in done.get("entries") or ()] if isinstance(done, dict) else [str(key) for key in done or ()]


def without_gone(items, parent, parents):
    going = {normal(str(one[name])) for one in in_state(_mappings(parents, "without_gone"), "absent") for name in ("name", "hash") if one.get(name)}
    return [item for item in _mappings(items, "without_gone")
            if (item.get("state") or "present") != "present" or normal(str(item.get(parent))) not in going]


def removable(members, foretold, organizations):
    going = {normal(str(one.get("name"))) for one in organizations}
    made = []
    for item, entry in zip(_mappings(members, "removable"), _entries(foretold)):
        code = (entry.get("error") or {}).get("code")
        # Any other mistake stays in the list, so that the task tells it.
        if code is None or (code != "owner" and normal(str(item.get("organization"))) not in going):
            made.append(item)
    return made


def label_of(entry):
    """Return what people call an object of a result."""
    names = ("username", "slug", "title", "person", "name", "voucher_no")
    own = "public" if entry.get("public") else str(next((entry[name] for name in names if str(entry.get(name) or "").strip()), entry.get("id")))
    place = entry.get("folder_hash") or entry.get("file_hash")
    return "%s / %s" % (place, own) if place else own


def failures(results):
    found: dict = {}
    for result in results:
        result = result or {}
        for part in result.get("results") or [result]:
            entries = [entry for entry in _entries(part) if entry["action"] == "failed"]
            for entry in entries:
                error = entry.get("error") or {}
                reason = str(error.get("message") or "failed")
                label = label_of(entry)
                # One reason with the object's own name in it is one reason for all of them.
                code = (error.get("operation"), error.get("code"), reason.replace(label, "..."))
                found.setdefault(code, {"reason": reason, "items": []})["items"].append(label)
            if not entries and part.get("failed") and part.get("msg"):
                found.setdefault(("", "", part["msg"]), {"reason": part["msg"], "items": []})
    return ["%s%s" % ("%s: " % ", ".join(one["items"][:_NAMED] + ["and %d more" % (len(one["items"]) - _NAMED)] * (len(one["items"]) > _NAMED))
                      if one["items"] else "", one["reason"]) for one in found.values()]


def event_messages(events, users, template, links=None, done=(), prefix="classroom"):
    people = {normal(str(user.get("username"))).lower(): user for user in _mappings(users, "event_messages")}
    had = set(keys_of(done))
    told = None if links is None else [link for one in links for link in ([one] if "entry_link" in one else entries_of(one))]
    addresses = None if told is None else {
        (normal(str(link.get("event"))), normal(str(link.get("username"))).lower()): link.get("entry_link") for link in told}
    made = []
    for event in _mappings(events, "event_messages"):
        for member in event.get("members") or []:
            name = str(member.get("username"))
            who = dict({part: member[part] for part in ("username", "role") if member.get(part)}, event=event.get("slug"))
            person = people.get(normal(name).lower())
            key = "%s-%s-%s" % (prefix, event.get("slug"), name)
            if person is None or key in had or not is_mobile(person.get("cellphone")):
                continue
            link = None if addresses is None else addresses.get((normal(str(event.get("slug"))), normal(name).lower()))
            if addresses is None or link:
                made.append({"key": key, "recipient": person["cellphone"], "template": template,
                             "variables": {"person": person, "event": event, "member": who, "link": link}})
    return made


def person_messages(people, template, key, number="mobile", prefix="message"):
    return [{"key": "%s-%s" % (prefix, person[key]), "recipient": person[number], "template": template, "variables": {"person": person}}
            for person in _mappings(people, "person_messages") if is_mobile(person.get(number))]


def messages_to(numbers, text, prefix):
    wrong = [str(number) for number in numbers if not is_mobile(number)]
    if wrong:
        raise AnsibleFilterError("messages_to: no mobile number: %s" % ", ".join(wrong))
    return [{"key": "%s-%s" % (prefix, number), "recipient": number, "text": text} for number in dict.fromkeys(map(iran_mobile, numbers))]


def without_mobile(people, key, number, given=False):
    return [str(person.get(key)) for person in _mappings(people, "without_mobile")
            if not is_mobile(person.get(number)) and not (given and person.get(number) is None)]


def name_of(value):
    """Return a name as it is compared, in any case of letters."""
    return normal(str(value)).casefold()


def is_mobile(value):
    if value in (None, ""):
        return False
    try:
        iran_mobile(value)
    except ValueError:
        return False
    return True
