# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs real plays with the real ``ansible-playbook`` and gives back what a user would see and what a callback is told."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import prepared
import warm_modules
from kariz_simulator import accounts  # noqa: F401  # pylint: disable=unused-import

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DOORS = ("fast", "module")

#: What a program of Ansible is told of :func:`surroundings`; the rest is how tests listen to a play.
KEPT = ("ANSIBLE_COLLECTIONS_PATH", "ANSIBLE_HOME", "ANSIBLE_NOCOLOR")

#: Settings of whoever runs the tests, which must not reach a play.
FOREIGN = ("ANSIBLE_", "KARIZ_", "ALOCOM_", "DELTASIB_", "PAYAMSMS_", "PODSPACE_", "SMSPANEL_")


def collections_path():
    """Return a folder in which this checkout is found as ``ansible_collections/kariz/panels``."""
    for entry in os.environ.get("ANSIBLE_COLLECTIONS_PATH", "").split(":"):
        if entry and (Path(entry) / "ansible_collections/kariz/panels").exists():
            return entry
    made = Path(tempfile.mkdtemp(prefix="kariz-collections-"))
    (made / "ansible_collections/kariz").mkdir(parents=True)
    (made / "ansible_collections/kariz/panels").symlink_to(ROOT)
    return str(made)


COLLECTIONS = collections_path()


class Played:
    """What came of a play: ``rc``, ``output``, and the results of its tasks by name."""

    def __init__(self, rc, output, lines, seconds):
        self.rc = rc
        self.output = output
        self.lines = lines
        self.seconds = seconds

    def __getitem__(self, task):
        """Return the last result of a task."""
        found = [line["result"] for line in self.lines if line["task"] == task]
        if not found:
            raise KeyError("no result of task %r; the play said:\n%s" % (task, self.output[-4000:]))
        return found[-1]

    def kinds(self, task):
        return [line["kind"] for line in self.lines if line["task"] == task]

    def ok(self):
        assert self.rc == 0, self.output[-6000:]
        return self

    def failed(self):
        assert self.rc != 0, self.output[-6000:]
        return self


def play(tasks, folder, door="fast", check=False, diff=True, verbosity=0, variables=None, environment=None, keywords=None,
         hosts=("localhost",), host_lines="", timeout=240, arguments=(), terminal=False, fresh=False):
    """Run tasks as one play and return :class:`Played`.

    :arg tasks: list of tasks as in a playbook.
    :arg keywords: keywords of the play, such as ``module_defaults``.
    :arg host_lines: more lines for the inventory.
    """
    folder = Path(folder)
    stamp = "%s-%d" % (time.monotonic_ns(), os.getpid())
    book = folder / ("play-%s.yml" % stamp)
    inventory = folder / ("hosts-%s.ini" % stamp)
    whole = {"hosts": "all", "gather_facts": False, "tasks": tasks, **(keywords or {})}
    # JSON is YAML: nothing is lost between the test and the play.
    book.write_text(json.dumps([whole], ensure_ascii=False), encoding="utf-8")
    python = sys.executable if fresh or terminal else warm_modules.interpreter()
    inventory.write_text("".join("%s ansible_connection=local ansible_python_interpreter=%s\n" % (host, python) for host in hosts) + host_lines)
    command = ["-i", str(inventory), str(book), *arguments]
    command += ["--check"] * check + ["--diff"] * diff + (["-" + "v" * verbosity] if verbosity else [])
    return run_command(command, folder, door, variables, environment, timeout, terminal, fresh)


def playbook(name, folder, variables=None, door="fast", check=False, diff=False, environment=None, timeout=240, arguments=()):
    """Run a playbook of the collection by its name, as users do, and return :class:`Played`."""
    folder = Path(folder)
    command = ["kariz.panels." + name, *arguments] + ["--check"] * check + ["--diff"] * diff
    return run_command(command, folder, door, variables, environment, timeout)


