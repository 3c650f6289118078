# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the result of a task may be, as the task, the play and the environment say; for the actions of all modules."""

from __future__ import annotations

import contextlib
import os

from ansible.errors import AnsibleActionFail

from ansible_collections.kariz.panels.plugins.module_utils._core.task.fitting import CONTROLLERS_KEEP, PRINTED, fit, put_beside, summarise
from ansible_collections.kariz.panels.plugins.plugin_utils._told import reference_to

#: The word of ``kariz_result_limit`` for results whose long lists are kept in a file of the run, while the result refers to them.
BESIDE = "beside"
#: Characters of the results of all items of a loop then, and of one item at least.
OF_ALL_ITEMS = 600_000
OF_AN_ITEM = 10_000


def _asked(action, task_vars):
    return action._templar.template(task_vars.get("kariz_result_limit", os.environ.get("KARIZ_RESULT_LIMIT") or CONTROLLERS_KEEP))


def limit_of(action, task_vars):
    """Return the characters that a result may have by the variable ``kariz_result_limit`` or the environment; 0 for as many as it has."""
    asked = _asked(action, task_vars)
    if asked == BESIDE:
        return 0
    try:
        return max(0, int(asked))
    except (TypeError, ValueError):
        raise AnsibleActionFail("kariz_result_limit is a number of characters, 0 for no limit, or beside, not %r" % asked) from None


def light(action, result, task_vars):
    """Keep long lists of a result in a file of the run where the play says so: events stay small, and whoever uses the result has all of it."""
    if _asked(action, task_vars) == BESIDE:
        with contextlib.suppress(OSError):
            put_beside(result, _room_of(action), reference_to, action._task.diff)
    return result


def _room_of(action):
    """Return the characters that one result may have, so that the last event of a loop, which holds those of all items, is kept as well."""
    if action._task.loop_with:
        return OF_AN_ITEM
    if action._task.loop is None:
        return CONTROLLERS_KEEP
    items = action._templar.template(action._task.loop)
    return max(OF_AN_ITEM, OF_ALL_ITEMS // max(1, len(items))) if isinstance(items, list) else OF_AN_ITEM


def fitted(action, result, task_vars, reveals=()):
    """Make the result of a task fit where nobody asked for all of it, and return it."""
    asked = action._task.args.get("return_content")
    limit = limit_of(action, task_vars)
    if not limit or asked == "full":
        return result
    if result.get("failed") and asked in (None, "auto") and not action._task.failed_when:
        # The platform prints all of it but these.
        fit(result, min(limit, PRINTED), reveals, ("diff", "invocation", "warnings"))
    fit(result, limit, reveals)
    return result


def summed_up(action, result):
    """Reduce the lists of a report, where ``return_content`` says so."""
    if action._task.args.get("return_content") == "summary":
        summarise(result)
    return result
