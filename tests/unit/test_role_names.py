# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user has registered or set wins over the variables of a task, so a role's own never have a name that a user could choose."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

ROLES = Path(__file__).resolve().parents[2] / "roles"
#: Variables that other parts of the collection take.
GIVEN = ("kariz_", "notify_")


class Loader(yaml.SafeLoader):
    """Takes Ansible's own tags for plain text."""


Loader.add_multi_constructor("!", lambda loader, suffix, node: str(node.value))


def tasks(entries):
    for entry in entries or ():
        yield entry
        for name in ("block", "rescue", "always"):
            yield from tasks(entry.get(name))


@pytest.mark.parametrize("path", sorted(ROLES.glob("*/tasks/*.yml")), ids=lambda path: "%s/%s" % (path.parts[-3], path.name))
def test_variables_of_a_task_belong_to_its_role(path):
    role = path.parts[-3]
    found = [(task.get("name"), name) for task in tasks(yaml.load(path.read_text(encoding="utf-8"), Loader))  # noqa: S506
             for name in [*task.get("vars", {}), task.get("register", role)] if not name.startswith((role, *GIVEN))]
    assert found == []
