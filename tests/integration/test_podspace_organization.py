# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Organization spaces and their people, through both doors."""

from __future__ import annotations

import pytest
from jobs import carry_out

ORGANIZATION = "kariz.panels.podspace_organization"
MEMBER = "kariz.panels.podspace_organization_member"

#: Every alternative that the vendor page tolerates, packed into few lives. The answers are read by the same code behind both doors, so the
#: ordinary door lives only the first two.
LIVES = [
    ("fast", {}),
    ("module", {}),
    ("fast", {"inner": "object", "list_style": "list", "organization_id": "organization", "create_answer": "hash", "person_style": "user",
              "role_field": "role"}),
    ("fast", {"inner_envelope": False, "list_style": "nested", "create_answer": "nested", "person_style": "flat", "role_case": "lower", "count": "absent"}),
    ("fast", {"list_style": "named", "create_answer": "empty", "persons_case": "lower", "count": "outer", "error_level": "outer"}),
    ("fast", {"inner": "object", "inner_envelope": False, "create_answer": "object", "error_level": "status", "error_code_type": "text"}),
]
lives = pytest.mark.parametrize("door,settings", LIVES, ids=lambda part: part if isinstance(part, str) else ",".join(part) or "documented")


def task(task_name, module, /, **options):
    more = options.pop("keywords", {})
    return {"name": task_name, module: options, "ignore_errors": True, **more}


@lives
def test_life_of_spaces(podspace, pod, cycle, door, settings):
    podspace.reset(**settings)
    life = cycle(ORGANIZATION)
    life.add("create", name="پژوهش", description="آزمایشگاه")
    life.add("same, typed otherwise", name=" پژوهش ", description="آزما\u064aشگاه")
    life.add("describe", name="پژوهش", description="کتابخانه")
    life.add("clear", name="پژوهش", description="")
    life.add("list", organizations=[{"name": "حقوقی"}, {"name": "پژوهش", "description": "x"}, {"name": "مالی", "state": "absent"}, {"name": "فروش"}])
    life.add("delete", name="حقوقی", state="absent")
    played = pod(life.tasks, door).ok()
    life.verify(played, unchanged=["same, typed otherwise"])
    spaces = podspace.spaces()
    assert sorted(spaces) == ["فروش", "پژوهش"] and spaces["پژوهش"]["description"] == "x"
    created = life.result(played, "create")
    assert created["organization"] == {"name": "پژوهش", "hash": spaces["پژوهش"]["hash"], "description": "آزمایشگاه"}
    assert created["diff"]["before"] == {} and created["diff"]["after"] == {"name": "پژوهش", "description": "آزمایشگاه"}
    assert life.result(played, "create", "check")["organization"]["hash"] is None
    assert life.result(played, "create", "again")["api"]["requests"] == 1
    assert [row["action"] for row in life.result(played, "list")["organizations"]] == ["created", "updated", "deleted", "unchanged"]
    # What is not to change is sent as it was.
    assert spaces["فروش"]["description"] == "فضای گروه فروش"


def test_rename_and_ambiguity(podspace, pod, door, cycle):
    podspace.seed("organizations", 2, name="دوقلو")
    twin = [row["hash"] for row in podspace.dump()["organizations"] if row["name"] == "دوقلو"]
    life = cycle(ORGANIZATION)
    life.add("rename", hash=twin[0], name="یکتا")
    tasks = [task("which", ORGANIZATION, name="دوقلو", state="absent"), *life.tasks, task("no such", ORGANIZATION, hash="NOSUCH", name="q"),
             task("gone", ORGANIZATION, hash="NOSUCH", state="absent"), task("empty", ORGANIZATION, name="  "),
             task("twice", ORGANIZATION, organizations=[{"name": "یک"}, {"name": "\u064aک"}])]
    played = pod(tasks, door).ok()
    life.verify(played)
    assert all(text in played["which"]["msg"] for text in twin) and played["which"]["error"]["code"] == "ambiguous"
    assert life.result(played, "rename")["organization"]["hash"] == twin[0]
    assert played["no such"]["error"]["code"] == "not_found" and played["gone"]["changed"] is False
    assert "name" in played["empty"]["msg"] and "each may occur once" in played["twice"]["msg"]
    assert sorted(podspace.spaces()) == ["دوقلو", "فروش", "مالی", "یکتا"]


