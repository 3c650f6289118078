# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs unit tests of the copy of the collection it was started in, again and again, each time in a process of its own; for mutants.py.

What all of them import of others is imported once, and nothing of the collection. A line of JSON on the standard input asks for a trial:
``files`` to collect, ``seconds`` until it is stopped, ``names`` of the tests to run in this order (all, when left out); with ``sources`` and ``told``
it notes in the file ``told`` which lines of the sources each test reaches and how long it takes; what pytest says goes to the file ``log``. The answer is
pytest's exit status, or ``late``.
"""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import signal
import sys
import time

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


class Order:
    """Runs the named tests only, in their order. A change that gives tests other names is told by all of them."""

    def __init__(self, names: list[str]) -> None:
        self.names = names

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list) -> None:
        there = {item.nodeid: item for item in items}
        if all(name in there for name in self.names):
            items[:] = [there[name] for name in self.names]


class Reach:
    """Notes which lines of some files each test reaches. Before Python 3.12 nobody can tell, so that every test counts as reaching all."""

    def __init__(self, sources: list[str], told: str) -> None:
        self.sources = {str(pathlib.Path(name).resolve()): name for name in sources}
        self.told = told
        self.outside: set[tuple[str, int]] = set()
        self.now = self.outside
        self.lines: dict[str, set[tuple[str, int]]] = {}
        self.seconds: dict[str, float] = {}
        self.tool = getattr(sys, "monitoring", None)
        if self.tool is not None:
            self.tool.use_tool_id(self.tool.COVERAGE_ID, "kariz.panels")
            self.tool.register_callback(self.tool.COVERAGE_ID, self.tool.events.LINE, self.line)
            self.tool.set_events(self.tool.COVERAGE_ID, self.tool.events.LINE)

    def line(self, code, number):
        name = self.sources.get(code.co_filename)
        if name is not None:
            self.now.add((name, number))
        return self.tool.DISABLE

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

    def pytest_sessionfinish(self):
        if self.tool is None:
            self.outside = {(name, number) for name in self.sources.values() for number in range(1, 5000)}
        with open(self.told, "w", encoding="utf-8") as file:
            json.dump({"seconds": self.seconds, "lines": {name: sorted(lines) for name, lines in self.lines.items()}, "outside": sorted(self.outside)}, file)


def carry_out(asked: dict) -> int:
    """Run tests in this process and return pytest's exit status."""
    plugins: list = [Order(asked["names"])] if "names" in asked else []
    if "told" in asked:
        plugins.append(Reach(asked["sources"], asked["told"]))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    out = os.open(asked.get("log") or os.devnull, os.O_WRONLY)
    os.dup2(out, 1)
    os.dup2(out, 2)
    return int(pytest.main(["-q", "-x", "-p", "no:cacheprovider", *asked["files"]], plugins))


def trial(asked: dict) -> str:
    child = os.fork()
    if child == 0:
        status = 99
        try:
            os.setsid()
            status = carry_out(asked)
        finally:
            sys.stdout.flush()
            os._exit(status)
    signal.signal(signal.SIGALRM, lambda *_more: stop(child))
    signal.setitimer(signal.ITIMER_REAL, asked["seconds"])
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    signal.setitimer(signal.ITIMER_REAL, 0)
    return "late" if status < 0 else str(status)


def stop(child: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)


if __name__ == "__main__":
    for asked_for in sys.stdin:
        print(trial(json.loads(asked_for)), flush=True)
