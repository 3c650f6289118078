# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates between the Gregorian and the Jalali calendar. The documentation is in the YAML files beside this one."""

from __future__ import annotations

from ansible.errors import AnsibleFilterError

from ansible_collections.kariz.panels.plugins.module_utils._core.calendar import dates


def to_jalali(value, format=None, persian=False):  # pylint: disable=redefined-builtin
    try:
        return dates.to_jalali(value, format, bool(persian))
    except ValueError as error:
        raise AnsibleFilterError("to_jalali: %s" % error) from None


def from_jalali(value, format=None):  # pylint: disable=redefined-builtin
    try:
        return dates.from_jalali(value, format)
    except ValueError as error:
        raise AnsibleFilterError("from_jalali: %s" % error) from None


class FilterModule:
    def filters(self):
        return {"to_jalali": to_jalali, "from_jalali": from_jalali}
