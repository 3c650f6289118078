# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading spaces, their people, and shares (services 6 to 8, 15 and 16)."""

from __future__ import annotations

from .._core.http.parallel import results
from .._core.task.job import Info
from .._core.text.letters import normal
from . import names
from .client import PodspaceClient
from .member import members_of
from .names import pick
from .persons import identities, identity
from .share import current, is_entity, kind_of, shown_entity


class PodspaceInfo(Info):
    vendor = "podspace"
    client = PodspaceClient
    connection = PodspaceClient.connection


class OrganizationInfo(PodspaceInfo):
    name = "organization_info"
    returns = "organizations"
    options = {"name": {"type": "str"}, "hash": {"type": "str"}, "with_members": {"type": "bool", "default": False}}

    def read(self, client, params, host):
        client.need("get_user_organizations", *(["get_list_of_collaborator"] if params["with_members"] else []))
        found = [{"hash": row["hash"], "name": row["name"], "description": row["description"], "role": row["role"]} for row in client.organizations()
                 if params["hash"] in (None, row["hash"]) and (params["name"] is None or normal(row["name"] or "") == normal(params["name"]))]
        if params["with_members"]:
            outcomes = client.map(lambda row: members_of(client, row), found)
            for row, people in zip(found, results(outcomes, lambda row: row["name"], found)):
                row["members"] = people
        return found


class ShareInfo(PodspaceInfo):
    name = "share_info"
    returns = "shares"
    options = {"folder_hash": {"type": "str"}, "file_hash": {"type": "str"}, "shared_with_me": {"type": "bool"}, "person": {"type": "str"},
               "public": {"type": "bool"}, "inherited": {"type": "bool"}}
    constraints = {"required_one_of": [("folder_hash", "file_hash", "shared_with_me")], "mutually_exclusive": [("folder_hash", "file_hash", "shared_with_me")]}

    def read(self, client, params, host):
        operation, values = self._source(params)
        if operation is None:
            return []
        client.need(operation)
        size = 500 if operation == "get_share_with_me" else None
        rows = client.listing(operation, lambda row: names.told_apart(row, names.SHARE_HASH), size=size, **values)
        asked = next(iter(values.values()), None)
        return [share for share in (self.shown(row, asked, operation) for row in rows) if self._wanted(share, params)]

    @staticmethod
    def _source(params):
        for name, operation in (("folder_hash", "get_folder_shares_list"), ("file_hash", "get_file_shares_list")):
            if params[name] is not None:
                return operation, {name: params[name].strip()}
        return ("get_share_with_me", {}) if params["shared_with_me"] else (None, {})

    @staticmethod
    def shown(row, asked, operation):
        entity: dict = next((row[name] for name in names.ENTITY if isinstance(row.get(name), dict)), {})
        if asked is None and is_entity(row):
            return shown_entity(row, operation)
        made = current(row, "entity_hash", asked, operation)
        made.pop("id")
        kind = entity.get("type")
        made.update(public=made.get("public", False), entity_hash=pick(entity, names.HASH) or pick(row, names.ENTITY_HASH) or asked,
                    entity_name=pick(entity, names.NAME), entity_kind=kind_of(kind))
        if asked is None:
            made.pop("inherited_from")
        return made

    @staticmethod
    def _wanted(share, params):
        if params["public"] is not None and share["public"] is not params["public"]:
            return False
        if params["inherited"] is not None and bool(share.get("inherited_from")) is not params["inherited"]:
            return False
        return params["person"] is None or identity(params["person"]) in identities(share)


ORGANIZATION_INFO = OrganizationInfo()
SHARE_INFO = ShareInfo()
