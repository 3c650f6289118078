#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: deltasib_service_info
short_description: Read the catalogue of DeltaSib services
version_added: 1.0.0
description:
  - Returns the services that the reseller's server knows, all of them unless an option says otherwise.
extends_documentation_fragment:
  - kariz.panels.deltasib
  - kariz.panels.connection
  - kariz.panels.state.info
options:
  id:
    description:
      - The vendor's id of one service.
    type: str
  name:
    description:
      - Only services whose name holds this text, with Persian and Arabic letters taken as the same.
    type: str
  type:
    description:
      - Only services of this type. Subscribers' main services are of the type V(Base).
    type: str
    choices: [Base, IP, ExtraCredit, Other]
  enabled:
    description:
      - Only services that are enabled (V(true)) or disabled (V(false)).
    type: bool
  user_choosable:
    description:
      - Only services that subscribers may choose themselves, or may not.
    type: bool
  reseller_choosable:
    description:
      - Only services that resellers may sell, or may not.
    type: bool
  filter:
    description:
      - A condition in the vendor's own language, passed as given beside the other options, such as V(Price<200000).
        Never put into it what comes from somewhere else.
    type: str
seealso:
  - module: kariz.panels.deltasib_user_service
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: What can be sold
  kariz.panels.deltasib_service_info:
    type: Base
    enabled: true
    reseller_choosable: true
    query: "[].{name: name, price: price}"
"""

RETURN = r"""
services:
  description: The services, or what O(query) made of them.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The vendor's id.
      type: int
    name:
      description: Name.
      type: str
    description:
      description: Description.
      type: str
    price:
      description: Price in the server's currency.
      type: float
    type:
      description: V(Base), V(IP), V(ExtraCredit) or V(Other).
      type: str
    enabled:
      description: Whether it is enabled.
      type: bool
    user_choosable:
      description: Whether subscribers may choose it.
      type: bool
    reseller_choosable:
      description: Whether resellers may sell it.
      type: bool
  sample: [{"id": 11, "name": "یک ماهه ۵۰ گیگ", "description": "", "price": 120000, "type": "Base", "enabled": true, "user_choosable": true,
    "reseller_choosable": true}]
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
  sample: {"vendor": "deltasib", "operation": "list services", "http_status": 400, "code": -5, "name": "invalid_data", "message": "...",
    "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.infos import SERVICE_INFO


def main():
    run_module(SERVICE_INFO)


if __name__ == "__main__":
    main()
