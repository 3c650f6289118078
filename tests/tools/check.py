# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of `make test` (`check.py all`) and of `make platform` (`check.py platform`), or the names of some of them."""

from __future__ import annotations

import argparse
import pathlib
import sys

from steps import COLLECTIONS, ROOT, TOOLS, Step, run

BIN = pathlib.Path(sys.executable).parent
PYTHON = sys.executable
PYTEST = [PYTHON, "-m", "pytest", "-q"]
PYTEST_CLOSING = r"^(?:=+ )?\d+ (?:passed|failed|skipped|error).* in [\d.]+s|^SKIPPED|^XFAIL|^XPASS"
# Expected everywhere: C.UTF-8 as the locale, no Python of the future, the list of earlier warnings at the end.
SANITY_CLOSING = r"^WARNING: (?!Using locale|Skipping sanity test|Reviewing)"
PLUGINS = "ansible_collections.kariz.panels.plugins"

# In the order in which they start: the long ones first, so that none is left alone at the end.
STEPS = [
    Step("sanity", [PYTHON, str(TOOLS / "run_ansible_test.py"), "sanity"], in_copy=True, closing=SANITY_CLOSING, watch=True),
    Step("unit", [*PYTEST, "tests/unit", "--ignore=tests/unit/simulator"], closing=PYTEST_CLOSING, watch=True),
    Step("site", [PYTHON, str(TOOLS / "docs_site.py"), "--check"], closing="^site:"),
    Step("ansible-lint", ["ansible-lint", "--profile", "production", "--strict", "--offline"], in_copy=True, closing="Passed:"),
    Step("ruff", ["ruff", "check", "."]),
    Step("yamllint", ["yamllint", "--strict", "."]),
    Step("action-groups", [PYTHON, str(TOOLS / "action_groups.py"), "--check"], closing="median"),
    Step("role-specs", [PYTHON, str(TOOLS / "role_specs.py"), "--check"], closing="roles"),
    Step("role-readmes", [PYTHON, str(TOOLS / "role_readme.py"), "--check"], closing="READMEs"),
    Step("desired-schema", [PYTHON, str(TOOLS / "desired_schema.py"), "--check"], closing="schema"),
    Step("audit-query", [PYTHON, str(TOOLS / "audit_query.py"), "--check"], closing="counted"),
    Step("awx-types", [PYTHON, str(TOOLS / "awx_types.py"), "--check"], closing="credential types"),
    Step("event-sources", [PYTHON, str(TOOLS / "event_sources.py"), "--check"], closing="event sources"),
    Step("completeness", [PYTHON, str(TOOLS / "completeness.py"), "--check"], closing="operations"),
    Step("changelog", ["antsibull-changelog", "lint"], in_copy=True),
    Step("release", [PYTHON, str(TOOLS / "release.py"), "--try"], in_copy=True, closing="files|release"),
    Step("importer", [PYTHON, str(TOOLS / "importer.py")], in_copy=True, closing="imported"),
    Step("reuse", ["reuse", "lint", "--quiet"], in_copy=True),
    Step("mypy", ["mypy", "--package", PLUGINS], in_copy=True, closing="Success"),
    Step("simulator-test", [*PYTEST, "tests/unit/simulator"], closing=PYTEST_CLOSING, watch=True),
    Step("docs-lint", ["antsibull-docs", "lint-collection-docs", "--plugin-docs", "--validate-collection-refs", "self", "."], in_copy=True),
    Step("integration", [*PYTEST, "-n", "4", "--dist", "worksteal", "-m", "not platform", "tests/integration"], slots=2, closing=PYTEST_CLOSING, watch=True),
]

# `make platform`: the collection where others run it.
PLATFORM = [
    # Scenarios of every role on the simulator of the role "simulator"; one that fails is shown with all that it said.
    Step("molecule", ["molecule", "test", "--all"], in_copy=True, own_home=True, closing="Molecule executed"),
    Step("execution-environment", [PYTHON, str(TOOLS / "execution_environment.py")], in_copy=True, closing="execution environment"),
    Step("platform-tests", [*PYTEST, "-n", "4", "--dist", "worksteal", "-m", "platform", "tests/integration"], slots=2, closing=PYTEST_CLOSING, watch=True),
]

# Only by name: what they run is part of one of the above.
PARTS = [
    # Beside the unit tests, which are one process.
    Step("smoke", [*PYTEST, "-n", "2", "-m", "smoke", "tests/integration"], closing=PYTEST_CLOSING, watch=True),
]


def main() -> int:
    sets = {"all": STEPS, "platform": PLATFORM}
    names = [step.name for step in STEPS + PLATFORM + PARTS]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("steps", nargs="+", choices=[*sets, *names], metavar="STEP", help=f"all, platform, or some of: {', '.join(names)}")
    wanted: list[str] = parser.parse_args().steps
    if not (COLLECTIONS / "ansible_collections/kariz/panels").is_dir():
        parser.error(f"run it through make, which makes {COLLECTIONS.relative_to(ROOT)} first")
    chosen = {step.name for name in wanted for step in sets.get(name, ())} | set(wanted)
    return run([step for step in STEPS + PLATFORM + PARTS if step.name in chosen], BIN)


if __name__ == "__main__":
    sys.exit(main())
