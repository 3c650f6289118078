# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets that a vendor tells once and never again: a chosen password, an entry link, a token. A job names them in ``reveals``."""

from __future__ import annotations

#: Beside the options of a module whose result will lie in a job file (``async``), put there by the action plugin: such secrets stay out of it.
WITHHOLD = "_withhold_told"
#: Parts of a result that hold no object.
_NO_OBJECTS = ("diff", "invocation", "api", "error")


def holders(job, result):
    """Return the mappings in a result that hold a secret which was told once."""
    found = []

    def walk(value):
        if isinstance(value, dict):
            if any(value.get(name) for name in job.reveals):
                found.append(value)
            for name, part in value.items():
                if isinstance(part, (dict, list)) and (value is not result or name not in _NO_OBJECTS):
                    walk(part)
        else:
            for part in value:
                if isinstance(part, (dict, list)):
                    walk(part)

    if job.reveals:
        walk(result)
    return found


def withhold(job, result):
    """Take what was told once out of a result; return whether there was any."""
    found = holders(job, result)
    for holder in found:
        for name in job.reveals:
            holder.pop(name, None)
    return bool(found)
