#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: deltasib_user
short_description: Make subscribers of a DeltaSib reseller
version_added: 1.0.0
description:
  - Makes subscribers of an internet provider. The service can neither edit nor remove them, so O(state) knows only V(present).
  - A first or last name that differs from what is wanted is a warning that says what to change in the panel; nothing is written.
extends_documentation_fragment:
  - kariz.panels.deltasib
  - kariz.panels.connection
  - kariz.panels.state
options:
  username:
    description:
      - Username of the subscriber, 1 to 32 characters. Letters of any case are the same.
      - A quote, a backslash or a control character is refused before any request.
    type: str
  password: &password
    description:
      - Password of the subscriber, up to 32 characters. Needed to make one. The vendor never tells it.
    type: str
  name: &name
    description:
      - First name, up to 32 characters. Written only when the subscriber is made; a difference later is a warning.
    type: str
  family: &family
    description:
      - Last name, up to 32 characters. Written only when the subscriber is made; a difference later is a warning.
    type: str
  update_password:
    description:
      - V(on_create) sends O(password) only when the subscriber is made.
      - V(always) sends it each time, which is always a change. It uses a call that is not in the vendor's document
        (C(PUT user), C(Action=edit)) but that a public client was seen to use; a server may not know it.
    type: str
    choices: [on_create, always]
    default: on_create
  state:
    description:
      - The subscriber shall be there.
    type: str
    choices: [present]
    default: present
  users:
    description:
      - Many subscribers in one task. Items take the same keys. About a hundred are looked up with one request.
    type: list
    elements: dict
    suboptions:
      username:
        description:
          - Username of the subscriber, 1 to 32 characters. Letters of any case are the same.
          - A quote, a backslash or a control character is refused before any request.
        type: str
        required: true
      password: *password
      name: *name
      family: *family
      update_password:
        description:
          - V(on_create) sends O(password) only when the subscriber is made.
          - V(always) sends it each time, which is always a change. It uses a call that is not in the vendor's document
            (C(PUT user), C(Action=edit)) but that a public client was seen to use; a server may not know it.
        type: str
        choices: [on_create, always]
      state:
        description:
          - As O(state); by default what O(state) of the task says.
        type: str
        choices: [present]
seealso:
  - module: kariz.panels.deltasib_user_info
  - module: kariz.panels.deltasib_user_status
  - module: kariz.panels.deltasib_user_service
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: One subscriber
  kariz.panels.deltasib_user:
    username: zahra.karimi
    password: "{{ lookup('ansible.builtin.password', '/dev/null length=12') }}"
    name: زهرا
    family: کریمی

- name: Many
  kariz.panels.deltasib_user:
    users:
      - username: ali.mohammadi
        password: "{{ vault_passwords['ali.mohammadi'] }}"
      - username: "02188001234"
        password: "{{ vault_passwords['02188001234'] }}"
        name: دفتر

- name: A new password (not in the vendor's document)
  kariz.panels.deltasib_user:
    username: zahra.karimi
    password: "{{ new_password }}"
    update_password: always
"""

RETURN = r"""
user:
  description: The subscriber.
  returned: success, without O(users)
  type: dict
  contains:
    username:
      description: Username.
      type: str
    id:
      description: The vendor's id; V(null) in check mode for a subscriber who would be made.
      type: int
    name:
      description: First name.
      type: str
    family:
      description: Last name.
      type: str
    address:
      description: Address as the panel has it.
      type: str
  sample: {"username": "zahra.karimi", "id": 1001, "address": "", "name": "زهرا", "family": "کریمی"}
users:
  description: One entry for each item of O(users), in their order.
  returned: with O(users)
  type: list
  elements: dict
  contains:
    username:
      description: Username.
      type: str
    id:
      description: The vendor's id; V(null) in check mode for a subscriber who would be made.
      type: int
    name:
      description: First name.
      type: str
    family:
      description: Last name.
      type: str
    address:
      description: Address as the panel has it.
      type: str
    action:
      description: V(created), V(updated), V(deleted), V(unchanged) or V(failed).
      type: str
    changed:
      description: Whether something was changed.
      type: bool
    error:
      description: Why it failed, in the shape of RV(error).
      returned: when the item failed
      type: dict
  sample: [{"username": "zahra.karimi", "id": 1001, "address": "", "name": "زهرا", "family": "کریمی", "action": "created", "changed": true}]
summary:
  description: How many items had each action.
  returned: with O(users)
  type: dict
  sample: {"created": 1, "updated": 0, "deleted": 0, "unchanged": 3, "failed": 0}
diff:
  description: Managed keys before and after, secrets masked.
  returned: success
  type: dict
  sample: {"before": {}, "after": {"username": "zahra.karimi", "password": "********", "name": "زهرا"}}
account:
  description: Whose account it was. C(url) is its address, C(name) its user, or a digest of the token where there is nothing but a token; no secret, and
    the same for all tasks of one account.
  returned: once the connection options are in order, also when the task fails
  type: dict
  sample: {"vendor": "deltasib", "url": "https://panel.example.com:1043", "name": "reseller"}
api:
  description: What the task cost, logins included.
  returned: when a request was made
  type: dict
  sample: {"requests": 3, "retries": 0, "seconds": 0.085}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "deltasib", "operation": "add user", "http_status": 400, "code": -5, "name": "invalid_data", "message": "...", "retryable":
    false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.user import USER


def main():
    run_module(USER)


if __name__ == "__main__":
    main()