@pytest.mark.parametrize("kind", ["reset_after", "reset_before", "truncate", "html", "status_after", "black_hole_after"])
def test_lost_answers_make_exactly_one(podspace, pod, kind):
    more = {"status": 502} if kind == "status_after" else {}
    for operation in ("create_organization", "add_user_to_organization", "edit_organization", "remove_organization", "remove_user_from_organization"):
        if (operation, kind) != ("create_organization", "reset_before"):
            podspace.lose(operation, kind, **more)
    quick = {"api_timeout": 0.7} if kind.startswith("black") else {}
    played = pod([
        task("make", ORGANIZATION, name="پژوهش", description="یک", **quick),
        task("add", MEMBER, organization="پژوهش", person="z.karimi", role="maintainer", **quick),
        task("describe", ORGANIZATION, name="پژوهش", description="دو", **quick),
        task("take out", MEMBER, organization="فروش", person="z.karimi", state="absent", **quick),
        task("delete", ORGANIZATION, name="مالی", state="absent", **quick)]).ok()
    assert all(played[name]["changed"] for name in ("make", "add", "describe", "take out", "delete"))
    names = [row["name"] for row in podspace.dump()["organizations"]]
    assert sorted(names) == ["فروش", "پژوهش"]
    assert podspace.members("پژوهش") == {"kariz.company": "OWNER", "z.karimi": "MAINTAINER"} and "z.karimi" not in podspace.members("فروش")
    assert podspace.spaces()["پژوهش"]["description"] == "دو"


@pytest.mark.parametrize(("kind", "more", "again"), [("reset_before", {}, False), ("status", {"status": 504}, False), ("status", {"status": 500}, True)])
def test_a_second_space_is_not_risked(podspace, kind, more, again):
    """Names are not unique: the call is repeated only when the server itself has certainly finished with the first one."""
    podspace.lose("create_organization", kind, **more)
    result = carry_out("podspace_organization", {**podspace.connection, "name": "پژوهش"})
    assert podspace.writes() == ["create_organization"] * (2 if again else 1)
    assert result["changed"] is again and (again or result["error"]["code"] == "outcome_unknown")


def test_lost_answer_that_cannot_be_looked_after(podspace, pod, door):
    podspace.lose("create_organization")
    # Every look fails; one that does not would find it.
    podspace.refuse("get_user_organizations", 999, skip=1, times=0)
    played = pod([task("make", ORGANIZATION, name="پژوهش")], door).ok()
    assert played["make"]["error"]["code"] == "outcome_unknown" and "looking for it failed too" in played["make"]["msg"]
    assert podspace.writes() == ["create_organization"]


@lives
def test_life_of_members(podspace, pod, cycle, door, settings):
    podspace.reset(**settings)
    life = cycle(MEMBER)
    life.add("add", organization="فروش", person="h.rezaei")
    life.add("same, by mobile", organization="فروش", person="+98 936 123 4504")
    life.add("same, in Persian digits", organization="فروش", person="۰۹۳۶۱۲۳۴۵۰۴", role="guest")
    life.add("same, by e-mail", organization="فروش", person="H.Rezaei@example.ir")
    life.add("role", organization="فروش", person="H.REZAEI", role="maintainer")
    life.add("list", organization="فروش", members=[{"person": "n.yazdani", "role": "maintainer"}, {"person": "h.rezaei", "role": "guest"},
                                                   {"person": "a.mohammadi"}, {"person": "z.karimi", "state": "absent"}])
    life.add("own spaces in the items", members=[{"organization": "مالی", "person": "f.ahmadi"}, {"organization": "فروش", "person": "f.ahmadi"}])
    life.add("purge", organization="فروش", members=[{"person": "n.yazdani"}, {"person": "09361234504"}], purge=True)
    life.add("remove", organization="فروش", person="n.yazdani", state="absent")
    played = pod(life.tasks, door).ok()
    life.verify(played, unchanged=["same, by mobile", "same, in Persian digits", "same, by e-mail"])
    assert podspace.members("فروش") == {"kariz.company": "OWNER", "h.rezaei": "GUEST"}
    assert podspace.members("مالی")["f.ahmadi"] == "GUEST"
    added = life.result(played, "add")
    assert added["member"] == {"organization": "فروش", "person": "h.rezaei", "username": None, "organization_hash": podspace.spaces()["فروش"]["hash"],
                               "role": "guest"}
    assert life.result(played, "same, by mobile")["member"]["username"] == "h.rezaei"
    assert life.result(played, "same, by mobile")["api"]["requests"] == 2
    assert life.result(played, "role")["diff"]["before"] == {"organization": "فروش", "person": "h.rezaei", "role": "guest"}
    assert [row["action"] for row in life.result(played, "list")["members"]] == ["created", "updated", "unchanged", "deleted"]
    assert life.result(played, "purge")["summary"]["deleted"] == 3


