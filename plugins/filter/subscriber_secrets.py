# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: subscriber_secrets
short_description: Passwords of subscribers who were made
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Makes what O(kariz.panels.secrets_sheet#module:keep) takes, for those whom a task has made.
positional: made
options:
  _input:
    description:
      - The subscribers.
    type: list
    elements: dict
    required: true
  made:
    description:
      - Result of M(kariz.panels.deltasib_user).
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Whose password is to be kept
  ansible.builtin.debug:
    msg: "{{ people | kariz.panels.subscriber_secrets(subscribers_done) | map(attribute='label') }}"  # [sara]
  vars:
    people:
      - {username: sara, password: word-of-sara}
      - {username: nima, password: word-of-nima}
    subscribers_done:
      users:
        - {username: sara, action: created}
        - {username: nima, action: unchanged}
"""

RETURN = r"""
_value:
  description: The secrets.
  type: list
  elements: dict
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._report import subscriber_secrets


class FilterModule:
    def filters(self):
        return {"subscriber_secrets": documented(subscriber_secrets, DOCUMENTATION)}
