# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: by_parent
short_description: Items grouped by what they belong to
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Groups items by a key, names compared with Persian and Arabic letters taken as the same.
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
      - The key that names the parent.
    type: str
    required: true
  parents:
    description:
      - Parents that get a group even without items.
    type: list
    elements: str
    default: []
"""

EXAMPLES = r"""
- name: Items grouped by what they belong to
  ansible.builtin.debug:
    msg: "{{ members | kariz.panels.by_parent('organization', ['مالی']) | map(attribute='parent') }}"  # [مالی, فروش]
  vars:
    members:
      - {organization: فروش, person: z.karimi}
      - {organization: فروش, person: a.mohammadi}
"""

RETURN = r"""
_value:
  description: One mapping a parent, with C(parent) and C(children).
  type: list
  elements: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._items import by_parent


class FilterModule:
    def filters(self):
        return {"by_parent": documented(by_parent, DOCUMENTATION)}
