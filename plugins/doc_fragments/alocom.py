# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:

    DOCUMENTATION = r"""
options:
  api_url:
    description:
      - Address of the Alocom API, without C(/api/v1).
      - If not set, the environment variable E(ALOCOM_API_URL) is used.
    type: str
    default: https://pnlapi.alocom.co
  api_username:
    description:
      - Username of the Alocom account.
      - If not set, the environment variable E(ALOCOM_API_USERNAME) is used.
    type: str
  api_password:
    description:
      - Password of the Alocom account.
      - If not set, the environment variable E(ALOCOM_API_PASSWORD) is used.
    type: str
  api_token:
    description:
      - A token from M(kariz.panels.alocom_login), used instead of a login of its own.
      - When the vendor says that it is void and credentials are there as well, one new login is made.
      - If neither this nor credentials are given, the environment variable E(ALOCOM_API_TOKEN) is used.
      - Credentials of the environment never stand in for a token that was given here, since they may belong to another account.
    type: str
requirements:
  - requests (Python library), where the task runs
attributes:
  action_group:
    description: Use C(group/kariz.panels.alocom) in C(module_defaults) to set connection options for all modules of this vendor.
    support: full
    membership:
      - kariz.panels.alocom
      - kariz.panels.all
"""

    PLUGINS = r"""
options:
  api_url:
    description: Address of the Alocom API, without C(/api/v1).
    type: str
    default: https://pnlapi.alocom.co
    env:
      - name: ALOCOM_API_URL
    vars:
      - name: alocom_api_url
    ini:
      - section: alocom
        key: api_url
  api_username:
    description: Username of the Alocom account.
    type: str
    env:
      - name: ALOCOM_API_USERNAME
    vars:
      - name: alocom_api_username
    ini:
      - section: alocom
        key: api_username
  api_password:
    description: Password of the Alocom account.
    type: str
    env:
      - name: ALOCOM_API_PASSWORD
    vars:
      - name: alocom_api_password
  api_token:
    description: A token, used instead of a login. Credentials of the environment never stand in for one that was given here.
    type: str
    env:
      - name: ALOCOM_API_TOKEN
    vars:
      - name: alocom_api_token
requirements:
  - requests (Python library) on the controller
"""
