#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: alocom_label_info
short_description: Read labels of an Alocom account
version_added: 1.0.0
description:
  - Returns the labels by which users of the account are sorted. None found is an empty list.
extends_documentation_fragment:
  - kariz.panels.alocom
  - kariz.panels.connection
  - kariz.panels.state.info
options:
  title:
    description:
      - Only labels whose title holds this text, with Persian and Arabic letters taken as the same.
    type: str
  id:
    description:
      - The vendor's id of one label.
    type: str
seealso:
  - module: kariz.panels.alocom_label
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: All labels
  kariz.panels.alocom_label_info:
  register: result

- name: Their titles only
  kariz.panels.alocom_label_info:
    title: پایه
    query: "[].title"
"""

RETURN = r"""
labels:
  description: The labels, or what O(query) made of them.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The vendor's id.
      type: int
    title:
      description: Title.
      type: str
  sample: [{"id": 12, "title": "پایه دهم"}]
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
  sample: {"vendor": "alocom", "operation": "label list", "http_status": 500, "code": 500, "name": "server_error", "message": "...", "retryable": true}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._alocom.label_info import LABEL_INFO
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(LABEL_INFO)


if __name__ == "__main__":
    main()
