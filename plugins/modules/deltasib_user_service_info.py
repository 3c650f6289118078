#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: deltasib_user_service_info
short_description: Read the base services of DeltaSib subscribers
version_added: 1.0.0
description:
  - Returns the base services of one or several subscribers, past ones included. One request a subscriber, several at once;
    less where the server tells services of many subscribers in one list.
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
  status:
    description:
      - Only services with one of these statuses.
    type: list
    elements: str
    choices: [pending, active, using, used, finished, cancel]
  service_id:
    description:
      - Only services of this id of the catalogue.
    type: str
  pay_plan:
    description:
      - Only services that are paid this way.
    type: str
    choices: [prepaid, postpaid]
  with_names:
    description:
      - Read the catalogue as well and return the names of the services.
    type: bool
    default: false
  filter:
    description:
      - A condition in the vendor's own language, passed as given beside the other options, such as V(PayPrice>0).
        Never put into it what comes from somewhere else.
    type: str
seealso:
  - module: kariz.panels.deltasib_user_service
  - module: kariz.panels.deltasib_service_info
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: What a subscriber has and what waits
  kariz.panels.deltasib_user_service_info:
    username: zahra.karimi
    status: [active, using, pending]
    with_names: true

- name: Services of several
  kariz.panels.deltasib_user_service_info:
    usernames: [zahra.karimi, ali.mohammadi]
"""

RETURN = r"""
services:
  description: The services, or what O(query) made of them.
  returned: success
  type: list
  elements: dict
  contains:
    username:
      description: Username, when asked by it.
      type: str
    user_id:
      description: Id of the subscriber, when asked by it.
      type: int
    id:
      description: The vendor's id of the bought service.
      type: int
    service_id:
      description: Id of the service in the catalogue.
      type: int
    service:
      description: Name of the service, with O(with_names).
      type: str
    status:
      description: V(Pending), V(Active), V(Using), V(Used), V(Finished) or V(Cancel).
      type: str
    pay_plan:
      description: V(prepaid) or V(postpaid).
      type: str
    service_price:
      description: Price of the service.
      type: float
    pay_price:
      description: What was paid.
      type: float
    return_price:
      description: What was given back.
      type: float
    extra_days:
      description: Extra days.
      type: int
    vat:
      description: Value added tax.
      type: float
    'off':
      description: Discount.
      type: float
    visibility:
      description: Visibility.
      type: str
    created:
      description: When it was bought, as the vendor sends it; with C(_iso) in ISO 8601, like every date here.
      type: str
    start:
      description: Start.
      type: str
    end:
      description: End.
      type: str
    canceled:
      description: When it was canceled.
      type: str
    active_time:
      description: When it became active.
      type: str
    affect_time:
      description: When it took effect.
      type: str
  sample: [{"username": "zahra.karimi", "id": 5001, "service_id": 11, "status": "Active", "pay_plan": "prepaid", "pay_price": 120000, "start":
    "1404/07/12 09:30:04", "start_iso": "2025-10-04T09:30:04"}]
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
  sample: {"vendor": "deltasib", "operation": "list services of user", "http_status": 400, "code": -5, "name": "invalid_data", "message": "...",
    "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.infos import USER_SERVICE_INFO


def main():
    run_module(USER_SERVICE_INFO)


if __name__ == "__main__":
    main()
