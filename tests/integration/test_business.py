# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole business from one file: provision, drift, export and back again, removal; accounts that do not hear of each other."""

from __future__ import annotations

import json
import os
import random
import stat

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret
from playing import play, playbook

SCHOOL = {
    "account": "school",
    "options": {"events": {"service": "کلاس اصلی"}},
    "labels": [{"title": "پایه دهم"}, {"title": "دبیران"}],
    "users": [
        {"username": "sara", "name": "سارا", "surname": "احمدی", "labels": ["دبیران"], "password": "{{ sara_password }}"},
        {"username": "ali", "name": "{{ 'عل' ~ 'ی' }}", "surname": "رضایی", "email": "{{ nobody | default(omit) }}", "labels": ["پایه دهم"]},
    ],
    "events": [{"slug": "physics-10", "title": "فیزیک دهم", "members": [{"username": "sara", "role": "teacher"}, {"username": "ali"}]}],
}
SPACES = {
    "organizations": [{"name": "آموزشگاه", "description": "همه"}, {"name": "بایگانی"}],
    "members": [{"organization": "آموزشگاه", "person": "z.karimi", "role": "maintainer"}],
}


def written(folder, name, document):
    """Write a file of the desired state and return its path. JSON is YAML."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return str(path)


@pytest.fixture
def business(tmp_path, alocom, podspace):
    """A folder with the state of two vendors, and a neighbour with what is secret."""
    folder = tmp_path / "business"
    written(folder, "alocom.yml", {"panels": {"alocom": dict(SCHOOL, connection=dict(alocom.connection, api_password="{{ school_password }}"))}})
    written(folder, "podspace.yml", {"panels": {"podspace": dict(SPACES, connection=podspace.connection)}})
    written(folder, "secrets.yml", {"school_password": alocom.connection["api_password"], "sara_password": "sara-chose-it"})
    return str(folder)


def told(played):
    """Return the lines of a summary."""
    return played["What was done"]["msg"]


@pytest.mark.seed("default")
def test_one_file_from_nothing_to_nothing(tmp_path, alocom, podspace, business):
    """Provision, again, somebody changes things in the panels, drift tells, provision mends, and away with it."""
    alocom.reset("empty")
    secrets = tmp_path / "told-once.yml"
    wanted = {"desired_state": business, "secrets_path": str(secrets)}
    foretold = playbook("provision", tmp_path, wanted, check=True, diff=True).ok()
    assert alocom.writes() == [] and podspace.writes() == []
    assert "does not exist yet" not in foretold.output and "WARNING" not in foretold.output
    # A label, a member or a space that exists nowhere is an error of the check.
    dangling = json.loads(json.dumps([SCHOOL, SPACES]))
    dangling[0]["users"][1]["labels"], dangling[0]["events"][0]["members"][1]["username"] = ["ده"], "alli"
    dangling[1]["members"][0]["organization"] = "آموزشگاهه"
    astray = tmp_path / "astray"
    written(astray, "a.yml", {"sara_password": "sara-chose-it", "panels": {
        "alocom": dict(dangling[0], connection=alocom.connection), "podspace": dict(dangling[1], connection=podspace.connection)}})
    wrong = playbook("provision", tmp_path, {"desired_state": str(astray)}, check=True).failed()
    for text in ("labels: there is no label ده", "members: there is no user alli", "there is no organization آموزشگاهه"):
        assert text in wrong.output, text
    assert told(wrong)[1] == "alocom/school: users: 1 created, 1 failed" and alocom.writes() == [] and podspace.writes() == []
    done = playbook("provision", tmp_path, wanted, diff=True).ok()
    assert told(done) == told(foretold) == [
        "alocom/school: labels: 2 created", "alocom/school: users: 2 created", "alocom/school: events: 1 created",
        "podspace/podspace: organizations: 2 created", "podspace/podspace: members: 1 created"]
    assert alocom.users()["ali"]["email"] is None
    assert {row["username"] for row in alocom.events()["physics-10"]["members"]} == {"sara", "ali"}
    # What the vendor tells once is written down, and in no output; what the file gave is not in it.
    assert yaml.safe_load(secrets.read_text()) == {"alocom/school": {"users": {"ali": {"password": "ali@123"}}}}
    assert stat.S_IMODE(os.stat(secrets).st_mode) == 0o600
    assert "ali@123" not in done.output and "sara-chose-it" not in done.output and alocom.connection["api_password"] not in done.output

    for vendor in (alocom, podspace):
        vendor.clear_journal()
    again = playbook("provision", tmp_path, wanted, diff=True).ok()
    assert "changed=0" in again.output and alocom.writes() == [] and podspace.writes() == []

    alocom.mutate("users", {"username": "ali"}, {"name": "ناشناس|x"})
    alocom.mutate("labels", {"title": "دبیران"}, {"title": "کارکنان"})
    alocom.mutate("events", {"slug": "physics-10"}, delete=True)
    alocom.clear_journal()
    files = {"drift_markdown": str(tmp_path / "drift.md"), "drift_json": str(tmp_path / "drift.json")}
    drift = playbook("drift", tmp_path, dict(wanted, **files, drift_fail=True)).failed()
    report = json.loads((tmp_path / "drift.json").read_text(encoding="utf-8"))
    assert report["summary"] == {"missing": 2, "different": 2, "extra": 0, "same": 4, "failed": 0}
    found = {(kind["kind"], one["object"]): one for account in report["accounts"] for kind in account["kinds"] for one in kind["differences"]}
    assert found["users", "ali"]["fields"] == {"name": {"panel": "ناشناس|x", "file": "علی"}}
    assert found["labels", "دبیران"]["change"] == found["events", "physics-10"]["change"] == "missing"
    assert found["users", "sara"]["fields"] == {"labels": {"panel": ["کارکنان"], "file": ["دبیران"]}}
    assert "alocom/school: users ali: differs (name: ناشناس|x -> علی)" in drift["What differs"]["drift.lines"]
    assert r"| ali | differs | name | ناشناس\|x | علی |" in (tmp_path / "drift.md").read_text(encoding="utf-8")
    assert alocom.writes() == []
    playbook("drift", tmp_path, dict(wanted, only="podspace", drift_fail=True)).ok()

    playbook("provision", tmp_path, wanted).ok()
    quiet = playbook("drift", tmp_path, dict(wanted, drift_fail=True)).ok()
    assert quiet["What differs"]["drift.lines"] == ["8 objects as the file wants them; no difference"]

    alocom.seed("users", 1, prefix="stranger")
    strangers = playbook("drift", tmp_path, dict(wanted, drift_unmanaged=True, only="alocom")).ok()
    assert strangers["What differs"]["drift.lines"][1:] == [
        "alocom/school: labels کارکنان: there, but not wanted", "alocom/school: users stranger-00001: there, but not wanted"]
    alocom.mutate("users", {"username": "stranger-00001"}, delete=True)

    removed = playbook("deprovision", tmp_path, wanted).ok()
    assert told(removed) == [
        "podspace/podspace: members: 1 deleted", "podspace/podspace: organizations: 2 deleted",
        "alocom/school: events: 1 deleted", "alocom/school: users: 2 deleted", "alocom/school: labels: 2 deleted"]
    assert alocom.users() == {} and alocom.events() == {} and alocom.titles() == ["کارکنان"]
    assert "changed=0" in playbook("deprovision", tmp_path, wanted).ok().output


def test_provisioning_from_an_export_changes_nothing(tmp_path, alocom, podspace, business, door="fast"):
    """Hundreds of objects, some of them awkward, there and back; what is secret comes as a name to fill in."""
    alocom.reset("default")
    alocom.seed("users", 250, prefix="bulk", labels=["پایه دهم"])
    alocom.seed("labels", 40, prefix="label")
    alocom.seed("events", 60, prefix="class", members=3)
    alocom.mutate("users", {"username": "bulk-00001"}, {"name": "{{ lookup('pipe', 'id') }}", "surname": "#no: comment"})
    variables = {"school_password": alocom.connection["api_password"], "alocom_school_api_password": alocom.connection["api_password"],
                 **{"podspace_" + name: value for name, value in podspace.connection.items()}}
    exported = playbook("export", tmp_path, dict(variables, desired_state=business, export_path=str(tmp_path / "export")), door=door).ok()
    assert exported["Read and write"]["changed"] is True
    text = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "export").iterdir())
    assert not any(secret in text for secret in (json.dumps(alocom.connection["api_password"]), podspace.connection["api_token"], "bulk-00001@123"))
    assert "{{ alocom_school_api_password | default('') }}" in yaml.safe_load(
        (tmp_path / "export/alocom-school.yml").read_text(encoding="utf-8").replace("!unsafe", ""))["panels"]["alocom"][0]["connection"]["api_password"]
    assert sum(sum(file["counts"].values()) for file in exported["Read and write"]["files"]) > 350

    for vendor in (alocom, podspace):
        vendor.clear_journal()
    back = playbook("provision", tmp_path, dict(variables, desired_state=str(tmp_path / "export")), door=door, diff=True).ok()
    assert "changed=0" in back.output, told(back)
    assert alocom.writes() == [] and podspace.writes() == []
    again = playbook("export", tmp_path, dict(variables, desired_state=business, export_path=str(tmp_path / "export")), door=door).ok()
    assert again["Read and write"]["changed"] is False


#: What YAML, JSON, a spreadsheet or a template could take for something else than a text.
LOOKALIKES = [
    "'", '"', "it's \"both\"", "a: b", "key:", ": x", "- item", "# not a comment", "a # b", "007", "0912", "1_000", "1.50", "1e3", "0x1F", "0o17",
    "12:30:45", "1", "-1", "+5", ".5", "5.", ".inf", "-.INF", ".NaN", "2026-11-26", "2026-11-26T10:00:00Z", "yes", "No", "on", "OFF", "true",
    "False", "null", "~", "y", "N", "=", "<<", "!tag", "!!str x", "&anchor", "*alias", "[a]", "{a: b}", "{{ x }}", "{% x %}", "{# x #}", "%d", "@at",
    "`tick`", "|", ">", "|-", "?", "? x", ", x", "\\", "\\n", "a\\", "😀", "👩‍👩‍👧", "نیم‌فاصله", "ك ي", "e\u0301", "\u202eright", "---", "...",
    "--- a", "0", "00", "۱۲", "½", "a\tb", "%YAML 1.1", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: y",
]


def test_whatever_things_are_called_an_export_provisions_to_nothing(tmp_path, sim, alocom, smspanel, podspace, payamsms):
    """Names that look like something else, alone and in random company, at every vendor that takes names: through real files, nothing changes."""
    rng = random.Random(1)
    names = list(LOOKALIKES)
    names += ["".join(rng.choice(LOOKALIKES + [" ", "a", "ب", "7"]) for _part in range(rng.randint(2, 4))).strip()[:60] for _time in range(180)]
    names = list(dict.fromkeys(name for name in names if name.strip() and " ".join(name.split()) == name or "\t" in name))
    alocom.reset("empty")
    alocom.seed("labels", len(names), prefix="n")
    alocom.seed("users", len(names), prefix="u")
    smspanel.seed("phonebooks", len(names), numbers=1)
    payamsms.seed("messages", len(names), sendDate="2099-01-01 10:00:00")
    labels, users, books = alocom.titles(), list(alocom.users()), list(smspanel.books())
    texts, space = payamsms.sent(), list(podspace.spaces())[0]
    for place, name in enumerate(names):
        alocom.mutate("labels", {"title": labels[place]}, {"title": name})
        alocom.mutate("users", {"username": users[place]}, {"name": name, "surname": names[-place]})
        smspanel.mutate("phonebooks", {"name": books[place]}, {"name": name})
        payamsms.mutate("messages", {"customerId": texts[place]}, {"body": name})
    podspace.mutate("organizations", {"name": space}, {"name": rng.choice(names), "description": rng.choice(names)})
    environment = {"%s_%s" % (vendor.name.upper(), option.upper()): json.dumps(value) if isinstance(value, dict) else str(value)
                   for vendor in (alocom, smspanel, podspace, payamsms) for option, value in vendor.connection.items()}
    # Without a word on which vendors: all whose credentials are in the environment.
    wrote = playbook("export", tmp_path, {"export_path": str(tmp_path / "out")}, environment=environment).ok()["Read and write"]
    assert [file["vendor"] for file in wrote["files"]] == ["alocom", "payamsms", "podspace", "smspanel"]
    counts = {file["vendor"]: file["counts"] for file in wrote["files"]}
    assert counts["alocom"]["users"] == counts["payamsms"]["messages"] == len(names) and counts["alocom"]["labels"] > 0.9 * len(names)
    sim.clear_journal()
    variables = {"desired_state": str(tmp_path / "out")}
    assert "changed=0" in playbook("provision", tmp_path, variables, environment=environment, diff=True).ok().output
    quiet = playbook("drift", tmp_path, dict(variables, drift_fail=True, drift_unmanaged=True), environment=environment)
    assert quiet.rc == 0, quiet["What differs"]
    assert [entry for entry in sim.journal() if entry["write"]] == []


def test_a_vendor_that_is_not_named_is_not_contacted(tmp_path, alocom, podspace, business):
    playbook("provision", tmp_path, {"desired_state": business, "only": "podspace"}).ok()
    assert alocom.journal() == [] and podspace.journal() != []
    podspace.clear_journal()
    environment = {"ALOCOM_API_URL": alocom.url, "ALOCOM_API_USERNAME": "kariz-demo", "ALOCOM_API_PASSWORD": alocom.connection["api_password"]}
    playbook("export", tmp_path, {"vendors": "alocom", "export_path": str(tmp_path / "out")}, environment=environment).ok()
    assert podspace.journal() == [] and alocom.journal() != []
    wrong = playbook("provision", tmp_path, {"desired_state": business, "only": "alocom/scool"}).failed()
    assert "only: there is no account alocom/scool (did you mean alocom/school or alocom?); there are alocom, alocom/school, podspace, " in wrong.output


def test_accounts_of_one_vendor_do_not_hear_of_each_other(tmp_path, alocom):
    """Connection and options of one account never reach the other's tasks; a refused account is asked once and holds nobody up."""
    good = dict(alocom.connection)
    bad = dict(good, api_username="somebody-else", api_password="not-the-password", api_concurrency=1)
    # One server, by names of its own for each account: two accounts that are one are refused.
    named = {name: dict(good, api_url=alocom.url.replace("127.0.0.1", name)) for name in ("localhost", "127.1")}
    environ = {"ALOCOM_API_URL": named["127.1"]["api_url"], "ALOCOM_API_USERNAME": "kariz-demo", "ALOCOM_API_PASSWORD": good["api_password"]}
    person = {"name": "ن", "surname": "ن"}
    several = [
        {"account": "closed", "connection": bad, "options": {"users": {"update_password": "always"}, "labels": {"purge": True, "purge_limit": 0}},
         "labels": [{"title": "بسته"}], "users": [dict(person, username="closed", password="closed-secret")]},
        {"account": "open", "connection": good, "labels": [{"title": "باز"}], "users": [dict(person, username="open", password="open-secret")]},
        {"account": "of-the-environment", "labels": [{"title": "محیط"}]},
        {"account": "cautious", "connection": named["localhost"], "options": {"labels": {"purge": True, "purge_limit": 0}}, "labels": [{"title": "باز"}],
         "users": [dict(person, username="open")]},
    ]
    path = written(tmp_path, "two.yml", {"panels": {"alocom": several}})
    alocom.seed("labels", 2, prefix="kept")
    for _time in range(2):
        alocom.clear_journal()
        played = playbook("provision", tmp_path, {"desired_state": path}, environment=environ).failed()
    lines = told(played)
    assert lines[0].startswith("alocom/closed: labels: failed")
    assert lines[1:3] == ["alocom/closed: users: not attempted", "alocom/closed: labels (what goes): not attempted"]
    # Nothing of "always" and of the purge came over: no write in the second run.
    assert lines[3:6] == ["alocom/open: labels: 1 unchanged", "alocom/open: users: 1 unchanged", "alocom/of-the-environment: labels: 1 unchanged"]
    # A list that was refused for what it says holds up nothing else of its account.
    assert lines[6:8] == ["alocom/cautious: labels: 1 unchanged", "alocom/cautious: users: 1 unchanged"] and "purge would remove" in lines[8]
    assert alocom.writes() == []
    assert len([entry for entry in alocom.journal() if entry["status"] == 401]) == 1
    assert not any(secret in played.output for secret in ("not-the-password", "closed-secret", "open-secret", good["api_password"]))

    # With a variable that is not set, one account would become that of the environment, and purge would empty it.
    alocom.clear_journal()
    north = dict(several[3], account="north", connection={"api_url": named["127.1"]["api_url"], "api_username": "{{ north_user | default('') }}",
                                                          "api_password": "{{ north_password | default('') }}"})
    written(tmp_path, "two.yml", {"panels": {"alocom": several[1:3] + [north, dict(several[1], account="again")]}})
    apart = playbook("provision", tmp_path, {"desired_state": path}, environment=environ).failed()["Read and check the file"]["msg"]
    for text in ("panels.alocom[2].connection.api_password: api_password renders empty, so that the environment's ALOCOM_API_PASSWORD would be used",
                 "panels.alocom[2].connection.api_username: api_username renders empty",
                 "panels.alocom[3]: is the same account of the vendor as alocom/open: user kariz-demo at 127.0.0.1:"):
        assert text in apart, apart
    assert alocom.journal() == []


