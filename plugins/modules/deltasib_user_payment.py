#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: deltasib_user_payment
short_description: Book payments of DeltaSib subscribers
version_added: 1.0.0
description:
  - Books a payment unless the subscriber has one with the same voucher number. The vendor books every call anew and takes the amount from the
    reseller's credit, so nothing is ever booked without a voucher number.
  - Another amount, currency or type under a voucher that is there is an error and no second payment.
  - A payment is sent once whatever happens. After a lost answer the module looks for exactly this voucher; when it cannot tell, it fails with
    C(error.code=outcome_unknown).
  - The vendor can neither change nor remove a payment. Other differences are warnings.
extends_documentation_fragment:
  - kariz.panels.deltasib
  - kariz.panels.connection
  - kariz.panels.state
  - kariz.panels.state.foretold
  - kariz.panels.journal
options:
  username: &username
    description:
      - Username of the subscriber; this or O(user_id). Letters of any case are the same.
      - A quote, a backslash or a control character is refused before any request.
    type: str
  user_id: &user_id
    description:
      - The vendor's id of the subscriber, instead of O(username).
    type: str
  voucher_no:
    description:
      - Number of the voucher, up to 15 digits. It makes the payment one of a kind, so it is always needed. Zeros in front make no other voucher.
    type: str
  amount: &amount
    description:
      - The amount in the currency, a whole number above 0. Needed when the payment is not there yet.
    type: str
  currency_id: &currency_id
    description:
      - The vendor's id of the currency. Needed when the payment is not there yet.
    type: str
  exchange_rate: &exchange_rate
    description:
      - Rate of the currency, a whole number; V(1) unless given. The vendor never tells it, so it is not compared.
    type: str
  payment_type: &payment_type
    description:
      - How it was paid. Without it the server decides.
    type: str
    choices: [cash, cheque, pos, deposit, other, tax]
  date_type: &date_type
    description:
      - Calendar of O(voucher_date). Without it the year tells.
    type: str
    choices: [persian, gregorian]
  voucher_date: &voucher_date
    description:
      - Day of the voucher, such as V(1404/07/12) or V(2025-10-04).
    type: str
  bank_branch_name: &bank_branch_name
    description:
      - Name of the bank branch, up to 32 characters.
    type: str
  bank_branch_no: &bank_branch_no
    description:
      - Number of the bank branch, up to 32 characters.
    type: str
  comment: &comment
    description:
      - A comment, up to 255 characters.
    type: str
  state:
    description:
      - The payment shall be booked.
    type: str
    choices: [present]
    default: present
  payments:
    description:
      - Many payments in one task. Items take the same keys. About a hundred subscribers are looked up with one request, and each of them
        takes one read of his payments, several at once. Where the server tells many in one list, only who shall pay is read alone.
    type: list
    elements: dict
    suboptions:
      username: *username
      user_id: *user_id
      voucher_no:
        description:
          - Number of the voucher, up to 15 digits. It makes the payment one of a kind, so it is always needed. Zeros in front make no other voucher.
        type: str
        required: true
      amount: *amount
      currency_id: *currency_id
      exchange_rate: *exchange_rate
      payment_type: *payment_type
      date_type: *date_type
      voucher_date: *voucher_date
      bank_branch_name: *bank_branch_name
      bank_branch_no: *bank_branch_no
      comment: *comment
      state:
        description:
          - As O(state); by default what O(state) of the task says.
        type: str
        choices: [present]
seealso:
  - module: kariz.panels.deltasib_payment_info
  - module: kariz.panels.deltasib_user_service
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: A payment in cash
  kariz.panels.deltasib_user_payment:
    username: zahra.karimi
    voucher_no: "140407120001"
    amount: 330000
    currency_id: 1
    payment_type: cash

- name: The deposits of a day
  kariz.panels.deltasib_user_payment:
    payments:
      - username: zahra.karimi
        voucher_no: "140407120002"
        amount: 120000
        currency_id: 1
        exchange_rate: 1
        payment_type: deposit
        voucher_date: 1404/07/12
        bank_branch_name: شعبه مرکزی
      - user_id: "1002"
        voucher_no: "140407120003"
        amount: 45000
        currency_id: 1
"""

RETURN = r"""
payment:
  description: The payment.
  returned: success, without O(payments)
  type: dict
  contains:
    username:
      description: Username, when the task named him by it.
      type: str
    user_id:
      description: Id of the subscriber, when the task named him by it.
      type: int
    voucher_no:
      description: Number of the voucher.
      type: str
    id:
      description: The vendor's id of the payment; V(null) in check mode, and in lists for one that was just booked.
      type: int
    amount:
      description: Amount in the currency.
      type: int
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
      description: How it was paid.
      type: str
    voucher_date:
      description: Day of the voucher as the vendor has it.
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
    date:
      description: When it was booked, as the vendor sends it.
      type: str
    date_iso:
      description: The same in ISO 8601.
      type: str
  sample: {"username": "zahra.karimi", "voucher_no": "140407120001", "id": 9008, "price": 330000, "amount": 330000, "currency_id": 1,
    "payment_type": "cash"}
payments:
  description: One entry for each item of O(payments), in their order.
  returned: with O(payments)
  type: list
  elements: dict
  contains:
    username:
      description: Username, when the task named him by it.
      type: str
    user_id:
      description: Id of the subscriber, when the task named him by it.
      type: int
    voucher_no:
      description: Number of the voucher.
      type: str
    id:
      description: The vendor's id of the payment; V(null) in check mode, and in lists for one that was just booked.
      type: int
    amount:
      description: Amount in the currency.
      type: int
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
      description: How it was paid.
      type: str
    voucher_date:
      description: Day of the voucher as the vendor has it.
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
    date:
      description: When it was booked, as the vendor sends it.
      type: str
    date_iso:
      description: The same in ISO 8601.
      type: str
    action:
      description: V(created), V(updated), V(deleted), V(unchanged) or V(failed).
      type: str
    changed:
      description: Whether something was changed.
      type: bool
    error:
      description: Why it failed, in the shape of RV(error).
      returned: when the item failed
      type: dict
  sample: [{"username": "zahra.karimi", "voucher_no": "140407120001", "id": 9008, "price": 330000, "amount": 330000, "currency_id": 1,
    "payment_type": "cash", "action": "created", "changed": true}]
summary:
  description: How many items had each action.
  returned: with O(payments)
  type: dict
  sample: {"created": 1, "updated": 0, "deleted": 0, "unchanged": 3, "failed": 0}
diff:
  description: Managed keys before and after, secrets masked.
  returned: success
  type: dict
  sample: {"before": {}, "after": {"username": "zahra.karimi", "voucher_no": "140407120001", "amount": 330000, "currency_id": 1}}
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
  sample: {"vendor": "deltasib", "operation": "add payment", "http_status": 400, "code": -5, "name": "invalid_data", "message": "...",
    "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.payment import USER_PAYMENT


def main():
    run_module(USER_PAYMENT)


if __name__ == "__main__":
    main()
