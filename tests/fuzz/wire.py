# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator without a network: its vendors in this process, behind the real session of the collection.

Everything of a request is real up to the bytes that would leave, and everything of an answer from the bytes that came; there is no socket between them,
so a request costs a tenth of a millisecond and can be counted, and an answer can be changed on its way.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import orjson
import requests
import urllib3
from kariz_simulator import registry
from kariz_simulator.client import Remote, SimulatorError
from kariz_simulator.faults import Fault
from kariz_simulator.messages import Answer, Call, single_values
from kariz_simulator.replies import replacement
from kariz_simulator.server import Simulator
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from ansible_collections.kariz.panels.plugins.module_utils._core.http import session

#: Takes an operation and the honest answer, and returns what arrives.
Change = Callable[[str, Answer], Answer]


class Raw:
    """As much of a library's answer as is read."""

    def __init__(self, status: int, headers: Any, content: bytes) -> None:
        self.status, self.headers, self._content = status, headers, content

    def read(self, **_how: Any) -> bytes:
        return self._content


def broken(fault: Fault, payload: bytes) -> Exception | None:
    """What the library raises where a fault works on the connection; latency and dripping only take time, which nobody waits for here."""
    if fault.kind.startswith("reset"):
        return requests.ConnectionError(ConnectionResetError(104, "Connection reset by peer"))
    if fault.kind.startswith("black_hole"):
        return requests.ReadTimeout(TimeoutError("timed out"))
    if fault.kind == "truncate":
        half = payload[: len(payload) // 2]
        return requests.exceptions.ChunkedEncodingError(http.client.IncompleteRead(half, len(payload) - len(half)))
    return None


class Wire(Remote):
    """All vendors, and what was asked of them. Faults and the journal are those of the simulator; one request is answered at a time.

    :arg strict: nothing of our own that the vendors' documents do not say is taken.
    :ivar asked: ``(vendor, operation, whether it writes)`` of each request.
    :ivar changed: how many answers are no more what the vendor said.
    """

    def __init__(self, strict: bool = True) -> None:
        self.simulator = Simulator(registry.create(strict=strict))
        ready: dict[str, Any] = {"control": "https://control.test"}
        for vendor in self.simulator.vendors.values():
            ready.update(vendor.ready("https://%s.test" % vendor.name))
        super().__init__(ready)
        self.asked: list[tuple[str, str, bool]] = []
        self.troubles: list[str] = []
        self.change: Change | None = None
        self.changed = 0
        self._one = threading.Lock()

    def control(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        given = {name: str(value) for name, value in query.items() if value is not None}
        answer = self.simulator.control.handle(method, path, given, b"" if body is None else orjson.dumps(body))
        if answer.status != 200:
            raise SimulatorError(answer.body.get("error"))
        # As it would arrive: nobody holds a part of a vendor's state.
        return orjson.loads(answer.payload())

    def answer(self, method: str, url: str, headers: Any, raw: bytes) -> Raw:
        """Carry out a request and return what the client hears."""
        parts = urlsplit(url)
        vendor = next((one for one in self.simulator.vendors.values() if parts.hostname == "%s.test" % one.name), None)
        if vendor is None:
            raise requests.exceptions.ConnectionError("nobody is there")
        told = CaseInsensitiveDict({name: value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value for name, value in headers.items()})
        call = Call(method, unquote(parts.path), single_values(parse_qs(parts.query, True)), told, raw)
        call.parse()
        call.operation = vendor.resolve(call)
        operation = call.operation.id if call.operation is not None else "-"
        with self._one:
            self.asked.append((vendor.name, operation, call.operation is not None and call.operation.write))
            entry, counts = self.simulator.journal.open(vendor.name, call, (0, None))
            try:
                answer = self._answer(vendor, call, entry)
            finally:
                self.simulator.journal.close(entry, counts)
                if entry.contract_error:
                    self.troubles.append(entry.contract_error)
            if self.change is not None:
                other = self.change(operation, answer)
                self.changed += other is not answer
                answer = other
        return Raw(answer.status, CaseInsensitiveDict({"Content-Type": answer.media, **answer.headers}), answer.payload())

    def _answer(self, vendor: Any, call: Call, entry: Any) -> Answer:
        """The vendor's answer, or what a fault makes of it, as :meth:`Simulator._answer` does."""
        faults = self.simulator.faults
        preludes, ending = faults.pick(vendor.name, call) if faults.active else ([], None)
        for fault in preludes:
            if fault.kind == "token_expiry":
                vendor.expire_tokens()
            elif fault.kind == "shift":
                vendor.shift(fault.get("object", "users"), fault.get("how"))
        honest = self.simulator._work(vendor, call, entry) if ending is None or ending.commit else None
        if ending is None:
            assert honest is not None
            entry.status = honest.status
            return honest
        entry.fault = ending.kind
        answer = replacement(ending, vendor, call, honest) or honest or Answer(200)
        error = broken(ending, answer.payload())
        if error is not None:
            raise error
        entry.status = answer.status
        return answer

    def close(self) -> None:
        """Remove what the vendors left outside the process."""
        for vendor in self.simulator.vendors.values():
            vendor.close()

    @contextlib.contextmanager
    def laid(self) -> Iterator[Wire]:
        """Let every session that is opened meanwhile end here."""
        wire = self

        class Memory(session.ShortWay):  # type: ignore[misc]
            def _sent(self, made: Any, path: str, lines: bytes, timeout: Any, room: int) -> tuple[Raw, bytes]:
                raw = wire.answer(made.method, made.url, made.headers, made.body or b"")
                return raw, raw.read()

        class Adapter(BaseAdapter):
            def send(self, request: Any, **_how: Any) -> Any:
                body = request.body or b""
                raw = wire.answer(request.method, request.url, request.headers, body.encode() if isinstance(body, str) else body)
                made = requests.Response()
                made.status_code, made.headers = raw.status, raw.headers
                made.raw = urllib3.HTTPResponse(io.BytesIO(raw.read()), preload_content=False)
                made.url, made.request = request.url, request
                return made

            def close(self) -> None:
                pass

            def cut(self) -> None:
                pass

        def opened(base_url: str, _validate_certs: Any, _ca_path: Any, _pool: Any, user_agent: str) -> tuple[Any, Any]:
            made, adapter = Memory(base_url), Adapter()
            made.trust_env = False
            made.headers.update({"Accept": "application/json", "User-Agent": user_agent})
            made.mount("https://", adapter)
            made.mount("http://", adapter)
            return made, adapter

        honest = session.open_session
        session.open_session = opened
        try:
            yield self
        finally:
            session.open_session = honest
