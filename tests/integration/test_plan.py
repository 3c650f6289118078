# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plan and apply: what is planned is what is done, nothing else and never twice."""

from __future__ import annotations

import json
import os
import stat

import browser
from playing import playbook, run_command

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


def test_what_it_costs_and_what_it_may_not(tmp_path, sim, alocom, deltasib, payamsms):
    """Prices against balances of the same run; limits and a balance that is too small are told before the first write; what is final is told by itself."""
    deltasib.reset("default", today="2025-10-05", vat_percent=10)
    alocom.seed("users", 3, prefix="old", labels=["پایه دهم"])
    payamsms.reset("empty", price=1500, balance=10_000)
    sender = {"messages": {"sender": "982000123", "part_price": 1500}}
    texts = [{"customer_id": "a-1", "recipient": "09125550111", "body": "سلام"}, {"customer_id": "a-2", "recipient": "09125550112", "body": "س" * 100}]
    subscribers = {"account": "acme", "connection": deltasib.connection,
                   "users": [{"username": "office", "password": "office-pass"}],
                   "payments": [{"username": "office", "voucher_no": "77", "amount": 40_000, "currency_id": 1, "exchange_rate": 3}],
                   "services": [{"username": "office", "service": "11", "pay_plan": "prepaid"}, {"username": "zahra.karimi", "service": "11"},
                                {"username": "narges.yazdani", "service": "12", "pay_plan": "postpaid", "pay_price": "300,000"},
                                {"username": "amir.kazemi", "service": "14", "pay_plan": "prepaid"}]}
    school = {"account": "school", "connection": alocom.connection, "labels": [{"title": "پایه دهم"}],
              "options": {"users": {"purge": True, "purge_labels": ["پایه دهم"]}},
              "users": [{"username": "old-00001", "password": "new-pass", "update_password": "always", "labels": ["پایه دهم"]}]}
    panels = {"alocom": school, "deltasib": subscribers, "payamsms": {"connection": payamsms.connection, "options": sender, "messages": texts}}
    desk = Desk(tmp_path, panels)
    planned = desk.plan(plan_report="reports").ok()
    lines = planned["The plan"]["plan.lines"]
    for line in ("costs deltasib/acme: 1 payment 120,000, 3 purchases 481,500; together 601,500",
                 "costs payamsms/payamsms: 2 texts of 3 parts 4,500; together 4,500 of 10,000",
                 "cannot be undone: 3 purchases (office / 11, narges.yazdani / 12, amir.kazemi / 14); 1 payment (office / 77); 2 texts (a-1, a-2); "
                 "2 deletions (old-00003, old-00002); 1 password (old-00001)",
                 "lacking: deltasib/acme: amir.kazemi has not the 49,500 that a prepaid service costs, unless the vendor allows a debt",
                 "lacking: deltasib/acme: office has not the 12,000 that a prepaid service costs, unless the vendor allows a debt"):
        assert line in lines, lines
    assert not any(entry["write"] for entry in sim.journal())
    plan = desk.document
    steps = [(step["kind"], step["part"]) for step in plan["steps"]]
    assert steps.index(("payments", None)) < steps.index(("services", None))
    for code, words in (("en", ("Cannot be undone", "Signature", "601,500", "old-00002")), ("fa", ("برگشت‌ناپذیر", "امضا", "۶۰۱٬۵۰۰", "خرید سرویس"))):
        page = (tmp_path / "reports" / ("plan.%s.html" % code)).read_text(encoding="utf-8")
        short = plan["plan_digest"][:12]
        for word in (*words, " ".join((short[:4], short[4:8], short[8:])), "old-00003"):
            assert word in page, (code, word)
        assert "office-pass" not in page and "new-pass" not in page

    # Limits of each account: all that is beyond them is told at once, by plan, provision and (where the balance fell meanwhile) apply.
    limited = json.loads(json.dumps(panels))
    limited["alocom"]["limits"], limited["payamsms"]["limits"] = {"deletions": 1}, {"texts": 1}
    limited["deltasib"]["limits"] = {"spend": 600_000, "approval": True}
    desk.write(limited)
    for refused in (desk.plan(plan_path="none.json"), playbook("provision", tmp_path, {"desired_state": desk.file})):
        for line in ("alocom/school: the plan has 2 deletions, and limits.deletions is 1", "payamsms/payamsms: the plan has 2 texts, and limits.texts is 1",
                     "deltasib/acme: the plan spends 601,500, and limits.spend is 600,000"):
            assert line in refused.failed().output, refused.output
    assert "must be approved (limits.approval)" in refused.output and not (tmp_path / "none.json").exists()
    assert not any(entry["write"] for entry in sim.journal())
    limited["deltasib"]["limits"]["spend"] = 700_000
    limited["alocom"]["limits"], limited["payamsms"]["limits"] = {"deletions": 2}, {"spend": 4_500}
    limited["deltasib"]["services"].pop()
    limited["deltasib"]["payments"][0]["amount"] = 44_000
    desk.write(limited)
    assert "to be approved (deltasib/acme): -e approved=" in "\n".join(desk.plan().ok()["The plan"]["plan.lines"])
    approved = desk.document["plan_digest"][:12]
    assert "must be approved" in desk.apply().failed().output
    payamsms.settings(balance=4_000)
    # A plan that cannot be paid is made and says so; a run without one refuses.
    assert "lacking: payamsms/payamsms: the plan spends 4,500 and the balance is 4,000: 500 is lacking" in desk.plan(plan_path="poor.json").ok()[
        "The plan"]["plan.lines"]
    assert told(desk.apply(approved=approved).failed())[1:] == ["payamsms/payamsms: the plan spends 4,500 and the balance is 4,000: 500 is lacking"]
    assert not any(entry["write"] for entry in sim.journal())
    payamsms.settings(balance=4_500)
    done = desk.apply(approved=approved).ok()
    assert told(done)[0] == "plan %s: 9 done" % approved
    costs = {one["vendor"]: one["spend"] for one in desk.document["accounts"]}
    assert payamsms.dump()["balance"] == 4_500 - costs["payamsms"] == 0
    assert set(alocom.users()) == {"old-00001"} and payamsms.sent() == ["a-1", "a-2"]
    prices = [row["PayPrice"] for row in deltasib.dump()["bought"] if row["Username"] in ("office", "narges.yazdani")]
    assert sum(map(float, prices)) == 432_000 and costs["deltasib"] == 432_000 + 132_000


