# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role organization_space: foretold, done, done again, refused early, torn down; and the demo play of a company's space."""

from __future__ import annotations

import re

from playing import ROOT

#: What the recap of a play says that it changed.
_CHANGED = re.compile(r"changed=(\d+)")


def variables(podspace):
    return {
        "organization_space_organizations": [{"name": "پژوهش", "description": "آزمایشگاه"}, {"name": "حقوقی"}, {"name": "فروش"}],
        "organization_space_members": [
            {"organization": "پژوهش", "person": "z.karimi", "role": "maintainer"}, {"organization": "پژوهش", "person": "09121234502"},
            {"organization": "پژوهش", "person": "kariz.company", "role": "owner"}, {"organization": "حقوقی", "person": "h.rezaei"}],
        "organization_space_folder_shares": [
            {"folder_hash": podspace.entity("قراردادها"), "person": "f.ahmadi", "level": "edit"},
            {"folder_hash": podspace.entity("قراردادها"), "public": True, "password": "رمز-پیوند", "expiration": "2035-01-01"}],
    }


def changed(played):
    return int(_CHANGED.findall(played.output)[-1])


ROLE = [{"name": "role", "ansible.builtin.include_role": {"name": "kariz.panels.organization_space"}}]


def test_life(podspace, pod, door):
    wanted = variables(podspace)
    before = podspace.dump()
    check = pod(ROLE, door, check=True, variables=wanted).ok()
    assert changed(check) == 3 and podspace.writes() == [] and podspace.dump() == before
    real = pod(ROLE, door, variables=wanted).ok()
    assert changed(real) == 3 and "رمز-پیوند" not in check.output + real.output
    assert podspace.members("پژوهش") == {"kariz.company": "OWNER", "z.karimi": "MAINTAINER", "a.mohammadi": "GUEST"}
    assert podspace.members("حقوقی") == {"kariz.company": "OWNER", "h.rezaei": "GUEST"}
    assert podspace.shares(podspace.entity("قراردادها"))[None]["password"] == "رمز-پیوند"
    podspace.clear_journal()
    again = pod(ROLE, door, variables=wanted).ok()
    assert changed(again) == 0 and podspace.writes() == []
    away = {**wanted, "organization_space_state": "absent",
            "organization_space_organizations": wanted["organization_space_organizations"][:2]}
    assert changed(pod(ROLE, door, check=True, variables=away).ok()) == 3 and podspace.writes() == []
    pod(ROLE, door, variables=away).ok()
    kinds = [operation for operation in podspace.writes() if operation.startswith("remove")]
    assert kinds == sorted(kinds, key=["remove_share", "remove_user_from_organization", "remove_organization"].index)
    assert sorted(podspace.spaces()) == ["فروش", "مالی"] and podspace.shares(podspace.entity("قراردادها")) == {}
    gone = pod(ROLE, door, variables=away).ok()
    assert changed(gone) == 0


def test_purge_takes_whom_nobody_names(podspace, pod):
    """Whoever was taken out of the list leaves, in every spelling of the space's name; owners stay; one unknown person stops nobody else."""
    wanted = dict(variables(podspace), organization_space_folder_shares=[])
    pod(ROLE, variables=wanted).ok()
    fewer = dict(wanted, organization_space_purge=True, organization_space_members=[
        {"organization": "پژوهش", "person": "z.karimi", "role": "maintainer"}, {"organization": "پژوهش ", "person": "h.rezaei"}])
    assert podspace.writes() != []
    podspace.clear_journal()
    pod(ROLE, check=True, variables=fewer).ok()
    assert podspace.writes() == []
    pod(ROLE, variables=fewer).ok()
    assert podspace.members("پژوهش") == {"kariz.company": "OWNER", "z.karimi": "MAINTAINER", "h.rezaei": "GUEST"}
    assert podspace.members("حقوقی") == {"kariz.company": "OWNER"}
    assert changed(pod(ROLE, variables=fewer).ok()) == 0


def test_a_space_that_goes(podspace, pod):
    """Whoever shall leave it leaves first, whoever the list would still put into it is not looked for, in any spelling of its name; others are."""
    there = next(person for person, role in podspace.members("مالی").items() if role != "OWNER")
    wanted = {"organization_space_organizations": [{"name": "مالی", "state": "absent"}], "organization_space_members": [
        {"organization": "مالي ", "person": "nobody.at.all"}, {"organization": "مالی", "person": there, "state": "absent"},
        {"organization": "فروش", "person": "h.rezaei"}]}
    for name, told in (("check", pod(ROLE, check=True, variables=wanted).ok()), ("run", pod(ROLE, variables=wanted).ok())):
        assert changed(told) == 2, (name, told.output)
    assert sorted(podspace.writes()) == ["add_user_to_organization", "remove_organization", "remove_user_from_organization"]
    assert podspace.writes()[-1] == "remove_organization" and "مالی" not in podspace.spaces() and "h.rezaei" in podspace.members("فروش")
    assert changed(pod(ROLE, variables=wanted).ok()) == 0


