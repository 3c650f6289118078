# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: sms_parts
short_description: Count the parts of a text message
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Counts the parts that an operator makes of a text, and so what it costs.
  - A text in the GSM 03.38 alphabet has 160 characters in one part and 153 in each part of a longer message; any other text, such as Persian, 70 and 67.
  - Characters of the GSM extension (such as C({) and C(€)) and those outside the Basic Multilingual Plane (emoji) count twice and are never split.
options:
  _input:
    description: The text.
    type: str
    required: true
  limit:
    description: Fail when there are more parts than this. PayamSMS takes up to 32.
    type: int
seealso:
  - plugin: kariz.panels.iran_mobile
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Refuse a text that costs more than two parts
  ansible.builtin.assert:
    that: (text | kariz.panels.sms_parts).parts <= 2
  vars:
    text: کلاس فردا ساعت ۹ برگزار می‌شود.
"""

RETURN = r"""
_value:
  description: The count.
  type: dict
  contains:
    parts:
      description: Parts; 0 for an empty text.
      type: int
    encoding:
      description: V(gsm) or V(ucs2).
      type: str
    characters:
      description: Characters as they count.
      type: int
    per_part:
      description: Characters that one part of this message holds.
      type: int
  sample: {"parts": 1, "encoding": "ucs2", "characters": 31, "per_part": 70}
"""

from ansible.errors import AnsibleFilterError

from ansible_collections.kariz.panels.plugins.module_utils._core.text.sms import parts
from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented


def sms_parts(value, limit=None):
    if not isinstance(value, str):
        raise AnsibleFilterError("sms_parts: a text is expected, not %s" % type(value).__name__)
    made = parts(value)
    if limit is not None and made["parts"] > limit:
        raise AnsibleFilterError("sms_parts: the text has %d parts, more than %d" % (made["parts"], limit))
    return made


class FilterModule:
    def filters(self):
        return {"sms_parts": documented(sms_parts, DOCUMENTATION)}
