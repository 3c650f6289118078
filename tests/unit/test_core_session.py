# SPDX-License-Identifier: GPL-3.0-or-later
"""The session of requests: whom it trusts, through which proxies it goes, and connections that can be cut."""

from __future__ import annotations

import contextlib
import gzip
import http.server
import importlib.util
import json
import pathlib
import socket
import ssl
import threading
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
import requests
import urllib3

from ansible_collections.kariz.panels.plugins.module_utils._core.http import bodies, session
from ansible_collections.kariz.panels.plugins.module_utils._core.http.reasons import Handshake, chain, told, untrusted

#: Whether Python compares the name of the server, or the library does.
NAMES = not urllib3.__version__.startswith("1.")
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture
def certificate():
    path = pathlib.Path(__file__).resolve().parents[2] / "roles/simulator/files/kariz_simulator/vendors" / "deltasib" / "certificate.py"
    spec = importlib.util.spec_from_file_location("certificate_for_the_session", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = module.Certificate()
    yield made
    made.remove()


class Listener:
    """Takes connections and answers each, over TLS with a context; a silent one says nothing and waits for the end."""

    def __init__(self, context=None, silent=False):
        self.context = context
        self.silent = silent
        self.taken = threading.Event()
        self.ended = threading.Event()
        self.asked = []
        self.connections = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                raw, _address = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            with raw, contextlib.suppress(OSError), (self.context.wrap_socket(raw, server_side=True) if self.context else raw) as link:
                while True:
                    head = b""
                    while not head.endswith(b"\r\n\r\n"):
                        part = link.recv(4096)
                        if not part:
                            self.ended.set()
                            raise OSError
                        head += part
                    self.asked.append(head.decode().splitlines())
                    self.taken.set()
                    if not self.silent:
                        link.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    def close(self):
        # Closing alone does not wake a thread that waits in accept.
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(30)


@pytest.fixture
def listen():
    made = []

    def start(*args, **more):
        made.append(Listener(*args, **more))
        return made[-1]
    yield start
    for one in made:
        one.close()


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch):
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def opened(url="https://panel.test", validate_certs=True, ca_path=None, pool=4):
    return session.open_session(url, validate_certs, ca_path, pool, "agent/1")


# -- whom to trust -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("option", "environ", "expected"), [
    ("/o", {"REQUESTS_CA_BUNDLE": "/r", "CURL_CA_BUNDLE": "/c"}, "/o"), (None, {"REQUESTS_CA_BUNDLE": "/r", "CURL_CA_BUNDLE": "/c"}, "/r"),
    (None, {"CURL_CA_BUNDLE": "/c"}, "/c"), ("", {"REQUESTS_CA_BUNDLE": "", "CURL_CA_BUNDLE": "/c"}, "/c"), (None, {}, requests.certs.where()),
])
def test_which_bundle_counts(option, environ, expected):
    assert session.ca_bundle(option, environ) == expected


