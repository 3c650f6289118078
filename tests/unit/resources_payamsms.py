# SPDX-License-Identifier: GPL-3.0-or-later
"""A message through PayamSMS, and the journal in which several runs keep what they sent."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ansible_collections.kariz.panels.plugins.module_utils._core.journal import Journal

ONE = {"customer_id": "a-1", "sender": "982000123", "recipient": "09121234567", "body": "سلام"}
LATER = "2099-03-01 10:00:00"


def journal_of(panel: Any) -> SimpleNamespace:
    """The options that name a journal, and how another run uses it."""
    path = str(panel.folder / "journal.db")

    def other(provider: str = "payamsms") -> Journal:
        return Journal(path, "message", provider)
    return SimpleNamespace(options={"journal": path}, other=other)


def message_of(ran: Any) -> Any:
    return ran.result["message"]
