# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the simulator from a test, or finds one that runs, and speaks to its control calls; standard library only."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

FOLDER = Path(__file__).resolve().parent


class SimulatorError(Exception):
    """The simulator did not start, or refused a control call."""


class Remote:
    """A simulator that runs somewhere, known by its ready line."""

    def __init__(self, ready: dict[str, Any], timeout: float = 30) -> None:
        self.ready = ready
        self.timeout = timeout
        # A proxy of the environment must not get between a test and the loopback.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def url(self, vendor: str) -> str:
        return str(self.ready[vendor])

    def control(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """One control call, e.g. control("POST", "reset", {"seed": "empty"})."""
        given = {name: value for name, value in query.items() if value is not None}
        address = f"{self.ready['control']}/{path}" + (f"?{urllib.parse.urlencode(given)}" if given else "")
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(address, data, {"Content-Type": "application/json"}, method=method)
        try:
            with self._opener.open(request, timeout=self.timeout) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                raise SimulatorError(json.loads(error.read()).get("error", f"HTTP {error.code}")) from None

    def reset(self, vendor: str | None = None, seed: str = "default", **settings: Any) -> Any:
        return self.control("POST", "reset", {"vendor": vendor, "seed": seed, "settings": settings})

    def settings(self, vendor: str, **settings: Any) -> Any:
        return self.control("POST", "settings", {"vendor": vendor, "settings": settings})

    def seed(self, vendor: str, kind: str, count: int = 1, **options: Any) -> list[Any]:
        return list(self.control("POST", "seed", {"vendor": vendor, "kind": kind, "count": count, **options})["keys"])

    def dump(self, vendor: str) -> dict[str, Any]:
        return dict(self.control("GET", "dump", vendor=vendor))

    def mutate(self, vendor: str, kind: str, key: dict[str, Any], change: dict[str, Any] | None = None, delete: bool = False) -> int:
        action: dict[str, Any] = {"delete": True} if delete else {"set": change or {}}
        return int(self.control("POST", "mutate", {"vendor": vendor, "kind": kind, "key": key, **action})["matched"])

    def faults(self, faults: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
        """Add faults; without an argument, read them with their hit counts."""
        if faults is None:
            return list(self.control("GET", "faults"))
        return list(self.control("POST", "faults", faults))

    def clear_faults(self) -> None:
        self.control("DELETE", "faults")

    def journal(self, vendor: str | None = None) -> list[dict[str, Any]]:
        return list(self.control("GET", "journal", vendor=vendor))

    def summary(self, vendor: str) -> dict[str, Any]:
        return dict(self.control("GET", "journal/summary", vendor=vendor))

    def clear_journal(self) -> None:
        self.control("DELETE", "journal")


class Simulator(Remote):
    """One running simulator process; a context manager."""

    def __init__(self, process: subprocess.Popen[str], ready: dict[str, Any]) -> None:
        super().__init__(ready)
        self.process = process

    @classmethod
    def start(
        cls, python: str = sys.executable, vendors: Iterable[str] | None = None, timeout: float = 20, strict: bool = False, seconds: float = 7200
    ) -> Simulator:
        """Start a process, which ends after `seconds` at the latest.

        `strict` is for tests of one's own requests: nothing is taken that the vendors' documents do not say.
        """
        command = [python, str(FOLDER), "--parent", str(os.getpid()), "--max-seconds", str(seconds), *(["--strict"] if strict else [])]
        for vendor in vendors or ():
            command += ["--vendor", vendor]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        assert process.stdout is not None
        deadline = time.monotonic() + timeout
        readable, _writable, _broken = select.select([process.stdout], [], [], max(0.0, deadline - time.monotonic()))
        line = process.stdout.readline() if readable else ""
        if not line:
            process.kill()
            process.wait()
            process.stdout.close()
            raise SimulatorError(f"the simulator did not start (exit code {process.returncode}); its messages are on stderr")
        return cls(process, json.loads(line))

    def __enter__(self) -> Simulator:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> int:
        """End the process; answers its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        return self.process.returncode
