#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: deltasib_credit_info
short_description: Read what is left of DeltaSib subscribers' services
version_added: 1.0.0
description:
  - Returns traffic, time and dates of one or several subscribers. Hundreds of subscribers take one request where the
    server tells them in one list, otherwise each takes one, several at once; beside the look-up of ids.
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
seealso:
  - module: kariz.panels.deltasib_user_service_info
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Who has less than 2 GB
  kariz.panels.deltasib_credit_info:
    usernames: [zahra.karimi, ali.mohammadi]
    query: "[?!traffic.service.unlimited && traffic.service.remaining < `2147483648`].username"
"""

RETURN = r"""
credits:
  description: The credits, or what O(query) made of them.
  returned: success
  type: list
  elements: dict
  contains:
    username:
      description: Username.
      type: str
    user_id:
      description: Id of the subscriber.
      type: int
    active:
      description: Whether he has an active service.
      type: bool
    service_status:
      description: V(Active), or V(null) without an active service.
      type: str
    service_name:
      description: Name of the active service.
      type: str
    period:
      description: Length of the service, such as V(0Y, 1M, 0D).
      type: str
    start:
      description: Start as the vendor sends it; C(start_iso) in ISO 8601.
      type: str
    end:
      description: End as the vendor sends it; C(end_iso) in ISO 8601.
      type: str
    server_time:
      description: Clock of the server; C(server_time_iso) in ISO 8601.
      type: str
    traffic:
      description: Traffic in bytes by V(service), V(extra), V(yearly), V(monthly), V(weekly), V(daily), each with C(remaining), C(used),
        C(total) and C(unlimited). Without a limit C(remaining) and C(total) are V(null) and C(unlimited) is V(true).
      type: dict
    time:
      description: Time in seconds, in the same shape.
      type: dict
    gift:
      description: The gift of the service, with C(id), C(end), C(traffic), C(time), C(rate) and more.
      type: dict
    fair:
      description: Whether the fair use limit applies.
      type: bool
    fair_rate:
      description: Bandwidth under the fair use limit.
      type: str
    up_fair_status:
      description: The vendor's own word on it.
      type: str
    fields:
      description: Every field of the vendor under its own name, numbers as numbers.
      type: dict
  sample: [{"username": "zahra.karimi", "active": true, "service_name": "یک ماهه ۵۰ گیگ", "end_iso": "2025-11-03T09:30:04", "traffic":
    {"service": {"remaining": 31138512896, "used": 22548578304, "total": 53687091200, "unlimited": false}}}]
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
  sample: {"vendor": "deltasib", "operation": "read credit", "http_status": 400, "code": -5, "name": "invalid_data", "message": "...",
    "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.infos import CREDIT_INFO


def main():
    run_module(CREDIT_INFO)


if __name__ == "__main__":
    main()
