# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: person_messages
short_description: A message for each person
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - 'Makes messages for the role C(kariz.panels.notify): one for each person who has a mobile number.'
positional: template, key, number, prefix
options:
  _input:
    description:
      - The items.
    type: list
    elements: dict
    required: true
  template:
    description:
      - Path of the template of the text; it gets C(person).
    type: path
    required: true
  key:
    description:
      - The key that names a person.
    type: str
    required: true
  number:
    description:
      - The key of the mobile number.
    type: str
    default: mobile
  prefix:
    description:
      - The beginning of every key of a message.
    type: str
    default: message
"""

EXAMPLES = r"""
- name: A message for each person who has a mobile number
  ansible.builtin.debug:
    msg: "{{ subscribers | kariz.panels.person_messages('welcome.txt.j2', 'username') | map(attribute='key') }}"  # [message-sara.ahmadi]
  vars:
    subscribers:
      - {username: sara.ahmadi, mobile: "09121234567"}
      - {username: cafe.rose}
"""

RETURN = r"""
_value:
  description: Messages with C(key), C(recipient), C(template) and C(variables).
  type: list
  elements: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._items import person_messages


class FilterModule:
    def filters(self):
        return {"person_messages": documented(person_messages, DOCUMENTATION)}
