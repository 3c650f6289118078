# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: smspanel_credit
short_description: Credit of an SMS panel account
version_added: 1.0.0
author:
  - kariz.panels contributors (@kariz-panels)
description:
  - Reads what is left to send with. An account that is locked, expired or has no access to the web service is an error in words.
  - An option given on the lookup wins over a variable or the configuration file, and those win over the vendor's environment variables.
    Credentials given win over a token from the environment.
extends_documentation_fragment:
  - kariz.panels.smspanel.plugins
  - kariz.panels.connection.plugins
options:
  _terms:
    description: There are none; the account is that of the connection options.
    type: list
    elements: str
notes:
  - Nothing is kept between two uses but the token. Each use reads anew.
"""

EXAMPLES = r"""
- name: Refuse to begin without enough to send with
  ansible.builtin.assert:
    that: lookup('kariz.panels.smspanel_credit') > 100000

- name: With its own connection
  ansible.builtin.debug:
    msg: "{{ lookup('kariz.panels.smspanel_credit', api_url=panel_url, api_token=panel_token) }}"
"""

RETURN = r"""
_raw:
  description: The credit, one number as the vendor gives it. Its document names no unit; rial is the most likely one.
  type: list
  elements: float
  sample: [4366117164]
"""

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase

from ansible_collections.kariz.panels.plugins.module_utils._smspanel.client import SmsPanelClient
from ansible_collections.kariz.panels.plugins.plugin_utils._options import connected, given, take_options


class LookupModule(LookupBase):
    def run(self, terms, variables=None, **kwargs):
        if terms:
            raise AnsibleError("smspanel_credit: takes no terms, only options")
        take_options(self, SmsPanelClient, "smspanel_credit", variables, kwargs)
        named = given(self, SmsPanelClient, self._templar.template)
        with connected(SmsPanelClient, "smspanel_credit", named) as (client, host):
            return [self._credit(client, host)]

    @staticmethod
    def _credit(client, host):
        value, status = client.credit()
        if status:
            host.warn("smspanel_credit: this is a trial account; its credit counts only for trying out")
        return value
