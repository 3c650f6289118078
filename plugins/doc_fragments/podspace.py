# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:

    DOCUMENTATION = r"""
options:
  api_url:
    description:
      - Address of the gateway. The vendor's sandbox is C(https://sandbox.pod.ir/srv/sc/nzh/doServiceCall).
      - If not set, the environment variable E(PODSPACE_API_URL) is used.
    type: str
    default: https://api.pod.ir/srv/sc/nzh/doServiceCall
  api_token:
    description:
      - API token of the business panel (C(_token_)).
      - If not set, the environment variable E(PODSPACE_API_TOKEN) is used.
    type: str
  api_key:
    description:
      - API key (C(scApiKey)) for all services that have none of their own in O(api_services).
      - If not set, the environment variable E(PODSPACE_API_KEY) is used.
    type: str
  api_services:
    description:
      - Which product of the account is which operation, as a map of an operation to its product id (C(scProductId)), or to a map of C(product_id),
        C(api_key) and C(extra_params) (further form fields for that service).
      - An operation that is needed and missing fails the task before any request. Keys in here are masked like O(api_key).
      - The operations are C(share_folder), C(share_file), C(set_password), C(set_folder_password), C(remove_share), C(get_file_shares_list),
        C(get_folder_shares_list), C(get_share_with_me), C(create_organization), C(edit_organization), C(remove_organization),
        C(add_user_to_organization), C(remove_user_from_organization), C(edit_user_role), C(get_list_of_collaborator),
        C(get_user_organizations), C(get_plan_list), C(get_user_plan) and C(buy_plan_with_gateway).
      - If not set, the environment variable E(PODSPACE_API_SERVICES) is used, as JSON.
    type: dict
  api_parameters:
    description:
      - Other names for the parameters of services, for accounts whose services differ from the vendor's document; a map of an operation to a map of
        our name to the vendor's name.
      - A name that begins with C(body.) goes into the JSON object of the parameter C(body); an empty one is not sent. The guide of this
        vendor lists our names.
      - If not set, the environment variable E(PODSPACE_API_PARAMETERS) is used, as JSON.
    type: dict
requirements:
  - requests (Python library), where the task runs
attributes:
  action_group:
    description: Use C(group/kariz.panels.podspace) in C(module_defaults) to set connection options for all modules of this vendor.
    support: full
    membership:
      - kariz.panels.podspace
      - kariz.panels.all
"""

    PLUGINS = r"""
options:
  api_url:
    description: Address of the gateway.
    type: str
    default: https://api.pod.ir/srv/sc/nzh/doServiceCall
    env:
      - name: PODSPACE_API_URL
    vars:
      - name: podspace_api_url
    ini:
      - section: podspace
        key: api_url
  api_token:
    description: API token of the business panel.
    type: str
    env:
      - name: PODSPACE_API_TOKEN
    vars:
      - name: podspace_api_token
  api_key:
    description: API key for all services that have none of their own in O(api_services).
    type: str
    env:
      - name: PODSPACE_API_KEY
    vars:
      - name: podspace_api_key
  api_services:
    description: Map of an operation to its product id, or to a map of C(product_id) and C(api_key); as JSON in the environment.
    type: dict
    env:
      - name: PODSPACE_API_SERVICES
    vars:
      - name: podspace_api_services
    ini:
      - section: podspace
        key: api_services
  api_parameters:
    description: Map of an operation to a map of our parameter names to the vendor's; as JSON in the environment.
    type: dict
    env:
      - name: PODSPACE_API_PARAMETERS
    vars:
      - name: podspace_api_parameters
requirements:
  - requests (Python library) on the controller
"""
