# SPDX-License-Identifier: GPL-3.0-or-later
"""Long lists without a template pass by the platform's templating, and come out as it would give them back."""

from __future__ import annotations

import datetime

import pytest
from ansible._internal._templating._engine import TemplateEngine
from ansible.template import trust_as_template
from ansible.utils.vars import combine_vars

from ansible_collections.kariz.panels.plugins.plugin_utils._in_process import InProcessAction
from ansible_collections.kariz.panels.plugins.plugin_utils._untemplated import Templated, untemplated

PLAIN = [{"username": "a", "n": 1, "ratio": 1.5, "on": True, "none": None, "labels": ["x", "{ y }"], "entry": {"deep": ["}}"]}}, "text", 7]
VARIABLES = combine_vars({}, {"people": PLAIN, "title": "one", "made": [trust_as_template("{{ title }}")], "number": 3})


class Watched(TemplateEngine):
    """Counts what it is asked to template at the top."""

    asked = 0

    def template(self, variable, **more):
        type(self).asked += 1
        return super().template(variable, **more)


def finalized(value):
    Watched.asked = 0
    templar = Watched(variables=VARIABLES)
    made = InProcessAction.finalize_task_arg("users", value, templar, None)
    return made, Watched.asked


@pytest.mark.parametrize("value", [PLAIN, [], [[]], "{{ people }}", "{{people}}"])
def test_what_holds_no_template_is_not_walked_through(value):
    value = trust_as_template(value) if isinstance(value, str) else value
    made, asked = finalized(value)
    assert asked == 0 and made == TemplateEngine(variables=VARIABLES).template(value)
    assert made is not VARIABLES["people"] and made is not value


@pytest.mark.parametrize(("value", "expected"), [
    ("{{ made }}", ["one"]), ("{{ people[1] }}", "text"), ("{{ title }}", "one"), ("{{ people | length }}", 3), ("text", "text"), (5, 5), (None, None),
    ([trust_as_template("{{ title }}")], ["one"]), ([{"a": [trust_as_template("x{% if true %}y{% endif %}")]}], [{"a": ["xy"]}]),
    ([trust_as_template("a{# b #}")], ["a"]), ([trust_as_template("#jinja2: variable_start_string:'[[', variable_end_string:']]'\n[[ title ]]")], ["one"]),
    ({"a": trust_as_template("{{ number }}")}, {"a": 3}), ([datetime.date(2026, 1, 2)], [datetime.date(2026, 1, 2)]), ([trust_as_template("{{ omit }}")], []),
    (["{{ title }}"], ["{{ title }}"]),
])
def test_everything_else_is_templated(value, expected):
    value = trust_as_template(value) if isinstance(value, str) else value
    made, asked = finalized(value)
    assert asked >= 1 and made == TemplateEngine(variables=VARIABLES).template(value)
    assert expected is None or made == expected


def test_what_is_given_stays_the_caller_s_own():
    given = [{"labels": ["a"]}]
    made = untemplated(given, {})
    made[0]["labels"].append("b")
    assert given == [{"labels": ["a"]}]
    for nothing in ("{{ unknown }}", "{{ people", None, object(), [object()], [b"bytes"]):
        with pytest.raises(Templated):
            untemplated(nothing, {})
