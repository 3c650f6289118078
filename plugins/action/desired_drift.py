# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import datetime
import json

from ansible_collections.kariz.panels.plugins.module_utils._business import drift
from ansible_collections.kariz.panels.plugins.plugin_utils._desired import BusinessAction, write_private


class ActionModule(BusinessAction):
    options = {
        "results": {"type": "list", "elements": "dict", "required": True},
        "markdown_path": {"type": "path"},
        "json_path": {"type": "path"},
    }

    def work(self, params, task_vars):
        report = drift.gather(params["results"], datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"))
        # A report about the panels changes nothing of what is managed, so it is written in check mode too.
        if params["markdown_path"]:
            write_private(params["markdown_path"], drift.markdown(report))
        if params["json_path"]:
            write_private(params["json_path"], json.dumps(report, ensure_ascii=False, indent=2) + "\n")
        return {"changed": False, "differs": report["differs"], "lines": drift.lines(report), "report": report}
