# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the results of steps in check mode to a report of what differs: as data, as lines for a terminal, as Markdown. No I/O."""

from __future__ import annotations

import json

from .._core.text.letters import counted

MISSING, DIFFERENT, EXTRA = CHANGES = ("missing", "different", "extra")
_WORDS = {
    MISSING: "wanted, but not there",
    DIFFERENT: "differs",
    EXTRA: "there, but not wanted",
}


def gather(results, at):
    """Return the report as data.

    :arg results: results of steps, each with ``vendor``, ``account``, ``kind`` beside what the module returned in check mode.
    """
    accounts: dict = {}
    summary = {MISSING: 0, DIFFERENT: 0, EXTRA: 0, "same": 0, "failed": 0}
    for result in results:
        if "vendor" not in result:
            # The step itself failed, before it could name its account; what it was about stands in the loop's item.
            step = result.get("item") if isinstance(result.get("item"), dict) else {}
            result = dict(result, **{name: step.get(name) or "?" for name in ("vendor", "account", "kind")})
        account = accounts.setdefault((result["vendor"], result["account"]), {"vendor": result["vendor"], "account": result["account"], "kinds": []})
        kind = {"kind": result["kind"], "differences": _differences(result), "failed": _failures(result), "warnings": list(result.get("warnings") or ())}
        kind["same"] = (result.get("summary") or {}).get("unchanged", 0)
        for difference in kind["differences"]:
            summary[difference["change"]] += 1
        summary["same"] += kind["same"]
        summary["failed"] += len(kind["failed"])
        account["kinds"].append(kind)
    return {"at": at, "differs": any(summary[change] for change in _WORDS), "failed": bool(summary["failed"]), "summary": summary,
            "accounts": list(accounts.values())}


def _differences(result):
    found = []
    diff = result.get("diff") or {}
    # From the panel's state (before) to that of the file (after).
    panel, file = diff.get("before") or {}, diff.get("after") or {}
    for name in list(file) + [name for name in panel if name not in file]:
        if name not in panel:
            found.append({"object": name, "change": MISSING, "fields": {}})
        elif name not in file:
            found.append({"object": name, "change": EXTRA, "fields": {}})
        else:
            fields = {field: {"panel": panel[name].get(field), "file": file[name].get(field)}
                      for field in list(file[name]) + [field for field in panel[name] if field not in file[name]]
                      if panel[name].get(field) != file[name].get(field)}
            found.append({"object": name, "change": DIFFERENT, "fields": fields})
    for name, fields in (result.get("unchangeable") or {}).items():
        pairs = {field: {"panel": pair["before"], "file": pair["after"]} for field, pair in fields.items()}
        there = next((one for one in found if one["object"] == name and one["change"] == DIFFERENT), None)
        if there is None:
            found.append({"object": name, "change": DIFFERENT, "fields": pairs})
        else:
            there["fields"].update(pairs)
    known = {difference["object"] for difference in found}
    return found + [{"object": name, "change": EXTRA, "fields": {}} for name in result.get("unmanaged") or () if name not in known]


def _failures(result):
    """Return what could not be compared: every item that failed, and the whole list when it says nothing of its items."""
    items = next((value for value in result.values() if isinstance(value, list) and value and isinstance(value[0], dict) and "action" in value[0]), [])
    found = [(item.get("error") or {}).get("message") or "failed" for item in items if item.get("action") == "failed"]
    if result.get("uncompared"):
        found.append(result["uncompared"])
    if not found and (result.get("outcome") not in (None, "done") or "summary" not in result):
        found = [result.get("msg") or "failed"]
    return found


def text(value):
    """Return a value as people read it, on one line."""
    if value is None or value == "":
        return "-"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def headline(report):
    summary = report["summary"]
    counts = ["%d %s" % (summary[change], change) for change in _WORDS if summary[change]]
    made = "%s as the file wants them" % counted(summary["same"], "objects")
    if counts or not summary["failed"]:
        made += "; " + (", ".join(counts) or "no difference")
    return made + ("; %d could not be compared" % summary["failed"] if summary["failed"] else "")


def lines(report):
    """Return the report for a terminal."""
    made = [headline(report)]
    for account in report["accounts"]:
        for kind in account["kinds"]:
            place = "%s/%s: %s" % (account["vendor"], account["account"], kind["kind"])
            for difference in kind["differences"]:
                fields = ["%s: %s -> %s" % (name, text(pair["panel"]), text(pair["file"])) for name, pair in difference["fields"].items()]
                made.append("%s %s: %s%s" % (place, difference["object"], _WORDS[difference["change"]], " (%s)" % "; ".join(fields) if fields else ""))
            made += ["%s: could not be compared: %s" % (place, failure) for failure in kind["failed"]]
    return made


def markdown(report):
    """Return the report as Markdown."""
    made = ["# Drift", "", "%s: %s." % (report["at"], headline(report)), ""]
    for account in report["accounts"]:
        made += ["## %s / %s" % (_cell(account["vendor"]), _cell(account["account"])), ""]
        told = False
        for kind in account["kinds"]:
            if not kind["differences"] and not kind["failed"]:
                continue
            told = True
            made += ["### %s" % kind["kind"], ""]
            if kind["differences"]:
                made += ["| object | | field | in the panel | in the file |", "|---|---|---|---|---|"]
                for difference in kind["differences"]:
                    fields = difference["fields"].items() or [("", {"panel": "", "file": ""})]
                    for name, pair in fields:
                        values = [text(pair[side]) if name else "" for side in ("panel", "file")]
                        made.append("| %s | %s |" % (_cell(difference["object"]), " | ".join(
                            [_WORDS[difference["change"]]] + [_cell(part) for part in [name] + values])))
                made.append("")
            made += ["- could not be compared: %s" % _cell(failure) for failure in kind["failed"]]
            made += [""] * bool(kind["failed"])
        if not told:
            made += ["Everything is as the file wants it.", ""]
    return "\n".join(made)


def _cell(value):
    """Return a text that cannot break out of a table cell, nor be taken for markup."""
    made = " ".join(str(value).split())
    for sign in ("\\", "|", "<", "`", "*", "_", "["):
        made = made.replace(sign, "&lt;" if sign == "<" else "\\" + sign)
    return made
