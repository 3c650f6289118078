# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Ansible lets people write around a task, through the real ``ansible-playbook``: both doors keep every promise of it."""

from __future__ import annotations

import contextlib
import getpass
import json
import sys
import time
from pathlib import Path

import pytest
from playing import play, program, run_command

LABEL = "kariz.panels.alocom_label"
USER = "kariz.panels.alocom_user"

TUNNEL = '''
from ansible.plugins.connection.local import Connection as Local
DOCUMENTATION = """
name: tunnel
short_description: The local machine, as if it were far away
description: The local machine, as if it were far away.
extends_documentation_fragment: [connection_pipelining]
"""

class Connection(Local):
    transport = "tunnel"
'''


def task(task_name, /, module=LABEL, keywords=None, **options):
    return {"name": task_name, module: options, "ignore_errors": True, **(keywords or {})}


def plain(result):
    """A result without what may differ between two runs: times, the platform's own keys."""
    made = {name: value for name, value in result.items() if not name.startswith("_ansible") and name != "exception"}
    if "api" in made:
        made["api"] = {name: value for name, value in made["api"].items() if name == "retries"}
    return made


@pytest.mark.smoke
def test_doors_are_equal(alocom, run):
    """Results, validation errors, warnings, differences and ``invocation`` are the same through both doors, to the letter."""
    users = [{"username": "u%d" % number, "name": "ن", "surname": "خ", "password": "secret-%d" % number} for number in range(25)]
    tasks = [
        task("unknown option", title="a", tilte="b"), task("unknown options", title="a", zz=1, aa=2),
        task("unknown option in a list", labels=[{"title": "a", "tilte": "b"}]),
        task("missing"), task("exclusive", title="a", labels=[{"title": "b"}]),
        task("texts for items", labels=["a", "b"]), task("text for users", module=USER, users=[{"username": "a", "password": ["x"]}, 5]),
        task("text for secret", module=USER, username="a", password={"k": "hidden-1"}), task("text with secret", module=USER, users="password=hidden-2"),
        task("secret in a message", module=USER, users=[{"username": "a", "password": "hidden-3", "enabled": "hidden-3"}, 5]),
        task("bad choice", title="a", state="gone"),
        task("bad choice in a list", labels=[{"title": "a", "state": "gone"}]), task("bad type", title="a", purge="perhaps"),
        task("bad number", title="a", api_retries="many"), task("list for text", title=["a"]), task("text for list", labels="a"),
        task("null", title=None), task("null list", labels=None),
        task("several mistakes", module=USER, users=[{"username": "a"}, {"username": "b", "nmae": "x"},
                                                     {"username": "c", "enabled": "perhaps", "cellphone": "12a"}]),
        task("meaning", module=USER, users=[{"username": "a", "cellphone": "12a"}, {"username": "b", "email": "x", "password": "hidden-4"}]),
        task("truth for text", title=True), task("any letter case", module=USER, username="a", state="Absent"),
        task("grouped number", title="a", api_timeout="۱,۰۰۰", keywords={"check_mode": True}),
        task("number for text", title=12), task("negative", title="a", api_retries=-1),
        task("no such CA", title="a", ca_path="/nonexistent/ca.pem"), task("bad address", title="a", api_url="ftp://x"),
        task("create", title="a"), task("unchanged", title="a"), task("check", title="b", keywords={"check_mode": True}),
        task("unsafe", title="{{ 'x' ~ 'y' }}"), task("date", title="{{ '2025-01-02' | to_datetime('%Y-%m-%d') }}"),
        task("list", labels=[{"title": "a", "state": "absent"}, {"title": "c"}]),
        # One write after the other, so that the ids are the same both times.
        task("users", module=USER, users=users, api_concurrency=1), task("user", module=USER, username="u1", name="نو", password="secret-9"),
        task("label warning", module=USER, username="u1", labels=["نیست"], keywords={"check_mode": True}),
        task("wrong password", title="a", api_username="nobody"),
        task("absent", title="c", state="absent"),
        {**task("no_log", title="hidden"), "no_log": True},
        task("false is not empty", module=USER, username="u1", enabled=False),
    ]
    told = {}
    for door in ("fast", "module"):
        alocom.reset("empty", create_returns_id=True)
        # The platform words one message from a set: without a seed its order differs from process to process.
        told[door] = run(tasks, door, environment={"PYTHONHASHSEED": "0"}).ok()
    for entry in tasks:
        name = entry["name"]
        fast, module = plain(told["fast"][name]), plain(told["module"][name])
        assert fast == module, name
        assert told["fast"].kinds(name) == told["module"].kinds(name), name
    fast = told["fast"]
    assert fast["several mistakes"]["msg"].splitlines() == [
        "alocom_user: 3 mistakes in the options; nothing was sent",
        "users[1].nmae: unknown option, did you mean name? allowed here: "
        "cellphone, email, enabled, id, labels, name, password, state, surname, update_password, username",
        "users[2].enabled: must be true or false, not 'perhaps'", "users[2].cellphone: must be a number, not '12a'"]
    assert fast["several mistakes"]["error"]["code"] == "bad_option"
    assert fast["null list"]["msg"] == "alocom_label: title, id or labels is required (labels: empty, null)"
    assert fast["meaning"]["error"]["code"] == "bad_option" and "users[0].cellphone: must be a number, not '12a'" in fast["meaning"]["msg"]
    assert fast["truth for text"]["msg"] == "alocom_label: title: must be text, not true; put it in quotes"
    assert fast["any letter case"]["changed"] is False and fast["grouped number"]["invocation"]["module_args"]["api_timeout"] == 1000
    assert not [name for name in ("text for secret", "text with secret", "secret in a message", "meaning") if "hidden-" in json.dumps(fast[name])]
    assert fast["create"]["invocation"]["module_args"]["api_password"] == "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
    assert fast["create"]["invocation"]["module_args"]["title"] == "a" and fast["user"]["invocation"]["module_args"]["password"].startswith("VALUE_")
    assert fast["users"]["invocation"]["module_args"]["users"] == ["25 items"]
    assert fast.kinds("null") == ["failed"] and fast["number for text"]["label"]["title"] == "12"
    assert "tilte" in fast["unknown option"]["msg"] and "api_retries must be 0 or more" in fast["negative"]["msg"]
    assert fast["false is not empty"]["changed"] is True and fast["no_log"]["censored"]


