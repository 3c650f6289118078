# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the vendor does not let go of at the moment: events that are running, and their members (vendor page, Events and Users)."""

from __future__ import annotations

from .._core.state import planner
from .._core.text.letters import normal
from . import shapes
from .lookup import event_detail, row_slug


def running_events(client):
    """Return the rows of the events that are running; none where the server does not take the filter, since then nobody knows."""
    def asked(running):
        return client.pages("list events", "events/index", {"in_progress": running}, ("events",), shapes.EVENT)

    def read():
        found = asked(1)
        # Without the filter each of the two lists is the list of all: an event that is in both says so.
        idle = {str(row.get("id")) for row in asked(0)} if found else ()
        return [] if any(str(row.get("id")) in idle for row in found) else found
    return client.memory.shared("events running", read)


def running_members(client):
    """Return ``[(slug, ids, names)]`` of the running events with their members after what is foretold: by their ids, or by their names in small letters."""
    foretold = {str(one["id"]): one for one in client.memory.foretold.of("events") if one.get("id") is not None}
    found = []
    for row in running_events(client):
        would = foretold.get(str(row.get("id")), {})
        if would.get("action") == planner.DELETED:
            continue
        if would.get("action") == planner.UPDATED and would.get("members") is not None:
            ids, names = [], [normal(member["username"]).casefold() for member in would["members"]]
        else:
            ids, names = [str(member.get("userid")) for member in event_detail(client, row["id"])[1]], []
        found.append((row_slug(row) or str(row.get("id")), ids, names))
    return found
