# SPDX-License-Identifier: GPL-3.0-or-later
"""Module processes with options that nobody expects: a fork for each value, of a process that has imported everything.

The child reads its arguments, writes its result and ends as a module does on its target; vendors answer inside it (:mod:`wire`).
"""

from __future__ import annotations

import importlib
import json
import os
import random
import signal
import tempfile
import traceback
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

import bad_values
from ansible.module_utils import basic
from options import PATIENCE, Case, judged
from samples import Samples, modules, secrets_of, specification
from wire import Wire

from ansible_collections.kariz.panels.plugins.module_utils._core.options.check import OptionsError, refuse_halves
from ansible_collections.kariz.panels.plugins.module_utils._core.options.plain import plain
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def names() -> list[str]:
    """Modules that can run on a target."""
    return [name for name in modules() if hasattr(action_of(name), "job")]


def action_of(name: str) -> Any:
    return importlib.import_module("ansible_collections.kariz.panels.plugins.action." + name).ActionModule


class Door:
    """Starts module processes."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.last: dict[str, Any] = {}

    def problem(self, case: Case) -> str | None:
        """Carry a task out in a process of its own and return what is wrong with what came of it, or None."""
        try:
            given = plain(case.options)
            refuse_halves(given)
            arguments = json.dumps({"ANSIBLE_MODULE_ARGS": {**given, "_ansible_check_mode": case.check, "_ansible_no_log": False}})
        except OptionsError:
            return None  # refused by the action, before there is a process
        del self.wire.asked[:]
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error, tempfile.TemporaryFile() as asked:
            child = os.fork()
            if not child:
                self._become(case.module, arguments.encode(), out.fileno(), error.fileno(), asked.fileno())
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            texts = []
            for handle in (out, error, asked):
                handle.seek(0)
                texts.append(handle.read())
        self.wire.asked += [tuple(entry) for entry in json.loads(texts[2] or b"[]")]
        said = texts[1].decode("utf-8", "replace")
        if status == -signal.SIGALRM:
            return "hangs"
        if said:
            return "falls: %s" % said[-1200:]
        try:
            result = json.loads(texts[0].decode("utf-8"))
        except ValueError:
            return "its result is no JSON: %r" % texts[0][:300]
        if bool(result.get("failed")) != (status != 0):
            return "ends with %d" % status
        self.last = result
        return judged(case, result, self.wire)

    def _become(self, module: str, arguments: bytes, out: int, error: int, asked: int) -> NoReturn:
        code = 70
        try:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(PATIENCE)
            os.dup2(out, 1)
            os.dup2(error, 2)
            import sys  # pylint: disable=import-outside-toplevel
            sys.stdout, sys.stderr = os.fdopen(1, "w", encoding="utf-8"), os.fdopen(2, "w", encoding="utf-8")
            basic._ANSIBLE_ARGS, basic._ANSIBLE_PROFILE = arguments, "legacy"
            try:
                run_module(action_of(module).job)
            except SystemExit as ended:
                code = int(ended.code or 0)
            sys.stdout.flush()
        except BaseException:  # pylint: disable=broad-except
            os.write(error, traceback.format_exc(limit=-6).encode("utf-8", "replace"))
        os.write(asked, json.dumps(self.wire.asked).encode())
        os._exit(code)


def play(door: Door, samples: Samples, rng: random.Random, count: int | None, only: Iterable[str] = ()) -> Iterator[tuple[Case, str | None]]:
    """Yield tasks with one spoiled option each, and what is wrong with what came of them.

    :arg count: how many for each set of sensible options; None for every value at every place.
    """
    for module in only or names():
        for given in samples.of(module):
            yield Case(module, "as it should be", given, True), door.problem(Case(module, "", given, True, secrets_of(given)))
            for what, options in bad_values.drawn(specification(module), given, rng, count):
                case = Case(module, what, options, rng.random() < 0.7, [*secrets_of(given), bad_values.SECRET, str(bad_values.SECRET_NUMBER)])
                yield case, door.problem(case)
