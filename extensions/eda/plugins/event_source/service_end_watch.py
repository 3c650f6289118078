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
- name: Whose service ends
  kariz.panels.service_end_watch:
    days: 2
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
    await watch("service_end_watch", queue, {"interval": 3600, **args})


if __name__ == "__main__":

    class Printer:
        async def put(self, event):
            print(event, flush=True)

    # To try it by hand: python service_end_watch.py '{"interval": 5, ...}'
    import json

    asyncio.run(main(Printer(), json.loads(sys.argv[1])))
