# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import datetime
import json
import os

from ansible.errors import AnsibleActionFail

from ansible_collections.kariz.panels.plugins.module_utils._business import attendance, kinds
from ansible_collections.kariz.panels.plugins.module_utils._core.calendar import dates
from ansible_collections.kariz.panels.plugins.module_utils._core.errors import UsageError
from ansible_collections.kariz.panels.plugins.module_utils._core.task import fitting
from ansible_collections.kariz.panels.plugins.module_utils._core.text.letters import digits
from ansible_collections.kariz.panels.plugins.module_utils._core.text.near import proposing
from ansible_collections.kariz.panels.plugins.plugin_utils._desired import BusinessAction, check_writable, write_private
from ansible_collections.kariz.panels.plugins.plugin_utils._pages.attendance import page
from ansible_collections.kariz.panels.plugins.plugin_utils._pages.language import LANGUAGES


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
        "languages": {"type": "list", "elements": "str", "choices": list(LANGUAGES), "default": list(LANGUAGES)},
        "title": {"type": "str"},
        "return_content": fitting.OPTION,
    }

    def work(self, params, task_vars):
        check_writable(params, folders=("dest",))
        try:
            first, last = (dates.day(params[name], name) for name in ("from_date", "to_date"))
        except UsageError as error:
            raise AnsibleActionFail(error.message) from None
        if first > last:
            raise AnsibleActionFail("from_date is later than to_date")
        report = {"at": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"), "from": first, "to": last, "classes": [], "calls": [],
                  "visits": [], "errors": []}
        warnings: list = []
        telling = [vendor.name for vendor in kinds.VENDORS if vendor.classes]
        chosen = [account for account in self.named_accounts(dict(params, vendors=None if params["path"] else telling), task_vars)
                  if account.vendor in telling]
        if not chosen:
            raise AnsibleActionFail("the files name no account of %s" % ", ".join(telling))
        wanted = Wanted(params["events"])
        for account in chosen:
            try:
                self._read(account, report, params, wanted, warnings, task_vars)
            except AnsibleActionFail as error:
                # One account that is down ends no report of the others.
                report["errors"].append({"account": account.name, "message": str(error)})
        report["errors"] += wanted.missing([account.name for account in chosen], report["errors"])
        if report["errors"] and not report["classes"]:
            raise AnsibleActionFail("; ".join(error["message"] for error in report["errors"]))
        files, changed = self._write(report, params)
        made = {"changed": changed, "files": files, "summary": attendance.summary(report)["total"], "errors": report["errors"]}
        return dict(made, warnings=warnings) if warnings else made

    def _read(self, account, report, params, wanted, warnings, task_vars):
        def ask(module, **options):
            result = self.run_module("kariz.panels." + module, dict(account.connection, **options), task_vars, check_mode=False)
            if result.get("failed"):
                raise AnsibleActionFail("%s/%s: %s" % (account.vendor, account.name, result.get("msg")))
            return result
        events = wanted.of(ask("alocom_event_info")["events"])
        for event in events:
            # By its slug, which is looked for first: another class may have this one's id for a slug.
            found = ask("alocom_attendance_info", event=event["slug"] or str(event["id"]), date=report["from"], to_date=report["to"], with_details=True)
            named = {"account": account.name, "slug": event["slug"], "title": event["title"]}
            report["classes"].append(dict(named, id=event["id"]))
            report["calls"] += [dict(named, class_id=event["id"], **call) for call in found["attendances"]]
        if params["visits"] and (events or not params["events"]):
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
        texts = {"attendance.%s.html" % code: page(report, code, params["title"]) for code in params["languages"]}
        texts["attendance.csv"] = attendance.calls_csv(report)
        texts["visits.csv"] = attendance.visits_csv(report)
        texts["attendance.json"] = json.dumps(dict(report, summary=attendance.summary(report)), ensure_ascii=False, indent=1) + "\n"
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


class Wanted:
    """The classes that were asked for, by slug or else by id: all of them where none is named."""

    def __init__(self, names):
        self.names = [str(name).strip() for name in names or ()]
        self.found: set = set()
        self.slugs: list = []

    def of(self, events):
        """Return those of an account's events that are wanted."""
        slugs = {event["slug"] for event in events}
        self.slugs += [slug for slug in slugs if slug]
        if not self.names:
            return events
        by_id = {digits(name) for name in self.names if name not in slugs}
        made = [event for event in events if event["slug"] in self.names or str(event["id"]) in by_id]
        known = {str(event["id"]) for event in made} | {event["slug"] for event in made}
        self.found.update(name for name in self.names if name in known or digits(name) in known)
        return made

    def missing(self, accounts, unread):
        """Return an error for each name that no account has."""
        where = "none of %s" % ", ".join(accounts) if len(accounts) > 1 else accounts[0]
        text = "there is no class %s" if not unread else "no class %s was found where classes could be read"
        return [{"account": where, "message": text % proposing(name, {slug: slug for slug in self.slugs}, str)}
                for name in self.names if name not in self.found]