def test_a_managers_story(tmp_path, sim, alocom, podspace, deltasib, payamsms, smspanel):
    """A first folder, an edit, a plan; refused, planned again, approved, stopped half way, finished, and nothing differs any more."""
    for vendor in (alocom, podspace, deltasib):
        vendor.reset("default")
    environment = {"%s_%s" % (vendor.name.upper(), name.upper()): value if isinstance(value, str) else json.dumps(value)
                   for vendor in (alocom, podspace, deltasib, payamsms, smspanel) for name, value in vendor.connection.items()}
    # One after another, so that a kill comes between two of them.
    environment["ALOCOM_API_CONCURRENCY"] = "1"
    first = playbook("init", tmp_path, {"init_language": "fa"}, environment=environment).ok()
    lines = first["What was written, and what comes next"]["first.lines"]
    assert lines[-3:] == ["ansible-playbook kariz.panels.plan -e desired_state=business -e plan_path=plan.json",
                          "ansible-playbook kariz.panels.apply -e plan_path=plan.json", "ansible-playbook kariz.panels.drift -e desired_state=business"]
    folder = tmp_path / "business"
    business = (folder / "business.yml").read_text(encoding="utf-8")
    assert business.splitlines()[0] == "# yaml-language-server: $schema=.desired_state.schema.json" and (folder / ".desired_state.schema.json").exists()
    assert "# سرویس‌های مشترکان: هر سطر تازه یک خرید است" in business and '# deltasib_api_password: ""' in (folder / "vault.yml").read_text(encoding="utf-8")
    text = "".join(file.read_text(encoding="utf-8") for file in folder.iterdir())
    assert not any(secret in text for secret in (alocom.connection["api_password"], podspace.connection["api_token"], "kariz-client-secret"))
    assert "holds business.yml, vault.yml, README.md already" in playbook("init", tmp_path, environment=environment).failed().output
    sim.clear_journal()
    assert "changed=0" in playbook("provision", tmp_path, {"desired_state": "business"}, environment=environment).ok().output
    assert not any(entry["write"] for entry in sim.journal())

    # An edit: a class of people and a service that costs money; the file wants a second pair of eyes.
    people = "".join("      - {username: pupil-%d, name: نام, surname: %d, labels: [تازه]}\n" % (number, number) for number in range(6))
    edited = business
    for kind, lines in (("labels", "      - title: تازه\n"), ("users", people)):
        start = edited.index("    %s:\n" % kind, edited.index("  alocom:")) + len("    %s:\n" % kind)
        edited = edited[:start] + lines + edited[start:]
    start = edited.index("    services:\n", edited.index("  deltasib:")) + len("    services:\n")
    edited = edited[:start] + '      - {username: narges.yazdani, service: "11", pay_plan: postpaid}\n' + edited[start:]
    start = edited.index("    # limits:", edited.index("  deltasib:"))
    edited = edited[:start] + edited[start:].replace("    # limits: {spend: 1000000, deletions: 5, approval: true}",
                                                     "    limits: {spend: 1000000, deletions: 5, approval: true}", 1)
    (folder / "business.yml").write_text(edited, encoding="utf-8")

    def planned():
        made = playbook("plan", tmp_path, {"desired_state": "business", "plan_path": "plan.json", "plan_report": "reports"}, environment=environment).ok()
        return made, json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["plan_digest"][:12]

    def applied(until=None, **more):
        variables = dict({"plan_path": "plan.json", "lock_wait": 90}, **more)
        return run_command(["kariz.panels.apply"], tmp_path, variables=variables, environment=environment, until=until)

    made, first_digest = planned()
    assert "costs deltasib/deltasib: 1 purchase 120,000; together 120,000" in made["The plan"]["plan.lines"]
    # Somebody changes a user meanwhile: refused, although it was approved.
    somebody = next(iter(alocom.users().values()))
    alocom.mutate("users", {"username": somebody["username"]}, {"surname": "عوض‌شده"})
    refused = applied(approved=first_digest).failed()
    assert any("users %s: was as the file wants it; now: updated (surname: عوض‌شده -> %s)" % (somebody["username"], somebody["surname"]) in line
               for line in told(refused)), told(refused)
    assert not any(entry["write"] for entry in sim.journal())

    # Planned again, looked at, and approved by its own digest.
    made, digest = planned()
    assert digest != first_digest and "approved is %s, and this plan is %s" % (first_digest, digest) in applied(approved=first_digest).failed().output
    chromium = browser.find()
    if chromium:
        with browser.Browser(chromium) as opened:
            for code, size, dark in (("fa", browser.PHONE, False), ("fa", browser.SCREEN, True), ("en", browser.SCREEN, False), ("en", browser.PHONE, True)):
                opened.open(tmp_path / "reports" / ("plan.%s.html" % code), size, dark)
                shown = opened.evaluate("document.body.textContent")
                assert opened.console == [] and " ".join((digest[:4], digest[4:8], digest[8:])) in shown and "pupil-5" in shown
                assert opened.evaluate(browser.MEASURE) == {"small": [], "beyond": [], "pale": []}, (code, size, dark)

    # Killed half way: some were made, and the one whose answer nobody heard.
    sim.clear_journal()
    alocom.fault("latency", path="/", seconds=0.4, times=0)
    stopped = applied(until=lambda: alocom.writes().count("users.create") >= 3, approved=digest)
    assert stopped.rc != 0
    sim.clear_faults()
    before = alocom.writes()
    assert 3 <= before.count("users.create") < 6 and deltasib.writes() == []
    finished = applied(approved=digest).ok()
    assert all(line.endswith((": created", ": updated", ": done already")) for line in told(finished)[1:]), told(finished)
    assert alocom.writes().count("users.create") == 6 and alocom.writes().count("labels.create") == 1
    assert deltasib.writes() == ["user.service.base.add"] and (11, "Active") in deltasib.bought("narges.yazdani")
    sim.clear_journal()
    assert "already" in told(applied(approved=digest).ok())[0]
    drift = playbook("drift", tmp_path, {"desired_state": "business", "drift_fail": True, "drift_report": "reports"}, environment=environment).ok()
    assert drift["What differs"]["drift.lines"][0].endswith("no difference")
    assert "همه چیز همان است که فایل می‌خواهد." in (tmp_path / "reports" / "drift.fa.html").read_text(encoding="utf-8")
    assert not any(entry["write"] for entry in sim.journal())


