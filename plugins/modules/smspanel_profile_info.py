#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: smspanel_profile_info
short_description: Read the profile of an SMS panel account
version_added: 1.0.0
description:
  - Reads the profile of the account that the connection options name. The vendor shows no other user.
extends_documentation_fragment:
  - kariz.panels.smspanel
  - kariz.panels.connection
  - kariz.panels.state.info
seealso:
  - module: kariz.panels.smspanel_user
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Whose account is it
  kariz.panels.smspanel_profile_info:
  register: account
"""

RETURN = r"""
profile:
  description: The profile, or the result of O(query).
  returned: success
  type: dict
  contains:
    full_name:
      description: Name.
      type: str
    company:
      description: Organisation.
      type: str
    date:
      description: A date of the account, as the vendor sends it.
      type: str
    fax:
      description: Fax number.
      type: str
    national_code:
      description: National code.
      type: str
    birth_certificate:
      description: Number of the birth certificate.
      type: str
    address:
      description: Postal address.
      type: str
    postal_code:
      description: Postal code.
      type: str
  sample: {"full_name": "کاریز نمونه", "company": "کاریز", "date": "1404/01/15", "fax": "", "national_code": "0012345679", "birth_certificate": "12",
           "address": "تهران", "postal_code": "1234567890"}
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
from ansible_collections.kariz.panels.plugins.module_utils._smspanel.info import PROFILE_INFO


def main():
    run_module(PROFILE_INFO)


if __name__ == "__main__":
    main()
