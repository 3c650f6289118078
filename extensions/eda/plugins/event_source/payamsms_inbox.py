# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: payamsms_inbox
short_description: Texts that people send to a number of a PayamSMS account
version_added: 1.0.0
description:
  - Gives each text once, with the keys of M(kariz.panels.payamsms_inbox_info) in C(event.message), and C(event.message.word), its first word in one
    spelling (small letters, Persian yeh and kaf, digits of ASCII).
  - Nothing is marked as read at the vendor.
  - What was given last is given again after a restart (O(overlap)), with the same C(meta.uuid); whoever was killed may not have acted on it. Actions that
    must not happen twice take the id of the message as their key in a journal.
options:
  number:
    description:
      - The own number that people write to.
    type: str
    required: true
  start_from:
    description:
      - Where the first start begins. V(now) passes over what is there already, V(oldest) gives all of it, a number gives what has a larger id.
    type: str
    default: now
  overlap:
    description:
      - So many of the texts that were given before a restart are given again after it. V(0) with O(feedback), where nothing is lost.
    type: int
    default: 20
  interval:
    description:
      - Seconds between two looks. After a failure it waits longer each time, up to five minutes.
    type: float
    default: 30
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
  api_url:
    description:
      - Address, and with C(api_username), C(api_password) and so on all connection options of the vendor's modules. Unless given, their environment variables.
    type: str
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Texts to our number
  kariz.panels.payamsms_inbox:
    number: "982000123"
    interval: 20
    state_path: /var/lib/school/inbox.json
"""

import os
import sys

# Rule engines run this file by its path, outside its package: the folder above ansible_collections is eight up.
sys.path.append(os.path.abspath(os.path.join(__file__, *[os.pardir] * 8)))

from ansible_collections.kariz.panels.plugins.plugin_utils._watches import by_hand, main_of

main = main_of("payamsms_inbox")

if __name__ == "__main__":
    by_hand(main)
