#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: attendance_report
short_description: Report attendance and visits of Alocom classes
version_added: 1.0.0
description:
  - Reads the roll calls and visits of a range of days and writes them as pages in Persian and English, as CSV and as JSON.
  - An account or a class that cannot be read is in RV(errors) and ends no report of the others.
  - The playbook C(kariz.panels.attendance) is made of it. It runs on the controller; the vendor is read from where the task runs.
options:
  from_date:
    description:
      - The first day, Gregorian such as V(2025-10-04) or Jalali such as V(1404/7/12).
    type: str
    required: true
  to_date:
    description:
      - The last day.
    type: str
    required: true
  events:
    description:
      - Slugs of the classes, or their ids where no class has such a slug. All of them, unless given. One that no account has is in RV(errors).
    type: list
    elements: str
  path:
    description:
      - A desired-state file or folder whose Alocom accounts are read. Unless given, the account of the environment variables (E(ALOCOM_API_USERNAME), ...).
    type: path
  only:
    description:
      - Accounts (V(alocom/school)) to which O(path) is limited.
    type: list
    elements: str
  visits:
    description:
      - Read the visits as well. If they cannot be read, the report is made without them, with a warning.
    type: bool
    default: true
  visit_path:
    description:
      - Path of the vendor's report of visits, where it is not the usual one.
    type: str
  dest:
    description:
      - Folder for the files. Only their owner may read them.
    type: path
    required: true
  languages:
    description:
      - Languages of the pages.
    type: list
    elements: str
    choices: [fa, en]
    default: [fa, en]
  title:
    description:
      - Title of the pages.
    type: str
  return_content:
    description:
      - V(summary) returns of each object only its names and figures, V(full) everything however long it is.
      - V(auto) returns everything up to 700,000 characters, which is what automation controllers keep of a result; beyond that as much of it as fits,
        and RV(shortened) says what was left out. What is written to files is always whole.
    type: str
    choices: [auto, full, summary]
    default: auto
attributes:
  check_mode:
    description: Reads everything and writes no file.
    support: full
  diff_mode:
    description: There is nothing to show.
    support: none
seealso:
  - module: kariz.panels.alocom_attendance_info
  - module: kariz.panels.alocom_visit_info
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: The month of Mehr
  kariz.panels.attendance_report:
    from_date: 1404/7/1
    to_date: 1404/7/30
    dest: attendance
"""

RETURN = r"""
changed:
  description: Whether the report is another than the last one in O(dest).
  returned: success
  type: bool
  sample: true
files:
  description: The files.
  returned: success
  type: list
  elements: str
  sample: ["/srv/attendance/attendance.fa.html", "/srv/attendance/attendance.csv"]
summary:
  description: What it adds up to.
  returned: success
  type: dict
  sample: {"calls": 24, "present": 310, "absent": 41, "visits": 402, "minutes": 18090.0}
errors:
  description: Accounts that could not be read and classes that are not there, with C(account) and C(message). It fails only when nothing could be read.
  returned: success
  type: list
  elements: dict
  sample: [{"account": "school", "message": "there is no class mth-10 (did you mean math-10?)"}]
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""
