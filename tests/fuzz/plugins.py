# SPDX-License-Identifier: GPL-3.0-or-later
"""Lookups and inventories with options that nobody expects: given by hand, in variables and in the environment, and in files that are no YAML.

What the platform does for a plugin (its documentation as configuration, its loader of files) is real; vendors answer in this process (:mod:`wire`).
"""

from __future__ import annotations

import contextlib
import importlib
import io
import random
import traceback
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import bad_values
import yaml
import yaml_texts
from ansible import constants as C
from ansible.errors import AnsibleError
from ansible.inventory.data import InventoryData
from ansible.parsing import vault
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar, trust_as_template
from options import MISTAKE, Hangs, patience, unreadable
from samples import CANARIES, ROOT, Samples
from wire import Wire

SECRETS = [bad_values.SECRET, str(bad_values.SECRET_NUMBER), *CANARIES]
#: Names of options that hold secrets, as the vendors' connection options mark them.
TYPES = {"string": "str", "boolean": "bool", "integer": "int", "dictionary": "dict"}


def documented(kind: str, name: str) -> tuple[Any, dict[str, Any]]:
    """A plugin and its documented options, fragments included."""
    module = importlib.import_module("ansible_collections.kariz.panels.plugins.%s.%s" % (kind, name))
    document = yaml.safe_load(module.DOCUMENTATION)
    options = {}
    for fragment in document.get("extends_documentation_fragment", ()):
        package, _dot, rest = fragment.rpartition("." + fragment.split(".")[2])[0], ".", fragment.split(".")[2:]
        where = "ansible.plugins.doc_fragments" if package == "ansible.builtin" else "ansible_collections.%s.plugins.doc_fragments" % package
        holder = importlib.import_module("%s.%s" % (where, rest[0])).ModuleDocFragment
        options.update(yaml.safe_load(getattr(holder, (rest[1] if len(rest) > 1 else "documentation").upper()))["options"])
    options.update(document.get("options") or {})
    return module, options


def specification(options: dict[str, Any], secrets: Iterable[str] = ()) -> dict[str, Any]:
    """Documented options as an argument specification."""
    made = {}
    for name, entry in options.items():
        if not name.startswith("_"):
            kind = TYPES.get(entry.get("type"), entry.get("type") or "str")
            made[name] = {"type": kind, "elements": entry.get("elements"), "choices": entry.get("choices"), "no_log": name in secrets}
            if entry.get("suboptions"):
                made[name]["options"] = specification(entry["suboptions"])
    return made


class Bench:
    """The platform around plugins, and the vendors behind them."""

    def __init__(self, wire: Wire, folder: Path, samples: Samples | None = None) -> None:
        self.wire, self.folder = wire, folder
        self.samples = samples or Samples(wire, folder)
        self.loader = DataLoader()
        self.loader.set_basedir(str(folder))
        self.message: str | None = None
        # As with a command that was given no password of a vault.
        if vault.VaultSecretsContext.current(optional=True) is None:
            vault.VaultSecretsContext.initialize(vault.VaultSecretsContext(secrets=[]))

    def made(self, kind: str, name: str) -> tuple[Any, dict[str, Any]]:
        """A new plugin, as the platform's loader makes it, and its specification."""
        module, options = documented(kind, name)
        full = "kariz.panels." + name
        if not C.config.has_configuration_definition(kind, full):
            C.config.initialize_plugin_configuration_definitions(kind, full, trust(options))
        cls = getattr(module, kind.capitalize() + "Module")
        plugin = object.__new__(cls)
        plugin._load_name, plugin._redirected_names, plugin.ansible_aliases = full, [full], [full]
        if kind == "lookup":
            plugin.__init__(loader=self.loader, templar=Templar(self.loader))
        else:
            plugin.__init__()
        client = next((value for value in vars(module).values() if hasattr(value, "connection") and hasattr(value, "vendor")), None)
        secrets = {option for option, entry in (client.connection if client else {}).items() if entry.get("no_log")} | {"api_services"}
        return plugin, specification(options, secrets)

    def problem(self, work: Callable[[], Any], places: Iterable[str]) -> str | None:
        """Carry out and return what is wrong with what came of it, or None.

        :arg places: one of them a complaint has to name; none where any will do.
        """
        del self.wire.asked[:]
        self.message = None
        said = io.StringIO()
        try:
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), patience():
                work()
        except AnsibleError as error:
            self.message = str(error)
        except Hangs:
            return "hangs"
        except Exception:  # pylint: disable=broad-except
            return "falls: " + traceback.format_exc(limit=-6)[-1500:]
        found = unreadable("%s\n%s" % (self.message or "", said.getvalue()), SECRETS)
        if found or self.message is None:
            return found
        if self.wire.asked and MISTAKE.search(self.message):
            return "complains after a request: %s" % self.message[:300]
        if not self.wire.asked and places and not any(place in self.message for place in places):
            return "says no place: %s" % self.message[:300]
        return None


