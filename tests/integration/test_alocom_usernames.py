# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that lower usernames: whoever alocom_user finds under a username as it is typed is found everywhere else."""

from __future__ import annotations

import pytest
from jobs import Loop, carry_out

SARA = {"username": "Sara.X", "name": "سارا", "surname": "تست"}


def school(alocom, **settings):
    alocom.reset("default", username_case="lower", **settings)
    made = carry_out("alocom_user", {**alocom.connection, **SARA})
    assert made["changed"] and "sara.x" in alocom.users()
    for more in ({}, {"email": ""}, {"enabled": True}, {"labels": []}):
        again = carry_out("alocom_user", {**alocom.connection, **SARA, **more})
        assert not again["failed"] and not again["changed"], (more, again)


def roles(alocom, slug="math-10"):
    return {member["username"]: member["role"] for member in alocom.events()[slug]["members"]}


@pytest.mark.parametrize("settings", [{}, {"filter": "exact"}, {"filter": "ignored", "take_max": 3}], ids=["substring", "exact", "ignored"])
def test_members(alocom, settings):
    school(alocom, **settings)

    def act(way, **options):
        result = way("alocom_event_member", {**alocom.connection, "event": "math-10", **options})
        assert not result["failed"] and not result["warnings"], result
        return result
    before = roles(alocom)
    for way in (carry_out, Loop().item):
        assert [act(way, username="Sara.X", **more)["changed"] for more in (
            {}, {}, {"role": "teacher"}, {"role": "teacher"}, {"state": "absent"}, {"state": "absent"})] == [True, False, True, False, True, False]
        assert roles(alocom) == before
    kept = [{"username": name.title(), "role": role} for name, role in before.items()]
    for changed in (True, False):
        result = act(carry_out, members=kept + [{"username": "SARA.X"}], purge=True)
        assert result["changed"] is changed and result["summary"]["deleted"] == 0, result
    assert roles(alocom) == dict(before, **{"sara.x": "participant"})
    assert act(carry_out, members=kept, purge=True)["summary"]["deleted"] == 1 and roles(alocom) == before


@pytest.mark.parametrize("mode", ["merge", "replace"])
def test_members_of_an_event(alocom, mode):
    school(alocom)
    wanted = {"slug": "math-10", "members": [{"username": "Sara.X"}, {"username": "ZAHRA.Karimi", "role": "teacher"}], "members_mode": mode}
    check = carry_out("alocom_event", {**alocom.connection, **wanted}, check=True)
    first, again = (carry_out("alocom_event", {**alocom.connection, **wanted}) for _time in range(2))
    assert not first["failed"] and first["changed"] and first["diff"] == check["diff"], (first, check)
    assert not again["failed"] and not again["changed"], again
    assert roles(alocom)["sara.x"] == "participant" and roles(alocom)["zahra.karimi"] == "teacher"
    assert (len(roles(alocom)) == 2) is (mode == "replace")
    double = carry_out("alocom_event", {**alocom.connection, "slug": "math-10", "members": [{"username": "sara.x"}, {"username": "Sara.X", "role": "teacher"}]})
    assert double["failed"] and "one user of the vendor" in double["msg"], double


@pytest.mark.parametrize("settings", [{}, {"filter": "exact"}], ids=["substring", "exact"])
def test_links_and_information(alocom, settings):
    school(alocom, **settings)
    link = {**alocom.connection, "event": "math-10", "username": "Sara.X"}
    first, again = carry_out("alocom_event_link", link), carry_out("alocom_event_link", link)
    assert first["changed"] and first["link"]["entry_link"] and not again["failed"] and not again["changed"], (first, again)
    several = carry_out("alocom_event_link", {**alocom.connection, "event": "math-10", "people": [
        {"username": "Sara.X"}, {"username": "Zahra.Karimi"}, {"username": "Ali.Mohammadi", "role": "teacher"}]})
    assert [row["action"] for row in several["links"]] == ["unchanged", "unchanged", "updated"], several
    for username in ("Sara.X", "sara.x"):
        for more in ({}, {"with_details": True}):
            found = carry_out("alocom_user_info", {**alocom.connection, "username": username, **more})
            assert [user["username"] for user in found["users"]] == ["sara.x"], found


def test_two_people_of_a_server_that_tells_cases_apart(alocom):
    """The very name is meant before another that only looks like it, and two that look alike are never taken for one another."""
    alocom.reset("default")
    for username in ("Twin", "twin"):
        carry_out("alocom_user", {**alocom.connection, **SARA, "username": username})
    for username in ("Twin", "twin"):
        made = carry_out("alocom_event_member", {**alocom.connection, "event": "math-10", "username": username})
        assert made["changed"] and username in roles(alocom)
        assert [user["username"] for user in carry_out("alocom_user_info", {**alocom.connection, "username": username})["users"]] == [username]
    options = {**alocom.connection, "slug": "math-10", "members": [{"username": "twin", "role": "teacher"}]}
    assert carry_out("alocom_event", options)["changed"] and not carry_out("alocom_event", options)["changed"]
    assert (roles(alocom)["twin"], roles(alocom)["Twin"]) == ("teacher", "participant")
    neither = carry_out("alocom_event_member", {**alocom.connection, "event": "math-10", "username": "TWIN"})
    assert neither["failed"] and "there is no user TWIN" in neither["msg"], neither
    only = carry_out("alocom_event_member", {**alocom.connection, "event": "math-10", "members": [{"username": "twin"}], "purge": True})
    # Who may be meant is not put out of a class by a purge.
    assert set(roles(alocom)) == {"twin", "Twin"} and "not purged" in only["warnings"][0], only
