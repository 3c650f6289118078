# SPDX-License-Identifier: GPL-3.0-or-later
"""`make demo`: a term of online classes on the built-in simulator, from nothing to nothing, with a summary at the end."""

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
sys.path.insert(0, str(ROOT / "tests" / "simulator"))

from client import Simulator  # noqa: E402

EDITS = """
  a student leaves, a class gets another title and another teacher, a new label"""


def edited(text):
    """Return the term as somebody edited it in the middle of the year: plain edits of the file's text."""
    text = text.replace("  - title: دبیران\n", "  - title: دبیران\n  - title: المپیاد\n", 1)
    text = text.replace("title: فیزیک پایه دهم", "title: فیزیک پیشرفته دهم", 1)
    return re.sub(r"(slug: math-10\n(?:.*\n)*?\s+- \{username: )t\.nouri", r"\1t.akbari", text, count=1)


def play(title, folder, simulator, *arguments, **variables):
    print("\n\033[1m== %s ==\033[0m" % title if sys.stdout.isatty() else "\n== %s ==" % title, flush=True)
    report = folder / "report.json"
    report.unlink(missing_ok=True)
    (folder / "variables.json").write_text(json.dumps(dict(variables, demo_report=str(report))), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "ALOCOM_", "KARIZ_"))}
    environment.update(
        ANSIBLE_COLLECTIONS_PATH=os.environ["ANSIBLE_COLLECTIONS_PATH"], ANSIBLE_HOME=str(folder / "ansible"), ANSIBLE_LOCALHOST_WARNING="0",
        ANSIBLE_CALLBACK_RESULT_FORMAT="yaml", ANSIBLE_DISPLAY_SKIPPED_HOSTS="0", ANSIBLE_INVENTORY_UNPARSED_WARNING="0",
        ANSIBLE_PYTHON_INTERPRETER=sys.executable,
        ALOCOM_API_URL=simulator.url("alocom"), ALOCOM_API_USERNAME="kariz-demo", ALOCOM_API_PASSWORD="kariz-demo-pass")
    started = time.monotonic()
    command = [str(Path(sys.executable).parent / "ansible-playbook"), "-i", "localhost,", "-c", "local", "kariz.panels.demo",
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
    return "  %-42s %-42s %4d requests  %5.1f s" % (title, told, requests, seconds)


def main():
    with tempfile.TemporaryDirectory(prefix="kariz-demo-") as name, Simulator.start(vendors=["alocom"]) as simulator:
        folder = Path(name)
        simulator.reset("alocom", seed="empty")
        term = ROOT / "playbooks" / "vars" / "demo_term.yml"
        later = folder / "term_edited.yml"
        later.write_text(edited(term.read_text(encoding="utf-8")), encoding="utf-8")
        steps = [
            play("Provision a term", folder, simulator, demo_term=str(term)),
            play("The same again: nothing changes", folder, simulator, demo_term=str(term)),
            play("An edited term, looked at before (--check --diff)", folder, simulator, "--check", "--diff", demo_term=str(later)),
            play("Entry links of one class", folder, simulator, demo_term=str(term), demo_links_of="physics-10"),
            play("Tear the term down", folder, simulator, demo_term=str(term), classroom_state="absent"),
        ]
        left = simulator.dump("alocom")
        mine = [user for user in left["users"] if user["username"].startswith("t.")]
    print("\n== Summary ==")
    for step in steps:
        print(line(*step))
    if mine or len([event for event in left["events"] if event["slug"].startswith("physics-1")]):
        sys.exit("demo: FAILED: something is left after tearing down")
    print("demo: done. The term is playbooks/vars/demo_term.yml, the role roles/classroom; README.md tells how to use them on your account.")


if __name__ == "__main__":
    main()
