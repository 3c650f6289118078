# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps the item keys in `roles/*/meta/argument_specs.yml` equal to the options of the modules they are passed to.

`--write` writes them, `--check` fails when they differ. Everything else in those files is written by hand.
"""

from __future__ import annotations

import importlib
import re

import yaml
from generated import ROOT, keep

PACKAGE = "ansible_collections.kariz.panels.plugins"

#: role -> variable -> (module, its list option)
ITEMS = {
    "classroom": {
        "classroom_labels": ("alocom_label", "labels"),
        "classroom_users": ("alocom_user", "users"),
        "classroom_events": ("alocom_event", "events"),
    },
    "organization_space": {
        "organization_space_organizations": ("podspace_organization", "organizations"),
        "organization_space_members": ("podspace_organization_member", "members"),
        "organization_space_folder_shares": ("podspace_folder_share", "shares"),
    },
}

FILES = {path.parent.parent.name: path for path in sorted((ROOT / "roles").glob("*/meta/argument_specs.yml"))}

HEAD = """---
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# The keys of list items are written by tests/tools/role_specs.py --write
"""


class Dumper(yaml.SafeDumper):
    """Indents lists as the linters want it and writes no aliases."""

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data):
        return True

    def text(self, data):
        """Text of several lines (the examples) stays as it is written."""
        return self.represent_scalar("tag:yaml.org,2002:str", data, style="|" if "\n" in data else None)


Dumper.add_representer(str, Dumper.text)


def options(spec, documented):
    """Return role options from an argument specification, with the texts of the documentation."""
    made = {}
    for name, entry in spec.items():
        text = documented[name]
        option = {"description": _outside(text["description"]), "type": entry.get("type", "str")}
        for key in ("elements", "choices", "default"):
            if key in entry:
                option[key] = entry[key]
        if entry.get("required"):
            option["required"] = True
        if entry.get("no_log"):
            option["no_log"] = True
        if entry.get("options"):
            option["options"] = options(entry["options"], text["suboptions"])
        made[name] = option
    return made


def _outside(text):
    """A reference to an option of the module leads nowhere in a role: it stays as a code word."""
    lines = [text] if isinstance(text, str) else text
    return [re.sub(r"\bO\(", "C(", line) for line in lines]


def item_options(module, option):
    job = importlib.import_module("%s.action.%s" % (PACKAGE, module)).ActionModule.job
    documentation = yaml.safe_load(importlib.import_module("%s.modules.%s" % (PACKAGE, module)).DOCUMENTATION)
    return options(job.arguments()["argument_spec"][option]["options"], documentation["options"][option]["suboptions"])


def wanted(role, text):
    """Return the text that the file of a role shall have."""
    specs = yaml.safe_load(text)
    variables = specs["argument_specs"]["main"]["options"]
    for variable, source in ITEMS.get(role, {}).items():
        variables[variable]["options"] = item_options(*source)
    for entry in variables.values():
        if entry["type"] == "list" and entry.get("options"):
            # The platform leaves such items alone; the role's first task checks them, with the place of each mistake and advice.
            entry["elements"] = "raw"
    return HEAD + yaml.dump(specs, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=120)


if __name__ == "__main__":
    keep(__file__, __doc__, "argument specifications of roles", {path: wanted(role, path.read_text(encoding="utf-8")) for role, path in FILES.items()})
