# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: alocom_service
short_description: Hours, capacity and dates of bought Alocom services
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Looks up services that the Alocom account has bought, all terms with one login and one paged read.
  - An option given on the lookup wins over a variable or the configuration file, and those win over the vendor's environment variables.
    Credentials given win over a token from the environment.
extends_documentation_fragment:
  - kariz.panels.alocom.plugins
  - kariz.panels.connection.plugins
options:
  _terms:
    description:
      - Titles or agent-service ids of services. Without any, all active services are returned.
      - A title that several active services share is an error; name the one you mean by its id.
    type: list
    elements: str
notes:
  - Nothing is kept between two uses but the token. Each use reads anew.
seealso:
  - module: kariz.panels.alocom_service_info
"""

EXAMPLES = r"""
- name: Refuse to begin a term that the service cannot carry
  ansible.builtin.assert:
    that: service.remain_time is none or service.remain_time >= 5
    fail_msg: "Only {{ service.remain_time }} hours are left on {{ service.title }}."
  vars:
    service: "{{ lookup('kariz.panels.alocom_service', 'کلاس اصلی') }}"

- name: All active services
  ansible.builtin.debug:
    msg: "{{ item.title }} ends on {{ item.end_iso }}"
  loop: "{{ query('kariz.panels.alocom_service') }}"
  loop_control:
    label: "{{ item.id }}"

- name: With its own connection
  ansible.builtin.debug:
    msg: "{{ lookup('kariz.panels.alocom_service', 14, api_username=school_username, api_password=school_password).remain_time }}"
"""

RETURN = r"""
_raw:
  description:
    - One mapping for each term, in their order; without terms, one for each active service. Numbers are numbers, V(null) where the vendor does not know them.
  type: list
  elements: dict
  contains:
    id:
      description: Agent-service id.
      type: int
    service_id:
      description: Id of the service that was bought.
      type: int
    title:
      description: Title.
      type: str
    type:
      description: V(class) or V(conference).
      type: str
    status:
      description: V(active), V(inactive) or V(expired).
      type: str
    time_duration:
      description: Hours bought.
      type: float
    used_time:
      description: Hours used.
      type: float
    remain_time:
      description: Hours left.
      type: float
    disk_capacity:
      description: Disk space bought.
      type: float
    consumed_disk_capacity:
      description: Disk space used.
      type: float
    remain_disk_capacity:
      description: Disk space left.
      type: float
    max_event_user:
      description: How many people an event may have.
      type: int
    start_date:
      description: Jalali day of the beginning as the vendor sends it.
      type: str
    start_time:
      description: Time of day of the beginning.
      type: str
    start_iso:
      description: Beginning in ISO 8601; V(null) without the Python library jdatetime.
      type: str
    end_date:
      description: Jalali day of the end as the vendor sends it.
      type: str
    end_time:
      description: Time of day of the end.
      type: str
    end_iso:
      description: End in ISO 8601; V(null) without the Python library jdatetime.
      type: str
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
"""

from ansible.plugins.lookup import LookupBase

from ansible_collections.kariz.panels.plugins.module_utils._alocom.client import AlocomClient
from ansible_collections.kariz.panels.plugins.module_utils._alocom.lookup import find_service
from ansible_collections.kariz.panels.plugins.module_utils._alocom.service_info import SERVICE_INFO, bought
from ansible_collections.kariz.panels.plugins.module_utils._core.calendar import dates
from ansible_collections.kariz.panels.plugins.plugin_utils._options import connected, given, take_options, texts_of


class LookupModule(LookupBase):

    def run(self, terms, variables=None, **kwargs):
        take_options(self, AlocomClient, "alocom_service", variables, kwargs)
        named = given(self, AlocomClient, self._templar.template)
        wanted = texts_of(terms, "alocom_service")
        with connected(AlocomClient, "alocom_service", named) as (client, host):
            if not wanted:
                return SERVICE_INFO.read(client, {"kind": "mine", "status": ["active"]}, host)
            dates.warn_if_lacking(host)
            return [bought(find_service(client, term)) for term in wanted]
