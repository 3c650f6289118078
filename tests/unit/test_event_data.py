# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The data beside the event sources: schemas of their arguments, credential types of Event-Driven Ansible's controller."""

from __future__ import annotations

import json
import pathlib
import re

import jinja2
import jsonschema
import pytest
import yaml

from ansible_collections.kariz.panels.plugins.plugin_utils import _watches as watches

EXTENSIONS = pathlib.Path(__file__).resolve().parents[2] / "extensions"
FOLDER = EXTENSIONS / "eda/plugins/event_source"


def schema(name):
    return json.loads((FOLDER / "schemas" / (name + ".json")).read_text(encoding="utf-8"))


def example(name):
    text = re.search(r'EXAMPLES = r"""\n(.*?)"""', (FOLDER / (name + ".py")).read_text(encoding="utf-8"), re.DOTALL)[1]
    return yaml.safe_load(text)[0]["kariz.panels." + name]


@pytest.mark.parametrize("name", sorted(watches.SOURCES))
def test_a_schema_takes_what_the_source_takes(name, monkeypatch, tmp_path):
    source, says = watches.SOURCES[name], schema(name)
    check = jsonschema.Draft202012Validator(says)
    jsonschema.Draft202012Validator.check_schema(says)
    monkeypatch.setattr(source, "check", lambda watch: None)
    wrong = [{**example(name), "intervall": 3}, {**example(name), "interval": [3]}, {**example(name), "feedback": {}}]
    wrong += [{key: value for key, value in example(name).items() if key != gone} for gone in says.get("required", ())]
    for given in wrong:
        assert not check.is_valid(given)
        with pytest.raises(ValueError, match=name):
            source({**given, "state_path": str(tmp_path / "state")})
    for given in (example(name), {**example(name), "interval": 5, "feedback": True, "state_path": str(tmp_path / "state")}):
        check.validate(given)
        source({**given, "state_path": str(tmp_path / "state")}).close()
    assert says["properties"]["interval"]["default"] == source.interval
    secret = {key for key, entry in source.options.items() if entry.get("no_log")}
    assert {key for key, entry in says["properties"].items() if entry.get("format") == "password"} == secret
    assert all(entry.get("description") for entry in says["properties"].values())


def test_rulebooks_give_only_what_the_schemas_know():
    seen = set()
    for path in sorted((EXTENSIONS / "eda/rulebooks").glob("*.yml")):
        for book in yaml.safe_load(path.read_text(encoding="utf-8")):
            for source in book["sources"]:
                [name] = [key for key in source if key.startswith("kariz.panels.")]
                seen.add(name)
                says = schema(name.rpartition(".")[2])
                assert set(says.get("required", ())) <= set(source[name]) <= set(says["properties"]), path.name
    assert len(seen) == 3


def types():
    return {path.parent.name: (yaml.safe_load(path.read_text(encoding="utf-8")), yaml.safe_load((path.parent / "injectors.yml").read_text(encoding="utf-8")))
            for path in FOLDER.glob("credential_types/*/input.yml")}


@pytest.mark.parametrize("name", ["alocom", "deltasib", "journal", "payamsms", "podspace", "smspanel"])
def test_credentials_give_what_they_give_in_a_controller(name):
    """Both controllers' types set the same variables to the same; here what is left empty is undefined, there it is absent."""
    class Loader(yaml.SafeLoader):
        """Reads what Ansible must not render as text."""

    Loader.add_constructor("!unsafe", lambda loader, node: node.value)
    text = (EXTENSIONS / "awx/controller_credential_types.yml").read_text(encoding="utf-8")
    other = {one["name"].split(" ", 1)[1].replace(" ", "").lower(): one
             for one in yaml.load(text, Loader)["controller_credential_types"]}  # noqa: S506  # it is a safe loader
    inputs, injectors = types()[name]
    twin = other[{"podspace": "podspace", "smspanel": "smspanel"}.get(name, name)]
    assert inputs == twin["inputs"] and set(injectors["env"]) == set(twin["injectors"]["env"])
    strict, lax = jinja2.Environment(undefined=jinja2.StrictUndefined), jinja2.Environment()
    full = {field["id"]: True if field["type"] == "boolean" else "v/%s" % field["id"] for field in inputs["fields"]}
    for given in ({}, full, {key: "" for key in full}, {key: full[key] for key in inputs.get("required", ())}):
        for variable, template in injectors["env"].items():
            here = strict.from_string(template).render(eda={"filename": {"ca": "/files/ca"}}, **given)
            assert here == lax.from_string(twin["injectors"]["env"][variable]).render(tower={"filename": {"ca": "/files/ca"}}, **given) or (
                given and not any(given.values()) and variable == "KARIZ_JOURNAL"), variable
        assert strict.from_string(injectors["file"]["template.ca"]).render(**given) == given.get("ca", "")
