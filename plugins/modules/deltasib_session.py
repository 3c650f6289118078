#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: deltasib_session
short_description: Disconnect online DeltaSib subscribers
version_added: 1.0.0
description:
  - Ends the sessions of a subscriber, or one session. Who is not online is unchanged; who does not exist is an error.
  - What is sent names exactly the sessions that were just read, by their ids. No other session can be meant.
extends_documentation_fragment:
  - kariz.panels.deltasib
  - kariz.panels.connection
  - kariz.panels.state
options:
  username: &username
    description:
      - Username of the subscriber; one of this, O(user_id) and O(session_id). Letters of any case are the same.
      - A quote, a backslash or a control character is refused before any request.
    type: str
  user_id: &user_id
    description:
      - The vendor's id of the subscriber, instead of O(username).
    type: str
  session_id: &session_id
    description:
      - The vendor's id of one session (C(Online_RadiusUser_Id)).
    type: str
  state:
    description:
      - The subscriber shall not be online. He may connect again at any time.
    type: str
    choices: [absent]
    default: absent
  sessions:
    description:
      - Many subscribers or sessions in one task. Items take the same keys. About a hundred are looked up with one request.
    type: list
    elements: dict
    suboptions:
      username: *username
      user_id: *user_id
      session_id: *session_id
      state:
        description:
          - As O(state); by default what O(state) of the task says.
        type: str
        choices: [absent]
seealso:
  - module: kariz.panels.deltasib_session_info
  - module: kariz.panels.deltasib_user_status
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Disconnect a subscriber
  kariz.panels.deltasib_session:
    username: zahra.karimi

- name: End one session and those of another subscriber
  kariz.panels.deltasib_session:
    sessions:
      - session_id: "70012"
      - user_id: "1002"
"""

RETURN = r"""
session:
  description: Who was disconnected.
  returned: success, without O(sessions)
  type: dict
  contains:
    username:
      description: Username, when the task named him by it.
      type: str
    user_id:
      description: Id of the subscriber, when the task named him by it.
      type: int
    session_id:
      description: Id of the session, when the task named it.
      type: int
    sessions:
      description: The sessions that were online, each with C(id), C(user_id), C(nas_id) and C(nas_port_id); V(null) when there were none.
      type: list
      elements: dict
  sample: {"username": "zahra.karimi", "sessions": [{"id": 70012, "user_id": 1001, "nas_id": 1, "nas_port_id": "ppp-12"}]}
sessions:
  description: One entry for each item of O(sessions), in their order.
  returned: with O(sessions)
  type: list
  elements: dict
  contains:
    username:
      description: Username, when the task named him by it.
      type: str
    user_id:
      description: Id of the subscriber, when the task named him by it.
      type: int
    session_id:
      description: Id of the session, when the task named it.
      type: int
    sessions:
      description: The sessions that were online, each with C(id), C(user_id), C(nas_id) and C(nas_port_id); V(null) when there were none.
      type: list
      elements: dict
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
  sample: [{"username": "zahra.karimi", "sessions": [{"id": 70012, "user_id": 1001, "nas_id": 1, "nas_port_id": "ppp-12"}], "action": "created",
    "changed": true}]
summary:
  description: How many items had each action.
  returned: with O(sessions)
  type: dict
  sample: {"created": 1, "updated": 0, "deleted": 0, "unchanged": 3, "failed": 0}
diff:
  description: Managed keys before and after, secrets masked.
  returned: success
  type: dict
  sample: {"before": {"username": "zahra.karimi"}, "after": {}}
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
  sample: {"vendor": "deltasib", "operation": "disconnect", "http_status": 400, "code": -5, "name": "invalid_data", "message": "...",
    "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.session import SESSION


def main():
    run_module(SESSION)


if __name__ == "__main__":
    main()
