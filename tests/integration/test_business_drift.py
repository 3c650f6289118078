# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What drift tells: things are what they are whatever they are called, what cannot be compared is no agreement, and what is too much is a line."""

from __future__ import annotations

import json

import pytest
from jobs import carry_out
from playing import playbook

from ansible_collections.kariz.panels.plugins.module_utils._business import kinds


def written(folder, document):
    (folder / "state.yml").write_text(json.dumps({"panels": document}, ensure_ascii=False), encoding="utf-8")
    return {"desired_state": str(folder / "state.yml")}


def lines(played):
    return played["What differs"]["drift.lines"]


@pytest.mark.seed("default")
def test_things_are_what_they_are(tmp_path, sim, alocom, deltasib, podspace, smspanel):
    """Services by id, subscribers in other case, people by mobile, spaces by hash, users by id: nothing of it is unmanaged; what is, is told."""
    alocom.reset("default")
    sim.seed("deltasib", "users", 2, prefix="sub", service=11)
    sim.seed("smspanel", "phonebooks", 1, numbers=2)
    subscribers = list(deltasib.users())
    space = next(iter(podspace.spaces().values()))
    user = next(iter(alocom.users().values()))
    event = next(row for row in alocom.events().values() if row["members"])
    book, numbers = next(iter(smspanel.books().items()))
    wanted = {
        "alocom": {"connection": alocom.connection, "users": [{"id": str(user["id"]), "surname": user["surname"]}],
                   "events": [{"slug": event["slug"], "members": [{"username": row["username"], "role": row["role"]} for row in event["members"][1:]]}]},
        "deltasib": {"connection": deltasib.connection, "services": [{"username": subscribers[0].upper(), "service": "11"}],
                     "statuses": [{"username": name.upper(), "status": "فعال"} for name in subscribers]},
        "podspace": {"connection": podspace.connection, "organizations": [{"hash": row["hash"]} for row in podspace.spaces().values()],
                     "members": [{"organization": space["hash"], "person": person} for person, role in space["members"].items() if role != "OWNER"]},
        "smspanel": {"connection": smspanel.connection, "phonebooks": [{"name": book, "numbers": numbers[1:]}]},
    }
    report = playbook("drift", tmp_path, dict(written(tmp_path, wanted), drift_unmanaged=True, drift_json=str(tmp_path / "drift.json"))).ok()
    report = json.loads((tmp_path / "drift.json").read_text(encoding="utf-8"))
    assert not report["failed"], report
    found = {}
    for account in report["accounts"]:
        for kind in account["kinds"]:
            found[account["vendor"], kind["kind"]] = {(one["object"], one["change"]) for one in kind["differences"]}
    # The other subscriber's service is nobody's; the service that the file names by its id is not among them.
    assert found["deltasib", "services"] == {("%s / یک ماهه ۵۰ گیگ" % subscribers[1], "extra")}, found["deltasib", "services"]
    assert found["deltasib", "statuses"] == set()
    # No owner of a space is ever too much; people of the other spaces are.
    extra = {label for label, change in found["podspace", "members"] if change == "extra"}
    others = {"%s / %s" % (name, person) for name, row in podspace.spaces().items() if name != space["name"]
              for person, role in row["members"].items() if role != "OWNER"}
    assert found["podspace", "organizations"] == set() and extra == others
    assert user["username"] not in {label for label, _change in found["alocom", "users"]} and len(found["alocom", "users"]) == len(alocom.users()) - 1
    # A member and a number too much.
    assert (event["slug"], "different") in found["alocom", "events"] and found["smspanel", "phonebooks"] == {(book, "different")}
    assert [entry for entry in sim.journal() if entry["write"]] == []


@pytest.mark.seed("default")
def test_what_fails_is_told_and_what_was_done_counts(tmp_path, alocom):
    """A create-only field, an item that fails beside strangers, a step without its library; provision says what it changed before it failed."""
    alocom.reset("default")
    event = next(iter(alocom.events().values()))
    alocom.seed("users", 1, prefix="stranger")
    services = [row["title"] for row in alocom.dump()["services"]]
    other = next(title for title in services if title != event["service"] and services.count(title) == 1) if "service" in event else services[-1]
    wanted = {"alocom": {"account": "s", "connection": alocom.connection, "events": [{"slug": event["slug"], "service": other}],
                         "users": [{"username": "nameless"}, {"username": "whole", "name": "ن", "surname": "ن"}]}}
    variables = dict(written(tmp_path, wanted), drift_unmanaged=True, drift_fail=True)
    told = lines(playbook("drift", tmp_path, variables).failed())
    text = "\n".join(told)
    assert "alocom/s: users stranger-00001: there, but not wanted" in text and "users whole: wanted, but not there" in text
    assert "alocom/s: users: could not be compared: user nameless does not exist and cannot be made without name, surname" in text
    assert "alocom/s: events %s: differs (service: " % event["slug"] in text, text
    done = playbook("provision", tmp_path, variables).failed()
    assert "changed=1" in done.output and "failed=1" in done.output and "whole" in alocom.users()
    assert done["What was done"]["msg"][0].startswith("alocom/s: users: 1 created, 1 failed")
    # What is given too little says what to give.
    for name, said in (("provision", "-e desired_state=business.yml"), ("drift", "-e desired_state=business.yml"), ("attendance", "-e from_date=1404/7/1"),
                       ("deprovision", "-e desired_state=business.yml"), ("plan", "-e desired_state=business.yml"), ("apply", "-e plan_path=plan.json"),
                       ("export", "name the accounts: path of a desired-state file, or vendors"), ("init", "name the accounts: "),
                       ("balances", "name the accounts: path of a desired-state file, or vendors")):
        missing = playbook(name, tmp_path).failed()
        assert said in missing.output and missing.output.count("Origin:") <= 1, missing.output
    environment = {"ALOCOM_" + name.upper(): value for name, value in alocom.connection.items()}
    assert any("alocom/alocom" in line for line in playbook("balances", tmp_path, environment=environment).ok()["What is left"]["balances.lines"])


