# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs named steps, two at a time, and says in one line each how they went."""

from __future__ import annotations

import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = ROOT / "tests" / "tools"
COLLECTIONS = ROOT / ".venv" / "collections"
MADE_HERE = {".ansible", ".git", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".venv", ".venv-matrix", "__pycache__", "build", "output"}
# Settings of the person who runs the tests must not change what they do or compile everything anew in each process, and never reach a real vendor.
FOREIGN_SETTINGS = ("ANSIBLE_", "KARIZ_", "ALOCOM_", "DELTASIB_", "PAYAMSMS_", "PODSPACE_", "SMSPANEL_", "PYTEST_ADDOPTS", "PYTHONDONTWRITEBYTECODE")
SLOTS = 2


@dataclass
class Step:
    name: str
    command: list[str]
    slots: int = 1  # 2: alone on the machine, because it is parallel itself or measures time
    in_copy: bool = False  # for tools which do not accept a link as the collection's folder, or leave files behind
    own_home: bool = False  # for tools that keep state in the user's Ansible folder under the checkout's name, which two runs at once would share
    env: dict[str, str] = field(default_factory=dict)
    closing: str = ""  # expression for the lines of the output that are shown when all went well
    not_run: int | None = None  # exit status that means "cannot run on this machine", shown and not counted as failed
    watch: bool = False  # show the output as it comes when this is the only step
    silence: int = 600  # seconds without a sign of life (output) after which it is stopped; a slow machine may take as long as it needs


def environment(bin_folder: pathlib.Path) -> dict[str, str]:
    """The environment of a step: its own tools first, nothing of the user's Ansible settings."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(FOREIGN_SETTINGS)}
    env["PATH"] = f"{bin_folder}{os.pathsep}{env['PATH']}"
    env["ANSIBLE_COLLECTIONS_PATH"] = env["PYTHONPATH"] = env["MYPYPATH"] = str(COLLECTIONS)
    env["PYTHONUNBUFFERED"] = "1"
    env["NO_COLOR"] = "1"
    env.setdefault("LC_ALL", "C.UTF-8")  # Ansible refuses to start without UTF-8
    return env


def source_files() -> list[str]:
    """What belongs to the collection: as git sees it, or without git everything that no tool made."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        listing = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
        )
        if listing.returncode == 0:
            names = listing.stdout.decode().split("\0")
            return sorted({name for name in names if name and os.path.lexists(ROOT / name)})
    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in MADE_HERE]
        found += [os.path.relpath(os.path.join(folder, name), ROOT) for name in files if not name.endswith((".pyc", ".tar.gz"))]
    return sorted(found)


def copy_collection(parent: str) -> pathlib.Path:
    """Copy the collection into PARENT/ansible_collections/kariz/panels."""
    target = pathlib.Path(parent, "ansible_collections", "kariz", "panels")
    for name in source_files():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target / name, follow_symlinks=False)
    return target


class Running:
    """A step's process, its log and its temporary folder."""

    def __init__(self, step: Step, bin_folder: pathlib.Path, live: bool) -> None:
        self.step = step
        self.started = self.last_sign = time.monotonic()
        self.written = 0
        self.overdue = False
        self.live = live
        self.folder = tempfile.TemporaryDirectory(prefix="kariz-")
        self.log = pathlib.Path(self.folder.name, "log")
        env = environment(bin_folder) | step.env
        where = ROOT
        if step.in_copy:
            where = copy_collection(self.folder.name)
            env["ANSIBLE_COLLECTIONS_PATH"] = env["PYTHONPATH"] = env["MYPYPATH"] = self.folder.name
        if step.own_home:
            env["ANSIBLE_HOME"] = os.path.join(self.folder.name, "home")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                step.command, cwd=where, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def listen(self) -> None:
        """Note whether the step has said anything since the last time; show it when it is watched."""
        size = self.log.stat().st_size
        if size == self.written:
            return
        if self.live:
            with self.log.open("rb") as log:
                log.seek(self.written)
                sys.stdout.buffer.write(log.read(size - self.written))
                sys.stdout.flush()
        self.written = size
        self.last_sign = time.monotonic()

    @property
    def silent(self) -> bool:
        return time.monotonic() - self.last_sign > self.step.silence

    def stop(self) -> None:
        """End the step with all that it started: politely, and after ten seconds for good."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(self.process.pid, sign)
                self.process.wait(10)

    def text(self) -> str:
        """The output, with the checkout's own paths whichever copy a tool worked on."""
        return re.sub(r"[^\s:'\"]*ansible_collections/kariz/panels/", "", self.log.read_text("utf-8", "replace"))


