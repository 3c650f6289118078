# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: iran_mobile
short_description: Spell mobile numbers of Iran alike
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Turns any spelling of a mobile number into one form. Persian and Arabic digits, spaces, dashes and brackets may be there;
    the number may begin with C(+98), C(0098), C(98), C(09) or C(9).
  - A landline, a number of another country or anything else fails with the reason.
positional: format
options:
  _input:
    description: The number. Give it as text; a number loses its leading zeros, which does no harm here.
    type: raw
    required: true
  format:
    description: V(international) is C(989121234567), which PayamSMS wants, V(local) is C(09121234567), V(e164) is C(+989121234567).
    type: str
    choices: [international, local, e164]
    default: international
seealso:
  - plugin: kariz.panels.iran_mobile
    plugin_type: test
  - plugin: kariz.panels.sms_parts
    plugin_type: filter
"""

EXAMPLES = r"""
- name: As PayamSMS wants it
  ansible.builtin.debug:
    msg: "{{ '۰۹۱۲ ۱۲۳ ۴۵ ۶۷' | kariz.panels.iran_mobile }}"  # 989121234567

- name: As people write it
  ansible.builtin.debug:
    msg: "{{ ['+98 912 123 4567', '9121234568'] | map('kariz.panels.iran_mobile', format='local') }}"  # ["09121234567", "09121234568"]
"""

RETURN = r"""
_value:
  description: The number in the form asked for.
  type: str
"""

from ansible.errors import AnsibleFilterError

from ansible_collections.kariz.panels.plugins.module_utils._core.text.sms import iran_mobile as spelt
from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented


def iran_mobile(value, format="international"):
    try:
        return spelt(value, format)
    except ValueError as error:
        raise AnsibleFilterError("iran_mobile: %s" % error) from None


class FilterModule:
    def filters(self):
        return {"iran_mobile": documented(iran_mobile, DOCUMENTATION)}
