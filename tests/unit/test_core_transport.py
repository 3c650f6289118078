# SPDX-License-Identifier: GPL-3.0-or-later
"""The transport against a scripted server: what each effect does with each kind of failure."""

from __future__ import annotations

import datetime
import json
import socket
import struct
import threading
import time
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from ansible_collections.kariz.panels.plugins.module_utils._core import errors
from ansible_collections.kariz.panels.plugins.module_utils._core.http import retries, transport
from ansible_collections.kariz.panels.plugins.module_utils._core.http.transport import Effect, Transport
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.redact import Redactor

EFFECTS = (Effect.READ, Effect.LOGIN, Effect.REPLACE, Effect.CREATE, Effect.CHARGE)


class Scripted:
    """Answers with what the script says, in turn; a number is a status, ``ok`` the default at its end."""

    def __init__(self):
        self.script = []
        self.asked = []
        self.released = threading.Event()
        served = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body are two packets: the second is not to wait until the first is acknowledged.
            disable_nagle_algorithm = True

            def answer(self):
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                served.asked.append((self.command, self.path, dict(self.headers)))
                step = served.script.pop(0) if served.script else 200
                if step == "reset":
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    self.close_connection = True
                    self.connection.close()
                    return
                if step == "silence":
                    served.released.wait(20)
                    self.close_connection = True
                    return
                status, headers = (step, {}) if isinstance(step, int) else step
                body = json.dumps({"status": status}).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if step != "cut" and not headers.get("cut"):
                    self.send_header("Content-Length", str(len(body)))
                else:
                    self.send_header("Content-Length", str(len(body) + 10))
                    self.close_connection = True
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = answer

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *args: None
        self.url = "http://127.0.0.1:%d/" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def server():
    made = Scripted()
    yield made
    made.close()


@pytest.fixture
def wire(server, monkeypatch):
    """A transport to the server that waits no time between repeats."""
    monkeypatch.setattr(transport, "backoff", lambda attempt: 0.001)
    server.script, server.asked = [], []
    made = Transport("vendor", server.url, Redactor(), timeout=0.4, retries=2)
    made.begin(30, check_mode=False)
    yield made
    made.close()


def outcome(wire, effect):
    """Send once; return the status or the kind of failure."""
    try:
        return wire.send("operation", "POST", "path", effect, payload={}).status
    except errors.PanelError as error:
        return type(error).__name__


REPEATED = (Effect.READ, Effect.LOGIN, Effect.REPLACE)
TABLE = [
    # what happens for ever, effects, outcome, requests
    (503, (Effect.READ, Effect.LOGIN), 503, 3), (503, (Effect.REPLACE,), "UnknownOutcome", 3), (503, (Effect.CREATE, Effect.CHARGE), "UnknownOutcome", 1),
    *((status, (Effect.READ,), status, 3) for status in (408, 502, 504, 520, 524, 530)),
    *((status, (Effect.CREATE, Effect.CHARGE), "UnknownOutcome", 1) for status in (408, 502, 504, 520, 524, 530, 599)),
    (501, (Effect.READ,), 501, 1), (501, (Effect.CREATE,), "UnknownOutcome", 1),
    (500, (Effect.READ, Effect.LOGIN), 500, 1), (500, (Effect.REPLACE, Effect.CREATE, Effect.CHARGE), "UnknownOutcome", 1),
    (429, (*REPEATED, Effect.CREATE), 429, 3), (429, (Effect.CHARGE,), 429, 1),
    (400, EFFECTS, 400, 1), (401, EFFECTS, 401, 1), (422, EFFECTS, 422, 1), (302, EFFECTS, 302, 1),
    ("reset", (Effect.READ, Effect.LOGIN), "TransportError", 3), ("reset", (Effect.REPLACE,), "UnknownOutcome", 3),
    ("reset", (Effect.CREATE, Effect.CHARGE), "UnknownOutcome", 1),
    ("silence", (Effect.READ,), "TransportError", 3), ("silence", (Effect.CREATE, Effect.CHARGE), "UnknownOutcome", 1),
    ((200, {"cut": "1"}), (Effect.READ,), "TransportError", 3), ((200, {"cut": "1"}), (Effect.CREATE, Effect.CHARGE), "UnknownOutcome", 1),
]


