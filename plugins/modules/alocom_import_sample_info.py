#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: alocom_import_sample_info
short_description: Read where Alocom's sample file for importing users is
version_added: 1.0.0
description:
  - Returns the link of the sample file that shows what M(kariz.panels.alocom_user_import) wants.
extends_documentation_fragment:
  - kariz.panels.alocom
  - kariz.panels.connection
  - kariz.panels.state.info
seealso:
  - module: kariz.panels.alocom_user_import
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Ask for the link
  kariz.panels.alocom_import_sample_info:
  register: sample

- name: Tell where the file is
  ansible.builtin.debug:
    msg: "{{ sample.link }}"
"""

RETURN = r"""
link:
  description: Where the file is, or what O(query) made of it.
  returned: success
  type: str
  sample: https://cloud.alocom.co/s/9S6YbK2Q9sN3hWS/download
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
  sample: {"requests": 2, "retries": 0, "seconds": 0.031}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "alocom", "operation": "get sample", "http_status": 500, "code": 500, "name": "server_error", "message": "...", "retryable": true}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._alocom.import_sample_info import IMPORT_SAMPLE_INFO
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(IMPORT_SAMPLE_INFO)


if __name__ == "__main__":
    main()
