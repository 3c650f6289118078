# SPDX-License-Identifier: GPL-3.0-or-later
"""One simulator process for all tests here, fresh state for each of them."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from kariz_simulator import client as helper

FOLDER = Path(helper.__file__).parent
AGENTS = "/api/v1/agents"
PAGE = {"take": 100, "skip": 0}


@dataclass
class Reply:
    status: int
    body: Any
    headers: http.client.HTTPMessage
    raw: bytes


class Api:
    """A bare HTTP client of the vendor, written from the vendor's guide."""

    def __init__(self, url: str) -> None:
        self.parts = urlsplit(url)
        self.token: str | None = None
        self.connection = self.connect()

    def connect(self, timeout: float = 10) -> http.client.HTTPConnection:
        assert self.parts.hostname is not None
        return http.client.HTTPConnection(self.parts.hostname, self.parts.port, timeout=timeout)

    def headers(self, media: str | None) -> dict[str, str]:
        found = {"Content-Type": media} if media else {}
        if self.token:
            found["Authorization"] = f"Bearer {self.token}"
        return found

    def send(self, method: str, path: str, data: bytes | None = None, media: str | None = None, timeout: float = 10) -> Reply:
        """One request on a connection of its own kind; the connection is kept while the server keeps it."""
        connection = self.connection
        connection.timeout = timeout
        if connection.sock is not None:
            connection.sock.settimeout(timeout)
        try:
            connection.request(method, self.parts.path + path, data, self.headers(media))
            answer = connection.getresponse()
            raw = answer.read()
        except BaseException:
            connection.close()
            raise
        is_json = answer.headers.get_content_type() == "application/json"
        try:
            body = json.loads(raw) if is_json and raw else None
        except ValueError:
            body = None
        return Reply(answer.status, body, answer.headers, raw)

    def call(self, method: str, path: str, body: Any = None, **more: Any) -> Reply:
        if body is None:
            return self.send(method, path, **more)
        return self.send(method, path, json.dumps(body).encode(), "application/json", **more)

    def get(self, path: str) -> Reply:
        return self.call("GET", AGENTS + path)

    def post(self, path: str, body: Any = None) -> Reply:
        return self.call("POST", AGENTS + path, {} if body is None else body)

    def patch(self, path: str, body: Any = None) -> Reply:
        return self.call("PATCH", AGENTS + path, {} if body is None else body)

    def delete(self, path: str) -> Reply:
        return self.call("DELETE", AGENTS + path)

    def list(self, path: str, **filters: Any) -> list[dict[str, Any]]:
        reply = self.post(path, {**PAGE, **filters})
        assert reply.status == 200, reply.body
        return list(reply.body if isinstance(reply.body, list) else reply.body["data"])

    def upload(self, path: str, field: str, filename: str, data: bytes, media: str = "application/octet-stream") -> Reply:
        boundary = "kariz-boundary"
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="{filename}"\r\nContent-Type: {media}\r\n\r\n'
        body = head.encode() + data + f"\r\n--{boundary}--\r\n".encode()
        return self.send("POST", AGENTS + path, body, f"multipart/form-data; boundary={boundary}")

    def login(self, username: str = "kariz-demo", password: str = "kariz-demo-pass") -> Reply:
        reply = self.call("POST", "/api/v1/auth/login", {"username": username, "password": password})
        if reply.status == 200:
            self.token = reply.body["token"]
        return reply


@pytest.fixture(scope="session")
def start() -> Any:
    """Starts another simulator: `start(strict=..., ...)` as `Simulator.start`."""
    return helper.Simulator.start


@pytest.fixture(scope="session")
def process() -> Iterator[Any]:
    """A strict simulator: these tests hold it against the vendors' documents. What clients get by default: `test_public_clients.py`."""
    with helper.Simulator.start(strict=True) as simulator:
        yield simulator


@pytest.fixture
def broken_contract() -> list[str]:
    """A test which breaks the contract on purpose names the operations here."""
    return []


@pytest.fixture
def sim(process: Any, broken_contract: list[str]) -> Iterator[Any]:
    """The simulator after a reset; at the end no answer may have broken the contract. Alocom lives on a fixed day: its days can be typed in a test."""
    process.reset()
    process.reset("alocom", today="2025-10-05")
    yield process
    broken = [entry for entry in process.journal("alocom") if entry["contract_error"]]
    assert [entry for entry in broken if entry["operation"] not in broken_contract] == []


@pytest.fixture
def anonymous(sim: Any) -> Iterator[Api]:
    made = Api(sim.url("alocom"))
    yield made
    made.connection.close()


@pytest.fixture
def make_api() -> Any:
    """Makes bare clients of Alocom: `make_api(url)`."""
    return Api


@pytest.fixture
def api(anonymous: Api) -> Api:
    """A client which is logged in; the journal starts after the login."""
    assert anonymous.login().status == 200
    return anonymous


@pytest.fixture
def clear(sim: Any, api: Api) -> Any:
    """The simulator with an empty journal after the login."""
    sim.clear_journal()
    return sim


@pytest.fixture
def simulator_folder() -> Path:
    return FOLDER
