# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: subscriber_sheets
short_description: A sheet of subscribers
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Makes what M(kariz.panels.secrets_sheet) takes, one sheet with a line for each subscriber.
positional: report, prefix
options:
  _input:
    description:
      - The subscribers.
    type: list
    elements: dict
    required: true
  report:
    description:
      - Report of the role C(kariz.panels.notify).
    type: list
    elements: dict
    default: []
  prefix:
    description:
      - The beginning of the keys of messages.
    type: str
    default: subscriber-welcome
"""

EXAMPLES = r"""
- name: Names of the sheets
  ansible.builtin.debug:
    msg: "{{ people | kariz.panels.subscriber_sheets | map(attribute='name') }}"  # [subscribers]
  vars:
    people:
      - {username: sara, name: سارا, family: احمدی}
"""

RETURN = r"""
_value:
  description: The sheets.
  type: list
  elements: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._report import subscriber_sheets


class FilterModule:
    def filters(self):
        return {"subscriber_sheets": documented(subscriber_sheets, DOCUMENTATION)}
