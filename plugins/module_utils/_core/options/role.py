# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Variables of a role, checked as options of a module are: down to the keys of items, with place and advice."""

from __future__ import annotations

import difflib

from . import check

_TYPES = ("str", "path", "bool", "int", "float", "list", "dict", "raw")
#: How much alike two names must be behind the role's own, from 0 to 1.
_ALIKE = 0.75


def specification(options):
    """Return the argument specification behind the options of a role's ``argument_specs``.

    There, a list whose items have keys says ``elements: raw``, so that the platform leaves the items to this check.
    """
    made = {}
    for name, entry in options.items():
        spec = {key: entry[key] for key in ("choices", "default", "required", "no_log") if key in entry}
        spec["type"] = entry.get("type", "str") if entry.get("type", "str") in _TYPES else "raw"
        if entry.get("options"):
            spec["options"] = specification(entry["options"])
        if spec["type"] == "list":
            spec["elements"] = "dict" if entry.get("options") else entry.get("elements", "raw")
        made[name] = spec
    return made


def mistakes(options, values):
    """Return what is wrong with the values of a role's variables: a list of :class:`~.check.Problem`."""
    return check.Checker(specification(options)).check(values).problems


def strange(role, options, names):
    """Return ``{name: the variable that was probably meant, or None}`` for names that begin like the role's variables and are none of them.

    What the role sets itself (``..._result`` and names with two underscores) is left out.
    """
    prefix = role + "_"
    known = [name[len(prefix):] for name in options if name.startswith(prefix)]
    found = {}
    for name in sorted(names):
        rest = name[len(prefix):]
        if name.startswith(prefix) and name not in options and not name.endswith("_result") and "__" not in name:
            near = difflib.get_close_matches(rest, known, 1, _ALIKE)
            found[name] = prefix + near[0] if near else None
    return found


def nothing_to_do(role, one_of, unknown):
    """Return the sentence about a role that was given nothing, with the variables that it does not know."""
    return "%s has nothing to do: give %s%s" % (
        role, one_of[0] if len(one_of) == 1 else "%s or %s" % (", ".join(one_of[:-1]), one_of[-1]), _unknown(unknown))


def lacks(role, variables, unknown):
    """Return the sentence about variables that a role needs and was not given, with those that it does not know."""
    return "%s needs %s; nothing was done%s" % (role, " and ".join(variables), _unknown(unknown))


def _unknown(unknown):
    text = ""
    if unknown:
        named = ["%s (did you mean %s?)" % (name, near) if near else name for name, near in unknown.items()]
        text += "; the role does not know %s" % ", ".join(named[:check.TOLD])
    return text
