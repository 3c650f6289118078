# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: message_lines
short_description: What became of messages, for people to read
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Counts the outcomes, tells the cost by provider, and names what was refused, skipped or is unknown, by reason.
options:
  _input:
    description:
      - Result of M(kariz.panels.message).
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: What became of messages
  ansible.builtin.debug:
    msg: "{{ told | kariz.panels.message_lines }}"  # ["messages: 2 sent, 1 skipped", "  skipped: nima: no text"]
  vars:
    told:
      summary: {sent: 2, skipped: 1}
      messages:
        - {key: nima, outcome: skipped, reason: no text}
"""

RETURN = r"""
_value:
  description: The lines.
  type: list
  elements: str
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._report import message_lines


class FilterModule:
    def filters(self):
        return {"message_lines": documented(message_lines, DOCUMENTATION)}
