# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: unsent
short_description: Messages that did not go out, by reason
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Names the keys of messages that every provider refused, or of which nobody knows whether they were accepted.
options:
  _input:
    description:
      - Report of the role C(kariz.panels.notify).
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: What did not go out
  ansible.builtin.debug:
    msg: "{{ report | kariz.panels.unsent }}"  # ["welcome-nima: no message: not enough credit"]
  vars:
    report:
      - {key: welcome-sara, outcome: sent}
      - {key: welcome-nima, outcome: refused, why: not enough credit}
"""

RETURN = r"""
_value:
  description: One text a reason.
  type: list
  elements: str
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._report import unsent


class FilterModule:
    def filters(self):
        return {"unsent": documented(unsent, DOCUMENTATION)}
