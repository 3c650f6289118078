# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a panel holds is data: no text of it is ever a template, in files, lookups, inventories, results and roles."""

from __future__ import annotations

import json
import os

import yaml
from ansible.parsing.vault import VaultLib, VaultSecret
from playing import play, playbook, run_command

from ansible_collections.kariz.panels.plugins.module_utils._core.text.yaml_data import dump_data

#: Delimiters of its own, set by the header that the platform honours at the beginning of a trusted text.
HEADER = "#jinja2:variable_start_string:'[[',variable_end_string:']]'\n"


def command(folder, name):
    """Return a text that would make a file, were it a template."""
    return "[[ lookup('ansible.builtin.pipe', 'touch %s/%s') ]]" % (folder, name)


def nasty(folder, name):
    return HEADER + command(folder, name)


def braces(folder, name):
    return "{{ lookup('ansible.builtin.pipe', 'touch %s/%s') }}" % (folder, name)


class Reading(yaml.SafeLoader):
    """Reads what is marked as no template as the text that it is."""


Reading.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


def test_an_export_of_anything_runs_nothing(tmp_path, sim, alocom, deltasib, payamsms, podspace, smspanel):
    """Surname, titles, names, texts: exported, provisioned, checked, compared, removed; each would touch a file of its own."""
    alocom.reset("default")
    ran = tmp_path / "ran"
    ran.mkdir()
    first = alocom.dump()
    alocom.mutate("users", {"username": first["users"][0]["username"]}, {"surname": nasty(ran, "surname"), "name": braces(ran, "name")})
    alocom.mutate("labels", {"title": first["labels"][0]["title"]}, {"title": nasty(ran, "label")})
    alocom.mutate("events", {"slug": first["events"][0]["slug"]}, {"title": nasty(ran, "event")})
    sim.seed("smspanel", "phonebooks", 1, numbers=2)
    smspanel.mutate("phonebooks", {"name": list(smspanel.books())[0]}, {"name": nasty(ran, "phonebook")})
    sim.seed("payamsms", "messages", 1, sendDate="2099-01-01 10:00:00")
    payamsms.mutate("messages", {"customerId": payamsms.sent()[0]}, {"body": nasty(ran, "body")})
    podspace.mutate("organizations", {"name": list(podspace.spaces())[0]}, {"name": nasty(ran, "space"), "description": braces(ran, "description")})
    sim.seed("deltasib", "users", 1, prefix="bulk")
    accounts = {vendor.name: {"account": "a\n  b: " + braces(ran, "account"), "connection": vendor.connection} for vendor in (
        alocom, deltasib, payamsms, podspace, smspanel)}
    state = tmp_path / "state.yml"
    state.write_text("# one file\n" + yaml.dump({"panels": accounts}, allow_unicode=True).replace("account: \"", "account: !unsafe \""), encoding="utf-8")
    out = tmp_path / "out"
    exported = playbook("export", tmp_path, {"desired_state": str(state), "export_path": str(out)}).ok()["Read and write"]
    secrets = {name: accounts[file["vendor"]]["connection"][option] for file in exported["files"] for name in file["secrets"]
               for option in accounts[file["vendor"]]["connection"] if name.endswith("_" + option)}
    read = [yaml.load(file.read_text(encoding="utf-8"), Loader=Reading) for file in out.iterdir()]
    assert len(read) == 5 and all(set(document) == {"panels"} for document in read)
    texts = json.dumps(read, ensure_ascii=False)
    for name in ("surname", "name", "label", "event", "phonebook", "body", "space", "description"):
        assert "/ran/%s'" % name in texts, name
    before = [entry for entry in sim.journal() if entry["write"]]
    assert before == []
    wanted = dict(secrets, desired_state=str(out))
    playbook("provision", tmp_path, wanted, check=True, diff=True).ok()
    done = playbook("provision", tmp_path, wanted, diff=True, arguments=["-vv"]).ok()
    assert "changed=0" in done.output
    playbook("drift", tmp_path, dict(wanted, drift_unmanaged=True, drift_markdown=str(tmp_path / "drift.md"))).ok()
    playbook("deprovision", tmp_path, wanted, check=True, diff=True)
    assert os.listdir(ran) == [] and [entry for entry in sim.journal() if entry["write"]] == []


