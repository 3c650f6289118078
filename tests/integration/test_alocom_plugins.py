# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lookup and the inventory of Alocom: values, requests, where options come from, failures, secrets."""

from __future__ import annotations

import json
import os

import pytest
from playing import play, program

LOOKUP = "kariz.panels.alocom_service"
GUEST_CODE = "guest-canary-4711"


def show(name, expression, **more):
    return {"name": name, "ansible.builtin.debug": {"msg": "{{ %s }}" % expression}, **more}


def environment(connection):
    return {"ALOCOM_" + name.upper(): value for name, value in connection.items()}


# -- lookup --------------------------------------------------------------------------------------------------------------


@pytest.mark.smoke
@pytest.mark.seed("default")
def test_lookup(alocom, tmp_path):
    by_hand = ", ".join("%s=%s" % (name, name) for name in alocom.connection)
    played = play([
        show("active", "query('%s', %s)" % (LOOKUP, by_hand)),
        show("terms", "query('%s', 'سرويس پارسال', 14, '۱۶', %s) | map(attribute='id') | list" % (LOOKUP, by_hand)),
        show("one", "lookup('%s', 'کلاس اصلی', %s)" % (LOOKUP, by_hand)),
        show("arithmetic", "lookup('%s', 14, %s).remain_time + 1" % (LOOKUP, by_hand)),
        {"name": "module", "kariz.panels.alocom_label_info": alocom.connection},
    ], tmp_path, variables=alocom.connection).ok()
    assert [service["id"] for service in played["active"]["msg"]] == [16, 14]
    assert played["terms"]["msg"] == [12, 14, 16]
    assert played["one"]["msg"] == {
        "id": 14, "service_id": 7, "title": "کلاس اصلی", "type": "class", "status": "active", "time_duration": 12, "used_time": 4, "remain_time": 8,
        "disk_capacity": 500, "consumed_disk_capacity": None, "remain_disk_capacity": None, "max_event_user": 100, "start_date": "1404/1/5",
        "start_time": "18:45", "start_iso": "2025-03-25T18:45:00", "end_date": "1404/8/23", "end_time": "18:45", "end_iso": "2025-11-14T18:45:00"}
    assert played["arithmetic"]["msg"] == 9
    # One read (of two pages, the second of which says that there is no more) for each use, one login for all of them and for the modules of the run.
    assert alocom.operations() == ["auth.login"] + ["services.index"] * 8 + ["labels.list"] and alocom.writes() == []


@pytest.mark.seed("default")
def test_where_options_come_from(alocom, tmp_path):
    """By hand, then variables and the configuration file, then the environment; credentials win over a token of the environment."""
    alocom.settings(fixed_token="fixed-token-of-the-test")
    right, nowhere = alocom.connection, "http://127.0.0.1:9"
    config = tmp_path / "other.cfg"
    config.write_text("[alocom]\napi_url = %s\napi_username = kariz-demo\n" % alocom.url)
    variables = {"right": right, "url_in_a_variable": alocom.url}
    ids = "query('%s'%%s) | map(attribute='id') | list" % LOOKUP
    by_hand = ", api_url=right.api_url, api_username='kariz-demo', api_password=right.api_password"
    hand = ids % by_hand
    as_variables = {"alocom_" + name: value for name, value in right.items()}

    def logins(*tasks, **more):
        alocom.clear_journal()
        played = play(list(tasks), tmp_path, variables=variables, **more)
        assert all(played[task["name"]]["msg"] == [16, 14] for task in tasks), played.output
        return alocom.summary()["logins"]

    wrong = {"ALOCOM_API_URL": nowhere, "ALOCOM_API_USERNAME": "somebody", "ALOCOM_API_PASSWORD": "else", "ALOCOM_API_TOKEN": "void-token"}
    assert logins(show("by hand", hand), show("variables", ids % "", vars=as_variables),
                  show("templates", ids % "", vars={**as_variables, "alocom_api_url": "{{ url_in_a_variable }}"}), environment=wrong) == 1
    assert logins(show("file", ids % ", api_password=right.api_password"), environment={**wrong, "ANSIBLE_CONFIG": str(config)}) == 1
    assert logins(show("environment", ids % ""), environment=environment(right)) == 1
    # A token alone needs no login; credentials stand behind a void token only where both were given.
    assert logins(show("token", ids % ""), environment={"ALOCOM_API_URL": alocom.url, "ALOCOM_API_TOKEN": "fixed-token-of-the-test"}) == 0
    assert logins(show("void, both by hand", ids % (by_hand + ", api_token='void-token'")),
                  show("void, both in variables", ids % "", vars={**as_variables, "alocom_api_token": "void-token"}), environment=wrong) == 1
    assert logins(show("void, both in the environment", ids % ""), environment={**environment(right), "ALOCOM_API_TOKEN": "void-token"}) == 1
    alone = [show("by hand", ids % ", api_token='void-token'", vars=as_variables), show("in a variable", ids % "", vars={"alocom_api_token": "void-token"})]
    for task in alone:
        failed = play([task], tmp_path, variables=variables, environment=environment(right)).failed()
        assert "void or expired" in failed[task["name"]]["msg"] and "do not replace it" in failed[task["name"]]["msg"]
    assert alocom.summary()["logins"] == 1
    assert logins(show("no cache", ids % ", api_token_cache=false"), show("no cache again", ids % ", api_token_cache=false"),
                  environment=environment(right)) == 2
    # Options without an entry of their own in the documentation have their environment variable too.
    failed = play([show("late", ids % "")], tmp_path, environment={**environment(right), "ALOCOM_API_TIMEOUT": "0"}).failed()
    assert "api_timeout must be more than 0" in failed["late"]["msg"]
    assert not [name for name in os.environ if name.startswith("ALOCOM_")]


