# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m kariz_simulator`: starts the simulated vendors, tells where they are in one JSON line, then keeps quiet."""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import signal
import sys
from pathlib import Path

from .parent import Watch
from .registry import VENDORS, create
from .server import Simulator


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="kariz_simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 picks a free one")
    parser.add_argument("--tls-port", type=int, default=0, help="of DeltaSib, which has a port of its own; 0 picks a free one")
    parser.add_argument("--advertise", metavar="NAME", help="name in the addresses that are told, for a host such as 0.0.0.0")
    parser.add_argument("--ready-file", type=Path, help="also write the ready line here")
    parser.add_argument("--vendor", action="append", choices=sorted(VENDORS), help="only this vendor; may be repeated")
    parser.add_argument("--strict", action="store_true", help="defaults that take nothing but what the vendors' documents say, for tests of one's own requests")
    parser.add_argument("--parent", type=int, help="stop when this process is gone")
    parser.add_argument("--max-seconds", type=float, default=7200)
    return parser.parse_args()


def announce(ready: dict[str, object], path: Path | None) -> None:
    line = json.dumps(ready)
    if path is not None:
        # A reader must never see half a line, so the file appears under its name only when it is whole.
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.write_text(line + "\n", encoding="utf-8")
        os.replace(draft, path)
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def serve(options: argparse.Namespace) -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    watch = Watch(options.parent) if options.parent else None
    simulator = Simulator(create(options.vendor, options.strict), options.advertise, options.tls_port)
    ready = await simulator.start(options.host, options.port)
    # The contracts stay for ever: keep the garbage collector from walking over them again and again.
    gc.collect()
    gc.freeze()
    announce({**ready, "pid": os.getpid()}, options.ready_file)
    deadline = loop.time() + options.max_seconds
    while not stop.is_set() and loop.time() < deadline and (watch is None or watch.alive()):
        try:
            await asyncio.wait_for(stop.wait(), min(0.5, max(0.01, deadline - loop.time())))
        except asyncio.TimeoutError:
            continue
    await simulator.stop()
    if options.ready_file is not None:
        options.ready_file.unlink(missing_ok=True)


def main() -> None:
    options = arguments()
    try:
        import uvloop
    except ImportError:
        asyncio.run(serve(options))
    else:
        uvloop.run(serve(options))
