# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks with variables that nobody expects: real runs of ``ansible-playbook``, with vendors at an address where somebody only counts who comes.

Which variables a playbook has, and of what type each is, is read from the playbook: from the options of the modules that it gives them to.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import socket
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import bad_values
import jinja2
import jinja2.meta
import playing
import yaml
import yaml_texts
from options import CLASSES, MISTAKE, PYTHON, leaked
from samples import ROOT, specification

#: Words of Python that a template of the user's own leads to; the platform says them of it.
OF_TEMPLATES = ("unexpected ", "recursion")
#: What is the platform's: names of hosts, and values that it refuses when it reads the file of variables. Unknown variables are nobody's business either.
OF_THE_PLATFORM = ("panels_host", "demo_hosts", "abyss", "named by", "surrogate", "escaped byte", "no character", "huger", "more digits")
MESSAGE = {"id": 5, "sender": "09121234567", "body": "روشن", "word": "روشن"}
EVENT = {
    "message": MESSAGE, "meta": {"uuid": "00000000-0000-0000-0000-000000000001"}, "absence": {"attendance": 5, "username": "a", "name": "b", "event": "c"},
    "balance": {"vendor": "payamsms", "account": "a", "left": 5, "below": 10}}
#: Parts of variables that are mappings, as the playbooks read them.
PARTS: dict[str, dict[str, Any]] = {"ansible_eda": {"type": "dict", "options": {"event": {"type": "dict", "options": {
    name: {"type": "dict", "options": {part: {"type": "int" if isinstance(value, int) else "str"} for part, value in parts.items()}}
    for name, parts in EVENT.items()}}}}}


def names() -> list[str]:
    return sorted(path.stem for path in (ROOT / "playbooks").glob("*.yml"))


def variables(name: str) -> dict[str, dict[str, Any]]:
    """The variables of a playbook, each with the specification of the option that it is given to."""
    plays = yaml.safe_load((ROOT / "playbooks" / (name + ".yml")).read_text("utf-8"))
    found: dict[str, dict[str, Any]] = {}
    own = {"omit", "item", "inventory_hostname", "playbook_dir", "lookup", "query", *(variable for play in plays for variable in play.get("vars", ()))}
    for play in plays:
        _look(play, {}, found, own)
    return {variable: entry for variable, entry in found.items() if variable not in own and not variable.startswith("ansible_") or variable in PARTS}


def _look(node: Any, spec: dict[str, Any], found: dict[str, dict[str, Any]], own: set[str]) -> None:
    """Note the variables of a part of a playbook; ``spec``: the options of the module whose arguments it is."""
    if isinstance(node, list):
        for part in node:
            _look(part, spec, found, own)
    elif isinstance(node, dict):
        own.update(value for value in [node.get("register")] if value)
        for key, part in node.items():
            module = key.removeprefix("kariz.panels.") if isinstance(key, str) else ""
            if module != key and isinstance(part, dict):
                spec_of = specification(module) if module != "awx_objects" else {}
                for option, value in part.items():
                    for variable in named(value):
                        found[variable] = PARTS.get(variable) or (spec_of.get(option) if _alone(value, variable) else None) or {"type": "str"}
                    if isinstance(value, (list, dict)):
                        _look(value, {}, found, own)
            elif key in ("when", "that", "changed_when", "failed_when"):
                for text in part if isinstance(part, list) else [part]:
                    for variable in named("{{ %s }}" % text):
                        found.setdefault(variable, PARTS.get(variable, {"type": "str"}))
            else:
                _look(part, spec, found, own)
    else:
        for variable in named(node):
            found.setdefault(variable, PARTS.get(variable, {"type": "str"}))


def named(text: Any) -> list[str]:
    """Variables that a template reads."""
    if not isinstance(text, str) or "{" not in text:
        return []
    environment = jinja2.Environment(autoescape=False)  # noqa: S701
    # Only their names are looked for.
    made = re.sub(r"\|\s*[\w.]+", "| string", text)
    made = re.sub(r"\bis (not )?[\w.]+", "is defined", made)
    return sorted(jinja2.meta.find_undeclared_variables(environment.parse(made)))


def _alone(text: str, variable: str) -> bool:
    return re.fullmatch(r"\{\{ %s( \| default\((omit|false|'[\w.-]*')[^{}]*\))? \}\}" % variable, text) is not None


