# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Members of events, through both doors."""

from __future__ import annotations

import pytest

MEMBER = "kariz.panels.alocom_event_member"
MATH = {"zahra.karimi": "teacher", "ali.mohammadi": "assistant", "maryam.hosseini": "participant", "hossein.rezaei": "participant",
        "fatemeh.ahmadi": "participant"}

pytestmark = pytest.mark.seed("default")


def task(task_name, /, **options):
    more = options.pop("keywords", {})
    return {"name": task_name, MEMBER: options, "ignore_errors": True, **more}


def roles(alocom, slug="math-10"):
    return {member["username"]: member["role"] for member in alocom.events()[slug]["members"]}


@pytest.mark.parametrize(("door", "settings"), [
    ("module", {}), ("fast", {}), ("fast", {"envelope": "data_wrapped", "remove_users_id": "enrolment", "order": "oldest"}),
    ("fast", {"remove_users_id": "hex", "slug_in_link": False, "filter": "ignored", "take_max": 4}),
], ids=lambda value: value if isinstance(value, str) else ",".join(value) or "documented")
def test_life(alocom, run, door, cycle, settings):
    alocom.reset("default", **settings)
    life = cycle(MEMBER)
    life.add("add", event="math-10", username="sara.jafari")
    life.add("there already", event="math-10", username="sara.jafari", role="participant")
    life.add("role left alone", event="53", username="zahra.karimi")
    life.add("role", event="math-10", username="sara.jafari", role="teacher")
    life.add("remove", event="math-10", username="sara.jafari", state="absent")
    life.add("list", event="math-10", members=[
        {"username": "reza.mousavi", "role": "assistant"}, {"username": "narges.yazdani"}, {"username": "maryam.hosseini", "role": "teacher"},
        {"username": "zahra.karimi"}, {"username": "hossein.rezaei", "state": "absent"}, {"event": "physics-11-old", "username": "leila.nouri"}])
    life.add("list of absent", members=[{"event": "math-10", "username": "reza.mousavi"}, {"event": "physics-11-old", "username": "leila.nouri"},
                                        {"event": "math-10", "username": "nobody"}], state="absent")
    life.add("purge", event="math-10", members=[{"username": name, "role": role} for name, role in MATH.items()], purge=True)
    before = alocom.events()["math-10"]
    played = run(life.tasks, door).ok()
    life.verify(played, unchanged=["there already", "role left alone"])
    assert roles(alocom) == MATH and set(roles(alocom, "physics-11-old")) == {"zahra.karimi", "sara.jafari"}
    after = alocom.events()["math-10"]
    # An update of the event carries everything: nothing else may have changed.
    assert {name: value for name, value in after.items() if name != "members"} == {name: value for name, value in before.items() if name != "members"}
    added = life.result(played, "add")
    number = alocom.users()["sara.jafari"]["id"]
    assert added["member"] == {"event": "math-10", "username": "sara.jafari", "userid": number, "event_id": 53, "role": "participant"}
    assert life.result(played, "add", "check")["member"] == added["member"]
    assert added["diff"]["before"] == {} and added["diff"]["after"] == {"event": "math-10", "username": "sara.jafari"}
    assert life.result(played, "role left alone")["member"]["role"] == "teacher"
    changed = life.result(played, "role")["diff"]
    assert changed["before"] == {"event": "math-10", "username": "sara.jafari", "role": "participant"}
    assert changed["after"] == {"event": "math-10", "username": "sara.jafari", "role": "teacher"}
    removed = life.result(played, "remove")["diff"]
    assert removed["before"] == {"event": "math-10", "username": "sara.jafari"} and removed["after"] == {}
    several = life.result(played, "list")
    assert [row["action"] for row in several["members"]] == ["created", "created", "updated", "unchanged", "deleted", "created"]
    assert several["summary"] == {"created": 3, "updated": 1, "deleted": 1, "unchanged": 1, "failed": 0}
    purged = life.result(played, "purge")
    assert purged["summary"] == {"created": 1, "updated": 1, "deleted": 1, "unchanged": 3, "failed": 0}
    assert [row["username"] for row in purged["members"] if row["action"] == "deleted"] == ["narges.yazdani"]


