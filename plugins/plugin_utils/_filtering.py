# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a filter says of arguments with which it can do nothing."""

from __future__ import annotations

import functools
import importlib
import inspect
import os

import yaml
from ansible.errors import AnsibleFilterError

from ansible_collections.kariz.panels.plugins.module_utils._core.options.check import Checker, OptionsError, Problem, told
from ansible_collections.kariz.panels.plugins.module_utils._core.options.plain import is_omitted, plain, without_omitted

#: What a function raises that was given another shape of data than it takes.
_FALLS = (AttributeError, TypeError, LookupError, ValueError, ArithmeticError, RecursionError)
_INPUT = "the input"
_KNOWN = ("str", "bool", "int", "float", "list", "dict", "raw")


def documented(place, name):
    """Return the filter of a name, whose function stands in the file ``place`` of this folder and is imported when somebody calls it.

    When it falls over what it was given, that is held against its documentation, and the mistake is told with its place. Nothing is looked at before but
    what is omitted, and switches: most filters are given thousands of items, and all of them are right. A number or a switch that was given as text is
    taken for what it says.
    """
    def called(*values, **named):
        function = _function(place, name)
        parameters, switches = _parameters(function)
        if any(map(is_omitted, values[1:])):
            named = {**dict(zip(parameters[1:], values[1:])), **named}
            values = values[:1]
        values = tuple(map(_without_omitted, values))
        named = {key: _without_omitted(value) for key, value in named.items() if not is_omitted(value)}
        try:
            if switches and any(not isinstance(value, bool) for key, value in [*zip(parameters, values), *named.items()] if key in switches):
                return function(**_fitting(name, parameters, values, named))
            return function(*values, **named)
        except AnsibleFilterError:
            text = _not_plain(values, named)
            if text is None:
                raise
        except _FALLS:
            fitting = _fitting(name, parameters, values, named)
            try:
                return function(**fitting)
            except _FALLS:
                text = "cannot be used with this: something in it is not of the shape that ansible-doc -t filter kariz.panels.%s tells" % name
        raise AnsibleFilterError("%s: %s" % (name, text))
    called.__name__ = name
    return called


def _function(place, name):
    return getattr(importlib.import_module("%s.%s" % (__package__, place)), name)


@functools.lru_cache(maxsize=None)
def _parameters(function):
    """Return the names of a function's parameters, and those of them that are switches."""
    found = inspect.signature(function).parameters
    return list(found), {name for name, parameter in found.items() if isinstance(parameter.default, bool)}


def _without_omitted(value):
    try:
        return without_omitted(value)
    except Exception:  # pylint: disable=broad-except
        # Something in it cannot be made; whoever reads that part will say so.
        return value


def documentation(name):
    """Return what the documentation of a filter says of it and its options."""
    with open(os.path.join(os.path.dirname(os.path.dirname(__file__)), "filter", name + ".yml"), encoding="utf-8") as file:
        return yaml.safe_load(file)["DOCUMENTATION"]


def _not_plain(values, named):
    """Return what is wrong with data that no filter can read, such as a number of thousands of digits, or None."""
    try:
        plain([values, named])
    except OptionsError as error:
        return told([Problem((), problem.text) for problem in error.problems])
    return None


def _fitting(name, parameters, values, named):
    """Return the arguments by their names, each of the type that is documented.

    :raises AnsibleFilterError: telling all mistakes.
    """
    # No value is shown: people and their secrets are among what filters are given.
    spec = {_INPUT if option == "_input" else option: _argument(entry) for option, entry in documentation(name)["options"].items()}
    order = [_INPUT, *[option for option in parameters[1:] if option in spec]]
    given = {**dict(zip(order, values)), **named}
    problems: list = []
    if len(values) > len(order):
        problems.append(Problem((), "takes %s beside the input, not %d of them" % (", ".join(order[1:]) or "nothing", len(values) - 1)))
    checked = None
    try:
        checked = Checker(spec).check(plain(given))
        problems += checked.problems
    except OptionsError as error:
        problems += error.problems
    if problems or checked is None:
        raise AnsibleFilterError("%s: %s" % (name, told(problems)))
    # As they were given, but for what is one value: data keep what the platform knows of them.
    return {parameters[0] if option == _INPUT else option: value if isinstance(value, (dict, list, tuple)) else checked.values[option]
            for option, value in given.items()}


def _argument(entry):
    kind = entry.get("type") if entry.get("type") in _KNOWN else "raw"
    made = {"type": kind, "no_log": True, "required": bool(entry.get("required"))}
    if entry.get("choices"):
        made["choices"] = entry["choices"]
    if kind == "list":
        made["elements"] = entry.get("elements") if entry.get("elements") in _KNOWN else "raw"
    return made
