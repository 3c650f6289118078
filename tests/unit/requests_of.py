# SPDX-License-Identifier: GPL-3.0-or-later
"""What the requests of a task (``resources.Played``) said, and answers that become others on their way."""

from __future__ import annotations

from typing import Any

from kariz_simulator.messages import Answer

LOGINS = ("auth.gettoken", "token")
#: Names in requests that say what the operation says already, or how much of a list is asked for.
_LEFT_OUT = ("Action", "LimitFrom", "LimitCount")


def values(entry: dict[str, Any]) -> dict[str, Any]:
    """What a request said: its body, or its address where it has none."""
    body = entry["body"] or entry["query"]
    return {name: value for name, value in body.items() if name not in _LEFT_OUT} if isinstance(body, dict) else body


def sent(ran: Any) -> list[tuple[str, Any]]:
    """``(operation, values)`` of each write."""
    return [(entry["operation"], values(entry)) for entry in ran.requests if entry["write"]]


def read(ran: Any) -> list[tuple[str, Any]]:
    """``(operation, values)`` of each read, without logins."""
    return [(entry["operation"], values(entry)) for entry in ran.requests if not entry["write"] and entry["operation"] not in LOGINS]


def asked(ran: Any) -> list[str]:
    """The operations of all requests but logins, in their order."""
    return [entry["operation"] for entry in ran.requests if entry["operation"] not in LOGINS]


def answers(panel: Any, *changes: tuple[str, Any]) -> None:
    """Let answers become others: ``(operation, body or answer)``, in this order, each once; None leaves one as it is."""
    left = list(changes)

    def change(operation: str, answer: Answer) -> Answer:
        if not left or left[0][0] != operation:
            return answer
        other = left.pop(0)[1]
        return answer if other is None else other if isinstance(other, Answer) else Answer(200, other)

    panel.wire.change = change
