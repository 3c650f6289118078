# SPDX-License-Identifier: GPL-3.0-or-later
"""Worlds of Alocom: labels, users, events, members of an event."""

from __future__ import annotations

import random
from typing import Any

from worlds import ITEM_SECRET, Item, Wish, World, chance, some

LOOK = {"take_max": (None, 3), "order": ("newest", "oldest"), "filter": ("substring", "exact", "ignored"), "total_count": ("right", "zero", "absent"),
        "envelope": ("documented", "data_wrapped"), "create_returns_id": (True, False), "create_status": (200, 201), "token_seconds": (None, 600)}
USERS = {**LOOK, "label_style": ("objects", "ids", "titles"), "username_case": ("sensitive", "insensitive", "lower")}
NAMES = ("سارا", "علی", "Zahra", "نرگس ۲", "O'Neil")


def prepare_labels(vendor: Any, rng: random.Random) -> None:
    vendor.seed("labels", rng.randint(0, 7), prefix="kept")


def wish_labels(vendor: Any, rng: random.Random) -> Wish:
    there = vendor.titles()
    items = []
    for title in some(rng, there, 0, 4) + some(rng, ["کلاس نو", "یازدهم", "new & old", "۷", "رياضي"], 0, 4):
        absent = chance(rng, 0.3)
        items.append(Item(plain(title), {"title": title, **({"state": "absent"} if absent else {})}, there=not absent))
    purge = chance(rng, 0.3) and bool(items)
    return Wish(items, {"purge": True, "purge_limit": 100} if purge else {}, (lambda _key, _fields: True) if purge else None)


def plain(text: str) -> str:
    """Letters of either alphabet as one."""
    return text.translate(str.maketrans("يك", "یک")).strip()


def prepare_users(vendor: Any, rng: random.Random) -> None:
    vendor.seed("labels", 3, prefix="class")
    titles = vendor.titles()
    for number in range(rng.randint(0, 3)):
        vendor.seed("users", rng.randint(1, 3), prefix="old%d" % number, labels=some(rng, titles, 0, 2))


def wish_users(vendor: Any, rng: random.Random) -> Wish:
    titles = vendor.titles()
    there = sorted(vendor.users())
    items = []
    for name in some(rng, there, 0, 4) + some(rng, ["new.%d" % number for number in range(6)], 0, 5):
        if chance(rng, 0.25):
            items.append(Item(name, {"username": name, "state": "absent"}, there=False))
            continue
        wanted: dict[str, Any] = {}
        if name not in there or chance(rng, 0.6):
            wanted.update(name=rng.choice(NAMES), surname=rng.choice(NAMES))
        if chance(rng, 0.5):
            wanted["labels"] = some(rng, titles, 0, 3)
        if chance(rng, 0.3):
            wanted["cellphone"] = "0912%07d" % rng.randrange(10 ** 7)
        if chance(rng, 0.2):
            wanted["email"] = "%s@example.ir" % name
        sent = {"username": name, **wanted}
        if name not in there and chance(rng, 0.4):
            sent["password"] = ITEM_SECRET
            wanted["password"] = ITEM_SECRET
        items.append(Item(name, sent, {key: frozenset(value) if key == "labels" else value for key, value in wanted.items()}))
    purge = chance(rng, 0.25) and bool(items)
    label = rng.choice(titles)
    options = {"purge": True, "purge_labels": [label], "purge_limit": 100} if purge else {}
    return Wish(items, options, (lambda _key, fields: label in fields["labels"]) if purge else None)


def users(vendor: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(row["username"], {**{name: row[name] for name in ("name", "surname", "cellphone", "email", "password")}, "labels": frozenset(row["labels"])})
            for row in vendor.dump()["users"]]


def prepare_events(vendor: Any, rng: random.Random) -> None:
    vendor.seed("users", 5, prefix="pupil")
    vendor.seed("events", rng.randint(0, 3), prefix="course", service=14, members=rng.randint(0, 3))


