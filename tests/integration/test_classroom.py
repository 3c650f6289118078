# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role classroom as a user has it: one vars file, real plays."""

from __future__ import annotations

import json

import pytest
from playing import play

TERM = {
    "classroom_service": "کلاس اصلی",
    "classroom_labels": [{"title": "پایه دهم"}, {"title": "دبیران"}],
    "classroom_users": [
        {"username": "t.kazemi", "name": "مریم", "surname": "کاظمی", "labels": ["دبیران"]},
        {"username": "sara", "name": "سارا", "surname": "احمدی", "cellphone": "۰۹۱۲۱۲۳۴۵۶۷", "labels": ["پایه دهم"]},
        {"username": "ali", "name": "علی", "surname": "رضایی", "labels": ["پایه دهم"]},
    ],
    "classroom_events": [
        {"slug": "physics-10", "title": "فیزیک دهم", "members": [{"username": "t.kazemi", "role": "teacher"}, {"username": "sara"}, {"username": "ali"}]},
        {"slug": "math-10", "title": "ریاضی دهم", "members": [{"username": "t.kazemi", "role": "teacher"}]},
    ],
}
ROLE = [{"name": "term", "ansible.builtin.include_role": {"name": "kariz.panels.classroom"}}]


def results(played):
    """Return the results of what the role does, without its looks beforehand."""
    own = [line for line in played.lines if "kariz.panels.classroom : " in line["task"] and "kariz.panels.classroom : Look" not in line["task"]]
    return [line["result"] for line in own if line["result"].get("summary")]


@pytest.mark.smoke
def test_a_term_is_made_once_changed_and_torn_down(alocom, tmp_path):
    variables = dict(TERM, classroom_alocom=alocom.connection)

    def run(tasks, **more):
        # Nothing but the role's own map says where to go.
        return play(tasks, tmp_path, **more)

    looked = run(ROLE, variables=variables, check=True).ok()
    assert alocom.writes() == []
    # What an earlier step would make counts as there, whole; nothing of it is doubtful.
    assert "does not exist yet" not in looked.output and "WARNING" not in looked.output
    assert [result["summary"]["created"] for result in results(looked)] == [2, 3, 2]
    typos = json.loads(json.dumps(variables))
    typos["classroom_users"][1]["labels"] = ["پایه دهمم"]
    typos["classroom_events"][1]["members"][0]["username"] = "t.kazmi"
    told = run(ROLE, variables=typos, check=True).failed()
    assert "labels: there is no label پایه دهمم (did you mean پایه دهم?)" in told.output and "members: there is no user t.kazmi" in told.output
    assert alocom.writes() == []

    run(ROLE, variables=variables).ok()
    assert sorted(alocom.users()) == ["ali", "sara", "t.kazemi"]
    assert sorted(alocom.events()) == ["math-10", "physics-10"]
    assert {user["cellphone"] for user in alocom.users().values()} == {None, "09121234567"}

    alocom.clear_journal()
    again = run(ROLE, variables=variables).ok()
    assert alocom.writes() == []
    assert [result["changed"] for result in results(again)] == [False, False, False]

    edited = json.loads(json.dumps(variables))
    edited["classroom_events"][0]["title"] = "فیزیک پیشرفته دهم"
    looked = run(ROLE, variables=edited, check=True).ok()
    assert alocom.writes() == []
    real = run(ROLE, variables=edited).ok()
    assert [result["diff"] for result in results(looked)] == [result["diff"] for result in results(real)]
    assert alocom.events()["physics-10"]["title"] == "فیزیک پیشرفته دهم"

    # A label renamed by its id is one change, in the check as in the run: those who carry it follow.
    number = next(str(row["id"]) for row in alocom.dump()["labels"] if row["title"] == "دبیران")
    edited = json.loads(json.dumps(edited).replace(json.dumps("دبیران"), json.dumps("معلمان")))
    edited["classroom_labels"][1]["id"] = number
    looked = run(ROLE, variables=edited, check=True).ok()
    real = run(ROLE, variables=edited).ok()
    assert [result["changed"] for result in results(looked)] == [result["changed"] for result in results(real)] == [True, False, False]
    edited["classroom_labels"][1]["title"] = "دبیران"
    run(ROLE[:1], variables=dict(edited, classroom_users=[], classroom_events=[])).ok()

    gone = dict(variables, classroom_state="absent")
    looked = run(ROLE, variables=gone, check=True).ok()
    assert [result["summary"]["deleted"] for result in results(looked)] == [2, 3, 2]
    run(ROLE, variables=gone).ok()
    assert (alocom.users(), alocom.events(), alocom.titles()) == ({}, {}, [])
    alocom.clear_journal()
    run(ROLE, variables=gone).ok()
    assert alocom.writes() == []


