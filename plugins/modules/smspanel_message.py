#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: smspanel_message
short_description: Send text messages through an SMS panel
version_added: 1.0.0
description:
  - Sends a text, at once or later, from a pattern, to a phonebook, or many texts in one call.
  - 'The vendor gives a message no id of your own, so nothing can be looked up afterwards. With O(journal) and O(message_id) a local file remembers
    what was sent: the intent is on disk before the request leaves, the outcome after it, and a message is sent at most once ever. Without them it
    is sent each time the task runs, and never twice in one run.'
  - 'When the answer is lost, or the run was killed while sending, the outcome is unknown: the task and every later run fail with
    C(error.code=outcome_unknown) until a person has looked into the panel and told the journal. The message says how.'
  - A message that the journal knows is asked about. One that did not arrive (C(not_at_operator), C(not_delivered), C(returned)) fails with
    C(error.code=not_delivered) and is not sent again; to send it again, give it a new O(message_id).
  - A refusal inside an answer with HTTP 200 is a failure, with the vendor's code in words.
extends_documentation_fragment:
  - kariz.panels.smspanel
  - kariz.panels.connection
  - kariz.panels.state.action
  - kariz.panels.journal
options:
  kind:
    description:
      - V(plain) sends O(text) to O(recipients).
      - V(scheduled) does so at O(send_date).
      - V(pattern) fills the pattern O(pattern_id) with O(variables).
      - V(phonebook) sends O(text) to the numbers of O(phonebook).
      - V(multiple) sends O(messages), each with its own text and recipients.
    type: str
    choices: [plain, scheduled, pattern, phonebook, multiple]
    default: plain
  sender:
    description:
      - Number to send from. With V(multiple), for messages without one.
    type: str
  recipients:
    description:
      - Numbers to send to, in any spelling; each gets the text once. With V(phonebook), further numbers.
    type: list
    elements: str
  text:
    description:
      - Text. With V(multiple), for messages without one.
    type: str
  flash:
    description:
      - Show the text on the screen without keeping it.
    type: bool
  send_date:
    description:
      - Time to send at, passed on as it is, in ASCII digits. The vendor gives no format; C(YYYY-MM-DD HH:MM:SS) is the most likely one.
      - A time that cannot be, such as V(1404/13/45 10:00), is refused. A Jalali time that the panel refuses is given to it once more as the Gregorian one.
    type: str
  period:
    description:
      - The vendor's C(sentPeriod), passed on as it is.
    type: str
  priority:
    description:
      - The vendor's C(prtrys), passed on as it is.
    type: str
  pattern_id:
    description:
      - Id of the pattern.
    type: int
  variables:
    description:
      - Values of the pattern's variables.
    type: dict
  phonebook:
    description:
      - Name or id of the phonebook.
    type: str
  messages:
    description:
      - Messages of V(multiple).
    type: list
    elements: dict
    suboptions:
      sender:
        description:
          - Number to send from.
        type: str
      recipients:
        description:
          - Numbers to send to.
        type: list
        elements: str
        required: true
      text:
        description:
          - Text.
        type: str
      flash:
        description:
          - Show the text on the screen without keeping it.
        type: bool
      message_id:
        description:
          - Your own id of this message in O(journal); by default O(message_id) with its place in the list.
        type: str
  batch_size:
    description:
      - Most recipients, or with V(multiple) most messages, in one call. The vendor only says that there is a limit.
    type: int
    default: 200
  message_id:
    description:
      - Your own id of the message in O(journal).
    type: str
  part_price:
    description:
      - Price of one part. When given, the credit is read before anything is sent and must cover all parts; otherwise nothing is sent.
      - V(0) only asks that there is something left.
    type: int
seealso:
  - module: kariz.panels.smspanel_message_info
  - module: kariz.panels.smspanel_phonebook
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Once ever, however often this runs
  kariz.panels.smspanel_message:
    sender: "30001234"
    recipients: ["09121234567"]
    text: سامانه از ساعت ۲۲ در دسترس نیست.
    journal: /var/lib/school/sent.jsonl
    message_id: maintenance-1404-07-01

- name: A code from a pattern
  kariz.panels.smspanel_message:
    kind: pattern
    sender: "30001234"
    recipients: ["09121234567"]
    pattern_id: 101
    variables:
      name: سارا
      code: "48213"

- name: To a phonebook
  kariz.panels.smspanel_message:
    kind: phonebook
    sender: "30001234"
    phonebook: همکاران
    text: جلسه فردا ساعت ۱۰ است.

- name: Different texts in one call
  kariz.panels.smspanel_message:
    kind: multiple
    sender: "30001234"
    journal: /var/lib/school/sent.jsonl
    messages:
      - message_id: grades-17
        recipients: ["09121234567"]
        text: نمره ریاضی ۱۸
      - message_id: grades-18
        recipients: ["09351234567"]
        text: نمره ریاضی ۱۹
"""

RETURN = r"""
message:
  description: The message, when it went in one call of its own.
  returned: success, with one message
  type: dict
  contains:
    id:
      description: The vendor's id, for M(kariz.panels.smspanel_message_info); V(null) in check mode.
      type: int
    status:
      description: What the vendor says of one that was sent earlier, in the words of M(kariz.panels.smspanel_message_info); otherwise V(null).
      type: str
    message_id:
      description: Your own id.
      type: str
    kind:
      description: Kind.
      type: str
    sender:
      description: Number it was sent from.
      type: str
    recipients:
      description: Numbers it was sent to.
      type: list
      elements: str
    parts:
      description: Parts of the text; V(null) for a pattern.
      type: int
    action:
      description: V(created), V(unchanged) (the journal has it) or V(failed).
      type: str
    changed:
      description: Whether it was sent now.
      type: bool
  sample: {"id": 8123, "status": null, "message_id": "maintenance-1404-07-01", "kind": "plain", "sender": "30001234", "recipients": ["09121234567"], "parts": 1,
           "action": "created", "changed": true}
messages:
  description: One such entry for each message, with C(error) for a failed one; for V(multiple), and for more recipients than O(batch_size).
  returned: with several messages
  type: list
  elements: dict
  sample: [{"id": 8124, "status": null, "message_id": "grades-17", "kind": "multiple", "sender": "30001234", "recipients": ["09121234567"], "parts": 1,
            "action": "created", "changed": true}]
summary:
  description: How many items had each action.
  returned: with several messages
  type: dict
  sample: {"created": 1, "updated": 0, "deleted": 0, "unchanged": 3, "failed": 0}
diff:
  description: Managed keys before and after.
  returned: success
  type: dict
  sample: {"before": {}, "after": {"sent": [{"recipients": ["09121234567"], "kind": "plain", "sender": "30001234", "message_id": null}]}}
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
from ansible_collections.kariz.panels.plugins.module_utils._smspanel.message import MESSAGE


def main():
    run_module(MESSAGE)


if __name__ == "__main__":
    main()
