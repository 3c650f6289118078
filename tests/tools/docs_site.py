# SPDX-License-Identifier: GPL-3.0-or-later
"""`make site`: the documentation as a site in English and Persian, in build/site, from the Markdown files of the checkout and the plugins' own documentation.

Nothing is written twice: pages are the files that a reader of the repository reads, with links turned into those of the site. Any warning fails.
"""

from __future__ import annotations

import argparse
import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import site_checks
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "integration"))

import browser  # noqa: E402

BIN = Path(sys.executable).parent
SITE = ROOT / "docs" / "site"
LANGUAGES = ("en", "fa")
#: Pages that are not in docs/, by the file (without the language).
ELSEWHERE = {"README.md": "overview", "SECURITY.md": "security-policy", "CONTRIBUTING.md": "contributing", "CODE_OF_CONDUCT.md": "code-of-conduct",
             "docs/site/index.md": "index"}
#: An index of the repository, for which the site has its own.
INDEX = "docs/README.md"
_FENCE = re.compile(r"^(`{3,})[^\n]*\n.*?^\1[ \t]*$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
_RTL = re.compile(r"^<div dir=\"rtl\">\n|^</div>\n", re.MULTILINE)
#: What the Persian page begins with, and its counterpart: the switch at the top of the site replaces it.
_SWITCH = re.compile(r"^\[(?:English|فارسی)\]\([^)]*\)\n", re.MULTILINE)
SUFFIXES = ("module", "lookup", "filter", "test", "inventory", "callback", "role")


def plain(name):
    """Return the name that a file has in English."""
    return name[:-len(".fa.md")] + ".md" if name.endswith(".fa.md") else name


def page_of(name):
    """Return the page of a file of the checkout, whichever language it is in; None where the site has none."""
    name = plain(name)
    if name in ELSEWHERE:
        return ELSEWHERE[name]
    if name == INDEX:
        return "index"
    if not name.startswith("docs/") or not name.endswith(".md") or name.startswith("docs/site/"):
        return None
    return re.sub(r"README$", "index", name[len("docs/"):-len(".md")])


def sources():
    """Return ``{language: {page: path}}``."""
    found: dict = {language: {} for language in LANGUAGES}
    for path in (*sorted((ROOT / "docs").rglob("*.md")), *ROOT.glob("*.md")):
        name = path.relative_to(ROOT).as_posix()
        if page_of(name) and plain(name) != INDEX:
            found["fa" if name.endswith(".fa.md") else "en"][page_of(name)] = path
    return found


def outside_code(text, change):
    """Return the text with ``change`` made to all that is not in a block of code."""
    made, end = [], 0
    for fence in _FENCE.finditer(text):
        made += [change(text[end:fence.start()]), fence.group(0)]
        end = fence.end()
    return "".join([*made, change(text[end:])])


class Laid:
    """The sources of one language, in a folder of their own."""

    def __init__(self, language, pages, folder):
        self.language = language
        self.other = "en" if language == "fa" else "fa"
        self.pages = pages
        self.folder = folder

    def write(self):
        for page, path in self.pages[self.language].items():
            target = self.folder / (page + ".md")
            target.parent.mkdir(parents=True, exist_ok=True)
            text = _RTL.sub("", path.read_text(encoding="utf-8"))
            if page == "index":
                text = self._listed(text)
            target.write_text(outside_code(text, lambda part, page=page, path=path: self._links(part, page, path)), encoding="utf-8")

    def _listed(self, text):
        """Fill in ``@others [folder]``: the pages of a folder that the index does not name."""
        named = set(re.findall(r"(?m)^[\w/-]+$", text)) | {"index"}

        def others(found):
            inside = found.group(1).strip()
            return "\n".join(page for page in sorted(self.pages[self.language]) if posixpath.dirname(page) == inside and page not in named)
        return re.sub(r"(?m)^@others(.*)$", others, text)

    def _links(self, text, page, path):
        def link(found):
            image, words, target = found.groups()
            if re.match(r"[a-z]+:|#", target):
                return found.group(0)
            name, hash_, place = target.partition("#")
            there = os.path.normpath(path.parent / name)
            repository = os.path.relpath(there, ROOT)
            if not os.path.exists(there):
                sys.exit("%s: the link to %s leads nowhere" % (path.relative_to(ROOT), target))
            if image:
                copied = self.folder / "images" / os.path.basename(there)
                copied.parent.mkdir(exist_ok=True)
                shutil.copy(there, copied)
                return "![%s](/images/%s)" % (words, copied.name)
            leads = page_of(repository)
            if leads in self.pages[self.language]:
                return "[%s](%s%s)" % (words, posixpath.relpath(leads, posixpath.dirname(page) or ".") + ".md", hash_ + place)
            if leads in self.pages[self.other]:
                up = "../" * (page.count("/") + 1)
                return '<a hreflang="%s" href="%s%s/%s.html%s">%s</a>' % (self.other, up, self.other, leads, hash_ + place, words)
            role = re.fullmatch(r"roles/(\w+)/README\.md", repository)
            if role:
                return '<a hreflang="en" href="%sen/reference/%s_role.html">%s</a>' % ("../" * (page.count("/") + 1), role.group(1), words)
            return words if words.startswith("`") else "`%s`" % words if words == name else "%s (`%s`)" % (words, repository)
        return _LINK.sub(link, _SWITCH.sub("", text))


def command(words, environment):
    return subprocess.Popen([str(word) for word in words], env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True)


def ended(process, what):
    said = process.communicate()[0]
    if process.returncode:
        sys.exit("%s failed:\n%s" % (what, said))


def build(target, work):
    """Make the site; end the program with what went wrong."""
    for folder in (target, work):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    pages = sources()
    environment = dict(os.environ, KARIZ_SITE_LAID=str(work / "laid.json"), PATH="%s%s%s" % (BIN, os.pathsep, os.environ["PATH"]))
    environment.setdefault("LC_ALL", "C.UTF-8")
    reference = work / "en" / "reference"
    reference.mkdir(parents=True)
    documented = command([BIN / "antsibull-docs", "collection", "--use-current", "--squash-hierarchy", "--fail-on-error", "--dest-dir", reference,
                          "kariz.panels"], environment)
    for language in LANGUAGES:
        Laid(language, pages, work / language).write()
    ended(documented, "antsibull-docs")
    made = {path.stem: path.stem for path in reference.glob("*.rst")}
    laid = {"release": yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["version"],
            "pages": {"en": sorted(pages["en"]) + ["reference/" + name for name in made], "fa": sorted(pages["fa"])},
            "plugins": {re.sub(r"_(%s)$" % "|".join(SUFFIXES), "", name): name for name in sorted(made, reverse=True) if name.endswith(SUFFIXES)}}
    (work / "laid.json").write_text(json.dumps(laid), encoding="utf-8")
    running = [(language, command([BIN / "python", "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", "-c", SITE, "-d", work / ("trees-" + language),
                                   "-D", "language=" + language, work / language, target / language], environment)) for language in LANGUAGES]
    for language, process in running:
        ended(process, "the site in %s" % language)
    (target / "index.html").write_text(
        '<!doctype html><meta charset="utf-8"><title>kariz.panels</title><meta name="viewport" content="width=device-width">'
        '<script>location.replace((navigator.language || "").startsWith("fa") ? "fa/index.html" : "en/index.html")</script>'
        '<p><a href="en/index.html">English</a> · <a href="fa/index.html" lang="fa">فارسی</a></p>\n', encoding="utf-8")
    return laid


def measured(target):
    """Return what a browser finds wrong, and in how many pages it looked; None where there is no browser."""
    program = browser.find()
    if program is None:
        return [], None
    found, pages = [], 0
    with browser.Browser(program) as opened:
        for language in LANGUAGES:
            chosen = site_checks.chosen(target, language)
            pages += len(chosen)
            for path in chosen:
                for size in (site_checks.PHONE, site_checks.SCREEN):
                    found += ["%s/%s" % (language, text) for text in site_checks.unfit(opened, path, size)]
        # At the end: from a file a browser may not read the pages that were found, and says so later.
        for language in LANGUAGES:
            until = time.monotonic() + 60

            def patience(until=until):
                time.sleep(0.05)
                return time.monotonic() < until
            found += site_checks.not_found(opened, target, language, patience)
    return found, pages


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "site")
    parser.add_argument("--check", action="store_true", help="look at links, directions, sizes and the search as well")
    arguments = parser.parse_args()
    target = arguments.to.resolve()
    laid = build(target, target.parent / (target.name + "-sources"))
    print("site: %d pages in English, %d in Persian, in %s" % (len(laid["pages"]["en"]), len(laid["pages"]["fa"]), os.path.relpath(target)))
    if arguments.check:
        found, pages = measured(target)
        found = site_checks.dead(target) + site_checks.astray(target) + found
        if found:
            sys.exit("\n".join(found))
        print("site: no dead link; %s" % ("no Chromium here, so no page was looked at" if pages is None else "%d pages fit a phone and a screen" % pages))


if __name__ == "__main__":
    main()