def test_the_bundle_of_the_process_s_environment(monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/from/the/environment")
    assert session.ca_bundle(None) == "/from/the/environment"


def test_contexts_are_made_once_for_each_bundle(certificate, tmp_path):
    ca = str(certificate.ca)
    trusting = session.tls_context(True, ca)
    assert session.tls_context() is session.tls_context(True) and session.tls_context().verify_mode == ssl.CERT_REQUIRED
    assert session.tls_context(True, ca) is trusting and session.tls_context() is not trusting and session.tls_context(True, str(tmp_path)) is not trusting
    assert (trusting.verify_mode, trusting.check_hostname) == (ssl.CERT_REQUIRED, NAMES) and trusting.cert_store_stats()["x509_ca"] == 1
    # A folder is searched when a certificate is looked at, not read.
    folder = session.tls_context(True, str(tmp_path))
    assert (folder.verify_mode, folder.check_hostname) == (ssl.CERT_REQUIRED, NAMES) and folder.cert_store_stats()["x509"] == 0
    blind = session.tls_context(False, ca)
    assert (blind.verify_mode, blind.check_hostname) == (ssl.CERT_NONE, False) and session.tls_context(False) is blind


@pytest.mark.parametrize(("validate_certs", "trusted", "served"), [(True, True, True), (True, False, False), (False, False, True), (False, True, True)])
def test_what_is_trusted(certificate, listen, recwarn, validate_certs, trusted, served):
    server = listen(certificate.context())
    url = "https://127.0.0.1:%d/" % server.port
    made, adapter = opened(url, validate_certs, str(certificate.ca) if trusted else None)
    if served:
        assert made.get(url, timeout=20).json() == {} and made.get(url, timeout=20).status_code == 200 and server.connections == 1
    else:
        with pytest.raises(requests.exceptions.SSLError) as caught:
            made.get(url, timeout=20)
        assert any(isinstance(part, Handshake) for part in chain(caught.value)) and server.asked == []
    adapter.close()
    # Whoever turns verification off has said so: no warning for every connection.
    assert [str(warning.message) for warning in recwarn if "erif" in str(warning.message)] == []


@pytest.mark.parametrize("trusted", [True, False])
def test_the_name_of_the_server_is_compared(certificate, listen, monkeypatch, trusted):
    """A certificate of somebody else is no certificate, whichever of the libraries looks at it, unless the user wants no look."""
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *args, **more: real("127.0.0.1", *args, **more))
    server = listen(certificate.context())
    url = "https://elsewhere.test:%d/" % server.port
    made, adapter = opened(url, trusted, str(certificate.ca))
    for more in ({}, {"allow_redirects": False}):
        if not trusted:
            assert made.request("GET", url, timeout=(20, 20), **more).status_code == 200
            continue
        with pytest.raises(requests.exceptions.SSLError) as caught:
            made.request("GET", url, timeout=(20, 20), **more)
        assert any(isinstance(part, Handshake) for part in chain(caught.value)) and untrusted(caught.value) and server.asked == []
        assert told(caught.value).startswith("the certificate is not trusted: ") and "elsewhere.test" in told(caught.value)
    adapter.close()


# -- the session -------------------------------------------------------------------------------------------------------


def test_nothing_of_the_users_own_files_joins(listen, tmp_path, monkeypatch):
    """A netrc file would put another account's password into the request."""
    server = listen()
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login canary password canary\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    url = "http://127.0.0.1:%d/x" % server.port
    made, adapter = opened(url)
    assert made.get(url, timeout=20).status_code == 200
    lines = [line.lower() for line in server.asked[0]]
    assert lines[0] == "get /x http/1.1" and "accept: application/json" in lines and "user-agent: agent/1" in lines
    assert not [line for line in lines if "authorization" in line]
    adapter.close()


def test_proxies_of_the_environment(listen, monkeypatch):
    proxy = listen()
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:%d" % proxy.port)
    monkeypatch.setenv("no_proxy", "left.test")
    made, adapter = opened("http://panel.test/")
    assert made.get("http://panel.test/x", timeout=20).status_code == 200 and proxy.asked[0][0] == "GET http://panel.test/x HTTP/1.1"
    # A connection to a proxy can be cut like any other.
    assert [link.port for link in adapter.live] == [proxy.port]
    adapter.close()
    assert opened("http://left.test/")[0].proxies == {}


def test_as_many_connections_are_kept_as_are_used_at_once():
    made, adapter = opened(pool=7)
    assert made.get_adapter("https://panel.test/") is made.get_adapter("http://panel.test/") is adapter
    for url in ("https://panel.test/", "http://panel.test/"):
        assert adapter.poolmanager.connection_from_url(url).pool.maxsize == 7
    assert adapter.max_retries.total == 0


# -- cutting -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("secure", [False, True])
def test_a_request_under_way_is_cut(certificate, listen, secure):
    server = listen(certificate.context() if secure else None, silent=True)
    url = "%s://127.0.0.1:%d/" % ("https" if secure else "http", server.port)
    made, adapter = opened(url, ca_path=str(certificate.ca))
    raised = []

    def ask():
        try:
            made.get(url, timeout=60)
        except requests.exceptions.RequestException as error:
            raised.append(error)
    thread = threading.Thread(target=ask)
    thread.start()
    assert server.taken.wait(30)
    adapter.cut()
    thread.join(30)
    assert isinstance(raised[0], requests.exceptions.ConnectionError) and server.ended.wait(30)
    # What is cut already, or has no socket any more, is no trouble.
    adapter.cut()
    adapter.close()
    adapter.cut()


def test_a_socket_that_is_closed_already_is_no_trouble():
    adapter = opened()[1]

    class Gone:
        sock = socket.socket()
    Gone.sock.close()
    gone, never = Gone(), Gone()
    never.sock = None
    adapter.live.add(gone)
    adapter.live.add(never)
    adapter.cut()


