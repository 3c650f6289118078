# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: service_end_watch
short_description: Subscribers of DeltaSib whose service ends soon
version_added: 1.0.0
description:
  - Gives each end once, with C(username), C(end_iso), C(days_left) and C(traffic_left) in C(event.service_end). A service that is renewed has another
    end, which is told again.
options:
  days:
    description:
      - How soon.
    type: float
    default: 3
  usernames:
    description:
      - Only these; all unless given.
    type: list
    elements: str
  interval:
    description:
      - Seconds between two looks. After a failure it waits longer each time, up to five minutes.
    type: float
    default: 3600
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
- name: Whose service ends
  kariz.panels.service_end_watch:
    days: 2
"""

import os
import sys

# Rule engines run this file by its path, outside its package: the folder above ansible_collections is eight up.
sys.path.append(os.path.abspath(os.path.join(__file__, *[os.pardir] * 8)))

from ansible_collections.kariz.panels.plugins.plugin_utils._watches import by_hand, main_of

main = main_of("service_end_watch")

if __name__ == "__main__":
    by_hand(main)
