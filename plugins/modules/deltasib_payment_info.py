#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: deltasib_payment_info
short_description: Read the payments of DeltaSib subscribers
version_added: 1.0.0
description:
  - Returns the ledger of one or several subscribers. One request a subscriber, several at once, beside the look-up
    of ids; less where the server tells payments of many subscribers in one list.
extends_documentation_fragment:
  - kariz.panels.deltasib
  - kariz.panels.connection
  - kariz.panels.state.info
options:
  username:
    description:
      - Username of one subscriber.
    type: str
  user_id:
    description:
      - The vendor's id of one subscriber.
    type: str
  usernames:
    description:
      - Usernames of several subscribers.
    type: list
    elements: str
  voucher_no:
    description:
      - Only payments with this voucher number.
    type: str
  payment_type:
    description:
      - Only payments of this type.
    type: str
    choices: [cash, cheque, pos, deposit, other, tax]
  filter:
    description:
      - A condition in the vendor's own language, passed as given beside the other options, such as V(Price>100000).
        Never put into it what comes from somewhere else.
    type: str
seealso:
  - module: kariz.panels.deltasib_user_payment
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Payments of a subscriber
  kariz.panels.deltasib_payment_info:
    username: zahra.karimi

- name: Was this voucher booked?
  kariz.panels.deltasib_payment_info:
    username: zahra.karimi
    voucher_no: "140407120001"
"""

RETURN = r"""
payments:
  description: The payments, or what O(query) made of them.
  returned: success
  type: list
  elements: dict
  contains:
    username:
      description: Username, when asked by it.
      type: str
    user_id:
      description: Id of the subscriber.
      type: int
    id:
      description: The vendor's id of the payment.
      type: int
    voucher_no:
      description: Number of the voucher.
      type: str
    amount:
      description: Amount in the currency.
      type: float
    currency_id:
      description: Id of the currency.
      type: int
    price:
      description: Amount in the server's own currency.
      type: float
    pay_balance:
      description: Balance of the subscriber after it.
      type: float
    payment_type:
      description: How it was paid; the server has types of its own beside those of the module.
      type: str
    voucher_date:
      description: Day of the voucher.
      type: str
    voucher_date_iso:
      description: The same in ISO 8601.
      type: str
    bank_branch_name:
      description: Name of the bank branch.
      type: str
    bank_branch_no:
      description: Number of the bank branch.
      type: str
    comment:
      description: Comment.
      type: str
    creator_id:
      description: Id of who booked it.
      type: int
    terminal_id:
      description: Id of the terminal.
      type: int
    date:
      description: When it was booked, as the vendor sends it.
      type: str
    date_iso:
      description: The same in ISO 8601.
      type: str
  sample: [{"username": "zahra.karimi", "user_id": 1001, "id": 9001, "voucher_no": "881001", "amount": 120000, "currency_id": 1, "price":
    120000, "payment_type": "cash"}]
account:
  description: Whose account it was. C(url) is its address, C(name) its user, or a digest of the token where there is nothing but a token; no secret, and
    the same for all tasks of one account.
  returned: once the connection options are in order, also when the task fails
  type: dict
  sample: {"vendor": "deltasib", "url": "https://panel.example.com:1043", "name": "reseller"}
api:
  description: What the task cost, logins included.
  returned: when a request was made
  type: dict
  sample: {"requests": 3, "retries": 0, "seconds": 0.085}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "deltasib", "operation": "list payments", "http_status": 400, "code": -5, "name": "invalid_data", "message": "...",
    "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.infos import PAYMENT_INFO


def main():
    run_module(PAYMENT_INFO)


if __name__ == "__main__":
    main()
