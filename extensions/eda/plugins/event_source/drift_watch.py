# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: drift_watch
short_description: When the panels differ from a desired-state file
version_added: 1.0.0
description:
  - Compares by the playbook C(kariz.panels.drift), which writes nothing, and gives an event when what differs is another than the last time, also when
    nothing differs any more.
  - C(event.drift) holds C(differs), C(summary) and C(accounts), as the playbook's JSON report.
  - When something could not be compared, nothing is told; the log says what.
options:
  desired_state:
    description:
      - The file or folder.
    type: path
    required: true
  only:
    description:
      - Only these vendors or accounts, such as V(alocom/school).
    type: list
    elements: str
  extra_vars:
    description:
      - More variables for the playbook.
    type: dict
    default: {}
  command:
    description:
      - How ansible-playbook is called.
    type: list
    elements: str
    default: [ansible-playbook]
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
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Somebody changes things by hand
  kariz.panels.drift_watch:
    desired_state: /srv/school/business.yml
    interval: 1800
"""

import os
import sys

# Rule engines run this file by its path, outside its package: the folder above ansible_collections is eight up.
sys.path.append(os.path.abspath(os.path.join(__file__, *[os.pardir] * 8)))

from ansible_collections.kariz.panels.plugins.plugin_utils._watches import by_hand, main_of

main = main_of("drift_watch")

if __name__ == "__main__":
    by_hand(main)
