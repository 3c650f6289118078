# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: without_gone
short_description: Items without those that shall be in what goes
version_added: 1.1.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Leaves out items that shall be there inside something that shall go; items that shall go themselves stay.
  - Names are compared with Persian and Arabic letters taken as the same.
positional: parent, parents
options:
  _input:
    description:
      - The items.
    type: list
    elements: dict
    required: true
  parent:
    description:
      - The key that names what an item belongs to.
    type: str
    required: true
  parents:
    description:
      - What the items belong to, with C(name) or C(hash), and C(state).
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Members of spaces that stay
  ansible.builtin.debug:
    msg: "{{ members | kariz.panels.without_gone('organization', spaces) | map(attribute='person') }}"  # [a.mohammadi]
  vars:
    spaces:
      - {name: فروش, state: absent}
      - {name: مالی}
    members:
      - {organization: فروش, person: z.karimi}
      - {organization: مالی, person: a.mohammadi}
"""

RETURN = r"""
_value:
  description: The items.
  type: list
  elements: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._items import without_gone


class FilterModule:
    def filters(self):
        return {"without_gone": documented(without_gone, DOCUMENTATION)}
