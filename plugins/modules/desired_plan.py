#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: desired_plan
short_description: Plan what the desired-state file of the whole business would change, with its price
version_added: 1.0.0
description:
  - Reads every object that the files name once, in check mode, and tells what bringing them to the wanted state would change, in the order of the writes,
    what that costs and what of it cannot be undone. Writes nothing at any vendor.
  - The plan is a document that M(kariz.panels.desired_apply) carries out, and no other. It holds a digest of what the files say (secrets in one keyed
    digest that is slow to guess), the state of every object as it was read, as a digest, and for every change its difference. It holds no secret.
  - Prices are those of DeltaSib's services (with VAT, where a purchase that was read tells it), of payments (amount times exchange rate) and of texts
    (parts times C(part_price), which stands among the options of the kind in the file). They are compared with the balances that the vendors tell.
  - The playbook C(kariz.panels.plan) is made of it. It always runs on the controller; the vendors' modules run where the task runs.
options:
  path:
    description:
      - The file or folder, as in M(kariz.panels.desired_state).
    type: path
    required: true
  only:
    description:
      - Vendors (V(alocom)) or accounts (V(alocom/school)) to which the plan is limited.
    type: list
    elements: str
  plan_path:
    description:
      - File on the controller for the plan, as JSON. Only its owner may read it.
    type: path
  report:
    description:
      - Folder for the plan as a page that somebody signs, C(plan.fa.html) and C(plan.en.html).
    type: path
  languages:
    description:
      - Languages of the pages.
    type: list
    elements: str
    choices: [fa, en]
    default: [fa, en]
  journal:
    description:
      - The journal in which it is noted what was bought and sent, as a path or C(postgresql://...), for the modules that have this option. Without it they take
        the environment variable E(KARIZ_JOURNAL).
    type: str
  pack:
    description:
      - Return the plan as RV(packed), for C(set_stats).
    type: bool
    default: false
  direct:
    description:
      - The changes are made at once, without a plan that is approved. Fails as well when the balance of an account does not cover them, and, but for check
        mode, when the file has C(limits.approval). For the playbooks C(kariz.panels.provision)
        and C(kariz.panels.deprovision).
    type: bool
    default: false
  state:
    description:
      - V(absent) plans to take away what the files name, as the playbook C(kariz.panels.deprovision) does.
    type: str
    choices: [present, absent]
    default: present
attributes:
  check_mode:
    description: Changes nothing that is managed; plan and pages are written in check mode too.
    support: full
  diff_mode:
    description: There is nothing to show.
    support: none
seealso:
  - module: kariz.panels.desired_apply
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: What would change, and what would it cost
  kariz.panels.desired_plan:
    path: business.yml
    plan_path: plan.json
    report: reports
  register: planned
"""

RETURN = r"""
plan_digest:
  description: Digest of the plan. Its first 12 characters are read out, typed and signed.
  returned: success
  type: str
  sample: 3f9a1c02b7deaa9ee9a0c1f2b4ce5a38d1b5d8e9a7c0f1e2d3c4b5a697887960
lines:
  description: The plan for a terminal.
  returned: success
  type: list
  elements: str
  sample:
    - "plan 3f9a1c02b7de of business.yml, made 2026-11-26 12:30 (Tehran): 2 changes, 4 as the file wants them"
    - "alocom/school: users: 1 created (ali), 1 updated (sara), 4 unchanged"
changes:
  description: How many objects would change.
  returned: success
  type: int
  sample: 2
accounts:
  description: For each account C(costs) by sort (V(purchase), V(payment), V(text)) with C(count) and C(amount), C(spend) (their sum), C(balance) where the
    vendor tells it, C(lacking), C(texts), C(deletions), C(limits), and C(unpriced), the number of changes whose price is not known.
  returned: success
  type: list
  elements: dict
  sample: [{"vendor": "deltasib", "account": "acme", "costs": {"purchase": {"count": 1, "amount": 120000}}, "spend": 120000, "balance": null}]
final:
  description: What cannot be undone, V(purchases), V(payments), V(texts), V(deletions) and V(passwords), object by object.
  returned: success
  type: list
  elements: dict
  sample: [{"vendor": "deltasib", "account": "acme", "kind": "services", "object": "office / 11", "what": "purchases"}]
approval:
  description: The accounts whose file says that a plan must be approved.
  returned: success
  type: list
  elements: str
  sample: [deltasib/acme]
files:
  description: What was written.
  returned: success
  type: list
  elements: str
  sample: [/home/office/plan.json]
packed:
  description: The plan, small enough to be an artifact of a workflow, with RV(plan_digest) and RV(lines) beside it.
  returned: with O(pack)
  type: dict
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""
