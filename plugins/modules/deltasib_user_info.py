#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: deltasib_user_info
short_description: Read subscribers of a DeltaSib reseller
version_added: 1.0.0
description:
  - Returns the subscribers, all of them unless an option says otherwise. Nobody found is an empty list.
extends_documentation_fragment:
  - kariz.panels.deltasib
  - kariz.panels.connection
  - kariz.panels.state.info
options:
  username:
    description:
      - Username of one subscriber.
    type: str
  user_id:
    description:
      - The vendor's id of one subscriber.
    type: str
  usernames:
    description:
      - Usernames of several subscribers, about a hundred with one request.
    type: list
    elements: str
  name:
    description:
      - Only subscribers whose first name holds this text.
    type: str
  family:
    description:
      - Only subscribers whose last name holds this text.
    type: str
  filter:
    description:
      - A condition in the vendor's own language, passed as given beside the other options, such as V(Family='کریمی' and User_Id>1000).
        Never put into it what comes from somewhere else.
    type: str
  with_status:
    description:
      - Read the status of each as well. It takes one request a subscriber, several at once.
    type: bool
    default: false
seealso:
  - module: kariz.panels.deltasib_user
  - module: kariz.panels.deltasib_user_status
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Everybody
  kariz.panels.deltasib_user_info:
  register: result

- name: One family, with status
  kariz.panels.deltasib_user_info:
    family: کریمی
    with_status: true

- name: Usernames of those who are not active
  kariz.panels.deltasib_user_info:
    with_status: true
    query: "[?status != 'فعال'].username"
"""

RETURN = r"""
users:
  description: The subscribers, or what O(query) made of them.
  returned: success
  type: list
  elements: dict
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
    family:
      description: Last name.
      type: str
    address:
      description: Address.
      type: str
    status:
      description: Name of the status, with O(with_status).
      type: str
    status_id:
      description: Id of the status, with O(with_status).
      type: int
  sample: [{"id": 1001, "username": "zahra.karimi", "name": "زهرا", "family": "کریمی", "address": ""}]
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
  sample: {"vendor": "deltasib", "operation": "list users", "http_status": 400, "code": -5, "name": "invalid_data", "message": "...",
    "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.infos import USER_INFO


def main():
    run_module(USER_INFO)


if __name__ == "__main__":
    main()
