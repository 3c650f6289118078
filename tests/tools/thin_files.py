# SPDX-License-Identifier: GPL-3.0-or-later
"""The two files beside a job that hold no thought of their own: the code of a module (below its documentation) and its action plugin.

A module names its job in one import; everything else follows. Used by action_groups.py, with --write and --check.
"""

from __future__ import annotations

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODULES = ROOT / "plugins" / "modules"
ACTIONS = ROOT / "plugins" / "action"
UTILS = "ansible_collections.kariz.panels.plugins.module_utils."
PROCESS = UTILS + "_core.task.module_process"
PLUGIN_UTILS = "ansible_collections.kariz.panels.plugins.plugin_utils."
#: What lets a job run in the controller's process, and what does more than that for some jobs.
IN_PROCESS = ("_in_process", "InProcessAction")
PROVIDERS = ("_providers", "ProviderAction")
MORE = {"_business.message": PROVIDERS, "_business.message_delivery": PROVIDERS}
#: Where the code of a module begins: after the last documentation string.
CODE = re.compile(r'\A(?P<documentation>.*\n"""\n)(?P<code>.*)\Z', re.DOTALL)
JOB = re.compile(r"^from %s(?P<file>_[\w.]+) import (?P<job>[A-Z][A-Z_]*)$" % re.escape(UTILS), re.MULTILINE)

ACTION = """# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# Written by tests/tools/action_groups.py --write

from __future__ import annotations

from {utils}{file} import {job}
from {plugin_utils}{base_file} import {base}


class ActionModule({base}):
    job = {job}
"""

MODULE = """
{imports}


def main():
    run_module({job})


if __name__ == "__main__":
    main()
"""


def job_of(text: str) -> tuple[str, str] | None:
    """File (below module_utils) and name of the job that a module runs, or None for a module that only its action plugin carries out."""
    found = CODE.match(text)
    named = JOB.search(found["code"]) if found else None
    return (named["file"], named["job"]) if named else None


def module_text(text: str) -> str:
    """The text that a module file shall have, its documentation kept."""
    found, named = CODE.match(text), job_of(text)
    if not found or not named:
        return text
    imports = sorted((f"from {UTILS}{named[0]} import {named[1]}", f"from {PROCESS} import run_module"))
    return found["documentation"] + MODULE.format(imports="\n".join(imports), job=named[1])


def action_text(text: str) -> str | None:
    """The text of the action plugin that belongs to a module file, or None when it is written by hand."""
    named = job_of(text)
    if not named:
        return None
    base_file, base = MORE.get(named[0], IN_PROCESS)
    return ACTION.format(utils=UTILS, file=named[0], job=named[1], plugin_utils=PLUGIN_UTILS, base_file=base_file, base=base)


def wanted() -> dict[pathlib.Path, str]:
    """Every generated file with the text that it shall have."""
    made: dict[pathlib.Path, str] = {}
    for path in sorted(MODULES.glob("*.py")):
        text = path.read_text("utf-8")
        made[path] = module_text(text)
        action = action_text(text)
        if action is not None:
            made[ACTIONS / path.name] = action
    return made


def stale() -> dict[pathlib.Path, str]:
    return {path: text for path, text in wanted().items() if not path.exists() or path.read_text("utf-8") != text}


def write() -> None:
    for path, text in stale().items():
        path.write_text(text, "utf-8")


def problems() -> list[str]:
    return [f"{path.relative_to(ROOT)}: not what tests/tools/action_groups.py --write writes" for path in stale()]
