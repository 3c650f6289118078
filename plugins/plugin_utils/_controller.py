# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the lists that describe an automation controller to calls of the modules of its collection. No I/O."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Collections whose modules do the work: AWX's own, and the same under its name in the Automation Platform.
COLLECTIONS = ("awx.awx", "ansible.controller")
#: The kinds of objects, in the order in which they need each other, with the module of each.
KINDS = {
    "credential_types": "credential_type", "credentials": "credential", "projects": "project", "inventories": "inventory", "hosts": "host",
    "inventory_sources": "inventory_source", "labels": "label", "notifications": "notification_template", "templates": "job_template",
    "workflows": "workflow_job_template", "schedules": "schedule",
}
#: What names an object to be removed. A schedule is removed by its name, since what it starts may be gone before it.
_IDENTITY = {
    "credential_types": ("name",), "credentials": ("name", "organization", "credential_type"), "inventories": ("name", "organization"),
    "hosts": ("name", "inventory"), "inventory_sources": ("name", "inventory", "organization"), "schedules": ("name",),
}
#: Left empty in the lists, these count as not given.
_OPTIONAL = ("credential", "execution_environment", "default_environment", "scm_branch", "organization", "description")
_NODES = "simplified_workflow_nodes"
_LINKS = ("success_nodes", "failure_nodes", "always_nodes")
_LACKING = re.compile(r"returned 0 items, expected 1|was not found|[Cc]ould not find|NoneType.* not subscriptable|MODULE FAILURE", re.DOTALL)


@dataclass
class Call:
    """A call of a module of the controller's collection; ``also``: it completes the object of the call before."""

    module: str
    title: str
    arguments: dict
    also: bool = False


def calls(kind, objects, state, update_secrets=False):
    """Return the calls that bring about the objects of a kind, in their order; for removal the last first."""
    if state == "absent":
        # A controller removes a label by itself, with the last object that has it.
        return [_removal(kind, one) for one in reversed(objects)] if kind != "labels" else []
    made = []
    for one in objects:
        arguments = {name: value for name, value in one.items() if name != _NODES and not (name in _OPTIONAL and value in ("", None))}
        if kind == "credentials":
            arguments.setdefault("update_secrets", update_secrets)
        made.append(Call(KINDS[kind], one["name"], arguments))
        made += _nodes(one, arguments) if kind == "workflows" else []
    return made


def _removal(kind, one):
    arguments = {name: one[name] for name in _IDENTITY.get(kind, ("name", "organization")) if one.get(name) not in ("", None)}
    return Call(KINDS[kind], one["name"], dict(arguments, state="absent"))


def _nodes(workflow, arguments):
    """Return the calls for the nodes of a workflow: all nodes first, then what leads from one to the next."""
    nodes = workflow.get(_NODES) or []
    place = {"workflow_job_template": workflow["name"]}
    if arguments.get("organization"):
        place["organization"] = arguments["organization"]
    module = "workflow_job_template_node"
    made = [Call(module, "%s: %s" % (workflow["name"], node["identifier"]), {**{name: value for name, value in node.items() if name not in _LINKS}, **place},
                 also=True) for node in nodes]
    for node in nodes:
        links = {name: node[name] for name in _LINKS if node.get(name)}
        if links:
            made.append(Call(module, "%s: %s" % (workflow["name"], node["identifier"]), dict(links, identifier=node["identifier"], **place), also=True))
    return made


def lacks_something(result):
    """Return whether a module failed because something that it refers to is not there."""
    return bool(_LACKING.search("%s %s" % (result.get("msg"), result.get("module_stderr") or result.get("exception") or "")))


def same_notification(there, wanted):
    """Return whether a notification is as it is wanted, as far as the controller shows it; a password that shall be empty is not looked at."""
    ours, theirs = wanted.get("notification_configuration") or {}, there.get("notification_configuration") or {}
    if set(ours) != set(theirs) or any(ours[name] != theirs[name] and (ours[name] or theirs[name] != "$encrypted$") for name in ours):
        return False
    return all(wanted.get(name) in (None, there.get(name)) for name in ("description", "notification_type", "messages"))
