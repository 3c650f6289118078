# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts of many messages from templates: compiled once a template, and the same text as when each is rendered alone."""

from __future__ import annotations

from types import SimpleNamespace

import jinja2
import pytest
from ansible.errors import AnsibleError
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar

from ansible_collections.kariz.panels.plugins.plugin_utils._providers import _Texts

PLAY = {"school": "مدرسه", "name": "of the play", "ansible_search_path": []}
TEMPLATES = {
    "plain.j2": "سلام {{ name }}، {{ school }}\n{% if late %}\nدیر\n{% endif %}\n",
    "loop.j2": "{% for one in marks %}{{ loop.index }}={{ one }} {% endfor %}{% set name = 'local' %}{{ name }}{{ given | default('none') }}",
    "part.j2": "[{{ name }}]",
    "parts.j2": "{% include 'part.j2' %} {{ school }}",
    "looks.j2": "{{ lookup('vars', 'name') }} {{ vars['name'] | default('-') }}",
    "header.j2": "#jinja2: trim_blocks: False\n{% if true %}\nx{% endif %}{{ name }}",
    "value.j2": "{{ name }}",
    "macro.j2": "{% macro greet(who) %}<{{ who }}>{% endmacro %}{{ greet(name) }} {{ school | upper }}",
}


@pytest.fixture
def texts(tmp_path):
    for name, text in TEMPLATES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    loader = DataLoader()
    action = SimpleNamespace(_find_needle=lambda _kind, name: str(tmp_path / name), _loader=loader, _templar=Templar(loader=loader, variables=PLAY))
    return lambda messages: [row["text"] for row in _Texts(action, PLAY).rendered(messages)]


def message(place, template, **variables):
    return {"key": "k%d" % place, "recipient": "09120000000", "template": template, "variables": variables}


@pytest.mark.parametrize("template", list(TEMPLATES))
def test_together_as_alone(texts, template):
    """With values of all kinds, and texts that look like templates, which are none."""
    values = ("سارا", "{{ school }}", "{% if %}", 12, 1.5, True, ["a", {"b": "{{ 1 }}"}], {"c": None}, "", "two\nlines", "<&\"'>\\n")
    messages = [message(place, template, name=value, late=place % 2, marks=[place, value]) for place, value in enumerate(values)]
    messages += [message(100 + place, template, name=value, late=0, marks=(), given="given") for place, value in enumerate(values)]
    messages += [{"key": "own", "recipient": "09120000000", "text": "{{ as it is }}"}]
    assert texts(messages) == [texts([one])[0] for one in messages]
    assert texts(messages)[-1] == "{{ as it is }}"


@pytest.mark.parametrize(("template", "most"), [("plain.j2", 4), ("loop.j2", 4), ("macro.j2", 4), ("value.j2", 4)])
def test_compiled_once(texts, template, most, monkeypatch):
    """However many messages: the template, and the loop around it, for each set of names of variables."""
    calls = []
    compiled = jinja2.Environment.compile
    monkeypatch.setattr(jinja2.Environment, "compile", lambda *args, **more: calls.append(args[1]) or compiled(*args, **more))
    told = texts([message(place, template, name="n%d" % place, late=False, marks=[1]) for place in range(50)]
                 + [message(place, template, name="n%d" % place, late=True, marks=[1], more=1) for place in range(50)])
    assert len(told) == 100 and len(calls) <= most, calls


def test_a_text_that_cannot_be_made_is_named(texts):
    messages = [message(place, "plain.j2", name="n", late=False) for place in range(3)] + [message(3, "plain.j2", late=False)] * 2
    assert "of the play" in texts(messages)[3]
    messages = [message(0, "loop.j2", marks=[1], name="x"), message(1, "loop.j2", marks=5, name="x"), message(2, "loop.j2", marks=[1], name="x")]
    with pytest.raises(AnsibleError, match="The text of message k1 could not be made from loop.j2"):
        texts(messages)


def test_names_that_are_no_variables(texts):
    assert texts([message(place, "value.j2", **{"name": place, "no-name": 1, "loop": 2}) for place in range(2)]) == ["0", "1"]
