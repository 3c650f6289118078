# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Events with their members, through both doors."""

from __future__ import annotations

import pytest

EVENT = "kariz.panels.alocom_event"
MATH = {"slug": "math-1", "title": "ریاضی", "service": "کلاس اصلی"}

ALTERNATIVES = [
    {},
    {"slug_in_link": False, "envelope": "data_wrapped", "create_returns_id": True, "create_status": 201},
    {"guest_code_style": "list", "back_link_in_answer": True, "order": "oldest"},
    {"guest_code_style": "string", "take_max": 2, "slug_taken_status": 409, "filter": "ignored", "create_returns_id": False},
]


def task(task_name, /, **options):
    more = options.pop("keywords", {})
    return {"name": task_name, EVENT: options, "ignore_errors": True, **more}


def roles(event):
    return {member["username"]: member["role"] for member in event["members"]}


@pytest.mark.parametrize(("door", "settings"), [("module", {})] + [("fast", settings) for settings in ALTERNATIVES],
                         ids=lambda value: value if isinstance(value, str) else ",".join(value) or "documented")
def test_life(alocom, run, door, cycle, settings):
    alocom.reset("default", **settings)
    alocom.seed("events", 4, prefix="math")
    zahra, ali, maryam = ({"username": name} for name in ("zahra.karimi", "ali.mohammadi", "maryam.hosseini"))
    # The same code decides behind both doors; a module for each of the steps would only take its time.
    few = {"create", "same typed otherwise", "merge one more member", "clear guest codes", "delete", "list", "list with changes"}
    life = cycle(EVENT, few if door == "module" else None)
    life.add("create", **MATH, members=[dict(zahra, role="teacher"), ali], guest_access=True, guest_codes=["1234", "5678"], guest_count=7,
             back_link="https://school.example.ir/back")
    life.add("same typed otherwise", slug="math-1", title=" رياضي", service="14", guest_codes=["5678", "1234", "1234"],
             members=[ali, dict(zahra, role="teacher")], start_by_admin=False, enabled=True)
    life.add("only the key", slug="math-1")
    life.add("title alone keeps the rest", slug="math-1", title="ریاضی ۲")
    life.add("merge one more member", slug="math-1", members=[dict(maryam, role="assistant")])
    life.add("change a role", slug="math-1", members=[dict(ali, role="assistant")])
    life.add("replace members", slug="math-1", members=[maryam, dict(zahra, role="teacher")], members_mode="replace")
    life.add("replace in another order", slug="math-1", members=[dict(zahra, role="teacher"), maryam], members_mode="replace")
    life.add("merge nobody", slug="math-1", members=[])
    life.add("one guest code", slug="math-1", guest_codes=["9999"])
    life.add("clear guest codes", slug="math-1", guest_codes=[], guest_access=False, guest_count=0)
    life.add("disable", slug="math-1", enabled=False, start_by_admin=True)
    life.add("remove everybody", slug="math-1", members=[], members_mode="replace")
    life.add("delete", slug="math-1", state="absent")
    life.add("list", events=[dict(MATH, members=[zahra]), dict(MATH, slug="math-2", enabled=False)])
    life.add("list with changes", events=[dict(MATH, state="absent"), {"slug": "math-2", "enabled": True}, {"slug": "math-00001", "guest_count": 3}])
    played = run(life.tasks, door).ok()
    life.verify(played, unchanged=["same typed otherwise", "only the key", "replace in another order", "merge nobody"])

    created = life.result(played, "create")
    assert isinstance(created["event"]["id"], int) and created["event"]["agent_service_id"] == 14 and created["event"]["alocom_link"]
    assert created["diff"]["after"]["members"] == {"ali.mohammadi": {"role": "participant"}, "zahra.karimi": {"role": "teacher"}}
    assert "1234" not in str(created) and "guest_codes" not in created["event"]
    merged = life.result(played, "merge one more member")["diff"]
    assert merged["before"]["members"] == {} and merged["after"]["members"] == {"maryam.hosseini": {"role": "assistant"}}
    events = alocom.events()
    assert "math-1" not in events and events["math-2"]["enabled"] is True and events["math-00001"]["guest_count"] == 3


@pytest.mark.parametrize("settings", [{}, {"guest_code_style": "string"}, {"guest_code_style": "list", "back_link_in_answer": True}],
                         ids=lambda settings: settings.get("guest_code_style", "null"))
def test_nothing_is_lost_by_an_update(alocom, run, settings):
    """An update sends every field: those that nobody spoke of stay as they are."""
    alocom.reset("default", **settings)
    before = alocom.events()["math-10"]
    played = run([task("title", slug="math-10", title="نو"), task("member", slug="math-10", members=[{"username": "leila.nouri", "role": "assistant"}]),
                  task("code", slug="math-10", guest_codes=["42"])]).ok()
    after = alocom.events()["math-10"]
    assert [played[name]["changed"] for name in ("title", "member", "code")] == [True] * 3
    kept = [name for name in before if name not in ("title", "members", "guest_code")]
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert roles(after) == dict(roles(before), **{"leila.nouri": "assistant"}) and after["guest_code"] == ["42"] and after["title"] == "نو"


