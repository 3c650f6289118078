# SPDX-License-Identifier: GPL-3.0-or-later
"""Worlds of the roles and of the playbook ``provision``: what several modules, one after another, bring about together."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alocom import plain
from podspace import PEOPLE
from texts import PAYAMSMS, books_now, number
from worlds import ITEM_SECRET, Item, Wish, World, chance, some

State = list[tuple[str, dict[str, Any]]]


@dataclass
class Book:
    """How a play is written: what ``ansible-playbook`` is given after the inventory.

    :ivar arguments: called with the folder of the run and the options; may write files there.
    """

    name: str
    arguments: Callable[[Path, dict[str, Any]], list[str]]


def role(name: str, *connections: str) -> Book:
    """A play with the role alone. Its options are the role's variables; ``connections`` names the vendors whose options it takes."""

    def arguments(folder: Path, options: dict[str, Any]) -> list[str]:
        given = {key: value for key, value in options.items() if key != "connections"}
        for vendor in connections:
            given["%s_%s" % (name, vendor)] = options["connections"][vendor]
        return [written(folder / "said-play.yml", [{"hosts": "localhost", "gather_facts": False, "roles": [{"role": "kariz.panels." + name, "vars": given}]}])]

    return Book(name, arguments)


def written(path: Path, content: Any) -> str:
    """Write what holds the account's password; a user's would be in a vault."""
    path.touch(0o600)
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return str(path)


def provision(folder: Path, options: dict[str, Any]) -> list[str]:
    panels = {vendor: {"connection": connection, **options["panels"].get(vendor, {})} for vendor, connection in options["connections"].items()}
    file = written(folder / "said-business.yml", {"panels": panels})
    # A run that was killed holds its lock for some seconds more.
    return ["kariz.panels.provision", "-e", "desired_state=%s" % file, "-e", "journal=%s" % options["journal"], "-e", "lock_wait=60"]


def prepare_class(vendor: Any, rng: random.Random) -> None:
    vendor.seed("labels", 2, prefix="class")
    vendor.seed("users", rng.randint(1, 3), prefix="old", labels=some(rng, vendor.titles(), 1, 2))
    vendor.seed("events", rng.randint(0, 2), prefix="course", service=14, members=rng.randint(0, 1))


def wish_class(vendor: Any, rng: random.Random) -> Wish:
    titles = [*some(rng, vendor.titles(), 0, 1), *some(rng, ["پایه دهم", "new & old"], 1, 2)]
    items = [Item("label " + plain(title), {"title": title}) for title in titles]
    there = sorted(vendor.users())
    users = []
    for name in [*some(rng, there, 0, 2), *some(rng, ["sara.a", "omid.r", "x-1"], 1, 3)]:
        wanted = {"name": rng.choice(["سارا", "O'Neil"]), "surname": "احمدی", "labels": some(rng, titles, 0, 2)}
        sent = {"username": name, **wanted, **({"password": ITEM_SECRET} if name not in there and chance(rng, 0.4) else {})}
        users.append(sent)
        items.append(Item("user " + name, sent, {**wanted, "labels": frozenset(wanted["labels"])}))
    events = []
    for slug in [*some(rng, sorted(vendor.events()), 0, 1), *some(rng, ["physics-10", "math-10"], 1, 2)]:
        chosen = [{"username": row["username"], "role": rng.choice(["participant", "teacher"])} for row in some(rng, users, 0, 2)]
        events.append({"slug": slug, "title": "درس " + slug, "members": chosen, "members_mode": "replace"})
        items.append(Item("event " + slug, events[-1], {"title": "درس " + slug, "members": frozenset((row["username"], row["role"]) for row in chosen)}))
    purge = chance(rng, 0.3)
    options = {"classroom_service": "14", "classroom_labels": [{"title": title} for title in titles], "classroom_users": users, "classroom_events": events,
               "classroom_purge": purge}

    def purged(key: str, fields: dict[str, Any]) -> bool:
        return key.startswith("event ") or (key.startswith("user ") and bool(fields["labels"] & frozenset(titles)))

    return Wish(items, options, purged if purge else None)