def test_budget(alocom, run, door):
    alocom.seed("users", 500, prefix="s")
    alocom.seed("members", event="math-10", usernames=["s-%05d" % number for number in range(1, 501)])
    items = [{"username": "s-%05d" % number, "role": "participant"} for number in range(1, 501)]
    loop = [{"name": "loop", MEMBER: {"event": "math-10", "username": "{{ item }}", "role": "assistant"}, "loop": ["s-00001", "s-00002", "maryam.hosseini"]},
            {"name": "loop again", MEMBER: {"event": "math-10", "username": "{{ item }}", "role": "assistant"}, "loop": ["s-00001", "maryam.hosseini"]}]
    played = run([task("one", event="math-10", username="s-00077"), task("one by id", event="53", username="s-00077", role="participant"),
                  task("many", event="math-10", members=items), *loop], door).ok()
    for name in ("one", "one by id", "many"):
        assert played[name]["changed"] is False
    assert played["one"]["api"]["requests"] <= (5 if door == "module" else 4)
    assert played["one by id"]["api"]["requests"] <= 5
    assert played["many"]["api"]["requests"] <= 9
    assert [entry["changed"] for entry in played["loop"]["results"]] == [True] * 3
    assert [entry["changed"] for entry in played["loop again"]["results"]] == [False] * 2
    if door == "fast":
        # After the first item: the event and the person, then a fresh look and one update. No item reads all users of the account.
        assert [entry["api"]["requests"] for entry in played["loop"]["results"]][1:] == [4, 4]
    assert len(roles(alocom)) == 505 and roles(alocom)["s-00001"] == "assistant"


def test_one_call_for_many(alocom, run, door):
    alocom.seed("users", 60, prefix="s")
    names = ["s-%05d" % number for number in range(1, 61)]
    alocom.clear_journal()
    played = run([task("add", members=[{"username": name} for name in names], event="math-10"),
                  task("roles", members=[{"username": name, "role": "assistant"} for name in names], event="math-10"),
                  task("remove", members=[{"username": name} for name in names], event="math-10", state="absent"),
                  task("nobody left", event="math-10", members=[], purge=True)], door).ok()
    assert alocom.writes() == ["events.add_users", "events.update", "events.remove_users", "events.remove_users"]
    assert played["remove"]["summary"]["deleted"] == 60 and played["nobody left"]["summary"]["deleted"] == 5
    assert roles(alocom) == {}


def test_mistakes(alocom, run, door):
    played = run([
        task("no event given", username="sara.jafari"), task("no event in an item", members=[{"username": "sara.jafari"}]),
        task("twice", event="math-10", members=[{"username": "sara.jafari"}, {"username": " sara.jafari "}]),
        task("wrong role", event="math-10", username="sara.jafari", role="boss"), task("purge without event", members=[], purge=True),
        task("purge elsewhere", event="math-10", members=[{"event": "53", "username": "sara.jafari"}], purge=True),
        task("purge without list", event="math-10", username="sara.jafari", purge=True),
    ], door).ok()
    assert "event is required" in played["no event given"]["msg"] and "event is required" in played["no event in an item"]["msg"]
    assert "members[1]: names the same member" in played["twice"]["msg"]
    assert "needs event at the top" in played["purge without event"]["msg"] and "members[0]" in played["purge elsewhere"]["msg"]
    assert all(played.kinds(name) == ["failed"] for name in ("wrong role", "purge without list"))
    assert alocom.journal() == []
    several = [{"event": "math-10", "username": "nobody"}, {"event": "math-10", "username": "sara.jafari"}, {"event": "no-such", "username": "reza.mousavi"},
               {"event": "math-10", "username": "nobody2", "state": "absent"}]
    played = run([
        task("check", members=several, keywords={"check_mode": True}), task("purge limit", event="math-10", members=[], purge=True, purge_limit=4),
        task("purge of no event", event="no-such", members=[], purge=True), task("one event twice", members=[
            {"event": "53", "username": "reza.mousavi"}, {"event": "math-10", "username": "reza.mousavi"}]),
    ], door).ok()
    assert alocom.writes() == []
    assert played["check"]["summary"] == {"created": 3, "updated": 0, "deleted": 0, "unchanged": 1, "failed": 0}
    warned = " ".join(played["check"]["warnings"])
    assert "user nobody does not exist yet" in warned and "event no-such does not exist yet" in warned
    assert "5 members" in played["purge limit"]["msg"] and played["purge limit"]["error"]["code"] == "purge_limit"
    assert "there is no event no-such" in played["purge of no event"]["msg"]
    assert "names the same member" in played["one event twice"]["msg"]
    played = run([task("real", members=several), task("single", event="math-10", username="nobody"),
                  task("absent from no event", event="no-such", username="nobody", state="absent")], door).ok()
    real = played["real"]
    assert [row["action"] for row in real["members"]] == ["failed", "created", "failed", "unchanged"] and real["changed"] is True
    assert "there is no user nobody" in real["members"][0]["error"]["message"] and "there is no event no-such" in real["members"][2]["error"]["message"]
    assert "math-10 / nobody" in real["msg"] and "no-such / reza.mousavi" in real["msg"]
    assert played["single"]["error"]["code"] == "not_found" and "there is no user nobody" in played["single"]["msg"]
    assert played["absent from no event"]["changed"] is False and "there is no event no-such" in played["absent from no event"]["warnings"][0]
    assert roles(alocom) == dict(MATH, **{"sara.jafari": "participant"})


