#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: deltasib_login
short_description: Log in to DeltaSib once for many tasks
version_added: 1.0.0
description:
  - Returns a token for O(api_token) of the other modules of this vendor, so that a play needs one login.
  - With a local connection all tasks of a run share one login anyway, as long as O(api_token_cache) is on; this module then returns that
    token. A token is of use where tasks run on other machines, whose modules log in once each.
  - The vendor has no logout; the token ends by itself after RV(expires_in) seconds.
extends_documentation_fragment:
  - kariz.panels.deltasib
  - kariz.panels.connection
notes:
  - O(api_token) is not looked at; it may be the one that has ended.
  - The token is a secret. It is returned as a reference that is resolved where it is used (P(kariz.panels.told#lookup)), so no output shows it. It is not
    returned with C(async).
attributes:
  check_mode:
    description: A login changes nothing, so it is made in check mode as well.
    support: full
  diff_mode:
    description: There is nothing to show.
    support: none
seealso:
  - module: kariz.panels.deltasib_user_info
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: One login for tasks on a jump host
  kariz.panels.deltasib_login:
    api_url: "{{ reseller_url }}"
    ca_path: "{{ reseller_ca }}"
    api_username: "{{ reseller_username }}"
    api_password: "{{ reseller_password }}"
  register: deltasib

- name: Read with its token
  kariz.panels.deltasib_user_info:
    api_url: "{{ reseller_url }}"
    ca_path: "{{ reseller_ca }}"
    api_token: "{{ deltasib.token }}"
"""

RETURN = r"""
token:
  description: The token. The whole result is kept out of the log; not returned with C(async).
  returned: success
  type: str
  sample: eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl
expires_in:
  description: Seconds for which the token is still good; V(null) when the vendor does not say it.
  returned: success
  type: int
  sample: 600
account:
  description: Whose account it was. C(url) is its address, C(name) its user, or a digest of the token where there is nothing but a token; no secret, and
    the same for all tasks of one account.
  returned: once the connection options are in order, also when the task fails
  type: dict
  sample: {"vendor": "deltasib", "url": "https://panel.example.com:1043", "name": "reseller"}
api:
  description: What the task cost, logins included.
  returned: when a request was made
  type: dict
  sample: {"requests": 3, "retries": 0, "seconds": 0.085}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "deltasib", "operation": "login", "http_status": 400, "code": -5, "name": "invalid_data", "message": "...", "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._deltasib.login import LOGIN


def main():
    run_module(LOGIN)


if __name__ == "__main__":
    main()
