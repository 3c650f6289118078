# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: without_mobile
short_description: People whose number is no mobile number
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Returns the names of those who have no number, or one at which no text arrives.
positional: key, number, given
options:
  _input:
    description:
      - The items.
    type: list
    elements: dict
    required: true
  key:
    description:
      - The key that names a person.
    type: str
    required: true
  number:
    description:
      - The key of the number.
    type: str
    required: true
  given:
    description:
      - Only who has something for a number is named.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: People whose number is no mobile number
  ansible.builtin.debug:
    msg: "{{ people | kariz.panels.without_mobile('username', 'cellphone') }}"  # [ali.rezaei, nima.karimi]
  vars:
    people:
      - {username: sara.ahmadi, cellphone: "09121234567"}
      - {username: ali.rezaei}
      - {username: nima.karimi, cellphone: "02188776655"}
"""

RETURN = r"""
_value:
  description: The names.
  type: list
  elements: str
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._items import without_mobile


class FilterModule:
    def filters(self):
        return {"without_mobile": documented(without_mobile, DOCUMENTATION)}
