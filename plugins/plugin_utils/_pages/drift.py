# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What differs between the panels and the file as a page."""

from __future__ import annotations

from ansible_collections.kariz.panels.plugins.module_utils._business.drift import DIFFERENT, EXTRA, MISSING

from .credit_text import account_name, kind_title
from .language import Language
from .plan import MOST, more
from .render import isolated, tile
from .render import page as rendered

_STATES = {MISSING: "t-bad", DIFFERENT: "t-warn", EXTRA: "t-warn"}


def page(report, code):
    """Return the page of a report of :func:`.drift.gather` in one language."""
    language = Language(code, "drift")
    summary = report["summary"]
    tiles = [tile(language.say("same"), language.number(summary["same"]), "", "" if report["differs"] or report["failed"] else "good")]
    for name, state in ((MISSING, "bad"), (DIFFERENT, "warn"), (EXTRA, "warn"), ("failed", "bad")):
        told = language.number(summary[name]) if summary[name] else language.say("none")
        tiles.append(tile(language.say(name), told, "", state if summary[name] else "good"))
    accounts = [{"name": account_name(language, account["vendor"], account["account"]),
                 "kinds": [kind for kind in (_kind(language, account["vendor"], kind) for kind in account["kinds"]) if kind["rows"] or kind["alerts"]]}
                for account in report["accounts"]]
    return rendered("drift.html.j2", language, title=language.say("title"), subtitle=language.say("as_of", language.time(report["at"])),
                    foot=language.say("foot"), tiles=tiles, accounts=accounts)


def _kind(language, vendor, kind):
    rows = []
    for difference in kind["differences"][:MOST]:
        for place, (name, pair) in enumerate(difference["fields"].items() or [("", {"panel": "", "file": ""})]):
            rows.append({"object": difference["object"] if place == 0 else "", "state": _STATES[difference["change"]],
                         "word": language.say("w_" + difference["change"]) if place == 0 else "", "field": name,
                         "before": language.value(pair["panel"]) if name else "", "after": language.value(pair["file"]) if name else ""})
    alerts = [{"text": "%s: %s" % (language.say("failed"), isolated(failure)), "bad": True} for failure in kind["failed"]]
    alerts += [{"text": isolated(warning), "bad": False} for warning in kind["warnings"]]
    return {"kind": kind_title(language, vendor, kind["kind"]), "rows": rows, "alerts": alerts,
            "more": more(language, len(kind["differences"]) - MOST)}
