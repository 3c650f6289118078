# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells whether the process which started the simulator still lives."""

from __future__ import annotations

import os
from pathlib import Path


class Watch:
    """Watches one process. Where there is a /proc, a zombie and a reused number count as gone too."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.born = self._state()[1]

    def alive(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        state, born = self._state()
        return state not in ("Z", "X") and born == self.born

    def _state(self) -> tuple[str, str]:
        try:
            text = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return "", ""
        # The command name may hold anything, so the fields are counted from the parenthesis that closes it.
        fields = text.rpartition(")")[2].split()
        return fields[0], fields[19]
