# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: messages_to
short_description: One text to several numbers
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Makes messages for the role C(kariz.panels.notify), one for each number, however often and in whichever spelling it is given.
positional: text, prefix
options:
  _input:
    description:
      - Mobile numbers in any spelling. What is none makes it fail.
    type: list
    elements: str
    required: true
  text:
    description:
      - The text.
    type: str
    required: true
  prefix:
    description:
      - The beginning of every key; the number follows.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: A text to two people
  ansible.builtin.debug:
    msg: "{{ numbers | kariz.panels.messages_to('Today at ten', 'meeting') | map(attribute='key') }}"  # [meeting-989121234567, meeting-989121234568]
  vars:
    numbers: ["09121234567", "+98 912 123 4568", "0912 123 45 67"]
"""

RETURN = r"""
_value:
  description: Messages with C(key), C(recipient) and C(text).
  type: list
  elements: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._items import messages_to


class FilterModule:
    def filters(self):
        return {"messages_to": documented(messages_to, DOCUMENTATION)}
