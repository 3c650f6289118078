# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Event-Driven Ansible: the rulebooks run by ansible-rulebook against the simulator, also killed in the middle; the sources over HTTP without it.

They are those of the guide eda.md.
"""

from __future__ import annotations

import asyncio
import contextlib
import http.server
import json
import os
import pathlib
import re
import runpy
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest
import yaml
from playing import COLLECTIONS, ROOT, accounts, surroundings

pytestmark = pytest.mark.platform

SOURCES = ROOT / "extensions/eda/plugins/event_source"
RULEBOOKS = sorted(path.stem for path in (ROOT / "extensions/eda/rulebooks").glob("*.yml"))
TOOL = os.path.join(os.path.dirname(sys.executable), "ansible-rulebook")
SENDER = {"payamsms": "982000123", "smspanel": "30001234"}


@pytest.fixture
def vendors(sim):
    """All vendors with their seed, and the environment of a user of them."""
    for vendor in accounts.ACCOUNTS:
        sim.reset(vendor, "default")
    return sim


class Rulebook:
    """One rulebook as users run it, in a process of its own that is killed with all that it started.

    :arg feedback: the source waits for the rule engine to say that it has an event.
    """

    def __init__(self, name, folder, sim, variables, feedback=False):
        self.folder, self.sim = folder, sim
        self.arguments = ["-r", "kariz.panels." + name]
        if feedback:
            [book] = yaml.safe_load((ROOT / "extensions/eda/rulebooks" / (name + ".yml")).read_text(encoding="utf-8"))
            next(value for key, value in book["sources"][0].items() if key.startswith("kariz.panels."))["feedback"] = True
            (folder / "feedback.yml").write_text(yaml.safe_dump([book], allow_unicode=True), encoding="utf-8")
            self.arguments = ["-r", "feedback.yml", "--persistence-id", "kariz-test"]
        self.variables = dict({"interval": 1, "journal": str(folder / "journal.db"), "sender": SENDER}, **variables)
        (folder / "vars.yml").write_text(json.dumps(self.variables, ensure_ascii=False), encoding="utf-8")
        self.log = folder / "rulebook.log"
        self.process = None

    def __enter__(self):
        # Ansible's own settings as in every play here; no callback of the tests, whose file the plays would share.
        environ = surroundings(self.folder, environment={**accounts.credentials(self.sim), "PYTHONUNBUFFERED": "1"})
        environ["PATH"] = os.path.dirname(TOOL) + os.pathsep + environ["PATH"]
        del environ["ANSIBLE_CALLBACKS_ENABLED"], environ["ANSIBLE_CALLBACK_PLUGINS"]
        (self.folder / "inventory.yml").write_text(yaml.safe_dump({"all": {"hosts": {"localhost": {
            "ansible_connection": "local", "ansible_python_interpreter": sys.executable}}}}), encoding="utf-8")
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([TOOL, *self.arguments, "-i", "inventory.yml", "-e", "vars.yml", "--shutdown-delay", "1"],
                                            env=environ, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        return self

    def __exit__(self, *_error):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(60)

    def until(self, holds, seconds=120):
        """Wait until something holds, for as long as the rulebook runs."""
        end = time.monotonic() + seconds
        while not holds():
            said = self.log.read_text(encoding="utf-8", errors="replace")
            assert self.process.poll() is None and time.monotonic() < end, said[-6000:]
            time.sleep(0.1)

    def state(self):
        """Return what the source remembers, wherever that is."""
        if "state_path" in self.variables:
            path = pathlib.Path(self.variables["state_path"])
            return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        if not os.path.exists(self.variables["journal"]):
            return {}
        with contextlib.closing(sqlite3.connect(self.variables["journal"])) as journal, contextlib.suppress(sqlite3.OperationalError):
            return {key: value for (text,) in journal.execute("SELECT value FROM kariz_cursors") for key, value in json.loads(text).items()}
        return {}


@pytest.fixture
def rulebook(vendors, tmp_path):
    if shutil.which("java") is None:
        pytest.fail("ansible-rulebook needs Java 17")

    def made(name, feedback=False, **variables):
        return Rulebook(name, tmp_path, vendors, variables, feedback)

    return made


def receive(sim, sender, text):
    """Let somebody text to our number."""
    [number] = sim.seed("payamsms", "inbox", 1)
    sim.mutate("payamsms", "inbox", {"id": number}, {"from": sender, "body": text})
    return number


def answers(sim):
    return [(row["customerId"], row["recipient"]) for row in sim.dump("payamsms")["messages"]]


def test_a_customer_texts_a_word_also_when_the_engine_is_killed(rulebook, vendors):
    sim = vendors
    buyers = {row["Username"] for row in sim.dump("deltasib")["bought"] if row["Service_Id"] == 11}
    names = [row["Username"] for row in sim.dump("deltasib")["users"] if row["Username"] not in buyers][:2]
    people = dict(zip(("989121110001", "989121110002"), names))
    running = rulebook("inbox_service", number="982000123", word="فعال", service="11", subscribers=people)

    def has(username):
        return any(row["Username"] == username and row["Service_Id"] == 11 for row in sim.dump("deltasib")["bought"])

    assert len(people) == 2
    with running:
        running.until(lambda: "cursor" in running.state())
        first = receive(sim, "989121110001", "فعال لطفا")
        receive(sim, "989121110001", "سلام")
        # In the middle: the service is bought, its answer is not yet out, or just so.
        running.until(lambda: has(names[0]))
    second = receive(sim, "989121110002", "فعال")
    stranger = receive(sim, "989129999999", "فعال")
    with running:
        running.until(lambda: len(answers(sim)) >= 3)
        running.until(lambda: running.log.read_text(encoding="utf-8").count("PLAY RECAP") >= 3)
    wanted = {first: "989121110001", second: "989121110002", stranger: "989129999999"}
    assert sorted(answers(sim)) == sorted(("answer-%s" % number, sender) for number, sender in wanted.items())
    bought = [(row["Username"], row["Service_Id"]) for row in sim.dump("deltasib")["bought"]]
    assert [bought.count((name, 11)) for name in people.values()] == [1, 1]


class Tickets(http.server.BaseHTTPRequestHandler):
    """A ticket system: takes what is posted."""

    taken: list = []

    def do_POST(self):
        self.taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(201)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args):
        """Say nothing."""


def test_a_balance_crosses_and_on_call_is_told_once(rulebook, vendors):
    Tickets.taken = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tickets)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    looked_at = [{"vendor": "payamsms", "account": "main"}, {"vendor": "smspanel"}]
    running = rulebook("balance_alert", accounts=looked_at, thresholds=[{"vendor": "smspanel", "below": 5000}], on_call="09121234567",
                       ticket_url="http://127.0.0.1:%d/tickets" % server.server_port)
    with running:
        running.until(lambda: len([entry for entry in vendors.journal("smspanel") if entry["operation"]]) > 1)
        assert Tickets.taken == []
        vendors.reset("smspanel", "default", credit=4000)
        running.until(lambda: len(Tickets.taken) == 1)
        looked = len(vendors.journal("smspanel"))
        running.until(lambda: len(vendors.journal("smspanel")) > looked + 3)
    assert [(one["title"], float(one["left"])) for one in Tickets.taken] == [("smspanel/smspanel", 4000.0)]
    [(key, recipient)] = answers(vendors)
    assert (key, recipient) == ("balance-%s" % Tickets.taken[0]["id"], "989121234567")
    # A restart tells nothing anew.
    with running:
        looked = len(vendors.journal("smspanel"))
        running.until(lambda: len(vendors.journal("smspanel")) > looked + 3)
    server.shutdown()
    server.server_close()
    assert len(Tickets.taken) == 1 and len(answers(vendors)) == 1


@pytest.mark.long
def test_a_student_is_absent_and_a_parent_is_told_once(rulebook, vendors, tmp_path):
    # People choose their names.
    for row in vendors.dump("alocom")["users"]:
        vendors.mutate("alocom", "users", {"id": row["id"]}, {"name": "{{ lookup('ansible.builtin.pipe', 'touch %s') }}" % (tmp_path / "run")})
    calls = vendors.seed("alocom", "attendances", 1, event="math-10")
    held = {row["id"]: row for row in vendors.dump("alocom")["attendances"]}
    absent = {person["username"] for row in held.values() for person in row["absents"]}
    assert absent and calls
    parents = {name: "0912000%04d" % place for place, name in enumerate(sorted(absent), 1)}
    # Here what was told is remembered in a file, in the others in the journal, and only once the rule engine says that it has it.
    running = rulebook("absence", feedback=True, events=["math-10"], days=30, parents=parents, state_path=str(tmp_path / "state.json"))
    wanted = sum(len(row["absents"]) for row in held.values())
    with running:
        running.until(lambda: len(answers(vendors)) >= 1)
    (running.folder / "state.json").unlink(missing_ok=True)
    # Even when nothing is remembered, the journal is.
    with running:
        running.until(lambda: len(answers(vendors)) >= wanted and len(running.state().get("told", {})) >= wanted)
        running.until(lambda: running.log.read_text(encoding="utf-8").count("PLAY RECAP") >= wanted)
    assert len(answers(vendors)) == wanted == len({key for key, _recipient in answers(vendors)})
    texts = [row["body"] for row in vendors.dump("payamsms")["messages"] if "امروز" in row["body"]]
    assert not (tmp_path / "run").exists() and len(texts) == wanted and any("{ { lookup(" in text for text in texts)


@pytest.mark.parametrize("name", sorted(path.stem for path in SOURCES.glob("*.py")))
def test_a_source_is_found_by_its_path_and_says_what_it_is(name, monkeypatch):
    """As ansible-rulebook loads it: by its path, where nothing of the collection is on the path of modules."""
    text = (SOURCES / (name + ".py")).read_text(encoding="utf-8")
    documented = yaml.safe_load(re.search(r'DOCUMENTATION = r"""\n(.*?)"""', text, re.DOTALL).group(1))
    place = os.path.join(COLLECTIONS, "ansible_collections/kariz/panels/extensions/eda/plugins/event_source", name + ".py")
    script = ("import sys, runpy, asyncio\nsys.path[:] = [p for p in sys.path if 'collections' not in p]\n"
              "print(asyncio.iscoroutinefunction(runpy.run_path(%r)['main']))" % place)
    environ = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run([sys.executable, "-c", script], env=environ, cwd="/", capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "True", done.stderr
    from ansible_collections.kariz.panels.plugins.module_utils._business import watching
    from ansible_collections.kariz.panels.plugins.plugin_utils import _watches as watches

    source = watches.SOURCES[name]
    clients = (watches.PayamSmsClient, watches.DeltaSibClient, watches.AlocomClient)
    vendor = next((one for one in clients if all(source.options.get(key) == value for key, value in one.connection.items())), None)
    own = {key for key in {**watching.COMMON, **source.options} if vendor is None or key not in vendor.connection}
    assert set(documented["options"]) - {"api_url"} == own and documented["name"] == name
    # Examples are arguments that the source takes.
    [[example]] = [list(one.items())[1:] for one in yaml.safe_load(re.search(r'EXAMPLES = r"""\n(.*?)"""', text, re.DOTALL).group(1))]
    assert example[0] == "kariz.panels." + name
    monkeypatch.setattr(source, "check", lambda watch: None)
    with contextlib.closing(source(dict(example[1], state_path="/nowhere/state.json"))) as made:
        assert made.args["interval"] > 0
    assert runpy.run_path(str(SOURCES / (name + ".py")))["main"].__name__ == "main"


class Enough(Exception):
    """The end of a test's loop."""


