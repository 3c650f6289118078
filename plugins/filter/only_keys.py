# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: only_keys
short_description: Items with some of their keys
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Leaves all other keys out of each item, also those whose value is null, so that an item of a larger list fits a module.
positional: keys, needs
options:
  _input:
    description:
      - The items.
    type: list
    elements: dict
    required: true
  keys:
    description:
      - The keys to keep.
    type: list
    elements: str
    required: true
  needs:
    description:
      - Items that lack one of these keys are left out.
    type: list
    elements: str
    default: []
"""

EXAMPLES = r"""
- name: Items with some of their keys
  ansible.builtin.debug:
    msg: "{{ subscribers | kariz.panels.only_keys(['username', 'status'], needs=['status']) }}"  # [{username: sara.ahmadi, status: فعال}]
  vars:
    subscribers:
      - {username: sara.ahmadi, status: فعال, mobile: "09121234567"}
      - {username: cafe.rose}
"""

RETURN = r"""
_value:
  description: The items.
  type: list
  elements: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._items import only_keys


class FilterModule:
    def filters(self):
        return {"only_keys": documented(only_keys, DOCUMENTATION)}
