# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a template and what it shows to a page that needs no network and no script. Every text is escaped unless a template says otherwise."""

from __future__ import annotations

import functools
import os

import jinja2

from .language import FOLDER


@functools.lru_cache(maxsize=None)
def _environment():
    # An environment of its own: nothing of the play's variables, filters or lookups is within reach of what a vendor said.
    return jinja2.Environment(loader=jinja2.FileSystemLoader(os.path.join(FOLDER, "templates")), autoescape=True, undefined=jinja2.StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)


@functools.lru_cache(maxsize=None)
def _style():
    with open(os.path.join(FOLDER, "templates", "page.css"), encoding="utf-8") as file:
        return file.read()


def page(template, language, **shown):
    """Return a whole page.

    :arg template: a file in ``templates`` that extends ``page.html.j2``.
    :arg shown: what it shows; ``title``, ``subtitle`` and ``foot`` among it.
    """
    return _environment().get_template(template).render(language=language, say=language.say, style=_style(), **shown)


def isolated(text):
    """Return a name so that its direction does not turn the sentence around it."""
    return "\u2068%s\u2069" % text


def filled(percent, state=""):
    """Return what the macro ``bar`` shows: a bar so many percent full."""
    return {"percent": round(max(0.0, min(100.0, percent)), 1), "told": round(percent), "state": state}


def tile(label, value, more="", state=""):
    """Return a tile: a figure with a word above and, where there is something to say, one below. ``state``: nothing, ``good``, ``warn`` or ``bad``."""
    return {"label": label, "value": value, "more": more, "state": state}
