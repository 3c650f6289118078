# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters of one value: a date, a mobile number, a text."""

from __future__ import annotations

from ansible.errors import AnsibleFilterError

from ansible_collections.kariz.panels.plugins.module_utils._core.calendar import dates
from ansible_collections.kariz.panels.plugins.module_utils._core.text import sms
from ansible_collections.kariz.panels.plugins.module_utils._core.text.letters import kind_of


def from_jalali(value, format=None):  # pylint: disable=redefined-builtin
    try:
        return dates.from_jalali(value, format)
    except ValueError as error:
        raise AnsibleFilterError("from_jalali: %s" % error) from None


def to_jalali(value, format=None, persian=False):  # pylint: disable=redefined-builtin
    try:
        return dates.to_jalali(value, format, bool(persian))
    except ValueError as error:
        raise AnsibleFilterError("to_jalali: %s" % error) from None


def iran_mobile(value, format="international"):  # pylint: disable=redefined-builtin
    try:
        return sms.iran_mobile(value, format)
    except ValueError as error:
        raise AnsibleFilterError("iran_mobile: %s" % error) from None


def sms_parts(value, limit=None):
    if not isinstance(value, str):
        raise AnsibleFilterError("sms_parts: a text is expected, not %s" % kind_of(value))
    made = sms.parts(value)
    if limit is not None and made["parts"] > limit:
        raise AnsibleFilterError("sms_parts: the text has %d parts, more than %d" % (made["parts"], limit))
    return made