@pytest.mark.parametrize(("step", "effect", "expected", "requests"),
                         [(step, effect, expected, requests) for step, effects, expected, requests in TABLE for effect in effects],
                         ids=lambda value: str(value)[:20])
def test_what_stays_bad(server, wire, step, effect, expected, requests):
    server.script = [step] * 10
    assert outcome(wire, effect) == expected
    assert len(server.asked) == requests == wire.counts()["requests"] and wire.counts()["retries"] == requests - 1


@pytest.mark.parametrize("effect", REPEATED)
@pytest.mark.parametrize("step", [503, 429, "reset", (200, {"cut": "1"})], ids=str)
def test_what_passes(server, wire, step, effect):
    server.script = [step, step]
    assert outcome(wire, effect) == 200 and len(server.asked) == 3


def test_a_create_knocks_again_only_when_turned_away(server, wire):
    server.script = [429]
    assert outcome(wire, Effect.CREATE) == 200 and len(server.asked) == 2


@pytest.mark.parametrize("effect", EFFECTS)
def test_no_connection_is_certain(wire, effect):
    """Nothing was sent, so even a charge is known not to have happened."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        wire.base_url = "http://127.0.0.1:%d" % free.getsockname()[1]
    assert outcome(wire, effect) == "TransportError"


@pytest.mark.parametrize("effect", EFFECTS)
def test_check_mode_guards_every_write(server, wire, effect):
    wire.begin(30, check_mode=True)
    if effect in Effect.SAFE:
        assert outcome(wire, effect) == 200
    else:
        assert outcome(wire, effect) == "WriteRefused" and server.asked == []


def test_a_new_transport_cannot_write(server):
    made = Transport("vendor", server.url, Redactor())
    with pytest.raises(errors.WriteRefused):
        made.send("operation", "POST", "path", Effect.REPLACE)
    made.close()


@pytest.mark.parametrize("effect", [Effect.REPLACE, Effect.CREATE, Effect.CHARGE])
@pytest.mark.parametrize(("step", "settled"), [
    ("reset", False), ("silence", False), ((200, {"cut": "1"}), False),
    *((status, False) for status in (408, 502, 503, 504, 520, 522, 524, 529, 530, 598, 599)),
    *((status, True) for status in (500, 501, 505, 519, 531, 597))], ids=str)
def test_whether_the_server_has_finished(server, wire, step, settled, effect):
    """Only a whole answer of the server itself ends the doubt; whoever closes a connection or answers 504 may stand before it."""
    server.script = [step] * 3
    with pytest.raises(errors.UnknownOutcome) as caught:
        wire.send("operation", "POST", "path", effect)
    assert caught.value.settled is settled and caught.value.code == "outcome_unknown"
    assert ("gateway" in caught.value.message) is (isinstance(step, int) and not settled)


@pytest.mark.parametrize("effect", EFFECTS)
@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 522])
def test_the_vendors_own_refusal(server, wire, status, effect):
    """What the vendor's own envelope says is certain, whatever the status: returned at once, to be told as a refusal."""
    wire.understood = lambda reply: reply.json() == {"status": status}
    server.script = [status] * 3
    assert outcome(wire, effect) == status and len(server.asked) == 1