def test_what_can_be_known_is_known_first(podspace, pod):
    """A purge above its limit and a service that the account lacks end the role before anything is written; items that cannot be stop no other."""
    wanted = dict(variables(podspace), organization_space_purge=True, organization_space_purge_limit=0)
    wanted["organization_space_organizations"].append({"name": "مالی"})
    before = podspace.dump()
    for check in (True, False):
        assert "purge_limit" in pod(ROLE, check=check, variables=wanted).failed().output and podspace.writes() == []
    lacking = {**podspace.connection, "api_services": {name: number for name, number in podspace.services.items() if name != "share_folder"}}
    for check in (True, False):
        played = pod(ROLE, check=check, connection=lacking, variables=variables(podspace)).failed()
        assert "share_folder" in played.output and podspace.writes() == [], played.output
    assert podspace.dump() == before
    mixed = variables(podspace)
    mixed["organization_space_members"] += [{"organization": "حقوقیی", "person": "z.karimi"}, {"organization": "حقوقی", "person": "nobody.at.all"}]
    mixed["organization_space_folder_shares"] += [{"folder_hash": "NOSUCHFOLDER", "person": "z.karimi"}]
    # Also where none of a list can be.
    looked = pod(ROLE, check=True, variables=dict(mixed, organization_space_folder_shares=mixed["organization_space_folder_shares"][-1:])).failed()
    told = looked["kariz.panels.organization_space : Fail because of what failed, by reason"]["msg"]
    assert podspace.writes() == [] and all(sum(part in line for line in told) == 1 for part in ("حقوقیی", "NOSUCHFOLDER")), told
    done = pod(ROLE, variables=mixed).failed()
    told = done["kariz.panels.organization_space : Fail because of what failed, by reason"]["msg"]
    for part in ("حقوقیی", "nobody.at.all", "NOSUCHFOLDER"):
        assert sum(part in line for line in told) == 1, (part, told)
    assert podspace.members("حقوقی") == {"kariz.company": "OWNER", "h.rezaei": "GUEST"} and podspace.shares(podspace.entity("قراردادها"))


def test_owner_not_named_as_one_stays(podspace, pod):
    played = pod(ROLE, variables={"organization_space_state": "absent", "organization_space_members": [
        {"organization": "مالی", "person": "office@kariz.example.ir"}, {"organization": "مالی", "person": "h.rezaei"}]}).ok()
    assert changed(played) == 1 and podspace.members("مالی") == {"kariz.company": "OWNER"}
    podspace.refuse("get_list_of_collaborator", 999)
    pod(ROLE, variables={"organization_space_state": "absent", "organization_space_members": [{"organization": "فروش", "person": "z.karimi"}]}).failed()
    assert "z.karimi" in podspace.members("فروش")


def test_no_room(podspace, pod):
    wanted = {"organization_space_organizations": [{"name": "پژوهش"}, {"name": "حقوقی"}], "organization_space_room": 50 << 30}
    played = pod(ROLE, variables=wanted).failed()
    assert "bytes left" in played.output and podspace.writes() == []
    # Nothing to make: the room does not matter.
    pod(ROLE, variables={**wanted, "organization_space_organizations": [{"name": "فروش"}]}).ok()
    # The vendor that does not tell what is used refuses by itself.
    podspace.settings(plan_usage=False)
    podspace.mutate("account", {}, {"used": 100 << 30})
    refused = pod(ROLE, variables=wanted).failed()
    assert "NO_SPACE_FOR_SAVING" in refused.output


def test_a_plan_that_cannot_be_read_stops_nothing(podspace, pod):
    """A size in words, or none at all, is not known to be too small: the vendor refuses by itself."""
    for size, used in (("نامحدود", "-"), ("", None), (None, "unlimited"), ("unlimited", 5), ("1,200,000", "1,200,000")):
        podspace.reset()
        row = {"hash": "P1", "id": 13, "title": "سازمانی", "size": size, "days": 30, "price": "x", "usedSize": used}
        plan = {"hasError": False, "errorCode": 0, "count": 0, "result": row}
        whole = {"result": plan, "header": {}, "statusCode": 200}
        body = {"hasError": False, "messageId": 0, "referenceNumber": "1", "errorCode": 0, "count": 0, "ott": "", "result": whole}
        podspace.fault("status", status=200, times=0, body=body, match_body=podspace.of("get_user_plan"))
        played = pod(ROLE, variables={"organization_space_organizations": [{"name": "پژوهش"}]})
        if size == used:
            # Both can be read: nothing is left.
            assert "has 0 bytes left" in played.failed().output and "پژوهش" not in podspace.spaces()
        else:
            assert changed(played.ok()) == 1 and "پژوهش" in podspace.spaces()


def test_own_connection_and_wrong_items(podspace, pod):
    own = {"organization_space_podspace": podspace.connection, "organization_space_organizations": [{"name": "پژوهش"}]}
    assert changed(pod(ROLE, connection={}, variables=own).ok()) == 1
    wrong = pod(ROLE, variables={"organization_space_members": [{"organization": "فروش", "person": "z.karimi", "role": "boss"}]}).failed()
    assert "boss" in wrong.output and "guest" in wrong.output


def test_demo_play(podspace, pod, tmp_path):
    """The play that `make demo` calls, with the connection from variables."""
    folder = podspace.entity("قراردادها")
    tasks = [{"name": "first", "ansible.builtin.debug": {"msg": "then the play"}}]
    variables = {"demo_podspace": podspace.connection, "demo_podspace_folder": folder, "demo_podspace_report": str(tmp_path / "report.json")}
    played = pod(tasks, variables=variables, arguments=[str(ROOT / "playbooks/demo_podspace.yml")]).ok()
    assert (tmp_path / "report.json").exists() and changed(played) > 0
    assert {"فروش", "پژوهش", "مدیریت"} <= set(podspace.spaces()) and len(podspace.shares(folder)) == 3
    again = pod(tasks, variables=variables, arguments=[str(ROOT / "playbooks/demo_podspace.yml")]).ok()
    assert changed(again) == 0
    pod(tasks, variables={**variables, "organization_space_state": "absent"}, arguments=[str(ROOT / "playbooks/demo_podspace.yml")]).ok()
    assert podspace.shares(folder) == {} and "پژوهش" not in podspace.spaces()
