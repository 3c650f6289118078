# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import datetime
import json
import os

from ansible.errors import AnsibleActionFail

from ansible_collections.kariz.panels.plugins.module_utils._business import attendance_page
from ansible_collections.kariz.panels.plugins.module_utils._core.calendar import dates
from ansible_collections.kariz.panels.plugins.module_utils._core.errors import UsageError
from ansible_collections.kariz.panels.plugins.plugin_utils._desired import BusinessAction, write_private


class ActionModule(BusinessAction):
    options = {
        "from_date": {"type": "str", "required": True},
        "to_date": {"type": "str", "required": True},
        "events": {"type": "list", "elements": "str"},
        "path": {"type": "path"},
        "only": {"type": "list", "elements": "str"},
        "visits": {"type": "bool", "default": True},
        "visit_path": {"type": "str"},
        "dest": {"type": "path", "required": True},
        "languages": {"type": "list", "elements": "str", "choices": ["fa", "en"], "default": ["fa", "en"]},
        "title": {"type": "str"},
    }

    def work(self, params, task_vars):
        try:
            first, last = (dates.day(params[name], name) for name in ("from_date", "to_date"))
        except UsageError as error:
            raise AnsibleActionFail(error.message) from None
        if first > last:
            raise AnsibleActionFail("from_date is later than to_date")
        report = {"at": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"), "from": first, "to": last, "classes": [], "calls": [],
                  "visits": []}
        warnings: list = []
        chosen = [account for account in self.named_accounts(dict(params, vendors=None if params["path"] else ["alocom"]), task_vars)
                  if account.vendor == "alocom"]
        if not chosen:
            raise AnsibleActionFail("the files name no account of alocom")
        for account in chosen:
            self._read(account, report, params, warnings, task_vars)
        files, changed = self._write(report, params)
        made = {"changed": changed, "files": files, "summary": attendance_page.summary(report)["total"]}
        return dict(made, warnings=warnings) if warnings else made

    def _read(self, account, report, params, warnings, task_vars):
        def ask(module, **options):
            result = self.run_module("kariz.panels." + module, dict(account.connection, **options), task_vars, check_mode=False)
            if result.get("failed"):
                raise AnsibleActionFail("alocom/%s: %s" % (account.name, result.get("msg")))
            return result
        events = ask("alocom_event_info")["events"]
        if params["events"]:
            unknown = [slug for slug in params["events"] if slug not in {event["slug"] for event in events}]
            if unknown and len(unknown) == len(params["events"]):
                raise AnsibleActionFail("alocom/%s: there is no event %s" % (account.name, ", ".join(unknown)))
            events = [event for event in events if event["slug"] in params["events"]]
        for event in events:
            named = {"account": account.name, "slug": event["slug"], "title": event["title"]}
            report["classes"].append(named)
            found = ask("alocom_attendance_info", event=str(event["id"]), date=report["from"], to_date=report["to"], with_details=True)
            report["calls"] += [dict(named, **call) for call in found["attendances"]]
        if params["visits"]:
            options = {"from_date": report["from"], "to_date": report["to"]}
            if params["visit_path"]:
                options["path"] = params["visit_path"]
            try:
                visits = ask("alocom_visit_info", **options)["visits"]
            except AnsibleActionFail as error:
                # The vendor's document does not tell where this report is; the roll calls are worth a report without it.
                warnings.append("without visits: %s" % error)
                visits = []
            titles = {event["title"] for event in events}
            report["visits"] += [dict(visit, account=account.name) for visit in visits if not params["events"] or visit["event_name"] in titles]

    def _write(self, report, params):
        """Write the report; return its files and whether it is another than the last one but for its time."""
        folder = os.path.abspath(os.path.expanduser(params["dest"]))
        texts = {"attendance.%s.html" % code: attendance_page.page(report, code, params["title"]) for code in params["languages"]}
        texts["attendance.csv"] = attendance_page.calls_csv(report)
        texts["visits.csv"] = attendance_page.visits_csv(report)
        texts["attendance.json"] = json.dumps(dict(report, summary=attendance_page.summary(report)), ensure_ascii=False, indent=1) + "\n"
        paths = {name: os.path.join(folder, name) for name in texts}
        try:
            with open(paths["attendance.json"], encoding="utf-8") as file:
                changed = dict(json.load(file), at=None) != dict(json.loads(texts["attendance.json"]), at=None)
        except (OSError, ValueError):
            changed = True
        if not self._task.check_mode:
            for name, text in texts.items():
                write_private(paths[name], text)
        return list(paths.values()), changed
