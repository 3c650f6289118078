# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading recordings and uploaded files of an event or a service."""

from __future__ import annotations

from . import shapes
from .client import yes
from .lookup import find_event, find_service, service_id
from .reading import AlocomInfo, filters, holds, number


def _person(row):
    """Return who did something, or None for nobody."""
    made = {"id": row.get("_id"), "username": row.get("username"), "first_name": row.get("firstName"), "last_name": row.get("lastName"),
            "role": row.get("role")} if isinstance(row, dict) else {}
    return made if any(made.values()) else None


def _file(row):
    return {
        "id": row.get("_id"), "title": row.get("title"), "flag": row.get("flag"), "format": row.get("format"), "size": number(row.get("size")),
        "url": row.get("publicUrl"), "downloadable": yes(row.get("downloadable")), "converted": yes(row.get("converted")),
        "deleted": yes(row.get("isDeleted")), "deleted_at": row.get("deleted_at"), "created_at": row.get("created_at"),
        "service_id": row.get("serviceId"), "session": row.get("session"), "uploader": _person(row.get("uploader")), "remover": _person(row.get("remover")),
    }


class FileInfo(AlocomInfo):
    name = "file_info"
    returns = "files"
    selectors = ("event", "service")
    options = {
        "event": {"type": "str"},
        "service": {"type": "str"},
        "title": {"type": "str"},
        "recordings_only": {"type": "bool", "default": False},
    }
    constraints = {"mutually_exclusive": [("event", "service")], "required_one_of": [("event", "service")]}

    def read(self, client, params, host):
        asked = filters(params, title="title")
        if params.get("recordings_only"):
            asked["flag"] = "record"
        if params.get("event"):
            place = "events/%s/files" % find_event(client, params["event"])
        else:
            place = "agent-services/%s/files" % service_id(find_service(client, params["service"]))
        rows = client.pages("list files", place, asked, ("files",), shapes.FILE, identify=lambda row: row.get("_id"))
        if params.get("recordings_only"):
            rows = [row for row in rows if row.get("flag") in (None, "record")]
        return [_file(row) for row in rows if holds(params.get("title"), row.get("title"))]


FILE_INFO = FileInfo()
