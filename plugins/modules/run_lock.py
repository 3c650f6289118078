#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: run_lock
short_description: Let one run at a time work on an account
version_added: 1.0.0
description:
  - Takes the locks of accounts for a whole run, so that two runs do not interleave, wherever they are. The locks lie in the journal; without one nothing is
    locked. The playbooks C(kariz.panels.provision) and C(kariz.panels.deprovision) do so.
  - An account is known by its user (of a token by a digest) and the vendor's address, whatever a file calls it.
  - The run says that it is alive whenever a step of M(kariz.panels.desired_state) is given its O(run). A lock whose run has not been heard of for 30 seconds
    is free for others; when one has taken it, the run's next step fails instead of going on.
  - It runs on the controller.
options:
  state:
    description:
      - V(held) takes all of the locks or none. V(released) ends the run.
    type: str
    choices: [held, released]
    default: held
  path:
    description:
      - A desired-state file or folder, whose accounts are locked.
    type: path
  accounts:
    description:
      - Accounts to lock.
    type: list
    elements: dict
    suboptions:
      vendor:
        description: The vendor.
        type: str
        required: true
        choices: [alocom, deltasib, payamsms, podspace, smspanel]
      account:
        description: A name for the account; the vendor's name unless given.
        type: str
      connection:
        description: The vendor's connection options. What is not given is taken from the vendor's environment variables.
        type: dict
  vendors:
    description:
      - Vendors whose credentials are in their environment variables.
    type: list
    elements: str
  only:
    description:
      - Vendors (V(alocom)) or accounts (V(alocom/school)) to which the above are limited.
    type: list
    elements: str
  journal:
    description:
      - The journal, a path on the controller or C(postgresql://...); see the guide C(docs/journal.md).
      - Taken from the environment variable E(KARIZ_JOURNAL) when it is not given.
    type: str
  lock_wait:
    description:
      - Seconds to wait for another run to end; 0 unless given. Given without a journal it is an error.
    type: float
  about:
    description:
      - What the run is, for the message that others get.
    type: str
  run:
    description:
      - With O(state=released), the RV(run) that ends. Nothing happens without it.
    type: str
attributes:
  check_mode:
    description: Takes no lock, because nothing is written under it.
    support: full
  diff_mode:
    description: There is nothing to show.
    support: none
author:
  - kariz.panels contributors (@kariz-panels)
seealso:
  - module: kariz.panels.desired_state
  - module: kariz.panels.journal_info
"""

EXAMPLES = r"""
- name: One run at a time
  kariz.panels.run_lock:
    path: business.yml
    lock_wait: 600
    journal: /var/lib/school/journal.db
  register: lock

- name: Work
  kariz.panels.desired_state:
    path: business.yml
    step: {vendor: alocom, account: school, kind: labels}
    run: "{{ lock.run or omit }}"

- name: Let others go on
  kariz.panels.run_lock:
    state: released
    run: "{{ lock.run or omit }}"
"""

RETURN = r"""
run:
  description: Names the run that holds the locks; null when there is no journal, in check mode, and when the run has ended.
  returned: always
  type: str
  sample: "control-4711-0123456789ab"
locks:
  description: The names of the locks.
  returned: always
  type: list
  elements: str
  sample: ["alocom sara at panel.example.ir:443"]
error:
  description: What failed. Its C(code) is C(locked) when another run holds a lock; the message says where and since when.
  returned: failure
  type: dict
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""