def trust(value: Any) -> Any:
    """Documentation as the platform reads it: its defaults may be templates."""
    if isinstance(value, dict):
        return {name: trust(part) for name, part in value.items()}
    if isinstance(value, list):
        return [trust(part) for part in value]
    return trust_as_template(value) if isinstance(value, str) else value


def names(kind: str) -> list[str]:
    return sorted(path.stem for path in (ROOT / "plugins" / kind).glob("[!_]*.py"))


# -- lookups -------------------------------------------------------------------------------------------------------------

#: What a lookup is asked for where something has to be named.
TERMS = {"deltasib_credit": ["zahra.karimi"], "podspace_plan": ["own"]}


def lookup(bench: Bench, name: str, terms: Any, options: dict[str, Any], variables: dict[str, Any] | None = None) -> Any:
    return bench.made("lookup", name)[0].run(terms, variables=variables or {}, **options)


def play_lookups(bench: Bench, rng: random.Random, count: int | None, only: Iterable[str] = ()) -> Iterator[tuple[str, str | None]]:
    """Yield what was given to a lookup and what is wrong with what came of it.

    :arg count: how many values for each lookup and each way of giving them.
    """
    for name in names("lookup"):
        if only and name not in only:
            continue
        spec = bench.made("lookup", name)[1]
        connection = bench.samples.connections.get(name.partition("_")[0], {})
        terms = TERMS.get(name, [])
        # What is looked up is no secret, but for a reference to one.
        every = [("term %s" % what, value) for what, value in bad_values.of({"type": "str", "no_log": name == "told"}).items()]
        rng.shuffle(every)
        for what, value in every[:count]:
            yield "lookup %s: %s" % (name, what), bench.problem(partial(lookup, bench, name, [value], connection), [])
        if not spec:
            continue
        for what, options in bad_values.drawn(spec, connection, rng, count):
            if all(isinstance(option, str) for option in options):
                yield "lookup %s: %s" % (name, what), bench.problem(partial(lookup, bench, name, terms, options), ["api_", *spec, "option"])
        options = documented("lookup", name)[1]
        places = [(option, what, value) for option, entry in spec.items() for what, value in bad_values.of(entry).items()]
        rng.shuffle(places)
        for option, what, value in places[:count]:
            rest = {other: part for other, part in connection.items() if other != option}
            for source in options[option].get("vars", ()):
                work = partial(lookup, bench, name, terms, rest, {source["name"]: value})
                yield "lookup %s: variable %s = %s" % (name, source["name"], what), bench.problem(work, [option])
            if isinstance(value, str) and "\0" not in value and in_environment(value):
                for source in options[option].get("env", ()):
                    work = partial(lookup, bench, name, terms, rest)
                    with mock.patch.dict("os.environ", {source["name"]: value}):
                        problem = bench.problem(work, [option, source["name"]])
                    yield "lookup %s: %s=%s" % (name, source["name"], what), problem


def in_environment(value: str) -> bool:
    try:
        value.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True


# -- inventories ---------------------------------------------------------------------------------------------------------

#: What makes groups and variables of a host's fields: sound, so that one of it can be spoilt.
SHAPE: dict[str, Any] = {"compose": {"a": "id"}, "groups": {"some": "id is defined"}, "keyed_groups": [{"key": "status", "prefix": "p"}]}


def parsed(bench: Bench, name: str, text: bytes | str) -> Any:
    """Read an inventory file, and return its data."""
    path = bench.folder / ("x.%s.yml" % name)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    data = InventoryData()
    plugin = bench.made("inventory", name)[0]
    if plugin.verify_file(str(path)):
        plugin.parse(data, bench.loader, str(path), cache=False)
    return data


def play_inventories(bench: Bench, rng: random.Random, count: int | None, only: Iterable[str] = ()) -> Iterator[tuple[str, str | None]]:
    """Yield what an inventory file holds and what is wrong with what came of it.

    :arg count: how many values, and how many broken files, for each inventory.
    """
    for name in names("inventory"):
        if only and name not in only:
            continue
        spec = bench.made("inventory", name)[1]
        sound = {"plugin": "kariz.panels." + name, **bench.samples.connections[name], **SHAPE}
        yield "inventory %s: as it should be" % name, bench.problem(partial(parsed, bench, name, yaml_texts.written(sound)), [])
        for what, options in bad_values.drawn(spec, sound, rng, count):
            if rng.random() < 0.5:
                options = {**options, "strict": True} if "strict" not in what else options
            text = yaml_texts.written(options)
            yield "inventory %s: %s" % (name, what), bench.problem(partial(parsed, bench, name, text), [*spec, "option", "x.%s.yml" % name])
        block = "".join("%s: %s\n" % (option, yaml_texts.written(value)) for option, value in sound.items())
        every = list(yaml_texts.files(block).items())
        rng.shuffle(every)
        for what, raw in every[:count]:
            yield "inventory %s: a file with %s" % (name, what), bench.problem(partial(parsed, bench, name, raw), [*spec, "option", "x.%s.yml" % name])
