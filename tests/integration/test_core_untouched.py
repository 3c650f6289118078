# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An update touches what was named: whatever else the vendor wants to have sent along goes back the way it was read."""

from __future__ import annotations

import pytest
from jobs import carry_out


@pytest.fixture
def done():
    """Carry out a job that has to succeed."""
    def made(vendor, module, **params):
        result = carry_out(module, {**vendor.connection, **params})
        assert not result["failed"], result
        return result
    return made


def differing(before, after):
    return {name: after[name] for name in before if before[name] != after[name]}


def body(vendor, operation):
    return [entry["body"] for entry in vendor.journal() if entry["operation"] == operation][-1]


@pytest.mark.parametrize("style", ["objects", "ids", "titles"])
def test_a_user_keeps_the_very_label_that_he_carries(alocom, done, style):
    """Two labels have one title; in answers that tell titles only, nobody knows which one it is, so nothing is sent about labels."""
    alocom.reset("default", label_unique=False, label_style=style)
    for _twice in range(2):
        alocom.seed("labels", 1, prefix="same")
    alocom.mutate("labels", {"title": alocom.titles()[-2]}, {"title": "same"})
    alocom.mutate("labels", {"title": alocom.titles()[-1]}, {"title": "same"})
    number = alocom.dump()["labels"][-1]["id"]
    alocom.mutate("users", {"username": "zahra.karimi"}, {"labels": [number, "استادان"], "email": None})
    before = alocom.users()["zahra.karimi"]
    done(alocom, "alocom_user", username="zahra.karimi", surname="کریمیان")
    assert differing(before, alocom.users()["zahra.karimi"]) == {"surname": "کریمیان"}
    sent = body(alocom, "users.update")
    assert ("labels" in sent) is (style != "titles") and "email" not in sent and sent["cellphone"] == before["cellphone"], sent
    done(alocom, "alocom_user", username="zahra.karimi", enabled=False, email="z@example.ir")
    assert differing(before, alocom.users()["zahra.karimi"]) == {"surname": "کریمیان", "status": 0, "email": "z@example.ir"}
    # Labels that are named: those carried stay the ones they are. One that is not carried has to be told apart.
    wanted = {"username": "zahra.karimi", "labels": ["same", "پایه دهم"]}
    if style == "titles":
        refused = carry_out("alocom_user", {**alocom.connection, **wanted})
        assert refused["failed"] and refused["error"]["code"] == "ambiguous", refused
    else:
        done(alocom, "alocom_user", **wanted)
        assert set(alocom.users()["zahra.karimi"]["label_ids"]) == {number, 9}
        assert done(alocom, "alocom_user", **wanted)["changed"] is False
    refused = carry_out("alocom_user", {**alocom.connection, "username": "ali.mohammadi", "labels": ["same"]})
    assert refused["failed"] and "more than one label is called same" in refused["msg"], refused
    refused = carry_out("alocom_user", {**alocom.connection, "username": "new", "name": "N", "surname": "S", "labels": ["same"]})
    assert refused["failed"] and refused["error"]["code"] == "ambiguous" and "new" not in alocom.users()


def test_users_of_a_list_keep_theirs_too(alocom, done):
    alocom.reset("default", label_unique=False)
    before = alocom.users()
    done(alocom, "alocom_user", users=[{"username": name, "surname": "نو"} for name in before])
    assert {name: differing(before[name], row) for name, row in alocom.users().items()} == {name: {"surname": "نو"} for name in before}


EVENTS = [
    {"guest_code": [], "guest_access": 0, "guest_count": 0, "back_link": "https://a.example.ir"}, {"guest_code": ["77"], "guest_access": 1, "guest_count": 3},
    {"guest_code": ["77", "78"], "guest_access": 1},
]


