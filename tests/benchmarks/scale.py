# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python tests/benchmarks/scale.py [case ...]`: how what plays cost grows with the number of objects, for every case that once grew faster than its work.

Each case is a whole play, measured at two sizes: processor time of the play and its workers less that of a play that does nothing, wall time, the largest
process, and the requests that the simulator counted. Beside it stands a bare `requests` script that sends as many requests to the same server over one
connection. `grows` is how many times the processor time is that of the smaller size, beside how many times the objects are: more than that is worse than
linear. Seconds depend on the machine; no figure here is a verdict.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import run as base

sys.path[:0] = [str(base.TESTS), str(base.TESTS / "integration")]
import playing  # noqa: E402
from conftest import Alocom, PayamSms, Podspace, SmsPanel, Vendor  # noqa: E402

BARE = """
import sys
import requests
import urllib3

urllib3.disable_warnings()
session = requests.Session()
session.trust_env = session.verify = False
for number in range(int(sys.argv[2])):
    session.get(sys.argv[1])
"""
SENDER = {"payamsms": "982000123", "smspanel": "30001234"}


class Took:
    """What a command took."""

    def __init__(self, wall, cpu, megabytes):
        self.wall = wall
        self.cpu = cpu
        self.megabytes = megabytes


class DeltaSib(Vendor):
    @property
    def connection(self):
        return {"api_url": self.url, "api_username": "kariz-demo", "api_password": "kariz-demo-pass", "ca_path": self.sim.ready["deltasib_ca"]}