def classes(vendor: Any) -> State:
    dump = vendor.dump()
    return [*(("label " + plain(row["title"]), {}) for row in dump["labels"] if not row.get("deleted_at")),
            *(("user " + row["username"], {"name": row["name"], "surname": row["surname"], "labels": frozenset(row["labels"])}) for row in dump["users"]),
            *(("event " + row["slug"], {"title": row["title"], "members": frozenset((entry["username"], entry["role"]) for entry in row["members"])})
              for row in dump["events"])]


def prepare_subscribers(vendor: Any, rng: random.Random) -> None:
    vendor.seed("users", rng.choice([1, 12]), prefix="crowd")


def wish_subscribers(vendor: Any, rng: random.Random) -> Wish:
    items, people = [], []
    for place, name in enumerate(some(rng, ["narges.yazdani", "new.1", "new.2", "new.3"], 1, 3)):
        person: dict[str, Any] = {"username": name}
        fields = {}
        if name.startswith("new."):
            fields = {"name": "سارا", "family": "کریمی"}
            person.update(fields, password=ITEM_SECRET)
        items.append(Item("user " + name, {}, fields))
        if chance(rng, 0.6):
            service = rng.choice(["11", "12"])
            person.update(service=service, pay_plan="postpaid")
            items.append(Item("service %s %s" % (name, service), {}))
        if chance(rng, 0.6):
            person["payments"] = [{"voucher_no": "150%d" % place, "amount": "45000", "currency_id": "1", "payment_type": "cash"}]
            items.append(Item("payment %s 150%d" % (name, place), {}, {"amount": 45000}))
        people.append(person)
    return Wish(items, {"subscriber_users": people})


def subscribers(vendor: Any) -> State:
    from deltasib import payments, services

    return [*(("user " + row["Username"], {"name": row["Name"], "family": row["Family"]}) for row in vendor.dump()["users"]),
            *(("service " + key, fields) for key, fields in services(vendor)), *(("payment " + key, fields) for key, fields in payments(vendor))]


def nothing(vendor: Any, rng: random.Random) -> None:
    """The seed is the start."""


def wish_company(vendor: Any, rng: random.Random) -> Wish:
    items, spaces, people = [], [], []
    for name in [*some(rng, sorted(vendor.spaces()), 0, 1), *some(rng, ["مالی نو", "Legal"], 1, 2)]:
        spaces.append({"name": name, "description": "papers & more"})
        items.append(Item("space " + name, {}, {"description": "papers & more"}))
        for person in some(rng, list(PEOPLE), 0, 3):
            part = rng.choice(["guest", "maintainer"])
            people.append({"organization": name, "person": person, "role": part})
            items.append(Item("member %s %s" % (name, person), {}, {"role": part}))
    return Wish(items, {"organization_space_organizations": spaces, "organization_space_members": people})


def company(vendor: Any) -> State:
    from podspace import members, spaces

    named = [("space " + key, fields) for key, fields in spaces(vendor)]
    return named + [("member " + key, fields) for key, fields in members(vendor) if fields["role"] != "owner"]


def wish_messages(vendor: Any, rng: random.Random) -> Wish:
    items = [Item("m-%d" % place, {"key": "m-%d" % place, "recipient": number(rng), "text": "text m-%d" % place}) for place in range(rng.randint(1, 5))]
    providers = rng.choice([["payamsms", "smspanel"], ["smspanel", "payamsms"], ["payamsms"], ["smspanel"]])
    return Wish(items, {"notify_sender": {"payamsms": "982000123", "smspanel": "30001234"}, "notify_providers": providers,
                        "notify_messages": [item.sent for item in items]})


def messages(vendor: Any) -> State:
    return [*((row["customerId"], {}) for row in vendor["payamsms"].dump()["messages"]),
            *((row["message"].rpartition(" ")[2], {}) for row in vendor["smspanel"].dump()["messages"])]


def prepare_business(vendor: Any, rng: random.Random) -> None:
    vendor.seed("labels", rng.randint(0, 2), prefix="class")
    vendor["smspanel"].seed("phonebooks", rng.randint(0, 2), prefix="old", numbers=2)


