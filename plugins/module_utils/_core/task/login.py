# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One login for a play: a job that returns a token for ``module_defaults``."""

from __future__ import annotations

import time

from ..errors import AuthError
from .job import Job


class LoginJob(Job):
    """Returns the run's token, or that of a new login. A token that was given is not used: it may be the one that ended."""

    name = "login"
    reveals = ("token",)

    def connecting(self, params):
        """The credentials count, wherever they come from: a login is asked for, and nothing stands in for a token."""
        return dict(params, api_token=None)

    def work(self, client, params, host):
        if not client.can_login():
            raise AuthError("a login needs %s" % client.credentials_hint(), vendor=client.vendor, operation="login", code="no_credentials")
        client.options = dict(client.options, api_token=None)
        token = client.token()
        left = None if token.expires is None else max(0, int(token.expires - time.time()))
        return {"changed": False, "token": token.value, "expires_in": left}
