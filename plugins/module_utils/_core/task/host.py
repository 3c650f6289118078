# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the runner needs of the place it runs in: options, check mode, warnings. Each way of running has one."""

from __future__ import annotations

import functools
import os
from typing import Any

from ..http.retries import USUAL
from ..options import lasting
from ..secrets.file import SecretsFile
from ..secrets.redact import Redactor
from ..state.memory import Memories


class Host:
    """The smallest host: used as it is by a module process and by tests.

    :arg params: validated options.
    :arg warn: called with the text of a warning.
    """

    keeps_index = False  #: the task has a loop, whose items trust in this process what those before them read and wrote
    transport: Any = None  #: of the client that the task has by now
    tokens: Any = None   #: where tokens live between the tasks of a run
    vault: Any = None    #: opens and closes an encrypted file of secrets; see :class:`.secrets.file.SecretsFile`
    keep: Any = None     #: called with kind, label and ``{name: secret}`` for what was told once; returns None or a warning

    def __init__(self, params, check_mode=False, warn=None, note=None, environ=None):
        self.params = params
        self.check_mode = check_mode
        self.redactor = Redactor()
        self.environ = os.environ if environ is None else environ
        self.memories = Memories()
        self.accounts: list = []   #: ``{vendor, url, name}`` of each account that the task uses
        self._warn = warn or (lambda text: None)
        self._note = note or (lambda text: None)

    def warn(self, text):
        self._warn(self.redactor.text(text))

    def note(self, text):
        """Say something that matters only to whoever asks for more output."""
        self._note(self.redactor.text(text))

    def progress(self, what):
        """Return a function ``(done, of)`` that reports progress, or None."""
        return None

    def grown_limit(self):
        """Return the seconds that the task may take, where its work has made them more than usual; None otherwise."""
        deadline = self.transport.deadline if self.transport is not None else None
        return deadline.seconds if deadline is not None and deadline.grows and deadline.seconds > USUAL else None

    def few_items(self):
        """Return whether the task is known to have a loop of at most :data:`.objects.FEW` items."""
        return False

    def kept_client(self, vendor_class, options):
        """Return the client for these options."""
        return vendor_class(options, self.redactor, self.tokens, self.note)

    def open_secrets(self, place):
        """Open the file of ``secrets_path``, before anything is sent.

        :arg place: the account, as the file names it.
        :raises UsageError: it cannot be used.
        """
        path = self.params.get("secrets_path")
        if path:
            told = lasting.warning("secrets_path", path, self.environ)
            if told:
                self.warn(told)
            self.keep = functools.partial(SecretsFile(path, self.vault, self.check_mode).keep, place)

    def tell(self, kind, label, values):
        """Take what a vendor told just now and never again: it is written down, where that is wanted, before anything else is sent.

        :arg values: ``{name: secret}``.
        """
        self.redactor.add(*values.values())
        warning = self.keep(kind, label, values) if self.keep is not None else None
        if warning:
            self._warn(warning)
