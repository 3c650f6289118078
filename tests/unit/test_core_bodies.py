# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers without end, and small ones that unpack to huge ones: memory stays bounded, no more bytes are taken, and the error says what it is."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import socket
import threading
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wires import reply, wired

from ansible_collections.kariz.panels.plugins.module_utils._alocom.client import AlocomClient
from ansible_collections.kariz.panels.plugins.module_utils._alocom.shapes import USER
from ansible_collections.kariz.panels.plugins.module_utils._core import errors
from ansible_collections.kariz.panels.plugins.module_utils._core.http import bodies, paging
from ansible_collections.kariz.panels.plugins.module_utils._core.http.transport import Effect, Transport
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.redact import Redactor
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.client import DeltaSibClient
from ansible_collections.kariz.panels.plugins.module_utils._payamsms.client import PayamSmsClient
from ansible_collections.kariz.panels.plugins.module_utils._payamsms.info import INBOX_INFO
from ansible_collections.kariz.panels.plugins.module_utils._podspace.client import PodspaceClient

ROOM = 4 * bodies.MIB
PIECE = b" " * 65536
#: What a system keeps for a connection between those who write and those who read, at most.
IN_BETWEEN = 8 * bodies.MIB
#: The session's own way of reading, and the library's.
WAYS = ("path", "path/")


class Endless:
    """Writes a head and then pieces until nobody takes them any more; ``sent`` counts their bytes."""

    def __init__(self):
        self.head, self.pieces = b"", []
        self.sent = self.asked = 0
        self.ended = threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = "http://127.0.0.1:%d/" % self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                link, _address = self.socket.accept()
            except OSError:
                return
            with link, contextlib.suppress(OSError):
                while b"\r\n\r\n" not in link.recv(65536):
                    pass
                self.asked += 1
                link.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + self.head + b"\r\n")
                for piece in self.pieces:
                    link.sendall(piece)
                    self.sent += len(piece)
            self.ended.set()

    def close(self):
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(30)


@pytest.fixture
def endless():
    made = Endless()
    yield made
    made.close()


@pytest.fixture
def wire(endless, monkeypatch):
    monkeypatch.setattr(bodies, "LARGEST_ANSWER", ROOM)
    monkeypatch.setattr(bodies, "LARGEST_TASK", 3 * ROOM)
    made = Transport("vendor", endless.url, Redactor(), timeout=20, retries=5)
    made.begin(60, check_mode=False)
    yield made
    made.close()


def bomb():
    """Return 64 MiB of spaces, packed to a thousandth."""
    engine = zlib.compressobj(wbits=31)
    return b"".join([engine.compress(PIECE) for _number in range(1024)]) + engine.flush()


BOMB = bomb()
DEFLATED = zlib.compress(PIECE * 1024)
STORIES = {
    "until the connection ends": (b"Connection: close\r\n", lambda: itertools.repeat(PIECE)),
    "in chunks": (b"Transfer-Encoding: chunked\r\n", lambda: itertools.repeat(b"10000\r\n" + PIECE + b"\r\n")),
    "one chunk": (b"Transfer-Encoding: chunked\r\n", lambda: itertools.chain([b"FFFFFFFFFFFF\r\n"], itertools.repeat(PIECE))),
    "announced": (b"Content-Length: 99999999999\r\n", lambda: itertools.repeat(PIECE)),
    "packed": (b"Content-Encoding: gzip\r\nContent-Length: %d\r\n" % len(BOMB), lambda: [BOMB]),
    "packed twice": (b"Content-Encoding: gzip, gzip\r\nConnection: close\r\n", lambda: [gzip.compress(BOMB)]),
    "packed as deflate": (b"Content-Encoding: deflate\r\nConnection: close\r\n", lambda: [DEFLATED]),
    "packed in members": (b"Content-Encoding: x-gzip\r\nConnection: close\r\n", lambda: [gzip.compress(PIECE) * 1024]),
}


@pytest.mark.parametrize(("story", "way", "effect"), [
    *((story, way, Effect.READ) for story in STORIES for way in WAYS),
    *(("in chunks", WAYS[0], effect) for effect in (Effect.LOGIN, Effect.REPLACE, Effect.CREATE, Effect.CHARGE))])
