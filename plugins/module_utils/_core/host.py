# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the runner needs of the place it runs in: options, check mode, warnings. Each door has one."""

from __future__ import annotations

import os
from typing import Any

from .secrets.redact import Redactor
from .state.memory import Memories


class Host:
    """The smallest host: used as it is by the ordinary door and by tests.

    :arg params: validated options.
    :arg warn: called with the text of a warning.
    """

    keeps_index = False  #: the task has a loop, whose items trust in this process what those before them read and wrote
    tokens: Any = None   #: where tokens live between the tasks of a run

    def __init__(self, params, check_mode=False, warn=None, note=None, environ=None):
        self.params = params
        self.check_mode = check_mode
        self.redactor = Redactor()
        self.environ = os.environ if environ is None else environ
        self.memories = Memories()
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

    def kept_client(self, vendor_class, options):
        """Return the client for these options."""
        return vendor_class(options, self.redactor, self.tokens, self.note)

    def hides_secrets(self):
        """Return whether secrets that a task returns once could be seen by others (a job file, an uncensored log)."""
        return bool(self.environ.get("KARIZ_HIDE_SECRETS"))
