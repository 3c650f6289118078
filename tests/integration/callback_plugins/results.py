# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes each task result that a callback may see as a line of JSON, for the tests to read."""

from __future__ import annotations

import json
import os

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: results
type: aggregate
short_description: Task results as JSON lines
description: Task results as JSON lines.
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "results"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._plays = 0

    def v2_playbook_on_play_start(self, play):
        self._plays += 1

    def _write(self, kind, result):
        line = {"kind": kind, "play": self._plays, "task": result._task.get_name(), "host": result._host.get_name(), "result": result._result}
        with open(os.environ["KARIZ_TEST_RESULTS"], "a", encoding="utf-8") as handle:
            handle.write(json.dumps(line, default=str) + "\n")

    def v2_playbook_on_stats(self, stats):
        """What set_stats left for later jobs of a workflow, as a platform takes it from this event."""
        if stats.custom.get("_run"):
            with open(os.environ["KARIZ_TEST_RESULTS"], "a", encoding="utf-8") as handle:
                handle.write(json.dumps({"kind": "stats", "play": self._plays, "task": "(artifacts)", "host": None, "result": stats.custom["_run"]}) + "\n")

    def v2_runner_on_ok(self, result):
        self._write("ok", result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._write("failed", result)

    def v2_runner_on_skipped(self, result):
        self._write("skipped", result)

    def v2_runner_on_unreachable(self, result):
        self._write("unreachable", result)
