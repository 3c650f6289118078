# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: report_lines
short_description: What a role has done, for people to read
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Counts what was made, changed, left and refused, by kind, and names what was changed, what left and what was refused.
positional: lost, foretold
options:
  _input:
    description:
      - Kind to the registered results of its tasks.
    type: dict
    required: true
  lost:
    description:
      - Kind to results that tell what was refused before it was tried.
    type: dict
  foretold:
    description:
      - Say what would be done.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: What was done
  ansible.builtin.debug:
    msg: "{{ {'users': users_done} | kariz.panels.report_lines }}"  # ["users: 1 made, 1 left", "  left: nima"]
  vars:
    users_done:
      users:
        - {username: sara, action: created}
        - {username: nima, action: deleted}
"""

RETURN = r"""
_value:
  description: The lines.
  type: list
  elements: str
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._report import report_lines


class FilterModule:
    def filters(self):
        return {"report_lines": documented(report_lines, DOCUMENTATION)}
