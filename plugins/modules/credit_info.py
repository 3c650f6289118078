#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: credit_info
short_description: Read what any vendor's account has left
version_added: 1.0.0
description:
  - Reads balances, credits, room, class hours, traffic and days of expiry of one account, in one shape for all vendors.
  - Alocom tells hours and disk of each active service; DeltaSib traffic and end of the service of each subscriber; PayamSMS and the SMS panel their balance;
    POD Space the room of the plan.
options:
  vendor:
    description:
      - The vendor.
    type: str
    required: true
    choices: [alocom, deltasib, payamsms, podspace, smspanel]
  connection:
    description:
      - The vendor's connection options, as its modules take them. What is not given is taken from the vendor's environment variables.
    type: dict
    default: {}
  usernames:
    description:
      - For DeltaSib the subscribers to read. All of them, unless given.
    type: list
    elements: str
  return_content:
    description:
      - How much comes back. V(summary) returns of each gauge only what it is called, and what is left.
      - V(full) returns everything, however long it is.
      - V(auto) returns everything up to 700,000 characters, which is what automation controllers keep of a result, and beyond that as much as fits;
        RV(shortened) says what was left out. The variable C(kariz_result_limit), or E(KARIZ_RESULT_LIMIT) in the environment, sets another limit,
        V(0) none.
    type: str
    choices: [auto, full, summary]
    default: auto
attributes:
  check_mode:
    description: Changes nothing, so it does the same in check mode.
    support: full
  diff_mode:
    description: There is nothing to show.
    support: none
seealso:
  - module: kariz.panels.credit_report
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: What is left at PayamSMS, credentials from the environment
  kariz.panels.credit_info:
    vendor: payamsms
  register: left
"""

RETURN = r"""
gauges:
  description: What is left.
  returned: success
  type: list
  elements: dict
  contains:
    key:
      description: Tells it from the account's other gauges, the same in every run.
      type: str
    kind:
      description: C(money) (rial, as far as the vendors say), C(hours), C(disk) (as the vendor counts it), C(storage) or C(traffic) (bytes).
      type: str
    name:
      description: What it belongs to, such as the title of a service; V(null) for the account as a whole.
      type: str
    left:
      description: How much is left; V(null) when the vendor does not say, or there is no limit.
      type: float
    total:
      description: Of how much; V(null) when there is no such number.
      type: float
    unlimited:
      description: Whether there is no limit.
      type: bool
    expires:
      description: Until when, in ISO 8601; V(null) when it does not end.
      type: str
    of:
      description: C(account), or C(subscriber) for what belongs to one of many people.
      type: str
  sample: [{"key": "service 14", "kind": "hours", "name": "کلاس اصلی", "left": 212, "total": 300, "unlimited": false, "expires": "2026-03-20T18:45:00",
            "of": "account"}]
account:
  description: Whose account it was. C(url) is its address, C(name) its user, or a digest of the token where there is nothing but a token; no secret, and
    the same for all tasks of one account.
  returned: once the connection options are in order, also when the task fails
  type: dict
  sample: {"vendor": "alocom", "url": "https://pnlapi.alocom.co", "name": "school"}
api:
  description: What the task cost, logins included.
  returned: when a request was made
  type: dict
  sample: {"requests": 2, "retries": 0, "seconds": 0.031}
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

from ansible_collections.kariz.panels.plugins.module_utils._business.gauges import CREDIT_INFO
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(CREDIT_INFO)


if __name__ == "__main__":
    main()
