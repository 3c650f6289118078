# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file of ``secrets_path``: what a vendor tells only once, written down the moment it is told."""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
import threading

from ..errors import UsageError
from ..text import yaml_data
from ..text.letters import excerpt
from . import private

#: Argument specification of the option.
OPTION = {"type": "path", "no_log": False}
_ENCRYPTED = b"$ANSIBLE_VAULT"


class _Unusable(Exception):
    """Why the file cannot be used."""


class SecretsFile:
    """A YAML file (0600): accounts -> kinds -> labels -> ``{name: secret}``. Nothing in it is a template.

    An encrypted one is read, and encrypted again, where the vault is at hand.

    :arg vault: has ``decrypt(path)`` -> text and ``encrypt(text)`` -> bytes; None where the vault's passwords are out of reach.
    :arg check_mode: nothing will be told, so nothing is written to prove that it could be.
    :raises UsageError: it cannot be read, is something else, or could not be written; nothing has been lost then.
    """

    def __init__(self, path, vault=None, check_mode=False):
        self.path = os.path.abspath(os.path.expanduser(path))
        self._vault = vault
        self._encrypted = False
        self._lock = threading.Lock()
        self._end: tuple | None = None    # the block that ends the file as we wrote it, and the file's stamp
        self._labels: set = set()         # what stands in that block
        self._elsewhere: SecretsFile | None = None
        try:
            self._known()
            self._prove(check_mode)
        except _Unusable as error:
            raise UsageError("secrets_path: %s: %s; no vendor was asked anything, so that no secret is lost" % (excerpt(self.path), error),
                             operation="options") from None

    def keep(self, place, kind, label, values):
        """Write the secrets of one object down, beside what the file holds by now; those told earlier of the same object are replaced.

        :returns: None, or a sentence that says where they are because they could not be written: they are never lost.
        """
        try:
            self._add(place, kind, label, values)
            return None
        except (OSError, _Unusable) as error:
            # The disk is full, or somebody took the file away meanwhile: anywhere is better than nowhere.
            reason = str(error)
        try:
            if self._elsewhere is None:
                self._elsewhere = SecretsFile(os.path.join(tempfile.mkdtemp(prefix="kariz-secrets-"), "secrets.yml"))
            self._elsewhere._add(place, kind, label, values)
        except (OSError, UsageError, _Unusable) as error:
            return "%s of %s could not be written to secrets_path (%s), nor anywhere else (%s)" % (", ".join(values), label, reason, error)
        return "%s of %s could not be written to secrets_path (%s); see %s" % (", ".join(values), label, reason, self._elsewhere.path)

    # -- reading ---------------------------------------------------------------------------------------------------

    def accounts(self):
        """Return what the file holds by now: ``{account: {kind: {label: {name: secret}}}}``.

        :raises UsageError: it cannot be read any more.
        """
        try:
            return self._known()
        except _Unusable as error:
            raise UsageError("secrets_path: %s: %s" % (self.path, error), operation="options") from None

    @property
    def encrypted(self):
        return self._encrypted

    def _known(self):
        """Return what the file holds."""
        if yaml_data.yaml is None:
            raise _Unusable("the Python library PyYAML is missing where the task runs")
        if not os.path.lexists(private.target(self.path)):
            return {}
        try:
            found = yaml_data.load_data(self._text()) or {}
        except (OSError, ValueError, yaml_data.yaml.YAMLError) as error:
            raise _Unusable("cannot be read: %s" % _reason(error)) from None
        of_accounts = found.values() if isinstance(found, dict) else [None]
        if not all(isinstance(part, dict) and all(isinstance(inner, dict) for inner in part.values()) for part in of_accounts):
            raise _Unusable("holds something else than secrets of accounts")
        return found

    def _text(self):
        with open(self.path, "rb") as file:
            raw = file.read()
        self._encrypted = raw.startswith(_ENCRYPTED)
        if not self._encrypted:
            return raw.decode("utf-8")
        if self._vault is None:
            raise _Unusable("is encrypted, and only a task in the controller's own process can open it (connection local, no become, no async)")
        try:
            return self._vault.decrypt(self.path)
        except ValueError as error:
            raise _Unusable("cannot be read: %s" % str(error).splitlines()[0]) from None

    # -- writing ---------------------------------------------------------------------------------------------------

    def _prove(self, check_mode):
        try:
            os.lstat(self.path)
        except (FileNotFoundError, NotADirectoryError):
            pass
        except OSError as error:
            # Such as a name that is too long, which would be found out only when a secret is told.
            raise _Unusable(error.strerror) from None
        folder = os.path.dirname(private.target(self.path))
        while not os.path.exists(folder):
            folder = os.path.dirname(folder)
        if not os.path.isdir(folder) or not os.access(folder, os.W_OK | os.X_OK):
            raise _Unusable("the folder %s cannot be written to" % folder)
        if check_mode:
            return
        try:
            handle, made = tempfile.mkstemp(dir=folder, prefix=".kariz-")
            os.close(handle)
            os.unlink(made)
        except OSError as error:
            raise _Unusable("the folder %s cannot be written to: %s" % (folder, error.strerror)) from None

    def _add(self, place, kind, label, values):
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        with self._lock, _alone(os.path.dirname(self.path)):
            if label not in self._labels and self._end == (place, kind, self._stamp()):
                self._append(place, kind, label, values)
            else:
                self._rewrite(place, kind, label, values)
            self._end = None if self._encrypted else (place, kind, self._stamp())

    def _append(self, place, kind, label, values):
        """Add an object to the block at the end: a thousand of them cost a thousand lines, not a thousand files."""
        block = yaml_data.dump_data({place: {kind: {label: values}}})
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(block.split("\n", 2)[2])
            private.settle(file)
        self._labels.add(label)

    def _rewrite(self, place, kind, label, values):
        known = self._known()
        kinds = known.pop(place, {})
        block = kinds.pop(kind, {})
        block[label] = values
        # At the end, where more can be added.
        known[place] = dict(kinds, **{kind: block})
        text = yaml_data.dump_data(known)
        private.replace(self.path, self._vault.encrypt(text) if self._encrypted else text)
        self._labels = set(block)

    def _stamp(self):
        try:
            found = os.stat(self.path)
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns


def _reason(error):
    if isinstance(error, UnicodeDecodeError):
        return "it is no text in UTF-8"
    return (str(error).splitlines() or [type(error).__name__])[0]


@contextlib.contextmanager
def _alone(folder):
    """Keep other processes that write into the same folder waiting; where there are no locks, nobody waits."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
