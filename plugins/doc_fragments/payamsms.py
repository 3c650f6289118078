# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:

    DOCUMENTATION = r"""
options:
  api_url:
    description:
      - Address of the PayamSMS API.
      - If not set, the environment variable E(PAYAMSMS_API_URL) is used.
    type: str
    default: https://www.payamsms.com
  api_username:
    description:
      - Username of the PayamSMS account.
      - If not set, the environment variable E(PAYAMSMS_API_USERNAME) is used.
    type: str
  api_password:
    description:
      - Password of the PayamSMS account.
      - If not set, the environment variable E(PAYAMSMS_API_PASSWORD) is used.
    type: str
  api_system_name:
    description:
      - Name of the organisation at PayamSMS (C(systemName)).
      - If not set, the environment variable E(PAYAMSMS_API_SYSTEM_NAME) is used.
    type: str
  api_client_id:
    description:
      - Client ID, made by the organisation's administrator in the panel, under "my profile".
      - If not set, the environment variable E(PAYAMSMS_API_CLIENT_ID) is used.
    type: str
  api_client_secret:
    description:
      - Client Secret that belongs to O(api_client_id).
      - If not set, the environment variable E(PAYAMSMS_API_CLIENT_SECRET) is used.
    type: str
  api_token:
    description:
      - A token from M(kariz.panels.payamsms_login), used instead of a login of its own.
      - When the vendor says that it is void and credentials are there as well, one new login is made.
      - If neither this nor credentials are given, the environment variable E(PAYAMSMS_API_TOKEN) is used.
      - Credentials of the environment never stand in for a token that was given here, since they may belong to another account.
    type: str
  api_login_style:
    description:
      - Whether the login travels as a form in the body, as OAuth2 has it, as JSON in the body, as the vendor's document prints it, or in the query
        string, which servers tend to write into their logs.
      - If not set, the environment variable E(PAYAMSMS_API_LOGIN_STYLE) is used.
    type: str
    choices: [form, query, json]
    default: form
requirements:
  - requests (Python library), where the task runs
attributes:
  action_group:
    description: Use C(group/kariz.panels.payamsms) in C(module_defaults) to set connection options for all modules of this vendor.
    support: full
    membership:
      - kariz.panels.payamsms
      - kariz.panels.all
"""

    PLUGINS = r"""
options:
  api_url:
    description: Address of the PayamSMS API.
    type: str
    default: https://www.payamsms.com
    env:
      - name: PAYAMSMS_API_URL
    vars:
      - name: payamsms_api_url
    ini:
      - section: payamsms
        key: api_url
  api_username:
    description: Username of the PayamSMS account.
    type: str
    env:
      - name: PAYAMSMS_API_USERNAME
    vars:
      - name: payamsms_api_username
    ini:
      - section: payamsms
        key: api_username
  api_password:
    description: Password of the PayamSMS account.
    type: str
    env:
      - name: PAYAMSMS_API_PASSWORD
    vars:
      - name: payamsms_api_password
  api_system_name:
    description: Name of the organisation at PayamSMS (C(systemName)).
    type: str
    env:
      - name: PAYAMSMS_API_SYSTEM_NAME
    vars:
      - name: payamsms_api_system_name
    ini:
      - section: payamsms
        key: api_system_name
  api_client_id:
    description: Client ID, made by the organisation's administrator in the panel, under "my profile".
    type: str
    env:
      - name: PAYAMSMS_API_CLIENT_ID
    vars:
      - name: payamsms_api_client_id
    ini:
      - section: payamsms
        key: api_client_id
  api_client_secret:
    description: Client Secret that belongs to O(api_client_id).
    type: str
    env:
      - name: PAYAMSMS_API_CLIENT_SECRET
    vars:
      - name: payamsms_api_client_secret
  api_token:
    description: A token, used instead of a login. Credentials of the environment never stand in for one that was given here.
    type: str
    env:
      - name: PAYAMSMS_API_TOKEN
    vars:
      - name: payamsms_api_token
  api_login_style:
    description: Whether the login travels as a form in the body, as JSON in the body, or in the query string.
    type: str
    choices: [form, query, json]
    default: form
    env:
      - name: PAYAMSMS_API_LOGIN_STYLE
    vars:
      - name: payamsms_api_login_style
    ini:
      - section: payamsms
        key: api_login_style
requirements:
  - requests (Python library) on the controller
"""
