# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: booked_total
short_description: What payments come to that are not booked yet
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Adds up the amounts, times their exchange rates, of the payments that a task in check mode says would be booked.
positional: foretold
options:
  _input:
    description:
      - The payments, as items of M(kariz.panels.deltasib_user_payment).
    type: list
    elements: dict
    required: true
  foretold:
    description:
      - Result of that module for these payments in check mode.
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: What is still to be booked
  ansible.builtin.debug:
    msg: "{{ payments | kariz.panels.booked_total(looked) }} rials"  # 120000 rials
  vars:
    payments:
      - {username: sara, voucher_no: "1", amount: "120,000"}
      - {username: nima, voucher_no: "2", amount: "50,000"}
    looked:
      payments: [{action: created}, {action: unchanged}]
"""

RETURN = r"""
_value:
  description: The sum.
  type: int
"""

from ansible_collections.kariz.panels.plugins.plugin_utils._checked import booked_total
from ansible_collections.kariz.panels.plugins.plugin_utils._filtering import documented


class FilterModule:
    def filters(self):
        return {"booked_total": documented(booked_total, DOCUMENTATION)}
