# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs pytest and says how many seconds of processor time each test took, with all its processes: `cpu.py tests/integration -n 2`.

Unlike the time on the clock (pytest's --durations), this is the same beside other work. A test pays for what its process did since the one before, its
fixtures included; plays that a prepared process carried out are counted with the test that asked for them. KARIZ_CPU names a file for the whole list.
"""

from __future__ import annotations

import collections
import os
import pathlib
import sys

import pytest

TICKS = os.sysconf("SC_CLK_TCK")
SHOWN = 40
_read: list[float] = []
_costs: list[tuple[float, str]] = []


def spent() -> float:
    """Processor time of this process and of all below it, those that ended included, in seconds."""
    times, children = {}, collections.defaultdict(list)
    for place in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        number = int(place.parent.name)
        times[number] = sum(map(int, fields[11:15]))
        children[int(fields[1])].append(number)
    family = [os.getpid()]
    for number in family:
        family += children[number]
    return sum(times[number] for number in family) / TICKS


def pytest_runtest_logstart() -> None:
    if not _read:
        _read.append(spent())


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(call):
    report = (yield).get_result()
    if call.when == "teardown":
        now = spent()
        report.user_properties.append(("cpu", now - _read[-1]))
        _read[:] = [now]


def pytest_runtest_logreport(report) -> None:
    if report.when == "teardown":
        _costs.append((dict(report.user_properties)["cpu"], report.nodeid))


def pytest_terminal_summary(terminalreporter) -> None:
    files: dict[str, list[float]] = collections.defaultdict(list)
    for seconds, name in _costs:
        files[name.partition("::")[0]].append(seconds)
    lines = [f"{seconds:8.2f}  {name}" for seconds, name in sorted(_costs, reverse=True)]
    whole = [f"{sum(some):8.2f}  {name} ({len(some)})" for name, some in sorted(files.items(), key=lambda entry: -sum(entry[1]))]
    terminalreporter.section("seconds of processor time")
    for line in [*lines[:SHOWN], "", *whole[:SHOWN], f"{sum(cost for cost, _name in _costs):8.2f}  all {len(_costs)} tests"]:
        terminalreporter.write_line(line)
    if os.environ.get("KARIZ_CPU"):
        pathlib.Path(os.environ["KARIZ_CPU"]).write_text("\n".join([*lines, "", *whole, ""]), "utf-8")


if __name__ == "__main__":
    sys.exit(pytest.main(["-p", pathlib.Path(__file__).stem, "-q", *sys.argv[1:]]))
