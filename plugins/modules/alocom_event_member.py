#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: alocom_event_member
short_description: Manage the people of Alocom events
version_added: 1.0.0
description:
  - Puts existing users into events, changes their roles and takes them out. Other members are left alone.
  - Adding, changing roles and removing are one call each for an event, however many people they concern.
  - A role changes by an update of the event, which by the vendor's rules carries the whole list of members. It is read again right before.
  - The vendor does not say which id its call for removing means. The members are read back after it; if others are gone than those who were meant,
    or nobody is, the list is put right by an update of the event.
extends_documentation_fragment:
  - kariz.panels.alocom
  - kariz.panels.connection
  - kariz.panels.state
  - kariz.panels.state.purge
  - kariz.panels.state.foretold
options:
  event: &event
    description:
      - Slug or id of the event. It may stand once for all O(members).
    type: str
  username: &username
    description:
      - Username of an existing user.
    type: str
  role: &role
    description:
      - What the person may do; V(teacher) manages the event.
      - If not given, a member keeps the role, and somebody new becomes a V(participant).
    type: str
    choices: [participant, assistant, teacher]
  state:
    description:
      - Whether the person shall be in the event.
      - With V(absent), an event that does not exist is a warning, not a failure.
    type: str
    choices: [present, absent]
    default: present
  members:
    description:
      - Many people in one task, of one event or of several. Items take the same keys.
      - For more than a few people this is much faster than a C(loop).
    type: list
    elements: dict
    suboptions:
      event: *event
      username:
        description:
          - Username of an existing user.
        type: str
        required: true
      role: *role
      state:
        description:
          - Whether the person shall be in the event; by default what O(state) of the task says.
        type: str
        choices: [present, absent]
  purge:
    description:
      - Remove everybody from O(event) whom O(members) does not name. Needs O(event) at the top.
    type: bool
    default: false
seealso:
  - module: kariz.panels.alocom_event
  - module: kariz.panels.alocom_event_link
  - module: kariz.panels.alocom_user
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: One more student
  kariz.panels.alocom_event_member:
    event: math-10
    username: sara.ahmadi

- name: She becomes an assistant
  kariz.panels.alocom_event_member:
    event: math-10
    username: sara.ahmadi
    role: assistant

- name: Exactly these people, the rest is removed
  kariz.panels.alocom_event_member:
    event: math-10
    members:
      - username: m.karimi
        role: teacher
      - username: sara.ahmadi
    purge: true
    purge_limit: 40

- name: Out of both classes
  kariz.panels.alocom_event_member:
    members:
      - event: math-10
        username: sara.ahmadi
      - event: physics-10
        username: sara.ahmadi
    state: absent
"""

RETURN = r"""
member:
  description: The member, when one was given by O(username).
  returned: success, without O(members)
  type: dict
  contains:
    event:
      description: Slug or id of the event, as it was given.
      type: str
    username:
      description: Username.
      type: str
    role:
      description: Role in the event.
      returned: when the person is, was or would be in the event
      type: str
    userid:
      description: The vendor's id of the user; V(null) when it is not known, as for a user who does not exist.
      type: int
    event_id:
      description: The vendor's id of the event; V(null) when it does not exist.
      type: int
  sample: {"event": "math-10", "username": "sara.ahmadi", "userid": 148, "event_id": 53, "role": "participant"}
members:
  description:
    - One entry for each item of O(members), in their order, then one for each member removed by O(purge). Keys as in RV(member).
    - A removed member whose user is not in the account's list of users is shown as C(#id).
  returned: with O(members)
  type: list
  elements: dict
  contains:
    action:
      description: V(created), V(updated), V(deleted), V(unchanged) or V(failed).
      type: str
    changed:
      description: Whether the membership was changed.
      type: bool
    error:
      description: Why it failed, in the shape of RV(error).
      returned: when the item failed
      type: dict
  sample:
    - {"event": "math-10", "username": "m.karimi", "userid": 147, "event_id": 53, "role": "teacher", "action": "updated", "changed": true}
    - {"event": "math-10", "username": "sara.ahmadi", "userid": 148, "event_id": 53, "role": "participant", "action": "unchanged", "changed": false}
summary:
  description: How many items had each action.
  returned: with O(members)
  type: dict
  sample: {"created": 0, "updated": 1, "deleted": 0, "unchanged": 1, "failed": 0}
diff:
  description: Managed keys before and after.
  returned: success
  type: dict
  sample: {"before": {"event": "math-10", "username": "sara.ahmadi", "role": "participant"},
    "after": {"event": "math-10", "username": "sara.ahmadi", "role": "assistant"},
    "before_header": "alocom_event_member math-10 / sara.ahmadi (before)", "after_header": "alocom_event_member math-10 / sara.ahmadi (after)"}
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
  sample: {"requests": 4, "retries": 0, "seconds": 0.043}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "alocom", "operation": "find user", "http_status": null, "code": "not_found", "name": null, "message": "...", "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._alocom.member import MEMBER
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(MEMBER)


if __name__ == "__main__":
    main()
