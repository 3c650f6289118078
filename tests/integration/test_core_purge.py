# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Purge removes what the list does not name, and nothing that it does name, whatever else is wrong with the item."""

from __future__ import annotations

import pytest
from jobs import carry_out


class Case:
    """A purgeable resource with two objects in scope, ``kept`` and ``other``.

    :arg items: items that name ``kept``, each of which fails before anything is written; by name of what is wrong.
    :arg good: the item that names ``kept`` and does not fail.
    :arg keys: returns the keys of the objects that are there.
    """

    def __init__(self, vendor, module, plural, scope, good, items, keys, kept, other, fault=None):
        self.vendor, self.module, self.plural, self.scope, self.good, self.items = vendor, module, plural, scope, good, items
        self.keys, self.kept, self.other, self.fault = keys, kept, other, fault

    def run(self, *items, **more):
        return carry_out(self.module, {**self.vendor.connection, self.plural: list(items), "purge": True, **self.scope, **more})


def labels(sim):
    alocom = sim("alocom")
    for title in ("keep", "other"):
        carry_out("alocom_label", {**alocom.connection, "title": title})
    return Case(alocom, "alocom_label", "labels", {}, {"title": "keep"}, {"stale id": {"id": "99999", "title": "keep"}}, alocom.titles, "keep", "other")


def users(sim):
    alocom = sim("alocom")
    alocom.seed("labels", 1, prefix="p")
    scope = alocom.titles()[0]
    carry_out("alocom_user", {**alocom.connection, "users": [{"username": name, "name": "N", "surname": "S", "labels": [scope]} for name in ("keep", "other")]})
    return Case(alocom, "alocom_user", "users", {"purge_labels": [scope]}, {"username": "keep"}, {
        "stale id": {"id": "99999", "username": "keep"}, "unknown label": {"username": "keep", "labels": ["missing"]},
        "stale id to be absent": {"id": "99999", "username": "keep", "name": "M"},
        "no detail": {"username": "keep", "email": "a@example.ir"},
    }, lambda: list(alocom.users()), "keep", "other", {"no detail": {"kind": "status", "status": 403, "method": "GET", "path": r"users/\d+$"}})


def events(sim):
    alocom = sim("alocom", slug_in_link=False)
    alocom.seed("events", 2, prefix="e", service=14)
    kept, other = sorted(alocom.events())
    return Case(alocom, "alocom_event", "events", {"purge_service": "14"}, {"slug": kept}, {
        "stale id": {"id": "99999", "slug": kept}, "unknown member": {"slug": kept, "members": [{"username": "nobody"}]},
    }, lambda: list(alocom.events()), kept, other)


def event_members(sim):
    alocom = sim("alocom", seed="default")
    kept, other = "zahra.karimi", sorted(name for name in alocom.users() if name != "zahra.karimi")[0]
    carry_out("alocom_event_member", {**alocom.connection, "event": "math-10", "members": [{"username": kept}, {"username": other}], "purge": True})
    return Case(alocom, "alocom_event_member", "members", {"event": "math-10"}, {"username": kept},
                {"unknown user": [{"username": kept}, {"username": "nobody"}]},
                lambda: [row["username"] for row in alocom.events()["math-10"]["members"]], kept, other)


def space_members(sim):
    podspace = sim("podspace", seed="default")
    name, space = next((name, row) for name, row in podspace.spaces().items() if len(row["members"]) > 2)
    owner = next(person for person, role in space["members"].items() if role == "OWNER")
    kept, other = [person for person, role in space["members"].items() if role != "OWNER"][:2]
    carry_out("podspace_organization_member", {**podspace.connection, "organization": name, "members": [{"person": kept}, {"person": other}], "purge": True})
    return Case(podspace, "podspace_organization_member", "members", {"organization": name}, {"person": kept},
                {"owner to be removed": [{"person": kept}, {"person": owner, "state": "absent"}]}, lambda: list(podspace.members(name)), kept, other)


def shares(kind):
    def made(sim):
        podspace = sim("podspace", seed="default")
        place = next(row["hash"] for row in podspace.dump()["entities"] if row["folder"] == (kind == "folder"))
        scope = {"%s_hash" % kind: place}
        people = [row["username"] for row in podspace.dump()["persons"]][1:3]
        carry_out("podspace_%s_share" % kind, {**podspace.connection, "shares": [{"person": one} for one in people], "purge": True, **scope})
        return Case(podspace, "podspace_%s_share" % kind, "shares", scope, {"person": people[0]},
                    {"day that is past": {"person": people[0], "expiration": "2001-01-01"}}, lambda: list(podspace.shares(place)), *people)
    return made


def phonebooks(sim):
    panel = sim("smspanel")
    carry_out("smspanel_phonebook", {**panel.connection, "phonebooks": [{"name": "keep", "numbers": ["09121234567"]}, {"name": "other"}]})
    return Case(panel, "smspanel_phonebook", "phonebooks", {}, {"name": "keep"}, {"no numbers": {"name": "keep", "numbers": ["09121111111"]}},
                lambda: list(panel.books()), "keep", "other", {"no numbers": {"kind": "status", "status": 403, "method": "GET", "path": "number$"}})


CASES = {"labels": labels, "users": users, "events": events, "event members": event_members, "space members": space_members,
         "folder shares": shares("folder"), "file shares": shares("file"), "phonebooks": phonebooks}


@pytest.fixture(params=CASES)
def case(request, alocom, podspace, smspanel):
    vendors = {"alocom": alocom, "podspace": podspace, "smspanel": smspanel}
    return CASES[request.param](lambda name, seed="empty", **settings: vendors[name].reset(seed, **settings))


def test_a_list_with_an_item_that_failed_purges_nothing(case):
    for wrong, items in case.items.items():
        if case.fault and wrong in case.fault:
            case.vendor.fault(**case.fault[wrong])
        case.vendor.clear_journal()
        result = case.run(*(items if isinstance(items, list) else [items]))
        assert result["failed"] and "nothing was purged" in result["msg"], (wrong, result)
        told = next(text for text in result["warnings"] if "nothing was purged" in text)
        assert case.other in told and case.kept not in told, (wrong, told)
        assert {case.kept, case.other} <= set(case.keys()), (wrong, case.vendor.writes())
        assert result["summary"]["failed"] == 1 and result["summary"]["deleted"] == 0, result["summary"]
    # The same list without the mistake does purge.
    result = case.run(case.good)
    assert not result["failed"] and result["summary"]["deleted"] == 1 and case.other not in case.keys() and case.kept in case.keys(), result
