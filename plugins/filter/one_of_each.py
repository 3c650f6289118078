# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: one_of_each
short_description: The first item of each value of a key
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Keeps of the items that share a value, as people read it, the first.
positional: key
options:
  _input:
    description:
      - The items.
    type: list
    elements: dict
    required: true
  key:
    description:
      - The key whose values are compared.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: The first item of each value of a key
  ansible.builtin.debug:
    msg: "{{ subscribers | kariz.panels.one_of_each('service') }}"
"""

RETURN = r"""
_value:
  description: The items.
  type: list
  elements: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._items import one_of_each


class FilterModule:
    def filters(self):
        return {"one_of_each": one_of_each}
