# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m kariz_simulator.daemon`: one simulator that runs on behind a play, as JSON on the standard input wants it; for the role `simulator`.

Read: `state` (`started`, `stopped`), `path` (a folder), `port`, `vendors`, `strict`, `hours`, `settings` (by vendor), `seed`, `seeds`, `faults`, `reset`,
`check` (tell what would be done). Written: one line of JSON with `changed`, `did`, `running`, and while it runs `control` and `environment`.
Standard library only.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .accounts import ACCOUNTS, credentials
from .client import FOLDER, Remote, SimulatorError

#: Seconds that a start may take on a slow machine, and a stop until it is done by force.
PATIENCE = {"start": 60, "stop": 10}


class Daemon:
    """The simulator of one folder. The folder belongs to one user: what runs can be told from there to make faults and to stop."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self.asked = asked
        self.path = Path(asked["path"]).expanduser()
        self.file = self.path / "simulator.json"
        self.log = self.path / "simulator.log"
        self.did: list[str] = []
        self.check = bool(asked.get("check"))

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Two plays that start at the same moment get one simulator."""
        if self.check:
            yield
            return
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(self.path / "simulator.lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def running(self, patient: bool = True) -> Remote | None:
        """The simulator of the folder, when it is there and is the one that was started: its number may be another's by now.

        One that is slow to answer is there: another in its place would have forgotten everything. `patient` says so with an error.
        """
        try:
            ready = json.loads(self.file.read_text(encoding="utf-8"))
            remote = Remote(ready)
            return remote if remote.control("GET", "")["pid"] == ready["pid"] else None
        except (OSError, ValueError, KeyError) as error:
            reason = error.reason if isinstance(error, urllib.error.URLError) else error
            if patient and isinstance(reason, TimeoutError):
                raise SimulatorError(f"the simulator of {self.path} does not answer; end its process ({ready['pid']})") from None
            return None

    def start(self) -> Remote | None:
        self.did.append("started")
        if self.check:
            return None
        self.file.unlink(missing_ok=True)
        asked = self.asked
        command = [sys.executable, str(FOLDER), "--port", str(asked.get("port") or 0), "--ready-file", str(self.file)]
        command += ["--max-seconds", str(float(asked.get("hours") or 12) * 3600), *(["--strict"] if asked.get("strict") else [])]
        for vendor in asked.get("vendors") or ():
            command += ["--vendor", vendor]
        with open(self.log, "wb") as log:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd="/")
        end = time.monotonic() + PATIENCE["start"]
        while process.poll() is None and time.monotonic() < end:
            found = self.running(patient=False) if self.file.exists() else None
            if found is not None:
                return found
            time.sleep(0.02)
        if process.poll() is None:
            process.kill()
        said = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        raise SimulatorError(f"the simulator did not start: {said[-1] if said else 'it said nothing'} (all of it: {self.log})")

    def stop(self, remote: Remote) -> None:
        self.did.append("stopped")
        if self.check:
            return
        pid = remote.ready["pid"]
        end = time.monotonic() + PATIENCE["stop"]
        sign = signal.SIGTERM
        try:
            os.kill(pid, sign)
            while self.running(patient=False) is not None or self.file.exists():
                if time.monotonic() > end and sign != signal.SIGKILL:
                    sign = signal.SIGKILL
                    os.kill(pid, sign)
                    self.file.unlink(missing_ok=True)
                time.sleep(0.02)
        except ProcessLookupError:
            self.file.unlink(missing_ok=True)

    def fill(self, remote: Remote) -> None:
        """A fresh state, as asked."""
        settings = self.asked.get("settings") or {}
        for vendor in remote.control("GET", "")["vendors"]:
            remote.reset(vendor, self.asked.get("seed") or "default", **(settings.get(vendor) or {}))
        for one in self.asked.get("seeds") or ():
            remote.control("POST", "seed", one)

    def adjust(self, remote: Remote) -> None:
        """Settings of one that runs, its state stays."""
        for vendor, wanted in (self.asked.get("settings") or {}).items():
            # A name that is none is refused by the call that follows; what is set is told by a change of nothing.
            present = remote.settings(vendor)["settings"]
            if any(present.get(name) != value for name, value in wanted.items()):
                self.did.append(f"settings of {vendor}")
                if not self.check:
                    remote.settings(vendor, **wanted)

    def break_it(self, remote: Remote) -> None:
        """The faults as asked, when they are not there or have been used."""
        wanted = self.asked.get("faults")
        if wanted is None:
            return
        present = remote.faults()
        same = len(present) == len(wanted) and all(
            there["hits"] == 0 and all(there.get(name) == value for name, value in fault.items()) for there, fault in zip(present, wanted))
        if same:
            return
        self.did.append("faults" if wanted else "no faults")
        if not self.check:
            remote.clear_faults()
            if wanted:
                remote.faults(wanted)

    def carry_out(self) -> dict[str, Any]:
        with self.alone():
            remote = self.running()
            if self.asked.get("state") == "stopped":
                if remote is not None:
                    self.stop(remote)
                return {"changed": bool(self.did), "did": self.did, "running": self.check and remote is not None}
            if remote is None:
                remote = self.start()
                fresh = True
            else:
                runs = set(remote.control("GET", "")["vendors"])
                lacking = sorted(set(self.asked.get("vendors") or ()) - runs)
                if lacking:
                    raise SimulatorError(f"the simulator of {self.path} runs without {', '.join(lacking)}; stop it first")
                fresh = bool(self.asked.get("reset"))
                if fresh:
                    self.did.append("reset")
            if remote is None:
                return {"changed": True, "did": self.did, "running": False, "environment": {}}
            try:
                if not fresh:
                    self.adjust(remote)
                elif not self.check:
                    self.fill(remote)
                self.break_it(remote)
            except SimulatorError:
                if "started" in self.did:
                    self.stop(remote)
                raise
            told = {"environment": credentials(remote), "control": remote.ready["control"], "pid": remote.ready["pid"]}
            return {"changed": bool(self.did), "did": self.did, "running": True, **told}


def main() -> None:
    asked = json.load(sys.stdin)
    unknown = sorted(set(asked.get("vendors") or ()) - set(ACCOUNTS))
    try:
        if unknown:
            raise SimulatorError(f"unknown vendor {', '.join(unknown)}; known: {', '.join(ACCOUNTS)}")
        sys.stdout.write(json.dumps(Daemon(asked).carry_out()) + "\n")
    except (SimulatorError, OSError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
