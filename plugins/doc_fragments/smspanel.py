# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:

    DOCUMENTATION = r"""
options:
  api_url:
    description:
      - Address of the SMS panel API, with everything before C(/my) and C(/sms), such as C(https://api-payamak.com/api/v1/rest). Required.
      - If not set, the environment variable E(SMSPANEL_API_URL) is used.
    type: str
  api_username:
    description:
      - Username of the account, when no O(api_token) is given.
      - If not set, the environment variable E(SMSPANEL_API_USERNAME) is used.
    type: str
  api_password:
    description:
      - Password of the account.
      - If not set, the environment variable E(SMSPANEL_API_PASSWORD) is used.
    type: str
  api_token:
    description:
      - Token made in the panel.
      - When the vendor does not accept it and username and password are there as well, those are used.
      - If neither this nor credentials are given, the environment variable E(SMSPANEL_API_TOKEN) is used.
      - Credentials of the environment never stand in for a token that was given here, since they may belong to another account.
    type: str
requirements:
  - requests (Python library), where the task runs
attributes:
  action_group:
    description: Use C(group/kariz.panels.smspanel) in C(module_defaults) to set connection options for all modules of this vendor.
    support: full
    membership:
      - kariz.panels.smspanel
      - kariz.panels.all
"""

    PLUGINS = r"""
options:
  api_url:
    description: Address of the SMS panel API, with everything before C(/my) and C(/sms). Required.
    type: str
    env:
      - name: SMSPANEL_API_URL
    vars:
      - name: smspanel_api_url
    ini:
      - section: smspanel
        key: api_url
  api_username:
    description: Username of the account, when no O(api_token) is given.
    type: str
    env:
      - name: SMSPANEL_API_USERNAME
    vars:
      - name: smspanel_api_username
    ini:
      - section: smspanel
        key: api_username
  api_password:
    description: Password of the account.
    type: str
    env:
      - name: SMSPANEL_API_PASSWORD
    vars:
      - name: smspanel_api_password
  api_token:
    description: Token made in the panel. Credentials of the environment never stand in for one that was given here.
    type: str
    env:
      - name: SMSPANEL_API_TOKEN
    vars:
      - name: smspanel_api_token
requirements:
  - requests (Python library) on the controller
"""
