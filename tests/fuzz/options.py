# SPDX-License-Identifier: GPL-3.0-or-later
"""Every module with options that nobody expects: accepted, or refused in one clear message before anything is asked of a vendor.

The real action plugin carries out the real job; what it would send meets the simulator in this process (:mod:`wire`).
"""

from __future__ import annotations

import base64
import contextlib
import importlib
import io
import json
import random
import re
import signal
import traceback
import urllib.parse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import bad_values
from ansible.errors import AnsibleError
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.play_context import PlayContext
from ansible.playbook.task import Task
from ansible.plugins import loader as plugin_loader
from ansible.plugins.loader import action_loader
from ansible.template import Templar
from samples import Samples, modules, secrets_of, specification
from wire import Wire

from ansible_collections.kariz.panels.plugins.module_utils._core.options.connection import COMMON

#: What no user should read: the words of Python.
PYTHON = ("Traceback", "unexpected ", "object has no attribute", "object is not", "NoneType", "unhashable", "codec can't", "surrogates not allowed",
          "not serializable",
          "recursion", "not supported between", "positional argument", "Exceeds the limit", "int too large", "invalid literal", "keys must be",
          "must be str, not",
          "<class ", "cannot convert", "list index", "argument must be", "is not iterable", "expected str", "expected string", "unpack", "embedded null")
#: Seconds after which a task is taken for hanging.
PATIENCE = 60


#: Options about how a vendor is reached.
CONNECTION = {*COMMON, "api_url", "api_token", "api_username", "api_password", "api_key", "api_services", "api_client_id", "api_client_secret",
              "api_system_name", "api_version"}


class Hangs(BaseException):
    """A task did not end."""


@dataclass
class Case:
    """One task.

    :ivar what: the place and the kind of the value.
    """

    module: str
    what: str
    options: dict[str, Any]
    check: bool
    secrets: list[str] = field(default_factory=list)


def spellings(secret: str) -> set[str]:
    """A secret in the encodings in which it could be seen."""
    raw = secret.encode("utf-8", "surrogatepass")
    return {secret, json.dumps(secret)[1:-1], urllib.parse.quote(secret), urllib.parse.quote_plus(secret), raw.hex(),
            base64.b64encode(raw).decode().rstrip("="), repr(secret)[1:-1]}


def leaked(text: str, secrets: list[str]) -> str | None:
    for secret in secrets:
        if any(form in text for form in spellings(secret)):
            return secret
    return None


@contextlib.contextmanager
def patience(seconds: int = PATIENCE) -> Iterator[None]:
    """Raise :class:`Hangs` in what takes longer."""
    def ring(*_arguments: Any) -> None:
        raise Hangs

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


#: Names of Python's classes of errors.
CLASSES = re.compile(r"\b[A-Z][a-z]+[A-Za-z]*(?:Error|Exception|Interrupt)\b|unexpected [A-Z]\w+:")
#: How a message begins to say that an option is wrong.
MISTAKE = re.compile(
    r"must be |must not |unknown option|unknown key|holds a character|mutually exclusive|is required|as well\b|too many digits|nested too deeply")


def unreadable(text: str, secrets: Iterable[str] = (bad_values.SECRET, str(bad_values.SECRET_NUMBER))) -> str | None:
    """Return what is wrong with the words that somebody is told, or None."""
    secret = leaked(text, list(secrets))
    if secret:
        return "shows the secret %r: %s" % (secret, around(text, secret))
    # A template's own mistakes are told in its language: unexpected '<'.
    found = next((word for word in PYTHON if word in text and word != "unexpected "), None) or next(iter(CLASSES.findall(text)), None)
    if found:
        return "says what no user should read (%s): %s" % (found, text[:600])
    return "talks too much: %d letters" % len(text) if len(text) > 20_000 else None


def get_action(name: str, **surroundings: Any) -> Any:
    """The action plugin of this name; the platform's own search for it would change how this process imports."""
    found = importlib.import_module("ansible_collections.kariz.panels.plugins.action.%s" % name.rpartition(".")[2])
    return found.ActionModule(**{"shared_loader_obj": plugin_loader, **surroundings})


