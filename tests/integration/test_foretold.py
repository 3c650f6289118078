# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check mode over several steps: what an earlier one would make counts as there, what none makes is an error, and what is renamed is known by its new name."""

from __future__ import annotations

import pytest
from jobs import carry_out
from playing import play

#: Vendor -> the task that makes, and one that refers to what it makes; ``%s`` stands for the name.
STEPS = {
    "label of a user": ("alocom", ("alocom_label", "labels", {"title": "%s"}), (
        "alocom_user", "users", {"username": "sara", "name": "n", "surname": "s", "labels": ["%s"]}), "label"),
    "member of an event": ("alocom", ("alocom_user", "users", {"username": "%s", "name": "n", "surname": "s"}), (
        "alocom_event", "events", {"slug": "x", "title": "x", "service": "کلاس اصلی", "members": [{"username": "%s"}]}), "user"),
    "event of a member": ("alocom", ("alocom_event", "events", {"slug": "%s", "title": "x", "service": "کلاس اصلی"}), (
        "alocom_event_member", "members", {"event": "%s", "username": "there"}), "event"),
    "event of a link": ("alocom", ("alocom_event", "events", {"slug": "%s", "title": "x", "service": "کلاس اصلی"}), (
        "alocom_event_link", "people", {"event": "%s", "username": "there"}), "event"),
    "person of a link": ("alocom", ("alocom_user", "users", {"username": "%s", "name": "n", "surname": "s"}), (
        "alocom_event_link", "people", {"event": "class", "username": "%s"}), "user"),
    "status": ("deltasib", ("deltasib_user", "users", {"username": "%s", "password": "secret"}), (
        "deltasib_user_status", "users", {"username": "%s", "status": "فعال"}), "subscriber"),
    "payment": ("deltasib", ("deltasib_user", "users", {"username": "%s", "password": "secret"}), (
        "deltasib_user_payment", "payments", {"username": "%s", "voucher_no": "1", "amount": "5", "currency_id": "1"}), "subscriber"),
    "service": ("deltasib", ("deltasib_user", "users", {"username": "%s", "password": "secret"}), (
        "deltasib_user_service", "services", {"username": "%s", "service": "11"}), "subscriber"),
    "member of a space": ("podspace", ("podspace_organization", "organizations", {"name": "%s"}), (
        "podspace_organization_member", "members", {"organization": "%s", "person": "z.karimi"}), "organization"),
}


def named(item, name):
    if isinstance(item, dict):
        return {key: named(value, name) for key, value in item.items()}
    return [named(one, name) for one in item] if isinstance(item, list) else item.replace("%s", name)


@pytest.mark.parametrize("case", STEPS)
def test_what_no_step_makes_is_an_error_of_the_check(case, alocom, deltasib, podspace):
    vendor, (maker, made, thing), (module, plural, item), what = STEPS[case]
    vendor = {"alocom": alocom, "deltasib": deltasib, "podspace": podspace}[vendor]
    alocom.seed("users", 1, prefix="there")
    alocom.mutate("users", {"username": "there-00001"}, {"username": "there"})
    alocom.seed("events", 1)
    alocom.mutate("events", {"id": alocom.dump()["events"][0]["id"]}, {"slug": "class"})
    first = carry_out(maker, dict(vendor.connection, **{made: [named(thing, "newcomer")]}), check=True)
    assert first["summary"]["created"] == 1
    both = dict(vendor.connection, **{plural: [named(item, "newcomer")]})
    # Nobody said what earlier tasks make: it may be one of them.
    unsure = carry_out(module, both, check=True)
    assert not unsure["failed"] and any("newcomer" in text for text in unsure["warnings"]), unsure
    sure = carry_out(module, dict(both, foretold={made: first[made]}), check=True)
    assert not sure["failed"] and not [text for text in sure["warnings"] if "newcomer" in text] and sure["changed"], sure
    # A typo beside what is made is that item's alone, and told as the run would tell it.
    other = {"username": "second"} if plural == "users" and "labels" in item else {"slug": "y"} if plural == "events" else {}
    wrong = dict(vendor.connection, **{plural: [named(item, "newcomer"), dict(named(item, "newcommer"), **other)]})
    told = carry_out(module, dict(wrong, foretold={made: first[made]}), check=True)
    assert told["failed"] and told["summary"]["failed"] == 1 and what in told["msg"] and "newcommer" in told["msg"], told
    assert vendor.writes() == []
    # In the run itself the option means nothing.
    real = carry_out(module, dict(both, foretold={made: first[made]}))
    assert real["failed"] and "newcomer" in real["msg"] and vendor.writes() == []


