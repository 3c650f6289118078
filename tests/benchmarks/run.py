# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python tests/benchmarks/run.py`: what a play costs beside other ways to the same end, as ratios measured in one run.

Seconds of two machines, or of two hours on one, cannot be compared; so every pair is measured in turn, round by round, and the
median of the ratios of the rounds is told; of wall time and of the processor time of the measured process and its children, which
other work on the machine disturbs less. No figure here is a verdict.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
USER = "kariz.panels.alocom_user"
ACCOUNT = {"username": "kariz-demo", "password": "kariz-demo-pass"}

SCRIPT = """
import sys
import requests

url, what, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
session = requests.Session()
token = session.post(url + "/api/v1/auth/login", json={"username": "kariz-demo", "password": "kariz-demo-pass"}).json()["token"]
session.headers["Authorization"] = "Bearer " + token
seen, skip = {}, 0
while True:
    rows = session.post(url + "/api/v1/agents/users/index", json={"take": 100, "skip": skip}).json()["data"]
    seen.update((row["username"], row) for row in rows)
    skip += len(rows)
    if len(rows) < 100:
        break
if what == "create":
    for number in range(count):
        name = "new-%05d" % number
        if name not in seen:
            session.post(url + "/api/v1/agents/users", json={"name": "n", "surname": "s", "username": name, "status": 1}).raise_for_status()
"""


NOOP = """
from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    _requires_connection = False

    def run(self, tmp=None, task_vars=None):
        return {"changed": False}
"""


class Taken:
    """Seconds by the clock and of processors."""

    def __init__(self, wall, cpu):
        self.wall = wall
        self.cpu = cpu


