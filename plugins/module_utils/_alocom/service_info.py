# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading services: those the account has bought, and those on offer (vendor page, Services)."""

from __future__ import annotations

from .._core.calendar import dates
from .._core.errors import NotFoundError, UsageError
from .._core.http.answers import rows
from .._core.text.letters import digits
from . import shapes
from .client import yes
from .lookup import active_services, service_id, service_rows
from .reading import AlocomInfo, filters, holds, number

_NUMBERS = ("time_duration", "used_time", "remain_time", "disk_capacity", "consumed_disk_capacity", "remain_disk_capacity", "credit_duration",
            "max_event_user", "max_online_user", "concurrent_voice", "concurrent_video")
_OFFER_NUMBERS = ("price", "discount", "discounted_price", "credit_duration", "time_duration", "concurrent_voice", "concurrent_video",
                  "max_online_user", "gift_credit_duration", "gift_time_duration")
_OFFER_ANSWERS = ("is_unlimited", "is_free", "is_special_offer", "is_gift", "is_dedicated")


def bought(row, status=None):
    """Return a bought service in the user's names, from any of the vendor's three answers about it. Unknown numbers are None."""
    flat = {str(name).replace(" ", "_"): value for name, value in row.items()}
    for part in ("time", "duration", "capacity"):
        if isinstance(flat.get(part), dict):
            flat.update(flat.pop(part))
    made = {"id": service_id(row), "service_id": flat.get("serviceId", flat.get("service_id")), "title": flat.get("title"),
            "type": flat.get("type"), "status": flat.get("status") or status}
    made.update({name: number(flat[name]) for name in _NUMBERS if name in flat})
    for edge in ("start", "end"):
        if edge + "_date" in flat:
            made.update({edge + "_date": flat[edge + "_date"], edge + "_time": flat.get(edge + "_time"),
                         edge + "_iso": dates.iso(flat[edge + "_date"], flat.get(edge + "_time"))})
    for name in ("created_at", "expired_at"):
        if name in flat:
            made.update({name: flat[name], name + "_iso": dates.iso(flat[name])})
    return made


def offered(row):
    """Return a service on offer in the user's names."""
    made = {"id": row.get("id"), "title": row.get("title"), "type": row.get("type")}
    made.update({name: number(row.get(name)) for name in _OFFER_NUMBERS})
    made.update({name: yes(row.get(name)) for name in _OFFER_ANSWERS})
    return made


class ServiceInfo(AlocomInfo):
    name = "service_info"
    returns = "services"
    selectors = ("id",)
    options = {
        "kind": {"type": "str", "choices": ["mine", "active", "suggested", "available"], "default": "mine"},
        "id": {"type": "str"},
        "title": {"type": "str"},
        "type": {"type": "list", "elements": "str", "choices": ["class", "conference"]},
        "status": {"type": "list", "elements": "str", "choices": ["active", "inactive", "expired"]},
    }
    constraints = {"mutually_exclusive": [("id", name) for name in ("title", "type", "status")]}

    def check(self, params):
        super().check(params)
        if params.get("status") and params["kind"] != "mine":
            raise UsageError("status goes with kind: mine only", vendor=self.vendor, operation="options")

    def read(self, client, params, host):
        kind, wanted = params["kind"], digits(params.get("id") or "").strip()
        if kind in ("mine", "active"):
            found = self._own(client, params) if kind == "mine" else [bought(row, "active") for row in active_services(client)]
            if wanted:
                found = self._detail(client, [service for service in found if str(service["id"]) == wanted])
            if found:
                dates.warn_if_lacking(host)
        else:
            answer = client.get("%s services" % kind, "services/%s-services" % kind, (dict, list))
            listed = rows(answer, "suggestedServices" if kind == "suggested" else "services", operation="%s services" % kind, vendor=client.vendor,
                          shape=shapes.OFFER)
            found = [offered(row) for row in listed if not wanted or str(row.get("id")) == wanted]
        types = params.get("type")
        return [service for service in found if holds(params.get("title"), service["title"]) and (not types or service["type"] in types)]

    @staticmethod
    def _own(client, params):
        asked = filters(params, title="title", type="type", status="status")
        for name in ("type", "status"):
            if len(asked.get(name, ())) == 1:
                # As the vendor's example has it; a list is for several.
                asked[name] = asked[name][0]
        found = [bought(row) for row in service_rows(client, asked)]
        return [service for service in found if not params.get("status") or service["status"] in params["status"]]

    @staticmethod
    def _detail(client, found):
        """Return the services with what the detail call knows; it wants the id of the service as well, which the list tells."""
        made = []
        for service in found:
            try:
                row = client.detail("get service", "services/%s/agent-services/%s" % (service["service_id"], service["id"]), shapes.SERVICE, "serviceInfo")
            except NotFoundError:
                continue
            detail = bought(row)
            made.append(dict(service, **{name: value for name, value in detail.items() if value is not None or name not in service}))
        return made


SERVICE_INFO = ServiceInfo()
