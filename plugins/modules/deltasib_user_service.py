#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: deltasib_user_service
short_description: Buy and cancel base services of DeltaSib subscribers
version_added: 1.0.0
description:
  - Buying costs money each time, so a service is bought only when the subscriber has none of its kind that is active, in use or pending.
  - When the subscriber has another active service, the vendor lets the new one wait as pending.
  - Canceling gives back at most what was paid; how much is the server's matter. A canceled service cannot be revived.
  - A purchase is sent once whatever happens. After a lost answer the module looks whether it is there; when it cannot tell, it fails with
    C(error.code=outcome_unknown).
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
  service:
    description:
      - The base service, by name or by id. A number is always an id.
    type: str
  pay_plan: &pay_plan
    description:
      - How it is paid. Without it the server decides. Looked at when it is bought; a difference later is a warning.
    type: str
    choices: [prepaid, postpaid]
  pay_price: &pay_price
    description:
      - What is to be paid, in the server's currency, instead of the service's price. Looked at when it is bought; a difference later is a warning.
    type: str
  user_service_id: &user_service_id
    description:
      - The vendor's id of the bought service (C(User_ServiceBase_Id)), to cancel one of several of the same O(service).
    type: str
  state:
    description:
      - V(present) buys what is not there, V(canceled) cancels what is active, in use or pending.
    type: str
    choices: [present, canceled]
    default: present
  services:
    description:
      - Many services in one task. Items take the same keys. Each subscriber takes one read, several at once. Where
        the server tells many in one list, only who shall buy is read alone.
    type: list
    elements: dict
    suboptions:
      username: *username
      user_id: *user_id
      service:
        description:
          - The base service, by name or by id. A number is always an id.
        type: str
        required: true
      pay_plan: *pay_plan
      pay_price: *pay_price
      user_service_id: *user_service_id
      state:
        description:
          - As O(state); by default what O(state) of the task says.
        type: str
        choices: [present, canceled]
notes:
  - Several live services of the same kind satisfy V(present); to cancel one of them, name it by O(user_service_id).
seealso:
  - module: kariz.panels.deltasib_user_service_info
  - module: kariz.panels.deltasib_service_info
  - module: kariz.panels.deltasib_user_payment
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Three months for a subscriber
  kariz.panels.deltasib_user_service:
    username: zahra.karimi
    service: سه ماهه ۲۰۰ گیگ
    pay_plan: postpaid

- name: Cancel what he has and buy another
  kariz.panels.deltasib_user_service:
    services:
      - username: ali.mohammadi
        service: یک ماهه ۵۰ گیگ
        state: canceled
      - username: ali.mohammadi
        service: "13"
"""

RETURN = r"""
service:
  description: The service.
  returned: success, without O(services)
  type: dict
  contains:
    username:
      description: Username, when the task named him by it.
      type: str
    user_id:
      description: Id of the subscriber, when the task named him by it.
      type: int
    service:
      description: The service as the task named it.
      type: str
    id:
      description: The vendor's id of the bought service; V(null) in check mode, and in lists for one that was just bought.
      type: int
    service_id:
      description: Id of the service in the catalogue.
      type: int
    status:
      description: V(Pending), V(Active), V(Using) as the vendor says it; for a canceled one, what it was.
      type: str
    pay_plan:
      description: V(prepaid) or V(postpaid).
      type: str
    pay_price:
      description: What was paid.
      type: float
    service_price:
      description: Price of the service.
      type: float
    vat:
      description: VAT as the vendor tells it, in percent; for a service yet to be bought, that of the newest purchase that was read.
      type: float
    return_price:
      description: What was given back.
      type: float
    start:
      description: Start as the vendor sends it.
      type: str
    start_iso:
      description: Start in ISO 8601; V(null) for Jalali dates without the Python library jdatetime.
      type: str
    end:
      description: End as the vendor sends it.
      type: str
    end_iso:
      description: End in ISO 8601.
      type: str
  sample: {"username": "zahra.karimi", "service": "سه ماهه ۲۰۰ گیگ", "id": 5012, "service_id": 12, "status": "Active", "pay_plan": "postpaid"}
services:
  description: One entry for each item of O(services), in their order.
  returned: with O(services)
  type: list
  elements: dict
  contains:
    username:
      description: Username, when the task named him by it.
      type: str
    user_id:
      description: Id of the subscriber, when the task named him by it.
      type: int
    service:
      description: The service as the task named it.
      type: str
    id:
      description: The vendor's id of the bought service; V(null) in check mode, and in lists for one that was just bought.
      type: int
    service_id:
      description: Id of the service in the catalogue.
      type: int
    status:
      description: V(Pending), V(Active), V(Using) as the vendor says it; for a canceled one, what it was.
      type: str
    pay_plan:
      description: V(prepaid) or V(postpaid).
      type: str
    pay_price:
      description: What was paid.
      type: float
    service_price:
      description: Price of the service.
      type: float
    vat:
      description: VAT as the vendor tells it, in percent; for a service yet to be bought, that of the newest purchase that was read.
      type: float
    return_price:
      description: What was given back.
      type: float
    start:
      description: Start as the vendor sends it.
      type: str
    start_iso:
      description: Start in ISO 8601; V(null) for Jalali dates without the Python library jdatetime.
      type: str
    end:
      description: End as the vendor sends it.
      type: str
    end_iso:
      description: End in ISO 8601.
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
  sample: [{"username": "zahra.karimi", "service": "سه ماهه ۲۰۰ گیگ", "id": 5012, "service_id": 12, "status": "Active", "pay_plan": "postpaid",
    "action": "created", "changed": true}]
summary:
  description: How many items had each action.
  returned: with O(services)
  type: dict
  sample: {"created": 1, "updated": 0, "deleted": 0, "unchanged": 3, "failed": 0}
diff:
  description: Managed keys before and after, secrets masked.
  returned: success
  type: dict
  sample: {"before": {}, "after": {"username": "zahra.karimi", "service": "12", "pay_plan": "postpaid"}}
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
  sample: {"vendor": "deltasib", "operation": "buy service", "http_status": 400, "code": -5, "name": "invalid_data", "message": "...",
    "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.user_service import USER_SERVICE


def main():
    run_module(USER_SERVICE)


if __name__ == "__main__":
    main()
