#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: alocom_login
short_description: Log in to Alocom once for many tasks, and out again
version_added: 1.0.0
description:
  - Returns a token for O(api_token) of the other modules of this vendor, so that a play needs one login.
  - With a local connection all tasks of a run share one login anyway, as long as O(api_token_cache) is on; this module then returns that
    token. A token is of use where tasks run on other machines, whose modules log in once each.
extends_documentation_fragment:
  - kariz.panels.alocom
  - kariz.panels.connection
options:
  state:
    description:
      - V(present) returns the token of this run, or makes a new one with O(api_username) and O(api_password).
        O(api_token) is not looked at; it may be the one that has ended.
      - V(absent) makes O(api_token) void at the vendor, or the token that is kept for this run, and forgets it.
        Without either of them, or when the token is void already, nothing changes. No login is made for it.
    type: str
    choices: [present, absent]
    default: present
notes:
  - The token is a secret. It is returned as a reference that is resolved where it is used (P(kariz.panels.told#lookup)), so no output shows it. It is not
    returned with C(async).
attributes:
  check_mode:
    description: A login changes nothing, so it is made in check mode as well; a logout is foretold and not sent.
    support: full
  diff_mode:
    description: There is nothing to show.
    support: none
seealso:
  - module: kariz.panels.alocom_profile_info
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: One login for tasks on a jump host
  kariz.panels.alocom_login:
    api_username: "{{ school_username }}"
    api_password: "{{ school_password }}"
  register: alocom

- name: Everything else with its token
  module_defaults:
    group/kariz.panels.alocom:
      api_token: "{{ alocom.token }}"
  block:
    - name: A label
      kariz.panels.alocom_label:
        title: پایه دهم

    - name: Another one
      kariz.panels.alocom_label:
        title: پایه یازدهم
  always:
    - name: Log out
      kariz.panels.alocom_login:
        state: absent
"""

RETURN = r"""
token:
  description: The token. The whole result is kept out of the log; not returned with C(async).
  returned: O(state=present)
  type: str
  sample: eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl
expires_in:
  description: Seconds for which the token is good; V(null) as long as the vendor does not say it.
  returned: O(state=present)
  type: int
  sample: null
account:
  description: Whose account it was. C(url) is its address, C(name) its user, or a digest of the token where there is nothing but a token; no secret, and
    the same for all tasks of one account.
  returned: once the connection options are in order, also when the task fails
  type: dict
  sample: {"vendor": "alocom", "url": "https://pnlapi.alocom.co", "name": "school"}
api:
  description: What the task cost, logins included.
  returned: when a request was made
  type: dict
  sample: {"requests": 1, "retries": 0, "seconds": 0.031}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "alocom", "operation": "login", "http_status": 401, "code": 401, "name": "not_authenticated", "message": "...", "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._alocom.login import LOGIN
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(LOGIN)


if __name__ == "__main__":
    main()
