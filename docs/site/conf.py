# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of Sphinx for both languages; tests/tools/docs_site.py lays out the sources and calls it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from docutils import nodes

_SITE = Path(__file__).resolve().parent
_LAID = json.loads(Path(os.environ["KARIZ_SITE_LAID"]).read_text(encoding="utf-8"))

project = "kariz.panels"
author = "kariz.panels contributors"
copyright = "2026 " + author  # noqa: A001
release = version = _LAID["release"]
extensions = ["myst_parser", "sphinx_antsibull_ext"]
myst_heading_anchors = 3
root_doc = "index"
html_theme = "theme"
html_theme_path = [str(_SITE)]
html_title = "kariz.panels"
html_copy_source = False
html_show_sourcelink = False
nitpicky = True
# Examples hold templates within YAML, which no lexer reads without an objection.
suppress_warnings = ["misc.highlighting_failure"]

WORDS = {
    "en": {"skip": "To the text", "contents": "Contents", "search": "Search", "other": "فارسی", "before": "Before", "after": "Next"},
    "fa": {"skip": "رفتن به متن", "contents": "فهرست", "search": "جستجو", "other": "English", "before": "پیشین", "after": "بعدی"},
}


def _context(app, page, _template, context, _doctree):
    """Give the template its words, the direction, and the same page in the other language (its front page where there is none)."""
    here = app.config.language
    there = "en" if here == "fa" else "fa"
    target = page if page in _LAID["pages"][there] or page == "search" else "index"
    direction = "rtl" if here == "fa" else "ltr"
    context.update(words=WORDS[here], html_tag='<html lang="%s" dir="%s" data-content_root="%s">' % (here, direction, context["content_root"]),
                   other={"language": there, "address": "%s%s/%s.html" % ("../" * (page.count("/") + 1), there, target)})


def _linked(app, doctree, page):
    """A name of a module or plugin in a text leads to its documentation, which is in English."""
    if page.startswith("reference/"):
        return
    for literal in list(doctree.findall(nodes.literal)):
        target = _LAID["plugins"].get(literal.astext().removeprefix("kariz.panels."))
        around = literal.parent
        if target and not isinstance(around, (nodes.reference, nodes.title)):
            address = "%sen/reference/%s.html" % ("../" * (page.count("/") + 1), target)
            literal.replace_self(nodes.reference("", "", literal.deepcopy(), refuri=address, classes=["plugin"]))


def _foreign(_app, _env, node, content):
    """What belongs to Ansible's own documentation is text in the pages of plugins: nothing of the site depends on other servers."""
    if node.get("refdoc", "").startswith("reference/") and not node.get("reftarget", "").startswith("ansible_collections.kariz.panels."):
        return content
    return None


def setup(app):
    app.connect("html-page-context", _context)
    app.connect("doctree-resolved", _linked)
    app.connect("missing-reference", _foreign)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
