# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: secrets_sheet
short_description: Passwords and links as sheets to hand out
version_added: 1.0.0
description:
  - Writes sheets beside a file of C(secrets_path), from what that file holds. The roles C(classroom) and C(subscriber) use it at their end.
  - A sheet is CSV that Excel opens as it stands (UTF-8 with a byte order mark, mode 0600). Passwords and usernames of digits keep their zeros, and nothing
    in it is carried out as a formula.
  - Each line tells when its secrets were first written there, in Tehran and in the Jalali calendar. Where nothing differs, nothing is written.
options:
  path:
    description:
      - The file of secrets, as C(secrets_path) of M(kariz.panels.alocom_user) and M(kariz.panels.alocom_event_link) writes it. Without O(keep) and O(sheets)
        it is only looked whether it can be written.
      - Of an encrypted file no sheets are made.
    type: path
    required: true
  vendor:
    description: Whose secrets.
    type: str
    required: true
    choices: [alocom, deltasib, payamsms, podspace, smspanel]
  connection:
    description:
      - Connection options of the vendor; C(api_username) says which account of the file is meant. Without it C(module_defaults), the environment and the
        vendor's name are looked at, as its modules do.
    type: dict
    default: {}
  keep:
    description: Secrets to write into the file first.
    type: list
    elements: dict
    default: []
    suboptions:
      kind:
        description: The kind of object, such as C(users).
        type: str
        required: true
      label:
        description: The object.
        type: str
        required: true
      values:
        description: Names and secrets.
        type: dict
        required: true
  sheets:
    description: The sheets.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description: What the sheet is about; the end of its name.
        type: str
        required: true
      people:
        description:
          - The lines, in their order. Each may have C(username), C(name), C(surname), C(role), C(service), C(mobile) and C(message), and under C(secrets),
            by C(password) and C(entry_link), kind and label in the file.
        type: list
        elements: dict
        required: true
attributes:
  check_mode:
    description: Can run in check mode and return what would change without writing anything.
    support: full
  diff_mode:
    description: There is nothing to compare that may be shown.
    support: none
notes:
  - Runs on the controller and asks no vendor.
seealso:
  - module: kariz.panels.alocom_user
  - module: kariz.panels.alocom_event_link
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: A sheet of those who teach
  kariz.panels.secrets_sheet:
    vendor: alocom
    path: ~/term/secrets.yml
    sheets:
      - name: teachers
        people:
          - username: t.kazemi
            name: مریم
            surname: کاظمی
            secrets: {password: [users, t.kazemi]}
"""

RETURN = r"""
files:
  description: The sheets, with how many people have a secret in each.
  returned: success
  type: list
  elements: dict
  sample: [{"path": "/home/school/term/secrets-teachers.csv", "people": 4}]
lines:
  description: The same for people to read.
  returned: success
  type: list
  elements: str
  sample: ["/home/school/term/secrets-teachers.csv: passwords and links of 4 people"]
error:
  description: What went wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": null, "operation": "options", "http_status": null, "code": "bad_option", "name": "bad_option", "message": "...", "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""
