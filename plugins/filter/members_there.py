# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: members_there
short_description: Events with those members who are there
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Leaves out events that cannot be, and of the others the members who are neither at the vendor nor would be made.
  - An event whose list has such a member keeps whoever is in it, since a misspelt name is no wish that somebody leaves.
positional: foretold, users, users_foretold
options:
  _input:
    description:
      - The events.
    type: list
    elements: dict
    required: true
  foretold:
    description:
      - Result of M(kariz.panels.alocom_event) for these events in check mode.
    type: dict
    required: true
  users:
    description:
      - Result of M(kariz.panels.alocom_user).
    type: dict
  users_foretold:
    description:
      - The same in check mode, before; who would have been made and was not is no member.
    type: dict
"""

EXAMPLES = r"""
- name: A class without a member who is nowhere
  ansible.builtin.debug:
    msg: "{{ classes | kariz.panels.members_there(looked) | map(attribute='members') | first | map(attribute='username') }}"  # [sara]
  vars:
    classes:
      - slug: physics-10
        members: [{username: sara}, {username: nobody}]
    looked:
      events:
        - {slug: physics-10, action: failed, error: {missing: [nobody]}}
"""

RETURN = r"""
_value:
  description: The events.
  type: list
  elements: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._checked import members_there
from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented


class FilterModule:
    def filters(self):
        return {"members_there": documented(members_there, DOCUMENTATION)}
