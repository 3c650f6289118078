# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports of a made-up business in a real browser: what a reader sees on a screen, on a phone and on paper, in both languages, light and dark."""

from __future__ import annotations

import importlib.util
import itertools
import re

import browser
import pytest

_spec = importlib.util.spec_from_file_location("kariz_screenshots", browser.ROOT / "tests/tools/screenshots.py")
screenshots = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(screenshots)

NOTHING = {"small": [], "beyond": [], "pale": []}


@pytest.fixture(scope="module")
def program():
    found = browser.find()
    if found is None:
        pytest.skip("no Chromium here, and none can be installed")
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return screenshots.pages(tmp_path_factory.mktemp("pages"))


def test_everything_can_be_read(program, made):
    """No letter too small, none too pale, nothing beyond its card or the page, no label on another; the browser complains of nothing."""
    with browser.Browser(program) as opened:
        for page in made:
            for size, dark in ((size, dark) for size in ((320, 640), browser.PHONE, (721, 900), browser.SCREEN) for dark in (False, True)):
                opened.open(page, size, dark)
                assert opened.evaluate(browser.MEASURE) == NOTHING and opened.console == [], (page.name, size, dark)
                if page.name.startswith("plan."):
                    # What is signed is read from afar.
                    assert opened.evaluate("parseFloat(getComputedStyle(document.querySelector('.digest')).fontSize)") >= 24
                # Nobody has to push a plan or what differs sideways on a phone.
                if size[0] <= 375 and page.name.startswith(("plan.", "drift.")):
                    assert opened.evaluate("[...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth + 1).length") == 0
            assert opened.open(page, media="print").evaluate(browser.MEASURE)["pale"] == [], page.name


def with_latin_headings(text):
    """Return a page with Latin signs for its headings: how a PDF writes down Persian is no matter here, where its pages break is."""
    numbers = itertools.count()
    return re.sub(r"(<h[23][^>]*>)(.*?)(</h[23]>)", lambda found: "%sHEAD%03d%s" % (found[1], next(numbers), found[3]), text, flags=re.DOTALL)


def test_no_heading_ends_a_printed_page(program, made, tmp_path):
    tool = browser.pdf_tool("pdftotext")
    if tool is None:
        pytest.skip("no poppler here, and none can be installed")
    with browser.Browser(program) as opened:
        for page in made:
            marked = with_latin_headings(page.read_text(encoding="utf-8"))
            # Wherever the page ends: text of several lengths stands before everything else.
            for lines in range(0, 40, 8):
                text = marked.replace("<main>", "<main>" + "<p>a line</p>" * lines)
                moved = tmp_path / "moved.html"
                moved.write_text(text, encoding="utf-8")
                opened.open(moved).paper(tmp_path / "paper.pdf")
                headings = opened.evaluate("[...document.querySelectorAll('h2, h3')].map(heading => heading.textContent)")
                assert len(headings) > 3 and all(heading.startswith("HEAD") for heading in headings)
                assert browser.lonely_headings(tool, tmp_path / "paper.pdf", headings) == [], (page.name, lines)


def test_what_cannot_be_read_is_noticed(program, tmp_path):
    """The measures themselves: each finds what it is for."""
    page = tmp_path / "bad.html"
    page.write_text("<body><script>console.error('oh dear')</script><h2>Alone</h2><p style='color:#bbb'>pale</p><p style='font-size:7px'>small</p>"
                    "<div class='card' style='width:50px;overflow:hidden'>averylongwordthatnobodybroke</div>"
                    "<svg class='chart' viewBox='0 0 9 9' width='400'><text text-anchor='start' x='0' y='5' font-size='1'>one</text>"
                    "<text text-anchor='start' x='0.5' y='5' font-size='1'>two</text></svg></body>", encoding="utf-8")
    with browser.Browser(program) as opened:
        found = opened.open(page).evaluate(browser.MEASURE)
        assert "oh dear" in "".join(opened.console)
        assert [re.sub(": .*", "", text) for text in found["pale"]] == ["pale"] and [re.sub(": .*", "", text) for text in found["small"]] == ["small"]
        assert any("averylong" in text for text in found["beyond"]) and "labels on each other" in found["beyond"]
        tool = browser.pdf_tool("pdftotext")
        if tool is not None:
            page.write_text("<body><p>text</p><h2>Alone</h2></body>", encoding="utf-8")
            opened.open(page).paper(tmp_path / "bad.pdf")
            assert browser.lonely_headings(tool, tmp_path / "bad.pdf", ["Alone"]) == ["Alone"]
