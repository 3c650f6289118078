# SPDX-License-Identifier: GPL-3.0-or-later
"""Another client of the same account: what it does to the objects of a world while a run is at work.

Each act takes the vendor and the key of an object as the world's model has it. What it asks for may be gone by then; that is the caller's to bear.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from worlds import Wish, World

Act = Callable[[Any, str], Any]


@dataclass
class Rival:
    """What another client may do.

    :ivar makes: makes an object of that key; ``removes`` takes one away, ``changes`` changes a field.
    :ivar stranger: key of an object that nobody names, for it to make.
    :ivar named: what it may also do to objects that the wish names.
    :ivar again: option that an item needs before its object may be taken away: without it nobody could make it anew.
    :ivar kept: fields of what is there that the module never changes, so that they stay as the other client made them.
    """

    makes: Act | None = None
    removes: Act | None = None
    changes: Act | None = None
    stranger: str = ""
    named: tuple[str, ...] = ("makes", "removes", "changes")
    again: str = ""
    kept: tuple[str, ...] = ()


@dataclass
class Deed:
    """One thing that the other client does."""

    how: str
    key: str


def deeds(rng: random.Random, world: World, wish: Wish, there: list[str]) -> list[Deed]:
    """Draw what the other client does: to objects that are there, to those that the wish is about to make, or beside them."""
    rival = RIVALS[world.name]
    named = {item.key: item for item in wish.items}
    pool = []
    for key in sorted(set(there)):
        may = [how for how in ("removes", "changes") if getattr(rival, how) and (key not in named or how in rival.named)]
        pool += [Deed(how, key) for how in may if how == "changes" or key not in named or not rival.again or rival.again in named[key].sent]
    if rival.makes and "makes" in rival.named:
        pool += [Deed("makes", item.key) for item in wish.items if item.key not in there]
    if rival.stranger:
        pool += [Deed("makes", rival.stranger)] * 2
    return rng.sample(pool, min(len(pool), rng.choice([1, 1, 2])))


def carry_out(vendor: Any, world: World, deed: Deed) -> None:
    """Do it, unless what was to be made or found no longer is as it was."""
    there = {key for key, _fields in world.objects(vendor)}
    if (deed.how == "makes") != (deed.key in there):
        getattr(RIVALS[world.name], deed.how)(vendor, deed.key)


def label(vendor: Any, key: str) -> dict[str, Any]:
    """Find a label by its title in either alphabet."""
    from alocom import plain

    return {"id": next((row["id"] for row in vendor.dump()["labels"] if plain(row["title"]) == key), 0)}


def renamed(kind: str, name: str, **seed: Any) -> Act:
    """Make one of a kind under a name of its own and give it the wanted one, as a vendor's own pages do in one step."""
    return lambda vendor, key: vendor.mutate(kind, {name: vendor.seed(kind, 1, prefix="rival", **seed)[0]}, {name: key})


def removed(kind: str, name: str) -> Act:
    return lambda vendor, key: vendor.mutate(kind, {name: key}, delete=True)


def changed(kind: str, name: str, change: dict[str, Any]) -> Act:
    return lambda vendor, key: vendor.mutate(kind, {name: key}, change)


def two(first: str, second: str, key: str) -> dict[str, str]:
    """The key of an object that is found by two fields."""
    return dict(zip((first, second), key.rsplit(" ", 1), strict=True))


def enrol(vendor: Any, key: str) -> None:
    slug, name = key.rsplit(" ", 1)
    vendor.seed("members", 1, event=slug, usernames=[name], role="assistant")


def buys(vendor: Any, key: str) -> None:
    name, service = key.rsplit(" ", 1)
    vendor.seed("bought", 1, username=name, service=int(service))


def joins(vendor: Any, key: str) -> None:
    name, person = key.rsplit(" ", 1)
    vendor.seed("members", 1, organization=name, person=person, type="GUEST")


def shared(vendor: Any, key: str) -> None:
    entity, person = key.rsplit(" ", 1)
    vendor.seed("shares", 1, entity=entity, person=None if person == "None" else person, level="view")


def share(key: str) -> dict[str, Any]:
    entity, person = key.rsplit(" ", 1)
    return {"entity": entity, "person": None if person == "None" else person}


def leaves(vendor: Any, key: str) -> None:
    name, person = key.rsplit(" ", 1)
    if vendor.members(name)[person] != "OWNER":
        vendor.mutate("members", {"organization_name": name, "username": person}, delete=True)


def other_part(vendor: Any, key: str) -> None:
    name, person = key.rsplit(" ", 1)
    if vendor.members(name)[person] != "OWNER":
        vendor.mutate("members", {"organization_name": name, "username": person}, {"type": "GUEST"})


SHARES = Rival(shared, lambda vendor, key: vendor.mutate("shares", share(key), delete=True),
               lambda vendor, key: vendor.mutate("shares", share(key), {"level": "edit"}))
MEMBERS = Rival(enrol, lambda vendor, key: vendor.mutate("members", two("event", "username", key), delete=True),
                lambda vendor, key: vendor.mutate("members", two("event", "username", key), {"role": "assistant"}))
USERS = Rival(renamed("users", "username"), removed("users", "username"), changed("users", "username", {"name": "دیگری"}), "rival", again="name",
              kept=("password",))
RIVALS: dict[str, Rival] = {
    "alocom_label": Rival(renamed("labels", "title"), lambda vendor, key: vendor.mutate("labels", label(vendor, key), delete=True), stranger="rival"),
    "alocom_user": USERS,
    "alocom_user_import": replace(USERS, kept=("name", "surname", "cellphone")),  # an import changes nobody who is there
    "alocom_event": Rival(renamed("events", "slug", service=14), removed("events", "slug"), changed("events", "slug", {"title": "دیگری"}), "rival",
                          again="service"),
    "alocom_event_member": MEMBERS,
    "alocom_event_link": MEMBERS,
    "alocom_profile": Rival(changes=lambda vendor, _key: vendor.mutate("profile", {"username": "kariz-demo"}, {"surname": "دیگری"})),
    "deltasib_user": Rival(renamed("users", "Username"), removed("users", "Username"), changed("users", "Username", {"Name": "دیگری"}), "rival",
                           named=("makes",), kept=("password", "name", "family")),
    "deltasib_user_service": Rival(buys, stranger="narges.yazdani 12"),
    "deltasib_user_payment": Rival(lambda vendor, key: vendor.seed("payments", 1, username=key.rsplit(" ", 1)[0], voucher=990000),
                                   stranger="zahra.karimi 990000", named=()),
    "deltasib_user_status": Rival(changes=lambda vendor, key: vendor.mutate("users", {"Username": key}, {"Status_Id": 2}), named=()),
    "deltasib_session": Rival(lambda vendor, key: vendor.seed("sessions", 1, username=key), removed("sessions", "Username"), stranger="narges.yazdani"),
    "podspace_organization": Rival(lambda vendor, key: vendor.seed("organizations", 1, name=key), removed("organizations", "name"),
                                   changed("organizations", "name", {"description": "دیگری"}), "rival"),
    "podspace_organization_member": Rival(joins, leaves, other_part),
    "podspace_folder_share": SHARES,
    "podspace_file_share": SHARES,
    "payamsms_message": Rival(lambda vendor, key: vendor.seed("messages", 1, prefix=key.rpartition("-")[0]), stranger="rival-00001", named=()),
    "smspanel_phonebook": Rival(renamed("phonebooks", "name", numbers=2), removed("phonebooks", "name"),
                                changed("phonebooks", "name", {"numbers": ["09121110000"]}), "rival"),
}
