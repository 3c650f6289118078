#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: smspanel_phonebook
short_description: Manage phonebooks of an SMS panel and their numbers
version_added: 1.0.0
description:
  - 'Makes and removes phonebooks and keeps their numbers. Numbers are a set: order, duplicates and spelling make no difference, and only what is
    missing or too many is sent.'
  - The vendor has no call to rename a phonebook.
extends_documentation_fragment:
  - kariz.panels.smspanel
  - kariz.panels.connection
  - kariz.panels.state
  - kariz.panels.state.purge
options:
  name: &name
    description:
      - Name of the phonebook. Names compare with Persian and Arabic letters taken as the same.
    type: str
  numbers: &numbers
    description:
      - Numbers, in any spelling.
      - An empty list empties the phonebook with O(numbers_mode=replace), and otherwise changes nothing.
    type: list
    elements: str
  numbers_mode: &numbers_mode
    description:
      - V(merge) adds the numbers, V(replace) makes them the only ones, V(remove) removes them.
    type: str
    choices: [merge, replace, remove]
    default: merge
  flag: &flag
    description:
      - The vendor's C(flag), whose meaning its document does not give. Sent as it is with what is written anyway; never compared.
    type: str
  state:
    description:
      - Whether the phonebook shall be there. Removing it removes its numbers.
    type: str
    choices: [present, absent]
    default: present
  phonebooks:
    description:
      - Many phonebooks in one task. Items take the same keys.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the phonebook. Names compare with Persian and Arabic letters taken as the same.
        type: str
        required: true
      numbers: *numbers
      numbers_mode:
        description:
          - V(merge) adds the numbers, V(replace) makes them the only ones, V(remove) removes them; by default what O(numbers_mode) of the task says.
        type: str
        choices: [merge, replace, remove]
      flag: *flag
      state:
        description:
          - Whether the phonebook shall be there; by default what O(state) of the task says.
        type: str
        choices: [present, absent]
  purge:
    description:
      - Remove all phonebooks of the account that O(phonebooks) does not name.
    type: bool
    default: false
seealso:
  - module: kariz.panels.smspanel_phonebook_info
  - module: kariz.panels.smspanel_message
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: The teachers, and nobody else
  kariz.panels.smspanel_phonebook:
    api_url: "{{ panel_url }}"
    api_token: "{{ panel_token }}"
    name: دبیران
    numbers: ["09121234567", "+98 935 123 4567"]
    numbers_mode: replace

- name: Somebody left
  kariz.panels.smspanel_phonebook:
    name: دبیران
    numbers: ["09121234567"]
    numbers_mode: remove
"""

RETURN = r"""
phonebook:
  description: The phonebook, when one was given by O(name).
  returned: success, without O(phonebooks)
  type: dict
  contains:
    name:
      description: Name.
      type: str
    id:
      description: The vendor's id; V(null) in check mode for one that would be made.
      type: int
    numbers:
      description: Its numbers as the panel has them, when O(numbers) was given; not more than 1,000 of them, unless O(return_content=full).
      type: list
      elements: str
    numbers_count:
      description: How many numbers there are, when they are more than 1,000 and RV(phonebook.numbers) does not hold them.
      type: int
  sample: {"name": "دبیران", "id": 8012, "numbers": ["09121234567", "+989351234567"]}
phonebooks:
  description: One entry for each item of O(phonebooks), with C(action) and C(changed), then one for each phonebook removed by O(purge).
  returned: with O(phonebooks)
  type: list
  elements: dict
  sample: [{"name": "دبیران", "id": 8012, "action": "unchanged", "changed": false}]
summary:
  description: How many items had each action.
  returned: with O(phonebooks)
  type: dict
  sample: {"created": 1, "updated": 0, "deleted": 0, "unchanged": 3, "failed": 0}
diff:
  description: Managed keys before and after. Of a phonebook with more than 1,000 numbers it holds those that differ, and how many more there are.
  returned: success
  type: dict
  sample: {"before": {"name": "دبیران", "numbers": ["09121234567"]}, "after": {"name": "دبیران", "numbers": ["09121234567", "09351234567"]}}
account:
  description: Whose account it was. C(url) is its address, C(name) its user, or a digest of the token where there is nothing but a token; no secret, and
    the same for all tasks of one account.
  returned: once the connection options are in order, also when the task fails
  type: dict
  sample: {"vendor": "smspanel", "url": "https://sms.example.com", "name": "company"}
api:
  description: What the task cost, logins included.
  returned: when a request was made
  type: dict
  sample: {"requests": 2, "retries": 0, "seconds": 0.031}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "smspanel", "operation": "send", "http_status": 200, "code": 22, "name": "no_credit", "message": "...", "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._smspanel.phonebook import PHONEBOOK


def main():
    run_module(PHONEBOOK)


if __name__ == "__main__":
    main()
