# SPDX-License-Identifier: GPL-3.0-or-later
"""What a new vendor gets from the framework: a listener of its own, query and form contracts."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

CONTRACT = """
openapi: 3.1.0
security: [{key: []}]
paths:
  /send:
    post:
      operationId: send
      x-write: true
      parameters: [{name: apiKey, in: query, required: true, schema: {type: string, minLength: 3}}]
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [to]
              properties: {to: {type: string, pattern: '^09[0-9]{9}$'}, text: {anyOf: [{type: string}, {type: array}]}}
      responses:
        '200': {description: sent, content: {text/plain: {schema: {type: string}}}}
        '400': {description: no, content: {application/json: {schema: {type: object}}}}
"""


@pytest.fixture
def vendor_class(tmp_path: Path) -> Any:
    from kariz_simulator.messages import Answer
    from kariz_simulator.vendor import Handlers, Vendor

    path = tmp_path / "fake.yaml"
    path.write_text(CONTRACT, encoding="utf-8")
    table = Handlers()

    @table.on("send")
    def send(vendor: Any, call: Any) -> Any:
        return Answer(200, f"sent {call.body['text']}", media="text/plain")

    class Fake(Vendor):
        name = "fake"
        openapi = str(path)
        handlers = table
        own_listener = True
        closed = False

        def authenticate(self, call: Any) -> Any:
            return None

        def refuse(self, call: Any, found: Any) -> Any:
            return Answer(400, {"fields": [item.field for item in found]})

        def missing(self, call: Any) -> Any:
            return Answer(404, {"allowed": self.allowed(call)})

        def fill(self, seed: str) -> None:
            self.filled = seed

        def ready(self, url: str) -> dict[str, str]:
            return {**super().ready(url), "fake_ca": "none"}

        def close(self) -> None:
            self.closed = True

    return Fake


def fetch(url: str, data: bytes | None = None) -> tuple[int, Any]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data), timeout=5) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def test_a_vendor_with_its_own_listener(vendor_class: Any) -> None:
    from kariz_simulator.server import Simulator

    async def scenario() -> None:
        fake = vendor_class()
        simulator = Simulator({"fake": fake})
        ready = await simulator.start("127.0.0.1", 0)
        assert ready["fake_ca"] == "none" and not ready["control"].startswith(ready["fake"])
        send = f"{ready['fake']}/send"
        assert await asyncio.to_thread(fetch, f"{send}?apiKey=abc", b"to=09120000000&text=a&text=b") == (200, b"sent ['a', 'b']")
        assert await asyncio.to_thread(fetch, f"{send}?apiKey=a", b"to=12") == (400, {"fields": ["apiKey", "to"]})
        assert await asyncio.to_thread(fetch, send, b"to=09120000000") == (400, {"fields": ["apiKey"]})
        assert await asyncio.to_thread(fetch, send) == (404, {"allowed": ["POST"]})
        base = ready["control"].rpartition("/")[0]
        assert (await asyncio.to_thread(fetch, f"{base}/fake/send"))[0] == 404
        status, raw = await asyncio.to_thread(fetch, f"{ready['control']}/journal/summary?vendor=fake")
        assert status == 200 and json.loads(raw)["writes"] == 3 and json.loads(raw)["request_errors"] == 2
        await simulator.stop()
        assert fake.closed

    asyncio.run(scenario())


def test_a_vendor_must_handle_all_its_operations(vendor_class: Any) -> None:
    vendor_class.handlers.clear()
    with pytest.raises(ValueError, match="send"):
        vendor_class()


def test_mistakes_of_a_handler_are_loud(vendor_class: Any, capsys: pytest.CaptureFixture[str]) -> None:
    from kariz_simulator.server import Simulator

    async def scenario() -> None:
        simulator = Simulator({"fake": vendor_class()})
        ready = await simulator.start("127.0.0.1", 0)
        # The handler reads a field the contract does not require.
        status, body = await asyncio.to_thread(fetch, f"{ready['fake']}/send?apiKey=abc", b"to=09120000000")
        await simulator.stop()
        assert status == 500 and "KeyError" in body["contract_error"]

    asyncio.run(scenario())
    assert "KeyError" in capsys.readouterr().err