def test_module_defaults_and_environment(alocom, tmp_path, door):
    """Connection options from a group, from one module, from the task's environment, from the machine's; the nearest wins."""
    good = alocom.connection
    environment = {"ALOCOM_API_URL": good["api_url"], "ALOCOM_API_USERNAME": good["api_username"], "ALOCOM_API_PASSWORD": good["api_password"]}
    done = [
        play([task("group", title="g")], tmp_path, door, keywords={"module_defaults": {"group/kariz.panels.alocom": good}}),
        play([task("single", title="s"), task("all", module=USER, username="u", state="absent")], tmp_path, door,
             keywords={"module_defaults": {LABEL: dict(good), "group/kariz.panels.all": {**good, "api_retries": 1}}}),
        play([
            task("machine", title="machine"),
            task("task beats machine", title="t", api_username="nobody"),
            {**task("task environment", title="e"), "environment": {"ALOCOM_API_USERNAME": "somebody"}},
            task("after it", title="e"),
            {**task("credentials beat a token", title="c", **good), "environment": {"ALOCOM_API_TOKEN": "stolen-token"}},
            {**task("void token of the environment", title="v"), "environment": {"ALOCOM_API_TOKEN": "void-token"}},
            {**task("bad value", title="b"), "environment": {"ALOCOM_API_RETRIES": "many"}},
            {**task("list of environments", title="l"), "environment": [{"ALOCOM_API_USERNAME": "somebody"}, {"ALOCOM_API_USERNAME": "kariz-demo"}]},
        ], tmp_path, door, environment=environment),
    ]
    group, single, machine = (played.ok() for played in done)
    assert group["group"]["changed"] is True
    assert single["single"]["changed"] is True and single["all"]["changed"] is False
    assert single["all"]["invocation"]["module_args"]["api_retries"] == 1
    assert machine["machine"]["changed"] is True and machine["after it"]["changed"] is True
    for name in ("task beats machine", "task environment"):
        assert machine.kinds(name) == ["failed"] and machine[name]["error"]["http_status"] == 401, machine[name]
    # Login, list, create, whose answer has the new id; the token of the environment was not even tried.
    assert machine["credentials beat a token"]["changed"] is True and machine["credentials beat a token"]["api"]["requests"] == (2 if door == "fast" else 3)
    assert machine["void token of the environment"]["changed"] is True
    assert machine.kinds("bad value") == ["failed"] and "many" in machine["bad value"]["msg"]
    assert machine["list of environments"]["changed"] is True


