# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Entry links, through both doors."""

from __future__ import annotations

import json

import pytest

LINK = "kariz.panels.alocom_event_link"

pytestmark = pytest.mark.seed("default")


def task(task_name, /, **options):
    more = options.pop("keywords", {})
    return {"name": task_name, LINK: options, "ignore_errors": True, **more}


def kept(number, variable="{{ result | to_json }}"):
    """Write what a play registered to a file: the only place where a link is to be seen."""
    return {"name": "keep %s" % number, "ansible.builtin.copy": {"content": variable.replace("result", "result_%s" % number),
                                                                 "dest": "kept-%s.json" % number, "mode": "0600"}, "no_log": True}


def roles(alocom, slug="math-10"):
    return {member["username"]: member["role"] for member in alocom.events()[slug]["members"]}


@pytest.mark.parametrize(("door", "settings"), [("module", {}), ("fast", {}), ("fast", {"envelope": "data_wrapped", "order": "oldest", "filter": "ignored"})],
                         ids=lambda value: value if isinstance(value, str) else ",".join(value) or "documented")
def test_life(alocom, run, door, cycle, settings):
    alocom.reset("default", **settings)
    life = cycle(LINK)
    life.add("add", event="math-10", username="sara.jafari")
    life.add("member", event="math-10", username="zahra.karimi")
    life.add("role", event="math-10", username="sara.jafari", role="teacher")
    life.add("new user", event="53", username="sina.moradi", name="سینا", surname="مرادی", role="assistant")
    people = [{"username": "zahra.karimi"}, {"username": "reza.mousavi"}, {"username": "ali.mohammadi", "role": "teacher"},
              {"username": "new.one", "name": "نو", "surname": "آمده"}, {"username": "new.one", "event": "physics-11-old", "name": "نو", "surname": "آمده"}]
    life.add("many", event="math-10", people=people)
    played = run(life.tasks, door)
    played.ok()
    # debug shows what is registered: the results are compared through it.
    life.verify(played, unchanged=["member"])
    result = life.result(played, "add")
    link = result["link"]
    assert set(link) == {"event", "username", "role", "entry_link", "entry_token", "user_id"}
    assert link["entry_token"] in link["entry_link"] and len(link["user_id"]) == 24 and link["role"] == "participant"
    again = life.result(played, "add", "again")["link"]
    assert again["entry_token"] != link["entry_token"] and again["role"] == "participant"
    check = life.result(played, "add", "check")["link"]
    assert check == dict(link, entry_link=None, entry_token=None, user_id=None)
    assert result["diff"]["before"] == {} and result["diff"]["after"] == {"event": "math-10", "username": "sara.jafari", "role": "participant"}
    assert life.result(played, "member")["link"]["role"] == "teacher"
    many = life.result(played, "many")
    assert [row["action"] for row in many["links"]] == ["unchanged", "created", "updated", "created", "created"]
    assert many["summary"] == {"created": 3, "updated": 1, "deleted": 0, "unchanged": 1, "failed": 0}
    assert all(row["entry_link"] for row in many["links"])
    assert life.result(played, "many", "check")["links"][1]["entry_link"] is None
    assert roles(alocom) == {"zahra.karimi": "teacher", "ali.mohammadi": "teacher", "maryam.hosseini": "participant", "hossein.rezaei": "participant",
                             "fatemeh.ahmadi": "participant", "sara.jafari": "teacher", "sina.moradi": "assistant", "reza.mousavi": "participant",
                             "new.one": "participant"}
    assert alocom.users()["sina.moradi"]["name"] == "سینا" and alocom.users()["reza.mousavi"]["surname"] == "موسوی"


