#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: podspace_organization_member
short_description: Manage the people of a POD Space organization
version_added: 1.0.0
description:
  - Adds people to an organization space, changes their role and removes them.
  - A person is found by username, mobile number or e-mail in any spelling, as far as the vendor tells them in its list. Where it tells
    usernames only, somebody named by another can be added, but removing asks for the username.
  - Owners are never removed.
extends_documentation_fragment:
  - kariz.panels.podspace
  - kariz.panels.connection
  - kariz.panels.state
  - kariz.panels.state.purge
  - kariz.panels.state.foretold
options:
  organization: &organization
    description:
      - Name or hash of the space.
    type: str
  person: &person
    description:
      - Username, mobile number or e-mail of somebody who has an account at POD. Case and the kind of digits do not matter.
    type: str
  role: &role
    description:
      - V(guest) may see, copy and download; V(maintainer) may also move, rename and delete; V(owner) may do everything.
      - The vendor is not known to make anybody owner whom the space was not made by; it decides whether it accepts V(owner).
      - Somebody who is added without a role becomes V(guest).
    type: str
    choices: [guest, maintainer, owner]
  state:
    description:
      - Whether the person shall have access.
    type: str
    choices: [present, absent]
    default: present
  members:
    description:
      - Many people in one task. Items take the same keys.
    type: list
    elements: dict
    suboptions:
      organization: *organization
      person:
        description:
          - Username, mobile number or e-mail of somebody who has an account at POD. Case and the kind of digits do not matter.
        type: str
        required: true
      role: *role
      state:
        description:
          - By default what O(state) of the task says.
        type: str
        choices: [present, absent]
  purge:
    description:
      - Remove everybody from the space whom O(members) does not name. Owners stay. Needs O(organization) at the top.
    type: bool
    default: false
seealso:
  - module: kariz.panels.podspace_organization
  - module: kariz.panels.podspace_organization_info
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Somebody who may look
  kariz.panels.podspace_organization_member:
    organization: مالی
    person: z.karimi

- name: Exactly these people, beside the owner
  kariz.panels.podspace_organization_member:
    organization: مالی
    members:
      - person: z.karimi
        role: maintainer
      - person: "۰۹۱۲۱۲۳۴۵۰۲"
      - person: h.rezaei@example.ir
    purge: true

- name: Somebody leaves
  kariz.panels.podspace_organization_member:
    organization: مالی
    person: z.karimi
    state: absent
"""

RETURN = r"""
member:
  description: The person, when one was given by O(person).
  returned: success, without O(members)
  type: dict
  contains:
    organization:
      description: The space, as it was named.
      type: str
    person:
      description: The person, as the vendor tells it, or as given for one who was just added.
      type: str
    username:
      description: The vendor's username; V(null) for somebody who was just added.
      type: str
    organization_hash:
      description: The vendor's hash of the space.
      type: str
    role:
      description: The role.
      type: str
  sample: {"organization": "فروش", "person": "z.karimi", "username": "z.karimi", "organization_hash": "Q6AKKBIT4KNWRLHP", "role": "guest"}
members:
  description: One entry for each item of O(members), in their order, then one for each removed by O(purge). Keys as in RV(member).
  returned: with O(members)
  type: list
  elements: dict
  contains:
    action:
      description: V(created), V(updated), V(deleted), V(unchanged) or V(failed).
      type: str
    changed:
      description: Whether the person was changed.
      type: bool
    error:
      description: Why it failed, in the shape of RV(error).
      returned: when the item failed
      type: dict
  sample: [{"organization": "فروش", "person": "z.karimi", "role": "maintainer", "action": "updated", "changed": true}]
summary:
  description: How many items had each action.
  returned: with O(members)
  type: dict
  sample: {"created": 1, "updated": 1, "deleted": 0, "unchanged": 4, "failed": 0}
diff:
  description: Managed keys before and after, secrets masked.
  returned: success
  type: dict
  sample: {"before": {"person": "z.karimi", "role": "guest"}, "after": {"person": "z.karimi", "role": "maintainer"}}
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
  sample: {"vendor": "podspace", "operation": "add_user_to_organization", "http_status": 200, "code": 4, "name": "PERMISSION_DENIED", "message": "..."}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._podspace.member import MEMBER


def main():
    run_module(MEMBER)


if __name__ == "__main__":
    main()