# -- the short way -----------------------------------------------------------------------------------------------------


class Recorder(http.server.BaseHTTPRequestHandler):
    """Keeps what it is asked, gives a cookie where the path says so, and answers in the encoding that the path names."""

    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append((self.command, self.path, sorted((name.lower(), value) for name, value in self.headers.items()), body))
        told = {"broken": b"no gzip", "packed": gzip.compress(b'{"a": 1}')}.get(self.path.rpartition("/")[2], b'{"a": 1}')
        self.send_response(201)
        self.send_header("X-Two", "one")
        self.send_header("X-Two", "two")
        if "cookie" in self.path:
            self.send_header("Set-Cookie", "held=yes; Path=/")
        if "broken" in self.path or "packed" in self.path:
            self.send_header("Content-Encoding", "gzip")
        if "chunks" in self.path:
            self.send_header("Transfer-Encoding", "chunked")
            told = b"4\r\n%s\r\n4\r\n%s\r\n%s" % (told[:4], told[4:], b"" if "cut" in self.path else b"0\r\n\r\n")
        elif "last" not in self.path:
            self.send_header("Content-Length", str(len(told) + (5 if "cut" in self.path else 0)))
        self.end_headers()
        self.wfile.write(told)
        self.close_connection = "cut" in self.path or "last" in self.path

    do_GET = do_POST = do_PATCH = do_DELETE = do_HEAD = answer

    def log_message(self, *_args):
        pass


@pytest.fixture
def recorder():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    server.asked = []
    server.url = "http://127.0.0.1:%d/base" % server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(30)


def long_way(made, *args, **more):
    return requests.Session.request(made, *args, **more)


@pytest.mark.parametrize(("method", "path", "more"), [
    ("GET", "users", {}), ("get", "users/12", {"headers": {"Authorization": "Bearer t"}}), ("POST", "users", {"json": {"name": "سارا", "n": 1.5}}),
    ("POST", "users", {"json": []}), ("POST", "users", {}), ("DELETE", "a/b-c_d~e", {}),
    ("PATCH", "users/1", {"json": {}, "headers": {"accept": "text/plain"}}), ("GET", "users", {"headers": {"token": "سارا".encode(), "a": "\xe9"}}),
    ("POST", "users", {"json": {"a": 1}, "headers": {"content-type": "application/vnd.x+json"}}), ("POST", "users", {"json": 0, "headers": {}}),
    ("GET", "users", {"params": {"a": "b"}}), ("POST", "users", {"data": {"a": "b"}}), ("GET", "users", {"auth": ("a", "b")}), ("GET", "a/../b", {}),
    ("GET", "packed", {}), ("GET", "chunks", {}), ("POST", "last", {"json": {}}),
    ("GET", "a%20b", {}), ("GET", "a b", {}), ("GET", "a?b=c", {}), ("GET", "//a", {}), ("GET", "a/", {}), ("GET", "سارا", {}),
])
def test_the_short_way_says_what_the_library_says(recorder, method, path, more):
    made, adapter = opened(recorder.url + "/")
    told = []
    for way in (made.request, lambda *args, **kept: made.request(*args, **dict(kept, allow_redirects=True))):
        answer = way(method, "%s/%s" % (recorder.url, path), timeout=(20, 20), allow_redirects=False, **more)
        told.append((answer.status_code, answer.headers.get("x-TWO"), answer.headers["x-two"], answer.content))
    assert recorder.asked[0] == recorder.asked[1] and told[0] == told[1] == (201, "one, two", "one, two", b'{"a": 1}')
    assert len(list(adapter.live)) == 1 or path == "last"
    made.close()


def test_who_goes_the_short_way(recorder, monkeypatch):
    made, _adapter = opened(recorder.url)
    taken = []
    whole = Mock(headers={})
    whole.raw.stream.return_value = []
    monkeypatch.setattr(requests.Session, "request", lambda self, method, url, **more: taken.append(url) or whole)
    options = {"timeout": (20, 20), "allow_redirects": False}

    def short(url=recorder.url + "/users", **more):
        taken.clear()
        made.request("POST", url, **{**options, **more})
        return not taken
    assert short() and short(json={"a": 1}) and short(headers={"a": "b"}) and short(params=None, data=None, files=None, auth=None)
    assert short(recorder.url + "/users/12") and short(params={}, data={})
    for more in ({"params": {"a": 1}}, {"data": "x"}, {"files": {"a": b""}}, {"auth": ("a", "b")}, {"allow_redirects": True}):
        assert not short(**more), more
    for url in ("http://elsewhere.test/users", recorder.url + "er/users", recorder.url + "/a.b", recorder.url + "/a?b=c", recorder.url + "/"):
        assert not short(url), url
    made.proxies = {"http": "http://proxy.test"}
    assert not short()
    made.proxies = {}
    assert short()
    made.cookies.set("a", "b")
    assert not short()
    mine, _adapter = opened(recorder.url.replace("//", "//user:pass@"))
    taken.clear()
    mine.request("GET", recorder.url.replace("//", "//user:pass@") + "/users", **options)
    assert taken


