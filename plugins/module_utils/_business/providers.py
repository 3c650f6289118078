# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the jobs across providers of text messages share: connections as a map of provider to connection options."""

from __future__ import annotations

from typing import Any

from .._core.task.job import Job
from . import kinds

PROVIDERS = tuple(row.name for row in kinds.VENDORS if row.texts)


class ConnectionsSecrets:
    """What is asked for the secrets inside the connections."""

    @staticmethod
    def secrets(params):
        """Return the values that no one may see: those of secrets, and those of names that are no option, which may be misspelt secrets."""
        given = params.get("connections")
        if not isinstance(given, dict):
            return [given] if isinstance(given, str) else []
        found = []
        for provider, connection in given.items():
            if not isinstance(connection, dict) or provider not in PROVIDERS:
                found += [connection] if isinstance(connection, str) else list(connection.values()) if isinstance(connection, dict) else []
                continue
            client = kinds.client_of(provider)
            found += client.secrets(connection)
            found += [value for name, value in connection.items() if name not in client.connection]
        return [value for value in found if isinstance(value, (str, int))]


class ProviderJob(Job):
    """Base of a job across providers."""

    vendor: Any = None
    client = ConnectionsSecrets
    connection: dict = {}

    def arguments(self):
        made = super().arguments()
        made["argument_spec"] = dict(made["argument_spec"], connections={"type": "dict"})
        return made

    def module_name(self):
        return self.name


def settings(params, provider):
    """Return the connection options of a provider that were given; the rest comes from its environment."""
    return {name: value for name, value in ((params.get("connections") or {}).get(provider) or {}).items() if value not in (None, "")}
