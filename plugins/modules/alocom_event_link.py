#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: alocom_event_link
short_description: Get the links by which people enter an Alocom event
version_added: 1.0.0
description:
  - Enrols people in an event and returns for each the link that lets them in without a password.
  - Every run makes new tokens at the vendor. That alone is not a change; the task is C(changed) only when somebody comes into the event or gets another role.
  - A username that does not exist yet is registered by the vendor as a new user, which is a change too and needs O(name) and O(surname).
  - Links and tokens are secrets. They are returned as references that are resolved where they are used (P(kariz.panels.told#lookup)), so no output shows
    them.
extends_documentation_fragment:
  - kariz.panels.alocom
  - kariz.panels.connection
  - kariz.panels.state.action
  - kariz.panels.state.foretold
options:
  event: &event
    description:
      - Slug or id of the event. It may stand once for all O(people).
    type: str
  username: &username
    description:
      - Username of the person.
    type: str
  name: &name
    description:
      - First name of somebody new. An existing user keeps the one on record; M(kariz.panels.alocom_user) changes it.
    type: str
  surname: &surname
    description:
      - Last name of somebody new. An existing user keeps the one on record.
    type: str
  role: &role
    description:
      - What the person may do; V(teacher) manages the event.
      - If not given, a member keeps the role, and somebody new in the event becomes a V(participant).
    type: str
    choices: [participant, assistant, teacher]
  people:
    description:
      - Many people in one task, such as a whole class. Items take the same keys. Every person is tried, then the task fails if any of them failed.
    type: list
    elements: dict
    suboptions:
      event: *event
      username:
        description:
          - Username of the person.
        type: str
        required: true
      name: *name
      surname: *surname
      role: *role
  secrets_path:
    description:
      - A YAML file (mode 0600) where the task runs, to which each link is added the moment the vendor tells it, before anything else is written,
        so that nothing is lost when something later fails. That it can be written is proved before the first request.
      - It maps accounts (V(alocom/<api_username>), or V(alocom/alocom) where only a token is given) to V(links), V(<event> / <username>),
        V(entry_link) and V(entry_token).
      - One that is encrypted with ansible-vault is encrypted again; that works in the controller's own process only (a C(local) connection,
        no C(become), no C(async)).
    type: path
notes:
  - With C(async) the links are left out, because the result would be kept in a file.
seealso:
  - module: kariz.panels.alocom_event_member
  - module: kariz.panels.alocom_event
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: The entry link of a guest speaker, registered on the way
  kariz.panels.alocom_event_link:
    event: math-10
    username: sina.moradi
    name: سینا
    surname: مرادی
    role: assistant
  register: speaker

- name: Hand it on
  ansible.builtin.copy:
    content: "{{ speaker.link.entry_link }}"
    dest: /tmp/speaker-link
    mode: "0600"
  no_log: true

- name: Links of a whole class
  kariz.panels.alocom_event_link:
    event: math-10
    people:
      - username: sara.ahmadi
      - username: ali.rezaei
      - username: m.karimi
        role: teacher
  register: math_links
"""

RETURN = r"""
link:
  description: The person and the way in, when one was given by O(username).
  returned: success, without O(people)
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
      type: str
    entry_link:
      description: Address that lets the person in. V(null) in check mode. A secret.
      type: str
    entry_token:
      description: The token inside the address. V(null) in check mode. A secret.
      type: str
    user_id:
      description: The vendor's 24-digit id of the person, another one than C(id) of M(kariz.panels.alocom_user). V(null) in check mode.
      type: str
  sample: {"event": "math-10", "username": "sara.ahmadi", "role": "participant", "entry_link": "https://class.example.com/class/school/math-10?token=...",
    "entry_token": "...", "user_id": "6267914fc0dbd300295f4eb2"}
links:
  description: One entry for each item of O(people), in their order. Keys as in RV(link).
  returned: with O(people)
  type: list
  elements: dict
  contains:
    action:
      description: V(created) (came into the event), V(updated) (got another role), V(unchanged) or V(failed).
      type: str
    changed:
      description: Whether membership or role changed.
      type: bool
    error:
      description: Why it failed, in the shape of RV(error).
      returned: when the item failed
      type: dict
  sample: [{"event": "math-10", "username": "sara.ahmadi", "role": "participant", "entry_link": "https://class.example.com/class/school/math-10?token=...",
    "entry_token": "...", "user_id": "6267914fc0dbd300295f4eb2", "action": "created", "changed": true}]
summary:
  description: How many people had each action.
  returned: with O(people)
  type: dict
  sample: {"created": 1, "updated": 0, "deleted": 0, "unchanged": 29, "failed": 0}
diff:
  description: Membership and role before and after; no links.
  returned: success
  type: dict
  sample: {"before": {}, "after": {"event": "math-10", "username": "sara.ahmadi", "role": "participant"},
    "before_header": "alocom_event_link math-10 / sara.ahmadi (before)", "after_header": "alocom_event_link math-10 / sara.ahmadi (after)"}
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
  sample: {"requests": 5, "retries": 0, "seconds": 0.052}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "alocom", "operation": "enrol", "http_status": 422, "code": 422, "name": "invalid_data", "message": "...", "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._alocom.event_link import EVENT_LINK
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(EVENT_LINK)


if __name__ == "__main__":
    main()
