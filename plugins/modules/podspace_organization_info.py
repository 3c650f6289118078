#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: podspace_organization_info
short_description: Read organization spaces of POD Space
version_added: 1.0.0
description:
  - Returns the spaces that the account is a member of, with their people on request.
extends_documentation_fragment:
  - kariz.panels.podspace
  - kariz.panels.connection
  - kariz.panels.state.info
options:
  name:
    description:
      - Only spaces of this name, with Persian and Arabic letters taken as the same.
    type: str
  hash:
    description:
      - Only the space with this hash.
    type: str
  with_members:
    description:
      - Read the people of each space as well, one request for each space.
    type: bool
    default: false
seealso:
  - module: kariz.panels.podspace_organization
  - module: kariz.panels.podspace_organization_member
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: All spaces with their people
  kariz.panels.podspace_organization_info:
    with_members: true
  register: result

- name: Names of the spaces that the account owns
  kariz.panels.podspace_organization_info:
    query: "[?role=='owner'].name"
"""

RETURN = r"""
organizations:
  description: The spaces, or what O(query) makes of them.
  returned: success
  type: list
  elements: dict
  contains:
    hash:
      description: The vendor's hash.
      type: str
    name:
      description: Name.
      type: str
    description:
      description: What the space is for.
      type: str
    role:
      description: The role of the account in it.
      type: str
    members:
      description: People with C(username), C(role), and C(full_name), C(mobile) and C(email) as far as the vendor tells them.
      returned: with O(with_members)
      type: list
      elements: dict
  sample: [{"hash": "Q6AKKBIT4KNWRLHP", "name": "فروش", "description": "فضای گروه فروش", "role": "owner"}]
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
  sample: {"requests": 1, "retries": 0, "seconds": 0.021}
error:
  description: What went wrong, for programs. C(error.code) is the vendor's own number where it gave one.
  returned: failure
  type: dict
  sample: {"vendor": "podspace", "operation": "get_user_organizations", "http_status": 200, "code": 21, "name": "INVALID_TOKEN", "message": "..."}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._podspace.info import ORGANIZATION_INFO


def main():
    run_module(ORGANIZATION_INFO)


if __name__ == "__main__":
    main()