@pytest.mark.parametrize("style", ["null", "list", "string"])
@pytest.mark.parametrize("state", EVENTS, ids=["no code", "one code", "codes"])
def test_an_event_keeps_its_codes_and_its_members(alocom, done, style, state):
    alocom.reset("default", guest_code_style=style, back_link_in_answer=True)
    alocom.mutate("events", {"slug": "math-10"}, state)

    def event():
        return alocom.events()["math-10"]
    before = event()
    done(alocom, "alocom_event", slug="math-10", title="تازه")
    assert differing(before, event()) == {"title": "تازه"}
    assert ("guest_code" in body(alocom, "events.update")) is bool(state["guest_code"])
    before = event()
    done(alocom, "alocom_event_member", event="math-10", username="ali.mohammadi", role="teacher")
    assert list(differing(before, event())) == ["members"]
    assert {row["username"]: row["role"] for row in event()["members"]} == {row["username"]: row["role"] for row in before["members"]} | {
        "ali.mohammadi": "teacher"}
    assert ("guest_code" in body(alocom, "events.update")) is bool(state["guest_code"])
    done(alocom, "alocom_event", slug="math-10", members=[{"username": "zahra.karimi", "role": "assistant"}])
    assert len(event()["members"]) == len(before["members"])
    # Asked for, an empty list is sent where there are codes.
    assert done(alocom, "alocom_event", slug="math-10", guest_codes=[])["changed"] is bool(state["guest_code"])
    assert event()["guest_code"] == []


def test_an_event_with_nothing_told(alocom, done):
    """What the vendor tells as null is nothing to send back."""
    alocom.reset("default")
    done(alocom, "alocom_event", slug="new-1", title="بی کد", service="14")
    assert not {"guest_code", "guest_access", "guest_count", "back_link", "users"} & set(body(alocom, "events.create"))
    done(alocom, "alocom_event", slug="new-2", title="بی کد", service="14", guest_codes=[], guest_count=0, guest_access=False)
    assert "guest_code" not in body(alocom, "events.create") and body(alocom, "events.create")["guest_access"] == 0


def test_a_space_keeps_its_description(podspace, done):
    before = podspace.spaces()["فروش"]
    podspace.mutate("organizations", {"hash": before["hash"]}, {"description": "  دو فاصله  "})
    done(podspace, "podspace_organization", hash=before["hash"], name="فروش ۲")
    assert differing(before, podspace.spaces()["فروش ۲"]) == {"name": "فروش ۲", "description": "  دو فاصله  "}
    done(podspace, "podspace_organization", name="فروش ۲", description="")
    assert podspace.spaces()["فروش ۲"]["description"] == ""


def test_a_share_keeps_its_day(podspace, done):
    place = podspace.entity("اسناد شرکت")
    before = podspace.shares(place)
    done(podspace, "podspace_folder_share", folder_hash=place, person="h.rezaei", level="edit")
    after = podspace.shares(place)
    assert after["h.rezaei"]["expiration"] == before["h.rezaei"]["expiration"] and after["h.rezaei"]["level"] == "edit"
    assert {who: row for who, row in after.items() if who != "h.rezaei"} == {who: row for who, row in before.items() if who != "h.rezaei"}


def test_a_phonebook_keeps_its_other_numbers(smspanel, done):
    done(smspanel, "smspanel_phonebook", name="a", numbers=["09121234567", "02188776655"], flag="1")
    done(smspanel, "smspanel_phonebook", name="a", numbers=["+98 912 123 4567", "09351234567"])
    assert smspanel.books()["a"] == ["09121234567", "02188776655", "09351234567"]
    done(smspanel, "smspanel_phonebook", name="a", numbers=["00989351234567"], numbers_mode="remove")
    assert smspanel.books()["a"] == ["09121234567", "02188776655"]


def test_a_profile_gets_only_what_differs(alocom, done):
    before = alocom.dump()["profile"]
    done(alocom, "alocom_profile", name="نو", surname=before["surname"])
    assert body(alocom, "profile.update") == {"name": "نو"}
