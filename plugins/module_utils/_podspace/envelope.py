# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway's envelope: an answer within an answer, the inner one as JSON text or as an object, with errors at any of three levels."""

from __future__ import annotations

from .._core.text.letters import foreign_json
from . import codes

_DEPTH = 5


class Envelope:
    """What an answer says: either a refusal (``failed``, ``code``, ``message``) or a ``payload`` and how many rows there are (``count``)."""

    def __init__(self, answer):
        self.readable = isinstance(answer, dict) and bool({"hasError", "result", "errorCode"} & set(answer))
        self.failed = False
        self.code = None
        self.message = None
        self.status = None
        self.reference = None
        self.count = None
        self.payload = None
        if self.readable:
            self._open(answer)

    def _open(self, level):
        for _depth in range(_DEPTH):
            self.reference = level.get("referenceNumber") or self.reference
            if self._refuses(level):
                return
            if isinstance(level.get("count"), int) and level["count"] > 0:
                self.count = level["count"]
            inner = decoded(level.get("result"))
            if not _is_level(inner):
                self.payload = inner
                return
            level = inner

    def _refuses(self, level):
        status = level.get("statusCode")
        bad_status = isinstance(status, int) and not isinstance(status, bool) and status != 0 and not 200 <= status < 300
        code = codes.number(level.get("errorCode"))
        if not (bad_status or level.get("hasError") in (True, "true", 1) or code):
            return False
        self.failed = True
        self.status = status if bad_status else self.status
        self.code = code or None
        self._explain(level)
        if self.code is None or not self.message:
            told = decoded(level.get("result"))
            if isinstance(told, dict):
                self._explain(told)
            elif isinstance(told, str):
                self.message = self.message or told
        return True

    def _explain(self, told):
        self.message = self.message or next((told[name] for name in ("message", "error_description", "error") if isinstance(told.get(name), str)), None)
        for name in ("errorCode", "code", "error", "name"):
            self.code = self.code or codes.number(told.get(name)) or None


def decoded(value):
    """Return JSON text as what it says; any other value as it is."""
    if isinstance(value, str) and value.strip()[:1] in ("{", "["):
        try:
            return foreign_json(value)
        except ValueError:
            return value
    return value


def _is_level(value):
    return isinstance(value, dict) and ("hasError" in value or ("statusCode" in value and "result" in value))
