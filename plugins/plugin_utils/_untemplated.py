# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long lists without a template in them: the platform's templating would walk through every value, and come back with what it was given."""

from __future__ import annotations

import re

from ansible_collections.kariz.panels.plugins.module_utils._core.text.letters import TEMPLATE

#: A variable and nothing else.
_VARIABLE = re.compile(r"\{\{ *([A-Za-z_][A-Za-z0-9_]*) *\}\}")


class Templated(Exception):
    """Something has to be made of a template, or is of a kind of which only the platform knows what it is."""


def untemplated(value, variables):
    """Return a copy of the list that the value of an option is, or that the variable holds which is all of it.

    :arg variables: a mapping of variables as they were given.
    :raises Templated: it is no list, or something in it is for the platform to template.
    """
    named = _VARIABLE.fullmatch(value) if isinstance(value, str) else None
    if named is not None:
        value = variables.get(named.group(1))
    if not isinstance(value, list):
        raise Templated
    return _copied(value)


def _copied(value):
    if isinstance(value, str):
        if TEMPLATE.search(value):
            raise Templated
        return value
    if isinstance(value, dict):
        return {name: _copied(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_copied(part) for part in value]
    if value is None or isinstance(value, (int, float)):
        return value
    raise Templated
