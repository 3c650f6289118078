# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON Schema of the desired-state file, from the specifications and the documentation of the modules.

--write  writes playbooks/files/desired_state.schema.json
--check  says whether it is as it should be
"""

from __future__ import annotations

import argparse
import importlib
import json
import pathlib
import re
import sys
from typing import Any

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILE = ROOT / "playbooks" / "files" / "desired_state.schema.json"
PACKAGE = "ansible_collections.kariz.panels.plugins"
TEMPLATE = {"$ref": "#/$defs/template"}
TYPES = {"str": ["string", "number"], "path": ["string"], "int": ["integer"], "float": ["number"], "bool": ["boolean"], "dict": ["object"], "raw": []}
NOTHING = {"type": "null"}
#: What stands for a value of a type beside the value itself.
SPELLED = {
    "bool": {"enum": [0, 1, "0", "1", "yes", "no", "on", "off", "true", "false", "y", "n", "t", "f"]},
    "int": {"type": "string", "pattern": r"^\s*[+-]?[0-9۰-۹٠-٩,٬]+\s*$"},
}
MARKUP = re.compile(r"\b[A-Z]\(([^()]*)\)")


def described(text: object) -> str:
    """The text of a documentation, without its markup."""
    lines = text if isinstance(text, list) else [text]
    return MARKUP.sub(lambda found: found.group(1).split("#")[0], " ".join(str(line) for line in lines)).strip()


def option(entry: dict, documented: dict) -> dict:
    """One option; a template may stand wherever a value does."""
    made: dict = {"description": described(documented.get("description", ""))}
    if entry.get("choices"):
        accepted: dict = {"enum": list(entry["choices"])}
    elif entry.get("type") in SPELLED:
        # As the check takes it: other words for yes and no, numbers in any digits.
        accepted = {"anyOf": [{"type": TYPES[entry["type"]][0]}, SPELLED[entry["type"]]]}
    elif entry.get("type") == "list":
        element = {"type": entry.get("elements", "str")}
        if entry.get("options"):
            inner = item(entry, documented)
        else:
            inner = option(dict(element, required=True), {})
            inner.pop("description")
        accepted = {"type": "array", "items": inner}
        if element["type"] == "str" and not entry.get("options"):
            # One text, or several with commas between.
            accepted = {"anyOf": [accepted, {"type": TYPES["str"]}]}
    else:
        types = TYPES[entry.get("type", "str")]
        accepted = {"type": types if len(types) > 1 else types[0]} if types else {}
    if "default" in entry:
        made["default"] = entry["default"]
    if not accepted:
        return made
    # Nothing counts as not given, but where something is needed.
    nothing = [] if entry.get("required") else [{"type": "null"}]
    template = [] if "string" in accepted.get("type", ()) else [TEMPLATE]
    return {**made, **accepted} if not nothing + template else {**made, "anyOf": [accepted, *template, *nothing]}


def narrowed(field: Any, made: dict) -> None:
    """Add to the schema of an option what its field says of a text: not empty, a number, a form."""
    limits = [{"pattern": r"\S"}] if not field.clearable else []
    forms = {**field.schema, **getattr(field.check, "schema", {})}
    if field.kind == "digits":
        forms.setdefault("pattern", importlib.import_module(f"{PACKAGE}.module_utils._core.options.seen").NUMBER)
    if forms and field.kind in ("set", "ordered"):
        limits = [{"items": {"anyOf": [forms, TEMPLATE]}}, {"anyOf": [forms, TEMPLATE]}]
    elif forms:
        limits.append({"anyOf": [forms, TEMPLATE, *([{"pattern": r"^\s*$", "type": "string"}, NOTHING] if field.clearable or "type" in forms else [])]})
    if limits and field.kind not in ("choice", "bool", "keyed"):
        made["allOf"] = limits


def properties(spec: dict, documented: dict) -> dict:
    return {name: option(entry, documented.get(name, {})) for name, entry in spec.items()}


def item(entry: dict, documented: dict, fields: Any = ()) -> dict:
    """An object of a list."""
    spec = entry["options"]
    made: dict = {"type": "object", "additionalProperties": False, "properties": properties(spec, documented.get("suboptions", {}))}
    for field in fields:
        narrowed(field, made["properties"][field.name])
    required = [name for name, part in spec.items() if part.get("required")]
    if required:
        made["required"] = required
    if entry.get("required_one_of"):
        made["allOf"] = [{"anyOf": [{"required": [name], "properties": {name: {"not": NOTHING}}} for name in names]} for names in entry["required_one_of"]]
    return made


def documentation(module: str) -> dict:
    """All documented options of a module, those of its fragments included."""
    docs = yaml.safe_load(importlib.import_module(f"{PACKAGE}.modules.{module}").DOCUMENTATION)
    options: dict = {}
    for name in docs.get("extends_documentation_fragment", []):
        fragment, _dot, part = name.removeprefix("kariz.panels.").partition(".")
        texts = importlib.import_module(f"{PACKAGE}.doc_fragments.{fragment}").ModuleDocFragment
        options.update((yaml.safe_load(getattr(texts, part.upper() or "DOCUMENTATION")) or {}).get("options", {}))
    return {**options, **docs["options"]}


LIMITS = {
    "spend": "The most that a run may spend, in the vendor's own money: purchases, payments and texts together.",
    "texts": "The most text messages of a run.",
    "deletions": "The most objects that a run may take away.",
    "approval": "A plan is carried out only with approved=<first 12 characters of its digest>; provision refuses.",
}


def limits() -> dict:
    """What may stand under limits of an account."""
    spec = importlib.import_module(f"{PACKAGE}.module_utils._business.spending").LIMITS
    made = {name: option(entry, {"description": LIMITS[name]}) for name, entry in spec.items()}
    for name in ("spend", "texts", "deletions"):
        made[name]["anyOf"][0]["minimum"] = 0
    return made


#: What a header can hold, by its encoding; empty counts as not given.
HEADERS = {"latin-1": r"^$|^[!-~\u00a0-\u00ff]([ -~\u00a0-\u00ff]*[!-~\u00a0-\u00ff])?$",
           "utf-8": r"^$|^[^\u0000-\u0020\u007f]([^\u0000-\u001f\u007f]*[^\u0000-\u0020\u007f])?$"}


def reached(client: Any, documented: dict) -> dict:
    """The connection options, as far as the check says of one by itself whether it can be."""
    made = properties(client.connection, documented)
    made["api_url"]["anyOf"] = [{"type": "string", "pattern": r"^$|^[hH][tT][tT][pP][sS]?://[^/?#@\s]"}, TEMPLATE, NOTHING]
    for name, limits_of in (("api_concurrency", {"minimum": 1, "maximum": 256}), ("api_retries", {"minimum": 0}), ("api_timeout", {"exclusiveMinimum": 0}),
                            ("api_deadline", {"exclusiveMinimum": 0})):
        made[name].update(limits_of)
    for name, encoding in client.headers:
        made[name]["pattern"] = HEADERS[encoding]
    return made


def account(vendor: str) -> dict:
    """An account of a vendor."""
    kinds = importlib.import_module(f"{PACKAGE}.module_utils._business.kinds")
    rows = kinds.of(vendor)
    first = documentation(next(iter(rows.values())).module.rpartition(".")[2])
    lists, options = {}, {}
    for name, kind in rows.items():
        module = kind.module.rpartition(".")[2]
        documented = documentation(module)
        lists[name] = {"description": f"Objects as {kind.module} takes them.",
                       "anyOf": [{"type": "array", "items": item(kind.list_option, documented[kind.resource.plural], kind.resource.fields)}, TEMPLATE,
                                 NOTHING]}
        options[name] = {"description": f"What {kind.module} takes beside the list, for all {name}.", "type": ["object", "null"], "additionalProperties": False,
                         "properties": properties(kind.task_options, documented)}
    client = kinds.client_of(vendor)
    return {
        "type": "object", "additionalProperties": False,
        "properties": {
            "account": {"type": ["string", "integer", "null"], "pattern": r"\S",
                        "description": "A name for the account, needed when the vendor has several; reports and files use it."},
            "connection": {"description": f"How to reach the account; what is not given comes from the environment ({vendor.upper()}_API_USERNAME, ...).",
                           "anyOf": [{"type": "object", "additionalProperties": False, "properties": reached(client, first)}, TEMPLATE, NOTHING]},
            "options": {"type": ["object", "null"], "additionalProperties": False, "properties": options,
                        "description": "For each kind what its module takes beside the list, such as purge."},
            "limits": {"type": ["object", "null"], "additionalProperties": False, "properties": limits(),
                       "description": "What plan, provision and apply refuse to go beyond, before anything is written."},
            **lists,
        },
    }


def schema() -> dict:
    kinds = importlib.import_module(f"{PACKAGE}.module_utils._business.kinds")
    vendors = {vendor: {"description": f"One account of {vendor}, or a list of them.",
                        "anyOf": [{"$ref": f"#/$defs/{vendor}"}, {"type": "array", "items": {"$ref": f"#/$defs/{vendor}"}}, NOTHING]}
               for vendor in kinds.vendors()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Desired state of kariz.panels",
        "description": "What shall be at every vendor. Other keys at the top are variables for templates in this file and its neighbours.",
        "type": "object",
        "properties": {"panels": {"description": "Vendors and their accounts.", "type": "object", "additionalProperties": False, "properties": vendors}},
        "$defs": {"template": {"description": "A template that gives the value.", "type": "string", "pattern": r"\{[{%]"},
                  **{vendor: account(vendor) for vendor in kinds.vendors()}},
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--write", action="store_true")
    which.add_argument("--check", action="store_true")
    text = json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"
    if parser.parse_args().write:
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(text, encoding="utf-8")
    elif not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
        sys.exit(f"stale: {FILE.relative_to(ROOT)}; run tests/tools/desired_schema.py --write")
    print(f"schema of the desired state: {FILE.stat().st_size // 1024} KiB, as it should be")
    return 0


if __name__ == "__main__":
    sys.exit(main())