def test_secrets(alocom, run, door, tmp_path):
    """Neither link nor token is in any output, and yet both can be used."""
    people = [{"username": "zahra.karimi"}, {"username": "reza.mousavi"}]
    played = run([
        task("one", event="math-10", username="sara.jafari", keywords={"register": "result_one"}), kept("one"),
        task("many", event="math-10", people=[*people, {"username": "nobody"}], keywords={"register": "result_many"}), kept("many"),
        {"name": "loop", LINK: {"event": "{{ item }}", "people": people}, "loop": ["math-10", "physics-11-old"], "register": "result_loop"}, kept("loop"),
        {"name": "in the background", LINK: {"event": "math-10", "username": "sara.jafari"}, "async": 30, "poll": 1, "register": "result_job"}, kept("job"),
    ], door, verbosity=4).ok()
    one, many, loop, job = (json.loads((tmp_path / ("kept-%s.json" % name)).read_text()) for name in ("one", "many", "loop", "job"))
    found = [one["link"], *many["links"][:2], *[link for result in loop["results"] for link in result["links"]]]
    assert len(found) == 7 and all(link["entry_link"].endswith(link["entry_token"]) for link in found)
    written = played.output + json.dumps(played.lines)
    for link in found:
        assert link["entry_token"] not in written and link["entry_token"].rpartition(".")[2] not in written
    assert many["failed"] is True and many["summary"]["failed"] == 1 and "nobody" in many["msg"]
    assert "entry_link" not in job["link"] and job["link"]["username"] == "sara.jafari"
    assert "token=" not in written


def test_a_class(alocom, run, door):
    """200 people at once, new and known."""
    alocom.seed("users", 180, prefix="s")
    people = [{"username": "s-%05d" % number} for number in range(1, 181)]
    people += [{"username": "n-%d" % number, "name": "نام", "surname": "خانوادگی"} for number in range(20)]
    tasks = [task("first", event="math-10", people=people, keywords={"register": "first"}),
             task("second", event="math-10", people=people, keywords={"register": "second"}),
             {"name": "told", "ansible.builtin.debug": {"msg": {
                 "api": ["{{ first.api }}", "{{ second.api }}"], "changed": ["{{ first.changed }}", "{{ second.changed }}"],
                 "links": "{{ second.links | map(attribute='entry_token') | unique | length }}"}}}]
    told = run(tasks, door).ok()["told"]["msg"]
    assert told["changed"] == [True, False] and told["links"] == 200
    assert all(api["requests"] <= 200 + 7 for api in told["api"]), told["api"]
    assert len(roles(alocom)) == 205
    assert alocom.summary()["max_in_flight"] <= 8


def test_mistakes(alocom, run, door):
    played = run([
        task("nothing"), task("no event", username="sara.jafari"), task("empty name", event="math-10", username=" "),
        task("both", event="math-10", username="a", people=[]), task("twice", event="math-10", people=[{"username": "a"}, {"username": "a"}]),
        task("no event in an item", people=[{"username": "a"}]), task("role", event="math-10", username="a", role="boss"),
    ], door).ok()
    assert "event is required" in played["no event"]["msg"] and "username is required" in played["empty name"]["msg"]
    assert "people[1]: names the same person (math-10 / a) as people[0]" in played["twice"]["msg"]
    assert "people[0]: event is required" in played["no event in an item"]["msg"]
    assert all(played.kinds(name) == ["failed"] for name in ("nothing", "both", "role"))
    assert alocom.journal() == []
    several = [{"username": "sara.jafari"}, {"username": "nobody"}, {"username": "zahra.karimi", "event": "no-such"}, {"username": "half", "name": "x"}]
    check = task("check", event="math-10", people=several, keywords={"check_mode": True})
    played = run([check, task("unknown user", event="math-10", username="nobody"), task("unknown event", event="no-such", username="zahra.karimi"),
                  task("empty", event="math-10", people=[])], door).ok()
    assert alocom.writes() == [] and played["empty"]["changed"] is False and played["empty"]["links"] == []
    assert played["check"]["summary"]["created"] == 4 and len(played["check"]["warnings"]) == 3
    assert "name and surname" in played["unknown user"]["msg"] and "math-10 / nobody" in played["unknown user"]["msg"]
    assert played["unknown user"]["error"]["code"] == "missing_option" and "api" in played["unknown user"]
    assert played["unknown event"]["error"]["code"] == "not_found"
    played = run([task("real", event="math-10", people=several, keywords={"register": "real"}),
                  {"name": "told", "ansible.builtin.debug": {"var": "real"}}], door).ok()
    real = played["told"]["real"]
    assert real["failed"] is True and real["changed"] is True and real["links"][0]["entry_link"]
    assert [row["action"] for row in real["links"]] == ["created", "failed", "failed", "failed"]
    assert real["summary"] == {"created": 1, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 3}
    assert "without surname" in real["links"][3]["error"]["message"] and "there is no event no-such" in real["links"][2]["error"]["message"]
    assert set(real["error"]) == {"vendor", "operation", "http_status", "code", "name", "message", "retryable"} and "3 of 4 people failed" in real["msg"]


