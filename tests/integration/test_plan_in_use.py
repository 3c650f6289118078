# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a vendor does not let go of is foretold by check mode and by a plan; what a file allows holds for a removal as well."""

from __future__ import annotations

import json

from jobs import carry_out
from playing import playbook

PERSON = {"name": "ن", "surname": "ن"}


def written(folder, panels):
    (folder / "business.yml").write_text(json.dumps({"panels": panels}, ensure_ascii=False), encoding="utf-8")
    return {"desired_state": "business.yml"}


def told(played):
    return played["What was done"]["msg"]


def test_what_is_running_or_used_is_foretold(tmp_path, alocom):
    """Events that are running, their members, and labels that somebody has: by state and by purge, in check mode as in the run, and in a plan."""
    alocom.seed("users", 3, prefix="u", labels=["kept"])
    alocom.seed("events", 1, prefix="live", members=2, running=True)
    alocom.seed("events", 2, prefix="idle")
    service = next(row["title"] for row in alocom.dump()["services"] if row["id"] == 14)
    going = {"labels": [{"title": "kept", "state": "absent"}],
             "users": [{"username": "u-00003", "state": "absent"}, {"username": "u-00002", "state": "absent"}],
             "events": [{"slug": "live-00001", "state": "absent"}, {"slug": "idle-00001", "state": "absent"}]}
    wanted = written(tmp_path, {"alocom": dict(going, account="school", connection=alocom.connection)})
    said = ("live-00001 is in use, so it cannot be removed: it is running",
            "u-00002 is in use, so it cannot be removed: event live-00001 is running, and has this member",
            "kept is in use, so it cannot be removed: 2 users have it (u-00002, u-00001)")
    before = alocom.dump()
    checked = playbook("provision", tmp_path, wanted, check=True).failed()
    planned = playbook("plan", tmp_path, wanted).failed()
    for sentence in said:
        assert sentence in checked.output and sentence in planned.output, sentence
    assert alocom.writes() == [] and not (tmp_path / "plan.json").exists() and "nothing was written at any vendor" in planned.output
    done = playbook("provision", tmp_path, wanted).failed()
    assert told(done) == told(checked) == ["alocom/school: events (what goes): 1 deleted, 1 failed", "alocom/school: users (what goes): 1 deleted, 1 failed",
                                           "alocom/school: labels (what goes): 1 failed"]
    assert set(alocom.users()) == {"u-00001", "u-00002"} and set(alocom.events()) == {"live-00001", "idle-00002"} and alocom.dump() != before

    # By purge; and who has left the event by then, or whose event is over, may go.
    purged = {"options": {"users": {"purge": True, "purge_labels": ["kept"]}, "events": {"service": service, "purge": True}}, "users": [], "events": []}
    wanted = written(tmp_path, {"alocom": dict(purged, connection=alocom.connection)})
    checked, done = (playbook("provision", tmp_path, wanted, check=check).failed() for check in (True, False))
    assert told(checked) == told(done) == ["alocom/alocom: events (what goes): 1 deleted, 1 failed", "alocom/alocom: users (what goes): 2 failed"]
    leaves = {"events": [{"slug": "live-00001", "members": [{"username": "u-00001", "role": "teacher"}], "members_mode": "replace"}],
              "users": [{"username": "u-00002", "state": "absent"}]}
    wanted = written(tmp_path, {"alocom": dict(leaves, connection=alocom.connection)})
    checked, done = (playbook("provision", tmp_path, wanted, check=check).ok() for check in (True, False))
    assert told(checked) == told(done) == ["alocom/alocom: events: 1 updated", "alocom/alocom: users (what goes): 1 deleted"]
    alocom.mutate("events", {"slug": "live-00001"}, {"running": False})
    wanted = written(tmp_path, {"alocom": {"connection": alocom.connection, "users": [{"username": "u-00001", "state": "absent"}]}})
    checked, done = (playbook("provision", tmp_path, wanted, check=check).ok() for check in (True, False))
    assert told(checked) == told(done) and alocom.users() == {}


def test_nobody_asks_what_is_running_when_nothing_goes(alocom):
    alocom.seed("users", 1, prefix="u")
    foretold = {"labels": [], "users": [], "events": []}
    users = dict(alocom.connection, users=[dict(PERSON, username="u-00001"), dict(PERSON, username="new")], foretold=foretold)
    assert carry_out("alocom_user", users, check=True)["summary"]["created"] == 1
    assert "events.index" not in alocom.operations()


def test_a_removal_keeps_to_the_limits(tmp_path, alocom):
    """Above a limit nothing is taken away; where a plan must be approved, the removal is planned, signed and carried out like any other."""
    school = {"account": "school", "connection": alocom.connection, "labels": [{"title": "دهم"}],
              "users": [dict(PERSON, username="a", labels=["دهم"]), dict(PERSON, username="b")]}
    playbook("provision", tmp_path, written(tmp_path, {"alocom": school})).ok()
    alocom.clear_journal()
    wanted = written(tmp_path, {"alocom": dict(school, limits={"deletions": 2})})
    for check in (True, False):
        refused = playbook("deprovision", tmp_path, wanted, check=check).failed()
        assert "alocom/school: the plan has 3 deletions, and limits.deletions is 2" in refused.output and alocom.writes() == []
    # Another file of the same account: what is to be approved is not taken away without a word.
    wanted = written(tmp_path, {"alocom": dict(school, limits={"deletions": 3, "approval": True})})
    refused = playbook("deprovision", tmp_path, wanted).failed()
    assert "must be approved (limits.approval): use the playbooks plan (-e plan_state=absent) and apply" in refused.output and alocom.writes() == []
    playbook("deprovision", tmp_path, wanted, check=True).ok()
    planned = playbook("plan", tmp_path, dict(wanted, plan_state="absent", plan_path="plan.json", plan_report="reports")).ok()
    lines = planned["The plan"]["plan.lines"]
    assert " of taking away business.yml, made " in lines[0] and "cannot be undone: 3 deletions (a, b, دهم)" in lines[1:][2]
    pages = {code: (tmp_path / "reports" / ("plan.%s.html" % code)).read_text(encoding="utf-8") for code in ("en", "fa")}
    assert "Plan of a removal" in pages["en"] and "برنامهٔ برچیدن" in pages["fa"]
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert alocom.writes() == [] and plan["state"] == "absent"
    done = playbook("apply", tmp_path, {"plan_path": "plan.json", "approved": plan["plan_digest"][:12]}).ok()
    assert done["What came of it"]["msg"][0].endswith(": 3 done") and alocom.users() == {} and alocom.titles() == []
    # Within its limit a removal needs nobody's word.
    playbook("provision", tmp_path, written(tmp_path, {"alocom": school})).ok()
    playbook("deprovision", tmp_path, written(tmp_path, {"alocom": dict(school, limits={"deletions": 3})})).ok()
    assert alocom.users() == {} and alocom.titles() == []
