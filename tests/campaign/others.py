# SPDX-License-Identifier: GPL-3.0-or-later
"""Worlds of modules that keep no list of objects of their own: a profile, an import, links, sessions, users who are only registered, an invoice."""

from __future__ import annotations

import random
from typing import Any

from alocom import LOOK, NAMES, USERS, members, prepare_users
from deltasib import SETTINGS as DELTASIB
from deltasib import crowd
from podspace import SETTINGS as PODSPACE
from podspace import nothing, shares, shares_of
from worlds import ITEM_SECRET, Item, Wish, World, chance, some

#: Without the place of a share nobody could tell it from one of a folder above.
FILES = {**PODSPACE, "entity_style": ("object", "hash")}
PLANS = {"سازمانی صد گیگ": "12", "سازمانی پانصد گیگ": "13"}


def wish_profile(vendor: Any, rng: random.Random) -> Wish:
    wanted = {name: value for name, value in (("name", rng.choice(NAMES)), ("surname", rng.choice(NAMES)), ("cellphone", "0912%07d" % rng.randrange(10 ** 7)),
                                              ("email", "office@example.ir")) if chance(rng, 0.6)} or {"name": "مدرسه"}
    return Wish([Item("profile", dict(wanted), dict(wanted))], wanted)


def profile(vendor: Any) -> list[tuple[str, dict[str, Any]]]:
    row = vendor.dump()["profile"]
    return [("profile", {name: row[name] for name in ("name", "surname", "cellphone", "email")})]


def wish_import(vendor: Any, rng: random.Random) -> Wish:
    items, lines = [], ["name,surname,username,cellphone"]
    for name in some(rng, sorted(vendor.users()), 0, 3) + some(rng, ["new.%d" % number for number in range(6)], 1, 5):
        row = {"name": rng.choice(["سارا", "علی"]), "surname": rng.choice(["احمدی", "رضایی"]), "cellphone": "0912%07d" % rng.randrange(10 ** 7)}
        lines.append(",".join([row["name"], row["surname"], name, row["cellphone"]]))
        items.append(Item(name, row, {} if name in vendor.users() else row))
    return Wish(items, files={"src": ("grade.csv", "\n".join(lines) + "\n")})


def registered(vendor: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(row["username"], {name: row[name] for name in ("name", "surname", "cellphone")}) for row in vendor.dump()["users"]]


def prepare_links(vendor: Any, rng: random.Random) -> None:
    vendor.seed("users", 5, prefix="pupil")
    vendor.seed("events", 2, prefix="course", service=14, members=rng.randint(0, 3))


def wish_links(vendor: Any, rng: random.Random) -> Wish:
    event = rng.choice(sorted(vendor.events()))
    items = []
    for name in some(rng, sorted(vendor.users()), 1, 3) + some(rng, ["guest.one"], 0, 1):
        role = {"role": rng.choice(["participant", "assistant", "teacher"])} if chance(rng, 0.5) else {}
        new = {"name": "سینا", "surname": "مرادی"} if name == "guest.one" else {}
        items.append(Item("%s %s" % (event, name), {"username": name, **role, **new}, role))
    return Wish(items, {"event": event})


def wish_sessions(vendor: Any, rng: random.Random) -> Wish:
    return Wish([Item(name, {"username": name}, there=False) for name in some(rng, ["zahra.karimi", "ali.mohammadi", "02188001234", "maryam.hosseini"], 1, 3)])


def wish_panel_users(vendor: Any, rng: random.Random) -> Wish:
    items = []
    for name in some(rng, ["branch.shiraz", "branch.tabriz", "branch-3", "b4_x"], 1, 4):
        more = {"first_name": "سارا", "last_name": "نوری", "mobile": "09121234567"} if chance(rng, 0.5) else {}
        items.append(Item(name, {"username": name, "password": ITEM_SECRET, **more}, {"password": ITEM_SECRET}))
    return Wish(items)


def wish_invoice(vendor: Any, rng: random.Random) -> Wish:
    title = rng.choice(sorted(PLANS))
    return Wish([Item(PLANS[title], {})], {"plan": title, "redirect_url": "https://company.example.ir/paid", "message_id": "storage-1405"})


WORLDS = (
    World("alocom_profile", "alocom", "", nothing, wish_profile, profile, {"profile_style": ("bare", "data", "profile"), "envelope": LOOK["envelope"]},
          ("auth.login", "profile.get", "profile.update")),
    World("alocom_user_import", "alocom", "", prepare_users, wish_import, registered, {**USERS, "import_columns": ("titles", "position")},
          ("auth.login", "users.import", "users.import_confirm", "users.index"), again=("users.import",)),
    World("alocom_event_link", "alocom", "people", prepare_links, wish_links, members, LOOK,
          ("auth.login", "events.index", "events.get", "events.enroll", "events.add_users", "users.index"), again=("events.enroll", "events.add_users")),
    World("deltasib_session", "deltasib", "sessions", crowd, wish_sessions, lambda vendor: [(name, {}) for name in vendor.online()], DELTASIB,
          ("auth.gettoken", "user.list", "radius.list", "radius.disconnect"), "default"),
    World("podspace_file_share", "podspace", "shares", nothing, shares_of("گزارش سالانه.pdf", "file_hash"), shares, FILES,
          ("share_file", "set_password", "remove_share", "get_file_shares_list"), "default", remade="IS NOT SHARED NOW"),
    World("podspace_invoice", "podspace", "", nothing, wish_invoice, lambda vendor: [(str(row["planId"]), {}) for row in vendor.dump()["invoices"]],
          {**PODSPACE, "payment_style": ("object", "text", "nested")}, ("get_plan_list", "buy_plan_with_gateway"), "default", once=True, journal=True),
    World("smspanel_user", "smspanel", "users", nothing, wish_panel_users,
          lambda vendor: [(row["username"], {"password": row["password"]}) for row in vendor.dump()["users"]],
          {"http_follows": (True, False), "codes_as_text": (False, True), "register_needs_auth": (True, False)}, ("profile", "register"), "default"),
)