LOST = [("reset_after", {}), ("status_after", {"status": 500}), ("black_hole_after", {}), ("truncate_json", {}), ("reset_before", {}), ("empty", {})]


@pytest.mark.parametrize(("kind", "options", "way", "door"), [(*fault, "userid", "fast") for fault in LOST] + [
    (*LOST[0], "enrolment", "fast"), (*LOST[1], "hex", "fast"), (*LOST[0], "userid", "module")],
    ids=lambda value: value if isinstance(value, str) else "")
def test_lost_answers(alocom, run, door, kind, options, way):
    """Whatever is lost, the right people are in the event at the end, in their roles, and nobody else is gone."""
    alocom.reset("default", remove_users_id=way)
    for path in ("add-users", "remove-users", r"events/53/$"):
        alocom.fault(kind, path=path, **options)
    played = run([
        task("add", event="math-10", members=[{"username": "sara.jafari"}, {"username": "reza.mousavi", "role": "assistant"}], api_timeout=0.5),
        task("role", event="math-10", username="sara.jafari", role="teacher", api_timeout=0.5),
        task("remove", event="math-10", username="reza.mousavi", state="absent", api_timeout=0.5),
    ], door).ok()
    assert all(played[name]["changed"] and not played[name].get("failed") for name in ("add", "role", "remove"))
    assert roles(alocom) == dict(MATH, **{"sara.jafari": "teacher"})
    enrolments = [member["id"] for member in alocom.events()["math-10"]["members"]]
    assert enrolments[:5] == [295, 296, 297, 298, 299], "nobody was taken out and put back"


def test_lost_for_good(alocom, run, door):
    alocom.fault("reset_before", path="add-users", times=0)
    alocom.fault("status", status=500, path=r"events/53/$", times=0, method="PATCH")
    played = run([task("add", event="math-10", members=[{"username": "sara.jafari"}, {"username": "zahra.karimi"}]),
                  task("role", event="math-10", username="ali.mohammadi", role="teacher")], door).ok()
    assert [row["action"] for row in played["add"]["members"]] == ["failed", "unchanged"]
    for name in ("add", "role"):
        assert played[name]["error"]["code"] == "outcome_unknown" and played[name]["changed"] is False
    assert roles(alocom) == MATH


@pytest.mark.parametrize("status", [404, 405, 422])
def test_without_the_calls_for_members(alocom, run, door, status):
    """Where add-users and remove-users are not what is believed, the update of the event does it all."""
    alocom.fault("status", status=status, path="(add|remove)-users", times=0, body={"message": "no"})
    played = run([task("add", event="math-10", members=[{"username": "sara.jafari"}, {"username": "reza.mousavi", "role": "assistant"}]),
                  task("remove", event="math-10", members=[{"username": "sara.jafari"}, {"username": "zahra.karimi"}], state="absent")], door).ok()
    assert played["add"]["summary"]["created"] == 2 and played["remove"]["summary"]["deleted"] == 2
    expected = dict(MATH, **{"reza.mousavi": "assistant"})
    del expected["zahra.karimi"]
    assert roles(alocom) == expected