def test_refusals_of_members(podspace, pod, door):
    tasks = [
        task("owner out", MEMBER, organization="فروش", person="kariz.company", state="absent"),
        task("owner by adding", MEMBER, organization="فروش", person="h.rezaei", role="owner"),
        task("no such space", MEMBER, organization="نیست", person="z.karimi"),
        task("absent from no space", MEMBER, organization="نیست", person="z.karimi", state="absent"),
        {**task("foretold", MEMBER, organization="نیست", person="z.karimi"), "check_mode": True},
        task("purge without scope", MEMBER, members=[{"organization": "فروش", "person": "z.karimi"}], purge=True),
        task("too many", MEMBER, organization="فروش", members=[], purge=True, purge_limit=2),
        task("one person twice", MEMBER, organization="فروش", members=[{"person": "z.karimi"}, {"person": "09121234501"}]),
        task("some fail", MEMBER, organization="فروش", members=[{"person": "n.yazdani"}, {"person": "nobody.here"}, {"person": "bad name"}]),
        task("no person", MEMBER, organization="فروش", person=""),
    ]
    played = pod(tasks, door).ok()
    assert "owners are never removed" in played["owner out"]["msg"]
    assert played["owner by adding"]["error"]["code"] == 101
    assert "no organization نیست" in played["no such space"]["msg"]
    assert played["absent from no space"]["changed"] is False and played["foretold"]["changed"] is True
    assert "does not exist yet" in played["foretold"]["warnings"][0]
    assert "organization" in played["purge without scope"]["msg"] and "purge_limit" in played["too many"]["msg"]
    assert "names the same member" in played["one person twice"]["msg"]
    assert [row["action"] for row in played["some fail"]["members"]] == ["created", "failed", "failed"]
    assert [row["error"]["code"] for row in played["some fail"]["members"][1:]] == [34, 6]
    assert "person" in played["no person"]["msg"]
    assert podspace.members("فروش") == {"kariz.company": "OWNER", "z.karimi": "MAINTAINER", "a.mohammadi": "GUEST", "m.hosseini": "GUEST",
                                        "n.yazdani": "GUEST"}


def test_people_shown_by_username_only(podspace, pod, door):
    """A mobile number that nobody shows may be anybody's: adding asks the vendor, removing asks the user."""
    podspace.reset(person_fields="username")
    tasks = [
        task("there", MEMBER, organization="فروش", person="z.karimi"),
        task("add by mobile", MEMBER, organization="فروش", person="09361234504"),
        task("again", MEMBER, organization="فروش", person="09361234504"),
        task("remove by mobile", MEMBER, organization="فروش", person="09121234501", state="absent"),
        task("purge by mobile", MEMBER, organization="فروش", members=[{"person": "09121234501"}], purge=True),
    ]
    played = pod(tasks, door).ok()
    assert played["there"]["changed"] is False and played["add by mobile"]["changed"] is True
    assert played["again"]["error"]["code"] == 44 and "username" in played["again"]["msg"]
    assert all(played[name]["error"]["code"] == "ambiguous" for name in ("remove by mobile", "purge by mobile"))
    assert set(podspace.members("فروش")) == {"kariz.company", "z.karimi", "a.mohammadi", "m.hosseini", "h.rezaei"}


@pytest.mark.parametrize("settings,most", [({}, 2), ({"count": "absent"}, 3), ({"page_max": 200}, 4)], ids=["documented", "no total", "cut pages"])
def test_five_hundred_members(podspace, pod, settings, most):
    podspace.reset(**settings)
    people = podspace.seed("members", 500, organization="فروش", prefix="staff")
    podspace.clear_journal()
    played = pod([task("unchanged", MEMBER, organization="فروش", members=[{"person": name} for name in people]),
                  task("purge", MEMBER, organization="فروش", members=[{"person": name} for name in people], purge=True)]).ok()
    assert played["unchanged"]["changed"] is False and played["unchanged"]["summary"]["unchanged"] == 500
    assert played["unchanged"]["api"]["requests"] <= most
    assert played["purge"]["summary"]["deleted"] == 3


def test_a_list_that_lacks_rows_is_a_failure(podspace, pod):
    """The vendor counts more than it gives and knows no next page: nobody may be taken for absent."""
    podspace.seed("members", 30, organization="فروش")
    body = {"hasError": False, "errorCode": 0, "count": 34, "result": {"result": [{"person": {"username": "z.karimi"}, "type": "GUEST"}],
                                                                       "header": {}, "statusCode": 200}}
    podspace.fault("status", status=200, body=body, match_body=podspace.of("get_list_of_collaborator"), times=2)
    played = pod([task("cut", MEMBER, organization="فروش", person="h.rezaei")]).ok()
    assert "counts 34 rows but gives only 1" in played["cut"]["msg"] and podspace.writes() == []


def test_loop_reads_once(podspace, pod):
    items = ["h.rezaei", "n.yazdani", "H.Rezaei", "z.karimi", "r.mousavi"]
    podspace.clear_journal()
    played = pod([task("loop", MEMBER, organization="فروش", person="{{ item }}", keywords={"loop": items}),
                  task("spaces", ORGANIZATION, name="{{ item }}", keywords={"loop": ["الف", "ب", "الف", "فروش"]})]).ok()
    assert [row["changed"] for row in played["loop"]["results"]] == [True, True, False, False, True]
    assert [row["changed"] for row in played["spaces"]["results"]] == [True, True, False, False]
    # Who has his place already by other letters is refused; after a failure nothing is believed, and everything is read again.
    assert [(row.get("error") or {}).get("code") for row in played["loop"]["results"]] == [None, None, "same_object", None, None]
    assert podspace.operations() == ["get_user_organizations", "get_list_of_collaborator", "add_user_to_organization", "add_user_to_organization",
                                     "get_list_of_collaborator", "get_user_organizations", "get_list_of_collaborator", "add_user_to_organization",
                                     "get_user_organizations", "create_organization", "create_organization"]
