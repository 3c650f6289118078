# Copyright (c) 2026 kariz.panels contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: role_variables
short_description: Check the variables of a role, down to the keys of list items
version_added: 1.0.0
description:
  - The first task of every role of this collection. Compares the role's variables with its argument specification and fails with all mistakes at once,
    each with its place and with what was probably meant, in the words in which the modules tell theirs.
  - Fails when none of the variables in O(one_of) holds anything, and names variables that begin with the role's name and are none of its own, since
    one of them may be misspelt. Where there is something to do, such a variable near one of the role's own is a warning.
  - An empty list that was given on purpose, by a variable of the play for instance, is no mistake.
  - With O(file), looks for a file that a variable names instead, and fails with the files of a similar name when there is none.
options:
  one_of:
    description: Variables of which one at least must hold something.
    type: list
    elements: str
    default: []
  all_of:
    description: Variables that must be given, each of them; an empty list is given.
    type: list
    elements: str
    default: []
  may_lack:
    description: None of O(one_of) need hold anything, unless a variable is there that is near one of them.
    type: bool
    default: false
  file:
    description: The variable that names a file or folder. Nothing else is checked then.
    type: str
  beside:
    description: Folders in which the file is looked for, if it is not named by its whole path; by default the one in which the command was given.
    type: list
    elements: str
    default: []
attributes:
  check_mode:
    description: Can run in check mode and return what would change without writing anything.
    support: full
  diff_mode:
    description: There is nothing to compare.
    support: none
notes:
  - Runs on the controller and asks no vendor. It reads C(meta/argument_specs.yml) of the role whose task it is.
author:
  - kariz.panels contributors (@kariz-panels)
"""

EXAMPLES = r"""
- name: Check the variables
  kariz.panels.role_variables:
    one_of: [classroom_labels, classroom_users, classroom_events]

- name: Find the template of the invitations
  kariz.panels.role_variables:
    file: classroom_invite_template
    beside: ["{{ role_path }}/templates", "{{ playbook_dir }}"]
  register: classroom_template_result
"""

RETURN = r"""
path:
  description: Where the file is.
  returned: success, with O(file)
  type: str
  sample: /srv/school/invite.txt.j2
unknown:
  description: Variables that begin with the role's name and are none of its own.
  returned: success, without O(file)
  type: list
  elements: str
  sample: []
error:
  description: What is wrong, for programs.
  returned: failure
  type: dict
  sample: {"vendor": null, "operation": "options", "http_status": null, "code": "bad_option", "name": null, "message": "...", "retryable": false}
shortened:
  description: What was reduced or left out of a result that is longer than automation controllers keep, or than a failure should print.
  returned: when something was
  type: dict
  sample: {"characters": 912345, "limit": 700000, "reduced": ["users"], "left_out": ["diff"]}
"""
