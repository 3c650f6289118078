#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: payamsms_login
short_description: Log in to PayamSMS once for a play
version_added: 1.0.0
description:
  - Returns a token for O(api_token), so that the tasks of a play need one login.
  - Within one run of a playbook the token is kept anyway; this is for passing it on, for example to other hosts.
  - The token is a secret. It is returned as a reference that is resolved where it is used (P(kariz.panels.told#lookup)), so no output shows it. It is not
    returned with C(async).
extends_documentation_fragment:
  - kariz.panels.payamsms
  - kariz.panels.connection
  - kariz.panels.state.action
seealso:
  - module: kariz.panels.payamsms_message
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: One login
  kariz.panels.payamsms_login:
  register: login

- name: Use it
  kariz.panels.payamsms_message_info:
    api_token: "{{ login.token }}"
    customer_ids: [welcome-1404-17]
"""

RETURN = r"""
token:
  description: The token. It is kept out of every log.
  returned: success
  type: str
  sample: 7c1e...
expires_in:
  description: Seconds for which the token is good; logging in again before that gives the same token and does not make it last longer.
  returned: success
  type: int
  sample: 3412
account:
  description: Whose account it was. C(url) is its address, C(name) its user, or a digest of the token where there is nothing but a token; no secret, and
    the same for all tasks of one account.
  returned: once the connection options are in order, also when the task fails
  type: dict
  sample: {"vendor": "payamsms", "url": "https://www.payamsms.com", "name": "operator / company"}
api:
  description: What the task cost, logins included.
  returned: when a request was made
  type: dict
  sample: {"requests": 2, "retries": 0, "seconds": 0.031}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "payamsms", "operation": "send", "http_status": 200, "code": "E43", "name": "bad_recipient", "message": "...", "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module
from ansible_collections.kariz.panels.plugins.module_utils._payamsms.login import LOGIN


def main():
    run_module(LOGIN)


if __name__ == "__main__":
    main()
