# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading users."""

from __future__ import annotations

from .._core.errors import NotFoundError, UsageError
from .._core.text.letters import normal
from . import shapes
from .reading import AlocomInfo, filters, holds, in_path, read_each
from .user import USER


class UserInfo(AlocomInfo):
    name = "user_info"
    returns = "users"
    selectors = ("id", "username")
    options = {
        "username": {"type": "str"},
        "id": {"type": "str"},
        "username_contains": {"type": "str"},
        "name": {"type": "str"},
        "surname": {"type": "str"},
        "labels": {"type": "list", "elements": "str"},
        "with_details": {"type": "bool", "default": False},
    }
    constraints = {"mutually_exclusive": [
        *(("id", name) for name in ("username", "username_contains", "name", "surname", "labels")), ("username", "username_contains")]}

    def read(self, client, params, host):
        if params.get("id"):
            return self._by_id(client, params["id"])
        asked = filters(params, username="username", username_contains="username", name="name", surname="surname")
        titles = set()
        if params.get("labels"):
            asked["labels"], titles = self._labels(client, params["labels"])
        key = USER.key_of(params) if params.get("username") else None

        options = {"username_contains": "username", "name": "name", "surname": "surname"}
        parts = [(params[option], field) for option, field in options.items() if params.get(option)]

        def wanted(row):
            return self._shown(client, row) if all(holds(part, row.get(field)) for part, field in parts) else None
        # Each page is made what users get while the ones after it are on their way.
        rows = map(wanted, self._named(client, asked, key)) if key else client.pages("list users", "users/index", asked, ("users",), shapes.USER, made=wanted)
        found = [user for user in rows if user is not None]
        if titles:
            found = [user for user in found if titles.intersection(normal(title) for title in user["labels"])]
        if params.get("with_details"):
            found = read_each(client, lambda user: self._without_ids(USER.detail(client, user, None)), found, USER.label_of)
        return found

    @classmethod
    def _shown(cls, client, row):
        return cls._without_ids(USER.current(client, row))

    @staticmethod
    def _without_ids(user):
        """Under which ids labels are held matters to whoever writes."""
        user.pop("held", None)
        return user

    @staticmethod
    def _named(client, asked, key):
        """Return the row of one username in a list: the very name, or on servers that lower usernames the one that differs in case alone."""
        folded = key[0].casefold()
        rows: list = []
        for text in dict.fromkeys((asked.get("username"), asked.get("username") and asked["username"].lower())):
            named = dict(asked, username=text) if text else asked
            rows += client.pages("list users", "users/index", named, ("users",), shapes.USER, lambda page: any(USER.key_of(row) == key for row in page))
            alike = {row["id"]: row for row in rows if USER.key_of(row)[0].casefold() == folded}
            exact = [row for row in alike.values() if USER.key_of(row) == key]
            if alike:
                return exact or (list(alike.values()) if len(alike) == 1 else [])
        return []

    @classmethod
    def _by_id(cls, client, number):
        try:
            row = client.detail("get user", "users/%s" % in_path(number), shapes.USER, "user")
        except NotFoundError:
            return []
        return [cls._shown(client, dict({"email": None, "status": 1}, **row))]

    @staticmethod
    def _labels(client, wanted):
        """Return the ids to ask for and the titles to look for.

        :raises UsageError: there is no such label.
        """
        known = client.label_ids()
        missing = [title for title in wanted if normal(title) not in known]
        if missing:
            raise UsageError("labels: there is no label %s" % client.near_labels(missing), vendor=client.vendor, operation="label list", code="not_found",
                             hint="alocom_label_info lists them")
        return [number for title in wanted for number in known[normal(title)]], {normal(title) for title in wanted}


USER_INFO = UserInfo()
