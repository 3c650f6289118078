# SPDX-License-Identifier: GPL-3.0-or-later
"""What happened: one entry a request, and counts of it."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from .messages import Call

#: Beyond this many entries the oldest are dropped (the counts go on); a long benchmark must not eat the memory.
KEPT = 100_000


@dataclass(slots=True)
class Entry:
    n: int
    vendor: str
    time: float
    method: str
    path: str
    query: dict[str, Any]
    body: Any
    authorization: str
    operation: str | None
    write: bool
    status: int | None = None
    fault: str | None = None
    contract_error: str | None = None
    request_errors: list[str] = field(default_factory=list)

    def public(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


class Counts:
    """Counters of one vendor since the journal was cleared."""

    def __init__(self) -> None:
        self.requests = 0
        self.writes = 0
        self.logins = 0
        self.operations: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.contract_errors = 0
        self.request_errors = 0
        self.connections: set[tuple[int, Any]] = set()
        self.in_flight = 0
        self.max_in_flight = 0

    def public(self) -> dict[str, Any]:
        return {
            "requests": self.requests,
            "writes": self.writes,
            "logins": self.logins,
            "connections": len(self.connections),
            "max_in_flight": self.max_in_flight,
            "operations": dict(self.operations),
            "statuses": dict(self.statuses),
            "faults": dict(self.faults),
            "contract_errors": self.contract_errors,
            "request_errors": self.request_errors,
        }


class Journal:
    """Entries of all vendors, in the order the requests came in."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.counts: dict[str, Counts] = {}
        self._n = 0

    def open(self, vendor: str, call: Call, connection: tuple[int, Any]) -> tuple[Entry, Counts]:
        """Start an entry as soon as the request is read, so that a request which hangs is seen too."""
        self._n += 1
        operation = call.operation
        # A path nobody knows counts as a write unless its method only reads: better to see one too many.
        write = operation.write if operation is not None else call.method not in ("GET", "HEAD", "OPTIONS")
        name = operation.id if operation is not None else None
        authorization = "present" if "Authorization" in call.headers else "absent"
        entry = Entry(self._n, vendor, time.time(), call.method, call.path, call.query, call.journal_body(), authorization, name, write)
        self.entries.append(entry)
        if len(self.entries) > 2 * KEPT:
            del self.entries[:KEPT]
        counts = self.counts.setdefault(vendor, Counts())
        counts.requests += 1
        counts.writes += write
        counts.logins += bool(operation is not None and operation.login)
        counts.operations[name or "unknown"] += 1
        counts.connections.add(connection)
        counts.in_flight += 1
        counts.max_in_flight = max(counts.max_in_flight, counts.in_flight)
        return entry, counts

    @staticmethod
    def close(entry: Entry, counts: Counts) -> None:
        """End an entry. The counts are those of its start: clearing the journal in between must not bend the new ones."""
        counts.in_flight -= 1
        counts.statuses["none" if entry.status is None else str(entry.status)] += 1
        counts.contract_errors += entry.contract_error is not None
        counts.request_errors += bool(entry.request_errors)
        if entry.fault:
            counts.faults[entry.fault] += 1

    def read(self, vendor: str | None) -> list[dict[str, Any]]:
        return [entry.public() for entry in self.entries[-KEPT:] if vendor in (None, entry.vendor)]

    def summary(self, vendor: str | None, names: list[str]) -> dict[str, Any]:
        if vendor is not None:
            return self.counts.get(vendor, Counts()).public()
        return {name: self.counts.get(name, Counts()).public() for name in names}

    def clear(self, vendor: str | None) -> None:
        if vendor is None:
            self.entries.clear()
            self.counts.clear()
        else:
            self.entries = [entry for entry in self.entries if entry.vendor != vendor]
            self.counts.pop(vendor, None)
