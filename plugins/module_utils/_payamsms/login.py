# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One login for a play."""

from __future__ import annotations

import time

from .._core.errors import AuthError
from .._core.job import Job
from .client import PayamSmsClient


class Login(Job):
    vendor = "payamsms"
    client = PayamSmsClient
    connection = PayamSmsClient.connection
    name = "login"
    reveals = ("token",)

    def work(self, client, params, host):
        """Return the run's token, or that of a new login. A token that was given is not used: it may be the one that ended."""
        if not client.can_login():
            raise AuthError("a login needs %s" % client.credentials_hint(), vendor=client.vendor, operation="login", code="no_credentials")
        client.options = dict(client.options, api_token=None)
        token = client.token()
        left = None if token.expires is None else max(0, int(token.expires - time.time()))
        return {"changed": False, "token": token.value, "expires_in": left}


LOGIN = Login()
