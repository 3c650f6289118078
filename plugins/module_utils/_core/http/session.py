# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ``requests`` session as this collection needs it: TLS contexts made once, sockets that a deadline can cut."""

from __future__ import annotations

import os
import socket
import ssl
import threading
import weakref
from typing import Any

from .reasons import Handshake

# Without the library the file can still be read; whoever runs a job says what is missing.
requests: Any = None
HTTPAdapter: Any = object
HTTPConnection: Any = object
HTTPSConnection: Any = object
HTTPConnectionPool: Any = object
HTTPSConnectionPool: Any = object
try:
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
except ImportError:
    pass

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

    def cut(self):
        """Shut every open socket: whoever waits on one gets a connection error at once."""
        for connection in list(self.live):
            sock = connection.sock
            if sock is not None:
                try:
                    sock.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass


def open_session(base_url, validate_certs, ca_path, pool, user_agent):
    """Return a session whose proxies and trust are settled once, instead of for every request."""
    made = requests.Session()
    made.trust_env = False
    made.proxies = requests.utils.get_environ_proxies(base_url)
    made.verify = bool(validate_certs)
    made.headers.update({"Accept": "application/json", "User-Agent": user_agent})
    adapter = Adapter(validate_certs, ca_path, pool)
    made.mount("https://", adapter)
    made.mount("http://", adapter)
    return made, adapter
