#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: payamsms_inbox_info
short_description: Read the messages that people sent to a number of a PayamSMS account
version_added: 1.0.0
description:
  - With O(since_id), reads all messages with a larger id and changes nothing.
  - Without it the vendor answers the unread messages, 90 at a time, and marks them as read. That must be asked for with O(mark_read=true), and
    check mode refuses it.
extends_documentation_fragment:
  - kariz.panels.payamsms
  - kariz.panels.connection
  - kariz.panels.state.info
options:
  number:
    description:
      - The own number that people wrote to.
    type: str
    required: true
  since_id:
    description:
      - Only messages with a larger id. V(0) for all.
    type: int
  mark_read:
    description:
      - Read what is unread and let the vendor mark it as read. A lost answer is never asked for again, as that would bring the next messages.
    type: bool
    default: false
seealso:
  - module: kariz.panels.payamsms_message
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: New answers since the last time
  kariz.panels.payamsms_inbox_info:
    number: "982000123"
    since_id: 478
  register: inbox

- name: The unread ones, which are read from then on
  kariz.panels.payamsms_inbox_info:
    number: "982000123"
    mark_read: true
"""

RETURN = r"""
messages:
  description: The messages by id, or the result of O(query).
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The vendor's id, for O(since_id) of the next time.
      type: int
    sender:
      description: Number that wrote.
      type: str
    number:
      description: Own number.
      type: str
    body:
      description: Text.
      type: str
    date:
      description: Time in Tehran.
      type: str
    date_iso:
      description: The same in ISO 8601 with its offset.
      type: str
  sample: [{"id": 479, "sender": "989121234567", "number": "982000123", "body": "سلام", "date": "2026-03-21 08:00:00", "date_iso": "2026-03-21T08:00:00+03:30"}]
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
from ansible_collections.kariz.panels.plugins.module_utils._payamsms.info import INBOX_INFO


def main():
    run_module(INBOX_INFO)


if __name__ == "__main__":
    main()
