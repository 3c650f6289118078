# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: simulator_refusal
short_description: Why the simulator does not start
version_added: 1.1.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Says what the role C(kariz.panels.simulator) fails with.
positional: path, python
options:
  _input:
    description:
      - Result of the command that starts the simulator.
    type: dict
    required: true
  path:
    description:
      - Its folder.
    type: str
    required: true
  python:
    description:
      - The Python that runs it.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Why the simulator does not start
  ansible.builtin.debug:
    msg: "{{ result | kariz.panels.simulator_refusal('sim', 'python3') }}"  # the simulator in simulator_path sim: the port is in use
  vars:
    result:
      rc: 1
      stderr: the port is in use
"""

RETURN = r"""
_value:
  description: A sentence.
  type: str
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented
from ansible_collections.kariz.panels.plugins.plugin_utils._report import simulator_refusal


class FilterModule:
    def filters(self):
        return {"simulator_refusal": documented(simulator_refusal, DOCUMENTATION)}
