# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs unit tests of the copy of the collection it was started in, again and again, each time in a process of its own; for mutants.py.

Three generations, each forked from the one before: this process has imported what all tests use of others; the *room* has imported the collection, collected
the tests of a room and made the simulator's vendors; a *trial* puts a changed function in the place of the whole one and runs tests. What happens while a
module is imported can only be changed before that: such a trial is forked from this process and collects for itself.

A line of JSON on the standard input asks for something, a line answers: pytest's exit status, or a negative number where it was stopped.

``{"room": [files of tests], "sources": [files], "told": file, "log": file}``
    Make a room. Unless ``told`` is empty, run all its tests, and note there which lines of the sources each of them reaches and how long it takes.
``{"path": file, "names": [tests], "seconds": 5.0, "imported": false}``
    Run these tests in this order until one fails, with the changed ``path``, which lies there already; ``imported``: with all of it imported anew.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import inspect
import json
import os
import pathlib
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any

import ansible.module_utils.basic  # noqa: F401  # pylint: disable=unused-import
import ansible.plugins.action  # noqa: F401  # pylint: disable=unused-import
import ansible.template  # noqa: F401  # pylint: disable=unused-import
import hypothesis  # noqa: F401  # pylint: disable=unused-import
import pytest
import requests  # noqa: F401  # pylint: disable=unused-import

with contextlib.suppress(ImportError):
    # What the simulator needs; the tests of the core do without.
    import aiohttp.web  # noqa: F401  # pylint: disable=unused-import
    import jsonschema_rs  # noqa: F401  # pylint: disable=unused-import
    import orjson  # noqa: F401  # pylint: disable=unused-import

#: Seconds that a trial has, once it is late, to take down what its tests have put up.
GRACE = 10
#: The changed function is none that the room has; pytest has no such exit status.
NOT_THERE = 77
_BECOME_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER: what a trial leaves behind becomes a child of ours


class Late(BaseException):
    """A trial takes longer than it may."""


class Reach:
    """Notes which lines of some files each test reaches. Before Python 3.12 nobody can tell, so that every test counts as reaching all."""

    def __init__(self, sources: list[str]) -> None:
        self.sources = {str(pathlib.Path(name).resolve()): name for name in sources}
        self.outside: set[tuple[str, int]] = set()
        self.now = self.outside
        self.lines: dict[str, set[tuple[str, int]]] = {}
        self.seconds: dict[str, float] = {}
        self.tool = getattr(sys, "monitoring", None)
        if self.tool is not None:
            self.tool.use_tool_id(self.tool.COVERAGE_ID, "kariz.panels")
            self.tool.register_callback(self.tool.COVERAGE_ID, self.tool.events.LINE, self.line)
            self.tool.set_events(self.tool.COVERAGE_ID, self.tool.events.LINE)

    def line(self, code: CodeType, number: int) -> Any:
        name = self.sources.get(code.co_filename)
        if name is not None:
            self.now.add((name, number))
        return self.tool.DISABLE

    def stop(self) -> None:
        if self.tool is not None:
            self.tool.set_events(self.tool.COVERAGE_ID, 0)
        self.tool = None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        self.now = self.lines[item.nodeid] = set()
        if self.tool is not None:
            self.tool.restart_events()
        began = time.monotonic()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = time.monotonic() - began
            self.now = self.outside

    def tell(self, told: str) -> None:
        if self.tool is None:
            self.outside = {(name, number) for name in self.sources.values() for number in range(1, 5000)}
        with open(told, "w", encoding="utf-8") as file:
            json.dump({"seconds": self.seconds, "lines": {name: sorted(lines) for name, lines in self.lines.items()}, "outside": sorted(self.outside)}, file)


class Room:
    """Once its tests are collected, carries out what it is asked instead of running them."""

    def __init__(self, asked: dict, pipe: Any) -> None:
        self.asked, self.pipe = asked, pipe
        self.reach = Reach(asked["sources"])
        self.whole = {path: pathlib.Path(path).read_text("utf-8") for path in self.reach.sources}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        subreaper()
        if any("vendors" in item.fixturenames for item in session.items):
            import resources
            # Reading their contracts takes longer than a test.
            made = {strict: resources.Wire(strict) for strict in (True, False)}
            for wire in made.values():
                wire.close = lambda: None
            resources.Wire = made.__getitem__
        self.items = {item.nodeid: item for item in session.items}
        # What is kept out of searches for garbage would not be found.
        gc.unfreeze()
        self.functions = [thing for thing in gc.get_objects() if isinstance(thing, FunctionType)]
        self.pipe.write("%d\n" % (trial(lambda: self.measure(session), 900) if self.asked["told"] else 0))
        for line in self.pipe:
            asked = json.loads(line)
            self.pipe.write("%d\n" % trial(lambda asked=asked: self.changed(session, asked), asked["seconds"]))
        return True

    def measure(self, session: pytest.Session) -> int:
        session.config.pluginmanager.register(self.reach)
        status = carried_out(session, session.items)
        if status:
            session.config.pluginmanager.get_plugin("terminalreporter").summary_failures()
        self.reach.tell(self.asked["told"])
        return status

    def changed(self, session: pytest.Session, asked: dict) -> int:
        self.reach.stop()
        path = str(pathlib.Path(asked["path"]).resolve())
        if not swap(self.functions, path, self.whole[path], pathlib.Path(path).read_text("utf-8")):
            return NOT_THERE
        return carried_out(session, [self.items[name] for name in asked["names"]])


