#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: payamsms_scheduled_info
short_description: Read the scheduled messages of a PayamSMS account
version_added: 1.0.0
description:
  - Reads messages that wait for their time, all pages. Without a filter all of them.
extends_documentation_fragment:
  - kariz.panels.payamsms
  - kariz.panels.connection
  - kariz.panels.state.info
options:
  customer_id:
    description:
      - Your own id of the message.
    type: str
  server_id:
    description:
      - The vendor's id of the message.
    type: str
  from_date:
    description:
      - Earliest time, in ISO 8601; without an offset a time in Tehran.
    type: str
  to_date:
    description:
      - Latest time, in ISO 8601; without an offset a time in Tehran.
    type: str
seealso:
  - module: kariz.panels.payamsms_message
  - module: kariz.panels.payamsms_message_info
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: What goes out this week
  kariz.panels.payamsms_scheduled_info:
    from_date: "2026-03-21 00:00"
    to_date: "2026-03-27 23:59"
  register: week
"""

RETURN = r"""
messages:
  description: The scheduled messages, or the result of O(query).
  returned: success
  type: list
  elements: dict
  contains:
    customer_id:
      description: Your own id.
      type: str
    id:
      description: The vendor's id.
      type: str
    status:
      description: Always V(scheduled).
      type: str
    recipient:
      description: Number of the recipient.
      type: str
    body:
      description: Text.
      type: str
    send_date:
      description: Time of sending in Tehran.
      type: str
    send_date_iso:
      description: The same in ISO 8601 with its offset.
      type: str
    parts:
      description: Parts.
      type: int
    price:
      description: Price.
      type: int
  sample: [{"customer_id": "math10-reminder-1", "id": "700013", "status": "scheduled", "recipient": "989121234567", "body": "...",
            "send_date": "2026-03-21 08:00:00", "send_date_iso": "2026-03-21T08:00:00+03:30", "parts": 1, "price": 1000}]
account:
  description: Whose account it was. C(url) is its address, C(name) its user, or a digest of the token where there is nothing but a token; no secret, and
    the same for all tasks of one account.
  returned: once the connection options are in order, also when the task fails
  type: dict
  sample: {"vendor": "payamsms", "url": "https://www.payamsms.com", "name": "operator / company"}
api:
  description: What the task cost, logins included.
  returned: when a request was made
  type: dict
  sample: {"requests": 2, "retries": 0, "seconds": 0.031}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "payamsms", "operation": "send", "http_status": 200, "code": "E43", "name": "bad_recipient", "message": "...", "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._payamsms.info import SCHEDULED_INFO


def main():
    run_module(SCHEDULED_INFO)


if __name__ == "__main__":
    main()
