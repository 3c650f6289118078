# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs of an automation controller: credentials as their types inject them, blank inputs included, plays through ansible-runner, and slices at once."""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import private_postgres
import pytest
import yaml
from controller_jobs import Injected, Runner
from playing import COLLECTIONS, ROOT, play, program, surroundings

pytestmark = pytest.mark.platform

VENDORS = ("alocom", "deltasib", "payamsms", "podspace", "smspanel")
yaml.SafeLoader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))
_FILE = ROOT / "extensions/awx/controller_credential_types.yml"
TYPES = {one["name"].removeprefix("kariz.panels "): one for one in yaml.safe_load(_FILE.read_text("utf-8"))["controller_credential_types"]}
NAMES = {"alocom": "Alocom", "deltasib": "DeltaSib", "payamsms": "PayamSMS", "podspace": "POD Space", "smspanel": "SMS panel"}


def client_of(vendor):
    module = importlib.import_module("ansible_collections.kariz.panels.plugins.module_utils._%s.client" % vendor)
    return next(thing for thing in vars(module).values() if isinstance(thing, type) and getattr(thing, "vendor", "") == vendor)


def inputs_of(vendor):
    """Return what somebody fills in for an account: the form's fields, its maps and its certificate as text."""
    made = dict(vendor.connection)
    made.update({"ca": Path(made.pop("ca_path")).read_text("utf-8")} if "ca_path" in made else {})
    return {name: json.dumps(value) if isinstance(value, dict) else value for name, value in made.items()}


def journal_inputs(server, address):
    return {"host": "127.0.0.1", "port": str(server.port), "database": address.rpartition("/")[2], "username": "kariz", "password": private_postgres.PASSWORD,
            "sslmode": "disable"}


@pytest.fixture
def vendors(alocom, deltasib, payamsms, podspace, smspanel):
    return {one.name: one for one in (alocom, deltasib, payamsms, podspace, smspanel)}


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_type_has_every_option(vendor):
    kind = TYPES[NAMES[vendor]]
    secrets = {field["id"] for field in kind["inputs"]["fields"] if field.get("secret")}
    client = client_of(vendor)
    assert set(kind["injectors"]["env"]) == {"%s_%s" % (vendor.upper(), name.upper()) for name in client.connection}
    assert {name for name, spec in client.connection.items() if spec.get("no_log")} <= secrets
    assert all(field.get("help_text") for field in kind["inputs"]["fields"])
    assert ("api_url" in kind["inputs"].get("required", ())) is (client.connection["api_url"].get("default") is None)
    # What is on unless somebody turns it off stays on in a credential that does not say a word of it.
    blank = Injected("/runner")
    blank.add(kind, {})
    assert blank.env["%s_VALIDATE_CERTS" % vendor.upper()] == blank.env["%s_API_TOKEN_CACHE" % vendor.upper()] == "true"
    off = Injected("/runner")
    off.add(kind, {"skip_certificate_check": True})
    assert off.env["%s_VALIDATE_CERTS" % vendor.upper()] == "false"


def test_blank_inputs_count_as_not_set(vendors, tmp_path, door):
    """Modules, lookups and inventories of all vendors with nothing filled in but the account."""
    environment, blank = {}, []
    for name, vendor in vendors.items():
        injected = Injected(tmp_path)
        injected.add(TYPES[NAMES[name]], inputs_of(vendor))
        for path, text in injected.files.items():
            (tmp_path / "env").mkdir(exist_ok=True)
            (tmp_path / path).write_text(text)
        # Each vendor's file has its own name here; a controller numbers them.
        environment.update(injected.env)
        if name == "deltasib":
            shutil.copy(tmp_path / "env/tmp0", tmp_path / "deltasib.pem")
            environment["DELTASIB_CA_PATH"] = str(tmp_path / "deltasib.pem")
        blank += [variable for variable, value in injected.env.items() if value == ""]
    # Everything that a form may leave empty is empty, and that of every vendor.
    assert {"%s_%s" % (name.upper(), option) for name in VENDORS for option in ("API_TIMEOUT", "API_DEADLINE", "API_RETRIES", "API_CONCURRENCY")} <= set(blank)
    environment.update({"KARIZ_JOURNAL": "", "KARIZ_PROGRESS": "", "KARIZ_SUMMARY_PATH": ""})
    environment.update(dict.fromkeys(("ALOCOM_API_TOKEN_CACHE", "PAYAMSMS_API_LOGIN_STYLE", "DELTASIB_VALIDATE_CERTS", "DELTASIB_API_VERSION",
                                      "DELTASIB_API_TOKEN_PARAMETER", "PODSPACE_API_PARAMETERS"), ""))
    (tmp_path / "x.deltasib.yml").write_text("plugin: kariz.panels.deltasib\n")
    (tmp_path / "x.alocom.yml").write_text("plugin: kariz.panels.alocom\n")
    infos = ["alocom_label_info", "deltasib_user_info", "payamsms_scheduled_info", "podspace_organization_info", "smspanel_phonebook_info"]
    lookups = ["kariz.panels.payamsms_balance", "kariz.panels.smspanel_credit", "kariz.panels.podspace_plan", "kariz.panels.alocom_service"]
    played = play([{"name": name, "kariz.panels.%s" % name: {}} for name in infos] + [
        {"name": name, "ansible.builtin.debug": {"msg": "{{ lookup('%s') }}" % name}} for name in lookups], tmp_path, door=door, environment=environment).ok()
    assert all(played.kinds(name) == ["ok"] for name in infos + lookups)
    if door == "fast":
        listed = program("ansible-inventory", ["--list", "-i", tmp_path / "x.deltasib.yml", "-i", tmp_path / "x.alocom.yml"], tmp_path,
                         {**environment, "ANSIBLE_INVENTORY_UNPARSED_FAILED": "1"})
        assert listed.returncode == 0, listed.stderr