def test_an_answer_without_end(endless, wire, story, way, effect):
    """Whatever way it comes, it is left after as many bytes as an answer may have, and not asked for again. What became of a write, nobody knows."""
    endless.head, pieces = STORIES[story]
    endless.pieces = pieces()
    tracemalloc.start()
    try:
        with pytest.raises(errors.BadAnswerError if effect in Effect.SAFE else errors.UnknownOutcome) as caught:
            wire.send("look", "GET", way, effect)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert caught.value.message == "look: the answer is longer than 4 MiB, which is more than the vendor has to say"
    assert "Check api_url" in caught.value.hint and not caught.value.retryable and not caught.value.ends_all
    assert endless.ended.wait(30) and endless.sent <= ROOM + IN_BETWEEN and endless.asked == 1
    assert most < 3 * ROOM


def test_all_answers_to_a_task(endless, wire):
    """Each of them is short enough, and they do not come to an end either: nothing is asked any more until the next task begins."""
    endless.head, endless.pieces = b"Content-Length: %d\r\nConnection: close\r\n" % ROOM, [PIECE] * (ROOM // len(PIECE))
    for _number in range(3):
        assert len(wire.send("look", "GET", "path", Effect.READ).content) == ROOM
    for effect in (Effect.READ, Effect.CHARGE):
        with pytest.raises(errors.BadAnswerError, match="all answers to this task together are longer than 12 MiB") as caught:
            wire.send("look", "GET", "path", effect)
        assert caught.value.ends_all and endless.asked == 3
    wire.begin(60, check_mode=False)
    endless.head, endless.pieces = b"Content-Length: 2\r\nConnection: close\r\n", [b"{}"]
    assert wire.send("look", "GET", "path", Effect.READ).json() == {}


@pytest.mark.parametrize("way", WAYS)
def test_a_length_that_is_no_number_for_anybody(endless, wire, way):
    """It is as if none were told: the answer ends with the connection."""
    endless.head, endless.pieces = b"Content-Length: %s\r\nConnection: close\r\n" % (b"9" * 5000), [b"{}"]
    assert wire.send("look", "GET", way, Effect.READ).content == b"{}"


def test_one_answer_that_is_too_long_for_what_is_left(endless, wire):
    wire.received = 3 * ROOM - 10
    endless.head, endless.pieces = b"Transfer-Encoding: chunked\r\n", itertools.repeat(b"a\r\n0123456789\r\n")
    with pytest.raises(errors.UnknownOutcome, match="all answers to this task") as caught:
        wire.send("write", "POST", "path", Effect.CREATE)
    assert caught.value.ends_all


def test_limits():
    """What the documentation says; a list that some vendor really has is far below."""
    assert (bodies.LARGEST_ANSWER, bodies.LARGEST_TASK, bodies.LARGEST_LIST) == (128 * 1024 ** 2, 512 * 1024 ** 2, 10 ** 6)


@settings(max_examples=60)
@given(st.lists(st.binary(max_size=9000), max_size=4), st.sampled_from(["gzip", "x-gzip", "GZIP ", "deflate", "raw", "gzip, deflate", "identity", ""]))
def test_what_is_packed_is_unpacked(parts, coding):
    whole = b"".join(parts)
    if coding == "raw":
        engine = zlib.compressobj(wbits=-15)
        packed = engine.compress(whole) + engine.flush()
    elif coding == "deflate":
        packed = zlib.compress(whole)
    elif coding == "gzip, deflate":
        packed = zlib.compress(gzip.compress(whole))
    elif "g" in coding.lower():
        packed = b"".join(map(gzip.compress, parts)) + (b"more" if len(parts) else b"")
    else:
        packed = whole
    name = {"raw": "deflate"}.get(coding, coding)
    assert bodies.unpacked(packed, name, len(whole) + 100 * ("," in name)) == whole
    if whole:
        with pytest.raises(bodies.TooLong):
            bodies.unpacked(packed, name, len(whole) - 1) if packed is not whole else bodies.gathered([packed], len(whole) - 1)


@pytest.mark.parametrize(("content", "coding"), [(b"no gzip", "gzip"), (b"\x00\xff nothing", "deflate"), (b"", "gzip, gzip, gzip, gzip")])
def test_what_cannot_be_unpacked(content, coding):
    with pytest.raises(bodies.Unreadable):
        bodies.unpacked(content, coding, 100)


def test_only_what_can_be_unpacked_is_asked_for(wire):
    assert wire._session.headers["Accept-Encoding"] == bodies.ACCEPTED == "gzip, deflate"
    assert bodies.unpacked(b"br", "br", 100) == b"br"


def test_a_long_answer_is_looked_at_where_it_is_shown():
    """Its beginning is; unless white space has hidden from the reader how much of it is shown. No secret is cut in two."""
    looked = []

    class Looks(Redactor):
        def text(self, value):
            looked.append(len(value))
            return super().text(value)
    redactor = Looks()
    redactor.add("canary-canary")
    long = "canary-canary " * 10 ** 5
    error = errors.PanelError("said", foreign=long).tell(redactor)
    assert "canary" not in error.message and len(error.message) < 400 and max(looked) == 200000
    for edge in (199986, 199993, 200000):
        hidden = "x" + " " * (edge - 1) + "canary-canary" + " " * 10 ** 5
        assert errors.PanelError("", foreign=hidden).tell(redactor).message == "x ********"


# -- lists without end -------------------------------------------------------------------------------------------------


@pytest.fixture
def short_lists(monkeypatch):
    monkeypatch.setattr(paging, "LARGEST_LIST", 1000)


def alocom_users():
    client, calls = wired(AlocomClient, lambda call: {
        "data": [{"id": number, "username": "u%d" % number} for number in range(call[4]["payload"]["skip"], call[4]["payload"]["skip"] + 100)],
        "meta": {"total_count": call[4]["payload"]["skip"] + 10 ** 6}}, api_token="t")
    return client, calls, lambda: client.pages("list users", "users/index", {}, ("users",), USER)


def deltasib_users():
    client, calls = wired(DeltaSibClient, lambda call: [
        {"user_id": number} for number in range(int(call[4]["params"]["LimitFrom"]), int(call[4]["params"]["LimitFrom"]) + 100)], api_token="t")
    return client, calls, lambda: client.rows("list users", "user", "list", "user_id")


def podspace_spaces():
    numbers = itertools.count(1)
    client, calls = wired(PodspaceClient, lambda call: {"hasError": False, "count": 10 ** 9, "result": [{"hash": str(next(numbers))} for _row in range(100)]},
                          api_token="t", api_key="k", api_services={"get_user_organizations": 1})
    return client, calls, lambda: client.listing("get_user_organizations", lambda row: row["hash"])


def payamsms_scheduled():
    numbers = itertools.count(1)
    client, calls = wired(PayamSmsClient, lambda call: {
        "scheduledMessages": [{"serverId": str(next(numbers)), "customerId": "1"} for _row in range(100)], "totalItem": 10 ** 9}, api_token="t")
    return client, calls, client.scheduled


def payamsms_inbox():
    numbers = itertools.count(1)
    client, calls = wired(PayamSmsClient, lambda call: reply([{"id": next(numbers), "body": "x"} for _row in range(90)]), api_token="t")
    return client, calls, lambda: INBOX_INFO._since(client, None, 0)


@pytest.mark.parametrize("lists", [alocom_users, deltasib_users, podspace_spaces, payamsms_scheduled, payamsms_inbox])
def test_a_list_without_end(monkeypatch, lists):
    """Rows that nobody has seen on each page, of which there are always more to come."""
    monkeypatch.setattr(paging, "LARGEST_LIST", 1000)
    client, calls, read = lists()
    with pytest.raises(errors.BadAnswerError, match="the list has no end: more than 1000 rows") as caught:
        read()
    assert caught.value.vendor == client.vendor and caught.value.operation == calls[0][0] and len(calls) < 16
    assert len(paging.bounded(dict.fromkeys(range(1000)))) == 1000
