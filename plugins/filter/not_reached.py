# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: not_reached
short_description: Who has no message, by reason
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Names people whose message did not go out, in this run or an earlier one, and says why.
positional: report, done, number, prefix, key, lead
options:
  _input:
    description:
      - The people.
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
  number:
    description:
      - The key of the mobile number.
    type: str
    default: mobile
  prefix:
    description:
      - The beginning of the keys of messages.
    type: str
    default: message
  key:
    description:
      - The key that names a person.
    type: str
    default: username
  lead:
    description:
      - What stands before each line.
    type: str
    default: ""
"""

EXAMPLES = r"""
- name: Who has no welcome
  ansible.builtin.debug:
    msg: "{{ people | kariz.panels.not_reached(report, prefix='welcome') }}"  # ["no mobile number: nima"]
  vars:
    people:
      - {username: sara, mobile: "09121234567"}
      - {username: nima}
    report:
      - {key: welcome-sara, outcome: sent}
"""

RETURN = r"""
_value:
  description: One text a reason.
  type: list
  elements: str
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._report import not_reached


class FilterModule:
    def filters(self):
        return {"not_reached": documented(not_reached, DOCUMENTATION)}
