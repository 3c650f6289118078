#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: podspace_plan_info
short_description: Read the storage plan in use and the plans on offer at POD Space
version_added: 1.0.0
description:
  - Returns the plan that the account uses now and the plans that it can buy.
extends_documentation_fragment:
  - kariz.panels.podspace
  - kariz.panels.connection
  - kariz.panels.state.info
options:
  kind:
    description:
      - V(own) reads only RV(plan), V(offered) only RV(plans).
    type: str
    choices: [all, own, offered]
    default: all
seealso:
  - module: kariz.panels.podspace_invoice
  - plugin: kariz.panels.podspace_plan
    plugin_type: lookup
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Plan in use and plans on offer
  kariz.panels.podspace_plan_info:
  register: result

- name: The cheapest plan of at least 200 gigabytes
  ansible.builtin.debug:
    msg: "{{ result.plans | selectattr('buyable') | selectattr('size', 'ge', 200 * 1024 ** 3) | sort(attribute='price') | first }}"
"""

RETURN = r"""
plan:
  description: The plan in use.
  returned: success
  type: dict
  contains:
    id:
      description: Number of the plan; V(null) when the vendor does not tell it.
      type: int
    hash:
      description: The vendor's hash of the plan.
      type: str
    title:
      description: Title.
      type: str
    description:
      description: What the vendor says about it.
      type: str
    size:
      description: Storage in bytes.
      type: int
    days:
      description: For how many days.
      type: int
    price:
      description: Price in rial.
      type: int
    status:
      description: The vendor's own word.
      type: str
    active:
      description: Whether it is the plan in use.
      type: bool
    buyable:
      description: Whether it can be bought.
      type: bool
    used:
      description: Bytes in use.
      returned: when the vendor tells it
      type: int
    free:
      description: Bytes left.
      returned: when the vendor tells what is used
      type: int
  sample: {"id": 12, "title": "سازمانی صد گیگ", "size": 107374182400, "used": 15032385536, "free": 92341796864, "days": 365, "price": 12000000}
plans:
  description: The plans on offer, or what O(query) makes of them.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Number of the plan; V(null) when the vendor does not tell it.
      type: int
    hash:
      description: The vendor's hash of the plan.
      type: str
    title:
      description: Title.
      type: str
    description:
      description: What the vendor says about it.
      type: str
    size:
      description: Storage in bytes.
      type: int
    days:
      description: For how many days.
      type: int
    price:
      description: Price in rial.
      type: int
    status:
      description: The vendor's own word.
      type: str
    active:
      description: Whether it is the plan in use.
      type: bool
    buyable:
      description: Whether it can be bought.
      type: bool
  sample: [{"id": 13, "title": "سازمانی پانصد گیگ", "size": 536870912000, "days": 365, "price": 48000000, "active": false, "buyable": true}]
account:
  description: Whose account it was. C(url) is its address, C(name) its user, or a digest of the token where there is nothing but a token; no secret, and
    the same for all tasks of one account.
  returned: once the connection options are in order, also when the task fails
  type: dict
  sample: {"vendor": "podspace", "url": "https://api.pod.ir/srv/sc/nzh/doServiceCall", "name": "token 9f86d081884c"}
api:
  description: What the task cost.
  returned: when a request was made
  type: dict
  sample: {"requests": 1, "retries": 0, "seconds": 0.021}
error:
  description: What went wrong, for programs. C(error.code) is the vendor's own number where it gave one.
  returned: failure
  type: dict
  sample: {"vendor": "podspace", "operation": "get_user_plan", "http_status": 200, "code": 21, "name": "INVALID_TOKEN", "message": "..."}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._podspace.plan import PLAN_INFO


def main():
    run_module(PLAN_INFO)


if __name__ == "__main__":
    main()
