# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is online, and ending it."""

from __future__ import annotations

from typing import Any

from ...messages import Call
from . import texts, where
from .handlers import handlers
from .lists import listed, refused, starred
from .shapes import picked

FIELDS = ["Online_RadiusUser_Id", "User_Id", "Nas_Id", "NasPortId"]


@handlers.on("radius.list")
def index(vendor: Any, call: Call) -> Any:
    rows = listed(vendor, call, vendor.state.sessions.values(), FIELDS)
    return picked(rows, starred(vendor, call, FIELDS), vendor.settings["calendar"])


@handlers.on("radius.disconnect")
def disconnect(vendor: Any, call: Call) -> Any:
    """Ends every session the filter matches, however many that are."""
    try:
        test = where.compiled(str(call.query["Filter"]), FIELDS)
    except where.BadFilter as error:
        raise refused(texts.INVALID, f"You have an error in your Filter {error}") from None
    ended = [row for row in vendor.state.sessions.values() if test(row)]
    if not ended and vendor.settings["disconnect_nobody"] == "error":
        raise refused(texts.INVALID, "no user was queued")
    for row in ended:
        del vendor.state.sessions[row["Online_RadiusUser_Id"]]
    vendor.state.disconnected += ended
    return {"status": 1}
