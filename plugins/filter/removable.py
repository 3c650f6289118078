# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: removable
short_description: Members of spaces who can be removed
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Leaves out owners, and those of a space that goes who cannot be told for certain, going by what a task in check mode said of each.
positional: foretold, organizations
options:
  _input:
    description:
      - The members, as items of M(kariz.panels.podspace_organization_member).
    type: list
    elements: dict
    required: true
  foretold:
    description:
      - What that module said of them in check mode.
    type: dict
    required: true
  organizations:
    description:
      - The spaces that go.
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: What a removal would do
  kariz.panels.podspace_organization_member:
    members: "{{ members }}"
    state: absent
  vars: &members
    members:
      - {organization: مالی, person: h.rezaei}
      - {organization: مالی, person: kariz.company}
  register: would
  check_mode: true
  failed_when: false

- name: Who can be removed; an owner goes with the space only
  ansible.builtin.debug:
    msg: "{{ members | kariz.panels.removable(would, [{'name': 'مالی'}]) | map(attribute='person') }}"  # [h.rezaei]
  vars: *members
"""

RETURN = r"""
_value:
  description: The members.
  type: list
  elements: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._items import removable


class FilterModule:
    def filters(self):
        return {"removable": documented(removable, DOCUMENTATION)}
