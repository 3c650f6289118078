# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: not_among
short_description: Who is not among others, in one line
version_added: 1.1.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Names people who are not among others, and says why.
positional: others, reason, key, needs
options:
  _input:
    description:
      - The people.
    type: list
    elements: dict
    required: true
  others:
    description:
      - Those who are left out.
    type: list
    elements: dict
    required: true
  reason:
    description:
      - What is said of those who are not among them.
    type: str
    required: true
  key:
    description:
      - The key that names a person.
    type: str
    default: username
  needs:
    description:
      - Only people who have all of these keys are named.
    type: list
    elements: str
    default: []
"""

EXAMPLES = r"""
- name: Who has paid nothing
  ansible.builtin.debug:
    msg: "{{ people | kariz.panels.not_among(paid, 'not paid') }}"  # ["nima: not paid"]
  vars:
    people:
      - {username: sara}
      - {username: nima}
    paid:
      - {username: sara}
"""

RETURN = r"""
_value:
  description: One line, or none.
  type: list
  elements: str
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._report import not_among


class FilterModule:
    def filters(self):
        return {"not_among": documented(not_among, DOCUMENTATION)}
