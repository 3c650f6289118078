#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: smspanel_user
short_description: Register users of an SMS panel
version_added: 1.0.0
description:
  - Registers a user below the account. The vendor has no call to list, change or remove users, so one that is there stays as it is.
  - A user who can log in with O(password) is there. For others only the registration tells (code 15), which then is no change; check mode cannot
    know that and says that the user would be registered.
  - All options but O(username) are only written and never compared.
extends_documentation_fragment:
  - kariz.panels.smspanel
  - kariz.panels.connection
  - kariz.panels.state
options:
  username: &username
    description:
      - Name to log in with.
    type: str
  password: &password
    description:
      - 'Password of the new user. Required to register. It also is the only way to see whether the user is there: the vendor shows a user only
        to themselves.'
    type: str
  first_name: &first_name
    description:
      - First name.
    type: str
  last_name: &last_name
    description:
      - Last name.
    type: str
  name: &name
    description:
      - Full name or name of the organisation.
    type: str
  national_code: &national_code
    description:
      - National code, in any digits.
    type: str
  birth_certificate: &birth_certificate
    description:
      - Number of the birth certificate (C(shShenasname)).
    type: str
  postal_code: &postal_code
    description:
      - Postal code.
    type: str
  phone: &phone
    description:
      - Landline.
    type: str
  mobile: &mobile
    description:
      - Mobile number, in any spelling.
    type: str
  email: &email
    description:
      - E-mail address.
    type: str
  address: &address
    description:
      - Postal address.
    type: str
  manager: &manager
    description:
      - Username of the manager (C(modir)).
    type: str
  package: &package
    description:
      - Id of the package (C(package)); registering may use one up.
    type: str
  state:
    description:
      - Only V(present); the vendor cannot remove users.
    type: str
    choices: [present]
    default: present
  users:
    description:
      - Many users in one task. Items take the same keys.
    type: list
    elements: dict
    suboptions:
      username:
        description:
          - Name to log in with.
        type: str
        required: true
      password: *password
      first_name: *first_name
      last_name: *last_name
      name: *name
      national_code: *national_code
      birth_certificate: *birth_certificate
      postal_code: *postal_code
      phone: *phone
      mobile: *mobile
      email: *email
      address: *address
      manager: *manager
      package: *package
      state:
        description:
          - Only V(present).
        type: str
        choices: [present]
seealso:
  - module: kariz.panels.smspanel_profile_info
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: A branch gets its own user
  kariz.panels.smspanel_user:
    username: branch.shiraz
    password: "{{ branch_password }}"
    first_name: سارا
    last_name: نوری
    mobile: "09121234567"
    national_code: "0012345679"
"""

RETURN = r"""
user:
  description: The user, when one was given by O(username).
  returned: success, without O(users)
  type: dict
  sample: {"username": "branch.shiraz"}
users:
  description: One entry for each item of O(users), with C(action) and C(changed).
  returned: with O(users)
  type: list
  elements: dict
  sample: [{"username": "branch.shiraz", "action": "created", "changed": true}]
summary:
  description: How many items had each action.
  returned: with O(users)
  type: dict
  sample: {"created": 1, "updated": 0, "deleted": 0, "unchanged": 3, "failed": 0}
diff:
  description: Managed keys before and after.
  returned: success
  type: dict
  sample: {"before": {}, "after": {"username": "branch.shiraz", "password": "********"}}
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
from ansible_collections.kariz.panels.plugins.module_utils._smspanel.user import USER


def main():
    run_module(USER)


if __name__ == "__main__":
    main()