@pytest.mark.parametrize("spelled", ["objects", "ids", "titles"])
def test_a_label_renamed_by_its_id_is_known_by_its_new_title(alocom, spelled):
    carry_out("alocom_label", dict(alocom.connection, labels=[{"title": "old"}, {"title": "other"}, {"title": "gone"}]))
    people = [{"username": "a", "name": "n", "surname": "s", "labels": ["old"]}, {"username": "b", "name": "n", "surname": "s", "labels": ["other"]}]
    carry_out("alocom_user", dict(alocom.connection, users=people))
    alocom.settings(label_style=spelled)
    numbers = {row["title"]: str(row["id"]) for row in alocom.dump()["labels"]}
    change = [{"id": numbers["old"], "title": "new"}, {"title": "gone", "state": "absent"}]
    labels = carry_out("alocom_label", dict(alocom.connection, labels=change), check=True)
    people[0]["labels"] = ["new"]
    params = dict(alocom.connection, users=people)
    told = carry_out("alocom_user", dict(params, foretold={"labels": labels["labels"]}), check=True)
    assert told["summary"]["unchanged"] == 2 and told["warnings"] == []
    for title in ("gone", "old"):
        wrong = carry_out("alocom_user", dict(params, users=[dict(people[1], labels=[title])], foretold={"labels": labels["labels"]}), check=True)
        assert wrong["failed"] and title in wrong["msg"]


def test_a_space_that_is_renamed_and_one_that_fails(podspace):
    """People of a renamed space are compared; an unknown space, or one that cannot be read, stops nobody of the others."""
    space = podspace.spaces()["فروش"]
    renamed = carry_out("podspace_organization", dict(podspace.connection, organizations=[{"hash": space["hash"], "name": "بازرگانی"}]), check=True)
    there = next(person for person, role in space["members"].items() if role != "OWNER")
    params = dict(podspace.connection, members=[{"organization": "بازرگانی", "person": there}])
    told = carry_out("podspace_organization_member", dict(params, foretold={"organizations": renamed["organizations"]}), check=True)
    assert told["summary"]["unchanged"] == 1, told
    members = [{"organization": "فروش", "person": "h.rezaei"}, {"organization": "فروشش", "person": "h.rezaei"}, {"organization": "مالی", "person": "z.karimi"}]
    podspace.refuse("get_list_of_collaborator", 999, more=r"(?=.*%s)" % podspace.spaces()["مالی"]["hash"])
    done = carry_out("podspace_organization_member", dict(podspace.connection, members=members))
    assert done["summary"] == {"created": 1, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 2}
    assert "h.rezaei" in podspace.members("فروش") and "z.karimi" not in podspace.members("مالی")
    assert "there is no organization فروشش (did you mean فروش" in done["members"][1]["error"]["message"], done["members"]


def test_who_is_in_an_event_by_an_earlier_step_is_none_who_comes_in(alocom):
    """The check of links says what the run does: members of an event that is made or changed are in it by then, others come in."""
    alocom.reset("default")
    event = {"slug": "math-10", "members": [{"username": "ali.mohammadi", "role": "teacher"}, {"username": "newcomer"}]}
    wanted = {**alocom.connection, "users": [{"username": "newcomer", "name": "n", "surname": "s"}, {"username": "zahra.karimi", "surname": "نو"},
                                             {"username": "leila.nouri", "surname": "نو"}]}
    users = carry_out("alocom_user", wanted, check=True)["users"]
    # Somebody who only changes is still looked for: she is in the class by now.
    inside = alocom.events()["math-10"]["members"][1]["username"]
    users += [{"username": inside, "action": "updated"}]
    for module, key in (("alocom_event_link", "people"), ("alocom_event_member", "members")):
        told = carry_out(module, {**alocom.connection, "event": "math-10", key: [{"username": inside}], "foretold": {"users": users}}, check=True)
        assert not told["changed"], told
    events = carry_out("alocom_event", {**alocom.connection, "events": [event], "foretold": {"users": users}}, check=True)["events"]
    people = [{"username": name} for name in ("ali.mohammadi", "newcomer", "zahra.karimi")] + [{"username": "hamid.asadi", "name": "n", "surname": "s"}]
    given = {**alocom.connection, "event": "math-10", "people": people}
    told = carry_out("alocom_event_link", {**given, "foretold": {"users": users, "events": events}}, check=True)
    assert alocom.writes() == [] and not told["failed"] and told["warnings"] == [], told
    carry_out("alocom_user", wanted)
    carry_out("alocom_event", {**alocom.connection, "events": [event]})
    done = carry_out("alocom_event_link", given)
    assert [(row["action"], row["role"]) for row in told["links"]] == [(row["action"], row["role"]) for row in done["links"]], (told, done)
    assert {row["action"] for row in told["links"]} == {"unchanged", "created"}


