# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: podspace_plan
short_description: The storage plan in use and the plans on offer at POD Space
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Returns the plan that the account uses, or plans on offer.
  - An option given on the lookup wins over a variable or the configuration file, and those win over the vendor's environment variables.
extends_documentation_fragment:
  - kariz.panels.podspace.plugins
  - kariz.panels.connection.plugins
options:
  _terms:
    description:
      - V(own) is the plan in use, V(offered) stands for all plans on offer; anything else is the title, number or hash of one on offer.
      - Without any, the plan in use.
    type: list
    elements: str
notes:
  - Each of the two lists is read once for all terms. Each use reads anew.
seealso:
  - module: kariz.panels.podspace_plan_info
"""

EXAMPLES = r"""
- name: Warn when the storage is nearly full
  ansible.builtin.debug:
    msg: "{{ (plan.free / 1024 ** 3) | round(1) }} GB are left"
  when: plan.free is defined and plan.free < 0.1 * plan.size
  vars:
    plan: "{{ lookup('kariz.panels.podspace_plan') }}"

- name: What can be bought
  ansible.builtin.debug:
    msg: "{{ item.title }}: {{ item.price }} rial"
  loop: "{{ query('kariz.panels.podspace_plan', 'offered') | selectattr('buyable') }}"
  loop_control:
    label: "{{ item.id }}"

- name: Price of one plan
  ansible.builtin.debug:
    msg: "{{ lookup('kariz.panels.podspace_plan', 'سازمانی پانصد گیگ').price }}"
"""

RETURN = r"""
_raw:
  description:
    - One mapping for each term, in their order; for V(offered) one for each plan. Numbers are numbers, V(null) where the vendor does not tell them.
  type: list
  elements: dict
  contains:
    id:
      description: Number of the plan.
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
      description: Bytes in use; only for the plan in use, and when the vendor tells it.
      type: int
    free:
      description: Bytes left; only with C(used).
      type: int
  sample:
    - id: 12
      title: سازمانی صد گیگ
      size: 107374182400
      used: 15032385536
      free: 92341796864
      days: 365
      price: 12000000
      status: ACTIVE
      active: true
      buyable: false
"""

from ansible.plugins.lookup import LookupBase

from ansible_collections.kariz.panels.plugins.module_utils._podspace.client import PodspaceClient
from ansible_collections.kariz.panels.plugins.module_utils._podspace.plan import find, offered, own
from ansible_collections.kariz.panels.plugins.plugin_utils._options import connected, given, take_options, texts_of


class LookupModule(LookupBase):

    def run(self, terms, variables=None, **kwargs):
        take_options(self, PodspaceClient, "podspace_plan", variables, kwargs)
        named = given(self, PodspaceClient, self._templar.template)
        wanted = texts_of(terms, "podspace_plan") or ["own"]
        with connected(PodspaceClient, "podspace_plan", named) as (client, _host):
            client.need(*(["get_user_plan"] if "own" in wanted else []), *(["get_plan_list"] if set(wanted) - {"own"} else []))
            plan = own(client) if "own" in wanted else None
            plans = offered(client) if set(wanted) - {"own"} else []
            found: list = []
            for term in wanted:
                found += [plan] if term == "own" else plans if term == "offered" else [find(plans, term)]
            return found
