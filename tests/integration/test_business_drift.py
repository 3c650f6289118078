# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What drift tells: things are what they are whatever they are called, what cannot be compared is no agreement, and what is too much is a line."""

from __future__ import annotations

import json

import pytest
from playing import playbook


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