class Scale:
    """The cases, by name: each is ``(small, large, what is counted)`` and a method that prepares the simulator and returns what to run."""

    CASES = {
        "shares": (500, 1000, "POD folder shares, unchanged, beside as many inherited ones"),
        "payments": (500, 2000, "DeltaSib payments of one subscriber, unchanged"),
        "services": (250, 1000, "DeltaSib services by name, in a catalogue of 1,000, none bought yet (check mode)"),
        "credit": (250, 1000, "DeltaSib credit of users by name"),
        "sessions": (250, 1000, "DeltaSib sessions ended"),
        "inventory": (1000, 5000, "DeltaSib inventory with services, hosts"),
        "labels": (1000, 5000, "Alocom users with labels, unchanged"),
        "events": (250, 1000, "Alocom events by service title, unchanged"),
        "unchanged": (1000, 10000, "Alocom users, unchanged"),
        "creates": (500, 2000, "Alocom users, created"),
        "refused": (2000, 10000, "Alocom users with passwords, every one refused by the vendor"),
        "mistakes": (2000, 10000, "Alocom users with passwords, every one with a mistake in its options"),
        "message": (20000, 200000, "one message, entries in the journal"),
        "notify": (500, 2000, "role notify with a template, people"),
        "report": (10, 50, "credit_report at 100 ms, accounts"),
        "year": (10, 50, "credit_report with a figure an hour for a year of each account, accounts"),
        "phonebook": (5000, 50000, "one number added to a phonebook, numbers in it"),
        "drift": (250, 1000, "drift with unmanaged, Alocom users"),
        "export": (250, 1000, "export, Alocom users"),
        "pages": (1000, 5000, "Alocom users read at 100 ms, with a total"),
        "wide": (500, 2000, "Alocom users created at 20 ms with api_concurrency 32"),
        "slices": (400, 1600, "messages sent by four plays at once, one account, one journal"),
        "many": (10000, 100000, "Alocom users read (return_content: summary)"),
        "managed": (10000, 100000, "Alocom users, unchanged, in one list"),
        "files": (20000, 100000, "Alocom users, unchanged, in files of 5,000, a loop over the files"),
        "made": (20000, 100000, "... created so"),
        "sold": (5000, 20000, "DeltaSib subscribers, unchanged, in files of 1,000, a loop over the files"),
        "opened": (5000, 20000, "... created so"),
        "all": (5000, 50000, "Alocom users read (return_content: full), passed on to the play"),
        "subscribers": (2000, 20000, "DeltaSib subscribers read (return_content: summary)"),
    }

    def __init__(self, sim, folder):
        self.sim = sim
        self.folder = folder
        self.alocom, self.podspace, self.payamsms, self.smspanel = Alocom(sim), Podspace(sim), PayamSms(sim), SmsPanel(sim)
        self.deltasib = DeltaSib(sim, "deltasib")
        (folder / "bare.py").write_text(BARE)
        self.vendors = (self.alocom, self.podspace, self.payamsms, self.smspanel, self.deltasib)

    # -- running ---------------------------------------------------------------------------------------------------

    def started(self, command, environment=None):
        environ = playing.surroundings(self.folder, environment=environment)
        # Nobody reads results here.
        del environ["ANSIBLE_CALLBACKS_ENABLED"], environ["ANSIBLE_CALLBACK_PLUGINS"]
        with open(self.folder / "said.txt", "wb") as said:
            return subprocess.Popen(command, env=environ, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said)

    def took(self, *commands, environment=None, fails=False):
        """Run commands side by side; return what they took together, and of the largest of their processes."""
        begun = time.monotonic()
        running = [self.started(command, environment) for command in commands]
        cpu, largest = 0.0, 0
        for process in running:
            _pid, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode and not fails:
                raise RuntimeError("%s\n%s" % (" ".join(commands[0]), (self.folder / "said.txt").read_text()[-3000:]))
            cpu += usage.ru_utime + usage.ru_stime
            largest = max(largest, usage.ru_maxrss)
        return Took(time.monotonic() - begun, cpu, largest / 1024)

    def book(self, tasks, name="play", **keywords):
        """Write a play and return the command that runs it."""
        defaults = {"group/kariz.panels.%s" % vendor.name: vendor.connection for vendor in self.vendors}
        whole = {"hosts": "localhost", "gather_facts": False, "module_defaults": defaults, "tasks": tasks, **keywords}
        path = self.folder / ("%s.yml" % name)
        path.write_text(json.dumps([whole], ensure_ascii=False), encoding="utf-8")
        return [os.path.join(os.path.dirname(sys.executable), "ansible-playbook"), "-i", "localhost ansible_connection=local,", str(path)]

    def task(self, module, /, **options):
        return self.book([{"name": "measured", "kariz.panels.%s" % module: options, "no_log": True}])

    def playbook(self, name, **variables):
        path = self.folder / "variables.json"
        path.write_text(json.dumps(variables, ensure_ascii=False), encoding="utf-8")
        return [os.path.join(os.path.dirname(sys.executable), "ansible-playbook"), "-i", "localhost ansible_connection=local,", "kariz.panels." + name,
                "-e", "@%s" % path]

    def nothing(self):
        return self.took(self.book([{"name": "nothing", "ansible.builtin.meta": "noop"}]))

    def latency(self, vendor, seconds, operation=None):
        self.sim.faults([{"vendor": vendor.name, "kind": "latency", "seconds": seconds, "times": 0, **({"operation": operation} if operation else {})}])

    def measure(self, name, count):
        """Return what a case took at one size, how many requests it sent, and what a bare script takes for as many."""
        self.sim.clear_faults()
        for vendor in self.vendors:
            vendor.reset("default" if vendor is self.podspace else "empty")
        prepared = getattr(self, name)(count)
        commands, vendor, more = prepared[0], prepared[1], prepared[2] if len(prepared) > 2 else {}
        if more.pop("twice", False):
            self.took(*commands, **more)
        self.sim.clear_journal()
        took = self.took(*commands, **more)
        requests = vendor.summary()["requests"]
        address = vendor.url
        bare = self.took([sys.executable, str(self.folder / "bare.py"), address, str(requests)])
        return took, requests, bare

    # -- POD Space, DeltaSib ---------------------------------------------------------------------------------------

    def shares(self, count):
        root = self.podspace.seed("folders", 1, name="root")[0]
        folder = self.podspace.seed("folders", 1, name="inner", parent=root)[0]
        people = self.podspace.seed("persons", count, prefix="mate")
        self.podspace.seed("shares", count, entity=root)
        items = [{"person": name, "level": "view"} for name in people]
        return [self.task("podspace_folder_share", folder_hash=folder, shares=items)], self.podspace, {"twice": True}

    def payments(self, count):
        name = self.deltasib.seed("users", 1, prefix="sub")[0]
        self.deltasib.settings(reseller_credit=10**12)
        items = [{"username": name, "voucher_no": str(100000 + number), "amount": 1000, "payment_type": "cash", "currency_id": "1"} for number in range(count)]
        return [self.task("deltasib_user_payment", payments=items)], self.deltasib, {"twice": True}

    def services(self, count):
        names = self.deltasib.seed("users", count, prefix="sub")
        self.deltasib.seed("services", 1000, prefix="plan", like=11)
        catalogue = [row["ServiceName"] if "ServiceName" in row else row["name"] for row in self.deltasib.dump()["services"]][-count:]
        items = [{"username": name, "service": catalogue[number % len(catalogue)]} for number, name in enumerate(names)]
        command = self.task("deltasib_user_service", services=items)
        return [command + ["--check"]], self.deltasib

    def credit(self, count):
        return [self.task("deltasib_credit_info", usernames=self.deltasib.seed("users", count, prefix="sub"))], self.deltasib

    def sessions(self, count):
        names = self.deltasib.seed("users", count, prefix="sub", sessions=1)
        return [self.task("deltasib_session", sessions=[{"username": name, "state": "absent"} for name in names])], self.deltasib

    def inventory(self, count):
        self.deltasib.seed("users", count, prefix="sub", service=11)
        source = self.folder / "subscribers.deltasib.yml"
        source.write_text(json.dumps({"plugin": "kariz.panels.deltasib", **self.deltasib.connection}))
        return [[os.path.join(os.path.dirname(sys.executable), "ansible-inventory"), "-i", str(source), "--list"]], self.deltasib

    def subscribers(self, count):
        self.deltasib.seed("users", count, prefix="sub")
        return [self.task("deltasib_user_info", return_content="summary")], self.deltasib

    # -- Alocom ------------------------------------------------------------------------------------------------------

    def people(self, count, **more):
        return self.alocom.seed("users", count, prefix="old", **more)

    def labels(self, count):
        self.people(count, labels=["grade 10", "grade 11"])
        items = [{"username": "old-%05d" % number, "labels": ["grade 11", "grade 10"]} for number in range(1, count + 1)]
        return [self.task("alocom_user", users=items)], self.alocom

    def events(self, count):
        service = next(row for row in self.alocom.dump()["services"] if row["id"] == 14)
        slugs = self.alocom.seed("events", count, prefix="class", service=14)
        items = [{"slug": slug, "service": service["title"]} for slug in slugs]
        return [self.task("alocom_event", events=items)], self.alocom

    def unchanged(self, count):
        self.people(count)
        return [self.task("alocom_user", users=[{"username": "old-%05d" % number} for number in range(1, count + 1)])], self.alocom

    def new(self, count, **more):
        return [dict({"username": "new-%05d" % number, "name": "n", "surname": "s"}, **more) for number in range(count)]

    def creates(self, count):
        return [self.task("alocom_user", users=self.new(count))], self.alocom

    def wide(self, count):
        self.latency(self.alocom, 0.02)
        return [self.task("alocom_user", users=self.new(count), api_concurrency=32)], self.alocom

    def with_secrets(self, count, **more):
        return [dict(user, password="se/cret %d-%d" % (number, number * 7919)) for number, user in enumerate(self.new(count, **more))]

    def refused(self, count):
        body = {"message": "the given data was invalid"}
        self.sim.faults([{"vendor": "alocom", "kind": "status", "status": 422, "body": body, "operation": "users.create", "times": 0}])
        return [self.task("alocom_user", users=self.with_secrets(count))], self.alocom, {"fails": True}

    def mistakes(self, count):
        return [self.task("alocom_user", users=self.with_secrets(count, emial="x"))], self.alocom, {"fails": True}

    def pages(self, count):
        self.people(count)
        self.alocom.settings(list_total="right")
        self.latency(self.alocom, 0.1)
        return [self.task("alocom_user_info", return_content="summary")], self.alocom

    def many(self, count):
        self.people(count)
        return [self.task("alocom_user_info", return_content="summary")], self.alocom

    def managed(self, count):
        return self.unchanged(count)

    def filed(self, module, option, items, size):
        """Return a play over files of so many items each, one file a turn."""
        folder = self.folder / "parts"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for start in range(0, len(items), size):
            (folder / ("part-%03d.json" % (start // size))).write_text(json.dumps(items[start:start + size]))
        options = {option: "{{ lookup('ansible.builtin.file', item) | from_json }}", "return_content": "summary"}
        loop = "{{ query('ansible.builtin.fileglob', '%s/*.json') | sort }}" % folder
        return self.book([{"name": "measured", "kariz.panels.%s" % module: options, "loop": loop, "no_log": True,
                           "vars": {"kariz_result_limit": "beside"}}])

    def files(self, count):
        self.people(count)
        return [self.filed("alocom_user", "users", [{"username": "old-%05d" % number} for number in range(1, count + 1)], 5000)], self.alocom

    def made(self, count):
        return [self.filed("alocom_user", "users", self.new(count), 5000)], self.alocom

    def opened(self, count):
        items = [{"username": "sub-%05d" % number, "password": "kept %d" % (number * 7919)} for number in range(count)]
        return [self.filed("deltasib_user", "users", items, 1000)], self.deltasib

    def sold(self, count):
        return self.opened(count) + ({"twice": True},)

    def all(self, count):
        self.people(count)
        return [self.book([{"name": "measured", "kariz.panels.alocom_user_info": {"return_content": "full"}, "no_log": True, "register": "told"},
                           {"name": "used", "ansible.builtin.debug": {"msg": "{{ told.users | length }}"}}])], self.alocom

    def state_file(self, users):
        path = self.folder / "business.yml"
        path.write_text(json.dumps({"panels": {"alocom": {"connection": self.alocom.connection, "users": users}}}, ensure_ascii=False))
        return str(path)

    def drift(self, count):
        self.people(count)
        return [self.playbook("drift", desired_state=self.state_file([{"username": "old-00001"}]), drift_unmanaged=True)], self.alocom

    def export(self, count):
        self.people(count)
        variables = {"desired_state": self.state_file([{"username": "old-00001"}]), "export_path": str(self.folder / "export")}
        return [self.playbook("export", **variables)], self.alocom

    # -- texts ---------------------------------------------------------------------------------------------------------

    def texts(self, count, first=0):
        return [{"key": "k-%06d" % number, "recipient": "0912%07d" % number, "text": "text %d" % number} for number in range(first, first + count)]

    def journal(self, entries):
        path = self.folder / ("journal-%d-%d.db" % (entries, time.monotonic_ns()))
        if entries:
            code = ("import sys\nfrom ansible_collections.kariz.panels.plugins.module_utils._core.journal import DONE, Journal\n"
                    "with Journal(sys.argv[1], 'message', 'payamsms', deadline=600) as journal:\n"
                    "    for start in range(0, int(sys.argv[2]), 5000):\n"
                    "        keys = ['old-%d' % number for number in range(start, start + 5000)]\n"
                    "        journal.reserve({key: ({'text': key}, 'x') for key in keys})\n"
                    "        journal.settle({key: (DONE, {'id': 1}) for key in keys})\n")
            subprocess.run([sys.executable, "-c", code, str(path), str(entries)], check=True, env=playing.surroundings(self.folder) | {
                "PYTHONPATH": playing.COLLECTIONS})
        return str(path)

    def message(self, entries):
        return [self.task("message", messages=self.texts(1), sender=SENDER, providers=["payamsms"], journal=self.journal(entries))], self.payamsms

    def notify(self, count):
        template = self.folder / "text.j2"
        template.write_text("Dear {{ person.name }}, see you on Saturday.\n")
        items = [{"key": "n-%05d" % number, "recipient": "0912%07d" % number, "template": str(template), "variables": {"person": {"name": "P %d" % number}}}
                 for number in range(count)]
        role = {"name": "notify", "ansible.builtin.include_role": {"name": "kariz.panels.notify"}}
        variables = {"notify_messages": items, "notify_sender": SENDER, "notify_journal": self.journal(0)}
        return [self.book([role], vars=variables)], self.payamsms

    def slices(self, count):
        """Four plays, each with a quarter of the keys and a tenth that its neighbour has as well."""
        journal, quarter = self.journal(0), count // 4
        self.latency(self.payamsms, 0.02)
        commands = []
        for number in range(4):
            items = self.texts(quarter, number * quarter) + self.texts(quarter // 10, (number + 1) % 4 * quarter)
            options = {"messages": items, "sender": SENDER, "providers": ["payamsms"], "journal": journal,
                       "connections": {"payamsms": {"api_concurrency": 32}}}
            commands.append(self.book([{"name": "slice", "kariz.panels.message": options, "no_log": True}], "slice-%d" % number))
        return commands, self.payamsms

    def report(self, count):
        self.latency(self.smspanel, 0.1)
        accounts = [{"vendor": "smspanel", "account": "a%02d" % number, "connection": self.smspanel.connection} for number in range(count)]
        return [self.task("credit_report", accounts=accounts, dest=str(self.folder / "report"))], self.smspanel

    def year(self, count):
        """The first report after a year of hourly ones: one figure a day is kept."""
        folder = self.folder / ("report-%d" % count)
        folder.mkdir()
        now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
        with open(folder / "history.jsonl", "w", encoding="utf-8") as file:
            for hour in range(365 * 24, 0, -1):
                at = (now - datetime.timedelta(hours=hour)).isoformat()
                for number in range(count):
                    file.write(json.dumps({"vendor": "smspanel", "account": "a%02d" % number, "key": "credit", "at": at, "left": 1000000 + hour}) + "\n")
        accounts = [{"vendor": "smspanel", "account": "a%02d" % number, "connection": self.smspanel.connection} for number in range(count)]
        return [self.task("credit_report", accounts=accounts, dest=str(folder))], self.smspanel

    def phonebook(self, count):
        name = self.smspanel.seed("phonebooks", 1, numbers=count)[0]
        return [self.task("smspanel_phonebook", name=name, numbers=["09350000000"])], self.smspanel


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", nargs="*", metavar="case", help="of these: %s; all of them unless given" % ", ".join(Scale.CASES))
    parser.add_argument("--less", type=int, default=1, help="divide all sizes by this, for trying out")
    options = parser.parse_args()
    unknown = [name for name in options.cases if name not in Scale.CASES]
    if unknown:
        parser.error("no case %s" % ", ".join(unknown))
    with base.simulator() as sim, tempfile.TemporaryDirectory(prefix="kariz-scale-") as name:
        scale = Scale(sim, Path(name))
        scale.nothing()
        empty = scale.nothing()
        print("an empty play: %.2f s of processor time, %.0f MB; figures of cases are without it" % (empty.cpu, empty.megabytes))
        print("%-12s %8s %8s %8s %7s %9s %9s  %s" % ("case", "objects", "cpu s", "wall s", "MB", "requests", "bare cpu", "grows (objects)"), flush=True)
        for name in options.cases or Scale.CASES:
            small, large, what = Scale.CASES[name]
            found = []
            for count in (max(1, small // options.less), max(2, large // options.less)):
                took, requests, bare = scale.measure(name, count)
                found.append((count, max(0.01, took.cpu - empty.cpu)))
                grows = "" if len(found) < 2 else "%.1f (%.1f)" % (found[1][1] / found[0][1], found[1][0] / found[0][0])
                print("%-12s %8d %8.2f %8.2f %7.0f %9d %9.2f  %s" % (name, count, took.cpu - empty.cpu, took.wall, took.megabytes, requests, bare.cpu, grows),
                      flush=True)
            print("             %s" % what, flush=True)


if __name__ == "__main__":
    main()
