# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: iran_mobile
short_description: Is it a mobile number of Iran
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - True when the filter P(kariz.panels.iran_mobile#filter) can spell the number.
options:
  _input:
    description: The number.
    type: raw
    required: true
seealso:
  - plugin: kariz.panels.iran_mobile
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Only people who can be reached
  ansible.builtin.debug:
    msg: "{{ ['09121234567', '02188776655'] | select('kariz.panels.iran_mobile') }}"  # ["09121234567"]
"""

RETURN = r"""
_value:
  description: Whether it is one.
  type: bool
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.text.sms import iran_mobile as spelt


def iran_mobile(value):
    try:
        spelt(value)
    except (TypeError, ValueError):
        return False
    return True


class TestModule:
    def tests(self):
        return {"iran_mobile": iran_mobile}
