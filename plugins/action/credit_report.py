# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import datetime
import json
import os

from ansible_collections.kariz.panels.plugins.module_utils._business import apart, credit_page, credits, kinds
from ansible_collections.kariz.panels.plugins.module_utils._core.calendar import dates
from ansible_collections.kariz.panels.plugins.module_utils._core.journal.history import History
from ansible_collections.kariz.panels.plugins.module_utils._core.options import journal_place
from ansible_collections.kariz.panels.plugins.plugin_utils._desired import BusinessAction, write_private

ACTIONS = ["warn", "text", "fail"]


class ActionModule(BusinessAction):
    options = {
        "accounts": {"type": "list", "elements": "dict", "options": {
            "vendor": {"type": "str", "required": True, "choices": kinds.vendors()},
            "account": {"type": "str"},
            "connection": {"type": "dict"},
            "usernames": {"type": "list", "elements": "str"},
        }},
        "path": {"type": "path"},
        "vendors": {"type": "list", "elements": "str"},
        "only": {"type": "list", "elements": "str"},
        "thresholds": {"type": "list", "elements": "dict", "options": {
            "vendor": {"type": "str"},
            "account": {"type": "str"},
            "kind": {"type": "str"},
            "name": {"type": "str"},
            "below": {"type": "float"},
            "below_percent": {"type": "float"},
            "days_left": {"type": "float"},
            "expires_days": {"type": "float"},
            "action": {"type": "str", "choices": ACTIONS, "default": "warn"},
        }},
        "dest": {"type": "path"},
        "languages": {"type": "list", "elements": "str", "choices": ["fa", "en"], "default": ["fa", "en"]},
        "title": {"type": "str"},
        "keep_days": {"type": "int", "default": 400},
        "journal": journal_place.OPTION,
    }

    def work(self, params, task_vars):
        accounts = self.named_accounts(params, task_vars)
        folder = os.path.abspath(os.path.expanduser(params["dest"])) if params["dest"] else None
        journal = self.journal(params, "history", deadline=30)
        if journal is None:
            return self._report(params, task_vars, accounts, folder, None)
        with journal:
            return self._report(params, task_vars, accounts, folder, Shared(journal, accounts))

    def _report(self, params, task_vars, accounts, folder, shared):
        # Read before any vendor is asked: what is wrong with it is told at once.
        beside = self._beside(folder)
        known = beside if shared is None else shared.read(beside)
        report = self._gathered(accounts, task_vars)
        history = credits.trimmed(known, report["at"], params["keep_days"])
        report["gauges"] = credits.measured(report["gauges"], history, report["at"])
        thresholds = credits.THRESHOLDS if params["thresholds"] is None else params["thresholds"]
        report["alerts"] = credits.alerts(report["gauges"], thresholds)
        made = {"changed": False, "gauges": report["gauges"], "alerts": report["alerts"], "errors": report["errors"], "accounts": report["accounts"],
                "lines": credit_page.lines(report), "files": [], "day": dates.tehran(datetime.datetime.fromisoformat(report["at"])).date().isoformat()}
        for action in ACTIONS:
            made["to_" + action] = {code: [credit_page.sentence(credit_page.language_of(code), alert)
                                           for alert in credit_page.grouped(report["alerts"]) if alert["action"] == action] for code in ("fa", "en")}
        if folder:
            made["files"], made["changed"] = self._write(folder, report, history if shared is None else None, params)
        if shared is not None and not self._task.check_mode:
            shared.add(history + credits.entries(report["gauges"], report["at"]), params["keep_days"])
        return made

    def _gathered(self, accounts, task_vars):
        now = datetime.datetime.now(datetime.timezone.utc)
        days = [(now + datetime.timedelta(days=number)).date().isoformat() for number in range(30)]
        report: dict = {"at": now.isoformat(timespec="seconds"), "accounts": [], "gauges": [], "errors": [], "coming_days": days}
        for account in accounts:
            named = {"vendor": account.vendor, "account": account.name}
            report["accounts"].append(named)
            result = self.run_module("kariz.panels.credit_info", {"vendor": account.vendor, "connection": account.connection,
                                                                  "usernames": account.usernames}, task_vars, check_mode=False)
            if result.get("failed"):
                report["errors"].append(dict(named, message=result.get("msg")))
            report["gauges"] += [dict(one, **named) for one in result.get("gauges", ())]
        return report

    @staticmethod
    def _beside(folder):
        """Return the history that is kept beside the report."""
        path = os.path.join(folder, "history.jsonl") if folder else ""
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8") as file:
            return [json.loads(line) for line in file if line.strip()]

    def _write(self, folder, report, history, params):
        """Write the report, with its history unless that is kept elsewhere; return its files and whether the figures are others than in the last one."""
        names = ["credit-report.%s.html" % code for code in params["languages"]] + ["credit-report.json", "credit-report.csv"]
        names += ["history.jsonl"] if history is not None else []
        paths = {name: os.path.join(folder, name) for name in names}
        changed = self._figures(paths["credit-report.json"]) != figures(report)
        if self._task.check_mode:
            return list(paths.values()), changed
        texts = {"credit-report.%s.html" % code: credit_page.page(report, code, params["title"]) for code in params["languages"]}
        texts["credit-report.json"] = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
        texts["credit-report.csv"] = credit_page.to_csv(report)
        if history is not None:
            texts["history.jsonl"] = "".join(json.dumps(entry) + "\n" for entry in history + credits.entries(report["gauges"], report["at"]))
        for name, text in texts.items():
            write_private(paths[name], text)
        return list(paths.values()), changed

    @staticmethod
    def _figures(path):
        try:
            with open(path, encoding="utf-8") as file:
                return figures(json.load(file))
        except (OSError, ValueError, KeyError):
            return None


class Shared:
    """The history in a journal, where accounts have the names by which everybody knows them."""

    def __init__(self, journal, accounts):
        self.history = History(journal)
        self.names = {(account.vendor, account.name): apart.known_as(account, os.environ) for account in accounts}
        self.there: set = set()

    def read(self, beside):
        """Return what the journal has, and of a history beside the report (from before there was a journal) what it has not."""
        found = self.history.read((vendor, name) for (vendor, _account), name in self.names.items())
        by_name: dict = {}
        for one in found:
            by_name.setdefault((one["vendor"], one["account"]), []).append(one)
        known = [dict(one, account=account) for (vendor, account), name in self.names.items() for one in by_name.get((vendor, name), ())]
        self.there = {spot(one) for one in known}
        return known + [one for one in beside if (one["vendor"], one["account"]) in self.names and spot(one) not in self.there]

    def add(self, figures, keep_days):
        self.history.add([dict(one, account=self.names[one["vendor"], one["account"]], at=credits.moment(one["at"]).isoformat())
                          for one in figures if spot(one) not in self.there],
                         ((vendor, name) for (vendor, _account), name in self.names.items()), keep_days)


def spot(figure):
    return credits.place(figure) + (credits.moment(figure["at"]),)


def figures(report):
    """Return what a reader would call the same report: not its time, nor what only time changes."""
    return json.loads(json.dumps([[[one[name] for name in ("vendor", "account", "key", "left", "total", "expires")] for one in report["gauges"]],
                                  report["errors"]]))
