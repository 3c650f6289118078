# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is left of a subscriber's service: every field of the vendor's ``creditinfo``, typed (vendor page 3.1)."""

from __future__ import annotations

import functools

from .._core.calendar import dates
from .._core.http.answers import Shape
from .._core.http.parallel import results
from . import many
from .client import number, text
from .subscriber import ids_of

#: Our name of a group of counters -> the vendor's letter.
SCOPES = {"extra": "e", "service": "s", "yearly": "y", "monthly": "m", "weekly": "w", "daily": "d"}
_PARTS = {"remaining": "r", "used": "u", "total": "a"}
_DATES = {"start": "startdate", "end": "enddate", "server_time": "currentdt"}
_TEXTS = {"service_status": "servicestatus", "service_name": "servicename", "period": "period", "fair_rate": "fairmikrotikrate",
          "up_fair_status": "upfairstatus"}
#: The vendor's names as its document spells them, for answers that write them in another case.
_NAMES = (
    "User_Id Username ServiceStatus ServiceName StartDate ServiceFreeTrU ServiceBufferTr Period EndDate CurrentDT User_Gift_Id GiftEndDT GiftTrafficRate "
    "GiftTimeRate GiftExtraTr GiftStopOnTrFinish GiftExtraTi GiftMikrotikRate ReturnTr RealReceiveTr RealSendTr BugUsedTr FinishUsedTr RealUsedTime "
    "BugUsedTi FinishUsedTi FairMikrotikRate ISFairService UPFairStatus").split()
_NAMES += [scope + kind + part for kind in ("Tr", "Ti") for scope in "ESYMWD" for part in "RUA"]
_SPELLED = {name.lower(): name for name in _NAMES}
_WORDS = frozenset("username servicestatus servicename startdate period enddate currentdt giftenddt giftstopontrfinish giftmikrotikrate "
                   "fairmikrotikrate isfairservice upfairstatus".split())


#: A row says at least whose it is, or what the time is there; no service at all is told as null.
SHAPE = Shape("username", "user_id", "currentdt", "servicestatus", flat=True)


def unlimited(value):
    return str(value).strip().upper() == "UL"


def typed(name, value):
    """Return a value of the answer: counters as numbers, ``UL`` and nothing as None, words as they are."""
    return text(value) if name in _WORDS else number(value)


def credit(row, owner, fields=True):
    """Return a row in the user's names: counters in groups, dates as sent and in ISO 8601, and all of it once more under the vendor's names.

    :arg fields: without it, the latter is left out.
    """
    made = {"username": text(row.get("username")) or owner.get("username"), "user_id": number(row.get("user_id")) or owner.get("id")}
    made.update({ours: text(row.get(theirs)) for ours, theirs in _TEXTS.items()})
    made["active"] = str(made["service_status"]).lower() == "active"
    made["fair"] = str(row.get("isfairservice")).strip().lower() == "yes"
    for ours, theirs in _DATES.items():
        made[ours] = text(row.get(theirs))
        made[ours + "_iso"] = dates.iso(made[ours])
    for kind, letters in (("traffic", "tr"), ("time", "ti")):
        made[kind] = {scope: counters(row, letter + letters) for scope, letter in SCOPES.items()}
    made["gift"] = {"id": number(row.get("user_gift_id")), "end": text(row.get("giftenddt")), "end_iso": dates.iso(text(row.get("giftenddt"))),
                    "traffic_rate": number(row.get("gifttrafficrate")), "time_rate": number(row.get("gifttimerate")),
                    "traffic": number(row.get("giftextratr")), "time": number(row.get("giftextrati")), "rate": text(row.get("giftmikrotikrate")),
                    "stop_on_traffic_finish": str(row.get("giftstopontrfinish")).strip().lower() == "yes"}
    if fields:
        made["fields"] = {_SPELLED.get(name, name): typed(name, value) for name, value in row.items()}
    return made


def counters(row, prefix):
    """Return one group of counters; without a limit what remains and the total are None."""
    values = {name: row.get(prefix + letter) for name, letter in _PARTS.items()}
    made = {name: number(value) for name, value in values.items()}
    made["unlimited"] = unlimited(values["remaining"]) or unlimited(values["total"])
    return made


def credit_of(client, owner):
    """Return the credit of a subscriber given as ``{"id", "username"}``."""
    rows = client.rows("read credit", "user", "creditinfo", "user_id", bool, SHAPE, User_Id=owner["id"])
    mine = [row for row in rows if number(row.get("user_id")) in (None, owner["id"])]
    return credit(mine[0], owner) if mine else None


def credits_of_many(client, owners):
    """Return ``{id: credit}`` of those of these subscribers whom the server tells in lists by a filter.

    The document wants a User_Id, real servers do without it. Only rows that say whose they are count; who is not among them must be asked for alone.
    """
    known = {owner["id"]: owner for owner in owners}
    seen: set = set()

    def all_seen(ids, page):
        seen.update(number(row.get("user_id")) for row in page)
        return ids <= seen

    def groups():
        for condition, ids, _last in many.named(known):
            yield condition, ids, functools.partial(all_seen, ids)
    found = many.rows_of_many(client, "read credits", "user", "user_id", groups(), "creditinfo", shape=SHAPE)
    return {owner: credit(rows[0], known[owner]) for owner, rows in found.items()}


def called(owner):
    """Return what people call a subscriber."""
    return str(owner.get("username") or "user_id %s" % (owner.get("user_id") or owner.get("id")))


def credits_of(client, usernames, user_ids=()):
    """Return the credits of these subscribers in their order: many at once where the server does that, otherwise one request each, several under way.

    :raises NotFoundError: one of them does not exist.
    """
    numbers = ids_of(client, list(usernames)) if usernames else {}
    owners = [{"id": numbers[name], "username": name} for name in usernames] + [{"id": number_given} for number_given in user_ids]
    known = credits_of_many(client, owners) if len(owners) >= many.MANY else {}
    alone = [owner for owner in owners if owner["id"] not in known]
    found = results(client.map(lambda owner: credit_of(client, owner), alone), called, alone)
    known.update(zip((owner["id"] for owner in alone), found))
    return [known[owner["id"]] for owner in owners if known[owner["id"]] is not None]


def credits_in_one_list(client, users):
    """Return ``{id: credit}``, without the vendor's own names, from one list of all subscribers where the server gives one.

    The document wants a User_Id, real servers do without it. Only rows that say whose they are count; who is not among them must be
    asked for alone.
    """
    known = {one["id"] for one in users}
    rows = client.rows("read credits", "user", "creditinfo", "user_id", shape=SHAPE, made=lambda row: credit(row, {}, False))
    return {row["user_id"]: row for row in rows if row["user_id"] in known}