def test_nothing_given(alocom, run, door):
    """No credentials at all: told which options and variables would do; one password short is not enough."""
    played = run([task("none", title="a"), task("half", title="a", api_username="kariz-demo")], door, connection={"api_url": alocom.url}).ok()
    for name in ("none", "half"):
        assert played[name]["error"]["code"] == "no_credentials" and "ALOCOM_API_PASSWORD" in played[name]["msg"]
    assert alocom.journal() == []


def test_ways_to_the_ordinary_door(alocom, run, tmp_path):
    """async, become, another connection, the switch: one login a task tells the ordinary door from the fast one."""
    log = tmp_path / "become.log"
    become = tmp_path / "become"
    become.write_text('#!/bin/sh\necho used >> %s\nwhile [ "$1" != /bin/sh ]; do shift; done\nexec "$@"\n' % log)
    become.chmod(0o755)
    plugins = tmp_path / "connections"
    plugins.mkdir()
    (plugins / "tunnel.py").write_text(TUNNEL)
    become_keywords = {"become": True, "become_user": getpass.getuser(), "become_method": "ansible.builtin.sudo",
                       "vars": {"ansible_become_exe": str(become), "ansible_become_user": getpass.getuser()}}
    far = "far ansible_connection=tunnel ansible_python_interpreter=%s\n" % sys.executable
    ways = {
        "async": {"async": 60, "poll": 1}, "become": become_keywords, "variable": {"vars": {"kariz_action": False}},
        "variable as text": {"vars": {"kariz_action": "0"}}, "far": {"delegate_to": "far"},
    }
    tasks = []
    for name, keywords in ways.items():
        tasks += [task(name, title=name, keywords=keywords), task(name + " again", title=name, keywords=keywords)]
    tasks += [
        {**task("fired", title="later"), "async": 60, "poll": 0, "register": "job"},
        {"name": "wait", "ansible.builtin.async_status": {"jid": "{{ job.ansible_job_id }}"}, "register": "waited",
         "until": "waited is finished", "retries": 100, "delay": 0.2},
        task("near", title="near", keywords={"delegate_to": "near"}), task("near again", title="near", keywords={"delegate_to": "near"}),
        {**task("async user", module=USER, username="asyncuser", name="الف", surname="ب"), "async": 60, "poll": 1, "register": "made"},
        {"name": "told", "ansible.builtin.debug": {"var": "made"}},
        {**task("async failure", title=""), "async": 60, "poll": 1},
    ]
    near = "near ansible_connection=local ansible_python_interpreter=%s\n" % sys.executable
    played = run(tasks, "fast", host_lines=far + near, environment={"ANSIBLE_CONNECTION_PLUGINS": str(plugins), "ANSIBLE_ASYNC_DIR": str(tmp_path / "async"),
                                                                    "ANSIBLE_BECOME_ALLOW_SAME_USER": "1"},
                 keywords={"hosts": "localhost"}).ok()
    for name in [*ways, "near"]:
        assert played[name]["changed"] is True and played[name + " again"]["changed"] is False, name
        assert played[name]["label"]["title"] == name
    assert played["wait"]["changed"] is True and played["wait"]["label"]["title"] == "later"
    assert log.read_text().count("used") >= 2
    # The fast door keeps its token for the run: only "near" went through it.
    assert alocom.summary()["logins"] == 2 * len(ways) + 1 + 1 + 1
    # A job file would keep the password: it is not returned, and the task says so.
    assert "password" not in played["told"]["made"]["user"] and "async" in str(played["async user"]["warnings"])
    assert played.kinds("async failure") == ["failed"] and "title" in played["async failure"]["msg"]


def test_switch_of_the_machine(alocom, run):
    """KARIZ_ACTION=0 sends everything through the ordinary door."""
    logins = []
    for value in ("1", "0"):
        alocom.reset()
        run([task("one", title="a"), task("two", title="b")], environment={"KARIZ_ACTION": value}).ok()
        logins.append(alocom.summary()["logins"])
    assert logins == [1, 2]


