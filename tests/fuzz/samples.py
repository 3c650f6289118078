# SPDX-License-Identifier: GPL-3.0-or-later
"""For every module, options with which it works: what :mod:`options` then spoils, one value at a time."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import conftest
import strangers
from test_core_strangers import VENDORS, prepared
from wire import Wire

ROOT = Path(__file__).resolve().parents[2]
#: Modules of whose options others than this check the most: a role gives them its own, or a whole controller stands behind them.
ELSEWHERE = {"role_variables", "awx_objects"}
CANARIES = [conftest.PASSWORD, conftest.TOKEN, conftest.KEY]


def modules() -> list[str]:
    """Names of all modules, each of which has an action plugin."""
    return sorted(path.stem for path in (ROOT / "plugins/action").glob("[!_]*.py") if path.stem not in ELSEWHERE)


def specification(module: str) -> dict[str, Any]:
    """The argument specification of a module."""
    action = importlib.import_module("ansible_collections.kariz.panels.plugins.action." + module).ActionModule
    return dict(action.options if hasattr(action, "options") else action.job.arguments()["argument_spec"])


class Samples:
    """Sensible options of every module, and the vendors' state that they are about."""

    def __init__(self, wire: Wire, folder: Path) -> None:
        self.wire = wire
        self.folder = folder
        (folder / "me.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 20)
        (folder / "people.csv").write_text("name,surname,username,cellphone,email,password,status\nسارا,نو,sara.new,09121110000,,secret-12,1\n", "utf-8")
        self.files = {"picture": str(folder / "me.png"), "sheet": str(folder / "people.csv")}
        self.facts = {}
        self.connections = {}
        for name in VENDORS:
            self.fresh(name)
        self.business = folder / "business.yml"
        school = {"account": "school", "connection": self.connections["alocom"], "labels": [{"title": "تازه"}],
                  "users": [{"username": "new.one", "name": "a", "surname": "b"}]}
        self.business.write_text(json.dumps({"panels": {"alocom": [school]}}), "utf-8")
        self.business.chmod(0o600)

    def fresh(self, vendor: str) -> None:
        """Put a vendor's state back."""
        made, facts = prepared(self.wire, vendor)
        self.facts[vendor] = dict(facts, **self.files)
        self.connections[vendor] = made.connection

    def of(self, module: str) -> list[dict[str, Any]]:
        """Options of a module, one task each; those with a list of objects among them where it takes one."""
        vendor = module.partition("_")[0]
        if vendor in VENDORS:
            return self._of_vendor(vendor, module)
        every = {"vendor": "alocom", "connection": self.connections["alocom"]}
        journal, dest = str(self.folder / "journal.db"), str(self.folder / "made")
        texts = {"journal": journal, "sender": "982000123", "messages": [{"key": "a-1", "recipient": "09121234567", "text": "سلام"}],
                 "connections": {name: self.connections[name] for name in ("payamsms", "smspanel")}}
        step = {"vendor": "alocom", "account": "school", "kind": "labels"}
        return {
            "account_objects_info": [every], "credit_info": [every],
            "attendance_report": [{"from_date": "2025-10-01", "to_date": "2025-10-30", "path": str(self.business), "dest": dest}],
            "credit_report": [{"accounts": [every], "thresholds": [{"kind": "hours", "below": 5}], "dest": dest}],
            "desired_apply": [{"plan_path": str(self.folder / "plan.json"), "path": str(self.business)}, {"plan": {"version": 1}, "path": str(self.business)}],
            "desired_drift": [{"results": [{"item": step, "changed": False}], "json_path": dest + ".json"}],
            "desired_export": [{"path": str(self.business), "dest": dest}], "desired_init": [{"vendors": ["alocom"], "dest": dest}],
            "desired_plan": [{"path": str(self.business), "plan_path": str(self.folder / "plan.json")}],
            "desired_state": [{"path": str(self.business)}, {"path": str(self.business), "step": step, "run": "r"}],
            "journal_entry": [{"journal": journal, "key": "a", "state": "done", "comment": "seen"},
                              {"journal": journal, "state": "forgotten", "older_than": 5}],
            "journal_info": [{"journal": journal, "keys": ["a"], "since": "2026-01-01"}],
            "message": [texts, {"sender": "982000123", "key": "a", "recipient": "09121234567", "text": "b", "connections": texts["connections"],
                                "journal": journal}],
            "message_delivery_info": [{"journal": journal, "keys": ["a"], "connections": texts["connections"]}],
            "run_lock": [{"accounts": [every], "journal": journal, "state": "held", "about": "x"}],
            "secrets_sheet": [{"path": str(self.folder / "secrets.yml"), **every, "keep": [{"kind": "users", "label": "a", "values": {"password": "b"}}],
                               "sheets": [{"name": "a", "people": [{"username": "a", "secrets": {"password": ["users", "a"]}}]}]}],
        }[module]

    def _of_vendor(self, vendor: str, module: str) -> list[dict[str, Any]]:
        spec = specification(module)
        connection = self.connections[vendor]
        lists = [name for name, entry in spec.items() if entry.get("type") == "list" and entry.get("options")]
        made = []
        for _name, what, options in getattr(strangers, vendor)():
            if what != module:
                continue
            given = strangers.filled(options, self.facts[vendor])
            made.append({**connection, **given})
            if not any(name in given for name in lists):
                for name in lists if module != "smspanel_message" else ():
                    inner = spec[name]["options"]
                    entry = {key: value for key, value in given.items() if key in inner}
                    rest = {key: value for key, value in given.items() if key not in inner}
                    if entry:
                        made.append({**connection, **rest, name: [entry]})
        return made


def secrets_of(options: dict[str, Any]) -> list[str]:
    """The marked secrets among options."""
    text = json.dumps(options, ensure_ascii=False, default=str)
    return [secret for secret in CANARIES if json.dumps(secret, ensure_ascii=False)[1:-1] in text]
