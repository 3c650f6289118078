# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: from_jalali
short_description: A Jalali date as a Gregorian one
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Turns a day of the Jalali calendar, with or without a time of day in Tehran, into ISO 8601.
  - What is no Jalali date makes it fail with a message that shows the input.
requirements:
  - jdatetime
positional: format
options:
  _input:
    description:
      - A day such as V(1404/7/12) or V(1404-07-12 13:45), in Latin or Persian digits.
    type: str
    required: true
  format:
    description:
      - A format of C(strptime), for other spellings.
    type: str
seealso:
  - plugin: kariz.panels.to_jalali
    plugin_type: filter
"""

EXAMPLES = r"""
- name: A day
  ansible.builtin.debug:
    msg: "{{ '۱۴۰۴/۷/۱۲' | kariz.panels.from_jalali }}"  # 2025-10-04

- name: A moment
  ansible.builtin.debug:
    msg: "{{ '1404/07/12 13:45' | kariz.panels.from_jalali }}"  # 2025-10-04T13:45:00+03:30
"""

RETURN = r"""
_value:
  description: C(YYYY-MM-DD), with a time C(YYYY-MM-DDTHH:MM:SS+03:30).
  type: str
"""

from ansible.errors import AnsibleFilterError

from ansible_collections.kariz.panels.plugins.module_utils._core.calendar import dates
from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented


def from_jalali(value, format=None):  # pylint: disable=redefined-builtin
    try:
        return dates.from_jalali(value, format)
    except ValueError as error:
        raise AnsibleFilterError("from_jalali: %s" % error) from None


class FilterModule:
    def filters(self):
        return {"from_jalali": documented(from_jalali, DOCUMENTATION)}