def wish_business(vendor: Any, rng: random.Random) -> Wish:
    titles = some(rng, ["پایه دهم", "new & old", *vendor.titles()], 1, 3)
    items = [Item("label " + plain(title), {}) for title in titles]
    users, books, spaces, people = [], [], [], []
    for name in some(rng, ["sara.a", "omid.r", "x-1"], 0, 3):
        wanted = {"name": "سارا", "surname": "احمدی", "labels": some(rng, titles, 0, 2)}
        users.append({"username": name, **wanted})
        items.append(Item("user " + name, {}, {**wanted, "labels": frozenset(wanted["labels"])}))
    for name in some(rng, ["اولیا", *sorted(vendor["smspanel"].books())], 0, 2):
        numbers = [number(rng) for _place in range(rng.randint(1, 3))]
        books.append({"name": name, "numbers": numbers, "numbers_mode": "replace"})
        items.append(Item("book " + name, {}, {"numbers": frozenset(numbers)}))
    for name in some(rng, ["مالی نو", "Legal"], 0, 2):
        spaces.append({"name": name, "description": "papers"})
        items.append(Item("space " + name, {}, {"description": "papers"}))
    for name in some(rng, ["new.1", "new.2"], 0, 2):
        people.append({"username": name, "password": ITEM_SECRET})
        items.append(Item("subscriber " + name, {}))
    parts = {"alocom": {"labels": [{"title": title} for title in titles], "users": users}, "smspanel": {"phonebooks": books},
             "podspace": {"organizations": spaces}, "deltasib": {"users": people}}
    return Wish(items, {"panels": {vendor_name: {kind: rows for kind, rows in kinds.items() if rows} for vendor_name, kinds in parts.items()}})


def business(vendor: Any) -> State:
    rows = [(key, fields) for key, fields in classes(vendor) if not key.startswith("event ")]
    rows += [("book " + key, fields) for key, fields in books_now(vendor["smspanel"])]
    rows += [("space " + row["name"], {"description": row["description"]}) for row in vendor["podspace"].dump()["organizations"]]
    return rows + [("subscriber " + name, {}) for name in vendor["deltasib"].users()]


SERVICE = ("auth.gettoken", "user.list", "service.list", "user.service.base.list", "user.service.base.add", "user.payment.list", "user.payment.add", "user.add")
WORLDS = (
    World("classroom", "alocom", "", prepare_class, wish_class, classes,
          {"take_max": (None, 3), "envelope": ("documented", "data_wrapped"), "create_returns_id": (True, False)},
          ("auth.login", "labels.list", "labels.create", "users.index", "users.create", "users.update", "users.delete", "events.index", "events.get",
           "events.create", "events.update", "events.delete", "events.add_users", "events.remove_users"),
          book=role("classroom", "alocom"), covers=("role_variables",)),
    World("subscriber", "deltasib", "", prepare_subscribers, wish_subscribers, subscribers, {"limit_max": (None, 10), "numbers": ("strings", "plain")}, SERVICE,
          "default", once=True, book=role("subscriber", "deltasib"), covers=("role_variables",)),
    World("organization_space", "podspace", "", nothing, wish_company, company, {"inner": ("text", "object"), "create_answer": ("organization", "empty")},
          ("create_organization", "edit_organization", "get_user_organizations", "add_user_to_organization", "edit_user_role", "get_list_of_collaborator"),
          "default", unique=False, book=role("organization_space", "podspace"), covers=("role_variables",)),
    World("notify", "payamsms", "notify_messages", nothing, wish_messages, messages, PAYAMSMS,
          ("token", "balance", "send", "status", "smspanel:credit", "smspanel:sms.multiple", "smspanel:sms.latest", "smspanel:sms.status"),
          once=True, journal=True, others=("smspanel",), book=role("notify", "payamsms", "smspanel"), covers=("message", "role_variables")),
    World("provision", "alocom", "", prepare_business, wish_business, business, {"take_max": (None, 3), "create_returns_id": (True, False)},
          ("auth.login", "labels.list", "labels.create", "users.index", "users.create", "smspanel:books.list", "smspanel:books.create", "smspanel:numbers.add",
           "podspace:create_organization", "podspace:get_user_organizations", "deltasib:user.list", "deltasib:user.add"),
          unique=False, journal=True, others=("smspanel", "podspace", "deltasib"), book=Book("provision", provision),
          covers=("desired_state", "run_lock")),
)
