# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the job behind a module in the test's own process, against the simulator over real HTTP: milliseconds instead of the second of a play.

For what lies below the two ways of running (planner, writes, lost answers, strange answers). What users see of a play, and whatever the two ways
could do differently, is tested with real plays (:mod:`playing`).
"""

from __future__ import annotations

import importlib
import json

from ansible_collections.kariz.panels.plugins.module_utils._core.options.check import options_of, refusal
from ansible_collections.kariz.panels.plugins.module_utils._core.state.memory import Memories
from ansible_collections.kariz.panels.plugins.module_utils._core.state.results import Failed
from ansible_collections.kariz.panels.plugins.module_utils._core.task.host import Host


def job_of(module):
    """Return the job (a resource, an info, an action) behind a module, by the module's name without the collection's."""
    return importlib.import_module("ansible_collections.kariz.panels.plugins.action.%s" % module).ActionModule.job


def carry_out(job, params, check=False, environ=None, host_class=Host):
    """Run a job as one task would and return its result, with ``failed`` and ``warnings`` as a task's.

    :arg job: a job, or the name of a module.
    :arg params: options as in a playbook, connection options included.
    """
    job = job_of(job) if isinstance(job, str) else job
    checked = options_of(job, params)
    if checked.problems:
        return dict(refusal(job, checked), failed=True, warnings=[])
    warnings: list = []
    host = host_class(checked.values, check_mode=check, warn=warnings.append, environ=environ or {})
    try:
        result = dict(job.run(host), failed=False)
    except Failed as failure:
        result = dict(failure.result, failed=True)
    result["warnings"] = list(result.get("warnings", ())) + warnings
    return result


class Loop:
    """The items of one loop as one process serves them: ``loop = Loop(); loop.item(module, params)`` as :func:`carry_out`."""

    def __init__(self):
        clients: dict = {}
        memories = Memories()

        class InLoop(Host):
            keeps_index = True

            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                self.memories = memories

            def kept_client(self, vendor_class, options):
                place = json.dumps([vendor_class.vendor, options], sort_keys=True, default=str)
                if place not in clients:
                    clients[place] = super().kept_client(vendor_class, options)
                return clients[place]

        self.host_class = InLoop

    def item(self, job, params, **more):
        return carry_out(job, params, host_class=self.host_class, **more)
