# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The status of a subscriber. Setting the one he has already is an error at the vendor, so it is always compared first."""

from __future__ import annotations

from .._core.errors import ApiError, PanelError
from .._core.http.answers import Shape, strange
from .._core.http.transport import Effect
from .._core.state.planner import CREATED, UNCHANGED
from .._core.state.resource import Field
from .._core.text.letters import EDGES, digits, is_whole, normal
from .client import INVALID, named, required, rows_in, text
from .subscriber import USER_ID, USERNAME, OfSubscriber, is_missing


class StatusField(Field):
    """A status by name or, when it is a number, by id."""

    def clean(self, value):
        return str(value).strip(EDGES)

    def normal(self, value):
        return None if value in (None, "") else normal(digits(value)).casefold()


def status_id(value):
    """Return the id that a status option gives, or None for a name."""
    return int(digits(value)) if is_whole(value) else None


SHAPE = Shape("status_id", "status_name", flat=True)


def read_status(client, owner):
    """Return ``(id, name)`` of the status of a subscriber, named by ``{"Username": ...}`` or ``{"User_Id": ...}``."""
    rows = SHAPE.all(rows_in(client.get("read status", "user.status", "currentstatus", owner), "read status"), "read status", client.vendor)
    if len(rows) != 1:
        raise PanelError("read status: %d rows for one subscriber" % len(rows), vendor="deltasib", operation="read status", code="bad_answer")
    told, name = rows[0].get("status_id"), rows[0].get("status_name")
    return (None if told in (None, "") else required(rows[0], "status_id", "read status"),
            None if text(name) is None else named(rows[0], "status_name", "read status"))


class UserStatusResource(OfSubscriber):
    name = "user"
    module = "deltasib_user_status"
    plural = "users"
    key = ("username", "user_id")
    fields = (USERNAME, USER_ID, StatusField("status", "str", clearable=False))
    states = ("present",)
    public = ("status_id", "status_name")

    def read(self, client, asked):
        groups = [[desired] for desired in asked.wanted]
        return [row for _group, row in self.each(client, lambda desired: self._one(client, desired), asked, groups) if row is not None]

    def _one(self, client, desired):
        owner = self.named(desired)
        try:
            found = read_status(client, sent(owner))
        except ApiError as error:
            # The document has no code for "no such subscriber" alone; the list of subscribers decides.
            if is_missing(error) and not self.owner_exists(client, owner):
                return None
            raise
        wants_id = "status" in desired.given and status_id(desired.given["status"]) is not None
        status = found[0] if wants_id else found[1]
        if status is None:
            # Not to be told from another status: it would be set, and he may have it already.
            raise strange("read status", client.vendor, "status_id" if wants_id else "status_name", status, "a row")
        return dict(owner, status=str(status), status_id=found[0], status_name=found[1])

    def resolve_references(self, client, change, unsure):
        super().resolve_references(client, change, unsure)
        if change.action == CREATED and "status" not in change.after:
            # Of him who is about to be made, the status will only be read.
            change.action = UNCHANGED
        if change.changed:
            # Of the new status only what the item says is known; the rest would be one more read for every subscriber.
            wanted = change.after["status"]
            number_wanted = status_id(wanted)
            change.after.update(status_id=number_wanted, status_name=wanted if number_wanted is None else None)

    def create(self, client, change):
        raise AssertionError("a subscriber who is not there was refused before")

    def update(self, client, change):
        owner = sent(self.named(change.desired))
        wanted = change.after["status"]
        number_wanted = status_id(wanted)
        values = dict(owner, **({"Status_Name": wanted} if number_wanted is None else {"Status_Id": number_wanted}))
        try:
            # A repeated one would be refused ("already has this status"), so the transport does not repeat it: a look comes first.
            client.write("set status", "PUT", "user.status", "add", Effect.CREATE, values)
        except ApiError as error:
            if error.code != INVALID or not self._is_set(client, owner, wanted):
                raise
        return {}

    def _is_set(self, client, owner, wanted):
        found = read_status(client, owner)
        return self.field("status").same(str(found[0]) if status_id(wanted) is not None else found[1], wanted)


def sent(owner):
    """Return a subscriber in the vendor's names."""
    return {"Username": owner["username"]} if "username" in owner else {"User_Id": owner["user_id"]}


USER_STATUS = UserStatusResource()
