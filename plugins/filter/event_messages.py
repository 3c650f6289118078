# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: event_messages
short_description: Messages for the members of events
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - 'Makes messages for the role C(kariz.panels.notify): one for each member who is among the users, has a mobile number, and has no message
    yet.'
positional: users, template, links, done, prefix
options:
  _input:
    description:
      - The items.
    type: list
    elements: dict
    required: true
  users:
    description:
      - The users, with C(username) and C(cellphone).
    type: list
    elements: dict
    required: true
  template:
    description:
      - Path of the template of the text; it gets C(person), C(event), C(member) and C(link).
    type: path
    required: true
  links:
    description:
      - Links as M(kariz.panels.alocom_event_link) returns them, or its registered results. Given, only members who have one get a message.
    type: list
    elements: dict
  done:
    description:
      - Keys of messages that were sent already.
      - A list, or the result of M(kariz.panels.journal_info).
    type: raw
    default: []
  prefix:
    description:
      - The beginning of every key.
    type: str
    default: classroom
"""

EXAMPLES = r"""
- name: Messages for the members of events who have a mobile number
  ansible.builtin.debug:
    msg: "{{ events | kariz.panels.event_messages(users, 'invitation.txt.j2') | map(attribute='key') }}"  # [classroom-math-10-sara.ahmadi]
  vars:
    users:
      - {username: sara.ahmadi, name: سارا, cellphone: "09121234567"}
      - {username: ali.rezaei, name: علی}
    events:
      - slug: math-10
        members:
          - {username: sara.ahmadi, role: teacher}
          - {username: ali.rezaei}
"""

RETURN = r"""
_value:
  description: Messages with C(key), C(recipient), C(template) and C(variables).
  type: list
  elements: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._items import event_messages


class FilterModule:
    def filters(self):
        return {"event_messages": documented(event_messages, DOCUMENTATION)}
