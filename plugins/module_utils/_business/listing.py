# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All objects of a kind, where the vendor lists them only one parent at a time. Each function is a column of the table of kinds."""

from __future__ import annotations

from .._core.http.parallel import results
from .._core.state.planner import Desired
from .._core.text.letters import digits, normal
from .._deltasib.catalogue import find_service, services
from .._deltasib.status import read_status
from .._deltasib.subscriber import all_users
from .._deltasib.user_service import bought_by, is_live
from .._payamsms.message import ALWAYS, current_scheduled
from .._podspace.member import MEMBER


def _each(client, function, parents):
    return [thing for made in results(client.map(function, parents), str, parents) for thing in made]


def _subscribers(client, known):
    return [user["username"] for user in (known["users"] if "users" in known else all_users(client))]


def deltasib_statuses(client, known):
    """Return the status of every subscriber, by name."""
    return _each(client, lambda name: [{"username": name, "status": read_status(client, {"Username": name})[1]}], _subscribers(client, known))


def deltasib_services(client, known):
    """Return the services that subscribers have now, by name where the name says which one."""
    catalogue = services(client)
    names = [normal(service["name"] or "") for service in catalogue]
    called = {service["id"]: service["name"] for service, name in zip(catalogue, names) if name and not name.isdigit() and names.count(name) == 1}

    def of(username):
        live: dict = {}
        for one in bought_by(client, {"Username": username}):
            if is_live(one):
                # Bought twice is there once for a file: it says only that the service shall be there.
                live.setdefault(one["service_id"], {"username": username, "service": called.get(one["service_id"]) or str(one["service_id"]),
                                                    "pay_plan": one["pay_plan"], "service_id": one["service_id"]})
        return list(live.values())
    return _each(client, of, _subscribers(client, known))


def payamsms_messages(client, known):
    """Return the messages that wait for their time."""
    return [current_scheduled(row) for row in client.scheduled(**{"from": ALWAYS})]


def podspace_members(client, known):
    """Return the people of every space."""
    spaces = known["organizations"] if "organizations" in known else client.organizations()
    return MEMBER.look(client, [Desired(MEMBER, {"organization": space["name"], "person": "-"}, 0) for space in spaces], True)


# -- what objects are, whichever names they go by: each function is the column ``same`` of the table of kinds -------------------


def _username(client, thing):
    if thing.get("username"):
        return str(thing["username"]).lower()
    if "names of subscribers" not in client.memory:
        client.memory["names of subscribers"] = {str(user["id"]): user["username"].lower() for user in all_users(client)}
    return client.memory["names of subscribers"].get(digits(thing.get("user_id") or "").strip())


def subscriber_keys(client, thing):
    return [(_username(client, thing),)]


def service_keys(client, thing):
    return [(_username(client, thing), thing.get("service_id") or find_service(client, str(thing["service"]))["id"])]


def member_keys(client, thing):
    space = client.organization(str(thing["organization"]), [])
    return MEMBER.keys_of(dict(thing, organization=space["name"]) if space else thing)
