# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: to_jalali
short_description: A Gregorian date as a Jalali one
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Turns a Gregorian day or moment into a day of the Jalali calendar, a moment into the time in Tehran.
  - What is no Gregorian date makes it fail with a message that shows the input.
requirements:
  - jdatetime
positional: format
options:
  _input:
    description:
      - A date or datetime, or ISO 8601 text, in Latin or Persian digits. Without a zone it is taken to be in Tehran.
    type: raw
    required: true
  format:
    description:
      - A format of C(strftime). Unless given, V(%Y/%m/%d) for a day and V(%Y/%m/%d %H:%M:%S) for a moment.
    type: str
  persian:
    description:
      - Persian digits, and Persian names of months and days.
    type: bool
    default: false
seealso:
  - plugin: kariz.panels.from_jalali
    plugin_type: filter
"""

EXAMPLES = r"""
- name: A day
  ansible.builtin.debug:
    msg: "{{ '2025-10-04' | kariz.panels.to_jalali }}"  # 1404/07/12

- name: A moment, in words
  ansible.builtin.debug:
    msg: "{{ '2025-10-04T10:15:00Z' | kariz.panels.to_jalali('%A %d %B %Y، %H:%M', persian=true) }}"  # شنبه ۱۲ مهر ۱۴۰۴، ۱۳:۴۵
"""

RETURN = r"""
_value:
  description: The Jalali date as text.
  type: str
"""

from ansible.errors import AnsibleFilterError

from ansible_collections.kariz.panels.plugins.module_utils._core.calendar import dates
from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented


def to_jalali(value, format=None, persian=False):  # pylint: disable=redefined-builtin
    try:
        return dates.to_jalali(value, format, bool(persian))
    except ValueError as error:
        raise AnsibleFilterError("to_jalali: %s" % error) from None


class FilterModule:
    def filters(self):
        return {"to_jalali": documented(to_jalali, DOCUMENTATION)}
