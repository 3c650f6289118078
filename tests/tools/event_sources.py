# SPDX-License-Identifier: GPL-3.0-or-later
"""Data beside the event sources: JSON schemas of their arguments and credential types for Event-Driven Ansible's controller.

Made of the sources' options, their documentation and the credential types of extensions/awx, which know every connection option.
`--write` writes them, `--check` compares them. They are held by tests/unit/test_event_data.py.
"""

from __future__ import annotations

import importlib
import json
import re

import awx_types
import yaml
from generated import ROOT, keep

FOLDER = ROOT / "extensions" / "eda" / "plugins" / "event_source"
HEAD = """---
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by tests/tools/event_sources.py --write
"""
_KINDS = {"str": "string", "path": "string", "int": "integer", "float": "number", "bool": "boolean", "dict": "object", "list": "array"}
_TAIL = re.compile(r"\b[A-Z]\(([^()#]*)(?:#\w+)?\)")


def plain(lines):
    """Return a description without markup."""
    return " ".join(_TAIL.sub(lambda found: found[1], line) for line in ([lines] if isinstance(lines, str) else lines))


def documentation(name):
    text = (FOLDER / (name + ".py")).read_text(encoding="utf-8")
    return yaml.safe_load(re.search(r'DOCUMENTATION = r"""\n(.*?)"""', text, re.DOTALL)[1])


def shape(spec, document):
    """Return the schema of one option."""
    made = {"type": _KINDS[spec.get("type", "str")]}
    if document:
        made["description"] = plain(document["description"])
    if spec.get("choices"):
        made["enum"] = list(spec["choices"])
    default = spec.get("default", (document or {}).get("default"))
    if default is not None:
        made["default"] = default
    if spec.get("no_log"):
        made["format"] = "password"
    if spec.get("options"):
        inner = mapping(spec["options"], {})
        made.update({"items": inner} if made["type"] == "array" else inner)
    elif spec.get("elements"):
        made["items"] = {"type": _KINDS[spec["elements"]]}
    return made


def mapping(options, documents):
    made = {"type": "object", "properties": {name: shape(spec, documents.get(name)) for name, spec in options.items()}, "additionalProperties": False}
    required = [name for name, spec in options.items() if spec.get("required")]
    return {**made, "required": required} if required else made


def schema(name, source, common):
    """Return the JSON schema of a source's arguments."""
    told = documentation(name)
    documents = dict(told["options"])
    for vendor in source.vendors:
        for option, document in awx_types.documented(vendor).items():
            documents.setdefault(option, document)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "kariz.panels.%s" % name, "description": plain(told["description"]),
            **mapping({**source.options, **common}, documents)}


def for_events(template):
    """Return a template of an automation controller as Event-Driven Ansible's takes it: there what is left empty is undefined."""
    text = re.sub(r"\{\{ (\w+) ", r"{{ \1 | default('', true) ", template)
    text = re.sub(r"\{% if (\w+) %\}", r"{% if \1 | default('', true) %}", text).replace("tower.", "eda.")
    return re.sub(r"\| default\('', true\) \| default\('(.+?)'\)", r"| default('\1', true)", text)


def credential_types():
    """Return ``{name: (inputs, injectors)}``."""
    every = {vendor: awx_types.of_vendor(vendor) for vendor in awx_types.VENDORS}
    every["journal"] = awx_types.others()[0]
    return {name: (one["inputs"], {part: {key: for_events(text) for key, text in one["injectors"][part].items()} for part in one["injectors"]})
            for name, one in every.items()}


def texts():
    watches = importlib.import_module("ansible_collections.kariz.panels.plugins.plugin_utils._watches")
    watching = importlib.import_module("ansible_collections.kariz.panels.plugins.module_utils._business.watching")
    made = {FOLDER / "schemas" / (name + ".json"): json.dumps(schema(name, source, watching.COMMON), indent=2, ensure_ascii=False) + "\n"
            for name, source in watches.SOURCES.items()}
    for name, parts in credential_types().items():
        for part, value in zip(("input", "injectors"), parts):
            made[FOLDER / "credential_types" / name / (part + ".yml")] = HEAD + yaml.dump(
                value, Dumper=awx_types.Dumper, allow_unicode=True, sort_keys=False, width=100, default_flow_style=False)
    for path in made:
        path.parent.mkdir(parents=True, exist_ok=True)
    return made


if __name__ == "__main__":
    keep(__file__, __doc__, "files beside event sources", texts())
