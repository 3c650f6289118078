#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: desired_apply
short_description: Carry out exactly what a plan of the whole business says
version_added: 1.0.0
description:
  - Reads everything again and fails before the first write, with a line for each difference, when an object is not as it was when it was planned, the files
    say something else, other changes or prices would follow, the plan is too old, or a balance does not cover it.
  - Then it makes the changes of the plan and no others, in their order, and tells what came of each. A task that would make another change, because somebody
    was quicker, fails before its first write.
  - It notes in a journal what it begins and what came of it. Stopped half way, it goes on where it stopped when it is run again with the same plan, and
    repeats nothing. While it works, other runs of the collection keep off its accounts.
  - The playbook C(kariz.panels.apply) is made of it. It always runs on the controller; the vendors' modules run where the task runs.
options:
  plan_path:
    description:
      - The file of the plan.
    type: path
  plan:
    description:
      - The plan, or RV(kariz.panels.desired_plan#module:packed) of it. Exactly one of O(plan_path) and this is given.
    type: dict
  path:
    description:
      - Where the desired-state file or folder is, when it is not where it was planned from.
    type: path
  approved:
    description:
      - The first 12 characters of the digest of the plan that was approved. Needed where the file has C(limits.approval); compared wherever it is given.
    type: str
  max_age:
    description:
      - So many hours old the plan may be.
    type: float
    default: 24
  secrets_path:
    description:
      - A file on the controller to which secrets are added that a vendor tells only once, as in M(kariz.panels.desired_state).
    type: path
  journal:
    description:
      - Where it is noted how far the plan got, as a path or C(postgresql://...). Taken from the environment variable E(KARIZ_JOURNAL) when it is not given;
        otherwise it lies beside O(plan_path), with the ending C(.journal).
    type: str
  lock_wait:
    description:
      - So many seconds it waits for another run that is at work on one of the accounts.
    type: float
attributes:
  check_mode:
    description: Reads and compares, and tells what would be done.
    support: full
  diff_mode:
    description: The differences stand in the plan.
    support: none
seealso:
  - module: kariz.panels.desired_plan
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: What would change, for somebody to look at and to sign
  kariz.panels.desired_plan:
    path: business.yml
    plan_path: plan.json
  register: planned

- name: Carry out what was approved
  kariz.panels.desired_apply:
    plan_path: plan.json
    approved: "{{ planned.plan_digest[:12] }}"
    secrets_path: secrets.yml
"""

RETURN = r"""
plan_digest:
  description: Digest of the plan.
  returned: when the plan could be used
  type: str
  sample: 3f9a1c02b7deaa9ee9a0c1f2b4ce5a38d1b5d8e9a7c0f1e2d3c4b5a697887960
differences:
  description: Why the plan was refused, a line for each difference; empty when it was not.
  returned: when the plan could be used
  type: list
  elements: str
  sample: ["alocom/school: users ali: has changed since it was planned (name was Ali, is Reza)"]
outcomes:
  description: What came of each change, V(done), V(already) (an earlier run did it), V(failed), V(unknown) (nobody knows; the next run looks) or
    V(not_attempted) (the account refused an earlier step as a whole).
  returned: when the plan could be used
  type: list
  elements: dict
  sample: [{"vendor": "alocom", "account": "school", "kind": "users", "object": "ali", "action": "created", "outcome": "done", "reason": null}]
summary:
  description: How many changes there are of each outcome.
  returned: when the plan was not refused
  type: dict
  sample: {"done": 2, "already": 0, "failed": 0, "unknown": 0, "not_attempted": 0}
lines:
  description: The same for a terminal.
  returned: when the plan could be used
  type: list
  elements: str
  sample: ["plan 3f9a1c02b7de: 2 done", "alocom/school: users ali: created"]
accounts_used:
  description: The accounts that were asked, each with C(vendor), C(url) and C(name) (its user, or a digest of its token).
  returned: when something was carried out
  type: list
  elements: dict
  sample: [{"vendor": "alocom", "url": "https://pnlapi.alocom.co", "name": "school"}]
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""
