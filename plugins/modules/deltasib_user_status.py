#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: deltasib_user_status
short_description: Set the status of DeltaSib subscribers
version_added: 1.0.0
description:
  - Compares the status of a subscriber and sets it when it differs. At the vendor, setting the status he has already is an error.
  - The server allows only certain changes from one status to another; what it refuses fails with its own words.
extends_documentation_fragment:
  - kariz.panels.deltasib
  - kariz.panels.connection
  - kariz.panels.state
  - kariz.panels.state.foretold
options:
  username: &username
    description:
      - Username of the subscriber; this or O(user_id). Letters of any case are the same.
      - A quote, a backslash or a control character is refused before any request.
    type: str
  user_id: &user_id
    description:
      - The vendor's id of the subscriber, instead of O(username).
    type: str
  status: &status
    description:
      - The status he shall have, by name or, when it is a number, by id. Without it the status is only read.
      - Which statuses there are is a matter of the server; the service has no list of them.
    type: str
  state:
    description:
      - The subscriber shall have O(status).
    type: str
    choices: [present]
    default: present
  users:
    description:
      - Many subscribers in one task. Items take the same keys. Each takes one read, several at once.
    type: list
    elements: dict
    suboptions:
      username: *username
      user_id: *user_id
      status: *status
      state:
        description:
          - As O(state); by default what O(state) of the task says.
        type: str
        choices: [present]
seealso:
  - module: kariz.panels.deltasib_user
  - module: kariz.panels.deltasib_user_info
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Suspend
  kariz.panels.deltasib_user_status:
    username: zahra.karimi
    status: تعلیق

- name: Several at once, by id
  kariz.panels.deltasib_user_status:
    users:
      - user_id: "1001"
        status: "1"
      - user_id: "1002"
        status: "2"
"""

RETURN = r"""
user:
  description: The subscriber and his status.
  returned: success, without O(users)
  type: dict
  contains:
    username:
      description: Username, when the task named him by it.
      type: str
    user_id:
      description: Id, when the task named him by it.
      type: int
    status:
      description: Name of the status, or its id when the task named it by id.
      type: str
    status_id:
      description: Id of the status; V(null) when it was just set by its name.
      type: int
    status_name:
      description: Name of the status; V(null) when it was just set by its id.
      type: str
  sample: {"username": "zahra.karimi", "status_id": null, "status_name": "تعلیق", "status": "تعلیق"}
users:
  description: One entry for each item of O(users), in their order.
  returned: with O(users)
  type: list
  elements: dict
  contains:
    username:
      description: Username, when the task named him by it.
      type: str
    user_id:
      description: Id, when the task named him by it.
      type: int
    status:
      description: Name of the status, or its id when the task named it by id.
      type: str
    status_id:
      description: Id of the status; V(null) when it was just set by its name.
      type: int
    status_name:
      description: Name of the status; V(null) when it was just set by its id.
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
  sample: [{"username": "zahra.karimi", "status_id": null, "status_name": "تعلیق", "status": "تعلیق", "action": "created", "changed": true}]
summary:
  description: How many items had each action.
  returned: with O(users)
  type: dict
  sample: {"created": 1, "updated": 0, "deleted": 0, "unchanged": 3, "failed": 0}
diff:
  description: Managed keys before and after, secrets masked.
  returned: success
  type: dict
  sample: {"before": {"username": "zahra.karimi", "status": "فعال"}, "after": {"username": "zahra.karimi", "status": "تعلیق"}}
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
  sample: {"vendor": "deltasib", "operation": "set status", "http_status": 400, "code": -5, "name": "invalid_data", "message": "...",
    "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.status import USER_STATUS


def main():
    run_module(USER_STATUS)


if __name__ == "__main__":
    main()
