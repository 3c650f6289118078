#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: alocom_attendance_info
short_description: Read roll calls of an Alocom event
version_added: 1.0.0
description:
  - Returns the roll calls of one event on one day, or on each day of a range. They are made inside the event; the API only tells them.
  - None found is an empty list; an event that does not exist is an error.
extends_documentation_fragment:
  - kariz.panels.alocom
  - kariz.panels.connection
  - kariz.panels.state.info
options:
  event:
    description:
      - Slug or id of the event.
    type: str
    required: true
  date:
    description:
      - The day, Gregorian such as V(2022-01-03) or Jalali such as V(1400/10/13). The vendor is sent the Gregorian one.
      - A Jalali day needs the Python library jdatetime where the task runs.
    type: str
    required: true
  to_date:
    description:
      - The last day of a range that begins with O(date), at most 400 days later. One request a day, several at once. Only O(date), unless given.
    type: str
  with_details:
    description:
      - Read who was there and who was not, one request for each roll call, several at once.
    type: bool
    default: false
seealso:
  - module: kariz.panels.alocom_visit_info
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Who was absent
  kariz.panels.alocom_attendance_info:
    event: math-10
    date: 1400/10/13
    with_details: true
    query: "[].absents[].username"
"""

RETURN = r"""
attendances:
  description: The roll calls, or what O(query) made of them.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The vendor's id.
      type: str
    date:
      description: When it was made.
      type: str
    teacher_name:
      description: Who made it.
      type: str
    presents:
      description: Who was there, with C(first_name), C(last_name) and C(username).
      returned: with O(with_details)
      type: list
      elements: dict
    absents:
      description: Who was not there, with the same keys.
      returned: with O(with_details)
      type: list
      elements: dict
  sample:
    - id: 61d2dfc0578ada0062f31c08
      date: "2022-01-03T11:36:32.728Z"
      teacher_name: jhon
      presents: [{"first_name": "jhon", "last_name": "edu", "username": "jhon-edu"}]
      absents: []
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
  sample: {"requests": 4, "retries": 0, "seconds": 0.031}
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": "alocom", "operation": "list attendances", "http_status": 500, "code": 500, "name": "server_error", "message": "...", "retryable": true}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._alocom.attendance_info import ATTENDANCE_INFO
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(ATTENDANCE_INFO)


if __name__ == "__main__":
    main()