@pytest.mark.parametrize("status", [500, 503])
def test_a_wait_that_is_asked_for_holds_for_the_look(server, wire, monkeypatch, status):
    """Retry-After beside an unknown outcome: whoever looks, or tries again, waits for it; one beyond the deadline leaves is not waited for."""
    slept = []
    monkeypatch.setattr(transport.time, "sleep", slept.append)
    server.script = [(status, {"Retry-After": "3"}), 200, (status, {"Retry-After": "3600"})]
    assert outcome(wire, Effect.CREATE) == "UnknownOutcome" and slept == []
    assert outcome(wire, Effect.READ) == 200 and len(slept) == 1 and 2 < slept[0] <= 3
    wire._gate = 0
    assert outcome(wire, Effect.CREATE) == "UnknownOutcome" and outcome(wire, Effect.READ) == 200 and len(slept) == 1


@pytest.mark.parametrize("effect", [Effect.READ, Effect.CREATE])
def test_the_deadline_cuts_a_wait(server, wire, effect, monkeypatch):
    wire.timeout = 30
    wire.begin(0.5, check_mode=False)
    limits, request = [], wire._session.request
    monkeypatch.setattr(wire._session, "request", lambda *args, **more: limits.append(more["timeout"]) or request(*args, **more))
    server.script = ["silence"] * 3
    assert outcome(wire, effect) == ("DeadlineError" if effect == Effect.READ else "UnknownOutcome")
    assert len(server.asked) == len(limits) == 1 and all(0 < limit <= 0.5 for limit in limits[0])


def test_nothing_is_sent_after_the_deadline(server, wire):
    wire.begin(-1, check_mode=False)
    assert outcome(wire, Effect.CHARGE) == "DeadlineError" and server.asked == []


def test_retry_after_beyond_the_deadline_fails_at_once(server, wire):
    server.script = [(429, {"Retry-After": "3600"})] * 3
    with pytest.raises(errors.DeadlineError, match="3600"):
        wire.send("operation", "GET", "path", Effect.READ)
    assert len(server.asked) == 1


@pytest.mark.parametrize("odd", ["nan", "-1", "soon", "-inf", "Fri, 31 Feb 2026 10:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 +9999999999", ""])
def test_odd_retry_after(server, wire, odd):
    """Nonsense neither breaks the task nor makes it wait for ever."""
    server.script = [(429, {"Retry-After": odd})]
    wire.begin(5, check_mode=False)
    assert outcome(wire, Effect.READ) == 200 and len(server.asked) == 2


@pytest.mark.parametrize("absurd", ["1e300", "1" + "0" * 400, "inf", "1e9", "Fri, 31 Dec 9999 23:59:59 GMT"])
@pytest.mark.parametrize("effect", [Effect.READ, Effect.CREATE])
def test_absurd_waits(server, wire, absurd, effect):
    """More than anybody can wait for: an error of ours at once, whatever api_deadline is."""
    server.script = [(429, {"Retry-After": absurd})]
    wire.begin(1e8, check_mode=False)
    assert outcome(wire, effect) == "DeadlineError" and len(server.asked) == 1
    server.script = [(503, {"Retry-After": absurd})]
    assert outcome(wire, Effect.CHARGE) == "UnknownOutcome" and wire._gate == 0


def test_times_beyond_every_clock(server, wire):
    wire.timeout = 1e300
    wire.begin(1e300, check_mode=False)
    assert outcome(wire, Effect.READ) == 200 and wire.watchdog.is_alive()


@pytest.mark.parametrize(("value", "expected"), [
    (None, None), ("", None), (" ", None), ("3", 3.0), (" 2.5 ", 2.5), ("-4", 0.0), ("nan", None), ("inf", retries.LONGEST_WAIT),
    ("1e300", retries.LONGEST_WAIT),
    ("0", 0.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0), ("Thu, 01 Jan 1970 00:00:00", 0.0), ("tomorrow", None)])
def test_retry_after(value, expected):
    assert retries.retry_after(value) == expected


