#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: alocom_user_info
short_description: Read users of an Alocom account
version_added: 1.0.0
description:
  - Returns the users of the account, all of them unless a filter says otherwise. Nobody found is an empty list.
  - Filters by text find parts of it, in any case, with Persian and Arabic letters taken as the same. The vendor tells such letters apart, so
    for a text that has them all users are read and the filter is applied here.
extends_documentation_fragment:
  - kariz.panels.alocom
  - kariz.panels.connection
  - kariz.panels.state.info
options:
  username:
    description:
      - Username of one user, compared as a whole.
    type: str
  id:
    description:
      - The vendor's id of one user. Its details come without O(with_details).
    type: str
  username_contains:
    description:
      - Only users whose username holds this text.
    type: str
  name:
    description:
      - Only users whose first name holds this text.
    type: str
  surname:
    description:
      - Only users whose last name holds this text.
    type: str
  labels:
    description:
      - Only users with one of these labels, by title. A label that does not exist is an error.
    type: list
    elements: str
  with_details:
    description:
      - Read RV(users[].email) and RV(users[].enabled) as well. It takes one request for each user, several at once.
    type: bool
    default: false
seealso:
  - module: kariz.panels.alocom_user
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Everybody in the tenth grade
  kariz.panels.alocom_user_info:
    labels: [پایه دهم]
  register: result

- name: One user with e-mail address and status
  kariz.panels.alocom_user_info:
    username: sara.ahmadi
    with_details: true

- name: Usernames of those who may not enter
  kariz.panels.alocom_user_info:
    with_details: true
    query: "[?enabled == `false`].username"

- name: Users in the shape that alocom_user takes
  kariz.panels.alocom_user_info:
    with_details: true
    query: "[].{username: username, name: name, surname: surname, email: email, cellphone: cellphone, enabled: enabled, labels: labels}"
"""

RETURN = r"""
users:
  description: The users, or what O(query) made of them.
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
    surname:
      description: Last name.
      type: str
    cellphone:
      description: Mobile number as the vendor has it.
      type: str
    labels:
      description: Titles of the user's labels.
      type: list
      elements: str
    email:
      description: E-mail address.
      returned: with O(with_details) or O(id)
      type: str
    enabled:
      description: Whether the user may enter.
      returned: with O(with_details) or O(id)
      type: bool
    alocom_id:
      description: Id of the user in the vendor's meeting system.
      returned: with O(with_details) or O(id)
      type: str
  sample: [{"id": 159, "username": "sara.ahmadi", "name": "سارا", "surname": "احمدی", "cellphone": "09121234567", "labels": ["پایه دهم"]}]
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
  sample: {"vendor": "alocom", "operation": "list users", "http_status": 500, "code": 500, "name": "server_error", "message": "...", "retryable": true}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._alocom.user_info import USER_INFO
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(USER_INFO)


if __name__ == "__main__":
    main()
