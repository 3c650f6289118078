# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: inner_items
short_description: Items inside items, with keys of their owner
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Makes one flat list of the lists that items hold, each inner item with some keys of the item around it.
positional: name, keys
options:
  _input:
    description:
      - The items.
    type: list
    elements: dict
    required: true
  name:
    description:
      - The key under which an item holds its list.
    type: str
    required: true
  keys:
    description:
      - Keys of the owner that each inner item gets.
    type: list
    elements: str
    required: true
"""

EXAMPLES = r"""
- name: Items inside items, with keys of their owner
  ansible.builtin.debug:
    msg: "{{ subscribers | kariz.panels.inner_items('payments', ['username']) }}"  # [{username: sara.ahmadi, voucher_no: "140507120001"}]
  vars:
    subscribers:
      - username: sara.ahmadi
        payments:
          - {voucher_no: "140507120001"}
"""

RETURN = r"""
_value:
  description: The inner items.
  type: list
  elements: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._items import inner_items


class FilterModule:
    def filters(self):
        return {"inner_items": documented(inner_items, DOCUMENTATION)}
