# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: wrong_items
short_description: Items that cannot be, with the reason
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - What P(kariz.panels.right_items#filter) leaves out because it cannot be, in the shape of a task's result, so that
    P(kariz.panels.passed#filter) and P(kariz.panels.failures#filter) take it. No request is sent and no secret is shown.
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
- name: Why somebody cannot be
  ansible.builtin.debug:
    msg: "{{ [people | kariz.panels.wrong_items('alocom_user')] | kariz.panels.failures }}"
  vars:
    people:
      - {username: sara, cellphone: "0912 123 4567"}
      - {username: nima, cellphone: "0912"}
"""

RETURN = r"""
_value:
  description: A mapping of the plural of the objects to those that cannot be, each with C(action) V(failed) and C(error).
  type: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._checked import wrong_items
from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented


class FilterModule:
    def filters(self):
        return {"wrong_items": documented(wrong_items, DOCUMENTATION)}