class Door:
    """An address at which nobody is, and who counts who comes there."""

    def __init__(self) -> None:
        self.count = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = "http://127.0.0.1:%d" % self.socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                talk, _address = self.socket.accept()
            except OSError:
                return
            self.count += 1
            talk.close()


class Books:
    """Runs playbooks, and says what is wrong with what they printed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.door = Door()
        self.output = ""
        account = {"account": "one", "connection": {"api_url": self.door.url, "api_username": "u", "api_password": bad_values.SECRET, "api_retries": 0},
                   "labels": [{"title": "تازه"}]}
        (folder / "business.yml").write_text(json.dumps({"panels": {"alocom": account}}), "utf-8")
        (folder / "business.yml").chmod(0o600)
        (folder / "hosts.ini").write_text("localhost ansible_connection=local ansible_python_interpreter=%s\n" % sys.executable, "utf-8")
        self.environment = {"%s_%s" % (vendor, option): value for vendor in ("ALOCOM", "DELTASIB", "PAYAMSMS", "PODSPACE", "SMSPANEL") for option, value in (
            ("API_URL", self.door.url), ("API_USERNAME", "u"), ("API_PASSWORD", bad_values.SECRET), ("API_RETRIES", "0"))}
        self.environment.update(PODSPACE_API_TOKEN=bad_values.SECRET, HOME=str(folder), CONTROLLER_HOST=self.door.url,
                                CONTROLLER_OAUTH_TOKEN=bad_values.SECRET)
        self.sound = {
            "desired_state": "business.yml", "from_date": "1404/7/1", "to_date": "1404/7/30", "plan_path": "plan.json", "journal": "journal.db",
            "sender": "982000123",
            "on_call": "09121234567", "ticket_url": self.door.url, "parents": {"a": "09121234567"}, "subscribers": {"09121234567": "zahra"}, "service": "a",
            "ansible_eda": {"event": EVENT}, "panels_awx_scm_url": "https://git.test/a.git", "export_path": "export", "init_path": "first"}

    def problem(self, name: str, values: dict[str, Any], check: bool = False) -> str | None:
        """Run a playbook and return what is wrong with what it said, or None."""
        self.door.count = 0
        (self.folder / "vars.yml").write_text(yaml_texts.written(values), "utf-8")
        command = ["-i", "hosts.ini", "kariz.panels." + name, "-e", "@vars.yml"] + ["--check"] * check
        beside = ROOT / "playbooks"
        before = set(beside.iterdir())
        try:
            played = playing.run_command(command, self.folder, environment=self.environment, timeout=120)
        finally:
            # The relative name of a file is one beside the playbook.
            for made in set(beside.iterdir()) - before:
                shutil.rmtree(made) if made.is_dir() else made.unlink()
        self.output = played.output
        secret = leaked(self.output, [bad_values.SECRET])
        if secret:
            return "shows the secret %r" % secret
        if len(self.output) > 100_000:
            return "talks too much: %d letters" % len(self.output)
        # What a task gives to its module stands in the output too: only what the run complains of is read.
        told = "\n".join(line for line in self.output.splitlines() if re.search(r"ERROR|fatal|FAILED|WARNING|Traceback|msg", line))
        word = next((word for word in PYTHON if word in told and word not in OF_TEMPLATES), None) or next(iter(CLASSES.findall(told)), None)
        if word:
            return "says what no user should read (%s): %s" % (word, told[:700])
        if played.rc and self.door.count and MISTAKE.search(told) and "no_connection" not in self.output:
            return "complains after a request: %s" % told[:300]
        return "ends with %d" % played.rc if played.rc not in (0, 1, 2, 4) else None


def cases(name: str, sound: dict[str, Any], rng: random.Random, count: int | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Variables of a playbook with one that nobody expects."""
    spec = variables(name)
    given = {variable: value for variable, value in sound.items() if variable in spec}
    for what, values in bad_values.drawn(spec, given, rng, None if count is None else 10 * count):
        if count == 0:
            return
        if set(values) <= set(spec) and not any(word in what for word in OF_THE_PLATFORM):
            count = None if count is None else count - 1
            yield what, values


def play(books: Books, rng: random.Random, count: int | None, only: Iterable[str] = ()) -> Iterator[tuple[str, str | None]]:
    """Yield what a playbook was given and what is wrong with what it said.

    :arg count: how many values for each playbook; None for all, which takes hours.
    """
    for name in names():
        if only and name not in only:
            continue
        for what, values in cases(name, books.sound, rng, count):
            yield "playbook %s: %s" % (name, what), books.problem(name, values, rng.random() < 0.3)
