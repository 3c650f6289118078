# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: in_state
short_description: Items that shall be in a state
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Keeps the items whose C(state) is this one.
positional: state, default
options:
  _input:
    description:
      - The items.
    type: list
    elements: dict
    required: true
  state:
    description:
      - The state.
    type: str
    required: true
  default:
    description:
      - The state of items that name none.
    type: str
    default: present
"""

EXAMPLES = r"""
- name: Items that shall be in a state
  ansible.builtin.debug:
    msg: "{{ labels | kariz.panels.in_state('absent') }}"  # [{title: پایه نهم, state: absent}]
  vars:
    labels:
      - {title: پایه دهم}
      - {title: پایه نهم, state: absent}
"""

RETURN = r"""
_value:
  description: The items.
  type: list
  elements: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._items import in_state


class FilterModule:
    def filters(self):
        return {"in_state": documented(in_state, DOCUMENTATION)}
