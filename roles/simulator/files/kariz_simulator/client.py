# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the simulator from a test, or finds one that runs, and speaks to its control calls; standard library only."""

from __future__ import annotations

import http.client
import json
import os
import select
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

FOLDER = Path(__file__).resolve().parent
#: Seconds after which a connection is not used again; the server keeps it for 75.
IDLE = 30


class SimulatorError(Exception):
    """The simulator did not start, or refused a control call."""


class Remote:
    """A simulator that runs somewhere, known by its ready line."""

    def __init__(self, ready: dict[str, Any], timeout: float = 30) -> None:
        self.ready = ready
        self.timeout = timeout
        self._kept = threading.local()

    def url(self, vendor: str) -> str:
        return str(self.ready[vendor])

    def control(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """One control call, e.g. control("POST", "reset", {"seed": "empty"})."""
        given = {name: value for name, value in query.items() if value is not None}
        address = urllib.parse.urlsplit(self.ready["control"])
        path = f"{address.path}/{path}" + (f"?{urllib.parse.urlencode(given)}" if given else "")
        data = None if body is None else json.dumps(body).encode()
        connection = self._connection(address)
        try:
            connection.request(method, path, data, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            told = json.loads(answer.read())
        except BaseException:
            connection.close()
            raise
        self._kept.used = time.monotonic()
        if answer.status >= 400:
            raise SimulatorError(told.get("error", f"HTTP {answer.status}"))
        return told

    def _connection(self, address: urllib.parse.SplitResult) -> http.client.HTTPConnection:
        """The connection of this thread of this process; none of the environment's proxies gets between a test and the loopback.

        One that was not used for a while may have been closed by the server just now, and a call is never sent twice: it is left, and another made.
        """
        kept = self._kept
        if getattr(kept, "process", None) != os.getpid() or time.monotonic() - kept.used > IDLE:
            secure = address.scheme == "https"
            kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
            kept.connection = kind(address.hostname or "", address.port, timeout=self.timeout)
            kept.process = os.getpid()
            kept.used = time.monotonic()
        return kept.connection  # type: ignore[no-any-return]

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
