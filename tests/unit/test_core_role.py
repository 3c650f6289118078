# SPDX-License-Identifier: GPL-3.0-or-later
"""Variables of a role: items checked to their keys, and names that are near a variable of the role."""

from __future__ import annotations

import pathlib

import pytest
import yaml

from ansible_collections.kariz.panels.plugins.module_utils._core.options import role

ROLES = sorted((pathlib.Path(__file__).resolve().parents[2] / "roles").glob("*/meta/argument_specs.yml"))
OPTIONS = {
    "shop_state": {"type": "str", "choices": ["open", "closed"], "default": "open", "description": "x"},
    "shop_items": {"type": "list", "elements": "raw", "options": {
        "name": {"type": "str", "required": True}, "parts": {"type": "list", "elements": "dict", "options": {"size": {"type": "int"}}}}},
    "shop_tags": {"type": "list"}, "shop_json": {"type": "json"}, "shop_connection": {"type": "dict", "no_log": True},
}


@pytest.mark.parametrize(("values", "sentences"), [
    ({"shop_items": [{"name": "a", "parts": [{"size": 1}]}], "shop_json": "[]", "shop_tags": [1]}, []),
    ({"shop_items": [{"nam": "a"}, "b"]}, ["shop_items[0].nam: unknown option, did you mean name? allowed here: name, parts",
                                           "shop_items[1]: must be a mapping, not 'b'; allowed here: name, parts"]),
    ({"shop_items": [{"name": "a", "parts": [{"sise": 1}]}]}, ["shop_items[0].parts[0].sise: unknown option, did you mean size? allowed here: size"]),
    ({"shop_state": "opne"}, ["shop_state: must be one of open, closed, not 'opne'; did you mean open?"]),
    ({"shop_connection": "secret"}, ["shop_connection: must be a mapping"]),
])
def test_mistakes(values, sentences):
    assert [problem.sentence() for problem in role.mistakes(OPTIONS, values)] == sentences


def test_strange_names():
    names = ["shop_item", "shop_itmes", "shop_notes", "shop_items", "shop_items_result", "shop__inner", "shop", "shopping_items", "other", "shop_TAGS"]
    assert role.strange("shop", OPTIONS, names) == {"shop_item": "shop_items", "shop_itmes": "shop_items", "shop_notes": None, "shop_TAGS": None}


@pytest.mark.parametrize(("one_of", "unknown", "text"), [
    (["a"], {}, "shop has nothing to do: give a"), (["a", "b", "c"], {}, "shop has nothing to do: give a, b or c"),
    (["a"], {"x": None, "y": "a"}, "shop has nothing to do: give a; the role does not know x, y (did you mean a?)"),
])
def test_nothing_to_do(one_of, unknown, text):
    assert role.nothing_to_do("shop", one_of, unknown) == text


@pytest.mark.parametrize("path", ROLES, ids=lambda path: path.parts[-3])
def test_every_role_is_checked_by_its_first_task(path):
    """The platform leaves items to the role: where an item has keys, the list says elements: raw, and the first task checks it."""
    options = yaml.safe_load(path.read_text(encoding="utf-8"))["argument_specs"]["main"]["options"]
    first = yaml.safe_load((path.parents[1] / "tasks/main.yml").read_text(encoding="utf-8"))[0]
    assert set(first) == {"name", "kariz.panels.role_variables"}
    assert set((first["kariz.panels.role_variables"] or {}).get("one_of", [])) <= set(options)
    for name, entry in options.items():
        assert name.startswith(path.parts[-3] + "_")
        if entry["type"] == "list" and entry.get("options"):
            assert entry["elements"] == "raw", name
    # The checker takes the specification, and the defaults of the role are no mistake.
    defaults = yaml.safe_load((path.parents[1] / "defaults/main.yml").read_text(encoding="utf-8"))
    assert [problem for problem in role.mistakes(options, defaults) if "is required" not in problem.text] == []
