#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: message
short_description: A text to people, once for each key, through the first provider that takes it
version_added: 1.0.0
description:
  - Sends each message once, whatever fails in between and however often the task runs. O(messages[].key) says which message it is.
  - The providers are tried in order. The next one gets a message only when the one before refused it, or could not be reached, before it was accepted.
    A message of which nobody knows whether it was accepted goes to no other provider; it is told as V(unknown).
  - A message that was sent earlier is asked about where it was sent. One that did not arrive is told as V(refused); to send it again, give it a new key.
  - All providers write into one journal under one key. A journal is needed, unless PayamSMS is the only provider.
  - Numbers, texts and parts are checked before anything is sent.
  - In check mode the result is what the real run would give, and nothing is sent.
options:
  key:
    description:
      - Your own id of the message, the same in every run. It is the C(customer_id) at PayamSMS and the key in the journal. With O(recipient) and O(text) it is
        one message; give this or O(messages).
    type: str
  recipient:
    description:
      - Mobile number, in any spelling.
    type: str
  text:
    description:
      - The text.
    type: str
  messages:
    description:
      - The messages.
      - On the controller an entry may also hold C(template) (path of a Jinja2 template of the text), C(variables) for it, and C(when) (the message is left out
        when that is false).
    type: list
    elements: dict
    suboptions:
      key:
        description: Your own id of the message.
        type: str
        required: true
      recipient:
        description: Mobile number, in any spelling.
        type: str
        required: true
      text:
        description: The text.
        type: str
  providers:
    description:
      - Providers in the order in which they are tried.
    type: list
    elements: str
    choices: [payamsms, smspanel]
    default: [payamsms, smspanel]
  sender:
    description:
      - Number to send from; one for all providers, or a mapping of provider to number.
    type: raw
    required: true
  part_price:
    description:
      - Price of one part, or a mapping of provider to price. Where it is given, what is left at the provider must cover all parts, or nothing is sent there.
        V(0) only asks that there is something left.
    type: raw
  parts_limit:
    description:
      - A text with more parts cannot be sent.
    type: int
    default: 32
  on_invalid:
    description:
      - With V(fail) nothing is sent when a message cannot be (no mobile number, no text, too long). With V(skip) the others are, and it is told as V(skipped).
    type: str
    choices: [fail, skip]
    default: fail
  merge_same:
    description:
      - One person and one text under several keys is one message, also across runs.
    type: bool
    default: true
  dry_run:
    description:
      - Only check numbers, texts and parts, and return them with texts, numbers and cost at the first provider. Nobody is asked anything and nothing is sent.
    type: bool
    default: false
  connections:
    description:
      - Mapping of provider to its connection options, as its modules take them. What is not given is taken from C(module_defaults) of the provider's group
        and from its environment variables.
    type: dict
extends_documentation_fragment:
  - kariz.panels.journal
attributes:
  check_mode:
    description: Says what it would do and sends nothing.
    support: full
  diff_mode:
    description: Lists the keys that are sent.
    support: full
seealso:
  - module: kariz.panels.message_delivery_info
  - module: kariz.panels.payamsms_message
  - module: kariz.panels.smspanel_message
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Tell the parents of a class, each once
  kariz.panels.message:
    sender: {payamsms: "982000123", smspanel: "30001234"}
    part_price: {payamsms: 1200, smspanel: 950}
    journal: /var/lib/school/journal.db
    on_invalid: skip
    messages:
      - key: meeting-1405-ali
        recipient: "0912 123 45 67"
        text: جلسه‌ی اولیا پنج‌شنبه ساعت ۱۶
      - key: meeting-1405-sara
        recipient: "09351234567"
        text: جلسه‌ی اولیا پنج‌شنبه ساعت ۱۶
  register: told
"""

RETURN = r"""
messages:
  description: What became of each message, in the order given.
  returned: when the messages could be tried
  type: list
  elements: dict
  contains:
    key:
      description: Your id.
      type: str
    outcome:
      description:
        - V(sent) now, V(already) in an earlier run, V(refused) by every provider, V(unknown) when nobody knows whether it was accepted, V(skipped) because it
          cannot be sent, V(merged) with another key of the same person and text.
      type: str
    provider:
      description: Who has it, or refused it last.
      type: str
    id:
      description: The provider's id.
      type: raw
    parts:
      description: Parts of the text.
      type: int
    reason:
      description: Why it was not sent.
      type: str
  sample: [{"key": "meeting-1405-ali", "outcome": "sent", "provider": "payamsms", "id": "91", "parts": 1, "reason": null}]
summary:
  description: How many messages had each outcome.
  returned: when the messages could be tried
  type: dict
  sample: {"sent": 298, "already": 0, "refused": 0, "unknown": 0, "skipped": 2, "merged": 41}
cost:
  description: What was sent by each provider, and what it costs where its price is known.
  returned: when the messages could be tried
  type: dict
  sample: {"payamsms": {"messages": 298, "parts": 301, "cost": 361200}}
report:
  description: The same as RV(messages) in the words of the role C(notify), which says C(would be sent) in check mode and C(why) for a reason.
  returned: when the messages could be tried
  type: list
  elements: dict
  sample: [{"key": "meeting-1405-ali", "parts": 1, "outcome": "would be sent", "provider": "payamsms", "id": null, "why": null}]
refusals:
  description: The reasons of the refusals, the most frequent first, with their number and some of the keys.
  returned: when the messages could be tried
  type: list
  elements: dict
  sample: [{"reason": "payamsms: send: not enough credit to send", "count": 500, "keys": ["k1", "k2"]}]
accounts_used:
  description: The accounts that were asked, each with C(vendor), C(url) and C(name) (its user, or a digest of its token).
  returned: when the messages could be tried
  type: list
  elements: dict
  sample: [{"vendor": "payamsms", "url": "https://www.payamsms.com", "name": "operator / company"}]
api:
  description: What the task cost, logins included, all providers together.
  returned: when the messages could be tried
  type: dict
  sample: {"requests": 9, "retries": 0, "seconds": 1.2}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "payamsms", "operation": "send", "http_status": null, "code": "outcome_unknown", "name": "outcome_unknown", "message": "...",
           "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._business.message import MESSAGE
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(MESSAGE)


if __name__ == "__main__":
    main()