def surroundings(folder, door="fast", environment=None):
    """Return the environment in which a command of Ansible runs."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    environ.update(
        ANSIBLE_COLLECTIONS_PATH=COLLECTIONS, ANSIBLE_CALLBACK_PLUGINS=prepared.CALLBACKS, ANSIBLE_CALLBACKS_ENABLED="results",
        ANSIBLE_NOCOLOR="1", ANSIBLE_DEPRECATION_WARNINGS="0", ANSIBLE_LOCALHOST_WARNING="0", ANSIBLE_INVENTORY_UNPARSED_WARNING="0",
        ANSIBLE_INJECT_INVOCATION="1",
        ANSIBLE_HOME=str(folder / "ansible-home"), KARIZ_ACTION="1" if door == "fast" else "0")
    if not prepared.FRESH:
        prepared.compile_once(environ)
    environ.update(environment or {})
    return environ


def run_command(command, folder, door="fast", variables=None, environment=None, timeout=240, terminal=False, fresh=False, until=None):
    """Run ``ansible-playbook`` with these arguments and return :class:`Played`.

    :arg terminal: give it one; ``output`` then is what a terminal was sent.
    :arg fresh: the program itself and its modules, where a test looks at their processes; otherwise the same command line in a process forked from one
        that has imported ansible-core (:mod:`prepared`), and modules likewise (:mod:`warm_modules`), wherever nobody can tell the difference.
    :arg until: a function; as soon as it says so, the command is killed with all its processes.
    """
    stamp = "%s-%d" % (time.monotonic_ns(), os.getpid())
    results = folder / ("results-%s.jsonl" % stamp)
    command = [os.path.join(os.path.dirname(sys.executable), "ansible-playbook"), *command]
    if variables:
        (folder / ("vars-%s.json" % stamp)).write_text(json.dumps(variables, ensure_ascii=False), encoding="utf-8")
        command += ["-e", "@%s" % (folder / ("vars-%s.json" % stamp))]
    environ = surroundings(folder, door, {"KARIZ_TEST_RESULTS": str(results), **(environment or {})})
    started = time.monotonic()
    if terminal:
        rc, output = on_terminal(command, environ, folder, timeout)
    elif until is not None:
        rc, output = killed(command, environ, folder, timeout, until)
    elif not fresh and prepared.suits(environment or {}, folder):
        rc, *said = prepared.run(command, environ, folder, timeout, warm_modules.interpreter())
        output = "".join(said)
    else:
        done = subprocess.run(command, env=environ, cwd=folder, capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL, check=False)
        rc, output = done.returncode, done.stdout + done.stderr
    seconds = time.monotonic() - started
    lines = [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()] if results.exists() else []
    return Played(rc, output, lines, seconds)


def program(name, arguments, folder, environment=None, door="fast", timeout=240):
    """Run a program of Ansible (``ansible-inventory``, ...) as it prints for a user and return :class:`subprocess.CompletedProcess`."""
    command = [os.path.join(os.path.dirname(sys.executable), name), *map(str, arguments)]
    environ = {key: value for key, value in surroundings(folder, door).items() if not key.startswith("ANSIBLE_") or key in KEPT}
    environ.update(environment or {})
    if name in prepared.PROGRAMS and prepared.suits(environment or {}, folder):
        return subprocess.CompletedProcess(command, *prepared.run(command, environ, folder, timeout, warm_modules.interpreter()))
    return subprocess.run(command, env=environ, cwd=folder, capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL, check=False)


def killed(command, environ, folder, timeout, until):
    """Run a command in a session of its own and kill it with all its processes once ``until()`` says so; return its exit code and what it said."""
    with tempfile.TemporaryFile() as said, subprocess.Popen(command, env=environ, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                                                            start_new_session=True) as process:
        end = time.monotonic() + timeout
        while process.poll() is None and not until() and time.monotonic() < end:
            time.sleep(0.02)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        rc = process.wait(timeout)
        said.seek(0)
        return rc, said.read().decode("utf-8", "replace")


def on_terminal(command, environ, folder, timeout):
    """Run a command whose output goes to a terminal, and return its exit code and all that the terminal was sent."""
    reader, writer = pty.openpty()
    with subprocess.Popen(command, env={**environ, "TERM": "xterm"}, cwd=folder, stdin=subprocess.DEVNULL, stdout=writer, stderr=writer) as process:
        os.close(writer)
        sent = []
        while True:
            try:
                sent.append(os.read(reader, 65536))
            except OSError:
                break  # how a terminal says that nobody writes to it any more
        os.close(reader)
        return process.wait(timeout), b"".join(sent).decode("utf-8", "replace")
