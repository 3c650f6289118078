#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: alocom_user
short_description: Manage users of an Alocom account
version_added: 1.0.0
description:
  - Makes, changes and removes the people (students, teachers, guests) of an Alocom account, one or thousands in one task.
  - The vendor chooses the password of a new user and tells it once. It is returned once, as a reference that is resolved where it is used
    (P(kariz.panels.told#lookup)), so no output shows it. Give O(secrets_path) to have it written down, or O(password) to set one of your own; then nothing
    is returned.
  - A user who is in a running event cannot be removed; the vendor refuses it and the task fails with its message.
extends_documentation_fragment:
  - kariz.panels.alocom
  - kariz.panels.connection
  - kariz.panels.state
  - kariz.panels.state.purge
  - kariz.panels.state.foretold
options:
  username: &username
    description:
      - Username; finds the user. With O(id), the username the user shall have.
      - On an account without any capital in its usernames the server may lower them, so there V(Sara.X) also finds V(sara.x); not if both names are
        given and both are others.
    type: str
  id: &id
    description:
      - The vendor's id of the user, to change the username.
    type: str
  name: &name
    description:
      - First name. Needed to make a user.
    type: str
  surname: &surname
    description:
      - Last name. Needed to make a user.
    type: str
  email: &email
    description:
      - E-mail address; V("") clears it. Comparing it costs one request a user.
    type: str
  cellphone: &cellphone
    description:
      - Mobile number in any spelling (C(09...), C(+98...), Persian digits); V("") clears it.
    type: str
  enabled: &enabled
    description:
      - Whether the user may enter. A new user is enabled unless this says otherwise. Comparing it costs one request a user.
    type: bool
  labels: &labels
    description:
      - Titles of all labels of the user; the order means nothing; V([]) removes all. The labels must exist.
    type: list
    elements: str
  password: &password
    description:
      - Password, 6 characters or more. It cannot be read back; see O(update_password).
    type: str
  update_password: &update_password
    description:
      - V(on_create) sets O(password) only for new users, V(always) each time, which always counts as a change.
    type: str
    choices: [on_create, always]
    default: on_create
  state:
    description:
      - Whether the user shall be there.
    type: str
    choices: [present, absent]
    default: present
  users:
    description:
      - Many users in one task. Items take the same keys.
    type: list
    elements: dict
    suboptions:
      username: *username
      id: *id
      name: *name
      surname: *surname
      email: *email
      cellphone: *cellphone
      enabled: *enabled
      labels: *labels
      password: *password
      update_password:
        description:
          - By default what O(update_password) of the task says.
        type: str
        choices: [on_create, always]
      state:
        description:
          - Whether the user shall be there; by default what O(state) of the task says.
        type: str
        choices: [present, absent]
  purge:
    description:
      - Remove users that O(users) does not name, among those who carry O(purge_labels).
    type: bool
    default: false
  purge_labels:
    description:
      - Titles of labels. Only users carrying them are ever removed by O(purge), which needs this option.
    type: list
    elements: str
  purge_match:
    description:
      - Whether a user must carry all of O(purge_labels), or any of them, to be removed.
    type: str
    choices: [all, any]
    default: all
  secrets_path:
    description:
      - A YAML file (mode 0600) where the task runs, to which each password is added the moment the vendor tells it, before anything else is written,
        so that nothing is lost when something later fails. That it can be written is proved before the first request.
      - It maps accounts (V(alocom/<api_username>), or V(alocom/alocom) where only a token is given) to V(users), usernames and V(password).
      - One that is encrypted with ansible-vault is encrypted again; that works in the controller's own process only (a C(local) connection,
        no C(become), no C(async)).
    type: path
seealso:
  - module: kariz.panels.alocom_user_info
  - module: kariz.panels.alocom_user_import
  - module: kariz.panels.alocom_label
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: A student
  kariz.panels.alocom_user:
    username: sara.ahmadi
    name: سارا
    surname: احمدی
    cellphone: "09121234567"
    labels: [پایه دهم]

- name: All students of a term in one task
  kariz.panels.alocom_user:
    users: "{{ students }}"
    purge: true
    purge_labels: [پایه دهم]
  register: result

- name: Somebody who has left
  kariz.panels.alocom_user:
    username: ali.rezaei
    state: absent
"""

RETURN = r"""
user:
  description: The user, when one was given by O(username) or O(id).
  returned: success, without O(users)
  type: dict
  contains:
    id:
      description:
        - The vendor's id; V(null) in check mode for a user who would be made, and within a C(loop) for one who was just made.
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
    email:
      description: E-mail address.
      returned: when it was read or set
      type: str
    enabled:
      description: Whether the user may enter.
      returned: when it was read or set
      type: bool
    labels:
      description: Titles of the user's labels.
      type: list
      elements: str
    password:
      description: The password that the vendor chose, as a reference that is resolved where it is used. Not returned with C(async).
      returned: once, for a user made without O(password)
      type: str
  sample: {"id": 159, "username": "sara.ahmadi", "name": "سارا", "surname": "احمدی", "cellphone": "09121234567", "labels": ["پایه دهم"]}
users:
  description: One entry for each item of O(users), in their order, then one for each user removed by O(purge). Keys as in RV(user).
  returned: with O(users)
  type: list
  elements: dict
  contains:
    action:
      description: V(created), V(updated), V(deleted), V(unchanged) or V(failed).
      type: str
    changed:
      description: Whether the user was changed.
      type: bool
    error:
      description: Why it failed, in the shape of RV(error).
      returned: when the item failed
      type: dict
  sample: [{"id": 159, "username": "sara.ahmadi", "action": "unchanged", "changed": false}]
summary:
  description: How many items had each action.
  returned: with O(users)
  type: dict
  sample: {"created": 1, "updated": 0, "deleted": 0, "unchanged": 199, "failed": 0}
diff:
  description: Managed keys before and after, secrets masked.
  returned: success
  type: dict
  sample: {"before": {"username": "sara.ahmadi", "name": "سار"}, "after": {"username": "sara.ahmadi", "name": "سارا"}}
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
  sample: {"requests": 3, "retries": 0, "seconds": 0.052}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "alocom", "operation": "create user", "http_status": 422, "code": 422, "name": "invalid_data", "message": "...", "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._alocom.user import USER
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(USER)


if __name__ == "__main__":
    main()
