# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ``requests`` session as this collection needs it: TLS contexts made once, sockets that a deadline can cut."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import socket
import ssl
import threading
import weakref
from typing import Any
from urllib.parse import urlsplit

from . import bodies
from .reasons import Handshake

# Without the library the file can still be read; whoever runs a job says what is missing.
requests: Any = None
Session: Any = object
PreparedRequest: Any = object
HTTPAdapter: Any = object
HTTPConnection: Any = object
HTTPSConnection: Any = object
HTTPConnectionPool: Any = object
HTTPSConnectionPool: Any = object
CertificateError: Any = ValueError
try:
    import requests
    import urllib3
    from requests import PreparedRequest, Session
    from requests.adapters import HTTPAdapter
    from requests.cookies import extract_cookies_to_jar
    from requests.structures import CaseInsensitiveDict
    from requests.utils import check_header_validity
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
    # Where it is defined differs by version.
    CertificateError = getattr(urllib3.connection, "CertificateError", ValueError)
except ImportError:
    pass

#: What needs no second look in the path of an address: no dots that lead upwards, nothing to be quoted.
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_~-]+(?:/[A-Za-z0-9_~-]+)*")

#: Digits of a length that nobody means; Python refuses to read numbers of thousands.
_LONG_NUMBER = 20

_contexts: dict = {}
_contexts_lock = threading.Lock()


def ca_bundle(ca_path, environ=None):
    """Return the CA file or folder to trust: the option wins over the environment, which wins over the library's bundle."""
    environ = os.environ if environ is None else environ
    return ca_path or environ.get("REQUESTS_CA_BUNDLE") or environ.get("CURL_CA_BUNDLE") or requests.certs.where()


def tls_context(validate_certs=True, ca_path=None):
    """Return the TLS context for these options, made once in a process: reading the CA bundle costs 16 ms."""
    path = ca_bundle(ca_path) if validate_certs else None
    with _contexts_lock:
        if path not in _contexts:
            if path is None:
                context = ssl.create_default_context()
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
            elif os.path.isdir(path):
                context = ssl.create_default_context(capath=path)
            else:
                context = ssl.create_default_context(cafile=path)
            if path is not None and urllib3.__version__.startswith("1."):
                # The library compares names itself: it does not tell Python the server's name where that is an address.
                context.check_hostname = False
            _contexts[path] = context
        return _contexts[path]


class _Tracked(HTTPConnection):
    """Registers a connection with its adapter before it connects, so that a deadline can shut its socket."""

    live: weakref.WeakSet

    def connect(self):
        self.live.add(self)
        super().connect()


