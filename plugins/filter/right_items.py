# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: right_items
short_description: Items that can be, each once
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Leaves out items that a module would refuse whatever the vendor holds (a number that is none, a field that must not be empty), and
    all but the first of those that say the same.
  - Items of one object that say different things are left out, all of them. P(kariz.panels.wrong_items#filter) tells what is left out and why.
positional: module, key
options:
  _input:
    description:
      - The items.
    type: list
    elements: dict
    required: true
  module:
    description:
      - Name of the module whose list the items are for, such as V(alocom_user). Give this or O(key).
    type: str
  key:
    description:
      - The key that tells items apart. Only items that stand there twice are looked for then.
    type: str
"""

EXAMPLES = r"""
- name: People, one of them twice, one with a number that is none
  ansible.builtin.debug:
    msg: "{{ people | kariz.panels.right_items('alocom_user') | map(attribute='username') }}"  # [sara]
  vars:
    people:
      - {username: sara, cellphone: "0912 123 4567"}
      - {username: sara, cellphone: "+989121234567"}
      - {username: nima, cellphone: "0912"}
"""

RETURN = r"""
_value:
  description: The items.
  type: list
  elements: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._checked import right_items
from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented


class FilterModule:
    def filters(self):
        return {"right_items": documented(right_items, DOCUMENTATION)}
