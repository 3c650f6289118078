# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import datetime
import json
import os

from ansible_collections.kariz.panels.plugins.module_utils._business import drift
from ansible_collections.kariz.panels.plugins.module_utils._core.task import fitting
from ansible_collections.kariz.panels.plugins.plugin_utils._desired import BusinessAction, check_writable, write_private
from ansible_collections.kariz.panels.plugins.plugin_utils._pages.drift import page
from ansible_collections.kariz.panels.plugins.plugin_utils._pages.language import LANGUAGES


class ActionModule(BusinessAction):
    options = {
        "results": {"type": "list", "elements": "dict"},
        "markdown_path": {"type": "path"},
        "json_path": {"type": "path"},
        "report": {"type": "path"},
        "languages": {"type": "list", "elements": "str", "choices": list(LANGUAGES), "default": list(LANGUAGES)},
        "return_content": fitting.OPTION,
    }

    def work(self, params, task_vars):
        check_writable(params, files=("markdown_path", "json_path"), folders=("report",))
        if params["results"] is None:
            return {"changed": False}
        report = drift.gather(params["results"], datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"))
        # A report about the panels changes nothing of what is managed, so it is written in check mode too.
        if params["markdown_path"]:
            write_private(params["markdown_path"], drift.markdown(report))
        if params["json_path"]:
            write_private(params["json_path"], json.dumps(report, ensure_ascii=False, indent=2) + "\n")
        for code in params["languages"] if params["report"] else ():
            write_private(os.path.join(params["report"], "drift.%s.html" % code), page(report, code))
        return {"changed": False, "differs": report["differs"], "lines": drift.lines(report), "report": report}