def test_what_is_read_elsewhere_runs_nothing(tmp_path, sim, alocom, podspace, smspanel, payamsms, deltasib):
    """Lookups, inventories (variables, groups, what is composed of them), results both ways, and what is made of a result later."""
    alocom.reset("default")
    ran = tmp_path / "ran"
    ran.mkdir()
    service = next(row for row in alocom.dump()["services"] if row["title"] == "کلاس اصلی")
    alocom.mutate("services", {"id": service["id"]}, {"title": nasty(ran, "service")})
    for event in alocom.events():
        alocom.mutate("events", {"slug": event}, {"title": braces(ran, "event")})
    for username in alocom.users():
        alocom.mutate("users", {"username": username}, {"surname": nasty(ran, "surname")})
    (tmp_path / "alocom.yml").write_text(json.dumps(dict(
        alocom.connection, plugin="kariz.panels.alocom", hostnames=["title"], compose={"composed": "title ~ ''", "again": "title"},
        groups={"long": "title | length > 3"}, keyed_groups=[{"key": "title", "prefix": "t"}, {"key": "service", "prefix": "s"}])), encoding="utf-8")
    looked = run_command(["-i", str(tmp_path / "alocom.yml"), str(book(tmp_path, [
        {"name": "say", "ansible.builtin.debug": {"msg": "{{ [title, composed, again, inventory_hostname, group_names] | to_json }}"}},
        {"name": "again", "ansible.builtin.debug": {"msg": "{{ hostvars | dict2items | map(attribute='value.title') | list }}"}},
        {"name": "by name", "ansible.builtin.debug": {"var": "title"}}], "hosts: all"))], tmp_path).ok()
    assert braces(ran, "event") in looked.output and "/ran/event" in json.dumps(looked["say"])
    tasks = [
        {"name": "service", "ansible.builtin.debug": {"msg": "{{ lookup('kariz.panels.alocom_service', %d, **connection).title }}" % service["id"]}},
        {"name": "in a fact", "ansible.builtin.set_fact": {"kept": "{{ query('kariz.panels.alocom_service', **connection) | map(attribute='title') }}"}},
        {"name": "kept", "ansible.builtin.debug": {"msg": "{{ kept | join(' ') }}"}},
        {"name": "events", "kariz.panels.alocom_event_info": alocom.connection, "register": "events"},
        {"name": "users", "kariz.panels.alocom_user_info": alocom.connection, "register": "users"},
        {"name": "made of it", "kariz.panels.alocom_label": dict(alocom.connection, title="{{ events.events[0].title }}"), "check_mode": True,
         "register": "made"},
        {"name": "several", "kariz.panels.alocom_label": dict(alocom.connection, labels="{{ titles }}"), "check_mode": True,
         "vars": {"titles": [{"title": "{{ users.users[0].surname }}"}]}},
        {"name": "said", "ansible.builtin.debug": {"msg": "{{ item.title }} {{ made.label.title }}"}, "loop": "{{ events.events }}"},
    ]
    for door in ("fast", "module"):
        played = play(tasks, tmp_path, door=door, verbosity=3, variables={"connection": alocom.connection}).ok()
        assert played["service"]["msg"] == nasty(ran, "service") and nasty(ran, "service") in played["kept"]["msg"]
        assert played["made of it"]["label"]["title"] == braces(ran, "event")
        assert played["several"]["labels"][0]["title"] == nasty(ran, "surname")
    assert os.listdir(ran) == []


def book(folder, tasks, more):
    path = folder / "book.yml"
    path.write_text("- %s\n  gather_facts: false\n  connection: local\n  tasks: %s\n" % (more, json.dumps(tasks, ensure_ascii=False)), encoding="utf-8")
    return path


