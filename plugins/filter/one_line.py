# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: one_line
short_description: Names and what is said of them, in one line
version_added: 1.1.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Puts names before what is said of them; of very many, the first.
positional: reason
options:
  _input:
    description:
      - The names.
    type: list
    elements: str
    required: true
  reason:
    description:
      - What is said of them.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Who has no welcome
  ansible.builtin.debug:
    msg: "{{ ['sara', 'nima'] | kariz.panels.one_line('no welcome') }}"  # ["sara, nima: no welcome"]
"""

RETURN = r"""
_value:
  description: One line, or none where there is no name.
  type: list
  elements: str
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._report import one_line


class FilterModule:
    def filters(self):
        return {"one_line": documented(one_line, DOCUMENTATION)}