class Board:
    """The lines the user sees. On a terminal the last one shows what is running now."""

    def __init__(self) -> None:
        self.terminal = sys.stdout.isatty()
        self.last_sign = time.monotonic()

    def line(self, text: str) -> None:
        clear = "\r\033[K" if self.terminal else ""
        print(f"{clear}{text}", flush=True)
        self.last_sign = time.monotonic()

    def running(self, steps: list[Running]) -> None:
        text = "  ...  " + ", ".join(f"{one.step.name} {one.seconds:.0f} s" for one in steps)
        if self.terminal:
            print(f"\r\033[K{text[: shutil.get_terminal_size().columns - 1]}", end="", flush=True)
        elif time.monotonic() - self.last_sign > 30:
            self.line(text)


def report(board: Board, done: Running) -> str:
    """Print how a step went and answer `ok`, `not run` or `FAILED`."""
    code = done.process.returncode
    text = done.text()
    if code == done.step.not_run:
        verdict = "not run"
    else:
        verdict = "FAILED" if code else "ok"
    board.line(f"  {verdict:<7} {done.step.name:<18} {done.seconds:6.1f} s")
    if verdict == "FAILED":
        reason = f"stopped after {done.step.silence} s without a sign of life" if done.overdue else f"exit status {code}"
        board.line(f"{'' if done.live else text.rstrip()}\n  ^^^^ {done.step.name}: {reason} ({' '.join(done.step.command)})\n")
    elif verdict == "not run":
        board.line(f"            {text.strip()}")
    elif done.step.closing:
        for line in re.findall(rf"^.*(?:{done.step.closing}).*$", text, re.MULTILINE):
            board.line(f"            {line.strip('= ')}")
    return verdict


def run(steps: list[Step], bin_folder: pathlib.Path, what: str = "steps") -> int:
    """Run all steps and print the closing line; the answer is the exit status."""
    board = Board()
    begin = time.monotonic()
    waiting = list(steps)
    running: list[Running] = []
    verdicts: dict[str, str] = {}
    skipped: list[str] = []
    live = len(steps) == 1 and steps[0].watch
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # end like Ctrl-C: with all that was started
    try:
        while waiting or running:
            free = SLOTS - sum(one.step.slots for one in running)
            # The first that fits, so that a step for two slots never holds up the small ones.
            for step in [step for step in waiting if step.slots <= free][:1]:
                waiting.remove(step)
                running.append(Running(step, bin_folder, live))
            for one in list(running):
                ended = one.process.poll() is not None
                one.listen()
                if not ended and one.silent:
                    one.overdue = True
                    one.stop()
                if one.process.poll() is not None:
                    running.remove(one)
                    verdicts[one.step.name] = report(board, one)
                    # What a machine cannot offer is no failure, but nobody shall overlook it.
                    skipped += re.findall(r"^SKIPPED \[\d+\] \S+ (.+)$", one.text(), re.MULTILINE)
                    one.folder.cleanup()
            if not live:
                board.running(running)
            time.sleep(0.1)
    except KeyboardInterrupt:
        board.line("kariz.panels: interrupted")
        return 130
    finally:
        for one in running:
            one.stop()
            one.folder.cleanup()
    seconds = time.monotonic() - begin
    failed = [name for name, verdict in verdicts.items() if verdict == "FAILED"]
    not_run = [name for name, verdict in verdicts.items() if verdict == "not run"]
    if failed:
        board.line(f"kariz.panels: FAILED: {', '.join(failed)}")
        return 1
    if not_run:
        board.line(f"kariz.panels: {len(steps) - len(not_run)} of {len(steps)} {what} passed in {seconds:.0f} s, not run: {', '.join(not_run)}")
        return 0
    passed = f"all {len(steps)} {what}" if len(steps) > 1 else steps[0].name
    without = f", skipped: {'; '.join(dict.fromkeys(skipped))}" if skipped else ""
    board.line(f"kariz.panels: {passed} passed in {seconds:.0f} s{without}")
    return 0
