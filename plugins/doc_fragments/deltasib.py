# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:

    DOCUMENTATION = r"""
options:
  api_url:
    description:
      - Address of the DeltaSib server, such as V(https://10.0.0.5:1043), without the version. The service listens on port 1043.
      - DeltaSib servers come with certificates of their own making; give the certificate or its CA in O(ca_path).
      - Required, here or in the environment variable E(DELTASIB_API_URL).
    type: str
  api_username:
    description:
      - Username of the reseller for the web service.
      - If not set, the environment variable E(DELTASIB_API_USERNAME) is used.
    type: str
  api_password:
    description:
      - Password of the reseller for the web service. The vendor gets its SHA-512 sum, which is kept as secret as the password.
      - If not set, the environment variable E(DELTASIB_API_PASSWORD) is used.
    type: str
  api_token:
    description:
      - A token from M(kariz.panels.deltasib_login), used instead of a login of its own.
      - When the vendor says that it is void and credentials are there as well, one new login is made.
      - If neither this nor credentials are given, the environment variable E(DELTASIB_API_TOKEN) is used.
      - Credentials of the environment never stand in for a token that was given here, since they may belong to another account.
    type: str
  api_version:
    description:
      - Version of the service, part of every address.
      - If not set, the environment variable E(DELTASIB_API_VERSION) is used.
    type: str
    default: "1.0"
  api_token_parameter:
    description:
      - Send the token as the parameter C(Token) as well. The vendor's document lists it, the vendor's own sample sends only the header.
        In a read it becomes a part of the address, which servers write into their logs.
      - If not set, the environment variable E(DELTASIB_API_TOKEN_PARAMETER) is used.
    type: bool
    default: false
requirements:
  - requests (Python library), where the task runs
attributes:
  action_group:
    description: Use C(group/kariz.panels.deltasib) in C(module_defaults) to set connection options for all modules of this vendor.
    support: full
    membership:
      - kariz.panels.deltasib
      - kariz.panels.all
"""

    PLUGINS = r"""
options:
  api_url:
    description: Address of the DeltaSib server, such as V(https://10.0.0.5:1043), without the version.
    type: str
    env:
      - name: DELTASIB_API_URL
    vars:
      - name: deltasib_api_url
    ini:
      - section: deltasib
        key: api_url
  api_username:
    description: Username of the reseller for the web service.
    type: str
    env:
      - name: DELTASIB_API_USERNAME
    vars:
      - name: deltasib_api_username
    ini:
      - section: deltasib
        key: api_username
  api_password:
    description: Password of the reseller for the web service.
    type: str
    env:
      - name: DELTASIB_API_PASSWORD
    vars:
      - name: deltasib_api_password
  api_token:
    description: A token, used instead of a login. Credentials of the environment never stand in for one that was given here.
    type: str
    env:
      - name: DELTASIB_API_TOKEN
    vars:
      - name: deltasib_api_token
  api_version:
    description: Version of the service, part of every address.
    type: str
    default: "1.0"
    env:
      - name: DELTASIB_API_VERSION
    vars:
      - name: deltasib_api_version
    ini:
      - section: deltasib
        key: api_version
  api_token_parameter:
    description: Send the token as the parameter C(Token) as well.
    type: bool
    default: false
    env:
      - name: DELTASIB_API_TOKEN_PARAMETER
    vars:
      - name: deltasib_api_token_parameter
requirements:
  - requests (Python library) on the controller
"""
