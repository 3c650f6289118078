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
import itertools
import json
import os
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / name) for name in ("tests/fuzz", "tests/campaign", "tests/integration")]

from campaign import VENDORS, conftest  # noqa: E402
from doors import carried_out  # noqa: E402
from wire import Wire  # noqa: E402

from ansible_collections.kariz.panels.plugins.plugin_utils import _in_process  # noqa: E402

#: The password of the account of Alocom, and of others.
PASSWORD = conftest.PASSWORD
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
    if not isinstance(body, dict):
        return body
    # How large a packed file is depends on the library.
    shown = {name: [part["filename"] for part in value.values()] if name == "files" else value for name, value in body.items() if name not in _ALWAYS}
    return {name: value for name, value in shown.items() if not (name == "fields" and "files" in shown and not value)}


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


# -- tables of cases -------------------------------------------------------------------------------------------------------

#: Of a result: what every one of them has, and is tested elsewhere.
_EVERYWHERE = ("invocation", "api", "account", "failed", "error", "diff")


@dataclass
class Case:
    """A task, and everything that is seen of it.

    :ivar prepare: is given the vendor before the task.
    :ivar heard: ``{operation: function}``: takes the honest body of an answer and returns the one that arrives.
    :ivar files: ``{name: content}`` of files in the folder for which ``{folder}`` stands in options and messages.
    :ivar again: the same task once more changes nothing and writes nothing.
    :ivar repeats: operations that each run asks for.
    :ivar gives: what :func:`seen` tells, as JSON; a line break with the white space after it stands for one space.
    """

    what: str
    module: str
    task: dict[str, Any]
    gives: str = "{}"
    prepare: Callable[[Any], Any] | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    heard: dict[str, Callable[[Any], Any]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    again: bool = True
    repeats: tuple[str, ...] = ()
    seed: str | None = "default"

    @property
    def expected(self) -> Any:
        return json.loads(re.sub(r"\n *", " ", self.gives))


def seen(wire: Wire, name: str, case: Case, folder: Path) -> dict[str, Any]:
    """Carry out a case in check mode, for real and again, and return what can be seen: of the run its requests and its result; of check mode what differs."""
    def heard(operation: str, answer: Any) -> Any:
        return replace(answer, body=case.heard[operation](json.loads(answer.payload()))) if operation in case.heard else answer

    def fresh() -> Panel:
        panel = Panel(wire, name, folder, case.seed, **case.settings)
        if case.prepare is not None:
            case.prepare(panel.vendor)
        wire.change = heard if case.heard else None
        return panel

    for file, content in case.files.items():
        (folder / file).write_bytes(content)
    task = json.loads(json.dumps(case.task).replace("{folder}", str(folder)))
    foretold = fresh().run(case.module, check=True, **task)
    assert foretold.writes == []
    panel = fresh()
    ran = panel.run(case.module, **task)
    told, check = told_of(ran), told_of(foretold)
    made = {"asked": in_order(ran.requests), **told}
    # What a vendor refuses nobody can foretell.
    alike = ran.failed == foretold.failed
    parts = [part for part in {**told, **check} if told.get(part) != check.get(part) and (alike or part in ("changed", "warnings", "msg"))]
    if parts:
        made["check"] = {part: check.get(part) for part in parts}
    if case.again and not ran.failed:
        wire.clear_faults()
        once_more = panel.run(case.module, **task)
        assert (once_more.failed, once_more.result["changed"]) == (False, False), once_more
        assert [write for write in once_more.writes if write[0] not in case.repeats] == []
    # Tokens that the simulator makes hold the time.
    return dict(json.loads(re.sub(r"eyJ[\w.-]+", "{token}", json.dumps(made).replace(str(folder), "{folder}"))))


def told_of(ran: Played) -> dict[str, Any]:
    """What a result says, without what every result has."""
    told = json.loads(json.dumps({part: value for part, value in ran.result.items() if part not in _EVERYWHERE}))
    for entry in [entry for entries in told.values() if isinstance(entries, list) for entry in entries if isinstance(entry, dict)]:
        if "error" in entry:
            entry["error"] = [entry["error"]["code"], entry["error"]["message"]]
    if ran.failed and ran.result.get("error"):
        told["code"] = ran.result["error"].get("code")
    difference = ran.result.get("diff") or {}
    if difference.get("before") != difference.get("after"):
        told.update(before=difference["before"], after=difference["after"])
    return told


def in_order(requests: list[dict[str, Any]]) -> list[Any]:
    """The requests as a table shows them. Pages are read ahead, so the order of reads between two writes is told by their names alone."""
    made: list[Any] = []
    for writes, entries in itertools.groupby((entry for entry in requests if entry["operation"] != "auth.login"), lambda entry: entry["write"]):
        told = [asked(entry) for entry in entries]
        made += told if writes else sorted(told, key=json.dumps)
    return made


def asked(entry: dict[str, Any]) -> Any:
    """A request as a table shows it: its operation, and what goes with it."""
    more = {**entry["query"], **(body_of(entry) or {})}
    more = {part: value for part, value in more.items() if part not in ("take", "skip")}
    return [named(entry), more] if more else named(entry)


def inside(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """For ``heard``, with POD Space and ``inner="object"``: changes what an answer tells within its two envelopes."""
    def heard(body: Any) -> Any:
        inner = body["result"]["result"]
        inner["result"] = change(inner["result"])
        return body
    return heard


def rows(**change: Any) -> Callable[[Any], Any]:
    """The same for every row of a list; a field that becomes ``...`` is left out."""
    return inside(lambda told: [{part: value for part, value in {**row, **change}.items() if value is not ...} for row in told or ()])