def test_keywords(alocom, run, door):
    """no_log, until, throttle, run_once, failed_when, changed_when, ignore_errors, rescue, loop_control, register, tags."""
    played = run([
        {**task("no_log", title="quiet"), "no_log": True, "register": "quiet"},
        {"name": "quiet told", "ansible.builtin.debug": {"var": "quiet.label.title"}},
        {**task("loop no_log", title="{{ item }}"), "loop": ["l1", "l2"], "no_log": True},
        {LABEL: {"title": "until"}, "name": "until", "register": "got", "until": "got is not changed", "retries": 3, "delay": 0},
        {**task("throttled", title="{{ item }}"), "loop": ["t1", "t2"], "throttle": 1},
        {**task("conditions", title="cond"), "register": "cond", "changed_when": False, "failed_when": "cond.label.title != 'cond'"},
        {"name": "block", "block": [{"name": "bad", LABEL: {"title": ""}}], "rescue": [task("rescued", title="{{ ansible_failed_task.name }}")]},
        {**task("labelled", title="{{ thing.t }}"), "loop": [{"t": "x1"}], "loop_control": {"loop_var": "thing", "label": "shown"}},
        {**task("skipped", title="never"), "when": False},
        {**task("lookup loop", title="{{ item }}"), "with_items": ["w1", "w2"]},
    ], door).ok()
    assert played["quiet told"]["quiet.label.title"] == "quiet" and played["no_log"]["censored"]
    assert "censored" in str(played["loop no_log"]) and "l1" not in json.dumps(played["loop no_log"])
    assert played["until"]["changed"] is False and played["until"]["attempts"] == 2
    assert played["conditions"]["changed"] is False and played["rescued"]["label"]["title"] == "bad"
    assert set(alocom.titles()) == {"quiet", "l1", "l2", "until", "t1", "t2", "cond", "bad", "x1", "w1", "w2"}


def await_end_of(folder):
    """Wait until no process is left whose environment names a folder."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        left = []
        for path in Path("/proc").glob("[0-9]*/environ"):
            with contextlib.suppress(OSError):
                left += [path] if str(folder).encode() in path.read_bytes() else []
        if not left:
            return
        time.sleep(0.05)
    raise AssertionError("still running: %s" % left)


def test_timeout_keyword(alocom, run, tmp_path, door):
    """The platform's own time-out ends a task that waits for a silent server, through both doors, also in the middle of many writes."""
    alocom.fault("black_hole", path="labels/list", times=1)
    alocom.fault("black_hole_after", path="labels/$", method="POST", match_body="m-0[3-9]", times=0)
    items = [{"title": "m-%02d" % number} for number in range(20)]
    # Whoever waited for the server would wait longer than the test does.
    patient = {"api_timeout": 3600, "api_deadline": 3600}
    played = run([
        {**task("silent", title="a", **patient), "timeout": 3}, {**task("silent list", labels=items, **patient), "timeout": 3}, task("after", title="a"),
    ], door).ok()
    for name in ("silent", "silent list"):
        assert played.kinds(name) == ["failed"] and "timed out" in played[name]["msg"].lower() or "timeout" in played[name]["msg"].lower()
    assert played["after"]["changed"] is True
    alocom.sim.clear_faults()
    if door == "module":
        # The platform gives up waiting, but leaves the module's process running: it must be gone before the next test.
        await_end_of(tmp_path)


def test_hosts_and_tokens(alocom, run, tmp_path, door):
    """Several hosts under two strategies: one login a run in the fast door, 0600 while it runs, nothing left afterwards."""
    hosts = ["h1", "h2", "h3", "h4"] if door == "fast" else ["h1", "h2"]
    local = tmp_path / "local-tmp"
    find = {"name": "find", "ansible.builtin.command": "find %s -name 'kariz_*' -printf '%%m %%y %%f\\n'" % local, "run_once": True}
    counts = []
    for strategy in ("linear", "free") if door == "fast" else ("free",):
        alocom.reset()
        tasks = [task("each", title="{{ inventory_hostname }}"), task("same", title="one"), task("loop", title="{{ item }}"), task("third", title="t"), find]
        tasks[2]["loop"] = ["a", "b"]
        if strategy == "free":
            tasks = [{**entry, "run_once": False} for entry in tasks]
        played = run(tasks, door, hosts=hosts, keywords={"strategy": strategy}, environment={"ANSIBLE_LOCAL_TEMP": str(local), "ANSIBLE_FORKS": "4"}).ok()
        assert set(alocom.titles()) == {*hosts, "one", "a", "b", "t"}
        assert len(alocom.titles()) == len(hosts) + 4
        counts.append(alocom.summary()["logins"])
        listed = played["find"]["stdout_lines"]
        assert [line.split()[0] for line in listed] == ["600"] * len(listed)
        assert (len(listed) > 0) is (door == "fast")
        assert [path for path in local.rglob("*") if "kariz" in path.name] == []
    assert counts == ([1, 1] if door == "fast" else [2 * 5])


