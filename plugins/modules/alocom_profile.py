#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: alocom_profile
short_description: Change the profile of an Alocom account
version_added: 1.0.0
description:
  - Changes personal data, picture and password of the account itself.
  - Only what differs from the profile is sent. The vendor's document does not show what reading the profile answers; a field that is not in the answer
    cannot be compared, so it is sent and counts as a change, with a warning.
  - A new username or password ends the login in use. Tasks that follow need the new ones.
extends_documentation_fragment:
  - kariz.panels.alocom
  - kariz.panels.connection
  - kariz.panels.state.action
options:
  name:
    description:
      - First name.
    type: str
  surname:
    description:
      - Last name.
    type: str
  username:
    description:
      - Username, with which the account logs in.
    type: str
  email:
    description:
      - E-mail address; V("") removes it.
    type: str
  cellphone:
    description:
      - Mobile number in any spelling; V("") removes it.
    type: str
  enabled:
    description:
      - Whether the account is active. Without it nobody may be able to log in to make it active again.
    type: bool
  avatar:
    description:
      - Path of a picture on the machine where the task runs, C(.jpeg), C(.jpg) or C(.png).
      - It cannot be compared, so it is sent every time and always a change.
    type: path
  password:
    description:
      - New password, 6 characters or more. It cannot be compared, so it is always a change. Needs O(current_password).
    type: str
  current_password:
    description:
      - The password so far.
    type: str
seealso:
  - module: kariz.panels.alocom_profile_info
  - module: kariz.panels.alocom_login
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Who to call
  kariz.panels.alocom_profile:
    cellphone: "09121234567"
    email: office@school.example.com

- name: A new picture
  kariz.panels.alocom_profile:
    avatar: /srv/school/logo.png
  when: "'/srv/school/logo.png' is exists"

- name: A new password, only when asked for
  kariz.panels.alocom_profile:
    current_password: "{{ alocom_password }}"
    password: "{{ alocom_new_password }}"
  when: alocom_new_password is defined
"""

RETURN = r"""
profile:
  description: The profile after the task. What the vendor does not tell and nobody gave is V(null).
  returned: success
  type: dict
  contains:
    id:
      description: The vendor's id.
      type: int
    username:
      description: Username.
      type: str
    name:
      description: First name.
      type: str
    surname:
      description: Last name.
      type: str
    email:
      description: E-mail address.
      type: str
    cellphone:
      description: Mobile number.
      type: str
    enabled:
      description: Whether the account is active.
      type: bool
  sample: {"id": 20, "username": "school", "name": "دفتر", "surname": "مدرسه", "email": "office@school.example.com", "cellphone": "09121234567",
    "enabled": true}
avatar_path:
  description: Where the vendor put the picture; V(null) in check mode.
  returned: with O(avatar)
  type: str
  sample: /storage/avatars/6267914fc0dbd300295f4eb2.png
diff:
  description: Given fields before and after; the password is masked, of a picture only the name is shown.
  returned: success
  type: dict
  sample: {"before": {"cellphone": "09120000000"}, "after": {"cellphone": "09121234567"},
    "before_header": "alocom_profile (before)", "after_header": "alocom_profile (after)"}
account:
  description: Whose account it was. C(url) is its address, C(name) its user, or a digest of the token where there is nothing but a token; no secret, and
    the same for all tasks of one account.
  returned: once the connection options are in order, also when the task fails
  type: dict
  sample: {"vendor": "alocom", "url": "https://pnlapi.alocom.co", "name": "school"}
api:
  description: What the task cost, logins included.
  returned: when a request was made
  type: dict
  sample: {"requests": 3, "retries": 0, "seconds": 0.039}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "alocom", "operation": "change password", "http_status": 422, "code": 422, "name": "invalid_data", "message": "...", "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._alocom.profile import PROFILE
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(PROFILE)


if __name__ == "__main__":
    main()
