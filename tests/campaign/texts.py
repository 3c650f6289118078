# SPDX-License-Identifier: GPL-3.0-or-later
"""Worlds of the two vendors of text messages."""

from __future__ import annotations

import random
from typing import Any

from worlds import Item, Wish, World, chance, some

PAYAMSMS = {"token_from": ("any", "form"), "login_refusal": ("oauth_400", "oauth_401", "code"), "code_style": ("object", "text"), "code_status": (200, 400),
            "answer_order": ("kept", "reversed"), "mobile_style": ("number", "text"), "unknown_ids": ("empty", "E305"), "credit_refusal": ("items", "call")}
SMSPANEL = {"http_follows": (True, False), "list_style": ("documented", "bare", "single"), "number_list_style": ("object", "wrapped", "bare"),
            "empty_list": ("empty", "code40"), "missing_book": ("code40", "empty"), "book_name_in": ("title", "uname"), "codes_as_text": (False, True),
            "kept_numbers": ("as sent", "local", "international"), "unknown_number_removal": ("ok", "code40")}


def number(rng: random.Random) -> str:
    return "0912%07d" % (rng.randrange(10 ** 6) * 10 + 3)


def nothing(vendor: Any, rng: random.Random) -> None:
    """The seed is the start."""


def wish_payamsms(vendor: Any, rng: random.Random) -> Wish:
    items = [Item("c-%d" % place, {"customer_id": "c-%d" % place, "recipient": number(rng), "body": "سلام %d" % place}) for place in range(rng.randint(1, 6))]
    return Wish(items, {"sender": "982000123"})


def wish_smspanel(vendor: Any, rng: random.Random) -> Wish:
    items = [Item("text %d" % place, {"message_id": "m-%d" % place, "recipients": [number(rng)], "text": "text %d" % place})
             for place in range(rng.randint(1, 5))]
    return Wish(items, {"kind": "multiple", "sender": "30001234"})


def prepare_books(vendor: Any, rng: random.Random) -> None:
    for place in range(rng.randint(0, 3)):
        vendor.seed("phonebooks", 1, prefix="old%d" % place, numbers=rng.randint(0, 4))


def local(value: Any) -> str:
    return "0" + str(value)[-10:]


def wish_books(vendor: Any, rng: random.Random) -> Wish:
    books = vendor.books()
    items = []
    for name in some(rng, sorted(books), 0, 2) + some(rng, ["دبیران", "اولیا", "staff"], 0, 3):
        if chance(rng, 0.25):
            items.append(Item(name, {"name": name, "state": "absent"}, there=False))
            continue
        wanted: dict[str, Any] = {}
        if chance(rng, 0.8):
            kept = [local(entry) for entry in some(rng, books.get(name, []), 0)]
            wanted["numbers"] = list(dict.fromkeys(kept + [number(rng) for _place in range(rng.randint(0, 3))]))
        sent = {"name": name, **wanted, **({"numbers_mode": "replace"} if wanted else {})}
        items.append(Item(name, sent, {key: frozenset(value) for key, value in wanted.items()}))
    return Wish(items)


def books_now(vendor: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(row["name"], {"numbers": frozenset(local(entry["number"]) for entry in row["numbers"])}) for row in vendor.dump()["phonebooks"]]


WORLDS = (
    World("payamsms_message", "payamsms", "messages", nothing, wish_payamsms,
          lambda vendor: [(row["customerId"], {}) for row in vendor.dump()["messages"]], PAYAMSMS,
          ("token", "balance", "send", "send.src", "send.src.body", "status"), once=True, journal=True),
    World("smspanel_message", "smspanel", "messages", nothing, wish_smspanel,
          lambda vendor: [(row["message"], {}) for row in vendor.dump()["messages"]], SMSPANEL,
          ("credit", "sms.multiple", "sms.latest", "sms.status"), "default", once=True, journal=True),
    World("smspanel_phonebook", "smspanel", "phonebooks", prepare_books, wish_books, books_now, SMSPANEL,
          ("books.list", "books.create", "books.delete", "numbers.list", "numbers.add", "numbers.remove"), "empty"),
)
