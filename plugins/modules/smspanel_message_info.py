#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: smspanel_message_info
short_description: Read the delivery status of messages sent through an SMS panel
version_added: 1.0.0
description:
  - Reads what became of messages by their ids, or the message that was sent last.
extends_documentation_fragment:
  - kariz.panels.smspanel
  - kariz.panels.connection
  - kariz.panels.state.info
options:
  ids:
    description:
      - The vendor's ids of messages. Without them the message that was sent last is read.
    type: list
    elements: str
seealso:
  - module: kariz.panels.smspanel_message
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Delivery of two messages
  kariz.panels.smspanel_message_info:
    ids: ["8123", "8124"]

- name: The last one
  kariz.panels.smspanel_message_info:
"""

RETURN = r"""
messages:
  description: One entry for each id, or the message sent last (none when nothing was sent), or the result of O(query).
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The vendor's id.
      type: int
    code:
      description: The vendor's code of delivery.
      type: int
    status:
      description: V(sent), V(sent_to_operator), V(not_at_operator), V(at_operator), V(delivered), V(not_delivered), V(returned) or V(unknown_id).
      type: str
    text:
      description: Text, of the last message only.
      returned: without O(ids)
      type: str
    sender:
      description: Number it was sent from, of the last message only.
      returned: without O(ids)
      type: str
    recipients:
      description: Numbers it was sent to, of the last message only.
      returned: without O(ids)
      type: list
      elements: str
    time:
      description: Time as the vendor sends it, of the last message only.
      returned: without O(ids)
      type: str
    now:
      description: The vendor's clock, of the last message only.
      returned: without O(ids)
      type: str
  sample: [{"id": 8123, "code": 4, "status": "delivered"}]
account:
  description: Whose account it was. C(url) is its address, C(name) its user, or a digest of the token where there is nothing but a token; no secret, and
    the same for all tasks of one account.
  returned: once the connection options are in order, also when the task fails
  type: dict
  sample: {"vendor": "smspanel", "url": "https://sms.example.com", "name": "company"}
api:
  description: What the task cost, logins included.
  returned: when a request was made
  type: dict
  sample: {"requests": 2, "retries": 0, "seconds": 0.031}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "smspanel", "operation": "send", "http_status": 200, "code": 22, "name": "no_credit", "message": "...", "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._smspanel.info import MESSAGE_INFO


def main():
    run_module(MESSAGE_INFO)


if __name__ == "__main__":
    main()