def test_mistakes_are_told_with_file_and_place_before_any_request(tmp_path, alocom):
    folder = tmp_path / "state"
    folder.mkdir()
    (folder / "a.yml").write_text("""panels:
  alocom:
    - account: school
      conection: {}
      labels:
        - titel: x
      users:
        - {username: ali, name: a, surname: b, enabled: maybe}
        - {username: reza, cellphone: 12}
        - {username: nima, name: "{{ missing_variable }}"}
      events:
        - {slug: ok, members: [{usernam: x}]}
        - {slug: bad slug}
      options: {users: {purge: true}}
  alocm: {}
""", encoding="utf-8")
    undefined = playbook("provision", tmp_path, {"desired_state": str(folder)}).failed()
    assert "state/a.yml:10:28: panels.alocom[0].users[2].name: 'missing_variable' is undefined" in undefined.output
    (folder / "b.yml").write_text("missing_variable: x\npanels:\n  alocom:\n    account: school\n    users: [{username: ali}]\n", encoding="utf-8")
    played = playbook("provision", tmp_path, {"desired_state": str(folder)}).failed()
    message = played["Read and check the file"]["msg"]
    for line in (
        "state/a.yml:4:7: panels.alocom[0].conection: unknown key, did you mean connection?",
        "state/a.yml:6:11: panels.alocom[0].labels[0].titel: unknown option, did you mean title? allowed here: id, rename_from, state, title",
        "state/a.yml:8:48: panels.alocom[0].users[0].enabled: must be true or false, not 'maybe'",
        "state/a.yml:9:28: panels.alocom[0].users[1].cellphone: must be a mobile number such as 09121234567, not '12'",
        "state/a.yml:12:33: panels.alocom[0].events[0].members[0].usernam: unknown option, did you mean username?",
        "state/a.yml:15:3: panels.alocm: unknown key, did you mean alocom? allowed here: alocom",
        "no vendor was asked anything",
    ):
        assert line in message, message
    (folder / "a.yml").write_text("panels: {alocom: {account: school, users: [{username: ali}, {username: reza, cellphone: '12'}]}}", encoding="utf-8")
    assert "state/a.yml:1:78: panels.alocom.users[1].cellphone: must be a mobile number" in playbook(
        "provision", tmp_path, {"desired_state": str(folder)}).failed()["Read and check the file"]["msg"]
    (folder / "a.yml").write_text("panels: {alocom: {account: school, users: [{username: ali, surname: other}]}}", encoding="utf-8")
    assert "state/b.yml:5:13: panels.alocom.users[0]: names the sam" in playbook(
        "provision", tmp_path, {"desired_state": str(folder)}).failed()["Read and check the file"]["msg"]
    assert alocom.journal() == []


