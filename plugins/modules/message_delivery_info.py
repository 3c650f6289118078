#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: message_delivery_info
short_description: Who got a message and who did not
version_added: 1.0.0
description:
  - Asks each provider about the messages that the journal says it has, and answers in one vocabulary for all of them.
  - To send again to exactly those who did not get it, give M(kariz.panels.message) new keys for the V(failed) ones.
options:
  keys:
    description:
      - Keys of messages. Give these, O(since), or both.
    type: list
    elements: str
  since:
    description:
      - Messages that were begun at or after this day or time, in ISO 8601; the day may be Jalali (V(1404/12/10)). Without an offset it is taken as UTC.
    type: str
  query:
    description:
      - A JMESPath expression; the result is what it makes of the list. Needs the Python library jmespath.
    type: str
  return_content:
    description:
      - How much comes back. V(summary) returns of each object only what it is called, and its state.
      - V(full) returns everything, however long it is.
      - V(auto) returns everything up to 700,000 characters, which is what automation controllers keep of a result, and beyond that as much as fits;
        RV(shortened) says what was left out. The variable C(kariz_result_limit), or E(KARIZ_RESULT_LIMIT) in the environment, sets another limit,
        V(0) none.
    type: str
    choices: [auto, full, summary]
    default: auto
  connections:
    description:
      - Mapping of provider to its connection options, as its modules take them. What is not given is taken from C(module_defaults) of the provider's group
        and from its environment variables.
    type: dict
extends_documentation_fragment:
  - kariz.panels.journal
attributes:
  check_mode:
    description: Changes nothing, so it does the same in check mode.
    support: full
  diff_mode:
    description: There is nothing to show.
    support: none
seealso:
  - module: kariz.panels.message
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Who did not get this week's messages
  kariz.panels.message_delivery_info:
    journal: /var/lib/school/journal.db
    since: 2026-03-01
    query: "[?delivery == 'failed'].key"
  register: lost
"""

RETURN = r"""
messages:
  description: The messages, in the order of O(keys), or in which they were begun.
  returned: success
  type: list
  elements: dict
  contains:
    key:
      description: The key.
      type: str
    delivery:
      description: V(delivered), V(failed) (not delivered, or refused), V(waiting) (on its way), or V(unknown).
      type: str
    provider:
      description: Who has it.
      type: str
    id:
      description: The provider's id.
      type: raw
    status:
      description: The provider's own word.
      type: str
    reason:
      description: Why it is not known, or why it was refused.
      type: str
    sent_at:
      description: When it was accepted, ISO 8601 in UTC.
      type: str
  sample: [{"key": "meeting-1405-ali", "delivery": "delivered", "provider": "payamsms", "id": "91", "status": "Send Successfully", "reason": null,
            "sent_at": "2026-03-01T08:30:01.000000Z"}]
summary:
  description: How many have each delivery.
  returned: success
  type: dict
  sample: {"delivered": 290, "failed": 6, "waiting": 2, "unknown": 0}
accounts_used:
  description: The accounts that were asked, each with C(vendor), C(url) and C(name) (its user, or a digest of its token).
  returned: success
  type: list
  elements: dict
  sample: [{"vendor": "payamsms", "url": "https://www.payamsms.com", "name": "operator / company"}]
api:
  description: What the task cost, logins included, all providers together.
  returned: always
  type: dict
  sample: {"requests": 4, "retries": 0, "seconds": 0.3}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "payamsms", "operation": "login", "http_status": 401, "code": "not_authenticated", "name": null, "message": "...", "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._business.message_delivery import MESSAGE_DELIVERY
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(MESSAGE_DELIVERY)


if __name__ == "__main__":
    main()
