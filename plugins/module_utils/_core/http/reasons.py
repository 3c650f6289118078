# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a connection failed, in words: the libraries wrap one error into another and name their classes in the text."""

from __future__ import annotations

import re
import socket
import ssl

from ..errors import PanelError

#: ``Plain(host='panel.test', port=443): ``, ``<urllib3.connection.HTTPConnection object at 0x7f...>: `` and the like.
_INSIDES = re.compile(r"<[\w.]+ object at 0x[0-9a-f]+>|\b\w+\((?:host|\d+)[^()]*\)|\b[A-Z]\w*(?:Error|Exception|Disconnected)\b")
_UNTOLD = "the connection failed"


class Handshake(ssl.SSLError):
    """TLS could not be agreed upon, so nothing was sent. ``cause`` is the error of the library."""

    def __init__(self, cause):
        super().__init__(*cause.args)
        self.cause = cause


def chain(error):
    """Yield an error and all that it was made of, from the outside in.

    Not what was being dealt with when it came up: a write that follows another one's failure has a reason of its own.
    """
    seen = set()
    todo = [error]
    while todo:
        error = todo.pop(0)
        if not isinstance(error, BaseException) or isinstance(error, PanelError) or id(error) in seen:
            continue
        seen.add(id(error))
        yield error
        todo += [getattr(error, "reason", None), getattr(error, "cause", None), *error.args[:2], error.__cause__, error.__context__]


def never_connected(error):
    """Return whether the request was certainly not sent: no connection came about, or no TLS on it."""
    return any(isinstance(part, (Handshake, ConnectionRefusedError, socket.gaierror)) or type(part).__name__ in (
        "NewConnectionError", "NameResolutionError", "ConnectTimeoutError") for part in chain(error))


def untrusted(error):
    """Return whether it is the certificate that was refused."""
    return any(isinstance(part, ssl.SSLCertVerificationError) or type(part).__name__ == "CertificateError" for part in chain(error))


def told(error):
    """Return the reason in words, without the names of classes."""
    parts = list(chain(error))
    proxy = "the proxy of the environment: " if any(type(part).__name__ == "ProxyError" for part in parts) else ""
    return proxy + (next(filter(None, map(_of_kind, parts)), None) or next(filter(None, map(_of_system, parts)), None) or _plain(parts[-1]))


def _of_kind(part):
    name = type(part).__name__
    if isinstance(part, ssl.SSLCertVerificationError):
        return "the certificate is not trusted: %s" % part.verify_message
    if name == "CertificateError":
        return "the certificate is not trusted: %s" % part
    if isinstance(part, Handshake) and isinstance(part.cause, ssl.SSLError) and not isinstance(part.cause, ssl.SSLCertVerificationError):
        return "no TLS: %s" % str(part.cause.reason or "the server ended the handshake").lower().replace("_", " ")
    if isinstance(part, socket.gaierror) or name == "NameResolutionError":
        return "the name cannot be resolved"
    if name == "ConnectTimeoutError":
        return "the server did not take the connection in time"
    if name == "RemoteDisconnected":
        return "the server closed the connection without an answer"
    if name in ("IncompleteRead", "InvalidChunkLength"):
        return "the answer ended too early"
    if name == "DecodeError":
        return "the answer cannot be unpacked"
    return None


def _of_system(part):
    return part.strerror.lower() if isinstance(part, OSError) and isinstance(part.strerror, str) and part.errno else None


def _plain(part):
    text = " ".join(_INSIDES.sub(" ", str(part)).split()).strip(" :,()'\"")
    return text or _UNTOLD
