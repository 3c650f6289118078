# SPDX-License-Identifier: GPL-3.0-or-later
"""The desired-state file: every field of every kind, of options, limits and connections with values that nobody expects, and files that are no YAML.

A file that is taken goes on to a plan, which reads what it is about; one that is not is refused before anything is asked.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from typing import Any

import bad_values
import yaml_texts
from options import MISTAKE, Case, Hangs, Stage, unreadable
from samples import CANARIES, Samples

from ansible_collections.kariz.panels.plugins.module_utils._business import kinds, spending

SECRETS = [bad_values.SECRET, str(bad_values.SECRET_NUMBER), *CANARIES]


def account_spec(vendor: str) -> dict[str, Any]:
    """What an account may hold, as an argument specification."""
    of_vendor = kinds.of(vendor)
    connection = {name: {key: part for key, part in entry.items() if key != "fallback"} for name, entry in kinds.client_of(vendor).connection.items()}
    made: dict[str, Any] = {
        "account": {"type": "str"}, "connection": {"type": "dict", "options": connection}, "limits": {"type": "dict", "options": spending.LIMITS},
        "options": {"type": "dict", "options": {name: {"type": "dict", "options": kind.task_options} for name, kind in of_vendor.items()}}}
    made.update({name: kind.list_option for name, kind in of_vendor.items()})
    return made


def items(samples: Samples, kind: Any) -> dict[str, Any]:
    """An item of a kind that works."""
    name = kind.module.rpartition(".")[2]
    lists = [given[kind.resource.plural] for given in samples.of(name) if given.get(kind.resource.plural)]
    known = set(kind.list_option["options"])
    whole: dict[str, Any] = {}
    for entry in (entry for entries in lists for entry in entries):
        if entry.get("state", "present") != "absent" and len(entry) > len(whole):
            whole = {option: value for option, value in entry.items() if option in known}
    for given in samples.of(name):
        for parent in kind.resource.parents:
            if whole and parent in given:
                whole.setdefault(parent, given[parent])
    return whole


class Files:
    """Writes a file, and says what is wrong with what came of it."""

    def __init__(self, stage: Stage, samples: Samples) -> None:
        self.stage, self.samples = stage, samples
        self.path = stage.folder / "wanted.yml"
        self.said: str | None = None

    def sound(self, vendor: str) -> dict[str, Any]:
        """An account with one sound item of each kind."""
        made: dict[str, Any] = {"account": "one", "connection": self.samples.connections[vendor], "limits": {"deletions": 5}, "options": {}}
        for name, kind in kinds.of(vendor).items():
            item = items(self.samples, kind)
            if item:
                made[name] = [item]
        return made

    def problem(self, raw: bytes | str, account: str = "") -> str | None:
        self.path.write_bytes(raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass"))
        self.path.chmod(0o600)
        self.said = None
        plan = {"path": str(self.path), "plan_path": str(self.stage.folder / "wanted.json")}
        for module, given in (("desired_state", {"path": str(self.path)}), ("desired_plan", plan)):
            try:
                result = self.stage.run(Case(module, account, given, True))
            except Hangs:
                return "hangs"
            except Exception as error:  # pylint: disable=broad-except
                return "falls: %s: %s" % (type(error).__name__, str(error)[:300])
            message = str(result.get("msg") or "")
            found = unreadable(message + result["said"], SECRETS)
            if found:
                return found
            if result.get("failed"):
                self.said = message
                if module == "desired_state" and self.stage.wire.asked:
                    return "complains after a request: %s" % message[:300]
                if not any(place in message for place in ("wanted.yml", "/one: ")[:1 + (module == "desired_plan")]) and not self.stage.wire.asked:
                    return "says no place: %s" % message[:300]
                asked = module == "desired_plan" and MISTAKE.search(message) and self.stage.wire.asked
                return "complains after a request: %s" % message[:300] if asked else None
        return None


def play(stage: Stage, samples: Samples, rng: random.Random, count: int | None, only: Iterable[str] = ()) -> Iterator[tuple[str, str | None]]:
    """Yield what a file holds and what is wrong with what came of it.

    :arg count: how many values for each vendor, and how many broken files; None for all.
    """
    files = Files(stage, samples)
    for vendor in kinds.vendors():
        if only and vendor not in only:
            continue
        samples.fresh(vendor)
        sound, spec = files.sound(vendor), account_spec(vendor)
        yield "%s: as it should be" % vendor, files.problem(yaml_texts.written({"panels": {vendor: sound}})) or files.said
        for what, account in bad_values.drawn(spec, sound, rng, count):
            yield "%s: %s" % (vendor, what), files.problem(yaml_texts.written({"panels": {vendor: account}}))
    if not only or "files" in only:
        lines = ["panels:", "  alocom:"] + ["    %s: %s" % (name, yaml_texts.written(value)) for name, value in files.sound("alocom").items()]
        every = list(yaml_texts.files("\n".join(lines) + "\n").items())
        rng.shuffle(every)
        for what, raw in every[:count]:
            yield "a file with %s" % what, files.problem(raw)
