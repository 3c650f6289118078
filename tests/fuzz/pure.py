# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters, tests and the variables of roles with values that nobody expects: everything that is checked without a vendor."""

from __future__ import annotations

import importlib
import random
import traceback
from collections.abc import Iterator
from typing import Any

import bad_values
import yaml
from ansible.errors import AnsibleError
from options import PYTHON, Hangs, leaked, patience
from samples import ROOT

from ansible_collections.kariz.panels.plugins.filter import panels
from ansible_collections.kariz.panels.plugins.module_utils._core.options import check, role
from ansible_collections.kariz.panels.plugins.module_utils._core.options.plain import plain
from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documentation

#: A sensible value for each type: what stands beside the one that is spoilt.
SENSIBLE: dict[str, Any] = {"str": "a", "int": 1, "float": 1.0, "bool": True, "list": [{"username": "a", "key": "b"}], "dict": {"a": "b"}, "raw": "09121234567"}


def filters() -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """The name, the function and the documented options of each filter and test."""
    for name, function in sorted(panels.FilterModule().filters().items()):
        yield "filter " + name, function, documentation(name)["options"]
    for path in sorted((ROOT / "plugins/test").glob("[!_]*.py")):
        module = importlib.import_module("ansible_collections.kariz.panels.plugins.test.%s" % path.stem)
        spec = yaml.safe_load(module.DOCUMENTATION)["options"]
        yield from (("test " + name, function, spec) for name, function in module.TestModule().tests().items())


def roles() -> Iterator[tuple[str, dict[str, Any]]]:
    """The name and the declared variables of each role."""
    for path in sorted((ROOT / "roles").glob("*/meta/argument_specs.yml")):
        with open(path, encoding="utf-8") as handle:
            yield path.parts[-3], yaml.safe_load(handle)["argument_specs"]["main"]["options"]


def called(function: Any, values: dict[str, Any]) -> str | None:
    """Return what is wrong with what a filter did, or None."""
    given = dict(values)
    try:
        with patience():
            function(given.pop("_input"), **given)
    except AnsibleError as error:
        text = str(error)
        return "says what no user should read: %s" % text[:300] if any(word in text for word in PYTHON) else None
    except Hangs:
        return "hangs"
    except Exception:  # pylint: disable=broad-except
        return "falls: " + traceback.format_exc(limit=-3)[-700:]
    return None


def checked(spec: dict[str, Any], values: dict[str, Any]) -> str | None:
    """Return what is wrong with what the check of a role says, or None."""
    try:
        with patience():
            problems = role.mistakes(spec, plain(values))
    except check.OptionsError as error:
        problems = error.problems
    except Exception:  # pylint: disable=broad-except
        return "falls: " + traceback.format_exc(limit=-3)[-700:]
    text = check.told(problems) if problems else ""
    if leaked(text, [bad_values.SECRET, str(bad_values.SECRET_NUMBER)]):
        return "shows the secret: %s" % text[:300]
    if any(not problem.place for problem in problems if "required" not in problem.text):
        return "says no place: %s" % text[:300]
    return "says what no user should read: %s" % text[:300] if any(word in text for word in PYTHON) else None


def play(rng: random.Random, count: int | None, only: list[str] | tuple[str, ...] = ()) -> Iterator[tuple[str, str | None]]:
    """Yield what was given and what is wrong with what came of it.

    :arg count: how many values for each filter, test and role; None for all.
    """
    for name, function, spec in filters():
        if only and name not in only:
            continue
        sensible = {option: SENSIBLE.get(entry.get("type", "str"), "a") for option, entry in spec.items() if entry.get("required")}
        for what, values in bad_values.drawn(spec, sensible, rng, count):
            if set(values) <= set(spec):
                yield "%s: %s" % (name, what), called(function, values)
    for name, spec in roles():
        if only and name not in only:
            continue
        given = {variable: [{}] for variable, entry in spec.items() if entry.get("type") == "list" and entry.get("options")}
        for what, values in bad_values.drawn(spec, given, rng, count):
            yield "role %s: %s" % (name, what), checked(role.specification(spec), values)
