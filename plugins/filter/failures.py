# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: failures
short_description: What failed in several tasks, by reason
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Collects the failed objects of registered results, those of one reason together.
options:
  _input:
    description:
      - The registered results.
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: People, one of them with a label that is not there
  kariz.panels.alocom_user:
    users:
      - {username: sara.ahmadi, name: سارا, surname: احمدی}
      - {username: nima.karimi, name: نیما, surname: کریمی, labels: [پایه چهاردهم]}
  register: made
  ignore_errors: true

- name: What failed, by reason
  ansible.builtin.debug:
    msg: "{{ [made] | kariz.panels.failures }}"
"""

RETURN = r"""
_value:
  description: One text a reason, with the names of the objects.
  type: list
  elements: str
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._items import failures


class FilterModule:
    def filters(self):
        return {"failures": documented(failures, DOCUMENTATION)}
