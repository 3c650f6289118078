# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading events, with their members and everything else that only the detail call tells when asked for."""

from __future__ import annotations

from .._core.calendar import dates
from .._core.state.planner import Desired
from .._core.text.letters import normal
from . import shapes
from .client import yes
from .event import EVENT
from .lookup import called, event_detail, event_rows, find_service, hidden_slugs, people, row_slug, service_id, service_rows
from .reading import AlocomInfo, filters, holds, in_path, number, read_each


class EventInfo(AlocomInfo):
    name = "event_info"
    returns = "events"
    selectors = ("id", "slug", "service")
    options = {
        "slug": {"type": "str"},
        "id": {"type": "str"},
        "service": {"type": "str"},
        "service_title": {"type": "str"},
        "agents": {"type": "list", "elements": "str"},
        "type": {"type": "str", "choices": ["business", "educational", "webinar"]},
        "in_progress": {"type": "bool"},
        "with_details": {"type": "bool", "default": False},
    }
    constraints = {"mutually_exclusive": [("id", "slug")] + [(one, other) for one in ("id", "slug") for other in (
        "service", "service_title", "agents", "type", "in_progress")] + [("service", "service_title")]}

    def read(self, client, params, host):
        if params.get("id"):
            return self.details(client, [{"id": params["id"]}], host)
        number_of_service = None
        if params.get("slug"):
            rows = self._by_slug(client, params["slug"].strip())
        else:
            rows, number_of_service = self._filtered(client, params)
        if params.get("with_details") or number_of_service:
            found = self.details(client, [dict(self.listed(row), **_counted(row)) for row in rows], host)
            return [event for event in found if number_of_service in (None, event["agent_service_id"])]
        slugs = {} if params.get("slug") else {row["id"]: slug for slug, row in hidden_slugs(client, rows, ("",)).items()}
        return [dict(self.listed(row, slugs.get(row.get("id")) or params.get("slug")), **_counted(row)) for row in rows]

    @staticmethod
    def listed(row, slug=None):
        """Return a row of the list in the user's names."""
        return EVENT.current(row, slug=(slug or row_slug(row) or "").strip() or None)

    # -- finding -----------------------------------------------------------------------------------------------------

    @staticmethod
    def _by_slug(client, slug):
        listed = event_rows(client, lambda page: any(row_slug(row) == slug for row in page))
        found = [row for row in listed if row_slug(row) == slug]
        if not found:
            hidden = hidden_slugs(client, listed, [slug])
            found = [hidden[slug]] if slug in hidden else []
        return found

    @staticmethod
    def _filtered(client, params):
        """Return ``(rows, id of the service to look for in the details)``; that id is needed when services share a title."""
        asked = filters(params, service_title="service_title", agents="agents", type="type")
        if params.get("in_progress") is not None:
            asked["in_progress"] = 1 if params["in_progress"] else 0
        wanted = only = None
        if params.get("service"):
            service = find_service(client, params["service"])
            wanted = asked["service_title"] = service.get("title")
            if sum(normal(row.get("title") or "") == normal(wanted) for row in service_rows(client)) > 1:
                only = service_id(service)
        rows = client.pages("list events", "events/index", asked, ("events",), shapes.EVENT)
        if wanted is not None:
            rows = [row for row in rows if normal(row.get("service") or "") == normal(wanted)]
        return [row for row in rows if holds(params.get("service_title"), row.get("service"))], only

    # -- details -----------------------------------------------------------------------------------------------------

    def details(self, client, rows, host):
        """Return events with what only the detail call tells; guest codes are counted, never returned."""
        known = people(client)
        wanted = Desired(EVENT, {"slug": "-"}, 0)
        found = read_each(client, lambda row: self._detail(client, row, wanted), rows, called)
        for event in found:
            client.redactor.add(*event["guest_codes"])
            event["guest_code_count"] = len(event.pop("guest_codes"))
        members = [member for event in found for member in event["members"]]
        if any(member["username"] == "#%s" % member["userid"] for member in members):
            known.learn(all_of_them=True)
        for member in members:
            if member["username"] == "#%s" % member["userid"]:
                member["username"] = known.name(member["userid"])
        if found:
            dates.warn_if_lacking(host)
        return found

    @staticmethod
    def _detail(client, row, wanted):
        told = event_detail(client, in_path(row["id"]))
        _event, enrolled, service = told
        made = EVENT.whole(client, row, told, wanted)
        del made["told"]
        made["members"] = [dict(member, name=entry.get("name"), surname=entry.get("surname")) for member, entry in zip(made["members"], enrolled)]
        made.update(type=service.get("type") or row.get("type"), user_count=len(enrolled), agent=row.get("agent"), duration=row.get("duration"))
        made.update(service_expired_at=service.get("expired_at"), service_expired_at_iso=dates.iso(service.get("expired_at")),
                    service_editable=None if service.get("editable") is None else yes(service["editable"]),
                    max_event_user=number(service.get("max_event_user")), max_online_user=number(service.get("max_online_user")))
        return made


def _counted(row):
    """Return what the list tells beside the fields that can be managed."""
    return {"agent": row.get("agent"), "type": row.get("type"), "duration": number(row.get("duration")), "user_count": number(row.get("user_count"))}


EVENT_INFO = EventInfo()
