# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: balance_watch
short_description: What accounts have left, when it crosses a threshold
version_added: 1.0.0
description:
  - Gives an event when a figure goes below a threshold, and another when it is well above it again, each once, with the figures in C(event.balance) and
    C(event.balance.state) V(below) or V(above).
  - Each figure is one of those that the role C(credit_report) shows, such as balances, credits, hours, traffic, storage.
options:
  accounts:
    description:
      - What is looked at, each with C(vendor), and when needed C(account) (a name of your own), C(connection) (options of the vendor's modules; else the
        environment) and C(usernames) (DeltaSib).
    type: list
    elements: dict
    required: true
  thresholds:
    description:
      - Each with C(below), and when needed C(vendor), C(account), C(kind) and C(name) of the figures that it is for, and C(back_above), from which on it counts
        as recovered (a tenth above C(below) unless given).
    type: list
    elements: dict
    required: true
  interval:
    description:
      - Seconds between two looks. After a failure it waits longer each time, up to five minutes.
    type: float
    default: 300
  state_path:
    description:
      - File in which is remembered what was told; it must outlive a restart (in a container, on a mounted folder).
      - Unless it or O(journal) is given, a file of this account in C(~/.kariz_events).
    type: path
  journal:
    description:
      - Journal in which is remembered what was told, instead of a file. The same as the modules', a path or C(postgresql://...).
      - Without O(state_path) it is also taken from the environment variable E(KARIZ_JOURNAL).
    type: str
  state_name:
    description:
      - Name under which is remembered in O(journal) or in C(~/.kariz_events). Two sources that look at the same each need one.
      - Unless given, it is made of the other arguments and of the account.
    type: str
  feedback:
    description:
      - Have the rule engine say that it has an event before the next one, and before it counts as told. Needs C(--persistence-id).
    type: bool
    default: false
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Credit for texts
  kariz.panels.balance_watch:
    accounts:
      - {vendor: payamsms}
    thresholds:
      - {vendor: payamsms, below: 5000000, back_above: 8000000}
"""

import os
import sys

# Rule engines run this file by its path, outside its package: the folder above ansible_collections is eight up.
sys.path.append(os.path.abspath(os.path.join(__file__, *[os.pardir] * 8)))

from ansible_collections.kariz.panels.plugins.plugin_utils._watches import by_hand, main_of

main = main_of("balance_watch")

if __name__ == "__main__":
    by_hand(main)
