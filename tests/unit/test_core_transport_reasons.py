# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a connection failed, in words, and whether the request was certainly not sent: errors as the libraries wrap them."""

from __future__ import annotations

import http.client
import socket
import ssl

import pytest
import requests
import urllib3

from ansible_collections.kariz.panels.plugins.module_utils._core.errors import TransportError
from ansible_collections.kariz.panels.plugins.module_utils._core.http import reasons
from ansible_collections.kariz.panels.plugins.module_utils._core.http.reasons import Handshake

POOL = urllib3.HTTPConnectionPool("panel.test", 80)
SOCKET = urllib3.connection.HTTPConnection("panel.test")


def raised(error, cause=None, context=None):
    """Return an error as it looks after it was raised from a cause, or while another one was being dealt with."""
    error.__cause__, error.__context__ = cause, context
    return error


def wrapped(inner, kind=requests.exceptions.ConnectionError):
    return kind(urllib3.exceptions.MaxRetryError(POOL, "/x", inner))


def verification(message="self-signed certificate"):
    error = ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: %s (_ssl.c:1028)" % message)
    error.verify_message = message
    return error


def handshake(reason):
    inner = ssl.SSLError(1, "[SSL: X] x (_ssl.c:1)")
    inner.reason = reason
    return Handshake(inner)


REFUSED = raised(urllib3.exceptions.NewConnectionError(SOCKET, "Failed to establish a new connection: [Errno 111] Connection refused"),
                 ConnectionRefusedError(111, "Connection refused"))
UNREACHABLE = raised(urllib3.exceptions.NewConnectionError(SOCKET, "Failed: [Errno 101] Network is unreachable"), OSError(101, "Network is unreachable"))
CASES = [
    # error, words, certainly not sent
    (wrapped(REFUSED), "connection refused", True),
    (wrapped(UNREACHABLE), "network is unreachable", True),
    (wrapped(raised(urllib3.exceptions.NewConnectionError(SOCKET, "x"), socket.gaierror(-2, "Name or service not known"))),
     "the name cannot be resolved", True),
    (wrapped(urllib3.exceptions.ConnectTimeoutError(SOCKET, "timed out")), "the server did not take the connection in time", True),
    (wrapped(urllib3.exceptions.SSLError(Handshake(verification())), requests.exceptions.SSLError),
     "the certificate is not trusted: self-signed certificate", True),
    (wrapped(urllib3.exceptions.SSLError(handshake("WRONG_VERSION_NUMBER"))), "no TLS: wrong version number", True),
    (wrapped(urllib3.exceptions.SSLError(handshake(None))), "no TLS: the server ended the handshake", True),
    (wrapped(urllib3.exceptions.SSLError(ssl.SSLError(1, "[SSL] bad record mac"))), "[ssl] bad record mac", False),
    (requests.exceptions.ConnectionError(urllib3.exceptions.ProtocolError("Connection aborted.", http.client.RemoteDisconnected("Remote end closed"))),
     "the server closed the connection without an answer", False),
    (requests.exceptions.ConnectionError(urllib3.exceptions.ProtocolError("Connection aborted.", ConnectionResetError(104, "Connection reset by peer"))),
     "connection reset by peer", False),
    (requests.exceptions.ChunkedEncodingError(urllib3.exceptions.ProtocolError("Connection broken", urllib3.exceptions.IncompleteRead(3, 10))),
     "the answer ended too early", False),
    (requests.exceptions.ContentDecodingError(urllib3.exceptions.DecodeError("gzip", ValueError("Error -3"))), "the answer cannot be unpacked", False),
    (wrapped(urllib3.exceptions.ProxyError("Unable to connect to proxy", REFUSED), requests.exceptions.ProxyError),
     "the proxy of the environment: connection refused", True),
    (requests.exceptions.ConnectionError("HTTPConnectionPool(host='panel.test', port=80): odd"), "odd", False),
    (requests.exceptions.ConnectionError("<urllib3.connection.HTTPConnection object at 0x7fa3>: SomeError: odd"), "odd", False),
    (requests.exceptions.ConnectionError(), "the connection failed", False), (requests.exceptions.InvalidURL("no host"), "no host", False),
]


@pytest.mark.parametrize(("error", "words", "not_sent"), CASES, ids=[case[1][:30] for case in CASES])
def test_reasons(error, words, not_sent):
    assert reasons.told(error) == words and reasons.never_connected(error) is not_sent
    assert reasons.untrusted(error) is words.startswith("the certificate")


def test_an_earlier_failure_is_no_reason():
    """A write that is sent while a refused connection is being dealt with, and is lost, may have been carried out."""
    earlier = raised(TransportError("refused"), context=wrapped(REFUSED))
    reset = raised(ConnectionResetError(104, "Reset"), context=earlier)
    later = requests.exceptions.ConnectionError(urllib3.exceptions.ProtocolError("Connection aborted.", reset))
    assert not reasons.never_connected(later) and reasons.told(later) == "reset"


def test_a_circle_of_errors_ends():
    one, two = OSError(5, "One"), ValueError("two")
    one.__context__, two.__context__ = two, one
    assert list(reasons.chain(two)) == [two, one] and reasons.told(two) == "one"


def test_a_handshake_tells_what_the_library_told():
    inner = ssl.SSLError(1, "[SSL: X] x")
    assert Handshake(inner).args == (1, "[SSL: X] x") and Handshake(inner).cause is inner
