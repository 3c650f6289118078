#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: alocom_profile_info
short_description: Read the profile of an Alocom account
version_added: 1.0.0
description:
  - Returns personal data and active services of the account itself.
  - The vendor's document does not show this answer. Keys that are not listed below come as the vendor sends them, secrets left out.
extends_documentation_fragment:
  - kariz.panels.alocom
  - kariz.panels.connection
  - kariz.panels.state.info
seealso:
  - module: kariz.panels.alocom_profile
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Whose account is this
  kariz.panels.alocom_profile_info:
  register: result

- name: When do the active services end
  kariz.panels.alocom_profile_info:
    query: "services[].{title: title, ends: expired_at_iso}"
"""

RETURN = r"""
profile:
  description: The profile, or what O(query) made of it.
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
    avatar:
      description: Path of the picture.
      type: str
    enabled:
      description: Whether the account is active.
      type: bool
    services:
      description: Active services, in the shape of M(kariz.panels.alocom_service_info) with C(kind=active).
      returned: when the vendor tells them
      type: list
      elements: dict
  sample: {"id": 20, "username": "school", "name": "محسن", "surname": "طهماسب پور", "email": "school@example.ir", "cellphone": "09121234567",
           "avatar": null, "enabled": true, "services": []}
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
  sample: {"requests": 2, "retries": 0, "seconds": 0.031}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "alocom", "operation": "get profile", "http_status": 500, "code": 500, "name": "server_error", "message": "...", "retryable": true}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._alocom.profile_info import PROFILE_INFO
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(PROFILE_INFO)


if __name__ == "__main__":
    main()