def watched(name, args, rounds, meanwhile=None):
    """Run a source against the simulator for so many looks and return its events."""
    from ansible_collections.kariz.panels.plugins.module_utils._business import watching
    from ansible_collections.kariz.panels.plugins.plugin_utils import _watches as watches

    events, looks = [], []

    class Queue:
        async def put(self, event):
            events.append(event)

    async def sleep(_seconds):
        looks.append(1)
        if len(looks) == rounds:
            raise Enough
        if meanwhile:
            meanwhile()

    with pytest.raises(Enough):
        asyncio.run(watching.run(watches.SOURCES[name](args), Queue(), {}, sleep))
    return events


@pytest.fixture
def environ(vendors, monkeypatch):
    for name, value in accounts.credentials(vendors).items():
        monkeypatch.setenv(name, value)


def test_sources_over_http(vendors, environ, tmp_path):
    """A vendor that is down between, tokens that end: nothing is lost, nothing comes twice, one login serves many looks."""
    sim = vendors
    sim.clear_journal()

    def more():
        receive(sim, "989121110001", "متن")
        sim.faults([{"vendor": "payamsms", "kind": "status", "status": 500, "operation": "inbox", "times": 6}])

    events = watched("payamsms_inbox", {"number": "982000123", "state_path": str(tmp_path / "inbox"), "api_retries": 0}, 3, more)
    sim.clear_faults()
    events += watched("payamsms_inbox", {"number": "982000123", "state_path": str(tmp_path / "inbox"), "overlap": 0}, 1)
    assert [event["message"]["body"] for event in events] == ["متن"] * 2 and len({event["message"]["id"] for event in events}) == 2
    assert (sim.summary("payamsms")["logins"], sim.summary("payamsms")["writes"]) == (2, 0)
    ends = watched("service_end_watch", {"days": 60, "state_path": str(tmp_path / "ends")}, 2)
    assert ends and len({event["service_end"]["username"] for event in ends}) == len(ends)
    assert watched("service_end_watch", {"days": 60, "state_path": str(tmp_path / "ends")}, 1) == []
    for name, args in (("service_end_watch", {}), ("payamsms_inbox", {"number": "982000123"}), ("absence_watch", {"events": ["math-10"]})):
        with pytest.raises(ValueError, match="%s: .*Check api_username" % name):
            watched(name, dict(args, api_password="wrong", api_username="kariz-demo", state_path=str(tmp_path / "wrong")), 1)


def test_drift_is_told_once(vendors, environ, tmp_path, monkeypatch):
    for name, value in surroundings(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("ANSIBLE_CALLBACKS_ENABLED")
    monkeypatch.delenv("ANSIBLE_CALLBACK_PLUGINS")
    (tmp_path / "business.yml").write_text("panels:\n  alocom:\n    labels: [{title: تازه}]\n", encoding="utf-8")
    args = {"desired_state": str(tmp_path / "business.yml"), "state_path": str(tmp_path / "drift"),
            "command": [os.path.join(os.path.dirname(sys.executable), "ansible-playbook")]}
    [event] = watched("drift_watch", args, 2)
    assert event["drift"]["differs"] is True and event["drift"]["summary"]["missing"] == 1
    vendors.seed("alocom", "labels", 1, prefix="تازه")
    assert watched("drift_watch", args, 1) == []
