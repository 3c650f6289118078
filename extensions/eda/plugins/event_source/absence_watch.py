# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: absence_watch
short_description: Students who were absent from a class at Alocom
version_added: 1.0.0
description:
  - Gives each absence of a roll call once, with C(event), C(date), C(username) and C(name) in C(event.absence).
options:
  events:
    description:
      - Slugs of the classes.
    type: list
    elements: str
    required: true
  days:
    description:
      - How many days back roll calls are looked at.
    type: int
    default: 1
  interval:
    description:
      - Seconds between two looks. After a failure it waits longer each time, up to five minutes.
    type: float
    default: 300
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
  api_url:
    description:
      - Address, and with C(api_username), C(api_password) and so on all connection options of the vendor's modules. Unless given, their environment variables.
    type: str
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Who was absent
  kariz.panels.absence_watch:
    events: [math-10]
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
    await watch("absence_watch", queue, {"interval": 300, **args})


if __name__ == "__main__":

    class Printer:
        async def put(self, event):
            print(event, flush=True)

    # To try it by hand: python absence_watch.py '{"interval": 5, ...}'
    import json

    asyncio.run(main(Printer(), json.loads(sys.argv[1])))
