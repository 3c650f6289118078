# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/errors.md has every code and name that the code can tell, and no other; the Persian one has the same."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from ansible_collections.kariz.panels.plugins.module_utils._alocom import client as alocom
from ansible_collections.kariz.panels.plugins.module_utils._deltasib import client as deltasib
from ansible_collections.kariz.panels.plugins.module_utils._payamsms import client as payamsms
from ansible_collections.kariz.panels.plugins.module_utils._podspace import codes as podspace
from ansible_collections.kariz.panels.plugins.module_utils._smspanel import client as smspanel

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = [ROOT / "docs/errors.md", ROOT / "docs/errors.fa.md"]
#: By the order of the sections in the catalogue: ours, statuses, then the vendors.
VENDORS = {
    "deltasib": deltasib._NAMES,
    "payamsms": {code: name for code, (name, _words) in payamsms.CODES.items()},
    "smspanel": {code: name for code, (name, _words) in smspanel.CODES.items()},
    "podspace": {code: entry.name for code, entry in podspace.CODES.items()},
}
_CALLS = re.compile(r"Error$|^(UnknownOutcome|NotAttempted|WriteRefused|Problem|_usage|usage|trouble|_Settled)$")


def told_by(source):
    """Return the codes and names of errors that stand in a text of Python."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if _CALLS.search(called):
                found |= {part.value for keyword in node.keywords if keyword.arg in ("code", "name") for part in ast.walk(keyword.value)
                          if isinstance(part, ast.Constant) and isinstance(part.value, str)}
            if called == "trouble":
                found |= {part.value for part in node.args[1:2] if isinstance(part, ast.Constant) and isinstance(part.value, str)}
        elif isinstance(node, ast.ClassDef) and any("Error" in ast.unparse(base) for base in node.bases):
            found |= {line.value.value for line in node.body if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) in ("code", "name")
                      and isinstance(line.value, ast.Constant) and isinstance(line.value.value, str)}
        elif isinstance(node, ast.FunctionDef) and node.name == "trouble":
            found |= {default.value for default in node.args.defaults if isinstance(default, ast.Constant) and isinstance(default.value, str)}
    return found


def sections(path):
    """Return the rows of the tables of each section: ``[[(first cell, second cell, ...), ...], ...]``."""
    made = []
    for section in re.split(r"(?m)^## ", path.read_text(encoding="utf-8"))[1:]:
        rows = re.findall(r"(?m)^\| `([^`]+)` \| (.+) \|$", section)
        made.append([(first, *(cell.strip("` ") for cell in rest.split(" | "))) for first, rest in rows])
    return made


@pytest.mark.parametrize("path", CATALOGUES, ids=["en", "fa"])
def test_every_code_is_there_and_no_other(path):
    ours, statuses, *vendors = sections(path)
    assert [{row[0]: row[1] for row in rows} for rows in vendors] == [{str(code): name for code, name in known.items()} for known in VENDORS.values()]
    names = {name for known in VENDORS.values() for name in known.values()} | {row[0] for row in statuses}
    codes = {str(code) for known in VENDORS.values() for code in known}
    told = set().union(*(told_by(file.read_text(encoding="utf-8")) for file in (ROOT / "plugins").rglob("*.py")))
    told |= {*alocom._NAMES.values(), *payamsms._STATUSES.values(), *smspanel._STATUSES.values()}
    listed = [row[0] for row in ours]
    assert len(listed) == len(set(listed))
    assert told - names - codes - set(listed) == set()
    # What another word says as well (a constant) still has its reason.
    assert set(listed) - told - {"not_sent"} == set()
    # A cause and a remedy, whatever the row.
    for rows in (ours, statuses, *vendors):
        assert rows and all(len(row) >= 3 and all(cell.strip() for cell in row) for row in rows)


def test_both_languages_tell_the_same():
    assert [[row[0] for row in rows] for rows in sections(CATALOGUES[0])] == [[row[0] for row in rows] for rows in sections(CATALOGUES[1])]


def test_a_code_in_the_source_is_seen():
    source = ("class OddError(PanelError):\n    code = 'odd'\n\nraise UsageError('x', code='a' if y else 'b', name='c')\nself.trouble('why', 'd', hint='e')\n"
              "def trouble(self, why, code='f'):\n    pass\n")
    assert told_by(source) == {"odd", "a", "b", "c", "d", "f"}
