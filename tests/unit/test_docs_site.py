# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checks of the site notice what they are for, and its pages are made of the repository's own files."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "tools"))

import site_checks  # noqa: E402

_spec = importlib.util.spec_from_file_location("kariz_docs_site", ROOT / "tests/tools/docs_site.py")
docs_site = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(docs_site)
browser = docs_site.browser

HEAD = ('<!doctype html><html lang="%s" dir="%s"><head><meta name="viewport" content="width=device-width"><link rel="alternate" hreflang="%s" href="%s">'
        '</head><body><button class="menu">menu</button><nav class="contents">contents</nav><main>')


def page(site, name, body, language="en", direction="ltr", other="fa"):
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD % (language, direction, other, path.name) + body, encoding="utf-8")
    return path


def test_a_link_that_leads_nowhere_is_noticed(tmp_path):
    page(tmp_path, "en/here.html", '<a href="there.html">x</a><a href="https://example.org">x</a><h2 id="place">x</h2><a href="#place">x</a>'
                                   '<a href="../fa/here.html#place">x</a><img src="none.png"><a href="../../out.html">x</a>')
    page(tmp_path, "fa/here.html", '<a href="../en/here.html#place">x</a>')
    assert site_checks.dead(tmp_path) == [
        "en/here.html: ../../out.html leads nowhere", "en/here.html: ../fa/here.html#place has no such place", "en/here.html: none.png leads nowhere",
        "en/here.html: there.html leads nowhere"]


def test_a_page_that_does_not_know_its_language_is_noticed(tmp_path):
    page(tmp_path, "en/here.html", "")
    page(tmp_path, "fa/here.html", "", "fa", "rtl", "en")
    assert site_checks.astray(tmp_path) == []
    page(tmp_path, "fa/there.html", "", "fa", "ltr", "en")
    page(tmp_path, "en/there.html", "", "en", "ltr", "en")
    assert site_checks.astray(tmp_path) == ["en/there.html: en, ltr, en", "fa/there.html: fa, ltr, en"]


def test_what_does_not_fit_is_noticed(tmp_path):
    program = browser.find()
    if program is None:
        pytest.skip("no Chromium here, and none can be installed")
    code = "<pre style='direction:ltr;overflow:auto;width:100%%'><code style='direction:ltr'>%s</code></pre>" % ("x" * 900)
    good = page(tmp_path, "good.html", "<p>متن</p>" + code, "fa", "rtl", "en")
    wrong = "<style>.menu, .contents {display: none}</style><script>console.error('oh dear')</script><p style='direction:ltr'>متن</p><pre>x</pre>"
    bad = page(tmp_path, "bad.html", wrong + "<p style='white-space:nowrap'>%s</p>" % ("word " * 300), "fa", "rtl", "en")
    with browser.Browser(program) as opened:
        assert site_checks.unfit(opened, good, site_checks.PHONE) == []
        found = [re.sub(r"^bad.html at 360: ", "", text) for text in site_checks.unfit(opened, bad, site_checks.PHONE)]
    assert [text.split(":")[0] for text in found[1:]] == ["code from the right", "P goes the wrong way", "no way to the contents", "oh dear"]
    assert re.match(r"the page is \d{4,} wide", found[0])


def laid(language, page_name, text, tmp_path):
    pages = {"en": {"guides/alocom": ROOT, "performance": ROOT, "messages": ROOT}, "fa": {"guides/alocom": ROOT, "performance": ROOT}}
    return docs_site.Laid(language, pages, tmp_path)._links(text, page_name, ROOT / "docs" / (page_name + ".md"))


def test_links_become_those_of_the_site(tmp_path):
    assert laid("en", "safety", "[a](guides/alocom.md) [b](performance.md#progress) [c](https://x.ir)", tmp_path) == \
        "[a](guides/alocom.md) [b](performance.md#progress) [c](https://x.ir)"
    assert laid("fa", "guides/term", "[a](alocom.fa.md) [b](../performance.fa.md)", tmp_path) == "[a](alocom.md) [b](../performance.md)"
    # What there is in English only leads there, and says so to the browser.
    assert laid("fa", "guides/term", "[c](../messages.md#the-journal)", tmp_path) == '<a hreflang="en" href="../../en/messages.html#the-journal">c</a>'
    # Files of the checkout have no page; the switch at the top has a place of its own.
    assert laid("en", "safety", "[فارسی](safety.fa.md)\n\n[the licence](../COPYING)", tmp_path) == "\nthe licence (`COPYING`)"
    with pytest.raises(SystemExit, match="leads nowhere"):
        laid("en", "safety", "[x](no-such-file.md)", tmp_path)


def test_code_is_left_as_it_is():
    text = "[a](b)\n```md\n[a](b)\n```\n[a](b)\n"
    assert docs_site.outside_code(text, lambda part: part.replace("[a](b)", "!")) == "!\n```md\n[a](b)\n```\n!\n"


def test_every_page_is_in_both_languages_but_for_the_references():
    pages = docs_site.sources()
    assert set(pages["fa"]) <= set(pages["en"])
    only_english = set(pages["en"]) - set(pages["fa"])
    assert only_english <= {"business", "deltasib", "podspace", "messages", "simulator", "contributing", "code-of-conduct", "security-policy"}