@pytest.mark.seed("default")
def test_lookup_failures(alocom, tmp_path):
    alocom.seed("labels", 1)
    alocom.mutate("services", {"id": 16}, {"title": "کلاس اصلی"})
    cases = {
        "none": ("'x'", "alocom_service: service: there is no bought service x [not_found]. alocom_service_info lists them"),
        "two": ("'کلاس اصلی'", "2 services are called کلاس اصلی (ids 16, 14)"),
        "server": ("14", "list services: canary of the server (HTTP 500)"),
        "password": ("14, api_password='wrong-canary'", "alocom_service: login: "),
        "address": ("14, api_url='ftp://x'", "api_url must be an http or https address"),
        "type": ("14, api_retries='many'", "alocom_service: api_retries: must be a whole number, not 'many'"),
        "several": ("14, api_tokn='x', api_timeout='x'",
                    "2 mistakes in the options; nothing was sent\napi_tokn: unknown option, did you mean api_token? allowed here: api_concurrency, "),
        "range": ("14, api_retries=-1, api_url='ftp://x'", "api_url must be an http or https address, not 'ftp://x'\napi_retries must be 0 or more, not -1"),
        "echo": ("14", "list services"),
    }
    alocom.fault("status", path="services/index$", status=500, body={"message": "canary of the server"}, times=1, skip=4)
    alocom.fault("echo_secrets", path="services/index$", times=1, skip=5)
    played = play([show(name, "lookup('%s', %s)" % (LOOKUP, terms), ignore_errors=True) for name, (terms, _text) in cases.items()], tmp_path,
                  environment=environment(alocom.connection), verbosity=4).ok()
    for name, (_terms, text) in cases.items():
        assert played.kinds(name) == ["failed"] and text in played[name]["msg"], (name, played[name])
    shown = played.output.replace("api_password='wrong-canary'", "") + json.dumps(played.lines, ensure_ascii=False).replace("api_password='wrong-canary'", "")
    password = alocom.connection["api_password"]
    for secret in (password, json.dumps(password)[1:-1], "wrong-canary", *alocom.dump()["tokens"]):
        assert secret not in shown
    assert "Traceback" not in played.output


# -- inventory -----------------------------------------------------------------------------------------------------------


def plain(value):
    """``ansible-inventory`` marks text that may not be evaluated; here only the text counts."""
    return value["__ansible_unsafe"] if set(value) == {"__ansible_unsafe"} else value


