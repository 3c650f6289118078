# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Organization spaces (services 9, 10, 11 and 16)."""

from __future__ import annotations

from .._core.errors import ApiError
from .._core.http.transport import Effect
from .._core.state.resource import Field, Resource
from .._core.text.letters import normal
from .client import PodspaceClient, organization_hash

_MAY_BE_GONE = (4, 78, 101)


class OrganizationResource(Resource):
    vendor = "podspace"
    client = PodspaceClient
    connection = PodspaceClient.connection
    name = "organization"
    plural = "organizations"
    key = ("name",)
    id_option = "hash"
    rename_option = "rename_from"
    public = ("hash",)
    reading = "list"
    # Nothing says that a name is there only once.
    on_lost_create = "look"
    fields = (
        Field("name", clearable=False),
        Field("description"),
    )

    def prepare(self, client, asked):
        client.need("get_user_organizations")
        for desired in asked.wanted:
            if desired.state == "absent":
                client.need("remove_organization")
                continue
            if not desired.id:
                client.need("create_organization")
            if desired.id or desired.old or "description" in desired.given:
                client.need("edit_organization")

    def read(self, client, asked):
        client.forget_organizations()
        # Two spaces may have one name, so a list whose end is uncertain is read to its end.
        return [dict(row) for row in client.organizations()]

    def create(self, client, change):
        told = client.service("create_organization", Effect.CREATE, name=change.after["name"], description=change.after.get("description") or None)
        client.forget_organizations()
        made = told.payload
        found = organization_hash(made) if isinstance(made, dict) else made
        if not isinstance(found, str) or not found:
            # Made, but its hash was not told: look.
            found = next((row["hash"] for row in client.organizations() if normal(row["name"] or "") == normal(change.after["name"])), None)
        change.after.update(id=found)
        return {"hash": found}

    def update(self, client, change):
        # The call takes the whole space, so what is not to change is sent as it was; what nobody knows is left out.
        client.service("edit_organization", Effect.REPLACE, hash=self.id_of(client, change), name=change.after["name"],
                       description=change.after.get("description"))
        client.forget_organizations()

    def delete(self, client, change):
        number = self.id_of(client, change)
        client.forget_organizations()
        try:
            client.service("remove_organization", Effect.REPLACE, hash=number)
        except ApiError as error:
            # For a space that is gone (a request repeated after a lost answer) the document has no code of its own.
            if error.code not in _MAY_BE_GONE or any(row["hash"] == number for row in client.organizations()):
                raise


ORGANIZATION = OrganizationResource()
