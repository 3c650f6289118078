#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: payamsms_message_info
short_description: Read the delivery status of messages sent through PayamSMS
version_added: 1.0.0
description:
  - Reads what became of messages, by your own ids or by the vendor's, 250 ids a call.
  - An id that the vendor does not know is left out; one that was used several times comes back several times.
extends_documentation_fragment:
  - kariz.panels.payamsms
  - kariz.panels.connection
  - kariz.panels.state.info
options:
  customer_ids:
    description:
      - Your own ids of messages.
    type: list
    elements: str
  server_ids:
    description:
      - The vendor's ids of messages.
    type: list
    elements: str
seealso:
  - module: kariz.panels.payamsms_message
  - module: kariz.panels.payamsms_scheduled_info
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: What became of the invitations
  kariz.panels.payamsms_message_info:
    customer_ids: [welcome-1404-17, welcome-1404-18]
  register: invitations

- name: Only those that failed
  kariz.panels.payamsms_message_info:
    server_ids: ["700012", "700013"]
    query: "[?status=='Failed'].customer_id"
"""

RETURN = r"""
messages:
  description: One entry for each message found, or the result of O(query).
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
      description: V(Send Successfully), V(Failed), V(Pending) (the operator has not reported yet) or V(Pending In Queue) (on its way to the operator).
      type: str
    parts:
      description: Parts.
      type: int
    delivered_parts:
      description: Parts that arrived.
      type: int
    undelivered_parts:
      description: Parts that did not arrive.
      type: int
    unknown_parts:
      description: Parts without a report.
      type: int
  sample: [{"customer_id": "welcome-1404-17", "id": "700012", "status": "Send Successfully", "parts": 1, "delivered_parts": 1, "undelivered_parts": 0,
            "unknown_parts": 0}]
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
from ansible_collections.kariz.panels.plugins.module_utils._payamsms.info import MESSAGE_INFO


def main():
    run_module(MESSAGE_INFO)


if __name__ == "__main__":
    main()