@pytest.fixture
def project(tmp_path):
    return Path(shutil.copytree(ROOT / "extensions/awx/project", tmp_path / "project"))


@pytest.mark.long
def test_a_job_through_the_runner(vendors, project, server):
    """What is filled in reaches the play and nobody else: neither events nor output, nor a later job. Files are warned of."""
    accounts = {name: dict(vendors[name].connection) for name in ("alocom", "smspanel")}
    (project / "business").mkdir()
    (project / "business/all.yml").write_text(
        "panels:\n  alocom:\n    connection: \"{{ (lookup('ansible.builtin.file', panels_accounts_path) | from_yaml).alocom }}\"\n"
        "    labels: [{title: in-awx}]\n")
    runner = Runner(project, {"ANSIBLE_COLLECTIONS_PATH": COLLECTIONS, "ANSIBLE_CALLBACKS_ENABLED": "kariz.panels.summary"})
    many = (TYPES["accounts"], {"accounts": yaml.safe_dump(accounts, allow_unicode=True)})
    done = runner.run("provision.yml", [many], {"desired_state": "business", "survey_only": "", "secrets_path": "secrets.yml"}, number=7, diff=True).ok()
    assert vendors["alocom"].titles() == ["in-awx"] and "SUMMARY" in done.output
    assert "secrets.yml is lost when this job ends" in done.output and "AWX_ISOLATION_SHOW_PATHS" in done.output
    password = accounts["alocom"]["api_password"]
    assert password not in done.output and password not in done.text and json.dumps(password)[1:-1] not in done.text
    assert done.injected.env["KARIZ_ACCOUNTS"] == done.injected.extra_vars["panels_accounts_path"]
    again = runner.run("provision.yml", [many], {"desired_state": "business"}, number=8).ok()
    assert "changed=0" in again.output
    vendors["alocom"].clear_journal()
    runner.run("balances.yml", [(TYPES[NAMES[name]], inputs_of(one)) for name, one in vendors.items()], {"survey_only": ""}, number=9).ok()
    assert [name for name, one in vendors.items() if not one.operations()] == []
    # One text for each number, whatever its spelling, and once for the key; the journal comes with its credential.
    address = server.fresh()
    sending = [(TYPES["PayamSMS"], inputs_of(vendors["payamsms"])), (TYPES["journal"], journal_inputs(server, address))]
    survey = {"survey_key": "close-1405", "survey_text": "شنبه تعطیل است", "survey_recipients": "0912 123 45 67\n+98 912 123 4567\n\n09351112233\n",
              "notify_sender": "982000123"}
    for number in (11, 12):
        runner.run("notify.yml", sending, survey, number=number).ok()
    assert sorted(row["recipient"] for row in vendors["payamsms"].sim.dump("payamsms")["messages"]) == ["989121234567", "989351112233"]
    server.give_back(address)
    nobody = runner.run("balances.yml", [], {}, number=10)
    assert nobody.status == "failed" and "credentials are in the environment" in nobody.output


SLICED = """
- hosts: all
  gather_facts: false
  tasks:
    - name: Told once, by whichever slice comes first
      kariz.panels.payamsms_message:
        customer_id: renewal-1405
        sender: "982000123"
        recipient: "09121234567"
        body: to the owner
      run_once: true
    - name: A payment of each subscriber
      kariz.panels.deltasib_user_payment:
        username: "{{ inventory_hostname }}"
        voucher_no: "1405120001"
        amount: 1000
        currency_id: 1
"""


def test_four_slices_at_once_share_a_journal(deltasib, payamsms, server, project):
    """The inventory comes through its source, four jobs get every fourth subscriber each, and what may happen once happens once."""
    deltasib.reset("default")
    (project / "sliced.yml").write_text(SLICED)
    account = (TYPES["DeltaSib"], inputs_of(deltasib))
    injected = Injected(project)
    injected.add(*account)
    (project / "env").mkdir()
    (project / "env/tmp0").write_text(injected.files["env/tmp0"])
    source = subprocess.run(["ansible-inventory", "--list", "--export", "-i", "inventories/subscribers.deltasib.yml"], cwd=project, stdout=subprocess.PIPE,
                            env=surroundings(project, "fast", injected.env), check=True)
    hosts = sorted(json.loads(source.stdout)["_meta"]["hostvars"])
    assert hosts == sorted(deltasib.users()) and len(hosts) >= 7
    address = server.fresh()
    credentials = [account, (TYPES["PayamSMS"], inputs_of(payamsms)), (TYPES["journal"], journal_inputs(server, address))]
    runner = Runner(project, {"ANSIBLE_COLLECTIONS_PATH": COLLECTIONS})
    variables = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}

    def work(number):
        return runner.run("sliced.yml", credentials, None, {name: {} for name in hosts[number::4]}, variables, number + 1)

    with ThreadPoolExecutor(4) as pool:
        done = [one.ok() for one in pool.map(work, range(4))]
    assert payamsms.sent() == ["renewal-1405"]
    assert [deltasib.vouchers(name).count(("1405120001", 1000)) for name in hosts] == [1] * len(hosts)
    sent = [result for one in done for result in one.results("Told once, by whichever slice comes first")]
    assert sorted(result["changed"] for result in sent) == [False, False, False, True]
    assert private_postgres.PASSWORD not in "".join(one.output + one.text for one in done)
    assert "**********" in done[0].injected.safe["PGPASSWORD"] and done[0].injected.env["PGPASSWORD"] == private_postgres.PASSWORD
    server.give_back(address)
