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
- name: Texts to our number
  kariz.panels.payamsms_inbox:
    number: "982000123"
    interval: 20
    state_path: /var/lib/school/inbox.json
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
    await watch("payamsms_inbox", queue, {"interval": 30, **args})


if __name__ == "__main__":

    class Printer:
        async def put(self, event):
            print(event, flush=True)

    # To try it by hand: python payamsms_inbox.py '{"interval": 5, ...}'
    import json

    asyncio.run(main(Printer(), json.loads(sys.argv[1])))