def test_the_wrong_person_is_put_back(alocom, run, door):
    """remove-users takes the id for that of an enrolment, and there is one with this number: somebody else goes. Both are put right."""
    alocom.reset("default", remove_users_id="enrolment")
    alocom.seed("users", 140, prefix="s")
    victim = next(member for member in alocom.events()["math-10"]["members"] if member["username"] == "ali.mohammadi")
    name = next(name for name, row in alocom.users().items() if row["id"] == victim["id"])
    alocom.seed("members", event="math-10", usernames=[name])
    played = run([task("remove", event="math-10", username=name, state="absent"), task("then", event="math-10", username=name, state="absent")], door).ok()
    assert alocom.writes() == ["events.remove_users", "events.update"]
    assert played["remove"]["changed"] is True and played["then"]["changed"] is False
    assert roles(alocom) == MATH


def test_answers_that_must_not_be_taken_for_an_empty_list(alocom, run, door):
    alocom.fault("wrong_type", path=r"events/53$", times=0, body={"event": {"id": 53, "title": "x", "slug": "math-10"}})
    played = run([task("add", event="math-10", username="sara.jafari"), task("role", event="math-10", username="zahra.karimi", role="assistant"),
                  task("absent", event="math-10", username="zahra.karimi", state="absent")], door).ok()
    for name in ("add", "role", "absent"):
        assert played[name]["error"]["code"] == "bad_answer", played[name]
    assert alocom.writes() == [] and roles(alocom) == MATH


def test_loops_over_events(alocom, run, door):
    """What was read for one event of a loop is not taken for another's."""
    played = run([
        {"name": "items", MEMBER: {"event": "{{ item.event }}", "username": "{{ item.username }}", "role": "assistant"},
         "loop": [{"event": "math-10", "username": "maryam.hosseini"}, {"event": "staff-meeting", "username": "narges.yazdani"},
                  {"event": "math-10", "username": "sara.jafari"}, {"event": "staff-meeting", "username": "sara.jafari"}]},
        {"name": "lists", MEMBER: {"members": "{{ item }}", "state": "absent"},
         "loop": [[{"event": "math-10", "username": "sara.jafari"}], [{"event": "staff-meeting", "username": "sara.jafari"}],
                  [{"event": "math-10", "username": "maryam.hosseini"}, {"event": "staff-meeting", "username": "zahra.karimi"}]]},
    ], door).ok()
    assert [entry["changed"] for entry in played["items"]["results"]] == [True] * 4
    assert [entry["changed"] for entry in played["lists"]["results"]] == [True] * 3
    assert played["lists"]["results"][2]["summary"] == {"created": 0, "updated": 0, "deleted": 1, "unchanged": 1, "failed": 0}
    assert roles(alocom) == {name: role for name, role in MATH.items() if name != "maryam.hosseini"}
    assert roles(alocom, "staff-meeting") == {"ali.mohammadi": "teacher", "narges.yazdani": "assistant", "amir.kazemi": "participant"}


@pytest.mark.parametrize(("options", "operation"), [({}, "events.add_users"), ({"state": "absent"}, "events.remove_users")])
def test_a_write_that_cannot_be_looked_at_is_never_told_as_nothing(alocom, run, options, operation):
    alocom.reset()
    alocom.seed("users", 2, prefix="pupil")
    alocom.seed("events", 1, prefix="course", service=14, members=1 if options else 0)
    member = {"event": "course-00001", "members": [{"username": "pupil-00001", **options}]}
    run([{"name": "foretold", "kariz.panels.alocom_event_member": member, "check_mode": True}]).ok()
    looked = alocom.operations().count("events.get")
    alocom.fault("status_after", status=502, operation=operation)
    alocom.fault("status", status=500, operation="events.get", skip=looked + (operation != "events.add_users"), times=20)
    told = run([{"name": "it", "kariz.panels.alocom_event_member": member}]).failed()["it"]
    assert operation in alocom.writes()
    assert told["changed"] or told["error"]["code"] == "outcome_unknown", told["msg"]