def test_an_import_takes_for_there_what_earlier_steps_make(alocom, tmp_path):
    (tmp_path / "people.csv").write_text("name,surname,username,cellphone\nsara,rad,newcomer,09121234567\nsara,rad,other,09121234568\n", encoding="utf-8")
    given = {**alocom.connection, "src": str(tmp_path / "people.csv"), "labels": ["new"]}
    told = {"labels": [{"title": "new", "action": "created"}], "users": [{"username": "newcomer", "action": "created"}]}
    sure = carry_out("alocom_user_import", {**given, "foretold": told}, check=True)
    assert not sure["failed"], sure["msg"]
    assert (sure["new"], sure["users"], sure["warnings"]) == (1, ["other"], []), sure
    wrong = carry_out("alocom_user_import", {**given, "labels": ["nwe"], "foretold": told}, check=True)
    assert wrong["failed"] and "there is no label nwe" in wrong["msg"] and "new" in wrong["msg"], wrong


@pytest.mark.parametrize("door", ["fast", "module"])
def test_the_check_of_no_role_is_in_doubt_on_an_empty_account(alocom, deltasib, podspace, payamsms, smspanel, tmp_path, door):
    """Every list of every role that may refer to what an earlier step makes: nothing is told as missing, by whatever way the modules run."""
    variables = {
        "classroom_service": "کلاس اصلی", "classroom_labels": [{"title": "new"}], "classroom_links": True, "classroom_invite": True, "classroom_purge": True,
        "classroom_users": [{"username": "Newcomer", "name": "n", "surname": "s", "labels": ["new"], "cellphone": "09121234567"}],
        "classroom_events": [{"slug": "class", "title": "class", "members": [{"username": "Newcomer"}]}],
        "subscriber_welcome": True, "subscriber_users": [{
            "username": "newcomer", "password": "secret", "mobile": "09121234567", "status": "فعال", "service": "11", "pay_plan": "prepaid",
            "payments": [{"voucher_no": "1", "amount": "120000", "currency_id": "1"}]}],
        "organization_space_organizations": [{"name": "new"}], "organization_space_members": [{"organization": "new", "person": "z.karimi"}],
        "organization_space_purge": True,
        "notify_sender": {"payamsms": "982000123", "smspanel": "30001234"}, "notify_journal": str(tmp_path / "sent.jsonl")}
    keywords = {"module_defaults": {vendor.group: vendor.connection for vendor in (alocom, deltasib, podspace, payamsms, smspanel)}}
    tasks = [{"name": role, "ansible.builtin.include_role": {"name": "kariz.panels.%s" % role}} for role in ("classroom", "subscriber", "organization_space")]
    told = play(tasks, tmp_path, door=door, check=True, variables=variables, keywords=keywords).ok()
    assert "WARNING" not in told.output and "real run" not in told.output, told.output
    assert [vendor.writes() for vendor in (alocom, deltasib, podspace, payamsms, smspanel)] == [[]] * 5
    if door == "module":
        return
    # What no step makes is told by the check of each of them.
    variables["classroom_events"][0]["members"].append({"username": "newcommer"})
    variables["organization_space_members"].append({"organization": "knew", "person": "z.karimi"})
    for task, reason in zip(tasks[::2], ("there is no user newcommer", "there is no organization knew")):
        assert reason in play([task], tmp_path, check=True, variables=variables, keywords=keywords).failed().output
