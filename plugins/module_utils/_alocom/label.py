# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels of users: a title and nothing else (vendor page, Labels)."""

from __future__ import annotations

from .._core.http.transport import Effect
from .._core.state import planner
from .._core.state.resource import Field, Resource
from .._core.text.letters import normal
from . import shapes
from .client import AlocomClient, made
from .user import USER


class LabelResource(Resource):
    vendor = "alocom"
    client = AlocomClient
    connection = AlocomClient.connection
    name = "label"
    plural = "labels"
    key = ("title",)
    id_option = "id"
    rename_option = "rename_from"
    numbered = True
    fields = (Field("title", clearable=False),)
    used_by = ("users",)
    keeps_used = True
    purgeable = True
    reading = "list"
    # Titles of labels may repeat.
    on_lost_create = "look"

    def read(self, client, asked):
        client.forget_labels()
        return [{"id": row["id"], "title": row.get("title")} for row in client.labels()]

    def create(self, client, change):
        answer = client.post("create label", "labels/", {"title": change.after["title"]}, Effect.CREATE)
        client.forget_labels()
        return {"id": made(answer, "label")[0]}

    def update(self, client, change):
        client.patch("update label", "labels/%s" % self.id_of(client, change), {"title": change.after["title"]})
        client.forget_labels()

    def delete(self, client, change):
        client.delete("delete label", "labels/%s" % self.id_of(client, change))
        client.forget_labels()

    def in_use(self, client, going):
        return [users and "%d users have it (%s)" % (len(users), planner.few(users, 5)) for users in self._users_of(client, going)]

    def _users_of(self, client, going):
        """Users as they would be: with the labels that an earlier task foretells, without those it removes."""
        # By their ids; what is foretold of users names labels by their titles.
        held = {str(row["id"]): (row["username"], row["held"]) for row in (
            USER.current(client, row) for row in client.pages("list users", "users/index", {}, ("users",), shapes.USER))}
        for number, one in enumerate(client.memory.foretold.of("users")):
            place = str(one.get("id") or "new %d" % number)
            if one["action"] == planner.DELETED:
                held.pop(place, None)
            elif "labels" in one:
                held[place] = (one.get("username") or place, [(title, None) for title in one["labels"] or ()])
        by_id: dict = {}
        by_title: dict = {}
        for username, labels in held.values():
            for title, number in labels:
                (by_title if number is None else by_id).setdefault(normal(title) if number is None else str(number), []).append(username)
        return [by_id.get(str(change.before["id"]), []) + by_title.get(normal(change.before["title"] or ""), []) for change in going]


LABEL = LabelResource()
