# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: not_invited
short_description: Members of events who have no invitation, by reason
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Names members whose invitation did not go out, in this run or an earlier one, and says why.
positional: users, report, done, links, prefix, lead
options:
  _input:
    description:
      - The events.
    type: list
    elements: dict
    required: true
  users:
    description:
      - The users, with C(username) and C(cellphone).
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
  links:
    description:
      - Result of M(kariz.panels.alocom_event_link).
    type: dict
  prefix:
    description:
      - The beginning of the keys of messages.
    type: str
    default: classroom
  lead:
    description:
      - What stands before each line.
    type: str
    default: ""
"""

EXAMPLES = r"""
- name: Who has no invitation
  ansible.builtin.debug:
    msg: "{{ classes | kariz.panels.not_invited(people, report) }}"  # ["no mobile number: nima (physics-10)"]
  vars:
    classes:
      - slug: physics-10
        members: [{username: sara}, {username: nima}]
    people:
      - {username: sara, cellphone: "09121234567"}
      - {username: nima}
    report:
      - {key: classroom-physics-10-sara, outcome: sent}
"""

RETURN = r"""
_value:
  description: One text a reason.
  type: list
  elements: str
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._report import not_invited


class FilterModule:
    def filters(self):
        return {"not_invited": documented(not_invited, DOCUMENTATION)}
