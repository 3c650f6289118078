# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plan and apply: what is planned is what is done, nothing else and never twice."""

from __future__ import annotations

import json
import os
import stat

from playing import playbook

LABELS = [{"title": "پایه دهم"}, {"title": "دبیران"}]
USERS = [{"username": "sara", "name": "سارا", "surname": "احمدی", "labels": ["دبیران"], "password": "sara-chose-it"},
         {"username": "ali", "name": "علی", "surname": "رضایی", "labels": ["پایه دهم"]}]


def written(folder, panels, name="business.yml", **more):
    path = folder / name
    path.write_text(json.dumps(dict({"panels": panels}, **more), ensure_ascii=False), encoding="utf-8")
    return str(path)


class Desk:
    """A manager's desk: plans and applies one file."""

    def __init__(self, folder, panels):
        self.folder = folder
        self.file = written(folder, panels)
        self.path = str(folder / "plan.json")

    def write(self, panels):
        written(self.folder, panels)

    def plan(self, **more):
        return playbook("plan", self.folder, dict({"desired_state": "business.yml", "plan_path": "plan.json"}, **more))

    def apply(self, **more):
        check = more.pop("check", False)
        return playbook("apply", self.folder, dict({"plan_path": "plan.json"}, **more), check=check)

    @property
    def document(self):
        with open(self.path, encoding="utf-8") as file:
            return json.load(file)


def told(played):
    return played["What came of it"]["msg"]


def test_a_plan_is_held_to(tmp_path, alocom):
    """Planned, refused because of whatever has changed since, and carried out to the letter."""
    alocom.seed("users", 2, prefix="old", labels=[])
    school = {"account": "school", "connection": alocom.connection, "labels": LABELS, "users": [*USERS, {"username": "old-00001", "name": "تازه"}]}
    desk = Desk(tmp_path, {"alocom": school})
    planned = desk.plan().ok()
    assert alocom.writes() == [] and "changed=0" in planned.output
    lines, plan = planned["The plan"]["plan.lines"], desk.document
    assert lines[0].startswith("plan %s of business.yml, made " % plan["plan_digest"][:12]) and lines[0].endswith("5 changes, 0 as the file wants them")
    assert lines[1:] == ["alocom/school: labels: 2 created (پایه دهم, دبیران)", "alocom/school: users: 2 created (sara, ali), 1 updated (old-00001)"]
    assert stat.S_IMODE(os.stat(desk.path).st_mode) == 0o600
    assert [(step["kind"], [(change["object"], change["action"]) for change in step["changes"]]) for step in plan["steps"]] == [
        ("labels", [("پایه دهم", "created"), ("دبیران", "created")]), ("users", [("sara", "created"), ("ali", "created"), ("old-00001", "updated")])]
    for secret in ("sara-chose-it", alocom.connection["api_password"]):
        assert secret not in json.dumps(plan, ensure_ascii=False) and secret not in planned.output

    # Somebody changes a user, in what is planned and in what is not; the file says something else; a label is there already.
    alocom.mutate("users", {"username": "old-00001"}, {"name": "دیگری", "surname": "دیگر"})
    alocom.seed("labels", 1, prefix="x")
    first = dict(school, labels=[*LABELS, {"title": "x-00001"}], users=[dict(USERS[0], password="another"), *school["users"][1:]])
    desk.write({"alocom": first})
    refused = desk.apply().failed()
    assert alocom.writes() == []
    assert told(refused) == [
        "plan %s was refused; nothing was written" % plan["plan_digest"][:12],
        "alocom/school: the file says something else about labels than when it was planned",
        "the file: a secret in it (a password, or the token by which an account is known) is another than when it was planned",
        "alocom/school: users old-00001: has changed since it was planned (name was %s, is دیگری)" % plan["steps"][1]["changes"][2]["before"]["name"]]

    # Planned again. A plan that is too old, that was tampered with, or another one that was approved, is none.
    desk.write({"alocom": school})
    desk.plan().ok()
    plan = desk.document
    assert "it may be 1e-06 hours old" in desk.apply(plan_max_age=0.000001).failed()["Carry it out"]["msg"]
    assert "approved is 000000000000, and this plan is" in desk.apply(approved="000000000000").failed()["Carry it out"]["msg"]
    tampered = json.loads(json.dumps(plan))
    tampered["steps"][1]["changes"].pop()
    (tmp_path / "plan.json").write_text(json.dumps(tampered), encoding="utf-8")
    assert "was changed after it was made" in desk.apply().failed()["Carry it out"]["msg"]
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    assert alocom.writes() == []

    foretold = desk.apply(check=True).ok()
    assert alocom.writes() == []
    done = desk.apply(secrets_path=str(tmp_path / "secrets.yml")).ok()
    assert told(done) == told(foretold) == ["plan %s: 5 done" % plan["plan_digest"][:12], "alocom/school: labels پایه دهم: created",
                                            "alocom/school: labels دبیران: created", "alocom/school: users sara: created", "alocom/school: users ali: created",
                                            "alocom/school: users old-00001: updated"]
    assert alocom.titles() == ["x-00001", "پایه دهم", "دبیران"] and set(alocom.users()) == {"sara", "ali", "old-00001", "old-00002"}
    assert alocom.users()["old-00001"]["name"] == "تازه" and "ali" in (tmp_path / "secrets.yml").read_text(encoding="utf-8")
    alocom.clear_journal()
    again = desk.apply().ok()
    assert told(again)[0] == "plan %s: 5 already" % plan["plan_digest"][:12] and alocom.writes() == [] and "changed=0" in again.output
    # What the plan did and somebody undid is not done twice.
    alocom.mutate("users", {"username": "ali"}, delete=True)
    undone = desk.apply().failed()
    assert "users ali: it was done at " in told(undone)[1] and "somebody has undone it: now it would be created" in told(undone)[1] and alocom.writes() == []
