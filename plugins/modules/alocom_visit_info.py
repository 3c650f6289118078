#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: alocom_visit_info
short_description: Read entries to and exits from Alocom events
version_added: 1.0.0
description:
  - Returns the report of who entered which event when, and left it. None found is an empty list.
  - A row that comes twice in all its fields but the exit is returned once.
  - All filters are sent to the vendor, who may tell Persian and Arabic letters apart.
extends_documentation_fragment:
  - kariz.panels.alocom
  - kariz.panels.connection
  - kariz.panels.state.info
options:
  path:
    description:
      - Path of the report below O(api_url). The vendor's document describes the report without its path; if the default does not
        answer, take the path from your panel's own requests or from the vendor's list of calls.
    type: str
    default: /api/v1/agents/events/visits
  first_name:
    description:
      - Only people whose first name holds this text.
    type: str
  last_name:
    description:
      - Only people whose last name holds this text.
    type: str
  username:
    description:
      - Only people whose username holds this text.
    type: str
  event_name:
    description:
      - Only events whose title holds this text.
    type: str
  address_ip:
    description:
      - Only visits from this address.
    type: str
  from_date:
    description:
      - First day, Gregorian such as V(2021-10-02) or Jalali such as V(1400/7/10). The vendor is sent the Gregorian one.
      - A Jalali day needs the Python library jdatetime where the task runs.
    type: str
  to_date:
    description:
      - Last day, written like O(from_date).
    type: str
  device_name:
    description:
      - Only visits with these kinds of devices.
    type: list
    elements: str
    choices: [desktop, mobile, tablet]
  event_type:
    description:
      - Only visits of these types of events.
    type: list
    elements: str
    choices: [class, conference]
  browser:
    description:
      - Only visits with these browsers, such as V(chrome) or V(safari).
    type: list
    elements: str
  os:
    description:
      - Only visits with these operating systems, such as V(Android) or V(Windows).
    type: list
    elements: str
  sort_column:
    description:
      - Have the vendor sort by this field.
    type: str
    choices: [first_name, last_name, username, role, event_type, event_name, address_ip, device_name, os, browser, login_date, login_time, exit]
  sort_order:
    description:
      - Order of O(sort_column); ascending unless given. The vendor's document shows the ascending one (C(1)) only; descending is sent as C(-1).
    type: str
    choices: [ascending, descending]
seealso:
  - module: kariz.panels.alocom_attendance_info
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Who came by phone in a week
  kariz.panels.alocom_visit_info:
    event_name: فیزیک
    from_date: 1404/7/12
    to_date: 1404/7/18
    device_name: [mobile, tablet]
    sort_column: login_date
  register: result
"""

RETURN = r"""
visits:
  description: The visits, or what O(query) made of them.
  returned: success
  type: list
  elements: dict
  contains:
    first_name:
      description: First name.
      type: str
    last_name:
      description: Last name.
      type: str
    username:
      description: Username.
      type: str
    role:
      description: Role as the report calls it.
      type: str
    event_type:
      description: V(class) or V(conference).
      type: str
    event_name:
      description: Title of the event.
      type: str
    address_ip:
      description: Address.
      type: str
    device_name:
      description: Kind of device.
      type: str
    os:
      description: Operating system.
      type: str
    browser:
      description: Browser.
      type: str
    login_date:
      description: When the person entered.
      type: str
    login_time:
      description: The same instant; the vendor sends both.
      type: str
    exit:
      description: When the person left; V(null) while inside.
      type: str
  sample:
    - first_name: jhon
      last_name: due
      username: jhon-due
      role: user
      event_type: class
      event_name: فیزیک دهم
      address_ip: 192.0.2.7
      device_name: desktop
      os: Linux
      browser: Chrome
      login_date: "2022-01-02T14:56:08.482000Z"
      login_time: "2022-01-02T14:56:08.482000Z"
      exit: "2022-01-02T14:56:23.175000Z"
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
  sample: {"vendor": "alocom", "operation": "list visits", "http_status": 500, "code": 500, "name": "server_error", "message": "...", "retryable": true}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._alocom.visit_info import VISIT_INFO
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(VISIT_INFO)


if __name__ == "__main__":
    main()
