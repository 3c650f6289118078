# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: summary
type: aggregate
short_description: What a run made, changed, left and refused, and what it cost
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - At the end of a run, says in one line for each task of this collection how many objects it made, changed, removed, left as they were and refused, how many
    requests that took and how long, and the sum of all; for messages what they cost, by provider.
  - Only names of tasks and figures are said, nothing of any object. It fits a terminal, and the output of a job in AWX.
  - In check mode the figures are those of the prediction, and the heading says so.
requirements:
  - enable in configuration (C(callbacks_enabled = kariz.panels.summary))
options:
  path:
    description:
      - A file that gets the same as JSON, with C(tasks) and C(total). It is written over.
    type: path
    env:
      - name: KARIZ_SUMMARY_PATH
    ini:
      - section: kariz_summary
        key: path
  tasks:
    description: Whether each task has its line; otherwise only the sum is said.
    type: bool
    default: true
    env:
      - name: KARIZ_SUMMARY_TASKS
    ini:
      - section: kariz_summary
        key: tasks
seealso:
  - plugin: kariz.panels.sms_alert
    plugin_type: callback
"""

EXAMPLES = r"""
examples: |
  # ansible.cfg
  [defaults]
  callbacks_enabled = kariz.panels.summary
  [kariz_summary]
  path = summary.json
"""

import json

from ansible import context
from ansible.plugins.callback import CallbackBase
from ansible.utils.display import get_text_width

from ansible_collections.kariz.panels.plugins.module_utils._core.options.check import readable
from ansible_collections.kariz.panels.plugins.module_utils._core.text.letters import excerpt
from ansible_collections.kariz.panels.plugins.plugin_utils._summary import OURS, Line, as_data, table


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "kariz.panels.summary"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self):
        super().__init__()
        self._lines: dict = {}

    def _count(self, result, failed=False, item=False):
        task = result._task
        if not str(task.resolved_action or task.action).startswith(OURS):
            return
        if not item and (task.loop or task.loop_with) and "results" in result._result:
            # Each item was counted by itself.
            return
        # A task that runs for several hosts, or again in another play, is one line for each place in a file.
        line = self._lines.setdefault(task._uuid, Line(readable(task.get_name().rpartition(" : ")[2].strip())))
        line.add(result._result, failed)

    def v2_runner_on_ok(self, result):
        self._count(result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._count(result, failed=True)

    def v2_runner_item_on_ok(self, result):
        self._count(result, item=True)

    def v2_runner_item_on_failed(self, result):
        self._count(result, failed=True, item=True)

    def v2_playbook_on_stats(self, stats):
        lines = list(self._lines.values())
        if not lines:
            return
        path = self.get_option("path")
        if path:
            try:
                with open(path, "w", encoding="utf-8") as handle:
                    json.dump(as_data(lines), handle, ensure_ascii=False, indent=2)
            except OSError as error:
                self._display.warning("summary: %s could not be written: %s" % (excerpt(path), error.strerror))
        check = " (CHECK MODE: predicted)" if context.CLIARGS.get("check") else ""
        self._display.banner("SUMMARY" + check)
        rows = table(lines, self._display.columns, get_text_width)
        if not self.get_option("tasks"):
            rows = rows[:1] + rows[1 + len(lines):]
        for row in rows:
            self._display.display(row)
