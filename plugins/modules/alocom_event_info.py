#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: alocom_event_info
short_description: Read events of an Alocom account
version_added: 1.0.0
description:
  - Returns events (classes and conferences), all of them unless a filter says otherwise. None found is an empty list.
  - Guest codes are passwords and are never returned; RV(events[].guest_code_count) says how many there are.
extends_documentation_fragment:
  - kariz.panels.alocom
  - kariz.panels.connection
  - kariz.panels.state.info
options:
  slug:
    description:
      - Latin name of one event, the last part of its link.
    type: str
  id:
    description:
      - The vendor's id of one event. Its details come without O(with_details).
    type: str
  service:
    description:
      - Only events of this bought service, by its title or agent-service id. A service that does not exist is an error.
      - When several services share its title, the details are read to tell their events apart.
    type: str
  service_title:
    description:
      - Only events whose service's title holds this text.
    type: str
  agents:
    description:
      - Only events of these agents, by name.
    type: list
    elements: str
  type:
    description:
      - Only events of this type. The vendor does not tell the type of an event, only that of its service.
    type: str
    choices: [business, educational, webinar]
  in_progress:
    description:
      - Only events that are running (V(true)) or that are not (V(false)).
    type: bool
  with_details:
    description:
      - Read members, guest options and the limits of the service as well. It takes one request for each event, several at once, and for
        the usernames of members the list of users.
    type: bool
    default: false
seealso:
  - module: kariz.panels.alocom_event
  - plugin: kariz.panels.alocom
    plugin_type: inventory
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: What is running now
  kariz.panels.alocom_event_info:
    in_progress: true
    query: "[].title"

- name: One class with its members
  kariz.panels.alocom_event_info:
    slug: physics-10
    with_details: true
  register: result

- name: Events in the shape that alocom_event takes
  kariz.panels.alocom_event_info:
    service: کلاس اصلی
    with_details: true
    query: >-
      [].{slug: slug, title: title, service: service, enabled: enabled, start_by_admin: start_by_admin, guest_access: guest_access,
      guest_count: guest_count, members: members[].{username: username, role: role}}
"""

RETURN = r"""
events:
  description: The events, or what O(query) made of them.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The vendor's id.
      type: int
    slug:
      description: Latin name.
      type: str
    title:
      description: Title.
      type: str
    service:
      description: Title of the service.
      type: str
    agent_service_id:
      description: Id of the bought service; V(null) without details.
      type: int
    status:
      description: V(active), V(inactive) or V(expired).
      type: str
    enabled:
      description: Whether the event is active.
      type: bool
    alocom_link:
      description: Link of the event.
      type: str
    agent:
      description: Whose event it is; V(null) when the event was asked for by O(id).
      type: str
    type:
      description: Type of the service, V(class) or V(conference).
      type: str
    duration:
      description: Hours used; V(null) when the vendor does not know them, or the event was asked for by O(id).
      type: float
    user_count:
      description: How many members there are.
      type: int
    start_by_admin:
      description: Whether people can enter only after the manager.
      returned: with details
      type: bool
    guest_access:
      description: Whether guests may enter.
      returned: with details
      type: bool
    guest_count:
      description: How many guests may enter.
      returned: with details
      type: int
    guest_code_count:
      description: How many passwords for guests there are.
      returned: with details
      type: int
    back_link:
      description: Where people go on leaving.
      returned: with details, when the vendor tells it
      type: str
    members:
      description: People of the event.
      returned: with details
      type: list
      elements: dict
      contains:
        username:
          description: Username; C(#) and the id when there is no such user any more.
          type: str
        role:
          description: V(participant), V(assistant) or V(teacher).
          type: str
        userid:
          description: The vendor's id of the user.
          type: int
        name:
          description: First name.
          type: str
        surname:
          description: Last name.
          type: str
    service_expired_at:
      description: Jalali day on which the service ends, as the vendor sends it.
      returned: with details
      type: str
    service_expired_at_iso:
      description: The same day in ISO 8601; V(null) without the Python library jdatetime.
      returned: with details
      type: str
    service_editable:
      description: Whether the vendor lets the event be changed.
      returned: with details
      type: bool
    max_event_user:
      description: How many members the service allows.
      returned: with details
      type: int
    max_online_user:
      description: How many people may be inside at once.
      returned: with details
      type: int
  sample:
    - id: 53
      slug: physics-10
      title: فیزیک دهم
      service: کلاس اصلی
      agent_service_id: null
      status: active
      enabled: true
      alocom_link: https://class.kavano.org/class/school/physics-10
      agent: محسن طهماسب پور
      type: class
      duration: 6
      user_count: 31
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
  sample: {"requests": 3, "retries": 0, "seconds": 0.031}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "alocom", "operation": "list events", "http_status": 500, "code": 500, "name": "server_error", "message": "...", "retryable": true}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._alocom.event_info import EVENT_INFO
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(EVENT_INFO)


if __name__ == "__main__":
    main()
