# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens kept for one run, in files that only their owner can read, inside Ansible's own per-run folder."""

from __future__ import annotations

import fcntl
import json
import os

from .client import Token


class TokenStore:
    """One file (0600) a connection digest. A lock beside it makes parallel workers wait for one login instead of each doing one."""

    def __init__(self, folder):
        self.folder = folder

    def _path(self, digest):
        return os.path.join(self.folder, "kariz_token_%s" % digest)

    def get(self, digest, void, login):
        """Return the stored token unless it is ``void`` (a value), expired or missing; else that of ``login()``, stored."""
        path = self._path(digest)
        with open(os.open(path + ".lock", os.O_CREAT | os.O_RDWR, 0o600), "r+", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            token = self._read(path)
            if token is not None and token.usable() and token.value != void:
                return token
            token = login()
            self._write(path, token)
            return token

    @staticmethod
    def _read(path):
        try:
            with open(path, encoding="utf-8") as handle:
                kept = json.load(handle)
            return Token(kept["value"], kept["expires"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    @staticmethod
    def _write(path, token):
        fresh = "%s.%s" % (path, os.getpid())
        with open(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as handle:
            json.dump({"value": token.value, "expires": token.expires}, handle)
        os.replace(fresh, path)

    def drop(self, digest):
        try:
            os.unlink(self._path(digest))
        except OSError:
            pass
