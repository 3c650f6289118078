# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens kept for one run, in files that only their owner can read, inside Ansible's own per-run folder."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time

from ..errors import DeadlineError
from .client import Token

#: Seconds between two looks whether another process has ended its login.
_POLL = 0.02


class TokenStore:
    """One file (0600) a connection digest. A lock beside it makes parallel workers wait for one login instead of each doing one.

    Where the folder is gone, full, read-only or on a file system without locks, there is nothing to share: every client keeps its own token.
    """

    def __init__(self, folder):
        self.folder = folder

    def _path(self, digest):
        return os.path.join(self.folder, "kariz_token_%s" % digest)

    def get(self, digest, void, login, deadline=None):
        """Return the stored token unless it is ``void`` (a value), expired or missing; else that of ``login()``, stored.

        :arg deadline: the :class:`.retries.Deadline` of the task; None waits as long as it takes.
        :raises DeadlineError: another process was still logging in when it passed.
        """
        path = self._path(digest)
        lock = self._open(path + ".lock")
        if lock is None:
            return login()
        with lock:
            if not self._hold(lock, deadline):
                return login()
            token = self._read(path)
            if token is not None and token.usable() and token.value != void:
                return token
            token = login()
            self._write(path, token)
            return token

    @staticmethod
    def _open(path):
        try:
            return open(os.open(path, os.O_CREAT | os.O_RDWR, 0o600), "r+", encoding="ascii")
        except OSError:
            return None

    @staticmethod
    def _hold(lock, deadline):
        """Wait for the lock, no longer than the task may take; return False where there are no locks."""
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                pass
            except OSError:
                return False
            left = _POLL if deadline is None else min(_POLL, deadline.left())
            if left <= 0:
                error = DeadlineError("login: api_deadline (%s s) passed while another task of this run was logging in to the same account" % deadline.seconds,
                                      operation="login", hint="Raise api_deadline or run again later")
                error.ends_all = True
                raise error
            time.sleep(left)

    @staticmethod
    def _read(path):
        try:
            # Whatever lies there, nobody waits for it.
            with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), encoding="utf-8") as handle:
                kept = json.load(handle)
            value, expires = kept["value"], kept["expires"]
            ours = isinstance(value, str) and (expires is None or (isinstance(expires, (int, float)) and not isinstance(expires, bool)))
            return Token(value, expires) if ours else None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    @staticmethod
    def _write(path, token):
        fresh = "%s.%s" % (path, os.getpid())
        try:
            with open(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as handle:
                json.dump({"value": token.value, "expires": token.expires}, handle)
            os.replace(fresh, path)
        except OSError:
            # The token is good all the same; the next task logs in again.
            with contextlib.suppress(OSError):
                os.unlink(fresh)

    def drop(self, digest):
        with contextlib.suppress(OSError):
            os.unlink(self._path(digest))
