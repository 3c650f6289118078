# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels of users: a title and nothing else (vendor page, Labels)."""

from __future__ import annotations

from .._core.http.transport import Effect
from .._core.state.resource import Field, Resource
from .client import AlocomClient, made


class LabelResource(Resource):
    vendor = "alocom"
    client = AlocomClient
    connection = AlocomClient.connection
    name = "label"
    plural = "labels"
    key = ("title",)
    id_option = "id"
    numbered = True
    fields = (Field("title", clearable=False),)
    purgeable = True
    reading = "list"
    # Titles of labels may repeat.
    on_lost_create = "look"

    def read(self, client, wanted, everything):
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


LABEL = LabelResource()
