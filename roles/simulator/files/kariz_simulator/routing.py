# SPDX-License-Identifier: GPL-3.0-or-later
"""From a method and a path to an operation of the contract."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .contract import Operation


class Router:
    """Fixed paths by dictionary, templated ones by regular expression; a slash at the end makes no difference."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._fixed: dict[tuple[str, str], Operation] = {}
        self._templates: dict[tuple[str, int], list[tuple[re.Pattern[str], Operation]]] = {}
        self.methods: set[str] = set()
        for operation in operations:
            path = operation.path.rstrip("/")
            self.methods.add(operation.method)
            if "{" not in path:
                self._fixed[operation.method, path] = operation
                continue
            pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))
            self._templates.setdefault((operation.method, path.count("/")), []).append((pattern, operation))

    def find(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        path = path.rstrip("/")
        fixed = self._fixed.get((method, path))
        if fixed is not None:
            return fixed, {}
        for pattern, operation in self._templates.get((method, path.count("/")), ()):
            match = pattern.fullmatch(path)
            if match:
                return operation, match.groupdict()
        return None
