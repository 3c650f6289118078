# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the result of a task may be, as the task, the play and the environment say; for the actions of all modules."""

from __future__ import annotations

import os

from ansible.errors import AnsibleActionFail

from ansible_collections.kariz.panels.plugins.module_utils._core.task.fitting import CONTROLLERS_KEEP, PRINTED, fit, summarise


def limit_of(action, task_vars):
    """Return the characters that a result may have by the variable ``kariz_result_limit`` or the environment; 0 for as many as it has."""
    asked = action._templar.template(task_vars.get("kariz_result_limit", os.environ.get("KARIZ_RESULT_LIMIT") or CONTROLLERS_KEEP))
    try:
        return max(0, int(asked))
    except (TypeError, ValueError):
        raise AnsibleActionFail("kariz_result_limit is a number of characters, or 0 for no limit, not %r" % asked) from None


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
