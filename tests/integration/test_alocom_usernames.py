# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that lower usernames: whoever alocom_user finds under a username as it is typed is found everywhere else."""

from __future__ import annotations

import json

import pytest
from jobs import Loop, carry_out
from playing import playbook

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


@pytest.mark.parametrize("settings", [{}, {"filter": "exact"}, {"filter": "ignored", "take_max": 3}], ids=["substring", "exact", "ignored"])
@pytest.mark.parametrize("way", ["task", "list", "loop"])
def test_one_user_is_one_user(alocom, settings, way):
    """Parts of a user, check mode, purge and absence find who a complete item finds, and a run that changes nothing writes nothing."""
    school(alocom, **settings)
    others = [{"username": name.title()} for name in list(alocom.users())[:3]]
    loop = Loop()

    def act(check=False, **options):
        options = {"username": "Sara.X", **options}
        if way == "loop":
            return loop.item("alocom_user", {**alocom.connection, **options}, check=check)
        given = {"users": [*others, options]} if way == "list" else options
        return carry_out("alocom_user", {**alocom.connection, **given}, check=check)
    if way == "loop":
        # So many items read the list, which then answers for the rest.
        assert not any(loop.item("alocom_user", {**alocom.connection, **item})["changed"] for item in others)
    alocom.clear_journal()
    for more in (dict(SARA), {}, {"name": "سارا"}):
        for check in (True, False):
            told = act(check, **more)
            assert not told["failed"] and not told["changed"], (more, told)
    assert alocom.writes() == []
    for more in ({"email": "sara@example.ir"}, {"enabled": False}, {"surname": "دیگر"}):
        assert [act(check, **more)["changed"] for check in (True, False, False)] == [True, True, False], more
    row = alocom.users()["sara.x"]
    assert (row["email"], row["surname"], row["name"], len(alocom.users())) == ("sara@example.ir", "دیگر", "سارا", 13)
    assert [act(check, state="absent")["changed"] for check in (True, False, False)] == [True, True, False]
    assert "sara.x" not in alocom.users() and len(alocom.users()) == 12


def test_a_purge_spares_who_is_named_in_another_case(alocom):
    school(alocom)
    carry_out("alocom_label", {**alocom.connection, "title": "x"})
    for username in ("Sara.X", "Other.X"):
        carry_out("alocom_user", {**alocom.connection, **SARA, "username": username, "labels": ["x"]})
    told = carry_out("alocom_user", {**alocom.connection, "users": [{"username": "Sara.X"}], "purge": True, "purge_labels": ["x"]})
    assert told["summary"]["deleted"] == 1 and told["warnings"] == [] and "sara.x" in alocom.users() and "other.x" not in alocom.users(), told


@pytest.mark.parametrize("case", ["sensitive", "insensitive"])
def test_nobody_goes_for_another(alocom, case):
    """Where usernames with capitals are kept, one in another case is nobody; so is one of two other names where they may be lowered."""
    alocom.reset("default", username_case=case)
    absent = {**alocom.connection, "username": "Zahra.Karimi", "state": "absent"}
    assert not carry_out("alocom_user", {**absent, "name": "سارا", "surname": "تست"})["changed"]
    other = carry_out("alocom_user", {**alocom.connection, **SARA, "username": "Nobody.X"})
    assert other["changed"] and "Nobody.X" in alocom.users()
    for options in (absent, {**absent, "users": [{"username": name} for name in ("Zahra.Karimi", "NOBODY.x", "a.b")], "username": None}):
        assert not carry_out("alocom_user", options)["changed"]
    assert carry_out("alocom_user", {**alocom.connection, "username": "Zahra.Karimi", "email": "z@example.ir"})["failed"]
    assert "zahra.karimi" in alocom.users() and len(alocom.users()) == 13


def test_the_file_of_what_is_wanted(alocom, tmp_path):
    """Drift takes a user of the file in another case for the one who is there, neither missing nor too much."""
    school(alocom)
    wanted = {"connection": alocom.connection, "users": [SARA, {"username": "Zahra.Karimi"}]}
    (tmp_path / "state.yml").write_text(json.dumps({"panels": {"alocom": wanted}}, ensure_ascii=False), encoding="utf-8")
    playbook("drift", tmp_path, {"desired_state": str(tmp_path / "state.yml"), "drift_unmanaged": True, "drift_json": str(tmp_path / "drift.json")}).ok()
    report = json.loads((tmp_path / "drift.json").read_text(encoding="utf-8"))
    differing = {one["object"]: one["change"] for one in report["accounts"][0]["kinds"][0]["differences"]}
    assert len(differing) == 11 and set(differing.values()) == {"extra"} and not {"sara.x", "zahra.karimi"} & set(map(str.lower, differing)), differing
