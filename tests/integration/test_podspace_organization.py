# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Organization spaces and their people, through both doors."""

from __future__ import annotations

import pytest

ORGANIZATION = "kariz.panels.podspace_organization"
MEMBER = "kariz.panels.podspace_organization_member"

#: Every alternative that the vendor page tolerates, packed into few lives.
ALTERNATIVES = [
    {},
    {"inner": "object", "list_style": "list", "organization_id": "organization", "create_answer": "hash", "person_style": "user", "role_field": "role"},
    {"inner_envelope": False, "list_style": "nested", "create_answer": "nested", "person_style": "flat", "role_case": "lower", "count": "absent"},
    {"list_style": "named", "create_answer": "empty", "persons_case": "lower", "count": "outer", "error_level": "outer"},
    {"inner": "object", "inner_envelope": False, "create_answer": "object", "error_level": "status", "error_code_type": "text"},
]


def task(name, module, **options):
    more = options.pop("keywords", {})
    return {"name": name, module: options, "ignore_errors": True, **more}


@pytest.mark.smoke
@pytest.mark.parametrize("settings", ALTERNATIVES, ids=lambda settings: ",".join(settings) or "documented")
def test_life(podspace, pod, door, cycle, settings):
    if settings and door == "module":
        pytest.skip("")
    podspace.reset(**settings)
    life = cycle(ORGANIZATION)
    life.add("create", name="پژوهش", description="آزمایشگاه")
    life.add("same", name=" پژوهش ", description="آزما\u064aشگاه")
    life.add("describe", name="پژوهش", description="")
    life.add("list", organizations=[{"name": "حقوقی"}, {"name": "پژوهش", "description": "x"}, {"name": "مالی", "state": "absent"}])
    life.add("delete", name="حقوقی", state="absent")
    played = pod(life.tasks, door).ok()
    life.verify(played, unchanged=["same"])
