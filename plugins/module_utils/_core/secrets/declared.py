# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The secrets that a task gives, as they are declared: ``secret`` of a field, ``no_log`` of an option, ``secret_options`` and ``secrets`` of a client.

A client's ``secrets`` adds those inside its maps; a journal's address may hold a password. What a vendor tells is declared by ``reveals``: see :mod:`.told`.
"""

from __future__ import annotations

from ..options import journal_place


def of_item(resource, desired):
    """Return the values of the secret fields of an item."""
    found = []
    for name, value in desired.given.items():
        if resource.field(name).secret:
            found.extend(value if isinstance(value, list) else [value])
    return found


def hidden(job, params):
    """Return the secrets inside maps and addresses, which an argument specification cannot name."""
    found = list(job.client.secrets(params)) + journal_place.secrets(params.get("journal"))
    return {str(value) for value in found if value not in (None, "")}


def given_secrets(arguments, params):
    """Return all texts that stand where a secret belongs, in options of whatever shape.

    The platform's own search gives up when a list does not hold what it should, and then masks nothing at all.
    """
    found = []
    for name, spec in arguments.items():
        value = params.get(name)
        inner = spec.get("options") or {}
        if spec.get("no_log"):
            found += texts(value)
        elif value is not None and holds_secrets(inner):
            for entry in value if isinstance(value, list) else [value]:
                found += given_secrets(inner, entry) if isinstance(entry, dict) else texts(entry)
    return found


def holds_secrets(arguments):
    """Return whether an option of these, or one inside them, is a secret."""
    return any(spec.get("no_log") or holds_secrets(spec.get("options") or {}) for spec in arguments.values())


def texts(value):
    """Return all texts inside a value of whatever shape; true and false are none."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return [text for entry in value for text in texts(entry)]
    return [] if value is None or isinstance(value, bool) else [str(value)]
