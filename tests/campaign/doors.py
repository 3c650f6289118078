# SPDX-License-Identifier: GPL-3.0-or-later
"""One task, carried out in a child of this process: as a module process or in process, without the half second that a play costs.

The child is forked, so it can be killed at any moment like a play, and two can run at once; what it prints is its whole output.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import types
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: After so many seconds a child that should have ended at its deadline is taken for hanging.
PATIENCE = 40


@dataclass
class Ran:
    """What a task came to.

    :ivar result: its result, or None when it was killed.
    :ivar output: all that it printed.
    """

    result: dict[str, Any] | None
    output: str
    hung: bool = False

    @property
    def failed(self) -> bool:
        return self.result is None or bool(self.result.get("failed"))

    def codes(self) -> set[str]:
        """Names and codes of all errors in the result."""
        found: set[str] = set()

        def gather(value: Any) -> None:
            if isinstance(value, dict):
                error = value.get("error")
                if isinstance(error, dict):
                    found.update(str(error.get(name)) for name in ("code", "name") if error.get(name) is not None)
                for part in value.values():
                    gather(part)
            elif isinstance(value, list):
                for part in value:
                    gather(part)

        gather(self.result)
        return found


class Child:
    """A running task."""

    def __init__(self, way: str, action: Any, options: dict[str, Any], check: bool, folder: Path, jump: int = 0, killed: bool = False) -> None:
        self.file = Path(tempfile.mkstemp(dir=folder, prefix="said-")[1])
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if not self.pid:
            status = 70
            try:
                handle = os.open(self.file, os.O_WRONLY)
                os.dup2(handle, 1)
                os.dup2(handle, 2)
                sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb", closefd=False), encoding="utf-8", errors="surrogateescape", write_through=True)
                sys.stderr = sys.stdout
                os.chdir(folder)
                if jump:
                    leap(jump)
                status = WAYS[way](action, options, check, folder)
            except BaseException:  # pylint: disable=broad-except
                import traceback

                traceback.print_exc()
            finally:
                with contextlib.suppress(Exception):
                    sys.stdout.flush()
                os._exit(status)

    def end(self, killed: float | None = None) -> Ran:
        """Wait for the end, or bring it about after so many seconds."""
        started = time.monotonic()
        hung = False
        while not os.waitpid(self.pid, os.WNOHANG)[0]:
            age = time.monotonic() - started
            if age > PATIENCE or (killed is not None and age > killed):
                hung = killed is None
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                break
            time.sleep(0.002 if age < 0.3 else 0.01)
        output = self.file.read_text("utf-8", "replace")
        result = None
        for line in output.splitlines():
            if line.startswith("{"):
                with contextlib.suppress(ValueError):
                    result = json.loads(line)
        return Ran(result, output, hung)


def leap(jump: int) -> None:
    """Let the clock of this process jump after its first looks."""
    honest = time.time
    looks = iter(range(10 ** 9))
    time.time = lambda: honest() + (jump if next(looks) > 3 else 0)


def module_process(action: Any, options: dict[str, Any], check: bool, folder: Path) -> int:
    """Carry it out as the platform starts a module: JSON in, JSON out."""
    from ansible.module_utils import basic

    from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module

    basic._ANSIBLE_ARGS = json.dumps({"ANSIBLE_MODULE_ARGS": {
        **options, "_ansible_check_mode": check, "_ansible_diff": True, "_ansible_no_log": False, "_ansible_remote_tmp": str(folder),
        "_ansible_keep_remote_files": False, "_ansible_verbosity": 0, "_ansible_syslog_facility": "LOG_USER", "_ansible_module_name": "campaign",
        "_ansible_version": "2.19", "_ansible_tracebacks_for": []}}).encode()
    if hasattr(basic, "_ANSIBLE_PROFILE"):
        basic._ANSIBLE_PROFILE = "legacy"
    try:
        run_module(action.job)
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def carried_out(action: Any, options: dict[str, Any], check: bool, folder: Path) -> dict[str, Any]:
    """Carry it out as an action plugin does, in this process, and return the result."""
    from ansible import constants

    constants.DEFAULT_LOCAL_TMP = str(folder)
    task = types.SimpleNamespace(args=options, check_mode=check, loop=None, loop_with=None, until=None, async_val=0, become=False, environment=None)
    made = action.__new__(action)
    made._task, made._loader = task, None
    return dict(made.carried_out({}))


def in_process(action: Any, options: dict[str, Any], check: bool, folder: Path) -> int:
    """Carry it out so, and print the result."""
    from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.told import holders

    shown = carried_out(action, options, check, folder)
    for holder in holders(action.job, shown):
        for name in action.job.reveals:
            holder.pop(name, None)  # a play registers a reference here
    print(json.dumps(shown, ensure_ascii=False, default=str))
    return int(bool(shown.get("failed")))


WAYS = {"module": module_process, "in process": in_process}


class PlayChild:
    """A running ``ansible-playbook`` as users start it; takes a second where :class:`Child` takes a tenth.

    :arg action: a task's action plugin, or the play of a role or playbook (``plays.Book``).
    :arg killed: it will be killed, so it is a program of its own with all its processes; otherwise one forked from a prepared one, where that is allowed.
    """

    def __init__(self, way: str, action: Any, options: dict[str, Any], check: bool, folder: Path, jump: int = 0, killed: bool = False) -> None:
        import playing
        import prepared

        self.results, self.said = folder / "said-results.jsonl", folder / "said-play"
        self.whole = hasattr(action, "arguments")
        if self.whole:
            arguments = action.arguments(folder, options)
        else:
            name = action.__module__.rpartition(".")[2]
            book = folder / "said-play.yml"  # it holds the account's password: a user's would be in a vault
            book.touch(0o600)
            book.write_text(json.dumps([{"hosts": "localhost", "gather_facts": False, "tasks": [{"name": "it", "kariz.panels." + name: options}]}]), "utf-8")
            arguments = [str(book)]
        environ = playing.surroundings(folder, "fast", {"KARIZ_TEST_RESULTS": str(self.results)})
        program = os.path.join(os.path.dirname(sys.executable), "ansible-playbook")
        command = [program, "-i", "localhost,", "-c", "local", "-e", "ansible_python_interpreter=%s" % sys.executable, *arguments, *["--check"] * check]
        self.process: subprocess.Popen[bytes] | None = None
        self.code: int | None = None
        if killed or not prepared.suits({}, folder):
            with open(self.said, "wb") as said:
                self.process = subprocess.Popen(  # pylint: disable=consider-using-with
                    command, env=environ, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True)
        else:
            self.thread = threading.Thread(target=self.forked, args=(prepared, command, environ, folder))
            self.thread.start()

    def forked(self, prepared: Any, command: list[str], environ: dict[str, str], folder: Path) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.code, *said = prepared.run(command, environ, folder, self.patience())
            self.said.write_text("".join(said), "utf-8")

    def patience(self) -> float:
        return (3 if self.whole else 1) * PATIENCE + 20

    def end(self, killed: float | None = None) -> Ran:
        """Wait for the end, or bring it about after so many seconds and the start of a play."""
        if self.process is None:
            self.thread.join()
            hung = self.code is None
        else:
            hung = False
            try:
                self.process.wait(self.patience() if killed is None else 1 + (8 if self.whole else 4) * killed)
            except subprocess.TimeoutExpired:
                hung = killed is None
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
            self.code = self.process.returncode
        output = self.said.read_text("utf-8", "replace") if self.said.exists() else ""
        lines = [json.loads(line) for line in self.results.read_text("utf-8").splitlines()] if self.results.exists() else []
        if self.whole:
            return Ran(told(lines, bool(self.code), output), output, hung)
        result = None
        for line in lines:
            result = {"failed": False, **line.get("result", {})}
            if line.get("kind") == "failed":
                result["failed"] = True
        return Ran(result, output, hung)


def told(lines: list[dict[str, Any]], failed: bool, output: str) -> dict[str, Any]:
    """Put the results of a whole play together as if it were one task's."""
    results = [line["result"] for line in lines if isinstance(line.get("result"), dict)]
    whole: dict[str, Any] = {"changed": any(result.get("changed") for result in results), "failed": failed, "results": results}
    messages = [result["msg"] for line, result in zip(lines, results, strict=False) if line["kind"] == "failed" and "msg" in result]
    whole["msg"] = messages[-1] if messages else output[-600:] if failed else ""
    if any(part.get("unknown") for part in parts(results)) or "outcome_unknown" in output:
        whole["summary"] = "unknown"
    return whole


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """All mappings in a value."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for part in value if isinstance(value, list) else ():
        yield from parts(part)


def start(way: str, *task: Any) -> Child | PlayChild:
    """Start a task in one of the ways: ``module``, ``in process``, ``play``; see the two classes."""
    return PlayChild(way, *task) if way == "play" else Child(way, *task)