def outermost(code: CodeType) -> Iterator[CodeType]:
    """Yield the functions of a module and of its classes, not those inside functions."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if inner.co_flags & inspect.CO_OPTIMIZED:
                yield inner
            else:
                yield from outermost(inner)


def swap(functions: list[FunctionType], path: str, whole: str, changed: str) -> bool:
    """Let every function whose text is changed do what the changed text says; return whether there is one."""
    pairs = zip(outermost(compile(whole, path, "exec")), outermost(compile(changed, path, "exec")), strict=True)
    other = {before: after for before, after in pairs if before != after}
    found = [function for function in functions if function.__code__.co_filename == path and function.__code__ in other]
    for function in found:
        function.__code__ = other[function.__code__]
    return bool(found)


def carried_out(session: pytest.Session, items: list[pytest.Item]) -> int:
    """Run tests until one fails, take down what they have put up, and return pytest's exit status."""
    try:
        for item, following in zip(items, [*items[1:], None], strict=True):
            session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.shouldfail or session.shouldstop:
                break
    finally:
        session._setupstate.teardown_exact(None)
    return 1 if session.testsfailed else 0


class Order:
    """Runs the named tests only, in their order. A change that gives tests other names is told by all of them."""

    def __init__(self, names: list[str]) -> None:
        self.names = names

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list) -> None:
        there = {item.nodeid: item for item in items}
        if all(name in there for name in self.names):
            items[:] = [there[name] for name in self.names]


def collect(files: list[str], plugin: object, log: str = os.devnull) -> int:
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    out = os.open(log, os.O_WRONLY)
    os.dup2(out, 1)
    os.dup2(out, 2)
    return int(pytest.main(["-q", "-x", "-p", "no:cacheprovider", *files], [plugin]))


def forked(work: Callable[[], int]) -> int:
    """Fork a process that does some work and ends with what it returns; return its number."""
    child = os.fork()
    if child == 0:
        status = 99
        try:
            status = work()
        finally:
            sys.stdout.flush()
            os._exit(status)
    return child


def subreaper() -> None:
    ctypes.CDLL(None).prctl(_BECOME_SUBREAPER, 1, 0, 0, 0)


def trial(work: Callable[[], int], seconds: float, but: int = 0) -> int:
    """Do some work in a process of its own, for so many seconds of the processor and four times as long by the clock; return its exit status.

    Whatever it started and all files that it left in the temporary folder are gone afterwards; of our own children only ``but`` is spared.
    """
    # Tests that let others in know the folders of pytest by this word.
    folder = tempfile.mkdtemp(prefix="pytest-")

    def late(*_signal: Any) -> None:
        raise Late

    def guarded() -> int:
        tempfile.tempdir = os.environ["TMPDIR"] = folder
        signal.signal(signal.SIGPROF, late)
        signal.setitimer(signal.ITIMER_PROF, seconds, GRACE)
        return work()

    child = forked(guarded)

    def stop(*_signal: Any) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGPROF)
        signal.signal(signal.SIGALRM, lambda *_signal: os.kill(child, signal.SIGKILL))

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 4 * seconds, GRACE)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    signal.setitimer(signal.ITIMER_REAL, 0)
    ours = pathlib.Path("/proc/self/task/%d/children" % os.getpid())
    while left := {int(number) for number in ours.read_text("ascii").split()} - {but}:
        for number in left:
            os.kill(number, signal.SIGKILL)
            os.waitpid(number, 0)
    shutil.rmtree(folder, ignore_errors=True)
    return status


def main() -> None:
    subreaper()
    room, pipe = 0, None

    def leave() -> None:
        if pipe is not None:
            pipe.close()
            os.waitpid(room, 0)

    for line in sys.stdin:
        asked = json.loads(line)
        if "room" in asked:
            leave()
            ours, theirs = (end.makefile("rw", buffering=1) for end in socket.socketpair())

            def opened(asked: dict = asked, ours: Any = ours, theirs: Any = theirs) -> int:
                ours.close()
                return collect(asked["room"], Room(asked, theirs), asked["log"])
            room, pipe = forked(opened), ours
            theirs.close()
            answer = ours.readline()
            print(answer.strip() or "99", flush=True)
            continue
        if not asked["imported"]:
            pipe.write(line)
            answer = pipe.readline()
        if asked["imported"] or answer == "%d\n" % NOT_THERE:
            def anew(asked: dict = asked) -> int:
                return collect(sorted({name.partition("::")[0] for name in asked["names"]}), Order(asked["names"]))
            answer = "%d\n" % trial(anew, 10 + asked["seconds"], room)
        print(answer.strip() or "99", flush=True)
    leave()


if __name__ == "__main__":
    main()
