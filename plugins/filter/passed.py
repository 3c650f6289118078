# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: passed
short_description: Items that did not fail in an earlier task
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Leaves out the items that the result of a task with a list of objects names with an action such as V(failed).
positional: result, key, without, operation
options:
  _input:
    description:
      - The items.
    type: list
    elements: dict
    required: true
  result:
    description:
      - The registered result.
    type: dict
    required: true
  key:
    description:
      - The key that tells items apart.
    type: str
    required: true
  without:
    description:
      - Actions whose items are left out.
    type: list
    elements: str
    default:
      - failed
  operation:
    description:
      - Only items whose error is of this operation are left out.
    type: str
"""

EXAMPLES = r"""
- name: People, one of them with a label that is not there
  kariz.panels.alocom_user:
    users: "{{ people }}"
  vars: &people
    people:
      - {username: sara.ahmadi, name: سارا, surname: احمدی}
      - {username: nima.karimi, name: نیما, surname: کریمی, labels: [پایه چهاردهم]}
  register: made
  ignore_errors: true

- name: Who did not fail in the task before
  ansible.builtin.debug:
    msg: "{{ people | kariz.panels.passed(made, 'username') | map(attribute='username') }}"  # [sara.ahmadi]
  vars: *people
"""

RETURN = r"""
_value:
  description: The items.
  type: list
  elements: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._items import passed


class FilterModule:
    def filters(self):
        return {"passed": documented(passed, DOCUMENTATION)}