def test_retry_after_as_a_date(monkeypatch):
    now = datetime.datetime(2026, 3, 21, 10, 0, tzinfo=datetime.timezone.utc)

    class Fixed(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return now
    monkeypatch.setattr(retries, "datetime", Fixed)
    later = now + datetime.timedelta(seconds=100)
    assert retries.retry_after(format_datetime(later, usegmt=True)) == 100
    assert retries.retry_after(later.strftime("%a, %d %b %Y %H:%M:%S")) == 100


def test_backoff_grows_to_a_limit():
    for attempt, span in enumerate((0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10)):
        waits = [retries.backoff(attempt) for _number in range(200)]
        assert span / 2 <= min(waits) < span * 0.6 and span * 0.9 < max(waits) <= span


@pytest.mark.parametrize(("status", "repeat", "later"), [
    (200, False, False), (400, False, False), (407, False, False), (408, True, True), (409, False, False), (429, True, True), (499, False, False),
    (500, False, True),
    (501, False, True), (502, True, True), (503, True, True), (504, True, True), (505, False, True), (519, False, True), (520, True, True), (530, True, True),
    (531, False, True), (597, False, True), (598, True, True), (599, True, True)])
def test_statuses(status, repeat, later):
    assert retries.passes(status) is repeat and retries.may_pass(status) is later and retries.proves_nothing(status) is (repeat and status != 429)


@pytest.mark.parametrize("step", ["reset", "silence", 503, 500, (200, {"cut": "1"})], ids=str)
def test_retryable_of_what_is_unknown(server, wire, step):
    """An unknown outcome never asks for another run of its own: whoever ran it decides after a look. Everything that no vendor answered may pass."""
    server.script = [step] * 3
    with pytest.raises(errors.UnknownOutcome) as caught:
        wire.send("operation", "POST", "path", Effect.CREATE)
    assert caught.value.error["retryable"] is False and caught.value.error["name"] == "outcome_unknown"


@pytest.mark.parametrize(("seconds", "timeout", "kind"), [(0.2, 30, "deadline"), (-1, 30, "deadline"), (30, 0.1, "no_connection")])
def test_retryable_of_what_took_too_long(server, wire, seconds, timeout, kind):
    server.script = ["silence"] * 3
    wire.timeout = timeout
    wire.begin(seconds, check_mode=False)
    with pytest.raises(errors.PanelError) as caught:
        wire.send("operation", "GET", "path", Effect.READ)
    assert (caught.value.error["code"], caught.value.error["name"], caught.value.error["retryable"]) == (kind, kind, True)


def test_secrets_stay_out_of_messages(server, wire):
    wire.redactor.add("canary-secret")
    wire.base_url = "http://canary-secret.invalid"
    with pytest.raises(errors.TransportError) as caught:
        wire.send("operation", "GET", "x?q=canary-secret", Effect.READ)
    assert "canary" not in caught.value.sentence()


def test_a_header_that_cannot_be_sent(server, wire):
    """Persian letters cannot stand in a header: a clear failure, no repeats, nothing sent."""
    with pytest.raises(errors.PanelError):
        wire.send("operation", "GET", "path", Effect.READ, headers={"Authorization": "Bearer \u0698"})
    assert server.asked == []


def test_redirects_are_not_followed(server, wire):
    """A redirect could carry the password elsewhere."""
    server.script = [(302, {"Location": "http://127.0.0.1:9/"})]
    assert outcome(wire, Effect.READ) == 302 and len(server.asked) == 1


@pytest.mark.parametrize(("status", "body", "without"), [
    (204, b"", True), (205, b"", True), (204, b"x", True), (201, b"", True), (202, b" \r\n", True), (201, b"{}", False), (202, b"x", False), (200, b"", False),
    (203, b"", False), (206, b"", False), (404, b"", False)])
def test_a_reply_without_content(status, body, without):
    assert transport.Reply(status, {}, body).without_content is without


@pytest.mark.parametrize("effect", EFFECTS)
def test_an_answer_that_cannot_be_read(wire, effect):
    """A read was answered badly; what became of a write is open, though the server itself has finished with it. Only what answers a read is shown."""
    wire.redactor.add("secret-canary")
    for body, got in ((b"<html>secret-canary</html>", "text/html of 26 bytes"), (b"", "an empty body")):
        error = wire.bad_answer("look", transport.Reply(200, {"Content-Type": "text/html"}, body), "a JSON object", effect)
        assert (error.vendor, error.operation, error.http_status, error.retryable) == ("vendor", "look", 200, False)
        shown = ": <html>********</html>" if body and effect == Effect.READ else ""
        assert error.message == "look: expected a JSON object, got " + got + shown
        assert error.code == ("bad_answer" if effect in Effect.SAFE else "outcome_unknown") and getattr(error, "settled", True)


def test_a_repeat_is_told_to_whoever_asks_for_more(server, wire):
    notes = []
    wire.note = notes.append
    server.script = [503, "reset"]
    assert outcome(wire, Effect.READ) == 200 and len(notes) == 2
    assert "vendor operation: HTTP 503; again in" in notes[0] and "repeat 1 of 2" in notes[0] and "repeat 2 of 2" in notes[1]


def test_advice_about_tls(server, wire):
    """Only a certificate that is not trusted is a matter of ca_path; plain HTTP gets no such advice."""
    wire.base_url = server.url.replace("http:", "https:").rstrip("/")
    with pytest.raises(errors.TransportError) as caught:
        wire.send("operation", "POST", "path", Effect.CREATE)
    assert not caught.value.retryable and caught.value.ends_all and "scheme" in caught.value.hint and server.asked == []
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        wire.base_url = "http://127.0.0.1:%d" % free.getsockname()[1]
    with pytest.raises(errors.TransportError) as caught:
        wire.send("operation", "POST", "path", Effect.CREATE)
    assert caught.value.retryable and caught.value.ends_all and caught.value.hint is None and "connection refused" in caught.value.message


@pytest.mark.parametrize(("status", "ok"), [(199, False), (200, True), (201, True), (299, True), (300, False)])
def test_what_is_a_success(status, ok):
    assert transport.Reply(status, {}, b"").ok is ok


@pytest.mark.parametrize(("step", "seconds", "words"), [
    ("silence", 30, "no answer within api_timeout (0.4 s)"), ("silence", 0.2, "the answer had not come when api_deadline (0.2 s) passed"),
    ("reset", 30, "the connection broke before the answer was complete: connection reset by peer")], ids=["timeout", "deadline", "reset"])
@pytest.mark.parametrize("effect", [Effect.READ, Effect.CHARGE])
def test_why_an_answer_is_missing(server, wire, step, seconds, words, effect):
    wire.begin(seconds, check_mode=False)
    wire.retries = 0
    server.script = [step]
    with pytest.raises(errors.PanelError) as caught:
        wire.send("operation", "POST", "path", effect)
    assert caught.value.message == "operation: " + words


def test_every_task_has_a_clock_and_counts_of_its_own(server, wire):
    server.script = [503]
    assert outcome(wire, Effect.READ) == 200
    first = wire.watchdog
    assert wire.counts()["requests"] == 2 and wire.counts()["retries"] == 1
    wire.begin(30, check_mode=False)
    assert first.finished.is_set() and wire.watchdog is None and wire.counts()["requests"] == wire.counts()["retries"] == 0
    assert outcome(wire, Effect.READ) == 200
    last = wire.watchdog
    wire.end()
    assert last is not first and last.finished.is_set() and wire.watchdog is None


def test_seconds_of_a_task(wire, monkeypatch):
    monkeypatch.setattr(transport.time, "monotonic", lambda: wire.started + 7.12345)
    assert wire.counts()["seconds"] == 7.123


class Clock:
    """Stands for the clock of the transport: time passes only where somebody sleeps."""

    def __init__(self, monkeypatch):
        self.now = 1000.0
        self.slept = []
        monkeypatch.setattr(transport.time, "monotonic", lambda: self.now)
        monkeypatch.setattr(transport.time, "sleep", self.sleep)

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


def test_one_slow_down_counts_for_every_request(server, wire, monkeypatch):
    """Whoever comes while the vendor asks to wait, waits for what is left of it, or learns at once that it is longer than the task may take."""
    clock = Clock(monkeypatch)
    wire.begin(30, check_mode=False)
    wire._shut_gate(8)
    wire._shut_gate(3)
    clock.now += 7.5
    assert outcome(wire, Effect.READ) == 200 and clock.slept == [0.5]
    assert outcome(wire, Effect.READ) == 200 and clock.slept == [0.5] and len(server.asked) == 2
    wire._shut_gate(22)
    with pytest.raises(errors.DeadlineError) as caught:
        wire.send("operation", "GET", "path", Effect.READ)
    assert caught.value.message == "operation: api_deadline (30 s) has passed" and clock.slept == [0.5] and len(server.asked) == 2
    assert (caught.value.vendor, caught.value.operation) == ("vendor", "operation")


def test_a_wait_as_long_as_what_is_left_is_too_long(server, wire, monkeypatch):
    clock = Clock(monkeypatch)
    for left, expected in ((5, "DeadlineError"), (5.5, 200)):
        wire._gate = 0
        wire.begin(left, check_mode=False)
        server.script = [(429, {"Retry-After": "5"})]
        assert outcome(wire, Effect.READ) == expected
    assert clock.slept == [5.0]


@pytest.mark.parametrize(("step", "kind", "words"), [(503, errors.DeadlineError, "operation: api_deadline (5 s) has passed"),
                                                     ("reset", errors.TransportError, "the connection broke before the answer was complete")])
def test_no_time_for_a_repeat(server, wire, monkeypatch, step, kind, words):
    """What failed last is told, not that there was no time to try again."""
    clock = Clock(monkeypatch)
    monkeypatch.setattr(transport, "backoff", lambda attempt: 5)
    wire.begin(5, check_mode=False)
    server.script = [step] * 3
    with pytest.raises(kind) as caught:
        wire.send("operation", "GET", "path", Effect.READ)
    assert words in caught.value.message and clock.slept == [] and wire.counts()["retries"] == 0 and len(server.asked) == 1


def test_what_is_told_of_a_wait_that_is_too_long(server, wire):
    server.script = [(429, {"Retry-After": "3600"})]
    with pytest.raises(errors.DeadlineError) as caught:
        wire.send("operation", "GET", "path", Effect.READ)
    error = caught.value
    assert error.message == "operation: the vendor asks to wait 3600 s (HTTP 429), which is longer than what api_deadline leaves"
    assert (error.vendor, error.operation, error.http_status, error.hint) == ("vendor", "operation", 429, "Raise api_deadline or run again later")
    assert wire._gate == 0


@pytest.mark.parametrize(("check_mode", "effect", "writes"), [(False, Effect.READ, 0), (False, Effect.LOGIN, 0), (True, Effect.READ, 0),
                                                              (False, Effect.REPLACE, 1), (False, Effect.CREATE, 1), (False, Effect.CHARGE, 1)])
def test_writes_are_counted_once_however_often_they_are_sent(server, wire, check_mode, effect, writes):
    wire.begin(30, check_mode=check_mode)
    server.script = [429]
    outcome(wire, effect)
    assert wire.writes == writes
    wire.begin(30, check_mode=check_mode)
    assert wire.writes == 0


def test_a_write_that_was_refused_is_not_counted(wire):
    wire.begin(30, check_mode=True)
    with pytest.raises(errors.WriteRefused) as caught:
        wire.send("make it", "POST", "path", Effect.CREATE)
    assert wire.writes == wire.counts()["requests"] == 0
    assert caught.value.message == "the write make it was stopped: nothing is written in check mode"
    assert (caught.value.vendor, caught.value.operation) == ("vendor", "make it")


@pytest.mark.parametrize("url", ["path", "/path", "{server}path"])
def test_addresses(server, wire, url):
    wire.send("operation", "GET", url.format(server=server.url), Effect.READ, params={"a": "b c"}, headers={"X-Own": "y"})
    command, path, headers = server.asked[0]
    assert (command, path, headers["X-Own"]) == ("GET", "/path?a=b+c", "y")
    assert headers["User-Agent"] == "kariz.panels" and headers["Accept"] == "application/json"


@pytest.mark.parametrize("url", ["http://{host}:bad/", "http://.{host}/"])
def test_an_address_that_cannot_be_asked(wire, url):
    """Asking once more cannot help."""
    with pytest.raises(errors.TransportError) as caught:
        wire.send("operation", "GET", url.format(host="panel.test"), Effect.CHARGE)
    assert caught.value.retryable is False and caught.value.message.startswith("operation: ") and wire.counts()["retries"] == 0
    assert (caught.value.vendor, caught.value.operation) == ("vendor", "operation")


def test_what_a_transport_trusts_and_when_it_gives_up_without_being_told():
    made = Transport("vendor", "https://panel.test/", Redactor())
    assert (made._session.verify, made.timeout, made.retries, made.base_url, made.check_mode) == (True, 30, 5, "https://panel.test", True)
    assert made.deadline.seconds == 300
    assert Transport("vendor", "https://panel.test/", Redactor(), validate_certs=False)._session.verify is False
    made.close()


def test_closing_closes_connections(server, wire):
    assert outcome(wire, Effect.READ) == 200
    (connection,) = wire._adapter.live
    assert connection.sock is not None
    wire.close()
    assert connection.sock is None and wire.watchdog is None


def test_cutting_ends_what_is_under_way(wire, monkeypatch):
    cut = []
    monkeypatch.setattr(wire._adapter, "cut", lambda: cut.append(1))
    wire.cut()
    assert cut == [1]


def test_the_watch_over_the_deadline_does_not_keep_the_process(server, wire):
    assert outcome(wire, Effect.READ) == 200
    first = wire.watchdog
    assert first.daemon and first.is_alive() and 0 < first.interval <= 30
    assert outcome(wire, Effect.READ) == 200 and wire.watchdog is first


def test_a_wait_that_is_asked_for_is_kept_only_where_time_is_left(server, wire, monkeypatch):
    clock = Clock(monkeypatch)
    wire.begin(10, check_mode=False)
    for asked, gate in (("10", 0), ("9", clock.now + 9)):
        server.script = [(503, {"Retry-After": asked})]
        assert outcome(wire, Effect.CREATE) == "UnknownOutcome" and wire._gate == gate


@pytest.mark.parametrize("left", [0.01, -0.01, 0])
def test_a_deadline_has_passed_when_nothing_is_left(monkeypatch, left):
    monkeypatch.setattr(retries.time, "monotonic", lambda: 100.0)
    deadline = retries.Deadline(60)
    monkeypatch.setattr(retries.time, "monotonic", lambda: 160.0 - left)
    assert deadline.left() == pytest.approx(left) and deadline.passed() is (left <= 0)


@pytest.mark.parametrize(("given", "requests", "reading", "seconds"), [
    (None, 0, False, 300), (None, 100, False, 675), (None, 4700, False, 17925), (None, 8, True, 330), (20, 4700, False, 20), (20, 4700, True, 20)])
def test_a_deadline_that_nobody_set_grows_with_the_requests_of_a_list(server, given, requests, reading, seconds):
    """By what a server may take for each of them (30 s, eight at once); one that was given stays as it is."""
    wire = Transport("vendor", server.url, Redactor(), timeout=30, concurrency=8)
    wire.begin(given, check_mode=False)
    wire.grow(requests, reading)
    assert wire.deadline.seconds == seconds and seconds - 5 < wire.deadline.left() <= seconds
    wire.close()


def test_pages_without_end_do_not_give_time_without_end(server):
    wire = Transport("vendor", server.url, Redactor(), timeout=30, concurrency=1)
    wire.begin(None, check_mode=False)
    for _page in range(1000):
        wire.grow(1, reading=True)
    assert wire.deadline.seconds == retries.LONGEST_READ
    wire.grow(10)
    assert wire.deadline.seconds == retries.LONGEST_READ + 300
    wire.close()


def test_the_watch_over_a_deadline_goes_with_it(server, wire, monkeypatch):
    """It was set when the deadline was shorter: nothing is cut before the time that is allowed by now, and then everything is."""
    monkeypatch.setattr(retries, "USUAL", 0.2)
    cuts: list = []
    monkeypatch.setattr(wire, "cut", lambda: cuts.append(time.monotonic()))
    wire.begin(None, check_mode=False)
    assert outcome(wire, Effect.READ) == 200
    first, end = wire.watchdog, time.monotonic() + 0.2
    wire.deadline.grow(0.3)
    first.join(5)
    wire.watchdog.join(5)
    assert wire.watchdog is not first and len(cuts) == 1 and cuts[0] >= end + 0.2


def test_a_watch_that_rings_after_its_task_cuts_nothing(server, wire, monkeypatch):
    cuts: list = []
    monkeypatch.setattr(wire, "cut", lambda: cuts.append(1))
    wire.begin(30, check_mode=False)
    assert outcome(wire, Effect.READ) == 200
    old = wire.deadline
    wire.begin(0.001, check_mode=False)
    wire._ring(old)
    wire.end()
    wire._ring(wire.deadline)
    assert cuts == []


def test_a_repeat_waits_its_time(server, wire, monkeypatch):
    clock = Clock(monkeypatch)
    monkeypatch.setattr(transport, "backoff", lambda attempt: 2 + attempt)
    wire.begin(30, check_mode=False)
    server.script = [503, 503]
    assert outcome(wire, Effect.READ) == 200 and clock.slept == [2, 3] and wire._gate == 0


@pytest.mark.parametrize(("error", "words"), [
    (requests.exceptions.ReadTimeout("x"), "no answer within api_timeout (0.4 s)"),
    (requests.exceptions.ConnectionError("Read Timed Out."), "no answer within api_timeout (0.4 s)"),
    (requests.exceptions.ConnectionError("odd"), "the connection broke before the answer was complete: odd"),
    (requests.exceptions.ChunkedEncodingError("odd"), "the connection broke before the answer was complete: odd"),
    (requests.exceptions.ContentDecodingError("odd"), "the connection broke before the answer was complete: odd")], ids=repr)
@pytest.mark.parametrize("late", [False, True])
def test_how_an_answer_was_lost(wire, monkeypatch, error, words, late):
    """However the libraries put it; when the time is up, that is the reason."""
    clock = Clock(monkeypatch)
    wire.begin(30, check_mode=False)
    wire.retries = 0

    def request(*args, **more):
        clock.now += 30 if late else 1
        raise error
    monkeypatch.setattr(wire._session, "request", request)
    for effect, kind in ((Effect.READ, errors.DeadlineError if late else errors.TransportError), (Effect.CREATE, errors.UnknownOutcome)):
        wire.begin(30, check_mode=False)
        with pytest.raises(kind) as caught:
            wire.send("operation", "GET", "path", effect)
        assert caught.value.message == "operation: " + ("the answer had not come when api_deadline (30 s) passed" if late else words)
        assert getattr(caught.value, "late", late) is late and caught.value.retryable is (effect == Effect.READ)


@pytest.mark.parametrize(("error", "sent"), [
    (requests.exceptions.ConnectTimeout("x"), False), (requests.exceptions.ProxyError("x"), False), (requests.exceptions.ConnectionError("x"), True)], ids=repr)
def test_what_was_certainly_not_sent(wire, monkeypatch, error, sent):
    def request(*args, **more):
        raise error
    monkeypatch.setattr(wire._session, "request", request)
    assert outcome(wire, Effect.CHARGE) == ("UnknownOutcome" if sent else "TransportError")