def test_reports_of_anything_run_nothing(tmp_path, alocom, podspace, smspanel):
    """Names of services, plans, classes, teachers and pupils that are markup, a template or a formula stay words in pages, JSON, CSV and the terminal."""
    alocom.reset("default")
    ran = tmp_path / "ran"
    ran.mkdir()
    script, formula = "<script>document.title = 'ran'</script>", "=HYPERLINK(1)"
    alocom.mutate("services", {"title": "کلاس اصلی"}, {"title": script + braces(ran, "service")})
    alocom.seed("events", 1, prefix="class", members=3)
    alocom.mutate("events", {"slug": "class-00001"}, {"title": nasty(ran, "event") + script})
    for username in alocom.users():
        alocom.mutate("users", {"username": username}, {"name": formula, "surname": braces(ran, "surname") + script})
    alocom.seed("attendances", 1, event="class-00001", date="2026-11-02")
    alocom.seed("visits", 3, event="class-00001", date="2026-11-02")
    name = "a " + script
    accounts = [{"vendor": vendor.name, "account": name, "connection": vendor.connection} for vendor in (alocom, podspace, smspanel)]
    out = tmp_path / "out"
    report = {"name": "R", "kariz.panels.credit_report": {"accounts": accounts, "dest": str(out), "title": script, "thresholds": [{"below": 10 ** 15}]},
              "register": "found"}
    said = {"name": "said", "ansible.builtin.debug": {"msg": "{{ found.lines + found.to_warn.fa + (found.gauges | map(attribute='name') | list) }}"}}
    told = play([report, said], tmp_path, verbosity=3).ok()
    assert any("/ran/service" in str(line) for line in told["said"]["msg"])
    environment = {"ALOCOM_%s" % option.upper(): value for option, value in alocom.connection.items()}
    days = {"from_date": "2026-11-01", "to_date": "2026-11-30", "attendance_path": str(out)}
    playbook("attendance", tmp_path, days, environment=environment).ok()
    pages = {path.name: path.read_text(encoding="utf-8") for path in out.iterdir() if path.suffix == ".html"}
    assert len(pages) == 4 and not any("<script" in text.lower() for text in pages.values())
    for page, part in (("credit-report.fa.html", "/ran/service"), ("credit-report.en.html", "a &lt;script&gt;"), ("attendance.en.html", "/ran/event"),
                       ("attendance.fa.html", "/ran/surname")):
        assert part in pages[page], page
    for table in out.glob("*.csv"):
        text = table.read_text(encoding="utf-8-sig")
        assert '"=' not in text and ("'=HYPERLINK" in text or table.name == "credit-report.csv"), table.name
    assert os.listdir(ran) == []


def test_what_is_told_once_is_never_lost(tmp_path, alocom):
    """A file of secrets that cannot be used is told before any write; an encrypted one is encrypted again; a password that is a template is none."""
    braces_in = {"username": "a", "name": "ن", "surname": "ن"}
    state = tmp_path / "state.yml"
    state.write_text(json.dumps({"panels": {"alocom": {"connection": alocom.connection, "users": [braces_in]}}}))
    secrets = tmp_path / "secrets.yml"
    wanted = {"desired_state": str(state), "secrets_path": str(secrets)}
    (tmp_path / "pass.txt").write_text("open")
    vault = VaultLib([("default", VaultSecret(b"open"))])
    kept = {"alocom/old": {"users": {"b": {"password": "{{ lookup('pipe', 'id') }}"}}}}
    for content in (b"- not\n- a mapping\n", b"a: [", b"a: text\n", vault.encrypt("{}"), b"\xff\xfe"):
        secrets.write_bytes(content if isinstance(content, bytes) else content.encode())
        for check in (True, False):
            told = playbook("provision", tmp_path, wanted, check=check).failed()
            assert "secrets_path: %s" % secrets in told.output and alocom.writes() == [] and alocom.users() == {}
        assert secrets.read_bytes() == (content if isinstance(content, bytes) else content.encode())
    secrets.write_bytes(vault.encrypt(dump_data(kept)))
    playbook("provision", tmp_path, wanted, arguments=["--vault-password-file", str(tmp_path / "pass.txt")]).ok()
    text = secrets.read_bytes()
    assert text.startswith(b"$ANSIBLE_VAULT") and yaml.load(vault.decrypt(text), Loader=Reading) == dict(
        kept, **{"alocom/alocom": {"users": {"a": {"password": "a@123"}}}})
