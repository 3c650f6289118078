# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: deltasib_credit
short_description: What is left of DeltaSib subscribers' services
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Looks up traffic, time and dates of subscribers, all terms with one login. About a hundred terms are looked up with one request.
    Hundreds of subscribers then take one where the server tells them in one list, otherwise each takes one, several at once.
  - An option given on the lookup wins over a variable or the configuration file, and those win over the vendor's environment variables.
    Credentials given win over a token from the environment.
extends_documentation_fragment:
  - kariz.panels.deltasib.plugins
  - kariz.panels.connection.plugins
options:
  _terms:
    description:
      - Usernames of subscribers. One who does not exist is an error.
    type: list
    elements: str
    required: true
notes:
  - Nothing is kept between two uses but the token. Each use reads anew.
seealso:
  - module: kariz.panels.deltasib_credit_info
"""

EXAMPLES = r"""
- name: Say what is left
  ansible.builtin.debug:
    msg: "{{ credit.service_name }}: {{ (credit.traffic.service.remaining / 1024 ** 3) | round(1) }} GB until {{ credit.end_iso }}"
  vars:
    credit: "{{ lookup('kariz.panels.deltasib_credit', 'zahra.karimi') }}"

- name: Who of these has no active service
  ansible.builtin.debug:
    msg: "{{ query('kariz.panels.deltasib_credit', 'zahra.karimi', 'ali.mohammadi') | rejectattr('active') | map(attribute='username') }}"
"""

RETURN = r"""
_raw:
  description: One mapping for each term, in their order.
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
"""

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase

from ansible_collections.kariz.panels.plugins.module_utils._core.calendar import dates
from ansible_collections.kariz.panels.plugins.module_utils._core.options import check
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.client import DeltaSibClient
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.credit import credits_of
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.subscriber import check_username
from ansible_collections.kariz.panels.plugins.plugin_utils._options import connected, given, take_options, texts_of


class LookupModule(LookupBase):

    def run(self, terms, variables=None, **kwargs):
        take_options(self, DeltaSibClient, "deltasib_credit", variables, kwargs)
        problems: list = []
        # Before any request, the login included.
        names = [check.collect(problems, check_username, term, "terms[%d]:" % place) for place, term in enumerate(texts_of(terms, "deltasib_credit"))]
        if problems:
            raise AnsibleError("deltasib_credit: %s" % check.told(problems))
        named = given(self, DeltaSibClient, self._templar.template)
        with connected(DeltaSibClient, "deltasib_credit", named) as (client, host):
            dates.warn_if_lacking(host)
            return credits_of(client, names)
