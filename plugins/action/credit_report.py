# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import datetime
import json
import os

from ansible_collections.kariz.panels.plugins.module_utils._business import apart, credits, kinds
from ansible_collections.kariz.panels.plugins.module_utils._core.journal.history import History
from ansible_collections.kariz.panels.plugins.module_utils._core.options import check, journal_place
from ansible_collections.kariz.panels.plugins.module_utils._core.task import fitting
from ansible_collections.kariz.panels.plugins.plugin_utils._desired import BusinessAction, check_writable, write_private
from ansible_collections.kariz.panels.plugins.plugin_utils._pages import credit, credit_text
from ansible_collections.kariz.panels.plugins.plugin_utils._pages.language import LANGUAGES

ACTIONS = list(credits.GRAVITY)


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
            "vendor": {"type": "str", "choices": kinds.vendors()},
            "account": {"type": "str"},
            "kind": {"type": "str", "choices": list(kinds.GAUGES)},
            "name": {"type": "str"},
            "below": {"type": "float"},
            "below_percent": {"type": "float"},
            "days_left": {"type": "float"},
            "expires_days": {"type": "float"},
            "action": {"type": "str", "choices": ACTIONS, "default": "warn"},
        }, "required_one_of": [credits.LIMITS]},
        "dest": {"type": "path"},
        "languages": {"type": "list", "elements": "str", "choices": list(LANGUAGES), "default": list(LANGUAGES)},
        "title": {"type": "str"},
        "keep_days": {"type": "int", "default": 400},
        "journal": journal_place.OPTION,
        "return_content": fitting.OPTION,
    }

    def work(self, params, task_vars):
        check_writable(params, folders=("dest",))
        accounts = self.named_accounts(params, task_vars)
        folder = os.path.abspath(os.path.expanduser(params["dest"])) if params["dest"] else None
        journal = self.journal(params, "history", deadline=30)
        if journal is None:
            return self._report(params, task_vars, accounts, folder, None)
        with journal:
            return self._report(params, task_vars, accounts, folder, Shared(journal, accounts))

    def _report(self, params, task_vars, accounts, folder, shared):
        thresholds = credits.THRESHOLDS if params["thresholds"] is None else params["thresholds"]
        wrong = credits.wrong_thresholds(thresholds, [(account.vendor, account.name) for account in accounts])
        if wrong:
            raise check.OptionsError(wrong)
        # Read before any vendor is asked: what is wrong with it is told at once.
        warnings: list = []
        beside = self._beside(folder, warnings)
        known = beside if shared is None else shared.read(beside)
        report = self._gathered(accounts, task_vars)
        history, later = credits.trimmed(known, report["at"], params["keep_days"])
        if later:
            warnings.append("%d figures of the history are dated after now, as a wrong clock would; they were left out" % later)
        mine = {(account.vendor, account.name) for account in accounts}
        report["gauges"] = credits.measured(report["gauges"], [one for one in history if (one["vendor"], one["account"]) in mine], report["at"])
        report["alerts"] = credits.alerts(report["gauges"], thresholds)
        if not report["errors"]:
            warnings += ["thresholds[%d] applies to nothing that was read" % number for number in credits.idle_thresholds(thresholds, report["gauges"])]
        made = {"changed": False, "gauges": report["gauges"], "alerts": report["alerts"], "errors": report["errors"], "accounts": report["accounts"],
                "lines": credit_text.lines(report), "files": [], "day": credits.day_of(report["at"]).isoformat()}
        for action in ACTIONS:
            made["to_" + action] = {code: [credit_text.sentence(credit_text.language_of(code), alert)
                                           for alert in credit_text.grouped(report["alerts"]) if alert["action"] == action] for code in LANGUAGES}
        if folder:
            made["files"], made["changed"] = self._write(folder, report, history if shared is None else None, params)
        if shared is not None and not self._task.check_mode:
            shared.add(history, credits.entries(report["gauges"], report["at"]), params["keep_days"])
        return dict(made, warnings=warnings) if warnings else made

    def _gathered(self, accounts, task_vars):
        at = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
        today = credits.day_of(at)
        days = [(today + datetime.timedelta(days=number)).isoformat() for number in range(30)]
        report: dict = {"at": at, "accounts": [], "gauges": [], "errors": [], "coming_days": days}
        asked = [{"vendor": account.vendor, "connection": account.connection, "usernames": account.usernames} for account in accounts]
        for account, result in zip(accounts, self.run_modules("kariz.panels.credit_info", asked, task_vars)):
            named = {"vendor": account.vendor, "account": account.name}
            report["accounts"].append(named)
            if result.get("failed"):
                report["errors"].append(dict(named, message=result.get("msg")))
            report["gauges"] += [dict(one, **named) for one in result.get("gauges", ())]
        return report

    @staticmethod
    def _beside(folder, warnings):
        """Return the history that is kept beside the report."""
        path = os.path.join(folder, "history.jsonl") if folder else ""
        if not os.path.exists(path):
            return []
        damaged: list = []
        with open(path, encoding="utf-8", errors="replace") as file:
            found = credits.daily(credits.readable(file, damaged))
        if damaged:
            warnings.append("%s: %s" % (path, "line %d is no figure; it was left out" % damaged[0] if len(damaged) == 1 else
                                        "%d lines are no figures (the first is line %d); they were left out" % (len(damaged), damaged[0])))
        return found

    def _write(self, folder, report, history, params):
        """Write the report, with its history unless that is kept elsewhere; return its files and whether the figures are others than in the last one."""
        names = ["credit-report.%s.html" % code for code in params["languages"]] + ["credit-report.json", "credit-report.csv"]
        names += ["history.jsonl"] if history is not None else []
        paths = {name: os.path.join(folder, name) for name in names}
        changed = self._figures(paths["credit-report.json"]) != figures(report)
        if self._task.check_mode:
            return list(paths.values()), changed
        texts = {"credit-report.%s.html" % code: credit.page(report, code, params["title"]) for code in params["languages"]}
        texts["credit-report.json"] = by_line(report)
        texts["credit-report.csv"] = credit_text.to_csv(report)
        if history is not None:
            texts["history.jsonl"] = "".join(json.dumps(entry) + "\n" for entry in credits.daily(history + credits.entries(report["gauges"], report["at"])))
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
        self.there: dict = {}

    def read(self, beside):
        """Return what the journal has, and of a history beside the report (from before there was a journal) what it has not."""
        found = self.history.read((vendor, name) for (vendor, _account), name in self.names.items())
        by_name: dict = {}
        for one in found:
            by_name.setdefault((one["vendor"], one["account"]), []).append(one)
        known = [dict(one, account=account) for (vendor, account), name in self.names.items() for one in by_name.get((vendor, name), ())]
        self.there = {spot(one): one for one in known}
        return credits.daily(known + [one for one in beside if (one["vendor"], one["account"]) in self.names and spot(one) not in self.there])

    def add(self, history, today, keep_days):
        """Add figures; of each gauge and day the last stays, everything else that was read goes."""
        kept = {spot(one): one for one in credits.daily(history + today)}
        self.history.add([self._named(one) for place, one in kept.items() if place not in self.there],
                         ((vendor, name) for (vendor, _account), name in self.names.items()), keep_days,
                         superseded=[self._named(one) for place, one in self.there.items() if place not in kept])

    def _named(self, one):
        return dict(one, account=self.names[one["vendor"], one["account"]], at=credits.moment(one["at"]).isoformat())


def spot(figure):
    return credits.place(figure) + (credits.moment(figure["at"]),)


def by_line(report):
    """Return a report as JSON with a line for each gauge: a year of figures would fill as many lines."""
    def listed(value):
        if not isinstance(value, list):
            return json.dumps(value, ensure_ascii=False)
        return "[%s\n ]" % ",".join("\n  " + json.dumps(one, ensure_ascii=False) for one in value)
    return "{%s\n}\n" % ",".join("\n %s: %s" % (json.dumps(name), listed(value)) for name, value in report.items())


def figures(report):
    """Return what a reader would call the same report: not its time, nor what only time changes."""
    return json.loads(json.dumps([[[one[name] for name in ("vendor", "account", "key", "left", "total", "expires")] for one in report["gauges"]],
                                  report["errors"]]))