@pytest.mark.seed("default")
def test_purge_within_a_service(alocom, run):
    alocom.seed("events", 3, prefix="main", service=14)
    alocom.seed("events", 2, prefix="other", service=16)
    wanted = [{"slug": "main-00001"}, dict(MATH)]
    played = run([
        task("without a service", events=[{"slug": "main-00001"}], purge=True),
        task("limit", events=wanted, purge=True, purge_service="کلاس اصلی", purge_limit=2),
        task("check", events=wanted, purge=True, purge_service="کلاس اصلی", keywords={"check_mode": True}),
        task("real", events=wanted, purge=True, purge_service="کلاس اصلی"),
        task("again", events=wanted, purge=True, purge_service="14"),
        task("by the service's id", events=[{"slug": "math-1"}], purge=True, purge_service="14"),
    ]).ok()
    assert "purge_service" in played["without a service"]["msg"] and "3 events" in played["limit"]["msg"]
    assert played["check"]["diff"] == played["real"]["diff"] and played["real"]["summary"]["deleted"] == 3
    assert played["again"]["changed"] is False and played["by the service's id"]["summary"]["deleted"] == 1
    assert set(alocom.events()) == {"math-1", "staff-meeting", "physics-11-old", "other-00001", "other-00002"}


@pytest.mark.seed("default")
def test_refusals(alocom, run):
    played = run([
        task("slug", slug="ریاضی", title="a", service="14"), task("count", **MATH, guest_count=-1),
        task("role", **MATH, members=[{"username": "zahra.karimi", "role": "boss"}]),
        task("member twice", **MATH, members=[{"username": "zahra.karimi"}, {"username": "zahra.karimi", "role": "teacher"}]),
        task("no service", slug="new", title="a"), task("unknown service", slug="new", title="a", service="نیست"),
        task("expired service", slug="new", title="a", service="سرویس پارسال"),
        task("unknown member", **MATH, members=[{"username": "nobody"}]),
        task("unknown member check", **MATH, members=[{"username": "nobody"}], keywords={"check_mode": True}),
        task("twice", events=[MATH, dict(MATH, title="b")]),
        task("running", slug="staff-meeting", state="absent"),
        task("move", slug="math-10", service="جلسات همکاران"),
        task("expired", slug="physics-11-old", enabled=False), task("expired on", slug="physics-11-old", enabled=True),
        task("taken slug", id="53", slug="staff-meeting"),
        task("other slug", id="53", slug="math-ten"), task("other slug again", id="53", slug="math-ten"),
        task("absent", slug="nothing", state="absent"),
    ]).ok()
    refused = ("slug", "count", "role", "member twice", "no service", "unknown service", "expired service", "unknown member", "twice", "running", "taken slug")
    for name in refused:
        assert played.kinds(name) == ["failed"] and not played[name].get("changed"), (name, played[name])
    assert "there is no bought service نیست" in played["unknown service"]["msg"] and "there is no user nobody" in played["unknown member"]["msg"]
    assert played["unknown member check"]["changed"] is True and "nobody" in str(played["unknown member check"]["warnings"])
    assert "امکان حذف رویداد وجود ندارد" in played["running"]["msg"]
    assert played["move"]["changed"] is False and "cannot move" in str(played["move"]["warnings"])
    assert played["expired"]["changed"] is False and played["expired on"]["changed"] is False and "expired" in str(played["expired on"]["warnings"])
    assert played["other slug"]["changed"] is True and played["other slug again"]["changed"] is False
    assert roles(alocom.events()["math-ten"]) and "math-1" not in alocom.events()


@pytest.mark.parametrize(("door", "created_id"), [("fast", False), ("fast", True), ("module", False)])
def test_loop_equals_list(alocom, run, door, created_id):
    alocom.reset("default", create_returns_id=created_id)
    member = [{"username": "zahra.karimi", "role": "teacher"}]
    wishes = [MATH, dict(MATH, title="ب"), dict(MATH, title="ب"), {"slug": "math-1", "members": member}, {"slug": "math-1", "members": member},
              {"slug": "math-1", "enabled": False}, {"slug": "math-1", "guest_count": 4}, {"slug": "math-1", "guest_count": 4},
              {"slug": "math-1", "state": "absent"}, {"slug": "math-1", "state": "absent"}]
    names = ("slug", "title", "service", "members", "enabled", "guest_count", "state")
    arguments = {name: "{{ item.%s | default(omit) }}" % name for name in names}
    played = run([{"name": "loop", EVENT: arguments, "loop": wishes}], door).ok()
    assert [entry["changed"] for entry in played["loop"]["results"]] == [True, True, False, True, False, True, True, False, True, False]
    assert "math-1" not in alocom.events()


@pytest.mark.seed("default")
def test_service_of_an_ambiguous_title(alocom, run):
    alocom.mutate("services", {"id": 16}, {"title": "کلاس اصلی"})
    played = run([task("title", **MATH), task("id", **{**MATH, "service": "16"}), task("again", **{**MATH, "service": "16"})]).ok()
    assert played.kinds("title") == ["failed"] and "14" in played["title"]["msg"] and "16" in played["title"]["msg"]
    assert played["id"]["changed"] is True and played["id"]["event"]["agent_service_id"] == 16 and played["again"]["changed"] is False