def test_no_token_cache(alocom, run, tmp_path):
    """api_token_cache: false writes no token down: one login a task, one a loop."""
    local = tmp_path / "local-tmp"
    tasks = [task("one", title="a"), task("two", title="b"), {**task("loop", title="{{ item }}"), "loop": ["c", "d", "e"]},
             {"name": "find", "ansible.builtin.command": "find %s -name 'kariz_*'" % local}]
    played = run(tasks, connection={**alocom.connection, "api_token_cache": False}, environment={"ANSIBLE_LOCAL_TEMP": str(local)}).ok()
    assert alocom.summary()["logins"] == 3 and played["find"]["stdout"] == ""


def test_ad_hoc(alocom, tmp_path, door):
    """``ansible localhost -m``: output and exit codes of success and failure."""
    environment = {"ALOCOM_API_URL": alocom.url, "ALOCOM_API_USERNAME": "kariz-demo", "ALOCOM_API_PASSWORD": alocom.connection["api_password"]}
    outputs = []
    for arguments in ("title=adhoc", "title=adhoc", "title="):
        done = program("ansible", ["localhost", "-m", LABEL, "-a", arguments], tmp_path, environment, door)
        outputs.append((done.returncode, done.stdout + done.stderr))
    assert [code for code, _text in outputs] == [0, 0, 2], outputs
    assert "localhost | CHANGED" in outputs[0][1] and "localhost | SUCCESS" in outputs[1][1] and "localhost | FAILED" in outputs[2][1]
    assert alocom.titles() == ["adhoc"]


def test_exit_code_and_recap(alocom, run, door):
    """A failing task ends the play with 2; partial results stay visible, with what was done."""
    played = run([{"name": "bad", LABEL: {"labels": [{"title": "ok"}, {"id": "12345", "title": "nowhere"}]}}], door).failed()
    assert played.rc == 2 and played["bad"]["summary"] == {"created": 1, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 1}
    assert "failed=1" in played.output and played["bad"]["changed"] is True


BOOK = """
- hosts: all
  gather_facts: false
  module_defaults:
    group/kariz.panels.alocom: %s
  tasks:
  - name: binary text
    kariz.panels.alocom_label: {title: !!binary 2LHbjNin2LbbjA==}
  - name: the same as text
    kariz.panels.alocom_label: {title: "ریاضی"}
  - name: binary text in a list
    kariz.panels.alocom_label: {labels: [{title: !!binary 2LHbjNin2LbbjA==}]}
  - name: embedded
    kariz.panels.alocom_label: {title: "\\u202bریاضی\\u202c"}
  - name: isolated
    kariz.panels.alocom_label: {title: "\\u2067ر\\u200fیاضی\\u2069"}
  - name: arabic letters
    kariz.panels.alocom_label: {title: "رياضي"}
  - name: no text
    kariz.panels.alocom_label: {labels: [{title: a}, {title: !!binary AP/+}]}
    ignore_errors: true
  - name: a set
    kariz.panels.alocom_label: {title: !!set {a, b}}
    ignore_errors: true
"""


def test_what_yaml_makes_and_nobody_sees(alocom, tmp_path, door):
    """Bytes are the text they hold; marks of direction make no second label; what is no text is refused with its place. The same both ways."""
    book = tmp_path / "book.yml"
    book.write_text(BOOK % json.dumps(alocom.connection), encoding="utf-8")
    hosts = tmp_path / "hosts.ini"
    hosts.write_text("localhost ansible_connection=local ansible_python_interpreter=%s\n" % sys.executable)
    # A templated switch is a switch.
    more = {} if door == "fast" else {"variables": {"kariz_action": "{{ wanted_way != 'module' }}", "wanted_way": "module"}}
    played = run_command(["-i", str(hosts), str(book)], tmp_path, "fast", **more).ok()
    # The token of a run is kept between tasks only in process, so the logins tell which way was taken.
    assert alocom.summary()["logins"] == (1 if door == "fast" else 6)
    assert [played[name]["changed"] for name in ("binary text", "the same as text", "binary text in a list", "embedded", "isolated", "arabic letters")] == [
        True, False, False, False, False, False]
    assert alocom.titles() == ["ریاضی"]
    assert played["no text"]["msg"] == "alocom_label: labels[1].title: must be text; this is binary data that is no UTF-8"
    assert played["no text"]["error"]["code"] == "bad_option" and played["a set"]["msg"] == "alocom_label: title: must be text, not a list"
