# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All subscribers with what belongs to them, for the inventory: lists where the service has them, one request each where it has not."""

from __future__ import annotations

from .._core.calendar import dates
from .._core.errors import ApiError, BadAnswerError
from .._core.http.parallel import results
from .credit import called, credit_of, credits_in_one_list
from .credit import credit as empty_credit
from .session import sessions
from .status import read_status
from .subscriber import all_users

#: Of the credit, what a host carries; its own name and id stand there already.
_LEFT_OUT = ("username", "user_id", "fields")


def subscribers(client, host, with_service, with_status, with_sessions, filter):  # pylint: disable=redefined-builtin
    """Return ``[{"id", "username", ...}]`` of all subscribers that meet the filter."""
    found = all_users(client, filter or None)
    if with_service:
        dates.warn_if_lacking(host)
        _add_credit(client, host, found)
    if with_status:
        statuses = client.map(lambda one: read_status(client, {"User_Id": one["id"]}), found)
        for one, status in zip(found, results(statuses, called, found)):
            one.update(status_id=status[0], status=status[1])
    if with_sessions:
        online: dict = {}
        for session in sessions(client):
            online.setdefault(session["user_id"], []).append({name: session[name] for name in ("id", "nas_id", "nas_port_id")})
        for one in found:
            one["sessions"] = online.get(one["id"], [])
    return found


def _add_credit(client, host, found):
    known = {}
    if len(found) > 2:
        try:
            known = credits_in_one_list(client, found)
        except (ApiError, BadAnswerError) as refused:
            host.note("the server does not list the credit of all subscribers (%s): one request for each" % refused.message)
    alone = [one for one in found if one["id"] not in known]
    credits = results(client.map(lambda one: credit_of(client, one), alone), called, alone)
    known.update(zip((one["id"] for one in alone), credits))
    for one in found:
        # Whoever has none has the same variables, empty: a template works for everybody.
        credit = known[one["id"]] or empty_credit({}, one)
        one.update({name: value for name, value in credit.items() if name not in _LEFT_OUT})
