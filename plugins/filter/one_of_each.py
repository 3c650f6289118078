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
- name: One subscriber of each service
  ansible.builtin.debug:
    msg: "{{ subscribers | kariz.panels.one_of_each('service') | map(attribute='username') }}"  # [sara.ahmadi, cafe.rose]
  vars:
    subscribers:
      - {username: sara.ahmadi, service: یک ماهه ۵۰ گیگ}
      - {username: nima.karimi, service: يك ماهه ۵۰ گيگ}
      - {username: cafe.rose, service: سه ماهه ۲۰۰ گیگ}
"""

RETURN = r"""
_value:
  description: The items.
  type: list
  elements: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._items import one_of_each


class FilterModule:
    def filters(self):
        return {"one_of_each": documented(one_of_each, DOCUMENTATION)}
