# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python tests/benchmarks/run.py`: what a play costs beside other ways to the same end, as ratios measured in one run.

Seconds of two machines, or of two hours on one, cannot be compared; so every pair is measured in turn, round by round, and the
median of the ratios of the rounds is told. No figure here is a verdict.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
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


def helper(path):
    """Import one of the tests' helpers; tests are no package."""
    spec = importlib.util.spec_from_file_location("kariz_%s_%s" % (path.parent.name, path.stem), path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


play = helper(TESTS / "integration/playing.py").play


def simulator():
    return helper(TESTS / "simulator/client.py").Simulator.start(os.environ.get("KARIZ_SIMULATOR_PYTHON") or sys.executable, strict=True)


class Bench:
    """The ways to do a thing; each runs once and returns its seconds."""

    def __init__(self, sim, folder):
        self.sim = sim
        self.folder = folder
        self.url = sim.url("alocom")
        self.script_file = folder / "script.py"
        self.script_file.write_text(SCRIPT)
        self.connection = {"api_url": self.url, "api_username": ACCOUNT["username"], "api_password": ACCOUNT["password"]}

    def fresh(self, users=0):
        self.sim.reset("alocom", "empty")
        if users:
            self.sim.seed("alocom", "users", users, prefix="old")
        self.sim.clear_journal()

    def play(self, tasks, door="fast"):
        done = play(tasks, self.folder, door=door, diff=False, timeout=1200,
                    keywords={"module_defaults": {"group/kariz.panels.alocom": self.connection}})
        return done.ok().seconds

    def script(self, what, count):
        started = time.monotonic()
        subprocess.run([sys.executable, str(self.script_file), self.url, what, str(count)], check=True)
        return time.monotonic() - started

    # -- a loop of creates -----------------------------------------------------------------------------------------

    def loop(self, door, count):
        self.fresh()
        return self.play([{"name": "users", USER: {"username": "new-{{ '%05d' | format(item) }}", "name": "n", "surname": "s"},
                           "loop": list(range(count)), "no_log": True}], door)

    def uri(self, count):
        self.fresh()
        call = {"method": "POST", "body_format": "json", "status_code": [200, 201]}
        return self.play([
            {"name": "login", "ansible.builtin.uri": {"url": self.url + "/api/v1/auth/login", "body": ACCOUNT, **call}, "register": "login"},
            {"name": "users", "ansible.builtin.uri": {
                "url": self.url + "/api/v1/agents/users", "headers": {"Authorization": "Bearer {{ login.json.token }}"},
                "body": {"name": "n", "surname": "s", "username": "new-{{ '%05d' | format(item) }}", "status": "{{ 1 | int }}"}, **call},
             "loop": list(range(count))}])

    def script_creates(self, count):
        self.fresh()
        return self.script("create", count)

    # -- lists -----------------------------------------------------------------------------------------------------

    def list_creates(self, count):
        self.fresh()
        return self.play([{"name": "users", "no_log": True, USER: {
            "users": [{"username": "new-%05d" % number, "name": "n", "surname": "s"} for number in range(count)]}}])

    def list_unchanged(self, count):
        self.fresh(count)
        return self.play([{"name": "users", USER: {"users": [{"username": "old-%05d" % number} for number in range(1, count + 1)]}}])

    def script_reads(self, count):
        self.fresh(count)
        return self.script("read", count)

    def nothing(self):
        return self.play([{"name": "nothing", "ansible.builtin.meta": "noop"}])


def compare(title, base, ways, rounds):
    """Print how many times the time of ``base`` each way takes, and the requests it sent."""
    taken = {name: [] for name in (base[0], *(name for name, _way, _rounds in ways))}
    ratios = {name: [] for name, _way, _rounds in ways}
    for number in range(rounds):
        first = base[1]()
        taken[base[0]].append(first)
        for name, way, most in ways:
            if number < most:
                seconds = way()
                taken[name].append(seconds)
                ratios[name].append(seconds / first)
    print("\n%s" % title)
    print("  %-46s %8s %10s %8s" % ("", "ratio", "median s", "rounds"))
    print("  %-46s %8s %10.2f %8d" % (base[0], "1", statistics.median(taken[base[0]]), rounds))
    for name, seconds in list(taken.items())[1:]:
        print("  %-46s %8.2f %10.2f %8d" % (name, statistics.median(ratios[name]), statistics.median(seconds), len(seconds)), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--loop", type=int, default=100, help="items of the loop")
    parser.add_argument("--list", type=int, default=1000, help="items of the list")
    options = parser.parse_args()
    rounds = options.rounds
    with simulator() as sim, tempfile.TemporaryDirectory(prefix="kariz-bench-") as name:
        bench = Bench(sim, Path(name))
        bench.loop("fast", 3)  # files read once, byte code written
        print("API latency 0, simulator on the loopback; whole processes, start-up included")
        compare("a loop that makes %d users" % options.loop, ("fast door", lambda: bench.loop("fast", options.loop)), [
            ("bare requests script, same calls", lambda: bench.script_creates(options.loop), rounds),
            ("ordinary door (a module for each item)", lambda: bench.loop("module", options.loop), 1),
            ("ansible.builtin.uri loop, create only", lambda: bench.uri(options.loop), 1),
            ("a play that does nothing", bench.nothing, rounds),
        ], rounds)
        print("  requests of the fast door: %s" % counted(bench, lambda: bench.loop("fast", options.loop)))
        compare("one list of %d users to make" % options.list, ("bare requests script, one connection", lambda: bench.script_creates(options.list)), [
            ("list option", lambda: bench.list_creates(options.list), rounds),
        ], rounds)
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
