# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: message_preview
short_description: Messages as they would be sent, as many as can be shown
version_added: 1.1.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Keeps as many messages of a dry run as an automation controller keeps of one event, and says how many are left out.
options:
  _input:
    description:
      - Result of M(kariz.panels.message).
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: What would be sent
  ansible.builtin.debug:
    msg: "{{ (told | kariz.panels.message_preview).messages | map(attribute='key') }}"  # [sara]
  vars:
    told:
      messages:
        - {key: sara, text: سلام}
      cost: {}
"""

RETURN = r"""
_value:
  description: The C(messages), their C(cost), and how many are C(left_out).
  type: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._report import message_preview


class FilterModule:
    def filters(self):
        return {"message_preview": documented(message_preview, DOCUMENTATION)}
