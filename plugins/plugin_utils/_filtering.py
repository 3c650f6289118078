# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a filter says of arguments with which it can do nothing."""

from __future__ import annotations

import importlib
import os

import yaml
from ansible.errors import AnsibleFilterError

from ansible_collections.kariz.panels.plugins.module_utils._core.options.check import Checker, OptionsError, Problem, told
from ansible_collections.kariz.panels.plugins.module_utils._core.options.plain import plain

#: What a function raises that was given another shape of data than it takes.
_FALLS = (AttributeError, TypeError, LookupError, ValueError, ArithmeticError, RecursionError)
_INPUT = "the input"
_KNOWN = ("str", "bool", "int", "float", "list", "dict", "raw")


def documented(place, name):
    """Return the filter of a name, whose function stands in the file ``place`` of this folder and is imported when somebody calls it.

    When it falls over what it was given, that is held against its documentation, and the mistake is told with its place. Nothing is looked at before: most
    filters are given thousands of items, and all of them are right.
    """
    def called(*values, **named):
        try:
            return _function(place, name)(*values, **named)
        except AnsibleFilterError:
            text = _not_plain(values, named)
            if text is None:
                raise
        except _FALLS:
            text = _mistakes(documentation(name), values, named)
        raise AnsibleFilterError("%s: %s" % (name, text))
    called.__name__ = name
    return called


def _function(place, name):
    return getattr(importlib.import_module("%s.%s" % (__package__, place)), name)


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


def _mistakes(document, values, named):
    # No value is shown: people and their secrets are among what filters are given.
    spec = {_INPUT if name == "_input" else name: _argument(entry) for name, entry in document["options"].items()}
    order = [_INPUT, *[name.strip() for name in str(document.get("positional") or "").split(",") if name.strip()]]
    try:
        problems = Checker(spec).check(plain({**dict(zip(order, values)), **named})).problems
    except OptionsError as error:
        problems = error.problems
    if problems:
        return told(problems)
    return "cannot be used with this: something in it is not of the shape that ansible-doc -t filter kariz.panels.%s tells" % document["name"]


def _argument(entry):
    kind = entry.get("type") if entry.get("type") in _KNOWN else "raw"
    made = {"type": kind, "no_log": True, "required": bool(entry.get("required"))}
    if entry.get("choices"):
        made["choices"] = entry["choices"]
    if kind == "list":
        made["elements"] = entry.get("elements") if entry.get("elements") in _KNOWN else "raw"
    return made
