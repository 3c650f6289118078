# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small server between client and simulator: as a TLS front, or as the proxy of the environment. It records what it is asked."""

from __future__ import annotations

import contextlib
import datetime
import http.client
import ipaddress
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Relay:
    """Passes every request on to the simulator; a context manager.

    :arg target: address of the simulator, without a path.
    :arg certificate: ``(certificate file, key file)`` for TLS.
    """

    def __init__(self, target, certificate=None):
        self.asked = []
        self.target = urlsplit(target)
        relay = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self):
                relay.asked.append((self.command, self.path))
                # A client of a proxy sends the whole address.
                asked = urlsplit(self.path)
                path = asked.path + ("?" + asked.query if asked.query else "")
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                kept = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection", "proxy-connection")}
                status, headers, content = relay.answer(self.command, path, body, kept)
                self.send_response(status)
                for name, value in headers:
                    if name.lower() not in ("transfer-encoding", "connection", "content-length", "server", "date"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = pass_on

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *args: None
        self.scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*map(str, certificate))
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
            self.scheme = "https"
        self.url = "%s://127.0.0.1:%d" % (self.scheme, self.server.server_address[1])

    def answer(self, method, path, body, headers):
        """Return ``(status, headers, body)`` of what the simulator answers."""
        if self.target.scheme == "https":
            upstream = http.client.HTTPSConnection(self.target.hostname, self.target.port, timeout=30, context=ssl._create_unverified_context())
        else:
            upstream = http.client.HTTPConnection(self.target.hostname, self.target.port, timeout=30)
        upstream.request(method, path, body, headers)
        answer = upstream.getresponse()
        try:
            return answer.status, answer.getheaders(), answer.read()
        finally:
            upstream.close()

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.server.shutdown()
        self.server.server_close()


class Gateway(Relay):
    """Gives up on the first write at once, with an answer of its own, while the server carries it out later, or never.

    :arg is_write: called with method, path and body (text); says whether a request is the write.
    :arg seconds: after how long the server has carried it out; None: it never does.
    """

    def __init__(self, target, is_write, seconds, status=504, times=1):
        super().__init__(target)
        self.is_write = is_write
        self.seconds = seconds
        self.status = status
        self.times = times
        self.late: list = []

    def answer(self, method, path, body, headers):
        if self.times and self.is_write(method, path, body.decode("utf-8", "replace")):
            self.times -= 1
            if self.seconds is not None:
                self.late.append(threading.Timer(self.seconds, self._carry_out, (method, path, body, headers)))
                self.late[-1].start()
            return self.status, [("Content-Type", "text/html")], b"<html>Gateway Time-out</html>"
        return super().answer(method, path, body, headers)

    def _carry_out(self, *request):
        with contextlib.suppress(OSError, http.client.HTTPException):  # nobody waits for this answer
            super().answer(*request)

    def wait(self):
        """Wait until the server has done all that was given to it."""
        for timer in self.late:
            timer.join()


class Meanwhile(Relay):
    """Lets somebody else act before it passes on the request of a number.

    :arg act: called once, without arguments.
    :arg before: number of that request, counted from 1.
    """

    def __init__(self, target, act, before, certificate=None):  # pylint: disable=redefined-outer-name
        super().__init__(target, certificate)
        self.act = act
        self.before = before
        self.number = 0
        self.lock = threading.Lock()

    def answer(self, method, path, body, headers):
        with self.lock:
            self.number += 1
            if self.number == self.before:
                self.act()
        return super().answer(method, path, body, headers)

    def wait(self):
        """Act now, if there were fewer requests."""
        with self.lock:
            if self.number < self.before:
                self.act()
                self.before = 0


def certificate(folder, name="server"):
    """Make a self-signed certificate for the loopback; return its file and that of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kariz test %s" % name)])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.KeyUsage(True, False, False, False, False, True, False, False, False), critical=True)
        .sign(key, hashes.SHA256()))
    files = Path(folder) / ("%s.crt" % name), Path(folder) / ("%s.key" % name)
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return files
