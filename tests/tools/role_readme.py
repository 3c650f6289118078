# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps `roles/*/README.md` equal to what the roles' argument specifications say.

`--write` writes them, `--check` fails when they differ.
"""

from __future__ import annotations

import re

import yaml
from generated import ROOT, keep
from role_specs import FILES

#: Markup of Ansible's documentation whose argument is shown as code.
CODE = re.compile(r"\b[COVEM]\(([^)]+)\)")
# REUSE-IgnoreStart
HEAD = "<!-- SPDX-License-Identifier: GPL-3.0-or-later -->\n<!-- Written by tests/tools/role_readme.py --write from meta/argument_specs.yml -->\n"
# REUSE-IgnoreEnd


def shown(text):
    """Return a text of the documentation, or its sentences, as Markdown in one line."""
    lines = [text] if isinstance(text, str) else text
    return " ".join(re.sub(r"\bB\(([^)]+)\)", r"**\1**", CODE.sub(r"`\1`", " ".join(line.split()))) for line in lines)


def row(name, option, above=""):
    """Return the line of the table for a variable, then those of the keys of its items."""
    kind = option.get("type", "str") + (" of %s" % option["elements"] if option.get("elements") not in (None, "raw") else "")
    if option.get("options"):
        kind = kind.replace("list", "list of dict")
    facts = [shown(option["description"])]
    if option.get("choices"):
        facts.append("One of %s." % ", ".join("`%s`" % choice for choice in option["choices"]))
    default = option.get("default")
    told = "**required**" if option.get("required") else "" if default in (None, [], {}, "") else "`%s`" % (
        str(default).lower() if isinstance(default, bool) else default)
    yield "| `%s` | %s | %s | %s |" % (above + name, kind, told, " ".join(facts).replace("|", "\\|"))
    for key, entry in (option.get("options") or {}).items():
        yield from row(key, entry, "%s%s[]." % (above, name))


def readme(role):
    """Return the text that the README of a role shall have."""
    spec = yaml.safe_load(FILES[role].read_text(encoding="utf-8"))["argument_specs"]["main"]
    parts = [HEAD, "# Role kariz.panels.%s\n" % role, "**%s.**\n" % spec["short_description"].rstrip("."),
             "\n".join("- %s" % shown(line) for line in spec["description"]) + "\n",
             "## Variables\n", "| variable | type | default | meaning |\n|---|---|---|---|\n" + "\n".join(
                 line for name, option in spec["options"].items() for line in row(name, option)) + "\n",
             "## Examples\n", "```yaml\n%s```\n" % spec["examples"],
             "## Licence\n", "GPL-3.0-or-later. Part of the collection [kariz.panels](../../README.md).\n"]
    return "\n".join(parts)


if __name__ == "__main__":
    keep(__file__, __doc__, "READMEs of roles", {ROOT / "roles" / role / "README.md": readme(role) for role in FILES})