@pytest.fixture
def everybody(sim, tmp_path, alocom, podspace):
    """A folder that names one account of each vendor, and the variables for its secrets."""
    connections = {
        "alocom": dict(alocom.connection, api_password="{{ alocom_api_password }}"),
        "deltasib": {"api_url": sim.url("deltasib"), "api_username": "kariz-demo", "api_password": "{{ deltasib_api_password }}",
                     "ca_path": sim.ready["deltasib_ca"]},
        "payamsms": {"api_url": sim.url("payamsms"), "api_username": "kariz-demo", "api_password": "{{ payamsms_api_password }}",
                     "api_system_name": "kariz-demo-org", "api_client_id": "kariz-client", "api_client_secret": "{{ payamsms_api_client_secret }}"},
        "podspace": podspace.connection,
        "smspanel": {"api_url": sim.url("smspanel"), "api_token": "{{ smspanel_api_token }}"},
    }
    path = written(tmp_path / "everybody", "accounts.yml", {"panels": {vendor: {"connection": connection} for vendor, connection in connections.items()}})
    return str(tmp_path / "everybody"), path, {
        "alocom_api_password": alocom.connection["api_password"], "deltasib_api_password": "kariz-demo-pass", "payamsms_api_password": "kariz-demo-pass",
        "payamsms_api_client_secret": "kariz-client-secret", "smspanel_api_token": "kariz-demo-token",
        **{"podspace_" + name: podspace.connection[name] for name in ("api_token", "api_key", "api_services")}}


