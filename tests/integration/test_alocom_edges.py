# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where Alocom's answers say less than they seem to: a refusal with HTTP 200, a class that is full."""

from __future__ import annotations

import pytest
from jobs import Loop, carry_out

from ansible_collections.kariz.panels.plugins.module_utils._alocom.event import crowded


def done(alocom, module, check=False, **options):
    return carry_out(module, {**alocom.connection, **options}, check=check)


@pytest.mark.parametrize(("module", "options", "many"), [
    ("alocom_event", {"slug": "staff-meeting"}, "events"), ("alocom_user", {"username": "zahra.karimi"}, "users"),
    ("alocom_label", {"title": "استادان"}, "labels")], ids=["event", "user", "label"])
def test_a_refusal_with_200_is_no_removal(alocom, module, options, many):
    """What is answered with 200 and is still there was not removed: an event that is running (the document tells no code), a user, a label."""
    alocom.reset("default", running_status=200)
    if module != "alocom_event":
        alocom.fault("status", status=200, operation="%s.delete" % many, times=0, body={"message": "امکان حذف وجود ندارد"})
    before = alocom.dump()[many]
    single = done(alocom, module, state="absent", **options)
    listed = done(alocom, module, state="absent", **{many: [options]})
    assert alocom.dump()[many] == before
    for result in (single, listed):
        assert result["failed"] and result["changed"] is False and result["error"]["code"] == "not_applied", result
        assert "امکان حذف" in result["error"]["message"], result
    assert listed["summary"]["failed"] == 1 and listed["summary"]["deleted"] == 0


@pytest.mark.parametrize("status", [200, 204])
def test_a_removal_is_seen_to_be_one(alocom, status):
    alocom.reset("default")
    if status == 204:
        alocom.fault("no_content", times=0, status=204)
    for module, options in (("alocom_event", {"slug": "math-10"}), ("alocom_user", {"username": "zahra.karimi"}), ("alocom_label", {"title": "unused"})):
        if module == "alocom_label":
            assert done(alocom, module, **options)["changed"]
        alocom.clear_journal()
        result = done(alocom, module, state="absent", **options)
        assert not result["failed"] and result["changed"] and len(alocom.writes()) == 1, result
        assert done(alocom, module, state="absent", **options)["changed"] is False


@pytest.mark.parametrize("kind", ["status", "reset_before"])
def test_a_look_that_fails_is_no_proof(alocom, kind):
    """Whether it is gone is looked for; when that fails, the list tells."""
    alocom.reset("default")
    alocom.fault(kind, operation="events.get", status=500, times=1)
    result = done(alocom, "alocom_event", slug="math-10", state="absent", api_retries=0)
    assert not result["failed"] and result["changed"] and "math-10" not in alocom.events(), result


@pytest.fixture
def full(alocom):
    """An event with room for five, in which there are as many as the seed has."""
    alocom.reset("default")
    alocom.mutate("services", {"id": 14}, {"properties": {"max_event_user": 5}})
    inside = [row["username"] for row in alocom.events()["math-10"]["members"]]
    others = [name for name in alocom.users() if name not in inside]
    return inside, others


@pytest.mark.parametrize("check", [True, False], ids=["check", "run"])
def test_more_members_than_there_is_room_for(alocom, full, check):
    inside, others = full
    fits, count = others[:5 - len(inside)], 0
    members = [{"username": name} for name in others[:5 - len(inside) + 2]]
    assert len(inside) <= 5 and len(members) > 1

    def warned(result):
        assert not result["failed"] and result["changed"], result
        return [text for text in result["warnings"] if "max_event_user" in text]
    for module, options in (
            ("alocom_event", {"slug": "math-10", "members": members}),
            ("alocom_event_member", {"event": "math-10", "members": members}),
            ("alocom_event_link", {"event": "math-10", "people": members})):
        alocom.reset("default")
        alocom.mutate("services", {"id": 14}, {"properties": {"max_event_user": 5}})
        (text,) = warned(done(alocom, module, check, **options))
        assert text.endswith("its service allows 5 (max_event_user)") and "event math-10 would have" in text, text
        count += 1
    assert count == 3
    alocom.reset("default")
    alocom.mutate("services", {"id": 14}, {"properties": {"max_event_user": 5}})
    if fits:
        assert warned(done(alocom, "alocom_event", check, slug="math-10", members=[{"username": name} for name in fits])) == []
    new = {"slug": "new-class", "title": "نو", "service": "14", "members": [{"username": name} for name in list(alocom.users())[:6]]}
    assert warned(done(alocom, "alocom_event", check, **new)) == ["event new-class would have 6 members, and its service allows 5 (max_event_user)"]


def test_who_leaves_makes_room(alocom, full):
    inside, others = full
    exact = others[:5 - len(inside)]
    done(alocom, "alocom_event_member", event="math-10", members=[{"username": name} for name in exact])
    everybody = inside + exact
    swap = [{"username": others[-1]}, {"username": everybody[0], "state": "absent"}]
    assert done(alocom, "alocom_event_member", True, event="math-10", members=swap)["warnings"] == []
    whole = [{"username": name} for name in everybody[1:] + [others[-1]]]
    assert done(alocom, "alocom_event_member", True, event="math-10", members=whole, purge=True)["warnings"] == []
    assert done(alocom, "alocom_event", True, slug="math-10", members=whole, members_mode="replace")["warnings"] == []
    loop = Loop()
    results = [loop.item("alocom_event_member", {**alocom.connection, "event": "math-10", **item}) for item in (
        {"username": everybody[0], "state": "absent"}, {"username": others[-1]}, {"username": everybody[0]}, {"username": others[-2]})]
    assert [len(result["warnings"]) for result in results] == [0, 0, 1, 0], results


@pytest.mark.parametrize(("limit", "warns"), [(None, False), ("-", False), ("", False), (0, False), ("5", True), ("۵", True), (5, True), (6, False)])
def test_how_a_limit_is_told(limit, warns):
    assert bool(crowded("math-10", 6, limit)) is warns