class Inventory:
    """Runs ``ansible-inventory`` on a source with the simulated account in the environment."""

    def __init__(self, alocom, folder):
        self.alocom = alocom
        self.folder = folder

    def run(self, source, *arguments, name="school.alocom.yml", more=None):
        path = self.folder / name
        path.write_text(json.dumps({"plugin": "kariz.panels.alocom", **source}, ensure_ascii=False), encoding="utf-8")
        return program("ansible-inventory", ["-i", path, *(arguments or ("--list",))], self.folder, {**environment(self.alocom.connection), **(more or {})})

    def read(self, source, **more):
        """Return ``(host variables, groups with their hosts)``."""
        done = self.run(source, **more)
        assert done.returncode == 0 and "WARNING" not in done.stderr, done.stderr
        found = json.loads(done.stdout, object_hook=plain)
        groups = {name: sorted(group.get("hosts", [])) for name, group in found.items() if name not in ("_meta", "all") and isinstance(group, dict)}
        return found["_meta"]["hostvars"], groups

    def fails(self, source, **more):
        done = self.run(source, more={"ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "1", **more})
        assert done.returncode != 0
        return " ".join((done.stdout + done.stderr).split())


@pytest.fixture
def inventory(alocom, tmp_path):
    return Inventory(alocom, tmp_path)


@pytest.mark.smoke
def test_inventory(alocom, inventory):
    alocom.reset("default", guest_code_style="list")
    hosts, groups = inventory.read({
        "compose": {"ansible_connection": "'local'", "teachers": "members | selectattr('role', 'equalto', 'teacher') | map(attribute='username') | list"},
        "keyed_groups": [{"key": "type", "prefix": "type"}], "groups": {"crowded": "user_count > 3"}, "strict": True})
    assert set(hosts) == {"math-10", "staff-meeting", "physics-11-old"}
    event = hosts["math-10"]
    assert event["title"] == "ریاضی دهم" and event["enabled"] is True and event["guest_code_count"] == 1 and event["id"] == 53
    assert [member["username"] for member in event["members"]][:2] == ["zahra.karimi", "ali.mohammadi"] and len(event["members"]) == 5
    assert event["teachers"] == ["zahra.karimi"] and event["ansible_connection"] == "local" and event["service_expired_at_iso"] == "2025-11-14"
    assert "guest_codes" not in event and "guest_code" not in event
    assert groups["alocom_service_کلاس_اصلی"] == ["math-10"] and groups["alocom_status_active"] == ["math-10", "staff-meeting"]
    assert groups["alocom_status_expired"] == ["physics-11-old"] and groups["crowded"] == ["math-10"]
    assert groups["type_conference"] == ["staff-meeting"] and sorted(groups["type_class"]) == ["math-10", "physics-11-old"]
    assert alocom.operations() == ["auth.login"] + ["events.index"] * 2 + ["events.get"] * 3 + ["users.index"] * 2


@pytest.mark.seed("default")
def test_inventory_filters_and_names(alocom, inventory):
    def names(source):
        return sorted(inventory.read(source)[0])
    alocom.seed("events", 1, prefix="extra", status=0)
    alocom.mutate("events", {"slug": "extra-00001"}, {"title": "ریاضی دهم"})
    assert names({"status": ["active"]}) == ["math-10", "staff-meeting"]
    assert names({"service": "کلاس اصلی"}) == ["extra-00001", "math-10"]
    alocom.clear_journal()
    assert names({"service_title": "جلسات", "in_progress": True, "agents": ["کاریز نمونه"], "with_details": False}) == ["staff-meeting"]
    assert alocom.operations() == ["auth.login", "events.index", "events.index", "events.get"]
    hosts, groups = inventory.read({"hostnames": ["title"], "hostvars_prefix": "event_", "service": 14}, name="x.alocom.yaml")
    assert sorted(hosts) == ["ریاضی دهم", "ریاضی دهم_53"] and hosts["ریاضی دهم_53"]["event_slug"] == "math-10" and "slug" not in hosts["ریاضی دهم"]
    assert sorted(groups["alocom_events"]) == sorted(hosts)


@pytest.mark.seed("default")
def test_inventory_does_not_evaluate(alocom, inventory, tmp_path):
    """What the vendor sends is data, also where it looks like a template, and in groups."""
    trap = "{{ lookup('ansible.builtin.pipe', 'touch %s/sprung') }}" % tmp_path
    alocom.mutate("events", {"slug": "math-10"}, {"title": trap})
    alocom.mutate("users", {"username": "zahra.karimi"}, {"name": trap})
    alocom.mutate("services", {"id": 14}, {"title": trap})
    cache = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": str(tmp_path / "cache")}
    for _time in range(2):
        hosts, groups = inventory.read({"compose": {"copy": "title"}, "keyed_groups": [{"key": "title"}], **cache})
        assert hosts["math-10"]["members"][0]["name"] == hosts["math-10"]["copy"] == hosts["math-10"]["service"] == trap
        assert [host for group, host in groups.items() if "touch" in group]
    played = play([{"name": "shown", "ansible.builtin.debug": {"msg": "{{ title }} {{ copy }} {{ service }} {{ members[0].name }}"}}], tmp_path,
                  hosts=(), environment=environment(alocom.connection), arguments=("-i", str(tmp_path / "school.alocom.yml"), "-l", "math-10", "-c", "local"))
    assert played.ok()["shown"]["msg"] == " ".join([trap] * 4)
    assert not (tmp_path / "sprung").exists()


@pytest.mark.seed("default")
def test_inventory_cache(alocom, inventory, tmp_path):
    alocom.reset("default", guest_code_style="list")
    alocom.mutate("events", {"slug": "math-10"}, {"guest_count": 7})
    folder = tmp_path / "cache"
    source = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": str(folder)}
    first = inventory.read(source)
    asked = alocom.summary()["requests"]
    assert inventory.read(source) == first and alocom.summary()["requests"] == asked
    # A host that is not wanted any more by a filter of ours still comes from the cache; another question is asked anew.
    assert sorted(inventory.read({**source, "status": ["expired"]})[0]) == ["physics-11-old"] and alocom.summary()["requests"] == asked
    assert sorted(inventory.read({**source, "service": "14"})[0]) == ["math-10"] and alocom.summary()["requests"] > asked
    asked = alocom.summary()["requests"]
    inventory.run({**source, "service": "14"}, "--list", "--flush-cache")
    assert alocom.summary()["requests"] > asked
    kept = "".join(path.read_text() for path in folder.iterdir())
    assert "math-10" in kept and "guest_code_count" in kept
    password = alocom.connection["api_password"]
    for secret in (password, json.dumps(password)[1:-1], '"1234"', *alocom.dump()["tokens"]):
        assert secret not in kept


@pytest.mark.seed("default")
def test_inventory_failures_and_secrets(alocom, inventory):
    connection = {"api_url": alocom.url, "api_username": "{{ 'kariz' ~ '-demo' }}", "api_password": "{{ lookup('ansible.builtin.env', 'SCHOOL_PASSWORD') }}"}
    templates = inventory.run(connection, "--list", "-vvvv", more={
        "SCHOOL_PASSWORD": alocom.connection["api_password"], "ALOCOM_API_USERNAME": "x", "ALOCOM_API_TOKEN": "void"})
    assert templates.returncode == 0 and "math-10" in templates.stdout, templates.stderr
    shown = templates.stdout + templates.stderr
    assert "there is no bought service x" in inventory.fails({"service": "x"})
    assert "service and service_title are mutually exclusive" in inventory.fails({"service": "x", "service_title": "y"})
    assert "service must not be empty" in inventory.fails({"service": ""})
    several = inventory.fails({"status": ["gone"], "hostnams": ["slug"], "keyed_group": []})
    for said in ("alocom: 3 mistakes in the options; nothing was sent", "hostnams: unknown option, did you mean hostnames? allowed here: ",
                 "keyed_group: unknown option, did you mean keyed_groups?", "status[0]: must be one of active, inactive, expired, not 'gone'"):
        assert said in several, several
    alocom.fault("status", path="events/54$", status=500, body={"message": "canary of the server"}, times=1)
    assert "alocom: staff-meeting: get event: canary of the server (HTTP 500)" in inventory.fails({})
    assert "Could not set x for host" in inventory.fails({"compose": {"x": "nothing.here"}, "strict": True})
    alocom.fault("echo_secrets", path="events/index$", times=1)
    shown += inventory.fails({})
    wrong = inventory.fails({}, ALOCOM_API_PASSWORD="wrong-canary")
    assert "alocom: login: " in wrong and "wrong-canary" not in wrong
    password = alocom.connection["api_password"]
    for secret in (password, json.dumps(password)[1:-1], *alocom.dump()["tokens"]):
        assert secret not in shown
    # A file of another name, or of another plugin, is not this plugin's.
    other = inventory.run({}, name="school.yml", more={"ANSIBLE_INVENTORY_ENABLED": "kariz.panels.alocom"})
    assert "math-10" not in other.stdout
    foreign = inventory.run({"plugin": "kariz.panels.deltasib"}, more={"ANSIBLE_INVENTORY_ENABLED": "kariz.panels.alocom"})
    assert "math-10" not in foreign.stdout and "Incorrect plugin name" in foreign.stderr


def test_a_large_account(alocom, inventory):
    """Details of 120 events are read several at once."""
    alocom.seed("users", 5)
    alocom.seed("events", 120, members=5)
    hosts, groups = inventory.read({})
    assert len(hosts) == len(groups["alocom_status_active"]) == 120 and all(len(event["members"]) == 5 for event in hosts.values())
    assert alocom.operations() == ["auth.login"] + ["events.index"] * 2 + ["events.get"] * 120 + ["users.index"] * 2
    names = {member["username"] for event in hosts.values() for member in event["members"]}
    assert names == {"bulk-%05d" % number for number in range(1, 6)}