def test_a_plan_travels_without_a_file(tmp_path, alocom):
    """As an artifact of a workflow, through JSON; without a journal it can be carried out once, and what it did is a difference afterwards."""
    written(tmp_path, {"alocom": {"account": "school", "connection": alocom.connection, "labels": LABELS, "users": USERS}})
    planned = playbook("plan", tmp_path, {"desired_state": "business.yml", "plan_stats": True}).ok()
    parcel = json.loads(json.dumps(planned["Make the plan"]["packed"]))
    assert set(parcel) == {"plan_digest", "lines", "packed"} and not (tmp_path / "plan.json").exists() and len(json.dumps(parcel)) < 6000
    assert "sara-chose-it" not in planned.output
    damaged = dict(parcel, packed=parcel["packed"][:-8] + "AAAAAAA=")
    assert "plan" in playbook("apply", tmp_path, {"panels_plan": damaged}).failed()["Carry it out"]["msg"] and alocom.writes() == []
    assert "say which plan to carry out" in playbook("apply", tmp_path).failed().output
    done = playbook("apply", tmp_path, {"panels_plan": parcel, "secrets_path": "s.yml"}, door="module").ok()
    assert told(done)[0].endswith(": 4 done") and set(alocom.users()) == {"sara", "ali"}
    again = playbook("apply", tmp_path, {"panels_plan": parcel}).failed()
    assert "alocom/school: users ali: planned: created; now: it is as the file wants it" in told(again)
