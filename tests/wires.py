# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A vendor's client over a wire of the test's own: what it asks is kept, what it is answered comes from a list."""

from __future__ import annotations

import json

from ansible_collections.kariz.panels.plugins.module_utils._core.http.transport import Reply
from ansible_collections.kariz.panels.plugins.module_utils._core.secrets.redact import Redactor

OPTIONS = {"api_url": "https://panel.test", "api_timeout": 30.0, "api_retries": 2, "validate_certs": True, "ca_path": None, "api_concurrency": 1,
           "api_username": None, "api_password": None, "api_token": None}


def reply(body=None, status=200, content_type="application/json"):
    """Return a reply: bytes as they are, everything else as JSON."""
    return Reply(status, {"Content-Type": content_type}, body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode())


def wired(kind, *answers, **options):
    """Return a client and the list of its calls, ``(operation, method, path, effect, the rest)``.

    :arg answers: one reply a call (anything but a :class:`.Reply` is its body), or one function that makes them all of the call.
    """
    made = dict(OPTIONS, **{name: entry.get("default") for name, entry in kind.connection.items() if name not in OPTIONS})
    client = kind(dict(made, **options), Redactor())
    waiting = list(answers)
    calls: list = []

    def send(operation, method, path, effect, **call):
        calls.append((operation, method, path, effect, call))
        if len(waiting) == 1 and callable(waiting[0]):
            found = waiting[0](calls[-1])
        else:
            assert waiting, "nobody expected the call %s" % (calls[-1],)
            found = waiting.pop(0)
        return found if isinstance(found, Reply) else reply(found)
    client.transport.send = send
    return client, calls