@pytest.mark.seed("default")
def test_every_kind_is_known_by_each_of_its_names(alocom, deltasib, podspace, smspanel, payamsms):
    """Whatever name a file uses for what is there: by each of them, nothing of a kind is unmanaged; by none of them, all of it is."""
    alocom.reset("default")
    smspanel.seed("phonebooks", 2, numbers=1)
    deltasib.reset("default")
    messages = [{"customer_id": "later-%d" % number, "recipient": "0912555011%d" % number, "body": "بعد", "send_date": "2099-03-21 09:00:00"}
                for number in (1, 2)]
    assert carry_out("payamsms_message", dict(payamsms.connection, sender="982000123", messages=messages))["changed"]
    numbers = {row["Username"].lower(): str(row["User_Id"]) for row in deltasib.dump()["users"]}
    hashes = {name: row["hash"] for name, row in podspace.spaces().items()}
    ids = {kind: {row[key]: str(row["id"]) for row in alocom.dump()[kind]} for kind, key in (("labels", "title"), ("users", "username"), ("events", "slug"))}
    service_ids = {row["ServiceName"]: str(row["Service_Id"]) for row in deltasib.dump()["services"]}

    def by_id(kind, key):
        return lambda item: {"id": ids[kind][item[key]]}

    def by_number(item):
        return dict({name: value for name, value in item.items() if name in ("service", "status")}, user_id=numbers[item["username"].lower()])
    other_names = {
        ("alocom", "labels"): [by_id("labels", "title"), lambda item: {"title": item["title"].replace("ی", "ي").replace("ک", "ك")}],
        ("alocom", "users"): [by_id("users", "username"), lambda item: {"username": item["username"].upper()}],
        ("alocom", "events"): [by_id("events", "slug")],
        ("deltasib", "users"): [lambda item: {"username": item["username"].upper()}],
        ("deltasib", "statuses"): [by_number, lambda item: dict(item, username=item["username"].upper())],
        ("deltasib", "services"): [by_number, lambda item: dict(item, username=item["username"].upper(),
                                                                service=service_ids.get(item["service"], item["service"]))],
        ("podspace", "organizations"): [lambda item: {"hash": hashes[item["name"]]}],
        ("podspace", "members"): [lambda item: dict(item, organization=hashes[item["organization"]])],
        ("smspanel", "phonebooks"): [lambda item: {"name": item["name"].replace("ی", "ي")}],
        ("payamsms", "messages"): [lambda item: dict(item, recipient="+98" + item["recipient"].lstrip("0").removeprefix("98"))],
    }
    assert set(other_names) == {(kind.vendor, kind.name) for kind in kinds.KINDS if kind.export}
    for vendor in (alocom, deltasib, podspace, smspanel, payamsms):
        options = {"vendor": vendor.name, "connection": vendor.connection}
        there = carry_out("account_objects_info", options)["objects"]
        for kind, items in there.items():
            for renamed in [dict, *other_names[vendor.name, kind]]:
                named = [renamed(item) for item in items]
                told = carry_out("account_objects_info", dict(options, named={kind: named}))
                assert items and not told["failed"] and told["unnamed"] == {kind: []}, (vendor.name, kind, named[:2], told)
            assert carry_out("account_objects_info", dict(options, named={kind: []}))["unnamed"][kind], (vendor.name, kind)


def test_a_file_tells_apart_what_differs_and_what_could_not_be_compared(tmp_path, alocom, deltasib):
    """drift_fail ends with 2 for either; drift_json says which it was. A subscriber that is gone is a line."""
    deltasib.reset("default")
    ghost = {"connection": deltasib.connection, "users": [{"username": "gone.for.good", "password": "secret-1"}],
             "services": [{"username": "gone.for.good", "service": "11"}], "statuses": [{"username": "gone.for.good", "status": "فعال"}]}
    refused = {"connection": dict(alocom.connection, api_password="another"), "labels": [{"title": "x"}]}
    alike = {"connection": alocom.connection, "options": {"labels": {"purge": False}}, "users": [{"username": "nobody", "state": "absent"}]}
    for panels, differs, failed, rc in (({"deltasib": {"connection": deltasib.connection, "users": ghost["users"]}}, True, False, 2),
                                        ({"alocom": refused}, False, True, 2), ({"alocom": alike}, False, False, 0)):
        played = playbook("drift", tmp_path, dict(written(tmp_path, panels), drift_fail=True, drift_json="drift.json"))
        report = json.loads((tmp_path / "drift.json").read_text(encoding="utf-8"))
        assert (report["differs"], report["failed"], played.rc) == (differs, failed, rc), played.output
    told = lines(playbook("drift", tmp_path, dict(written(tmp_path, {"deltasib": ghost}), drift_fail=True)).failed())
    for kind in ("users", "services", "statuses"):
        assert any(line.startswith("deltasib/deltasib: %s" % kind) and "gone.for.good" in line for line in told), told
