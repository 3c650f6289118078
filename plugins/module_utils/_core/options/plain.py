# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what the platform holds for a task (tagged texts, days, sets, bytes) to the plain data that a module is given: what JSON can say."""

from __future__ import annotations

import datetime
import json

from ..text.letters import DEEPEST, TOO_DEEP, from_json
from .check import OptionsError, Problem

_DAYS = (datetime.date, datetime.datetime)
#: What JSON makes texts of by itself where it is a name.
_NAMES = (str, bool, int, float, type(None))


def is_omitted(value):
    """Return whether a value is the platform's word for "as if this were not given" (``omit``), which it leaves inside what plugins are handed."""
    return value.__class__.__name__ == "_OmitType"


def without_omitted(value):
    """Return a value without the keys and entries that are omitted, itself where there are none; None where it is omitted as a whole."""
    if is_omitted(value):
        return None
    if not _holds_omitted(value):
        return value
    if isinstance(value, dict):
        return {name: without_omitted(part) for name, part in value.items() if not is_omitted(part)}
    return [without_omitted(part) for part in value if not is_omitted(part)]


def _holds_omitted(value):
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return any(is_omitted(part) or (isinstance(part, (dict, list, tuple)) and _holds_omitted(part)) for part in parts)


def plain(value):
    """Return the same data without the platform's tags: days as text, sets and tuples as lists, ``!!binary`` as the text that it holds. What is omitted
    is not there.

    :raises OptionsError: with the place of each part that no module could be given: binary data that is no text, a number of thousands of digits, lists
        and mappings that are nested without end.
    """
    try:
        return from_json(json.dumps(value, default=_known))
    except (TypeError, ValueError, RecursionError):
        # Only now it is worth looking at each part.
        problems: list = []
        made = _part(value, (), 0, problems)
    if problems:
        raise OptionsError(problems)
    return json.loads(json.dumps(made, default=_known))


def _known(part):
    if isinstance(part, bytes):
        return part.decode("utf-8")
    if isinstance(part, (set, frozenset)):
        return sorted(part, key=str)
    if is_omitted(part):
        raise TypeError("omitted")
    return part.isoformat() if isinstance(part, _DAYS) else str(part)


def _part(value, path, depth, problems):
    """Return a part with names that JSON can write; add what no module can be given to ``problems``."""
    if depth > DEEPEST:
        problems.append(Problem(path[:3], TOO_DEEP))
    elif isinstance(value, dict):
        return {_name(name, path, problems): _part(part, path + (name,), depth + 1, problems) for name, part in value.items()
                if not is_omitted(part)}
    elif isinstance(value, (list, tuple, set, frozenset)):
        parts = sorted(value, key=str) if isinstance(value, (set, frozenset)) else value
        return [_part(part, path + (place,), depth + 1, problems) for place, part in enumerate(parts) if not is_omitted(part)]
    elif isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            problems.append(Problem(path, "must be text; this is binary data that is no UTF-8"))
    elif isinstance(value, int):
        try:
            str(value)
        except ValueError:
            problems.append(Problem(path, "is a number with too many digits"))
            return None
    return None if is_omitted(value) else value


def _name(name, path, problems):
    if isinstance(name, _NAMES):
        return name
    if isinstance(name, bytes):
        return _part(name, path, 0, problems)
    if isinstance(name, _DAYS):
        return name.isoformat()
    problems.append(Problem(path, "a key must be text, not %s" % ("a list" if isinstance(name, (tuple, frozenset)) else "something else")))
    return None
