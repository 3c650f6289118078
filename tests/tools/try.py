# SPDX-License-Identifier: GPL-3.0-or-later
"""`make try`: a shell (or one command) in which the simulated vendors run and the environment holds their demo accounts."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "roles/simulator/files"))

from kariz_simulator.accounts import credentials, without_foreign
from kariz_simulator.client import Simulator

A_WEEK = 7 * 24 * 3600.0
WELCOME = """\
Five simulated vendors are running, with a small school, a reseller, a company and text messages; nothing here costs money.
This shell knows their addresses and demo accounts (ALOCOM_API_URL and so on; README.md has them in a table). For example:

  ansible localhost -m kariz.panels.alocom_user_info
  ansible localhost -m kariz.panels.alocom_label -a 'title=test' --check --diff
  ansible localhost -m kariz.panels.payamsms_message -a 'customer_id=1 sender=982000123 recipient=09121234567 body=hello'
  ansible-playbook kariz.panels.balances
  ansible-doc kariz.panels.alocom_event

What the vendors were asked: curl $KARIZ_SIMULATOR/journal. `exit` ends the vendors, and everything they held.
"""


def environment(simulator, folder):
    """Return the environment of the shell."""
    made = without_foreign(os.environ)
    made.update(
        credentials(simulator), KARIZ_SIMULATOR=simulator.ready["control"], ANSIBLE_COLLECTIONS_PATH=os.environ["ANSIBLE_COLLECTIONS_PATH"],
        ANSIBLE_HOME=str(folder / "ansible"), ANSIBLE_LOCALHOST_WARNING="0", ANSIBLE_INVENTORY_UNPARSED_WARNING="0", ANSIBLE_PYTHON_INTERPRETER=sys.executable,
        ANSIBLE_CALLBACK_RESULT_FORMAT="yaml", PATH="%s%s%s" % (Path(sys.executable).parent, os.pathsep, os.environ.get("PATH", os.defpath)))
    return made


def shell(folder, made):
    """Return the command that starts the user's shell; bash says in its prompt where one is, and its own settings do not lose the path."""
    name = os.environ.get("SHELL") or "sh"
    if not sys.stdin.isatty():
        return ["sh"]
    if Path(name).name != "bash":
        return [name]
    settings = folder / "bashrc"
    settings.write_text("[ -f ~/.bashrc ] && . ~/.bashrc\nexport PATH=%s\nPS1=\"(kariz try) $PS1\"\n" % shlex.quote(made["PATH"]), encoding="utf-8")
    return [name, "--rcfile", str(settings)]


def main():
    command = " ".join(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="kariz-try-") as name, Simulator.start(seconds=A_WEEK) as simulator:
        folder = Path(name)
        made = environment(simulator, folder)
        if not command:
            print(WELCOME, flush=True)
        done = subprocess.run(["sh", "-c", command] if command else shell(folder, made), env=made, check=False)
    # Whoever leaves a shell after a command that failed has not failed.
    sys.exit(0 if not command and sys.stdin.isatty() else done.returncode)


if __name__ == "__main__":
    main()
