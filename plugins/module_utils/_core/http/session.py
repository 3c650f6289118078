# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ``requests`` session as this collection needs it: TLS contexts made once, sockets that a deadline can cut."""

from __future__ import annotations

import json
import os
import re
import socket
import ssl
import threading
import weakref
from typing import Any

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
except ImportError:
    pass

#: What needs no second look in the path of an address: no dots that lead upwards, nothing to be quoted.
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_~-]+(?:/[A-Za-z0-9_~-]+)*")

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
                except ssl.SSLError as error:
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
        self._pool: Any = None
        self._valid: set = set()

    def request(self, method, url, **options):
        more = any(options.get(name) for name in ("params", "data", "files", "auth")) or options.get("allow_redirects") is not False
        plain = url.startswith(self._base) and "@" not in url and _PLAIN_PATH.fullmatch(url, len(self._base))
        if more or not plain or self.proxies or self.cookies:
            return super().request(method, url, **options)
        made = PreparedRequest()
        made.method = method.upper()
        made.url, path = self._address(url)
        made.headers = self._headers(options.get("headers"))
        made.body = self._body(made, options.get("json"))
        raw = self._sent(made, path, options["timeout"])
        answer = Answer(raw.status, raw.headers, self._content(raw, made))
        if "set-cookie" in raw.headers:
            extract_cookies_to_jar(self.cookies, made, raw)
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
            self._start = made.url[:-1], made.path_url[:-1]
        rest = url[len(self._base):]
        return self._start[0] + rest, self._start[1] + rest

    def _headers(self, given):
        made = CaseInsensitiveDict(self.headers)
        for name, value in (given or {}).items():
            if (name, value) not in self._valid:
                check_header_validity((name, value))
                if len(self._valid) > 50:
                    self._valid.clear()
                self._valid.add((name, value))
            made[name] = value
        return made

    @staticmethod
    def _body(made, payload):
        if payload is None:
            if made.method not in ("GET", "HEAD"):
                made.headers["Content-Length"] = "0"
            return None
        try:
            body = json.dumps(payload, allow_nan=False).encode("utf-8")
        except ValueError as error:
            raise requests.exceptions.InvalidJSONError(error) from None
        made.headers["Content-Length"] = str(len(body))
        made.headers.setdefault("Content-Type", "application/json")
        return body

    def _sent(self, made, path, timeout):
        """Send a request over a kept connection and return the answer of urllib3; its errors become those of the library, as its own adapter has them."""
        errors, inner = requests.exceptions, urllib3.exceptions
        adapter = self.get_adapter(made.url)
        if self._pool is None or self._pool.pool is None:
            self._pool = adapter.pool_for(made, self.verify)
        try:
            return self._pool.request(
                made.method, path, body=made.body, headers=made.headers, redirect=False, assert_same_host=False, preload_content=False,
                decode_content=False, retries=adapter.max_retries, timeout=urllib3.Timeout(connect=timeout[0], read=timeout[1]))
        except (inner.ProtocolError, OSError) as error:
            raise errors.ConnectionError(error, request=made) from error
        except inner.MaxRetryError as error:
            kind = errors.ConnectionError
            if isinstance(error.reason, inner.ConnectTimeoutError) and not isinstance(error.reason, inner.NewConnectionError):
                kind = errors.ConnectTimeout
            elif isinstance(error.reason, inner.SSLError):
                kind = errors.SSLError
            raise kind(error, request=made) from error
        except inner.ClosedPoolError as error:
            raise errors.ConnectionError(error, request=made) from error
        except inner.ReadTimeoutError as error:
            raise errors.ReadTimeout(error, request=made) from error
        except inner.SSLError as error:
            raise errors.SSLError(error, request=made) from error

    @staticmethod
    def _content(raw, made):
        errors, inner = requests.exceptions, urllib3.exceptions
        try:
            return raw.read(decode_content=True)
        except inner.ProtocolError as error:
            raise errors.ChunkedEncodingError(error, request=made) from error
        except inner.DecodeError as error:
            raise errors.ContentDecodingError(error, request=made) from error
        except inner.ReadTimeoutError as error:
            raise errors.ConnectionError(error, request=made) from error
        except inner.SSLError as error:
            raise errors.SSLError(error, request=made) from error


def open_session(base_url, validate_certs, ca_path, pool, user_agent):
    """Return a session whose proxies and trust are settled once, instead of for every request."""
    made = ShortWay(base_url)
    made.trust_env = False
    made.proxies = requests.utils.get_environ_proxies(base_url)
    made.verify = bool(validate_certs)
    made.headers.update({"Accept": "application/json", "User-Agent": user_agent})
    adapter = Adapter(validate_certs, ca_path, pool)
    made.mount("https://", adapter)
    made.mount("http://", adapter)
    return made, adapter
