# SPDX-License-Identifier: GPL-3.0-or-later
"""Starting, telling, stopping."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest


def start(folder: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, str(folder), *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_ready_line_then_silence_and_a_clean_stop(simulator_folder: Path, tmp_path: Path, number: signal.Signals) -> None:
    ready_file = tmp_path / "ready.json"
    process = start(simulator_folder, "--ready-file", str(ready_file), "--vendor", "alocom")
    assert process.stdout is not None
    line = process.stdout.readline()
    ready = json.loads(line)
    assert ready["pid"] == process.pid
    assert ready["alocom"] == ready["control"].replace("/_control", "/alocom")
    assert json.loads(ready_file.read_text()) == ready
    with urllib.request.urlopen(ready["control"]) as answer:
        assert json.load(answer) == {"vendors": ["alocom"], "pid": process.pid}
    process.send_signal(number)
    rest, errors = process.communicate(timeout=120)
    assert (rest, errors, process.returncode) == ("", "", 0)
    assert not ready_file.exists()


def test_a_request_that_hangs_does_not_hold_up_the_stop(simulator_folder: Path) -> None:
    process = start(simulator_folder)
    assert process.stdout is not None
    ready = json.loads(process.stdout.readline())
    fault = urllib.request.Request(ready["control"] + "/faults", b'[{"kind": "black_hole"}]', method="POST")
    urllib.request.urlopen(fault).close()
    with pytest.raises(OSError):
        urllib.request.urlopen(ready["alocom"] + "/api/v1/auth/logout", timeout=0.2)
    process.terminate()
    # The request hangs for as long as nobody clears the fault: without the stop this would never end.
    _output, errors = process.communicate(timeout=120)
    assert (errors, process.returncode) == ("", 0)


def test_stops_when_the_parent_is_gone(simulator_folder: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    process = start(simulator_folder, "--parent", str(parent.pid))
    assert process.stdout is not None and process.stdout.readline()
    parent.terminate()
    # Not waited for on purpose: a parent which is only a zombie is gone as well.
    _output, errors = process.communicate(timeout=120)
    parent.communicate()
    assert (errors, process.returncode) == ("", 0)


def test_stops_after_its_time(simulator_folder: Path) -> None:
    process = start(simulator_folder, "--max-seconds", "0.2")
    out, errors = process.communicate(timeout=120)
    assert (len(out.splitlines()), errors, process.returncode) == (1, "", 0)


def test_the_given_port_is_used(simulator_folder: Path, process) -> None:
    taken = process.url("alocom").rpartition(":")[2].partition("/")[0]
    second = start(simulator_folder, "--port", taken)
    out, errors = second.communicate(timeout=120)
    assert out == "" and "address already in use" in errors and second.returncode != 0


def test_an_unknown_vendor_is_refused(simulator_folder: Path) -> None:
    second = start(simulator_folder, "--vendor", "nobody")
    out, errors = second.communicate(timeout=120)
    assert out == "" and "nobody" in errors and second.returncode == 2


def test_nothing_is_left_behind(process) -> None:
    other = type(process).start(vendors=["alocom"])
    assert other.stop() == 0
    with pytest.raises(ProcessLookupError):
        os.kill(other.ready["pid"], 0)
