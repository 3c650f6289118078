# SPDX-License-Identifier: GPL-3.0-or-later
"""What a built site must hold: links that lead somewhere, the right direction, pages that fit a screen and a phone, a search that finds."""

from __future__ import annotations

import functools
import posixpath
import urllib.parse
from html.parser import HTMLParser
from pathlib import Path

#: Sizes in CSS pixels.
PHONE, SCREEN = (360, 780), (1280, 900)
#: A word that each language's search must find, and the page it must find it on.
SOUGHT = {"en": ("voucher", "guides/deltasib"), "fa": ("دفترچه", "guides/smspanel")}
#: What does not fit, which code is not read from the left, and text that goes the wrong way: a list of sentences.
_FITS = r"""
(() => {
  const found = [], direction = document.documentElement.dir;
  const width = document.documentElement.scrollWidth;
  if (width > innerWidth) {
    const wide = [...document.querySelectorAll("body *")].find(one => { const box = one.getBoundingClientRect();
      return box.width && (box.right > innerWidth + 1 || box.left < -1) && !one.closest("pre, table, .skip"); });
    found.push("the page is " + width + " wide" + (wide ? ": " + wide.tagName + " " + wide.textContent.trim().slice(0, 40) : ""));
  }
  for (const one of document.querySelectorAll("main pre, main code"))
    if (getComputedStyle(one).direction !== "ltr") found.push("code from the right: " + one.textContent.slice(0, 40));
  for (const one of document.querySelectorAll("main p, main li, main h1, main h2, main td"))
    if (!one.closest("pre, code, .ansible-option-type, .ansible-option-name") && getComputedStyle(one).direction !== direction)
      found.push(one.tagName + " goes the wrong way: " + one.textContent.slice(0, 40));
  const button = document.querySelector("button.menu"), menu = document.querySelector("nav.contents");
  if (getComputedStyle(button).display === "none" && getComputedStyle(menu).display === "none") found.push("no way to the contents");
  return found;
})()
"""


class _Page(HTMLParser):
    """What of a page matters here."""

    def __init__(self, text):
        super().__init__()
        self.language = self.direction = self.other = None
        self.targets: list = []
        self.ids: set = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "html":
            self.language, self.direction = said.get("lang"), said.get("dir")
        if tag == "link" and said.get("rel") == "alternate":
            self.other = said.get("hreflang")
        self.ids.update(value for name, value in attrs if name in ("id", "name") and value)
        self.targets += [value for name, value in attrs if name in ("href", "src") and value]


@functools.lru_cache(maxsize=None)
def _read(path):
    return _Page(path.read_text(encoding="utf-8"))


def dead(site):
    """Return a sentence for each link of a page that leads nowhere within the site, or out of it to something that is no address."""
    found = []
    for path in sorted(site.rglob("*.html")):
        page = _read(path)
        for target in sorted(set(page.targets)):
            parts = urllib.parse.urlsplit(target)
            if parts.scheme in ("https", "http", "mailto", "data"):
                continue
            there = Path(posixpath.normpath(posixpath.join(path.parent.as_posix(), urllib.parse.unquote(parts.path)))) if parts.path else path
            place = urllib.parse.unquote(parts.fragment)
            if parts.scheme or not there.is_file() or site not in there.parents:
                found.append("%s: %s leads nowhere" % (path.relative_to(site), target))
            elif place and there.suffix == ".html" and place not in _read(there).ids:
                found.append("%s: %s has no such place" % (path.relative_to(site), target))
    return found


def astray(site):
    """Return a sentence for each page that does not say its language, its direction and its counterpart."""
    found = []
    for language, direction, other in (("en", "ltr", "fa"), ("fa", "rtl", "en")):
        for path in sorted((site / language).rglob("*.html")):
            page = _read(path)
            if (page.language, page.direction, page.other) != (language, direction, other):
                found.append("%s: %s, %s, %s" % (path.relative_to(site), page.language, page.direction, page.other))
    return found


def unfit(opened, path, size):
    """Return what does not fit or goes the wrong way on a page of this size, and what the browser complains about."""
    opened.open(path, size)
    return ["%s at %d: %s" % (path.name, size[0], text) for text in (*opened.evaluate(_FITS), *opened.console)]


def not_found(opened, site, language, wait):
    """Return a sentence when the search does not find what it must.

    :arg wait: called between two looks at the results; answers whether there is still patience.
    """
    word, page = SOUGHT[language]
    opened.open(site / language / "search.html")
    opened.evaluate("Search.performSearch(%r)" % word)
    hrefs = []
    while wait():
        hrefs = opened.evaluate("[...document.querySelectorAll('ul.search a')].map(link => link.getAttribute('href'))")
        if any(page + ".html" in href for href in hrefs):
            return []
    return ["the search in %s does not find %s on %s, only: %s" % (language, word, page, ", ".join(hrefs))]


def chosen(site, language):
    """Return the pages that are measured: all that people wrote, and of the plugins' own the widest kinds."""
    pages = [path for path in sorted((site / language).rglob("*.html")) if "reference" not in path.parts and path.stem not in ("genindex",)]
    generated = ("index.html", "alocom_event_module.html", "classroom_role.html", "deltasib_inventory.html") if language == "en" else ()
    return pages + [site / language / "reference" / name for name in generated]