class Adapter(HTTPAdapter):
    """An adapter with its own TLS context and with :meth:`cut`, which ends every request under way."""

    def __init__(self, validate_certs, ca_path, pool):
        self._tls = (validate_certs, ca_path)
        self.live: weakref.WeakSet = weakref.WeakSet()
        super().__init__(pool_connections=4, pool_maxsize=pool, max_retries=0)

    def init_poolmanager(self, connections, maxsize, block=False, **kwargs):
        super().init_poolmanager(connections, maxsize, block, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pool_classes()

    def proxy_manager_for(self, proxy, **kwargs):
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = self._pool_classes()
        return manager

    def _pool_classes(self):
        live = self.live
        tls = self._tls

        class Plain(_Tracked):
            pass

        class Secure(_Tracked, HTTPSConnection):
            def connect(self):
                # Only here, so that plain HTTP does not pay for reading a CA bundle.
                self.ssl_context = tls_context(*tls)
                self.cert_reqs = self.ssl_context.verify_mode
                self.ca_certs = self.ca_cert_dir = self.ca_cert_data = None
                try:
                    super().connect()
                except (ssl.SSLError, CertificateError) as error:
                    raise Handshake(error) from error
                # Whoever turns verification off has said so in an option; the library's warning on stderr for every connection helps nobody.
                self.is_verified = True

        Plain.live = Secure.live = live

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        return {"http": PlainPool, "https": SecurePool}

    def pool_for(self, prepared, verify):
        """Return the connections for a request without a proxy, as :meth:`send` finds them."""
        if hasattr(self, "get_connection_with_tls_context"):
            pool = self.get_connection_with_tls_context(prepared, verify)
        else:
            pool = self.get_connection(prepared.url)
        self.cert_verify(pool, prepared.url, verify, None)
        return pool

    def cut(self):
        """Shut every open socket: whoever waits on one gets a connection error at once."""
        for connection in list(self.live):
            sock = connection.sock
            if sock is not None:
                try:
                    sock.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass


class Answer:
    """What is read of an answer, under the names of the library."""

    def __init__(self, status_code, headers, content):
        self.status_code = status_code
        self.headers = headers
        self.content = content


class Answered:
    """An answer of Python's own library, where ``requests`` looks for it."""

    def __init__(self, answer):
        self._original_response = answer


class ShortWay(Session):
    """A session that goes a shorter way where nothing of what the library does for each request can make a difference.

    That is a request without a body or with JSON, to a plain path below the base address, without a proxy, credentials in the address, or cookies that
    a server gave: most requests. For them, its merging of settings, proxies and cookies, and the parsing of one address over and over, cost more than all
    the rest. Connections, trust, headers and errors are those of the library's own way, which all others go.
    """

    def __init__(self, base_url):
        super().__init__()
        self._base = base_url.rstrip("/") + "/"
        self._start: tuple | None = None
        self._host = ""
        self._pool: Any = None
        self._settled: dict = {}

    def request(self, method, url, room=bodies.LARGEST_ANSWER, **options):
        """Send a request as the library does.

        :arg room: bytes that its answer may have.
        :raises bodies.TooLong: it has more.
        """
        more = any(options.get(name) for name in ("params", "data", "files", "auth")) or options.get("allow_redirects") is not False
        plain = url.startswith(self._base) and "@" not in url and _PLAIN_PATH.fullmatch(url, len(self._base))
        if more or not plain or self.proxies or self.cookies:
            return self._whole(super().request(method, url, stream=True, **options), room)
        made = PreparedRequest()
        made.method = method.upper()
        made.url, path = self._address(url)
        made.headers, lines = self._headers(options.get("headers"), options.get("json") is not None)
        made.body = self._body(made, options.get("json"))
        raw, content = self._sent(made, path, lines, options["timeout"], room)
        if "Set-Cookie" in raw.headers:
            extract_cookies_to_jar(self.cookies, made, Answered(raw))
        return Answer(raw.status, _joined(raw.headers), content)

    @staticmethod
    def _whole(answer, room):
        """Return an answer of the library with its content, of which old ones do not look whether it came to its end."""
        errors, inner = requests.exceptions, urllib3.exceptions
        length = answer.headers.get("Content-Length", "")
        announced = int(length) if length.isdecimal() and len(length) < _LONG_NUMBER and answer.request.method != "HEAD" else 0
        try:
            if announced > room:
                raise bodies.TooLong(room)
            content = bodies.gathered(answer.raw.stream(bodies.PIECE, decode_content=False), room)
            if len(content) < announced:
                raise errors.ChunkedEncodingError(http.client.IncompleteRead(content, announced - len(content)))
            content = bodies.unpacked(content, answer.headers.get("Content-Encoding"), room)
        except inner.ProtocolError as error:
            raise errors.ChunkedEncodingError(error) from error
        except inner.ReadTimeoutError as error:
            raise errors.ConnectionError(error) from error
        except inner.SSLError as error:
            raise errors.SSLError(error) from error
        except bodies.Unreadable as error:
            raise errors.ContentDecodingError(error) from error
        finally:
            # One that was read to its end goes back to the others, any other is closed.
            answer.close()
        answer._content, answer._content_consumed = content, True  # pylint: disable=protected-access
        return answer

    def close(self):
        super().close()
        self._pool = None

    def _address(self, url):
        """Return an address below the base as the library writes it, and its path."""
        if self._start is None:
            # One address is prepared; what follows the base needs no preparing.
            made = PreparedRequest()
            made.prepare_url(self._base + "x", None)
            parts = urlsplit(made.url)
            # Before the other, which tells threads that both are there.
            self._host = parts.netloc.removesuffix(":443" if parts.scheme == "https" else ":80")
            self._start = made.url[:-1], made.path_url[:-1]
        rest = url[len(self._base):]
        return self._start[0] + rest, self._start[1] + rest

    def _headers(self, given, with_json):
        """Return the headers of a request, and the same as they are sent; those that stay the same from request to request are looked at once."""
        key = (with_json, *(given or {}).items())
        found = self._settled.get(key)
        if found is None:
            made = CaseInsensitiveDict(self.headers)
            for header in (given or {}).items():
                check_header_validity(header)
                made[header[0]] = header[1]
            if with_json:
                made.setdefault("Content-Type", "application/json")
            if len(self._settled) > 50:
                self._settled.clear()
            found = self._settled[key] = made, b"".join(b"%s: %s\r\n" % (_bytes(name), _bytes(value)) for name, value in made.items())
        return found

    @staticmethod
    def _body(made, payload):
        if payload is None:
            return b"" if made.method not in ("GET", "HEAD") else None
        try:
            return json.dumps(payload, allow_nan=False).encode("utf-8")
        except ValueError as error:
            raise getattr(requests.exceptions, "InvalidJSONError", requests.exceptions.RequestException)(error) from None

    def _head(self, made, path, lines):
        size = "" if made.body is None else "Content-Length: %d\r\n" % len(made.body)
        return b"".join((("%s %s HTTP/1.1\r\nHost: %s\r\n%s" % (made.method, path, self._host, size)).encode("ascii"), lines, b"\r\n"))

    def _sent(self, made, path, lines, timeout, room):
        """Send a request over a kept connection and return its answer, read to the end.

        The library's connection and Python's own reader of answers: what the library's pool, its request and its answer do besides costs twice as much as
        all the rest. Errors become those of the library, as its own adapter has them.
        """
        adapter = self.get_adapter(made.url)
        if self._pool is None or self._pool.pool is None:
            self._pool = adapter.pool_for(made, self.verify)
        pool = self._pool
        connection = None
        answer: Any = None
        answered = False
        try:
            connection = self._connected(pool, timeout[0], made)
            connection.sock.settimeout(timeout[1])
            answer = self._told(connection, made, self._head(made, path, lines))
            content = self._content(answer, made, room)
            answered = True
        finally:
            if connection is not None:
                if not answered or answer.will_close:
                    if answer is not None:
                        # It holds the socket as well, for as long as somebody keeps the error that is under way.
                        answer.close()
                    connection.close()
                pool._put_conn(connection)
        return answer, content

    @staticmethod
    def _connected(pool, timeout, made):
        """Return a connection that is open."""
        errors, inner = requests.exceptions, urllib3.exceptions
        try:
            # One that the server has closed meanwhile is closed here too, and opened anew.
            connection = pool._get_conn()
            if connection.sock is None:
                connection.timeout = timeout
                connection.connect()
        except inner.NewConnectionError as error:
            raise errors.ConnectionError(error, request=made) from error
        except (inner.ConnectTimeoutError, TimeoutError) as error:
            raise errors.ConnectTimeout(error, request=made) from error
        except (ssl.SSLError, inner.SSLError) as error:
            raise errors.SSLError(error, request=made) from error
        except (inner.HTTPError, OSError) as error:
            raise errors.ConnectionError(error, request=made) from error
        return connection

    @staticmethod
    def _told(connection, made, head):
        """Send a request and return the answer, read up to its body."""
        errors, inner = requests.exceptions, urllib3.exceptions
        try:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                # A server may answer and close before it has read everything.
                connection.sock.sendall(head + (made.body or b""))
            answer = http.client.HTTPResponse(connection.sock, method=made.method)
            answer.begin()
            return answer
        except TimeoutError as error:
            raise errors.ReadTimeout(error, request=made) from error
        except ssl.SSLError as error:
            raise errors.SSLError(error, request=made) from error
        except (http.client.HTTPException, inner.HTTPError, OSError) as error:
            raise errors.ConnectionError(error, request=made) from error

    @staticmethod
    def _content(answer, made, room):
        errors = requests.exceptions
        try:
            if answer.length is None:
                content = bodies.gathered(iter(lambda: answer.read(bodies.PIECE), b""), room)
            elif answer.length > room:
                raise bodies.TooLong(room)
            else:
                content = answer.read()
        except TimeoutError as error:
            raise errors.ConnectionError(error, request=made) from error
        except ssl.SSLError as error:
            raise errors.SSLError(error, request=made) from error
        except (http.client.HTTPException, OSError) as error:
            raise errors.ChunkedEncodingError(error, request=made) from error
        packed = answer.headers.get("Content-Encoding")
        try:
            return bodies.unpacked(content, packed, room) if content and packed else content
        except bodies.Unreadable as error:
            raise errors.ContentDecodingError(error, request=made) from error


def _bytes(text):
    return text if isinstance(text, bytes) else text.encode("latin-1")


def _joined(headers):
    """Return the headers of an answer as the library has them: what came several times stands in one."""
    if len({name.lower() for name in headers.keys()}) == len(headers):
        return headers
    made = CaseInsensitiveDict()
    for name, value in headers.items():
        made[name] = "%s, %s" % (made[name], value) if name in made else value
    return made


def open_session(base_url, validate_certs, ca_path, pool, user_agent):
    """Return a session whose proxies and trust are settled once, instead of for every request."""
    made = ShortWay(base_url)
    made.trust_env = False
    made.proxies = requests.utils.get_environ_proxies(base_url)
    made.verify = bool(validate_certs)
    made.headers.update({"Accept": "application/json", "Accept-Encoding": bodies.ACCEPTED, "User-Agent": user_agent})
    adapter = Adapter(validate_certs, ca_path, pool)
    made.mount("https://", adapter)
    made.mount("http://", adapter)
    return made, adapter
