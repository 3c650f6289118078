# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue of services: read once a client, because people write names and the vendor wants ids."""

from __future__ import annotations

from .._core.errors import UsageError
from .._core.text.letters import digits, is_whole, normal
from .._core.text.near import proposing
from .client import number, required, text, yes


def service(row):
    """Return a row of the catalogue in the user's names."""
    return {"id": required(row, "service_id", "list services"), "name": text(row.get("servicename")), "description": text(row.get("description")) or "",
            "price": number(row.get("price")), "type": text(row.get("servicetype")), "enabled": yes(row.get("isenable")),
            "user_choosable": yes(row.get("userchoosable")), "reseller_choosable": yes(row.get("resellerchoosable"))}


def services(client, condition=None):
    """Return the catalogue; the whole of it is kept for the life of the client."""
    if condition:
        return [service(row) for row in client.rows("list services", "service", "list", "service_id", Filter=condition)]
    return client.memory.shared("services", lambda: [service(row) for row in client.rows("list services", "service", "list", "service_id")])


def _by_name(client):
    """Return ``{name without its spelling: [services]}``: names of a long catalogue are made comparable once, not for every item."""
    def read():
        made: dict = {}
        for one in services(client):
            made.setdefault(_comparable(one["name"] or ""), []).append(one)
        return made
    return client.memory.shared("services by name", read)


def _comparable(name):
    return digits(normal(name))


def find_service(client, wanted):
    """Return the service named by id or by name; a number is always an id.

    :raises UsageError: there is none, or several share the name.
    """
    if is_whole(wanted):
        number_wanted = int(digits(wanted))
        named = [one for one in services(client) if one["id"] == number_wanted]
    else:
        named = _by_name(client).get(_comparable(wanted), [])
    # Of services that share a name, the one that can be bought is meant.
    sold = [one for one in named if one["type"] in (None, "Base") and one["enabled"] is not False and one["reseller_choosable"] is not False]
    found = sold or named
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError("service: %d services are called %s (ids %s)" % (len(found), wanted, ", ".join(str(one["id"]) for one in found)), vendor="deltasib",
                         operation="list services", code="ambiguous", hint="Give the id of the one you mean")
    spelt = proposing(wanted, [one["name"] for one in services(client)])
    raise UsageError("service: there is no service %s" % spelt, vendor="deltasib", operation="list services", code="not_found",
                     hint="deltasib_service_info lists them")


def refuse_unsold(found):
    """Raise UsageError for a service that the vendor would refuse to sell."""
    why = None
    if found["type"] not in (None, "Base"):
        why = "is of type %s, not a base service" % found["type"]
    elif found["enabled"] is False:
        why = "is disabled"
    elif found["reseller_choosable"] is False:
        why = "is not for resellers"
    if why:
        raise UsageError("service: %s (id %s) %s" % (found["name"], found["id"], why), vendor="deltasib", operation="list services", code="not_sold")
