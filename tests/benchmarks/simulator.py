# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the simulator: an authenticated list of 10 users over several connections, contract validation on.

`python tests/benchmarks/simulator.py [--seconds 5] [--connections 16]` prints one JSON line. Requests a second depend on what else the
machine does; the server's processor time for one request (told where there is a /proc) and its share of a core say whether a low
figure is its own fault.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "roles/simulator/files"))

from kariz_simulator.client import Simulator

TOKEN = "benchmark-token"
PATH = "/api/v1/agents/users/index"


class Connection(asyncio.Protocol):
    """Sends the same bytes again as soon as a whole answer is there; no HTTP library, so the server is what is measured."""

    def __init__(self, request: bytes) -> None:
        self.request = request
        self.answered = 0
        self.refused = 0
        self.lost = False
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, blank, body = self._buffer.partition(b"\r\n\r\n")
        if not blank:
            return
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        if len(body) < length:
            return
        self._buffer = b""
        self.answered += 1
        self.refused += not head.startswith(b"HTTP/1.1 200")
        self.transport.write(self.request)

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True


async def measure(url: str, connections: int, seconds: float) -> dict[str, float]:
    parts = urlsplit(url)
    body = json.dumps({"take": 10, "skip": 0}).encode()
    head = (
        f"POST {parts.path}{PATH} HTTP/1.1\r\nHost: {parts.netloc}\r\nAuthorization: Bearer {TOKEN}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    loop = asyncio.get_running_loop()
    host, port = parts.hostname or "", parts.port or 80
    made = [(await loop.create_connection(lambda: Connection(head.encode() + body), host, port))[1] for _number in range(connections)]
    begun, before = time.perf_counter(), sum(item.answered for item in made)
    await asyncio.sleep(seconds)
    answered, taken = sum(item.answered for item in made) - before, time.perf_counter() - begun
    lost = sum(item.lost for item in made)
    for item in made:
        item.transport.abort()
    refused = sum(item.refused for item in made)
    return {"requests_per_second": round(answered / taken), "answered": answered, "refused": refused, "lost": lost}


def processor_seconds(pid: int) -> float | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--connections", type=int, default=16)
    options = parser.parse_args()
    with Simulator.start(vendors=["alocom"]) as simulator:
        simulator.reset("alocom", "empty", fixed_token=TOKEN)
        simulator.seed("alocom", "users", 1000, labels=["benchmark"])
        before = processor_seconds(simulator.ready["pid"])
        result = asyncio.run(measure(simulator.url("alocom"), options.connections, options.seconds))
        after = processor_seconds(simulator.ready["pid"])
        summary = simulator.summary("alocom")
    if before is not None and after is not None:
        result["server_microseconds"] = round((after - before) * 1e6 / summary["requests"])
        result["server_core_share"] = round((after - before) / options.seconds, 2)
    print(json.dumps({"connections": options.connections, **result, "contract_errors": summary["contract_errors"]}))


if __name__ == "__main__":
    main()
