# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logging in once for a play, and out again (vendor page, Auth)."""

from __future__ import annotations

import copy

from .._core.errors import UnknownOutcome
from .._core.http.transport import Effect
from .._core.state.runner import connection_of
from .._core.task.login import LoginJob
from .client import AGENTS, AlocomClient


class _NothingKept(Exception):
    """No token is kept for this run."""


class Login(LoginJob):
    vendor = "alocom"
    client = AlocomClient
    connection = AlocomClient.connection
    options = {"state": {"type": "str", "choices": ["present", "absent"], "default": "present"}}

    def connecting(self, params):
        return params if params["state"] == "absent" else super().connecting(params)

    def work(self, client, params, host):
        return self._out(client, params, host) if params["state"] == "absent" else super().work(client, params, host)

    def _out(self, client, params, host):
        """Make the given token void, or else the one kept for this run. No login is made for this."""
        token = client.options.get("api_token") or _kept(client)
        if not token:
            return {"changed": False}
        client.redactor.add(token)
        if host.check_mode:
            return {"changed": self._is_alive(client, token)}
        changed = self._end(client, token)
        # The token may also be the one that is kept for the same account without api_token.
        bare = copy.copy(client)
        bare.options = dict(connection_of(AlocomClient, super().connecting(params), host), api_token=None)
        for holder in (client, bare):
            if _kept(holder) == token:
                holder.forget_token()
        return {"changed": changed}

    def _end(self, client, token):
        """Log out and return whether the token was alive before."""
        for last in (False, True):
            try:
                # After a repeated request the answer "void" tells of the first one.
                return self._ask(client, token, "logout", "POST", "/api/v1/auth/logout", Effect.REPLACE) or client.transport.repeats > 0
            except UnknownOutcome:
                if not self._is_alive(client, token):
                    return True
                if last:
                    raise
        raise AssertionError("the loop above always returns or raises")

    def _is_alive(self, client, token):
        return self._ask(client, token, "look at the token", "GET", AGENTS + "labels/list", Effect.READ)

    @staticmethod
    def _ask(client, token, operation, method, path, effect):
        """Send one call with exactly this token; return False when the vendor says that it is void."""
        call: dict = {}
        client.authorise(token, call)
        reply = client.transport.send(operation, method, path, effect, **call)
        if client.is_void(reply):
            return False
        client.read(operation, reply, effect, None)
        return True


def _kept(client):
    """Return the value of the token that is kept for this run, or None."""
    def nothing():
        raise _NothingKept
    if client.tokens is None:
        return None
    try:
        return client.tokens.get(client.digest(), None, nothing).value
    except _NothingKept:
        return None


LOGIN = Login()
