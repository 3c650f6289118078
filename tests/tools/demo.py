# SPDX-License-Identifier: GPL-3.0-or-later
"""`make demo`: the vendors at work on the built-in simulator, each first and then again, with a summary at the end."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "roles/simulator/files"))

from kariz_simulator.accounts import ACCOUNTS, credentials, without_foreign
from kariz_simulator.client import Simulator


def edited(text):
    """Return the term as somebody edited it in the middle of the year: plain edits of the file's text."""
    text = text.replace("  - title: دبیران\n", "  - title: دبیران\n  - title: المپیاد\n", 1)
    text = text.replace("title: فیزیک پایه دهم", "title: فیزیک پیشرفته دهم", 1)
    return re.sub(r"(slug: math-10\n(?:.*\n)*?\s+- \{username: )t\.nouri", r"\1t.akbari", text, count=1)


def play(title, folder, simulator, *arguments, book="demo", **variables):
    print("\n\033[1m== %s ==\033[0m" % title if sys.stdout.isatty() else "\n== %s ==" % title, flush=True)
    report = folder / "report.json"
    report.unlink(missing_ok=True)
    (folder / "variables.json").write_text(json.dumps(dict(variables, demo_report=str(report), demo_podspace_report=str(report))), encoding="utf-8")
    environment = without_foreign(os.environ)
    environment.update(
        credentials(simulator),
        ANSIBLE_COLLECTIONS_PATH=os.environ["ANSIBLE_COLLECTIONS_PATH"], ANSIBLE_HOME=str(folder / "ansible"), ANSIBLE_LOCALHOST_WARNING="0",
        ANSIBLE_CALLBACK_RESULT_FORMAT="yaml", ANSIBLE_DISPLAY_SKIPPED_HOSTS="0", ANSIBLE_INVENTORY_UNPARSED_WARNING="0",
        ANSIBLE_PYTHON_INTERPRETER=sys.executable)
    started = time.monotonic()
    command = [str(Path(sys.executable).parent / "ansible-playbook"), "-i", "localhost,", "-c", "local", "kariz.panels.%s" % book,
               "-e", "@%s" % (folder / "variables.json"), *arguments]
    done = subprocess.run(command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        sys.exit("demo: %s failed" % title)
    parts = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
    return title, time.monotonic() - started, parts


def line(title, seconds, parts):
    counts = {}
    requests = 0
    for part in parts.values():
        for action, count in part.get("summary", {}).items():
            counts[action] = counts.get(action, 0) + count
        requests += part.get("api", {}).get("requests", 0)
    told = ", ".join("%d %s" % (count, action) for action, count in counts.items() if count) or "nothing"
    return "  %-52s %-42s %4d requests  %5.1f s" % (title, told, requests, seconds)


def podspace(simulator):
    """Return the variables of the play of POD Space: its connection and the folder to share."""
    simulator.reset("podspace", seed="default")
    state = simulator.dump("podspace")
    account = ACCOUNTS["podspace"]
    connection = {"api_url": simulator.url("podspace"), "api_token": account["API_TOKEN"], "api_key": account["API_KEY"],
                  "api_services": {name: entry["product_id"] for name, entry in state["services"].items()}}
    return {"demo_podspace": connection, "demo_podspace_folder": next(row["hash"] for row in state["entities"] if row["name"] == "قراردادها")}


def unknown(folder, simulator):
    """Let an answer be lost, and a person settle what nobody knows."""
    simulator.faults([{"vendor": "smspanel", "kind": "reset_after", "path": "/sms/send", "times": 1}])
    told = play("A lost answer: settled by a person, not sent twice", folder, simulator, book="demo_journal", demo_journal=str(folder / "journal.db"))
    simulator.clear_faults()
    return told


def main():
    with tempfile.TemporaryDirectory(prefix="kariz-demo-") as name, Simulator.start(strict=True) as simulator:
        folder = Path(name)
        simulator.reset("alocom", seed="empty")
        space = podspace(simulator)
        term = ROOT / "playbooks" / "vars" / "demo_term.yml"
        later = folder / "term_edited.yml"
        later.write_text(edited(term.read_text(encoding="utf-8")), encoding="utf-8")
        steps = [
            play("Provision a term", folder, simulator, demo_term=str(term)),
            play("The same again: nothing changes", folder, simulator, demo_term=str(term)),
            play("An edited term, looked at before (--check --diff)", folder, simulator, "--check", "--diff", demo_term=str(later)),
            play("Entry links of one class", folder, simulator, demo_term=str(term), demo_links_of="physics-10"),
            play("Invite a class by text", folder, simulator, book="demo_messages", demo_journal=str(folder / "sent.jsonl")),
            play("The same again: nobody gets a second text", folder, simulator, book="demo_messages", demo_journal=str(folder / "sent.jsonl")),
            unknown(folder, simulator),
            play("Tear the term down", folder, simulator, demo_term=str(term), classroom_state="absent"),
            play("A reseller's day", folder, simulator, book="demo_deltasib"),
            play("The same day again: nothing is charged twice", folder, simulator, book="demo_deltasib"),
            play("A company's space", folder, simulator, book="demo_podspace", **space),
            play("The same space again", folder, simulator, book="demo_podspace", **space),
        ]
        left = simulator.dump("alocom")
        mine = [user for user in left["users"] if user["username"].startswith("t.")]
    print("\n== Summary ==")
    for step in steps:
        print(line(*step))
    if mine or len([event for event in left["events"] if event["slug"].startswith("physics-1")]):
        sys.exit("demo: FAILED: something is left after tearing down")
    print("demo: done. The plays are playbooks/demo*.yml with their files in playbooks/vars; README.md tells how to use them on your account.")


if __name__ == "__main__":
    main()