def test_a_cookie_is_kept(recorder):
    """A balancer before the vendor tells by it where a session lives."""
    made, _adapter = opened(recorder.url)
    for path in ("users", "cookie", "users"):
        made.request("GET", "%s/%s" % (recorder.url, path), timeout=(20, 20), allow_redirects=False)
    assert [dict(headers).get("cookie") for _method, _path, headers, _body in recorder.asked] == [None, None, "held=yes"]
    made.close()


@pytest.mark.parametrize(("headers", "path", "json_body", "kind"), [
    ({"a": "b\nc"}, "users", None, "InvalidHeader"), ({"a": " b"}, "users", None, "InvalidHeader"), ({}, "cut", None, "ChunkedEncodingError"),
    ({}, "chunks-cut", None, "ChunkedEncodingError"),
    ({}, "broken", None, "ContentDecodingError"), ({}, "users", float("nan"), "InvalidJSONError"), ({"a": "سارا"}, "users", None, "UnicodeEncodeError")])
def test_the_short_way_fails_as_the_library_fails(recorder, headers, path, json_body, kind):
    made, _adapter = opened(recorder.url)
    for way in (made.request, lambda *args, **kept: made.request(*args, **dict(kept, allow_redirects=True))):
        with pytest.raises(Exception) as caught:  # noqa: PT011
            way("POST", "%s/%s" % (recorder.url, path), timeout=(20, 20), allow_redirects=False, headers=headers, json=json_body)
        assert type(caught.value).__name__ == kind
    made.close()


def test_the_short_way_over_tls_and_to_nobody(certificate, listen):
    server = listen(certificate.context())
    url = "https://127.0.0.1:%d" % server.port
    options = {"timeout": (20, 20), "allow_redirects": False}
    for ca, validate in ((str(certificate.ca), True), (None, False)):
        made, adapter = opened(url, validate, ca)
        assert json.loads(made.request("GET", url + "/x", **options).content) == {} and made.request("GET", url + "/x", **options).status_code == 200
        assert len(list(adapter.live)) == 1
        made.close()
        # Closed is not broken: the next request opens connections of its own.
        assert made.request("GET", url + "/x", **options).status_code == 200
        made.close()
    made, _adapter = opened(url)
    with pytest.raises(requests.exceptions.SSLError) as caught:
        made.request("GET", url + "/x", **options)
    assert any(isinstance(part, Handshake) for part in chain(caught.value)) and len(server.asked) == 6
    silent = listen(silent=True)
    made, _adapter = opened("http://127.0.0.1:%d" % silent.port)
    with pytest.raises(requests.exceptions.ReadTimeout):
        made.request("GET", "http://127.0.0.1:%d/x" % silent.port, timeout=(20, 0.05), allow_redirects=False)
    silent.close()
    # The head of an answer and nothing more: whoever waits for the rest waits no longer than for an answer.
    with pytest.raises(requests.exceptions.ConnectionError, match="timed out"):
        made._content(SimpleNamespace(length=1, read=Mock(side_effect=TimeoutError("timed out"))), None, 10)  # pylint: disable=protected-access
    # More than there is room for is not read at all.
    long = SimpleNamespace(length=11, read=Mock(return_value=b"x" * 11))
    with pytest.raises(bodies.TooLong):
        made._content(long, None, 10)  # pylint: disable=protected-access
    assert not long.read.called
    just = SimpleNamespace(length=10, read=Mock(return_value=b"{}"), headers={}, getheader=lambda name: None)
    assert made._content(just, None, 10) is not None  # pylint: disable=protected-access
    with pytest.raises(requests.exceptions.ConnectionError):
        made.request("GET", "http://127.0.0.1:%d/x" % silent.port, **options)
