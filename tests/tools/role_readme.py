# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps `roles/*/README.md` equal to what the roles' argument specifications say.

`--write` writes them, `--check` fails when they differ.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import yaml
from role_specs import ROLES, ROOT

#: Markup of Ansible's documentation whose argument is shown as code.
CODE = re.compile(r"\b[COVEM]\(([^)]+)\)")
HEAD = "<!-- SPDX-License-Identifier: GPL-3.0-or-later -->\n<!-- Written by tests/tools/role_readme.py --write from meta/argument_specs.yml -->\n"


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
    spec = yaml.safe_load((ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))["argument_specs"]["main"]
    parts = [HEAD, "# Role kariz.panels.%s\n" % role, "**%s.**\n" % spec["short_description"].rstrip("."),
             "\n".join("- %s" % shown(line) for line in spec["description"]) + "\n",
             "## Variables\n", "| variable | type | default | meaning |\n|---|---|---|---|\n" + "\n".join(
                 line for name, option in spec["options"].items() for line in row(name, option)) + "\n",
             "## Examples\n", "```yaml\n%s```\n" % spec["examples"],
             "## Licence\n", "GPL-3.0-or-later. Part of the collection [kariz.panels](../../README.md).\n"]
    return "\n".join(parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--write", action="store_true")
    which.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    stale = []
    for role in ROLES:
        path: Path = ROOT / "roles" / role / "README.md"
        fresh = readme(role)
        if not path.exists() or path.read_text(encoding="utf-8") != fresh:
            stale.append(path.relative_to(ROOT))
            if arguments.write:
                path.write_text(fresh, encoding="utf-8")
    if stale and arguments.check:
        sys.exit("stale: %s; run tests/tools/role_readme.py --write" % ", ".join(map(str, stale)))
    print("READMEs of roles: %d, %s" % (len(ROLES), "written" if stale else "as they should be"))


if __name__ == "__main__":
    main()
