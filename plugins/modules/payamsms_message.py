#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: payamsms_message
short_description: Send text messages through PayamSMS, once for each customer_id
version_added: 1.0.0
description:
  - Sends messages, at once or at a later time, and cancels those that still wait for their time.
  - Every message carries a O(customer_id) of your choice. Before anything is sent the vendor is asked what it knows of these ids, 250 at a time; a
    message it knows is never sent again, whatever its text. One that it did not deliver fails with C(error.code=not_delivered); to send it
    again, give it a new O(customer_id).
  - With O(send_date) the scheduled messages are asked as well.
  - Up to 250 messages go in one call, and the shortest of the three send calls is used.
  - When the answer to a call is lost the status is asked again. A message that is not found then fails with C(error.code=outcome_unknown) and is
    not sent again by this run; the next run asks first.
  - Messages that the vendor refuses fail one by one, with its code, what it means and its own text; the others are sent.
extends_documentation_fragment:
  - kariz.panels.payamsms
  - kariz.panels.connection
  - kariz.panels.state
  - kariz.panels.journal
options:
  customer_id: &customer_id
    description:
      - Your own id of the message, such as C(welcome-1404-17). Two messages must not share one.
      - Required, here or in each item.
    type: str
  sender: &sender
    description:
      - Number to send from. C(98) is put before it where it is missing.
      - With O(messages), it may stand once at the top for all items without one.
    type: str
  recipient: &recipient
    description:
      - Mobile number to send to, in any spelling; see the filter P(kariz.panels.iran_mobile#filter).
    type: str
  body: &body
    description:
      - Text, up to 32 parts; see the filter P(kariz.panels.sms_parts#filter).
      - With O(messages), it may stand once at the top for all items without one.
    type: str
  send_date: &send_date
    description:
      - Time to send at, in ISO 8601, such as V(2026-03-21 08:30), V(2026-03-21T08:30:00+03:30) or V(2026-03-21T05:00:00Z). Without an offset it
        is a time in Tehran. A Jalali day, such as V(1405/01/01 08:30), is taken as well.
      - A time that has passed fails, unless the message was sent already.
      - With O(messages), it may stand once at the top for all items without one.
    type: str
  cancel_message: &cancel_message
    description:
      - Reason, sent with O(state=absent).
    type: str
  state:
    description:
      - V(present) sends the message unless the vendor knows its O(customer_id).
      - V(absent) cancels it when it is still scheduled. A message that was sent cannot be taken back; that is a warning and no change.
    type: str
    choices: [present, absent]
    default: present
  messages:
    description:
      - Many messages in one task. Items take the same keys.
    type: list
    elements: dict
    suboptions:
      customer_id:
        description:
          - Your own id of the message, such as C(welcome-1404-17). Two messages must not share one.
        type: str
        required: true
      sender: *sender
      recipient: *recipient
      body: *body
      send_date: *send_date
      cancel_message: *cancel_message
      state:
        description:
          - Whether the message shall be sent; by default what O(state) of the task says.
        type: str
        choices: [present, absent]
  part_price:
    description:
      - Price of one part. When given, the balance is read before anything is sent and must cover all parts; otherwise nothing is sent.
      - V(0) only asks that there is something left.
    type: int
notes:
  - Two runs at the same moment may both ask before either has sent. Let one controller at a time send the same ids, or give O(journal).
seealso:
  - module: kariz.panels.payamsms_message_info
  - module: kariz.panels.payamsms_scheduled_info
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: One message
  kariz.panels.payamsms_message:
    customer_id: welcome-1404-17
    sender: "982000123"
    recipient: "0912 123 45 67"
    body: به مدرسه خوش آمدید.

- name: A reminder for tomorrow morning to all, in one call
  kariz.panels.payamsms_message:
    sender: "982000123"
    body: کلاس ریاضی فردا ساعت ۹ برگزار می‌شود.
    send_date: "{{ '%Y-%m-%d 08:00' | ansible.builtin.strftime(now(fmt='%s') | int + 86400) }}"
    messages:
      - customer_id: math10-reminder-1
        recipient: "09121234567"
      - customer_id: math10-reminder-2
        recipient: "+98 935 123 4567"

- name: The class was called off
  kariz.panels.payamsms_message:
    customer_id: math10-reminder-1
    cancel_message: کلاس لغو شد
    state: absent
"""

RETURN = r"""
message:
  description: The message, when one was given by O(customer_id). What the vendor does not tell of a message that was sent earlier is left out.
  returned: success, without O(messages)
  type: dict
  contains:
    customer_id:
      description: The caller's own id of the message.
      type: str
    id:
      description: The vendor's id (C(serverId)); V(null) in check mode for a message that would be sent.
      type: str
    status:
      description: V(accepted) when it was sent now, V(scheduled) while it waits for its time, V(cancelled), otherwise what the vendor's report says.
      type: str
    parts:
      description: Parts the vendor counts.
      type: int
    price:
      description: Price, where the vendor tells it (scheduled messages).
      type: int
    sender:
      description: Number it is sent from.
      type: str
    recipient:
      description: Number it is sent to, as V(989...).
      type: str
    body:
      description: Text.
      type: str
    send_date:
      description: Time of sending in Tehran.
      type: str
  sample: {"customer_id": "welcome-1404-17", "id": "700012", "status": "accepted", "parts": 1, "price": null}
messages:
  description: One entry for each item of O(messages), with C(action), C(changed) and, for a failed one, C(error).
  returned: with O(messages)
  type: list
  elements: dict
  sample: [{"customer_id": "math10-reminder-1", "id": "700013", "status": "accepted", "parts": 1, "price": null, "action": "created", "changed": true}]
summary:
  description: How many items had each action.
  returned: with O(messages)
  type: dict
  sample: {"created": 1, "updated": 0, "deleted": 0, "unchanged": 3, "failed": 0}
diff:
  description: Managed keys before and after.
  returned: success
  type: dict
  sample: {"before": {}, "after": {"customer_id": "welcome-1404-17", "sender": "982000123", "recipient": "989121234567", "body": "..."}}
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
from ansible_collections.kariz.panels.plugins.module_utils._payamsms.message import MESSAGE


def main():
    run_module(MESSAGE)


if __name__ == "__main__":
    main()