LOST = [("reset_after", {}), ("status_after", {"status": 500}), ("black_hole_after", {}), ("truncate_json", {}), ("html", {}), ("empty", {}),
        ("reset_before", {}), ("token_expiry", {}), ("status", {"status": 503, "retry_after": 0})]


@pytest.mark.parametrize(("kind", "options", "door"), [(*fault, "fast") for fault in LOST] + [(*LOST[3], "module")],
                         ids=lambda value: value if isinstance(value, str) else "")
def test_lost_answers(alocom, run, door, kind, options):
    """Asking again is harmless: everybody is in the event once, and everybody has a link."""
    for name in ("sara.jafari", "new.one"):
        alocom.fault(kind, path="enroll", match_body=name, **options)
    people = [{"username": "sara.jafari"}, {"username": "new.one", "name": "نو", "surname": "آمده"}, {"username": "zahra.karimi"}]
    played = run([task("many", event="math-10", people=people, api_timeout=0.5, keywords={"register": "many"}),
                  {"name": "told", "ansible.builtin.debug": {"var": "many"}}], door, verbosity=4).ok()
    many = played["told"]["many"]
    assert [row["action"] for row in many["links"]] == ["created", "created", "unchanged"] and all(row["entry_link"] for row in many["links"])
    assert len(roles(alocom)) == 7 and len(alocom.users()) == 13


def test_lost_for_good(alocom, run, door):
    """An answer that is cut each time is not quoted: half a token is a token too many."""
    alocom.fault("truncate_json", path="enroll", times=0)
    played = run([task("one", event="math-10", username="sara.jafari")], door, verbosity=4).ok()
    assert played["one"]["error"]["code"] == "outcome_unknown" and "holds no entry link" in played["one"]["msg"]
    assert "token=" not in played.output and "eyJ" not in played.output


def test_a_role_is_changed_where_enrolling_does_not(alocom, run):
    """The vendor promises only a new token for somebody who is there, so the role goes by the list of members."""
    run([task("role", event="math-10", people=[{"username": "maryam.hosseini", "role": "assistant"}, {"username": "zahra.karimi"}])]).ok()
    assert alocom.writes() == ["events.update", "events.enroll", "events.enroll"] and roles(alocom)["maryam.hosseini"] == "assistant"
    alocom.fault("status", status=400, path="events/53/$", body={"message": "در حال برگزاری"})
    played = run([task("refused", event="math-10", people=[{"username": "maryam.hosseini", "role": "teacher"}, {"username": "zahra.karimi"}],
                       keywords={"register": "refused"}), {"name": "told", "ansible.builtin.debug": {"var": "refused"}}]).ok()
    told = played["told"]["refused"]
    assert [row["action"] for row in told["links"]] == ["failed", "unchanged"] and "در حال برگزاری" in told["msg"]
    assert told["links"][0]["entry_link"] is None and roles(alocom)["maryam.hosseini"] == "assistant"


def test_asking_again_for_a_link_that_is_refused_does_not_say_that_nothing_happened(alocom, run):
    alocom.fault("truncate_json", path="enroll")
    alocom.fault("status", status=403, path="enroll")
    played = run([task("link", event="math-10", username="sara.jafari")])
    assert "sara.jafari" in roles(alocom)
    assert played["link"]["error"]["name"] == "outcome_unknown" or played["link"]["error"]["code"] == "outcome_unknown"
    assert "asking again failed" in played["link"]["msg"] and "which is harmless" in played["link"]["msg"]
