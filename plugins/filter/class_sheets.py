# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: class_sheets
short_description: A sheet for each event
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Makes what M(kariz.panels.secrets_sheet) takes, a sheet for each event with a line for each member.
positional: users, report, done, made, links, prefix
options:
  _input:
    description:
      - The events.
    type: list
    elements: dict
    required: true
  users:
    description:
      - The users.
    type: list
    elements: dict
    required: true
  report:
    description:
      - Report of the role C(kariz.panels.notify).
    type: list
    elements: dict
    default: []
  done:
    description:
      - Keys of messages that were sent in earlier runs.
      - A list, or the result of M(kariz.panels.journal_info).
    type: raw
    default: []
  made:
    description:
      - Result of M(kariz.panels.alocom_user), which says whose password is told in this run.
    type: dict
  links:
    description:
      - Whether links are asked for in this run.
    type: bool
    default: false
  prefix:
    description:
      - The beginning of the keys of messages.
    type: str
    default: classroom
"""

EXAMPLES = r"""
- name: Names of the sheets
  ansible.builtin.debug:
    msg: "{{ classes | kariz.panels.class_sheets(people) | map(attribute='name') }}"  # [physics-10]
  vars:
    classes:
      - slug: physics-10
        members: [{username: sara, role: teacher}]
    people:
      - {username: sara, name: سارا, surname: احمدی}
"""

RETURN = r"""
_value:
  description: The sheets.
  type: list
  elements: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._report import class_sheets


class FilterModule:
    def filters(self):
        return {"class_sheets": documented(class_sheets, DOCUMENTATION)}
