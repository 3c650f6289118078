# SPDX-License-Identifier: GPL-3.0-or-later
"""Callbacks with options that nobody expects, and told results that no module of ours gives: nothing of them may stop a run, or show a secret.

The platform turns what a callback raises into a warning in words of Python, and goes on without what the callback was for.
"""

from __future__ import annotations

import copy
import importlib
import io
import json
import os
import random
import traceback
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import bad_values
import yaml
from ansible import constants as C
from ansible import context
from ansible.errors import AnsibleError
from answers import at, paths
from options import Hangs, patience, unreadable
from samples import ROOT
from wire import Wire

from plugins import in_environment, trust

#: What modules of the collection return, with everything that a callback could look at.
RESULTS: tuple[dict[str, Any], ...] = (
    {"changed": True, "diff": {"before": {}, "after": {"title": "a"}}, "api": {"requests": 2, "retries": 0, "seconds": 0.5}, "label": {"title": "a"}},
    {"changed": True, "summary": {"created": 1, "updated": 0, "deleted": 2, "unchanged": 3, "failed": 0}, "api": {"requests": 2, "seconds": 0.5}},
    {"changed": True, "summary": {"sent": 1, "already": 0, "refused": 0}, "cost": {"payamsms": {"messages": 1, "parts": 2, "cost": 300}}},
    {"failed": True, "changed": False, "msg": "alocom_label: title: must be text", "error": {"code": "bad_option", "name": "bad_option"}, "exception": "x"},
)
#: Variables of the environment with which both callbacks work.
SOUND = {"SMS_ALERT_SENDER": "982000123", "SMS_ALERT_RECIPIENT": "09121234567", "SMS_ALERT_PROVIDER": "payamsms,smspanel"}
HOSTS = ("one", "two")


def names() -> list[str]:
    return sorted(path.stem for path in (ROOT / "plugins/callback").glob("[!_]*.py"))


class Run:
    """A run as a callback hears of it."""

    def __init__(self, wire: Wire, folder: Path, connections: dict[str, dict[str, Any]]) -> None:
        self.wire, self.folder = wire, folder
        self.environment = {"%s_%s" % (vendor.upper(), name.upper()): str(value) for vendor in ("payamsms", "smspanel")
                            for name, value in connections[vendor].items()}
        self.said = ""
        if not context.CLIARGS:
            context.CLIARGS = {}

    def callback(self, name: str) -> Any:
        module = importlib.import_module("ansible_collections.kariz.panels.plugins.callback." + name)
        full = "kariz.panels." + name
        if not C.config.has_configuration_definition("callback", full):
            C.config.initialize_plugin_configuration_definitions("callback", full, trust(yaml.safe_load(module.DOCUMENTATION)["options"]))
        made = object.__new__(module.CallbackModule)
        made._load_name = full
        made.__init__()
        made.set_options()
        return made

    def problem(self, name: str, results: Iterable[Any] = RESULTS, task: str = "a task", environment: dict[str, str] | None = None) -> str | None:
        """Play a run and return what is wrong with what the callback did, or None."""
        said = io.StringIO()
        problem = None
        with mock.patch.dict(os.environ, {**self.environment, **SOUND, **(environment or {})}), redirect_stdout(said), redirect_stderr(said):
            try:
                with patience():
                    self._played(self.callback(name), results, task)
            except AnsibleError as error:
                said.write(str(error))
            except Hangs:
                problem = "hangs"
            except Exception:  # pylint: disable=broad-except
                problem = "falls: " + traceback.format_exc(limit=-5)[-1200:]
        self.said = said.getvalue()
        for path in self.folder.glob("summary*.json"):
            text = path.read_text("utf-8")
            path.unlink()
            json.loads(text)
            self.said += text
        return problem or unreadable(self.said)

    @staticmethod
    def _played(callback: Any, results: Iterable[Any], name: str) -> None:
        failed = set()
        callback.v2_playbook_on_play_start(SimpleNamespace(name=name, get_name=lambda: name))
        for place, told in enumerate(results):
            task = SimpleNamespace(resolved_action="kariz.panels.alocom_label", action="alocom_label", loop=None, loop_with=None, _uuid=str(place),
                                   get_name=lambda: name, no_log=False)
            host = HOSTS[place % 2]
            about = SimpleNamespace(get_name=lambda host=host: host)
            result = SimpleNamespace(_task=task, _result=told, _host=about, task=task, result=told, host=about)
            wrong = isinstance(told, dict) and bool(told.get("failed"))
            failed |= {host} if wrong else set()
            (callback.v2_runner_on_failed if wrong else callback.v2_runner_on_ok)(result)
            (callback.v2_runner_item_on_failed if wrong else callback.v2_runner_item_on_ok)(result)
        callback.v2_playbook_on_stats(SimpleNamespace(summarize=lambda host: {"failures": int(host in failed), "unreachable": 0}))


def spoilt(rng: random.Random) -> tuple[str, list[Any]]:
    """Results of which one part is another than any module gives."""
    made: list[Any] = copy.deepcopy(list(RESULTS))
    path = rng.choice(list(paths(made))[1:])
    what, value = rng.choice([*bad_values.of({"type": "str"}).items(), *bad_values.SECRETS.items(), ("left out", None)])
    inside = at(made, path[:-1])
    if what == "left out" and len(path) > 1:
        del inside[path[-1]]
    elif len(path) > 1 or isinstance(value, dict):
        inside[path[-1]] = value
    return "%s = %s" % (".".join(map(str, path)), what), made


def play(run: Run, rng: random.Random, count: int | None, only: Iterable[str] = ()) -> Iterator[tuple[str, str | None]]:
    """Yield what a callback was given or told, and what is wrong with what it did.

    :arg count: how many results, names of tasks and values of options each; None for all values, and 500 results.
    """
    texts = [(what, value) for what, value in {**bad_values.TEXTS, **bad_values.SECRETS}.items() if isinstance(value, str)]
    for name in names():
        if only and name not in only:
            continue
        yield "callback %s: as it should be" % name, run.problem(name)
        for _turn in range(500 if count is None else count):
            what, results = spoilt(rng)
            yield "callback %s: %s" % (name, what), run.problem(name, results)
        for what, text in rng.sample(texts, len(texts))[:count]:
            if text not in bad_values.SECRETS.values():
                yield "callback %s: a task called %s" % (name, what), run.problem(name, task=text)
        options = yaml.safe_load(importlib.import_module("ansible_collections.kariz.panels.plugins.callback." + name).DOCUMENTATION)["options"]
        every = [(source["name"], what, text) for entry in options.values() for source in entry.get("env", ()) for what, text in bad_values.TEXTS.items()
                 if "\0" not in text and in_environment(text)]
        rng.shuffle(every)
        for variable, what, text in every[:count]:
            if variable.endswith("PATH") and text and "/" not in text:
                text = str(run.folder / ("summary" + text + ".json"))
            yield "callback %s: %s=%s" % (name, variable, what), run.problem(name, environment={variable: text})
