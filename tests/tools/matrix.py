# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the collection on every ansible-core it supports: plugins load, smoke tests, and the sanity tests that differ by core.

Without arguments all cells, two at a time; with the name of a cell that one.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

from steps import ROOT, TOOLS, Step, run

CELLS = {"2.19": "3.11", "2.20": "3.12", "2.21": "3.13"}  # ansible-core: Python
# The libraries that long-lived distributions have, where a cell does not take the pinned ones.
LIBRARIES = {"2.19": ("requests==2.28.2", "urllib3==1.26.20")}
FOLDER = ROOT / ".venv-matrix"
COLLECTION = "kariz.panels"
PLUGIN_TYPES = ("module", "lookup", "filter", "test", "inventory", "callback")
# What meets the libraries below requests, of which a cell may have old ones.
TRANSPORT = tuple(f"tests/unit/test_core_{name}.py" for name in ("bodies", "session", "transport", "transport_reasons"))
# On the cell's own Python; make test runs all of them, but imports only what runs on managed hosts.
SANITY = ("ansible-doc", "compile", "import", "runtime-metadata", "validate-modules")
NOT_RUN = 77  # what test suites answer when they cannot run here


def prepare(core: str, python: str, env: pathlib.Path) -> None:
    """Make the cell's environment; an existing one is kept while its requirements stay the same."""
    # The pinned requirements, but another core.
    requirements = [line for line in (ROOT / "tests/requirements/run.txt").read_text("utf-8").splitlines() if not line.startswith("ansible-core")]
    names = tuple(library.partition("==")[0] for library in LIBRARIES.get(core, ()))
    requirements = [line for line in requirements if line.partition("==")[0] not in names] + list(LIBRARIES.get(core, ()))
    requirements.append(f"ansible-core~={core}.0")
    wanted = json.dumps([str(ROOT), python, requirements, (ROOT / "tests/requirements/test.txt").read_text("utf-8")])
    stamp = env / "stamp.json"
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    shutil.rmtree(env, ignore_errors=True)
    subprocess.run([python, "-m", "venv", str(env)], check=True)
    listing = env / "requirements.txt"
    listing.write_text("\n".join([*requirements, f"-r {ROOT / 'tests/requirements/test.txt'}"]) + "\n", "utf-8")
    subprocess.run([str(env / "bin/python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "-r", str(listing)], check=True)
    stamp.write_text(wanted, "utf-8")


def check_documentation() -> int:
    """Every plugin file is found and documented under the name it has."""
    total = 0
    for kind in PLUGIN_TYPES:
        folder = ROOT / "plugins" / ("modules" if kind == "module" else kind)
        # filters and tests are functions; their documentation stands in .yml files or in the plugin
        files = {path.stem for path in folder.glob("[!_]*.yml")}
        files |= {path.stem for path in folder.glob("[!_]*.py") if "\nDOCUMENTATION = " in path.read_text("utf-8")}
        listing = subprocess.run(["ansible-doc", "--type", kind, "--list", "--json", COLLECTION], stdout=subprocess.PIPE, text=True, check=True)
        found = sorted(json.loads(listing.stdout or "{}"))
        if bool(files) != bool(found) or (kind == "module" and len(found) != len(files)):
            print(f"ansible-doc lists {len(found)} {kind} plugins, there are {len(files)} files: {found}")
            return 1
        if found:
            subprocess.run(["ansible-doc", "--type", kind, "--json", *found], stdout=subprocess.DEVNULL, check=True)
        total += len(found)
    print(f"{total} plugins documented", flush=True)
    return 0


def cell(core: str) -> int:
    """Run one cell; its output is the log that a failure shows."""
    python = subprocess.run(["sh", str(TOOLS / "find_python.sh"), CELLS[core]], stdout=subprocess.PIPE, text=True, check=False).stdout.strip()
    if not python:
        print(f"not run: no Python {CELLS[core]} here")
        return 1 if os.environ.get("CI") == "true" else NOT_RUN
    env = FOLDER / f"core-{core}"
    begin = time.monotonic()
    prepare(core, python, env)
    os.environ["PATH"] = f"{env / 'bin'}{os.pathsep}{os.environ['PATH']}"
    version = subprocess.run(["ansible", "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()[0]
    print(f"{version}, Python {CELLS[core]}, ready after {time.monotonic() - begin:.0f} s", flush=True)
    failed = ["ansible-doc"] if check_documentation() else []
    own_python = str(env / "bin/python")
    # From the copy: pytest and ansible-test both see the collection where a user has it.
    commands = {
        "libraries": [own_python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TRANSPORT],
        "smoke": [own_python, "-m", "pytest", "-q", "-m", "smoke", "-p", "no:cacheprovider", "tests/integration"],
        "sanity": [own_python, str(TOOLS / "run_ansible_test.py"), "sanity", "--python", CELLS[core], *(f"--test={name}" for name in SANITY)],
    }
    # Here each play is the program itself, from its start on.
    os.environ["KARIZ_TEST_FRESH"] = "1"
    for name, command in commands.items():
        begin = time.monotonic()
        code = subprocess.run(command, check=False).returncode
        print(f"{name}: {'ok' if code == 0 else f'exit status {code}'} after {time.monotonic() - begin:.0f} s", flush=True)
        if code:
            failed.append(name)
    print(f"core {core}: {'FAILED: ' + ', '.join(failed) if failed else 'passed'}")
    return 1 if failed else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cell", choices=CELLS, help="run this one in the current folder, a copy of the collection")
    parser.add_argument("cells", nargs="*", metavar="CORE", help=f"some of {', '.join(CELLS)}")
    chosen = parser.parse_args()
    if chosen.cell:
        return cell(chosen.cell)
    wanted = chosen.cells or list(CELLS)
    steps = [
        Step(f"core {core}", [sys.executable, str(TOOLS / "matrix.py"), "--cell", core], in_copy=True, closing=r"passed|documented|: ok after", not_run=NOT_RUN)
        for core in wanted
    ]
    return run(steps, pathlib.Path(sys.executable).parent, "cells")


if __name__ == "__main__":
    sys.exit(main())
