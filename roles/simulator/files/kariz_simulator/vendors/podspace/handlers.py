# SPDX-License-Identifier: GPL-3.0-or-later
"""The table the operation files write their handlers into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...messages import Call
from ...vendor import Handler, Handlers


@dataclass
class Told:
    """What a handler answered, before the contract has checked it and the settings have dressed it."""

    payload: Any


class Payloads(Handlers):
    """Handlers answer plain values here, an empty one included."""

    def on(self, operation_id: str) -> Any:
        keep = super().on(operation_id)

        def wrap(handler: Handler) -> Handler:
            def told(vendor: Any, call: Call) -> Told:
                return Told(handler(vendor, call))

            keep(told)
            return handler

        return wrap


handlers = Payloads()
