#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: smspanel_phonebook_info
short_description: Read phonebooks of an SMS panel
version_added: 1.0.0
description:
  - Reads all phonebooks, or one by its name, with their numbers on request.
extends_documentation_fragment:
  - kariz.panels.smspanel
  - kariz.panels.connection
  - kariz.panels.state.info
options:
  name:
    description:
      - Only the phonebook with this name.
    type: str
  with_numbers:
    description:
      - Read the numbers too, with one request for each phonebook.
    type: bool
    default: false
seealso:
  - module: kariz.panels.smspanel_phonebook
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: All phonebooks with their numbers
  kariz.panels.smspanel_phonebook_info:
    with_numbers: true
"""

RETURN = r"""
phonebooks:
  description: The phonebooks, or the result of O(query).
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The vendor's id.
      type: int
    name:
      description: Name.
      type: str
    count:
      description: How many numbers it has.
      type: int
    numbers:
      description: Its numbers.
      returned: with O(with_numbers)
      type: list
      elements: str
  sample: [{"id": 8012, "name": "دبیران", "count": 2, "numbers": ["09121234567", "09351234567"]}]
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
from ansible_collections.kariz.panels.plugins.module_utils._smspanel.info import PHONEBOOK_INFO


def main():
    run_module(PHONEBOOK_INFO)


if __name__ == "__main__":
    main()
