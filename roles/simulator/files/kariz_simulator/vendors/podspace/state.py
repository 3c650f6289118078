# SPDX-License-Identifier: GPL-3.0-or-later
"""The server's data, with the few rules which must never be broken whoever changes them."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

ROLES = ("GUEST", "MAINTAINER", "OWNER")
LEVELS = ("view", "edit")
FOLDER_TYPE = "application/vnd.podspace.folder"
_MOBILE = re.compile(r"^(?:\+98|0098|98|0)?(9\d{9})$")

Row = dict[str, Any]


class State:
    """Persons by username, everything else by hash, in the order they were made."""

    def __init__(self, settings: Row) -> None:
        self.settings = settings
        self.account = ""
        self.token_void = False
        self.persons: dict[str, Row] = {}
        self.organizations: dict[str, Row] = {}
        self.entities: dict[str, Row] = {}
        self.shares: dict[str, Row] = {}
        self.plans: list[Row] = []
        self.plan = 0
        self.used = 0
        self.invoices: list[Row] = []
        self._last = 0
        self._identities: dict[str, str] = {}

    def hash(self) -> str:
        """Sixteen letters and digits like the vendor's; the same in every run."""
        self._last += 1
        return base64.b32encode(hashlib.sha1(f"podspace{self._last}".encode()).digest()).decode()[:16]

    # People

    def fold(self, text: str) -> str:
        mobile = _MOBILE.match(text)
        if mobile:
            return mobile.group(1)
        return text if self.settings["persons_case"] == "sensitive" else text.casefold()

    def person(self, text: str) -> Row | None:
        """Somebody by username, mobile number or e-mail."""
        found = self._identities.get(self.fold(text))
        return self.persons[found] if found is not None else None

    def add_person(self, username: str, name: str = "", cellphone: str | None = None, email: str | None = None) -> Row:
        if self.settings["persons_case"] == "lower":
            username = username.lower()
        row = {"username": username, "name": name, "cellphoneNumber": cellphone, "email": email, "ssoId": 12_000_000 + len(self.persons)}
        self.persons[username] = row
        for text in (username, cellphone, email):
            if text:
                self._identities[self.fold(text)] = username
        return row

    # Spaces

    def add_organization(self, name: str, description: str, owner: str) -> Row:
        row: Row = {"hash": self.hash(), "name": name, "description": description, "bytes": self.settings["organization_bytes"], "members": {owner: "OWNER"}}
        self.organizations[row["hash"]] = row
        self.used += row["bytes"]
        # A space is a folder too: it is what its members see.
        row["folder"] = self.add_entity(name, owner=owner, organization=row["hash"])["hash"]
        return row

    def remove_organization(self, row: Row) -> None:
        self.used -= row["bytes"]
        for entity in [item for item in self.entities.values() if item["organization"] == row["hash"]]:
            self.remove_entity(entity)
        del self.organizations[row["hash"]]

    # Folders, files, shares

    def add_entity(self, name: str, folder: bool = True, parent: str | None = None, owner: str | None = None, organization: str | None = None) -> Row:
        row = {
            "hash": self.hash(),
            "name": name,
            "folder": folder,
            "parent": parent,
            "owner": owner or self.account,
            "organization": organization or (self.entities[parent]["organization"] if parent else None),
        }
        self.entities[row["hash"]] = row
        return row

    def remove_entity(self, row: Row) -> None:
        self.shares = {key: share for key, share in self.shares.items() if share["entity"] != row["hash"]}
        self.entities.pop(row["hash"], None)

    def line(self, entity: Row) -> Iterator[Row]:
        """A folder or file, then its parents up to the root."""
        row: Row | None = entity
        while row is not None:
            yield row
            row = self.entities.get(row["parent"]) if row["parent"] else None

    def shares_of(self, entity: Row) -> list[Row]:
        """Its shares, those inherited from the folders above it included."""
        line = [row["hash"] for row in self.line(entity)]
        return [share for share in self.shares.values() if share["entity"] in line]

    def direct(self, entity: Row, person: str | None) -> Row | None:
        """The share of this very thing with this person (None: with everybody)."""
        return next((share for share in self.shares.values() if share["entity"] == entity["hash"] and share["person"] == person), None)

    def add_share(self, entity: Row, person: str | None, level: str = "view", expiration: date | None = None) -> Row:
        row: Row = {
            "hash": self.hash(), "entity": entity["hash"], "person": person, "level": level,
            "expiration": expiration.isoformat() if expiration else None, "password": None,
        }
        self.shares[row["hash"]] = row
        return row

    def own_plan(self) -> Row:
        return next(row for row in self.plans if row["id"] == self.plan)