def wish_events(vendor: Any, rng: random.Random) -> Wish:
    there = sorted(vendor.events())
    pupils = sorted(vendor.users())
    items = []
    for slug in some(rng, there, 0, 2) + some(rng, ["next-%d" % number for number in range(4)], 0, 3):
        if chance(rng, 0.25):
            items.append(Item(slug, {"slug": slug, "state": "absent"}, there=False))
            continue
        wanted: dict[str, Any] = {}
        sent: dict[str, Any] = {"slug": slug}
        if slug not in there or chance(rng, 0.5):
            wanted["title"] = "%s %s" % (rng.choice(NAMES), slug)
        if slug not in there:
            sent["service"] = "14"
        if chance(rng, 0.5):
            chosen = some(rng, pupils, 0, 3)
            sent["members"] = [{"username": name, "role": rng.choice(["participant", "teacher"])} for name in chosen]
            sent["members_mode"] = "replace"
            wanted["members"] = frozenset((entry["username"], entry["role"]) for entry in sent["members"])
        items.append(Item(slug, {**sent, **{key: value for key, value in wanted.items() if key != "members"}}, wanted))
    purge = chance(rng, 0.2) and bool(items)
    return Wish(items, {"purge": True, "purge_service": "14", "purge_limit": 100} if purge else {}, (lambda _key, _fields: True) if purge else None)


def events(vendor: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(row["slug"], {"title": row["title"], "members": frozenset((entry["username"], entry["role"]) for entry in row["members"])})
            for row in vendor.dump()["events"]]


def prepare_members(vendor: Any, rng: random.Random) -> None:
    vendor.seed("users", 6, prefix="pupil")
    vendor.seed("events", 2, prefix="course", service=14, members=rng.randint(0, 4))


def wish_members(vendor: Any, rng: random.Random) -> Wish:
    event = rng.choice(sorted(vendor.events()))
    items = []
    for name in some(rng, sorted(vendor.users()), 1, 5):
        if chance(rng, 0.3):
            items.append(Item("%s %s" % (event, name), {"username": name, "state": "absent"}, there=False))
            continue
        role = rng.choice(["participant", "assistant", "teacher"])
        items.append(Item("%s %s" % (event, name), {"username": name, "role": role}, {"role": role}))
    purge = chance(rng, 0.3)
    return Wish(items, {"event": event, **({"purge": True, "purge_limit": 100} if purge else {})},
                (lambda key, _fields: key.startswith(event + " ")) if purge else None)


def members(vendor: Any) -> list[tuple[str, dict[str, Any]]]:
    return [("%s %s" % (row["slug"], entry["username"]), {"role": entry["role"]}) for row in vendor.dump()["events"] for entry in row["members"]]


WORLDS = (
    World("alocom_label", "alocom", "labels", prepare_labels, wish_labels,
          lambda vendor: [(plain(row["title"]), {}) for row in vendor.dump()["labels"] if not row.get("deleted_at")],
          {**LOOK, "label_unique": (True, False)}, ("auth.login", "labels.list", "labels.create", "labels.update", "labels.delete")),
    World("alocom_user", "alocom", "users", prepare_users, wish_users, users, USERS,
          ("auth.login", "users.index", "users.get", "users.create", "users.update", "users.delete", "users.password", "labels.list")),
    World("alocom_event", "alocom", "events", prepare_events, wish_events, events,
          {**LOOK, "guest_code_style": ("null", "list", "string"), "slug_taken_status": (422, 409)},
          ("auth.login", "events.index", "events.get", "events.create", "events.update", "events.delete", "events.add_users", "events.remove_users")),
    World("alocom_event_member", "alocom", "members", prepare_members, wish_members, members, LOOK,
          ("auth.login", "events.index", "events.get", "events.add_users", "events.remove_users", "users.index")),
)
