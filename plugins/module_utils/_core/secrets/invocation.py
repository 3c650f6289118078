# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of a task as ``invocation`` shows them."""

from __future__ import annotations

from ..options import journal_place
from ..options.connection import without_user
from .declared import holds_secrets
from .redact import MASKED_OPTION


def invocation(arguments, params, secrets=()):
    """Return the options as users see them: secrets masked, inside maps too, long lists as their length; also options of a wrong shape.

    :arg secrets: what :func:`.declared.hidden` found.
    """
    shown = {}
    for name, spec in arguments.items():
        value = params.get(name)
        if spec.get("no_log") and value is not None:
            value = MASKED_OPTION
        elif name == "api_url" and isinstance(value, str):
            value = without_user(value)
        elif name == "journal" and isinstance(value, str):
            value = journal_place.shown(value)
        elif isinstance(value, list) and spec.get("options"):
            value = [_entry(spec["options"], entry, secrets) for entry in value] if len(value) <= 20 else ["%d items" % len(value)]
        elif value is not None and spec.get("options"):
            value = _entry(spec["options"], value, secrets)
        elif isinstance(value, str) and spec.get("type") == "dict":
            # What should be a map and is none may hold anything.
            value = MASKED_OPTION
        elif secrets and isinstance(value, (dict, list, str)):
            value = _masked(value, secrets)
        shown[name] = value
    return shown


def _entry(arguments, entry, secrets):
    if isinstance(entry, dict):
        return invocation(arguments, entry, secrets)
    return MASKED_OPTION if holds_secrets(arguments) else entry


def _masked(value, secrets):
    if isinstance(value, dict):
        return {name: _masked(part, secrets) for name, part in value.items()}
    if isinstance(value, list):
        return [_masked(part, secrets) for part in value]
    return MASKED_OPTION if str(value) in secrets else value