def writes(sim):
    return [(entry["vendor"], entry["operation"]) for entry in sim.journal() if entry["write"]]


@pytest.mark.parametrize("door", ["fast", "module"])
def test_every_vendor_there_and_back(tmp_path, sim, everybody, door):
    """Hundreds of objects at five vendors, more than a page of each kind: the export is accepted, changes nothing, and drift finds what changes afterwards."""
    folder, _path, variables = everybody
    sim.reset(seed="default")
    sim.reset("alocom", "default", password=variables["alocom_api_password"])
    sim.reset("podspace", "default", token=variables["podspace_api_token"], api_key=variables["podspace_api_key"])
    # Through the ordinary door every step is a process; what is read and compared is the same.
    many, fewer = (250, 110) if door == "fast" else (20, 10)
    sim.seed("alocom", "users", many, prefix="bulk")
    sim.seed("deltasib", "users", fewer, prefix="bulk", service=11)
    sim.seed("smspanel", "phonebooks", 30, numbers=5)
    sim.seed("payamsms", "messages", 40, sendDate="2099-01-01 10:00:00")
    out = str(tmp_path / "export")
    exported = playbook("export", tmp_path, dict(variables, desired_state=folder, export_path=out), door=door).ok()["Read and write"]
    counts = {file["vendor"]: file["counts"] for file in exported["files"]}
    assert {vendor: sorted(kinds) for vendor, kinds in counts.items()} == {
        "alocom": ["events", "labels", "users"], "deltasib": ["services", "statuses", "users"], "payamsms": ["messages"],
        "podspace": ["members", "organizations"], "smspanel": ["phonebooks"]}
    assert sum(number for kinds in counts.values() for number in kinds.values()) > (500 if door == "fast" else 100)
    assert all(number for kinds in counts.values() for number in kinds.values())
    sim.clear_journal()
    back = playbook("provision", tmp_path, dict(variables, desired_state=out), door=door, diff=True).ok()
    assert "changed=0" in back.output and writes(sim) == [], (told(back), writes(sim))
    assert told(back) and all(line.endswith(" unchanged") for line in told(back))

    sim.mutate("smspanel", "phonebooks", {"name": "book-00007"}, {"numbers": ["09121234567"]})
    sim.mutate("alocom", "users", {"username": "bulk-00003"}, {"surname": "دیگر"})
    sim.mutate("payamsms", "messages", {"customerId": "messages-00001"}, delete=True)
    drift = playbook("drift", tmp_path, dict(variables, desired_state=out), door=door).ok()["Put the report together"]
    found = {(account["vendor"], one["object"], one["change"]) for account in drift["report"]["accounts"] for kind in account["kinds"]
             for one in kind["differences"]}
    assert found == {("smspanel", "book-00007", "different"), ("alocom", "bulk-00003", "different")}
    # The vendor's list of scheduled messages does not tell the sender, so the file alone could not schedule it anew.
    assert ("payamsms/payamsms: messages: could not be compared: message messages-00001 does not exist and cannot be made without sender"
            in drift["lines"]), drift["lines"]
    assert writes(sim) == []


