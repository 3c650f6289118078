#!/usr/bin/python
# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: alocom_user_import
short_description: Register users of an Alocom account from a spreadsheet
version_added: 1.0.0
description:
  - Sends a spreadsheet to the vendor and has the people in it registered who are not there yet. Nobody who is there is changed.
  - The whole file is checked before any request. Everything that is wrong is told at once, by row and column, and nothing is sent.
  - What goes to the vendor is a file of its own (xlsx), written from the one that is given, with the vendor's names of columns, every cell a text, and clean
    values. So it does not matter in which order the columns stand and what they are called.
  - What the vendor answers to that file, how many people there are and who, is compared with it before the import is confirmed. If it understood
    anything otherwise, the task fails and nobody is registered. When there is nobody new, the import is not confirmed and nothing changes.
  - To describe users exactly, with updates and removals, use M(kariz.panels.alocom_user); it also takes lists.
extends_documentation_fragment:
  - kariz.panels.alocom
  - kariz.panels.connection
  - kariz.panels.state.action
  - kariz.panels.state.foretold
options:
  src:
    description:
      - Path of the file on the machine where the task runs. Its name ends in C(.xlsx), C(.xls), C(.ods) or C(.csv).
      - Row 1 of the first sheet holds the titles, in any case and order. C(name), C(surname) and C(username) are needed; C(cellphone), C(email),
        C(password) and C(status) may be there. Columns with other titles are left out, with a warning.
      - Titles in Persian count as well, C(نام), C(نام خانوادگی), C(نام کاربری), C(موبایل) (or C(شماره موبایل), C(تلفن همراه)), C(ایمیل) and C(رمز عبور).
      - A mobile number is written in any spelling that M(kariz.panels.alocom_user) takes, such as V(+98 912 123 4567) or V(۰۹۱۲۱۲۳۴۵۶۷); without the
        leading zero, which spreadsheets take away, it counts too.
      - A username is text. One that the file keeps as a number may have lost zeros in front, so it is refused with its row, as is one that holds a
        character that nobody sees.
      - A csv file has commas, semicolons or tabs.
    type: path
    required: true
  columns:
    description:
      - Titles of the file's columns where they are other than those above. Keys are C(name), C(surname), C(username), C(cellphone), C(email), C(password)
        and C(status).
      - Instead of a title, the letter of a column may be given, such as V(C), unless a column has that title. One column may be two things.
    type: dict
  sheet:
    description: Name of the sheet, or its number from 1 on; the first by default. Not for csv.
    type: str
  header_row:
    description:
      - Number of the row that holds the titles. Rows above it are passed over.
      - V(0) says that there are no titles; then O(columns) names the columns by their letters.
    type: int
    default: 1
  encoding:
    description:
      - Encoding of a csv file. V(auto) takes UTF-8, UTF-16 with its mark at the beginning, or Windows-1256, whichever fits.
      - Windows-1256 lacks the Persian letter yeh; in names from such a file the Arabic one becomes the Persian.
    type: str
    choices: [auto, utf-8, utf-16, windows-1256]
    default: auto
  labels:
    description:
      - Titles of labels that the new users get. They have to exist.
    type: list
    elements: str
requirements:
  - xlrd (Python library), where the task runs, for xls files only
notes:
  - It fails, too, when the vendor takes all rows for invalid.
  - When the answer to the confirmation is lost, the list of users is read to see what became of it. It is never confirmed twice.
seealso:
  - module: kariz.panels.alocom_user
  - module: kariz.panels.alocom_import_sample_info
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: A list of the tenth grade
  ansible.builtin.copy:
    content: |
      name,surname,username,cellphone
      سارا,احمدی,sara.ahmadi,09121234567
      علی,رضایی,ali.rezaei,
    dest: /tmp/grade-10.csv
    mode: "0600"

- name: Everybody in it gets an account
  kariz.panels.alocom_user_import:
    src: /tmp/grade-10.csv
    labels:
      - پایه دهم
  register: imported

- name: A list as the school's office keeps it
  kariz.panels.alocom_user_import:
    src: /srv/lists/1404.ods
    sheet: پایه یازدهم
    header_row: 3
    columns:
      username: کد ملی
      cellphone: همراه اول
  when: lists_of_the_office | default(false)

- name: Tell how many
  ansible.builtin.debug:
    msg: "{{ imported.new }} new, {{ imported.duplicate }} known before"
"""

RETURN = r"""
total:
  description: How many people the vendor found in the file.
  returned: success
  type: int
  sample: 28
invalid:
  description: How many of them the vendor passes over as not valid; 0 in check mode. More than 0 is a warning, all of them a failure.
  returned: success
  type: int
  sample: 0
duplicate:
  description: How many were there already.
  returned: success
  type: int
  sample: 3
new:
  description: How many were registered.
  returned: success
  type: int
  sample: 25
users:
  description: Usernames of the new ones. Never passwords.
  returned: success
  type: list
  elements: str
  sample: ["sara.ahmadi", "ali.rezaei"]
diff:
  description: The new users.
  returned: success
  type: dict
  sample: {"before": {"new": 0, "users": []}, "after": {"new": 1, "users": ["sara.ahmadi"]},
    "before_header": "alocom_user_import grade-10.csv (before)", "after_header": "alocom_user_import grade-10.csv (after)"}
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
  sample: {"requests": 4, "retries": 0, "seconds": 0.083}
error:
  description: What went wrong, for programs. C(code) is V(outcome_unknown) when nobody knows whether the people were registered, V(not_understood)
    when the vendor understood the file otherwise and nobody was.
  returned: failure
  type: dict
  sample: {"vendor": "alocom", "operation": "options", "http_status": null, "code": "bad_option", "name": null, "message": "...", "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""

from ansible_collections.kariz.panels.plugins.module_utils._alocom.user_import import USER_IMPORT
from ansible_collections.kariz.panels.plugins.module_utils._core.task.module_process import run_module


def main():
    run_module(USER_IMPORT)


if __name__ == "__main__":
    main()
