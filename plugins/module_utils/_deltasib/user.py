# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Subscribers: made, never edited or removed by this service (vendor page 3.1)."""

from __future__ import annotations

from .._core.errors import ApiError, ConflictError, UnknownOutcome
from .._core.http.transport import Effect
from .._core.state.resource import Field, Resource
from .client import INVALID, NOT_FOUND, DeltaSibClient
from .subscriber import USERNAME, all_users, find_users, up_to

_LENGTH = 32


class UserResource(Resource):
    vendor = "deltasib"
    client = DeltaSibClient
    connection = DeltaSibClient.connection
    name = "user"
    plural = "users"
    key = ("username",)
    fields = (
        USERNAME,
        Field("password", "code", clearable=False, write_only=True, resend="update_password", secret=True, required_on_create=True, check=up_to(_LENGTH)),
        Field("name", create_only=True, check=up_to(_LENGTH)),
        Field("family", create_only=True, check=up_to(_LENGTH)),
    )
    states = ("present",)
    controls = {"update_password": {"type": "str", "choices": ["on_create", "always"], "default": "on_create", "no_log": False}}
    public = ("id", "address")
    reading = "keys"
    # A full request of names.
    shares_from = 100

    def read(self, client, asked):
        if asked.everything:
            return all_users(client)
        failed: dict = {}
        found = find_users(client, [desired.given["username"] for desired in asked.wanted], failed)
        asked.fail_by(failed, lambda desired: [desired.given["username"].lower()])
        return list(found.values())

    def search(self, client, desired):
        return self.look(client, [desired])

    def drift(self, field, current, given, after):
        return "%s of subscriber %s is %r and not %r: the service cannot change it, so change it in the panel of DeltaSib (or here)" % (
            field.name, after["username"], current, given)

    def create(self, client, change):
        try:
            client.write("add user", "POST", "user", "add", Effect.CREATE, {
                "Username": change.after["username"], "Password": change.after["password"],
                "Name": change.after.get("name") or None, "Family": change.after.get("family") or None})
        except ApiError as error:
            # The document has no code of its own for a username that is taken: whoever looks finds out.
            if error.code in (INVALID, NOT_FOUND):
                raise ConflictError(error.message, vendor=self.vendor, operation=error.operation, http_status=error.http_status, code=error.code,
                                    name=error.name) from None
            raise
        return {}

    def update(self, client, change):
        """Set the password with a call that is not in the vendor's document; only ``update_password: always`` leads here."""
        values = {"Username": change.before["username"], "Password": change.after["password"]}
        try:
            client.write("edit user", "PUT", "user", "edit", Effect.REPLACE, values)
        except UnknownOutcome as lost:
            # The same password again is harmless, and nothing can be read back.
            if not lost.settled:
                raise
            client.write("edit user", "PUT", "user", "edit", Effect.REPLACE, values)
        return {}


USER = UserResource()