def test_each_item_of_a_loop_has_its_own_variables(tmp_path, alocom, sim):
    """One file for every school of a list: what it says is read anew with each item's variables, in check mode too, and a vault is opened."""
    cipher = VaultLib([("default", VaultSecret(b"open"))]).encrypt(alocom.connection["api_password"]).decode().replace("\n", "\n          ")
    (tmp_path / "open.txt").write_text("open")
    (tmp_path / "school.yml").write_text("""titles: ["{{ school }} \u06f1", "{{ school }} \u06f2"]
panels:
  alocom:
    account: "{{ school }}"
    connection: {api_url: "%s", api_username: kariz-demo, api_password: "{{ kept }}"}
    labels: "{{ [{'title': titles[0]}, {'title': titles[1]}] }}"
kept: !vault |
          %s
""" % (alocom.url, cipher), encoding="utf-8")
    step = {"vendor": "alocom", "account": "{{ school }}", "kind": "labels"}
    played = play([
        {"name": "plans", "kariz.panels.desired_state": {"path": str(tmp_path / "school.yml")}, "vars": {"school": "{{ item }}"},
         "loop": ["شمال", "جنوب"], "register": "plans"},
        {"name": "both", "kariz.panels.desired_state": {"path": str(tmp_path / "school.yml"), "step": step}, "vars": {"school": "{{ item }}"},
         "loop": ["شمال", "جنوب", "شمال"], "register": "made"},
        {"name": "told", "ansible.builtin.debug": {"msg": [
            "{{ plans.results | map(attribute='accounts') | flatten | map(attribute='account') | list }}",
            "{{ made.results | map(attribute='told') | list }}"]}},
    ], tmp_path, arguments=["--vault-password-file", str(tmp_path / "open.txt")]).ok()
    assert played["told"]["msg"] == [["شمال", "جنوب"], [
        "alocom/شمال: labels: 2 created", "alocom/جنوب: labels: 2 created", "alocom/شمال: labels: 2 unchanged"]]
    assert sorted(alocom.titles()) == sorted("%s %s" % (school, number) for school in ("شمال", "جنوب") for number in ("\u06f1", "\u06f2"))


