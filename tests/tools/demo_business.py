# SPDX-License-Identifier: GPL-3.0-or-later
"""`make demo`, second part: a whole business at five vendors from one file: provision, drift, export, balances with a report, and away with it."""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "roles/simulator/files"))

from kariz_simulator.accounts import credentials, without_foreign
from kariz_simulator.client import Simulator

FILE = ROOT / "playbooks" / "vars" / "business.yml"


def past(folder):
    """Write figures of two made-up weeks, so that the report has a trend and a forecast to show."""
    now = datetime.datetime.now(datetime.timezone.utc)
    folder.mkdir()
    lines = [{"at": (now - datetime.timedelta(days=day)).isoformat(), "vendor": vendor, "account": vendor, "key": key, "left": left + daily * day}
             for day in range(14, 0, -1)
             for vendor, key, left, daily in (("payamsms", "balance", 100_000_000, 2_400_000), ("smspanel", "credit", 1_000_000, 170_000))]
    (folder / "history.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


class Demo:
    def __init__(self, folder, simulator):
        self.folder = folder
        self.environment = without_foreign(os.environ)
        self.environment.update(
            credentials(simulator), ANSIBLE_COLLECTIONS_PATH=os.environ["ANSIBLE_COLLECTIONS_PATH"], ANSIBLE_HOME=str(folder / "ansible"),
            ANSIBLE_LOCALHOST_WARNING="0", ANSIBLE_CALLBACK_RESULT_FORMAT="yaml", ANSIBLE_DISPLAY_SKIPPED_HOSTS="0",
            ANSIBLE_INVENTORY_UNPARSED_WARNING="0", ANSIBLE_PYTHON_INTERPRETER=sys.executable)
        self.summary = []

    def play(self, title, book, *said, changed=None, **variables):
        """Run a playbook of the collection; its output must hold ``said`` and, where it matters, tell whether anything changed."""
        print("\n== %s ==" % title, flush=True)
        started = time.monotonic()
        command = [str(Path(sys.executable).parent / "ansible-playbook"), "kariz.panels." + book, "-e", json.dumps(variables)]
        done = subprocess.run(command, env=self.environment, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, check=False)
        print(done.stdout.strip(), flush=True)
        found = re.search(r"changed=(\d+)", done.stdout)
        lacking = [text for text in said if text not in done.stdout]
        if done.returncode or lacking or found is None or (changed is not None and (found.group(1) != "0") is not changed):
            sys.exit("demo: %s failed%s" % (title, ", it did not say: %s" % "; ".join(lacking) if lacking else ""))
        self.summary.append("  %-62s %5.1f s" % (title, time.monotonic() - started))


def main():
    with tempfile.TemporaryDirectory(prefix="kariz-demo-") as name, Simulator.start(strict=True) as simulator:
        simulator.reset(seed="default")
        folder = Path(name)
        demo = Demo(folder, simulator)
        wanted = {"desired_state": str(FILE)}
        demo.play("Five vendors from one file", "provision", changed=True, secrets_path=str(folder / "passwords.yml"), **wanted)
        demo.play("The same again: nothing changes", "provision", changed=False, **wanted)
        simulator.mutate("alocom", "users", {"username": "ali.rezaei"}, {"name": "ناشناس"})
        simulator.mutate("smspanel", "phonebooks", {"name": "اولیای پایه دهم"}, delete=True)
        demo.play("Somebody changed things in two panels: drift tells", "drift", "1 missing, 1 different", changed=False, **wanted)
        demo.play("... and provision mends", "provision", "1 updated", "1 created", changed=True, **wanted)
        demo.play("Today's state of every vendor as files", "export", changed=True, export_path=str(folder / "export"), **wanted)
        demo.play("Provisioning from them changes nothing", "provision", changed=False, desired_state=str(folder / "export"))
        past(folder / "report")
        demo.play("What every account has left, as a report", "balances", balances_path=str(folder / "report"), **wanted)
        days = {"from_date": "1400/1/1", "to_date": "1400/12/29"}
        demo.play("Attendance of the classes", "attendance", attendance_path=str(folder / "report"), **days, **wanted)
        kept = ROOT / "build" / "demo-report"
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(folder / "report", kept)
        demo.play("Away with what can be removed", "deprovision", "1 deleted", changed=True, **wanted)
    print("\n== Summary ==")
    print("\n".join(demo.summary))
    print("demo: done. The file is playbooks/vars/business.yml; the reports are in build/demo-report (open credit-report.fa.html).")


if __name__ == "__main__":
    main()