def taken(way):
    """Run a way whose processes have ended when it returns."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    way()
    wall = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Taken(wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def helper(path):
    """Import one of the tests' helpers; tests are no package."""
    spec = importlib.util.spec_from_file_location("kariz_%s_%s" % (path.parent.name, path.stem), path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


os.environ["KARIZ_TEST_FRESH"] = "1"  # what a user waits for: the program from its start on
sys.path += [str(TESTS / "integration"), str(TESTS.parent / "roles/simulator/files")]
playing = helper(TESTS / "integration/playing.py")
play = playing.play
surroundings = playing.surroundings


#: What tests add to hear more, and what keeps Python from keeping compiled code.
NOT_USERS = ("ANSIBLE_CALLBACK", "ANSIBLE_INJECT_INVOCATION", "PYTHONDONTWRITEBYTECODE")


def as_users_have_it(*args, **more):
    """Return the environment of a play as users have it."""
    return {name: value for name, value in surroundings(*args, **more).items() if not name.startswith(NOT_USERS)}


playing.surroundings = as_users_have_it


def simulator():
    client = helper(TESTS.parent / "roles/simulator/files/kariz_simulator/client.py")
    return client.Simulator.start(os.environ.get("KARIZ_SIMULATOR_PYTHON") or sys.executable, strict=True)


class Bench:
    """The ways to do a thing; each runs once and returns its seconds."""

    def __init__(self, sim, folder):
        self.sim = sim
        self.folder = folder
        self.url = sim.url("alocom")
        self.script_file = folder / "script.py"
        self.script_file.write_text(SCRIPT)
        (folder / "action_plugins").mkdir()
        (folder / "action_plugins/nothing.py").write_text(NOOP)
        self.connection = {"api_url": self.url, "api_username": ACCOUNT["username"], "api_password": ACCOUNT["password"]}

    def fresh(self, users=0):
        self.sim.reset("alocom", "empty")
        if users:
            self.sim.seed("alocom", "users", users, prefix="old")
        self.sim.clear_journal()

    def play(self, tasks, door="fast"):
        done = play(tasks, self.folder, door=door, diff=False, timeout=1200,
                    keywords={"module_defaults": {"group/kariz.panels.alocom": self.connection}})
        done.ok()

    def script(self, what, count):
        subprocess.run([sys.executable, str(self.script_file), self.url, what, str(count)], check=True)

    # -- a loop of creates -----------------------------------------------------------------------------------------

    def loop(self, door, count):
        self.fresh()
        self.play([{"name": "users", USER: {"username": "new-{{ '%05d' | format(item) }}", "name": "n", "surname": "s"},
                    "loop": list(range(count)), "no_log": True}], door)

    def loop_of_nothing(self, count):
        self.play([{"name": "nothing", "nothing": {"username": "new-{{ '%05d' | format(item) }}", "name": "n", "surname": "s"},
                    "loop": list(range(count)), "no_log": True}])

    def loop_unchanged(self, count):
        self.fresh(count)
        self.play([{"name": "users", USER: {"username": "old-{{ '%05d' | format(item) }}"}, "loop": list(range(1, count + 1)), "no_log": True}])

    def uri(self, count):
        self.fresh()
        call = {"method": "POST", "body_format": "json", "status_code": [200, 201]}
        self.play([
            {"name": "login", "ansible.builtin.uri": {"url": self.url + "/api/v1/auth/login", "body": ACCOUNT, **call}, "register": "login"},
            {"name": "users", "ansible.builtin.uri": {
                "url": self.url + "/api/v1/agents/users", "headers": {"Authorization": "Bearer {{ login.json.token }}"},
                "body": {"name": "n", "surname": "s", "username": "new-{{ '%05d' | format(item) }}", "status": "{{ 1 | int }}"}, **call},
             "loop": list(range(count))}])

    def script_creates(self, count):
        self.fresh()
        self.script("create", count)

    # -- lists -----------------------------------------------------------------------------------------------------

    def list_creates(self, count):
        self.fresh()
        self.play([{"name": "users", "no_log": True, USER: {
            "users": [{"username": "new-%05d" % number, "name": "n", "surname": "s"} for number in range(count)]}}])

    def list_unchanged(self, count):
        self.fresh(count)
        self.play([{"name": "users", USER: {"users": [{"username": "old-%05d" % number} for number in range(1, count + 1)]}}])

    def script_reads(self, count):
        self.fresh(count)
        self.script("read", count)

    def nothing(self):
        self.play([{"name": "nothing", "ansible.builtin.meta": "noop"}])


def measured(ways, rounds):
    """Run the ways in turn, round by round (each at most as often as it says), and return what each took, by name."""
    found = {name: [] for name, _way, _most in ways}
    for number in range(rounds):
        for name, way, most in ways:
            if number < most:
                found[name].append(taken(way))
    return found


def middle(values):
    return statistics.median(values)


def compare(title, base, ways, rounds):
    """Print how many times what ``base`` takes each way takes, and return what was measured."""
    found = measured([(*base, rounds), *ways], rounds)
    first = found[base[0]]
    print("\n%s" % title)
    print("  %-46s %10s %10s %10s %10s %8s" % ("", "ratio cpu", "ratio wall", "cpu s", "wall s", "rounds"))
    for name, times in found.items():
        pairs = list(zip(times, first))
        print("  %-46s %10.2f %10.2f %10.2f %10.2f %8d" % (name, middle([one.cpu / other.cpu for one, other in pairs]),
                                                           middle([one.wall / other.wall for one, other in pairs]),
                                                           middle([one.cpu for one in times]), middle([one.wall for one in times]), len(times)), flush=True)
    return found


def each_item(found, base, name, count):
    """Print what an item of a loop costs over one of a loop that does nothing."""
    pairs = list(zip(found[name], found[base]))
    print("  %s, each item over one that does nothing: %.1f ms cpu, %.1f ms wall" % (
        name, middle([one.cpu - other.cpu for one, other in pairs]) / count * 1000, middle([one.wall - other.wall for one, other in pairs]) / count * 1000),
        flush=True)


def less_nothing(found, name, base, nothing, from_base):
    """Print a ratio without what Ansible takes to start and end a play: taken from ``name``, and from ``base`` too where that is a play."""
    ratios = {}
    for clock in ("cpu", "wall"):
        rounds = [[getattr(one, clock) for one in row] for row in zip(found[name], found[base], found[nothing])]
        ratios[clock] = middle([(taken_by - empty) / (first - empty * from_base) for taken_by, first, empty in rounds])
    print("  %s, less a play that does nothing: ratio %.2f cpu, %.2f wall" % (name, ratios["cpu"], ratios["wall"]), flush=True)


def promises(bench, rounds, count, many):
    """Print the figures that the documentation promises."""
    base = "an action that does nothing, %d items" % count
    found = compare("a loop over %d users" % count, (base, lambda: bench.loop_of_nothing(count)), [
        ("new users", lambda: bench.loop("fast", count), rounds), ("unchanged users", lambda: bench.loop_unchanged(count), rounds)], rounds)
    for name in ("new users", "unchanged users"):
        each_item(found, base, name, count)
    nothing = ("a play that does nothing", bench.nothing, rounds)
    base = "bare requests script, one connection, same calls"
    found = compare("one list of %d users to make" % many, (base, lambda: bench.script_creates(many)), [
        ("list option", lambda: bench.list_creates(many), rounds), nothing], rounds)
    less_nothing(found, "list option", base, nothing[0], from_base=False)
    found = compare("one list of unchanged users", ("%d" % many, lambda: bench.list_unchanged(many)), [
        ("%d" % (10 * many), lambda: bench.list_unchanged(10 * many), rounds), nothing], rounds)
    less_nothing(found, "%d" % (10 * many), "%d" % many, nothing[0], from_base=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--loop", type=int, default=100, help="items of the loop")
    parser.add_argument("--promises", action="store_true", help="only the figures that the documentation promises")
    parser.add_argument("--list", type=int, default=1000, help="items of the list")
    options = parser.parse_args()
    rounds = options.rounds
    with simulator() as sim, tempfile.TemporaryDirectory(prefix="kariz-bench-") as name:
        bench = Bench(sim, Path(name))
        bench.loop("fast", 3)  # files read once, byte code written
        print("API latency 0, simulator on the loopback; whole processes, start-up included")
        promises(bench, rounds, options.loop, options.list)
        if options.promises:
            return
        compare("a loop that makes %d users" % options.loop, ("fast door", lambda: bench.loop("fast", options.loop)), [
            ("bare requests script, same calls", lambda: bench.script_creates(options.loop), rounds),
            ("ordinary door (a module for each item)", lambda: bench.loop("module", options.loop), 1),
            ("ansible.builtin.uri loop, create only", lambda: bench.uri(options.loop), 1),
            ("a play that does nothing", bench.nothing, rounds),
        ], rounds)
        print("  requests of the fast door: %s" % counted(bench, lambda: bench.loop("fast", options.loop)))
        print("  requests of the list: %s" % counted(bench, lambda: bench.list_creates(options.list)))
        compare("500 users unchanged", ("bare requests script, reading only", lambda: bench.script_reads(500)), [
            ("list option", lambda: bench.list_unchanged(500), rounds), ("a play that does nothing", bench.nothing, rounds),
        ], rounds)
        print("  requests of the list: %s" % counted(bench, lambda: bench.list_unchanged(500)))


def counted(bench, way):
    way()
    summary = bench.sim.summary("alocom")
    return "%(requests)d (%(logins)d login, %(writes)d writes) over %(connections)d connections" % summary


if __name__ == "__main__":
    main()
