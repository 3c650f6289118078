# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator without a network: its vendors in this process, behind the real session of the collection.

Everything of a request is real up to the bytes that would leave, and everything of an answer from the bytes that came; there is no socket between them,
so a request costs a tenth of a millisecond and can be counted, and an answer can be changed on its way.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import orjson
import requests
from kariz_simulator import registry
from kariz_simulator.client import Remote, SimulatorError
from kariz_simulator.messages import Answer, Call, single_values
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


class Wire(Remote):
    """All vendors, and what was asked of them.

    :ivar asked: ``(vendor, operation, whether it writes)`` of each request.
    :ivar changed: how many answers are no more what the vendor said.
    """

    def __init__(self) -> None:
        self.simulator = Simulator(registry.create(strict=True))
        ready: dict[str, Any] = {"control": "https://control.test"}
        for vendor in self.simulator.vendors.values():
            ready.update(vendor.ready("https://%s.test" % vendor.name))
        super().__init__(ready)
        self.asked: list[tuple[str, str, bool]] = []
        self.troubles: list[str] = []
        self.change: Change | None = None
        self.changed = 0

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
        vendor = next(one for one in self.simulator.vendors.values() if parts.hostname == "%s.test" % one.name)
        told = CaseInsensitiveDict({name: value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value for name, value in headers.items()})
        call = Call(method, unquote(parts.path), single_values(parse_qs(parts.query, True)), told, raw)
        call.parse()
        call.operation = vendor.resolve(call)
        operation = call.operation.id if call.operation is not None else "-"
        self.asked.append((vendor.name, operation, call.operation is not None and call.operation.write))
        entry: Any = SimpleNamespace(request_errors=[], contract_error=None)
        answer = self.simulator._work(vendor, call, entry)
        if entry.contract_error:
            self.troubles.append(entry.contract_error)
        if self.change is not None:
            other = self.change(operation, answer)
            self.changed += other is not answer
            answer = other
        return Raw(answer.status, CaseInsensitiveDict({"Content-Type": answer.media, **answer.headers}), answer.payload())

    @contextlib.contextmanager
    def laid(self) -> Iterator[Wire]:
        """Let every session that is opened meanwhile end here."""
        wire = self

        class Memory(session.ShortWay):  # type: ignore[misc]
            def _sent(self, made: Any, path: str, lines: bytes, timeout: Any) -> tuple[Raw, bytes]:
                raw = wire.answer(made.method, made.url, made.headers, made.body or b"")
                return raw, raw.read()

        class Adapter(BaseAdapter):
            def send(self, request: Any, **_how: Any) -> Any:
                body = request.body or b""
                raw = wire.answer(request.method, request.url, request.headers, body.encode() if isinstance(body, str) else body)
                made = requests.Response()
                made.status_code, made.headers, made._content = raw.status, raw.headers, raw.read()
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
