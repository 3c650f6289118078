# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts stay apart: no two of a business are one account of the vendor, share a name, or fall back to each other's credentials. No I/O."""

from __future__ import annotations

from urllib.parse import urlsplit

from .._core.options.connection import nearest, short_digest, variable
from .._core.text.letters import normal
from . import kinds


def identity(vendor, connection, environ):
    """Return ``(address, kind, value)`` of an account, which tell it from others: of its user, or of its token; None without credentials.

    :arg connection: connection options as given.
    :arg environ: the environment, which counts where nothing nearer says anything.
    """
    client = kinds.client_of(vendor)
    surroundings = {name: environ.get(variable(vendor, name)) for name in client.connection}
    given = nearest((connection, surroundings), client.credentials, client.account)
    user = [str(given[name]) for name in client.account if given.get(name)]
    if not user and not given.get("api_token"):
        return None
    who = ("user", " / ".join(user)) if user and len(user) == len(client.account) else ("token", str(given.get("api_token")))
    url = str(connection.get("api_url") or surroundings.get("api_url") or client.connection["api_url"].get("default") or "")
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
        url = "%s:%s%s" % ((parts.hostname or "").lower(), port, parts.path.rstrip("/"))
    except ValueError:
        # No address: that is told where options are checked.
        pass
    return (url,) + who


def known_as(account, environ):
    """Return the name by which all runs know an account, whatever a file calls it: its user (of a token: a digest) and the vendor's address.

    Without credentials in sight (those of another machine's environment) it is the name in the file.
    """
    who = identity(account.vendor, account.connection, environ)
    if who is None:
        return account.name
    return "%s at %s" % (who[2] if who[1] == "user" else "token %s" % short_digest(who[2]), who[0])


def lock_name(account, environ):
    return "%s %s" % (account.vendor, known_as(account, environ))


def problems(accounts, environ):
    """Yield ``(file, path, text)`` for everything that could let one account's run reach another."""
    of_vendor: dict = {}
    for account in accounts:
        of_vendor.setdefault(account.vendor, []).append(account)
    for vendor, several in of_vendor.items():
        if len(several) > 1:
            yield from _apart(vendor, several, environ)


def _apart(vendor, several, environ):
    names: dict = {}
    known: dict = {}
    for account in several:
        if not account.named:
            yield account.file, account.path, "account is required where a vendor has several"
        other = names.setdefault(normal(account.name).lower(), account)
        if other is not account:
            yield account.file, account.path + ("account",), "there is another account whose name differs only in spelling: %s" % other.name
        empty = {name: place for name, place in account.empty.items() if not account.connection.get(name)}
        for name, (file, path) in empty.items():
            yield file, path, (
                "%s renders empty, so that the environment's %s would be used, which may be another account's: set the variable behind it, or leave the "
                "option out" % (name, variable(vendor, name)))
        who = identity(vendor, account.connection, environ)
        other = known.setdefault(who, account) if who is not None and not empty else account
        if other is not account:
            yield account.file, account.path, "is the same account of the vendor as %s/%s: %s at %s" % (
                vendor, other.name, "user %s" % who[2] if who[1] == "user" else "the same token", who[0])
