# SPDX-License-Identifier: GPL-3.0-or-later
"""A vendor of the simulator in this process, and the collection's modules on it: a task costs milliseconds, and what it sent can be read.

    def test_a_label(wire, tmp_path):                   # the fixture is one wire for the whole file
        panel = Panel(wire, "alocom", tmp_path)
        panel.vendor.seed("labels", 3)
        ran = panel.run("alocom_label", title="a")      # check=True: in check mode
        assert ran.writes == [("labels.create", {"title": "a"})]
        assert ran.result["changed"]

``panel.vendor`` is what the integration tests have under the vendor's name (``tests/integration/conftest.py``): ``reset``, ``seed``, ``dump``, ``mutate``,
``fault``, ``journal``, ``connection``.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / name) for name in ("tests/fuzz", "tests/campaign", "tests/integration")]

from campaign import VENDORS  # noqa: E402
from doors import carried_out  # noqa: E402
from wire import Wire  # noqa: E402

from ansible_collections.kariz.panels.plugins.plugin_utils import _in_process  # noqa: E402

#: What a form of POD Space carries beside what the task says.
_ALWAYS = ("scProductId", "scApiKey")


class Laid:
    """All vendors in this process. Nobody waits for anything, and no variable of the environment counts."""

    def __init__(self, wire: Wire, home: Path) -> None:
        self.wire = wire
        self.home = home
        self.patch = pytest.MonkeyPatch()

    def __enter__(self) -> Wire:
        for name in list(os.environ):
            if name.startswith(("KARIZ_", "ALOCOM_", "DELTASIB_", "PAYAMSMS_", "PODSPACE_", "SMSPANEL_")):
                self.patch.delenv(name)
        self.patch.setenv("HOME", str(self.home))
        self.patch.setattr(time, "sleep", lambda seconds: None)
        self.way = self.wire.laid()
        return self.way.__enter__()

    def __exit__(self, *how: Any) -> None:
        self.way.__exit__(*how)
        self.patch.undo()


@dataclass
class Played:
    """What a task came to.

    :ivar result: its result; ``failed`` where it failed.
    :ivar requests: the entries of the simulator's journal for all that it asked, in this order.
    """

    result: dict[str, Any]
    requests: list[dict[str, Any]]

    @property
    def failed(self) -> bool:
        return bool(self.result.get("failed"))

    @property
    def asked(self) -> list[str]:
        """The operations, without logins."""
        return [entry["operation"] for entry in self.requests if entry["operation"] not in ("auth.login", "login", "gettoken")]

    @property
    def writes(self) -> list[tuple[str, Any]]:
        """``(operation, body)`` of each write, ``(operation with its path's end, body)`` where the path names an object by its number."""
        return [(named(entry), body_of(entry)) for entry in self.requests if entry["write"]]

    @property
    def msg(self) -> str:
        """What a failed task said."""
        assert self.failed, self.result
        return str(self.result["msg"])


def named(entry: dict[str, Any]) -> str:
    """The operation of a request, with the number that its path holds: ``users.update 7``."""
    numbers = [part for part in entry["path"].split("/") if part.isdigit()]
    return " ".join([entry["operation"], *numbers])


def body_of(entry: dict[str, Any]) -> Any:
    body = entry["body"]
    return {name: value for name, value in body.items() if name not in _ALWAYS} if isinstance(body, dict) else body


class Panel:
    """One vendor, and its modules.

    :arg seed: what the vendor holds at first; by default what its tests usually begin with.
    :arg settings: of the simulator: the spellings of its answers.
    """

    def __init__(self, wire: Wire, name: str, folder: Path, seed: str | None = None, **settings: Any) -> None:
        self.wire = wire
        self.folder = folder
        self.vendor = VENDORS[name](wire)
        wire.clear_faults()
        wire.change = None
        self.vendor.reset(*([seed] if seed else []), **settings)

    def run(self, module: str, check: bool = False, **options: Any) -> Played:
        """Carry out a task; the connection is given with it, unless ``options`` say otherwise. Each is a run of its own: nothing is known from earlier ones."""
        action = importlib.import_module("ansible_collections.kariz.panels.plugins.action." + module).ActionModule
        _in_process._clients.clear()
        self.wire.clear_journal()
        # One request after another, so that their order can be told.
        given = {**self.vendor.connection, "api_concurrency": 1, "api_retries": 1, "api_token_cache": False, **options}
        result = carried_out(action, given, check, self.folder)
        requests = self.vendor.journal()
        wrong = [entry["contract_error"] for entry in requests if entry["contract_error"]]
        assert not wrong, wrong
        return Played(result, requests)

    def both(self, module: str, **options: Any) -> Played:
        """Carry it out in check mode and then for real, hold that the one foretold the other, and return the run."""
        check = self.run(module, check=True, **options)
        assert check.writes == []
        ran = self.run(module, **options)
        assert (check.failed, check.result.get("changed")) == (ran.failed, ran.result.get("changed")), (check.result, ran.result)
        assert check.result.get("diff") == ran.result.get("diff")
        return ran
