#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: alocom_event
short_description: Manage events (classes and conferences) of an Alocom account
version_added: 1.0.0
description:
  - Makes, changes and removes events together with their members.
  - An event uses the time of a bought service while it runs. There is no call to buy a service.
  - An event that is running cannot be removed; the vendor refuses it and the task fails with its message.
  - The vendor's update replaces the list of members, so this module always sends the whole list, current members overlaid with O(members).
extends_documentation_fragment:
  - kariz.panels.alocom
  - kariz.panels.connection
  - kariz.panels.state
  - kariz.panels.state.purge
  - kariz.panels.state.foretold
options:
  slug: &slug
    description:
      - Latin name of the event, the last part of its link; finds the event. With O(id), the slug the event shall have.
    type: str
  id: &id
    description:
      - The vendor's id of the event, to change the slug.
    type: str
  title: &title
    description:
      - Title. Needed to make an event.
    type: str
  service: &service
    description:
      - Title or agent-service id of a bought service. Needed to make an event. It may stand once for all O(events).
      - The vendor cannot move an event to another service; a difference is a warning.
    type: str
  enabled: &enabled
    description:
      - Whether the event is active. A new event is, unless this says otherwise. An event whose service has expired cannot be changed by this.
    type: bool
  start_by_admin: &start_by_admin
    description:
      - Whether people can enter only after the manager. Off for a new event unless given.
    type: bool
  back_link: &back_link
    description:
      - Where people go on leaving. The vendor does not tell it, so it is sent for a new event, and later only along with another change.
    type: str
  guest_access: &guest_access
    description:
      - Whether guests may enter.
    type: bool
  guest_codes: &guest_codes
    description:
      - All passwords for guests; the order means nothing; V([]) removes all.
    type: list
    elements: str
  guest_count: &guest_count
    description:
      - How many guests may enter.
    type: int
  members: &members
    description:
      - People of the event. Only differences to what is there count.
    type: list
    elements: dict
    suboptions:
      username:
        description:
          - Username of an existing user.
        type: str
        required: true
      role:
        description:
          - What the person may do; V(teacher) manages the event.
        type: str
        choices: [participant, assistant, teacher]
        default: participant
  members_mode: &members_mode
    description:
      - V(merge) adds O(members) and sets their roles, V(replace) also removes everybody else.
    type: str
    choices: [merge, replace]
    default: merge
  state:
    description:
      - Whether the event shall be there.
    type: str
    choices: [present, absent]
    default: present
  events:
    description:
      - Many events in one task. Items take the same keys.
    type: list
    elements: dict
    suboptions:
      slug: *slug
      id: *id
      title: *title
      service: *service
      enabled: *enabled
      start_by_admin: *start_by_admin
      back_link: *back_link
      guest_access: *guest_access
      guest_codes: *guest_codes
      guest_count: *guest_count
      members: *members
      members_mode:
        description:
          - By default what O(members_mode) of the task says.
        type: str
        choices: [merge, replace]
      state:
        description:
          - Whether the event shall be there; by default what O(state) of the task says.
        type: str
        choices: [present, absent]
  purge:
    description:
      - Remove events of one service that O(events) does not name.
    type: bool
    default: false
  purge_service:
    description:
      - Title or agent-service id of the service whose events O(purge) may remove. By default the one service that all O(events) name.
    type: str
seealso:
  - module: kariz.panels.alocom_event_info
  - module: kariz.panels.alocom_event_member
  - module: kariz.panels.alocom_event_link
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: A class with its teacher and students
  kariz.panels.alocom_event:
    slug: physics-10
    title: فیزیک دهم
    service: کلاس اصلی
    start_by_admin: true
    members:
      - username: m.karimi
        role: teacher
      - username: sara.ahmadi

- name: Exactly these classes of the service
  kariz.panels.alocom_event:
    events: "{{ classes }}"
    purge: true
    purge_service: کلاس اصلی

- name: Remove a class
  kariz.panels.alocom_event:
    slug: physics-10
    state: absent
"""

RETURN = r"""
event:
  description: The event, when one was given by O(slug) or O(id).
  returned: success, without O(events)
  type: dict
  contains:
    id:
      description: The vendor's id; V(null) in check mode for an event that would be made, and within a C(loop) for one that was just made.
      type: int
    slug:
      description: Latin name.
      type: str
    title:
      description: Title.
      type: str
    service:
      description: Title of its service.
      type: str
    agent_service_id:
      description: Id of its bought service.
      type: int
    status:
      description: V(active), V(inactive) or V(expired).
      type: str
    alocom_link:
      description: Link of the event.
      type: str
    enabled:
      description: Whether it is active.
      type: bool
    members:
      description: Members with C(username), C(role) and the vendor's C(userid). A name that was not needed is shown as C(#id).
      returned: when they were read or set
      type: list
      elements: dict
  sample: {"id": 53, "slug": "physics-10", "title": "فیزیک دهم", "service": "کلاس اصلی", "agent_service_id": 14, "status": "active", "enabled": true}
events:
  description: One entry for each item of O(events), in their order, then one for each event removed by O(purge). Keys as in RV(event).
  returned: with O(events)
  type: list
  elements: dict
  contains:
    action:
      description: V(created), V(updated), V(deleted), V(unchanged) or V(failed).
      type: str
    changed:
      description: Whether the event was changed.
      type: bool
    error:
      description: Why it failed, in the shape of RV(error).
      returned: when the item failed
      type: dict
  sample: [{"id": 53, "slug": "physics-10", "action": "unchanged", "changed": false}]
summary:
  description: How many items had each action.
  returned: with O(events)
  type: dict
  sample: {"created": 0, "updated": 1, "deleted": 0, "unchanged": 11, "failed": 0}
diff:
  description: Managed keys before and after; guest codes are masked, members shown by username.
  returned: success
  type: dict
  sample: {"before": {"slug": "physics-10", "members": {}}, "after": {"slug": "physics-10", "members": {"sara.ahmadi": {"role": "participant"}}}}
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
  sample: {"requests": 4, "retries": 0, "seconds": 0.061}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "alocom", "operation": "create event", "http_status": 422, "code": 422, "name": "invalid_data", "message": "...", "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._alocom.event import EVENT
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(EVENT)


if __name__ == "__main__":
    main()
