#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: desired_state
short_description: Check the desired-state file of the whole business, and carry out a part of it
version_added: 1.0.0
description:
  - Reads the file (or folder of files) that says what shall be at all vendors, checks every object with the specification of its module, and returns
    the steps in the order in which they depend on each other. No vendor is asked anything.
  - With O(step) it brings one kind of objects of one account to the wanted state, by running that vendor's module.
  - The playbooks C(kariz.panels.provision), C(kariz.panels.deprovision) and C(kariz.panels.drift) are made of it; it is seldom needed on its own.
  - It always runs on the controller. The vendor's module runs where the task runs.
options:
  path:
    description:
      - The file, or a folder whose YAML and JSON files are taken together. Relative to where C(ansible-playbook) was started.
      - The files may hold templates and vault values. Their other top-level keys are variables for their templates; variables of the play win over them.
    type: path
    required: true
  state:
    description:
      - V(absent) turns the order around and takes the objects away.
    type: str
    choices: [present, absent]
    default: present
  only:
    description:
      - Vendors (V(alocom)) or accounts (V(alocom/school)) to which the steps are limited.
    type: list
    elements: str
  secrets_path:
    description:
      - A file on the controller to which secrets are added that a vendor tells only once, such as the passwords that Alocom chooses for new users, each
        the moment it is told. Only its owner may read it. One that is encrypted with ansible-vault is encrypted again.
      - Without it they are lost, with a warning. They are never in the result.
    type: path
  unmanaged:
    description:
      - With O(step), read all objects of the kind as well, and return those that the files do not name as RV(unmanaged).
    type: bool
    default: false
  exact:
    description:
      - Without O(step), one step for each kind. With O(step), lists inside the items (members of an event, numbers of a phonebook) are all that shall
        be there, unless the file says with C(members_mode) or C(numbers_mode) that others may be. For a comparison that tells what is too much.
    type: bool
    default: false
  step:
    description:
      - One of the returned RV(steps), to be carried out now.
    type: dict
    suboptions:
      vendor:
        description: Vendor.
        type: str
        required: true
      account:
        description: Name of the account in the file; the vendor's name where the file gives none.
        type: str
        required: true
      kind:
        description: Key of the list in the file.
        type: str
        required: true
      count:
        description: How many objects the file names; returned for people, not needed.
        type: int
      part:
        description:
          - V(make) for what shall be there, V(remove) for what goes (items whose C(state) says so, and C(purge)), which comes after everything else of
            the account, backwards; without it both in one task.
        type: str
        choices: [make, remove]
  run:
    description:
      - With O(step), the RV(kariz.panels.run_lock#module:run) that holds the lock of the account. It is said to be alive while the step lasts, and the step
        fails when another run has taken the lock over.
    type: str
  journal:
    description:
      - With O(step), the journal in which the modules note what they buy and send, and in which the lock of O(run) lies. The environment variable
        E(KARIZ_JOURNAL) counts when it is not given.
    type: str
attributes:
  check_mode:
    description: Can run in check mode and return what would change without writing anything.
    support: full
  diff_mode:
    description: With O(step), returns what changed, secrets masked.
    support: full
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Check the file and learn the steps
  kariz.panels.desired_state:
    path: business.yml
  register: plan

- name: Carry them out
  kariz.panels.desired_state:
    path: business.yml
    step: "{{ item }}"
  loop: "{{ plan.steps }}"
  loop_control:
    label: "{{ item.account }}: {{ item.kind }}"
"""

RETURN = r"""
accounts:
  description: The accounts that the files name.
  returned: without O(step)
  type: list
  elements: dict
  sample: [{"vendor": "alocom", "account": "school"}]
steps:
  description: What is to be done, in order.
  returned: without O(step)
  type: list
  elements: dict
  sample: [{"vendor": "alocom", "account": "school", "kind": "labels", "count": 4}]
limited:
  description: Whether the files have C(limits) for any of the accounts.
  returned: without O(step)
  type: bool
  sample: false
staying:
  description: What O(state=absent) leaves because the vendor has no call that removes it, in the shape of RV(steps).
  returned: without O(step)
  type: list
  elements: dict
  sample: []
vendor:
  description: Vendor of the step. The result of the vendor's module stands beside it.
  returned: with O(step)
  type: str
  sample: alocom
account:
  description: Account of the step.
  returned: with O(step)
  type: str
  sample: school
kind:
  description: Kind of the step.
  returned: with O(step)
  type: str
  sample: labels
unmanaged:
  description: Objects that the vendor has and the files do not name.
  returned: with O(unmanaged), where the vendor lists them
  type: list
  elements: str
  sample: [somebody.else]
told:
  description: What the step did, in one line.
  returned: with O(step)
  type: str
  sample: "alocom/school: users: 3 created, 197 unchanged"
outcome:
  description: V(done), V(failed), or V(not_attempted) after an earlier step of the same account failed as a whole. Unlike C(failed) it stays when the
    task has C(failed_when).
  returned: with O(step)
  type: str
  sample: done
unchangeable:
  description: Of objects that are there, fields that differ and that the vendor cannot change, with C(before) and C(after).
  returned: with O(step), when there are some
  type: dict
  sample: {"math-10": {"service": {"before": "14", "after": "16"}}}
uncompared:
  description: Why RV(unmanaged) could not be told.
  returned: with O(unmanaged), when it failed
  type: str
not_attempted:
  description: V(true) when an earlier step of the same account failed as a whole, so that this one was not tried.
  returned: failure
  type: bool
accounts_used:
  description: The accounts that were asked, each with C(vendor), C(url) and C(name) (its user, or a digest of its token).
  returned: with O(step)
  type: list
  elements: dict
  sample: [{"vendor": "alocom", "url": "https://pnlapi.alocom.co", "name": "school"}]
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""
