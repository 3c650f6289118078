#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: podspace_organization
short_description: Manage organization spaces at POD Space
version_added: 1.0.0
description:
  - Makes, renames, describes and deletes organization spaces.
  - Removing a space deletes everything in it, and nothing brings that back. There is no O(ignore:purge) for spaces.
  - The vendor allows two spaces of one name; then the task fails and lists their hashes, and O(hash) says which one is meant.
  - A space can only be made while the storage plan of the account has room.
extends_documentation_fragment:
  - kariz.panels.podspace
  - kariz.panels.connection
  - kariz.panels.state
options:
  name: &name
    description:
      - Name of the space. Names compare with Persian and Arabic letters taken as the same.
      - With O(hash), the name the space shall have.
    type: str
  hash: &hash
    description:
      - The vendor's hash of the space, to rename it or to tell it from another of the same name.
    type: str
  rename_from: &rename_from
    description:
      - The name that the space may still have, to rename it without knowing its hash. Once it is renamed, nothing changes any more.
      - When spaces of both names are there, the task fails. When neither is, one is made by its new name, with a warning.
      - With O(state=absent) whichever of the two is there goes.
    type: str
  description: &description
    description:
      - What the space is for; V("") clears it.
    type: str
  state:
    description:
      - Whether the space shall be there.
    type: str
    choices: [present, absent]
    default: present
  organizations:
    description:
      - Many spaces in one task. Items take the same keys.
    type: list
    elements: dict
    suboptions:
      name: *name
      hash: *hash
      rename_from: *rename_from
      description: *description
      state:
        description:
          - By default what O(state) of the task says.
        type: str
        choices: [present, absent]
seealso:
  - module: kariz.panels.podspace_organization_info
  - module: kariz.panels.podspace_organization_member
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: A space for the sales team
  kariz.panels.podspace_organization:
    name: فروش
    description: فضای گروه فروش
  register: sales

- name: Rename it
  kariz.panels.podspace_organization:
    hash: "{{ sales.organization.hash }}"
    name: فروش و بازاریابی

- name: Rename it by its name
  kariz.panels.podspace_organization:
    name: فروش و پشتیبانی
    rename_from: فروش و بازاریابی

- name: Several spaces
  kariz.panels.podspace_organization:
    organizations:
      - name: مالی
      - name: حقوقی
        description: قراردادها

- name: Delete a space with all that is in it
  kariz.panels.podspace_organization:
    name: حقوقی
    state: absent
"""

RETURN = r"""
organization:
  description: The space, when one was given by O(name) or O(hash).
  returned: success, without O(organizations)
  type: dict
  contains:
    name:
      description: Name.
      type: str
    hash:
      description: The vendor's hash; V(null) in check mode for a space that would be made.
      type: str
    description:
      description: What the space is for.
      type: str
  sample: {"name": "فروش", "hash": "Q6AKKBIT4KNWRLHP", "description": "فضای گروه فروش"}
organizations:
  description: One entry for each item of O(organizations), in their order. Keys as in RV(organization).
  returned: with O(organizations)
  type: list
  elements: dict
  contains:
    action:
      description: V(created), V(updated), V(deleted), V(unchanged) or V(failed).
      type: str
    changed:
      description: Whether the space was changed.
      type: bool
    error:
      description: Why it failed, in the shape of RV(error).
      returned: when the item failed
      type: dict
  sample: [{"name": "مالی", "hash": "5PQ3N7TDVGWXK2LA", "action": "created", "changed": true}]
summary:
  description: How many items had each action.
  returned: with O(organizations)
  type: dict
  sample: {"created": 1, "updated": 0, "deleted": 0, "unchanged": 1, "failed": 0}
diff:
  description: Managed keys before and after, secrets masked.
  returned: success
  type: dict
  sample: {"before": {}, "after": {"name": "مالی"}}
account:
  description: Whose account it was. C(url) is its address, C(name) its user, or a digest of the token where there is nothing but a token; no secret, and
    the same for all tasks of one account.
  returned: once the connection options are in order, also when the task fails
  type: dict
  sample: {"vendor": "podspace", "url": "https://api.pod.ir/srv/sc/nzh/doServiceCall", "name": "token 9f86d081884c"}
api:
  description: What the task cost.
  returned: when a request was made
  type: dict
  sample: {"requests": 2, "retries": 0, "seconds": 0.031}
error:
  description: What went wrong, for programs. C(error.code) is the vendor's own number where it gave one.
  returned: failure
  type: dict
  sample: {"vendor": "podspace", "operation": "create_organization", "http_status": 200, "code": 4, "name": "PERMISSION_DENIED", "message": "..."}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._podspace.organization import ORGANIZATION


def main():
    run_module(ORGANIZATION)


if __name__ == "__main__":
    main()
