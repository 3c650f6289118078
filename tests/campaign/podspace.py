# SPDX-License-Identifier: GPL-3.0-or-later
"""Worlds of POD Space: organization spaces, their people, shares of a folder."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from worlds import ITEM_SECRET, Item, Wish, World, chance, some

SETTINGS = {"inner": ("text", "object"), "error_level": ("inner", "status", "outer"), "error_code_type": ("number", "text"),
            "list_style": ("bare", "list", "nested", "named"), "count": ("inner", "outer", "absent"), "organization_id": ("hash", "organization"),
            "create_answer": ("organization", "hash", "object", "nested", "empty"), "share_answer": ("object", "hash", "empty"),
            "person_style": ("person", "user", "flat"), "role_field": ("type", "role"), "role_case": ("upper", "lower"), "level_case": ("lower", "upper"),
            "share_type": ("type", "flag"), "entity_style": ("object", "hash", "absent"), "date_style": ("dash", "slash", "time", "epoch"),
            "page_max": (None, 10)}
PEOPLE = ("z.karimi", "a.mohammadi", "m.hosseini", "h.rezaei")


def nothing(vendor: Any, rng: random.Random) -> None:
    """The seed is the start."""


def wish_spaces(vendor: Any, rng: random.Random) -> Wish:
    items = []
    for name in some(rng, sorted(vendor.spaces()), 0, 2) + some(rng, ["مالی نو", "Legal", "انبار"], 0, 3):
        if chance(rng, 0.25):
            items.append(Item(name, {"name": name, "state": "absent"}, there=False))
        else:
            wanted = {"description": rng.choice(["قراردادها", "papers & more"])} if chance(rng, 0.5) else {}
            items.append(Item(name, {"name": name, **wanted}, wanted))
    return Wish(items)


def spaces(vendor: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(row["name"], {"description": row["description"]}) for row in vendor.dump()["organizations"]]


def wish_members(vendor: Any, rng: random.Random) -> Wish:
    space = rng.choice(sorted(vendor.spaces()))
    items = []
    for person in some(rng, list(PEOPLE), 1, 4):
        if chance(rng, 0.3):
            items.append(Item("%s %s" % (space, person), {"person": person, "state": "absent"}, there=False))
        else:
            role = rng.choice(["guest", "maintainer"])
            items.append(Item("%s %s" % (space, person), {"person": person, "role": role}, {"role": role}))
    purge = chance(rng, 0.3)
    return Wish(items, {"organization": space, **({"purge": True, "purge_limit": 100} if purge else {})},
                (lambda key, fields: key.startswith(space + " ") and fields["role"] != "owner") if purge else None)


def members(vendor: Any) -> list[tuple[str, dict[str, Any]]]:
    return [("%s %s" % (row["name"], person), {"role": role.lower()}) for row in vendor.dump()["organizations"] for person, role in row["members"].items()]


def shares_of(name: str, option: str) -> Callable[[Any, random.Random], Wish]:
    """A wish for the shares of the folder or file of this name, which the task names in this option."""

    def wish(vendor: Any, rng: random.Random) -> Wish:
        place = vendor.entity(name)
        items = []
        for person in some(rng, list(PEOPLE), 1, 3):
            if chance(rng, 0.3):
                items.append(Item("%s %s" % (place, person), {"person": person, "state": "absent"}, there=False))
            else:
                level = rng.choice(["view", "edit"])
                items.append(Item("%s %s" % (place, person), {"person": person, "level": level, "expiration": "2035-12-31"}, {"level": level}))
        if chance(rng, 0.3):
            items.append(Item("%s None" % place, {"public": True, "expiration": "2035-12-31", "password": ITEM_SECRET}))
        purge = chance(rng, 0.3)
        return Wish(items, {option: place, **({"purge": True, "purge_limit": 100} if purge else {})},
                    (lambda key, _fields: key.startswith(place + " ")) if purge else None)

    return wish


def shares(vendor: Any) -> list[tuple[str, dict[str, Any]]]:
    return [("%s %s" % (row["entity"], row["person"]),
             {"level": row["level"], "password": row["password"], "expiration": row["expiration"]}) for row in vendor.dump()["shares"]]


WORLDS = (
    World("podspace_organization", "podspace", "organizations", nothing, wish_spaces, spaces, SETTINGS,
          ("create_organization", "edit_organization", "remove_organization", "get_user_organizations"), "default", unique=False),
    World("podspace_organization_member", "podspace", "members", nothing, wish_members, members, SETTINGS,
          ("add_user_to_organization", "remove_user_from_organization", "edit_user_role", "get_list_of_collaborator", "get_user_organizations"), "default"),
    World("podspace_folder_share", "podspace", "shares", nothing, shares_of("اسناد شرکت", "folder_hash"), shares, SETTINGS,
          ("share_folder", "set_folder_password", "remove_share", "get_folder_shares_list"), "default", remade="IS NOT SHARED NOW"),
)
