# SPDX-License-Identifier: GPL-3.0-or-later
"""The server's data, with the few rules which must never be broken whoever changes them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

AGENT_ID = 20
LINKS = "https://class.kavano.org"
ROLES = ("participant", "assistant", "teacher")

Row = dict[str, Any]


class State:
    """Objects by id, in the order they were made. Users and events have an index by their natural key too."""

    def __init__(self, settings: Row) -> None:
        self.settings = settings
        self.account: Row = {}
        self.services: dict[int, Row] = {}
        self.offers: list[Row] = []
        self.labels: dict[int, Row] = {}
        self.users: dict[int, Row] = {}
        self.events: dict[int, Row] = {}
        self.files: list[Row] = []
        self.attendances: dict[str, Row] = {}
        self.visits: list[Row] = []
        self.tokens: dict[str, float | None] = {}
        self.pending_import: list[Row] | None = None
        self.fixed_token_void = False
        self._usernames: dict[str, int] = {}
        self._slugs: dict[str, int] = {}
        self._last = {"labels": 8, "users": 147, "events": 52, "enrolments": 294, "hex": 0, "tokens": 0}

    def number(self, kind: str) -> int:
        self._last[kind] += 1
        return self._last[kind]

    def hex_id(self, kind: str) -> str:
        """A 24-digit id like the vendor's second system gives; the same in every run."""
        return hashlib.sha1(f"{kind}{self.number('hex')}".encode()).hexdigest()[:24]

    # Users

    def fold(self, username: str) -> str:
        """The username the way the server tells two apart."""
        return username if self.settings["username_case"] == "sensitive" else username.casefold()

    def kept(self, username: str) -> str:
        return username.lower() if self.settings["username_case"] == "lower" else username

    def user_named(self, username: str) -> Row | None:
        found = self._usernames.get(self.fold(username))
        return self.users[found] if found is not None else None

    def add_user(self, values: Row, number: int | None = None) -> Row:
        username = self.kept(values["username"])
        row: Row = {
            "id": number if number is not None else self.number("users"),
            "agent_id": AGENT_ID,
            "name": values["name"],
            "surname": values["surname"],
            "username": username,
            "cellphone": values.get("cellphone") or None,
            "email": values.get("email") or None,
            "status": int(values.get("status", 1)),
            "unlimited": None,
            "alocom_id": self.hex_id("user"),
            "labels": list(dict.fromkeys(values.get("labels") or ())),
            "password": values.get("password") or f"{username}@123",
        }
        self.users[row["id"]] = row
        self._usernames[self.fold(username)] = row["id"]
        return row

    def rename_user(self, row: Row, username: str) -> None:
        if self._usernames.get(self.fold(row["username"])) == row["id"]:
            del self._usernames[self.fold(row["username"])]
        row["username"] = self.kept(username)
        self._usernames[self.fold(username)] = row["id"]

    def remove_user(self, row: Row) -> None:
        for event in self.events.values():
            event["members"].pop(row["id"], None)
        if self._usernames.get(self.fold(row["username"])) == row["id"]:
            del self._usernames[self.fold(row["username"])]
        del self.users[row["id"]]

    # Labels

    def add_label(self, title: str, number: int | None = None) -> Row:
        row: Row = {"id": number if number is not None else self.number("labels"), "title": title, "agent_id": AGENT_ID, "deleted_at": None}
        self.labels[row["id"]] = row
        return row

    def label_titled(self, title: str) -> Row | None:
        return next((row for row in self.labels.values() if row["title"] == title), None)

    def label_in_use(self, number: int) -> bool:
        return any(number in user["labels"] for user in self.users.values())

    def remove_label(self, row: Row) -> None:
        for user in self.users.values():
            if row["id"] in user["labels"]:
                user["labels"].remove(row["id"])
        del self.labels[row["id"]]

    # Events and their members

    def event_slugged(self, slug: str) -> Row | None:
        found = self._slugs.get(slug)
        return self.events[found] if found is not None else None

    def add_event(self, values: Row, number: int | None = None, *, kind: str = "educational", running: bool = False) -> Row:
        row: Row = {
            "id": number if number is not None else self.number("events"),
            "agent_id": AGENT_ID,
            "agent_service_id": values["agent_service_id"],
            "title": values["title"],
            "slug": values["slug"],
            "enabled": bool(values.get("status", 1)),
            "start_by_admin": int(values.get("start_by_admin", 0)),
            "guest_access": int(values.get("guest_access") or 0),
            "guest_count": values.get("guest_count") or 0,
            "guest_code": codes(values.get("guest_code")),
            "back_link": values.get("back_link") or None,
            "kind": kind,
            "running": running,
            "alocom_id": self.hex_id("event"),
            "members": {},
        }
        self.events[row["id"]] = row
        self._slugs[row["slug"]] = row["id"]
        return row

    def change_slug(self, row: Row, slug: str) -> None:
        self._slugs.pop(row["slug"], None)
        row["slug"] = slug
        self._slugs[slug] = row["id"]

    def remove_event(self, row: Row) -> None:
        self._slugs.pop(row["slug"], None)
        del self.events[row["id"]]
        self.files = [item for item in self.files if item["event"] != row["id"]]
        self.attendances = {key: item for key, item in self.attendances.items() if item["event"] != row["id"]}

    def event_status(self, row: Row) -> str:
        if self.services[row["agent_service_id"]]["status"] == "expired":
            return "expired"
        return "active" if row["enabled"] else "inactive"

    def event_link(self, row: Row) -> str:
        kind = self.services[row["agent_service_id"]]["type"]
        tail = row["slug"] if self.settings["slug_in_link"] else row["alocom_id"][:8]
        return f"{LINKS}/{kind}/{self.account['username']}/{tail}"

    def enrol(self, event: Row, userid: int, role: str) -> Row:
        """Put a user into an event, or change the role of one who is there."""
        member: Row | None = event["members"].get(userid)
        if member is None:
            member = event["members"][userid] = {"id": self.number("enrolments"), "userid": userid, "role": role}
        member["role"] = role
        return member

    def replace_members(self, event: Row, wanted: Iterable[Row]) -> None:
        """The list becomes exactly this one; who stays keeps the enrolment."""
        roles = {item["userid"]: item["role"] for item in wanted}
        event["members"] = {userid: member for userid, member in event["members"].items() if userid in roles}
        for userid, role in roles.items():
            self.enrol(event, userid, role)

    def busy(self, userid: int) -> bool:
        return any(event["running"] and userid in event["members"] for event in self.events.values())

    # Lists

    def ordered(self, rows: dict[Any, Row]) -> Iterator[Row]:
        return reversed(rows.values()) if self.settings["order"] == "newest" else iter(rows.values())

    def page(self, rows: Iterable[Row], body: Row) -> list[Row]:
        take = body["take"] if self.settings["take_max"] is None else min(body["take"], self.settings["take_max"])
        return list(islice(rows, body["skip"], body["skip"] + take))

    def counted(self, shown: list[Row], rows: Iterable[Row]) -> Row:
        """What a list of users or events says beside its page, right or not: `list_total`. `rows` are all of them."""
        how = self.settings["list_total"]
        if how == "absent":
            return {}
        count = sum(1 for _row in rows)
        return {"meta": {"total_count": {"right": count, "zero": 0, "page": len(shown), "more": 3 * count + 500, "fewer": count // 2}[how]}}

    def matches(self, wanted: str | None, value: str | None) -> bool:
        """One text filter of a list. Empty filters count as not given."""
        if not wanted or self.settings["filter"] == "ignored":
            return True
        if self.settings["filter"] == "exact":
            return wanted == value
        return wanted.casefold() in (value or "").casefold()


def codes(value: Any) -> list[str]:
    """Guest codes as a list: the vendor takes a list in one place and a single text in another."""
    if not value:
        return []
    return [value] if isinstance(value, str) else list(value)
