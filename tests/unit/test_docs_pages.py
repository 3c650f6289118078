# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both languages say the same: as many headings, the same links, the same names of commands and steps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md",
         *sorted(path for path in (ROOT / "docs").rglob("*.md") if path.with_name(path.stem + ".fa.md").exists() and path.parent.name != "site")]
_FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


def text_of(path):
    return _FENCE.sub("", path.read_text(encoding="utf-8"))


def links(path):
    """Return where a page's links lead, as files of the English documentation."""
    found = {link.partition("#")[0] for link in re.findall(r"\]\((?!https?:|#)([^)\s]+)\)", text_of(path))}
    return {re.sub(r"\.fa\.md$", ".md", re.sub(r"\.(en|fa)(\.[\w.]*)?png$", ".png", link)) for link in found}


@pytest.mark.parametrize("english", PAGES, ids=lambda path: path.stem)
def test_both_languages_have_the_same_parts(english):
    persian = english.with_name(english.stem + ".fa.md")
    levels = [[len(marks) for marks in re.findall(r"(?m)^(#+) ", text_of(path))] for path in (english, persian)]
    assert levels[0] == levels[1]


def test_every_page_is_there_in_persian():
    assert [path.name for path in (ROOT / "docs").rglob("*.md") if not path.name.endswith(".fa.md") and not path.with_name(path.stem + ".fa.md").exists()] == []


@pytest.mark.parametrize("english", PAGES, ids=lambda path: path.stem)
def test_tables_have_the_same_rows_in_both(english):
    """What one language tells in a table, and shows as code, the other does."""
    persian = english.with_name(english.stem + ".fa.md")
    rows = [len(re.findall(r"(?m)^\|", text_of(path))) for path in (english, persian)]
    assert rows[0] == rows[1]


def test_the_readmes_lead_to_the_same_places():
    english, persian = ROOT / "README.md", ROOT / "README.fa.md"
    assert links(english) - {"README.md"} == links(persian) - {"README.md"}
    tables = [len(re.findall(r"(?m)^\|", text_of(path))) for path in (english, persian)]
    assert tables[0] == tables[1]


def test_every_step_and_target_is_told():
    steps = re.findall(r'    Step\("([\w-]+)"', (ROOT / "tests/tools/check.py").read_text(encoding="utf-8"))
    assert len(steps) > 15
    targets = re.search(r"for target in ([\w ]+); do", (ROOT / ".ci/run").read_text(encoding="utf-8")).group(1).split()
    for page in (ROOT / "docs/testing.md", ROOT / "docs/testing.fa.md"):
        text = page.read_text(encoding="utf-8")
        assert [step for step in steps if step != "smoke" and "`%s`" % step not in text] == [], page.name
        assert [target for target in targets if "`make %s`" % target not in text] == [], page.name


def test_a_balance_has_one_name_in_persian():
    """What is left of an account is its موجودی; مانده is what remains of time or hours."""
    assert "موجودی" in (ROOT / "README.fa.md").read_text(encoding="utf-8")
    for name in ("README.fa.md", "docs/start.fa.md"):
        assert not re.search(r"مانده(?:\s+و|\s+حساب|\s+اعتبار)", (ROOT / name).read_text(encoding="utf-8")), name
