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
      - Unless given, a file of this account in C(~/.kariz_events).
    type: path
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

import asyncio
import os
import sys

try:
    from ansible_collections.kariz.panels.plugins.plugin_utils._watches import main as watch
except ImportError:
    # The file is run by its path, outside its package: the folder above ansible_collections is seven folders up.
    sys.path.insert(0, os.path.abspath(os.path.join(os.path.dirname(__file__), *[os.pardir] * 7)))
    from ansible_collections.kariz.panels.plugins.plugin_utils._watches import main as watch


async def main(queue: asyncio.Queue, args: dict) -> None:
    await watch("drift_watch", queue, {"interval": 3600, **args})


if __name__ == "__main__":

    class Printer:
        async def put(self, event):
            print(event, flush=True)

    # To try it by hand: python drift_watch.py '{"interval": 5, ...}'
    import json

    asyncio.run(main(Printer(), json.loads(sys.argv[1])))
