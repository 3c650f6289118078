# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps equal what Ansible wants written down more than once about a module.

--write  writes the action groups into meta/runtime.yml: one per vendor, from the names of the module files, and `all`;
         and the action plugin and the code of every module that names a job (thin_files.py)
--check  says what is out of step there and in the rules of the house about modules (docs/architecture.md)
"""

from __future__ import annotations

import argparse
import ast
import json
import pathlib
import re
import statistics
import subprocess
import sys

import thin_files

ROOT = pathlib.Path(__file__).resolve().parents[2]
COLLECTION = "kariz.panels"
VENDORS = ("alocom", "deltasib", "payamsms", "podspace", "smspanel")
# Modules about all vendors at once: no group's connection options are theirs.
ACROSS = {"account_objects_info", "attendance_report", "credit_info", "credit_report", "desired_apply", "desired_drift", "desired_export", "desired_init",
          "desired_plan", "desired_state", "journal_entry", "journal_info", "message", "message_delivery_info", "role_variables", "secrets_sheet",
          "run_lock", "awx_objects"}
RUNTIME = ROOT / "meta" / "runtime.yml"
DOCUMENTATION = {"DOCUMENTATION", "EXAMPLES", "RETURN"}
MEDIAN_LIMIT = 20


def names_in(folder: str) -> set[str]:
    return {path.stem for path in (ROOT / "plugins" / folder).glob("*.py") if path.stem != "__init__"}


def vendor_of(module: str) -> str:
    return module.split("_", 1)[0]


def runtime_text(modules: set[str]) -> str:
    """The text of meta/runtime.yml."""
    lines = [
        "---",
        # REUSE-IgnoreStart
        "# SPDX-License-Identifier: GPL-3.0-or-later",
        # REUSE-IgnoreEnd
        "# Written by tests/tools/action_groups.py --write",
        "requires_ansible: '>=2.19.0'",
        "action_groups:",
    ]
    for vendor in VENDORS:
        members = sorted(name for name in modules if vendor_of(name) == vendor)
        lines.append(f"  {vendor}:" if members else f"  {vendor}: []")
        lines += [f"    - {name}" for name in members]
    lines += ["  all:", "    - metadata:", "        extend_group:"]
    lines += [f"          - {vendor}" for vendor in VENDORS]
    return "\n".join(lines) + "\n"


def code_lines(source: str) -> int:
    """Lines of code: without documentation, comments and empty lines."""
    documentation: set[int] = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and {getattr(target, "id", "") for target in node.targets} & DOCUMENTATION:
            documentation.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    code = [line.strip() for number, line in enumerate(source.splitlines(), 1) if number not in documentation]
    return sum(1 for line in code if line and not line.startswith("#"))


def documented_groups(modules: list[str]) -> dict[str, list[str] | None]:
    """Module -> membership of its documented `action_group` attribute, fragments included, as ansible-doc sees it."""
    if not modules:
        return {}
    command = ["ansible-doc", "--type", "module", "--json", *(f"{COLLECTION}.{name}" for name in modules)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    documented = json.loads(done.stdout or "{}")
    groups: dict[str, list[str] | None] = {}
    for name in modules:
        attribute = documented.get(f"{COLLECTION}.{name}", {}).get("doc", {}).get("attributes", {}).get("action_group")
        membership = attribute.get("membership", []) if attribute else None
        groups[name] = [membership] if isinstance(membership, str) else membership
    return groups


def check_groups(modules: set[str]) -> list[str]:
    """The groups that ansible-core reads, and those that the documentation names."""
    problems = [f"plugins/modules/{name}.py: the name does not start with a vendor" for name in sorted(modules - ACROSS)
                if vendor_of(name) not in VENDORS]
    if not RUNTIME.exists() or RUNTIME.read_text("utf-8") != runtime_text(modules):
        problems.append("meta/runtime.yml: not what tests/tools/action_groups.py --write writes")
    for name, membership in documented_groups(sorted(modules - ACROSS)).items():
        wanted = f"{COLLECTION}.{vendor_of(name)}"
        if membership is None:
            problems.append(f"plugins/modules/{name}.py: documents no action_group attribute")
        elif wanted not in membership or set(membership) - {wanted, f"{COLLECTION}.all"}:
            problems.append(f"plugins/modules/{name}.py: action_group membership is {membership}, not {wanted}")
    return problems


def check_actions(modules: set[str]) -> list[str]:
    """Every module has its action plugin and an integration test."""
    actions = names_in("action")
    problems = [f"plugins/action/{name}.py: missing, the module has no action plugin" for name in sorted(modules - actions)]
    problems += [f"plugins/action/{name}.py: there is no module of this name" for name in sorted(actions - modules)]
    texts = [path.read_text("utf-8", "replace") for path in (ROOT / "tests" / "integration").rglob("*") if path.suffix in {".py", ".yml", ".yaml", ".j2"}]
    words = set(re.findall(r"\w+", "\n".join(texts)))
    # A module that exists for a playbook or a role is run by whatever test runs that.
    used = [path for path in (ROOT / "playbooks").glob("*.yml") if path.stem in words]
    used += [path for role in (ROOT / "roles").iterdir() if role.name in words for path in role.rglob("*.yml")]
    words.update(*(re.findall(r"\w+", path.read_text("utf-8")) for path in used))
    # So is one that another module's action plugin runs.
    words.update(*(re.findall(r"\w+", (ROOT / "plugins" / "action" / f"{name}.py").read_text("utf-8")) for name in sorted(words & modules & actions)))
    problems += [f"plugins/modules/{name}.py: no integration test mentions it" for name in sorted(modules - words)]
    return problems


def check_core() -> list[str]:
    """The core knows no vendor."""
    word = re.compile("|".join(VENDORS), re.IGNORECASE)
    return [
        f"{path.relative_to(ROOT)}:{number}: a vendor's name in the core: {line.strip()}"
        for path in sorted((ROOT / "plugins" / "module_utils" / "_core").rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if word.search(line)
    ]


def check_size(modules: set[str]) -> list[str]:
    """Module files hold documentation and a call, no logic."""
    if not modules:
        return ["plugins/modules: no modules"]
    sizes = {name: code_lines((ROOT / "plugins" / "modules" / f"{name}.py").read_text("utf-8")) for name in modules}
    median = statistics.median(sizes.values())
    longest = max(sizes, key=lambda name: sizes[name])
    print(f"{len(sizes)} modules, median {median:g} lines of code, longest {longest} with {sizes[longest]}")
    return [f"plugins/modules: the median module has {median:g} lines of code, more than {MEDIAN_LIMIT}"] if median > MEDIAN_LIMIT else []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--write", action="store_true")
    what.add_argument("--check", action="store_true")
    modules = names_in("modules")
    if parser.parse_args().write:
        RUNTIME.write_text(runtime_text(modules), "utf-8")
        thin_files.write()
        return 0
    problems = [*check_groups(modules), *thin_files.problems(), *check_actions(modules), *check_core(), *check_size(modules)]
    print(*problems, sep="\n", end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