class Stage:
    """The platform around a task, and the vendors behind it."""

    def __init__(self, wire: Wire, folder: Path) -> None:
        self.wire = wire
        self.folder = folder
        self.loader = DataLoader()
        self.loader.set_basedir(str(folder))
        shell = SimpleNamespace(tmpdir=str(folder), env_prefix=lambda **_names: "")
        self.last: dict[str, Any] | None = None
        self.connection = SimpleNamespace(transport="local", has_native_async=False, _shell=shell)

    def action(self, module: str, options: dict[str, Any], check: bool = False) -> Any:
        """The action plugin of a task, as the platform makes it."""
        task = Task()
        task.action = "kariz.panels." + module
        task.args = options
        task.check_mode = check
        return get_action(task.action, task=task, connection=self.connection, play_context=PlayContext(), loader=self.loader, templar=Templar(self.loader))

    def run(self, case: Case) -> dict[str, Any]:
        """Carry out a task and return its result; ``raised`` is an error that the platform shows by its text."""
        del self.wire.asked[:]
        self.last = None
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), patience(), mock.patch.object(action_loader, "get", get_action):
            try:
                result = self.action(case.module, case.options, case.check).run(task_vars={"ansible_inject_invocation": True})
            except AnsibleError as error:
                result = {"failed": True, "raised": str(error), "msg": str(error)}
        result["said"] = said.getvalue()
        self.last = dict(result)
        return self.last

    def problem(self, case: Case) -> str | None:
        """Return what is wrong with what a task came to, or None."""
        try:
            result = self.run(case)
        except Hangs:
            return "hangs"
        except RecursionError:
            return "falls: RecursionError " + traceback.format_exc(limit=-6)[-900:]
        except Exception:  # pylint: disable=broad-except
            return "falls: " + traceback.format_exc(limit=-6)[-1500:]
        return judged(case, result, self.wire)


def play(stage: Stage, samples: Samples, rng: random.Random, count: int | None = None, only: Iterable[str] = ()) -> Iterator[tuple[Case, str | None]]:
    """Yield tasks with one spoiled option each, and what is wrong with what came of them.

    :arg count: how many for each set of sensible options; None for every value at every place.
    """
    connections: set[str] = set()
    for module in only or modules():
        spec = specification(module)
        vendor = module.partition("_")[0]
        for given in samples.of(module):
            case = Case(module, "as it should be", given, True, secrets_of(given))
            yield case, stage.problem(case)
            # How to reach a vendor is the same for all of its modules: once is enough where every value is tried.
            reach = {name: entry for name, entry in spec.items() if count is not None or vendor not in connections or name not in CONNECTION}
            for what, options in bad_values.drawn(reach, given, rng, count):
                case = Case(module, what, options, rng.random() < 0.7, [*secrets_of(given), bad_values.SECRET, str(bad_values.SECRET_NUMBER)])
                yield case, stage.problem(case)
                if not case.check and vendor in samples.facts:
                    samples.fresh(vendor)
            connections.add(vendor)


def judged(case: Case, result: dict[str, Any], wire: Wire) -> str | None:
    """Return what is wrong with a result."""
    try:
        text = json.dumps(result, ensure_ascii=False, default=str)
    except (TypeError, ValueError) as error:
        return "its result cannot be told: %s" % error
    secret = leaked(text, case.secrets)
    if secret:
        return "shows the secret %r: %s" % (secret, around(text, secret))
    if wire.troubles:
        return "the simulator stumbled: %s" % wire.troubles.pop()
    if not result.get("failed"):
        return None
    message = str(result.get("msg"))
    if any(word in message for word in PYTHON):
        return "says what no user should read: %s" % message[:600]
    if "raised" in result:
        return None if message and not any(writes for _vendor, _operation, writes in wire.asked) else "raises %r after a write" % message[:300]
    error = result.get("error") or {}
    if not error.get("code"):
        return "has no code: %s" % message[:300]
    if len(message) > 20_000:
        return "talks too much: %d letters" % len(message)
    return None


def around(text: str, secret: str) -> str:
    for form in spellings(secret):
        place = text.find(form)
        if place >= 0:
            return text[max(0, place - 200):place + 40]
    return ""
