# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTP side: listeners, one path for every request, and the ready line."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any

from aiohttp import web

from .control import Control
from .faults import Fault, Faults
from .journal import Entry, Journal
from .messages import Answer, Call, single_values
from .replies import plain, replacement, send
from .vendor import Vendor

CONTROL = "_control"


class Simulator:
    """All vendors of one process."""

    def __init__(self, vendors: dict[str, Vendor], advertise: str | None = None, tls_port: int = 0) -> None:
        """`advertise`: the name under which others reach this machine; `tls_port`: for the vendor with a port of its own."""
        self.vendors = vendors
        self.advertise = advertise
        self.tls_port = tls_port
        self.journal = Journal()
        self.faults = Faults()
        self.control = Control(vendors, self.journal, self.faults)
        self._runners: list[web.ServerRunner] = []

    async def start(self, host: str, port: int) -> dict[str, Any]:
        """Open the listeners; answers the contents of the ready line."""
        # Broken connections are the daily work here; the library must not report each of them.
        logging.getLogger("aiohttp").setLevel(logging.CRITICAL)
        base = await self._listen(self._common, host, port, None)
        ready: dict[str, Any] = {"control": f"{base}/{CONTROL}"}
        for vendor in self.vendors.values():
            if vendor.own_listener:
                ready.update(vendor.ready(await self._listen(self._own(vendor), host, self.tls_port, vendor.ssl_context())))
            else:
                ready.update(vendor.ready(f"{base}/{vendor.name}"))
        return ready

    async def stop(self) -> None:
        self.faults.clear()
        for runner in self._runners:
            await runner.cleanup()
        for vendor in self.vendors.values():
            vendor.close()

    async def _listen(self, handler: Any, host: str, port: int, context: Any) -> str:
        runner = web.ServerRunner(web.Server(handler, access_log=None), shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, host, port, backlog=1024, ssl_context=context).start()
        self._runners.append(runner)
        bound = runner.addresses[0][1]
        name = self.advertise or (f"[{host}]" if ":" in host else host)
        return f"{'https' if context else 'http'}://{name}:{bound}"

    def _own(self, vendor: Vendor) -> Any:
        async def handler(request: web.BaseRequest) -> web.StreamResponse:
            return await self._guarded(request, vendor, request.path)

        return handler

    async def _common(self, request: web.BaseRequest) -> web.StreamResponse:
        first, slash, rest = request.path[1:].partition("/")
        if first == CONTROL:
            raw = await request.content.read() if request.can_read_body else b""
            return plain(self.control.handle(request.method, rest, dict(request.query), raw))
        vendor = self.vendors.get(first)
        if vendor is None or vendor.own_listener:
            return plain(Answer(404, {"error": f"no vendor {first!r} here"}))
        return await self._guarded(request, vendor, slash + rest)

    async def _guarded(self, request: web.BaseRequest, vendor: Vendor, path: str) -> web.StreamResponse:
        raw = await request.content.read() if request.can_read_body else b""
        query = request.query
        values = single_values({name: query.getall(name) for name in query}) if query else {}
        call = Call(request.method, path, values, request.headers, raw)
        call.parse()
        call.operation = vendor.resolve(call)
        peer = request.transport.get_extra_info("peername") if request.transport else None
        entry, counts = self.journal.open(vendor.name, call, (id(request.protocol), peer))
        try:
            return await self._answer(request, vendor, call, entry)
        finally:
            self.journal.close(entry, counts)

    async def _answer(self, request: web.BaseRequest, vendor: Vendor, call: Call, entry: Entry) -> web.StreamResponse:
        ending: Fault | None = None
        if self.faults.active:
            preludes, ending = self.faults.pick(vendor.name, call)
            names = [fault.kind for fault in preludes] + ([ending.kind] if ending else [])
            entry.fault = "+".join(names) or None
            for fault in preludes:
                if fault.kind == "latency":
                    await self.faults.wait(fault.get("seconds"))
                elif fault.kind == "token_expiry":
                    vendor.expire_tokens()
                else:
                    vendor.shift(fault.get("object", "users"), fault.get("how"))
        if ending is None:
            answer = self._work(vendor, call, entry)
            entry.status = answer.status
            return plain(answer)
        honest = self._work(vendor, call, entry) if ending.commit else None
        damaged = replacement(ending, vendor, call, honest) or honest
        if ending.kind == "strange" and damaged is honest:
            # There was nothing in it that could be made strange.
            entry.fault = None
        answer = damaged or Answer(200)
        silent = ending.kind.startswith(("reset", "black_hole"))
        entry.status = None if silent else answer.status
        return await send(request, answer, ending, self.faults)

    @staticmethod
    def _work(vendor: Vendor, call: Call, entry: Entry) -> Answer:
        """The vendor's answer, held against the contract; a mistake of the simulator itself is a loud 500."""
        try:
            answer = vendor.handle(call, entry.request_errors)
            problem = call.operation.check_answer(answer) if call.operation is not None else None
        except Exception:
            problem = traceback.format_exc()
            sys.stderr.write(problem)
        if problem is None:
            return answer
        entry.contract_error = problem
        return Answer(500, {"message": "simulator contract error", "contract_error": problem})