def test_what_goes_comes_last_in_the_run_and_in_its_check(tmp_path, alocom):
    """A label that goes, by its state or by purge, while its users move to one that is new: foretold as it then happens, and nothing is left to do."""
    person = {"name": "ن", "surname": "ن"}
    first = {"labels": [{"title": "دهم"}, {"title": "دبیران"}],
             "users": [dict(person, username="a", labels=["دهم"]), dict(person, username="b", labels=["دبیران"])]}
    moved = {"labels": [{"title": "دهم", "state": "absent"}, {"title": "یازدهم"}, {"title": "دبیران"}],
             "users": [dict(person, username="a", labels=["یازدهم"]), dict(person, username="b", state="absent")]}
    purged = {"labels": [{"title": "دوازدهم"}], "options": {"labels": {"purge": True}, "users": {"purge": True, "purge_labels": ["یازدهم"]}},
              "users": [dict(person, username="c", labels=["دوازدهم"])]}
    expected = {
        "first": ["labels: 2 created", "users: 2 created"],
        "moved": ["labels: 1 created, 1 unchanged", "users: 1 updated", "users (what goes): 1 deleted", "labels (what goes): 1 deleted"],
        "purged": ["labels: 1 created", "users: 1 created", "users (what goes): 1 deleted, %d unchanged", "labels (what goes): 2 deleted, %d unchanged"],
    }
    for name, account in (("first", first), ("moved", moved), ("purged", purged)):
        path = written(tmp_path, "state.yml", {"panels": {"alocom": dict(account, connection=alocom.connection)}})
        before = alocom.dump()
        foretold = playbook("provision", tmp_path, {"desired_state": path}, check=True).ok()
        assert alocom.dump()["users"] == before["users"]
        done = playbook("provision", tmp_path, {"desired_state": path}).ok()
        for played, there in ((foretold, 0), (done, 1)):
            # What would be made is not there to be named when others are removed.
            wanted = ["alocom/alocom: " + (line % there).replace(", 0 unchanged", "") if "%d" in line else "alocom/alocom: " + line for line in expected[name]]
            assert told(played) == wanted, (name, there)
        assert "changed=0" in playbook("provision", tmp_path, {"desired_state": path}).ok().output
    assert alocom.titles() == ["دوازدهم"] and list(alocom.users()) == ["c"]
    # What stays in use fails in the check as in the run: of users of the file, of the panel, of one to be made; by state and by purge.
    alocom.seed("labels", 1, prefix="kept")
    kept = alocom.titles()[-1]
    alocom.seed("users", 1, prefix="stranger", labels=[kept])
    inuse = {"labels": [{"title": "دوازدهم", "state": "absent"}], "options": {"labels": {"purge": True}},
             "users": [dict(person, username="c"), dict(person, username="d", labels=["دوازدهم"])]}
    path = written(tmp_path, "state.yml", {"panels": {"alocom": dict(inuse, connection=alocom.connection)}})
    foretold = playbook("provision", tmp_path, {"desired_state": path}, check=True).failed()
    assert kept in alocom.titles() and "d" not in alocom.users()
    done = playbook("provision", tmp_path, {"desired_state": path}).failed()
    assert told(foretold)[-1] == told(done)[-1] == "alocom/alocom: labels (what goes): 2 failed"
    assert "دوازدهم is in use, so it cannot be removed: 2 users have it (c, d)" in foretold.output
    assert set(alocom.titles()) == {"دوازدهم", kept}
