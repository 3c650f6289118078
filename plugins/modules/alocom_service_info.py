#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: alocom_service_info
short_description: Read services of an Alocom account and services on offer
version_added: 1.0.0
description:
  - Returns the services that the account has bought, or those that it could buy. There is no call to buy one.
  - Numbers are numbers, and V(null) where the vendor does not know them. None found is an empty list.
extends_documentation_fragment:
  - kariz.panels.alocom
  - kariz.panels.connection
  - kariz.panels.state.info
options:
  kind:
    description:
      - Which services. V(mine) are all that were bought, V(active) those that are active now with other facts about them,
        V(suggested) and V(available) are on offer.
    type: str
    choices: [mine, active, suggested, available]
    default: mine
  id:
    description:
      - One service. For O(kind=mine) and O(kind=active) this is the agent-service id, and the answer of the vendor's detail call is
        added to what the list tells; for the others the id of the offer.
    type: str
  title:
    description:
      - Only services whose title holds this text, with Persian and Arabic letters taken as the same.
    type: str
  type:
    description:
      - Only services of these types.
    type: list
    elements: str
    choices: [class, conference]
  status:
    description:
      - Only services with one of these statuses. It goes with O(kind=mine).
    type: list
    elements: str
    choices: [active, inactive, expired]
seealso:
  - plugin: kariz.panels.alocom_service
    plugin_type: lookup
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: All bought services
  kariz.panels.alocom_service_info:
  register: result

- name: Services with less than five hours left
  kariz.panels.alocom_service_info:
    status: [active]
    query: "[?remain_time != null && remain_time < `5`].title"

- name: One service in detail
  kariz.panels.alocom_service_info:
    id: "74"

- name: What could be bought for classes
  kariz.panels.alocom_service_info:
    kind: available
    type: [class]
"""

RETURN = r"""
services:
  description: The services, or what O(query) made of them.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Agent-service id of a bought service, id of an offer.
      type: int
    title:
      description: Title.
      type: str
    type:
      description: V(class) or V(conference).
      type: str
    service_id:
      description: Id of the service that was bought.
      returned: for bought services
      type: int
    status:
      description: V(active), V(inactive) or V(expired).
      returned: for bought services
      type: str
    time_duration:
      description: Hours of the service.
      type: float
    used_time:
      description: Hours used.
      returned: with O(kind=mine) or O(id)
      type: float
    remain_time:
      description: Hours left.
      returned: with O(kind=mine) or O(id)
      type: float
    disk_capacity:
      description: Disk space.
      returned: for bought services
      type: float
    consumed_disk_capacity:
      description: Disk space used.
      returned: with O(kind=mine) or O(id)
      type: float
    remain_disk_capacity:
      description: Disk space left.
      returned: with O(kind=mine) or O(id)
      type: float
    max_event_user:
      description: How many members an event may have.
      returned: for bought services
      type: int
    max_online_user:
      description: How many people may be inside at once.
      returned: unless O(kind=mine)
      type: int
    credit_duration:
      description: Days for which the service is good.
      returned: unless O(kind=mine)
      type: int
    concurrent_voice:
      description: How many may speak at once.
      returned: when the vendor tells it
      type: int
    concurrent_video:
      description: How many may show themselves at once.
      returned: when the vendor tells it
      type: int
    start_date:
      description: Jalali day of the beginning, as the vendor sends it.
      returned: with O(kind=mine)
      type: str
    start_time:
      description: Time of day of the beginning.
      returned: with O(kind=mine)
      type: str
    start_iso:
      description: Both in ISO 8601; V(null) without the Python library jdatetime.
      returned: with O(kind=mine)
      type: str
    end_date:
      description: Jalali day of the end, as the vendor sends it.
      returned: with O(kind=mine)
      type: str
    end_time:
      description: Time of day of the end.
      returned: with O(kind=mine)
      type: str
    end_iso:
      description: Both in ISO 8601; V(null) without the Python library jdatetime.
      returned: with O(kind=mine)
      type: str
    created_at:
      description: Jalali day on which it was bought, as the vendor sends it.
      returned: with O(id)
      type: str
    created_at_iso:
      description: The same day in ISO 8601; V(null) without the Python library jdatetime.
      returned: with O(id)
      type: str
    expired_at:
      description: Jalali day on which it ends, as the vendor sends it.
      returned: with O(kind=active) or O(id)
      type: str
    expired_at_iso:
      description: The same day in ISO 8601; V(null) without the Python library jdatetime.
      returned: with O(kind=active) or O(id)
      type: str
    price:
      description: Price.
      returned: for offers
      type: int
    discount:
      description: What is taken off the price.
      returned: for offers
      type: int
    discounted_price:
      description: What has to be paid.
      returned: for offers
      type: int
    gift_credit_duration:
      description: Days given on top.
      returned: for offers
      type: int
    gift_time_duration:
      description: Hours given on top.
      returned: for offers
      type: int
    is_unlimited:
      description: Whether the hours are unlimited.
      returned: for offers
      type: bool
    is_free:
      description: Whether it costs nothing.
      returned: for offers
      type: bool
    is_special_offer:
      description: Whether it is a special offer.
      returned: for offers
      type: bool
    is_gift:
      description: Whether it is a gift.
      returned: for offers
      type: bool
    is_dedicated:
      description: Whether it is for this account only.
      returned: for offers
      type: bool
  sample:
    - id: 74
      service_id: 23
      title: فیزیک
      type: class
      status: active
      time_duration: 12
      used_time: 4
      remain_time: 8
      disk_capacity: 500
      consumed_disk_capacity: null
      remain_disk_capacity: null
      max_event_user: 100
      start_date: 1400/5/9
      start_time: "18:45"
      start_iso: "2021-07-31T18:45:00"
      end_date: 1401/9/9
      end_time: "18:45"
      end_iso: "2022-11-30T18:45:00"
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
  sample: {"vendor": "alocom", "operation": "list services", "http_status": 500, "code": 500, "name": "server_error", "message": "...", "retryable": true}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._alocom.service_info import SERVICE_INFO
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(SERVICE_INFO)


if __name__ == "__main__":
    main()
