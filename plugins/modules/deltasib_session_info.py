#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: deltasib_session_info
short_description: Read who is online at DeltaSib
version_added: 1.0.0
description:
  - Returns the online sessions, all of them unless an option says otherwise. Nobody online is an empty list; a username that does not exist is
    an error.
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
  session_id:
    description:
      - Only the session with this id.
    type: str
  nas_id:
    description:
      - Only sessions on this access server.
    type: str
  filter:
    description:
      - A condition in the vendor's own language, passed as given beside the other options, such as V(Nas_Id=1 or Nas_Id=2).
        Never put into it what comes from somewhere else.
    type: str
seealso:
  - module: kariz.panels.deltasib_session
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Who is online
  kariz.panels.deltasib_session_info:

- name: Sessions of two subscribers
  kariz.panels.deltasib_session_info:
    usernames: [zahra.karimi, ali.mohammadi]
"""

RETURN = r"""
sessions:
  description: The sessions, or what O(query) made of them.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The vendor's id of the session.
      type: int
    user_id:
      description: Id of the subscriber.
      type: int
    username:
      description: Username, when asked by it.
      type: str
    nas_id:
      description: Id of the access server.
      type: int
    nas_port_id:
      description: Port on the access server.
      type: str
  sample: [{"id": 70012, "user_id": 1001, "nas_id": 1, "nas_port_id": "ppp-12"}]
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
  sample: {"vendor": "deltasib", "operation": "list sessions", "http_status": 400, "code": -5, "name": "invalid_data", "message": "...",
    "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.infos import SESSION_INFO


def main():
    run_module(SESSION_INFO)


if __name__ == "__main__":
    main()