def test_links_come_on_request_and_stay_out_of_the_log(alocom, run):
    variables = dict(TERM, classroom_links=True)
    looked = run(ROLE, variables=variables, check=True).ok()
    # Nobody is doubtful, and whoever the events would have by then comes into none of them.
    assert "WARNING" not in looked.output
    assert not any(result["changed"] for result in (line["result"] for line in looked.lines) if "links" in result)
    tasks = ROLE + [{"name": "how many", "ansible.builtin.debug": {
        "msg": "{{ classroom_links_result.results | map(attribute='links') | flatten | selectattr('entry_link') | length }} links"}}]
    played = run(tasks, variables=variables, verbosity=4, keywords={"module_defaults": {alocom.group: alocom.connection}}).ok()
    assert played["how many"]["msg"] == "4 links"
    assert "token=" not in played.output


def test_what_goes_goes_last_and_one_bad_item_stops_nobody(alocom, run):
    """A label goes while its users move on; a user leaves with an event; somebody unknown and a purge with several labels; absent wins."""
    keywords = {"module_defaults": {alocom.group: alocom.connection}}
    run(ROLE, variables=TERM, keywords=keywords).ok()
    moved = json.loads(json.dumps(TERM))
    moved["classroom_labels"] = [{"title": "پایه دهم", "state": "absent"}, {"title": "پایه یازدهم"}, {"title": "دبیران"}]
    for user in moved["classroom_users"][1:]:
        user["labels"] = ["پایه یازدهم"]
    moved["classroom_users"][2]["state"] = "absent"
    moved["classroom_events"][0] = dict(moved["classroom_events"][0], members=moved["classroom_events"][0]["members"][:2], members_mode="replace")
    looked = run(ROLE, variables=moved, keywords=keywords, check=True)
    done = run(ROLE, variables=moved, keywords=keywords).ok()
    assert looked.rc == 0, looked.output
    assert [result["summary"] for result in results(looked)] == [result["summary"] for result in results(done)]
    assert sorted(alocom.titles()) == sorted(["پایه یازدهم", "دبیران"]) and sorted(alocom.users()) == ["sara", "t.kazemi"]
    alocom.clear_journal()
    assert "changed=0" in run(ROLE, variables=moved, keywords=keywords).ok().output and alocom.writes() == []

    # A departed teacher carries one of the labels, which is enough; somebody of the file who fails is not taken for gone.
    alocom.seed("users", 1, prefix="gone", labels=["دبیران"])
    alocom.seed("users", 1, prefix="other")
    bad = dict(moved, classroom_purge=True, classroom_users=moved["classroom_users"] + [{"username": "nameless"}])
    told = run(ROLE, variables=bad, keywords=keywords).failed()
    assert "nameless: user nameless does not exist and cannot be made without name, surname" in told.output and "gone-00001" in alocom.users()
    run(ROLE, variables=dict(moved, classroom_purge=True), keywords=keywords).ok()
    assert sorted(alocom.users()) == ["other-00001", "sara", "t.kazemi"]
    away = dict(moved, classroom_state="absent", classroom_labels=[{"title": "دبیران", "state": "present"}],
                classroom_users=[dict(user, state="present") for user in moved["classroom_users"]])
    run(ROLE, variables=away, keywords=keywords).ok()
    assert sorted(alocom.users()) == ["other-00001"] and alocom.titles() == ["پایه یازدهم"]


def test_purge_removes_only_what_the_role_may(alocom, run):
    keywords = {"module_defaults": {alocom.group: alocom.connection}}
    run(ROLE, variables=TERM, keywords=keywords).ok()
    smaller = dict(TERM, classroom_events=TERM["classroom_events"][:1], classroom_purge=True, classroom_labels=[{"title": "پایه دهم"}],
                   classroom_users=TERM["classroom_users"][1:])
    run(ROLE, variables=smaller, keywords=keywords).ok()
    assert sorted(alocom.events()) == ["physics-10"]
    assert set(alocom.titles()) == {"دبیران", "پایه دهم"}
    assert "t.kazemi" in alocom.users()


@pytest.mark.parametrize(("change", "told"), [
    ({"classroom_users": [{"username": "sara", "nmae": "سارا"}]}, "nmae"),
    ({"classroom_state": "gone"}, "present, absent"),
    ({"classroom_events": [{"slug": "x", "members": [{"username": "a", "role": "boss"}]}]}, "participant, assistant, teacher"),
])
def test_a_slip_in_the_vars_file_is_told_before_any_request(alocom, run, change, told):
    played = run(ROLE, variables=dict(TERM, classroom_alocom=alocom.connection, **change)).failed()
    assert told in played.output
    assert alocom.journal() == []
